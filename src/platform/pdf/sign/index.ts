/**
 * Sealing PDFs (PAdES B-B and B-T) and verifying them.
 *
 * - {@link sealPdf} puts the committee's seal on a finished PDF; {@link drawSeal} draws the same seal where no signature is meant
 *   (the halves of a riding seal).
 * - {@link verifyPdf} judges any PDF and answers in Chinese what was examined and what was not.
 * - {@link Signer} is whoever holds the key: a key in memory, {@link openPkcs12}, a token ({@link TokenOptions}) or a provider
 *   over HTTP ({@link ProviderOptions}); {@link signerFor} makes it.
 * - {@link issueRoot} and its neighbours make the certificates of a demonstration.
 */
export { type Signer, type SigningAlgorithm } from './signer';
export { openPkcs12, openPkcs12Identity } from './pkcs12-signer';
export { type SigningKey, signerFor } from './pdf-signing.worker';
export { type TokenOptions, readTokenChain } from './token-signer';
export { type ProviderOptions, readProviderChain } from './provider-signer';
export {
  type Identity,
  type IdentityPem,
  type KeyKind,
  type CertificateOrder,
  type WithdrawnCertificate,
  issueRevocationList,
  issueRoot,
  issueCommitteeCertificate,
  issueTimestampCertificate,
  exportIdentity,
  importIdentity,
  pemOfChain,
  chainOfPem,
  signerOf,
  rootOf,
} from './certificate-authority';
export {
  type TimestampAuthority,
  TimestampError,
  type TimestampErrorCode,
  type TimestampToken,
  HttpTimestampAuthority,
  type HttpTimestampOptions,
  LocalTimestampAuthority,
  requestTimestamp,
} from './timestamp';
export { type SealInscription, drawSeal } from './seal-artwork';
export {
  type SealBox,
  type SealOptions,
  type SealedPdf,
  type TimestampOutcome,
  sealPdf,
  timestampBeforeIssue,
} from './seal-pdf';
export { SealingError, type SealingErrorCode } from './sealing-error';
export { type RevocationQuestion } from './long-term';
export { RevocationError, RevocationServices } from './revocation-services';
export { type Check, type CheckCode, type CheckOutcome } from './check';
export {
  type PdfVerification,
  type RevocationAnswer,
  type SignatureVerification,
  type Verdict,
  type VerifyOptions,
  verifyPdf,
} from './verify-pdf';
