import { createHash, verify } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { OID, derOf, parseAsn1 } from './asn1';
import { ParsedCertificate, isValidAt, mayAnswerForRevocation, parseCertificate } from './certificate';

/** A CRL (RFC 5280 §5) or an OCSP response (RFC 6960), as it came: DER. */
export type RevocationKind = 'crl' | 'ocsp';

/**
 * What a list or an answer says of one certificate. `foreign`: it is not about this certificate, or not signed by whoever may
 * speak for its issuer. `stale`: it was made before the moment that it should speak for.
 */
export type RevocationStanding =
  | { readonly outcome: 'good'; readonly responder?: ParsedCertificate }
  | { readonly outcome: 'revoked'; readonly at: Date }
  | { readonly outcome: 'foreign' | 'stale' };

/** Where a certificate says that its revocation is published; addresses of other kinds (LDAP) are left out. */
export function revocationAddresses({ structure }: ParsedCertificate): {
  readonly crl: readonly string[];
  readonly ocsp: readonly string[];
} {
  const found = { crl: [] as string[], ocsp: [] as string[] };
  for (const { extnID, parsedValue } of structure.extensions ?? []) {
    const value: unknown = parsedValue;
    if (extnID === '2.5.29.31' && value instanceof pkijs.CRLDistributionPoints) {
      for (const { distributionPoint } of value.distributionPoints) found.crl.push(...webAddresses(distributionPoint));
    }
    if (extnID === '1.3.6.1.5.5.7.1.1' && value instanceof pkijs.InfoAccess) {
      for (const { accessMethod, accessLocation } of value.accessDescriptions)
        if (accessMethod === '1.3.6.1.5.5.7.48.1') found.ocsp.push(...webAddresses([accessLocation]));
    }
  }
  return found;
}

function webAddresses(names: unknown): string[] {
  if (!Array.isArray(names)) return [];
  return (names as unknown[]).flatMap((name) => {
    const address: unknown = name instanceof pkijs.GeneralName && name.type === 6 ? (name.value as unknown) : undefined;
    return typeof address === 'string' && /^https?:\/\//i.test(address) ? [address] : [];
  });
}

/** The question to an OCSP service about one certificate, DER. */
export function ocspQuestion(certificate: ParsedCertificate, issuer: ParsedCertificate): Buffer {
  const certID = new pkijs.CertID({
    // SHA-1 names the issuer here and protects nothing; services know certificates by no other digest (RFC 5019 §2.1.1).
    hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha1, algorithmParams: new asn1js.Null() }),
    ...issuerHashes(issuer, 'sha1'),
    serialNumber: certificate.structure.serialNumber,
  });
  const tbsRequest = new pkijs.TBSRequest({ requestList: [new pkijs.Request({ reqCert: certID })] });
  return derOf(new pkijs.OCSPRequest({ tbsRequest }), true);
}

const octets = (bytes: Uint8Array): asn1js.OctetString =>
  new asn1js.OctetString({ valueHex: Uint8Array.from(bytes).buffer });

function issuerHashes({ structure }: ParsedCertificate, digest: string) {
  const key = structure.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView;
  return {
    issuerNameHash: octets(createHash(digest).update(derOf(structure.subject)).digest()),
    issuerKeyHash: octets(createHash(digest).update(key).digest()),
  };
}

const DIGEST_OF_SIGNATURE: ReadonlyMap<string, string> = new Map([
  [OID.rsaSha256, 'sha256'],
  [OID.rsaSha384, 'sha384'],
  [OID.rsaSha512, 'sha512'],
  [OID.ecdsaSha256, 'sha256'],
  [OID.ecdsaSha384, 'sha384'],
  [OID.ecdsaSha512, 'sha512'],
]);

function isSignedBy(
  signer: ParsedCertificate,
  data: Uint8Array,
  algorithm: pkijs.AlgorithmIdentifier,
  signature: asn1js.BitString,
): boolean {
  const digest = DIGEST_OF_SIGNATURE.get(algorithm.algorithmId);
  return digest !== undefined && verify(digest, data, signer.publicKey, signature.valueBlock.valueHexView);
}

const serialOf = (serial: asn1js.Integer): string => Buffer.from(serial.toBER()).toString('hex');

/**
 * Asks a list or an answer about a certificate at a moment. What was revoked after that moment was good then.
 *
 * @throws Error when the bytes are not one such structure
 */
export function standingOf(
  kind: RevocationKind,
  der: Uint8Array,
  certificate: ParsedCertificate,
  issuer: ParsedCertificate,
  at: Date,
): RevocationStanding {
  return kind === 'crl' ? byList(der, certificate, issuer, at) : byAnswer(der, certificate, issuer, at);
}

function byList(
  der: Uint8Array,
  certificate: ParsedCertificate,
  issuer: ParsedCertificate,
  at: Date,
): RevocationStanding {
  const list = new pkijs.CertificateRevocationList({ schema: parseAsn1(der) });
  if (!derOf(list.issuer).equals(derOf(issuer.structure.subject))) return { outcome: 'foreign' };
  if (!coversAllOf(list, certificate)) return { outcome: 'foreign' };
  if (!isSignedBy(issuer, new Uint8Array(list.tbsView), list.signatureAlgorithm, list.signatureValue))
    return { outcome: 'foreign' };
  const serial = serialOf(certificate.structure.serialNumber);
  const entry = list.revokedCertificates?.find(({ userCertificate }) => serialOf(userCertificate) === serial);
  if (entry && entry.revocationDate.value <= at) return { outcome: 'revoked', at: entry.revocationDate.value };
  const made = list.thisUpdate.value;
  return made >= at && isValidAt(issuer, made) ? { outcome: 'good' } : { outcome: 'stale' };
}

/** A list of some reasons only, of other kinds of certificates, of changes or of another issuer proves nothing by its silence. */
function coversAllOf(list: pkijs.CertificateRevocationList, certificate: ParsedCertificate): boolean {
  return (list.crlExtensions?.extensions ?? []).every((extension) => {
    if (!extension.critical) return true;
    const scope: unknown = extension.parsedValue;
    if (!(scope instanceof pkijs.IssuingDistributionPoint)) return false;
    const addresses = webAddresses(scope.distributionPoint);
    const isItsPart =
      scope.distributionPoint === undefined ||
      addresses.some((address) => revocationAddresses(certificate).crl.includes(address));
    const isItsKind = certificate.x509.ca ? !scope.onlyContainsUserCerts : !scope.onlyContainsCACerts;
    return (
      isItsPart &&
      isItsKind &&
      !scope.indirectCRL &&
      !scope.onlyContainsAttributeCerts &&
      scope.onlySomeReasons === undefined
    );
  });
}

function byAnswer(
  der: Uint8Array,
  certificate: ParsedCertificate,
  issuer: ParsedCertificate,
  at: Date,
): RevocationStanding {
  const response = new pkijs.OCSPResponse({ schema: parseAsn1(der) });
  if (response.responseStatus.valueBlock.valueDec !== 0 || !response.responseBytes) return { outcome: 'foreign' };
  const inner = new Uint8Array(response.responseBytes.response.getValue());
  const answer = new pkijs.BasicOCSPResponse({ schema: parseAsn1(inner) });
  const wanted = issuerHashes(issuer, 'sha1');
  const serial = serialOf(certificate.structure.serialNumber);
  const single = answer.tbsResponseData.responses.find(
    ({ certID }) =>
      serialOf(certID.serialNumber) === serial &&
      certID.issuerNameHash.isEqual(wanted.issuerNameHash) &&
      certID.issuerKeyHash.isEqual(wanted.issuerKeyHash),
  );
  if (!single) return { outcome: 'foreign' };
  const speakers = [issuer, ...delegates(answer, issuer, single.thisUpdate)];
  const tbs = new Uint8Array(answer.tbsResponseData.tbsView);
  const speaker = speakers.find((one) => isSignedBy(one, tbs, answer.signatureAlgorithm, answer.signature));
  if (!speaker) return { outcome: 'foreign' };
  const status = single.certStatus as asn1js.BaseBlock;
  if (status.idBlock.tagNumber === 1) {
    const [when] = (status as asn1js.Constructed).valueBlock.value;
    if (!(when instanceof asn1js.GeneralizedTime)) return { outcome: 'foreign' };
    if (when.toDate() <= at) return { outcome: 'revoked', at: when.toDate() };
  } else if (status.idBlock.tagNumber !== 0) return { outcome: 'foreign' };
  if (single.thisUpdate < at) return { outcome: 'stale' };
  return speaker === issuer ? { outcome: 'good' } : { outcome: 'good', responder: speaker };
}

/** Responders that the issuer itself has named to answer for it (RFC 6960 §4.2.2.2). */
function delegates(answer: pkijs.BasicOCSPResponse, issuer: ParsedCertificate, at: Date): ParsedCertificate[] {
  return (answer.certs ?? [])
    .slice(0, 4)
    .map((structure) => parseCertificate(derOf(structure)))
    .filter(
      (one) =>
        mayAnswerForRevocation(one) &&
        isValidAt(one, at) &&
        one.x509.checkIssued(issuer.x509) &&
        one.x509.verify(issuer.publicKey),
    );
}
