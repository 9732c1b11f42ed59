import { type ParseResult, describeTextDefect, findTextDefect, parsed, refused } from '../../../kernel';

export const FILE_NAME_MAX = 255;

const bidiControls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

/** A name as it was on the uploader's disk, kept exactly; `extension` in lower case without the dot. */
export interface FileName {
  readonly raw: string;
  readonly extension: string;
}

/**
 * Accepts a plain name. Nothing is cleaned: a name that would have to be changed is refused, so that the name on the
 * evidence list is the one that the party gave. Characters that reorder what is seen could dress an `exe` as a `pdf`.
 */
export function parseFileName(raw: string): ParseResult<FileName> {
  const defect = findTextDefect(raw, 'one-line');
  if (defect) return refused('attachments.file-name', `文件名${describeTextDefect(defect)}`);
  if (bidiControls.test(raw))
    return refused('attachments.file-name', '文件名中有改变显示顺序的不可见字符，请重新命名后上传。');
  if (raw.includes('\uFFFD')) return refused('attachments.file-name', '文件名的编码无法识别，请重新命名后上传。');
  if (/[/\\]/u.test(raw) || raw === '..' || raw === '.')
    return refused('attachments.file-name', '文件名不能含有路径，请只保留文件名后上传。');
  if (Array.from(raw).length > FILE_NAME_MAX)
    return refused('attachments.file-name', `文件名不能超过${FILE_NAME_MAX}个字，请缩短后上传。`);
  const extension = /\S\.([A-Za-z0-9]{1,8})$/u.exec(raw)?.[1];
  if (extension === undefined) return refused('attachments.file-name', '文件名应带有扩展名，例如“身份证.jpg”。');
  return parsed({ raw, extension: extension.toLowerCase() });
}
