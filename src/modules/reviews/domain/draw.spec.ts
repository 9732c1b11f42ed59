import { deal, draw, type Stratum } from './draw';

const lotOf =
  (seed: string) =>
  (id: string): string =>
    Array.from(`${seed}${id}`)
      .reduce((hash, sign) => (hash * 31 + sign.charCodeAt(0)) >>> 0, 7)
      .toString(16)
      .padStart(8, '0');

const strata: readonly Stratum[] = [
  { mediatorId: 'liu', mediatorName: '刘调解', disputeIds: Array.from({ length: 21 }, (_, i) => `liu-${i}`) },
  { mediatorId: 'he', mediatorName: '何调解', disputeIds: ['he-0', 'he-1', 'he-2'] },
  { mediatorId: 'qi', mediatorName: '齐调解', disputeIds: ['qi-0'] },
];

describe('drawing files by lot', () => {
  it('takes a share of each mediator, and at least so many as there are', () => {
    const drawn = draw(strata, { share: 10, atLeast: 2 }, lotOf('a'));
    const of = (id: string): number => drawn.filter((d) => d.mediatorId === id).length;
    // A tenth of 21 is 2.1, rounded up; of 3 two at the least; of 1 there is but one.
    expect([of('liu'), of('he'), of('qi')]).toEqual([3, 2, 1]);
    expect(new Set(drawn.map((d) => d.disputeId)).size).toBe(6);
  });

  it('gives the same draw for the same seed, whatever the order of the pool, and another for another', () => {
    const first = draw(strata, { share: 20, atLeast: 1 }, lotOf('seed'));
    const mixed = strata.map((s) => ({ ...s, disputeIds: [...s.disputeIds].reverse() }));
    expect(draw(mixed, { share: 20, atLeast: 1 }, lotOf('seed'))).toEqual(first);
    expect(draw(strata, { share: 20, atLeast: 1 }, lotOf('other'))).not.toEqual(first);
  });
});

describe('dealing the drawn files among reviewers', () => {
  const reviewers = [{ id: 'a' }, { id: 'b' }];

  it('is even, and never gives a file to one who had a part in it', () => {
    const files = [{ participants: ['a'] }, { participants: [] }, { participants: [] }, { participants: ['b', 'x'] }];
    const dealt = deal(files, reviewers).map((r) => r?.id);
    expect(dealt).toEqual(['b', 'a', 'a', 'a']);
  });

  it('leaves a file to nobody where everybody had a part in it', () => {
    expect(deal([{ participants: ['a', 'b'] }], reviewers)).toEqual([null]);
  });
});
