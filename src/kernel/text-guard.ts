import { parsed, refused, type Branded, type ParseResult } from './parse-result';

/** Well-formed UTF-16 without control characters: safe to store in PostgreSQL and to print unchanged. */
export type SafeText = Branded<string, 'SafeText'>;

export interface TextDefect {
  readonly kind: 'lone-surrogate' | 'control' | 'line-break';
  /** Index of the UTF-16 code unit. */
  readonly index: number;
  /** 1-based count of characters (code points), as a person counts. */
  readonly position: number;
  readonly codePoint: number;
}

/** `one-line` for names, titles and numbers; `multi-line` for narratives, where tab and line breaks belong. */
export type TextShape = 'one-line' | 'multi-line';

/**
 * The first character that must not be stored, or null.
 *
 * PostgreSQL refuses U+0000, and the driver would store a lone surrogate as U+FFFD: a statement silently changed.
 * C0, DEL and C1 have no glyph, so that the printed paper would differ from the stored text.
 */
export function findTextDefect(text: string, shape: TextShape = 'multi-line'): TextDefect | null {
  let position = 0;
  for (let index = 0; index < text.length; index += 1) {
    position += 1;
    // A pair yields its whole code point here; a surrogate value therefore stands alone.
    const codePoint = text.codePointAt(index) ?? 0;
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) return { kind: 'lone-surrogate', index, position, codePoint };
    const kind = controlKind(codePoint, shape);
    if (kind !== null) return { kind, index, position, codePoint };
    if (codePoint > 0xffff) index += 1;
  }
  return null;
}

export type TextRefusal = 'text.lone-surrogate' | 'text.control' | 'text.line-break';

export function parseText(text: string, shape: TextShape = 'multi-line'): ParseResult<SafeText, TextRefusal> {
  const defect = findTextDefect(text, shape);
  return defect === null
    ? parsed(text as SafeText)
    : refused(`text.${defect.kind}` as const, describeTextDefect(defect));
}

/** Chinese, says where the character stands and what to do. */
export function describeTextDefect(defect: TextDefect): string {
  const code = `U+${defect.codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  const where = `第${defect.position}个字符（${code}）`;
  switch (defect.kind) {
    case 'lone-surrogate':
      return `${where}是残缺的编码，可能是生僻字复制不完整，请删除后重新输入该字。`;
    case 'line-break':
      return `${where}是换行或制表符，此处只能填写一行，请删除后重试。`;
    case 'control':
      return `${where}是不可见的控制字符，无法保存和打印，请删除后重试。`;
  }
}

function controlKind(codePoint: number, shape: TextShape): 'control' | 'line-break' | null {
  const isLayout = codePoint === 0x09 || codePoint === 0x0a || codePoint === 0x0d;
  if (isLayout) return shape === 'one-line' ? 'line-break' : null;
  // LINE SEPARATOR and PARAGRAPH SEPARATOR break lines just like \n when the text is laid out.
  if (codePoint === 0x2028 || codePoint === 0x2029) return shape === 'one-line' ? 'line-break' : null;
  return codePoint < 0x20 || (codePoint >= 0x7f && codePoint <= 0x9f) ? 'control' : null;
}
