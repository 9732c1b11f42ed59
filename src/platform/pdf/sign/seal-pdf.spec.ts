import { PDFDict, PDFDocument as LibDocument, PDFHexString, PDFName, PDFSignature } from '@cantoo/pdf-lib';
import PDFDocument from 'pdfkit';
import { Signer, TimestampError, drawSeal, sealPdf, signerOf, timestampBeforeIssue, verifyPdf } from '.';
import { PdfReader } from './pdf-reader';
import {
  COMMITTEE,
  DemoCentre,
  NOW,
  aCompressedPaper,
  aDemoCentre,
  aPaper,
  usualOptions,
} from '../../../../test/support/sealing-fixtures';

/** Real: keys, certificates, PDFs. The unreachable timestamp service is faked where a spec says so. */
describe('sealing a PDF', () => {
  let centre: DemoCentre;
  let paper: Buffer;
  beforeAll(async () => {
    centre = await aDemoCentre();
    paper = await aPaper(2);
  });
  const verdict = async (pdf: Uint8Array): Promise<string> =>
    (await verifyPdf(pdf, { trustedRoots: centre.roots, now: NOW })).verdict;

  it('appends: every byte of the original stays', async () => {
    for (const original of [paper, await aCompressedPaper()]) {
      const { pdf } = await sealPdf(original, usualOptions(centre));
      expect(Buffer.from(pdf.subarray(0, original.length)).equals(original)).toBe(true);
    }
  });

  it('appends a section of the same kind, keeping catalog, information and the first identifier', async () => {
    for (const [original, kind] of [
      [paper, 'table'],
      [await aCompressedPaper(), 'stream'],
    ] as const) {
      const before = new PdfReader(original);
      const after = new PdfReader((await sealPdf(original, usualOptions(centre))).pdf);
      expect(after.sections[0]?.kind).toBe(kind);
      expect(after.sections).toHaveLength(before.sections.length + 1);
      expect(after.catalog.reference.number).toBe(before.catalog.reference.number);
      for (const key of ['Metadata', 'OutputIntents', 'StructTreeRoot', 'MarkInfo', 'Lang']) {
        expect(after.catalog.dictionary.entries.has(key)).toBe(before.catalog.dictionary.entries.has(key));
      }
      expect(after.trailer.entries.has('Info')).toBe(before.trailer.entries.has('Info'));
      expect(after.pages()).toHaveLength(before.pages().length);
    }
  });

  it('is read by another library as one locked, printable signature field with Chinese texts and no font', async () => {
    const { pdf } = await sealPdf(paper, usualOptions(centre));
    const document = await LibDocument.load(pdf, { updateMetadata: false });
    const fields = document.getForm().getFields();
    expect(fields).toHaveLength(1);
    const [field] = fields;
    expect(field).toBeInstanceOf(PDFSignature);
    const widget = field?.acroField.dict;
    expect(widget?.get(PDFName.of('F'))?.toString()).toBe('132');
    const signature = widget?.lookup(PDFName.of('V'), PDFDict);
    for (const [key, text] of [
      ['Reason', '人民调解协议书盖章'],
      ['Location', '新城区综治中心'],
      ['Name', COMMITTEE],
    ] as const) {
      expect(signature?.lookup(PDFName.of(key), PDFHexString).decodeText()).toBe(text);
    }
    expect(signature?.get(PDFName.of('M'))?.toString()).toBe("(D:20260310103000+08'00')");
    const appearance = widget?.lookup(PDFName.of('AP'), PDFDict).lookup(PDFName.of('N'));
    const resources = (appearance as unknown as { dict: PDFDict }).dict.lookup(PDFName.of('Resources'), PDFDict);
    expect(resources.has(PDFName.of('Font'))).toBe(false);
  });

  it('keeps annotations the page has already', async () => {
    const document = new PDFDocument({ autoFirstPage: true });
    document.link(10, 10, 50, 20, 'https://example.cn/');
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => {
      document.on('end', resolve);
      document.end();
    });
    const { pdf } = await sealPdf(Buffer.concat(chunks), usualOptions(centre));
    const page = (await LibDocument.load(pdf, { updateMetadata: false })).getPage(0);
    expect(page.node.Annots()?.size()).toBe(2);
    expect(await verdict(pdf)).toBe('valid');
  });

  it('seals with RSA-3072 too', async () => {
    const rsa = await aDemoCentre('RSA-3072');
    const { pdf, level } = await sealPdf(paper, usualOptions(rsa));
    expect(level).toBe('B-T');
    expect((await verifyPdf(pdf, { trustedRoots: rsa.roots, now: NOW })).verdict).toBe('valid');
  });

  describe('without a timestamp', () => {
    const unreachable = { query: () => Promise.reject(new TimestampError('UNREACHABLE', '连接不上时间戳服务。')) };

    it('seals all the same and says why', async () => {
      const sealed = await sealPdf(paper, usualOptions(centre, { tsa: unreachable }));
      expect(sealed.level).toBe('B-B');
      expect(sealed.timestamp).toEqual({ obtained: false, reason: 'UNREACHABLE', message: '连接不上时间戳服务。' });
      expect(await verdict(sealed.pdf)).toBe('valid');
      const none = await sealPdf(paper, usualOptions(centre, { tsa: undefined }));
      expect(none.timestamp).toMatchObject({ obtained: false, reason: 'NOT_CONFIGURED' });
    });

    it('takes the timestamp before issue, touching the signature value only', async () => {
      const early = await sealPdf(paper, usualOptions(centre, { tsa: unreachable }));
      const later = await timestampBeforeIssue(early.pdf, centre.tsa);
      expect(later.level).toBe('B-T');
      expect(later.pdf).toHaveLength(early.pdf.length);
      expect(later.sha256).not.toBe(early.sha256);
      const result = await verifyPdf(later.pdf, { trustedRoots: centre.roots, now: NOW });
      expect(result.verdict).toBe('valid');
      expect(result.signatures[0]?.timestamp?.time).toEqual(NOW);
      await expect(timestampBeforeIssue(later.pdf, centre.tsa)).rejects.toMatchObject({
        code: 'SEAL_ALREADY_TIMESTAMPED',
      });
      await expect(timestampBeforeIssue(early.pdf, unreachable)).rejects.toMatchObject({ code: 'UNREACHABLE' });
      await expect(timestampBeforeIssue(paper, centre.tsa)).rejects.toMatchObject({ code: 'SEAL_NOT_FOUND' });
    });

    it('lets a fault of the program through instead of calling it an unreachable service', async () => {
      const faulty = { query: () => Promise.reject(new TypeError('bug')) };
      await expect(sealPdf(paper, usualOptions(centre, { tsa: faulty }))).rejects.toThrow(TypeError);
    });
  });

  describe('refuses', () => {
    const refused = (changed: Parameters<typeof usualOptions>[1], bytes: Uint8Array = paper): Promise<unknown> =>
      sealPdf(bytes, usualOptions(centre, changed)).then(
        () => 'sealed',
        (error: unknown) => (error as { code: string }).code,
      );

    it('a second seal on the same file', async () => {
      const { pdf } = await sealPdf(paper, usualOptions(centre));
      expect(await refused({}, pdf)).toBe('PDF_ALREADY_SIGNED');
    });
    it('a file that is no PDF, is cut off, or is encrypted', async () => {
      expect(await refused({}, Buffer.from('hello'))).toBe('PDF_UNREADABLE');
      expect(await refused({}, paper.subarray(0, paper.length / 2))).toBe('PDF_UNREADABLE');
      const locked = await LibDocument.create();
      locked.addPage();
      locked.encrypt({ userPassword: 'a', ownerPassword: 'b' });
      expect(await refused({}, await locked.save())).toBe('PDF_ENCRYPTED');
    });
    it('a page that does not exist and a box that leaves the page', async () => {
      const box = { x: 100, y: 100, w: 119, h: 119 };
      expect(await refused({ box: { page: 3, ...box } })).toBe('PAGE_NOT_FOUND');
      expect(await refused({ box: { page: 0, ...box } })).toBe('PAGE_NOT_FOUND');
      expect(await refused({ box: { page: 1, ...box, x: 500 } })).toBe('BOX_OUTSIDE_PAGE');
      expect(await refused({ box: { page: 1, ...box, y: -1 } })).toBe('BOX_OUTSIDE_PAGE');
      expect(await refused({ box: { page: 1, ...box, w: NaN } })).toBe('BOX_OUTSIDE_PAGE');
    });
    it('a moment before or after the life of the certificate', async () => {
      expect(await refused({ signingTime: new Date('2025-12-31T23:59:59Z') })).toBe('CERTIFICATE_NOT_YET_VALID');
      expect(await refused({ signingTime: new Date('2031-01-01T00:00:01Z') })).toBe('CERTIFICATE_EXPIRED');
    });
    it('a certificate for timestamps', async () => {
      expect(await refused({ signer: signerOf(centre.timestamp) })).toBe('CERTIFICATE_NOT_FOR_SIGNING');
    });
    it('a signer whose answer does not fit its certificate', async () => {
      const other = await aDemoCentre();
      const crossed: Signer = {
        algorithm: 'ECDSA-P256-SHA256',
        certificateChain: () => Promise.resolve(centre.committee.chain),
        sign: (input) => signerOf(other.committee).sign(input),
      };
      expect(await refused({ signer: crossed })).toBe('KEY_MISMATCH');
      expect(() => signerOf({ privateKey: other.committee.privateKey, chain: centre.committee.chain })).toThrow(
        '不是一对',
      );
    });
    it('a signature that outgrows its place', async () => {
      const [own, ...issuers] = centre.committee.chain;
      const intermediate = centre.timestamp.chain[0];
      if (!own || !intermediate) throw new Error('no chain');
      const long: Signer = {
        algorithm: 'ECDSA-P256-SHA256',
        certificateChain: () => Promise.resolve([own, ...Array.from({ length: 30 }, () => intermediate), ...issuers]),
        sign: (input) => signerOf(centre.committee).sign(input),
      };
      expect(await refused({ signer: long })).toBe('SIGNATURE_TOO_LARGE');
    });
  });

  describe('the seal', () => {
    it('has no letter it cannot engrave', async () => {
      await expect(drawSeal({ committeeName: '新城区😀人民调解委员会', code: '' }, 119)).rejects.toThrow(
        '“😀”（U+1F600）',
      );
      await expect(drawSeal({ committeeName: '新', code: '' }, 119)).rejects.toMatchObject({
        code: 'SEAL_TEXT_INVALID',
      });
      await expect(drawSeal({ committeeName: '新'.repeat(41), code: '' }, 119)).rejects.toMatchObject({
        code: 'SEAL_TEXT_INVALID',
      });
      await expect(drawSeal({ committeeName: COMMITTEE, code: '1'.repeat(19) }, 119)).rejects.toMatchObject({
        code: 'SEAL_TEXT_INVALID',
      });
    });
    it('draws one outline a character, the ring and the star, all inside its square', async () => {
      const drawing = await drawSeal({ committeeName: '调解委员会', code: '12' }, 420);
      expect(drawing.match(/(?<=\s)f$/gm)).toHaveLength(5 + 2 + 1);
      expect(drawing.match(/ S$/gm)).toHaveLength(1);
      const points = [...drawing.matchAll(/(-?[\d.]+) (-?[\d.]+) [mlc](?= |$)/gm)].map((m) => [
        Number(m[1]),
        Number(m[2]),
      ]);
      expect(points.length).toBeGreaterThan(100);
      for (const [x = NaN, y = NaN] of points) expect(Math.hypot(x - 210, y - 210)).toBeLessThanOrEqual(203);
    });
    it('finds room for the longest name', async () => {
      const drawing = await drawSeal({ committeeName: '民'.repeat(40), code: '6101020012345' }, 420);
      expect(drawing).not.toContain('NaN');
    });
  });
});
