// The bench:  npm run bench -- --size 100k|1M|5M|10M [--only requests,excel,…] [--rounds 5] [--seconds 4]
// Generates the province where it is not there yet, starts the compiled program on it, and measures case by case. What was measured is
// kept in docs/benchmarks.json with machine and day, and docs/benchmarks.md is written from that: nothing in it is copied by hand.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { excel, excelMemory, mixed } from './cases/excel.mjs';
import { figures, writeCost } from './cases/figures.mjs';
import { requests } from './cases/requests.mjs';
import { scope } from './cases/scope.mjs';
import { search } from './cases/search.mjs';
import { start } from './cases/start.mjs';
import { connect, settled } from './cluster.mjs';
import { province } from './generate.mjs';
import { machine, startProgram } from './harness.mjs';
import { keep, writeReport } from './results.mjs';

/** By name: what is measured, at which sizes, and whether the program is wanted with its statements told, or not yet running. */
const ALL = ['10k', '100k', '1M', '10M'];
const FULL = ['10k', '100k', '1M'];
const CASES = {
  requests: { run: requests, sizes: ALL, isCapturing: true },
  scope: { run: scope, sizes: ALL, isCapturing: true },
  figures: { run: figures, sizes: ALL, isCapturing: true },
  writes: { run: writeCost, sizes: FULL, isCapturing: true },
  search: { run: search, sizes: [...FULL, '5M'] },
  excel: { run: excel, sizes: FULL, isCapturing: true },
  memory: { run: excelMemory, sizes: FULL },
  mixed: { run: mixed, sizes: FULL },
  start: { run: start, sizes: ALL, isAlone: true },
};
/** Measured without a province; each writes its own part of the report. */
const ALONE = ['papers', 'dossier', 'deadlines'];

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '100k' },
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    report: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const known = [...ALONE, ...Object.keys(CASES)];
const only =
  values.only?.split(',') ?? known.filter((name) => CASES[name]?.sizes.includes(values.size) ?? values.size === '100k');
for (const name of only) if (!known.includes(name)) throw new Error(`--only takes ${known.join(', ')}`);
for (const name of ALONE.filter((one) => only.includes(one))) {
  const { status } = spawnSync(process.execPath, [`test/bench/${name}.mjs`], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${name} ended with ${status}`);
}
const cases = only.filter((name) => name in CASES);
if (cases.length === 0) process.exit();
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];

const { dir, cluster } = await province(values.size);
try {
  const owner = await connect(cluster.url);
  const { rows: servers } = await owner.query('show server_version');
  await owner.end();
  for (const name of cases) {
    const { run, isCapturing = false, isAlone = false } = CASES[name];
    const before = machine(dir);
    const program = isAlone ? null : await startProgram({ dir, isCapturing });
    try {
      if (program !== null) await settled(cluster.url);
      const results = await run({ program, url: cluster.url, dir, size: values.size, rounds, seconds });
      for (const result of results) {
        console.log(`${values.size} ${result.what}: ${JSON.stringify(result)}`);
        keep({ ...result, size: values.size, rounds, seconds, machine: before, postgres: servers[0].server_version });
      }
    } finally {
      await program?.stop();
    }
  }
} finally {
  await cluster.stop();
}
if (values.report) await writeReport();
