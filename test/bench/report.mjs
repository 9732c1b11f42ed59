// Writes what a bench measured into docs/benchmarks.md, one part a bench: nothing there is copied by hand.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { format, resolveConfig } from 'prettier';

const FILE = 'docs/benchmarks.md';
/** What the lines of a province are made of: any machine's, with its day and commit. */
export const RESULTS = 'docs/benchmarks.json';
const HEAD = `# Benchmarks

Written by \`npm run bench\` on the machine that each part names. Timings are ratios between things measured in turns in one run;
absolute figures belong to that machine. Other figures: \`npm run bench:web\`, \`npm run bench:memory\`.
`;

/** The one in the middle. */
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Kibibytes of a field of this process, e.g. `VmHWM`. Linux only. */
export function processMemory(field, pid = 'self') {
  const found = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1] ?? Number.NaN);
}

const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();
/** The commit that runs, `-dirty` where anything but the report itself differs from it; of the start, for work may go on. */
export const COMMIT =
  git('rev-parse', '--short', 'HEAD') +
  (git('status', '--porcelain', '--', '.', `:!${FILE}`, `:!${RESULTS}`) === '' ? '' : '-dirty');

/** Replaces one part of the report. `versions` names what was measured beside Node and this program's commit. */
export async function report(part, title, versions, body) {
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const day = new Date().toISOString().slice(0, 10);
  const text = `## ${title}\n\n${day} · commit ${COMMIT} · ${machine} · Node ${process.version}${versions
    .map((one) => ` · ${one}`)
    .join('')}\n\n${body.trim()}\n`;
  const former = existsSync(FILE) ? readFileSync(FILE, 'utf8') : HEAD;
  const [from, to] = [`<!-- ${part} -->`, `<!-- /${part} -->`];
  const at = former.indexOf(from);
  const next =
    at < 0
      ? `${former.trimEnd()}\n\n${from}\n\n${text}\n${to}\n`
      : `${former.slice(0, at)}${from}\n\n${text}\n${former.slice(former.indexOf(to))}`;
  writeFileSync(FILE, await format(next, { ...(await resolveConfig(FILE)), parser: 'markdown' }));
  console.log(text);
}
