import { createHash } from 'node:crypto';
import type { Agreement } from '../persistence/agreement.entity';
import type { TakenImage } from '../persistence/agreement-rows';
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
      // Marks from before machines read are reckoned as they were.
      ...(mark.isMachineRead ? ['machine-read'] : []),
    ]),
  );
}

/** SHA-256 over the mark and everything taken down of a picture that belongs to it. */
export function imageHashOf(
  image: Pick<
    TakenImage,
    'id' | 'kind' | 'mediaType' | 'sizeBytes' | 'sha256' | 'consentText' | 'consentedAt' | 'recordedBy' | 'previousHash'
  >,
): string {
  const { previousHash, id, kind, mediaType, sizeBytes, sha256: digest, consentText, consentedAt, recordedBy } = image;
  return sha256(
    JSON.stringify([
      previousHash,
      id,
      kind,
      mediaType,
      sizeBytes,
      digest,
      consentText,
      consentedAt.toISOString(),
      recordedBy,
    ]),
  );
}

/** Whether a picture hangs on the mark it names, as it was taken down. */
export function isOnMark(image: TakenImage, marks: readonly SignatureMark[]): boolean {
  const mark = marks.find((m) => m.id === image.markId);
  return image.previousHash === mark?.chainHash && image.chainHash === imageHashOf(image);
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
