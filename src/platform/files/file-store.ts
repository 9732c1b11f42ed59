import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { CONFIG, type Config } from '../../config';
import { DomainError } from '../../kernel';

/** What a stored file is known by. */
export interface StoredFile {
  /** Lower-case hex; the address in the store. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Files by the SHA-256 of their content, under `<dataDir>/files`. A file is on disk, synced with its directory, before `put`
 * answers, so that a transaction may refer to it; a transaction that fails leaves a file that nobody refers to. Nothing is ever
 * changed in place.
 */
@Injectable()
export class FileStore {
  private readonly root: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.root = join(config.dataDir, 'files');
  }

  /** Stores the bytes; the same bytes twice are one file. */
  async put(bytes: Uint8Array): Promise<StoredFile> {
    const sha256 = digest(bytes);
    const stored: StoredFile = { sha256, size: bytes.length };
    const path = this.pathOf(sha256);
    if (await isWhole(path, bytes.length)) return stored;
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = join(folder, `.${randomUUID()}`);
    try {
      await writeSynced(draft, bytes);
      await rename(draft, path);
    } catch (error) {
      await unlink(draft).catch(() => undefined);
      throw error;
    }
    for (const parent of [folder, this.root]) await syncFolder(parent);
    return stored;
  }

  /**
   * The bytes, hashed again.
   *
   * @throws DomainError `files.missing` or `files.damaged` (503) when disk and record disagree
   */
  async get(sha256: string): Promise<Buffer> {
    let bytes: Buffer;
    try {
      bytes = await readFile(this.pathOf(sha256));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw missing();
    }
    if (digest(bytes) !== sha256) throw damaged();
    return bytes;
  }

  /** Takes over a file of this program's own from its data folder; the file is then in the store and nowhere else. */
  async adopt(path: string): Promise<StoredFile> {
    const { sha256, size } = await digestOfFile(path);
    const target = this.pathOf(sha256);
    const folder = dirname(target);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await syncFolder(path);
    await rename(path, target);
    for (const parent of [folder, this.root]) await syncFolder(parent);
    return { sha256, size };
  }

  /**
   * Reads a file through without holding it: what is large is confirmed before its path goes to a worker, or its first piece out.
   *
   * @throws DomainError as `get`
   */
  async confirm(sha256: string): Promise<StoredFile> {
    const found = await digestOfFile(this.pathOf(sha256)).catch((error: unknown) => {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? missing() : error;
    });
    if (found.sha256 !== sha256) throw damaged();
    return found;
  }

  /** A large file to hand out piece by piece. */
  async stream(sha256: string): Promise<{ readonly content: Readable; readonly size: number }> {
    const { size } = await this.confirm(sha256);
    return { content: createReadStream(this.pathOf(sha256)), size };
  }

  /** Where a file lies. Only a digest is accepted, so no name from outside ever becomes a path. */
  pathOf(sha256: string): string {
    if (!SHA256.test(sha256)) throw new Error('Not a SHA-256 digest');
    return join(this.root, sha256.slice(0, 2), sha256);
  }
}

function missing(): DomainError {
  return new DomainError(
    'unavailable',
    'files.missing',
    '文件不在存储中，可能正在恢复。请联系系统管理员从备份恢复后再试。',
  );
}

function damaged(): DomainError {
  return new DomainError(
    'unavailable',
    'files.damaged',
    '文件内容与登记的摘要不符，已停止提供。请联系系统管理员从备份恢复后再试。',
  );
}

async function digestOfFile(path: string): Promise<StoredFile> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece);
    size += piece.length;
  }
  return { sha256: hash.digest('hex'), size };
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A file of another length is what a disk left of it: it is written anew. */
async function isWhole(path: string, size: number): Promise<boolean> {
  try {
    return (await stat(path)).size === size;
  } catch {
    return false;
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
