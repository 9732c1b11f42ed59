import { Injectable } from '@nestjs/common';
import { mayAct } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { cursorParts, pageOf } from '../../../platform/http';
import { Matters } from '../../disputes';
import { attachmentLifecycle } from '../domain/attachment-lifecycle';
import { RINGS } from '../domain/dictionaries';
import { Attachment } from '../persistence/attachment.entity';
import { pageOfAttachments } from '../persistence/attachment-rows';
import { AttachmentActs } from './attachment-acts';
import { writableRings } from './upload-attachment';

/** A file to hand out: the bytes as they came in. */
export interface FileToServe {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

@Injectable()
export class ReadAttachments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly acts: AttachmentActs,
    private readonly store: FileStore,
  ) {}

  /** The evidence list of a matter, in its order. */
  async list(disputeId: string, { limit = 20, cursor }: { readonly limit?: number; readonly cursor?: string }) {
    return this.unitOfWork.read(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'attachments.list');
      const rows = await pageOfAttachments(tx, disputeId, placeOf(cursor), limit + 1);
      const page = pageOf(rows, limit, (a) => `${a.pageOrder}:${a.ordinal}`);
      const { by, obstacles } = attachmentLifecycle.table.acts.upload;
      // An upload asks of the matter only: no material’s own state comes into it.
      const asked = { state: 'kept', ring: 'center', isShareable: false, matterState: matter.dispute.state } as const;
      const isOpen = obstacles?.some((o) => o.blocks(asked, tx.now)) !== true;
      const mayUpload = isOpen && mayAct(tx.actor, by, matter.standing);
      return {
        items: page.items.map((a) => this.acts.view(tx, matter, a)),
        nextCursor: page.nextCursor,
        allowedActs: mayUpload ? ['attachments.upload'] : [],
        writableRings: mayUpload
          ? writableRings(matter.standing.assignedRoles ?? []).map((ring) => ({ ring, name: RINGS[ring] }))
          : [],
      };
    });
  }

  /** The bytes, audited before they are handed out and hashed again as they are read. */
  async download(attachmentId: string): Promise<FileToServe> {
    const { fileName, mediaType, sha256 } = await this.unitOfWork.run(async (tx) => {
      const attachment = await tx.get(Attachment, attachmentId);
      const { dispute } = await this.matters.read(tx, attachment.disputeId, 'attachments.download');
      tx.audit({
        act: 'attachments.download',
        objectType: 'attachment',
        objectId: attachmentId,
        disputeId: attachment.disputeId,
        chain: dispute.centerId,
        details: { sha256: attachment.sha256 },
      });
      return attachment;
    });
    return { fileName, mediaType, bytes: await this.store.get(sha256) };
  }
}

function placeOf(cursor: string | undefined): { pageOrder: number; ordinal: number } {
  const after = cursorParts(cursor, /^(\d{1,6}):(\d{1,6})$/, ['pageOrder', 'ordinal']);
  return { pageOrder: Number(after?.pageOrder ?? 0), ordinal: Number(after?.ordinal ?? 0) };
}
