import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { assertChineseTextSearch, ChineseTextSearchError } from '../../src/platform/database/embedded';
import { isRunning, SmallClone, waitUntilGone, type TestUser } from '../support/small-clone';

/**
 * Real: PostgreSQL, separate node processes, users, permissions and signals. Nothing is faked; a clone is a small
 * copy of the checkout, so that its permissions can be changed.
 */
const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? it : it.skip;

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

/** Root tries it as `nobody`, anyone else as themselves. */
function unprivilegedUser(): TestUser | undefined {
  if (!isRoot) {
    return undefined;
  }
  const number = (option: string) => Number(execFileSync('id', [option, 'nobody']).toString());
  return { uid: number('-u'), gid: number('-g') };
}

describe('the embedded database', () => {
  let clone: SmallClone;
  const strangers: ChildProcess[] = [];

  beforeEach(() => {
    clone = new SmallClone({ hasOwnPrograms: false });
  });

  afterEach(async () => {
    for (const stranger of strangers.splice(0)) {
      stranger.kill('SIGKILL');
    }
    await clone.remove();
  });

  it('starts on an empty folder, keeps its data over a restart, and leaves no process after stopping', async () => {
    const first = await clone.start();
    const pid = clone.serverPid();
    await ask(first.url, `CREATE TABLE note (text text); INSERT INTO note VALUES ('调解'), ('仲裁')`);
    expect(await ask(first.url, `SELECT current_database() AS database, '张' ~ '[[:alpha:]]' AS letters`)).toEqual([
      { database: 'zongzhi', letters: true },
    ]);
    await first.stop();
    expect(isRunning(pid)).toBe(false);

    const second = await clone.start();
    expect(await ask(second.url, 'SELECT text FROM note ORDER BY text')).toHaveLength(2);
  });

  it('listens on this machine only and demands its random password', async () => {
    const server = await clone.start();
    expect(
      await ask(
        server.url,
        `SELECT current_setting('listen_addresses') AS a, current_setting('unix_socket_directories') AS s`,
      ),
    ).toEqual([{ a: '127.0.0.1', s: '' }]);
    expect(statSync(join(clone.dataDir, 'cluster', 'superuser.password')).mode & 0o777).toBe(0o600);
    const wrong = new URL(server.url);
    wrong.password = 'postgres';
    await expect(ask(wrong.toString(), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('keeps residents out of its log when a row is refused', async () => {
    const server = await clone.start();
    await ask(server.url, 'CREATE TABLE person (name text UNIQUE)');
    await ask(server.url, `INSERT INTO person VALUES ('欧阳某某')`);
    await expect(ask(server.url, `INSERT INTO person VALUES ('欧阳某某')`)).rejects.toMatchObject({ code: '23505' });
    const log = readFileSync(join(clone.dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('duplicate key value');
    expect(log).not.toContain('欧阳');
    expect(statSync(join(clone.dataDir, 'postgres.log')).mode & 0o777).toBe(0o600);
  });

  it('is joined by a second process and lives until the last one has ended', async () => {
    const first = await clone.start();
    const pid = clone.serverPid();
    const second = await clone.start();
    expect(second.url).toBe(first.url);

    await first.stop();
    expect(await ask(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(clone.serverPid()).toBe(pid);

    await second.kill();
    await waitUntilGone(pid);
  });

  it('starts once when two processes meet on an empty folder', async () => {
    const [one, other] = await Promise.all([clone.start(), clone.start()]);
    expect(other.url).toBe(one.url);
    expect(readdirSync(clone.dataDir).sort()).toEqual(['cluster', 'postgres.log', 'run']);
    await one.stop();
    expect(await ask(other.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('stops when its node process is killed with -9', async () => {
    const server = await clone.start();
    const pid = clone.serverPid();
    await server.kill();
    await waitUntilGone(pid);
    expect(readFileSync(join(clone.dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down');
  });

  it('keeps what was committed when everything is killed at once', async () => {
    const server = await clone.start({ settings: { fsync: true } });
    await ask(server.url, `CREATE TABLE note (text text)`);
    await ask(server.url, `INSERT INTO note VALUES ('已提交')`);
    expect(await ask(server.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    const pid = clone.serverPid();
    process.kill(pid, 'SIGKILL');
    await server.kill();
    await waitUntilGone(pid);
    expect(existsSync(join(clone.dataDir, 'cluster', 'postmaster.pid'))).toBe(true);

    const again = await clone.start();
    expect(await ask(again.url, 'SELECT text FROM note')).toEqual([{ text: '已提交' }]);
  });

  it('starts although the file of a dead server names a living stranger', async () => {
    const pidFile = join(clone.dataDir, 'cluster', 'postmaster.pid');
    const server = await clone.start();
    const stale = readFileSync(pidFile, 'utf8');
    await server.stop();
    const stranger = spawn('sleep', ['60'], { ...unprivilegedOwnerOf(clone) });
    strangers.push(stranger);
    writeFileSync(pidFile, stale.replace(/^\d+/, String(stranger.pid)));

    const again = await clone.start();
    expect(await ask(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(stranger.exitCode).toBeNull();
  });

  it('starts although the file of a dead server names a zombie', async () => {
    const pidFile = join(clone.dataDir, 'cluster', 'postmaster.pid');
    const server = await clone.start();
    const stale = readFileSync(pidFile, 'utf8');
    await server.stop();
    // `sleep` takes the place of the shell and never collects the shell's child.
    const careless = spawn('/bin/sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
      ...unprivilegedOwnerOf(clone),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    strangers.push(careless);
    const zombie = await new Promise<string>((done) => createInterface({ input: careless.stdout }).once('line', done));
    writeFileSync(pidFile, stale.replace(/^\d+/, zombie));
    expect(isRunning(Number(zombie))).toBe(true);

    const again = await clone.start();
    expect(await ask(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts after being killed while creating its data', async () => {
    const victim = clone.spawnNode();
    while (!existsSync(clone.dataDir) || !readdirSync(clone.dataDir).some((name) => name.startsWith('creating-'))) {
      await delay(2);
    }
    await delay(100);
    expect(existsSync(join(clone.dataDir, 'cluster'))).toBe(false);
    const ended = new Promise((done) => victim.once('exit', done));
    victim.kill('SIGKILL');
    await ended;

    const server = await clone.start();
    expect(await ask(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();

    const [abandoned] = readdirSync(clone.dataDir).filter((name) => name.startsWith('creating-'));
    const old = new Date(Date.now() - 3_600_000);
    utimesSync(join(clone.dataDir, abandoned ?? ''), old, old);
    rmSync(join(clone.dataDir, 'cluster'), { recursive: true });
    await clone.start();
    expect(readdirSync(clone.dataDir).sort()).toEqual(['cluster', 'postgres.log', 'run']);
  });

  it('says in Chinese that a demanded port is taken', async () => {
    const occupant = createServer();
    const port = await new Promise<number>((done) => {
      occupant.listen(0, '127.0.0.1', () => {
        const address = occupant.address();
        done(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    try {
      await expect(clone.start({ settings: { port } })).rejects.toThrow(
        /内置数据库启动失败.*Address already in use.*DATABASE_URL/s,
      );
    } finally {
      await new Promise((done) => occupant.close(done));
    }
  });
});

describe('the embedded database, where permissions are awkward', () => {
  let clone: SmallClone;

  beforeEach(() => {
    clone = new SmallClone({ hasOwnPrograms: true });
  });

  afterEach(() => clone.remove());

  it('runs for an unprivileged user in a private home under umask 077', async () => {
    const user = unprivilegedUser();
    if (user !== undefined) {
      clone.giveTo(user);
    }
    clone.makePrivate();
    const server = await clone.start({ user, umask: '077' });
    expect(await ask(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const owner = statSync(join(clone.dataDir, 'cluster')).uid;
    expect(owner).toBe(user?.uid ?? process.getuid?.());
    const pid = clone.serverPid();
    await server.kill();
    await waitUntilGone(pid);
  });

  asRoot('runs for root in a private clone, with data where its user can reach them', async () => {
    clone.makePrivate();
    const first = await clone.start({ umask: '077' });
    await ask(first.url, 'CREATE TABLE kept (id int)');
    const home = clone.realDataDir();
    expect(home).not.toBe(clone.dataDir);
    expect(statSync(join(home, 'cluster')).uid).not.toBe(0);
    const pid = clone.serverPid(home);
    await first.stop();
    expect(isRunning(pid)).toBe(false);

    const second = await clone.start({ umask: '077' });
    expect(await ask(second.url, `SELECT to_regclass('kept') IS NOT NULL AS kept`)).toEqual([{ kept: true }]);
  });

  asRoot('leaves files of the clone’s owner when root starts it there', async () => {
    const user = unprivilegedUser() as TestUser;
    clone.giveTo(user);
    const byRoot = await clone.start();
    await byRoot.stop();
    expect(statSync(join(clone.dataDir, 'cluster')).uid).toBe(user.uid);
  });

  it('makes the links of its libraries when the package manager ran no scripts', async () => {
    const link = clone.removeLinks();
    await clone.start();
    expect(readlinkSync(link)).toMatch(/^libpq\.so/);
  });

  it('copies its programs when node_modules lacks links and is read-only', async () => {
    const user = unprivilegedUser();
    clone.removeLinks();
    if (user !== undefined) {
      clone.giveTo(user);
    }
    clone.changeMode('a-w', join(clone.folder, 'node_modules'));
    const server = await clone.start({ user });
    expect(await ask(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(readdirSync(clone.dataDir).some((name) => name.startsWith('native-'))).toBe(true);
  });
});

/** The user the server of a clone runs as: only its own processes count when PostgreSQL looks for a rival. */
function unprivilegedOwnerOf(clone: SmallClone): TestUser | undefined {
  const { uid, gid } = statSync(join(clone.dataDir, 'cluster'));
  return isRoot ? { uid, gid } : undefined;
}

describe('whether a database can find Chinese text', () => {
  let clone: SmallClone;
  let adminUrl: string;
  let server: { stop(): Promise<void> };

  beforeAll(async () => {
    clone = new SmallClone({ hasOwnPrograms: false });
    const started = await clone.start({});
    server = started;
    adminUrl = started.url;
  });

  afterAll(async () => {
    await server.stop();
    await clone.remove();
  });

  it.each([
    ['with character type C', 'C', false],
    ['with character type C.UTF-8', 'C.UTF-8', true],
  ])('is judged by the superuser %s', async (_, locale, isFit) => {
    await ask(adminUrl, `CREATE DATABASE "${locale}" TEMPLATE template0 ENCODING 'UTF8' LOCALE '${locale}'`);
    await expectFitness(named(locale), isFit);
    expect(await ask(named(locale), `SELECT extname FROM pg_extension WHERE extname = 'pg_trgm'`)).toEqual([]);
  });

  it('is judged by the installed extension, in whatever schema', async () => {
    await ask(adminUrl, `CREATE DATABASE installed TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`);
    await ask(named('installed'), 'CREATE SCHEMA "Ext"');
    await ask(named('installed'), 'CREATE EXTENSION pg_trgm SCHEMA "Ext"');
    await expectFitness(named('installed'), false);
  });

  it.each([
    ['C', false],
    ['C.UTF-8', true],
  ])('is judged by name when the role may not create extensions (%s)', async (locale, isFit) => {
    const database = `powerless_${locale}`;
    await ask(adminUrl, `CREATE DATABASE "${database}" TEMPLATE template0 ENCODING 'UTF8' LOCALE '${locale}'`);
    await ask(adminUrl, `CREATE ROLE "${database}" LOGIN PASSWORD 'test'`);
    const url = new URL(named(database));
    url.username = database;
    url.password = 'test';
    await expectFitness(url.toString(), isFit);
  });

  it('is denied for an encoding other than UTF-8', async () => {
    await ask(adminUrl, `CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'`);
    await expectFitness(named('latin'), false);
  });

  function named(database: string): string {
    const url = new URL(adminUrl);
    url.pathname = `/${database}`;
    return url.toString();
  }

  async function expectFitness(url: string, isFit: boolean): Promise<void> {
    if (isFit) {
      await expect(assertChineseTextSearch(url)).resolves.toBeUndefined();
    } else {
      await expect(assertChineseTextSearch(url)).rejects.toThrow(ChineseTextSearchError);
    }
  }
});
