import { type SealTask, type SealTaskAnswer, type VerifyTask, seal as sealInThread } from './sign/pdf-signing.worker';
import { type PdfVerification, type RevocationAnswer, verifyPdf } from './sign/verify-pdf';

/** One certificate of ours; signatures made from `retiredAt` on are not believed. Serial number in hexadecimal. */
export interface KnownCertificate {
  readonly serialNumber: string;
  readonly retiredAt: Date | null;
}

export interface VerifyWithLedgerTask extends VerifyTask {
  /** What we know of certificates; a function could not be cloned into a thread. */
  readonly ledger: readonly KnownCertificate[];
}

/** {@link verifyPdf} in this thread, with the ledger of our own seals as the source of revocation. */
export function verify({ bytes, options, ledger }: VerifyWithLedgerTask): Promise<PdfVerification> {
  return verifyPdf(bytes, {
    ...options,
    revocation: ({ serialNumber, at }) => Promise.resolve(revocationOf(ledger, serialNumber, at)),
  });
}

export const seal = (task: SealTask): Promise<SealTaskAnswer> => sealInThread(task);

/** DER pads a serial number with zeros, text forms do not: compared without them. */
const bare = (serialNumber: string): string => serialNumber.toUpperCase().replace(/^0+/, '');

function revocationOf(ledger: readonly KnownCertificate[], serialNumber: string, at: Date): RevocationAnswer {
  const known = ledger.find((c) => bare(c.serialNumber) === bare(serialNumber));
  if (!known) return 'unknown';
  return known.retiredAt !== null && at >= known.retiredAt ? 'revoked' : 'good';
}

export { longTerm, questions } from './sign/pdf-signing.worker';
