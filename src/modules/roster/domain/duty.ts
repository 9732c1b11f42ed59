import {
  addDays,
  formatLegalDateCn,
  instantAt,
  type LegalDate,
  legalDateFromInstant,
  type OfficeTime,
  openSpansOn,
  timeOfDayMs,
  weekdayNameCn,
  weekdayOf,
} from '../../../kernel';

export type Residency = 'resident' | 'rotating' | 'on-call';

/** Somebody's service at a center, as the roster needs it. */
export interface Served {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly residency: Residency;
  /** Days of service of who comes in rotation; null where they were not named. */
  readonly weekdays: readonly number[] | null;
  readonly validFrom: LegalDate;
  readonly validTo: LegalDate | null;
}

/** On this day somebody else comes, or nobody. */
export interface DutyChanged {
  readonly id: string;
  readonly postingId: string;
  readonly on: LegalDate;
  readonly substituteId: string | null;
  readonly substituteName: string | null;
  readonly reason: string;
}

/** `HH:MM` from and to, as office hours and times of service have them. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** When the house is open: its office hours, and service beyond them. */
export interface OpenHouse extends OfficeTime {
  readonly serviceOn: (day: LegalDate) => readonly DaySpan[];
}

export interface OnDuty {
  readonly postingId: string;
  readonly name: string;
  /** Whom the person stands in for. */
  readonly insteadOf: string | null;
  readonly change: DutyChanged | null;
}

export const CELL_STATES = {
  there: '有人',
  gap: '缺岗',
  off: '不轮驻',
  'on-call': '随叫随到',
  closed: '休息',
} as const;
export type CellState = keyof typeof CELL_STATES;

export interface DutyCell {
  readonly on: LegalDate;
  readonly state: CellState;
  readonly people: readonly OnDuty[];
  /** Who should come and does not, with the reason. */
  readonly absent: readonly { readonly postingId: string; readonly name: string; readonly change: DutyChanged }[];
}

/** Is somebody there on a day though no deadline runs on it? Service of the weekend, not of a holiday. */
export function isServed(house: OpenHouse, day: LegalDate): boolean {
  return house.calendar.isWorkingDay(day).value || spansOf(house, day).length > 0;
}

/** When those on duty are there: office hours of a working day, times of service of any other. Late service is the center's own. */
export function spansOf(house: OpenHouse, day: LegalDate): readonly DaySpan[] {
  if (house.calendar.isWorkingDay(day).value) return openSpansOn(house.officeHours, day);
  return house.calendar.holidayOf(day) === null ? house.serviceOn(day) : [];
}

/** One unit on one day: who is there by the rota and its changes. */
export function cellOf(
  house: OpenHouse,
  postings: readonly Served[],
  changes: readonly DutyChanged[],
  on: LegalDate,
): DutyCell {
  const serving = postings.filter((p) => p.validFrom <= on && (p.validTo === null || on < p.validTo));
  const people: OnDuty[] = [];
  const absent: { postingId: string; name: string; change: DutyChanged }[] = [];
  for (const posting of serving) {
    const change = changes.find((c) => c.postingId === posting.id && c.on === on) ?? null;
    if (change === null) {
      if (comesByRota(house, posting, on))
        people.push({ postingId: posting.id, name: posting.name, insteadOf: null, change });
    } else if (change.substituteId === null) {
      absent.push({ postingId: posting.id, name: posting.name, change });
    } else {
      const isOther = change.substituteId !== posting.accountId;
      people.push({
        postingId: posting.id,
        name: change.substituteName ?? '',
        insteadOf: isOther ? posting.name : null,
        change,
      });
    }
  }
  return { on, people, absent, state: stateOf(house, serving, people, absent.length > 0, on) };
}

function comesByRota(house: OpenHouse, { residency, weekdays }: Served, on: LegalDate): boolean {
  if (residency === 'on-call') return false;
  const isWorked = house.calendar.isWorkingDay(on).value;
  if (residency === 'resident' || weekdays === null) return isWorked;
  return weekdays.includes(weekdayOf(on)) && isServed(house, on);
}

function stateOf(
  house: OpenHouse,
  serving: readonly Served[],
  people: readonly OnDuty[],
  somebodyIsAway: boolean,
  on: LegalDate,
): CellState {
  if (people.length > 0) return 'there';
  if (somebodyIsAway) return 'gap';
  if (!house.calendar.isWorkingDay(on).value) return 'closed';
  if (serving.length === 0) return 'gap';
  if (serving.every((p) => p.residency === 'on-call')) return 'on-call';
  return 'off';
}

/** When somebody of a unit is there next; `isNow` while they are. */
export interface NextDuty {
  readonly from: Date;
  readonly to: Date;
  readonly isNow: boolean;
  readonly names: readonly string[];
}

/** Whoever is not there in so many days is not waited for. */
const HORIZON_DAYS = 30;

export function nextDuty(
  house: OpenHouse,
  postings: readonly Served[],
  changes: readonly DutyChanged[],
  now: Date,
): NextDuty | null {
  const today = legalDateFromInstant(now);
  for (let walked = 0; walked <= HORIZON_DAYS; walked += 1) {
    const on = addDays(today, walked);
    const { people } = cellOf(house, postings, changes, on);
    if (people.length === 0) continue;
    // Somebody who was asked in on a day off is there by the hours of that day's season.
    const spans = isServed(house, on) ? spansOf(house, on) : openSpansOn(house.officeHours, on);
    for (const span of spans) {
      const [from, to] = [instantAt(on, msOf(span.from)), instantAt(on, msOf(span.to))];
      if (to > now) return { from, to, isNow: from <= now, names: people.map(nameOf) };
    }
  }
  return null;
}

/** Liaison A or B with the office telephone. */
export interface LiaisonLine {
  readonly slot: string;
  readonly name: string;
  readonly officePhone: string | null;
}

export interface UnitDuty {
  readonly postings: readonly Served[];
  readonly changes: readonly DutyChanged[];
  readonly liaisons: readonly LiaisonLine[];
  readonly centerPhone: string | null;
}

export interface DutyOutlook {
  readonly isThere: boolean;
  readonly next: NextDuty | null;
  /** Only units whose people come to the center can be missed there. */
  readonly isExpected: boolean;
  readonly words: string;
  /** Who takes a call at any hour. */
  readonly contacts: string;
}

/** Who of an agency is at the center now, or next, in the words of the form of a whistle. */
export function outlookOfDuty(house: OpenHouse, unit: UnitDuty, now: Date): DutyOutlook {
  const today = legalDateFromInstant(now);
  const serving = unit.postings.filter((p) => p.validTo === null || p.validTo > today);
  const isExpected = serving.some((p) => p.residency !== 'on-call');
  const next = nextDuty(house, serving, unit.changes, now);
  const contacts = contactsOf(unit);
  if (serving.length === 0)
    return { isThere: false, next, isExpected, words: `没有登记入驻人员，${contacts}`, contacts };
  if (!isExpected && next === null) {
    const names = serving.map((p) => p.name).join('、');
    return { isThere: false, next, isExpected, words: `随驻，不坐班，随叫随到：${names}；${contacts}`, contacts };
  }
  if (next === null) return { isThere: false, next, isExpected, words: '三十天内没有排班', contacts };
  const names = next.names.join('、');
  const words = next.isNow
    ? `现在有人值班：${names}，到${timeCn(next.to)}`
    : `现在没有人值班，下一班${whenCn(next.from, now)}起：${names}`;
  return { isThere: next.isNow, next, isExpected, words, contacts };
}

/** Nobody will be there before the clock for signing runs out: plain words, nothing is forbidden. Null where somebody will. */
export function gapWarning(
  house: OpenHouse,
  unit: UnitDuty,
  outlook: DutyOutlook,
  signDueAt: Date | null,
  now: Date,
): string | null {
  const { next, isExpected, contacts } = outlook;
  if (!isExpected || signDueAt === null || (next !== null && next.from < signDueAt)) return null;
  const today = cellOf(house, unit.postings, unit.changes, legalDateFromInstant(now));
  const away = today.absent[0];
  const why = away === undefined ? rotaCn(unit, now) : `${away.name}今天不在：${away.change.reason}`;
  const then = next === null ? '三十天内没有排班' : `下一班${whenCn(next.from, now)}起`;
  const reason = why === '' ? '' : `（${why}）`;
  return `签收时限到${whenCn(signDueAt, now)}止，此前该部门没有人在中心值班${reason}，${then}。${contacts}。`;
}

/** Days on which those in rotation come. */
function rotaCn({ postings }: UnitDuty, now: Date): string {
  const today = legalDateFromInstant(now);
  const rotating = postings.filter((p) => p.residency === 'rotating' && (p.validTo === null || p.validTo > today));
  const days = [...new Set(rotating.flatMap((p) => p.weekdays ?? []))].sort();
  return days.length === 0 ? '' : `轮驻日为${days.map((d) => WEEKDAYS_CN[d - 1]).join('、')}`;
}

const WEEKDAYS_CN = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'];

function contactsOf({ liaisons, centerPhone }: UnitDuty): string {
  if (liaisons.length > 0) {
    const lines = liaisons.map((l) => `${l.slot}岗${l.name}${l.officePhone === null ? '' : ` ${l.officePhone}`}`);
    return `联络员${lines.join('，')}`;
  }
  return centerPhone === null ? '没有登记联络员' : `没有登记联络员，请打中心值班电话${centerPhone}`;
}

function nameOf({ name, insteadOf }: OnDuty): string {
  return insteadOf === null ? name : `${name}（替${insteadOf}）`;
}

/** `今天14:30`, or the day with its weekday. */
function whenCn(at: Date, now: Date): string {
  const on = legalDateFromInstant(at);
  const today = legalDateFromInstant(now);
  const day =
    on === today ? '今天' : on === addDays(today, 1) ? '明天' : `${formatLegalDateCn(on)}（${weekdayNameCn(on)}）`;
  return `${day}${timeCn(at)}`;
}

function timeCn(at: Date): string {
  const minutes = Math.floor(timeOfDayMs(at) / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

function msOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
