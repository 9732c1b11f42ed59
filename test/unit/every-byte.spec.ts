import { resolve } from 'node:path';
import { PaperEngine } from '../../src/platform/pdf';
import { sealPdf, verifyPdf } from '../../src/platform/pdf/sign';
import { CREATED_AT, FONT_CACHE, SIBLINGS, aSignature, anAgreement } from '../support/paper-fixtures';
import { type DemoCentre, NOW, aDemoCentre, aPaper, usualOptions } from '../support/sealing-fixtures';

/** `BYTES=whole` tries every byte and a thousand files, which takes the better part of an hour; otherwise samples of both. */
const IS_WHOLE = process.env['BYTES'] === 'whole';
const STRIDE = IS_WHOLE ? 1 : 97;
const GOOD_FILES = IS_WHOLE ? 1000 : 60;

jest.setTimeout(IS_WHOLE ? 7_200_000 : 180_000);

/** Real: keys, certificates, PDF. */
describe('verification of sealed papers', () => {
  let center: DemoCentre;
  let sealed: Uint8Array;
  let engine: PaperEngine;

  beforeAll(async () => {
    center = await aDemoCentre();
    engine = new PaperEngine({ templatesDir: resolve('templates'), cacheDir: FONT_CACHE });
    sealed = (await sealPdf(await aPaper(), usualOptions(center))).pdf;
  });
  afterAll(() => engine.close());

  async function anAgreementOf(names: readonly string[], change = {}) {
    return engine.renderPaper({
      templateId: 'agreement',
      data: anAgreement(names, change),
      createdAt: CREATED_AT,
      marks: Object.fromEntries(names.map((_, i) => [`party-${i + 1}`, [aSignature()]])),
    });
  }
  const verdict = async (pdf: Uint8Array): Promise<string> =>
    (await verifyPdf(pdf, { trustedRoots: center.roots, now: NOW })).verdict;

  it('detects bytes of a file, flipped one at a time', async () => {
    expect(await verdict(sealed)).toBe('valid');
    const changed = Buffer.from(sealed);
    const missed: number[] = [];
    const start = performance.now();
    for (let offset = 0; offset < changed.length; offset += STRIDE) {
      const was = changed.readUInt8(offset);
      changed.writeUInt8(was ^ (1 << (offset % 8)), offset);
      if ((await verdict(changed)) === 'valid') missed.push(offset);
      changed.writeUInt8(was, offset);
    }
    console.info(
      `${Math.ceil(changed.length / STRIDE)} of ${changed.length} bytes flipped one at a time in ${Math.round((performance.now() - start) / 1000)} s`,
    );
    expect(missed).toEqual([]);
    expect(await verdict(changed)).toBe('valid');
  });

  it('raises no false alarm on good files', async () => {
    const alarms: string[] = [];
    for (let i = 0; i < GOOD_FILES; i++) {
      const names = SIBLINGS.slice(0, 2 + (i % 5));
      const facts = '就房屋的居住和修缮费用发生争议。'.repeat(1 + (i % 40));
      const { bytes, sealBoxes } = await anAgreementOf(names, { number: `新城人调字〔2026〕${i + 1}号`, facts });
      const place = sealBoxes[0];
      if (!place) throw new Error('no place for the seal');
      const { page, x, y, w, h } = place;
      const options = usualOptions(center, { box: { page, x, y, w, h } });
      const found = await verdict((await sealPdf(bytes, options)).pdf);
      if (found !== 'valid') alarms.push(`${i}: ${found}`);
    }
    expect(alarms).toEqual([]);
  });
});
