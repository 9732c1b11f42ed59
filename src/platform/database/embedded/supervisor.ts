import { spawn } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataHome } from './data-home';
import { PROGRAM_ENVIRONMENT } from './operating-system-user';
import { processExists, readPostmasterFile } from './postmaster-file';

/**
 * Runs the server and stops it when nobody needs it any more, however they ended: a killed process runs no handler, but the
 * operating system closes its pipes. Standard input is held by the process that started the server; `alive.<pid>` is a named pipe
 * held by each process that joined later. It is its own session, so Ctrl-C reaches only the application, which stops the database last.
 *
 * Parameters: server program, folder for the pipes, arguments of the server.
 */
const SUPERVISOR = `
server=$1; run=$2; shift 2
umask 077
trap '' HUP INT TERM
pipe=$run/new.$$
mkfifo "$pipe" || exit 70
exec 3<>"$pipe" 4<"$pipe" 3>&- 5<&0 </dev/null
"$server" "$@" 4<&- 5<&- &
pid=$!
mv "$pipe" "$run/alive.$pid"
pipe=$run/alive.$pid
{
  cat <&5 >/dev/null
  cat <&4 >/dev/null
  rm -f "$pipe"
  cat <&4 >/dev/null
  kill -INT "$pid"
} &
watcher=$!
wait "$pid"
status=$?
kill -KILL "$watcher" 2>/dev/null
rm -f "$pipe"
exit "$status"
`;

/** A part in keeping the server alive; letting go of the last one stops it. */
export interface Hold {
  release(): Promise<void>;
}

export interface Supervisor extends Hold {
  /** The server, and with it its supervisor, has ended or could not be started at all. */
  readonly hasEnded: () => boolean;
  /** Resolves once the server has stopped, or soon if other processes still use it. */
  release(): Promise<void>;
}

/** Within this time a supervisor that is going to stop the server has taken its pipe away. */
const DECISION_LIMIT_MS = 2_000;
/** Long enough for a checkpoint on a slow disk; past it the server is told to stop at once, which costs only a recovery at next start. */
const STOP_LIMIT_MS = 60_000;
const POLL_MS = 5;

/** Starts the server and returns at once; readiness is read from postmaster.pid. */
export function superviseServer(
  home: DataHome,
  server: string,
  serverArguments: string[],
  logFile: number,
): Supervisor {
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'zongzhi-database', server, home.run, ...serverArguments], {
    ...home.user.switchTo,
    cwd: '/',
    env: PROGRAM_ENVIRONMENT,
    detached: true,
    stdio: ['pipe', logFile, logFile],
  });
  let ended = false;
  const markEnded = () => {
    ended = true;
  };
  child.once('exit', markEnded);
  child.once('error', markEnded);
  // A script that forgets to stop the database still ends; its end stops the database.
  child.unref();
  const lifeline = child.stdin as Socket;
  lifeline.on('error', markEnded);
  lifeline.unref();

  return {
    hasEnded: () => ended,
    release: async () => {
      const pid = readPostmasterFile(home.cluster)?.pid;
      lifeline.end();
      const isOver = () => ended;
      if (
        !(await becomesTrue(() => ended || (pid !== undefined && !existsSync(pipeOf(home, pid))), DECISION_LIMIT_MS))
      ) {
        return;
      }
      if (!(await becomesTrue(isOver, STOP_LIMIT_MS)) && pid !== undefined) {
        process.kill(pid, 'SIGQUIT');
        await becomesTrue(isOver, STOP_LIMIT_MS);
      }
    },
  };
}

/**
 * Joins a server started by another process. Releasing does not wait: usually the other process goes on using it.
 *
 * @returns `undefined` when its supervisor is not (or no longer) there to be joined
 */
export function joinServer(home: DataHome, postmasterPid: number): Hold | undefined {
  let pipe: number | undefined;
  try {
    // Without O_NONBLOCK this would wait for ever for a supervisor that has gone.
    pipe = openSync(pipeOf(home, postmasterPid), constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  return {
    release: () => {
      if (pipe !== undefined) {
        closeSync(pipe);
        pipe = undefined;
      }
      return Promise.resolve();
    },
  };
}

/** Removes the pipes left behind by servers that were killed together with their supervisor. */
export function removeOldPipes(home: DataHome): void {
  for (const name of readdirSync(home.run)) {
    const pid = Number(/^(?:alive|new)\.(\d+)$/.exec(name)?.[1]);
    if (Number.isInteger(pid) && !processExists(pid)) {
      rmSync(join(home.run, name), { force: true });
    }
  }
}

async function becomesTrue(condition: () => boolean, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > deadline) {
      return false;
    }
    await delay(POLL_MS);
  }
  return true;
}

function pipeOf(home: DataHome, postmasterPid: number): string {
  return join(home.run, `alive.${String(postmasterPid)}`);
}
