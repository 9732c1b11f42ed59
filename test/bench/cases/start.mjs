// From the start of the process to the first request that is answered: over the province, and over a database with nothing in it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCluster } from '../cluster.mjs';
import { inTurns, middle, ratioOf, startProgram } from '../harness.mjs';

const require = createRequire(import.meta.url);

export async function start({ dir, rounds }) {
  const empty = mkdtempSync(join(tmpdir(), 'zongzhi-empty-'));
  chmodSync(empty, 0o711);
  const cluster = await openCluster(empty);
  try {
    await require('../../../dist/src/data-source.js').migrate(cluster.url);
    const once = (data) => async () => {
      const program = await startProgram({ dir: data });
      await program.stop();
      return { seconds: program.startedIn };
    };
    const found = await inTurns({ anchor: once(empty), ours: once(dir) }, rounds);
    return [
      {
        key: 'start',
        what: 'start of the program',
        ...ratioOf(found.ours, found.anchor, 'seconds'),
        notes: `${middle(found.ours, 'seconds').toFixed(1)} s against ${middle(found.anchor, 'seconds').toFixed(1)} s`,
      },
    ];
  } finally {
    await cluster.stop();
    rmSync(empty, { recursive: true, force: true });
  }
}
