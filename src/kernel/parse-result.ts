/** A value that was read, or a refusal whose `message` (Chinese) tells the person what to do. */
export type ParseResult<T, C extends string = string> = Parsed<T> | Refused<C>;

export interface Parsed<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Refused<C extends string = string> {
  readonly ok: false;
  /** Stable, for programs: `idea.reason` in kebab-case. */
  readonly code: C;
  /** For people. Never repeats the refused text: it may be personal data and ends up in logs. */
  readonly message: string;
}

declare const brand: unique symbol;

/** A primitive that only its own parser can make. */
export type Branded<T, B extends string> = T & { readonly [brand]: B };

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function refused<C extends string>(code: C, message: string): Refused<C> {
  return { ok: false, code, message };
}

/** The value, for places where a refusal would be a defect of the program. @throws RangeError with the refusal's code. */
export function unwrap<T>(result: ParseResult<T>): T {
  if (!result.ok) throw new RangeError(`${result.code}: ${result.message}`);
  return result.value;
}
