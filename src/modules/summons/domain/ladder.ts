import {
  addRealTime,
  addWorkingDays,
  type DeadlineUnit,
  formatLegalDateCn,
  instantAt,
  legalDateFromInstant,
  nextOpening,
  type OfficeTime,
  realMinutes,
  timeOfDayMs,
  warningInstant,
} from '../../../kernel';
import { CLOCK_KINDS, type ClockKind } from './dictionaries';

/** Steps of the ladder that an unmet clock climbs: who is spoken to next. */
export const LADDER = {
  none: '正常',
  reminder: '临期提醒',
  urge: '催办',
  supervise: '督办单',
  interview: '约谈',
  report: '报党委、政法委',
} as const;
export type LadderStep = keyof typeof LADDER;
export type RungStep = Exclude<LadderStep, 'none'>;

/** How a step came about: taken, or passed over since a higher one was due when the program looked again after a stop. */
export const RUNG_OUTCOMES = { taken: '已发出', overtaken: '已由更高一级代替' } as const;
export type RungOutcome = keyof typeof RUNG_OUTCOMES;

/** `agreed-time`: by the appointment on the whistle, not by a term. */
export type ClockUnit = DeadlineUnit | 'agreed-time';

/** A clock as far as its ladder needs it. */
export interface LadderedDue {
  readonly kind: ClockKind;
  readonly unit: ClockUnit;
  /** Of an emergency whistle: its appointments are kept at night too. */
  readonly isEmergency: boolean;
  readonly startsAt: Date;
  /** Null while it stands. */
  readonly currentDueAt: Date | null;
  readonly pauses: readonly { readonly from: string; readonly to: string | null }[];
}

export interface Rung {
  readonly step: RungStep;
  readonly at: Date;
}

/** One part in so many of the term is left when the agency is reminded. */
const REMINDER_PART = 4;

interface Preset {
  readonly step: Exclude<RungStep, 'reminder'>;
  /** After the due instant. */
  readonly after: number;
}

/** In working days, taken while the office is open. */
const OFFICE_LADDER: readonly Preset[] = [
  { step: 'urge', after: 0 },
  { step: 'supervise', after: 1 },
  { step: 'interview', after: 2 },
  { step: 'report', after: 3 },
];

/** In minutes on the clock: an emergency does not wait for the morning. */
const CLOCK_LADDER: readonly Preset[] = [
  { step: 'urge', after: 0 },
  { step: 'supervise', after: 30 },
  { step: 'interview', after: 60 },
  { step: 'report', after: 120 },
];

/** Nobody calls in himself: the center's own clock goes from 督办单 to those above it. */
const OWN_CLOCK: readonly Preset['step'][] = ['urge', 'supervise', 'report'];

/**
 * The steps of one clock with their instants, the lowest first. Derived from the due instant alone, so that whatever moves
 * it moves them; a clock that stands has none. Instants outside office hours move to the next opening, but for clocks
 * that run through nights and days off. A reminder that would come no earlier than the urging falls away.
 */
export function rungsOf(due: LadderedDue, office: OfficeTime): readonly Rung[] {
  return [...climb(due, office)];
}

/** The lowest step that was not taken, null when all were. Reckons no further than that. */
export function firstRung(due: LadderedDue, office: OfficeTime, taken: readonly RungStep[]): Rung | null {
  for (const rung of climb(due, office)) if (!taken.includes(rung.step)) return rung;
  return null;
}

function* climb(due: LadderedDue, office: OfficeTime): Generator<Rung> {
  const { currentDueAt } = due;
  if (currentDueAt === null) return;
  const isRealTime = isOnClock(due.unit) || (due.isEmergency && due.unit === 'agreed-time');
  const moved = (at: Date): Date => (isRealTime ? at : nextOpening(office, at).value);
  const after = (count: number): Date => {
    if (count === 0) return currentDueAt;
    if (!isRealTime) return sameTimeOn(office, currentDueAt, count);
    return addRealTime(currentDueAt, realMinutes(count)) ?? currentDueAt;
  };
  const pauses = due.pauses.map((p) => ({ from: new Date(p.from), to: p.to === null ? null : new Date(p.to) }));
  const term = { startsAt: due.startsAt, dueAt: currentDueAt, isRealTime, pauses };
  const reminder = moved(warningInstant(term, { ...office, yellowPart: REMINDER_PART }));
  if (reminder < moved(currentDueAt)) yield { step: 'reminder', at: reminder };
  for (const { step, after: count } of isRealTime ? CLOCK_LADDER : OFFICE_LADDER) {
    if (due.kind !== 'ruling' || OWN_CLOCK.includes(step)) yield { step, at: moved(after(count)) };
  }
}

/** The step that comes next if nothing happens, null when all are behind. */
export function nextRung(due: LadderedDue, office: OfficeTime, now: Date): Rung | null {
  return rungsOf(due, office).find(({ at }) => at > now) ?? null;
}

/** What will happen when, in the words of the desk. */
export function rungCn(kind: ClockKind, { step, at }: Rung): string {
  const minutes = Math.floor(timeOfDayMs(at) / 60_000);
  const day = formatLegalDateCn(legalDateFromInstant(at)).replace(/^\d+年/, '');
  const when = `${day}${Math.floor(minutes / 60)}时${String(minutes % 60).padStart(2, '0')}分`;
  return `若到${when}仍未${CLOCK_KINDS[kind]}，将${CONSEQUENCES[step]}`;
}

const CONSEQUENCES: Readonly<Record<RungStep, string>> = {
  reminder: '发出临期提醒',
  urge: '催办',
  supervise: '发督办单',
  interview: '提请中心主任约谈',
  report: '提请报党委、政法委',
};

/** Nights and days off count. */
export function isOnClock(unit: ClockUnit): boolean {
  return unit === 'real-minute' || unit === 'real-hour';
}

function sameTimeOn({ calendar }: OfficeTime, at: Date, workingDays: number): Date {
  return instantAt(addWorkingDays(calendar, legalDateFromInstant(at), workingDays).value, timeOfDayMs(at));
}
