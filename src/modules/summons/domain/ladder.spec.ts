import { readFileSync } from 'node:fs';
import { parseOfficeHours, parseWorkingDayYear, unwrap, WorkingCalendar } from '../../../kernel';
import { type LadderedDue, nextRung, rungCn, rungsOf } from './ladder';

const at = (local: string): Date => new Date(`${local}:00+08:00`);
const calendar = new WorkingCalendar(
  ['2025', '2026'].map((year) =>
    unwrap(parseWorkingDayYear(JSON.parse(readFileSync(`migrations/data/working-days-${year}.json`, 'utf8')))),
  ),
);
const officeHours = unwrap(
  parseOfficeHours({
    version: 'test',
    seasons: [{ from: '01-01', week: {}, otherDays: [span('08:30', '12:00'), span('14:30', '17:30')] }],
  }),
);
const office = { calendar, officeHours };

function span(from: string, to: string) {
  return { from, to };
}

/** 2026: 10-01 … 10-07 off, Sat 10-10 worked. */
describe('the ladder of a late clock', () => {
  const due: LadderedDue = {
    kind: 'feedback',
    unit: 'working-day',
    isEmergency: false,
    startsAt: at('2026-09-23T09:00'),
    currentDueAt: at('2026-09-30T17:30'),
    pauses: [],
  };
  const shown = (changes: Partial<LadderedDue>): string[] =>
    rungsOf({ ...due, ...changes }, office).map(
      (r) => `${r.step} ${new Date(r.at.getTime() + 8 * 3_600_000).toISOString().slice(5, 16)}`,
    );

  it('begins with a quarter of the term left, and goes on after it by working days, only while the office is open', () => {
    expect(shown({}).slice(1)).toEqual([
      'urge 10-08T08:30',
      'supervise 10-09T08:30',
      'interview 10-10T08:30',
      'report 10-12T08:30',
    ]);
    expect(
      shown({ startsAt: at('2026-09-30T09:00'), unit: 'working-minute', currentDueAt: at('2026-09-30T10:00') }),
    ).toEqual([
      'reminder 09-30T09:45',
      'urge 09-30T10:00',
      'supervise 10-08T10:00',
      'interview 10-09T10:00',
      'report 10-10T10:00',
    ]);
  });

  it('runs day and night for an emergency, holiday or not', () => {
    const emergency = {
      kind: 'sign',
      unit: 'real-minute',
      isEmergency: true,
      startsAt: at('2026-10-01T23:40'),
    } as const;
    expect(shown({ ...emergency, currentDueAt: at('2026-10-02T00:10') })).toEqual([
      'reminder 10-02T00:03',
      'urge 10-02T00:10',
      'supervise 10-02T00:40',
      'interview 10-02T01:10',
      'report 10-02T02:10',
    ]);
    // An appointment of an emergency is kept at night; another one waits for the morning.
    const night = {
      kind: 'arrive',
      unit: 'agreed-time',
      startsAt: at('2026-10-01T20:00'),
      currentDueAt: at('2026-10-01T22:00'),
    } as const;
    expect(shown({ ...night, isEmergency: true })[1]).toBe('urge 10-01T22:00');
    expect(shown({ ...night, isEmergency: false })).toEqual([
      'urge 10-08T08:30',
      'supervise 10-09T08:30',
      'interview 10-10T08:30',
      'report 10-12T08:30',
    ]);
  });

  it('of the center for its ruling calls nobody in', () => {
    expect(shown({ kind: 'ruling' }).map((s) => s.split(' ')[0])).toEqual(['reminder', 'urge', 'supervise', 'report']);
  });

  it('follows what moves the clock, and is none while it stands', () => {
    expect(shown({ currentDueAt: null })).toEqual([]);
    expect(shown({ currentDueAt: at('2026-10-12T17:30') })[1]).toBe('urge 10-13T08:30');
  });

  it('never speaks outside office hours, and no step comes before the one below it', () => {
    for (let hour = 0; hour < 24 * 20; hour += 1) {
      const currentDueAt = new Date(at('2026-09-28T00:10').getTime() + hour * 3_600_000);
      const rungs = rungsOf({ ...due, startsAt: at('2026-09-21T09:00'), currentDueAt }, office);
      const instants = rungs.map((r) => r.at.getTime());
      expect(instants).toEqual([...instants].sort((a, b) => a - b));
      for (const { at: instant } of rungs) {
        const local = new Date(instant.getTime() + 8 * 3_600_000).toISOString();
        expect(calendar.isWorkingDay(local.slice(0, 10) as never).value).toBe(true);
        const time = local.slice(11, 16);
        expect((time >= '08:30' && time < '12:00') || (time >= '14:30' && time < '17:30')).toBe(true);
      }
    }
  });

  it('says in words what comes next', () => {
    const next = nextRung(due, office, at('2026-10-08T09:00'));
    expect(next && rungCn('feedback', next)).toBe('若到10月9日8时30分仍未反馈，将发督办单');
    expect(nextRung(due, office, at('2026-10-12T08:30'))).toBeNull();
  });
});
