import { KeyObject, sign as signWith } from 'node:crypto';
import { hasStrongKey, parseCertificate } from './certificate';
import { SealingError } from './sealing-error';

/** RSASSA-PKCS1-v1_5 or ECDSA on P-256 (DER-encoded r and s), both over SHA-256. */
export type SigningAlgorithm = 'RSA-SHA256' | 'ECDSA-P256-SHA256';

/**
 * Whoever holds a signing key: this process, a .p12 file, later a hardware token or a provider over HTTP.
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
    const curve = privateKey.asymmetricKeyDetails?.namedCurve;
    if (privateKey.asymmetricKeyType === 'rsa' && hasStrongKey(certificate)) this.algorithm = 'RSA-SHA256';
    else if (privateKey.asymmetricKeyType === 'ec' && curve === 'prime256v1') this.algorithm = 'ECDSA-P256-SHA256';
    else throw new SealingError('KEY_UNSUPPORTED', '签章密钥须为 RSA（2048 位以上）或 P-256，请更换证书。');
    if (!certificate.x509.checkPrivateKey(privateKey)) {
      throw new SealingError('KEY_MISMATCH', '签章密钥与证书不是一对，请核对所配置的证书文件。');
    }
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
