import { assess, isWhole, KINDS, type Rules, type SubsidyCase } from './rates';

const rates = (base: number) => KINDS.map((kind, i) => ({ ...kind, amountFen: base + i * 100 }));
const rules: readonly Rules[] = [
  { validFrom: '2026-07-01', rates: rates(20_000) },
  { validFrom: '2026-01-01', rates: rates(10_000) },
];
const one: SubsidyCase = {
  grade: 'excellent',
  form: 'written',
  isDifficult: true,
  agreedOn: '2026-06-30',
  hasAlarm: false,
  isReviewPending: false,
};

describe('what a case is worth', () => {
  it('follows from grade, form and difficulty by the rules of the day of its agreement', () => {
    expect(assess(one, rules)).toEqual({ amountFen: 10_100 });
    expect(assess({ ...one, agreedOn: '2026-07-01' }, rules)).toEqual({ amountFen: 20_100 });
    expect(assess({ ...one, grade: 'unreviewed', form: 'oral', isDifficult: false }, rules)).toEqual({
      amountFen: 11_400,
    });
  });

  it('waits behind an open alarm, a review without its grade, and a day without rules', () => {
    expect(assess({ ...one, hasAlarm: true, isReviewPending: true }, rules)).toEqual({ hold: 'alarm' });
    expect(assess({ ...one, isReviewPending: true }, rules)).toEqual({ hold: 'review-pending' });
    expect(assess({ ...one, agreedOn: '2025-12-31' }, rules)).toEqual({ hold: 'no-rules' });
  });

  it('has to be told for each kind of case once', () => {
    expect(KINDS).toHaveLength(16);
    expect(isWhole(rates(0))).toBe(true);
    expect(isWhole(rates(0).slice(1))).toBe(false);
    const [first, ...rest] = rates(0);
    expect(first && isWhole([first, first, ...rest.slice(1)])).toBe(false);
  });
});
