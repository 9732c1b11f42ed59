import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedPostgresError, USE_OWN_DATABASE } from './embedded-postgres-error';

/** The user the server runs as. `switchTo` is empty when that is the user of this process. */
export interface OperatingSystemUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  readonly switchTo: { readonly uid?: number; readonly gid?: number };
}

/**
 * A fixed environment for every program started here: the caller's LD_LIBRARY_PATH, PGDATA or locale
 * would otherwise decide which libraries are loaded and which language the log is in.
 */
export const PROGRAM_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  LC_ALL: 'C',
};

/**
 * PostgreSQL refuses to run as root. Root therefore hands it to whoever owns the folder already (so that
 * `sudo` in someone's clone leaves files that person can use), or else to `postgres`, or else to `nobody`.
 *
 * @param dataFolder absolute path of the data; need not exist yet
 */
export function chooseServerUser(dataFolder: string): OperatingSystemUser {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) {
    throw new EmbeddedPostgresError(`内置数据库不支持本操作系统（${process.platform}）。${USE_OWN_DATABASE}`);
  }
  if (uid !== 0) {
    return { uid, gid, name: lookUp('-un', String(uid)) ?? String(uid), switchTo: {} };
  }
  for (const candidate of [ownerOfNearestFolder(dataFolder), 'postgres', 'nobody']) {
    const user = candidate === undefined ? undefined : findUser(candidate);
    if (user !== undefined) {
      return user;
    }
  }
  throw new EmbeddedPostgresError(
    `内置数据库不能以 root 身份运行，而本机没有 postgres 或 nobody 用户可以代替。请改用普通用户启动。${USE_OWN_DATABASE}`,
  );
}

/** Whether `user` can reach and write to the folder, asked of the operating system itself rather than computed from modes. */
export function canWriteIn(folder: string, user: OperatingSystemUser): boolean {
  const attempt = spawnSync('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], {
    ...user.switchTo,
    cwd: '/',
    env: PROGRAM_ENVIRONMENT,
    stdio: 'ignore',
  });
  return attempt.status === 0;
}

function ownerOfNearestFolder(folder: string): string | undefined {
  for (let path = folder; ; path = dirname(path)) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined) {
      return found.uid === 0 ? undefined : lookUp('-un', String(found.uid));
    }
  }
}

function findUser(name: string): OperatingSystemUser | undefined {
  const uid = Number(lookUp('-u', name));
  const gid = Number(lookUp('-g', name));
  if (!Number.isInteger(uid) || !Number.isInteger(gid) || uid === 0) {
    return undefined;
  }
  return { uid, gid, name, switchTo: { uid, gid } };
}

/** Asks `id`, which also knows users of a directory service; `undefined` when there is no such user. */
function lookUp(option: '-u' | '-g' | '-un', user: string): string | undefined {
  try {
    const answer = execFileSync('id', [option, user], {
      env: PROGRAM_ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return answer.toString().trim();
  } catch {
    return undefined;
  }
}
