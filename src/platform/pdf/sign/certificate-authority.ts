import 'reflect-metadata'; // needed by @peculiar/x509 before it is loaded
import { KeyObject, createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import * as asn1js from 'asn1js';
import { OID } from './asn1';
import { KeySigner } from './signer';

/** A key with its certificate and the certificates above it. */
export interface Identity {
  readonly privateKey: KeyObject;
  /** DER certificates, own first, root last. */
  readonly chain: readonly Uint8Array[];
}

/** What an application stores. The private key is PKCS#8 in the clear: encrypt it before it is written anywhere. */
export interface IdentityPem {
  readonly privateKeyPem: string;
  /** PEM certificates one after the other, own first. */
  readonly certificatesPem: string;
}

/** RSA with 3072 bits, or the NIST curve P-256. */
export type KeyKind = 'RSA-3072' | 'P-256';

/** Name and life of a certificate. */
export interface CertificateOrder {
  /** CN, e.g. 新城区中山街道人民调解委员会. */
  readonly commonName: string;
  /** O. */
  readonly organization?: string;
  readonly key: KeyKind;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const KEY_ALGORITHMS = {
  'RSA-3072': {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 3072,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
} as const;

/**
 * Makes the root of a demonstration: anybody could make the same, so papers sealed under it are for training only.
 * A real centre configures the certificate its certification authority (电子认证服务机构, E-signature Law art. 16) issued.
 */
export const issueRoot = (order: CertificateOrder): Promise<Identity> =>
  issue(order, null, [
    new x509.BasicConstraintsExtension(true, 1, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
  ]);

/** Makes a committee's certificate for sealing documents. */
export const issueCommitteeCertificate = (root: Identity, order: CertificateOrder): Promise<Identity> =>
  issue(order, root, [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
    // Document signing (RFC 9336), and e-mail protection because verifiers older than 2022 know no other purpose for it.
    new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.36', x509.ExtendedKeyUsage.emailProtection]),
  ]);

/** Makes the certificate of a timestamp service (RFC 3161 §2.3: timeStamping is the critical and only purpose). */
export const issueTimestampCertificate = (root: Identity, order: CertificateOrder): Promise<Identity> =>
  issue(order, root, [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.timeStamping], true),
  ]);

/** A certificate that an authority takes back. */
export interface WithdrawnCertificate {
  readonly serialNumber: string;
  readonly at: Date;
}

/** The list of the certificates that a demonstration's root has taken back (CRL, RFC 5280 §5), DER. */
export async function issueRevocationList(
  root: Identity,
  withdrawn: readonly WithdrawnCertificate[],
  thisUpdate: Date,
): Promise<Buffer> {
  const certificate = new x509.X509Certificate(ownBuffer(rootOf(root)));
  const signingKey = await importSigningKey(root.privateKey);
  const number = new asn1js.Integer({ value: Math.floor(thisUpdate.getTime() / 1000) });
  const list = await x509.X509CrlGenerator.create(
    {
      issuer: certificate.subjectName,
      thisUpdate,
      nextUpdate: new Date(thisUpdate.getTime() + 30 * 86_400_000),
      entries: withdrawn.map(({ serialNumber, at }) => ({
        serialNumber,
        revocationDate: at,
        reason: x509.X509CrlReason.superseded,
      })),
      extensions: [
        await x509.AuthorityKeyIdentifierExtension.create(certificate.publicKey),
        new x509.Extension(OID.crlNumber, false, number.toBER()),
      ],
      signingKey,
      signingAlgorithm: { hash: 'SHA-256', ...signingKey.algorithm },
    },
    webcrypto,
  );
  return Buffer.from(list.rawData);
}

async function issue(
  order: CertificateOrder,
  issuer: Identity | null,
  extensions: x509.Extension[],
): Promise<Identity> {
  const algorithm = KEY_ALGORITHMS[order.key];
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const subject = new x509.Name([
    { C: ['CN'] },
    ...(order.organization ? [{ O: [order.organization] }] : []),
    { CN: [order.commonName] },
  ]);
  const issuerCertificate = issuer?.chain[0] ? new x509.X509Certificate(ownBuffer(issuer.chain[0])) : null;
  const signingKey = issuer ? await importSigningKey(issuer.privateKey) : keys.privateKey;
  const serial = randomBytes(16);
  // A DER INTEGER is signed: a positive serial of 16 bytes.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serial.toString('hex'),
      subject,
      issuer: issuerCertificate?.subjectName ?? subject,
      notBefore: order.notBefore,
      notAfter: order.notAfter,
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: { hash: 'SHA-256', ...signingKey.algorithm },
      extensions: [
        ...extensions,
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(issuerCertificate?.publicKey ?? keys.publicKey),
      ],
    },
    webcrypto,
  );
  return {
    privateKey: KeyObject.from(keys.privateKey),
    chain: [Buffer.from(certificate.rawData), ...(issuer?.chain ?? [])],
  };
}

const ownBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

function importSigningKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const algorithm = KEY_ALGORITHMS[key.asymmetricKeyType === 'rsa' ? 'RSA-3072' : 'P-256'];
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
}

/** PEM of an identity, for storing. Encrypt `privateKeyPem` (AES-256-GCM) first: keys never lie in a database in the clear. */
export function exportIdentity(identity: Identity): IdentityPem {
  return {
    privateKeyPem: identity.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatesPem: pemOfChain(identity.chain),
  };
}

/** Certificates as PEM, in their order, and back. */
export const pemOfChain = (chain: readonly Uint8Array[]): string =>
  chain.map((der) => new x509.X509Certificate(ownBuffer(der)).toString('pem')).join('\n');
export const chainOfPem = (pem: string): Uint8Array[] => x509.PemConverter.decode(pem).map((der) => Buffer.from(der));

/**
 * The identity that was exported.
 *
 * @throws Error when the PEM is malformed.
 */
export function importIdentity(pem: IdentityPem): Identity {
  return {
    privateKey: createPrivateKey(pem.privateKeyPem),
    chain: chainOfPem(pem.certificatesPem),
  };
}

/** A signer for an identity. */
export const signerOf = (identity: Identity): KeySigner => new KeySigner(identity.privateKey, identity.chain);

/** The root certificate (DER) that a verifier must trust for this identity. */
export function rootOf(identity: Identity): Uint8Array {
  const root = identity.chain.at(-1);
  if (!root) throw new Error('identity without certificates');
  return root;
}
