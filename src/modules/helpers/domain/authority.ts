import { type Grant, type LegalDate, type Obstacle, defineLifecycle, formatLegalDateCn } from '../../../kernel';
import { HELPER_ACTS, type HelperAct } from './dictionaries';

export const AUTHORITY_STATES = { drafted: '待签名', 'in-force': '有效', revoked: '已撤回' } as const;
export type AuthorityState = keyof typeof AUTHORITY_STATES;

export interface AuthoritySnapshot {
  readonly state: AuthorityState;
  readonly validFrom: LegalDate;
  readonly validTo: LegalDate;
  readonly today: LegalDate;
}

type O = Obstacle<AuthoritySnapshot>;

const tooEarly: O = {
  code: 'too-early',
  message: '还没有到授权的起始日期，代办人不能办理。',
  blocks: (s) => s.today < s.validFrom,
};
const expired: O = {
  code: 'expired',
  message: '授权期限已满，代办人不能再办理。需要继续代办的，请当事人另行书面授权。',
  blocks: (s) => s.today > s.validTo,
};

/** Who takes authorities down and keeps them: the desk, the grid and those who handle the matter. */
const CLERKS: readonly Grant[] = [
  'guide@center',
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'mediator@assigned',
  'grid-worker@unit',
];

/** 代办授权: written, signed, for listed acts and a period. */
export const authorityLifecycle = defineLifecycle<AuthoritySnapshot>()({
  name: 'helpers',
  label: '代办授权',
  states: AUTHORITY_STATES,
  initial: 'drafted',
  final: ['revoked'],
  acts: {
    authorize: {
      label: '登记代办授权',
      from: [],
      to: 'drafted',
      by: CLERKS,
      source: '民法典第一百六十五条：委托代理授权采用书面形式的，应当载明代理人、事项、权限和期限',
    },
    'attach-paper': { label: '存入签名的授权书', from: ['drafted'], to: 'in-force', by: CLERKS },
    act: {
      label: '登记代办',
      from: ['in-force'],
      to: 'same',
      // The helper himself sees his authority wherever he serves; all others see it with the matter.
      by: [
        'guide@any',
        'intake-clerk@any',
        'grid-worker@any',
        'dispatcher@center',
        'duty-leader@center',
        'mediator@assigned',
      ],
      obstacles: [tooEarly, expired],
    },
    revoke: { label: '撤回代办授权', from: ['drafted', 'in-force'], to: 'revoked', by: CLERKS },
  },
});

export type AuthorityAct = keyof typeof authorityLifecycle.table.acts;

/** Why this act is outside of what was given, or null. */
export function scopeObjection(scope: readonly HelperAct[], act: HelperAct): string | null {
  if (scope.includes(act)) return null;
  const given = scope.map((one) => HELPER_ACTS[one]).join('、');
  return act === 'confirm-outcome'
    ? `授权书没有写明“${HELPER_ACTS[act]}”，办理结果须由当事人本人确认。授权的事项是：${given}。`
    : `授权书没有写明“${HELPER_ACTS[act]}”，代办人不能办理。授权的事项是：${given}。`;
}

/** `自2026年9月18日起至2026年10月17日止`. */
export const periodInWords = (from: LegalDate, to: LegalDate): string =>
  `自${formatLegalDateCn(from)}起至${formatLegalDateCn(to)}止`;
