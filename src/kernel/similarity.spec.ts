import fc from 'fast-check';
import { diceSimilarity, jaccardSimilarity } from './similarity';

describe('similarity', () => {
  it.each([
    ['楼上漏水，要求赔偿', '楼上漏水,要求赔偿。', 1],
    ['楼上漏水', '楼下漏水', 1 / 3],
    ['ABC', 'ａｂｃ', 1],
    ['𠮷田', '𠮷田', 1],
    ['𠮷田', '\uD842田', 0],
    ['王', '王', 1],
    ['甲', '乙', 0],
    ['', '', 0],
    ['……', '……', 0],
  ])('%j and %j: %d', (a, b, dice) => {
    expect(diceSimilarity(a, b)).toBeCloseTo(dice);
  });

  it('tells the same quarrel in other words from another quarrel', () => {
    const told = '我家楼上301室卫生间漏水，天花板泡坏，要求对方维修并赔偿3000元';
    const again = '301室卫生间漏水把我家天花板泡坏了，要求其维修、赔偿3000元';
    const other = '拖欠农民工工资三个月，共12000元，要求尽快支付';
    expect(diceSimilarity(told, again)).toBeGreaterThan(0.6);
    expect(diceSimilarity(told, other)).toBeLessThan(0.2);
  });

  it('is symmetric, bounded, 1 for equal texts, and the two measures agree', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('甲乙丙丁𠮷ab1，。 ')) });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const dice = diceSimilarity(a, b);
        const jaccard = jaccardSimilarity(a, b);
        expect(dice).toBe(diceSimilarity(b, a));
        expect(jaccard).toBe(jaccardSimilarity(b, a));
        expect(dice).toBeGreaterThanOrEqual(0);
        expect(dice).toBeLessThanOrEqual(1);
        expect(jaccard).toBeCloseTo(dice / (2 - dice));
        if (/[\p{L}\p{N}]/u.test(a)) expect(diceSimilarity(a, a)).toBe(1);
      }),
    );
  });
});
