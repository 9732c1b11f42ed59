import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { Column, Row } from './sheet';

/** A column of rows that come packed. */
export interface PackedColumn extends Column {
  /** Which cell of a row it shows. */
  readonly place: number;
  /** Words for the values; what has none is shown as it is. */
  readonly names?: Readonly<Record<string, string>>;
}

/** Rows as JSON, as the database can write it: taken apart only where they are put into the sheet. */
export interface PackedPage {
  /** A list of rows, each a list of cells. */
  readonly cells: string;
  /** Lists of further cells, one for each row, which follow those. */
  readonly besides: readonly string[];
}

/** The head of a sheet, as it can be sent to a thread. */
export interface SheetHead {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly PackedColumn[];
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`;
const RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const BOOK_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;
/** Plain, bold, and the bold of the title. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><b/><sz val="14"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`;

/** Every cell of a sheet holds at most so much. */
const MOST_CHARACTERS = 32_767;
const MARKUP = /[&<>]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
// eslint-disable-next-line no-control-regex -- what XML cannot carry
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
/** Would be read as a character of that code. */
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** Letters of a column, 1 is A. */
function letters(column: number): string {
  return column <= 26
    ? String.fromCharCode(64 + column)
    : letters(Math.floor((column - 1) / 26)) + letters(((column - 1) % 26) + 1);
}

const escaped = (text: string): string =>
  text
    .slice(0, MOST_CHARACTERS)
    .replace(UNWRITABLE, '')
    .replace(LOOKS_ESCAPED, '_x005F_')
    .replace(MARKUP, (character) => ENTITIES[character] ?? '');

/** Few cells hold any of it; looking once is cheaper than replacing nothing three times. */
// eslint-disable-next-line no-control-regex -- what XML cannot carry
const UNUSUAL = /[\u0000-\u001F&<>_\uFFFE\uFFFF]/;
const SPACE = 32;

/** A text with what it stands in. Spaces at its ends and line breaks are kept only where that is said. */
function inline(text: string): string {
  const isUnusual = text.length > MOST_CHARACTERS || UNUSUAL.test(text);
  const isSpaced = isUnusual || text.charCodeAt(0) <= SPACE || text.charCodeAt(text.length - 1) <= SPACE;
  return `<is><t${isSpaced ? ' xml:space="preserve"' : ''}>${isUnusual ? escaped(text) : text}</t></is>`;
}

type Cell = Row[number];

interface Part {
  readonly name: string;
  readonly offset: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

const LOCAL = 0x04034b50;
const SIZES_FOLLOW = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Sizes come after the data, names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1980-01-01: a file says when it was made in its title, not here. */
const DAY = 0x21;

/**
 * A workbook of one sheet, written from the first byte to the last without going back: text in the cells themselves, numbers
 * as numbers, lightly packed. Some parts of a workbook it cannot have; those are written by exceljs.
 */
export class XlsxWriter {
  private readonly parts: Part[] = [];
  private offset = 0;
  private row = 0;
  /** Of the sheet, the only part that is written piece by piece. */
  private sheet = { offset: 0, crc: 0, packed: 0, size: 0 };
  private readonly names: readonly string[];

  constructor(private readonly head: SheetHead) {
    this.names = Array.from({ length: head.columns.length + 1 }, (_, i) => letters(i + 1));
  }

  /** What stands before the first row: can be sent before a row is known. */
  begin(): Buffer {
    const { name, title, columns } = this.head;
    const sheetName = escaped(name).replaceAll('"', '&quot;');
    const small = [
      this.part('[Content_Types].xml', CONTENT_TYPES),
      this.part('_rels/.rels', RELATIONS),
      this.part(
        'xl/workbook.xml',
        `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${sheetName}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ),
      this.part('xl/_rels/workbook.xml.rels', BOOK_RELATIONS),
      this.part('xl/styles.xml', STYLES),
    ];
    this.sheet = { ...this.sheet, offset: this.offset };
    const local = this.counted(localHeader('xl/worksheets/sheet1.xml'));
    const widths = [6, ...columns.map(({ width }) => width)];
    const begun = this.pack(
      `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths
        .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
        .join('')}</cols><sheetData>${this.line([title], 2)}${this.line(['序号', ...columns.map((c) => c.header)], 1)}`,
    );
    return Buffer.concat([...small, local, begun]);
  }

  /** The next rows, numbered. */
  page({ cells, besides }: PackedPage): Buffer {
    const rows = JSON.parse(cells) as Cell[][];
    const lists = besides.map((list) => JSON.parse(list) as Cell[]);
    const { columns } = this.head;
    let text = '';
    rows.forEach((row, i) => {
      for (const list of lists) row.push(list[i] ?? null);
      const shown: Cell[] = [this.row - 1];
      for (const { place, names } of columns) {
        const value = row[place] ?? null;
        shown.push(typeof value === 'string' && names !== undefined ? (names[value] ?? value) : value);
      }
      text += this.line(shown);
    });
    return this.pack(text);
  }

  end(notes: readonly string[]): Buffer {
    const last = this.names.at(-1) ?? 'A';
    const text = `${['', ...notes].map((note) => this.line([note])).join('')}</sheetData><mergeCells count="1"><mergeCell ref="A1:${last}1"/></mergeCells></worksheet>`;
    const rest = this.pack(text, true);
    const { crc, packed, size, offset } = this.sheet;
    const sizes = this.counted(descriptor(crc, packed, size));
    this.parts.push({ name: 'xl/worksheets/sheet1.xml', offset, crc, packed, size });
    const begin = this.offset;
    const central = this.parts.map((part) => this.counted(centralHeader(part)));
    const end = Buffer.alloc(22);
    end.writeUInt32LE(END, 0);
    end.writeUInt16LE(this.parts.length, 8);
    end.writeUInt16LE(this.parts.length, 10);
    end.writeUInt32LE(this.offset - begin, 12);
    end.writeUInt32LE(begin, 16);
    return Buffer.concat([rest, sizes, ...central, end]);
  }

  private line(cells: Row, style = 0): string {
    this.row += 1;
    const row = String(this.row);
    const look = style === 0 ? '' : ` s="${style}"`;
    let text = `<row r="${row}">`;
    for (let i = 0; i < cells.length; i += 1) {
      const cell = cells[i];
      if (cell === null || cell === undefined || cell === '') continue;
      const place = `<c r="${this.names[i] ?? letters(i + 1)}${row}"${look}`;
      text += typeof cell === 'number' ? `${place}><v>${cell}</v></c>` : `${place} t="inlineStr">${inline(cell)}</c>`;
    }
    return `${text}</row>`;
  }

  /** A whole part at once. */
  private part(name: string, text: string): Buffer {
    const offset = this.offset;
    const bytes = Buffer.from(text);
    const packed = deflateRawSync(bytes, { level: 1 });
    const crc = crc32(bytes);
    this.parts.push({ name, offset, crc, packed: packed.length, size: bytes.length });
    return this.counted(Buffer.concat([localHeader(name), packed, descriptor(crc, packed.length, bytes.length)]));
  }

  /** A piece of the sheet, ended on a byte so that the next can follow. */
  private pack(text: string, isLast = false): Buffer {
    const bytes = Buffer.from(text);
    const packed = deflateRawSync(bytes, {
      level: 1,
      finishFlush: isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    });
    const { crc, packed: before, size, offset } = this.sheet;
    this.sheet = { offset, crc: crc32(bytes, crc), packed: before + packed.length, size: size + bytes.length };
    return this.counted(packed);
  }

  private counted(bytes: Buffer): Buffer {
    this.offset += bytes.length;
    return bytes;
  }
}

function localHeader(name: string): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(LOCAL, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DEFLATED, 8);
  header.writeUInt16LE(DAY, 12);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

function descriptor(crc: number, packed: number, size: number): Buffer {
  const after = Buffer.alloc(16);
  after.writeUInt32LE(SIZES_FOLLOW, 0);
  after.writeUInt32LE(crc, 4);
  after.writeUInt32LE(packed, 8);
  after.writeUInt32LE(size, 12);
  return after;
}

function centralHeader({ name, offset, crc, packed, size }: Part): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(CENTRAL, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(FLAGS, 8);
  header.writeUInt16LE(DEFLATED, 10);
  header.writeUInt16LE(DAY, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packed, 20);
  header.writeUInt32LE(size, 24);
  header.writeUInt16LE(Buffer.byteLength(name), 28);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, Buffer.from(name)]);
}
