import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError, USE_OWN_DATABASE } from './embedded-postgres-error';
import { canWriteIn, chooseServerUser, type OperatingSystemUser } from './operating-system-user';

/** Where one cluster lives: `cluster/` (PGDATA), `run/` (pipes of the processes using it), perhaps a copy of the programs. */
export interface DataHome {
  /** Absolute, without symbolic links, writable by `user`. */
  readonly folder: string;
  readonly cluster: string;
  readonly run: string;
  readonly user: OperatingSystemUser;
}

const SYSTEM_FOLDER = '/var/lib/zongzhi';

/**
 * Prepares the folder the server works in. Normally that is `dataDir` itself. Started by root inside a private
 * folder (a clone under /root, say), the server's user cannot get there: the data then live in a folder
 * of the system, and `dataDir/location` remembers which. The name is random, so a new clone in the same place
 * never meets the data of an old one.
 */
export function prepareDataHome(dataDir: string): DataHome {
  // Asked before anything is made here: folders made by root would say nothing about whose clone this is.
  const firstUser = chooseServerUser(dataDir);
  // The parents stay enterable as far as the umask allows: the server's user has to pass through them.
  mkdirSync(dirname(dataDir), { recursive: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const asked = realpathSync(dataDir);
  const location = join(asked, 'location');

  if (existsSync(location)) {
    return homeAt(readLocation(location));
  }
  const here = homeAt(asked, firstUser);
  if (canWriteIn(asked, here.user)) {
    return here;
  }
  if (here.user.switchTo.uid === undefined) {
    throw new EmbeddedPostgresError(
      `当前用户 ${here.user.name} 无权读写数据目录 ${asked}。请用建立该目录的用户启动，或把目录交给当前用户（chown -R）。${USE_OWN_DATABASE}`,
    );
  }
  if (existsSync(here.cluster)) {
    throw new EmbeddedPostgresError(
      `数据目录 ${asked} 的上级目录不允许用户 ${here.user.name} 进入，数据库无法启动。请恢复上级目录的进入权限（chmod o+x）。${USE_OWN_DATABASE}`,
    );
  }
  return settleElsewhere(asked, location);
}

function homeAt(folder: string, firstUser = chooseServerUser(folder)): DataHome {
  const cluster = join(folder, 'cluster');
  const run = join(folder, 'run');
  const user = existsSync(cluster) ? chooseServerUser(cluster) : firstUser;
  if (user.switchTo.uid !== undefined) {
    chownSync(folder, user.uid, user.gid);
  }
  return { folder, cluster, run, user };
}

function readLocation(location: string): string {
  const folder = readFileSync(location, 'utf8').trim();
  if (!existsSync(folder)) {
    throw new EmbeddedPostgresError(
      `数据库数据原存放在 ${folder}，现已不存在。如数据已移走，请移回原处；如确认不再需要，请删除文件 ${location} 后重新启动，系统将建立空数据库。`,
    );
  }
  return folder;
}

function settleElsewhere(asked: string, location: string): DataHome {
  for (const base of [SYSTEM_FOLDER, tmpdir()]) {
    const folder = makePrivateFolder(base);
    if (folder === undefined) {
      continue;
    }
    const home = homeAt(folder);
    if (!canWriteIn(folder, home.user)) {
      rmSync(folder, { recursive: true });
      continue;
    }
    try {
      writeFileSync(location, `${folder}\n`, { flag: 'wx', mode: 0o600 });
      return home;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
      // Another process settled first: its choice stands.
      rmSync(folder, { recursive: true });
      return homeAt(readLocation(location));
    }
  }
  throw new EmbeddedPostgresError(
    `数据目录 ${asked} 不允许数据库用户进入，系统目录 ${SYSTEM_FOLDER} 也无法写入。请把程序放到其他用户可进入的目录，或改用普通用户启动。${USE_OWN_DATABASE}`,
  );
}

function makePrivateFolder(base: string): string | undefined {
  try {
    if (base === SYSTEM_FOLDER) {
      mkdirSync(base, { recursive: true });
      // Others may pass through, not look around; said again because the umask may have taken it away.
      chmodSync(base, 0o711);
    }
    return realpathSync(mkdtempSync(join(base, 'pg-')));
  } catch {
    return undefined;
  }
}
