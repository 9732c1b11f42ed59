import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import Piscina from 'piscina';
import type { PdfVerification } from '.';
import type { SealTask, SealTaskAnswer, VerifyTask } from './pdf-signing.worker';
import { DemoCentre, NOW, aDemoCentre, aPaper, usualOptions } from '../../../../test/support/sealing-fixtures';

/** Real: a pool of threads running the compiled entry, as in production. */
describe('sealing and verifying in a worker thread', () => {
  // Inside the checkout, so that the compiled files find the same libraries.
  const compiled = join(process.cwd(), 'node_modules', '.cache', `pdf-signing-${process.pid}`);
  let pool: Piscina;
  let centre: DemoCentre;

  beforeAll(async () => {
    mkdirSync(compiled, { recursive: true });
    for (const file of readdirSync(__dirname)) {
      if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
      const { code } = transformSync(readFileSync(join(__dirname, file), 'utf8'), {
        filename: file,
        swcrc: false,
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'commonjs' },
      });
      writeFileSync(join(compiled, file.replace(/\.ts$/, '.js')), code);
    }
    pool = new Piscina({ filename: join(compiled, 'pdf-signing.worker.js'), maxThreads: 1 });
    centre = await aDemoCentre();
  });
  afterAll(async () => {
    await pool.destroy();
    rmSync(compiled, { recursive: true, force: true });
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
