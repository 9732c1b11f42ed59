import { createHash, verify } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { OID, derOf, parseAsn1, schemaOf } from './asn1';
import { ParsedCertificate, parseOwnCertificate } from './certificate';
import { SealingError } from './sealing-error';
import { Signer } from './signer';

/** What goes under the signature. */
export interface SignedDataContent {
  /** id-data for a PDF (detached), id-ct-TSTInfo for a timestamp. */
  readonly contentType: string;
  /** SHA-256 of the content. */
  readonly digest: Uint8Array;
  /** The content itself when it travels inside the CMS; left out for a detached signature. */
  readonly embedded?: Uint8Array;
}

const algorithm = (oid: string, withNull: boolean): pkijs.AlgorithmIdentifier =>
  new pkijs.AlgorithmIdentifier({ algorithmId: oid, ...(withNull ? { algorithmParams: new asn1js.Null() } : {}) });

/** Own copy of the bytes as the ArrayBuffer that asn1js wants. */
const arrayBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

/**
 * signing-certificate-v2 (RFC 5035): ties the signature to one certificate, so that another certificate of the same key
 * cannot be put in its place. SHA-256 is the default and therefore left out (DER).
 */
const signingCertificateV2 = (certificate: ParsedCertificate): pkijs.Attribute => {
  const hash = createHash('sha256').update(certificate.der).digest();
  const issuer = new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 4 },
    value: [schemaOf(certificate.structure.issuer)],
  });
  return new pkijs.Attribute({
    type: OID.signingCertificateV2,
    values: [
      new asn1js.Sequence({
        value: [
          new asn1js.Sequence({
            value: [
              new asn1js.Sequence({
                value: [
                  new asn1js.OctetString({ valueHex: arrayBuffer(hash) }),
                  new asn1js.Sequence({
                    value: [new asn1js.Sequence({ value: [issuer] }), certificate.structure.serialNumber],
                  }),
                ],
              }),
            ],
          }),
        ],
      }),
    ],
  });
};

const verifies = (certificate: ParsedCertificate, data: Uint8Array, signature: Uint8Array): Promise<boolean> =>
  new Promise((resolve, reject) => {
    verify('sha256', data, certificate.publicKey, signature, (error, valid) => {
      if (error) reject(error);
      else resolve(valid);
    });
  });

/**
 * Makes a CMS SignedData (CAdES baseline: content-type, message-digest, signing-certificate-v2; PAdES forbids signing-time,
 * EN 319 142-1 §6.3). The certificates of the chain travel along, self-signed roots excepted: a root proves nothing by coming
 * with the signature.
 *
 * @throws SealingError KEY_MISMATCH when the answer of the signer does not fit its certificate.
 */
export async function signData(signer: Signer, content: SignedDataContent): Promise<pkijs.SignedData> {
  const chain = (await signer.certificateChain()).map(parseOwnCertificate);
  const own = chain[0];
  if (!own) throw new SealingError('KEY_MISMATCH', '签章密钥没有配套的证书，请连同证书一起配置。');

  const attributes = [
    new pkijs.Attribute({
      type: OID.contentType,
      values: [new asn1js.ObjectIdentifier({ value: content.contentType })],
    }),
    new pkijs.Attribute({
      type: OID.messageDigest,
      values: [new asn1js.OctetString({ valueHex: arrayBuffer(content.digest) })],
    }),
    signingCertificateV2(own),
  ];
  // DER orders the members of a SET by their encoding; strict verifiers re-encode and would compute another hash.
  attributes.sort((left, right) => Buffer.compare(derOf(left), derOf(right)));
  const signedAttributes = new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes });
  const toBeSigned = derOf(signedAttributes);
  // The signature covers the attributes under the tag SET OF, not under the [0] that stands in the file (RFC 5652 §5.4).
  toBeSigned[0] = 0x31;
  const signature = await signer.sign(toBeSigned);
  if (!(await verifies(own, toBeSigned, signature))) {
    throw new SealingError('KEY_MISMATCH', '签章密钥给出的签名与证书不符，未盖章。请核对所配置的证书和密钥。');
  }

  const encapsulated = new pkijs.EncapsulatedContentInfo({ eContentType: content.contentType });
  // Set afterwards: the constructor would cut the content into BER chunks, and RFC 3161 wants DER.
  if (content.embedded) encapsulated.eContent = new asn1js.OctetString({ valueHex: arrayBuffer(content.embedded) });
  const sha256 = algorithm(OID.sha256, false);
  return new pkijs.SignedData({
    // RFC 5652 §5.1: 1 for plain data, 3 for any other content.
    version: content.contentType === OID.data ? 1 : 3,
    digestAlgorithms: [sha256],
    encapContentInfo: encapsulated,
    certificates: chain
      .filter((certificate, position) => position === 0 || !certificate.x509.checkIssued(certificate.x509))
      .map((certificate) => certificate.structure),
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({
          issuer: own.structure.issuer,
          serialNumber: own.structure.serialNumber,
        }),
        digestAlgorithm: sha256,
        signedAttrs: signedAttributes,
        signatureAlgorithm:
          signer.algorithm === 'RSA-SHA256' ? algorithm(OID.rsaEncryption, true) : algorithm(OID.ecdsaSha256, false),
        signature: new asn1js.OctetString({ valueHex: arrayBuffer(signature) }),
      }),
    ],
  });
}

/** Wraps SignedData into the ContentInfo that goes into the file. */
export const encodeSignedData = (signed: pkijs.SignedData): Buffer =>
  derOf(new pkijs.ContentInfo({ contentType: OID.signedData, content: schemaOf(signed, true) }));

/** The signature value of the only signer: what a signature timestamp is made over. */
export function signatureValue(signed: pkijs.SignedData): Uint8Array {
  const signerInfo = signed.signerInfos[0];
  if (!signerInfo) throw new Error('SignedData without signer');
  return Uint8Array.from(signerInfo.signature.valueBlock.valueHexView);
}

/** Adds the RFC 3161 token as the unsigned attribute that makes a B-B signature a B-T one. */
export function attachTimestamp(signed: pkijs.SignedData, token: Uint8Array): void {
  const signerInfo = signed.signerInfos[0];
  if (!signerInfo) throw new Error('SignedData without signer');
  signerInfo.unsignedAttrs = new pkijs.SignedAndUnsignedAttributes({
    type: 1,
    attributes: [new pkijs.Attribute({ type: OID.signatureTimestamp, values: [parseAsn1(token)] })],
  });
}
