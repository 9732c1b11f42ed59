import { accessSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { assertChineseTextSearch, startEmbeddedPostgres } from '../../src/platform/database/embedded';

/** A server for one run of jest, and how to leave it as it was found. */
export interface TestServer {
  /** A role that may create databases and roles. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

const FOLDER = 'zongzhi-test-';

/**
 * Starts a throwaway server in memory where possible, or takes the one at `givenUrl` (TEST_DATABASE_URL), in which only databases
 * named `zongzhi_test_*` are made and dropped.
 */
export async function startTestServer(givenUrl: string | undefined): Promise<TestServer> {
  if (givenUrl !== undefined) {
    await assertChineseTextSearch(givenUrl);
    return { adminUrl: givenUrl, stop: () => Promise.resolve() };
  }
  const base = writableMemory() ?? tmpdir();
  removeAbandoned(base);
  const dataDir = mkdtempSync(join(base, `${FOLDER}${process.pid}-`));
  const server = await startEmbeddedPostgres({ dataDir, fsync: false });
  return {
    adminUrl: server.adminUrl,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Runs statements outside any test, each on its own, as creating databases demands. */
export async function runStatements(url: string, statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const statement of statements) {
      await client.query(statement);
    }
  } finally {
    await client.end();
  }
}

export function urlOfDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

/** The same database, as the run's owner, who is no superuser. */
export function ownerOf(databaseUrl: string, run: string, password: string): string {
  const url = new URL(databaseUrl);
  url.username = `${run}_owner`;
  url.password = password;
  return url.toString();
}

function writableMemory(): string | undefined {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return undefined;
  }
}

/** A killed run stops its server but cannot remove its data, which would stay in memory. */
function removeAbandoned(base: string): void {
  for (const name of readdirSync(base)) {
    const pid = Number(new RegExp(`^${FOLDER}(\\d+)-`).exec(name)?.[1]);
    if (!Number.isInteger(pid) || isAlive(pid)) {
      continue;
    }
    try {
      rmSync(join(base, name), { recursive: true, force: true });
    } catch {
      // Another user's folder: theirs to remove.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
