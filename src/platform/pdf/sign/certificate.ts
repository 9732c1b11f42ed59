import { KeyObject, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

/** The parts of X.509 (RFC 5280) that sealing and verifying decide by. */
export interface ParsedCertificate {
  readonly der: Buffer;
  readonly x509: X509Certificate;
  /** Read at once, because OpenSSL finds a damaged key only when it is asked for. */
  readonly publicKey: KeyObject;
  readonly structure: pkijs.Certificate;
  /** Common name of the subject, else its whole name in one line. */
  readonly subjectName: string;
  readonly issuerName: string;
  /** Serial number, upper-case hexadecimal. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const OID_COMMON_NAME = '2.5.4.3';
const OID_KEY_USAGE = '2.5.29.15';
const OID_EXTENDED_KEY_USAGE = '2.5.29.37';
const OID_BASIC_CONSTRAINTS = '2.5.29.19';
const OID_TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/** Purposes under which document signatures are made: document signing, e-mail, Adobe, Microsoft, any. */
const DOCUMENT_PURPOSES: ReadonlySet<string> = new Set([
  '1.3.6.1.5.5.7.3.36',
  '1.3.6.1.5.5.7.3.4',
  '1.2.840.113583.1.1.5',
  '1.3.6.1.4.1.311.10.3.12',
  '2.5.29.37.0',
]);

/** Critical extensions we understand; any other critical one makes the certificate unusable (RFC 5280 §4.2). */
const UNDERSTOOD_CRITICAL: ReadonlySet<string> = new Set([
  OID_KEY_USAGE,
  OID_EXTENDED_KEY_USAGE,
  OID_BASIC_CONSTRAINTS,
  '2.5.29.17',
  '2.5.29.32',
]);

/** sha256/384/512 with RSA, RSASSA-PSS, ecdsa with sha256/384/512: nobody signs with SHA-1 any more. */
const STRONG_SIGNATURES: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.10',
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
]);

const nameOf = (name: pkijs.RelativeDistinguishedNames): string => {
  const parts = name.typesAndValues.map((part) => ({
    type: part.type,
    text: String((part.value as { valueBlock: { value: unknown } }).valueBlock.value),
  }));
  return parts.find((part) => part.type === OID_COMMON_NAME)?.text ?? parts.map((part) => part.text).join(' ');
};

/**
 * Reads one certificate.
 *
 * @throws Error when the bytes are not exactly one certificate.
 */
export function parseCertificate(der: Uint8Array): ParsedCertificate {
  const asn1 = asn1js.fromBER(der);
  if (asn1.offset !== der.length) throw new Error('not exactly one certificate');
  return readCertificate(der, new pkijs.Certificate({ schema: asn1.result }));
}

const known = new WeakMap<Uint8Array, ParsedCertificate>();

/** {@link parseCertificate} for our own certificates and roots, which come again and again: parsing takes a millisecond or two. */
export function parseOwnCertificate(der: Uint8Array): ParsedCertificate {
  let certificate = known.get(der);
  if (!certificate) known.set(der, (certificate = parseCertificate(der)));
  return certificate;
}

/** A certificate whose structure is parsed already, with its exact bytes. */
export function readCertificate(der: Uint8Array, structure: pkijs.Certificate): ParsedCertificate {
  const x509 = new X509Certificate(der);
  return {
    der: Buffer.from(der),
    x509,
    publicKey: x509.publicKey,
    structure,
    subjectName: nameOf(structure.subject),
    issuerName: nameOf(structure.issuer),
    serialNumber: x509.serialNumber,
    notBefore: structure.notBefore.value,
    notAfter: structure.notAfter.value,
  };
}

const extension = (certificate: ParsedCertificate, oid: string): pkijs.Extension | undefined =>
  certificate.structure.extensions?.find((candidate) => candidate.extnID === oid);

const keyUsageBits = (certificate: ParsedCertificate): number | undefined => {
  const value: unknown = extension(certificate, OID_KEY_USAGE)?.parsedValue;
  if (!(value instanceof asn1js.BitString)) return undefined;
  return value.valueBlock.valueHexView[0] ?? 0;
};

const purposes = (certificate: ParsedCertificate): readonly string[] | undefined => {
  const value: unknown = extension(certificate, OID_EXTENDED_KEY_USAGE)?.parsedValue;
  return value instanceof pkijs.ExtKeyUsage ? value.keyPurposes : undefined;
};

/** May the certificate sign documents: key usage digitalSignature or nonRepudiation, and a document purpose if any is named. */
export function maySignDocuments(certificate: ParsedCertificate): boolean {
  const bits = keyUsageBits(certificate);
  const named = purposes(certificate);
  return (
    (bits === undefined || (bits & 0b1100_0000) !== 0) &&
    (named === undefined || named.some((purpose) => DOCUMENT_PURPOSES.has(purpose)))
  );
}

/** May the certificate sign timestamps: the critical and only purpose is timeStamping (RFC 3161 §2.3). */
export function maySignTimestamps(certificate: ParsedCertificate): boolean {
  const bits = keyUsageBits(certificate);
  const named = purposes(certificate);
  return (
    (bits === undefined || (bits & 0b1100_0000) !== 0) &&
    extension(certificate, OID_EXTENDED_KEY_USAGE)?.critical === true &&
    named?.length === 1 &&
    named[0] === OID_TIME_STAMPING
  );
}

/** May the certificate answer in its issuer's place whether another was revoked: purpose OCSPSigning (RFC 6960 §4.2.2.2). */
export const mayAnswerForRevocation = (certificate: ParsedCertificate): boolean =>
  purposes(certificate)?.includes('1.3.6.1.5.5.7.3.9') === true;

/** RSA of 2048 bits or more, or one of the NIST curves. */
export function hasStrongKey(certificate: ParsedCertificate): boolean {
  const key = certificate.publicKey;
  if (key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss') {
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  }
  return (
    key.asymmetricKeyType === 'ec' &&
    ['prime256v1', 'secp384r1', 'secp521r1'].includes(key.asymmetricKeyDetails?.namedCurve ?? '')
  );
}

export const isValidAt = (certificate: ParsedCertificate, at: Date): boolean =>
  certificate.notBefore <= at && at <= certificate.notAfter;

/** The path from a certificate to a root that is trusted, leaf first. */
export type ChainResult =
  | { readonly trusted: true; readonly path: readonly ParsedCertificate[] }
  | { readonly trusted: false; readonly reason: 'no-path' | 'weak' | 'unknown-critical-extension' };

const MAX_PATH = 6;
const MAX_SIGNATURE_CHECKS = 60;

/**
 * Looks for a path from `leaf` through `pool` to one of `trustedRoots`: names, key identifiers and signatures (by OpenSSL),
 * basic constraints with path length, no unknown critical extension, no SHA-1. Validity in time is judged apart, on `path`.
 */
export function findChain(
  leaf: ParsedCertificate,
  pool: readonly ParsedCertificate[],
  trustedRoots: readonly ParsedCertificate[],
): ChainResult {
  let checksLeft = MAX_SIGNATURE_CHECKS;
  let reason: 'no-path' | 'weak' | 'unknown-critical-extension' = 'no-path';
  const usable = (certificate: ParsedCertificate): boolean => {
    if (certificate.structure.extensions?.some((e) => e.critical && !UNDERSTOOD_CRITICAL.has(e.extnID))) {
      reason = 'unknown-critical-extension';
      return false;
    }
    if (!hasStrongKey(certificate) || !STRONG_SIGNATURES.has(certificate.structure.signatureAlgorithm.algorithmId)) {
      reason = 'weak';
      return false;
    }
    return true;
  };
  const issued = (child: ParsedCertificate, issuer: ParsedCertificate, below: number): boolean => {
    const constraints: unknown = extension(issuer, OID_BASIC_CONSTRAINTS)?.parsedValue;
    if (!issuer.x509.ca || !child.x509.checkIssued(issuer.x509)) return false;
    if (constraints instanceof pkijs.BasicConstraints && typeof constraints.pathLenConstraint === 'number') {
      if (below > constraints.pathLenConstraint) return false;
    }
    return --checksLeft >= 0 && child.x509.verify(issuer.publicKey);
  };
  const climb = (path: readonly ParsedCertificate[]): readonly ParsedCertificate[] | null => {
    const top = path.at(-1);
    if (!top || path.length > MAX_PATH || checksLeft < 0 || !usable(top)) return null;
    if (trustedRoots.some((root) => root.der.equals(top.der))) return path;
    for (const root of trustedRoots) {
      if (usable(root) && issued(top, root, path.length - 1)) return [...path, root];
    }
    for (const candidate of pool) {
      if (path.some((seen) => seen.der.equals(candidate.der)) || !issued(top, candidate, path.length - 1)) continue;
      const found = climb([...path, candidate]);
      if (found) return found;
    }
    return null;
  };
  const path = climb([leaf]);
  return path ? { trusted: true, path } : { trusted: false, reason };
}
