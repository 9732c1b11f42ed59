import { DomainError, defineLifecycle } from '../../../kernel';

export const SEAL_STATES = { active: '使用中', retired: '已停用' } as const;
export type SealState = keyof typeof SEAL_STATES;

/** Where a seal's key comes from. */
export const SEAL_ORIGINS = {
  demo: '演示证书（仅供培训）',
  pkcs12: '签发机构的证书文件',
  token: '密码设备',
  provider: '签名服务',
} as const;
export type SealOrigin = keyof typeof SEAL_ORIGINS;

export interface SealFacts {
  readonly state: SealState;
}

/** The lifecycle of an electronic seal: installed by the system administrator, used by the head of the committee. */
export const sealLifecycle = defineLifecycle<SealFacts>()({
  name: 'seals',
  label: '电子印章',
  states: SEAL_STATES,
  initial: 'active',
  final: ['retired'],
  acts: {
    install: { label: '装入电子印章', from: [], to: 'active', by: ['system-admin@any'] },
    retire: {
      label: '停用电子印章',
      from: ['active'],
      to: 'retired',
      by: ['system-admin@any', 'committee-director@committee'],
    },
    replace: { label: '换装电子印章', from: ['active'], to: 'retired', by: [], internal: true },
  },
});

/** Days before the end of a certificate from which lists warn. */
const WARNING_DAYS = 30;

/** What stands in the way of using a seal now, in Chinese; null when nothing does. */
export function sealProblem(
  seal: { readonly state: SealState; readonly validFrom: Date; readonly validTo: Date },
  now: Date,
): string | null {
  if (seal.state !== 'active') return '该电子印章已停用，请联系系统管理员装入新的印章证书。';
  if (now < seal.validFrom) return '电子印章的证书尚未生效，请核对服务器时间，或等证书生效后再盖章。';
  if (now > seal.validTo) return '电子印章的证书已过期，请联系系统管理员换装新的证书。';
  return null;
}

/** True when the certificate ends within the next 30 days. */
export function endsSoon(validTo: Date, now: Date): boolean {
  return validTo.getTime() - now.getTime() < WARNING_DAYS * 86_400_000;
}

/**
 * Does the two-person rule refuse? Where the seal demands two, the one who asked must be known and must not be the one who
 * seals.
 */
export function breaksTwoPersonRule(
  requiresSecondPerson: boolean,
  requestedBy: string | null | undefined,
  sealedBy: string | null,
): boolean {
  return (
    requiresSecondPerson &&
    (requestedBy === null || requestedBy === undefined || sealedBy === null || requestedBy === sealedBy)
  );
}

/** One person asked for the seal and wants to put it on, where the rule of the seal demands two. */
export function secondPersonRequired(): DomainError {
  return new DomainError(
    'conflict',
    'seals.second-person-required',
    '该印章实行双人用印：申请用印和盖章不能是同一人。请由另一位有盖章权限的人员办理。',
  );
}
