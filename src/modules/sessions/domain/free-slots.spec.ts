import fc from 'fast-check';
import {
  type LegalDate,
  WorkingCalendar,
  addDays,
  instantAt,
  legalDate,
  parseOfficeHours,
  unwrap,
} from '../../../kernel';
import {
  type Occupant,
  type OpenSpan,
  type Room,
  type SlotQuestion,
  type Span,
  findFreeSlots,
  openSpansBetween,
} from './free-slots';

const MINUTE = 60_000;
const monday = legalDate('2026-09-21');
const at = (on: LegalDate, time: string): Date =>
  instantAt(on, (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE);
const span = (on: LegalDate, from: string, to: string): OpenSpan => ({ on, from: at(on, from), to: at(on, to) });
const dayOf = (on: LegalDate): OpenSpan[] => [span(on, '08:30', '12:00'), span(on, '14:30', '17:30')];
const week = [0, 1, 2, 3, 4].flatMap((n) => dayOf(addDays(monday, n)));
const times = (slots: readonly Span[]): string[] => slots.map((s) => `${s.from.toISOString()}/${s.to.toISOString()}`);

function aQuestion(changes: Partial<SlotQuestion> = {}): SlotQuestion {
  return {
    now: at(addDays(monday, -3), '09:00'),
    openSpans: week,
    durationMinutes: 120,
    staff: [],
    parties: [],
    rooms: [],
    agencies: [],
    ...changes,
  };
}
const person = (id: string, ...busy: Span[]): Occupant => ({ id, name: id, busy });
const room = (id: string, ...busy: Span[]): Room => ({
  id,
  name: id,
  busy,
  since: legalDate('2026-01-01'),
  until: null,
});

describe('open half-days', () => {
  const hours = unwrap(
    parseOfficeHours({
      version: 'test',
      seasons: [
        {
          from: '01-01',
          week: Object.fromEntries(
            [1, 2, 3, 4, 5].map((d) => [
              d,
              [
                { from: '08:30', to: '12:00' },
                { from: '14:30', to: '17:30' },
              ],
            ]),
          ),
          otherDays: [
            { from: '08:30', to: '12:00' },
            { from: '14:30', to: '17:30' },
          ],
        },
      ],
    }),
  );
  const calendar = new WorkingCalendar([
    {
      year: 2026,
      version: '2026-1',
      source: '通知',
      publishedOn: legalDate('2025-11-04'),
      offDays: [{ on: legalDate('2026-09-25'), holiday: '中秋节' }],
      makeUpWorkDays: [{ on: legalDate('2026-09-20'), holiday: '国庆节' }],
    },
  ]);

  it('leaves out holidays and weekends and takes in the Sunday that is worked', () => {
    const { spans, closedDays, missingYears } = openSpansBetween(
      { calendar, officeHours: hours },
      legalDate('2026-09-19'),
      legalDate('2026-09-26'),
    );
    expect(closedDays).toEqual(['2026-09-19', '2026-09-25', '2026-09-26']);
    expect([...new Set(spans.map((s) => s.on))]).toEqual([
      '2026-09-20',
      '2026-09-21',
      '2026-09-22',
      '2026-09-23',
      '2026-09-24',
    ]);
    expect(spans[0]).toEqual(span(legalDate('2026-09-20'), '08:30', '12:00'));
    expect(missingYears).toEqual([]);
  });

  it('says which year nobody has published yet', () => {
    const { missingYears } = openSpansBetween(
      { calendar, officeHours: hours },
      legalDate('2026-12-30'),
      legalDate('2027-01-04'),
    );
    expect(missingYears).toEqual([2027]);
  });
});

describe('free slots', () => {
  it('proposes the first three half-days to a calendar that holds nothing', () => {
    expect(times(findFreeSlots(aQuestion()).proposals)).toEqual(
      times([
        span(monday, '08:30', '10:30'),
        span(monday, '14:30', '16:30'),
        span(addDays(monday, 1), '08:30', '10:30'),
      ]),
    );
  });

  it('begins after now, on the half-hour', () => {
    const [first] = findFreeSlots(aQuestion({ now: at(monday, '08:31') })).proposals;
    expect(first?.from).toEqual(at(monday, '09:00'));
  });

  it('takes a room that is free when the one before it is taken, and names every room when all are', () => {
    const first = room('room-1', span(monday, '08:30', '12:00'));
    const question = aQuestion({ openSpans: dayOf(monday).slice(0, 1), rooms: [first, room('room-2')] });
    expect(findFreeSlots(question).proposals[0]?.roomId).toBe('room-2');
    const both = findFreeSlots({ ...question, rooms: [first, room('room-2', span(monday, '09:30', '11:00'))] });
    expect(both.proposals).toEqual([]);
    expect(both.failures[0]?.reasons.map((r) => [r.code, r.subjectId])).toEqual([
      ['room-taken', 'room-1'],
      ['room-taken', 'room-2'],
    ]);
  });

  it('does not blame a room while another stands empty', () => {
    const question = aQuestion({
      openSpans: dayOf(monday).slice(0, 1),
      staff: [person('mediator', span(monday, '09:00', '11:30'))],
      rooms: [room('room-1', span(monday, '08:30', '12:00')), room('room-2')],
    });
    expect(findFreeSlots(question).failures[0]?.reasons.map((r) => r.code)).toEqual(['person-taken']);
  });

  it('does not book a room before it is in use or after it was given up', () => {
    const old = { ...room('old'), until: monday };
    const { proposals, failures } = findFreeSlots(aQuestion({ openSpans: dayOf(monday), rooms: [old] }));
    expect(proposals).toEqual([]);
    expect(failures.map((f) => f.reasons[0]?.why)).toEqual(['该日没有启用', '该日没有启用']);
  });

  it('keeps to the days on which an agency is there', () => {
    const absentOn = new Map([monday, addDays(monday, 1)].map((on) => [on, '轮驻日为星期三'] as const));
    const { proposals, failures } = findFreeSlots(
      aQuestion({ agencies: [{ id: 'agency', name: '人社局', absentOn }] }),
    );
    expect(proposals[0]?.on).toBe(addDays(monday, 2));
    expect(failures).toHaveLength(4);
    expect(failures[0]?.reasons).toEqual([
      { code: 'agency-absent', subjectId: 'agency', name: '人社局', busy: [], why: '轮驻日为星期三' },
    ]);
  });

  it('tells parties from staff, and a time too short from one that is taken', () => {
    const monday1 = dayOf(monday).slice(0, 1);
    const reasons = (question: Partial<SlotQuestion>) =>
      findFreeSlots(aQuestion({ openSpans: monday1, ...question })).failures[0]?.reasons.map((r) => r.code);
    expect(reasons({ parties: [person('party', ...monday1)] })).toEqual(['party-taken']);
    expect(reasons({ durationMinutes: 240 })).toEqual(['too-short']);
    expect(reasons({ now: at(monday, '11:00') })).toEqual(['past']);
  });

  /** Busy times on quarter-hours of the week, as bookings really lie. */
  const busyTime = fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 32, max: 70 }), fc.integer({ min: 1, max: 12 }))
    .map(([day, quarter, length]): Span => {
      const from = instantAt(addDays(monday, day), quarter * 15 * MINUTE);
      return { from, to: new Date(from.getTime() + length * 15 * MINUTE) };
    });
  const occupants = (max: number, name: string) =>
    fc
      .array(fc.array(busyTime, { maxLength: 8 }), { maxLength: max })
      .map((all) => all.map((busy, i) => person(`${name}-${i}`, ...busy)));
  const questions = fc.record({
    staff: occupants(3, 'staff'),
    parties: occupants(3, 'party'),
    rooms: occupants(3, 'room').map((all) => all.map((one) => ({ ...room(one.id), busy: one.busy }))),
    durationMinutes: fc.integer({ min: 1, max: 9 }).map((n) => n * 30),
    now: fc
      .integer({ min: -600, max: 7000 })
      .map((minutes) => new Date(at(monday, '00:00').getTime() + minutes * MINUTE)),
  });

  const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

  /** The same question asked the slow way: every half-hour of the week, looked at on its own. */
  function everyFreeStart(question: SlotQuestion): string[] {
    const found: string[] = [];
    for (const open of question.openSpans) {
      for (let from = open.from.getTime(); from < open.to.getTime(); from += 30 * MINUTE) {
        const time = { from: new Date(from), to: new Date(from + question.durationMinutes * MINUTE) };
        const isFree = (one: Occupant): boolean => one.busy.every((b) => !overlaps(b, time));
        const hasRoom = question.rooms.length === 0 || question.rooms.some(isFree);
        if (
          time.to <= open.to &&
          time.from >= question.now &&
          hasRoom &&
          [...question.staff, ...question.parties].every(isFree)
        )
          found.push(time.from.toISOString());
      }
    }
    return found;
  }

  it('never proposes what is not free, never overlooks what is, and gives a reason for every half-day that has nothing', () => {
    fc.assert(
      fc.property(questions, (changes) => {
        const question = aQuestion(changes);
        const free = everyFreeStart(question);
        const { proposals, failures } = findFreeSlots(question);
        for (const slot of proposals) {
          expect(free).toContain(slot.from.toISOString());
          expect(slot.to.getTime() - slot.from.getTime()).toBe(question.durationMinutes * MINUTE);
          const booked = question.rooms.find((r) => r.id === slot.roomId);
          expect(booked === undefined).toBe(question.rooms.length === 0);
          expect(booked?.busy.some((b) => overlaps(b, slot)) ?? false).toBe(false);
        }
        expect(proposals.length > 0).toBe(free.length > 0);
        // The earliest of all is always among them, and they stand in their order without overlapping.
        expect(proposals[0]?.from.toISOString()).toBe(free[0]);
        for (const [i, slot] of proposals.entries()) {
          const next = proposals[i + 1];
          if (next) expect(slot.to <= next.from).toBe(true);
        }
        const failed = failures.map((f) => f.from.getTime());
        for (const open of question.openSpans) {
          const has = free.some((start) => new Date(start) >= open.from && new Date(start) < open.to);
          expect(failed.includes(open.from.getTime())).toBe(!has);
        }
        for (const failure of failures) expect(failure.reasons).not.toHaveLength(0);
      }),
      { numRuns: 300 },
    );
  });

  it('offers three times whenever three half-days have one', () => {
    fc.assert(
      fc.property(questions, (changes) => {
        const question = aQuestion(changes);
        const { proposals, failures } = findFreeSlots(question);
        const halfDays = question.openSpans.length - failures.length;
        expect(proposals.length).toBeGreaterThanOrEqual(Math.min(3, halfDays));
        expect(proposals.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 200 },
    );
  });
});
