import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { PDFDocument as LibDocument } from '@cantoo/pdf-lib';
import {
  PdfVerification,
  VerifyOptions,
  issueCommitteeCertificate,
  issueRoot,
  rootOf,
  sealPdf,
  signerOf,
  verifyPdf,
} from '.';
import { appendUpdate, nextObjectNumber, pdfSource, withEntries } from './incremental-update';
import { PdfReader } from './pdf-reader';
import { coverageOf, findSignatures } from './signature-fields';
import {
  COMMITTEE,
  DemoCentre,
  NOW,
  aCompressedPaper,
  aDemoCentre,
  aPaper,
  usualOptions,
} from '../../../../test/support/sealing-fixtures';

const YEAR = 365 * 86_400_000;
const checkOf = (result: PdfVerification, code: string, signature = 0): string | undefined =>
  result.signatures[signature]?.checks.find((check) => check.code === code)?.outcome;

/** Real: every certificate, signature, timestamp and file. */
describe('verifying a PDF', () => {
  let centre: DemoCentre;
  let sealed: Buffer;
  let holeStart: number;
  let holeEnd: number;
  const verify = (bytes: Uint8Array, changed: Partial<VerifyOptions> = {}): Promise<PdfVerification> =>
    verifyPdf(bytes, { trustedRoots: centre.roots, now: NOW, ...changed });

  beforeAll(async () => {
    centre = await aDemoCentre();
    sealed = Buffer.from((await sealPdf(await aPaper(), usualOptions(centre))).pdf);
    const reader = new PdfReader(sealed);
    const [found] = findSignatures(reader);
    const coverage = found ? coverageOf(reader, found.dictionary) : 'none';
    if (typeof coverage === 'string') throw new Error(coverage);
    ({ holeStart, holeEnd } = coverage);
  });

  describe('says what it established', () => {
    it('for our own seal', async () => {
      const result = await verify(sealed);
      expect(result.verdict).toBe('valid');
      expect(result.summary).toBe(
        `核验通过：由“${COMMITTEE}”于2026年3月10日 10:30（时间戳证明）盖章，盖章后文件未作任何改动。` +
          '另请注意：未查询签章证书是否已被吊销。',
      );
      expect(result.sha256).toBe(createHash('sha256').update(sealed).digest('hex'));
      expect(result.notChecked).toEqual(['未查询签章证书是否已被吊销']);
      expect(result.signatures).toHaveLength(1);
      expect(result.signatures[0]).toMatchObject({
        kind: 'signature',
        fieldName: 'CommitteeSeal',
        signerName: COMMITTEE,
        permission: 1,
        claimed: { name: COMMITTEE, reason: '人民调解协议书盖章', location: '新城区综治中心', time: NOW },
        timestamp: { time: NOW, authorityName: '新城区综治中心演示时间戳' },
      });
    });

    it('for a file with cross-reference and object streams', async () => {
      const result = await sealPdf(
        await aCompressedPaper(),
        usualOptions(centre, { box: { page: 2, x: 90, y: 90, w: 150, h: 119 } }),
      );
      expect((await verify(result.pdf)).verdict).toBe('valid');
    });

    it('for a seal without timestamp: the time is the signer’s own claim', async () => {
      const { pdf } = await sealPdf(await aPaper(), usualOptions(centre, { tsa: undefined }));
      const result = await verify(pdf);
      expect(result.verdict).toBe('valid');
      expect(result.summary).toContain('（自行声明）');
      expect(result.notChecked).toContain('没有时间戳，盖章时间为签章人自行声明');
    });

    it('for a file without signature', async () => {
      expect(await verify(await aPaper())).toMatchObject({ verdict: 'unsigned', signatures: [] });
    });
  });

  describe('believes only whom it was told to believe', () => {
    it('does not confirm a seal under a root of the same name that somebody else made', async () => {
      const forger = await aDemoCentre();
      const { pdf } = await sealPdf(await aPaper(), usualOptions(forger));
      const result = await verify(pdf);
      expect(result.verdict).toBe('indeterminate');
      expect(checkOf(result, 'message-digest')).toBe('passed');
      expect(checkOf(result, 'certificate-chain')).toBe('unknown');
      expect(checkOf(result, 'timestamp')).toBe('unknown');
      expect(result.summary).toContain('不能确认盖章的确是');
    });

    it('does not accept a certificate issued by a committee that is no authority', async () => {
      const order = {
        commonName: '冒名的人民调解委员会',
        key: 'P-256',
        notBefore: new Date(NOW.getTime() - YEAR / 12),
        notAfter: new Date(NOW.getTime() + YEAR),
      } as const;
      const impostor = await issueCommitteeCertificate(centre.committee, order);
      const { pdf } = await sealPdf(await aPaper(), usualOptions(centre, { signer: signerOf(impostor) }));
      expect(checkOf(await verify(pdf), 'certificate-chain')).toBe('unknown');
    });

    it('refuses the seal of a certificate meant for timestamps', async () => {
      const { pdf } = await sealPdf(
        await aPaper(),
        usualOptions(centre, {
          signer: {
            algorithm: 'ECDSA-P256-SHA256',
            sign: (input) => signerOf(centre.timestamp).sign(input),
            // The sealer looks at the first answer only; a later one slips the other certificate in.
            certificateChain: chainsOneAfterTheOther([centre.committee.chain, centre.timestamp.chain]),
          },
        }),
      );
      const result = await verify(pdf);
      expect(result.verdict).toBe('invalid');
      expect(checkOf(result, 'key-usage')).toBe('failed');
    });

    it('refuses a revoked certificate, passes a good one, and does not confirm when nobody knows', async () => {
      for (const [answer, verdict] of [
        ['revoked', 'invalid'],
        ['good', 'valid'],
        ['unknown', 'indeterminate'],
      ] as const) {
        const asked: string[] = [];
        const result = await verify(sealed, {
          revocation: ({ serialNumber }) => {
            asked.push(serialNumber);
            return Promise.resolve(answer);
          },
        });
        expect(result.verdict).toBe(verdict);
        expect(asked).toEqual([result.signatures[0]?.certificate?.serialNumber]);
      }
      const down = await verify(sealed, { revocation: () => Promise.reject(new Error('down')) });
      expect(down.verdict).toBe('indeterminate');
    });
  });

  describe('judges by time', () => {
    const later = new Date('2035-01-01T00:00:00.000Z');
    it('a timestamp keeps the seal valid after the certificate has run out', async () => {
      expect((await verify(sealed, { now: later })).verdict).toBe('valid');
    });
    it('without one nobody can tell any more', async () => {
      const { pdf } = await sealPdf(await aPaper(), usualOptions(centre, { tsa: undefined }));
      const result = await verify(pdf, { now: later });
      expect(result.verdict).toBe('indeterminate');
      expect(result.summary).toContain('没有时间戳');
    });
    it('a timestamp from before the certificate began is a contradiction', async () => {
      const early = await aDemoCentre('P-256', () => new Date('2026-01-02T00:00:00.000Z'));
      const young = await issueCommitteeCertificate(early.root, {
        commonName: COMMITTEE,
        key: 'P-256',
        notBefore: new Date('2026-02-01T00:00:00.000Z'),
        notAfter: new Date('2030-01-01T00:00:00.000Z'),
      });
      const { pdf } = await sealPdf(await aPaper(), usualOptions(early, { signer: signerOf(young) }));
      const result = await verify(pdf, { trustedRoots: early.roots });
      expect(result.verdict).toBe('invalid');
      expect(checkOf(result, 'certificate-validity')).toBe('failed');
    });
    it('a root that has run out vouches for nothing', async () => {
      const root = await issueRoot({
        commonName: '短命根证书',
        key: 'P-256',
        notBefore: new Date('2026-01-01T00:00:00Z'),
        notAfter: new Date('2026-02-01T00:00:00Z'),
      });
      const committee = await issueCommitteeCertificate(root, {
        commonName: COMMITTEE,
        key: 'P-256',
        notBefore: new Date('2026-01-01T00:00:00Z'),
        notAfter: new Date('2030-01-01T00:00:00Z'),
      });
      const { pdf } = await sealPdf(await aPaper(), usualOptions(centre, { signer: signerOf(committee) }));
      const result = await verify(pdf, { trustedRoots: [rootOf(root)], trustedTimestampRoots: centre.roots });
      expect(result.verdict).toBe('invalid');
    });
  });

  describe('sees every change', () => {
    it('of any byte anywhere', async () => {
      const anywhere = fc.oneof(
        fc.integer({ min: 0, max: sealed.length - 1 }),
        // Half of the samples hit the signature value itself: it alone is not under the signature.
        fc.integer({ min: holeStart, max: holeStart + 6000 }),
      );
      await fc.assert(
        fc.asyncProperty(anywhere, fc.integer({ min: 1, max: 255 }), async (offset, flip) => {
          const changed = Buffer.from(sealed);
          changed[offset] = (changed[offset] ?? 0) ^ flip;
          expect((await verify(changed)).verdict).not.toBe('valid');
        }),
        { numRuns: 250 },
      );
    });

    it('of one hexadecimal digit of the signature value, and of its case', async () => {
      const digits = '0123456789abcdef';
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: holeStart + 1, max: holeStart + 4700 }),
          fc.integer({ min: 1, max: 15 }),
          async (offset, step) => {
            const changed = Buffer.from(sealed);
            const old = digits.indexOf(String.fromCharCode(changed[offset] ?? 0));
            changed.write(digits.charAt((old + step) % 16), offset, 'latin1');
            expect((await verify(changed)).verdict).not.toBe('valid');
            if (old >= 10) {
              changed.write(digits.charAt(old).toUpperCase(), offset, 'latin1');
              expect((await verify(changed)).verdict).toBe('invalid');
            }
          },
        ),
        { numRuns: 120 },
      );
    });

    it('of its length', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: sealed.length - 1 }), async (length) => {
          expect((await verify(sealed.subarray(0, length))).verdict).not.toBe('valid');
        }),
        { numRuns: 80 },
      );
    });

    it.each([
      ['a line end', '\n'],
      ['a comment', '%x'],
      ['zeros', '\0\0\0'],
      ['a second end mark', '\nstartxref\n0\n%%EOF\n'],
    ])('of %s after its end', async (_what, appended) => {
      const result = await verify(pdfSource(sealed, appended));
      expect(['invalid', 'unreadable']).toContain(result.verdict);
      if (result.verdict === 'invalid') expect(result.summary).toContain('签章后有追加内容');
    });

    it('of an update that changes the content after sealing, which other readers still call valid', async () => {
      const reader = new PdfReader(sealed);
      const [page] = reader.pages();
      if (!page) throw new Error('no page');
      const stream = nextObjectNumber(reader);
      const drawing = 'BT ET 0 0 300 300 re f';
      const forged = appendUpdate(reader, [
        {
          number: page.reference.number,
          generation: 0,
          body: withEntries(page.dictionary, new Map([['Contents', `${stream} 0 R`]])),
        },
        { number: stream, generation: 0, body: `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream` },
      ]).bytes;
      const result = await verify(forged);
      expect(result.verdict).toBe('invalid');
      expect(result.summary).toContain('签章后有追加内容');
      expect(checkOf(result, 'message-digest')).toBe('passed');
    });

    it('of an update that takes the seal out of the form', async () => {
      const reader = new PdfReader(sealed);
      const { reference, dictionary } = reader.catalog;
      const forged = appendUpdate(reader, [
        {
          number: reference.number,
          generation: 0,
          body: withEntries(dictionary, new Map([['AcroForm', '<< /Fields [] >>']])),
        },
      ]).bytes;
      const result = await verify(forged);
      expect(result.verdict).toBe('invalid');
      expect(checkOf(result, 'in-current-version')).toBe('failed');
    });

    it('of a file saved anew by another program', async () => {
      const document = await LibDocument.load(sealed, { updateMetadata: false });
      expect((await verify(await document.save({ useObjectStreams: false }))).verdict).toBe('invalid');
    });
  });

  describe('refuses tricks with the covered range', () => {
    /** A sealed-looking file made by hand: `signature` is the dictionary, with R standing for the range. */
    const wrapped = async (
      range: (start: number, end: number, length: number) => string,
      before = '',
      after = '',
    ): Promise<PdfVerification> => {
      const changed = Buffer.from(sealed);
      const at = changed.lastIndexOf('/ByteRange ', holeStart) + '/ByteRange '.length;
      changed.write(range(holeStart, holeEnd, changed.length).padEnd(48), at, 'latin1');
      return verify(pdfSource(before, changed, after));
    };

    it('a hole larger than the signature value', async () => {
      const result = await wrapped((start, end, length) => `[0 ${start - 20} ${end} ${length - end}]`);
      expect(checkOf(result, 'byte-range')).toBe('failed');
    });
    it('a range that leaves out the first byte', async () => {
      const result = await wrapped((start, end, length) => `[1 ${start} ${end} ${length - end}]`);
      expect(checkOf(result, 'byte-range')).toBe('failed');
    });
    it('a hole that ends later', async () => {
      const result = await wrapped((start, end, length) => `[0 ${start} ${end + 9} ${length - end - 9}]`);
      expect(checkOf(result, 'byte-range')).toBe('failed');
    });
    it('a range that begins later, is negative, too long, or not four numbers', async () => {
      for (const range of [
        '[1 2 3 4]',
        '[0 -1 5 6]',
        '[0 1 2]',
        '[0 1 2 3 4]',
        '[0.0 1 2 3]',
        '(0 1 2 3)',
        `[0 ${holeStart} ${holeEnd} 99999999]`,
      ]) {
        expect(checkOf(await wrapped(() => range), 'byte-range')).toBe('failed');
      }
    });
    it('bytes hidden behind the CMS inside the signature value', async () => {
      const changed = Buffer.from(sealed);
      changed.write('ff', holeEnd - 9, 'latin1');
      expect((await verify(changed)).summary).toContain('签名值后面夹带了其他内容');
    });
    it('a signature dictionary that names /Contents twice', async () => {
      const changed = Buffer.from(sealed);
      changed.write(
        '/Contents<00>',
        changed.lastIndexOf('/ByteRange ', holeStart) + '/ByteRange '.length + 30,
        'latin1',
      );
      expect((await verify(changed)).verdict).not.toBe('valid');
    });
  });

  it('reports both of two signatures: the first no longer reaches the end', async () => {
    const reader = new PdfReader(sealed);
    const copy = Buffer.from(sealed.subarray(holeStart, holeEnd));
    const number = nextObjectNumber(reader);
    const form = reader.dictionary(reader.catalog.dictionary.entries.get('AcroForm'), 'form');
    const forged = appendUpdate(reader, [
      {
        number: reader.catalog.reference.number,
        generation: 0,
        body: withEntries(
          reader.catalog.dictionary,
          new Map([['AcroForm', withEntries(form, new Map([['Fields', `[${number - 2} 0 R ${number + 1} 0 R]`]]))]]),
        ),
      },
      {
        number,
        generation: 0,
        body: pdfSource('<< /Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents ', copy, ' >>'),
      },
      { number: number + 1, generation: 0, body: `<< /FT /Sig /T (Second) /V ${number} 0 R >>` },
    ]).bytes;
    const result = await verify(forged);
    expect(result.verdict).toBe('invalid');
    expect(result.signatures.map((signature) => signature.fieldName).sort()).toEqual(['CommitteeSeal', 'Second']);
    expect(result.summary).toContain('签章后有追加内容');
  });

  describe('answers whatever it is given', () => {
    it('bytes at random', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
          expect((await verify(pdfSource('%PDF-1.7\n', noise, '\nstartxref\n9\n%%EOF'))).verdict).toBe('unreadable');
          expect((await verify(noise)).verdict).toBe('unreadable');
        }),
        { numRuns: 100 },
      );
    });

    it('a sealed file with a slice replaced by noise', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.nat(sealed.length - 1),
          fc.uint8Array({ minLength: 8, maxLength: 300 }),
          async (at, noise) => {
            const changed = Buffer.from(sealed);
            changed.set(noise.subarray(0, changed.length - at), at);
            fc.pre(!changed.equals(sealed));
            expect((await verify(changed)).verdict).not.toBe('valid');
          },
        ),
        { numRuns: 80 },
      );
    });

    it.each([
      ['cross-reference sections in a circle', (at: number) => `xref\n0 0\ntrailer << /Root 1 0 R /Prev ${at} >>`],
      ['a catalog that is itself', () => 'xref\n0 1\n0000000009 00000 n \ntrailer << /Root 0 0 R >>'],
      ['a million entries', () => 'xref\n0 99999999\n'],
      ['arrays nested without end', () => `xref\n0 0\ntrailer << /A ${'['.repeat(50_000)}`],
      ['a page tree that bites its tail', () => 'xref\n0 0\ntrailer << /Root 5 0 R >>'],
    ])('%s', async (_what, section) => {
      const body = `%PDF-1.7\n`;
      const bytes = pdfSource(body, section(body.length), `\nstartxref\n${body.length}\n%%EOF\n`);
      const begun = performance.now();
      expect((await verify(bytes)).verdict).toBe('unreadable');
      expect(performance.now() - begun).toBeLessThan(3_000);
    });
  });
});

/** Answers one chain after the other, the last one for ever. */
function chainsOneAfterTheOther(chains: readonly (readonly Uint8Array[])[]): () => Promise<readonly Uint8Array[]> {
  let asked = 0;
  return () => Promise.resolve(chains[Math.min(asked++, chains.length - 1)] ?? []);
}
