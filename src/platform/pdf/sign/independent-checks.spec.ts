import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealPdf } from '.';
import {
  DemoCentre,
  aCompressedPaper,
  aDemoCentre,
  aPaper,
  isInstalled,
  run,
  usualOptions,
} from './testing/sealing-fixtures';

describe('a sealed file before judges that are not ours', () => {
  let folder: string;
  beforeAll(() => {
    folder = process.env['KEEP'] ?? mkdtempSync(join(tmpdir(), 'seal-'));
  });
  it('pdfsig', async () => {
    const centre = await aDemoCentre('RSA-3072');
    for (const [name, paper] of [
      ['table', await aPaper(2)],
      ['stream', await aCompressedPaper()],
    ] as const) {
      const sealed = await sealPdf(paper, usualOptions(centre));
      writeFileSync(join(folder, `${name}-plain.pdf`), paper);
      const f = join(folder, `${name}.pdf`);
      writeFileSync(f, sealed.pdf);
      console.log(
        sealed.level,
        sealed.timestamp,
        run('pdfsig', [f]).output,
        run('qpdf', ['--check', f]).output,
        run('mutool', ['sign', '-v', f]).output,
      );
    }
  });
});
