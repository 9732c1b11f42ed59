import {
  addRealTime,
  addWorkingTime,
  type InstantPause,
  type OfficeTime,
  realMinutes,
  workingMinutes,
  workingMinutesBetween,
} from './working-time';

/** 灯: how a running clock stands, in the same colours and words on every list, page and paper. */
export const LIGHTS = { red: '已逾期', yellow: '将到期', green: '正常', grey: '暂停计时' } as const;
export type Light = keyof typeof LIGHTS;

/** What part of a term is left when it turns yellow: one in so many. Each center says how many. */
export const YELLOW_PARTS = { 2: '二分之一', 3: '三分之一', 4: '四分之一', 5: '五分之一', 10: '十分之一' } as const;

/** Where a center has said nothing else. */
export const USUAL_YELLOW_PART = 3;

/** Office hours in which terms run, and when their clocks turn yellow. */
export interface WarningOffice extends OfficeTime {
  readonly yellowPart: number;
}

export interface LitClock {
  /** The first instant that is too late; null while the clock stands still. */
  readonly dueAt: Date | null;
  /** From when on it is yellow; null for a clock without warning. */
  readonly warnsAt: Date | null;
}

/** The light of one clock that still runs or stands. A clock that was met or has ended has none. */
export function lightOf({ dueAt, warnsAt }: LitClock, now: Date): Light {
  if (dueAt === null) return 'grey';
  if (now >= dueAt) return 'red';
  return warnsAt !== null && now >= warnsAt ? 'yellow' : 'green';
}

/** The most urgent of several, null when there is none: red, then yellow, green, grey. */
export function worstLight(lights: readonly Light[]): Light | null {
  return (Object.keys(LIGHTS) as Light[]).find((light) => lights.includes(light)) ?? null;
}

export interface WarnedTerm {
  readonly startsAt: Date;
  readonly dueAt: Date;
  /** Runs through nights and days off; otherwise only while the office is open. */
  readonly isRealTime: boolean;
  /** Stretches that were not counted, all of them over. */
  readonly pauses?: readonly InstantPause[];
}

/**
 * From when on no more than that part of the term is left of which the center warns: of its working time, or of
 * time on the clock for terms that run through nights and days off. A term that holds no working time at all, or is of
 * years, is measured on the clock: the last instalment of thirty years needs no count of mornings.
 */
export function warningInstant({ startsAt, dueAt, isRealTime, pauses = [] }: WarnedTerm, office: WarningOffice): Date {
  const counted = (between: (from: Date, to: Date) => number): number =>
    pauses.reduce(
      (left, { from, to }) => {
        const [stop, resume] = [later(from, startsAt), earlier(to ?? dueAt, dueAt)];
        return resume > stop ? left - between(stop, resume) : left;
      },
      between(startsAt, dueAt),
    );
  const used = (whole: number): number => whole - Math.floor(whole / office.yellowPart);
  const isLong = dueAt.getTime() - startsAt.getTime() > LONG_TERM_MS;
  const working = isRealTime || isLong ? 0 : counted((from, to) => workingMinutesBetween(office, from, to).value);
  const warnsAt =
    working > 0
      ? addWorkingTime(office, startsAt, workingMinutes(used(working)), pauses).value
      : addRealTime(startsAt, realMinutes(Math.max(0, used(counted(minutesOnClock)))), pauses);
  return earlier(warnsAt ?? dueAt, dueAt);
}

const LONG_TERM_MS = 2 * 366 * 86_400_000;
const minutesOnClock = (from: Date, to: Date): number => Math.floor((to.getTime() - from.getTime()) / 60_000);
const later = (a: Date, b: Date): Date => (a > b ? a : b);
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
