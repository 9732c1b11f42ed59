import { chownSync, closeSync, fchmodSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { assertChineseTextSearch } from './chinese-text-search';
import { ensureCluster, ensureRunFolder, readPassword, SUPERUSER } from './create-cluster';
import { prepareDataHome, type DataHome } from './data-home';
import { EmbeddedPostgresError, USE_OWN_DATABASE } from './embedded-postgres-error';
import { isServerOf, processExists, readPostmasterFile, removeStalePostmasterFile } from './postmaster-file';
import { findServerPrograms, type ServerPrograms } from './server-programs';
import { joinServer, removeOldPipes, superviseServer, type Hold } from './supervisor';

export interface EmbeddedPostgresOptions {
  /** Folder for the data, made if absent; relative paths start at the working directory. */
  readonly dataDir: string;
  /** Folder for `postgres.log`; the data folder if not given. */
  readonly logDir?: string;
  /** `false` only for tests: a power cut may then lose everything. */
  readonly fsync?: boolean;
  /** A fixed port on 127.0.0.1; any free one if not given. Not regarded when joining a running server. */
  readonly port?: number;
}

export interface EmbeddedPostgres {
  /** Superuser connection to the application's database `zongzhi`. Holds the password: never log it. */
  readonly url: string;
  /** The same for database `postgres`, from which others are created and dropped. */
  readonly adminUrl: string;
  /** Lets go of the server. It stops, and the promise waits for that, unless other processes still use it. */
  stop(): Promise<void>;
}

interface RunningServer {
  readonly port: number;
  readonly hold: Hold;
}

const APPLICATION_DATABASE = 'zongzhi';
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const POLL_MS = 10;
/** Recovery after a crash may take minutes; a server that shows no sign of life at all is given up sooner by its own exit. */
const START_LIMIT_MS = 300_000;

/**
 * Starts the bundled PostgreSQL on `dataDir`, or joins the one another process already runs there. First call about one second
 * (it creates the cluster), later ones a quarter. The server listens on 127.0.0.1 only and stops when the last process
 * using it has ended, even by `kill -9`.
 *
 * @throws EmbeddedPostgresError with a Chinese text for the person at the terminal
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const home = prepareDataHome(resolve(options.dataDir));
  const programs = await findServerPrograms(home);
  await ensureCluster(home, programs, options.fsync !== false);
  ensureRunFolder(home);
  removeOldPipes(home);

  const password = readPassword(home);
  const { port, hold } = await joinOrLaunch(home, programs, options);
  const urlOf = (database: string) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
  const adminUrl = urlOf('postgres');
  const url = urlOf(APPLICATION_DATABASE);
  try {
    await ensureDatabase(adminUrl);
    await assertChineseTextSearch(url);
  } catch (error) {
    await hold.release();
    throw error;
  }
  let stopping: Promise<void> | undefined;
  return { url, adminUrl, stop: () => (stopping ??= hold.release()) };
}

async function joinOrLaunch(
  home: DataHome,
  programs: ServerPrograms,
  options: EmbeddedPostgresOptions,
): Promise<RunningServer> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (performance.now() < deadline) {
    const postmaster = readPostmasterFile(home.cluster);
    if (postmaster !== undefined && isServerOf(home.cluster, postmaster.pid)) {
      const joined = await joinRunning(home, postmaster.pid, deadline);
      if (joined !== undefined) {
        return joined;
      }
      // It is stopping, or its supervisor has gone: look again.
      await delay(POLL_MS);
      continue;
    }
    if (postmaster !== undefined && processExists(postmaster.pid)) {
      removeStalePostmasterFile(home.cluster);
    }
    const launched = await launch(home, programs, options, deadline);
    if (launched !== undefined) {
      return launched;
    }
    await delay(100);
  }
  throw new EmbeddedPostgresError(
    `内置数据库在 ${START_LIMIT_MS / 60_000} 分钟内未能启动，请查看日志 ${logPath(home, options)}。${USE_OWN_DATABASE}`,
  );
}

async function joinRunning(home: DataHome, pid: number, deadline: number): Promise<RunningServer | undefined> {
  const hold = joinServer(home, pid);
  if (hold === undefined) {
    return undefined;
  }
  while (performance.now() < deadline) {
    const postmaster = readPostmasterFile(home.cluster);
    if (postmaster?.pid !== pid || !isServerOf(home.cluster, pid)) {
      break;
    }
    if (postmaster.isReady && postmaster.port !== undefined) {
      return { port: postmaster.port, hold };
    }
    await delay(POLL_MS);
  }
  await hold.release();
  return undefined;
}

/** @returns `undefined` when another process won the race for the folder or for the port: worth another try */
async function launch(
  home: DataHome,
  programs: ServerPrograms,
  options: EmbeddedPostgresOptions,
  deadline: number,
): Promise<RunningServer | undefined> {
  const port = options.port ?? (await findFreePort());
  const log = openLog(home, options);
  try {
    const supervisor = superviseServer(home, programs.postgres, serverArguments(home, port, options), log.descriptor);
    while (!supervisor.hasEnded()) {
      const postmaster = readPostmasterFile(home.cluster);
      if (postmaster?.isReady === true && postmaster.port === port && isServerOf(home.cluster, postmaster.pid)) {
        return { port, hold: supervisor };
      }
      if (performance.now() > deadline) {
        await supervisor.release();
        break;
      }
      await delay(POLL_MS);
    }
    const written = log.readWritten();
    const lostTheFolder = /lock file ".*" already exists|pre-existing shared memory block/.test(written);
    const lostThePort = options.port === undefined && written.includes('Address already in use');
    if (lostTheFolder || lostThePort) {
      return undefined;
    }
    throw new EmbeddedPostgresError(
      `内置数据库启动失败：${lastLines(written)}\n请按上述原因处理（常见为磁盘已满、端口被占用或目录无权限），完整日志见 ${log.path}。${USE_OWN_DATABASE}`,
    );
  } finally {
    closeSync(log.descriptor);
  }
}

function serverArguments(home: DataHome, port: number, options: EmbeddedPostgresOptions): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // A socket would limit the length of the path and be open to every user of the machine.
    unix_socket_directories: '',
    max_connections: '200',
    logging_collector: 'off',
    // Statements and details of refused rows hold residents' data, which has no place in a log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(options.fsync === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return ['-D', home.cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

function logPath(home: DataHome, options: EmbeddedPostgresOptions): string {
  return join(options.logDir === undefined ? home.folder : resolve(options.logDir), 'postgres.log');
}

function openLog(home: DataHome, options: EmbeddedPostgresOptions) {
  const path = logPath(home, options);
  mkdirSync(resolve(path, '..'), { recursive: true, mode: 0o700 });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) {
    renameSync(path, `${path}.1`);
  }
  const descriptor = openSync(path, 'a+', 0o600);
  fchmodSync(descriptor, 0o600);
  if (home.user.switchTo.uid !== undefined) {
    chownSync(path, home.user.uid, home.user.gid);
  }
  const start = statSync(path).size;
  return {
    path,
    descriptor,
    readWritten: () => {
      const buffer = Buffer.alloc(Math.min(statSync(path).size - start, 64 * 1024));
      readSync(descriptor, buffer, 0, buffer.length, start);
      return buffer.toString('utf8');
    },
  };
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-5).join('\n');
}

function findFreePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolvePort(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  // Without a listener a server that dies meanwhile would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [APPLICATION_DATABASE]);
    if (found.rowCount === 0) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(APPLICATION_DATABASE)}`);
    }
  } catch (error) {
    // 42P04 duplicate_database, 23505 unique_violation: a process starting at the same time was first.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) {
      throw error;
    }
  } finally {
    await client.end();
  }
}
