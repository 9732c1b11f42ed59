import { createHash, webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { OID, derLength } from './asn1';
import { isValidAt, maySignDocuments, parseOwnCertificate } from './certificate';
import { attachTimestamp, encodeSignedData, signData, signatureValue } from './cms-signing';
import { parseSignedData } from './cms-verification';
import {
  PdfSource,
  WrittenObject,
  appendUpdate,
  nextObjectNumber,
  pdfDate,
  pdfSource,
  pdfText,
  withEntries,
  withItem,
} from './incremental-update';
import { PdfPage, PdfReader } from './pdf-reader';
import { PdfDictionary, PdfSyntaxError, PdfValue } from './pdf-syntax';
import { SealInscription, drawSeal } from './seal-artwork';
import { SealingError } from './sealing-error';
import { coverageOf, coveredBytes, findSignatures } from './signature-fields';
import { Signer } from './signer';
import { TimestampAuthority, TimestampError, TimestampErrorCode, requestTimestamp } from './timestamp';

/** Where the seal stands. Points (1/72 inch) from the lower left corner of the page. */
export interface SealBox {
  /** 1 for the first page. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  /** The round seal is as large as the shorter side allows and stands in the middle of the box. */
  readonly w: number;
  readonly h: number;
}

export interface SealOptions {
  readonly signer: Signer;
  /** Left out: the seal carries only the time the signer claims (B-B). */
  readonly tsa?: TimestampAuthority;
  /** Why the paper is sealed, e.g. 人民调解协议书盖章. */
  readonly reason: string;
  readonly location: string;
  /** Who seals, as it should stand in the file; the certificate decides who it was. */
  readonly name: string;
  /** The true present moment; it must lie within the validity of the certificate. */
  readonly signingTime: Date;
  readonly box: SealBox;
  readonly appearance: SealInscription;
}

/** Did the seal get its timestamp, and if not, why. */
export type TimestampOutcome =
  | { readonly obtained: true; readonly time: Date }
  | { readonly obtained: false; readonly reason: 'NOT_CONFIGURED' | TimestampErrorCode; readonly message: string };

export interface SealedPdf {
  readonly pdf: Uint8Array;
  /** SHA-256 of the sealed file, lower-case hexadecimal. */
  readonly sha256: string;
  /** PAdES baseline level: B-T carries a timestamp, B-B does not. */
  readonly level: 'B-B' | 'B-T';
  readonly timestamp: TimestampOutcome;
}

/** Bytes kept free for the CMS: about 4.4 kB without and 8.5 kB with a timestamp are needed, public services bring longer chains. */
export const PLACEHOLDER_BYTES = 16_384;
const RANGE_WIDTH = 48;

const deflated = promisify<Buffer, Buffer>(deflate);

/**
 * Seals a PDF: one certification signature (DocMDP P=1: no change allowed afterwards) of SubFilter ETSI.CAdES.detached, with the
 * red seal as its visible appearance, appended as an incremental update, so that the original bytes stay as they are. The appearance
 * brings no font and its widget is printable, so a PDF/A file stays PDF/A. A timestamp service that does not answer does not prevent
 * sealing: the result is B-B and says so in `timestamp`.
 *
 * Cryptography runs in the thread pool; what remains on the event loop is a few milliseconds (see the timing spec).
 *
 * @param bytes an unsigned, unencrypted PDF
 * @throws SealingError with a code and a Chinese message
 */
export async function sealPdf(bytes: Uint8Array, options: SealOptions): Promise<SealedPdf> {
  await assertMaySeal(options.signer, options.signingTime);
  const reader = openForSealing(bytes);
  const page = pageFor(reader, options.box);
  const appearance = await sealAppearance(options);
  const { objects, signatureNumber, rangeAt, contentsAt } = sealObjects(reader, page, options, appearance);
  const update = appendUpdate(reader, objects);
  const body = update.bodyOffsets.get(signatureNumber) ?? 0;
  const sealed = update.bytes;

  const holeStart = body + contentsAt;
  const holeEnd = holeStart + PLACEHOLDER_BYTES * 2 + 2;
  const range = `[0 ${holeStart} ${holeEnd} ${sealed.length - holeEnd}]`;
  sealed.write(range.padEnd(RANGE_WIDTH), body + rangeAt, 'latin1');

  const covered = coveredBytes(sealed, { holeStart, holeEnd, coveredEnd: sealed.length });
  const digest = new Uint8Array(await webcrypto.subtle.digest('SHA-256', covered));
  const signed = await signData(options.signer, { contentType: OID.data, digest });
  let timestamp: TimestampOutcome = {
    obtained: false,
    reason: 'NOT_CONFIGURED',
    message: '未配置时间戳服务，盖章时间为本机时间。',
  };
  if (options.tsa) {
    try {
      const token = await requestTimestamp(options.tsa, sha256(signatureValue(signed)));
      attachTimestamp(signed, token.der);
      timestamp = { obtained: true, time: token.time };
    } catch (error) {
      if (!(error instanceof TimestampError)) throw error;
      timestamp = { obtained: false, reason: error.code, message: error.message };
    }
  }
  writeContents(sealed, holeStart, encodeSignedData(signed));
  return result(sealed, timestamp);
}

/**
 * Adds the missing timestamp to a B-B seal **before the paper is issued**, in place: the timestamp is an unsigned attribute of the
 * CMS, and /Contents lies outside /ByteRange, so the signature stays what it was, but the bytes (and the hash) of the file change.
 *
 * Never use it on a paper that somebody already holds: an issued file is returned byte for byte for ever. For such a file ask
 * {@link requestTimestamp} for a timestamp over the SHA-256 of the whole file and keep the token beside it; that proves the same
 * moment without touching the paper. (A DocTimeStamp inside the file would be an appended update, which our own seal forbids and
 * our verifier reports.)
 *
 * @throws TimestampError when the service gives no usable timestamp
 * @throws SealingError SEAL_NOT_FOUND, SEAL_ALREADY_TIMESTAMPED, SIGNATURE_TOO_LARGE
 */
export async function timestampBeforeIssue(bytes: Uint8Array, tsa: TimestampAuthority): Promise<SealedPdf> {
  const reader = readOrRefuse(bytes);
  const signatures = findSignatures(reader);
  const [only] = signatures;
  const coverage = only && coverageOf(reader, only.dictionary);
  if (!coverage || typeof coverage === 'string' || signatures.length !== 1) {
    throw new SealingError('SEAL_NOT_FOUND', '文件里没有唯一的一枚电子签章，无法补加时间戳。');
  }
  const contents = only.dictionary.entries.get('Contents');
  const padded = contents?.kind === 'string' ? contents.bytes : new Uint8Array();
  const signed = parseSignedData(padded.subarray(0, Math.max(0, derLength(padded))));
  if (signed.signerInfos[0]?.unsignedAttrs)
    throw new SealingError('SEAL_ALREADY_TIMESTAMPED', '这枚签章已经有时间戳，无须补加。');
  const token = await requestTimestamp(tsa, sha256(signatureValue(signed)));
  attachTimestamp(signed, token.der);
  const sealed = Buffer.from(bytes);
  writeContents(sealed, coverage.holeStart, encodeSignedData(signed), (coverage.holeEnd - coverage.holeStart - 2) / 2);
  return result(sealed, { obtained: true, time: token.time });
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const result = (sealed: Buffer, timestamp: TimestampOutcome): SealedPdf => ({
  pdf: sealed,
  sha256: sha256(sealed).toString('hex'),
  level: timestamp.obtained ? 'B-T' : 'B-B',
  timestamp,
});

async function assertMaySeal(signer: Signer, at: Date): Promise<void> {
  const [own] = await signer.certificateChain();
  if (!own) throw new SealingError('KEY_MISMATCH', '签章密钥没有配套的证书，请连同证书一起配置。');
  const certificate = parseOwnCertificate(own);
  if (at < certificate.notBefore) {
    throw new SealingError('CERTIFICATE_NOT_YET_VALID', '签章证书尚未生效，请核对服务器时间或等证书生效后再盖章。');
  }
  if (!isValidAt(certificate, at))
    throw new SealingError('CERTIFICATE_EXPIRED', '签章证书已过期，请更换证书后再盖章。');
  if (!maySignDocuments(certificate)) {
    throw new SealingError('CERTIFICATE_NOT_FOR_SIGNING', '这张证书不能用于文件签章，请换用签章（签名）证书。');
  }
}

function readOrRefuse(bytes: Uint8Array): PdfReader {
  try {
    return new PdfReader(bytes);
  } catch (error) {
    throw new SealingError('PDF_UNREADABLE', '文件不是完整的 PDF，无法盖章，请重新生成。', { cause: error });
  }
}

function openForSealing(bytes: Uint8Array): PdfReader {
  const reader = readOrRefuse(bytes);
  if (reader.trailer.entries.has('Encrypt')) {
    throw new SealingError('PDF_ENCRYPTED', '文件带有密码保护，无法盖章，请去除密码后再试。');
  }
  try {
    if (findSignatures(reader).length > 0) {
      throw new SealingError('PDF_ALREADY_SIGNED', '文件已有电子签章，不能再盖；如需更正，请作废后重新出具。');
    }
  } catch (error) {
    if (error instanceof SealingError) throw error;
    throw new SealingError('PDF_UNREADABLE', '文件结构不完整，无法盖章，请重新生成。', { cause: error });
  }
  return reader;
}

function pageFor(reader: PdfReader, box: SealBox): PdfPage {
  try {
    const page = reader.pages()[box.page - 1];
    if (!page) throw new SealingError('PAGE_NOT_FOUND', `文件没有第 ${box.page} 页，无法在该页盖章。`);
    const [left, bottom, right, top] = mediaBox(reader, page);
    const inside = box.x >= left && box.y >= bottom && box.x + box.w <= right && box.y + box.h <= top;
    if (!inside || box.w < 20 || box.h < 20) {
      throw new SealingError('BOX_OUTSIDE_PAGE', '盖章位置超出页面或过小，请调整版式。');
    }
    return page;
  } catch (error) {
    if (!(error instanceof PdfSyntaxError)) throw error;
    throw new SealingError('PDF_UNREADABLE', '文件的页面结构不完整，无法盖章，请重新生成。', { cause: error });
  }
}

/** /MediaBox may be inherited from any ancestor of the page (ISO 32000-1 §7.7.3.4). */
function mediaBox(reader: PdfReader, page: PdfPage): [number, number, number, number] {
  let node: PdfDictionary | undefined = page.dictionary;
  for (let depth = 0; node && depth < 50; depth++) {
    const box = reader.resolve(node.entries.get('MediaBox'));
    if (box?.kind === 'array') {
      const [a = 0, b = 0, c = 0, d = 0] = box.items.map((item) => {
        const value = reader.resolve(item);
        return value?.kind === 'number' ? value.value : NaN;
      });
      return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
    }
    const parent: PdfValue | undefined = reader.resolve(node.entries.get('Parent'));
    node = parent?.kind === 'dictionary' ? parent : undefined;
  }
  throw new PdfSyntaxError('page without /MediaBox');
}

async function sealAppearance({ box, appearance }: SealOptions): Promise<Buffer> {
  const side = Math.min(box.w, box.h);
  const seal = await drawSeal(appearance, side);
  const drawing = `q /Ink gs 1 0 0 1 ${decimal((box.w - side) / 2)} ${decimal((box.h - side) / 2)} cm\n${seal}\nQ`;
  const data = await deflated(Buffer.from(drawing, 'latin1'));
  // Multiply lets the text under the seal show through, as ink does; PDF/A-2 and later allow it.
  return pdfSource(
    `<< /Type /XObject /Subtype /Form /FormType 1 /BBox [0 0 ${decimal(box.w)} ${decimal(box.h)}] `,
    '/Resources << /ExtGState << /Ink << /Type /ExtGState /BM /Multiply >> >> >> ',
    `/Filter /FlateDecode /Length ${data.length} >>\nstream\n`,
    data,
    '\nendstream',
  );
}

const decimal = (value: number): string => String(Math.round(value * 1000) / 1000);

interface SealObjects {
  readonly objects: readonly WrittenObject[];
  readonly signatureNumber: number;
  /** Offsets of /ByteRange's and /Contents' values within the body of the signature dictionary. */
  readonly rangeAt: number;
  readonly contentsAt: number;
}

function sealObjects(reader: PdfReader, page: PdfPage, options: SealOptions, appearance: Buffer): SealObjects {
  const signatureNumber = nextObjectNumber(reader);
  const widgetNumber = signatureNumber + 1;
  const formNumber = signatureNumber + 2;
  const fresh = (number: number, body: PdfSource): WrittenObject => ({ number, generation: 0, body });

  const head = '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n/ByteRange ';
  const middle = '\n/Contents ';
  const tail =
    `\n/M ${pdfDate(options.signingTime)}\n/Name ${pdfText(options.name)}\n/Reason ${pdfText(options.reason)}` +
    `\n/Location ${pdfText(options.location)}\n/Reference [<< /Type /SigRef /TransformMethod /DocMDP ` +
    '/TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>] >>';
  const signature = pdfSource(head, ' '.repeat(RANGE_WIDTH), middle, `<${'0'.repeat(PLACEHOLDER_BYTES * 2)}>`, tail);

  const { box } = options;
  const rect = [box.x, box.y, box.x + box.w, box.y + box.h].map(decimal).join(' ');
  // Flags 132: printed and locked; PDF/A asks that an annotation can be seen and printed.
  const widget =
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T (CommitteeSeal) /TU ${pdfText(`${options.name}电子印章`)} /F 132 ` +
    `/Rect [${rect}] /P ${page.reference.number} ${page.reference.generation} R ` +
    `/V ${signatureNumber} 0 R /AP << /N ${formNumber} 0 R >> >>`;

  const { catalog } = reader;
  const catalogChanges = new Map<string, PdfSource>([
    ['Perms', permissions(reader, catalog.dictionary, signatureNumber)],
    ['AcroForm', acroForm(reader, catalog.dictionary, widgetNumber)],
  ]);
  const annotations = reader.resolve(page.dictionary.entries.get('Annots'));
  const pageChanges = new Map<string, PdfSource>([
    ['Annots', annotations?.kind === 'array' ? withItem(annotations, `${widgetNumber} 0 R`) : `[${widgetNumber} 0 R]`],
  ]);
  return {
    signatureNumber,
    rangeAt: head.length,
    contentsAt: head.length + RANGE_WIDTH + middle.length,
    objects: [
      { ...numbered(catalog), body: withEntries(catalog.dictionary, catalogChanges) },
      { ...numbered(page), body: withEntries(page.dictionary, pageChanges) },
      fresh(signatureNumber, signature),
      fresh(widgetNumber, widget),
      fresh(formNumber, appearance),
    ],
  };
}

const numbered = ({ reference }: PdfPage): { number: number; generation: number } => ({
  number: reference.number,
  generation: reference.generation,
});

function permissions(reader: PdfReader, catalog: PdfDictionary, signatureNumber: number): PdfSource {
  const old = reader.resolve(catalog.entries.get('Perms'));
  const docMdp = new Map<string, PdfSource>([['DocMDP', `${signatureNumber} 0 R`]]);
  return old?.kind === 'dictionary' ? withEntries(old, docMdp) : `<< /DocMDP ${signatureNumber} 0 R >>`;
}

/** SigFlags 3: signatures exist, and the file may only be saved by appending. */
function acroForm(reader: PdfReader, catalog: PdfDictionary, widgetNumber: number): PdfSource {
  const old = reader.resolve(catalog.entries.get('AcroForm'));
  if (old?.kind !== 'dictionary') return `<< /Fields [${widgetNumber} 0 R] /SigFlags 3 >>`;
  const fields = reader.resolve(old.entries.get('Fields'));
  return withEntries(
    old,
    new Map<string, PdfSource>([
      ['Fields', fields?.kind === 'array' ? withItem(fields, `${widgetNumber} 0 R`) : `[${widgetNumber} 0 R]`],
      ['SigFlags', '3'],
    ]),
  );
}

function writeContents(sealed: Buffer, holeStart: number, cms: Buffer, room = PLACEHOLDER_BYTES): void {
  if (cms.length > room) {
    throw new SealingError(
      'SIGNATURE_TOO_LARGE',
      `签名数据有 ${cms.length} 字节，超出预留的 ${room} 字节，未盖章。请检查证书链或时间戳服务，并告知系统管理员。`,
    );
  }
  sealed.write(cms.toString('hex').padEnd(room * 2, '0'), holeStart + 1, 'latin1');
}
