import { resolve } from 'node:path';
import { FONT_CACHE } from '../../../../test/support/paper-fixtures';
import { FontLibrary } from '../fonts/font-library';
import type { Run } from '../template/paper-document';
import { type Shape, openShaper, setVertically } from './vertical';

/** Real: the fonts and the shaper. */
describe('vertical text', () => {
  const fonts = new FontLibrary({ templatesDir: resolve('templates'), cacheDir: FONT_CACHE });
  let shape: Shape;
  beforeAll(async () => {
    shape = await openShaper();
  });

  const run = (text: string): Run => ({ text, isBold: false, isUnderlined: false, place: '译文', pointer: '/text' });
  const set = (length: number, ...paragraphs: string[]) =>
    setVertically(
      paragraphs.map((text) => [run(text)]),
      { fonts, shape, length },
    );
  const words = (length: number, ...paragraphs: string[]): string[][] =>
    set(length, ...paragraphs).columns.map((column) => column.map(({ piece }) => piece.text));

  it('breaks between words, begins a column with each paragraph, and runs over the end of none', () => {
    const text = 'ᠬᠣᠶᠠᠷ ᠲᠠᠯᠠ ᠰᠠᠶᠢᠨ ᠳᠤᠷᠠ ᠪᠠᠷ ᠢᠶᠠᠨ ᠬᠡᠯᠡᠯᠴᠡᠭᠡᠳ';
    const { columns } = set(6, text, text);
    expect(columns.flatMap((column) => column.map(({ piece }) => piece.text))).toEqual(`${text} ${text}`.split(' '));
    for (const column of columns)
      for (const { piece, at } of column) expect(at + piece.length).toBeLessThanOrEqual(6.001);
    expect(words(100, 'ᠨᠢᠭᠡ', 'ᠬᠣᠶᠠᠷ')).toEqual([['ᠨᠢᠭᠡ'], ['ᠬᠣᠶᠠᠷ']]);
  });

  it('joins letters: a word has another form than its letters one by one', () => {
    const [column] = set(100, 'ᠮᠣᠩᠭᠣᠯ').columns;
    const joined = column?.[0]?.piece.glyphs.map(({ id }) => id) ?? [];
    const apart = Array.from('ᠮᠣᠩᠭᠣᠯ').flatMap((letter) => set(100, letter).columns[0]?.[0]?.piece.glyphs ?? []);
    expect(joined.length).toBeGreaterThan(0);
    expect(joined).not.toEqual(apart.map(({ id }) => id));
  });

  it('stands Chinese characters upright and lays figures along the column', () => {
    const [column = []] = set(100, 'ᠲᠡᠷᠡ 孙志强 12,500.00').columns;
    expect(column.map(({ piece }) => [piece.text, piece.isUpright])).toEqual([
      ['ᠲᠡᠷᠡ', false],
      ['孙', true],
      ['志', true],
      ['强', true],
      ['12,500.00', false],
    ]);
  });

  it('cuts a word that is longer than a column, and loses nothing of it', () => {
    const word = 'ᠬᠡᠯᠡᠯᠴᠡᠭᠡᠨ'.repeat(4);
    const pieces = words(5, word).flat();
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(word);
  });

  it('names a character that no font has', () => {
    expect(set(10, 'ᠨᠢᠭᠡ ᚠ').missing).toEqual([
      { character: 'ᚠ', codePoint: 'U+16A0', place: '译文', pointer: '/text' },
    ]);
  });
});
