import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface PackTask {
  /** Files as they lie, and texts, under the names that they have in the archive. */
  readonly entries: readonly ({ readonly name: string } & ({ readonly path: string } | { readonly text: string }))[];
  readonly out: string;
  readonly createdAt: Date;
}

/** Writes a ZIP archive; files go in unpacked as they are, for scans and PDF do not shrink. */
export async function pack({ entries, out, createdAt }: PackTask): Promise<void> {
  const archive = new ZipFile();
  const options = { mtime: createdAt, mode: 0o100644 };
  for (const entry of entries) {
    if ('path' in entry) archive.addFile(entry.path, entry.name, { ...options, compress: false });
    else archive.addBuffer(Buffer.from(entry.text, 'utf8'), entry.name, options);
  }
  archive.end();
  const failed = new Promise<never>((_, reject) => archive.once('error', reject));
  await Promise.race([pipeline(archive.outputStream, createWriteStream(out, { mode: 0o600 })), failed]);
}
