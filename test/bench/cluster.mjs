// The embedded PostgreSQL of a bench: its own folder, opened as the program opens it (durable), with memory for its size.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const require = createRequire(import.meta.url);

/** Where provinces are kept unless BENCH_DIR says otherwise: they are large, and made once for each state of the migrations. */
export const HOME = resolve(process.env.BENCH_DIR ?? '.data/bench');
const SIZES = { '10k': 1e4, '100k': 1e5, '1M': 1e6, '5M': 5e6, '10M': 1e7 };
/** All of it would take hours and a disk: what is measured at these sizes. */
const PARTS = { '5M': 'search', '10M': 'lists and figures' };

export function sizeOf(name) {
  const matters = SIZES[name];
  if (matters === undefined) throw new Error(`--size is one of ${Object.keys(SIZES).join(', ')}`);
  return matters;
}

/** What a province of this size has: `search`, `lists and figures`, or everything. */
export const partsOf = (name) => PARTS[name] ?? 'everything';

/** What a province was made by; another generator or schema makes another one. */
export function provinceDir(size, sources) {
  const hash = createHash('sha256');
  for (const file of readdirSync('migrations').sort())
    if (file.endsWith('.ts')) hash.update(readFileSync(join('migrations', file)));
  for (const file of sources) hash.update(readFileSync(file));
  const dir = join(HOME, `${size}-${hash.digest('hex').slice(0, 10)}`);
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  // The server runs as another user when started by root, and passes through on its way to its own folder.
  for (const folder of [HOME, dir]) chmodSync(folder, 0o711);
  return dir;
}

export async function openCluster(dataDir) {
  const { startEmbeddedPostgres } = require('../../dist/src/platform/database/embedded');
  return startEmbeddedPostgres({ dataDir: join(dataDir, 'pg') });
}

export async function connect(url) {
  const client = new pg.Client({ connectionString: url });
  // What fails is told by itself, not by the database that is stopped then.
  client.on('error', () => undefined);
  await client.connect();
  await client.query("select set_config('app.principal', 'system', false)");
  return client;
}

/**
 * Waits until the program has caught up with what stood open at its start: five seconds without a statement of its own, and no center
 * whose clocks turned while nothing ran and that is not counted anew (it counts every five seconds).
 */
export async function settled(url) {
  const client = await connect(url);
  for (let quiet = 0; quiet < 5;) {
    await delay(1000);
    const { rows } = await client.query(
      `select 1 from pg_stat_activity where backend_type = 'client backend' and state <> 'idle' and pid <> pg_backend_pid()
       union all
       select 1 from app.clock_count where counted_at <= now() - interval '30 seconds' and turns_at <= now()`,
    );
    quiet = rows.length === 0 ? quiet + 1 : 0;
  }
  await client.end();
}
