import { SealingError } from './sealing-error';
import { OID } from './asn1';
import { OutsideSigner } from './signer';

const TIMEOUT_MS = 8000;
/** An answer holds a chain of certificates at most. */
const MAX_ANSWER = 256 * 1024;

/** A signing service as the operator has set it up: address of its interface up to the version, e.g. `https://sign.example.cn/csc/v2`. */
export interface ProviderOptions {
  readonly url: string;
  readonly accessToken: string;
  /** Demanded by some services for each signature. */
  readonly pin: string | undefined;
}

/** One key of the service, by its credential identifier, with DER certificates, own first. */
export interface ProviderKey {
  readonly provider: ProviderOptions;
  readonly credential: string;
  readonly chain: readonly Uint8Array[];
}

/**
 * Signs at a service over HTTP by the interface of the Cloud Signature Consortium (API 2.0: §11.5 credentials/info,
 * §11.6 credentials/authorize, §11.10 signatures/signHash). The service sees digests, never a paper.
 */
export class ProviderSigner extends OutsideSigner {
  constructor(private readonly key: ProviderKey) {
    super(key.chain);
  }

  protected async signDigest(sha256: Uint8Array): Promise<Uint8Array> {
    const { provider, credential: credentialID } = this.key;
    const hashes = [Buffer.from(sha256).toString('base64')];
    const digest = { hashes, hashAlgorithmOID: OID.sha256 };
    const { SAD } = await ask(provider, 'credentials/authorize', {
      credentialID,
      numSignatures: 1,
      ...digest,
      ...(provider.pin === undefined ? {} : { authData: [{ id: 'PIN', value: provider.pin }] }),
    });
    const signAlgo = this.algorithm === 'RSA-SHA256' ? OID.rsaSha256 : OID.ecdsaSha256;
    const { signatures } = await ask(provider, 'signatures/signHash', { credentialID, SAD, ...digest, signAlgo });
    const [signature] = Array.isArray(signatures) ? (signatures as unknown[]) : [];
    if (typeof signature !== 'string') throw unreachable('answer without a signature');
    return Buffer.from(signature, 'base64');
  }
}

/**
 * The certificates of a credential, its own first.
 *
 * @throws SealingError SIGNER_UNREACHABLE, SIGNER_REFUSED
 */
export async function readProviderChain(provider: ProviderOptions, credential: string): Promise<readonly Uint8Array[]> {
  const answer = await ask(provider, 'credentials/info', { credentialID: credential, certificates: 'chain' });
  const { certificates } = (answer['cert'] ?? {}) as { certificates?: unknown };
  if (!Array.isArray(certificates) || certificates.length === 0) throw unreachable('answer without certificates');
  return certificates.map((one) => Buffer.from(String(one), 'base64'));
}

async function ask(provider: ProviderOptions, path: string, body: object): Promise<Record<string, unknown>> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(`${provider.url.replace(/\/$/, '')}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${provider.accessToken}` },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = response.status;
    text = await response.text();
    if (text.length > MAX_ANSWER) throw new Error('answer too long');
  } catch (error) {
    throw unreachable(error);
  }
  if (status === 400 || status === 401 || status === 403 || status === 404) {
    throw new SealingError('SIGNER_REFUSED', '签名服务拒绝了请求。请系统管理员核对密钥名称、访问凭证和 PIN。', {
      cause: text,
    });
  }
  if (status !== 200) throw unreachable(`${status} ${text}`);
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw unreachable(error);
  }
}

function unreachable(cause: unknown): SealingError {
  return new SealingError('SIGNER_UNREACHABLE', '签名服务没有正常应答。请稍后重试；持续如此请联系系统管理员。', {
    cause,
  });
}
