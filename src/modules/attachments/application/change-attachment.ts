import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import type { EvidenceForm, EvidenceType, Ring } from '../domain/dictionaries';
import { Attachment } from '../persistence/attachment.entity';
import { AttachmentActs } from './attachment-acts';
import { refuseForeignRing } from './upload-attachment';

export interface DescribeAttachmentCommand {
  readonly evidenceType: EvidenceType;
  readonly form: EvidenceForm;
  readonly pageOrder: number;
  readonly source?: string;
  readonly providedByPartyId?: string;
  readonly obtainedOn?: string;
  readonly description?: string;
}

/** Acts that change what is said of a file, never its bytes or its name. */
@Injectable()
export class ChangeAttachment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: AttachmentActs,
  ) {}

  /** Replaces kind, order, source and description; what is left out is cleared. */
  async describe(attachmentId: string, command: DescribeAttachmentCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, attachment } = await this.acts.open(tx, attachmentId, 'describe');
      tx.checkVersion(attachment);
      const {
        evidenceType,
        form,
        pageOrder,
        source = null,
        providedByPartyId = null,
        obtainedOn = null,
        description = null,
      } = command;
      if (obtainedOn !== null && obtainedOn > legalDateFromInstant(tx.now)) {
        throw ruleViolation('attachments.in-future', '取得日期不能晚于今天，请核对。', '/obtainedOn');
      }
      await tx.update(Attachment, attachmentId, {
        evidenceType,
        form,
        pageOrder,
        source,
        providedByPartyId,
        obtainedOn,
        description,
      });
      await this.acts.record(tx, matter, 'describe', attachment, { details: { evidenceType, form, pageOrder } });
      return this.acts.view(tx, matter, await tx.get(Attachment, attachmentId));
    });
  }

  /** Moves a file between the rings of visibility; one that goes to the mediator alone is no longer shared. */
  async setRing(attachmentId: string, { ring }: { readonly ring: Ring }) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, attachment } = await this.acts.open(tx, attachmentId, 'set-ring');
      tx.checkVersion(attachment);
      refuseForeignRing(ring, matter.standing.assignedRoles ?? []);
      await tx.update(Attachment, attachmentId, { ring, ...(ring === 'mediator' ? { isShareable: false } : {}) });
      await this.acts.record(tx, matter, 'set-ring', attachment, { details: { from: attachment.ring, to: ring } });
      return this.acts.view(tx, matter, await tx.get(Attachment, attachmentId));
    });
  }

  /** Marks a file as one that may go to partner agencies along with a summons, or takes the mark back. */
  async share(attachmentId: string, act: 'share' | 'unshare', { reason }: { readonly reason: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, attachment } = await this.acts.open(tx, attachmentId, act);
      tx.checkVersion(attachment);
      await tx.update(Attachment, attachmentId, { isShareable: act === 'share' });
      await this.acts.record(tx, matter, act, attachment, { opinion: reason });
      return this.acts.view(tx, matter, await tx.get(Attachment, attachmentId));
    });
  }

  /** Takes a file out of the evidence list. Bytes and row stay: what was once in the file is never made to vanish. */
  async withdraw(attachmentId: string, { reason }: { readonly reason: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, attachment, next } = await this.acts.open(tx, attachmentId, 'withdraw');
      tx.checkVersion(attachment);
      await tx.update(Attachment, attachmentId, {
        state: next,
        withdrawnReason: reason,
        withdrawnAt: tx.now,
        isShareable: false,
      });
      await this.acts.record(tx, matter, 'withdraw', attachment, { opinion: reason });
      return this.acts.view(tx, matter, await tx.get(Attachment, attachmentId));
    });
  }
}
