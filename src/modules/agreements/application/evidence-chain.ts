import { createHash } from 'node:crypto';
import type { Agreement } from '../persistence/agreement.entity';
import type { SignatureMark } from '../persistence/signing.entity';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Where the chain of an agreement begins. */
export function headOf({ id, disputeId }: Pick<Agreement, 'id' | 'disputeId'>): string {
  return sha256(JSON.stringify(['agreement', id, disputeId]));
}

/** SHA-256 over the mark before and everything taken down of this one. Voiding comes later and is not part of it. */
export function chainHashOf(
  mark: Omit<SignatureMark, 'chainHash' | 'voidedAt' | 'voidReason' | 'strokesEncrypted'>,
): string {
  return sha256(
    JSON.stringify([
      mark.previousHash,
      mark.agreementId,
      mark.slotId,
      mark.round,
      mark.sequence,
      mark.kind,
      mark.method,
      mark.contentHash,
      mark.signingCopySha256,
      mark.signerName,
      mark.identityCheck,
      mark.identityNote,
      mark.agreedElectronic,
      mark.strokesSha256,
      mark.hasSignature,
      mark.hasFingerprint,
      mark.scanAttachmentId,
      mark.scanSha256,
      mark.witnessName,
      mark.isReadAloud,
      mark.signedOn,
      mark.clientAt?.toISOString() ?? null,
      mark.serverAt.toISOString(),
      mark.device,
      mark.address,
      mark.secondsSpent,
      mark.scrolledToEnd,
      mark.linkId,
      mark.recordedBy,
    ]),
  );
}

/** The first mark at which the chain does not hold, or null. */
export function brokenLink(
  agreement: Pick<Agreement, 'id' | 'disputeId'>,
  marks: readonly SignatureMark[],
): SignatureMark | null {
  let previous = headOf(agreement);
  for (const [i, mark] of marks.entries()) {
    if (mark.sequence !== i + 1 || mark.previousHash !== previous || chainHashOf(mark) !== mark.chainHash) return mark;
    previous = mark.chainHash;
  }
  return null;
}
