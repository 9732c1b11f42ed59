import * as asn1js from 'asn1js';

/** Object identifiers used in CMS (RFC 5652), CAdES (RFC 5035, 5126) and timestamps (RFC 3161). */
export const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  crlNumber: '2.5.29.20',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
  rsaSha256: '1.2.840.113549.1.1.11',
  rsaSha384: '1.2.840.113549.1.1.12',
  rsaSha512: '1.2.840.113549.1.1.13',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  ecdsaSha384: '1.2.840.10045.4.3.3',
  ecdsaSha512: '1.2.840.10045.4.3.4',
  sm3: '1.2.156.10197.1.401',
  sm2WithSm3: '1.2.156.10197.1.501',
} as const;

/** A structure of pkijs; its own types call every schema `any`. */
interface Encodable {
  toSchema(encodeFlag?: boolean): unknown;
}

export const schemaOf = (structure: Encodable, encode = false): asn1js.BaseBlock =>
  structure.toSchema(encode) as asn1js.BaseBlock;

/** DER of a pkijs structure. */
export const derOf = (structure: Encodable, encode = false): Buffer => Buffer.from(schemaOf(structure, encode).toBER());

/** Parses bytes that must be exactly one ASN.1 value. */
export function parseAsn1(der: Uint8Array): asn1js.AsnType {
  const parsed = asn1js.fromBER(der);
  if (parsed.offset !== der.length) throw new Error(`not exactly one ASN.1 value: ${parsed.result.error}`);
  return parsed.result;
}

/** Length in bytes of the ASN.1 value at the beginning, header included; -1 when the header is not definite-length DER. */
export function derLength(bytes: Uint8Array): number {
  const first = bytes[1];
  if (bytes[0] === undefined || first === undefined || (bytes[0] & 0x1f) === 0x1f) return -1;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count < 1 || count > 4 || bytes.length < 2 + count) return -1;
  let length = 0;
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[2 + i] ?? 0);
  return 2 + count + length;
}
