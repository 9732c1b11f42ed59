import { Injectable } from '@nestjs/common';
import { notFound, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, withFileInClaim } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { Attachments, type FileToServe, ReceivedFiles, type StagedFile } from '../../attachments';
import { taskLifecycle } from '../domain/task-lifecycle';
import { Summons, SummonsReplyFile, SummonsTask } from '../persistence/summons.entity';
import { SummonsLedger } from './summons-ledger';

/** What an agency reads and hands in: files marked shareable on its whistle, and its own. */
@Injectable()
export class TaskFiles {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
    private readonly attachments: Attachments,
    private readonly received: ReceivedFiles,
    private readonly store: FileStore,
  ) {}

  /** Files that go along with the task. One that is no longer shareable is gone at once. */
  async ofTask(tx: Tx, task: SummonsTask) {
    const [shared, own] = [
      await tx.query<{ id: string }>('select attachment_id as id from summons_attachment where summons_id = $1', [
        task.summonsId,
      ]),
      await tx.query<{ id: string }>('select attachment_id as id from summons_reply_file where task_id = $1', [
        task.id,
      ]),
    ];
    // Past row security: agencies do not see the files of the matter, only those that the two lists name.
    const files = await tx.asSystem(() => this.attachments.list(tx, task.disputeId));
    const isOwn = (id: string): boolean => own.some((o) => o.id === id);
    return files
      .filter((f) => isOwn(f.id) || (f.isShareable && shared.some((s) => s.id === f.id)))
      .map((f) => ({
        id: f.id,
        fileName: f.fileName,
        mediaType: f.mediaType,
        sizeBytes: f.sizeBytes,
        isOwn: isOwn(f.id),
      }));
  }

  /** The bytes of one of these files, audited before they are handed out. */
  async download(taskId: string, attachmentId: string): Promise<FileToServe> {
    const { fileName, mediaType, sha256 } = await this.unitOfWork.run(async (tx) => {
      const task = await tx.get(SummonsTask, taskId);
      authorize(tx.actor, 'summons-tasks.download', { agencyIds: [task.agencyId] });
      if (!(await this.ofTask(tx, task)).some((f) => f.id === attachmentId)) throw notFound();
      const file = await tx.asSystem(() => this.attachments.get(tx, attachmentId));
      const summons = await tx.get(Summons, task.summonsId);
      tx.audit({
        act: 'summons-tasks.download',
        objectType: 'attachment',
        objectId: attachmentId,
        disputeId: task.disputeId,
        chain: summons.centerId,
        details: { taskId, sha256: file.sha256 },
      });
      return file;
    });
    return { fileName, mediaType, bytes: await this.store.get(sha256) };
  }

  /** Takes a file for the feedback: rights and state first, then the bytes, then the row. Only the center sees it besides. */
  async attach(taskId: string, file: StagedFile | undefined) {
    await this.unitOfWork.read(async (tx) => {
      const task = await tx.get(SummonsTask, taskId);
      authorize(tx.actor, 'summons-tasks.attach', { agencyIds: [task.agencyId] });
      const summons = await tx.get(Summons, task.summonsId);
      taskLifecycle.next('attach', await this.ledger.taskSnapshot(tx, { summons, task }), tx.now);
    });
    if (file === undefined) throw ruleViolation('attachments.file-missing', '请选择要上传的文件。', '/file');
    const checked = await this.received.receive(file);
    return withFileInClaim(checked, {}, () =>
      this.unitOfWork.run(async (tx) => {
        const locked = await this.ledger.lockTaskForAgency(tx, taskId, 'attach');
        const { summons, task } = locked;
        const state = await this.ledger.nextState(tx, locked, 'attach');
        const { name } = await tx.one<{ name: string }>('select name from agency where id = $1', [task.agencyId]);
        const particulars = { evidenceType: 'other', form: 'original', ring: 'center', source: name } as const;
        // The agency writes into a matter it does not see; the act was authorized on its own task.
        const kept = await tx.asSystem(() => this.attachments.keep(tx, task.disputeId, checked, particulars));
        await tx.insert(SummonsReplyFile, { disputeId: task.disputeId, taskId, attachmentId: kept.id });
        await this.ledger.record(
          tx,
          summons,
          {
            act: 'summons-tasks.attach',
            fromState: state,
            toState: state,
            details: { attachmentId: kept.id, sha256: kept.sha256 },
          },
          task,
        );
        const { id, fileName, mediaType, sizeBytes } = kept;
        return { id, fileName, mediaType, sizeBytes, isOwn: true };
      }),
    );
  }
}
