import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Compiled, compileSources } from '../support/compiled';

interface Measured {
  readonly sealed: number;
  readonly levels: string[];
  readonly verdicts: string[];
  readonly refused: string;
  readonly revoked: string;
  readonly longTerm: string;
  readonly meanMs: number;
  readonly p99Ms: number;
  readonly tookMs: number;
  readonly inlineMaxMs: number;
}

const PAPERS = 10;

/**
 * What the program does while papers are sealed, run compiled, as it is deployed. Between the measurements the loop does nothing
 * else, so that every delay of its timer is time that a request would have waited.
 */
const PROGRAM = `
require('reflect-metadata');
const { X509Certificate } = require('node:crypto');
const { monitorEventLoopDelay, performance } = require('node:perf_hooks');
const { PaperEngine } = require('./platform/pdf');
const { openSigningPool } = require('./platform/pdf/signing-pool');
const inline = require('./platform/pdf/signing.worker');
const sign = require('./platform/pdf/sign');

async function main() {
  const engine = new PaperEngine({ templatesDir: process.argv[2], cacheDir: process.argv[3] });
  const pool = openSigningPool({ timeoutSeconds: 60 });
  const now = new Date();
  const life = { key: 'P-256', notBefore: new Date(now.getTime() - 86400000), notAfter: new Date(now.getTime() + 86400000) };
  const root = await sign.issueRoot({ commonName: '演示根证书', ...life });
  const key = await sign.issueCommitteeCertificate(root, { commonName: '新城区光明社区人民调解委员会', ...life });
  const tsa = await sign.issueTimestampCertificate(root, { commonName: '演示时间戳', ...life });
  const { serialNumber } = new X509Certificate(key.chain[0]);
  const one = async (seal) => {
    const data = engine.templates.exampleOf('mediation-register');
    const paper = await engine.renderPaper({ templateId: 'mediation-register', data, createdAt: now });
    const [{ page, x, y, w, h }] = paper.sealBoxes;
    return seal({
      bytes: paper.bytes,
      key,
      tsa,
      options: {
        reason: '盖章', location: '新城区', name: '新城区光明社区人民调解委员会', signingTime: now, box: { page, x, y, w, h },
        appearance: { committeeName: '新城区光明社区人民调解委员会', code: '1501020012345' },
      },
    });
  };
  const inPool = (task) => pool.seal(task);
  await Promise.all([one(inPool), one(inPool)]); // threads started, fonts parsed
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const start = performance.now();
  const sealed = await Promise.all(Array.from({ length: ${PAPERS} }, () => one(inPool)));
  const verified = await Promise.all(sealed.map((s) => pool.verify({
    bytes: s.pdf, options: { trustedRoots: [sign.rootOf(root)], now },
    ledger: [{ serialNumber, retiredAt: null }],
  })));
  const tookMs = performance.now() - start;
  delay.disable();
  const distrusted = await pool.verify({
    bytes: sealed[0].pdf, options: { trustedRoots: [sign.rootOf(root)], now },
    ledger: [{ serialNumber, retiredAt: life.notBefore }],
  });
  const roots = { trustedRoots: [sign.rootOf(root)], trustedTimestampRoots: [sign.rootOf(root)] };
  const { questions } = await pool.questions({ bytes: sealed[0].pdf, options: roots });
  const list = await sign.issueRevocationList(root, [], new Date(now.getTime() + 60000));
  const answers = questions.map(() => ({ kind: 'crl', der: list }));
  const { copy } = await pool.longTerm({ bytes: sealed[0].pdf, answers, options: roots });
  const kept = await pool.verify({ bytes: copy, options: { ...roots, now }, ledger: [] });
  const refused = await pool.seal({ bytes: Buffer.from('no'), key, options: {
    reason: '盖章', location: '新城区', name: '调委会', signingTime: now, box: { page: 1, x: 0, y: 0, w: 50, h: 50 },
    appearance: { committeeName: '调委会', code: '' },
  } }).catch((error) => error.code);
  const control = monitorEventLoopDelay({ resolution: 5 });
  control.enable();
  // The same work on this loop, for comparison.
  await Promise.all(Array.from({ length: ${PAPERS} }, () => one(async (task) => (await inline.seal(task)).sealed)));
  control.disable();
  const summary = {
    sealed: sealed.length, levels: [...new Set(sealed.map((s) => s.level))], verdicts: [...new Set(verified.map((v) => v.verdict))],
    refused, revoked: distrusted.verdict, longTerm: kept.verdict,
    meanMs: delay.mean / 1e6, p99Ms: delay.percentile(99) / 1e6, tookMs, inlineMaxMs: control.max / 1e6,
  };
  await Promise.all([engine.close(), pool.close()]);
  console.log(JSON.stringify(summary));
}
main().catch((error) => { console.error(error); process.exit(1); });
`;

describe('sealing beside the event loop (real: the compiled program, its threads, certificates and timestamps)', () => {
  let compiled: Compiled;
  let measured: Measured;

  beforeAll(() => {
    compiled = compileSources('sealing', ['src/platform/pdf', 'src/platform/charts', 'src/kernel']);
    const { folder } = compiled;
    writeFileSync(join(folder, 'program.js'), PROGRAM);
    const result = spawnSync(
      process.execPath,
      [join(folder, 'program.js'), resolve('templates'), join(folder, 'fonts')],
      {
        encoding: 'utf8',
        timeout: 110_000,
      },
    );
    if (result.status !== 0) throw new Error(`${result.stdout}\n${result.stderr}`);
    measured = JSON.parse(result.stdout) as Measured;
  }, 120_000);
  afterAll(() => {
    compiled.remove();
  });

  it('seals in threads, with the key and the timestamp, and verifies there', () => {
    expect(measured).toMatchObject({ sealed: PAPERS, levels: ['B-T'], verdicts: ['valid'] });
  });

  it('makes long-term copies in threads, and believes them without a ledger', () => {
    expect(measured.longTerm).toBe('valid');
  });

  it('brings refusals and the ledger of retired seals across the boundary', () => {
    expect(measured).toMatchObject({ refused: 'PDF_UNREADABLE', revoked: 'invalid' });
  });

  it(`keeps the loop free while ${PAPERS} papers are drawn, sealed and verified`, () => {
    process.stderr.write(
      `\n  event loop while ${PAPERS} papers are sealed: mean ${measured.meanMs.toFixed(1)} ms, p99 ${measured.p99Ms.toFixed(1)} ms, ` +
        `in ${measured.tookMs.toFixed(0)} ms; sealed on the loop itself: max ${measured.inlineMaxMs.toFixed(1)} ms\n`,
    );
    expect(measured.p99Ms).toBeLessThan(100);
  });
});
