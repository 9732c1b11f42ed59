import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import { mayAct } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import { type LoadedMatter, Matters } from '../../disputes';
import {
  ATTACHMENT_STATES,
  type AttachmentAct,
  type AttachmentStanding,
  type AttachmentState,
  attachmentLifecycle,
} from '../domain/attachment-lifecycle';
import { EVIDENCE_FORMS, EVIDENCE_TYPES, RINGS } from '../domain/dictionaries';
import { Attachment } from '../persistence/attachment.entity';

const LOCKED = 'PDF 设有密码，打不开。文件已经保存，但不能装订入卷，卷内只放一页说明；请另上传一份没有密码的。';

export interface LoadedAttachment {
  readonly matter: LoadedMatter;
  readonly attachment: Attachment;
  /** State after the act, by the table. */
  readonly next: AttachmentState;
}

/** The way of every act on a file: lock the matter, load, let the table decide. */
@Injectable()
export class AttachmentActs {
  constructor(private readonly matters: Matters) {}

  /** Locks the matter of a file for an act, and the file. Invisible 404, no grant 403, refused by the table 409. */
  async open(tx: Tx, attachmentId: string, act: AttachmentAct): Promise<LoadedAttachment> {
    const { disputeId } = await tx.get(Attachment, attachmentId);
    const matter = await this.matters.lock(tx, disputeId, `attachments.${act}`);
    const attachment = await tx.lock(Attachment, attachmentId);
    return { matter, attachment, next: attachmentLifecycle.next(act, standingOf(matter, attachment), tx.now) };
  }

  /** Locks a matter for a new file; only the obstacles of the table apply, there is no state yet. */
  async openToUpload(tx: Tx, disputeId: string): Promise<LoadedMatter> {
    const matter = await this.matters.lock(tx, disputeId, 'attachments.upload');
    this.refuseUpload(matter, tx.now);
    return matter;
  }

  /** Whether the actor could upload at all, before the bytes are looked at. */
  async checkUpload(tx: Tx, disputeId: string): Promise<void> {
    this.refuseUpload(await this.matters.read(tx, disputeId, 'attachments.upload'), tx.now);
  }

  async record(
    tx: Tx,
    { dispute }: LoadedMatter,
    act: AttachmentAct,
    attachment: Attachment | { id: string },
    more: { opinion?: string; details?: Record<string, unknown> } = {},
  ): Promise<void> {
    await this.matters.record(tx, dispute, {
      act: `attachments.${act}`,
      objectType: 'attachment',
      objectId: attachment.id,
      ...more,
    });
  }

  /** A file as lists show it, with what may be done now. */
  view(tx: Tx, matter: LoadedMatter, a: Attachment) {
    const acts = attachmentLifecycle.allowedActs(standingOf(matter, a), tx.now, (by) =>
      mayAct(tx.actor, by, matter.standing),
    );
    return {
      id: a.id,
      disputeId: a.disputeId,
      ordinal: a.ordinal,
      pageOrder: a.pageOrder,
      fileName: a.fileName,
      mediaType: a.mediaType,
      sizeBytes: a.sizeBytes,
      sha256: a.sha256,
      evidenceType: a.evidenceType,
      evidenceTypeName: EVIDENCE_TYPES[a.evidenceType],
      form: a.form,
      formName: EVIDENCE_FORMS[a.form],
      source: a.source,
      providedByPartyId: a.providedByPartyId,
      obtainedOn: a.obtainedOn,
      description: a.description,
      ring: a.ring,
      ringName: RINGS[a.ring],
      isShareable: a.isShareable,
      state: a.state,
      stateName: ATTACHMENT_STATES[a.state],
      notice: a.isLocked ? LOCKED : null,
      withdrawnReason: a.withdrawnReason,
      uploadedByName: a.uploadedByName,
      uploadedAt: a.uploadedAt.toISOString(),
      allowedActs: acts.map((act) => `attachments.${act}`),
      version: a.version,
    };
  }

  private refuseUpload(matter: LoadedMatter, now: Date): void {
    const standing: AttachmentStanding = {
      state: 'kept',
      ring: 'center',
      isShareable: false,
      matterState: matter.dispute.state,
    };
    const refusal = attachmentLifecycle.table.acts.upload.obstacles?.find((o) => o.blocks(standing, now));
    if (refusal) throw new DomainError('conflict', `attachments.${refusal.code}`, refusal.message);
  }
}

function standingOf({ dispute }: LoadedMatter, { state, ring, isShareable }: Attachment): AttachmentStanding {
  return { state, ring, isShareable, matterState: dispute.state };
}
