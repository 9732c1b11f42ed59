import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addYears,
  compareLegalDates,
  dayOfMonth,
  daysBetween,
  daysInMonth,
  endOfDay,
  formatLegalDateCn,
  fullYearsBetween,
  instantAt,
  latestOf,
  legalDate,
  legalDateFromInstant,
  legalDateOf,
  monthOf,
  parseLegalDate,
  startOfDay,
  timeOfDayMs,
  weekdayNameCn,
  weekdayOf,
  yearOf,
} from './legal-date';

const anyDate = fc.integer({ min: 0, max: 100_000 }).map((days) => addDays(legalDate('1900-01-01'), days));

describe('parseLegalDate', () => {
  it.each(['2026-11-20', '2024-02-29', '2000-02-29', '1949-10-01'])('reads %s', (text) => {
    expect(parseLegalDate(text)).toEqual({ ok: true, value: text });
  });

  it.each(['2026-02-29', '1900-02-29', '2026-04-31', '2026-00-10', '2026-13-01', '2026-01-00'])(
    'refuses the absent day %s',
    (text) => {
      expect(parseLegalDate(text)).toMatchObject({ ok: false, code: 'legal-date.no-such-day' });
    },
  );

  it.each([
    '',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '0026-01-01',
    '２０２６-01-01',
  ])('refuses the form %j', (text) => {
    expect(parseLegalDate(text)).toMatchObject({ ok: false, code: 'legal-date.format' });
  });

  it('throws for dates written in code', () => {
    expect(() => legalDate('2026-02-30')).toThrow(RangeError);
    expect(() => legalDateOf(2026, 13, 1)).toThrow(RangeError);
  });
});

describe('month arithmetic (CC art. 202)', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-15', 1, '2026-02-15'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-31', -2, '2025-11-30'],
  ])('%s + %i month = %s', (from, months, to) => {
    expect(addMonths(legalDate(from), months)).toBe(to);
  });

  it('ends two years after a leap day on the last day of February', () => {
    expect(addYears(legalDate('2024-02-29'), 2)).toBe('2026-02-28');
    expect(addYears(legalDate('2024-02-29'), 4)).toBe('2028-02-29');
  });

  it('lands in the month meant, on the same day unless that month is shorter', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -600, max: 600 }), (date, months) => {
        const end = addMonths(date, months);
        expect(yearOf(end) * 12 + monthOf(end)).toBe(yearOf(date) * 12 + monthOf(date) + months);
        expect(dayOfMonth(end)).toBe(Math.min(dayOfMonth(date), daysInMonth(yearOf(end), monthOf(end))));
      }),
    );
  });
});

describe('day arithmetic', () => {
  it('is a group action, agrees with text order, and weekdays follow each other', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
        const other = addDays(date, days);
        expect(daysBetween(date, other)).toBe(days);
        expect(addDays(other, -days)).toBe(date);
        expect(Math.sign(compareLegalDates(date, other))).toBe(Math.sign(0 - days));
        expect((weekdayOf(date) - 1 + days - (weekdayOf(other) - 1)) % 7).toBeCloseTo(0);
      }),
    );
  });

  it('knows weekdays', () => {
    expect(weekdayOf(legalDate('1970-01-01'))).toBe(4);
    expect(weekdayOf(legalDate('1969-12-28'))).toBe(7);
    expect(weekdayNameCn(legalDate('2026-02-14'))).toBe('星期六');
    expect(weekdayNameCn(legalDate('2026-09-20'))).toBe('星期日');
  });

  it('finds the latest', () => {
    expect(latestOf(legalDate('2026-01-02'), legalDate('2026-03-01'), legalDate('2025-12-31'))).toBe('2026-03-01');
  });

  it('refuses to leave the four-digit years', () => {
    expect(() => addDays(legalDate('9999-12-31'), 1)).toThrow(RangeError);
  });
});

describe('fullYearsBetween', () => {
  it.each([
    ['2008-05-20', '2026-05-19', 17],
    ['2008-05-20', '2026-05-20', 18],
    ['2008-02-29', '2026-02-27', 17],
    ['2008-02-29', '2026-02-28', 18],
    ['2026-05-20', '2026-05-20', 0],
    ['2026-05-20', '2025-05-20', -1],
  ])('%s to %s: %i', (from, to, years) => {
    expect(fullYearsBetween(legalDate(from), legalDate(to))).toBe(years);
  });
});

describe('civil time in Asia/Shanghai', () => {
  it('changes the day at 16:00 UTC', () => {
    expect(legalDateFromInstant(new Date('2026-02-13T15:59:59.999Z'))).toBe('2026-02-13');
    expect(legalDateFromInstant(new Date('2026-02-13T16:00:00.000Z'))).toBe('2026-02-14');
  });

  it('keeps summer time of 1986–91: midnight was 15:00 UTC', () => {
    expect(legalDateFromInstant(new Date('1988-07-01T15:00:00Z'))).toBe('1988-07-02');
    expect(legalDateFromInstant(new Date('1985-07-01T15:00:00Z'))).toBe('1985-07-01');
    expect(startOfDay(legalDate('1988-07-02')).toISOString()).toBe('1988-07-01T15:00:00.000Z');
    expect(startOfDay(legalDate('1992-07-02')).toISOString()).toBe('1992-07-01T16:00:00.000Z');
  });

  it('measures 23 hours on the day the clocks went forward and 25 when they went back', () => {
    const hours = (date: string): number =>
      (endOfDay(legalDate(date)).getTime() - startOfDay(legalDate(date)).getTime()) / 3_600_000;
    expect(hours('1986-05-04')).toBe(23);
    expect(hours('1986-09-14')).toBe(25);
    expect(hours('1986-09-15')).toBe(24);
  });

  it('starts a day that had no midnight at its first instant', () => {
    // 1940-06-01 began at 01:00: the clocks went forward at 00:00.
    const start = startOfDay(legalDate('1940-06-01'));
    expect(legalDateFromInstant(start)).toBe('1940-06-01');
    expect(legalDateFromInstant(new Date(start.getTime() - 1))).toBe('1940-05-31');
  });

  it('bounds every day exactly, on every day since 1900', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const [start, end] = [startOfDay(date), endOfDay(date)];
        expect(legalDateFromInstant(start)).toBe(date);
        expect(legalDateFromInstant(new Date(start.getTime() - 1))).toBe(addDays(date, -1));
        expect(legalDateFromInstant(new Date(end.getTime() - 1))).toBe(date);
        expect(legalDateFromInstant(end)).toBe(addDays(date, 1));
      }),
      { numRuns: 500 },
    );
  });

  it('reads and makes wall-clock times', () => {
    const at = instantAt(legalDate('2026-09-30'), (17 * 60 + 25) * 60_000);
    expect(at.toISOString()).toBe('2026-09-30T09:25:00.000Z');
    expect(timeOfDayMs(at)).toBe((17 * 60 + 25) * 60_000);
  });
});

describe('formatLegalDateCn', () => {
  it('writes no leading zeros', () => {
    expect(formatLegalDateCn(legalDate('2026-11-20'))).toBe('2026年11月20日');
    expect(formatLegalDateCn(legalDate('2026-01-05'))).toBe('2026年1月5日');
  });
});
