// What was measured, kept beside the report, and the part of docs/benchmarks.md that is made of it: a line measured on one machine
// stands until another measures it anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { COMMIT, RESULTS, report } from './report.mjs';

const GATES = JSON.parse(readFileSync('test/bench/gates.json', 'utf8'));

const kept = () => (existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {});

/** One measured line; a later run of the same line at the same size takes its place. */
export function keep(result) {
  if (!(result.key in GATES)) throw new Error(`gates.json knows no ${result.key}`);
  writeFileSync(
    RESULTS,
    `${JSON.stringify(
      {
        ...kept(),
        [`${result.key} ${result.size}`]: { ...result, commit: COMMIT, on: new Date().toISOString().slice(0, 16) },
      },
      null,
      2,
    )}\n`,
  );
}

/** At other sizes than those a line is asked for it stands without a verdict. */
const isWanted = (gate, size) => gate.wantedAt?.includes(size) ?? true;

/** Lines that compare two sizes are drawn from what was measured at each. */
function verdictOf(gate, size, { ratio, isSteady }) {
  if (!isWanted(gate, size)) return '—';
  if (!isSteady) return 'inconclusive: the machine was not quiet';
  return (gate.is === 'at least' ? ratio >= gate.wanted : ratio <= gate.wanted) ? 'reached' : '**missed**';
}

const figure = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : value.toFixed(3);

export async function writeReport() {
  const all = kept();
  const line = ([key, gate]) =>
    gate.sizes.flatMap((size) => {
      const found = gate.of === undefined ? all[`${key} ${size}`] : between(all, gate, size);
      if (found === undefined) return [];
      const range = found.least === undefined ? '' : ` (${figure(found.least)}–${figure(found.most)})`;
      return [
        `| ${gate.what} | ${size} | ${isWanted(gate, size) ? `${gate.is} ${gate.wanted}${gate.unit ?? ''}` : '—'} | **${figure(found.ratio)}${gate.unit ?? ''}**${range} | ${verdictOf(gate, size, found)} | ${found.steadiness === undefined ? '—' : figure(found.steadiness)} | ${found.notes} | ${found.on}, ${found.commit}, ${found.rounds} × ${found.seconds} s, load ${found.machine.load.toFixed(1)},${found.machine.fileSystem === undefined ? '' : ` ${found.machine.fileSystem},`} fsync ${found.machine.fsyncMs.toFixed(2)} ms |`,
      ];
    });
  const lines = Object.entries(GATES).flatMap(line);
  if (lines.length === 0) return;
  // A line of two sizes is called "the same" in the table, and stands alone here.
  const nameOf = ({ what, of, sizes, than }) =>
    of === undefined ? what : `${GATES[of].what}, ${sizes[0]} against ${than}`;
  const why = Object.values(GATES).flatMap((gate) =>
    gate.why === undefined ? [] : [`- ${nameOf(gate)}: ${gate.why}`],
  );
  await report(
    'province',
    'A province',
    [
      ...new Set(
        Object.values(all).flatMap(({ postgres }) => (postgres === undefined ? [] : [`PostgreSQL ${postgres}`])),
      ),
    ],
    `Generated provinces of 100,000, 1,000,000 and 10,000,000 matters, for the search of 5,000,000 (\`test/bench/province.mjs\`), 2,000 centers, the busiest with a tenth of all. Ratios are the
middle of interleaved rounds with the least and the greatest; a ratio counts only where the anchor's quickest round was no more than
1.6 times its slowest (steadiness: the one divided by the other; of a figure that compares nothing within its run there is none). ${cpus().length} cores of ${cpus()[0]?.model.trim()} and ${Math.round(totalmem() / 2 ** 30)} GiB are shared by program, database and
load.

| | matters | wanted | measured | | steadiness | of it | when (UTC), commit, rounds, machine |
|---|---|---|---|---|---|---|---|
${lines.join('\n')}

What the slowest of them do, and why:

${why.join('\n')}`,
  );
}

/** The same figure at two sizes: how much longer it takes at this one than at the smaller. */
function between(all, gate, size) {
  const [big, small] = [all[`${gate.of} ${size}`], all[`${gate.of} ${gate.than}`]];
  if (big === undefined || small === undefined) return undefined;
  const unit = gate.field === 'toAnchor' ? 'times the anchor' : 'ms';
  return {
    ...big,
    ratio: big[gate.field] / small[gate.field],
    least: undefined,
    steadiness: Math.max(big.steadiness, small.steadiness),
    isSteady: big.isSteady && small.isSteady,
    notes: `${figure(big[gate.field])} ${unit} against ${figure(small[gate.field])} at ${gate.than}`,
  };
}
