import { join } from 'node:path';
import Piscina from 'piscina';
import type { PdfVerification } from '.';
import type { SealTask, SealTaskAnswer, VerifyTask } from './pdf-signing.worker';
import { type Compiled, compileSources } from '../../../../test/support/compiled';
import { DemoCentre, NOW, aDemoCentre, aPaper, usualOptions } from '../../../../test/support/sealing-fixtures';

/** Real: a pool of threads running the compiled entry, as in production. */
describe('sealing and verifying in a worker thread', () => {
  let compiled: Compiled;
  let pool: Piscina;
  let centre: DemoCentre;

  beforeAll(async () => {
    compiled = compileSources('pdf-signing', ['src/platform/pdf/sign']);
    pool = new Piscina({ filename: join(compiled.folder, 'platform/pdf/sign/pdf-signing.worker.js'), maxThreads: 1 });
    centre = await aDemoCentre();
  });
  afterAll(async () => {
    await pool.destroy();
    compiled.remove();
  });

  it('seals, verifies, and brings refusals back with their code', async () => {
    const { reason, location, name, signingTime, box, appearance } = usualOptions(centre);
    const options = { reason, location, name, signingTime, box, appearance };
    const task: SealTask = { bytes: await aPaper(), key: centre.committee, tsa: centre.timestamp, options };
    const answer = (await pool.run(task, { name: 'seal' })) as SealTaskAnswer;
    if (!('sealed' in answer)) throw new Error(answer.refused.message);
    expect(answer.sealed.level).toBe('B-T');
    const check: VerifyTask = { bytes: answer.sealed.pdf, options: { trustedRoots: centre.roots, now: NOW } };
    const result = (await pool.run(check, { name: 'verify' })) as PdfVerification;
    expect(result.checked).toContain('文件内容与签章时一字不差');
    const again = (await pool.run({ ...task, bytes: answer.sealed.pdf }, { name: 'seal' })) as SealTaskAnswer;
    expect(again).toMatchObject({ refused: { code: 'PDF_ALREADY_SIGNED' } });
  });
});
