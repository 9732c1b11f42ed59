/** What a single check of a verification is about. */
export type CheckCode =
  | 'byte-range'
  | 'reaches-end'
  | 'signature-dictionary'
  | 'cms-structure'
  | 'algorithm'
  | 'message-digest'
  | 'signature-value'
  | 'signing-certificate'
  | 'certificate-chain'
  | 'certificate-validity'
  | 'key-usage'
  | 'revocation'
  | 'timestamp'
  | 'long-term'
  | 'certification'
  | 'in-current-version';

/**
 * passed: holds. failed: does not hold, the signature must not be relied on. unknown: could not be decided, so the signature
 * cannot be confirmed. not-checked: said aloud, but does not by itself lower the verdict.
 */
export type CheckOutcome = 'passed' | 'failed' | 'unknown' | 'not-checked';

export interface Check {
  readonly code: CheckCode;
  readonly outcome: CheckOutcome;
  /** Plain Chinese for the person who asked. */
  readonly text: string;
}
