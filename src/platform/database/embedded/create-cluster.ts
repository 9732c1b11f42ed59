import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DataHome } from './data-home';
import { EmbeddedPostgresError, USE_OWN_DATABASE } from './embedded-postgres-error';
import { PROGRAM_ENVIRONMENT } from './operating-system-user';
import { processExists } from './postmaster-file';
import type { ServerPrograms } from './server-programs';

export const SUPERUSER = 'postgres';

/** Kept inside the cluster, so that data and password come into being, and move, together. */
const PASSWORD_FILE = 'superuser.password';

/**
 * With character type `C`, pg_trgm finds no word in Chinese text. `C.UTF-8` also sorts the same on every machine;
 * the second is for systems that do not have it.
 */
const LOCALES = ['C.UTF-8', 'en_US.UTF-8'];

/** A killed process leaves its `initdb` running on for a second or two; pulling the folder from under it would leak shared memory. */
const ABANDONED_AFTER_MS = 60_000;

/** Makes the cluster unless it exists. Safe when killed half way, and when two processes do it at once. */
export async function ensureCluster(home: DataHome, programs: ServerPrograms, isDurable: boolean): Promise<void> {
  if (!existsSync(home.cluster)) {
    await createCluster(home, programs, isDurable);
  }
  const version = readFileSync(join(home.cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== String(programs.majorVersion)) {
    throw new EmbeddedPostgresError(
      `数据目录 ${home.cluster} 由 PostgreSQL ${version} 建立，当前内置数据库为 ${programs.majorVersion}，不能直接打开。请用原版本程序导出数据后再升级。${USE_OWN_DATABASE}`,
    );
  }
}

export function readPassword(home: DataHome): string {
  return readFileSync(join(home.cluster, PASSWORD_FILE), 'utf8').trim();
}

async function createCluster(home: DataHome, programs: ServerPrograms, isDurable: boolean): Promise<void> {
  removeAbandonedAttempts(home);
  const staging = mkdtempSync(join(home.folder, `creating-${process.pid}-`));
  const { user } = home;
  try {
    const passwordFile = join(staging, PASSWORD_FILE);
    writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    if (user.switchTo.uid !== undefined) {
      chownSync(passwordFile, user.uid, user.gid);
      chownSync(staging, user.uid, user.gid);
    }
    const made = join(staging, 'cluster');
    await runInitdb(home, programs, made, passwordFile, isDurable);
    renameSync(passwordFile, join(made, PASSWORD_FILE));
    renameSync(made, home.cluster);
    if (isDurable) {
      syncFolder(home.folder);
    }
  } catch (error) {
    // ENOTEMPTY or EEXIST: a process starting at the same time was first, and its cluster is as good.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function runInitdb(
  home: DataHome,
  programs: ServerPrograms,
  target: string,
  passwordFile: string,
  isDurable: boolean,
): Promise<void> {
  let complaint = '';
  for (const locale of LOCALES) {
    try {
      await promisify(execFile)(
        programs.initdb,
        [
          '--pgdata',
          target,
          '--username',
          SUPERUSER,
          '--pwfile',
          passwordFile,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          `--locale=${locale}`,
          '--lc-messages=C',
          '--no-instructions',
          ...(isDurable ? [] : ['--no-sync']),
        ],
        { ...home.user.switchTo, cwd: '/', env: PROGRAM_ENVIRONMENT },
      );
      return;
    } catch (error) {
      complaint = (error as { stderr?: string }).stderr?.trim() ?? (error as Error).message;
      if (!complaint.includes('invalid locale')) {
        break;
      }
    }
  }
  throw new EmbeddedPostgresError(
    `内置数据库初始化失败：${complaint}。请检查磁盘空间和目录 ${home.folder} 的权限。${USE_OWN_DATABASE}`,
  );
}

function removeAbandonedAttempts(home: DataHome): void {
  for (const name of readdirSync(home.folder)) {
    const pid = Number(/^creating-(\d+)-/.exec(name)?.[1]);
    const path = join(home.folder, name);
    if (Number.isInteger(pid) && !processExists(pid) && Date.now() - statSync(path).mtimeMs > ABANDONED_AFTER_MS) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/** A renamed folder survives a power cut only once its parent is on disk. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The folder for the pipes, owned by the server's user because its supervisor makes them. */
export function ensureRunFolder(home: DataHome): void {
  mkdirSync(home.run, { recursive: true, mode: 0o700 });
  if (home.user.switchTo.uid !== undefined) {
    chownSync(home.run, home.user.uid, home.user.gid);
  }
}
