import { FILE_LIMITS } from '@/generated/file-limits';
import { Problem } from './problem';

const MEGABYTE = 1024 * 1024;

/** Why a file can not go up by a path of the interface, told before any of it does; null where it can. */
export function tooLarge(path: string, file: File): Problem | null {
  const limit = FILE_LIMITS[path];
  if (limit === undefined || file.size <= limit) return null;
  const size = Math.ceil(file.size / MEGABYTE);
  return new Problem(
    413,
    'too-large',
    `“${file.name}”有${size}兆字节，超过${limit / MEGABYTE}兆字节，不能上传。请降低扫描分辨率、压缩或者分成几个文件。`,
  );
}
