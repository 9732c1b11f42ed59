import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM_ENVIRONMENT } from './operating-system-user';

/** What a running server says of itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  /** `undefined` while the server has not yet chosen it. */
  readonly port: number | undefined;
  readonly isReady: boolean;
}

/** Line numbers of postmaster.pid; see src/include/utils/pidfile.h of PostgreSQL. */
const LINE = { pid: 0, port: 3, status: 7 } as const;

/** @returns `undefined` when there is no such file, or it is only half written */
export function readPostmasterFile(cluster: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[LINE.pid]);
  if (!Number.isInteger(pid) || pid <= 0) {
    return undefined;
  }
  const port = Number(lines[LINE.port]);
  return { pid, port: port > 0 ? port : undefined, isReady: lines[LINE.status]?.trim() === 'ready' };
}

/** Whether a process of that number exists, a zombie or a stranger included. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether process `pid` is a living server working in `cluster`. PostgreSQL itself asks only whether the number is in use, and so
 * refuses to start for ever after a crash when the number went to another program, or to a zombie nobody collects (common in containers).
 */
export function isServerOf(cluster: string, pid: number): boolean {
  if (!processExists(pid)) {
    return false;
  }
  return process.platform === 'linux' ? isServerByProc(cluster, pid) : isServerByPs(cluster, pid);
}

/** Removes the file left by a dead server. Old backends are still found by PostgreSQL through their shared memory. */
export function removeStalePostmasterFile(cluster: string): void {
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

function isServerByProc(cluster: string, pid: number): boolean {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  } catch {
    return false;
  }
  // "pid (program name) state …": the name may itself contain brackets.
  const afterName = stat.lastIndexOf(')');
  const name = stat.slice(stat.indexOf('(') + 1, afterName);
  const state = stat.charAt(afterName + 2);
  if (state === 'Z' || state === 'X' || name !== 'postgres') {
    return false;
  }
  try {
    // The server's working directory is its data folder.
    return readlinkSync(`/proc/${String(pid)}/cwd`) === cluster;
  } catch {
    // Not ours to look into: a server of another user might be using the folder, so nothing is removed.
    return true;
  }
}

function isServerByPs(cluster: string, pid: number): boolean {
  try {
    const answer = execFileSync('ps', ['-o', 'stat=,command=', '-p', String(pid)], {
      env: PROGRAM_ENVIRONMENT,
    }).toString();
    return !answer.startsWith('Z') && answer.includes('postgres') && answer.includes(cluster);
  } catch {
    return false;
  }
}
