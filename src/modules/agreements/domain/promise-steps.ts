import { type DayCalendar, type LegalDate, addDays, addYears, nextWorkingDay, rollForward } from '../../../kernel';

/** What a step counts from. */
export type StepFamily = 'due' | 'confirmation' | 'enforcement';

interface PromiseStepRule {
  readonly label: string;
  readonly family: StepFamily;
  /**
   * From the day that the family counts from: the due day, the day of effect, the last day on which to ask for enforcement. On a
   * day off the reminder comes on the working day before, that of being late on the next one.
   */
  readonly days: number;
}

/** Days on which those who look after an agreement are told of it, each at most once. */
export const PROMISE_STEPS = {
  'due-7': { label: '到期前7日提醒', family: 'due', days: -7 },
  'due-1': { label: '到期前1日提醒', family: 'due', days: -1 },
  overdue: { label: '逾期提醒', family: 'due', days: 1 },
  'confirm-7': { label: '生效满7日的司法确认提醒', family: 'confirmation', days: 7 },
  'confirm-20': { label: '生效满20日的司法确认提醒', family: 'confirmation', days: 20 },
  'confirm-25': { label: '生效满25日的司法确认提醒', family: 'confirmation', days: 25 },
  'confirm-28': { label: '生效满28日的司法确认提醒', family: 'confirmation', days: 28 },
  'enforce-90': { label: '申请执行期间届满前90日提醒', family: 'enforcement', days: -90 },
  'enforce-30': { label: '申请执行期间届满前30日提醒', family: 'enforcement', days: -30 },
} as const satisfies Readonly<Record<string, PromiseStepRule>>;
export type PromiseStep = keyof typeof PROMISE_STEPS;

/** Why a step that was reached told nobody. */
export const UNSENT_REASONS = {
  overtaken: '系统停机期间已到下一次提醒的日子',
  'not-confirmable': '有法院不予确认的情形',
} as const;
export type UnsentReason = keyof typeof UNSENT_REASONS;

/** 民事诉讼法第二百五十条: two years from the last day of performance, of instalments from the last one's. */
export const enforcementEnds = (lastDueOn: LegalDate): LegalDate => addYears(lastDueOn, 2);

interface PlannedStep {
  readonly step: PromiseStep;
  readonly on: LegalDate;
}

const isLate = (step: PromiseStep): boolean => PROMISE_STEPS[step].family === 'due' && PROMISE_STEPS[step].days > 0;

/** The steps of one family around its day, in the order of time; those before the agreement took effect are none. */
export function plannedSteps(
  family: StepFamily,
  from: LegalDate,
  effectiveOn: LegalDate,
  calendar: DayCalendar,
): PlannedStep[] {
  return (Object.keys(PROMISE_STEPS) as PromiseStep[])
    .filter((step) => PROMISE_STEPS[step].family === family)
    .map((step) => ({ step, on: addDays(from, PROMISE_STEPS[step].days) }))
    .filter(({ on }) => on > effectiveOn)
    .map(({ step, on }) => {
      if (isLate(step)) return { step, on: rollForward(calendar, on).value };
      const before = rollBack(calendar, on);
      return { step, on: before < effectiveOn ? effectiveOn : before };
    });
}

/** Up to which unrolled day a step has been reached today: each step rolls as `plannedSteps` rolls it. */
export function reachedUpTo(step: PromiseStep, today: LegalDate, calendar: DayCalendar): LegalDate {
  return isLate(step) ? rollBack(calendar, today) : addDays(nextWorkingDay(calendar, today).value, -1);
}

function rollBack(calendar: DayCalendar, day: LegalDate): LegalDate {
  let found = day;
  while (!calendar.isWorkingDay(found).value) found = addDays(found, -1);
  return found;
}

/**
 * Of the steps of one subject that have been reached and not been taken: the last one tells, the earlier ones were overtaken while
 * nothing ran.
 */
export function toTake(
  planned: readonly PlannedStep[],
  taken: readonly PromiseStep[],
  today: LegalDate,
): { readonly step: PromiseStep; readonly on: LegalDate; readonly isOvertaken: boolean }[] {
  const reached = planned.filter(({ on }) => on <= today);
  return reached
    .map((planned, i) => ({ ...planned, isOvertaken: i < reached.length - 1 }))
    .filter(({ step }) => !taken.includes(step));
}
