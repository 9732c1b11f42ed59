import {
  computeDeadline,
  type DeadlinePause,
  formatInstantCn,
  type Light,
  lightOf,
  type RuleBook,
  type RuleInForce,
  warningInstant,
  type WarningOffice,
  type WorkingCalendar,
  workingMinutesBetween,
} from '../../../kernel';
import type { ClockKind, DueKind, SummonsKind, SummonsLevel, TaskRole } from './dictionaries';
import { type ClockUnit, isOnClock, type LadderedDue, type LadderStep, rungsOf } from './ladder';
import { rulingTerm, termOf } from './terms';

/** What the clocks of one agency depend on. */
export interface ClockedTask {
  readonly kind: SummonsKind;
  readonly level: SummonsLevel;
  readonly role: TaskRole;
  readonly attendanceRequired: boolean;
  /** Agreed time of the meeting, where there is one. */
  readonly meetAt: Date | null;
}

/** A due instant that can be reckoned again from what it holds. */
export interface ReckonedDue {
  readonly kind: ClockKind;
  readonly ruleId: string;
  /** Version of the rule; null for an agreed time. */
  readonly deadlineRuleId: string | null;
  readonly unit: ClockUnit;
  /** Number of units; null for an agreed time. */
  readonly budget: number | null;
  readonly startsAt: Date;
  readonly originalDueAt: Date;
  /** Null while an objection keeps the clock standing. */
  readonly currentDueAt: Date | null;
  readonly calendarVersion: string;
  readonly isProvisional: boolean;
  readonly explanation: readonly string[];
}

export interface CenterOffice extends WarningOffice {
  readonly calendar: WorkingCalendar;
}

/** The clocks that an agency of this role has: one who is only notified signs, nothing else. */
export function dueKindsOf(task: Pick<ClockedTask, 'role' | 'attendanceRequired'>): readonly DueKind[] {
  if (task.role === 'notify') return ['sign'];
  return task.attendanceRequired ? ['sign', 'contact', 'arrive', 'feedback'] : ['sign', 'contact', 'feedback'];
}

/** Reckons one clock by its term, or arrival by the agreed time as long as an objection has not outlasted it. */
export function reckon(
  task: ClockedTask,
  kind: DueKind,
  startsAt: Date,
  office: CenterOffice,
  rules: RuleBook,
  pauses: readonly DeadlinePause[] = [],
): ReckonedDue {
  const { meetAt } = task;
  if (kind === 'arrive' && meetAt !== null && pauses.every((p) => p.to === null || p.to <= meetAt)) {
    const isStanding = pauses.some((p) => p.to === null);
    return {
      kind,
      ruleId: 'summons.agreed-time',
      deadlineRuleId: null,
      unit: 'agreed-time',
      budget: null,
      startsAt,
      originalDueAt: meetAt,
      currentDueAt: isStanding ? null : meetAt,
      calendarVersion: versionOf(office),
      isProvisional: false,
      explanation: [`吹哨单约定${formatInstantCn(meetAt)}到场，以约定时间为准。`],
    };
  }
  return { kind, ...byRule(termOf(rules, task.kind, task.level, kind, startsAt), startsAt, office, pauses) };
}

/** Reckons by a rule; `kind` is the caller's. */
export function byRule(
  rule: RuleInForce,
  startsAt: Date,
  office: CenterOffice,
  pauses: readonly DeadlinePause[] = [],
): Omit<ReckonedDue, 'kind'> {
  const { calendar, officeHours } = office;
  const deadline = computeDeadline({ rule, start: startsAt, calendar, officeHours, pauses });
  return {
    ruleId: rule.id,
    deadlineRuleId: rule.versionId,
    unit: rule.unit,
    budget: rule.term,
    startsAt,
    originalDueAt: deadline.originalDue.endsAt,
    currentDueAt: deadline.currentDue?.endsAt ?? null,
    calendarVersion: versionOf(office),
    isProvisional: deadline.isProvisional,
    explanation: deadline.explanation,
  };
}

/** The center's own clock for its ruling on an objection. */
export function reckonRuling(kind: SummonsKind, startsAt: Date, office: CenterOffice, rules: RuleBook): ReckonedDue {
  return { kind: 'ruling', ...byRule(rulingTerm(rules, kind, startsAt), startsAt, office) };
}

/** A clock as kept: when it was stopped by the act it waits for, or by the end of the task. */
export interface KeptDue extends LadderedDue {
  readonly metAt: Date | null;
  readonly stoppedAt: Date | null;
}

export interface Lateness {
  readonly isLate: boolean;
  /** Minutes late: of working time, for clocks on the wall of real time. 0 when in time. */
  readonly lateMinutes: number;
  readonly step: LadderStep;
}

/** How late a clock is or was. Never stored: it follows from the row and `now`. A clock that stands still is not late. */
export function latenessOf(due: KeptDue, office: CenterOffice, now: Date): Lateness {
  const { currentDueAt } = due;
  const ended = due.metAt ?? due.stoppedAt;
  const at = ended ?? now;
  if (currentDueAt === null) return { isLate: false, lateMinutes: 0, step: 'none' };
  const isReal = isOnClock(due.unit);
  const minutes = (from: Date, to: Date): number =>
    isReal ? Math.floor((to.getTime() - from.getTime()) / 60_000) : workingMinutesBetween(office, from, to).value;
  const step = ended === null ? (rungsOf(due, office).findLast((rung) => rung.at <= at)?.step ?? 'none') : 'none';
  const isLate = at >= currentDueAt;
  return { isLate, lateMinutes: isLate ? minutes(currentDueAt, at) : 0, step };
}

/** What a list or a bar shows of one clock. */
export interface Outlook {
  /** Null once the clock was met or has ended. */
  readonly light: Light | null;
  /** Share of the term that is used up, in whole percent, 0 to 100. */
  readonly progress: number;
  /** In words: what is left, how late it is or was. */
  readonly words: string;
}

type PausedDue = Omit<LadderedDue, 'kind' | 'isEmergency'>;

export interface ShownDue extends KeptDue {
  readonly originalDueAt: Date;
}

/** From when on a clock is yellow; null while it stands. */
export function warningOf({ unit, startsAt, currentDueAt, pauses }: PausedDue, office: CenterOffice): Date | null {
  if (currentDueAt === null) return null;
  const over = pauses.map((p) => ({ from: new Date(p.from), to: p.to === null ? null : new Date(p.to) }));
  return warningInstant({ startsAt, dueAt: currentDueAt, isRealTime: isOnClock(unit), pauses: over }, office);
}

/** How a clock looks at `now`; a standing one as it was when it was stopped. */
export function outlookOf(due: ShownDue, office: CenterOffice, now: Date): Outlook {
  const { startsAt, currentDueAt, metAt, stoppedAt } = due;
  const isReal = isOnClock(due.unit);
  const minutes = (from: Date, to: Date): number => {
    const onClock = Math.max(0, Math.floor((to.getTime() - from.getTime()) / 60_000));
    return isReal ? onClock : Math.max(0, workingMinutesBetween(office, from, to).value);
  };
  const stoodAt = due.pauses.at(-1)?.from;
  const at = metAt ?? stoppedAt ?? (currentDueAt === null && stoodAt !== undefined ? new Date(stoodAt) : now);
  const end = currentDueAt ?? due.originalDueAt;
  const whole = minutes(startsAt, end);
  const used = at >= end ? 100 : whole === 0 ? 0 : Math.round((minutes(startsAt, at) / whole) * 100);
  const progress = Math.min(100, used);
  if (stoppedAt !== null) return { light: null, progress, words: '不再计时' };
  const late = minutes(end, at);
  if (metAt !== null) {
    const words = currentDueAt !== null && metAt >= currentDueAt ? `超时${lengthCn(late)}完成` : '按时完成';
    return { light: null, progress, words };
  }
  const light = lightOf({ dueAt: currentDueAt, warnsAt: warningOf(due, office) }, now);
  if (light === 'grey') return { light, progress, words: '等待裁定，暂停计时' };
  const words = light === 'red' ? `已超${lengthCn(late)}` : `还剩${lengthCn(minutes(now, end))}`;
  return { light, progress, words };
}

/** A length of time in words; hours are not folded into days, since a day of the office has fewer than 24. */
function lengthCn(minutes: number): string {
  if (minutes < 1) return '不到1分钟';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest}分钟`;
  return rest === 0 ? `${hours}小时` : `${hours}小时${rest}分`;
}

function versionOf({ calendar, officeHours }: CenterOffice): string {
  return `${calendar.version};${officeHours.version}`;
}
