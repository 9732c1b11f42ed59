/**
 * A small reader of PDF syntax (ISO 32000-1 §7.2–7.3) that remembers where every value stands in the file.
 *
 * Why our own: a signature is judged by byte positions (is the hole in /ByteRange exactly the /Contents string?), and a
 * general PDF library neither tells positions nor follows the cross-reference table strictly. Everything here is bounded,
 * because the files come from strangers: depth, number of values and size have limits, and every fault is a PdfSyntaxError.
 */

/** The file breaks the rules of PDF, or is larger or deeper than we are willing to read. */
export class PdfSyntaxError extends Error {
  override readonly name = 'PdfSyntaxError';
}

interface Span {
  /** Offset of the first byte of the value in its source. */
  readonly start: number;
  /** Offset after its last byte. */
  readonly end: number;
}
export type PdfNull = Span & { readonly kind: 'null' };
export type PdfBoolean = Span & { readonly kind: 'boolean'; readonly value: boolean };
export type PdfNumber = Span & { readonly kind: 'number'; readonly value: number; readonly integer: boolean };
export type PdfString = Span & { readonly kind: 'string'; readonly hex: boolean; readonly bytes: Uint8Array };
export type PdfName = Span & { readonly kind: 'name'; readonly value: string };
export type PdfReference = Span & { readonly kind: 'reference'; readonly number: number; readonly generation: number };
export type PdfArray = Span & {
  readonly kind: 'array';
  readonly items: readonly PdfValue[];
  readonly source: Uint8Array;
};
export type PdfDictionary = Span & {
  readonly kind: 'dictionary';
  readonly entries: ReadonlyMap<string, PdfValue>;
  /** A key stands twice: readers disagree which one counts, so nothing that matters may rest on such a dictionary. */
  readonly ambiguous: boolean;
  readonly source: Uint8Array;
};
export type PdfValue = PdfNull | PdfBoolean | PdfNumber | PdfString | PdfName | PdfReference | PdfArray | PdfDictionary;

/** How much one reading may cost in all; shared by every parser opened on the same file. */
export interface ReadingBudget {
  values: number;
  inflatedBytes: number;
}

const MAX_DEPTH = 60;

const isWhite = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0x00;
const isDelimiter = (byte: number): boolean =>
  byte === 0x28 ||
  byte === 0x29 ||
  byte === 0x3c ||
  byte === 0x3e ||
  byte === 0x5b ||
  byte === 0x5d ||
  byte === 0x7b ||
  byte === 0x7d ||
  byte === 0x2f ||
  byte === 0x25;
const isRegular = (byte: number): boolean => !isWhite(byte) && !isDelimiter(byte);
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Value of a hexadecimal digit, or -1. */
export const hexDigit = (byte: number): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  return -1;
};

const ESCAPES: ReadonlyMap<number, number> = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
]);

/** Reads values one after the other from a byte source, beginning at `position`. */
export class PdfParser {
  constructor(
    readonly source: Uint8Array,
    public position: number,
    private readonly budget: ReadingBudget,
  ) {
    if (!Number.isSafeInteger(position) || position < 0 || position > source.length) {
      throw new PdfSyntaxError('offset outside the file');
    }
  }

  private peek(ahead = 0): number {
    return this.source[this.position + ahead] ?? -1;
  }

  /** Skips white space and comments. */
  skipBlank(): void {
    for (;;) {
      const byte = this.peek();
      if (byte === -1) return;
      if (byte === 0x25) {
        while (this.peek() !== -1 && this.peek() !== 0x0a && this.peek() !== 0x0d) this.position++;
      } else if (isWhite(byte)) this.position++;
      else return;
    }
  }

  /** Reads a bare word such as `obj` or `trailer`; the empty string when none stands here. */
  word(): string {
    this.skipBlank();
    const start = this.position;
    while (this.peek() !== -1 && isRegular(this.peek()) && this.position - start < 32) this.position++;
    return String.fromCharCode(...this.source.subarray(start, this.position));
  }

  /** Reads the given word or fails. */
  expectWord(expected: string): void {
    const found = this.word();
    if (found !== expected) throw new PdfSyntaxError(`expected ${expected}`);
  }

  /** Tells whether the word stands here, and steps over it if so. */
  takeWord(expected: string): boolean {
    const before = this.position;
    if (this.word() === expected) return true;
    this.position = before;
    return false;
  }

  /** Reads an unsigned integer or fails. */
  expectInteger(): number {
    this.skipBlank();
    const start = this.position;
    while (isDigit(this.peek()) && this.position - start < 16) this.position++;
    if (this.position === start || (this.peek() !== -1 && isRegular(this.peek()))) {
      throw new PdfSyntaxError('expected an integer');
    }
    return Number(String.fromCharCode(...this.source.subarray(start, this.position)));
  }

  /** Reads one value. */
  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) throw new PdfSyntaxError('nested too deeply');
    if (--this.budget.values < 0) throw new PdfSyntaxError('too many values');
    this.skipBlank();
    const start = this.position;
    const byte = this.peek();
    if (byte === -1) throw new PdfSyntaxError('unexpected end');
    if (byte === 0x2f) return this.name(start);
    if (byte === 0x28) return this.literalString(start);
    if (byte === 0x5b) return this.array(start, depth);
    if (byte === 0x3c) return this.peek(1) === 0x3c ? this.dictionary(start, depth) : this.hexString(start);
    if (isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e) return this.numberOrReference(start);
    const word = this.word();
    if (word === 'true' || word === 'false') {
      return { kind: 'boolean', value: word === 'true', start, end: this.position };
    }
    if (word === 'null') return { kind: 'null', start, end: this.position };
    throw new PdfSyntaxError('unknown word where a value should be');
  }

  private name(start: number): PdfName {
    this.position++;
    const bytes: number[] = [];
    while (this.peek() !== -1 && isRegular(this.peek())) {
      const byte = this.peek();
      if (byte === 0x23 && hexDigit(this.peek(1)) >= 0 && hexDigit(this.peek(2)) >= 0) {
        bytes.push(hexDigit(this.peek(1)) * 16 + hexDigit(this.peek(2)));
        this.position += 3;
      } else {
        bytes.push(byte);
        this.position++;
      }
      if (bytes.length > 1024) throw new PdfSyntaxError('name too long');
    }
    return { kind: 'name', value: Buffer.from(bytes).toString('latin1'), start, end: this.position };
  }

  private literalString(start: number): PdfString {
    this.position++;
    const bytes: number[] = [];
    let open = 1;
    for (;;) {
      const byte = this.peek();
      if (byte === -1) throw new PdfSyntaxError('string without end');
      this.position++;
      if (byte === 0x5c) this.escape(bytes);
      else if (byte === 0x29 && --open === 0) break;
      else {
        if (byte === 0x28) open++;
        bytes.push(byte);
      }
    }
    return { kind: 'string', hex: false, bytes: Uint8Array.from(bytes), start, end: this.position };
  }

  private escape(bytes: number[]): void {
    const byte = this.peek();
    if (byte === -1) throw new PdfSyntaxError('string without end');
    this.position++;
    if (byte >= 0x30 && byte <= 0x37) {
      let code = byte - 0x30;
      for (let digits = 1; digits < 3 && this.peek() >= 0x30 && this.peek() <= 0x37; digits++) {
        code = code * 8 + (this.peek() - 0x30);
        this.position++;
      }
      bytes.push(code & 0xff);
    } else if (byte === 0x0d) {
      if (this.peek() === 0x0a) this.position++;
    } else if (byte !== 0x0a) bytes.push(ESCAPES.get(byte) ?? byte);
  }

  private hexString(start: number): PdfString {
    this.position++;
    const bytes: number[] = [];
    let high = -1;
    for (;;) {
      const byte = this.peek();
      if (byte === -1) throw new PdfSyntaxError('string without end');
      this.position++;
      if (byte === 0x3e) break;
      if (isWhite(byte)) continue;
      const digit = hexDigit(byte);
      if (digit < 0) throw new PdfSyntaxError('not a hexadecimal digit');
      if (high < 0) high = digit;
      else {
        bytes.push(high * 16 + digit);
        high = -1;
      }
    }
    if (high >= 0) bytes.push(high * 16);
    return { kind: 'string', hex: true, bytes: Uint8Array.from(bytes), start, end: this.position };
  }

  private array(start: number, depth: number): PdfArray {
    this.position++;
    const items: PdfValue[] = [];
    for (;;) {
      this.skipBlank();
      if (this.peek() === 0x5d) break;
      items.push(this.value(depth + 1));
    }
    this.position++;
    return { kind: 'array', items, source: this.source, start, end: this.position };
  }

  private dictionary(start: number, depth: number): PdfDictionary {
    this.position += 2;
    const entries = new Map<string, PdfValue>();
    let ambiguous = false;
    for (;;) {
      this.skipBlank();
      if (this.peek() === 0x3e && this.peek(1) === 0x3e) break;
      if (this.peek() !== 0x2f) throw new PdfSyntaxError('expected a key');
      const key = this.name(this.position).value;
      if (entries.has(key)) ambiguous = true;
      entries.set(key, this.value(depth + 1));
    }
    this.position += 2;
    return { kind: 'dictionary', entries, ambiguous, source: this.source, start, end: this.position };
  }

  private number(start: number): PdfNumber {
    let length = 0;
    while (this.peek(length) !== -1 && isRegular(this.peek(length)) && length < 32) length++;
    const text = String.fromCharCode(...this.source.subarray(start, start + length));
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) throw new PdfSyntaxError('malformed number');
    this.position = start + length;
    return { kind: 'number', value: Number(text), integer: /^[+-]?\d+$/.test(text), start, end: this.position };
  }

  private numberOrReference(start: number): PdfNumber | PdfReference {
    const first = this.number(start);
    if (!first.integer || !isDigit(this.source[start] ?? -1)) return first;
    const after = this.position;
    this.skipBlank();
    if (isDigit(this.peek())) {
      const secondStart = this.position;
      while (isDigit(this.peek()) && this.position - secondStart < 6) this.position++;
      const generation = Number(String.fromCharCode(...this.source.subarray(secondStart, this.position)));
      if (isWhite(this.peek())) {
        this.skipBlank();
        if (this.peek() === 0x52 && (this.peek(1) === -1 || !isRegular(this.peek(1)))) {
          this.position++;
          return { kind: 'reference', number: first.value, generation, start, end: this.position };
        }
      }
    }
    this.position = after;
    return first;
  }
}

/** The bytes of a value just as they stand in its source, for copying it unchanged into an update. */
export const rawBytes = (source: Uint8Array, value: Span): Buffer =>
  Buffer.from(source.buffer, source.byteOffset + value.start, value.end - value.start);
