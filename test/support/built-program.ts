import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Options, transformFileSync } from '@swc/core';

const ROOT = resolve(__dirname, '..', '..');

/** A running node process of the built program, with all it has said so far. */
export class Program {
  output = '';
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  hasEnded = false;

  constructor(readonly child: ChildProcess) {
    const keep = (chunk: Buffer): void => {
      this.output += chunk.toString('utf8');
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.ended = new Promise((done) => {
      child.once('close', (code, signal) => {
        this.hasEnded = true;
        done({ code, signal });
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Waits until the output matches; throws with the output when the process ends before, or after a minute. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const deadline = performance.now() + 60_000;
    for (;;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      if (this.hasEnded || performance.now() > deadline)
        throw new Error(`Never said ${pattern.source}:\n${this.output}`);
      await delay(20);
    }
  }

  /** Base address, once the program listens. */
  async listening(): Promise<string> {
    return (await this.says(/已启动：(http\S+)/))[1] ?? '';
  }

  async kill(
    signal: NodeJS.Signals,
  ): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }> {
    this.child.kill(signal);
    return this.ended;
  }
}

/**
 * The program as `npm run build` makes it, in a folder of its own beside what it needs at run time, so that data
 * folders, keys and builds of the checkout are never touched.
 */
export class BuiltProgram {
  readonly folder = mkdtempSync(join(tmpdir(), 'zongzhi-built-'));
  private readonly running: Program[] = [];

  constructor() {
    // Started by root, the embedded database runs as another user, who has to pass through.
    chmodSync(this.folder, 0o755);
    compile(['src', 'migrations'], join(this.folder, 'dist'));
    mkdirSync(join(this.folder, 'migrations'));
    symlinkSync(join(ROOT, 'migrations', 'data'), join(this.folder, 'migrations', 'data'));
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    symlinkSync(join(ROOT, 'templates'), join(this.folder, 'templates'));
  }

  get dataDir(): string {
    return join(this.folder, '.data');
  }

  /** Starts `dist/src/main.js`, on any free port. */
  start(env: Readonly<Record<string, string>> = {}): Program {
    return this.run('main.js', [], { DEMO: 'off', LOG_LEVEL: 'warn', ...env });
  }

  run(script: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Program {
    const child = spawn(process.execPath, [join(this.folder, 'dist', 'src', script), ...args], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', PORT: '0', DATA_DIR: this.dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const program = new Program(child);
    this.running.push(program);
    return program;
  }

  /** Where the embedded database of a data folder lives. */
  clusterOf(dataDir = this.dataDir): string {
    const location = join(dataDir, 'pg', 'location');
    const home = existsSync(location) ? readFileSync(location, 'utf8').trim() : join(dataDir, 'pg');
    return join(home, 'cluster');
  }

  postmasterPid(dataDir = this.dataDir): number {
    return Number(readFileSync(join(this.clusterOf(dataDir), 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /** Superuser's URL of the embedded database while it runs. */
  databaseUrl(dataDir = this.dataDir): string {
    const cluster = this.clusterOf(dataDir);
    const port = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]?.trim() ?? '';
    const password = readFileSync(join(cluster, 'superuser.password'), 'utf8').trim();
    return `postgres://postgres:${password}@127.0.0.1:${port}/zongzhi`;
  }

  async remove(): Promise<void> {
    for (const program of this.running) if (!program.hasEnded) await program.kill('SIGKILL');
    await delay(200);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function compile(folders: readonly string[], target: string): void {
  const options = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8')) as Options;
  for (const folder of folders) {
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || /\.(?:spec|d)\.ts$/.test(file)) continue;
      const to = join(target, folder, file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(
        to,
        transformFileSync(join(ROOT, folder, file), { ...options, swcrc: false, sourceMaps: false }).code,
      );
    }
  }
}
