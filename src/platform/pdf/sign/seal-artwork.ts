import { readFile } from 'node:fs/promises';
import * as fontkit from 'fontkit';
import { SealingError } from './sealing-error';

/** What is engraved on a seal. */
export interface SealInscription {
  /** Along the upper arc, 2 to 40 characters. */
  readonly committeeName: string;
  /** Along the lower arc, usually the 13 digits of the seal's registration; at most 18 characters, may be empty. */
  readonly code: string;
}

/** The few parts of a fontkit font we draw from; the library ships no types. */
interface OutlineFont {
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): OutlineGlyph;
}
interface OutlineGlyph {
  readonly advanceWidth: number;
  readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };
  readonly path: { readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[] };
}

let sharedFont: Promise<OutlineFont> | undefined;

/** The font is read once in a process (15 MB, glyphs are parsed as they are asked for). */
function sealFont(): Promise<OutlineFont> {
  sharedFont ??= readFile(
    require.resolve('@expo-google-fonts/noto-serif-sc/600SemiBold/NotoSerifSC_600SemiBold.ttf'),
  ).then((bytes) => (fontkit as unknown as { create(bytes: Buffer): OutlineFont }).create(bytes));
  return sharedFont;
}

/** The design is drawn in a square of this side and scaled to the box. 42 mm is the diameter of a committee's seal. */
const SIDE = 420;
const OUTER_RADIUS = 203;
const RING_WIDTH = 12;
const NAME_RADIUS = 154;
const NAME_HEIGHT = 60;
const NAME_MAX_ARC = (Math.PI * 250) / 180;
const CODE_RADIUS = 167;
const CODE_HEIGHT = 22;
const STAR_RADIUS = 62;

/** Drawn seals by what is engraved on them: a committee's is the same on every paper. */
const drawn = new Map<string, Promise<string>>();
const DRAWN_MAX = 50;

const round = (value: number): string => String(Math.round(value * 100) / 100);

/**
 * The PDF operators that draw a round committee seal into the square (0, 0)–(size, size): ring, star, name on the arc, code below.
 * Letters are drawn as outlines, so no font is needed. The colour is set inside; the caller wraps it in q … Q.
 *
 * @param size side of the square in points; a real seal measures 42 mm, 119 points
 * @throws SealingError SEAL_TEXT_INVALID, GLYPH_MISSING (naming the character)
 */
export function drawSeal(inscription: SealInscription, size: number): Promise<string> {
  const key = JSON.stringify([inscription.committeeName, inscription.code, size]);
  let seal = drawn.get(key);
  if (seal === undefined) {
    seal = engrave(inscription, size);
    if (drawn.size >= DRAWN_MAX) drawn.clear();
    drawn.set(key, seal);
  }
  return seal;
}

async function engrave(inscription: SealInscription, size: number): Promise<string> {
  const name = Array.from(inscription.committeeName.normalize('NFC').trim());
  const code = Array.from(inscription.code.trim());
  if (name.length < 2 || name.length > 40) {
    throw new SealingError('SEAL_TEXT_INVALID', '印章上的单位名称应为 2 至 40 个字，请检查调委会名称。');
  }
  if (code.length > 18) throw new SealingError('SEAL_TEXT_INVALID', '印章编码不能超过 18 位，请检查。');
  const font = await sealFont();
  const scale = size / SIDE;
  const operators = [
    'q',
    `${scale.toFixed(5)} 0 0 ${scale.toFixed(5)} 0 0 cm`,
    '0.85 0.09 0.11 rg 0.85 0.09 0.11 RG',
    circle(SIDE / 2, SIDE / 2, OUTER_RADIUS - RING_WIDTH / 2, RING_WIDTH),
    star(SIDE / 2, SIDE / 2, STAR_RADIUS),
  ];
  // Long names grow round the ring first, then the letters become narrower, as an engraver would do it.
  const step = Math.min((NAME_HEIGHT * 1.12) / NAME_RADIUS, NAME_MAX_ARC / Math.max(1, name.length - 1));
  const nameWidth = Math.min(NAME_HEIGHT, step * (NAME_RADIUS - NAME_HEIGHT / 4) * 0.94);
  name.forEach((character, position) => {
    const angle = Math.PI / 2 - (position - (name.length - 1) / 2) * step;
    operators.push(
      letter(font, character, { angle, radius: NAME_RADIUS, width: nameWidth, height: NAME_HEIGHT, inward: false }),
    );
  });
  const codeStep = (CODE_HEIGHT * 0.78) / CODE_RADIUS;
  code.forEach((character, position) => {
    const angle = -Math.PI / 2 + (position - (code.length - 1) / 2) * codeStep;
    const width = CODE_HEIGHT * 0.6;
    operators.push(letter(font, character, { angle, radius: CODE_RADIUS, width, height: CODE_HEIGHT, inward: true }));
  });
  operators.push('Q');
  return operators.join('\n');
}

interface Place {
  /** Direction from the centre of the seal to the centre of the letter, radians. */
  readonly angle: number;
  readonly radius: number;
  /** Space for the letter, in units of the design. */
  readonly width: number;
  readonly height: number;
  /** The head of the letter looks to the centre (lower arc) rather than away from it. */
  readonly inward: boolean;
}

function letter(font: OutlineFont, character: string, place: Place): string {
  const codePoint = character.codePointAt(0) ?? 0;
  if (character.trim() === '') return '';
  if (!font.hasGlyphForCodePoint(codePoint)) {
    const hex = codePoint.toString(16).toUpperCase().padStart(4, '0');
    throw new SealingError(
      'GLYPH_MISSING',
      `印章字体里没有“${character}”（U+${hex}），刻不出这枚印章，请核对单位名称用字。`,
    );
  }
  const glyph = font.glyphForCodePoint(codePoint);
  const isWide = glyph.advanceWidth >= font.unitsPerEm * 0.9;
  // Han characters keep their em square; digits and Latin letters are fitted by their own outline.
  const box = isWide
    ? { minX: 0, maxX: glyph.advanceWidth, minY: -0.12 * font.unitsPerEm, maxY: 0.88 * font.unitsPerEm }
    : glyph.bbox;
  const sx = place.width / Math.max(1, box.maxX - box.minX);
  const sy = place.height / Math.max(1, box.maxY - box.minY);
  const narrow = isWide ? sx : Math.min(sx, sy);
  const cx = (box.minX + box.maxX) / 2;
  const cy = (box.minY + box.maxY) / 2;
  const turn = place.angle + (place.inward ? Math.PI / 2 : -Math.PI / 2);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const x = SIDE / 2 + place.radius * Math.cos(place.angle);
  const y = SIDE / 2 + place.radius * Math.sin(place.angle);
  const at = (px: number, py: number): [number, number] => {
    const u = (px - cx) * narrow;
    const v = (py - cy) * sy;
    return [x + u * cos - v * sin, y + u * sin + v * cos];
  };
  return outline(glyph, at);
}

/** Glyph outline as path operators; TrueType's quadratic curves are raised to cubic ones, the only kind PDF has. */
function outline(glyph: OutlineGlyph, at: (x: number, y: number) => [number, number]): string {
  const parts: string[] = [];
  let [fromX, fromY] = [0, 0];
  const pair = (point: readonly [number, number]): string => `${round(point[0])} ${round(point[1])}`;
  for (const { command, args } of glyph.path.commands) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
    if (command === 'moveTo' || command === 'lineTo') {
      parts.push(`${pair(at(a, b))} ${command === 'moveTo' ? 'm' : 'l'}`);
      [fromX, fromY] = [a, b];
    } else if (command === 'quadraticCurveTo') {
      const first = at(fromX + ((a - fromX) * 2) / 3, fromY + ((b - fromY) * 2) / 3);
      const second = at(c + ((a - c) * 2) / 3, d + ((b - d) * 2) / 3);
      parts.push(`${pair(first)} ${pair(second)} ${pair(at(c, d))} c`);
      [fromX, fromY] = [c, d];
    } else if (command === 'bezierCurveTo') {
      parts.push(`${pair(at(a, b))} ${pair(at(c, d))} ${pair(at(e, f))} c`);
      [fromX, fromY] = [e, f];
    } else parts.push('h');
  }
  parts.push('f');
  return parts.join(' ');
}

/** A ring of four Bézier quarter circles. */
function circle(x: number, y: number, radius: number, lineWidth: number): string {
  const k = 0.5522847498 * radius;
  const p = (dx: number, dy: number): string => `${round(x + dx)} ${round(y + dy)}`;
  return [
    `${round(lineWidth)} w`,
    `${p(radius, 0)} m`,
    `${p(radius, k)} ${p(k, radius)} ${p(0, radius)} c`,
    `${p(-k, radius)} ${p(-radius, k)} ${p(-radius, 0)} c`,
    `${p(-radius, -k)} ${p(-k, -radius)} ${p(0, -radius)} c`,
    `${p(k, -radius)} ${p(radius, -k)} ${p(radius, 0)} c h S`,
  ].join(' ');
}

function star(x: number, y: number, radius: number): string {
  const inner = radius * 0.381966;
  const points = Array.from({ length: 10 }, (_, i) => {
    const angle = Math.PI / 2 + (i * Math.PI) / 5;
    const r = i % 2 === 0 ? radius : inner;
    return `${round(x + r * Math.cos(angle))} ${round(y + r * Math.sin(angle))} ${i === 0 ? 'm' : 'l'}`;
  });
  return `${points.join(' ')} h f`;
}
