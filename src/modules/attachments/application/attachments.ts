import { Injectable } from '@nestjs/common';
import { pick } from '../../../kernel';
import { type Tx, uuidv7 } from '../../../platform/database';
import type { EvidenceForm, EvidenceType, Ring } from '../domain/dictionaries';
import { Attachment } from '../persistence/attachment.entity';
import { loadAttachments } from '../persistence/attachment-rows';
import type { CheckedFile } from './received-files';

export interface AttachmentSnapshot {
  readonly id: string;
  readonly disputeId: string;
  readonly ordinal: number;
  readonly pageOrder: number;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** A PDF that opens with a password alone. */
  readonly isLocked: boolean;
  readonly evidenceType: EvidenceType;
  readonly form: EvidenceForm;
  readonly providedByPartyId: string | null;
  readonly description: string | null;
  readonly ring: Ring;
  readonly isShareable: boolean;
  readonly uploadedAt: Date;
}

export interface AttachmentParticulars {
  readonly evidenceType: EvidenceType;
  readonly form: EvidenceForm;
  readonly ring: Ring;
  readonly pageOrder?: number;
  readonly source?: string;
  readonly providedByPartyId?: string;
  readonly obtainedOn?: string;
  readonly description?: string;
}

/** What other modules may ask of the files of a matter. Row security decides which there are for the actor. */
@Injectable()
export class Attachments {
  /** Files in the dossier that count, in their order. */
  async list(tx: Tx, disputeId: string): Promise<AttachmentSnapshot[]> {
    const rows = await loadAttachments(tx, disputeId);
    return rows.filter((a) => a.state === 'kept').map(snapshotOf);
  }

  /** Files that may go along with a summons. */
  async shareable(tx: Tx, disputeId: string): Promise<AttachmentSnapshot[]> {
    return (await this.list(tx, disputeId)).filter((a) => a.isShareable);
  }

  /** One file; absent or invisible is 404. */
  async get(tx: Tx, attachmentId: string): Promise<AttachmentSnapshot> {
    return snapshotOf(await tx.get(Attachment, attachmentId));
  }

  /**
   * Enters a file that `ReceivedFiles` has looked at and stored. The caller has locked the matter and records its own act.
   */
  async keep(
    tx: Tx,
    disputeId: string,
    file: CheckedFile,
    particulars: AttachmentParticulars,
  ): Promise<AttachmentSnapshot> {
    const { last } = await tx.asSystem(() =>
      tx.one<{ last: number }>('select coalesce(max(ordinal), 0)::int as last from attachment where dispute_id = $1', [
        disputeId,
      ]),
    );
    const { evidenceType, form, ring, pageOrder, source, providedByPartyId, obtainedOn, description } = particulars;
    const attachment = Object.assign(new Attachment(), {
      id: uuidv7(),
      disputeId,
      ordinal: last + 1,
      pageOrder: pageOrder ?? last + 1,
      ...file,
      evidenceType,
      form,
      source: source ?? null,
      providedByPartyId: providedByPartyId ?? null,
      obtainedOn: obtainedOn ?? null,
      description: description ?? null,
      ring,
      isShareable: false,
      state: 'kept' as const,
      withdrawnReason: null,
      withdrawnAt: null,
      uploadedBy: tx.actor.accountId,
      uploadedByName: tx.actor.displayName ?? (tx.actor.principal.kind === 'link' ? '当事人' : '系统'),
      uploadedAt: tx.now,
      version: 1,
    });
    await tx.insert(Attachment, attachment);
    return snapshotOf(attachment);
  }
}

function snapshotOf(row: Attachment): AttachmentSnapshot {
  return pick(
    row,
    'id',
    'disputeId',
    'ordinal',
    'pageOrder',
    'fileName',
    'mediaType',
    'sizeBytes',
    'sha256',
    'isLocked',
    'evidenceType',
    'form',
    'providedByPartyId',
    'description',
    'ring',
    'isShareable',
    'uploadedAt',
  );
}
