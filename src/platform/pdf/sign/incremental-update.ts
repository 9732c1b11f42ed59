import { createHash } from 'node:crypto';
import { PdfReader } from './pdf-reader';
import { PdfArray, PdfDictionary, PdfString, PdfValue, rawBytes } from './pdf-syntax';

/** A piece of PDF source: text (Latin-1), or bytes copied unchanged. */
export type PdfSource = string | Uint8Array;

/** Joins pieces of PDF source. */
export const pdfSource = (...pieces: readonly PdfSource[]): Buffer =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)));

/** Text as a UTF-16BE string with byte-order mark: the only way PDF 1.7 writes Chinese (ISO 32000-1 §7.9.2.2). */
export const pdfText = (text: string): string =>
  `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;

/** A moment in Beijing time, e.g. (D:20260131093000+08'00'). */
export function pdfDate(moment: Date): string {
  const beijing = new Date(moment.getTime() + 8 * 3_600_000).toISOString();
  return `(D:${beijing.slice(0, 19).replace(/[-T:]/g, '')}+08'00')`;
}

/** The dictionary as source, with some entries set anew and all others copied byte for byte. */
export function withEntries(dictionary: PdfDictionary, changed: ReadonlyMap<string, PdfSource>): Buffer {
  const pieces: PdfSource[] = ['<<'];
  for (const [key, value] of dictionary.entries) {
    if (!changed.has(key)) pieces.push(`\n/${escapeName(key)} `, rawBytes(dictionary.source, value));
  }
  for (const [key, value] of changed) pieces.push(`\n/${escapeName(key)} `, value);
  pieces.push('\n>>');
  return pdfSource(...pieces);
}

/** The array as source, with one more item at its end. */
export const withItem = (array: PdfArray, item: PdfSource): Buffer =>
  pdfSource('[', ...array.items.flatMap((old) => [rawBytes(array.source, old), ' ']), item, ']');

const escapeName = (name: string): string =>
  name.replace(
    /[^!-~]|[#()<>[\]{}/%]/g,
    (char) => `#${char.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );

/** The body of an object that the update writes: everything between `obj` and `endobj`. */
export interface WrittenObject {
  readonly number: number;
  readonly generation: number;
  readonly body: PdfSource;
}

/** The updated file, and where each written body begins in it. */
export interface UpdatedFile {
  readonly bytes: Buffer;
  readonly bodyOffsets: ReadonlyMap<number, number>;
}

/** First object number that the file does not use. */
export function nextObjectNumber(reader: PdfReader): number {
  const size = reader.trailer.entries.get('Size');
  let next = size?.kind === 'number' ? size.value : 1;
  for (const section of reader.sections) for (const number of section.entries.keys()) next = Math.max(next, number + 1);
  return next;
}

/**
 * Appends an incremental update (ISO 32000-1 §7.5.6): the original bytes stay as they are, the cross-reference section is of
 * the same kind as the newest one of the file (table or stream), /Root, /Info and the first half of /ID are kept.
 */
export function appendUpdate(reader: PdfReader, objects: readonly WrittenObject[]): UpdatedFile {
  const pieces: Buffer[] = [Buffer.from(reader.bytes)];
  let length = reader.bytes.length;
  const push = (...source: PdfSource[]): void => {
    const piece = pdfSource(...source);
    pieces.push(piece);
    length += piece.length;
  };
  const last = reader.bytes[reader.bytes.length - 1];
  if (last !== 0x0a && last !== 0x0d) push('\n');

  const bodyOffsets = new Map<number, number>();
  const rows = new Map<number, { offset: number; generation: number }>();
  for (const { number, generation, body } of objects) {
    rows.set(number, { offset: length, generation });
    push(`${number} ${generation} obj\n`);
    bodyOffsets.set(number, length);
    push(body, '\nendobj\n');
  }

  const xrefOffset = length;
  const isStream = reader.sections[0]?.kind === 'stream';
  const streamNumber = Math.max(nextObjectNumber(reader), ...[...rows.keys()].map((number) => number + 1));
  const trailer: PdfSource[] = [`/Prev ${reader.startXref}`];
  for (const key of ['Root', 'Info']) {
    const value = reader.trailer.entries.get(key);
    if (value) trailer.push(` /${key} `, rawBytes(reader.trailer.source, value));
  }
  trailer.push(' /ID ', identifier(reader));

  if (isStream) {
    rows.set(streamNumber, { offset: xrefOffset, generation: 0 });
    const data = Buffer.concat(
      sorted(rows).map(([, { offset, generation }]) => {
        const row = Buffer.alloc(7);
        row.writeUInt8(1, 0);
        row.writeUInt32BE(offset, 1);
        row.writeUInt16BE(generation, 5);
        return row;
      }),
    );
    const index = groups(rows).map((group) => `${group.first} ${group.rows.length}`);
    push(
      `${streamNumber} 0 obj\n<< /Type /XRef /W [1 4 2] /Index [${index.join(' ')}] /Size ${streamNumber + 1} `,
      ...trailer,
      ` /Length ${data.length} >>\nstream\n`,
      data,
      '\nendstream\nendobj\n',
    );
  } else {
    push('xref\n');
    for (const group of groups(rows)) {
      push(`${group.first} ${group.rows.length}\n`);
      for (const { offset, generation } of group.rows) {
        push(`${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`);
      }
    }
    push(`trailer\n<< /Size ${streamNumber} `, ...trailer, ' >>\n');
  }
  push(`startxref\n${xrefOffset}\n%%EOF\n`);
  return { bytes: Buffer.concat(pieces), bodyOffsets };
}

/** The first identifier stays for the life of the document, the second names this version (ISO 32000-1 §14.4). */
function identifier(reader: PdfReader): string {
  const version = createHash('sha256').update(reader.bytes).digest('hex').slice(0, 32).toUpperCase();
  const old: PdfValue | undefined = reader.resolve(reader.trailer.entries.get('ID'));
  const first = old?.kind === 'array' ? old.items[0] : undefined;
  return `[<${first?.kind === 'string' ? hexOf(first) : version}> <${version}>]`;
}

const hexOf = (text: PdfString): string => Buffer.from(text.bytes).toString('hex').toUpperCase();

interface Row {
  readonly offset: number;
  readonly generation: number;
}
const sorted = (rows: ReadonlyMap<number, Row>): [number, Row][] => [...rows].sort(([left], [right]) => left - right);

function groups(rows: ReadonlyMap<number, Row>): { first: number; rows: Row[] }[] {
  const found: { first: number; rows: Row[] }[] = [];
  for (const [number, row] of sorted(rows)) {
    const open = found[found.length - 1];
    if (open && open.first + open.rows.length === number) open.rows.push(row);
    else found.push({ first: number, rows: [row] });
  }
  return found;
}
