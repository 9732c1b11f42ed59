import { type CardCase, type CardPart, type CardWeights, cardOf } from './card';

const weights: CardWeights = {
  agreed: 10,
  settled: 30,
  'on-time': 20,
  performed: 10,
  lasting: 10,
  satisfied: 10,
  records: 10,
};
const cases = (part: CardPart, good: number, bad: number): CardCase[] =>
  Array.from({ length: good + bad }, (_, i) => ({ part, subjectId: `${part}-${i}`, isGood: i < good }));
const span = { from: '2026-01-01', to: '2026-03-31', accepted: 10, shownFrom: 10 };

describe('the card of a mediator', () => {
  it('weighs the shares of what went well; parts without a case drop out in proportion', () => {
    const { score, parts } = cardOf([...cases('settled', 3, 1), ...cases('on-time', 1, 1)], [], span, weights);
    // (30 × 0.75 + 20 × 0.5) ÷ 50
    expect(score).toBe(65);
    expect(parts.find((p) => p.part === 'settled')).toMatchObject({ good: 3, of: 4, excused: 0 });
    expect(parts.find((p) => p.part === 'agreed')).toMatchObject({ good: 0, of: 0 });
  });

  it('has no score over too few matters, nor over none, whatever it counts', () => {
    expect(cardOf(cases('settled', 9, 0), [], { ...span, accepted: 9 }, weights).score).toBeNull();
    expect(cardOf([], [], span, weights).score).toBeNull();
    expect(cardOf(cases('settled', 9, 0), [], span, { ...weights, settled: 0 }).score).toBeNull();
  });

  it('leaves out an excused case wherever it counts, an excused part in the card of its period alone', () => {
    const all = [...cases('settled', 1, 1), ...cases('on-time', 1, 1)];
    const ofCase = { part: 'settled' as const, subjectId: 'settled-1', from: '2025-01-01', to: '2025-12-31' };
    expect(cardOf(all, [ofCase], span, weights)).toMatchObject({ score: 80 });
    expect(cardOf(all, [ofCase], span, weights).parts[1]).toMatchObject({ good: 1, of: 1, excused: 1 });
    const ofPart = { part: 'on-time' as const, subjectId: null, from: span.from, to: span.to };
    expect(cardOf(all, [ofPart], span, weights)).toMatchObject({ score: 50 });
    expect(cardOf(all, [{ ...ofPart, to: '2026-06-30' }], span, weights).score).toBe(50);
    expect(cardOf(all, [{ ...ofPart, to: '2026-06-30' }, ofCase], span, weights).score).toBe(80);
  });
});
