import type { FontLibrary, FontRole } from '../fonts/font-library';
import { MissingGlyphError, PaperMarkError, PaperTooLongError } from '../paper-errors';
import { CHART_TEXT, chartHeight, drawChart, leastChartHeight } from '../../charts';
import type { Mark } from '../paint/marks';
import type { PaperPainter } from '../paint/painter';
import type { DocumentBlock, PaperDocument, Run, TableRow } from '../template/paper-document';
import type { ParagraphStyle, SheetName } from '../template/template-ast';
import { paginate, type FlowItem, type Glue, type PageLayout, type StructureNode } from './flow';
import { breakLines, type BreakOptions, type BrokenLine } from './line-breaker';
import { Typesetter, type GlyphPiece, type TypesetOptions } from './typesetter';
import { setVertically, type Shape } from './vertical';

/** Sizes of the sheets in points. */
export const SHEETS = {
  A4: { width: 595.28, height: 841.89 },
  A5: { width: 419.53, height: 595.28 },
  'A4-across': { width: 841.89, height: 595.28 },
} as const;
/** Diameter of a round seal of a people's mediation committee, 42 mm. */
export const SEAL_DIAMETER = (42 * 72) / 25.4;

export interface Verification {
  readonly kind?: never;
  /** 12 characters with check character, shown in groups of four. */
  readonly code: string;
  readonly url: string;
}

/** What `@qr` prints on a slip that is handed out: a way in, with its caption beside it. */
export interface EntryCode {
  readonly kind: 'entry';
  readonly url: string;
  readonly caption: readonly string[];
  /** Printed large below the caption. */
  readonly code: string;
}

/** What a paper may carry besides its content. None of it enters the content hash. */
export interface Extras {
  readonly draft?: { readonly number: number };
  readonly voided?: { readonly on: string; readonly reason: string };
  readonly verification?: Verification | EntryCode;
  readonly marks: Readonly<Record<string, readonly Mark[]>>;
  /** Joins letters of vertical text; only where a paper has some. */
  readonly shape?: Shape;
}

export interface FooterLines {
  readonly left: BrokenLine<GlyphPiece>;
  readonly center: BrokenLine<GlyphPiece>;
  readonly right: BrokenLine<GlyphPiece>;
}

/** A paper measured and cut into pages, ready to be painted. */
export interface PaperLayout {
  readonly sheet: SheetName;
  readonly pages: readonly PageLayout[];
  readonly footers: readonly FooterLines[];
  readonly watermark?: { readonly line: BrokenLine<GlyphPiece>; readonly color: string };
  readonly notice: readonly BrokenLine<GlyphPiece>[];
  readonly margins: PaperDocument['page']['margins'];
}

const DOCUMENT: StructureNode = { tag: 'Document' };
const SMALL = 9;
const CELL_PADDING = 4;
const SLOT_HEIGHT = 42;
const CHART_MARGIN = 6;
/** A table that takes more of a page may go on on the next one even where it is kept with its caption. */
const KEPT_SHARE = 1 / 3;
const NOTE_SIZE = 9;
const NOTE_LEADING = 13;
/** Room above for the title and what the page belongs to, below for a row of signatures. */
const VERTICAL_HEIGHT = 430;
const QR_SIZE = 64;
/** 31 mm: an old phone reads it at arm's length. */
const ENTRY_QR_SIZE = 88;
const LITERAL = { isBold: false, isUnderlined: false, place: '固定文字', pointer: '' };

/** @throws MissingGlyphError · PaperMarkError for marks of a slot that the paper does not have */
export function layoutPaper(
  document: PaperDocument,
  fonts: FontLibrary,
  extras: Extras,
  pictures: Readonly<Record<string, Uint8Array>>,
): PaperLayout {
  const type = new Typesetter(fonts, document.names, pictures);
  const at = (leading: number): PaperLayout =>
    new PaperLayouter({ ...document, page: { ...document.page, leading } }, type, extras).layout();
  const { leading, minLeading } = document.page;
  const roomy = at(leading);
  if (roomy.pages.length === 1 || minLeading >= leading) return roomy;
  const tight = at(minLeading);
  if (tight.pages.length === roomy.pages.length) return roomy;
  // The widest leading that still saves the page, by halving: wider lines never need fewer pages.
  let [best, saves, exceeds] = [tight, minLeading, leading];
  while (exceeds - saves > 1) {
    const between = Math.floor((saves + exceeds) / 2);
    const candidate = at(between);
    if (candidate.pages.length === tight.pages.length) [best, saves] = [candidate, between];
    else exceeds = between;
  }
  return best;
}

class PaperLayouter {
  private readonly width: number;
  private readonly height: number;
  private readonly slots = new Set<string>();

  constructor(
    private readonly document: PaperDocument,
    private readonly type: Typesetter,
    private readonly extras: Extras,
  ) {
    const { margins, sheet } = document.page;
    this.width = SHEETS[sheet].width - margins.left - margins.right;
    this.height = SHEETS[sheet].height - margins.top - margins.bottom;
  }

  layout(): PaperLayout {
    const items = this.blocks(this.document.blocks);
    const strange = Object.keys(this.extras.marks).find((slot) => !this.slots.has(slot));
    if (strange !== undefined)
      throw new PaperMarkError(
        `《${this.document.name}》没有名为“${strange}”的签名位，签名没有放上去。请核对签署人后重新签署。`,
      );
    const pages = paginate(items, this.height);
    const { name, mostPages } = this.document;
    if (pages.length > mostPages) throw new PaperTooLongError(name, pages.length, mostPages);
    const footers = pages.map((_, i) => this.footer(i + 1, pages.length));
    const overlay = this.overlay();
    if (this.type.missing.length > 0) throw new MissingGlyphError(this.document.name, this.type.missing);
    const { sheet, margins } = this.document.page;
    return { pages, footers, sheet, margins, ...overlay };
  }

  private overlay(): Pick<PaperLayout, 'watermark' | 'notice'> {
    const { draft, voided } = this.extras;
    if (voided !== undefined) {
      return {
        watermark: { line: this.single('已作废', 'heading', 96), color: '#f3c4c0' },
        notice: breakLines(
          this.type.pieces([{ ...LITERAL, text: `本件已于${voided.on}作废，原因：${voided.reason}` }], {
            role: 'small',
            size: SMALL,
          }),
          { width: this.width, indent: 0, mode: 'ragged' },
        ),
      };
    }
    return draft === undefined
      ? { notice: [] }
      : { notice: [], watermark: { line: this.single(`第${draft.number}稿 未生效`, 'heading', 60), color: '#dddddd' } };
  }

  private footer(page: number, pages: number): FooterLines {
    const { left, center, right } = this.document.footer(page, pages);
    const line = (runs: readonly Run[]): BrokenLine<GlyphPiece> =>
      this.oneLine(this.type.pieces(runs, { role: 'small', size: SMALL }));
    return { left: line(left), center: line(center), right: line(right) };
  }

  private single(text: string, role: FontRole, size: number): BrokenLine<GlyphPiece> {
    return this.oneLine(this.type.pieces([{ ...LITERAL, text }], { role, size }));
  }

  private oneLine(pieces: readonly GlyphPiece[]): BrokenLine<GlyphPiece> {
    const lines = breakLines(pieces, { width: 10_000, indent: 0, mode: 'ragged' });
    return lines[0] ?? { placed: [], width: 0, isLast: true };
  }

  private blocks(blocks: readonly DocumentBlock[]): FlowItem[] {
    const items: FlowItem[] = [];
    let breaks = false;
    blocks.forEach((block, i) => {
      if (block.kind === 'pagebreak') {
        breaks = true;
        return;
      }
      if (block.kind === 'qr' && blocks[i - 1]?.kind === 'seal') return;
      const isClosing = block.kind === 'signatures' || block.kind === 'seal';
      // Signatures, seal and date never stand alone on a page: they take the last lines of the body with them.
      if (isClosing) glueLastLines(items);
      const made = block.kind === 'seal' ? this.seal(block.lines, blocks[i + 1]?.kind === 'qr') : this.block(block);
      made.forEach((item, j) => items.push(j === 0 && breaks ? { ...item, breaksBefore: true } : item));
      if (made.length > 0) breaks = false;
    });
    return items;
  }

  private block(block: Exclude<DocumentBlock, { kind: 'pagebreak' | 'seal' }>): FlowItem[] {
    switch (block.kind) {
      case 'paragraph':
        return this.paragraph(block.style, block.runs);
      case 'ruled':
        return this.ruled(block.minLines, block.paragraphs);
      case 'vertical':
        return this.vertical(block.paragraphs);
      case 'keep':
        return glueAll(this.blocks(block.blocks), 'weak');
      case 'table':
        return this.table(block);
      case 'signatures':
        return this.signatures(block);
      case 'space':
        return [
          { height: block.lines * this.document.page.leading, glue: 'none', isSpace: true, paint: () => undefined },
        ];
      case 'qr':
        return this.qr();
      case 'grid':
        return this.grid(block);
      case 'chart':
        return [this.chart(block)];
    }
  }

  private options(style: ParagraphStyle): {
    type: TypesetOptions;
    leading: number;
    break: Omit<BreakOptions, 'width'>;
    align: 'left' | 'center' | 'right';
    tag: string;
    before: number;
    after: number;
  } {
    const { page } = this.document;
    const pitch = page.charactersPerLine === undefined ? undefined : this.width / page.charactersPerLine;
    const body = { role: 'body' as const, size: page.size, pitch };
    const plain = { type: body, leading: page.leading, align: 'left' as const, tag: 'P', before: 0, after: 0 };
    const em = pitch ?? page.size;
    switch (style) {
      case 'title':
        return {
          ...plain,
          type: { role: 'title', size: page.titleSize },
          leading: page.titleSize * 1.5,
          break: { indent: 0, mode: 'ragged' },
          align: 'center',
          tag: 'H1',
          after: page.leading * 0.5,
        };
      case 'heading':
        return { ...plain, type: { ...body, role: 'heading' }, break: { indent: 2 * em, mode: 'justify' }, tag: 'H2' };
      case 'body':
        return { ...plain, break: { indent: 2 * em, mode: 'justify' } };
      case 'left':
        return { ...plain, break: { indent: 0, mode: 'justify' } };
      case 'right':
      case 'center':
        return { ...plain, break: { indent: 0, mode: 'ragged' }, align: style };
      case 'note':
        return { ...plain, type: { role: 'body', size: 10.5 }, leading: 17, break: { indent: 0, mode: 'justify' } };
      case 'fields':
        return { ...plain, type: { ...body, pitch: undefined, fill: 0.4 }, break: { indent: 0, mode: 'fill' } };
    }
  }

  private paragraph(style: ParagraphStyle, runs: readonly Run[]): FlowItem[] {
    const options = this.options(style);
    const pieces = this.type.pieces(runs, options.type);
    const lines = breakLines(style === 'fields' ? glueFields(pieces, this.width) : pieces, {
      width: this.width,
      ...options.break,
    });
    const node: StructureNode = { tag: options.tag, parent: DOCUMENT };
    return lines.map((line, i) => {
      const shift =
        options.align === 'left'
          ? 0
          : options.align === 'center'
            ? (this.width - line.width) / 2
            : this.width - line.width;
      const before = i === 0 ? options.before : 0;
      const height = before + options.leading + (i === lines.length - 1 ? options.after : 0);
      const isLabel = options.tag !== 'P' || (i === lines.length - 1 && line.placed.at(-1)?.piece.text === '：');
      const glue: Glue = isLabel ? 'strong' : paragraphGlue(i, lines.length);
      return {
        height,
        glue,
        paint: (painter, { x, y }) => {
          painter.mark(node, () => {
            painter.line(line, x + shift, y + before, options.leading, options.type.size);
          });
        },
      };
    });
  }

  /** Ruled lines grow with what is written on them; nothing is ever cut off. */
  private ruled(minLines: number, paragraphs: readonly (readonly Run[])[]): FlowItem[] {
    const { page } = this.document;
    const width = this.width;
    const filled = paragraphs.flatMap((runs) => {
      const node: StructureNode = { tag: 'P', parent: DOCUMENT };
      const pieces = this.type.pieces(runs, { role: 'body', size: page.size });
      const lines = breakLines(pieces, { width, indent: 2 * page.size, mode: 'justify' });
      return lines.map((line) => ({ line, node }));
    });
    const count = Math.max(minLines, filled.length);
    return Array.from({ length: count }, (_, i): FlowItem => {
      const entry = filled[i];
      return {
        height: page.leading,
        glue: paragraphGlue(i, count),
        paint: (painter, { x, y }) => {
          painter.artifact(() => {
            painter.rule(x, y + page.leading - 3, width);
          });
          if (entry !== undefined)
            painter.mark(entry.node, () => {
              painter.line(entry.line, x, y, page.leading, page.size);
            });
        },
      };
    });
  }

  /** Columns of Mongolian; each item is as many as stand side by side on one page. */
  private vertical(paragraphs: readonly (readonly Run[])[]): FlowItem[] {
    const { shape } = this.extras;
    if (shape === undefined) throw new Error('Vertical text needs the shaper');
    const { size, leading } = this.document.page;
    const perPage = Math.max(1, Math.floor(this.width / leading));
    const set = (part: number) => {
      const height = part * Math.min(VERTICAL_HEIGHT, this.height);
      return { height, ...setVertically(paragraphs, { fonts: this.type.fonts, shape, length: height / size }) };
    };
    // A short text stands in short columns side by side, and leaves the page to what follows.
    const short = [0.25, 0.5, 0.75].map(set).find(({ columns }) => columns.length <= perPage);
    const { columns, missing, height } = short ?? set(1);
    this.type.missing.push(...missing);
    const node: StructureNode = { tag: 'P', parent: DOCUMENT, lang: 'mn-Mong' };
    return Array.from({ length: Math.ceil(columns.length / perPage) }, (_, i): FlowItem => ({
      height,
      glue: 'none',
      paint: (painter, { x, y }) => {
        painter.mark(node, () => {
          columns.slice(i * perPage, (i + 1) * perPage).forEach((column, k) => {
            painter.column(column, { x: x + k * leading, y, width: leading, size });
          });
        });
      },
    }));
  }

  private table(block: Extract<DocumentBlock, { kind: 'table' }>): FlowItem[] {
    const total = block.columns.reduce((sum, column) => sum + column.weight, 0);
    const widths = block.columns.map((column) => (column.weight / total) * this.width);
    const node: StructureNode = { tag: 'Table', parent: DOCUMENT };
    const heads = block.rows.filter((row) => row.isHead);
    const headItems = heads.flatMap((row) => this.row(row, block, widths, node));
    return block.rows.flatMap((row): FlowItem[] => {
      const items = this.row(row, block, widths, node);
      return row.isHead
        ? glueAll(items, 'strong').map((item) => ({ ...item, glue: 'strong' as const }))
        : items.map((item) => ({ ...item, head: headItems }));
    });
  }

  private row(
    row: TableRow,
    block: Extract<DocumentBlock, { kind: 'table' }>,
    widths: readonly number[],
    table: StructureNode,
  ): FlowItem[] {
    const size = Math.min(this.document.page.size, 12);
    const leading = size * 1.6;
    const rowNode: StructureNode = { tag: 'TR', parent: table };
    // The last cell of a short row reaches to the right edge.
    const cells = row.cells.map((runs, i) => {
      const left = widths.slice(0, i).reduce((sum, width) => sum + width, 0);
      const right = i === row.cells.length - 1 ? this.width : left + (widths[i] ?? 0);
      const align = row.isHead ? 'center' : (block.columns[i]?.align ?? 'left');
      const pieces = this.type.pieces(runs, { role: row.isHead ? 'heading' : 'body', size });
      const lines = breakLines(pieces, { width: right - left - 2 * CELL_PADDING, indent: 0, mode: 'ragged' });
      return {
        left,
        right,
        align,
        lines,
        node: { tag: row.isHead ? 'TH' : 'TD', parent: rowNode } satisfies StructureNode,
      };
    });
    const count = Math.max(1, ...cells.map((cell) => cell.lines.length));
    // A short row stays whole; a long one is cut between lines like a paragraph.
    return Array.from({ length: count }, (_, i): FlowItem => {
      const isFirst = i === 0;
      const isLast = i === count - 1;
      const top = isFirst ? CELL_PADDING : 0;
      const height = top + leading + (isLast ? CELL_PADDING : 0);
      return {
        height,
        glue: isLast ? 'none' : count <= 6 || i < 1 || i >= count - 2 ? 'strong' : 'none',
        paint: (painter, place) => {
          painter.artifact(() => {
            for (const cell of cells) {
              const [left, right] = [place.x + cell.left, place.x + cell.right];
              painter.segment(left, place.y, left, place.y + height);
              painter.segment(right, place.y, right, place.y + height);
            }
            if (isFirst || place.isFirstOnPage) painter.segment(place.x, place.y, place.x + this.width, place.y);
            if (isLast || place.isLastOnPage)
              painter.segment(place.x, place.y + height, place.x + this.width, place.y + height);
          });
          for (const cell of cells) {
            // A cell with fewer lines than its row stands in the middle when the row is whole.
            const shift = count <= 6 ? ((count - cell.lines.length) * leading) / 2 : 0;
            const line = cell.lines[i];
            if (line === undefined) continue;
            const spare = cell.right - cell.left - 2 * CELL_PADDING - line.width;
            const dx = cell.align === 'left' ? 0 : cell.align === 'center' ? spare / 2 : spare;
            painter.mark(cell.node, () => {
              painter.line(line, place.x + cell.left + CELL_PADDING + dx, place.y + top + shift, leading, size);
            });
          }
        },
      };
    });
  }

  /** A table that comes with its columns: heads merged as the data say, small where it is wide. */
  private grid({ columns, head, rows }: Extract<DocumentBlock, { kind: 'grid' }>): FlowItem[] {
    const size = columns.length > 8 ? 8.5 : Math.min(this.document.page.size, 10.5);
    const leading = size * 1.45;
    const total = columns.reduce((sum, { weight }) => sum + weight, 0);
    const edges = columns.reduce<number[]>(
      (found, { weight }) => [...found, (found.at(-1) ?? 0) + (weight / total) * this.width],
      [0],
    );
    const edge = (i: number): number => edges[i] ?? this.width;
    const table: StructureNode = { tag: 'Table', parent: DOCUMENT };
    const padding = columns.length > 8 ? 2 : CELL_PADDING;
    const set = (run: Run, width: number, role: 'heading' | 'body'): BrokenLine<GlyphPiece>[] => {
      const pieces = this.type.pieces([run], { role, size });
      // A figure that fits stays whole.
      const whole = role === 'body' ? glueWhole(pieces, width - 2 * padding) : pieces;
      return breakLines(whole, { width: width - 2 * padding, indent: 0, mode: 'ragged' });
    };
    const paintCell = (
      painter: PaperPainter,
      cell: { lines: readonly BrokenLine<GlyphPiece>[]; x: number; y: number; w: number; h: number },
      align: 'left' | 'center' | 'right',
      node: StructureNode,
    ): void => {
      const { lines, x, y, w, h } = cell;
      const top = y + (h - lines.length * leading) / 2;
      lines.forEach((line, i) => {
        const spare = w - 2 * padding - line.width;
        const dx = align === 'left' ? 0 : align === 'center' ? spare / 2 : spare;
        painter.mark(node, () => {
          painter.line(line, x + padding + dx, top + i * leading, leading, size);
        });
      });
    };
    const box = (painter: PaperPainter, x: number, y: number, w: number, h: number): void => {
      painter.artifact(() => {
        painter.segment(x, y, x + w, y);
        painter.segment(x, y + h, x + w, y + h);
        painter.segment(x, y, x, y + h);
        painter.segment(x + w, y, x + w, y + h);
      });
    };

    const heights = head.map(() => leading + 2 * padding);
    const taken = new Set<string>();
    const headCells = head.flatMap((cells, level) => {
      let at = 0;
      return cells.map(({ run, across, down }) => {
        while (taken.has(`${level}/${at}`)) at++;
        for (let r = level; r < level + down; r++) for (let c = at; c < at + across; c++) taken.add(`${r}/${c}`);
        const [left, right] = [edge(at), edge(at + across)];
        at += across;
        return { level, down, left, right, lines: set(run, right - left, 'heading') };
      });
    });
    for (const { level, down, lines } of headCells) {
      const there = heights.slice(level, level + down).reduce((sum, h) => sum + h, 0);
      const needed = lines.length * leading + 2 * padding;
      const last = level + down - 1;
      if (needed > there) heights[last] = (heights[last] ?? 0) + needed - there;
    }
    const above = (level: number): number => heights.slice(0, level).reduce((sum, h) => sum + h, 0);
    const headRow: StructureNode = { tag: 'TR', parent: table };
    const headItem: FlowItem = {
      height: above(head.length),
      glue: 'strong',
      paint: (painter, { x, y }) => {
        for (const { level, down, left, right, lines } of headCells) {
          const cell = {
            lines,
            x: x + left,
            y: y + above(level),
            w: right - left,
            h: above(level + down) - above(level),
          };
          box(painter, cell.x, cell.y, cell.w, cell.h);
          paintCell(painter, cell, 'center', { tag: 'TH', parent: headRow });
        }
      },
    };
    const items = rows.map((cells, i): FlowItem => {
      const node: StructureNode = { tag: 'TR', parent: table };
      const lines = cells.map((run, c) => set(run, edge(c + 1) - edge(c), 'body'));
      const height = Math.max(1, ...lines.map((l) => l.length)) * leading + 2 * padding;
      return {
        height,
        // The last row, a sum, does not stand alone.
        glue: i === rows.length - 2 ? 'strong' : 'none',
        head: [headItem],
        paint: (painter, { x, y }) => {
          lines.forEach((set, c) => {
            const cell = { lines: set, x: x + edge(c), y, w: edge(c + 1) - edge(c), h: height };
            box(painter, cell.x, cell.y, cell.w, cell.h);
            paintCell(painter, cell, columns[c]?.align ?? 'left', { tag: 'TD', parent: node });
          });
        },
      };
    });
    const isLong = items.reduce((sum, { height }) => sum + height, 0) > KEPT_SHARE * this.height;
    // Two rows stay on either side.
    return [headItem, ...items.map((item, i) => ({ ...item, isLoose: isLong && i > 0 && i < items.length - 2 }))];
  }

  private chart({ chart, alt }: Extract<DocumentBlock, { kind: 'chart' }>): FlowItem {
    const set = (text: string): BrokenLine<GlyphPiece> => this.single(text, 'small', CHART_TEXT);
    const frame = { width: this.width - 2 * CHART_MARGIN, measure: (text: string) => set(text).width };
    const least = leastChartHeight(chart, frame);
    const node: StructureNode = { tag: 'Figure', parent: DOCUMENT, alt };
    const drawn = (height: number): FlowItem => {
      // Measured here, so that a character without a glyph is found before anything is painted.
      const shapes = drawChart(chart, { ...frame, height }).map((shape) =>
        shape.kind === 'text' ? { ...shape, line: set(shape.text) } : shape,
      );
      return {
        height: height + 2 * CHART_MARGIN,
        glue: 'none',
        lowered: (by) => (height - by < least ? null : drawn(height - by)),
        paint: (painter, { x, y }) => {
          painter.mark(node, () => {
            for (const shape of shapes) {
              if (shape.kind !== 'text') {
                painter.shape(shape, x + CHART_MARGIN, y + CHART_MARGIN);
                continue;
              }
              const { width } = shape.line;
              const dx = shape.anchor === 'start' ? 0 : shape.anchor === 'middle' ? width / 2 : width;
              const left = x + CHART_MARGIN + shape.x - dx;
              painter.line(shape.line, left, y + CHART_MARGIN + shape.y - 7, 14, CHART_TEXT);
            }
          });
        },
      };
    };
    return drawn(chartHeight(chart, frame));
  }

  private signatures(block: Extract<DocumentBlock, { kind: 'signatures' }>): FlowItem[] {
    const gap = 18;
    const width = (this.width - gap * (block.columns - 1)) / block.columns;
    const rows: FlowItem[] = [];
    for (let first = 0; first < block.slots.length; first += block.columns) {
      const slots = block.slots.slice(first, first + block.columns).map((slot, i) => {
        this.slots.add(slot.slot);
        // A name that fits on one line is not torn apart to fill the line before it.
        const label = slot.label.flatMap((run) => {
          const pieces = this.type.pieces([run], { role: 'body', size: 12 });
          return run.pointer === '' ? pieces : glueWhole(pieces, width);
        });
        const lines = breakLines(label, {
          width,
          indent: 0,
          mode: 'ragged',
        });
        const marks = this.extras.marks[slot.slot] ?? [];
        const signedOn = marks.find((mark) => mark.signedOn !== undefined)?.signedOn;
        const [year, month, day] = (signedOn ?? '').split('-').map(Number);
        const date = this.single(
          year === undefined || month === undefined || day === undefined
            ? '　　　年　　月　　日'
            : `${year}年${month}月${day}日`,
          'body',
          10.5,
        );
        return {
          slot: slot.slot,
          left: i * (width + gap),
          lines,
          marks,
          ...this.inkNotes(marks, width),
          date,
          label: slot.label.map((run) => run.text).join(''),
        };
      });
      const labelHeight = Math.max(...slots.map((slot) => slot.lines.length)) * 19;
      const height = labelHeight + SLOT_HEIGHT + 24;
      rows.push({
        height,
        glue: 'weak',
        paint: (painter, { x, y }) => {
          for (const slot of slots) {
            const left = x + slot.left;
            slot.lines.forEach((line, i) => {
              painter.mark({ tag: 'P', parent: DOCUMENT }, () => {
                painter.line(line, left, y + i * 19, 19, 12);
              });
            });
            painter.artifact(() => {
              painter.rule(left, y + labelHeight + SLOT_HEIGHT, width);
            });
            painter.signature(
              slot.slot,
              slot.marks,
              { x: left, y: y + labelHeight, width, height: SLOT_HEIGHT },
              { tag: 'Figure', parent: DOCUMENT, alt: `${slot.label}的签名` },
            );
            const noteTop = y + labelHeight + SLOT_HEIGHT - slot.notes.length * NOTE_LEADING - 2;
            slot.notes.forEach((line, i) => {
              painter.mark({ tag: 'P', parent: DOCUMENT }, () => {
                painter.line(line, left + slot.noteLeft, noteTop + i * NOTE_LEADING, NOTE_LEADING, NOTE_SIZE);
              });
            });
            painter.mark({ tag: 'P', parent: DOCUMENT }, () => {
              painter.line(slot.date, left + width - slot.date.width, y + labelHeight + SLOT_HEIGHT + 1, 18, 10.5);
            });
          }
        },
      });
    }
    return rows;
  }

  /** Words about ink fill the slot, or keep to the right of handwriting in the same slot. */
  private inkNotes(marks: readonly Mark[], width: number): { notes: BrokenLine<GlyphPiece>[]; noteLeft: number } {
    const noteLeft = marks.some((mark) => mark.kind !== 'ink') ? width * 0.66 : 0;
    const options: BreakOptions = { width: width - noteLeft, indent: 0, mode: 'ragged' };
    const notes = marks.flatMap((mark) =>
      mark.kind === 'ink'
        ? breakLines(this.type.pieces([{ ...LITERAL, text: mark.note }], { role: 'body', size: NOTE_SIZE }), options)
        : [],
    );
    return { notes, noteLeft };
  }

  private seal(lines: readonly (readonly Run[])[], withQr: boolean): FlowItem[] {
    const { size, leading } = this.document.page;
    const set = lines.flatMap((runs) =>
      breakLines(this.type.pieces(runs, { role: 'body', size }), {
        width: this.width - 2 * size,
        indent: 0,
        mode: 'ragged',
      }),
    );
    const width = Math.max(SEAL_DIAMETER, ...set.map((line) => line.width));
    const text = set.length * leading;
    const height = Math.max(text, SEAL_DIAMETER) + 8;
    const left = this.width - width - size;
    const [qr] = withQr ? this.qr() : [];
    return [
      {
        height: Math.max(height, qr?.height ?? 0),
        glue: 'none',
        paint: (painter, place) => {
          const { x, y } = place;
          qr?.paint(painter, { ...place, y: y + Math.max(0, height - qr.height) });
          // 骑年盖月: the seal lies over the committee's name and the date.
          const top = y + (height - text) / 2;
          set.forEach((line, i) => {
            painter.mark({ tag: 'P', parent: DOCUMENT }, () => {
              painter.line(line, x + left + (width - line.width) / 2, top + i * leading, leading, size);
            });
          });
          painter.sealBox(lines[0]?.map((run) => run.text).join('') ?? '', {
            x: x + left + (width - SEAL_DIAMETER) / 2,
            y: y + (height - SEAL_DIAMETER) / 2,
            width: SEAL_DIAMETER,
            height: SEAL_DIAMETER,
          });
        },
      },
    ];
  }

  private entry({ url, caption, code }: EntryCode): FlowItem {
    const { size, leading } = this.document.page;
    const large = size * 1.8;
    const lines = caption.map((text) => this.single(text, 'body', size));
    const digits = this.single(code, 'heading', large);
    const tall = lines.length * leading + large * 1.4;
    const height = Math.max(ENTRY_QR_SIZE, tall) + 8;
    return {
      height,
      glue: 'none',
      paint: (painter, { x, y }) => {
        const box = { x, y: y + 4, width: ENTRY_QR_SIZE, height: ENTRY_QR_SIZE };
        painter.qr(url, box, { tag: 'Figure', parent: DOCUMENT, alt: '查询二维码' });
        const top = y + 4 + Math.max(0, (ENTRY_QR_SIZE - tall) / 2);
        const left = x + ENTRY_QR_SIZE + 14;
        lines.forEach((line, i) => {
          painter.mark({ tag: 'P', parent: DOCUMENT }, () => {
            painter.line(line, left, top + i * leading, leading, size);
          });
        });
        painter.mark({ tag: 'P', parent: DOCUMENT }, () => {
          painter.line(digits, left, top + lines.length * leading, large * 1.4, large);
        });
      },
    };
  }

  private qr(): FlowItem[] {
    const { verification } = this.extras;
    if (verification === undefined) return [];
    if (verification.kind === 'entry') return [this.entry(verification)];
    const code = verification.code.replace(/[^0-9A-Za-z]/g, '').replace(/(.{4})(?=.)/g, '$1-');
    const texts = ['扫码核验真伪', code].map((text) => this.single(text, 'small', SMALL));
    const height = QR_SIZE + 8 + 2 * 13;
    return [
      {
        height,
        glue: 'none',
        paint: (painter, { x, y }) => {
          painter.qr(
            verification.url,
            { x, y: y + 4, width: QR_SIZE, height: QR_SIZE },
            { tag: 'Figure', parent: DOCUMENT, alt: `核验二维码：${verification.url}` },
          );
          texts.forEach((line, i) => {
            painter.mark({ tag: 'P', parent: DOCUMENT }, () => {
              painter.line(line, x, y + 6 + QR_SIZE + i * 13, 13, SMALL);
            });
          });
        },
      },
    ];
  }
}

/** Three lines or fewer stay together; of more, at least two stay on either side of a page end. */
function paragraphGlue(index: number, count: number): Glue {
  if (index === count - 1) return 'none';
  if (count <= 3) return 'strong';
  return index === 0 || index === count - 2 ? 'strong' : 'none';
}

/** Keeps pieces on one line when they fit on one. */
function glueWhole(pieces: readonly GlyphPiece[], width: number): GlyphPiece[] {
  const total = pieces.reduce((sum, piece) => sum + piece.width, 0);
  return total > width ? [...pieces] : pieces.map((piece, i) => (i === 0 ? piece : { ...piece, glued: true }));
}

/** A line of fields breaks between fields: a label keeps its blank, and a short value is not torn apart. */
function glueFields(pieces: readonly GlyphPiece[], width: number): GlyphPiece[] {
  const fields: GlyphPiece[][] = [[]];
  pieces.forEach((piece, i) => {
    const current = fields[fields.length - 1];
    const endsBlank = piece.kind === 'fill' && piece.glued === true;
    current?.push(piece);
    if ((endsBlank && pieces[i + 1]?.kind !== 'space') || (piece.kind === 'space' && pieces[i - 1]?.kind === 'fill'))
      fields.push([]);
  });
  return fields.flatMap((field) => glueWhole(field, width));
}

function glueAll(items: readonly FlowItem[], glue: Glue): FlowItem[] {
  return items.map((item, i) =>
    i < items.length - 1 && item.glue === 'none' && item.isLoose !== true ? { ...item, glue } : item,
  );
}

/** Ties the last two lines, and any space after them, to what follows. */
function glueLastLines(items: FlowItem[]): void {
  let lines = 0;
  for (let i = items.length - 1; i >= 0 && lines < 2; i--) {
    const item = items[i] as FlowItem;
    items[i] = { ...item, glue: 'strong' };
    if (item.isSpace !== true) lines++;
  }
}
