import { createHash, randomBytes } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { OID, derOf, parseAsn1, schemaOf } from './asn1';
import { CheckOutcome } from './check';
import { ParsedCertificate, findChain, isValidAt, maySignTimestamps } from './certificate';
import { encodeSignedData, signData } from './cms-signing';
import { CmsVerification, verifySignedData } from './cms-verification';
import { Signer } from './signer';

/** Carries RFC 3161 requests to a timestamp service and its responses back, both DER. */
export interface TimestampAuthority {
  /**
   * @throws TimestampError UNREACHABLE when no answer comes in time.
   */
  query(request: Uint8Array): Promise<Uint8Array>;
}

/** UNREACHABLE: no answer. REFUSED: the service said no. UNTRUSTWORTHY: an answer that does not belong to the question. */
export type TimestampErrorCode = 'UNREACHABLE' | 'REFUSED' | 'UNTRUSTWORTHY';

/** No usable timestamp; `message` is Chinese and for staff. */
export class TimestampError extends Error {
  override readonly name = 'TimestampError';
  constructor(
    readonly code: TimestampErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const arrayBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

/** What a verified timestamp token says. */
export interface TimestampVerification {
  /** unknown: sound, but issued by somebody who is not trusted. */
  readonly outcome: Extract<CheckOutcome, 'passed' | 'failed' | 'unknown'>;
  /** Why not, or what was established; Chinese. */
  readonly text: string;
  readonly time?: Date;
  readonly authorityName?: string;
  /** From its certificate to a trusted root; when it passed. */
  readonly path?: readonly ParsedCertificate[];
}

/** A token as it goes into the CMS, with the moment it attests. */
export interface TimestampToken {
  readonly der: Uint8Array;
  readonly time: Date;
}

/**
 * Asks for a timestamp over a SHA-256 digest and accepts the answer only if it is granted, carries our digest and nonce, and its
 * own signature verifies. Whether its issuer is trusted is decided when the paper is verified.
 *
 * @param sha256 32 bytes: of the signature value for a B-T signature, of a whole file for a timestamp kept beside it
 * @throws TimestampError
 */
export async function requestTimestamp(authority: TimestampAuthority, sha256: Uint8Array): Promise<TimestampToken> {
  const nonce = randomBytes(8);
  // A DER INTEGER is signed: clearing the top bit and setting the next keeps the nonce positive and 8 bytes long.
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: sha256Imprint(sha256),
    nonce: new asn1js.Integer({ valueHex: arrayBuffer(nonce) }),
    certReq: true,
  });
  const answer = await authority.query(derOf(request));
  let response: pkijs.TimeStampResp;
  try {
    response = new pkijs.TimeStampResp({ schema: parseAsn1(answer) });
  } catch (error) {
    throw new TimestampError('UNTRUSTWORTHY', '时间戳服务的应答无法读取，请检查服务地址。', { cause: error });
  }
  const status: number = response.status.status;
  if (status !== 0 && status !== 1) throw new TimestampError('REFUSED', `时间戳服务拒绝了请求（状态 ${status}）。`);
  if (!response.timeStampToken) throw new TimestampError('UNTRUSTWORTHY', '时间戳服务的应答里没有时间戳。');
  const der = derOf(response.timeStampToken);
  const { info, fault } = await readToken(der, sha256);
  if (!info) throw new TimestampError('UNTRUSTWORTHY', `时间戳服务的应答不可信：${fault ?? '无法读取'}。`);
  if (!info.nonce || !Buffer.from(info.nonce.valueBlock.valueHexView).equals(nonce)) {
    throw new TimestampError('UNTRUSTWORTHY', '时间戳服务答复的不是本次请求。');
  }
  return { der, time: info.genTime };
}

/**
 * Verifies a token against the digest it must attest: imprint, signature, key purpose, validity of its certificate at the time
 * it states, chain to a trusted root.
 */
export async function verifyTimestampToken(
  der: Uint8Array,
  expectedDigest: (algorithm: string) => Uint8Array,
  trustedRoots: readonly ParsedCertificate[],
): Promise<TimestampVerification> {
  const { info, signer, certificates, fault } = await readToken(der, expectedDigest);
  if (!info || !signer) return { outcome: 'failed', text: `时间戳无效：${fault ?? '无法读取'}` };
  const facts = { time: info.genTime, authorityName: signer.subjectName };
  if (!maySignTimestamps(signer))
    return { outcome: 'failed', text: '时间戳无效：出具者的证书不是时间戳证书', ...facts };
  if (!isValidAt(signer, info.genTime))
    return { outcome: 'failed', text: '时间戳无效：出具时证书不在有效期内', ...facts };
  const chain = findChain(signer, certificates, trustedRoots);
  if (!chain.trusted || !chain.path.every((certificate) => isValidAt(certificate, info.genTime))) {
    return { outcome: 'unknown', text: `时间戳的出具者“${signer.subjectName}”不在受信任名单内`, ...facts };
  }
  return { outcome: 'passed', text: `时间戳有效，由“${signer.subjectName}”出具`, ...facts, path: chain.path };
}

/** {@link verifyTimestampToken} for a token that came with a signature and attests its value. */
export function verifySignatureTimestamp(
  token: Uint8Array,
  { signatureValue = new Uint8Array() }: Pick<CmsVerification, 'signatureValue'>,
  trustedRoots: readonly ParsedCertificate[],
): Promise<TimestampVerification> {
  return verifyTimestampToken(
    token,
    (algorithm) => createHash(algorithm).update(signatureValue).digest(),
    trustedRoots,
  );
}

const sha256Imprint = (digest: Uint8Array): pkijs.MessageImprint =>
  new pkijs.MessageImprint({
    hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256, algorithmParams: new asn1js.Null() }),
    hashedMessage: new asn1js.OctetString({ valueHex: arrayBuffer(digest) }),
  });

interface ReadToken {
  readonly info?: pkijs.TSTInfo;
  readonly signer?: ParsedCertificate;
  readonly certificates: readonly ParsedCertificate[];
  readonly fault?: string;
}

const IMPRINT_DIGESTS: ReadonlyMap<string, string> = new Map([
  [OID.sha256, 'sha256'],
  [OID.sha384, 'sha384'],
  [OID.sha512, 'sha512'],
]);

async function readToken(
  der: Uint8Array,
  expected: Uint8Array | ((algorithm: string) => Uint8Array),
): Promise<ReadToken> {
  const cms = await verifySignedData(der, OID.timestampInfo);
  const { certificates } = cms;
  const bad = cms.checks.find((check) => check.outcome !== 'passed');
  if (bad) return { certificates, fault: bad.text };
  if (!cms.content || !cms.signer) return { certificates, fault: '没有内容' };
  try {
    const info = new pkijs.TSTInfo({ schema: parseAsn1(cms.content) });
    const algorithm = IMPRINT_DIGESTS.get(info.messageImprint.hashAlgorithm.algorithmId);
    if (!algorithm) return { certificates, fault: '所用摘要算法已不安全或不受支持' };
    const digest = typeof expected === 'function' ? expected(algorithm) : expected;
    if (!Buffer.from(info.messageImprint.hashedMessage.valueBlock.valueHexView).equals(digest)) {
      return { certificates, fault: '时间戳是为另一份签名出具的' };
    }
    return { info, signer: cms.signer, certificates };
  } catch {
    return { certificates, fault: '时间戳内容已损坏' };
  }
}

/** A timestamp service inside this process, for demonstrations and tests; it vouches for nothing but this machine's clock. */
export class LocalTimestampAuthority implements TimestampAuthority {
  /**
   * @param signer key with a certificate whose critical and only purpose is timeStamping
   * @param clock the moment to attest
   * @param policy object identifier of the timestamp policy; an example arc by default (RFC 3161 demands one)
   */
  constructor(
    private readonly signer: Signer,
    private readonly clock: () => Date,
    private readonly policy = '1.3.6.1.4.1.99999.1.1',
  ) {}

  async query(request: Uint8Array): Promise<Uint8Array> {
    let asked: pkijs.TimeStampReq;
    try {
      asked = new pkijs.TimeStampReq({ schema: parseAsn1(request) });
    } catch {
      return rejection(5); // badDataFormat
    }
    if (asked.messageImprint.hashAlgorithm.algorithmId !== OID.sha256) return rejection(0); // badAlg
    if (asked.messageImprint.hashedMessage.valueBlock.valueHexView.length !== 32) return rejection(5);
    const serial = randomBytes(16);
    serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
    const info = new pkijs.TSTInfo({
      version: 1,
      policy: this.policy,
      messageImprint: asked.messageImprint,
      serialNumber: new asn1js.Integer({ valueHex: arrayBuffer(serial) }),
      genTime: this.clock(),
      accuracy: new pkijs.Accuracy({ seconds: 1 }),
      ...(asked.nonce ? { nonce: asked.nonce } : {}),
    });
    const embedded = derOf(info);
    const signed = await signData(this.signer, {
      contentType: OID.timestampInfo,
      digest: createHash('sha256').update(embedded).digest(),
      embedded,
    });
    // RFC 3161 §2.4.1: certificates come along only when asked for.
    if (!asked.certReq) delete signed.certificates;
    const token = new pkijs.ContentInfo({ schema: parseAsn1(encodeSignedData(signed)) });
    return derOf(
      new pkijs.TimeStampResp({
        status: new pkijs.PKIStatusInfo({ status: pkijs.PKIStatus.granted }),
        timeStampToken: token,
      }),
    );
  }
}

/** A response that says no, with the bit of PKIFailureInfo that says why. */
function rejection(failureBit: number): Buffer {
  const bits = new Uint8Array([0x80 >> failureBit]);
  const failure = new asn1js.BitString({ valueHex: arrayBuffer(bits), unusedBits: 7 - failureBit });
  return Buffer.from(
    new asn1js.Sequence({
      value: [schemaOf(new pkijs.PKIStatusInfo({ status: pkijs.PKIStatus.rejection, failInfo: failure }))],
    }).toBER(),
  );
}

/** Where a timestamp service answers over HTTP (RFC 3161 §3.4). */
export interface HttpTimestampOptions {
  readonly url: string;
  /** Milliseconds until the service counts as unreachable; 5,000 by default, so that a counter never waits for it. */
  readonly timeoutMs?: number;
}

const MAX_RESPONSE_BYTES = 64 * 1024;

/** Asks a timestamp service over HTTP. */
export class HttpTimestampAuthority implements TimestampAuthority {
  constructor(private readonly options: HttpTimestampOptions) {}

  async query(request: Uint8Array): Promise<Uint8Array> {
    try {
      const response = await fetch(this.options.url, {
        method: 'POST',
        headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
        body: Uint8Array.from(request),
        redirect: 'error',
        signal: AbortSignal.timeout(this.options.timeoutMs ?? 5_000),
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw new TimestampError('UNREACHABLE', `时间戳服务暂不可用（HTTP ${response.status}）。`);
      }
      return await boundedBody(response);
    } catch (error) {
      if (error instanceof TimestampError) throw error;
      throw new TimestampError('UNREACHABLE', '连接不上时间戳服务。', { cause: error });
    }
  }
}

async function boundedBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    length += bytes.length;
    if (length > MAX_RESPONSE_BYTES) throw new TimestampError('UNTRUSTWORTHY', '时间戳服务的应答过大，已拒收。');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
