export const DELIVERY_CHANNELS = { sms: '短信', email: '电子邮件', wecom: '企业微信群', dingtalk: '钉钉群' } as const;
export type DeliveryChannel = keyof typeof DELIVERY_CHANNELS;

/** Channels that speak to a group of staff, not to one person. */
export const isGroupChannel = (channel: DeliveryChannel): boolean => channel === 'wecom' || channel === 'dingtalk';

export const DELIVERY_STATES = {
  logged: '记录，未发出',
  queued: '待发出',
  sent: '已发出',
  failed: '发送失败',
  suppressed: '不发送',
} as const;
export type DeliveryState = keyof typeof DELIVERY_STATES;

/** Why a message went nowhere. */
export const UNSENT_REASONS = {
  'channel-off': '通道没有启用',
  'no-phone': '没有登记电话',
  'not-asked': '没有征得本人同意接收消息',
  declined: '本人不接收消息',
  protected: '反映人身份保密',
  guarded: '不能独立作主，且没有登记法定代理人的电话',
  landline: '登记的是固定电话，收不到短信',
} as const;
export type UnsentReason = keyof typeof UNSENT_REASONS;

export const MESSAGE_CHOICES = { agreed: '同意接收', declined: '不接收' } as const;
export type MessageChoice = keyof typeof MESSAGE_CHOICES;

/** After this many tries somebody has to look. */
const MAX_ATTEMPTS = 6;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 3_600_000;

/** How long to wait after the failure of this try; null to give up. Those that fail together do not come back together. */
export function waitAfter(attempt: number, isPermanent: boolean, chance: number): number | null {
  if (isPermanent || attempt >= MAX_ATTEMPTS) return null;
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return Math.round(wait * (1 + chance / 4));
}

/** What is known of a party when a message for it comes up. */
export interface Addressee {
  readonly phone: string | null;
  readonly isGuarded: boolean;
  readonly guardianPhone: string | null;
  readonly choice: MessageChoice | null;
  /** Whose identity is kept: another than the respondents in a matter with a protected reporter. */
  readonly isProtected: boolean;
  readonly allowsCallBack: boolean;
}

/** The number that may be written to, or why none. Silence is no consent. */
export function addressOf(to: Addressee): { readonly phone: string } | { readonly unsent: UnsentReason } {
  if (to.choice === 'declined') return { unsent: 'declined' };
  if (to.isProtected && !(to.allowsCallBack && to.choice === 'agreed')) return { unsent: 'protected' };
  if (to.choice === null) return { unsent: 'not-asked' };
  const phone = to.isGuarded ? to.guardianPhone : to.phone;
  if (phone === null) return { unsent: to.isGuarded ? 'guarded' : 'no-phone' };
  return phone.startsWith('0') ? { unsent: 'landline' } : { phone };
}

/** `w***@example.cn` */
export function maskEmail(address: string): string {
  const [name = '', domain = ''] = address.split('@');
  return `${name.slice(0, 1)}***@${domain}`;
}
