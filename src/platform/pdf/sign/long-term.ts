import { OID } from './asn1';
import { ParsedCertificate, findChain, parseCertificate } from './certificate';
import { CheckOutcome } from './check';
import { verifySignedData } from './cms-verification';
import { PdfSource, WrittenObject, appendUpdate, nextObjectNumber, pdfSource, withEntries } from './incremental-update';
import { PdfReader } from './pdf-reader';
import { PdfDictionary, PdfSyntaxError } from './pdf-syntax';
import { RevocationKind, RevocationStanding, ocspQuestion, revocationAddresses, standingOf } from './revocation';
import { FoundSignature, coverageOf, findSignatures, signatureDer } from './signature-fields';
import { verifySignatureTimestamp } from './timestamp';

/** What proves a signature years on, when its authorities may no longer answer. DER. */
export interface ValidationData {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
}

const KINDS = [
  ['Certs', 'certificates'],
  ['CRLs', 'crls'],
  ['OCSPs', 'ocsps'],
] as const;

/** More than a chain and its timestamp's ever need. */
const MAX_ITEMS = 64;

/**
 * The sealed file with one incremental update behind it that holds the validation data and nothing else: a document security
 * store (ISO 32000-2 §12.8.4.3, EN 319 142-1 §5.4.2). Every byte of the sealed file stays. The same input gives the same bytes
 * for ever, for {@link longTermCopyOf} writes it again to compare: change nothing here without keeping the old way beside it.
 */
export function appendValidationData(reader: PdfReader, data: ValidationData): Buffer {
  let number = nextObjectNumber(reader);
  const objects: WrittenObject[] = [];
  const fresh = (body: PdfSource): string => {
    objects.push({ number, generation: 0, body });
    return `${number++} 0 R`;
  };
  const lists = KINDS.flatMap(([name, kind]) => {
    const references = data[kind].map((der) =>
      // Not compressed: what a compressor writes may change with its version.
      fresh(pdfSource(`<< /Length ${der.length} >>\nstream\n`, der, '\nendstream')),
    );
    return references.length === 0 ? [] : [`/${name} [${references.join(' ')}]`];
  });
  const store = fresh(`<< /Type /DSS ${lists.join(' ')} >>`);
  const { catalog } = reader;
  const body = withEntries(
    catalog.dictionary,
    new Map<string, PdfSource>([
      ['DSS', store],
      ['Extensions', extensions(reader, catalog.dictionary)],
    ]),
  );
  const { number: root, generation } = catalog.reference;
  return appendUpdate(reader, [{ number: root, generation, body }, ...objects]).bytes;
}

/** Says to readers of PDF 1.7 that the file uses what ETSI added (TS 102 778-4 annex A). */
function extensions(reader: PdfReader, catalog: PdfDictionary): PdfSource {
  const old = reader.resolve(catalog.entries.get('Extensions'));
  const own = '<< /BaseVersion /1.7 /ExtensionLevel 5 >>';
  return old?.kind === 'dictionary' ? withEntries(old, new Map([['ESIC', own]])) : `<< /ESIC ${own} >>`;
}

/** A sealed file with validation data behind it. */
export interface LongTermCopy {
  /** The sealed file, as it was before. */
  readonly original: PdfReader;
  readonly data: ValidationData;
}

/**
 * Takes a long-term copy apart, or answers undefined for every other file. What was appended is read, written again by
 * {@link appendValidationData} and compared byte for byte: so nothing can stand in the update but the validation data, no object
 * of the sealed file is replaced, and nothing comes after it.
 */
export function longTermCopyOf(reader: PdfReader, found: readonly FoundSignature[]): LongTermCopy | undefined {
  const [only] = found;
  if (!only || found.length > 1) return undefined;
  const coverage = coverageOf(reader, only.dictionary);
  if (typeof coverage === 'string' || coverage.coveredEnd === reader.bytes.length) return undefined;
  try {
    const original = new PdfReader(reader.bytes.subarray(0, coverage.coveredEnd));
    const store = reader.dictionary(reader.catalog.dictionary.entries.get('DSS'), 'DSS');
    const data = { certificates: [] as Uint8Array[], crls: [] as Uint8Array[], ocsps: [] as Uint8Array[] };
    for (const [name, kind] of KINDS) data[kind] = streamsOf(reader, store, name);
    return appendValidationData(original, data).equals(reader.bytes) ? { original, data } : undefined;
  } catch (error) {
    if (error instanceof PdfSyntaxError) return undefined;
    throw error;
  }
}

function streamsOf(reader: PdfReader, store: PdfDictionary, name: string): Uint8Array[] {
  const list = store.entries.get(name);
  if (list === undefined) return [];
  if (list.kind !== 'array' || list.items.length > MAX_ITEMS) throw new PdfSyntaxError(`malformed /${name}`);
  return list.items.map((item) => {
    const stream = item.kind === 'reference' ? reader.object(item.number, item.generation) : null;
    const length = stream?.value.kind === 'dictionary' ? stream.value.entries.get('Length') : undefined;
    if (stream?.streamStart === undefined || length?.kind !== 'number') throw new PdfSyntaxError(`malformed /${name}`);
    return reader.bytes.subarray(stream.streamStart, stream.streamStart + length.value);
  });
}

/** A way from a certificate to a trusted root, own first. */
export type TrustPath = readonly ParsedCertificate[];

/**
 * Whether the validation data prove of every certificate below a root that it was not revoked when the timestamp was made. Data
 * that belong to another signature, or were changed, are refused: they are not signed themselves.
 */
export function judgeValidationData(
  data: ValidationData,
  paths: readonly TrustPath[],
  at: Date,
): { readonly outcome: Exclude<CheckOutcome, 'not-checked'>; readonly text: string } {
  const statements = [
    ...data.crls.map((der) => ({ kind: 'crl' as const, der })),
    ...data.ocsps.map((der) => ({ kind: 'ocsp' as const, der })),
  ];
  const needed = new Map(paths.flat().map((certificate) => [certificate.der.toString('hex'), certificate]));
  const heard = new Set<Uint8Array>();
  const gaps: string[] = [];
  try {
    for (const [certificate, issuer] of paths.flatMap(stepsOf)) {
      const standings = statements.map(({ kind, der }): RevocationStanding => {
        const standing = standingOf(kind, der, certificate, issuer, at);
        if (standing.outcome !== 'foreign') heard.add(der);
        return standing;
      });
      const name = certificate.subjectName;
      if (standings.some(({ outcome }) => outcome === 'revoked'))
        return { outcome: 'failed', text: `颁发机构的吊销信息表明，“${name}”的证书在盖章前已被吊销` };
      const good = standings.find((standing) => standing.outcome === 'good');
      if (!good) gaps.push(name);
      else if (good.responder) needed.set(good.responder.der.toString('hex'), good.responder);
    }
  } catch {
    return { outcome: 'failed', text: '所附的验证资料已损坏' };
  }
  if (
    statements.some(({ der }) => !heard.has(der)) ||
    data.certificates.some((der) => !needed.has(Buffer.from(der).toString('hex')))
  )
    return { outcome: 'failed', text: '所附的验证资料已损坏，或者不是这枚签章的' };
  if (gaps.length > 0)
    return { outcome: 'unknown', text: `所附的验证资料缺少盖章之后“${gaps.join('”、“')}”证书的吊销信息` };
  return { outcome: 'passed', text: '所附的长期验证资料证明：盖章时签章证书和时间戳证书均未被吊销' };
}

const stepsOf = (path: TrustPath): [ParsedCertificate, ParsedCertificate][] =>
  path.slice(0, -1).map((certificate, below) => [certificate, path[below + 1] ?? certificate]);

/** What must be asked outside before validation data can be attached. */
export interface RevocationQuestion {
  readonly subjectName: string;
  readonly issuerName: string;
  /** DER of the issuer's certificate. */
  readonly issuer: Uint8Array;
  readonly addresses: ReturnType<typeof revocationAddresses>;
  /** Body of the request to an OCSP service. */
  readonly ocspRequest: Uint8Array;
}

export interface LongTermOptions {
  readonly trustedRoots: readonly Uint8Array[];
  readonly trustedTimestampRoots: readonly Uint8Array[];
}

interface Need {
  readonly reader: PdfReader;
  readonly paths: readonly TrustPath[];
  readonly at: Date;
}

/** Why there is nothing to collect, in Chinese. */
type Obstacle = { readonly problem: string };

/** The questions about the certificates of a sealed file, each once, or why there can be none. */
export async function revocationQuestions(
  bytes: Uint8Array,
  options: LongTermOptions,
): Promise<{ readonly questions: readonly RevocationQuestion[] } | Obstacle> {
  const need = await needOf(bytes, options);
  if ('problem' in need) return need;
  const questions = new Map<string, RevocationQuestion>();
  for (const [certificate, issuer] of need.paths.flatMap(stepsOf)) {
    questions.set(certificate.der.toString('hex'), {
      subjectName: certificate.subjectName,
      issuerName: issuer.subjectName,
      issuer: issuer.der,
      addresses: revocationAddresses(certificate),
      ocspRequest: ocspQuestion(certificate, issuer),
    });
  }
  return { questions: [...questions.values()] };
}

/** The long-term copy with the answers, once they prove what they should. */
export async function makeLongTermCopy(
  bytes: Uint8Array,
  answers: readonly { readonly kind: RevocationKind; readonly der: Uint8Array }[],
  options: LongTermOptions,
): Promise<{ readonly copy: Uint8Array } | Obstacle> {
  const need = await needOf(bytes, options);
  if ('problem' in need) return need;
  const { reader, paths, at } = need;
  const distinct = (items: readonly Uint8Array[]): Uint8Array[] => [
    ...new Map(items.map((der) => [Buffer.from(der).toString('hex'), der])).values(),
  ];
  const of = (wanted: RevocationKind): Uint8Array[] =>
    distinct(answers.filter(({ kind }) => kind === wanted).map(({ der }) => der));
  const data = { certificates: distinct(paths.flat().map(({ der }) => der)), crls: of('crl'), ocsps: of('ocsp') };
  const { outcome, text } = judgeValidationData(data, paths, at);
  return outcome === 'passed' ? { copy: appendValidationData(reader, data) } : { problem: text };
}

async function needOf(bytes: Uint8Array, options: LongTermOptions): Promise<Need | Obstacle> {
  const reader = new PdfReader(bytes);
  const [found] = findSignatures(reader);
  const der = found ? signatureDer(found.dictionary) : '';
  if (typeof der === 'string') return { problem: '文件里没有可以读取的签章' };
  // Only what the signature carries is wanted: the file itself is one of ours, confirmed by its digest.
  const cms = await verifySignedData(der, OID.data, () => Promise.resolve(new Uint8Array()));
  const token = cms.timestampTokens[0];
  if (!cms.signer || !token) return { problem: '签章里没有时间戳，不能附长期验证资料' };
  const roots = options.trustedRoots.map(parseCertificate);
  const chain = findChain(cms.signer, cms.certificates, roots);
  if (!chain.trusted) return { problem: '签章证书的上级证书不全，请系统管理员添加签章机构的根证书' };
  const stamp = await verifySignatureTimestamp(token, cms, options.trustedTimestampRoots.map(parseCertificate));
  if (stamp.outcome !== 'passed' || !stamp.time || !stamp.path)
    return { problem: `${stamp.text}，请系统管理员添加其根证书` };
  return { reader, paths: [chain.path, stamp.path], at: stamp.time };
}
