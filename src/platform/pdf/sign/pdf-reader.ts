import { inflateSync } from 'node:zlib';
import { PdfDictionary, PdfParser, PdfReference, PdfSyntaxError, PdfValue, ReadingBudget } from './pdf-syntax';

/** Larger files are refused before anything of them is read. */
export const MAX_PDF_BYTES = 100 * 1024 * 1024;
const MAX_SECTIONS = 200;
const MAX_ENTRIES = 500_000;
const MAX_PAGES = 20_000;

export type XrefEntry =
  | { readonly type: 'free' }
  | { readonly type: 'file'; readonly offset: number; readonly generation: number }
  | { readonly type: 'compressed'; readonly container: number; readonly index: number };

/** One cross-reference section: what one saving of the file wrote. */
export interface XrefSection {
  readonly kind: 'table' | 'stream';
  readonly trailer: PdfDictionary;
  readonly entries: ReadonlyMap<number, XrefEntry>;
}

/** An indirect object as it stands at one place of the file. */
export interface IndirectObject {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfValue;
  /** Set for a stream: where its bytes begin. Their number is /Length. */
  readonly streamStart?: number;
}

/** A page with the reference that names it. */
export interface PdfPage {
  readonly reference: PdfReference;
  readonly dictionary: PdfDictionary;
}

/**
 * Reads a PDF by its cross-reference sections, strictly: what the newest section does not name is not there.
 *
 * @throws PdfSyntaxError for every file it cannot follow; never loops, never reads beyond its budget.
 */
export class PdfReader {
  /** Newest first. */
  readonly sections: readonly XrefSection[];
  /** Where the newest cross-reference section begins. */
  readonly startXref: number;
  private readonly budget: ReadingBudget = { values: 3_000_000, inflatedBytes: 64 * 1024 * 1024 };
  private readonly current = new Map<number, XrefEntry>();
  private readonly loaded = new Map<number, IndirectObject | null>();
  private readonly loading = new Set<number>();
  private readonly containers = new Map<number, { bytes: Uint8Array; first: number; index: [number, number][] }>();

  constructor(readonly bytes: Uint8Array) {
    if (bytes.length > MAX_PDF_BYTES) throw new PdfSyntaxError('file too large');
    if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-') throw new PdfSyntaxError('not a PDF');
    this.startXref = this.findStartXref();
    this.sections = this.readSections();
    for (const section of this.sections) {
      for (const [number, entry] of section.entries) if (!this.current.has(number)) this.current.set(number, entry);
    }
  }

  /** The newest trailer. */
  get trailer(): PdfDictionary {
    const newest = this.sections[0];
    if (!newest) throw new PdfSyntaxError('no cross-reference section');
    return newest.trailer;
  }

  /** The document catalog and the reference to it. */
  get catalog(): PdfPage {
    const reference = this.trailer.entries.get('Root');
    if (reference?.kind !== 'reference') throw new PdfSyntaxError('no /Root');
    return { reference, dictionary: this.dictionary(reference, 'catalog') };
  }

  /** Follows a reference to its value; an absent object is null, as ISO 32000-1 §7.3.10 says. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    let found = value;
    for (let steps = 0; found?.kind === 'reference'; steps++) {
      if (steps > 16) throw new PdfSyntaxError('chain of references');
      found = this.object(found.number, found.generation)?.value;
    }
    return found;
  }

  /** Follows a reference and insists on a dictionary; `what` names it in the error. */
  dictionary(value: PdfValue | undefined, what: string): PdfDictionary {
    const found = this.resolve(value);
    if (found?.kind !== 'dictionary') throw new PdfSyntaxError(`${what} is not a dictionary`);
    return found;
  }

  /** The current version of an object, or null when the file has none. */
  object(number: number, generation = 0): IndirectObject | null {
    const known = this.loaded.get(number);
    if (known !== undefined) return known;
    if (this.loading.has(number)) throw new PdfSyntaxError('object needs itself');
    this.loading.add(number);
    try {
      const entry = this.current.get(number);
      let found: IndirectObject | null = null;
      if (entry?.type === 'file') found = this.objectAt(entry.offset, number, generation);
      else if (entry?.type === 'compressed') found = this.compressedObject(entry.container, entry.index, number);
      this.loaded.set(number, found);
      return found;
    } finally {
      this.loading.delete(number);
    }
  }

  /** Reads the object that must stand at the offset. */
  objectAt(offset: number, number: number, generation?: number): IndirectObject {
    const parser = new PdfParser(this.bytes, offset, this.budget);
    if (parser.expectInteger() !== number) throw new PdfSyntaxError('another object stands here');
    const foundGeneration = parser.expectInteger();
    if (generation !== undefined && foundGeneration !== generation) throw new PdfSyntaxError('another generation');
    parser.expectWord('obj');
    const value = parser.value();
    if (value.kind === 'dictionary' && parser.takeWord('stream')) {
      if (this.bytes[parser.position] === 0x0d) parser.position++;
      if (this.bytes[parser.position] === 0x0a) parser.position++;
      return { number, generation: foundGeneration, value, streamStart: parser.position };
    }
    parser.expectWord('endobj');
    return { number, generation: foundGeneration, value };
  }

  /** The pages in reading order. */
  pages(): PdfPage[] {
    const pages: PdfPage[] = [];
    const seen = new Set<number>();
    const visit = (node: PdfValue | undefined, depth: number): void => {
      if (node?.kind !== 'reference' || seen.has(node.number) || depth > 50)
        throw new PdfSyntaxError('page tree broken');
      seen.add(node.number);
      const dictionary = this.dictionary(node, 'page');
      const kids = this.resolve(dictionary.entries.get('Kids'));
      if (kids?.kind === 'array') for (const kid of kids.items) visit(kid, depth + 1);
      else if (pages.push({ reference: node, dictionary }) > MAX_PAGES) throw new PdfSyntaxError('too many pages');
    };
    visit(this.catalog.dictionary.entries.get('Pages'), 0);
    return pages;
  }

  private findStartXref(): number {
    const tailStart = Math.max(0, this.bytes.length - 1024);
    const tail = Buffer.from(this.bytes.subarray(tailStart)).toString('latin1');
    const at = tail.lastIndexOf('startxref');
    if (at < 0) throw new PdfSyntaxError('no startxref');
    return new PdfParser(this.bytes, tailStart + at + 'startxref'.length, this.budget).expectInteger();
  }

  private readSections(): XrefSection[] {
    const sections: XrefSection[] = [];
    const seen = new Set<number>();
    const queue = [this.startXref];
    let entries = 0;
    for (let offset = queue.shift(); offset !== undefined; offset = queue.shift()) {
      if (seen.has(offset)) throw new PdfSyntaxError('cross-reference sections form a circle');
      seen.add(offset);
      if (seen.size > MAX_SECTIONS) throw new PdfSyntaxError('too many cross-reference sections');
      const section = this.readSection(offset);
      entries += section.entries.size;
      if (entries > MAX_ENTRIES) throw new PdfSyntaxError('too many objects');
      sections.push(section);
      // A hybrid file keeps the objects hidden from old readers in a stream that ranks right after its table.
      const hybrid = section.kind === 'table' ? section.trailer.entries.get('XRefStm') : undefined;
      if (hybrid?.kind === 'number') {
        const hidden = this.readSection(hybrid.value);
        entries += hidden.entries.size;
        sections.push(hidden);
      }
      const previous = section.trailer.entries.get('Prev');
      if (previous?.kind === 'number') queue.push(previous.value);
    }
    return sections;
  }

  private readSection(offset: number): XrefSection {
    const parser = new PdfParser(this.bytes, offset, this.budget);
    return parser.takeWord('xref') ? this.readTable(parser) : this.readStreamSection(offset);
  }

  private readTable(parser: PdfParser): XrefSection {
    const entries = new Map<number, XrefEntry>();
    while (!parser.takeWord('trailer')) {
      const first = parser.expectInteger();
      const count = parser.expectInteger();
      if (count > MAX_ENTRIES) throw new PdfSyntaxError('too many objects');
      for (let i = 0; i < count; i++) {
        const offset = parser.expectInteger();
        const generation = parser.expectInteger();
        const type = parser.word();
        if (type === 'n') entries.set(first + i, { type: 'file', offset, generation });
        else if (type === 'f') entries.set(first + i, { type: 'free' });
        else throw new PdfSyntaxError('malformed cross-reference entry');
      }
    }
    const trailer = parser.value();
    if (trailer.kind !== 'dictionary') throw new PdfSyntaxError('no trailer');
    return { kind: 'table', trailer, entries };
  }

  private readStreamSection(offset: number): XrefSection {
    const number = new PdfParser(this.bytes, offset, this.budget).expectInteger();
    const stream = this.objectAt(offset, number);
    const trailer = stream.value;
    if (trailer.kind !== 'dictionary' || stream.streamStart === undefined)
      throw new PdfSyntaxError('no cross-reference');
    const integers = (key: string): number[] | undefined => {
      const value = trailer.entries.get(key);
      if (value?.kind !== 'array') return undefined;
      return value.items.map((item) => {
        if (item.kind !== 'number' || !item.integer || item.value < 0) throw new PdfSyntaxError(`malformed /${key}`);
        return item.value;
      });
    };
    const widths = integers('W') ?? [];
    const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
    if (widths.length !== 3 || widths.some((width) => width > 7)) throw new PdfSyntaxError('malformed /W');
    const size = trailer.entries.get('Size');
    const index = integers('Index') ?? [0, size?.kind === 'number' ? size.value : 0];
    // The stream must not lean on other objects: they are found only through it.
    const data = this.streamBytes(stream, false);
    const rowLength = typeWidth + secondWidth + thirdWidth;
    const field = (at: number, width: number): number => {
      let value = 0;
      for (let i = 0; i < width; i++) value = value * 256 + (data[at + i] ?? 0);
      return value;
    };
    const entries = new Map<number, XrefEntry>();
    let at = 0;
    for (let pair = 0; pair + 1 < index.length; pair += 2) {
      const first = index[pair] ?? 0;
      const count = index[pair + 1] ?? 0;
      if (count * rowLength > data.length) throw new PdfSyntaxError('cross-reference stream too short');
      for (let i = 0; i < count; i++, at += rowLength) {
        if (at + rowLength > data.length) throw new PdfSyntaxError('cross-reference stream too short');
        const type = typeWidth === 0 ? 1 : field(at, typeWidth);
        const second = field(at + typeWidth, secondWidth);
        const third = field(at + typeWidth + secondWidth, thirdWidth);
        if (type === 1) entries.set(first + i, { type: 'file', offset: second, generation: third });
        else if (type === 2) entries.set(first + i, { type: 'compressed', container: second, index: third });
        else entries.set(first + i, { type: 'free' });
      }
    }
    return { kind: 'stream', trailer, entries };
  }

  /** The decoded bytes of a stream that carries structure (Flate or none, PNG predictors); images are never decoded. */
  private streamBytes(stream: IndirectObject, mayResolve: boolean): Uint8Array {
    const { value: dictionary, streamStart } = stream;
    if (dictionary.kind !== 'dictionary' || streamStart === undefined) throw new PdfSyntaxError('not a stream');
    const get = (key: string): PdfValue | undefined => {
      const value = dictionary.entries.get(key);
      return mayResolve ? this.resolve(value) : value;
    };
    const only = (value: PdfValue | undefined): PdfValue | undefined => {
      if (value?.kind !== 'array') return value;
      if (value.items.length > 1) throw new PdfSyntaxError('filter not supported');
      return value.items[0];
    };
    const length = get('Length');
    if (length?.kind !== 'number' || length.value < 0 || streamStart + length.value > this.bytes.length) {
      throw new PdfSyntaxError('malformed /Length');
    }
    const raw = this.bytes.subarray(streamStart, streamStart + length.value);
    const filter = only(get('Filter'));
    if (filter === undefined || filter.kind === 'null') return raw;
    if (filter.kind !== 'name' || filter.value !== 'FlateDecode') throw new PdfSyntaxError('filter not supported');
    let inflated: Uint8Array;
    try {
      inflated = inflateSync(raw, { maxOutputLength: Math.max(1, this.budget.inflatedBytes) });
    } catch {
      throw new PdfSyntaxError('stream cannot be inflated');
    }
    this.budget.inflatedBytes -= inflated.length;
    const parameters = only(get('DecodeParms'));
    if (parameters?.kind !== 'dictionary') return inflated;
    const parameter = (key: string, otherwise: number): number => {
      const value = parameters.entries.get(key);
      return value?.kind === 'number' ? value.value : otherwise;
    };
    const predictor = parameter('Predictor', 1);
    if (predictor === 1) return inflated;
    if (predictor < 10 || parameter('Colors', 1) !== 1 || parameter('BitsPerComponent', 8) !== 8) {
      throw new PdfSyntaxError('predictor not supported');
    }
    return undoPngPrediction(inflated, parameter('Columns', 1));
  }

  private compressedObject(containerNumber: number, index: number, number: number): IndirectObject {
    let container = this.containers.get(containerNumber);
    if (!container) {
      const entry = this.current.get(containerNumber);
      if (entry?.type !== 'file') throw new PdfSyntaxError('object stream missing');
      const stream = this.objectAt(entry.offset, containerNumber);
      const bytes = this.streamBytes(stream, true);
      const dictionary = this.dictionary(stream.value, 'object stream');
      const count = this.resolve(dictionary.entries.get('N'));
      const first = this.resolve(dictionary.entries.get('First'));
      if (count?.kind !== 'number' || first?.kind !== 'number' || count.value > MAX_ENTRIES) {
        throw new PdfSyntaxError('malformed object stream');
      }
      const parser = new PdfParser(bytes, 0, this.budget);
      const pairs: [number, number][] = [];
      for (let i = 0; i < count.value; i++) pairs.push([parser.expectInteger(), parser.expectInteger()]);
      container = { bytes, first: first.value, index: pairs };
      this.containers.set(containerNumber, container);
    }
    const pair = container.index[index];
    if (pair?.[0] !== number) throw new PdfSyntaxError('object not in its stream');
    const value = new PdfParser(container.bytes, container.first + pair[1], this.budget).value();
    return { number, generation: 0, value };
  }
}

/** Undoes the PNG row filters (RFC 2083 §6) of a stream with one byte a pixel. */
function undoPngPrediction(data: Uint8Array, columns: number): Uint8Array {
  if (!Number.isInteger(columns) || columns < 1 || columns > 1024) throw new PdfSyntaxError('predictor not supported');
  const rows = Math.floor(data.length / (columns + 1));
  const output = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const filter = data[row * (columns + 1)] ?? 0;
    for (let column = 0; column < columns; column++) {
      const raw = data[row * (columns + 1) + 1 + column] ?? 0;
      const left = column > 0 ? (output[row * columns + column - 1] ?? 0) : 0;
      const up = row > 0 ? (output[(row - 1) * columns + column] ?? 0) : 0;
      const upLeft = row > 0 && column > 0 ? (output[(row - 1) * columns + column - 1] ?? 0) : 0;
      output[row * columns + column] = (raw + predicted(filter, left, up, upLeft)) & 0xff;
    }
  }
  return output;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const estimate = left + up - upLeft;
      const [dl, du, dul] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
      return dl <= du && dl <= dul ? left : du <= dul ? up : upLeft;
    }
    default:
      throw new PdfSyntaxError('unknown row filter');
  }
}
