import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { addDays, legalDate, type LegalDate } from './legal-date';
import { unwrap } from './parse-result';
import {
  addWorkingDays,
  type DayCalendar,
  everyDayIsServed,
  nextWorkingDay,
  parseWorkingDayYear,
  rollForward,
  WorkingCalendar,
  workingDaysBetween,
} from './working-calendar';

/** The reference data that the product ships, not a copy of it. */
function shipped(year: number): unknown {
  return JSON.parse(readFileSync(join(__dirname, `../../migrations/data/working-days-${year}.json`), 'utf8'));
}
const years = [2025, 2026].map((year) => unwrap(parseWorkingDayYear(shipped(year))));
const calendar = new WorkingCalendar(years);
const d = legalDate;

function expand(...ranges: readonly (readonly [string, string])[]): string[] {
  return ranges.flatMap(([first, last]) => {
    const days: LegalDate[] = [];
    for (let day = d(first); day <= d(last); day = addDays(day, 1)) days.push(day);
    return days;
  });
}

describe('shipped reference data', () => {
  it('holds 2026 as the notice of 2025-11-04 says', () => {
    expect(years[1]?.offDays.map((x) => x.on)).toEqual(
      expand(
        ['2026-01-01', '2026-01-03'],
        ['2026-02-15', '2026-02-23'],
        ['2026-04-04', '2026-04-06'],
        ['2026-05-01', '2026-05-05'],
        ['2026-06-19', '2026-06-21'],
        ['2026-09-25', '2026-09-27'],
        ['2026-10-01', '2026-10-07'],
      ),
    );
    expect(years[1]?.makeUpWorkDays.map((x) => x.on)).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
  });

  it('holds 2025 as the notice of 2024-11-12 says', () => {
    expect(years[0]?.offDays.map((x) => x.on)).toEqual(
      expand(
        ['2025-01-01', '2025-01-01'],
        ['2025-01-28', '2025-02-04'],
        ['2025-04-04', '2025-04-06'],
        ['2025-05-01', '2025-05-05'],
        ['2025-05-31', '2025-06-02'],
        ['2025-10-01', '2025-10-08'],
      ),
    );
    expect(years[0]?.makeUpWorkDays.map((x) => x.on)).toEqual([
      '2025-01-26',
      '2025-02-08',
      '2025-04-27',
      '2025-09-28',
      '2025-10-11',
    ]);
  });
});

describe('parseWorkingDayYear', () => {
  const base = { year: 2027, version: '2027-1', source: '通知', publishedOn: '2026-11-01' };
  const day = (on: string): { on: string; holiday: string } => ({ on, holiday: '元旦' });

  it('lets a notice reach into the December before', () => {
    expect(parseWorkingDayYear({ ...base, offDays: [day('2026-12-31')], makeUpWorkDays: [day('2026-12-26')] }).ok).toBe(
      true,
    );
  });

  it.each([
    [null, 'working-days.format'],
    [[], 'working-days.format'],
    [{ ...base, offDays: [] }, 'working-days.format'],
    [{ ...base, version: '', offDays: [], makeUpWorkDays: [] }, 'working-days.format'],
    [{ ...base, offDays: ['2027-01-01'], makeUpWorkDays: [] }, 'working-days.format'],
    [{ ...base, offDays: [day('2027-02-29')], makeUpWorkDays: [] }, 'working-days.date'],
    [{ ...base, offDays: [day('2028-01-01')], makeUpWorkDays: [] }, 'working-days.date'],
    [{ ...base, publishedOn: '2026-13-01', offDays: [], makeUpWorkDays: [] }, 'working-days.date'],
    [{ ...base, offDays: [day('2027-01-02')], makeUpWorkDays: [day('2027-01-02')] }, 'working-days.conflict'],
    [{ ...base, offDays: [], makeUpWorkDays: [day('2027-01-04')] }, 'working-days.conflict'],
  ])('refuses unsound data %#', (json, code) => {
    expect(parseWorkingDayYear(json)).toMatchObject({ ok: false, code });
  });
});

describe('isWorkingDay', () => {
  it.each([
    ['2026-02-13', true, 'weekday', null],
    ['2026-02-14', true, 'make-up', '春节'],
    ['2026-02-15', false, 'holiday', '春节'],
    ['2026-02-24', true, 'weekday', null],
    ['2026-02-28', true, 'make-up', '春节'],
    ['2026-03-01', false, 'weekend', null],
    ['2026-09-20', true, 'make-up', '国庆节'],
    ['2025-10-06', false, 'holiday', '中秋节'],
  ] as const)('%s: %s (%s)', (day, value, kind, holiday) => {
    expect(calendar.isWorkingDay(d(day))).toEqual({ value, isProvisional: false, missingYears: [] });
    expect(calendar.kindOf(d(day))).toBe(kind);
    expect(calendar.holidayOf(d(day))).toBe(holiday);
  });

  it('guesses a year without notice by the week and says so', () => {
    expect(calendar.isWorkingDay(d('2027-10-01'))).toEqual({ value: true, isProvisional: true, missingYears: [2027] });
    expect(calendar.isWorkingDay(d('2027-10-02'))).toEqual({ value: false, isProvisional: true, missingYears: [2027] });
  });

  it('does not trust the last days of December before the next notice: 2018-12-31 was exchanged by the notice of 2019', () => {
    expect(calendar.isWorkingDay(d('2026-12-24')).missingYears).toEqual([]);
    expect(calendar.isWorkingDay(d('2026-12-31')).missingYears).toEqual([2027]);
    expect(calendar.isWorkingDay(d('2025-12-31')).missingYears).toEqual([]);
    expect(new WorkingCalendar([]).isWorkingDay(d('2018-12-31')).missingYears).toEqual([2018, 2019]);
  });

  it('is certain of a day that a notice names, though the notice of its own year is missing', () => {
    const year = unwrap(
      parseWorkingDayYear({
        year: 2019,
        version: '2019-1',
        source: '通知',
        publishedOn: '2018-12-06',
        offDays: [{ on: '2018-12-31', holiday: '元旦' }],
        makeUpWorkDays: [{ on: '2018-12-29', holiday: '元旦' }],
      }),
    );
    const only2019 = new WorkingCalendar([year]);
    expect(only2019.isWorkingDay(d('2018-12-31'))).toEqual({ value: false, isProvisional: false, missingYears: [] });
    expect(only2019.isWorkingDay(d('2018-12-29')).isProvisional).toBe(false);
    expect(only2019.isWorkingDay(d('2018-12-28')).missingYears).toEqual([2018]);
  });

  it('refuses a year given twice', () => {
    expect(() => new WorkingCalendar([...years, ...years])).toThrow(RangeError);
  });

  it('names its versions', () => {
    expect(calendar.version).toBe('2025-1,2026-1');
  });
});

describe('counting working days', () => {
  it.each([
    ['2026-02-13', 3, '2026-02-25'],
    ['2026-09-30', 5, '2026-10-13'],
    ['2026-04-30', 5, '2026-05-11'],
    ['2026-02-25', -3, '2026-02-13'],
    ['2026-02-15', 0, '2026-02-15'],
  ])('%s and %i working days: %s', (from, count, to) => {
    expect(addWorkingDays(calendar, d(from), count)).toEqual({ value: to, isProvisional: false, missingYears: [] });
  });

  it.each([
    ['2026-02-15', '2026-02-24'],
    ['2026-02-14', '2026-02-14'],
    ['2026-10-05', '2026-10-08'],
    ['2026-10-10', '2026-10-10'],
    ['2026-10-11', '2026-10-12'],
  ])('%s rolls to %s', (from, to) => {
    expect(rollForward(calendar, d(from)).value).toBe(to);
  });

  it('finds the next working day after a worked one', () => {
    expect(nextWorkingDay(calendar, d('2026-02-14')).value).toBe('2026-02-24');
  });

  it('is provisional as soon as one day on the way was guessed', () => {
    expect(addWorkingDays(calendar, d('2026-12-23'), 10)).toEqual({
      value: '2027-01-06',
      isProvisional: true,
      missingYears: [2027],
    });
  });

  const within = fc.integer({ min: 0, max: 650 }).map((n) => addDays(d('2025-01-02'), n));

  it('lands on a working day, strictly later for more days, and counts back to what it added', () => {
    fc.assert(
      fc.property(within, fc.integer({ min: 1, max: 60 }), (day, count) => {
        const end = addWorkingDays(calendar, day, count).value;
        expect(calendar.isWorkingDay(end).value).toBe(true);
        expect(workingDaysBetween(calendar, day, end).value).toBe(count);
        expect(workingDaysBetween(calendar, end, day).value).toBe(-count);
        expect(addWorkingDays(calendar, day, count + 1).value > end).toBe(true);
      }),
    );
  });

  it('counts over years, months and days as day by day, missing years too, each calendar for itself', () => {
    const [, of2026] = years;
    const calendars = [
      calendar,
      new WorkingCalendar(of2026 ? [of2026] : []),
      new WorkingCalendar([]),
      everyDayIsServed,
    ];
    const anywhere = fc.integer({ min: 0, max: 1500 }).map((n) => addDays(d('2023-11-20'), n));
    fc.assert(
      fc.property(fc.constantFrom(...calendars), anywhere, anywhere, (one, a, b) => {
        const [from, to] = a <= b ? [a, b] : [b, a];
        const missing = new Set<number>();
        let count = 0;
        for (let day = from; day < to;) {
          day = addDays(day, 1);
          const { value, missingYears } = one.isWorkingDay(day);
          if (value) count += 1;
          for (const year of missingYears) missing.add(year);
        }
        const missingYears = [...missing].sort((x, y) => x - y);
        const rest = { isProvisional: missing.size > 0, missingYears };
        expect(workingDaysBetween(one, from, to)).toEqual({ value: count, ...rest });
        expect(workingDaysBetween(one, to, from)).toEqual({ value: 0 - count, ...rest });
      }),
      { numRuns: 300 },
    );
    expect(workingDaysBetween(everyDayIsServed, d('9999-12-30'), d('9999-12-31')).value).toBe(1);
    expect(() => workingDaysBetween(calendar, d('1900-01-01'), d('2026-01-01'))).toThrow(RangeError);
  });

  it('rolls to the nearest working day and no further', () => {
    fc.assert(
      fc.property(within, (day) => {
        const rolled = rollForward(calendar, day).value;
        expect(rolled >= day).toBe(true);
        for (let skipped = day; skipped < rolled; skipped = addDays(skipped, 1)) {
          expect(calendar.isWorkingDay(skipped).value).toBe(false);
        }
        expect(rollForward(calendar, rolled).value).toBe(rolled);
      }),
    );
  });

  it('stops on a calendar without any working day', () => {
    const never: DayCalendar = {
      isWorkingDay: () => ({ value: false, isProvisional: false, missingYears: [] }),
      holidayOf: () => null,
    };
    expect(() => rollForward(never, d('2026-01-01'))).toThrow(RangeError);
  });

  it('keeps service days apart from working days', () => {
    expect(nextWorkingDay(everyDayIsServed, d('2026-02-14')).value).toBe('2026-02-15');
  });
});
