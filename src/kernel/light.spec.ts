import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lightOf, type WarnedTerm, type WarningOffice, warningInstant, worstLight } from './light';
import { unwrap } from './parse-result';
import { parseWorkingDayYear, WorkingCalendar } from './working-calendar';
import { parseOfficeHours } from './working-time';

const spans = [
  { from: '08:30', to: '12:00' },
  { from: '14:30', to: '17:30' },
];
const office: WarningOffice = {
  yellowPart: 3,
  calendar: new WorkingCalendar([
    unwrap(
      parseWorkingDayYear(
        JSON.parse(readFileSync(join(__dirname, '../../migrations/data/working-days-2026.json'), 'utf8')),
      ),
    ),
  ]),
  officeHours: unwrap(
    parseOfficeHours({
      version: 'test-1',
      seasons: [{ from: '01-01', week: { 1: spans, 2: spans, 3: spans, 4: spans, 5: spans }, otherDays: spans }],
    }),
  ),
};
const at = (local: string): Date => new Date(`${local}+08:00`);
const working = (from: string, to: string, changes: Partial<WarnedTerm> = {}): WarnedTerm => ({
  startsAt: at(from),
  dueAt: at(to),
  isRealTime: false,
  ...changes,
});

describe('the instant from which a third of the term is left', () => {
  it('is measured on the clock where the term is of years, however far it runs', () => {
    const term = working('2026-01-01T00:00', '2099-01-01T00:00');
    const third = (term.dueAt.getTime() - term.startsAt.getTime()) / 3;
    expect(warningInstant(term, office).getTime()).toBeCloseTo(term.dueAt.getTime() - third, -5);
  });

  it.each<[string, WarnedTerm, string]>([
    ['an hour of the morning', working('2026-09-30T09:00', '2026-09-30T10:00'), '2026-09-30T09:40'],
    // 40 minutes to noon, 20 after the break: two thirds are over when the office closes.
    ['an hour over noon', working('2026-09-18T11:20', '2026-09-18T14:50'), '2026-09-18T12:00'],
    // 5 minutes before the holiday, 55 on 10-08 from 08:30: the 40th is 35 minutes into that morning.
    ['an hour over the holiday', working('2026-09-30T17:25', '2026-10-08T09:25'), '2026-10-08T09:05'],
    [
      'half an hour at night on the clock',
      working('2026-09-30T23:00', '2026-09-30T23:30', { isRealTime: true }),
      '2026-09-30T23:20',
    ],
    [
      'an hour that stood still for twenty minutes',
      working('2026-09-30T09:00', '2026-09-30T10:20', {
        pauses: [{ from: at('2026-09-30T09:10'), to: at('2026-09-30T09:30') }],
      }),
      '2026-09-30T10:00',
    ],
    // No office hours between the two: three hours on the clock.
    ['an appointment within days off', working('2026-10-03T09:00', '2026-10-03T12:00'), '2026-10-03T11:00'],
  ])('of %s', (_, term, warnsAt) => {
    expect(warningInstant(term, office).toISOString()).toBe(at(warnsAt).toISOString());
  });

  it.each([
    [2, '2026-09-30T09:30'],
    [4, '2026-09-30T09:45'],
    [10, '2026-09-30T09:54'],
  ])('or one part in %i of an hour, where the center says so', (yellowPart, warnsAt) => {
    const term = working('2026-09-30T09:00', '2026-09-30T10:00');
    expect(warningInstant(term, { ...office, yellowPart }).toISOString()).toBe(at(warnsAt).toISOString());
  });

  it('is never after the end, however short the term', () => {
    const term = working('2026-09-30T09:00', '2026-09-30T09:00');
    expect(warningInstant(term, office)).toEqual(term.dueAt);
  });
});

describe('the light of a clock', () => {
  const clock = { dueAt: at('2026-09-30T10:00'), warnsAt: at('2026-09-30T09:40') };
  it.each([
    ['2026-09-30T09:39:59', 'green'],
    ['2026-09-30T09:40', 'yellow'],
    ['2026-09-30T09:59:59', 'yellow'],
    ['2026-09-30T10:00', 'red'],
  ])('at %s is %s', (now, light) => {
    expect(lightOf(clock, at(now))).toBe(light);
  });

  it('is grey while the clock stands, whatever the time', () => {
    expect(lightOf({ dueAt: null, warnsAt: null }, at('2030-01-01T00:00'))).toBe('grey');
  });

  it('is the worst of several, and none of none', () => {
    expect(worstLight(['grey', 'green', 'red', 'yellow'])).toBe('red');
    expect(worstLight(['grey', 'green'])).toBe('green');
    expect(worstLight([])).toBeNull();
  });
});
