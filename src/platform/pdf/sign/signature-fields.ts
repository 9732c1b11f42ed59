import { derLength } from './asn1';
import { PdfReader } from './pdf-reader';
import { PdfDictionary, PdfString, PdfSyntaxError, PdfValue, hexDigit } from './pdf-syntax';

/** A signature dictionary found in a file. */
export interface FoundSignature {
  readonly dictionary: PdfDictionary;
  /** Number of its indirect object, when it is one. */
  readonly objectNumber?: number;
  /** Full name of the form field that shows it. */
  readonly fieldName?: string;
  /** A field of the newest version of the file shows it. False: a later saving removed or replaced it. */
  readonly isCurrent: boolean;
}

const MAX_FIELDS = 10_000;

/**
 * All signature dictionaries: those the form fields of the newest version show, and those that earlier versions held. The latter
 * matter because a removed signature is a sign of tampering, not an unsigned file.
 *
 * @throws PdfSyntaxError when the structure cannot be followed
 */
export function findSignatures(reader: PdfReader): FoundSignature[] {
  const found: FoundSignature[] = [];
  const seen = new Set<PdfDictionary>();
  const seenOffsets = new Set<number>();
  const add = (signature: FoundSignature): void => {
    const { dictionary } = signature;
    const inFile = dictionary.source === reader.bytes;
    if (seen.has(dictionary) || (inFile && seenOffsets.has(dictionary.start))) return;
    seen.add(dictionary);
    if (inFile) seenOffsets.add(dictionary.start);
    found.push(signature);
  };
  for (const field of signatureFields(reader)) add(field);
  for (const section of reader.sections) {
    for (const [number, entry] of section.entries) {
      if (entry.type !== 'file') continue;
      const value = readable(reader, entry.offset, number);
      if (value && looksLikeSignature(value)) add({ dictionary: value, objectNumber: number, isCurrent: false });
    }
  }
  return found;
}

/** Objects that do not parse hide nothing a viewer would show as a signature; the fields were read strictly before. */
function readable(reader: PdfReader, offset: number, number: number): PdfDictionary | undefined {
  try {
    const { value } = reader.objectAt(offset, number);
    return value.kind === 'dictionary' ? value : undefined;
  } catch (error) {
    if (error instanceof PdfSyntaxError) return undefined;
    throw error;
  }
}

function looksLikeSignature(dictionary: PdfDictionary): boolean {
  const type = dictionary.entries.get('Type');
  const named = type?.kind === 'name' && (type.value === 'Sig' || type.value === 'DocTimeStamp');
  return (named || dictionary.entries.has('ByteRange')) && dictionary.entries.has('Contents');
}

function signatureFields(reader: PdfReader): FoundSignature[] {
  const form = reader.resolve(reader.catalog.dictionary.entries.get('AcroForm'));
  if (form?.kind !== 'dictionary') return [];
  const found: FoundSignature[] = [];
  const seen = new Set<number>();
  const visit = (node: PdfValue, inheritedType: string | undefined, parentName: string, depth: number): void => {
    if (depth > 30 || seen.size > MAX_FIELDS) throw new PdfSyntaxError('form fields nested too deeply');
    if (node.kind === 'reference') {
      if (seen.has(node.number)) return;
      seen.add(node.number);
    }
    const field = reader.resolve(node);
    if (field?.kind !== 'dictionary') return;
    const ownType = reader.resolve(field.entries.get('FT'));
    const type = ownType?.kind === 'name' ? ownType.value : inheritedType;
    const ownName = reader.resolve(field.entries.get('T'));
    const name = [parentName, ownName?.kind === 'string' ? textOf(ownName) : '']
      .filter((part) => part !== '')
      .join('.');
    const value = field.entries.get('V');
    const dictionary = reader.resolve(value);
    if (type === 'Sig' && dictionary?.kind === 'dictionary') {
      const objectNumber = value?.kind === 'reference' ? value.number : undefined;
      found.push({ dictionary, objectNumber, fieldName: name, isCurrent: true });
    }
    const kids = reader.resolve(field.entries.get('Kids'));
    if (kids?.kind === 'array') for (const kid of kids.items) visit(kid, type, name, depth + 1);
  };
  const fields = reader.resolve(form.entries.get('Fields'));
  if (fields?.kind === 'array') for (const field of fields.items) visit(field, undefined, '', 0);
  return found;
}

/** A text string: UTF-16BE with byte-order mark, UTF-8 with its mark (PDF 2.0), else PDFDocEncoding read as Latin-1. */
export function textOf(value: PdfString): string {
  const bytes = Buffer.from(value.bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return bytes
      .subarray(2, bytes.length - (bytes.length % 2))
      .swap16()
      .toString('utf16le');
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString('utf8');
  return bytes.toString('latin1');
}

/** A PDF date (ISO 32000-1 §7.9.4), or undefined when it is malformed. */
export function dateOf(value: PdfString): Date | undefined {
  const parts = /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)|([+-])(\d{2})'?(\d{2})?'?)?/.exec(
    textOf(value),
  );
  if (!parts) return undefined;
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    ,
    sign,
    offsetHour,
    offsetMinute,
  ] = parts;
  const zone = sign && offsetHour ? `${sign}${offsetHour}:${offsetMinute ?? '00'}` : 'Z';
  const moment = new Date(`${year ?? ''}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** Where a signature leaves its hole: the two covered ranges are [0, holeStart) and [holeEnd, coveredEnd). */
export interface Coverage {
  readonly holeStart: number;
  readonly holeEnd: number;
  readonly coveredEnd: number;
}

/**
 * Judges /ByteRange against /Contents: begins at byte 0, and the hole is exactly the hexadecimal string, written in one way only
 * (no blanks, one case). So nothing outside the signature value is left unsigned.
 *
 * @returns the coverage, or in Chinese what is wrong
 */
export function coverageOf(reader: PdfReader, dictionary: PdfDictionary): Coverage | string {
  if (dictionary.source !== reader.bytes || dictionary.ambiguous) return '签章字典不规范';
  const contents = dictionary.entries.get('Contents');
  const range = dictionary.entries.get('ByteRange');
  if (contents?.kind !== 'string' || !contents.hex) return '签名值不是直接写在签章字典里的';
  if (range?.kind !== 'array' || range.items.length !== 4) return '签章范围（ByteRange）不规范';
  const numbers = range.items.map((item) =>
    item.kind === 'number' && item.integer && item.value >= 0 ? item.value : NaN,
  );
  const [start = NaN, firstLength = NaN, second = NaN, secondLength = NaN] = numbers;
  if (start !== 0) return '签章范围没有从文件开头算起';
  if (firstLength !== contents.start || second !== contents.end)
    return '签章范围的空缺处不恰好是签名值，留有未受保护的内容';
  const coveredEnd = second + secondLength;
  if (!(coveredEnd <= reader.bytes.length)) return '签章范围超出文件，文件不完整';
  if (!isUniformHex(reader.bytes.subarray(contents.start + 1, contents.end - 1))) return '签名值的写法不规范';
  return { holeStart: contents.start, holeEnd: contents.end, coveredEnd };
}

/** Digits and letters of one case only: otherwise a flipped bit could change a byte of the file but not its meaning. */
function isUniformHex(bytes: Uint8Array): boolean {
  let lower = false;
  let upper = false;
  for (const byte of bytes) {
    if (hexDigit(byte) < 0) return false;
    if (byte >= 0x61) lower = true;
    else if (byte >= 0x41) upper = true;
  }
  return bytes.length % 2 === 0 && !(lower && upper);
}

/** The bytes a signature covers, joined. */
export const coveredBytes = (bytes: Uint8Array, { holeStart, holeEnd, coveredEnd }: Coverage): Buffer =>
  Buffer.concat([bytes.subarray(0, holeStart), bytes.subarray(holeEnd, coveredEnd)]);

/** The DER in /Contents; what follows it must be zeros, or bytes could hide there. */
export function signatureDer(dictionary: PdfDictionary): Uint8Array | string {
  const contents = dictionary.entries.get('Contents');
  const bytes = contents?.kind === 'string' ? contents.bytes : new Uint8Array();
  const length = derLength(bytes);
  if (length < 0 || length > bytes.length) return '签名值已损坏';
  if (bytes.subarray(length).some((byte) => byte !== 0)) return '签名值后面夹带了其他内容';
  return bytes.subarray(0, length);
}
