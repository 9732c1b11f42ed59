import { sharedMonths, type Stretches } from './breakdowns';

type Months = Stretches['months'];
const month = (n: number): Months[0] =>
  `${2024 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-01` as Months[0];
const months = (from: number, before: number): Months => [month(from), month(before)];

describe('months that several periods share', () => {
  it('are looked at once where they overlap or touch, and apart where months lie between', () => {
    expect(sharedMonths([months(12, 24), months(11, 23), months(0, 3), months(3, 4), months(5, 5)])).toEqual([
      {
        first: month(0),
        end: month(4),
        of: [
          { nth: 2, first: month(0), end: month(3) },
          { nth: 3, first: month(3), end: month(4) },
        ],
      },
      {
        first: month(11),
        end: month(24),
        of: [
          { nth: 1, first: month(11), end: month(23) },
          { nth: 0, first: month(12), end: month(24) },
        ],
      },
    ]);
  });

  it('are each of the periods they are of, in one stretch alone, and none of no period', () => {
    const spans = Array.from({ length: 20 }, (_, i) => [i % 5, (i % 5) + Math.floor(i / 5)] as const);
    for (const one of spans)
      for (const two of spans)
        for (const three of spans) {
          const periods = [one, two, three];
          const shared = sharedMonths(periods.map(([from, before]) => months(from, before)));
          const told = Array.from({ length: 9 }, (_, n) => {
            const at = month(n);
            const holding = shared.filter(({ first, end }) => first <= at && at < end);
            const of = holding.flatMap((s) => s.of.flatMap((p) => (p.first <= at && at < p.end ? [p.nth] : [])));
            return `${holding.length}: ${of.sort().join()}`;
          });
          const wanted = Array.from({ length: 9 }, (_, n) => {
            const of = periods.flatMap(([from, before], nth) => (from <= n && n < before ? [nth] : []));
            return `${of.length === 0 ? 0 : 1}: ${of.join()}`;
          });
          if (told.join() !== wanted.join()) expect({ periods, told }).toEqual({ periods, told: wanted });
        }
    expect(spans.length ** 3).toBe(8000);
  });
});
