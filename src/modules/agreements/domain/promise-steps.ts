import { type LegalDate, addDays, addYears, formatLegalDateCn } from '../../../kernel';
import type { AgreementKind } from './dictionaries';

/** What a step counts from. */
export type StepFamily = 'due' | 'confirmation' | 'enforcement';

interface PromiseStepRule {
  readonly label: string;
  readonly family: StepFamily;
  /** From the day that the family counts from: the due day, the day of effect, the last day on which to ask for enforcement. */
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

/** The steps of one family around its day, in the order of time; those before the agreement took effect are none. */
export function plannedSteps(family: StepFamily, from: LegalDate, effectiveOn: LegalDate): PlannedStep[] {
  return (Object.keys(PROMISE_STEPS) as PromiseStep[])
    .filter((step) => PROMISE_STEPS[step].family === family)
    .map((step) => ({ step, on: addDays(from, PROMISE_STEPS[step].days) }))
    .filter(({ on }) => on > effectiveOn);
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

interface ConfirmationCheck {
  readonly condition: string;
  readonly isMet: boolean;
  readonly note: string;
}

/** What a court asks before it confirms (人民调解法第三十三条、民诉法司法解释第三百五十五条), each with yes or no. */
export function confirmationChecks(asked: {
  readonly kind: AgreementKind;
  readonly dueOn: LegalDate;
  readonly today: LegalDate;
  /** Codes of what the content rules have found in the agreement. */
  readonly refusals: readonly string[];
}): ConfirmationCheck[] {
  const { kind, dueOn, today, refusals } = asked;
  const isInTime = today <= dueOn;
  const isOwnership = refusals.includes('agreements.ownership-not-confirmable');
  const isStatus = refusals.includes('agreements.status-not-confirmable');
  return [
    {
      condition: '是书面协议',
      isMet: kind === 'written',
      note:
        kind === 'written'
          ? '有各方签名的协议书。'
          : '口头协议没有协议书，法院无从确认。需要确认的，请另行签订书面协议。',
    },
    {
      condition: '在生效后三十日内',
      isMet: isInTime,
      note: isInTime ? `最后一日是${formatLegalDateCn(dueOn)}。` : `已于${formatLegalDateCn(dueOn)}届满。`,
    },
    {
      condition: '不涉及物权、知识产权确权',
      isMet: !isOwnership,
      note: isOwnership ? '协议有确权的内容，法院不予确认。可以拆分，金钱给付部分单独成文。' : '没有发现确权的内容。',
    },
    {
      condition: '不涉及婚姻、收养、亲子等身份关系',
      isMet: !isStatus,
      note: isStatus
        ? '协议有身份关系的内容，法院不予确认。可以拆分，金钱给付部分单独成文。'
        : '没有发现身份关系的内容。',
    },
  ];
}
