import PDFDocument from 'pdfkit';
import { create as createQr } from 'qrcode';
import type { Font } from 'fontkit';
import type { Shape } from '../../charts';
import type { FlowItem, StructureNode } from '../layout/flow';
import { type FooterLines, type PaperLayout, SHEETS } from '../layout/layout-paper';
import type { BrokenLine, PlacedPiece } from '../layout/line-breaker';
import type { GlyphPiece, StandIn } from '../layout/typesetter';
import type { VerticalColumn } from '../layout/vertical';
import { PaperMarkError } from '../paper-errors';
import type { ImageMark, Mark, StrokeMark } from './marks';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A place on the finished paper. Points, origin in the lower left corner of the page as PDF has it. */
export interface PageBox {
  /** 1-based. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}
export interface SealBox extends PageBox {
  /** Text printed beside the seal: whose seal belongs here. */
  readonly organisation: string;
}
export interface SignatureBox extends PageBox {
  readonly slot: string;
  readonly isSigned: boolean;
}

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  readonly bytes: Uint8Array;
}

export interface PaintOptions {
  readonly title: string;
  readonly author?: string;
  readonly keywords: string;
  readonly createdAt: Date;
  /** Operators of the committee's seal, drawn in a square of `size` points with y upwards. */
  readonly ridingSeal?: { readonly operators: string; readonly size: number };
  readonly attachments: readonly Attachment[];
}

export interface PaintedPaper {
  readonly bytes: Buffer;
  readonly pageCount: number;
  readonly sealBoxes: readonly SealBox[];
  readonly signatureBoxes: readonly SignatureBox[];
}

/** The part of pdfkit's embedded font that glyphs are written through; text() would shape and space them again. */
interface EmbeddedFont {
  readonly id: string;
  readonly subset: { includeGlyph(id: number): number };
  readonly widths: (number | undefined)[];
  readonly unicode: (readonly number[] | undefined)[];
  readonly scale: number;
  ref(): unknown;
}
interface StructureElement {
  add(child: unknown): StructureElement;
}
/** What pdfkit 0.20 offers and its published types leave out or type too narrowly. */
interface PdfExtras {
  readonly _font: EmbeddedFont;
  readonly page: { readonly fonts: Record<string, unknown> };
  font(font: Font, family: string): unknown;
  file(bytes: Uint8Array, options: object): unknown;
  struct(tag: string, options?: object): StructureElement;
  addStructure(element: StructureElement): unknown;
  markStructureContent(tag: string): unknown;
  addContent(operators: string): unknown;
}
type Pdf = Omit<PDFKit.PDFDocument, keyof PdfExtras> & PdfExtras;

const INK = '#000000';
const PEN = '#10195c';
/** Where the middle of the em box of a Chinese face lies above the baseline, in em. */
const MIDDLE = 0.38;
const RULE_WIDTH = 0.5;
/** A riding seal is cut into at most this many strips; more pages repeat it, or a strip would show nothing. */
const MAX_STRIPS = 8;

/** Paints a laid-out paper as PDF/A-3b, tagged, in Chinese. The same layout and createdAt give the same bytes. */
export async function paintPaper(layout: PaperLayout, options: PaintOptions): Promise<PaintedPaper> {
  const painter = new PaperPainter(layout, options);
  return painter.paint();
}

export class PaperPainter {
  private readonly pdf: Pdf;
  private readonly elements = new Map<StructureNode, StructureElement>();
  private readonly faces = new Map<string, EmbeddedFont>();
  private readonly seals: SealBox[] = [];
  private readonly signatures: SignatureBox[] = [];
  private pageNumber = 0;
  private readonly sheet: { readonly width: number; readonly height: number };

  constructor(
    private readonly layout: PaperLayout,
    private readonly options: PaintOptions,
  ) {
    this.sheet = SHEETS[layout.sheet];
    // `font: null` keeps the built-in Helvetica out, which no PDF/A may rely on. No ModDate: pdfkit would put a second
    // spelling of it into the XMP packet and the two would differ.
    this.pdf = new PDFDocument({
      font: null,
      autoFirstPage: false,
      margin: 0,
      size: [this.sheet.width, this.sheet.height],
      subset: 'PDF/A-3b',
      pdfVersion: '1.7',
      tagged: true,
      lang: 'zh-CN',
      displayTitle: true,
      info: {
        Title: options.title,
        Author: options.author ?? '',
        Keywords: options.keywords,
        Producer: 'pdfkit',
        Creator: '',
        CreationDate: options.createdAt,
      },
    } as unknown as PDFKit.PDFDocumentOptions) as unknown as Pdf;
  }

  async paint(): Promise<PaintedPaper> {
    const chunks: Buffer[] = [];
    const done = new Promise<Buffer>((resolve, reject) => {
      this.pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.pdf.on('end', () => {
        resolve(Buffer.concat(chunks));
      });
      this.pdf.on('error', reject);
    });
    const { pages, margins } = this.layout;
    pages.forEach((page, i) => {
      this.pdf.addPage({ size: [this.sheet.width, this.sheet.height], margin: 0 });
      this.pageNumber = i + 1;
      this.watermark();
      page.forEach(({ item, top }, j) => {
        this.item(item, {
          x: margins.left,
          y: margins.top + top,
          isFirstOnPage: j === 0,
          isLastOnPage: j === page.length - 1,
        });
      });
      const footer = this.layout.footers[i];
      if (footer !== undefined) this.footer(footer);
      this.ridingSeal(i, pages.length);
    });
    for (const attachment of this.options.attachments) {
      this.pdf.file(attachment.bytes, {
        name: attachment.name,
        type: attachment.mediaType,
        description: attachment.description,
        relationship: 'Supplement',
        creationDate: this.options.createdAt,
        modifiedDate: this.options.createdAt,
      });
    }
    this.pdf.end();
    return { bytes: await done, pageCount: pages.length, sealBoxes: this.seals, signatureBoxes: this.signatures };
  }

  private item(item: FlowItem, place: Parameters<FlowItem['paint']>[1]): void {
    item.paint(this, place);
  }

  /** Draws as content of a structure element, so that a reader aloud finds it in order. */
  mark(node: StructureNode, draw: () => void): void {
    const element = this.element(node);
    const content = this.pdf.markStructureContent(node.tag);
    draw();
    this.pdf.endMarkedContent();
    element.add(content);
  }

  /** Draws what is no content: rules, borders, page numbers, watermarks. */
  artifact(draw: () => void): void {
    this.pdf.markContent('Artifact', {});
    draw();
    this.pdf.endMarkedContent();
  }

  private element(node: StructureNode): StructureElement {
    const known = this.elements.get(node);
    if (known !== undefined) return known;
    const element = this.pdf.struct(node.tag, {
      ...(node.alt === undefined ? {} : { alt: node.alt }),
      ...(node.lang === undefined ? {} : { lang: node.lang }),
    });
    if (node.parent === undefined) this.pdf.addStructure(element);
    else this.element(node.parent).add(element);
    this.elements.set(node, element);
    return element;
  }

  /** Draws a line of text into a box of the given height; `size` is the type size. */
  line(line: BrokenLine<GlyphPiece>, x: number, y: number, height: number, size: number): void {
    const baseline = y + height / 2 + MIDDLE * size;
    this.underlines(line, x, baseline + 0.22 * size);
    // Drawn strictly in reading order: readers take the order of the content stream for the order of the text.
    let run: PlacedPiece<GlyphPiece>[] = [];
    for (const placed of line.placed) {
      const { piece } = placed;
      const { drawing } = piece;
      if (drawing.kind !== 'box' && drawing.kind !== 'picture') {
        run.push(placed);
        continue;
      }
      this.glyphs(run, x, baseline);
      run = [];
      const box = { x: x + placed.x, y: baseline - 0.88 * size, width: placed.advance, height: size };
      this.actual(piece, drawing.stand, box, baseline, () => {
        if (drawing.kind === 'box') this.tickBox(box, drawing.isTicked);
        else this.image(drawing.bytes, box, '字形图片');
      });
    }
    this.glyphs(run, x, baseline);
  }

  /** A column of vertical text. Words lie along it, turned a quarter to the right; each is copied as the word it is. */
  column(column: VerticalColumn, { x, y, width, size }: { x: number; y: number; width: number; size: number }): void {
    const out: string[] = ['BT'];
    for (const { piece, at } of column) {
      const { face, glyphs, isUpright, text } = piece;
      const font = this.face(face.id, face.font);
      const { ascent, descent, unitsPerEm } = face.font;
      const middle = ((ascent + descent) / 2 / unitsPerEm) * size;
      out.push(`/Span <</ActualText ${utf16Hex(text)}>> BDC`, `/${font.id} ${n(size)} Tf`);
      for (const glyph of glyphs) {
        const { hex } = this.encode(font, { id: glyph.id, codePoints: [text.codePointAt(0) ?? 0], width: glyph.width });
        const top = y + (at + glyph.along) * size;
        out.push(
          isUpright
            ? `1 0 0 -1 ${n(x + (width - size) / 2)} ${n(top + (0.5 + MIDDLE) * size)} Tm`
            : `0 1 1 0 ${n(x + width / 2 - middle + glyph.across * size)} ${n(top)} Tm`,
          `<${hex}> Tj`,
        );
      }
      out.push('EMC');
    }
    out.push('ET');
    this.pdf.addContent(out.join('\n'));
  }

  private underlines(line: BrokenLine<GlyphPiece>, x: number, y: number): void {
    let start: number | undefined;
    let end = 0;
    const draw = (): void => {
      if (start !== undefined && end > start) this.segment(x + start, y, x + end, y);
      start = undefined;
    };
    for (const placed of line.placed) {
      if (!placed.piece.isUnderlined) draw();
      else {
        start ??= placed.x;
        end = placed.x + placed.advance;
      }
    }
    draw();
  }

  private glyphs(placed: readonly PlacedPiece<GlyphPiece>[], x: number, baseline: number): void {
    const out: string[] = ['BT'];
    let current = '';
    let pen = 0;
    let run: string[] = [];
    const flush = (): void => {
      if (run.length > 0) out.push(`[${run.join(' ')}] TJ`);
      run = [];
      current = '';
    };
    for (const { piece, x: dx } of placed) {
      const { drawing, size } = piece;
      if (drawing.kind !== 'glyphs') continue;
      const font = this.face(drawing.face.id, drawing.face.font);
      const left = x + dx + drawing.shift * size;
      const state = `${font.id} ${size} ${drawing.stretch}`;
      const codes = drawing.glyphs.map((glyph) => this.encode(font, glyph));
      const ambiguous = codes.some((code) => code.isAmbiguous);
      if (state !== current || ambiguous) {
        flush();
        out.push(`/${font.id} ${n(size)} Tf`, `${n(drawing.stretch)} 0 0 -1 ${n(left)} ${n(baseline)} Tm`);
        current = state;
        pen = left;
      }
      const gap = ((left - pen) * 1000) / (size * drawing.stretch);
      if (Math.abs(gap) >= 0.05) run.push(n(-gap));
      run.push(`<${codes.map((code) => code.hex).join('')}>`);
      pen = left + drawing.glyphs.reduce((sum, glyph) => sum + glyph.width, 0) * size * drawing.stretch;
      if (ambiguous) {
        // Two characters share this glyph; without ActualText the second would be read and copied as the first.
        out.push(`/Span <</ActualText ${utf16Hex(piece.text)}>> BDC`);
        flush();
        out.push('EMC');
      }
    }
    flush();
    out.push('ET');
    if (out.length > 2) this.pdf.addContent(out.join('\n'));
  }

  private encode(
    font: EmbeddedFont,
    glyph: { id: number; codePoints: readonly number[]; width: number },
  ): { hex: string; isAmbiguous: boolean } {
    const id = font.subset.includeGlyph(glyph.id);
    font.widths[id] ??= glyph.width * 1000;
    const known = (font.unicode[id] ??= glyph.codePoints);
    return { hex: id.toString(16).padStart(4, '0'), isAmbiguous: known.join() !== glyph.codePoints.join() };
  }

  private face(id: string, font: Font): EmbeddedFont {
    let embedded = this.faces.get(id);
    if (embedded === undefined) {
      this.pdf.font(font, id);
      embedded = this.pdf._font;
      this.faces.set(id, embedded);
    }
    this.pdf.page.fonts[embedded.id] ??= embedded.ref();
    return embedded;
  }

  /** A drawing that reads and copies as its character: an invisible glyph carries the text. */
  private actual(piece: GlyphPiece, stand: StandIn, box: Box, baseline: number, draw: () => void): void {
    const font = this.face(stand.face.id, stand.face.font);
    const { hex } = this.encode(font, stand.glyph);
    this.pdf.addContent(`/Span <</ActualText ${utf16Hex(piece.text)}>> BDC`);
    this.pdf.addContent(
      `BT /${font.id} ${n(piece.size)} Tf 3 Tr 1 0 0 -1 ${n(box.x)} ${n(baseline)} Tm <${hex}> Tj 0 Tr ET`,
    );
    draw();
    this.pdf.addContent('EMC');
  }

  private tickBox(box: Box, isTicked: boolean): void {
    const side = box.width * 0.72;
    const [x, y] = [box.x + (box.width - side) / 2, box.y + (box.height - side) / 2];
    this.pdf.lineWidth(0.8).strokeColor(INK).rect(x, y, side, side).stroke();
    if (!isTicked) return;
    this.pdf
      .lineWidth(1.3)
      .moveTo(x + side * 0.18, y + side * 0.5)
      .lineTo(x + side * 0.42, y + side * 0.78);
    this.pdf.lineTo(x + side * 0.88, y + side * 0.12).stroke();
  }

  /** A thin horizontal line. */
  rule(x: number, y: number, width: number): void {
    this.segment(x, y, x + width, y);
  }

  segment(x1: number, y1: number, x2: number, y2: number): void {
    this.pdf.lineWidth(RULE_WIDTH).lineCap('butt').strokeColor(INK).moveTo(x1, y1).lineTo(x2, y2).stroke();
  }

  /** A shape of a chart, whose origin lies at `x`, `y`. */
  shape(shape: Exclude<Shape, { kind: 'text' }>, x: number, y: number): void {
    if (shape.kind === 'rect') {
      // Text is filled with the ink of the page again.
      this.pdf
        .rect(x + shape.x, y + shape.y, shape.w, shape.h)
        .fill(shape.color)
        .fillColor(INK);
      return;
    }
    shape.points.forEach(([px, py], i) => {
      if (i === 0) this.pdf.moveTo(x + px, y + py);
      else this.pdf.lineTo(x + px, y + py);
    });
    this.pdf.lineWidth(shape.width).lineCap('butt').strokeColor(shape.color).stroke();
  }

  /** Draws the marks of one slot and notes its place. A note about ink is text: the layout sets it. */
  signature(slot: string, marks: readonly Mark[], box: Box, node: StructureNode): void {
    this.signatures.push({ slot, isSigned: marks.length > 0, ...this.pageBox(box) });
    if (marks.every((mark) => mark.kind === 'ink')) return;
    const written = { x: box.x + 6, y: box.y + 3, width: box.width * 0.62, height: box.height - 6 };
    const finger = { x: box.x + box.width * 0.66, y: box.y + 1, width: box.width * 0.3, height: box.height - 2 };
    this.mark(node, () => {
      for (const mark of marks) {
        if (mark.kind === 'strokes') this.strokes(mark, written);
        else if (mark.kind !== 'ink') this.markImage(mark, mark.kind === 'fingerprint' ? finger : written);
      }
    });
  }

  private markImage(mark: ImageMark, box: Box): void {
    this.image(mark.bytes, box, mark.kind === 'fingerprint' ? '指印图片' : '签名图片');
  }

  private image(bytes: Uint8Array, box: Box, what: string): void {
    const isKnown = (bytes[0] === 0x89 && bytes[1] === 0x50) || (bytes[0] === 0xff && bytes[1] === 0xd8);
    if (!isKnown) throw new PaperMarkError(`${what}不是 PNG 或 JPEG 格式，请重新采集。`);
    try {
      this.pdf.image(Buffer.from(bytes), box.x, box.y, {
        fit: [box.width, box.height],
        align: 'center',
        valign: 'center',
      });
    } catch (error) {
      throw new PaperMarkError(
        `${what}无法读取，可能已损坏，请重新采集。（${error instanceof Error ? error.message : ''}）`,
      );
    }
  }

  /** Strokes become smooth curves whose width follows the pressure, fitted into the box without distortion. */
  private strokes(mark: StrokeMark, box: Box): void {
    const points = mark.strokes.flat();
    if (points.length < 2 || !points.every((point) => [point.x, point.y, point.p].every(Number.isFinite)))
      throw new PaperMarkError('签名笔迹是空的或不完整，请重新签名。');
    const [minX, maxX] = [Math.min(...points.map((p) => p.x)), Math.max(...points.map((p) => p.x))];
    const [minY, maxY] = [Math.min(...points.map((p) => p.y)), Math.max(...points.map((p) => p.y))];
    const scale = Math.min(box.width / Math.max(1e-6, maxX - minX), box.height / Math.max(1e-6, maxY - minY));
    const dx = box.x + (box.width - (maxX - minX) * scale) / 2;
    const dy = box.y + (box.height - (maxY - minY) * scale) / 2;
    this.pdf.save().strokeColor(PEN).fillColor(PEN).lineCap('round').lineJoin('round');
    for (const stroke of mark.strokes) {
      const at = stroke.map((p) => ({
        x: dx + (p.x - minX) * scale,
        y: dy + (p.y - minY) * scale,
        w: 0.9 + 1.5 * Math.min(1, Math.max(0, p.p)),
      }));
      const [first] = at;
      if (first === undefined) continue;
      if (at.length === 1) this.pdf.circle(first.x, first.y, first.w / 2).fill(PEN);
      let from = first;
      for (let i = 1; i < at.length; i++) {
        const here = at[i] as typeof first;
        const next = at[i + 1] ?? here;
        const mid = { x: (here.x + next.x) / 2, y: (here.y + next.y) / 2, w: (here.w + next.w) / 2 };
        this.pdf
          .lineWidth((from.w + mid.w) / 2)
          .moveTo(from.x, from.y)
          .quadraticCurveTo(here.x, here.y, mid.x, mid.y)
          .stroke();
        from = mid;
      }
    }
    this.pdf.restore();
  }

  /** Notes where a seal belongs; the seal itself is the visible appearance of the committee's signature. */
  sealBox(organisation: string, box: Box): void {
    this.seals.push({ organisation, ...this.pageBox(box) });
  }

  qr(url: string, box: Box, node: StructureNode): void {
    const { modules } = createQr(url, { errorCorrectionLevel: 'M' });
    const cell = box.width / modules.size;
    this.mark(node, () => {
      for (let row = 0; row < modules.size; row++) {
        for (let column = 0; column < modules.size; column++) {
          if (modules.get(row, column))
            this.pdf.rect(box.x + column * cell, box.y + row * cell, cell + 0.02, cell + 0.02);
        }
      }
      this.pdf.fill(INK);
    });
  }

  private watermark(): void {
    const { watermark, notice, margins } = this.layout;
    if (watermark !== undefined) {
      const { line, color } = watermark;
      this.artifact(() => {
        this.pdf
          .save()
          .rotate(-35, { origin: [this.sheet.width / 2, this.sheet.height / 2] })
          .fillColor(color);
        this.glyphs(line.placed, (this.sheet.width - line.width) / 2, this.sheet.height / 2 + 20);
        this.pdf.restore();
      });
    }
    const top = Math.max(12, margins.top - 14 - notice.length * 13);
    this.artifact(() => {
      this.pdf.save().fillColor('#c0392b');
      notice.forEach((line, i) => {
        this.glyphs(line.placed, margins.left, top + i * 13 + 9);
      });
      this.pdf.restore();
      this.pdf.fillColor(INK);
    });
  }

  private footer({ left, center, right }: FooterLines): void {
    const { margins } = this.layout;
    const width = this.sheet.width - margins.left - margins.right;
    const baseline = this.sheet.height - margins.bottom + Math.min(32, margins.bottom / 2);
    this.artifact(() => {
      this.pdf.fillColor(INK);
      this.glyphs(left.placed, margins.left, baseline);
      this.glyphs(center.placed, margins.left + (width - center.width) / 2, baseline);
      this.glyphs(right.placed, margins.left + width - right.width, baseline);
    });
  }

  /** 骑缝章: each page carries its strip of one seal at the right edge, so that a page cannot be exchanged unseen. */
  private ridingSeal(index: number, count: number): void {
    const seal = this.options.ridingSeal;
    if (seal === undefined || count < 2) return;
    const groups = Math.ceil(count / MAX_STRIPS);
    const perGroup = Math.ceil(count / groups);
    const strips = Math.min(perGroup, count - Math.floor(index / perGroup) * perGroup);
    const strip = index % perGroup;
    const width = seal.size / strips;
    const top = (this.sheet.height - seal.size) / 2;
    this.artifact(() => {
      this.pdf.save();
      this.pdf.rect(this.sheet.width - width, top, width, seal.size).clip();
      // The seal's own space has y upwards; the page's is turned by pdfkit, so it is turned back here.
      this.pdf.addContent(`1 0 0 -1 ${n(this.sheet.width - width * (strip + 1))} ${n(top + seal.size)} cm`);
      this.pdf.addContent(seal.operators);
      this.pdf.restore();
    });
  }

  private pageBox(box: Box): PageBox {
    return {
      page: this.pageNumber,
      x: round(box.x),
      y: round(this.sheet.height - box.y - box.height),
      w: round(box.width),
      h: round(box.height),
    };
  }
}

function utf16Hex(text: string): string {
  return `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function n(value: number): string {
  const rounded = Math.round(value * 1000) / 1000;
  return Object.is(rounded, -0) ? '0' : rounded.toFixed(3).replace(/\.?0+$/, '');
}
