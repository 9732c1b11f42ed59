/** Bounds on what an archive may unpack to. */
export const ARCHIVE_LIMITS = { entries: 1000, unpackedBytes: 200 * 1024 * 1024, ratio: 100 } as const;

/** One entry as the archive's directory declares it. */
export interface ArchiveEntry {
  readonly name: string;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly externalAttributes: number;
  readonly isEncrypted: boolean;
}

export interface ArchiveFault {
  readonly code:
    | 'attachments.archive-bomb'
    | 'attachments.archive-path'
    | 'attachments.archive-link'
    | 'attachments.archive-encrypted'
    | 'attachments.macro'
    | 'attachments.extension-mismatch';
  readonly message: string;
}

const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;

/** Macros, ActiveX controls and packaged programs: parts of a document that would run. */
const RUNS =
  /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|oleObject[^/]*\.bin|activeX[^/]*\.(?:bin|xml))$|\.(?:exe|dll|com|bat|cmd|js|vbs|ps1|scr|jar|msi|lnk|hta)$/iu;

/** What is wrong with the entries of an archive, or null. `requiredEntry` is what makes it the document it claims to be. */
export function archiveFault(
  entries: readonly ArchiveEntry[],
  fileSize: number,
  requiredEntry: string,
): ArchiveFault | null {
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (
    entries.length > ARCHIVE_LIMITS.entries ||
    unpacked > ARCHIVE_LIMITS.unpackedBytes ||
    unpacked > fileSize * ARCHIVE_LIMITS.ratio
  ) {
    return {
      code: 'attachments.archive-bomb',
      message: '文件解开后过大，可能是恶意文件，不能上传。请另存为PDF后上传。',
    };
  }
  for (const { name, externalAttributes, isEncrypted } of entries) {
    if (isOutside(name))
      return { code: 'attachments.archive-path', message: '文件内部含有不合法的路径，可能是恶意文件，不能上传。' };
    if (((externalAttributes >>> 16) & UNIX_TYPE) === UNIX_LINK) {
      return { code: 'attachments.archive-link', message: '文件内部含有链接，可能是恶意文件，不能上传。' };
    }
    if (isEncrypted)
      return { code: 'attachments.archive-encrypted', message: '文件设有密码，无法检查。请取消密码后上传。' };
    if (RUNS.test(name))
      return {
        code: 'attachments.macro',
        message: '文件含有宏或可执行内容，不能上传。请另存为不含宏的文档或PDF后上传。',
      };
  }
  return entries.some((entry) => entry.name === requiredEntry)
    ? null
    : { code: 'attachments.extension-mismatch', message: '文件内容与扩展名不符。请确认文件类型，不要修改扩展名。' };
}

function isOutside(name: string): boolean {
  return (
    name.startsWith('/') ||
    name.includes('\\') ||
    /^[A-Za-z]:/u.test(name) ||
    name.split('/').includes('..') ||
    name.includes('\0')
  );
}
