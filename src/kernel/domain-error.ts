/** What went wrong, in the classes that an interface can answer with (docs/api.md lists the HTTP status of each). */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'precondition-required'
  | 'precondition-failed'
  | 'too-large'
  | 'rule'
  | 'too-many'
  | 'unavailable';

/** One field at fault. `pointer` is an RFC 6901 JSON pointer into the request body (`/parties/0/name`). */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/**
 * The one error that a rule of the field throws. `code` is stable and meant for programs (`disputes.open-summons`);
 * `detail` is Chinese, meant for the person at the desk, and says what to do next.
 */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(`${code}: ${detail}`);
    this.name = 'DomainError';
  }
}

/** The answer for an absent and for an invisible object alike, so that nobody can tell them apart. */
export function notFound(): DomainError {
  return new DomainError('not-found', 'not-found', '没有找到该内容，或您无权查看。请核对编号，或联系本中心调度员。');
}

/** A rule of the field refuses the input (422). */
export function ruleViolation(code: string, detail: string, pointer?: string): DomainError {
  return new DomainError('rule', code, detail, pointer === undefined ? [] : [{ pointer, code, detail }]);
}
