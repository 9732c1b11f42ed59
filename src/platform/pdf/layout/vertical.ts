import { createRequire } from 'node:module';
import type { Face, FontLibrary } from '../fonts/font-library';
import { codePointNotation, type MissingGlyph } from '../paper-errors';
import type { Run } from '../template/paper-document';

/** What harfbuzz answers for one glyph; units of the font. */
interface ShapedGlyph {
  readonly g: number;
  readonly cl: number;
  readonly ax: number;
  readonly dx: number;
  readonly dy: number;
}
interface HarfBuzz {
  createBlob(bytes: Uint8Array): object;
  createFace(blob: object, index: number): object;
  createFont(face: object): object;
  createBuffer(): {
    addText(text: string): void;
    setDirection(direction: 'ltr'): void;
    setScript(script: string): void;
    guessSegmentProperties(): void;
    json(): readonly ShapedGlyph[];
    destroy(): void;
  };
  shape(font: object, buffer: object): void;
}

/** Letters join and change with their neighbours: one word is shaped as a whole. */
export type Shape = (face: Face, word: string) => readonly ShapedGlyph[];

let opening: Promise<Shape> | undefined;
/** Most workers never meet Mongolian: the shaper is loaded by the first that does. */
const load = createRequire(__filename);

/** The shaper, opened when the first vertical text is met; it keeps one font of the library. */
export function openShaper(): Promise<Shape> {
  opening ??= (load('harfbuzzjs') as Promise<HarfBuzz>).then((hb) => {
    const fonts = new Map<Face, object>();
    return (face, word) => {
      let font = fonts.get(face);
      if (font === undefined) {
        font = hb.createFont(hb.createFace(hb.createBlob(face.bytes), 0));
        fonts.set(face, font);
      }
      const buffer = hb.createBuffer();
      try {
        buffer.addText(word);
        buffer.setDirection('ltr');
        buffer.setScript('Mong');
        buffer.guessSegmentProperties();
        hb.shape(font, buffer);
        return buffer.json();
      } finally {
        buffer.destroy();
      }
    };
  });
  return opening;
}

/** Glyphs that read as one piece of text: a word lying along its column, or a Chinese character standing in it. */
export interface VerticalPiece {
  readonly text: string;
  readonly face: Face;
  readonly isUpright: boolean;
  /** In em: from the beginning of the piece along the column, and across it. */
  readonly glyphs: readonly {
    readonly id: number;
    readonly width: number;
    readonly along: number;
    readonly across: number;
  }[];
  /** Length along the column, in em. */
  readonly length: number;
}

/** One column, from its top: where each piece begins, in em. */
export type VerticalColumn = readonly { readonly piece: VerticalPiece; readonly at: number }[];

const MONGOLIAN = /[\u1800-\u18AF\u202F\u200C\u200D]/u;
const UPRIGHT = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u;
/** Of its column of an em a standing character fills all; between words there is a third of one. */
const SPACE_EM = 0.33;

/**
 * Mongolian as it is written (Unicode §13.5): down the column, columns from left to right. Between words a column may end; Chinese
 * characters stand upright and may be parted anywhere, all else lies along the column.
 *
 * @param length of a column, in em
 */
export function setVertically(
  paragraphs: readonly (readonly Run[])[],
  { fonts, shape, length }: { fonts: FontLibrary; shape: Shape; length: number },
): { readonly columns: readonly VerticalColumn[]; readonly missing: readonly MissingGlyph[] } {
  const columns: { piece: VerticalPiece; at: number }[][] = [];
  const missing: MissingGlyph[] = [];
  for (const runs of paragraphs) {
    let column: { piece: VerticalPiece; at: number }[] = [];
    let at = 0;
    const turn = (): void => {
      if (column.length > 0) columns.push(column);
      [column, at] = [[], 0];
    };
    for (const run of runs) {
      for (const token of tokensOf(run.text)) {
        if (token === ' ') {
          if (at > 0) at += SPACE_EM;
          continue;
        }
        for (const piece of piecesOf(token, run, { fonts, shape, missing, length })) {
          if (at > 0 && at + piece.length > length) turn();
          column.push({ piece, at });
          at += piece.length;
        }
      }
    }
    turn();
  }
  return { columns, missing };
}

/** Words of Mongolian, words of anything else, single standing characters, and spaces. */
function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  let kind = '';
  for (const character of text.replace(/[^\S\u202F]+/gu, ' ')) {
    const next =
      character === ' '
        ? 'space'
        : UPRIGHT.test(character)
          ? 'upright'
          : MONGOLIAN.test(character)
            ? 'mongolian'
            : 'other';
    const last = tokens.length - 1;
    if (next === kind && next !== 'upright' && next !== 'space') tokens[last] = `${tokens[last] ?? ''}${character}`;
    else tokens.push(character);
    kind = next;
  }
  return tokens;
}

function piecesOf(
  token: string,
  run: Run,
  context: { fonts: FontLibrary; shape: Shape; missing: MissingGlyph[]; length: number },
): readonly VerticalPiece[] {
  const { fonts, shape, missing, length } = context;
  const codePoints = Array.from(token, (character) => character.codePointAt(0) ?? 0);
  const isMongolian = MONGOLIAN.test(token);
  const isUpright = UPRIGHT.test(token);
  const face = fonts.faceForAll(
    isMongolian ? 'mongolian' : 'body',
    codePoints.filter((c) => c !== 0x200c && c !== 0x200d),
  );
  if (face === undefined) {
    for (const character of token) {
      const point = character.codePointAt(0) ?? 0;
      if (fonts.faceFor(isMongolian ? 'mongolian' : 'body', point) !== undefined) continue;
      missing.push({ character, codePoint: codePointNotation(character), place: run.place, pointer: run.pointer });
    }
    return [];
  }
  const { unitsPerEm } = face.font;
  const shaped: readonly ShapedGlyph[] = isMongolian
    ? shape(face, token)
    : face.font
        .glyphsForString(token)
        .map(({ id, advanceWidth }, cl) => ({ g: id, cl, ax: advanceWidth, dx: 0, dy: 0 }));
  let along = 0;
  const glyphs = shaped.map(({ g, ax, dx, dy }) => {
    const glyph = { id: g, width: ax / unitsPerEm, along: along + dx / unitsPerEm, across: dy / unitsPerEm };
    along += ax / unitsPerEm;
    return glyph;
  });
  const whole = { text: token, face, isUpright, glyphs, length: isUpright ? 1 : along };
  if (whole.length <= length || isUpright) return [whole];
  // A word longer than a column is cut where it must be: nothing runs off the sheet.
  const half = Math.ceil(Array.from(token).length / 2);
  const characters = Array.from(token);
  return [characters.slice(0, half).join(''), characters.slice(half).join('')].flatMap((part) =>
    piecesOf(part, run, context),
  );
}
