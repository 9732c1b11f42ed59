import { Injectable } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { type DomainError, ruleViolation } from '../../../kernel';
import { FileStore } from '../../../platform/files';
import { BindingPool } from '../../../platform/pdf/binding';
import { structureFault } from '../domain/byte-structure';
import { ALLOWED_EXTENSIONS, kindOfBytes } from '../domain/file-kinds';
import { parseFileName } from '../domain/file-name';
import { scanArchive } from './scan-archive';
import { sniffType } from './sniff-type';

/** A file as it arrived: on disk under a name of our own, with the name that the sender gave. */
export interface StagedFile {
  readonly path: string;
  readonly originalName: string;
}

/** A file that was looked at and stands in the file store. */
export interface CheckedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** A PDF that opens with a password alone. */
  readonly isLocked: boolean;
}

const AT_ONCE = 2;

/** Looks at files before they are kept. At most two at once: each may take 50 MB of memory. */
@Injectable()
export class ReceivedFiles {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly store: FileStore,
    private readonly pool: BindingPool,
  ) {}

  /**
   * Checks name, type, structure and archive limits, then stores the bytes unchanged. Done before any transaction.
   *
   * @throws DomainError 422; `code` names the rule, the pointer is `/file`
   */
  async receive(file: StagedFile): Promise<CheckedFile> {
    const name = parseFileName(file.originalName);
    if (!name.ok) throw refusal(name);
    await this.turn();
    try {
      const sniffed = await sniffType(file.path);
      const { raw, extension } = name.value;
      const kind = kindOfBytes(sniffed, extension);
      if (kind === null) {
        throw refusal({
          code: 'attachments.type-not-allowed',
          message: `不能识别或不接受这种文件。请上传PDF、图片、Word、Excel、OFD、录音或录像（扩展名 ${ALLOWED_EXTENSIONS.join('、')}）。`,
        });
      }
      if (!kind.extensions.includes(extension)) {
        throw refusal({
          code: 'attachments.extension-mismatch',
          message: `文件内容是${kind.label}，与扩展名“.${extension}”不符。请确认文件后用正确的扩展名上传。`,
        });
      }
      const bytes = await readFile(file.path);
      const fault =
        structureFault(kind.structure, bytes) ??
        (kind.entry === undefined ? null : await scanArchive(file.path, bytes.length, kind.entry));
      if (fault) throw refusal(fault);
      const isLocked = kind.structure === 'pdf' && (await this.isLocked(file.path, bytes));
      const { sha256, size } = await this.store.put(bytes);
      return { fileName: raw, mediaType: kind.mediaType, sizeBytes: size, sha256, isLocked };
    } finally {
      this.next();
    }
  }

  /** Only a file that names a cipher is opened for this: many of them open without a password. */
  private async isLocked(path: string, bytes: Buffer): Promise<boolean> {
    if (!bytes.includes('/Encrypt')) return false;
    // What its thread can not bear is told when the dossier is bound.
    const [found] = await this.pool.measure([{ path, kind: 'pdf' }]).catch(() => []);
    return found !== undefined && 'fault' in found && found.fault === 'encrypted';
  }

  private async turn(): Promise<void> {
    if (this.running < AT_ONCE) {
      this.running += 1;
      return;
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Hands the place on; `running` counts places taken. */
  private next(): void {
    const following = this.waiting.shift();
    if (following) following();
    else this.running -= 1;
  }
}

function refusal({ code, message }: { readonly code: string; readonly message: string }): DomainError {
  return ruleViolation(code, message, '/file');
}
