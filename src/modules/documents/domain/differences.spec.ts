import fc from 'fast-check';
import { type Passage, differences } from './differences';

const clauses = (...texts: readonly string[]): Passage[] =>
  texts.map((text, i) => ({ section: '协议内容', place: `第${i + 1}条`, text }));

describe('what differs between two drafts', () => {
  it('says nothing of equal drafts', () => {
    expect(differences(clauses('甲向乙付款。'), clauses('甲向乙付款。'))).toEqual([]);
  });

  it('marks the words that were changed, a figure as a whole', () => {
    expect(
      differences(clauses('甲于3月1日前付1800元。', '再无争议。'), clauses('甲于3月1日前付1900元。', '再无争议。')),
    ).toEqual([
      {
        place: '第1条',
        kind: 'changed',
        runs: [
          { text: '甲于3月1日前付', mark: 'same' },
          { text: '1800', mark: 'removed' },
          { text: '1900', mark: 'added' },
          { text: '元。', mark: 'same' },
        ],
      },
    ]);
  });

  it('knows an inserted clause from changed ones, and tells where a removed one stood', () => {
    expect(
      differences(clauses('甲。', '乙。', '丙。'), clauses('甲。', '丁。', '乙。', '丙。')).map((d) => [
        d.place,
        d.kind,
      ]),
    ).toEqual([['第2条', 'added']]);
    expect(differences(clauses('甲。', '乙。', '丙。'), clauses('甲。', '丙。')).map((d) => [d.place, d.kind])).toEqual(
      [['第2条', 'removed']],
    );
  });

  it('loses no word of either text, whatever they are', () => {
    const text = fc.string({ maxLength: 30 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const runs = differences(clauses(before), clauses(after)).flatMap((d) => d.runs);
        const without = (mark: string): string =>
          runs
            .filter((r) => r.mark !== mark)
            .map((r) => r.text)
            .join('');
        if (before === after) expect(runs).toEqual([]);
        else expect([without('added'), without('removed')]).toEqual([before, after]);
      }),
    );
  });

  it('does not compare word by word what is wholly another text', () => {
    const long = (seed: number): string => Array.from({ length: 5000 }, (_, i) => String(i * seed)).join('，');
    const [difference] = differences(clauses(long(3)), clauses(long(7)));
    expect(difference?.runs.length).toBeLessThan(5);
  });
});
