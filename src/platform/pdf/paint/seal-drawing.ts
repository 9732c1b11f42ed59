import type { FontLibrary } from '../fonts/font-library';
import { codePointNotation, MissingGlyphError } from '../paper-errors';

/**
 * A round seal as PDF path operators. The seal's space is a square of `size` points with its origin at the lower left
 * corner and y upwards, so that it can be the appearance stream of a signature as it stands: it needs no font.
 */
export interface SealDrawing {
  /** PDF content stream operators, ASCII. */
  readonly content: string;
  /** Side of the square in points. */
  readonly size: number;
}

const RED = '0.84 0.09 0.07';
/** Angle that the name covers at most; the rest stays open at the foot of the seal. */
const MAX_ARC = 270;
const KAPPA = 0.5522847498;

/**
 * Draws the seal of a committee: ring, five-pointed star, the name on the arc from left to right, the code below.
 *
 * @param name full name of the committee as engraved
 * @param code seal code below the star, digits; may be empty
 * @param size side in points
 * @throws MissingGlyphError when a character of the name has no glyph
 */
export function drawSeal(fonts: FontLibrary, name: string, code: string, size: number): SealDrawing {
  const radius = size / 2;
  const out: string[] = ['q', `${RED} RG`, `${RED} rg`];
  const ring = size * 0.0286;
  out.push(`${n(ring)} w`, circle(radius, radius, radius - ring / 2 - 0.3), 'S');
  out.push(star(radius, radius + size * 0.01, radius * 0.32), 'f');

  const characters = Array.from(name.trim());
  const missing = characters.filter((c) => fonts.faceFor('body', c.codePointAt(0) ?? 0) === undefined);
  if (missing.length > 0)
    throw new MissingGlyphError(
      `${name}印章`,
      missing.map((character) => ({
        character,
        codePoint: codePointNotation(character),
        place: '印章名称',
        pointer: '/seal/name',
      })),
    );
  const step = Math.min(24, MAX_ARC / Math.max(1, characters.length));
  const outer = radius - ring - size * 0.035;
  // Characters become narrower when there are many, as engravers do, so that they never touch.
  const height = size * 0.135;
  const width = Math.min(height, ((outer - height / 2) * step * Math.PI * 0.92) / 180);
  characters.forEach((character, i) => {
    const angle = 90 + (step * (characters.length - 1)) / 2 - step * i;
    out.push(arcCharacter(fonts, character, angle, radius, outer - height, width, height));
  });
  if (code !== '') out.push(codeLine(fonts, code, radius, size));
  out.push('Q');
  return { content: out.join('\n'), size };
}

/** One character on the arc: its foot towards the centre. */
function arcCharacter(
  fonts: FontLibrary,
  character: string,
  degrees: number,
  radius: number,
  base: number,
  width: number,
  height: number,
): string {
  const angle = (degrees * Math.PI) / 180;
  const turn = angle - Math.PI / 2;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const x = radius + base * Math.cos(angle);
  const y = radius + base * Math.sin(angle);
  const outline = glyphPath(fonts, character, width, height);
  return `q ${n(cos)} ${n(sin)} ${n(-sin)} ${n(cos)} ${n(x)} ${n(y)} cm\n${outline}\nf Q`;
}

/** The seal code on a lower arc, read from left to right with its head towards the centre. */
function codeLine(fonts: FontLibrary, code: string, radius: number, size: number): string {
  const digits = Array.from(code);
  const height = size * 0.055;
  const base = radius * 0.86;
  const step = Math.min(6, 60 / digits.length);
  return digits
    .map((digit, i) => {
      const degrees = 270 - (step * (digits.length - 1)) / 2 + step * i;
      const angle = (degrees * Math.PI) / 180;
      const turn = angle + Math.PI / 2;
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      return `q ${n(cos)} ${n(sin)} ${n(-sin)} ${n(cos)} ${n(radius + base * Math.cos(angle))} ${n(radius + base * Math.sin(angle))} cm\n${glyphPath(fonts, digit, height, height)}\nf Q`;
    })
    .join('\n');
}

/** Outline of one glyph fitted into width × height, centred on x = 0, standing on y = 0. */
function glyphPath(fonts: FontLibrary, character: string, width: number, height: number): string {
  const face = fonts.faceFor('body', character.codePointAt(0) ?? 0);
  if (face === undefined) return '';
  const { font } = face;
  const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 0);
  const em = font.unitsPerEm;
  const sx = width / em;
  const sy = height / em;
  const dx = (-glyph.advanceWidth * sx) / 2;
  const dy = 0.12 * height;
  const point = (args: readonly number[], i: number): [number, number] => [
    (args[i] ?? 0) * sx + dx,
    (args[i + 1] ?? 0) * sy + dy,
  ];
  let [cx, cy] = [0, 0];
  return glyph.path.commands
    .map(({ command, args }) => {
      switch (command) {
        case 'moveTo':
          [cx, cy] = point(args, 0);
          return `${n(cx)} ${n(cy)} m`;
        case 'lineTo':
          [cx, cy] = point(args, 0);
          return `${n(cx)} ${n(cy)} l`;
        case 'quadraticCurveTo': {
          const [qx, qy] = point(args, 0);
          const [x, y] = point(args, 2);
          const line = `${n(cx + (2 / 3) * (qx - cx))} ${n(cy + (2 / 3) * (qy - cy))} ${n(x + (2 / 3) * (qx - x))} ${n(y + (2 / 3) * (qy - y))} ${n(x)} ${n(y)} c`;
          [cx, cy] = [x, y];
          return line;
        }
        case 'bezierCurveTo': {
          const points = [point(args, 0), point(args, 2), point(args, 4)] as const;
          [cx, cy] = points[2];
          return `${points.map(([x, y]) => `${n(x)} ${n(y)}`).join(' ')} c`;
        }
        case 'closePath':
          return 'h';
      }
    })
    .join('\n');
}

function star(cx: number, cy: number, r: number): string {
  // A regular pentagram: the inner corners lie at r × sin 18° / sin 54°.
  const inner = (r * Math.sin(Math.PI / 10)) / Math.sin((3 * Math.PI) / 10);
  const points = Array.from({ length: 10 }, (_, i) => {
    const angle = Math.PI / 2 + (i * Math.PI) / 5;
    const length = i % 2 === 0 ? r : inner;
    return `${n(cx + length * Math.cos(angle))} ${n(cy + length * Math.sin(angle))} ${i === 0 ? 'm' : 'l'}`;
  });
  return [...points, 'h'].join('\n');
}

function circle(cx: number, cy: number, r: number): string {
  const k = r * KAPPA;
  return [
    `${n(cx + r)} ${n(cy)} m`,
    `${n(cx + r)} ${n(cy + k)} ${n(cx + k)} ${n(cy + r)} ${n(cx)} ${n(cy + r)} c`,
    `${n(cx - k)} ${n(cy + r)} ${n(cx - r)} ${n(cy + k)} ${n(cx - r)} ${n(cy)} c`,
    `${n(cx - r)} ${n(cy - k)} ${n(cx - k)} ${n(cy - r)} ${n(cx)} ${n(cy - r)} c`,
    `${n(cx + k)} ${n(cy - r)} ${n(cx + r)} ${n(cy - k)} ${n(cx + r)} ${n(cy)} c`,
    'h',
  ].join('\n');
}

/** A number as PDF wants it: at most three decimals, never in exponent notation. */
function n(value: number): string {
  const rounded = Math.round(value * 1000) / 1000;
  return Object.is(rounded, -0) ? '0' : rounded.toFixed(3).replace(/\.?0+$/, '');
}
