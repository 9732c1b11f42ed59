import { PDFDocument as LibDocument } from '@cantoo/pdf-lib';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Identity, PdfVerification, VerifyOptions, issueRevocationList, rootOf, sealPdf, verifyPdf } from '.';
import { parseCertificate } from './certificate';
import { appendUpdate, nextObjectNumber, pdfSource, withEntries } from './incremental-update';
import { appendValidationData, longTermCopyOf, makeLongTermCopy, revocationQuestions } from './long-term';
import { PdfReader } from './pdf-reader';
import { findSignatures } from './signature-fields';
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

const HOUR = 3_600_000;
const later = new Date(NOW.getTime() + HOUR);
const with_ = (program: string, flag?: string): typeof it => (isInstalled(program, flag) ? it : it.skip);

/** Real: keys, certificates, lists, files and the foreign programs. */
describe('a long-term copy of a sealed file', () => {
  let centre: DemoCentre;
  let sealed: Buffer;
  let copy: Buffer;
  const roots = () => ({ trustedRoots: centre.roots, trustedTimestampRoots: centre.roots });
  const verify = (bytes: Uint8Array, changed: Partial<VerifyOptions> = {}): Promise<PdfVerification> =>
    verifyPdf(bytes, { ...roots(), now: later, ...changed });
  const copyWith = async (der: Buffer, of: Buffer = sealed): Promise<Buffer> => {
    const made = await makeLongTermCopy(of, [{ kind: 'crl', der }], roots());
    if ('problem' in made) throw new Error(made.problem);
    return Buffer.from(made.copy);
  };
  /** What a forger would append: data that nobody has judged. */
  const withData = (...crls: Buffer[]): Buffer =>
    appendValidationData(new PdfReader(sealed), { certificates: [], crls, ocsps: [] });

  beforeAll(async () => {
    centre = await aDemoCentre();
    sealed = Buffer.from((await sealPdf(await aPaper(2), usualOptions(centre))).pdf);
    copy = await copyWith(await issueRevocationList(centre.root, [], later));
  });

  it('is the sealed file byte for byte, with the validation data behind it', async () => {
    expect(copy.subarray(0, sealed.length).equals(sealed)).toBe(true);
    const result = await verify(copy);
    expect(result.verdict).toBe('valid');
    expect(result.summary).toBe(
      `核验通过：由“${COMMITTEE}”于2026年3月10日 10:30（时间戳证明）盖章，盖章后文件未作任何改动。` +
        '这是长期保存版：签发原件之后只附有长期验证资料。',
    );
    expect(result.checked).toContain('签章一直保护到签发原件的末尾；其后只附有长期验证资料，没有别的内容');
    expect(result.checked).toContain('所附的长期验证资料证明：盖章时签章证书和时间戳证书均未被吊销');
    expect(result.notChecked).toEqual([]);
  });

  it('is made of a file with cross-reference streams too', async () => {
    const other = Buffer.from((await sealPdf(await aCompressedPaper(), usualOptions(centre))).pdf);
    const made = await copyWith(await issueRevocationList(centre.root, [], later), other);
    expect((await verify(made)).verdict).toBe('valid');
  });

  it('still proves the seal when every certificate has run out, and the register of seals is gone', async () => {
    const now = new Date('2060-01-01T00:00:00Z');
    const revocation = (): Promise<'unknown'> => Promise.resolve('unknown');
    expect((await verify(copy, { now, revocation })).verdict).toBe('valid');
    expect((await verify(sealed, { now, revocation })).verdict).toBe('indeterminate');
  });

  it('tells of a certificate that was withdrawn before the seal, and believes one that was withdrawn after it', async () => {
    const { serialNumber } = parseCertificate(centre.committee.chain[0] ?? new Uint8Array());
    const listed = (at: Date): Promise<Buffer> => issueRevocationList(centre.root, [{ serialNumber, at }], later);
    const before = await listed(new Date(NOW.getTime() - HOUR));
    await expect(copyWith(before)).rejects.toThrow('在盖章前已被吊销');
    expect((await verify(withData(before))).verdict).toBe('invalid');
    expect((await verify(await copyWith(await listed(later)))).verdict).toBe('valid');
  });

  it('needs a list that was made after the seal, by the authority itself', async () => {
    const early = await issueRevocationList(centre.root, [], new Date(NOW.getTime() - HOUR));
    await expect(copyWith(early)).rejects.toThrow('缺少盖章之后');
    expect((await verify(withData(early))).verdict).toBe('indeterminate');
    const stranger = await aDemoCentre();
    const foreign = await issueRevocationList(stranger.root, [], later);
    await expect(copyWith(foreign)).rejects.toThrow('不是这枚签章的');
    expect((await verify(withData(foreign))).verdict).toBe('invalid');
  });

  describe('is refused when the update holds anything else', () => {
    const refused = async (bytes: Uint8Array): Promise<void> => {
      const result = await verify(bytes);
      expect(result.verdict).toBe('invalid');
      expect(result.summary).toContain('签章后有追加内容');
    };

    it('one byte more', async () => {
      for (const more of ['\n', ' ', '%', 'x']) await refused(Buffer.concat([copy, Buffer.from(more)]));
    });

    it('one byte less: the file is no PDF any more, or no long-term copy', async () => {
      expect((await verify(copy.subarray(0, -1))).verdict).toBe('invalid');
    });

    it('a second update, even of validation data', async () => {
      const list = await issueRevocationList(centre.root, [], later);
      const twice = appendValidationData(new PdfReader(copy), { certificates: [], crls: [list], ocsps: [] });
      await refused(twice);
    });

    it('an object of the sealed file in another version', async () => {
      const reader = new PdfReader(copy);
      const page = reader.pages()[0];
      if (!page) throw new Error('no page');
      const { number, generation } = page.reference;
      const body = withEntries(page.dictionary, new Map([['Rotate', '90']]));
      await refused(appendUpdate(reader, [{ number, generation, body }]).bytes);
      // The same within the one update that holds the data.
      const original = new PdfReader(sealed);
      const store = nextObjectNumber(original);
      const catalog = withEntries(original.catalog.dictionary, new Map([['DSS', `${store} 0 R`]]));
      const root = original.catalog.reference;
      await refused(
        appendUpdate(original, [
          { number: root.number, generation: root.generation, body: catalog },
          { number: store, generation: 0, body: '<< /Type /DSS >>' },
          { number, generation, body },
        ]).bytes,
      );
    });

    it('a page, added to the tree of the copy', async () => {
      const reader = new PdfReader(copy);
      const pages = reader.catalog.dictionary.entries.get('Pages');
      if (pages?.kind !== 'reference') throw new Error('no pages');
      const tree = reader.dictionary(pages, 'pages');
      const fresh = nextObjectNumber(reader);
      const old = reader.pages().map(({ reference }) => `${reference.number} 0 R`);
      const kids = new Map([
        ['Kids', `[${[...old, `${fresh} 0 R`].join(' ')}]`],
        ['Count', String(old.length + 1)],
      ]);
      const update = appendUpdate(reader, [
        { number: pages.number, generation: 0, body: withEntries(tree, kids) },
        {
          number: fresh,
          generation: 0,
          body: `<< /Type /Page /Parent ${pages.number} 0 R /MediaBox [0 0 595 842] >>`,
        },
      ]);
      expect(new PdfReader(update.bytes).pages()).toHaveLength(3);
      await refused(update.bytes);
    });

    it('another entry of the catalog, e.g. what runs when the file is opened', async () => {
      const reader = new PdfReader(sealed);
      const whole = longTermCopyOf(new PdfReader(copy), findSignatures(new PdfReader(copy)));
      if (!whole) throw new Error('no copy');
      const number = reader.catalog.reference.number;
      const body = withEntries(
        reader.catalog.dictionary,
        new Map([['OpenAction', pdfSource('<< /S /URI /URI (http://example.cn) >>')]]),
      );
      const changed = new PdfReader(appendUpdate(reader, [{ number, generation: 0, body }]).bytes);
      await refused(appendValidationData(changed, whole.data));
    });

    it('any byte of the update flipped', async () => {
      for (let at = sealed.length; at < copy.length; at += 29) {
        const flipped = Buffer.from(copy);
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        const { verdict } = await verify(flipped);
        if (verdict === 'valid') throw new Error(`byte ${at - sealed.length} of the update can be changed unnoticed`);
      }
    });
  });

  describe('with certificates of an authority', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'ocsp-'));
    });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    with_('openssl', 'version')('an OCSP answer of another program serves as well as a list', async () => {
      const file = (name: string, content?: string | Buffer): string => {
        const path = join(folder, name);
        if (content !== undefined) writeFileSync(path, content);
        return path;
      };
      const pem = (der: Uint8Array): string => parseCertificate(der).x509.toString();
      const root = file('root.pem', pem(rootOf(centre.root)));
      const key = file('root.key', centre.root.privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const expiry = '310101000000Z';
      const line = (state: string, { chain }: Identity): string =>
        `${state}\t${expiry}\t${state === 'R' ? '260301000000Z' : ''}\t${parseCertificate(chain[0] ?? new Uint8Array()).serialNumber}\tunknown\t/CN=${chain === centre.committee.chain ? 'seal' : 'timestamp'}\n`;
      const asked = await revocationQuestions(sealed, roots());
      if ('problem' in asked) throw new Error(asked.problem);
      expect(asked.questions.map(({ subjectName }) => subjectName)).toEqual([COMMITTEE, '新城区综治中心演示时间戳']);
      const answersWhen = (state: string): { kind: 'ocsp'; der: Buffer }[] => {
        const index = file('index.txt', line(state, centre.committee) + line('V', centre.timestamp));
        return asked.questions.map(({ ocspRequest }) => {
          const question = file('question.der', Buffer.from(ocspRequest));
          const answer = file('answer.der');
          const { code, output } = run('openssl', [
            ...['ocsp', '-index', index, '-CA', root, '-rsigner', root, '-rkey', key],
            ...['-reqin', question, '-respout', answer, '-ndays', '7'],
          ]);
          if (code !== 0) throw new Error(output);
          return { kind: 'ocsp', der: readFileSync(answer) };
        });
      };
      const made = await makeLongTermCopy(sealed, answersWhen('V'), roots());
      if ('problem' in made) throw new Error(made.problem);
      expect((await verify(made.copy)).verdict).toBe('valid');
      expect(await makeLongTermCopy(sealed, answersWhen('R'), roots())).toEqual({
        problem: `颁发机构的吊销信息表明，“${COMMITTEE}”的证书在盖章前已被吊销`,
      });
    });

    it('says what is missing when the seal has no timestamp, or its authority is not known', async () => {
      const bare = (await sealPdf(await aPaper(), usualOptions(centre, { tsa: undefined }))).pdf;
      expect(await revocationQuestions(bare, roots())).toEqual({ problem: '签章里没有时间戳，不能附长期验证资料' });
      const stranger = await aDemoCentre();
      const unknown = { trustedRoots: stranger.roots, trustedTimestampRoots: stranger.roots };
      expect(await revocationQuestions(sealed, unknown)).toMatchObject({
        problem: expect.stringContaining('根证书') as string,
      });
    });
  });

  describe('before judges that are not ours', () => {
    let path: string;
    beforeAll(() => {
      path = join(mkdtempSync(join(tmpdir(), 'long-term-')), 'copy.pdf');
      writeFileSync(path, copy);
    });
    afterAll(() => {
      rmSync(join(path, '..'), { recursive: true, force: true });
    });

    with_('pdfsig', '-v')('pdfsig finds the signature valid', () => {
      expect(run('pdfsig', [path]).output).toContain('Signature Validation: Signature is Valid.');
    });
    with_('qpdf')('qpdf finds no error in the structure', () => {
      const { code, output } = run('qpdf', ['--check', path]);
      expect(output).toContain('No syntax or stream encoding errors found');
      expect(code).toBe(0);
    });
    with_('mutool', '-v')('mutool finds the signature valid, and something behind it', () => {
      expect(run('mutool', ['sign', '-v', path]).output).toContain('The signature is valid but there have been edits');
    });
    it('another library reads the store and the same pages', async () => {
      const document = await LibDocument.load(copy, { updateMetadata: false });
      expect(document.getPageCount()).toBe(2);
      expect(document.catalog.toString()).toContain('/DSS');
    });
  });
});
