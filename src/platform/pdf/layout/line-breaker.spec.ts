import fc from 'fast-check';
import { breakLines, kindOf, mayBreakBetween, type BreakOptions, type Piece } from './line-breaker';

/** Half-width characters take half an em, everything else one; close enough to a real face. */
function piecesOf(text: string): Piece[] {
  return Array.from(text, (character) => {
    const kind = kindOf(character);
    const width = kind === 'newline' ? 0 : kind === 'word' || kind === 'space' ? 7 : 14;
    return { text: character, kind, width, shrink: kind === 'open' || kind === 'close' ? 6 : 0 };
  });
}

function textLines(text: string, options: Partial<BreakOptions> = {}): string[] {
  return breakLines(piecesOf(text), { width: 140, indent: 0, mode: 'justify', ...options }).map((line) =>
    line.placed.map(({ piece }) => piece.text).join(''),
  );
}

const paragraph = fc
  .array(
    fc.constantFrom(
      ...[
        '甲',
        '乙',
        '丙',
        '调',
        '解',
        '员',
        '，',
        '。',
        '、',
        '；',
        '：',
        '（',
        '）',
        '《',
        '》',
        '“',
        '”',
        '——',
        '……',
      ],
      ...['·', '！', '？', '〔2026〕', '12,500.00', 'ABC', 'x', '7', ' ', '¥', '％', '\n', '—', '𬱖', '　'],
    ),
    { maxLength: 80 },
  )
  .map((parts) => parts.join(''));

describe('line breaking', () => {
  it('places every character once and in order', () => {
    fc.assert(
      fc.property(paragraph, fc.integer({ min: 20, max: 300 }), (text, width) => {
        expect(textLines(text, { width }).join('')).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('breaks only where a break is allowed, unless nothing on the line allows one', () => {
    fc.assert(
      fc.property(paragraph, fc.integer({ min: 60, max: 300 }), (text, width) => {
        const lines = breakLines(piecesOf(text), { width, indent: 0, mode: 'justify' });
        for (let i = 1; i < lines.length; i++) {
          const before = (lines[i - 1]?.placed ?? []).map(({ piece }) => piece);
          const last = before.at(-1);
          const first = lines[i]?.placed[0]?.piece;
          if (last === undefined || first === undefined || mayBreakBetween(last, first)) continue;
          const hadChoice = before.slice(1).some((piece, at) => mayBreakBetween(before[at] as Piece, piece));
          expect({ text, line: before.map((piece) => piece.text).join(''), hadChoice }).toMatchObject({
            hadChoice: false,
          });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('never draws beyond the edge, and fills it in justified lines of Chinese', () => {
    fc.assert(
      fc.property(
        paragraph,
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 0, max: 28 }),
        (text, width, indent) => {
          for (const line of breakLines(piecesOf(text), { width, indent, mode: 'justify' })) {
            expect(line.width).toBeLessThanOrEqual(width + 0.01);
          }
        },
      ),
      { numRuns: 1000 },
    );
    const [first] = breakLines(piecesOf('经人民调解委员会主持调解各方自愿达成协议如下'), {
      width: 145,
      indent: 0,
      mode: 'justify',
    });
    expect(first?.width).toBeCloseTo(145, 5);
  });

  it.each([
    ['a stop at the line end is squeezed in', '甲乙丙丁戊己庚辛壬癸，子丑', ['甲乙丙丁戊己庚辛壬', '癸，子丑']],
    ['an opening mark goes to the next line', '甲乙丙丁戊己庚辛壬（癸子）', ['甲乙丙丁戊己庚辛壬', '（癸子）']],
    ['a dash stays whole and starts no line', '甲乙丙丁戊己庚辛壬——癸子', ['甲乙丙丁戊己庚辛', '壬——癸子']],
    ['an ellipsis stays whole and starts no line', '甲乙丙丁戊己庚辛壬……癸', ['甲乙丙丁戊己庚辛', '壬……癸']],
    ['a number is not torn apart', '甲乙丙丁戊己12,500.00元', ['甲乙丙丁戊己', '12,500.00元']],
    ['a currency sign stays with its number', '甲乙丙丁戊己庚辛壬¥5元', ['甲乙丙丁戊己庚辛壬', '¥5元']],
  ])('%s', (_, text, expected) => {
    expect(textLines(text)).toEqual(expected);
  });

  it('cuts a word that is longer than the line, and loses nothing', () => {
    const word = 'A'.repeat(50);
    const lines = textLines(word);
    expect(lines.join('')).toBe(word);
    expect(lines.every((line) => line.length <= 20)).toBe(true);
  });

  it('gives what is left of a line of fields to its blanks', () => {
    const fill: Piece = { text: '', kind: 'fill', width: 3, shrink: 0 };
    const [line] = breakLines([...piecesOf('姓名'), fill, ...piecesOf('孙'), { ...fill, glued: true }], {
      width: 140,
      indent: 0,
      mode: 'fill',
    });
    expect(line?.width).toBeCloseTo(140, 5);
    expect(line?.placed[2]?.advance).toBeCloseTo((140 - 42) / 2, 5);
  });
});
