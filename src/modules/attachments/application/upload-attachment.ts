import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, withFileInClaim } from '../../../platform/database';
import { RINGS, type Ring } from '../domain/dictionaries';
import { Attachment } from '../persistence/attachment.entity';
import { AttachmentActs } from './attachment-acts';
import { type AttachmentParticulars, Attachments } from './attachments';
import { type CheckedFile, ReceivedFiles, type StagedFile } from './received-files';

@Injectable()
export class UploadAttachment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: AttachmentActs,
    private readonly attachments: Attachments,
    private readonly received: ReceivedFiles,
  ) {}

  /**
   * Keeps one file in a matter. Rights are asked before the bytes are looked at; bytes are stored before the transaction,
   * so that a row never names a file that is not on disk.
   */
  async execute(disputeId: string, file: StagedFile | undefined, particulars: AttachmentParticulars) {
    await this.unitOfWork.read((tx) => this.acts.checkUpload(tx, disputeId));
    if (file === undefined) throw ruleViolation('attachments.file-missing', '请选择要上传的文件。', '/file');
    const checked = await this.received.receive(file);
    return withFileInClaim(checked, particulars, () =>
      this.unitOfWork.run(async (tx) => {
        const matter = await this.acts.openToUpload(tx, disputeId);
        const { ring, obtainedOn } = particulars;
        refuseForeignRing(ring, matter.standing.assignedRoles ?? []);
        if (obtainedOn !== undefined && obtainedOn > legalDateFromInstant(tx.now)) {
          throw ruleViolation('attachments.in-future', '取得日期不能晚于今天，请核对。', '/obtainedOn');
        }
        await refuseTwice(tx, disputeId, checked);
        const { id } = await this.attachments.keep(tx, disputeId, checked, particulars);
        await this.acts.record(
          tx,
          matter,
          'upload',
          { id },
          {
            details: {
              evidenceType: particulars.evidenceType,
              mediaType: checked.mediaType,
              sizeBytes: checked.sizeBytes,
              sha256: checked.sha256,
              ring,
            },
          },
        );
        return this.acts.view(tx, matter, await tx.get(Attachment, id));
      }),
    );
  }
}

/** Rings that somebody may choose, widest first. */
export function writableRings(assignedRoles: readonly string[]): Ring[] {
  return (Object.keys(RINGS) as Ring[]).filter((ring) => ring !== 'mediator' || assignedRoles.includes('mediator'));
}

/** What is for the mediator alone is set by the mediator alone, and cannot be seen by whoever set it otherwise. */
export function refuseForeignRing(ring: Ring, assignedRoles: readonly string[]): void {
  if (!writableRings(assignedRoles).includes(ring)) {
    throw ruleViolation(
      'attachments.ring-not-yours',
      '“仅本案调解员可见”只能由本案调解员设定。请选择其他可见范围。',
      '/ring',
    );
  }
}

/** The same bytes twice in a matter, as far as the actor sees, is a slip of the hand. */
async function refuseTwice(tx: Tx, disputeId: string, { sha256 }: CheckedFile): Promise<void> {
  const [same] = await tx.query<{ ordinal: number }>(
    "select ordinal from attachment where dispute_id = $1 and sha256 = $2 and state = 'kept' limit 1",
    [disputeId, sha256],
  );
  if (same)
    throw new DomainError(
      'conflict',
      'attachments.already-here',
      `同一文件已经上传，为第${same.ordinal}号材料，不必重复。`,
    );
}
