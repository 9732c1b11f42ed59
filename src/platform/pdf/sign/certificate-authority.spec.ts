import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { exportIdentity, importIdentity, issueCommitteeCertificate, issueRoot, rootOf, signerOf } from '.';
import { maySignDocuments, maySignTimestamps, parseCertificate } from './certificate';
import { COMMITTEE, DemoCentre, NOW, aDemoCentre } from '../../../../test/support/sealing-fixtures';

describe('the certificate authority of a demonstration', () => {
  let centre: DemoCentre;
  beforeAll(async () => {
    centre = await aDemoCentre();
  });

  it('names the committee in Chinese, under the root, for the life that was asked', () => {
    const certificate = parseCertificate(centre.committee.chain[0] ?? new Uint8Array());
    expect(certificate.x509.subject).toBe(`C=CN\nO=新城区中山路街道办事处\nCN=${COMMITTEE}`);
    expect(certificate.subjectName).toBe(COMMITTEE);
    expect(certificate.issuerName).toBe('新城区综治中心演示根证书');
    expect(certificate.notBefore.toISOString()).toBe('2026-01-01T00:00:00.000Z');
    expect(certificate.notAfter.toISOString()).toBe('2031-01-01T00:00:00.000Z');
    const root = parseCertificate(rootOf(centre.committee));
    expect(certificate.x509.checkIssued(root.x509)).toBe(true);
    expect(certificate.x509.verify(root.publicKey)).toBe(true);
  });

  it('gives each certificate one purpose', () => {
    const [committee, timestamp, root] = [centre.committee, centre.timestamp, centre.root].map((identity) =>
      parseCertificate(identity.chain[0] ?? new Uint8Array()),
    );
    if (!committee || !timestamp || !root) throw new Error('no certificate');
    expect([maySignDocuments(committee), maySignTimestamps(committee), committee.x509.ca]).toEqual([
      true,
      false,
      false,
    ]);
    expect([maySignDocuments(timestamp), maySignTimestamps(timestamp), timestamp.x509.ca]).toEqual([
      false,
      true,
      false,
    ]);
    expect([maySignDocuments(root), maySignTimestamps(root), root.x509.ca]).toEqual([false, false, true]);
  });

  it.each(['P-256', 'RSA-3072'] as const)(
    'survives storage as PEM with the key encrypted by the application (%s)',
    async (key) => {
      const life = { key, notBefore: new Date(NOW.getTime() - 1_000), notAfter: new Date(NOW.getTime() + 1_000_000) };
      const root = await issueRoot({ commonName: '根', ...life });
      const stored = exportIdentity(root);
      const secret = randomBytes(32);
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', secret, nonce);
      const locked = Buffer.concat([cipher.update(stored.privateKeyPem, 'utf8'), cipher.final()]);
      const decipher = createDecipheriv('aes-256-gcm', secret, nonce).setAuthTag(cipher.getAuthTag());
      const privateKeyPem = Buffer.concat([decipher.update(locked), decipher.final()]).toString('utf8');
      const again = importIdentity({ ...stored, privateKeyPem });
      expect(again.chain.map((der) => Buffer.from(der).toString('hex'))).toEqual(
        root.chain.map((der) => Buffer.from(der).toString('hex')),
      );
      // An imported root goes on issuing.
      const committee = await issueCommitteeCertificate(again, { commonName: COMMITTEE, ...life });
      expect(committee.chain).toHaveLength(2);
      expect(signerOf(committee).algorithm).toBe(key === 'P-256' ? 'ECDSA-P256-SHA256' : 'RSA-SHA256');
      expect(
        parseCertificate(committee.chain[0] ?? new Uint8Array()).x509.verify(parseCertificate(rootOf(again)).publicKey),
      ).toBe(true);
    },
  );
});
