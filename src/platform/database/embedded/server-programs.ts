import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError, USE_OWN_DATABASE } from './embedded-postgres-error';
import { PROGRAM_ENVIRONMENT, type OperatingSystemUser } from './operating-system-user';
import type { DataHome } from './data-home';

/** Programs of one PostgreSQL release that `DataHome.user` is able to run. */
export interface ServerPrograms {
  readonly postgres: string;
  readonly initdb: string;
  /** For example 18: the first line of PG_VERSION in a cluster made by it. */
  readonly majorVersion: number;
}

interface Installation {
  readonly folder: string;
  readonly packageVersion: string;
}

/**
 * Finds the programs in node_modules, or copies them when they cannot be used there: node_modules may be
 * private to root, or read-only with links missing, or the package manager may have dropped permissions (umask 077).
 */
export async function findServerPrograms(home: DataHome): Promise<ServerPrograms> {
  const installation = findInstallation();
  let complaint = '';
  if (completeLinks(installation.folder)) {
    const inPlace = probe(installation.folder, home.user);
    if (typeof inPlace !== 'string') {
      return inPlace;
    }
    complaint = inPlace;
  }
  for (const base of [home.folder, join(tmpdir(), `zongzhi-${String(process.getuid?.())}`)]) {
    const copy = await copyInto(base, installation, home.user);
    if (typeof copy !== 'string') {
      return copy;
    }
    complaint = copy;
  }
  throw new EmbeddedPostgresError(`内置数据库程序无法运行：${complaint}。${USE_OWN_DATABASE}`);
}

function findInstallation(): Installation {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(__filename).resolve(packageName);
    const folder = join(dirname(dirname(entry)), 'native');
    const manifest = JSON.parse(readFileSync(join(dirname(folder), 'package.json'), 'utf8')) as { version: string };
    return { folder, packageVersion: manifest.version };
  } catch {
    throw new EmbeddedPostgresError(
      `没有找到适合本机（${process.platform}-${process.arch}）的内置数据库程序 ${packageName}。请重新安装依赖（npm ci）；如该平台不受支持，请自备 PostgreSQL 15 以上版本，并设置环境变量 DATABASE_URL。`,
    );
  }
}

/**
 * npm packages cannot hold symbolic links; the package makes them in an install script, which many
 * package managers no longer run. The list it would follow is in `pg-symlinks.json`.
 *
 * @returns false when a link is missing and cannot be made here
 */
function completeLinks(folder: string): boolean {
  for (const { source, target } of listedLinks(folder)) {
    try {
      if (lstatSync(target, { throwIfNoEntry: false }) === undefined) {
        symlinkSync(relative(dirname(target), source), target);
      }
    } catch (error) {
      // EEXIST: a process starting at the same time was first.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        return false;
      }
    }
  }
  return true;
}

function listedLinks(folder: string): { source: string; target: string }[] {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) {
    return [];
  }
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  // Paths in the list start at the package, one above `native`.
  return links.map(({ source, target }) => ({
    source: join(folder, '..', source),
    target: join(folder, '..', target),
  }));
}

/** Runs the server once, as its user: that covers permissions, libraries and mounts without execution at one stroke. */
function probe(folder: string, user: OperatingSystemUser): ServerPrograms | string {
  const postgres = join(folder, 'bin', 'postgres');
  const answer = spawnSync(postgres, ['-V'], {
    ...user.switchTo,
    cwd: '/',
    env: PROGRAM_ENVIRONMENT,
    encoding: 'utf8',
  });
  const version = /PostgreSQL\) (\d+)/.exec(answer.stdout)?.[1];
  if (answer.status !== 0 || version === undefined) {
    return `${postgres} ${answer.error?.message ?? answer.stderr.trim()}`;
  }
  return { postgres, initdb: join(folder, 'bin', 'initdb'), majorVersion: Number(version) };
}

async function copyInto(
  base: string,
  installation: Installation,
  user: OperatingSystemUser,
): Promise<ServerPrograms | string> {
  try {
    mkdirSync(base, { recursive: true, mode: 0o755 });
    refuseForeignFolder(base, user);
    const name = `native-${installation.packageVersion}`;
    const target = join(base, name);
    if (existsSync(target)) {
      const earlier = probe(target, user);
      if (typeof earlier !== 'string') {
        return earlier;
      }
      rmSync(target, { recursive: true, force: true });
    }
    const staging = mkdtempSync(join(base, 'copying-'));
    try {
      await cp(installation.folder, join(staging, 'native'), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !path.endsWith('.a'),
      });
      letOthersRead(join(staging, 'native'));
      completeCopiedLinks(installation.folder, join(staging, 'native'));
      renameSync(join(staging, 'native'), target);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
    return probe(target, user);
  } catch (error) {
    return (error as Error).message;
  }
}

function completeCopiedLinks(original: string, copy: string): void {
  for (const { source, target } of listedLinks(original)) {
    const copied = join(copy, relative(original, target));
    rmSync(copied, { force: true });
    symlinkSync(basename(source), copied);
  }
}

/** A folder of a predictable name may have been put there by someone else, programs included. */
function refuseForeignFolder(folder: string, user: OperatingSystemUser): void {
  const found = lstatSync(folder);
  const trusted = found.uid === process.getuid?.() || found.uid === user.uid;
  if (!found.isDirectory() || !trusted || (found.mode & 0o022) !== 0) {
    throw new Error(`目录 ${folder} 可被他人改写，不能存放数据库程序`);
  }
}

function letOthersRead(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      letOthersRead(path);
    } else if (entry.isFile()) {
      chmodSync(path, basename(folder) === 'bin' ? 0o755 : 0o644);
    }
  }
}
