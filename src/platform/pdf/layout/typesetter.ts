import type { Face, FontLibrary, FontRole } from '../fonts/font-library';
import { codePointNotation, type MissingGlyph } from '../paper-errors';
import type { Run } from '../template/paper-document';
import { kindOf, type Piece } from './line-breaker';

/** A piece that knows how it is drawn. */
export interface GlyphPiece extends Piece {
  readonly size: number;
  readonly isUnderlined: boolean;
  readonly drawing: Drawing;
}

export type Drawing =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'glyphs';
      readonly face: Face;
      readonly glyphs: readonly {
        readonly id: number;
        readonly codePoints: readonly number[];
        readonly width: number;
      }[];
      readonly stretch: number;
      readonly shift: number;
    }
  | { readonly kind: 'box'; readonly isTicked: boolean; readonly stand: StandIn }
  | { readonly kind: 'picture'; readonly bytes: Uint8Array; readonly stand: StandIn };

/** An invisible glyph under a drawing: readers find text only where there is a glyph to carry it. */
export interface StandIn {
  readonly face: Face;
  readonly glyph: { readonly id: number; readonly codePoints: readonly number[]; readonly width: number };
}

export interface TypesetOptions {
  readonly role: FontRole;
  readonly size: number;
  /** Advance of full-width characters when the page has a grid. */
  readonly pitch?: number;
  /** Smallest fill on each side of an underlined blank, in em. */
  readonly fill?: number;
}

// Invisible by definition (Unicode Default_Ignorable_Code_Point): joiners, direction marks, byte order marks. Variation
// selectors stay with their character.
const IGNORABLE = /^(?:\u034F|[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF])$/u;
const EXTENDS = /^\p{M}$/u;
const FULL_WIDTH = 0.9;
/** The dash of the bundled serif leaves a gap between two; drawn edge to edge over one em they join, as they must. */
const DASH_EM = 1;

/** Turns text into measured pieces and notes characters that nothing can draw. */
export class Typesetter {
  readonly missing: MissingGlyph[] = [];
  private readonly fallbackNames: readonly string[];
  /** A paper may be laid out several times to save a page; its text is measured once. */
  private readonly measured = new WeakMap<readonly Run[], Map<string, readonly GlyphPiece[]>>();

  constructor(
    readonly fonts: FontLibrary,
    names: readonly string[],
    private readonly pictures: Readonly<Record<string, Uint8Array>>,
  ) {
    // Only a name with a character outside the preferred face needs care, and longer names first: 欧阳娜娜 before 欧阳.
    this.fallbackNames = [...names].filter((name) => Array.from(name).length > 1).sort((a, b) => b.length - a.length);
  }

  pieces(runs: readonly Run[], options: TypesetOptions): readonly GlyphPiece[] {
    const { role, size, pitch = 0, fill = 0 } = options;
    const key = `${role} ${size} ${pitch} ${fill}`;
    const known = this.measured.get(runs) ?? new Map<string, readonly GlyphPiece[]>();
    this.measured.set(runs, known);
    const pieces = known.get(key) ?? this.typeset(runs, options);
    known.set(key, pieces);
    return pieces;
  }

  private typeset(runs: readonly Run[], options: TypesetOptions): GlyphPiece[] {
    const pieces: GlyphPiece[] = [];
    runs.forEach((run, i) => {
      const role: FontRole = run.isBold && options.role === 'body' ? 'bold' : options.role;
      const starts = run.isUnderlined && runs[i - 1]?.isUnderlined !== true;
      const ends = run.isUnderlined && runs[i + 1]?.isUnderlined !== true;
      if (starts) pieces.push(this.fill(options, false));
      const from = pieces.length;
      this.runPieces(run, role, options, pieces);
      const first = pieces[from];
      if (starts && first !== undefined) pieces[from] = { ...first, glued: true };
      if (ends) pieces.push(this.fill(options, true));
    });
    return pieces;
  }

  private fill(options: TypesetOptions, glued: boolean): GlyphPiece {
    return {
      text: '',
      kind: 'fill',
      width: (options.fill ?? 0.2) * options.size,
      shrink: 0,
      glued,
      size: options.size,
      isUnderlined: true,
      drawing: { kind: 'none' },
    };
  }

  private runPieces(run: Run, role: FontRole, options: TypesetOptions, out: GlyphPiece[]): void {
    const faces = this.nameFaces(run.text, role);
    const clusters = clustersOf(run.text);
    clusters.forEach(({ text, at }, i) => {
      const kind = kindOf(String.fromCodePoint(text.codePointAt(0) ?? 0));
      const base = { text, kind, size: options.size, isUnderlined: run.isUnderlined };
      if (text === '\n') {
        out.push({ ...base, width: 0, shrink: 0, drawing: { kind: 'none' } });
        return;
      }
      if (text === '☐' || text === '☑') {
        out.push({
          ...base,
          width: options.size,
          shrink: 0,
          drawing: { kind: 'box', isTicked: text === '☑', stand: this.standIn(role) },
        });
        return;
      }
      const picture = this.pictures[text];
      const face = faces.get(at) ?? this.faceOf(text, role);
      if (face === undefined) {
        if (picture === undefined) this.note(text, run);
        out.push({
          ...base,
          width: options.size,
          shrink: 0,
          drawing:
            picture === undefined ? { kind: 'none' } : { kind: 'picture', bytes: picture, stand: this.standIn(role) },
        });
        return;
      }
      out.push({
        ...base,
        ...this.measure(face, text, kind, options, clusters[i - 1]?.text === text || clusters[i + 1]?.text === text),
      });
    });
  }

  private standIn(role: FontRole): StandIn {
    const face = this.fonts.faceFor(role, 0x25a1) ?? this.fonts.mainFace(role);
    const { id, advanceWidth } = face.font.glyphForCodePoint(0x25a1);
    return { face, glyph: { id, codePoints: [0x25a1], width: advanceWidth / face.font.unitsPerEm } };
  }

  private faceOf(cluster: string, role: FontRole): Face | undefined {
    const codePoints = visibleCodePoints(cluster);
    const [only] = codePoints;
    return codePoints.length === 1 && only !== undefined
      ? this.fonts.faceFor(role, only)
      : this.fonts.faceForAll(role, codePoints);
  }

  private measure(
    face: Face,
    text: string,
    kind: Piece['kind'],
    options: TypesetOptions,
    isRepeated: boolean,
  ): Pick<GlyphPiece, 'width' | 'shrink' | 'drawing'> {
    const { font } = face;
    const found =
      Array.from(text).length > 1 ? font.glyphsForString(text) : [font.glyphForCodePoint(text.codePointAt(0) ?? 0)];
    const scale = 1 / font.unitsPerEm;
    // fontkit keeps one object per glyph with the code points it was first asked for, in whatever paper that was; what
    // this text says decides what a reader will copy.
    const said = visibleCodePoints(text);
    const glyphs = found.map((glyph, i) => ({
      id: glyph.id,
      codePoints: said.slice(found.length === said.length ? i : 0).slice(0, 1),
      width: glyph.advanceWidth * scale,
    }));

    const natural = glyphs.reduce((sum, glyph) => sum + glyph.width, 0);
    if (text === '—' && isRepeated) {
      const box = inkBox(found[0]?.path.commands ?? []);
      const ink = (box.maxX - box.minX) * scale;
      const stretch = ink > 0 ? DASH_EM / ink : 1;
      return {
        width: options.pitch ?? options.size,
        shrink: 0,
        drawing: { kind: 'glyphs', face, glyphs, stretch, shift: -box.minX * scale * stretch },
      };
    }
    const isFull = natural >= FULL_WIDTH && kind !== 'word';
    const width = isFull && options.pitch !== undefined ? options.pitch * natural : natural * options.size;
    const shrink = isFull && (kind === 'open' || kind === 'close') ? width * 0.45 : 0;
    return {
      width,
      shrink,
      drawing:
        text === '\u3000' || text === '\u00A0'
          ? { kind: 'none' }
          : { kind: 'glyphs', face, glyphs, stretch: 1, shift: 0 },
    };
  }

  /** Faces forced on positions (UTF-16 index) that belong to a personal name. */
  private nameFaces(text: string, role: FontRole): ReadonlyMap<number, Face> {
    const faces = new Map<number, Face>();
    for (const name of this.fallbackNames) {
      let at = text.indexOf(name);
      if (at < 0) continue;
      const codePoints = clustersOf(name).flatMap((cluster) => visibleCodePoints(cluster.text));
      const face = this.fonts.faceForAll(role, codePoints);
      for (; at >= 0; at = text.indexOf(name, at + name.length)) {
        for (let i = at; i < at + name.length && face !== undefined; i++) if (!faces.has(i)) faces.set(i, face);
      }
    }
    return faces;
  }

  private note(text: string, run: Run): void {
    const character = String.fromCodePoint(text.codePointAt(0) ?? 0);
    const codePoint = codePointNotation(character);
    if (this.missing.some((m) => m.codePoint === codePoint && m.place === run.place)) return;
    this.missing.push({ character, codePoint, place: run.place, pointer: run.pointer });
  }
}

/** Characters with what belongs to them (variation selectors, combining marks), without the invisible ones. */
function clustersOf(text: string): { text: string; at: number }[] {
  const clusters: { text: string; at: number }[] = [];
  let at = 0;
  for (const character of text) {
    const last = clusters[clusters.length - 1];
    if (IGNORABLE.test(character)) {
      at += character.length;
      continue;
    }
    if (EXTENDS.test(character) && last !== undefined) last.text += character;
    else
      clusters.push({ text: character === '\t' ? ' ' : /^\r$|[\u2028\u2029]/.test(character) ? '\n' : character, at });
    at += character.length;
  }
  return clusters;
}

/** A variation selector asks for a form of its character; fonts without that form draw the plain one. */
function visibleCodePoints(cluster: string): number[] {
  return Array.from(cluster, (character) => character.codePointAt(0) ?? 0).filter(
    (c) => !(c >= 0xfe00 && c <= 0xfe0f) && !(c >= 0xe0100 && c <= 0xe01ef),
  );
}

/** Horizontal extent of the drawn outline in font units. */
function inkBox(commands: readonly { readonly args: readonly number[] }[]): { minX: number; maxX: number } {
  const xs = commands.flatMap(({ args }) => args.filter((_, i) => i % 2 === 0));
  return { minX: Math.min(...xs), maxX: Math.max(...xs) };
}
