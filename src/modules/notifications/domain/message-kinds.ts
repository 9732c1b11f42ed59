import type { DeliveryChannel } from './deliveries';

/** Words that a template may name, with what stands for them in a preview. */
export const PLACEHOLDERS = {
  中心: { hint: '综治中心名称', sample: '新城区综治中心' },
  编号: { hint: '案号，没有的为登记编号；吹哨为吹哨单编号', sample: '新城人调字〔2026〕12号' },
  电话: { hint: '综治中心电话', sample: '0471-6600001' },
  查询网址: { hint: '当事人查询入口；还须凭联系单上的查询码', sample: 'https://zz.example.gov.cn/p' },
  时间: { hint: '调解会时间', sample: '11月24日 09:30' },
  地点: { hint: '调解会地点', sample: '新城区综治中心二号调解室' },
  日期: { hint: '履行期限', sample: '2026年12月1日' },
} as const;
export type Placeholder = keyof typeof PLACEHOLDERS;

interface MessageKindRule {
  readonly label: string;
  readonly to: 'staff' | 'party';
  /** Delivered wording; a center may put its own in force. No names of people and nothing of what the matter is about. */
  readonly text: string;
  /** What the occasion of the message knows beyond the matter itself. */
  readonly of?: 'session' | 'due-day';
  /** Goes out at night too. */
  readonly isUrgent?: true;
  /** Channels that are left out until a center switches them on. */
  readonly offIn?: readonly DeliveryChannel[];
}

const QUERY = '进展可凭联系单在{查询网址}查看，咨询{电话}。';
const GROUPS: readonly DeliveryChannel[] = ['wecom', 'dingtalk'];

export const MESSAGE_RULES = {
  whistle: { label: '吹哨', to: 'staff', text: '{中心}吹哨（{编号}），请在时限内登录系统签收。' },
  'emergency-whistle': {
    label: '紧急吹哨',
    to: 'staff',
    text: '紧急：{中心}吹哨（{编号}），请立即登录系统签收并赶到现场。',
    isUrgent: true,
  },
  'whistle-due': { label: '吹哨时限将到', to: 'staff', text: '吹哨任务（{编号}）时限将到，请抓紧办理。' },
  'whistle-overdue': {
    label: '吹哨逾期',
    to: 'staff',
    text: '吹哨任务（{编号}）已逾期，系统已催办，请立即办理并答复。',
  },
  urge: { label: '催办', to: 'staff', text: '{中心}催办（{编号}），请尽快办理并答复。' },
  oversee: { label: '督办', to: 'staff', text: '{中心}督办（{编号}），请按期办理并答复。' },
  assignment: { label: '指派', to: 'staff', text: '您被指派办理{编号}，请登录系统查看。', offIn: GROUPS },
  meeting: {
    label: '调解会邀请',
    to: 'staff',
    text: '请参加调解会（{编号}）：{时间}，{地点}。',
    of: 'session',
    offIn: GROUPS,
  },
  conference: {
    label: '会商邀请',
    to: 'staff',
    text: '请参加{中心}召集的会商（{编号}），时间、地点请登录系统查看。',
    offIn: GROUPS,
  },
  'staff-neutral': { label: '封存事项（工作人员）', to: 'staff', text: '您有新的工作消息，请登录系统查看。' },
  'party-registered': {
    label: '登记',
    to: 'party',
    text: `您反映的事项已由{中心}登记，编号{编号}。${QUERY}`,
  },
  'party-accepted': { label: '受理', to: 'party', text: `{中心}已受理您的事项（{编号}）。${QUERY}` },
  'session-planned': {
    label: '调解时间地点',
    to: 'party',
    text: '请于{时间}到{地点}参加{中心}组织的调解（{编号}）。不能到场的请拨打{电话}。',
    of: 'session',
  },
  'session-changed': {
    label: '调解改期',
    to: 'party',
    text: '{中心}组织的调解（{编号}）改为{时间}，地点{地点}。不能到场的请拨打{电话}。',
    of: 'session',
  },
  'session-cancelled': {
    label: '调解取消',
    to: 'party',
    text: '原定{时间}的调解（{编号}）已取消，另行安排后再告知您。咨询{中心}{电话}。',
    of: 'session',
  },
  'signing-open': {
    label: '协议待签署',
    to: 'party',
    text: '调解协议（{编号}）已拟好，请看清内容后决定是否签署。签署请用工作人员当面交给您的链接，或到{中心}办理，咨询{电话}。',
  },
  'payment-due-7': {
    label: '履行提醒（七日前）',
    to: 'party',
    text: '提醒：调解协议（{编号}）有一项将于{日期}到期，请按约定履行。有困难请尽早拨打{电话}。',
    of: 'due-day',
  },
  'payment-due-1': {
    label: '履行提醒（一日前）',
    to: 'party',
    text: '提醒：调解协议（{编号}）有一项将于{日期}到期，请按约定履行。有困难请尽早拨打{电话}。',
    of: 'due-day',
  },
  'agreement-sealed': {
    label: '协议生效',
    to: 'party',
    text: `调解协议（{编号}）已经生效，协议书可到{中心}领取。${QUERY}`,
  },
  'rating-invited': {
    label: '评价邀请',
    to: 'party',
    text: '您的事项（{编号}）已经办结。请凭联系单在{查询网址}评价{中心}的服务，谢谢。',
  },
  'receipt-asked': {
    label: '确认收到',
    to: 'party',
    text: '调解协议（{编号}）登记了一笔履行，请您确认是否收到：凭联系单在{查询网址}答复，或拨打{电话}。',
  },
  'party-neutral': {
    label: '封存事项（当事人）',
    to: 'party',
    text: '您在{中心}的事项有新的情况，请凭联系单查看，或拨打{电话}。',
  },
} as const satisfies Readonly<Record<string, MessageKindRule>>;
export type MessageKind = keyof typeof MESSAGE_RULES;

export const MESSAGE_KINDS = Object.fromEntries(
  Object.entries(MESSAGE_RULES).map(([kind, { label }]) => [kind, label]),
) as Readonly<Record<MessageKind, string>>;

/** What each of the staff may leave out: urgent ones always come, neutral ones stand for another kind. */
export const STAFF_KINDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(MESSAGE_RULES).flatMap(([kind, rule]) =>
    rule.to === 'staff' && !('isUrgent' in rule) && !kind.endsWith('-neutral') ? [[kind, rule.label]] : [],
  ),
);

export function ruleOf(kind: MessageKind): MessageKindRule {
  return MESSAGE_RULES[kind];
}

/** Parties are known by telephone alone. */
export function channelsOf(kind: MessageKind): readonly DeliveryChannel[] {
  return ruleOf(kind).to === 'party' ? ['sms'] : ['sms', 'email', 'wecom', 'dingtalk'];
}

/** Whom among the parties a message is for. */
export type PartyGroup = 'applicants' | 'all' | 'invited' | 'obligor' | 'obligee';

interface Occasion {
  readonly staff?: MessageKind;
  readonly parties?: { readonly kind: MessageKind; readonly group: PartyGroup };
}

/** By topic of the outbox: what goes out beyond the bell. Staff are those for whom the bell rings. */
export const OCCASIONS: Readonly<Record<string, Occasion>> = {
  'summons.issued': { staff: 'whistle' },
  'ladder.reminder': { staff: 'whistle-due' },
  'ladder.urge': { staff: 'whistle-overdue' },
  'ladder.supervise': { staff: 'oversee' },
  'supervisions.urge': { staff: 'urge' },
  'supervisions.urge-agency': { staff: 'urge' },
  'supervisions.oversee': { staff: 'oversee' },
  'supervisions.oversee-agency': { staff: 'oversee' },
  'assignments.assigned': { staff: 'assignment' },
  'assignments.replaced': { staff: 'assignment' },
  'meetings.called': { staff: 'conference' },
  'meetings.rescheduled': { staff: 'conference' },
  'meeting-tasks.urged': { staff: 'urge' },
  'meeting-tasks.overdue': { staff: 'urge' },
  'disputes.registered': { parties: { kind: 'party-registered', group: 'applicants' } },
  'disputes.accepted': { parties: { kind: 'party-accepted', group: 'applicants' } },
  'sessions.planned': { staff: 'meeting', parties: { kind: 'session-planned', group: 'invited' } },
  'sessions.rescheduled': { staff: 'meeting', parties: { kind: 'session-changed', group: 'invited' } },
  'sessions.cancelled': { parties: { kind: 'session-cancelled', group: 'invited' } },
  'agreements.frozen': { parties: { kind: 'signing-open', group: 'all' } },
  'agreements.effective': { parties: { kind: 'agreement-sealed', group: 'all' } },
  'promises.due-7': { parties: { kind: 'payment-due-7', group: 'obligor' } },
  'promises.due-1': { parties: { kind: 'payment-due-1', group: 'obligor' } },
  'performance.receipt-asked': { parties: { kind: 'receipt-asked', group: 'obligee' } },
  'disputes.closed': { parties: { kind: 'rating-invited', group: 'all' } },
};
