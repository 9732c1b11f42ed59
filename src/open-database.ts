import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config';
import { assertChineseTextSearch, startEmbeddedPostgres } from './platform/database/embedded';

export interface OpenDatabase {
  /** Owner's URL. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The configured database, once it is known to find Chinese; or else the embedded one, started or joined. */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  makeDataDir(config.dataDir);
  if (config.databaseUrl !== undefined) {
    await assertChineseTextSearch(config.databaseUrl);
    return { url: config.databaseUrl, stop: () => Promise.resolve() };
  }
  return startEmbeddedPostgres({ dataDir: join(config.dataDir, 'pg') });
}

/**
 * The folder can be passed through but not listed by others: started by root, the embedded server runs as another user
 * and has to reach its own folder inside. What is in it is private one by one (keys, papers, evidence, database).
 */
function makeDataDir(dataDir: string): void {
  const made = mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  // Said again because the umask may have taken it away.
  if (made !== undefined) chmodSync(dataDir, 0o711);
}
