import { crc32 } from 'node:zlib';
import { type Entry, type ZipFile, open } from 'yauzl';
import { ARCHIVE_LIMITS, type ArchiveEntry, type ArchiveFault, archiveFault } from '../domain/archive-rules';

const BROKEN = { code: 'attachments.truncated', message: '文件不完整或已损坏，无法打开。请确认后重新上传。' } as const;
const OUTSIDE = {
  code: 'attachments.archive-path',
  message: '文件内部含有不合法的路径，可能是恶意文件，不能上传。',
} as const;
const BOMB = {
  code: 'attachments.archive-bomb',
  message: '文件解开后过大，可能是恶意文件，不能上传。请另存为PDF后上传。',
} as const;

type Fault = ArchiveFault | typeof BROKEN;

/**
 * Looks into an archive before it is kept: first the directory against the limits, then every entry unpacked to nowhere,
 * so that a directory that lies about sizes or contents is found out. Nothing is written.
 */
export async function scanArchive(path: string, fileSize: number, requiredEntry: string): Promise<Fault | null> {
  let archive: ZipFile;
  try {
    archive = await openArchive(path);
  } catch {
    return BROKEN;
  }
  try {
    if (archive.entryCount > ARCHIVE_LIMITS.entries) return BOMB;
    const entries = await readDirectory(archive);
    const fault = archiveFault(entries.map(declared), fileSize, requiredEntry);
    if (fault) return fault;
    for (const entry of entries) {
      if (!(await unpacksAsDeclared(archive, entry))) return BROKEN;
    }
    return null;
  } catch (error) {
    return /invalid relative path|absolute path|invalid characters in fileName/u.test((error as Error).message)
      ? OUTSIDE
      : BROKEN;
  } finally {
    archive.close();
  }
}

function openArchive(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(
      path,
      { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true },
      (error, archive) => {
        if (error) reject(error);
        else resolve(archive);
      },
    );
  });
}

function readDirectory(archive: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    archive.on('entry', (entry: Entry) => {
      entries.push(entry);
      archive.readEntry();
    });
    archive.once('end', () => {
      resolve(entries);
    });
    archive.once('error', reject);
    archive.readEntry();
  });
}

function declared(entry: Entry): ArchiveEntry {
  return {
    name: entry.fileName,
    compressedSize: entry.compressedSize,
    uncompressedSize: entry.uncompressedSize,
    externalAttributes: entry.externalFileAttributes,
    isEncrypted: entry.isEncrypted(),
  };
}

/** Unpacks one entry to nowhere. The reader stops it at the declared size; the checksum tells the rest. */
function unpacksAsDeclared(archive: ZipFile, entry: Entry): Promise<boolean> {
  if (entry.fileName.endsWith('/')) return Promise.resolve(true);
  return new Promise((resolve) => {
    archive.openReadStream(entry, (error, stream) => {
      if (error) {
        resolve(false);
        return;
      }
      let checksum = 0;
      stream.on('data', (part: Buffer) => {
        checksum = crc32(part, checksum);
      });
      stream.once('error', () => {
        resolve(false);
      });
      stream.once('end', () => {
        resolve(checksum === entry.crc32);
      });
    });
  });
}
