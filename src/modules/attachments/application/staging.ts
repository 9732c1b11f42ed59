import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { mkdir, readdir, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIG, type Config } from '../../../config';

const STALE_MS = 3_600_000;

/** Where uploads land before they are looked at; nothing here is ever served. */
export function stagingFolder(config: Config): string {
  return join(config.dataDir, 'incoming');
}

/** Clears away what a crash in the middle of an upload left behind. */
@Injectable()
export class Staging implements OnModuleInit {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onModuleInit(): Promise<void> {
    const folder = stagingFolder(this.config);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const { mtimeMs } = await stat(path);
      if (Date.now() - mtimeMs > STALE_MS) await rm(path, { force: true, recursive: true });
    }
  }
}

/** Removes one staged upload; it may be gone already. */
export async function discardStaged(path: string): Promise<void> {
  await unlink(path).catch(() => undefined);
}
