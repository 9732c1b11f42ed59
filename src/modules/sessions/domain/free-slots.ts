import {
  type LegalDate,
  addDays,
  instantAt,
  legalDateFromInstant,
  type OfficeTime,
  openSpansOn,
} from '../../../kernel';

/** From an instant up to, not including, another. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** Half a day of office hours in which a session may lie. */
export interface OpenSpan extends Span {
  readonly on: LegalDate;
}

/** Somebody or something that can be in one session at a time. */
export interface Occupant {
  readonly id: string;
  readonly name: string;
  readonly busy: readonly Span[];
}

export interface Room extends Occupant {
  /** First day on which it is no longer in use; null while it is. */
  readonly until: LegalDate | null;
  readonly since: LegalDate;
}

/** A partner agency asked to come, and the days on which it has nobody at the center, with the reason in words. */
export interface AskedAgency {
  readonly id: string;
  readonly name: string;
  readonly absentOn: ReadonlyMap<LegalDate, string>;
}

export interface SlotQuestion {
  readonly now: Date;
  /** In the order of time, not overlapping. */
  readonly openSpans: readonly OpenSpan[];
  readonly durationMinutes: number;
  readonly staff: readonly Occupant[];
  readonly parties: readonly Occupant[];
  /** In the order of preference; empty when the session needs no room. */
  readonly rooms: readonly Room[];
  readonly agencies: readonly AskedAgency[];
}

export const SLOT_OBSTACLES = {
  past: '时间已过',
  'too-short': '时长不够',
  'person-taken': '调解员、记录人另有安排',
  'party-taken': '当事人另有调解会',
  'room-taken': '场所已占用',
  'agency-absent': '联动单位不在岗',
} as const;
type SlotObstacle = keyof typeof SLOT_OBSTACLES;

export interface SlotReason {
  readonly code: SlotObstacle;
  /** Who or what stands in the way; null when it is the time itself. */
  readonly subjectId: string | null;
  readonly name: string | null;
  /** When the subject is taken within the half-day. */
  readonly busy: readonly Span[];
  /** In words, for an agency. */
  readonly why: string | null;
}

interface FreeSlot extends Span {
  readonly on: LegalDate;
  readonly roomId: string | null;
  readonly roomName: string | null;
}

export interface FailedSpan extends OpenSpan {
  readonly reasons: readonly SlotReason[];
}

interface SlotAnswer {
  /** At most three, in the order of time, not overlapping. */
  readonly proposals: readonly FreeSlot[];
  /** Half-days in which no start is free for all, with everything that stands in the way. */
  readonly failures: readonly FailedSpan[];
}

const MINUTE = 60_000;
/** People agree on full and half hours. */
const STEP = 30 * MINUTE;
const PROPOSALS = 3;

/** Office hours from `from` to `to`, both included, half-day by half-day, and the days on which nobody works. */
export function openSpansBetween(
  { calendar, officeHours }: OfficeTime,
  from: LegalDate,
  to: LegalDate,
): { readonly spans: OpenSpan[]; readonly closedDays: LegalDate[]; readonly missingYears: number[] } {
  const spans: OpenSpan[] = [];
  const closedDays: LegalDate[] = [];
  const missing = new Set<number>();
  for (let on = from; on <= to; on = addDays(on, 1)) {
    const { value: isWorked, missingYears } = calendar.isWorkingDay(on);
    for (const year of missingYears) missing.add(year);
    const open = isWorked ? openSpansOn(officeHours, on) : [];
    if (open.length === 0) closedDays.push(on);
    for (const span of open) {
      spans.push({ on, from: instantAt(on, sinceMidnight(span.from)), to: instantAt(on, sinceMidnight(span.to)) });
    }
  }
  return { spans, closedDays, missingYears: [...missing].sort((a, b) => a - b) };
}

/**
 * Times at which everybody asked is free and a room is, on the half-hours of the office's opening. The three proposals
 * lie in as many different half-days as there are, the earliest first, so that the parties have a choice.
 */
export function findFreeSlots(question: SlotQuestion): SlotAnswer {
  const failures: FailedSpan[] = [];
  const free: FreeSlot[][] = [];
  for (const span of question.openSpans) {
    const slots = freeWithin(question, span);
    if (slots.length > 0) free.push(slots);
    else failures.push({ ...span, reasons: reasonsOf(question, span) });
  }
  return { proposals: choose(free), failures };
}

function freeWithin(question: SlotQuestion, span: OpenSpan): FreeSlot[] {
  const { durationMinutes, staff, parties, rooms, agencies, now } = question;
  if (agencies.some((agency) => agency.absentOn.has(span.on))) return [];
  const usable = rooms.filter((room) => isInUse(room, span.on));
  if (rooms.length > 0 && usable.length === 0) return [];
  const slots: FreeSlot[] = [];
  const length = durationMinutes * MINUTE;
  for (let start = span.from.getTime(); start + length <= span.to.getTime(); start += STEP) {
    const time = { from: new Date(start), to: new Date(start + length) };
    if (time.from < now || [...staff, ...parties].some((person) => isTaken(person, time))) continue;
    const room = usable.find((one) => !isTaken(one, time));
    if (rooms.length > 0 && room === undefined) continue;
    slots.push({ ...time, on: span.on, roomId: room?.id ?? null, roomName: room?.name ?? null });
  }
  return slots;
}

/** Everything that takes away a start within the half-day; never empty for one without a free start. */
function reasonsOf(question: SlotQuestion, span: OpenSpan): SlotReason[] {
  const { durationMinutes, staff, parties, rooms, agencies, now } = question;
  const length = durationMinutes * MINUTE;
  if (span.to.getTime() - span.from.getTime() < length) return [reason('too-short', null)];
  if (span.to.getTime() - now.getTime() < length) return [reason('past', null)];
  const taken = (code: SlotObstacle, occupants: readonly Occupant[]): SlotReason[] =>
    occupants.flatMap((one) => {
      const busy = one.busy.filter((time) => overlaps(time, span));
      return busy.length === 0 ? [] : [reason(code, one, busy)];
    });
  const roomReasons = rooms.flatMap((one) =>
    isInUse(one, span.on) ? taken('room-taken', [one]) : [{ ...reason('room-taken', one), why: '该日没有启用' }],
  );
  return [
    ...(span.from < now ? [reason('past', null)] : []),
    ...agencies.flatMap((agency) => {
      const why = agency.absentOn.get(span.on);
      return why === undefined ? [] : [{ ...reason('agency-absent', agency), why }];
    }),
    ...taken('person-taken', staff),
    ...taken('party-taken', parties),
    // A room that is free all along takes no start away, however many others are taken.
    ...(roomReasons.length === rooms.length ? roomReasons : []),
  ];
}

/** One from each half-day, then what does not overlap with those. */
function choose(halfDays: readonly (readonly FreeSlot[])[]): FreeSlot[] {
  const first = halfDays.flatMap(([slot]) => (slot ? [slot] : [])).slice(0, PROPOSALS);
  const chosen = [...first];
  for (const slot of halfDays.flat()) {
    if (chosen.length === PROPOSALS) break;
    if (!chosen.some((other) => overlaps(other, slot))) chosen.push(slot);
  }
  return chosen.sort((a, b) => a.from.getTime() - b.from.getTime());
}

function isInUse({ since, until }: Room, on: LegalDate): boolean {
  return since <= on && (until === null || on < until);
}

function isTaken({ busy }: Occupant, time: Span): boolean {
  return busy.some((one) => overlaps(one, time));
}

function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

function reason(
  code: SlotObstacle,
  subject: { readonly id: string; readonly name: string } | null,
  busy: readonly Span[] = [],
): SlotReason {
  return { code, subjectId: subject?.id ?? null, name: subject?.name ?? null, busy, why: null };
}

/** Milliseconds of `HH:MM`. */
function sinceMidnight(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * MINUTE;
}

/** The half-day in the words of the desk: 上午 or 下午. */
export function halfDayName({ from }: Span): string {
  return from.getTime() < instantAt(legalDateFromInstant(from), 12 * 60 * MINUTE).getTime() ? '上午' : '下午';
}
