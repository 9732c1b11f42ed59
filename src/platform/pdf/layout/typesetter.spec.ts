import { FontLibrary } from '../fonts/font-library';
import type { Run } from '../template/paper-document';
import { FONT_CACHE, TEMPLATES } from '../../../../test/support/paper-fixtures';
import { Typesetter, type GlyphPiece } from './typesetter';

const fonts = new FontLibrary({ templatesDir: TEMPLATES, cacheDir: FONT_CACHE });

function run(text: string): Run {
  return { text, isBold: false, isUnderlined: false, place: '“姓名”', pointer: '/name' };
}

function facesOf(pieces: readonly GlyphPiece[]): string[] {
  return pieces.map(({ drawing }) => (drawing.kind === 'glyphs' ? drawing.face.id : drawing.kind));
}

describe('faces', () => {
  it('a name with a rare character is drawn whole in one face, the words around it are not', () => {
    const type = new Typesetter(fonts, ['𠮷田'], {});
    const pieces = type.pieces([run('与𠮷田的田地')], { role: 'body', size: 14 });
    const [before, first, second, after, same] = facesOf(pieces);
    expect(first).toBe(second);
    expect(first).not.toBe(before);
    expect([after, same]).toEqual([before, before]);
  });

  it('without the name only the rare character falls back', () => {
    const type = new Typesetter(fonts, [], {});
    const [first, second] = facesOf(type.pieces([run('𠮷田')], { role: 'body', size: 14 }));
    expect(first).not.toBe(second);
  });

  it('notes each missing character once a place', () => {
    const type = new Typesetter(fonts, [], {});
    type.pieces([run('\uE000甲\uE000\u{F0001}')], { role: 'body', size: 14 });
    expect(type.missing.map(({ codePoint }) => codePoint)).toEqual(['U+E000', 'U+F0001']);
  });

  it('draws nothing for invisible characters and the plain form for a variation that no font has', () => {
    const type = new Typesetter(fonts, [], {});
    const pieces = type.pieces([run('甲\u200B\u202E\uFEFF乙葛\u{E0100}')], { role: 'body', size: 14 });
    expect(pieces.map(({ text }) => text)).toEqual(['甲', '乙', '葛\u{E0100}']);
    expect(type.missing).toEqual([]);
  });

  it('joins the two halves of a dash', () => {
    const type = new Typesetter(fonts, [], {});
    const [dash] = type.pieces([run('——')], { role: 'body', size: 14 });
    expect(dash?.width).toBe(14);
    expect(dash?.drawing).toMatchObject({ kind: 'glyphs' });
    expect((dash?.drawing as { stretch: number }).stretch).toBeGreaterThan(1.1);
  });

  it('spreads full-width characters over the grid', () => {
    const type = new Typesetter(fonts, [], {});
    const pieces = type.pieces([run('公文A')], { role: 'body', size: 16, pitch: 15.79 });
    expect(pieces.slice(0, 2).map(({ width }) => width)).toEqual([15.79, 15.79]);
    expect(pieces[2]?.width).toBeLessThan(15);
  });
});
