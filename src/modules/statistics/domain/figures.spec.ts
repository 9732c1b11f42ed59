import { legalDate } from '../../../kernel';
import { definitionOf, FIGURE_KEYS, FIGURES, ratioOf } from './figures';
import { before, reachedOf, yearBefore } from './periods';

const period = (from: string, to: string) => ({ from: legalDate(from), to: legalDate(to) });

describe('figures', () => {
  it.each(FIGURE_KEYS)('%s is defined in words for each basis, and a rate by its denominator', (figure) => {
    expect(FIGURES[figure].denominator === null).toBe(FIGURES[figure].kind === 'count');
    for (const basis of ['cohort', 'period'] as const) {
      const { numerator, denominator, dateRule, exclusions, apart } = definitionOf(figure, [30], basis);
      for (const words of [numerator, dateRule, exclusions]) expect(words).toMatch(/\S/);
      expect(dateRule).toContain(FIGURES[figure].dateRule[basis]);
      expect([numerator, denominator, dateRule, exclusions, apart].join('')).not.toMatch(/[{}]|undefined/);
    }
  });

  it('say for how long an outcome is observed, also where centers differ', () => {
    expect(definitionOf('settled', [30, 30]).numerator).toContain('生效后 30 日内没有重启');
    expect(definitionOf('settled', [45, 30]).apart).toContain('观察未满 30 至 45（各中心自定）日');
    expect(definitionOf('settled', [30]).dateRule).toMatch(/^按发生时间：.+。按受理时间：/);
  });

  it('have no ratio where there is nothing to divide by', () => {
    expect([ratioOf(0, 0), ratioOf(0, 3), ratioOf(842, 869), ratioOf(3, 3)]).toEqual([null, 0, 0.9689, 1]);
  });
});

describe('periods to hold a period against', () => {
  it.each([
    ['a month', '2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28', '2025-03-01', '2025-03-31'],
    ['a quarter', '2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31', '2025-01-01', '2025-03-31'],
    ['a year', '2026-01-01', '2026-12-31', '2025-01-01', '2025-12-31', '2025-01-01', '2025-12-31'],
    [
      'the month after a leap February',
      '2028-03-01',
      '2028-03-31',
      '2028-02-01',
      '2028-02-29',
      '2027-03-01',
      '2027-03-31',
    ],
    ['a leap February', '2028-02-01', '2028-02-29', '2028-01-01', '2028-01-31', '2027-02-01', '2027-02-28'],
    ['ten days', '2026-09-11', '2026-09-20', '2026-09-01', '2026-09-10', '2025-09-11', '2025-09-20'],
    ['a single day', '2026-03-01', '2026-03-01', '2026-02-28', '2026-02-28', '2025-03-01', '2025-03-01'],
  ])('of %s', (_, from, to, beforeFrom, beforeTo, yearFrom, yearTo) => {
    expect(before(period(from, to))).toEqual({ from: beforeFrom, to: beforeTo });
    expect(yearBefore(period(from, to))).toEqual({ from: yearFrom, to: yearTo });
  });

  it.each([
    ['a month', '2026-11-01', '2026-11-30', '2026-11-22', '2026-10-01', '2026-10-22', '2025-11-01', '2025-11-22'],
    ['a quarter', '2026-10-01', '2026-12-31', '2026-11-22', '2026-07-01', '2026-08-22', '2025-10-01', '2025-11-22'],
    [
      'a day that February has not',
      '2026-03-01',
      '2026-03-31',
      '2026-03-30',
      '2026-02-01',
      '2026-02-28',
      '2025-03-01',
      '2025-03-30',
    ],
    [
      'the end of a month',
      '2026-01-01',
      '2026-03-31',
      '2026-02-28',
      '2025-10-01',
      '2025-11-30',
      '2025-01-01',
      '2025-02-28',
    ],
    ['a leap day', '2028-01-01', '2028-12-31', '2028-02-29', '2027-01-01', '2027-02-28', '2027-01-01', '2027-02-28'],
    ['days', '2026-09-11', '2026-09-20', '2026-09-14', '2026-09-01', '2026-09-04', '2025-09-11', '2025-09-14'],
    ['its last day', '2026-02-01', '2026-02-28', '2026-02-28', '2026-01-01', '2026-01-31', '2025-02-01', '2025-02-28'],
    [
      'what is to come',
      '2026-12-01',
      '2026-12-31',
      '2026-11-22',
      '2026-11-01',
      '2026-11-30',
      '2025-12-01',
      '2025-12-31',
    ],
  ])('that is not over, of the same days: %s', (_, from, to, today, beforeFrom, beforeTo, yearFrom, yearTo) => {
    const reached = reachedOf(period(from, to), legalDate(today));
    expect(before(period(from, to), reached)).toEqual({ from: beforeFrom, to: beforeTo });
    expect(yearBefore(period(from, to), reached)).toEqual({ from: yearFrom, to: yearTo });
  });
});
