import 'reflect-metadata'; // needed by @peculiar/x509 before it is loaded
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { OID, schemaOf } from './asn1';
import { ParsedCertificate, findChain, hasStrongKey, parseCertificate } from './certificate';
import { encodeSignedData, signData } from './cms-signing';
import { verifySignedData } from './cms-verification';
import { signerOf } from './certificate-authority';
import { aDemoCentre } from '../../../../test/support/sealing-fixtures';

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const makeKeys = (): Promise<webcrypto.CryptoKeyPair> => webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
const CA = [new x509.BasicConstraintsExtension(true, undefined, true)];

/** A certificate without the usual extensions, so that one rule alone decides. */
async function aCertificate(
  subject: string,
  keys: webcrypto.CryptoKeyPair,
  issuer: { name: string; keys: webcrypto.CryptoKeyPair },
  extensions: x509.Extension[] = [],
): Promise<ParsedCertificate> {
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject: `CN=${subject}`,
      issuer: `CN=${issuer.name}`,
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2030-01-01T00:00:00Z'),
      publicKey: keys.publicKey,
      signingKey: issuer.keys.privateKey,
      signingAlgorithm: P256,
      extensions,
    },
    webcrypto,
  );
  return parseCertificate(new Uint8Array(certificate.rawData));
}

describe('a chain of certificates', () => {
  let rootKeys: webcrypto.CryptoKeyPair;
  let leafKeys: webcrypto.CryptoKeyPair;
  let middleKeys: webcrypto.CryptoKeyPair;
  let root: ParsedCertificate;
  beforeAll(async () => {
    [rootKeys, leafKeys, middleKeys] = await Promise.all([makeKeys(), makeKeys(), makeKeys()]);
    root = await aCertificate('Root', rootKeys, { name: 'Root', keys: rootKeys }, CA);
  });
  const leafUnderMiddle = async (middleExtensions: x509.Extension[]): Promise<ReturnType<typeof findChain>> => {
    const middle = await aCertificate('Middle', middleKeys, { name: 'Root', keys: rootKeys }, middleExtensions);
    const leaf = await aCertificate('Leaf', leafKeys, { name: 'Middle', keys: middleKeys });
    return findChain(leaf, [middle], [root]);
  };

  it('leads through an authority to the root', async () => {
    const chain = await leafUnderMiddle(CA);
    expect(chain.trusted && chain.path.map((certificate) => certificate.subjectName)).toEqual([
      'Leaf',
      'Middle',
      'Root',
    ]);
  });

  it('ends at a certificate that is no authority', async () => {
    expect(await leafUnderMiddle([])).toEqual({ trusted: false, reason: 'no-path' });
    const denied = [new x509.BasicConstraintsExtension(false, undefined, true)];
    expect(await leafUnderMiddle(denied)).toEqual({ trusted: false, reason: 'no-path' });
  });

  it('ends where the name fits and the signature does not', async () => {
    const forged = await aCertificate('Leaf', leafKeys, { name: 'Root', keys: leafKeys });
    expect(findChain(forged, [], [root])).toEqual({ trusted: false, reason: 'no-path' });
  });

  it('ends where the path is longer than the authority may have', async () => {
    const shortRoot = await aCertificate('Root', rootKeys, { name: 'Root', keys: rootKeys }, [
      new x509.BasicConstraintsExtension(true, 0, true),
    ]);
    const middle = await aCertificate('Middle', middleKeys, { name: 'Root', keys: rootKeys }, CA);
    const leaf = await aCertificate('Leaf', leafKeys, { name: 'Middle', keys: middleKeys });
    expect(findChain(middle, [], [shortRoot]).trusted).toBe(true);
    expect(findChain(leaf, [middle], [shortRoot]).trusted).toBe(false);
  });

  it('ends at a critical extension that nobody here understands', async () => {
    const strange = new x509.Extension('1.2.3.4', true, Buffer.from([5, 0]));
    expect(await leafUnderMiddle([...CA, strange])).toEqual({ trusted: false, reason: 'unknown-critical-extension' });
    expect((await leafUnderMiddle([...CA, new x509.Extension('1.2.3.4', false, Buffer.from([5, 0]))])).trusted).toBe(
      true,
    );
  });

  it('ends at SHA-1 and at a short key', async () => {
    const sha1 = {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-1',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    };
    for (const [algorithm, strong] of [
      [sha1, true],
      [{ ...sha1, hash: 'SHA-256', modulusLength: 1024 }, false],
    ] as const) {
      const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
      const made = await x509.X509CertificateGenerator.createSelfSigned(
        { name: 'CN=Old', keys, signingAlgorithm: algorithm, extensions: CA },
        webcrypto,
      );
      const old = parseCertificate(new Uint8Array(made.rawData));
      expect(hasStrongKey(old)).toBe(strong);
      expect(findChain(old, [], [old])).toEqual({ trusted: false, reason: 'weak' });
    }
  });

  it('is not searched for ever among many issuers of one name', async () => {
    const pool = await Promise.all(
      Array.from({ length: 30 }, () => aCertificate('Middle', middleKeys, { name: 'Middle', keys: middleKeys }, CA)),
    );
    const leaf = await aCertificate('Leaf', leafKeys, { name: 'Middle', keys: middleKeys });
    const begun = performance.now();
    expect(findChain(leaf, pool, [root]).trusted).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe('a CMS signature', () => {
  const digest = new Uint8Array(32).fill(7);
  const verify = async (der: Uint8Array): Promise<string[]> => {
    const result = await verifySignedData(der, OID.data, () => Promise.resolve(digest));
    return result.checks.filter((check) => check.outcome !== 'passed').map((check) => `${check.code} ${check.outcome}`);
  };

  it('keeps its signed attributes in DER order', async () => {
    const centre = await aDemoCentre();
    const signed = await signData(signerOf(centre.committee), { contentType: OID.data, digest });
    const encodings = signed.signerInfos[0]?.signedAttrs?.attributes.map((attribute) =>
      Buffer.from(schemaOf(attribute).toBER()).toString('hex'),
    );
    expect(encodings).toHaveLength(3);
    expect(encodings).toEqual([...(encodings ?? [])].sort());
    expect(await verify(encodeSignedData(signed))).toEqual([]);
  });

  it('is not confirmed with an unsigned attribute that nobody here understands', async () => {
    const centre = await aDemoCentre();
    const signed = await signData(signerOf(centre.committee), { contentType: OID.data, digest });
    const [signerInfo] = signed.signerInfos;
    if (!signerInfo) throw new Error('no signer');
    signerInfo.unsignedAttrs = new pkijs.SignedAndUnsignedAttributes({
      type: 1,
      attributes: [new pkijs.Attribute({ type: '1.2.3.4', values: [new asn1js.Null()] })],
    });
    expect(await verify(encodeSignedData(signed))).toEqual(['cms-structure unknown']);
  });

  it('notices another certificate of the same key in the place of the signer’s', async () => {
    const [rootKeys, keys] = await Promise.all([makeKeys(), makeKeys()]);
    const issuer = { name: 'Root', keys: rootKeys };
    const honest = await aCertificate('Committee', keys, issuer);
    const other = await aCertificate('Somebody else', keys, issuer);
    const signed = await signData(
      {
        algorithm: 'ECDSA-P256-SHA256',
        certificateChain: () => Promise.resolve([honest.der]),
        sign: async (input) => {
          const raw = new Uint8Array(await webcrypto.subtle.sign(P256, keys.privateKey, input));
          const half = (part: Uint8Array): asn1js.Integer =>
            new asn1js.Integer({ valueHex: Uint8Array.from([0, ...part]).buffer }).convertToDER();
          return new Uint8Array(
            new asn1js.Sequence({ value: [half(raw.subarray(0, 32)), half(raw.subarray(32))] }).toBER(),
          );
        },
      },
      { contentType: OID.data, digest },
    );
    expect(await verify(encodeSignedData(signed))).toEqual([]);
    const [signerInfo] = signed.signerInfos;
    if (!signerInfo) throw new Error('no signer');
    signed.certificates = [other.structure];
    signerInfo.sid = new pkijs.IssuerAndSerialNumber({
      issuer: other.structure.issuer,
      serialNumber: other.structure.serialNumber,
    });
    expect(await verify(encodeSignedData(signed))).toEqual(['signing-certificate failed']);
  });

  it('is refused over another digest, over nothing but the digest’s word, and with content smuggled inside', async () => {
    const centre = await aDemoCentre();
    const other = await signData(signerOf(centre.committee), { contentType: OID.data, digest: new Uint8Array(32) });
    expect(await verify(encodeSignedData(other))).toEqual(['message-digest failed']);
    const inside = await signData(signerOf(centre.committee), {
      contentType: OID.data,
      digest,
      embedded: new Uint8Array(3),
    });
    expect(await verify(encodeSignedData(inside))).toEqual(['cms-structure failed']);
    expect(await verify(new Uint8Array([0x30, 0x00]))).toEqual(['cms-structure failed']);
  });

  it('in SM2/SM3 is called what it is, not a forgery', async () => {
    const centre = await aDemoCentre();
    const signed = await signData(signerOf(centre.committee), { contentType: OID.data, digest });
    const sm3 = new pkijs.AlgorithmIdentifier({ algorithmId: OID.sm3 });
    signed.digestAlgorithms = [sm3];
    if (signed.signerInfos[0]) signed.signerInfos[0].digestAlgorithm = sm3;
    expect(await verify(encodeSignedData(signed))).toEqual(['algorithm unknown']);
  });
});
