import { X509Certificate } from 'node:crypto';
import { ruleViolation } from '../../../kernel';

/** What a certificate says, as the register of seals and the trust list keep it. */
export interface CertificateFacts {
  readonly subjectName: string;
  readonly issuerName: string;
  readonly serialNumber: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string;
  readonly isAuthority: boolean;
  readonly pem: string;
}

/** Reads the first certificate of a PEM text. @throws DomainError 422 when it is none */
export function certificateFacts(pem: string | Buffer, pointer?: string): CertificateFacts {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    throw ruleViolation(
      'seals.certificate-unreadable',
      '证书无法读取。请提供 PEM 格式（以“-----BEGIN CERTIFICATE-----”开头）的证书。',
      pointer,
    );
  }
  return {
    subjectName: commonName(certificate.subject),
    issuerName: commonName(certificate.issuer),
    serialNumber: certificate.serialNumber.toUpperCase(),
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    isAuthority: certificate.ca,
    pem: certificate.toString(),
  };
}

/** The CN of a distinguished name as node prints it, one part a line; the whole name where there is none. */
function commonName(name: string): string {
  const line = name.split('\n').find((part) => part.startsWith('CN='));
  return line === undefined ? name.replaceAll('\n', '，') : line.slice(3);
}
