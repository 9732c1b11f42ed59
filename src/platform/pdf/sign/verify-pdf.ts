import { webcrypto } from 'node:crypto';
import { OID } from './asn1';
import {
  ParsedCertificate,
  findChain,
  hasStrongKey,
  isValidAt,
  maySignDocuments,
  parseOwnCertificate,
} from './certificate';
import { Check, CheckCode, CheckOutcome } from './check';
import { CmsVerification, verifySignedData } from './cms-verification';
import { PdfReader } from './pdf-reader';
import { PdfDictionary, PdfSyntaxError } from './pdf-syntax';
import { TrustPath, ValidationData, judgeValidationData, longTermCopyOf } from './long-term';
import {
  Coverage,
  FoundSignature,
  coverageOf,
  coveredBytes,
  dateOf,
  findSignatures,
  signatureDer,
  textOf,
} from './signature-fields';
import { verifySignatureTimestamp, verifyTimestampToken } from './timestamp';

/** Answer of whoever knows which certificates were withdrawn. */
export type RevocationAnswer = 'good' | 'revoked' | 'unknown';

export interface VerifyOptions {
  /** DER of the roots under which seals are believed. */
  readonly trustedRoots: readonly Uint8Array[];
  /** DER of the roots under which timestamps are believed; the same as trustedRoots when left out. */
  readonly trustedTimestampRoots?: readonly Uint8Array[];
  /** The moment of the verification. */
  readonly now: Date;
  /** Left out: revocation is not checked, and the verdict says so. `serialNumber` is upper-case hexadecimal. */
  readonly revocation?: (certificate: {
    serialNumber: string;
    issuerName: string;
    at: Date;
  }) => Promise<RevocationAnswer>;
}

/**
 * valid: every signature holds and the file ends with what they cover. invalid: something is provably wrong. indeterminate: nothing
 * provably wrong, but not everything could be established. unsigned: no signature. unreadable: not a PDF we can follow.
 */
export type Verdict = 'valid' | 'invalid' | 'indeterminate' | 'unsigned' | 'unreadable';

export interface SignatureVerification {
  readonly verdict: 'valid' | 'invalid' | 'indeterminate';
  /** A document signature, or a timestamp over the whole document. */
  readonly kind: 'signature' | 'document-timestamp';
  readonly fieldName?: string;
  /** Whom the certificate names; absent when the signature could not be read. */
  readonly signerName?: string;
  readonly certificate?: {
    readonly subjectName: string;
    readonly issuerName: string;
    readonly serialNumber: string;
    readonly notBefore: Date;
    readonly notAfter: Date;
  };
  /** What the signer wrote into the file; under the signature, but its own claim. */
  readonly claimed: {
    readonly name?: string;
    readonly reason?: string;
    readonly location?: string;
    readonly time?: Date;
  };
  /** The moment a trusted timestamp attests. */
  readonly timestamp?: { readonly time: Date; readonly authorityName: string };
  /** DocMDP: 1 no change, 2 form filling, 3 also annotations; absent for a signature that does not certify. */
  readonly permission?: 1 | 2 | 3;
  readonly checks: readonly Check[];
}

export interface PdfVerification {
  readonly verdict: Verdict;
  /** One or two sentences of plain Chinese for the person who asked. */
  readonly summary: string;
  /** SHA-256 of the whole file, lower-case hexadecimal: compare it with the issued file first. */
  readonly sha256: string;
  readonly sizeInBytes: number;
  readonly signatures: readonly SignatureVerification[];
  /** In Chinese: what was examined and holds, and what was not examined. */
  readonly checked: readonly string[];
  readonly notChecked: readonly string[];
}

const MAX_SIGNATURES = 20;

/**
 * Verifies the signatures of any PDF, however hostile: it always answers with a verdict and never throws for what is in the file.
 * Reading is bounded (size, depth, number of values, inflated bytes); run it in a worker with a time limit for files from outside
 * (`pdf-signing.worker.ts`).
 *
 * What "valid" cannot tell: a stranger may cut the (unsigned) timestamp or exchange harmless certificates inside the signature
 * value. Only the comparison of `sha256` with the issued file shows that every byte is the original's.
 */
export async function verifyPdf(bytes: Uint8Array, options: VerifyOptions): Promise<PdfVerification> {
  const sha256 = Buffer.from(await webcrypto.subtle.digest('SHA-256', Uint8Array.from(bytes))).toString('hex');
  const facts = { sha256, sizeInBytes: bytes.length };
  const nothing = { signatures: [], checked: [], notChecked: ['签章、签章人身份和盖章时间均未能核验'] };
  let reader: PdfReader;
  let found: FoundSignature[];
  let attached: ValidationData | undefined;
  try {
    reader = new PdfReader(bytes);
    if (reader.trailer.entries.has('Encrypt')) {
      return {
        verdict: 'unreadable',
        summary: '文件带有密码保护，无法核验。请提供未加密的原件。',
        ...facts,
        ...nothing,
      };
    }
    found = findSignatures(reader);
    const copy = longTermCopyOf(reader, found);
    if (copy) {
      // The sealed file is judged as it was before the validation data came behind it.
      reader = copy.original;
      found = findSignatures(reader);
      attached = copy.data;
    }
  } catch (error) {
    if (!(error instanceof PdfSyntaxError)) throw error;
    return {
      verdict: 'unreadable',
      summary: '文件不是完整的 PDF，或已损坏，无法核验。请重新取得电子原件，不要用截图、另存或转换过的文件。',
      ...facts,
      ...nothing,
    };
  }
  if (found.length === 0) {
    return {
      verdict: 'unsigned',
      summary: '文件里没有电子签章，不能据此证明由谁出具、是否被改动。',
      ...facts,
      ...nothing,
    };
  }
  if (found.length > MAX_SIGNATURES) {
    return { verdict: 'indeterminate', summary: '文件里的签章过多，未予核验。', ...facts, ...nothing };
  }
  const context: Context = {
    reader,
    options,
    attached,
    roots: options.trustedRoots.map(parseOwnCertificate),
    timestampRoots: (options.trustedTimestampRoots ?? options.trustedRoots).map(parseOwnCertificate),
  };
  const signatures: SignatureVerification[] = [];
  for (const signature of found) signatures.push(await verdictOn(context, signature));
  return { ...facts, signatures, ...overall(signatures) };
}

interface Context {
  readonly reader: PdfReader;
  readonly options: VerifyOptions;
  /** Of a long-term copy. */
  readonly attached: ValidationData | undefined;
  readonly roots: readonly ParsedCertificate[];
  readonly timestampRoots: readonly ParsedCertificate[];
}

class Checks {
  readonly list: Check[] = [];
  add(code: CheckCode, outcome: CheckOutcome, text: string): void {
    this.list.push({ code, outcome, text });
  }
  verdict(): 'valid' | 'invalid' | 'indeterminate' {
    if (this.list.some((check) => check.outcome === 'failed')) return 'invalid';
    return this.list.some((check) => check.outcome === 'unknown') ? 'indeterminate' : 'valid';
  }
}

/** Bytes made to break parsers get a verdict too, not an error of the server. */
async function verdictOn(context: Context, found: FoundSignature): Promise<SignatureVerification> {
  try {
    return await verifySignature(context, found);
  } catch {
    const check: Check = { code: 'cms-structure', outcome: 'unknown', text: '核验这枚签章时出错，无法确认' };
    return { verdict: 'indeterminate', kind: 'signature', claimed: {}, checks: [check] };
  }
}

async function verifySignature(context: Context, found: FoundSignature): Promise<SignatureVerification> {
  const { reader } = context;
  const { dictionary } = found;
  const checks = new Checks();
  const subFilter = nameEntry(dictionary, 'SubFilter');
  const kind = subFilter === 'ETSI.RFC3161' ? 'document-timestamp' : 'signature';
  const claimed = {
    name: textEntry(dictionary, 'Name'),
    reason: textEntry(dictionary, 'Reason'),
    location: textEntry(dictionary, 'Location'),
    time: timeEntry(dictionary),
  };
  const permission = certification(reader, found, checks);
  const basis = { kind, fieldName: found.fieldName, claimed, permission } as const;
  const done = (more: Partial<SignatureVerification> = {}): SignatureVerification => ({
    ...basis,
    ...more,
    verdict: checks.verdict(),
    checks: checks.list,
  });

  if (!found.isCurrent) {
    checks.add('in-current-version', 'failed', '这枚签章存在于文件的早期版本，当前版本已将它移除或换掉');
  }
  const coverage = coverageOf(reader, dictionary);
  if (typeof coverage === 'string') {
    checks.add('byte-range', 'failed', coverage);
    return done();
  }
  checks.add('byte-range', 'passed', '签章保护的范围从文件开头算起，除签名值本身外没有空缺');
  checkEnd(context, coverage, permission, checks);
  const der = signatureDer(dictionary);
  if (typeof der === 'string') {
    checks.add('cms-structure', 'failed', der);
    return done();
  }
  const covered = coveredBytes(reader.bytes, coverage);
  if (kind === 'document-timestamp') {
    const digests = new Map<string, Uint8Array>();
    for (const algorithm of ['sha256', 'sha384', 'sha512']) digests.set(algorithm, await digestOf(algorithm, covered));
    const token = await verifyTimestampToken(
      der,
      (name) => digests.get(name) ?? new Uint8Array(),
      context.timestampRoots,
    );
    checks.add('timestamp', token.outcome, token.text);
    return done({ signerName: token.authorityName });
  }
  if (subFilter !== 'ETSI.CAdES.detached' && subFilter !== 'adbe.pkcs7.detached') {
    checks.add(
      'signature-dictionary',
      'unknown',
      `签章格式（${subFilter ?? '未注明'}）不受支持，请用出具单位的验章工具核对`,
    );
    return done();
  }
  const cms = await verifySignedData(der, OID.data, (algorithm) => digestOf(algorithm, covered));
  checks.list.push(...cms.checks);
  if (!cms.signer) return done();
  const timestamp = await verifyTimestamps(context, cms, checks);
  await checkCertificate(context, cms, cms.signer, claimed.time, timestamp, checks);
  const { subjectName, issuerName, serialNumber, notBefore, notAfter } = cms.signer;
  return done({
    signerName: subjectName,
    certificate: { subjectName, issuerName, serialNumber, notBefore, notAfter },
    timestamp: timestamp && { time: timestamp.time, authorityName: timestamp.authorityName },
  });
}

const nameEntry = (dictionary: PdfDictionary, key: string): string | undefined => {
  const value = dictionary.entries.get(key);
  return value?.kind === 'name' ? value.value : undefined;
};
const textEntry = (dictionary: PdfDictionary, key: string): string | undefined => {
  const value = dictionary.entries.get(key);
  return value?.kind === 'string' ? textOf(value) : undefined;
};
const timeEntry = (dictionary: PdfDictionary): Date | undefined => {
  const value = dictionary.entries.get('M');
  return value?.kind === 'string' ? dateOf(value) : undefined;
};

const digestOf = async (algorithm: string, bytes: Buffer): Promise<Uint8Array> =>
  new Uint8Array(await webcrypto.subtle.digest(algorithm.replace('sha', 'SHA-'), bytes));

/**
 * DocMDP, in the signature and in the catalog's /Perms, which must agree.
 *
 * Its texts and outcomes go into `checks`; the answer is the permission the signature itself states.
 */
function certification(reader: PdfReader, found: FoundSignature, checks: Checks): 1 | 2 | 3 | undefined {
  const stated = statedPermission(found.dictionary);
  let permitted = false;
  try {
    const permissions = reader.resolve(reader.catalog.dictionary.entries.get('Perms'));
    const docMdp = permissions?.kind === 'dictionary' ? permissions.entries.get('DocMDP') : undefined;
    permitted = docMdp?.kind === 'reference' && docMdp.number === found.objectNumber;
  } catch (error) {
    if (!(error instanceof PdfSyntaxError)) throw error;
  }
  if (stated === undefined && !permitted) {
    checks.add('certification', 'not-checked', '签章没有声明禁止改动（非认证签章）');
  } else if (stated === undefined || !permitted) {
    checks.add('certification', 'unknown', '文件的禁止改动声明前后不一，无法确认');
  } else if (stated === 1) checks.add('certification', 'passed', '签章声明盖章后不得作任何改动');
  else checks.add('certification', 'passed', '签章声明盖章后只许填写表单或批注');
  return stated;
}

function statedPermission(dictionary: PdfDictionary): 1 | 2 | 3 | undefined {
  const references = dictionary.entries.get('Reference');
  if (references?.kind !== 'array') return undefined;
  for (const reference of references.items) {
    if (reference.kind !== 'dictionary' || nameEntry(reference, 'TransformMethod') !== 'DocMDP') continue;
    const parameters = reference.entries.get('TransformParams');
    const value = parameters?.kind === 'dictionary' ? parameters.entries.get('P') : undefined;
    const permission = value?.kind === 'number' ? value.value : 2;
    return permission === 1 || permission === 3 ? permission : 2;
  }
  return undefined;
}

function checkEnd(
  { reader, attached }: Context,
  coverage: Coverage,
  permission: 1 | 2 | 3 | undefined,
  checks: Checks,
): void {
  const appended = reader.bytes.length - coverage.coveredEnd;
  if (appended === 0 && attached) {
    checks.add('reaches-end', 'passed', '签章一直保护到签发原件的末尾；其后只附有长期验证资料，没有别的内容');
  } else if (appended === 0) {
    checks.add('reaches-end', 'passed', '签章一直保护到文件末尾，签章后没有追加内容');
  } else if (permission === 1) {
    checks.add('reaches-end', 'failed', `签章后有追加内容（${appended} 字节），而签章声明不许改动`);
  } else {
    checks.add(
      'reaches-end',
      'unknown',
      `签章后有追加内容（${appended} 字节），追加的部分不受这枚签章保护，请以签章原件为准`,
    );
  }
}

/** A moment that somebody trusted attests. */
interface ProvenTime {
  readonly time: Date;
  readonly authorityName: string;
  readonly path: TrustPath;
}

async function verifyTimestamps(
  context: Context,
  cms: CmsVerification,
  checks: Checks,
): Promise<ProvenTime | undefined> {
  if (cms.timestampTokens.length === 0) {
    checks.add('timestamp', 'not-checked', '没有时间戳，盖章时间为签章人自行声明');
    return undefined;
  }
  let earliest: ProvenTime | undefined;
  for (const token of cms.timestampTokens) {
    const result = await verifySignatureTimestamp(token, cms, context.timestampRoots);
    checks.add('timestamp', result.outcome, result.text);
    if (result.outcome === 'passed' && result.time && !(earliest && earliest.time <= result.time)) {
      earliest = { time: result.time, authorityName: result.authorityName ?? '', path: result.path ?? [] };
    }
  }
  return earliest;
}

async function checkCertificate(
  { roots, options, attached }: Context,
  cms: CmsVerification,
  signer: ParsedCertificate,
  claimedTime: Date | undefined,
  proven: ProvenTime | undefined,
  checks: Checks,
): Promise<void> {
  if (!hasStrongKey(signer)) checks.add('algorithm', 'failed', '签章证书的密钥过短或类型不受支持');
  if (maySignDocuments(signer)) checks.add('key-usage', 'passed', '签章证书可用于文件签章');
  else checks.add('key-usage', 'failed', '签章证书不是用于文件签章的证书');

  const chain = findChain(signer, cms.certificates, roots);
  const issuer = chain.trusted ? (chain.path.at(-1)?.subjectName ?? '') : '';
  if (chain.trusted) checks.add('certificate-chain', 'passed', `签章证书由受信任的机构“${issuer}”签发`);
  else if (chain.reason === 'no-path') {
    checks.add(
      'certificate-chain',
      'unknown',
      `签章证书不是由受信任名单内的机构签发，不能确认盖章的确是“${signer.subjectName}”`,
    );
  } else checks.add('certificate-chain', 'failed', '签章证书或其上级证书不符合安全要求');

  const path = chain.trusted ? chain.path : [signer];
  checkValidity(path, claimedTime, proven?.time, options.now, checks);
  const isProven = attached !== undefined && checkAttached(attached, path, proven, checks);
  if (!options.revocation) {
    if (!isProven) checks.add('revocation', 'not-checked', '未查询签章证书是否已被吊销');
    return;
  }
  const at = proven?.time ?? options.now;
  const { serialNumber, issuerName } = signer;
  const answer = await options.revocation({ serialNumber, issuerName, at });
  if (answer === 'unknown' && isProven) return;
  if (answer === 'good') checks.add('revocation', 'passed', '签章证书未被吊销');
  else if (answer === 'revoked') checks.add('revocation', 'failed', '签章证书在盖章前已被吊销');
  else checks.add('revocation', 'unknown', '查不到签章证书是否已被吊销');
}

/** Whether what came behind the sealed file proves that nothing was revoked when it was sealed. */
function checkAttached(
  attached: ValidationData,
  path: TrustPath,
  proven: ProvenTime | undefined,
  checks: Checks,
): boolean {
  if (!proven) {
    checks.add('long-term', 'unknown', '附有长期验证资料，但没有可信的时间戳，不能据以核验');
    return false;
  }
  const { outcome, text } = judgeValidationData(attached, [path, proven.path], proven.time);
  checks.add('long-term', outcome, text);
  return outcome === 'passed';
}

/**
 * A timestamp proves that the signature existed at its time, so the certificates need to have been valid then; without one only
 * the present is certain, and the claimed time must not contradict.
 */
function checkValidity(
  path: readonly ParsedCertificate[],
  claimedTime: Date | undefined,
  provenTime: Date | undefined,
  now: Date,
  checks: Checks,
): void {
  const allValidAt = (at: Date): boolean => path.every((certificate) => isValidAt(certificate, at));
  const code = 'certificate-validity';
  if (provenTime) {
    if (allValidAt(provenTime)) checks.add(code, 'passed', '按时间戳的时间，签章证书在有效期内');
    else checks.add(code, 'failed', '按时间戳的时间，签章证书不在有效期内');
  } else if (claimedTime && !allValidAt(claimedTime)) {
    checks.add(code, 'failed', '按签章人声明的盖章时间，签章证书不在有效期内');
  } else if (allValidAt(now)) checks.add(code, 'passed', '核验时签章证书在有效期内');
  else checks.add(code, 'unknown', '签章证书现已不在有效期内，又没有时间戳，不能证明是在有效期内盖的章');
}

function overall(
  signatures: readonly SignatureVerification[],
): Pick<PdfVerification, 'verdict' | 'summary' | 'checked' | 'notChecked'> {
  const all = signatures.flatMap((signature) => signature.checks);
  const texts = (...outcomes: readonly CheckOutcome[]): string[] => [
    ...new Set(all.filter((check) => outcomes.includes(check.outcome)).map((check) => check.text)),
  ];
  const checked = texts('passed');
  const notChecked = texts('unknown', 'not-checked');
  const failed = texts('failed');
  const unknown = texts('unknown');
  if (failed.length > 0) {
    return {
      verdict: 'invalid',
      summary: `核验不通过：${failed.join('；')}。请勿采信此文件，可持原件向出具单位核实。`,
      checked,
      notChecked,
    };
  }
  const signing = signatures.filter((signature) => signature.kind === 'signature');
  if (unknown.length > 0 || signing.length === 0) {
    const reasons = unknown.length > 0 ? unknown.join('；') : '文件只有时间戳，没有签章';
    return { verdict: 'indeterminate', summary: `不能确认：${reasons}。请向出具单位核实。`, checked, notChecked };
  }
  const who = signing.map((signature) => `“${signature.signerName ?? ''}”${signingMoment(signature)}`).join('，');
  const limits = texts('not-checked');
  const kept = all.some((check) => check.code === 'long-term')
    ? '这是长期保存版：签发原件之后只附有长期验证资料。'
    : '';
  return {
    verdict: 'valid',
    summary: `核验通过：由${who}盖章，盖章后文件未作任何改动。${kept}${limits.length > 0 ? `另请注意：${limits.join('；')}。` : ''}`,
    checked,
    notChecked,
  };
}

function signingMoment(signature: SignatureVerification): string {
  const moment = signature.timestamp?.time ?? signature.claimed.time;
  if (!moment) return '';
  const beijing = new Date(moment.getTime() + 8 * 3_600_000);
  const text = `${beijing.getUTCFullYear()}年${beijing.getUTCMonth() + 1}月${beijing.getUTCDate()}日 ${beijing.toISOString().slice(11, 16)}`;
  return signature.timestamp ? `于${text}（时间戳证明）` : `于${text}（自行声明）`;
}
