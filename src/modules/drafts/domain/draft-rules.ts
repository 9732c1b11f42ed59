export const DEVICES = { computer: '电脑', phone: '手机' } as const;
export type Device = keyof typeof DEVICES;

/** Bytes of UTF-8 that one draft may hold. */
export const CONTENT_BYTES = 200_000;
/** Drafts of one account. Someone who has more than this has forgotten them. */
export const DRAFTS_PER_ACCOUNT = 200;
/** Days after the last saving until a draft is swept: it may name people, and was never handed in. */
export const KEPT_DAYS = 30;

/** Words joined by colons (`disputes.register:new`), or an id alone. */
const KEY = /^(?:[a-z][a-z.-]*(?::[A-Za-z0-9._-]+)+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

export function isDraftKey(text: string): boolean {
  return text.length <= 200 && KEY.test(text);
}

export type ContentRefusal = 'too-long' | 'not-json';

/** Drafts are fields of a form: one JSON object, small enough to be sent every few seconds. */
export function contentRefusal(content: string): ContentRefusal | null {
  if (Buffer.byteLength(content, 'utf8') > CONTENT_BYTES) return 'too-long';
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : 'not-json';
  } catch {
    return 'not-json';
  }
}
