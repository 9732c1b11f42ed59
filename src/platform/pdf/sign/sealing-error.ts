/** Why a paper could not be sealed; `message` is what the member of staff reads. */
export type SealingErrorCode =
  | 'PDF_UNREADABLE'
  | 'PDF_ENCRYPTED'
  | 'PDF_ALREADY_SIGNED'
  | 'PAGE_NOT_FOUND'
  | 'BOX_OUTSIDE_PAGE'
  | 'GLYPH_MISSING'
  | 'SEAL_TEXT_INVALID'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_NOT_FOR_SIGNING'
  | 'KEY_MISMATCH'
  | 'KEY_UNSUPPORTED'
  | 'KEY_STORE_UNREADABLE'
  | 'SIGNER_UNREACHABLE'
  | 'SIGNER_REFUSED'
  | 'SIGNATURE_TOO_LARGE'
  | 'SEAL_NOT_FOUND'
  | 'SEAL_ALREADY_TIMESTAMPED';

/** Sealing refused. `code` is for programs, `message` (Chinese, says what to do next) for people. */
export class SealingError extends Error {
  override readonly name = 'SealingError';
  constructor(
    readonly code: SealingErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
