import { KeyObject, constants, createHash, verify } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { OID, derOf, parseAsn1, schemaOf } from './asn1';
import { ParsedCertificate, readCertificate } from './certificate';
import { Check, CheckCode, CheckOutcome } from './check';

/** What a CMS SignedData turned out to be. `signer` is absent when it could not be read so far. */
export interface CmsVerification {
  readonly checks: readonly Check[];
  readonly signer?: ParsedCertificate;
  /** All certificates that came along. */
  readonly certificates: readonly ParsedCertificate[];
  readonly signatureValue?: Uint8Array;
  /** DER of the RFC 3161 tokens among the unsigned attributes. */
  readonly timestampTokens: readonly Uint8Array[];
  /** The content that travelled inside, when any. */
  readonly content?: Uint8Array;
}

const MAX_CMS_BYTES = 512 * 1024;
const MAX_CERTIFICATES = 32;

const DIGESTS: ReadonlyMap<string, string> = new Map([
  [OID.sha256, 'sha256'],
  [OID.sha384, 'sha384'],
  [OID.sha512, 'sha512'],
]);
/** Signature algorithm → digest it prescribes; null: the one named as digestAlgorithm. */
const RSA_SIGNATURES: ReadonlyMap<string, string | null> = new Map([
  [OID.rsaEncryption, null],
  [OID.rsaSha256, 'sha256'],
  [OID.rsaSha384, 'sha384'],
  [OID.rsaSha512, 'sha512'],
]);
const ECDSA_SIGNATURES: ReadonlyMap<string, string> = new Map([
  [OID.ecdsaSha256, 'sha256'],
  [OID.ecdsaSha384, 'sha384'],
  [OID.ecdsaSha512, 'sha512'],
]);

class CmsFault extends Error {
  constructor(
    readonly code: CheckCode,
    readonly outcome: CheckOutcome,
    message: string,
  ) {
    super(message);
  }
}
const broken = (message: string): CmsFault => new CmsFault('cms-structure', 'failed', message);

/** Hex of the digest of the signed content, by OpenSSL's name of the algorithm. */
export type ContentDigest = (algorithm: string) => Promise<Uint8Array>;

/**
 * Verifies one CMS SignedData with exactly one signer: structure (DER, nothing that is not understood), digest of the
 * content, signature value, signing-certificate attribute. Chain, time and key usage are judged by the caller.
 *
 * @param der the ContentInfo, nothing after it
 * @param expectedContentType id-data for a PDF signature, id-ct-TSTInfo for a timestamp token
 * @param digestOf digest of the detached content; left out when the content travels inside
 */
export async function verifySignedData(
  der: Uint8Array,
  expectedContentType: string,
  digestOf?: ContentDigest,
): Promise<CmsVerification> {
  const checks: Check[] = [];
  const found: { -readonly [key in keyof CmsVerification]?: CmsVerification[key] } = {};
  const passed = (code: CheckCode, text: string): void => void checks.push({ code, outcome: 'passed', text });
  try {
    const signed = parseSignedData(der);
    const signerInfo = onlySigner(signed);
    // First of all, so that a signature in SM2/SM3 is named as such instead of failing on its certificate.
    const digest = digestAlgorithmOf(signed, signerInfo);
    found.certificates = certificatesOf(signed);
    const signer = signerCertificate(signerInfo, found.certificates);
    found.signer = signer;
    found.signatureValue = Uint8Array.from(signerInfo.signature.valueBlock.valueHexView);
    found.timestampTokens = timestampTokensOf(signerInfo);
    found.content = embeddedContent(signed, expectedContentType, digestOf !== undefined);
    passed('cms-structure', '签名数据结构规范、只有一名签章人');

    const attributes = signedAttributesOf(signerInfo);
    if (objectIdentifier(attributes.get(OID.contentType)) !== expectedContentType) {
      throw broken('签名数据的内容类型与用途不符');
    }
    const actualDigest = digestOf
      ? await digestOf(digest)
      : createHash(digest)
          .update(found.content ?? new Uint8Array())
          .digest();
    const claimedDigest = octets(attributes.get(OID.messageDigest));
    if (!claimedDigest || Buffer.compare(claimedDigest, actualDigest) !== 0) {
      throw new CmsFault('message-digest', 'failed', '文件内容与签章时不一致，内容已被改动');
    }
    passed('message-digest', '文件内容与签章时一字不差');

    const scheme = signatureScheme(signerInfo, signer.publicKey, digest);
    const toBeSigned = Buffer.from(derOf(signerInfo.signedAttrs ?? new pkijs.SignedAndUnsignedAttributes()));
    toBeSigned[0] = 0x31;
    if (!(await signatureVerifies(scheme, toBeSigned, found.signatureValue))) {
      throw new CmsFault('signature-value', 'failed', '签名值与签章证书不符，签名无效');
    }
    passed('signature-value', '签名值与签章证书相符');
    checks.push(signingCertificateCheck(attributes, signer));
  } catch (error) {
    if (error instanceof CmsFault) checks.push({ code: error.code, outcome: error.outcome, text: error.message });
    // ASN.1, X.509 and key parsers throw many kinds of errors on hostile bytes; all of them mean the same here.
    else checks.push({ code: 'cms-structure', outcome: 'failed', text: '签名数据已损坏，无法读取' });
  }
  return { checks, certificates: [], timestampTokens: [], ...found };
}

/** Reads a SignedData and insists that writing it again gives the same bytes: nothing hidden, nothing but DER. */
export function parseSignedData(der: Uint8Array): pkijs.SignedData {
  if (der.length > MAX_CMS_BYTES) throw broken('签名数据过大');
  const contentInfo = new pkijs.ContentInfo({ schema: parseAsn1(der) });
  if (contentInfo.contentType !== OID.signedData) throw broken('签名数据不是 CMS 签名');
  const signed = new pkijs.SignedData({ schema: contentInfo.content });
  const again = derOf(new pkijs.ContentInfo({ contentType: OID.signedData, content: schemaOf(signed, true) }));
  if (!again.equals(der)) throw new CmsFault('cms-structure', 'unknown', '签名数据编码不规范，无法确认');
  return signed;
}

function onlySigner(signed: pkijs.SignedData): pkijs.SignerInfo {
  const signerInfo = signed.signerInfos[0];
  if (!signerInfo || signed.signerInfos.length !== 1) throw broken('签名数据应当只有一名签章人');
  if (!(signerInfo.sid instanceof pkijs.IssuerAndSerialNumber) || signerInfo.version !== 1) {
    throw new CmsFault('cms-structure', 'unknown', '签章人的标识方式不受支持，无法确认');
  }
  const isData = signed.encapContentInfo.eContentType === OID.data;
  if (signed.version !== (isData ? 1 : 3))
    throw new CmsFault('cms-structure', 'unknown', '签名数据版本不规范，无法确认');
  return signerInfo;
}

function certificatesOf(signed: pkijs.SignedData): ParsedCertificate[] {
  const set = signed.certificates ?? [];
  if (set.length > MAX_CERTIFICATES) throw broken('签名数据附带的证书过多');
  return set.map((item) => {
    if (!(item instanceof pkijs.Certificate)) throw new CmsFault('cms-structure', 'unknown', '附带的证书类型不受支持');
    return readCertificate(derOf(item), item);
  });
}

function signerCertificate(signerInfo: pkijs.SignerInfo, pool: readonly ParsedCertificate[]): ParsedCertificate {
  const sid = signerInfo.sid as pkijs.IssuerAndSerialNumber;
  const issuer = derOf(sid.issuer);
  const serial = Buffer.from(sid.serialNumber.toBER());
  const found = pool.find(
    ({ structure }) =>
      issuer.equals(derOf(structure.issuer)) && serial.equals(Buffer.from(structure.serialNumber.toBER())),
  );
  if (!found) throw broken('签名数据没有附带签章人的证书');
  return found;
}

function embeddedContent(signed: pkijs.SignedData, contentType: string, detached: boolean): Uint8Array | undefined {
  const { eContentType, eContent } = signed.encapContentInfo;
  if (eContentType !== contentType) throw broken('签名数据的内容类型与用途不符');
  if (detached) {
    if (eContent) throw broken('签名数据里夹带了另一份内容');
    return undefined;
  }
  if (!eContent) throw broken('签名数据缺少内容');
  return new Uint8Array(eContent.getValue());
}

/** Absent, or NULL: any other parameter of a plain digest or RSA algorithm is garbage. */
const parametersAreEmpty = (algorithm: pkijs.AlgorithmIdentifier): boolean => {
  const parameters: unknown = algorithm.algorithmParams;
  return parameters === undefined || parameters === null || parameters instanceof asn1js.Null;
};

function digestAlgorithmOf(signed: pkijs.SignedData, signerInfo: pkijs.SignerInfo): string {
  const { algorithmId } = signerInfo.digestAlgorithm;
  if (algorithmId === OID.sm3) {
    throw new CmsFault(
      'algorithm',
      'unknown',
      '该签章使用国密算法（SM2/SM3），本系统暂不能核验，请用签章单位的验章工具核对',
    );
  }
  const digest = DIGESTS.get(algorithmId);
  if (!digest) throw new CmsFault('algorithm', 'failed', '签名所用的摘要算法已不安全或不受支持');
  const listed = signed.digestAlgorithms;
  if (listed.length !== 1 || listed[0]?.algorithmId !== algorithmId || !listed.every(parametersAreEmpty)) {
    throw broken('签名数据声明的摘要算法前后不一');
  }
  if (!parametersAreEmpty(signerInfo.digestAlgorithm)) throw broken('摘要算法的参数不规范');
  return digest;
}

function signedAttributesOf(signerInfo: pkijs.SignerInfo): ReadonlyMap<string, unknown> {
  const attributes = new Map<string, unknown>();
  for (const attribute of signerInfo.signedAttrs?.attributes ?? []) {
    if (attributes.has(attribute.type) || attribute.values.length !== 1) throw broken('签名属性重复');
    attributes.set(attribute.type, attribute.values[0]);
  }
  if (attributes.size === 0) throw broken('签名数据缺少签名属性');
  return attributes;
}

const objectIdentifier = (value: unknown): string | undefined =>
  value instanceof asn1js.ObjectIdentifier ? value.valueBlock.toString() : undefined;
const octets = (value: unknown): Uint8Array | undefined =>
  value instanceof asn1js.OctetString ? new Uint8Array(value.getValue()) : undefined;

/** RFC 3161 tokens; any other unsigned attribute could say anything, so the signature cannot be confirmed with it. */
function timestampTokensOf(signerInfo: pkijs.SignerInfo): Uint8Array[] {
  const tokens: Uint8Array[] = [];
  for (const attribute of signerInfo.unsignedAttrs?.attributes ?? []) {
    if (attribute.type !== OID.signatureTimestamp) {
      throw new CmsFault('cms-structure', 'unknown', '签名后附加了本系统不认识的内容，无法确认');
    }
    for (const value of attribute.values) tokens.push(new Uint8Array((value as asn1js.BaseBlock).toBER()));
  }
  if (signerInfo.unsignedAttrs && tokens.length === 0) throw broken('签名的附加属性不规范');
  return tokens;
}

interface SignatureScheme {
  readonly digest: string;
  readonly key: Parameters<typeof verify>[2];
}

function signatureScheme(signerInfo: pkijs.SignerInfo, publicKey: KeyObject, digest: string): SignatureScheme {
  const { algorithmId } = signerInfo.signatureAlgorithm;
  const mismatch = new CmsFault('algorithm', 'failed', '签名算法与证书公钥或摘要算法不一致');
  if (algorithmId === OID.sm2WithSm3) {
    throw new CmsFault(
      'algorithm',
      'unknown',
      '该签章使用国密算法（SM2/SM3），本系统暂不能核验，请用签章单位的验章工具核对',
    );
  }
  const rsaDigest = RSA_SIGNATURES.get(algorithmId);
  if (rsaDigest !== undefined) {
    if (publicKey.asymmetricKeyType !== 'rsa' || (rsaDigest !== null && rsaDigest !== digest)) throw mismatch;
    if (!parametersAreEmpty(signerInfo.signatureAlgorithm)) throw broken('签名算法的参数不规范');
    return { digest, key: { key: publicKey, padding: constants.RSA_PKCS1_PADDING } };
  }
  if (algorithmId === OID.rsaPss) {
    if (publicKey.asymmetricKeyType !== 'rsa' && publicKey.asymmetricKeyType !== 'rsa-pss') throw mismatch;
    const parameters = new pkijs.RSASSAPSSParams({ schema: signerInfo.signatureAlgorithm.algorithmParams as unknown });
    if (DIGESTS.get(parameters.hashAlgorithm.algorithmId) !== digest) throw mismatch;
    return {
      digest,
      key: { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: parameters.saltLength },
    };
  }
  if (ECDSA_SIGNATURES.get(algorithmId) === digest) {
    if (publicKey.asymmetricKeyType !== 'ec') throw mismatch;
    if ((signerInfo.signatureAlgorithm.algorithmParams as unknown) !== undefined) throw broken('签名算法的参数不规范');
    return { digest, key: { key: publicKey, dsaEncoding: 'der' } };
  }
  throw new CmsFault('algorithm', 'failed', '签名算法已不安全或不受支持');
}

const signatureVerifies = (scheme: SignatureScheme, data: Uint8Array, signature: Uint8Array): Promise<boolean> =>
  new Promise((resolve) => {
    verify(scheme.digest, data, scheme.key, signature, (error, valid) => {
      // OpenSSL reports some malformed signatures as errors; either way the signature does not verify.
      resolve(!error && valid);
    });
  });

/** RFC 5035: the signed hash of the signer's certificate. Version 1 knows SHA-1 only and is still found in timestamps. */
function signingCertificateCheck(attributes: ReadonlyMap<string, unknown>, signer: ParsedCertificate): Check {
  const code = 'signing-certificate';
  const second = attributes.get(OID.signingCertificateV2);
  const first = attributes.get(OID.signingCertificate);
  if (second === undefined && first === undefined) {
    return {
      code,
      outcome: 'unknown',
      text: '签名没有绑定签章证书（缺少 signing-certificate 属性），无法排除证书被调换',
    };
  }
  const wanted = second ?? first;
  const [essCertificate] = members(members(wanted)[0]);
  const parts = members(essCertificate);
  let digest: string | undefined = second === undefined ? 'sha1' : 'sha256';
  let hash = parts[0];
  if (second !== undefined && hash instanceof asn1js.Sequence) {
    digest = DIGESTS.get(objectIdentifier(members(hash)[0]) ?? '');
    hash = parts[1];
  }
  const claimed = octets(hash);
  if (!digest || !claimed) return { code, outcome: 'failed', text: '签名里绑定证书的属性不规范' };
  const matches = createHash(digest).update(signer.der).digest().equals(claimed);
  return matches
    ? { code, outcome: 'passed', text: '签名绑定的就是这张签章证书' }
    : { code, outcome: 'failed', text: '签名绑定的是另一张证书，证书被调换' };
}

const members = (value: unknown): readonly asn1js.BaseBlock[] =>
  value instanceof asn1js.Sequence ? value.valueBlock.value : [];
