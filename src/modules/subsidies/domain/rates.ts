export const SUBSIDY_GRADES = { excellent: '优', passing: '合格', failing: '不合格', unreviewed: '未评查' } as const;
export type SubsidyGrade = keyof typeof SUBSIDY_GRADES;

export const AGREEMENT_FORMS = { written: '书面协议', oral: '口头协议' } as const;
export type AgreementForm = keyof typeof AGREEMENT_FORMS;

export const HOLD_REASONS = {
  alarm: '真实性预警还没有处理完',
  'review-pending': '已抽中评查，还没有评定等次',
  'no-rules': '协议生效时还没有补贴标准',
} as const;
export type HoldReason = keyof typeof HOLD_REASONS;

/** What one kind of case is worth. */
export interface Rate {
  readonly grade: SubsidyGrade;
  readonly form: AgreementForm;
  readonly isDifficult: boolean;
  readonly amountFen: number;
}

/** Rules of a center from a day on. */
export interface Rules {
  readonly validFrom: string;
  readonly rates: readonly Rate[];
}

/** A case as it stands when a list is made. */
export interface SubsidyCase extends Omit<Rate, 'amountFen'> {
  readonly agreedOn: string;
  readonly hasAlarm: boolean;
  readonly isReviewPending: boolean;
}

const keyOf = ({ grade, form, isDifficult }: Omit<Rate, 'amountFen'>): string => `${grade}/${form}/${isDifficult}`;

/** Every kind of case, in the order of the table. */
export const KINDS: readonly Omit<Rate, 'amountFen'>[] = (Object.keys(SUBSIDY_GRADES) as SubsidyGrade[]).flatMap(
  (grade) =>
    (Object.keys(AGREEMENT_FORMS) as AgreementForm[]).flatMap((form) =>
      [false, true].map((isDifficult) => ({ grade, form, isDifficult })),
    ),
);

/** Whether the rates name each kind of case once. */
export function isWhole(rates: readonly Rate[]): boolean {
  return rates.length === KINDS.length && new Set(rates.map(keyOf)).size === KINDS.length;
}

/** The rules in force on a day; the newest first in the list. */
export function rulesOn(rules: readonly Rules[], day: string): Rules | undefined {
  return rules.find(({ validFrom }) => validFrom <= day);
}

/**
 * What a case is worth by the rules of the day of its agreement, or why it is held back. Alarms say nothing of guilt: the
 * case is shown and waits until somebody has decided.
 */
export function assess(
  one: SubsidyCase,
  rules: readonly Rules[],
): { readonly amountFen: number } | { readonly hold: HoldReason } {
  if (one.hasAlarm) return { hold: 'alarm' };
  if (one.isReviewPending) return { hold: 'review-pending' };
  const rate = rulesOn(rules, one.agreedOn)?.rates.find((r) => keyOf(r) === keyOf(one));
  return rate === undefined ? { hold: 'no-rules' } : { amountFen: rate.amountFen };
}
