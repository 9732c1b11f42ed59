import sharp from 'sharp';
import type { FontLibrary } from '../pdf/fonts/font-library';
import { type Chart, CHART_TEXT, chartHeight, drawChart, type Shape } from './draw-chart';

export interface ChartPicture {
  readonly png: Buffer;
  /** Points. */
  readonly width: number;
  readonly height: number;
}

const SCALE = 3;
const MARGIN = 6;

/** A chart as a picture, for programs that draw none. Letters are drawn as outlines of our own font: no system font is asked. */
export async function chartPicture(chart: Chart, width: number, fonts: FontLibrary): Promise<ChartPicture> {
  const letters = new Letters(fonts);
  const frame = { width: width - 2 * MARGIN, measure: (text: string) => letters.widthOf(text) };
  const height = chartHeight(chart, frame) + 2 * MARGIN;
  const inside = drawChart(chart, frame).map((shape) => svgOf(shape, letters));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width * SCALE}" height="${height * SCALE}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" fill="#ffffff"/><g transform="translate(${MARGIN} ${MARGIN})">${inside.join('')}</g></svg>`;
  return { png: await sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toBuffer(), width, height };
}

function svgOf(shape: Shape, letters: Letters): string {
  switch (shape.kind) {
    case 'rect':
      return `<rect x="${shape.x}" y="${shape.y}" width="${shape.w}" height="${shape.h}" fill="${shape.color}"/>`;
    case 'path':
      return `<polyline points="${shape.points.map((p) => p.join(',')).join(' ')}" fill="none" stroke="${shape.color}" stroke-width="${shape.width}"/>`;
    case 'text': {
      const width = letters.widthOf(shape.text);
      const x = shape.x - (shape.anchor === 'start' ? 0 : shape.anchor === 'middle' ? width / 2 : width);
      return letters.outline(shape.text, x, shape.y + 0.36 * CHART_TEXT);
    }
  }
}

class Letters {
  constructor(private readonly fonts: FontLibrary) {}

  widthOf(text: string): number {
    return this.glyphs(text).reduce((sum, { advance }) => sum + advance, 0);
  }

  outline(text: string, x: number, baseline: number): string {
    let pen = x;
    return this.glyphs(text)
      .map(({ path, scale, advance }) => {
        const drawn = `<path d="${path}" transform="translate(${pen} ${baseline}) scale(${scale} ${-scale})" fill="#202020"/>`;
        pen += advance;
        return drawn;
      })
      .join('');
  }

  /** A character that no font has leaves its room empty: the table beside the chart says it in words. */
  private glyphs(text: string): { path: string; scale: number; advance: number }[] {
    return Array.from(text, (character) => {
      const codePoint = character.codePointAt(0) ?? 0x20;
      const face = this.fonts.faceFor('small', codePoint);
      if (face === undefined) return { path: '', scale: 1, advance: CHART_TEXT };
      const glyph = face.font.glyphForCodePoint(codePoint);
      const scale = CHART_TEXT / face.font.unitsPerEm;
      return { path: glyph.path.toSVG(), scale, advance: glyph.advanceWidth * scale };
    });
  }
}
