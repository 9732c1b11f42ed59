/**
 * Chinese line breaking and justification (GB/T 15834 on punctuation at line ends, W3C clreq). Pure arithmetic on
 * advance widths in points: it knows nothing of fonts or of PDF.
 */

/** How a piece behaves at a line end and when the line is stretched or squeezed. */
export type PieceKind =
  /** Ideographs, kana, full-width signs: a line may break on either side. */
  | 'ideograph'
  /** Opening punctuation: never last on a line; its blank half is on the left. */
  | 'open'
  /** Closing punctuation and stops: never first on a line; its blank half is on the right. */
  | 'close'
  /** Letters, digits and what joins them: kept together as a word. */
  | 'word'
  | 'space'
  /** `—` and `…`: two of a kind are never parted, and none starts a line. */
  | 'dash'
  /** Fill of an underlined blank; grows in lines of fields. */
  | 'fill'
  /** A forced line end. */
  | 'newline';

export interface Piece {
  readonly text: string;
  readonly kind: PieceKind;
  /** Natural advance in points. */
  readonly width: number;
  /** How much of the advance may be squeezed away (the blank half of a full-width mark). */
  readonly shrink: number;
  /** A piece is glued to the one before it, whatever the kinds say. */
  readonly glued?: boolean;
}

export interface PlacedPiece<P extends Piece> {
  readonly piece: P;
  /** Left edge of the drawn glyph, from the left edge of the text area. */
  readonly x: number;
  /** Advance after squeezing and stretching. */
  readonly advance: number;
}

export interface BrokenLine<P extends Piece> {
  readonly placed: readonly PlacedPiece<P>[];
  /** Right edge of the last visible piece. */
  readonly width: number;
  /** Last line of its paragraph, or ended by a forced break. */
  readonly isLast: boolean;
}

export interface BreakOptions {
  /** Width of the text area in points. */
  readonly width: number;
  /** First-line indent in points. */
  readonly indent: number;
  /** `justify` stretches all but last lines; `fill` gives what is left to the fills of underlined blanks. */
  readonly mode: 'justify' | 'ragged' | 'fill';
}

const NO_START = new Set('、，。．：；！？）〕】》〉」』〗’”…—～·‧・％%‰℃°）,.:;!?)]}々ー／');
const NO_END = new Set('（〔【《〈「『〖‘“￥¥＄$№([{');
const WORD = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}\p{M}!-/:-@[-`{-~£€°±·]/u;
/** A gap that is stretched by more than this part of the leading size looks like a missing character. */
const MAX_STRETCH = 0.25;
const SLACK = 0.001;

/** The kind of a character, as the line breaker sees it. */
export function kindOf(character: string): PieceKind {
  if (character === '\n') return 'newline';
  if (character === '—' || character === '…' || character === '⋯' || character === '⸺') return 'dash';
  if (character === ' ') return 'space';
  if (WORD.test(character) && character !== '·') return 'word';
  if (NO_END.has(character)) return 'open';
  if (NO_START.has(character)) return 'close';
  return 'ideograph';
}

/** Whether a line may end between two neighbours. */
export function mayBreakBetween(before: Piece, after: Piece): boolean {
  if (before.kind === 'newline') return true;
  if (after.kind === 'newline' || after.glued === true) return false;
  if (after.kind === 'space' || after.kind === 'close' || after.kind === 'dash') return false;
  if (before.kind === 'open') return false;
  if (before.kind === 'word' && after.kind === 'word') return false;
  if (NO_START.has(after.text) || NO_END.has(before.text)) return false;
  return true;
}

/** Breaks one paragraph. Every piece stands on exactly one line, in order; no line is wider than its area. */
export function breakLines<P extends Piece>(pieces: readonly P[], options: BreakOptions): BrokenLine<P>[] {
  const lines: BrokenLine<P>[] = [];
  let start = 0;
  while (start < pieces.length) {
    const indent = start === 0 ? options.indent : 0;
    const end = lineEnd(pieces, start, options.width - indent);
    const last = end === pieces.length || pieces[end - 1]?.kind === 'newline';
    lines.push(placeLine(pieces.slice(start, end), indent, last, options));
    start = end;
  }
  return lines;
}

/** Index after the last piece of the line that starts at `start`. */
function lineEnd(pieces: readonly Piece[], start: number, room: number): number {
  let width = 0;
  let shrink = 0;
  let legal = -1;
  let fitting = start;
  for (let i = start; i < pieces.length; i++) {
    const piece = pieces[i] as Piece;
    if (piece.kind === 'newline') {
      if (fitting === i) return i + 1;
      break;
    }
    width += piece.width;
    shrink += piece.shrink;
    // Spaces at the line end hang over the edge.
    const fits = piece.kind === 'space' ? fitting === i : width - shrink <= room + SLACK;
    if (fits) fitting = i + 1;
    const next = pieces[i + 1];
    if (fits && (next === undefined || mayBreakBetween(piece, next))) legal = i + 1;
    // Trailing closing marks may still squeeze in, so the search ends only well past the edge.
    if (!fits && width - shrink > room + 2 * piece.width) break;
  }
  if (legal > start) return legal;
  // One unbreakable run wider than the line (a long number or address): cut it where the line is full.
  return Math.max(fitting, start + 1);
}

function placeLine<P extends Piece>(
  pieces: readonly P[],
  indent: number,
  last: boolean,
  options: BreakOptions,
): BrokenLine<P> {
  let visible = pieces.length;
  while (visible > 0 && ['space', 'newline'].includes(pieces[visible - 1]?.kind ?? '')) visible--;
  const natural = pieces.slice(0, visible).reduce((sum, piece) => sum + piece.width, 0);
  const room = options.width - indent;
  const spare = room - natural;

  const totalShrink = pieces.slice(0, visible).reduce((sum, piece) => sum + piece.shrink, 0);
  const squeeze = spare < 0 && totalShrink > 0 ? Math.min(1, -spare / totalShrink) : 0;
  const fills = pieces.slice(0, visible).filter((piece) => piece.kind === 'fill').length;
  const perFill = options.mode === 'fill' && spare > 0 && fills > 0 ? spare / fills : 0;
  const gaps = options.mode === 'justify' && !last && spare > 0 ? stretchGaps(pieces, visible) : [];
  const perGap = gaps.length > 0 ? spare / gaps.length : 0;
  const stretch = perGap <= MAX_STRETCH * Math.max(...pieces.map((piece) => piece.width)) ? perGap : 0;
  const stretched = new Set(gaps);

  let x = indent;
  const placed: PlacedPiece<P>[] = [];
  pieces.forEach((piece, i) => {
    const lost = piece.shrink * squeeze;
    const advance =
      i >= visible ? 0 : piece.width - lost + (piece.kind === 'fill' ? perFill : 0) + (stretched.has(i) ? stretch : 0);
    placed.push({ piece, x: piece.kind === 'open' ? x - lost : x, advance });
    x += advance;
  });
  return { placed, width: x, isLast: last };
}

/** Indexes of the pieces after which a justified line may grow: never inside a word or a `——`. */
function stretchGaps(pieces: readonly Piece[], visible: number): number[] {
  const gaps: number[] = [];
  for (let i = 0; i < visible - 1; i++) {
    const a = pieces[i] as Piece;
    const b = pieces[i + 1] as Piece;
    if (a.kind === 'word' && b.kind === 'word') continue;
    if (a.kind === 'dash' && b.kind === 'dash') continue;
    gaps.push(i);
  }
  return gaps;
}
