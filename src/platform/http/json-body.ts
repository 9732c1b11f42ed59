import { createHash } from 'node:crypto';
import { raw, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { DomainError, parseText } from '../../kernel';

const MAX_DEPTH = 32;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** A request whose JSON body went through the edge guard. */
export interface GuardedRequest extends Request {
  /** SHA-256 of the body bytes, hex. */
  bodyHash?: string;
}

export function malformed(detail: string, pointer = ''): DomainError {
  const errors = pointer === '' ? [] : [{ pointer, code: 'malformed', detail }];
  return new DomainError('malformed', 'malformed', detail, errors);
}

/** Deepest nesting of brackets outside strings; read before JSON.parse, which would recurse. */
function nestingDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x5d || c === 0x7d) depth--;
  }
  return deepest;
}

/** Refuses texts that PostgreSQL or a paper could not keep exactly, and keys that reach prototypes. */
export function guardValue(value: unknown, pointer: string): void {
  if (typeof value === 'string') guardText(value, pointer);
  else if (Array.isArray(value))
    value.forEach((item, i) => {
      guardValue(item, `${pointer}/${i}`);
    });
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (FORBIDDEN_KEYS.has(key)) throw malformed('提交的内容含有不允许的字段名。', pointer);
      guardText(key, pointer);
      guardValue(item, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  } else if (typeof value === 'number' && !Number.isFinite(value)) throw malformed('数字超出范围。', pointer);
}

function guardText(text: string, pointer: string): void {
  const checked = parseText(text);
  if (!checked.ok) throw malformed(checked.message, pointer === '' ? '/' : pointer);
}

/** Percent signs that are no UTF-8 would be read as U+FFFD: another question than the one that was asked. */
function guardQuery(request: GuardedRequest): void {
  const start = request.url.indexOf('?');
  try {
    if (start >= 0) decodeURIComponent(request.url.slice(start));
  } catch {
    throw malformed('查询条件不是有效的 UTF-8 编码，请重新输入后查询。');
  }
  guardValue(request.query, '');
}

function parseBody(request: GuardedRequest): void {
  const bytes = request.body as unknown;
  if (!Buffer.isBuffer(bytes)) {
    request.body = undefined;
    return;
  }
  request.bodyHash = createHash('sha256').update(bytes).digest('hex');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw malformed('提交的内容不是有效的 UTF-8 文字。');
  }
  if (text.trim() === '') {
    request.body = {};
    return;
  }
  if (nestingDepth(text) > MAX_DEPTH) throw malformed(`提交的内容嵌套超过 ${MAX_DEPTH} 层。`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('提交的内容不是有效的 JSON。');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('提交的内容应为一个 JSON 对象。');
  guardValue(value, '');
  request.body = value;
}

/**
 * The edge guard for JSON bodies: bytes → strict UTF-8 → depth → JSON → keys and texts. Express' own parser would
 * accept other charsets, replace broken bytes and keep lone surrogates: a statement changed without a word.
 */
export function jsonBody(limit: string): RequestHandler[] {
  const readBytes = raw({ type: 'application/json', limit });
  const parse: RequestHandler = (request: GuardedRequest, _response: Response, next: NextFunction) => {
    const type = request.headers['content-type'] ?? '';
    const hasBody =
      request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
    if (hasBody && !/^(?:application\/json|multipart\/form-data)\b/i.test(type)) {
      next(Object.assign(new Error('media type'), { status: 415 }));
      return;
    }
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1]?.toLowerCase();
    if (charset !== undefined && !type.startsWith('multipart/') && !['utf-8', 'utf8'].includes(charset)) {
      next(Object.assign(new Error('charset'), { status: 415 }));
      return;
    }
    try {
      guardQuery(request);
      parseBody(request);
      next();
    } catch (error) {
      next(error);
    }
  };
  return [readBytes, parse];
}
