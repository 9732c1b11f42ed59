import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DomainError } from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, uuidv7 } from '../../../platform/database';
import { missingMarks, signsBefore } from '../domain/signature-plan';
import type { Stroke } from '../domain/strokes';
import type { Agreement } from '../persistence/agreement.entity';
import { loadMarks, loadSlots } from '../persistence/agreement-rows';
import { SignatureMark, SignatureSlot } from '../persistence/signing.entity';
import { chainHashOf, headOf } from './evidence-chain';

/** What was taken down of one mark; the ledger adds time, address, order and chain. */
export type MarkTaken = Pick<SignatureMark, 'kind' | 'method' | 'identityCheck' | 'signedOn'> & {
  readonly strokes?: readonly Stroke[];
} & Partial<
    Pick<
      SignatureMark,
      | 'identityNote'
      | 'agreedElectronic'
      | 'hasFingerprint'
      | 'hasSignature'
      | 'scanAttachmentId'
      | 'scanSha256'
      | 'witnessName'
      | 'isReadAloud'
      | 'isMachineRead'
      | 'clientAt'
      | 'device'
      | 'secondsSpent'
      | 'scrolledToEnd'
      | 'linkId'
    >
  >;

/** The marks of an agreement as one chain of evidence, over all its rounds. */
@Injectable()
export class MarkLedger {
  constructor(private readonly keys: KeyRing) {}

  /**
   * Adds a mark to a place, under the lock of the agreement; the place is signed once nothing lacks.
   *
   * @returns whether the place is signed now
   */
  async add(tx: Tx, agreement: Agreement, slot: SignatureSlot, taken: MarkTaken): Promise<boolean> {
    if (slot.state !== 'open') {
      throw new DomainError('conflict', 'agreements.slot-signed', `${slot.signsFor}处已经签过或已失效，请刷新后查看。`);
    }
    const { contentHash, signingCopySha256 } = agreement;
    if (contentHash === null || signingCopySha256 === null) throw new Error('The agreement is not frozen');
    const before = signsBefore(slot, await loadSlots(tx, agreement.id, agreement.round));
    if (before !== undefined) {
      throw new DomainError(
        'conflict',
        'agreements.not-your-turn',
        `各方约定了签署的顺序，请等${before.signerName}先签。`,
      );
    }
    const marks = await loadMarks(tx, agreement.id);
    const here = marks.filter((m) => m.slotId === slot.id && m.voidedAt === null).map((m) => m.kind);
    if (!missingMarks(slot, here).includes(taken.kind)) {
      throw new DomainError('conflict', 'agreements.mark-there', `${slot.signsFor}处已有该项签署，请刷新后查看。`);
    }
    const { strokes, ...rest } = taken;
    const strokesText = strokes === undefined ? null : JSON.stringify(strokes);
    const id = uuidv7();
    const last = marks.at(-1);
    const row: SignatureMark = {
      identityNote: null,
      agreedElectronic: false,
      hasFingerprint: false,
      hasSignature: taken.kind === 'signature',
      scanAttachmentId: null,
      scanSha256: null,
      witnessName: null,
      isReadAloud: false,
      isMachineRead: false,
      clientAt: null,
      device: null,
      secondsSpent: null,
      scrolledToEnd: null,
      linkId: null,
      ...rest,
      id,
      disputeId: agreement.disputeId,
      agreementId: agreement.id,
      slotId: slot.id,
      round: agreement.round,
      sequence: (last?.sequence ?? 0) + 1,
      contentHash,
      signingCopySha256,
      signerName: slot.signerName,
      strokesEncrypted: strokesText === null ? null : this.keys.encrypt(strokesText, `signature_mark.strokes:${id}`),
      strokesSha256: strokesText === null ? null : createHash('sha256').update(strokesText).digest('hex'),
      serverAt: tx.now,
      address: tx.context.address,
      recordedBy: tx.actor.accountId,
      previousHash: last?.chainHash ?? headOf(agreement),
      chainHash: '',
      voidedAt: null,
      voidReason: null,
    };
    row.chainHash = chainHashOf(row);
    await tx.insert(SignatureMark, row);
    const isWhole = missingMarks(slot, [...here, taken.kind]).length === 0;
    if (isWhole) await tx.update(SignatureSlot, slot.id, { state: 'signed', signedAt: tx.now });
    return isWhole;
  }

  /** The strokes of an electronic mark. */
  strokesOf(mark: SignatureMark): readonly Stroke[] {
    if (mark.strokesEncrypted === null) return [];
    return JSON.parse(this.keys.decrypt(mark.strokesEncrypted, `signature_mark.strokes:${mark.id}`)) as Stroke[];
  }

  /** The text changed, or is given up: marks, places and links of the round fall, their pictures are erased; all rows stay. */
  async voidRound(tx: Tx, { id, round }: Pick<Agreement, 'id' | 'round'>, reason: string): Promise<number> {
    const marks = await tx.query(
      'update signature_mark set voided_at = $3, void_reason = $4 where agreement_id = $1 and round = $2 and voided_at is null returning 1',
      [id, round, tx.now, reason],
    );
    await tx.query(
      "update signature_slot set state = 'voided', voided_at = $3 where agreement_id = $1 and round = $2 and state <> 'voided'",
      [id, round, tx.now],
    );
    await tx.query(
      `update signing_image set picture_encrypted = null, removed_at = $3, removed_reason = $4
        where agreement_id = $1 and removed_at is null
          and mark_id in (select m.id from signature_mark m where m.agreement_id = $1 and m.round = $2)`,
      [id, round, tx.now, '签署失效，影像随之删除。'],
    );
    await this.revokeLinks(tx, id);
    return marks.length;
  }

  async revokeLinks(tx: Tx, agreementId: string): Promise<void> {
    await tx.query(
      'update signing_link set revoked_at = $2 where agreement_id = $1 and used_at is null and revoked_at is null',
      [agreementId, tx.now],
    );
  }
}
