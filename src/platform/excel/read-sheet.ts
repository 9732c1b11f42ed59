import { createRequire } from 'node:module';
import { StringDecoder } from 'node:string_decoder';
import type Saxes from 'saxes';
import type Yauzl from 'yauzl';
import { type Entry, type ZipFile } from 'yauzl';
import { ruleViolation } from '../../kernel';

const load = createRequire(__filename);

/** What one cell holds. Excel keeps long numbers with 15 digits: whoever asks decides what a number may stand for. */
export interface Cell {
  readonly text: string;
  readonly kind: 'text' | 'number' | 'error';
}

export interface ReadRow {
  /** As it is numbered on the left of the table. */
  readonly number: number;
  /** By column, from 0. Empty cells are absent. */
  readonly cells: ReadonlyMap<number, Cell>;
}

interface ReadLimits {
  /** Rows that hold anything. */
  readonly rows: number;
  readonly columns: number;
}

/** Unpacked, of each part that is read: a ledger of 5,000 rows takes a tenth of it. */
const MOST_PART_BYTES = 24 * 1024 * 1024;
const MOST_ENTRIES = 500;
const CELL_CHARACTERS = 32_767;

const POINTER = '/file';
const notAWorkbook = () =>
  ruleViolation(
    'excel.not-a-workbook',
    '这不是 Excel 工作簿（.xlsx），或者文件已损坏、设有密码。请用 Excel 或 WPS 另存为“.xlsx”后再上传。',
    POINTER,
  );
/** Days counted from 1904 would all be four years off. */
const oldCalendar = () =>
  ruleViolation(
    'excel.calendar-of-1904',
    '这个文件的日期从1904年起算，读出来会差四年。请把内容复制到新下载的模板里再上传。',
    POINTER,
  );
const tooLarge = () =>
  ruleViolation(
    'excel.too-large',
    '文件解开后过大，可能有大量带格式的空行。请把有内容的行复制到新下载的模板里，或分成几个文件，再上传。',
    POINTER,
  );

/**
 * The rows of the first sheet of a workbook that came from outside. Only the parts that are needed are unpacked, none
 * beyond a bound, and rows are read while they are unpacked, so that no file can take the memory of the process: the
 * reader of exceljs unpacks without bound. Formulas count by the value that was saved with them.
 *
 * @throws DomainError 422 at `/file`
 */
export async function readSheet(bytes: Buffer, limits: ReadLimits): Promise<ReadRow[]> {
  const archive = await openArchive(bytes);
  try {
    const parts = await directoryOf(archive);
    const workbook = parts.get('xl/workbook.xml');
    const sheet = firstSheet(
      workbook === undefined ? '' : await textOf(archive, workbook),
      await relationsOf(archive, parts),
    );
    const part = sheet === undefined ? undefined : parts.get(sheet);
    if (part === undefined) throw notAWorkbook();
    const strings = parts.get('xl/sharedStrings.xml');
    const shared = strings === undefined ? [] : await readStrings(archive, strings);
    return await readRows(archive, part, shared, limits);
  } finally {
    archive.close();
  }
}

function openArchive(bytes: Buffer): Promise<ZipFile> {
  const { fromBuffer } = load('yauzl') as typeof Yauzl;
  return new Promise((resolve, reject) => {
    fromBuffer(
      bytes,
      { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true },
      (error, archive) => {
        if (error) reject(notAWorkbook());
        else resolve(archive);
      },
    );
  });
}

function directoryOf(archive: ZipFile): Promise<Map<string, Entry>> {
  if (archive.entryCount > MOST_ENTRIES) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const parts = new Map<string, Entry>();
    archive.on('entry', (entry: Entry) => {
      parts.set(entry.fileName, entry);
      archive.readEntry();
    });
    archive.once('end', () => {
      resolve(parts);
    });
    archive.once('error', () => {
      reject(notAWorkbook());
    });
    archive.readEntry();
  });
}

/** Unpacks one part into `take`, piece by piece, and stops at the bound whatever the directory says of its size. */
async function unpack(archive: ZipFile, entry: Entry, take: (text: string) => void): Promise<void> {
  if (entry.uncompressedSize > MOST_PART_BYTES) throw tooLarge();
  if (entry.isEncrypted()) throw notAWorkbook();
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    archive.openReadStream(entry, (error, opened) => {
      if (error) reject(notAWorkbook());
      else resolve(opened);
    });
  });
  const decoder = new StringDecoder('utf8');
  let isOurs = false as boolean;
  try {
    for await (const piece of stream) {
      try {
        take(decoder.write(piece));
      } catch (error) {
        isOurs = true;
        throw error;
      }
      // Other requests come in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } catch (error) {
    // What the archive reader refuses is a file that lies about itself.
    throw isOurs ? error : notAWorkbook();
  }
}

async function textOf(archive: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > 1024 * 1024) throw tooLarge();
  let text = '';
  await unpack(archive, entry, (piece) => (text += piece));
  return text;
}

async function relationsOf(archive: ZipFile, parts: ReadonlyMap<string, Entry>): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  const entry = parts.get('xl/_rels/workbook.xml.rels');
  if (entry === undefined) return targets;
  parse(await textOf(archive, entry), {
    open: ({ name, attributes }) => {
      const { Id: id, Target: target } = attributes;
      if (local(name) === 'Relationship' && id !== undefined && target !== undefined)
        targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
  });
  return targets;
}

function firstSheet(workbook: string, targets: ReadonlyMap<string, string>): string | undefined {
  let found: string | undefined;
  parse(workbook, {
    open: ({ name, attributes }) => {
      if (local(name) === 'workbookPr' && ['1', 'true'].includes(attributes['date1904'] ?? '')) throw oldCalendar();
      if (local(name) !== 'sheet' || found !== undefined) return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      found = id === undefined ? undefined : targets.get(id);
    },
  });
  return found;
}

async function readStrings(archive: ZipFile, entry: Entry): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let isText = false;
  let isPhonetic = false;
  const parser = parserOf({
    open: ({ name }) => {
      const tag = local(name);
      if (tag === 'si') text = '';
      if (tag === 'rPh') isPhonetic = true;
      isText = tag === 't' && !isPhonetic;
    },
    text: (piece) => {
      if (isText && text.length <= CELL_CHARACTERS) text += piece;
    },
    close: (name) => {
      const tag = local(name);
      if (tag === 't') isText = false;
      if (tag === 'rPh') isPhonetic = false;
      if (tag === 'si') strings.push(text);
    },
  });
  await unpack(archive, entry, parser.write);
  parser.end();
  return strings;
}

async function readRows(
  archive: ZipFile,
  entry: Entry,
  shared: readonly string[],
  limits: ReadLimits,
): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  let row = 0;
  let column = -1;
  let cells = new Map<number, Cell>();
  let type = '';
  let value = '';
  let isValue = false;
  const parser = parserOf({
    open: ({ name, attributes }) => {
      const tag = local(name);
      if (tag === 'row') {
        row = attributes['r'] === undefined ? row + 1 : Number(attributes['r']);
        column = -1;
        cells = new Map();
      } else if (tag === 'c') {
        column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']);
        type = attributes['t'] ?? 'n';
        value = '';
      }
      isValue = tag === 'v' || tag === 't';
    },
    text: (piece) => {
      if (isValue && value.length <= CELL_CHARACTERS) value += piece;
    },
    close: (name) => {
      const tag = local(name);
      if (tag === 'v' || tag === 't') isValue = false;
      if (tag === 'c' && column < limits.columns) {
        const cell = cellOf(type, value, shared);
        if (cell !== null) cells.set(column, cell);
      }
      if (tag !== 'row' || cells.size === 0) return;
      if (rows.length >= limits.rows) {
        throw ruleViolation(
          'excel.too-many-rows',
          `一次最多 ${limits.rows} 行（含标题和说明），这个文件超过了。请分成几个文件上传。`,
          POINTER,
        );
      }
      rows.push({ number: row, cells });
    },
  });
  await unpack(archive, entry, parser.write);
  parser.end();
  return rows;
}

function cellOf(type: string, value: string, shared: readonly string[]): Cell | null {
  if (type === 's') return textCell(shared[Number(value)] ?? '');
  if (type === 'e') return { text: value, kind: 'error' };
  if (type === 'b') return { text: value === '1' ? '是' : '否', kind: 'text' };
  if (type === 'n') return value.trim() === '' ? null : { text: value.trim(), kind: 'number' };
  return textCell(value);
}

function textCell(text: string): Cell | null {
  return text.trim() === '' ? null : { text: text.trim(), kind: 'text' };
}

/** `BC12` → 54. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '') column = column * 26 + (letter.charCodeAt(0) - 64);
  return column - 1;
}

interface Listener {
  readonly open: (tag: { readonly name: string; readonly attributes: Readonly<Record<string, string>> }) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** A parser that expands no entities of the document's own and takes damaged markup for no workbook. */
function parserOf({ open, text, close }: Listener): { write: (piece: string) => void; end: () => void } {
  const { SaxesParser } = load('saxes') as typeof Saxes;
  const parser = new SaxesParser();
  parser.on('error', () => {
    throw notAWorkbook();
  });
  parser.on('opentag', ({ name, attributes }) => {
    open({ name, attributes: attributes });
  });
  if (text) parser.on('text', text);
  if (close)
    parser.on('closetag', ({ name }) => {
      close(name);
    });
  return {
    write: (piece) => {
      parser.write(piece);
    },
    end: () => {
      parser.close();
    },
  };
}

function parse(text: string, listener: Listener): void {
  if (text === '') throw notAWorkbook();
  const parser = parserOf(listener);
  parser.write(text);
  parser.end();
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
