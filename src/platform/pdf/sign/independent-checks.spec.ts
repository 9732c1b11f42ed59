import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as pkijs from 'pkijs';
import { KeyKind, openPkcs12, requestTimestamp, sealPdf } from '.';
import { derLength, derOf } from './asn1';
import { parseCertificate } from './certificate';
import { PdfReader } from './pdf-reader';
import { coverageOf, coveredBytes, findSignatures } from './signature-fields';
import {
  COMMITTEE,
  DemoCentre,
  NOW,
  aCompressedPaper,
  aDemoCentre,
  aPaper,
  isInstalled,
  run,
  usualOptions,
} from '../../../../test/support/sealing-fixtures';

const with_ = (program: string, flag?: string): typeof it => (isInstalled(program, flag) ? it : it.skip);
const pem = (der: Uint8Array): string => parseCertificate(der).x509.toString();

/** Real: certificates, seals and the foreign programs. Nothing is faked but the clock of the timestamp service. */
describe('a sealed file before judges that are not ours', () => {
  let folder: string;
  let rootFile: string;
  const centres = new Map<KeyKind, DemoCentre>();
  const papers: { name: string; file: string; paper: Buffer }[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'seal-'));
    for (const key of ['RSA-3072', 'P-256'] as const) {
      const centre = await aDemoCentre(key);
      centres.set(key, centre);
      for (const [kind, paper] of [
        ['table', await aPaper(2)],
        ['stream', await aCompressedPaper()],
      ] as const) {
        const name = `${key}-${kind}`;
        const file = join(folder, `${name}.pdf`);
        const sealed = await sealPdf(paper, usualOptions(centre));
        writeFileSync(file, sealed.pdf);
        writeFileSync(join(folder, `${name}.root.pem`), pem(centre.roots[0] ?? new Uint8Array()));
        papers.push({ name, file, paper });
      }
    }
    rootFile = join(folder, 'RSA-3072-table.root.pem');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  with_('pdfsig', '-v')('pdfsig finds the signature valid, the whole document signed, and the Chinese signer', () => {
    for (const { file } of papers) {
      const { output } = run('pdfsig', [file]);
      expect(output).toContain('Signature Validation: Signature is Valid.');
      expect(output).toContain('Total document signed');
      expect(output).toContain('Signature Type: ETSI.CAdES.detached');
      expect(output).toContain(`Signer Certificate Common Name: ${COMMITTEE}`);
    }
  });

  with_('qpdf')('qpdf finds no error in the structure', () => {
    for (const { file } of papers) {
      const { code, output } = run('qpdf', ['--check', file]);
      expect(output).toContain('No syntax or stream encoding errors found');
      expect(code).toBe(0);
    }
  });

  with_('mutool', '-v')('mutool sees a document unchanged since signing', () => {
    for (const { file } of papers) {
      expect(run('mutool', ['sign', '-v', file]).output).toContain('The document is unchanged since signing.');
    }
  });

  with_('openssl', 'version')('openssl verifies the CMS against the root, and refuses it for other content', () => {
    for (const { name, file } of papers) {
      const reader = new PdfReader(readFileSync(file));
      const [signature] = findSignatures(reader);
      const contents = signature?.dictionary.entries.get('Contents');
      const coverage = signature ? coverageOf(reader, signature.dictionary) : 'none';
      if (contents?.kind !== 'string' || typeof coverage === 'string') throw new Error('no signature');
      const cmsFile = join(folder, 'signature.der');
      const contentFile = join(folder, 'content.bin');
      writeFileSync(cmsFile, contents.bytes.subarray(0, derLength(contents.bytes)));
      const covered = coveredBytes(reader.bytes, coverage);
      const verify = (): { code: number | null; output: string } =>
        run('openssl', [
          ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', cmsFile, '-content', contentFile, '-cades'],
          ...[
            '-CAfile',
            join(folder, `${name}.root.pem`),
            '-attime',
            String(NOW.getTime() / 1000),
            '-out',
            '/dev/null',
          ],
        ]);
      writeFileSync(contentFile, covered);
      expect(verify().output).toContain('CAdES Verification successful');
      covered[100] = (covered[100] ?? 0) ^ 1;
      writeFileSync(contentFile, covered);
      expect(verify().code).not.toBe(0);
    }
  });

  with_('openssl', 'version')('openssl verifies a timestamp of the local service', async () => {
    const centre = centres.get('RSA-3072');
    if (!centre) throw new Error('no centre');
    const digest = createHash('sha256').update('paper').digest();
    const token = await requestTimestamp(centre.tsa, digest);
    const tokenFile = join(folder, 'token.der');
    writeFileSync(tokenFile, token.der);
    const verify = (hex: string): string =>
      run('openssl', [
        ...['ts', '-verify', '-digest', hex, '-in', tokenFile, '-token_in', '-CAfile', rootFile],
        ...['-attime', String(NOW.getTime() / 1000)],
      ]).output;
    expect(verify(digest.toString('hex'))).toContain('Verification: OK');
    expect(verify('00'.repeat(32))).toContain('Verification: FAILED');
  });

  with_('openssl', 'version')('the local service answers a request that openssl made', async () => {
    const centre = centres.get('P-256');
    if (!centre) throw new Error('no centre');
    const query = join(folder, 'query.tsq');
    const answer = join(folder, 'answer.tsr');
    run('openssl', ['ts', '-query', '-digest', 'ab'.repeat(32), '-sha256', '-cert', '-out', query]);
    writeFileSync(answer, await centre.tsa.query(readFileSync(query)));
    const { output } = run('openssl', [
      ...['ts', '-verify', '-queryfile', query, '-in', answer, '-CAfile', join(folder, 'P-256-table.root.pem')],
      ...['-attime', String(NOW.getTime() / 1000)],
    ]);
    expect(output).toContain('Verification: OK');
  });

  with_('openssl', 'version')(
    'a .p12 that openssl wrote seals, and a wrong password or old encryption is refused',
    async () => {
      const centre = centres.get('RSA-3072');
      if (!centre) throw new Error('no centre');
      const key = join(folder, 'key.pem');
      const certificates = join(folder, 'chain.pem');
      writeFileSync(key, centre.committee.privateKey.export({ type: 'pkcs8', format: 'pem' }));
      // The root first: the order inside the file must not matter.
      writeFileSync(certificates, [...centre.committee.chain].reverse().map(pem).join(''));
      const exported = (file: string, ...flags: string[]): Buffer => {
        const out = join(folder, file);
        const made = run('openssl', [
          ...[
            'pkcs12',
            '-export',
            '-inkey',
            key,
            '-in',
            certificates,
            '-out',
            out,
            '-passout',
            'pass:口令-1234',
            ...flags,
          ],
        ]);
        expect(made.code).toBe(0);
        return readFileSync(out);
      };
      const signer = await openPkcs12(exported('modern.p12'), '口令-1234');
      expect(signer.algorithm).toBe('RSA-SHA256');
      const chain = await signer.certificateChain();
      expect(chain.map((der) => parseCertificate(der).subjectName)).toEqual([COMMITTEE, '新城区综治中心演示根证书']);
      const sealed = await sealPdf(await aPaper(), { ...usualOptions(centre), signer });
      expect(sealed.level).toBe('B-T');

      await expect(openPkcs12(exported('modern.p12'), 'wrong')).rejects.toMatchObject({ code: 'KEY_STORE_UNREADABLE' });
      const old = exported('old.p12', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES');
      await expect(openPkcs12(old, '口令-1234')).rejects.toThrow('重新导出为 AES-256');
    },
  );

  it('the CMS carries its certificates byte for byte and without the root', async () => {
    const centre = centres.get('P-256');
    if (!centre) throw new Error('no centre');
    const reader = new PdfReader((await sealPdf(await aPaper(), usualOptions(centre))).pdf);
    const contents = findSignatures(reader)[0]?.dictionary.entries.get('Contents');
    if (contents?.kind !== 'string') throw new Error('no signature');
    const info = pkijs.ContentInfo.fromBER(contents.bytes.subarray(0, derLength(contents.bytes)));
    const signed = new pkijs.SignedData({ schema: info.content });
    expect(signed.certificates).toHaveLength(1);
    const [own] = signed.certificates ?? [];
    expect(own && derOf(own).equals(Buffer.from(centre.committee.chain[0] ?? []))).toBe(true);
  });
});
