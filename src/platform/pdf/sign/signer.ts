import { KeyObject, createHash, sign as signWith, verify } from 'node:crypto';
import { ParsedCertificate, hasStrongKey, parseCertificate } from './certificate';
import { SealingError } from './sealing-error';

/** RSASSA-PKCS1-v1_5 or ECDSA on P-256 (DER-encoded r and s), both over SHA-256. */
export type SigningAlgorithm = 'RSA-SHA256' | 'ECDSA-P256-SHA256';

/**
 * Whoever holds a signing key: this process, a .p12 file, a token behind PKCS#11, a provider over HTTP.
 * Everything is asynchronous so that none of them blocks the event loop.
 */
export interface Signer {
  readonly algorithm: SigningAlgorithm;
  /** DER certificates, the signer's own first, then its issuers; the root may be left out. */
  certificateChain(): Promise<readonly Uint8Array[]>;
  /** Signs the bytes (which the signer hashes with SHA-256 itself) and answers the raw signature value. */
  sign(digestInput: Uint8Array): Promise<Uint8Array>;
}

/** Signs with a private key held in memory. The signature is computed in the thread pool. */
export class KeySigner implements Signer {
  readonly algorithm: SigningAlgorithm;
  private readonly chain: readonly Uint8Array[];

  /**
   * @param privateKey RSA of 2048 bits or more (3072 recommended) or P-256
   * @param chain DER certificates, the signer's own first
   * @throws SealingError KEY_UNSUPPORTED, KEY_MISMATCH when key and first certificate do not belong together
   */
  constructor(
    private readonly privateKey: KeyObject,
    chain: readonly Uint8Array[],
  ) {
    const [own] = chain;
    if (!own) throw new SealingError('KEY_MISMATCH', '签章密钥没有配套的证书，请连同证书一起配置。');
    const certificate = parseCertificate(own);
    this.algorithm = algorithmOf(privateKey, certificate);
    if (!certificate.x509.checkPrivateKey(privateKey)) throw keyMismatch();
    this.chain = chain;
  }

  certificateChain(): Promise<readonly Uint8Array[]> {
    return Promise.resolve(this.chain);
  }

  sign(digestInput: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      signWith('sha256', digestInput, this.privateKey, (error, signature) => {
        if (error) reject(error);
        else resolve(signature);
      });
    });
  }
}

/**
 * A key that never leaves where it lies. Only digests go there, and what comes back is checked against the certificate before
 * it is used: a wrong key or a broken line must not end as a seal that nobody can verify.
 */
export abstract class OutsideSigner implements Signer {
  readonly algorithm: SigningAlgorithm;
  private readonly publicKey: KeyObject;

  /**
   * @param chain DER certificates, the signer's own first
   * @throws SealingError KEY_UNSUPPORTED, KEY_MISMATCH
   */
  constructor(private readonly chain: readonly Uint8Array[]) {
    const [own] = chain;
    if (!own) throw new SealingError('KEY_MISMATCH', '签章密钥没有配套的证书，请连同证书一起配置。');
    const certificate = parseCertificate(own);
    this.publicKey = certificate.publicKey;
    this.algorithm = algorithmOf(this.publicKey, certificate);
  }

  certificateChain(): Promise<readonly Uint8Array[]> {
    return Promise.resolve(this.chain);
  }

  async sign(digestInput: Uint8Array): Promise<Uint8Array> {
    const answer = await this.signDigest(createHash('sha256').update(digestInput).digest());
    // Tokens and providers answer r and s either in DER or side by side.
    const isPlain =
      this.algorithm === 'ECDSA-P256-SHA256' &&
      answer.length === 64 &&
      verify('sha256', digestInput, { key: this.publicKey, dsaEncoding: 'ieee-p1363' }, answer);
    const signature = isPlain ? derOfPlain(answer) : answer;
    if (!verify('sha256', digestInput, this.publicKey, signature)) throw keyMismatch();
    return signature;
  }

  /** Signs 32 bytes of SHA-256: PKCS#1 v1.5 with its DigestInfo, or ECDSA in DER or as r and s of 32 bytes each. */
  protected abstract signDigest(sha256: Uint8Array): Promise<Uint8Array>;
}

function algorithmOf(key: KeyObject, certificate: ParsedCertificate): SigningAlgorithm {
  if (key.asymmetricKeyType === 'rsa' && hasStrongKey(certificate)) return 'RSA-SHA256';
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType === 'ec' && curve === 'prime256v1') return 'ECDSA-P256-SHA256';
  throw new SealingError('KEY_UNSUPPORTED', '签章密钥须为 RSA（2048 位以上）或 P-256，请更换证书。');
}

function keyMismatch(): SealingError {
  return new SealingError('KEY_MISMATCH', '签章密钥与证书不是一对，请核对所配置的证书。');
}

function derOfPlain(rs: Uint8Array): Uint8Array {
  const number = (bytes: Uint8Array): Buffer => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const bare = Buffer.from(bytes.subarray(Math.max(first, 0)));
    const isNegative = ((bare[0] ?? 0) & 0x80) !== 0;
    const body = isNegative ? Buffer.concat([Buffer.of(0), bare]) : bare;
    return Buffer.concat([Buffer.of(0x02, body.length), body]);
  };
  const both = Buffer.concat([number(rs.subarray(0, 32)), number(rs.subarray(32))]);
  return Buffer.concat([Buffer.of(0x30, both.length), both]);
}
