import { createHash, randomBytes } from 'node:crypto';
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config';
import { FileStore } from './file-store';

describe('the file store (real disk)', () => {
  let dataDir: string;
  let store: FileStore;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'files-'));
    store = new FileStore(loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir }));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  const onDisk = (): string[] =>
    readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(dataDir, name))
      .filter((path) => statSync(path).isFile());
  const only = (): string => onDisk()[0] ?? '';

  it('gives back the bytes under their digest, readable by the program alone', async () => {
    const bytes = randomBytes(100_000);
    const stored = await store.put(bytes);
    expect(stored).toEqual({ sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length });
    expect(bytes.equals(await store.get(stored.sha256))).toBe(true);
    expect(onDisk()).toHaveLength(1);
    expect(only().endsWith(stored.sha256)).toBe(true);
    expect(statSync(only()).mode & 0o077).toBe(0);
  });

  it('keeps the same bytes once, also when they arrive at the same time', async () => {
    const bytes = randomBytes(50_000);
    await Promise.all(Array.from({ length: 8 }, () => store.put(bytes)));
    expect(onDisk()).toHaveLength(1);
    expect(readFileSync(only()).equals(bytes)).toBe(true);
  });

  it('serves nothing that is not what was stored', async () => {
    const bytes = randomBytes(1000);
    const { sha256 } = await store.put(bytes);
    const changed = Buffer.from(bytes);
    changed[500] = (changed[500] ?? 0) ^ 1;
    writeFileSync(only(), changed);
    await expect(store.get(sha256)).rejects.toMatchObject({ kind: 'unavailable', code: 'files.damaged' });
    unlinkSync(only());
    await expect(store.get(sha256)).rejects.toMatchObject({ kind: 'unavailable', code: 'files.missing' });
  });

  it('writes anew what a crash left short', async () => {
    const bytes = randomBytes(1000);
    const { sha256 } = await store.put(bytes);
    truncateSync(only(), 10);
    await store.put(bytes);
    expect(bytes.equals(await store.get(sha256))).toBe(true);
  });

  it.each(['../../etc/passwd', '..', '', 'A'.repeat(64), `${'a'.repeat(64)}/../x`])(
    'takes no name for a digest: %j',
    async (name) => {
      await expect(store.get(name)).rejects.toThrow('Not a SHA-256 digest');
    },
  );
});
