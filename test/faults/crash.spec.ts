import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BuiltProgram } from '../support/built-program';
import { RunningCenter } from './running-center';
import { faultsAfterCrash } from './survivors';

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The postmaster and every process that it started. */
function serverProcesses(postmaster: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid > 0)
    .filter((pid) => {
      try {
        return (
          pid === postmaster ||
          Number(/\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]) === postmaster
        );
      } catch {
        return false;
      }
    });
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Never happened: ${what}`);
    await delay(5);
  }
}

/**
 * `kill -9` in the middle of a load of registrations, acceptances, signatures and seals. The program is the built one,
 * with its embedded PostgreSQL, which syncs as in earnest; acknowledgements are written down outside it.
 */
describe('what was acknowledged is there after a crash, and nothing is half done', () => {
  let built: BuiltProgram;
  let center: RunningCenter;
  beforeAll(async () => {
    built = new BuiltProgram();
    center = await RunningCenter.open(built, built.dataDir, await freePort());
    await center.freezeAgreements(8);
  });
  afterAll(() => built.remove());

  const faults = (of: RunningCenter): Promise<string[]> =>
    of.withOwner((owner) => faultsAfterCrash(owner, of.dataDir, of.acknowledged));

  it.each([1, 2])('kill -9 of the application, time %d', async (round) => {
    const { registered, sealed } = center.acknowledged;
    const [before, sealedBefore] = [registered.length, sealed.length];
    const load = center.load();
    await until(
      () => registered.length > before + 40 && sealed.length > sealedBefore,
      'forty registrations and a seal',
    );
    // Not at the end of a request, but wherever the processes happen to be.
    await delay(37 * round);
    await center.program.kill('SIGKILL');
    await load;
    expect(center.unanswered.length).toBeGreaterThan(0);
    await center.restart();
    expect(await faults(center)).toEqual([]);
    await center.sendAgain();
    expect(await faults(center)).toEqual([]);
    expect(await center.auditIsIntact()).toBe(true);
  });

  it('kill -9 of every process of PostgreSQL: the application answers 503, and starts again', async () => {
    const { registered } = center.acknowledged;
    const before = registered.length;
    const load = center.load();
    await until(() => registered.length > before + 40, 'forty registrations');
    for (const pid of serverProcesses(built.postmasterPid(center.dataDir))) process.kill(pid, 'SIGKILL');
    await delay(500);
    const reply = await (await center.as('intake')).get('/disputes');
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '5']);
    expect(center.program.hasEnded).toBe(false);
    center.stop();
    await load;
    await center.program.kill('SIGTERM');
    await center.restart();
    expect(await faults(center)).toEqual([]);
    await center.sendAgain();
    expect(await faults(center)).toEqual([]);
    expect(await center.auditIsIntact()).toBe(true);
    await center.program.kill('SIGTERM');
  });

  it('control: with synchronous_commit=off the same crash loses what was acknowledged, and the same questions tell', async () => {
    const careless = await RunningCenter.open(built, join(built.folder, 'careless'), await freePort());
    await careless.withOwner(async (owner) => {
      await owner.query('alter system set synchronous_commit = off');
      await owner.query("alter system set wal_writer_delay = '10s'");
      await owner.query("alter system set wal_writer_flush_after = '1GB'");
      await owner.query('select pg_reload_conf()');
    });
    await delay(300);
    const load = careless.load();
    await until(() => careless.acknowledged.registered.length > 40, 'forty registrations');
    for (const pid of serverProcesses(built.postmasterPid(careless.dataDir))) process.kill(pid, 'SIGKILL');
    careless.stop();
    await load;
    await careless.program.kill('SIGKILL');
    await careless.restart();
    const lost = (await faults(careless)).filter((f) => f.startsWith('lost: registration'));
    await careless.program.kill('SIGTERM');
    expect(lost.length).toBeGreaterThan(0);
  });

  it('control: a program that writes its audit after the commit is found out', async () => {
    const file = join(built.folder, 'dist/src/platform/database/unit-of-work.js');
    const right = readFileSync(file, 'utf8');
    const inside =
      /(?<append>await \(0, _auditchain\.appendAudit\)\(tx, this\.keys\);)(?<rest>[\s\S]*?)(?<commit>await client\.query\('commit'\);)/;
    const wrong = right.replace(
      inside,
      [
        '$<rest>$<commit>',
        'await new Promise((r) => setTimeout(r, 300)); await client.query("begin");',
        `await client.query("select set_config('app.principal', 'system', true)");`,
        '$<append>$<commit>',
      ].join(' '),
    );
    expect(wrong).not.toBe(right);
    writeFileSync(file, wrong);
    const late = await RunningCenter.open(built, join(built.folder, 'late'), await freePort());
    const load = late.load();
    await until(() => late.acknowledged.registered.length > 10, 'ten registrations');
    await late.program.kill('SIGKILL');
    await load;
    writeFileSync(file, right);
    await late.restart();
    const found = (await faults(late)).filter((f) => /^half done: .* without its audit entry/.test(f));
    await late.program.kill('SIGTERM');
    expect(found.length).toBeGreaterThan(0);
  });
});
