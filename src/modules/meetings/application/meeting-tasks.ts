import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { UnitOfWork, withFileInClaim } from '../../../platform/database';
import { Attachments, ReceivedFiles, type StagedFile } from '../../attachments';
import { type MeetingTaskState, meetingTaskLifecycle } from '../domain/task-lifecycle';
import { MeetingTask, MeetingTaskFile } from '../persistence/meeting.entity';
import { MeetingDesk, meetingTaskAnswer } from './meeting-desk';

/** 会商任务: answered by its owner with proof, accepted or returned by the center. */
@Injectable()
export class MeetingTasks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: MeetingDesk,
    private readonly attachments: Attachments,
    private readonly received: ReceivedFiles,
  ) {}

  async answer(taskId: string, answer: string) {
    return this.answered(taskId, answer, 'answer');
  }

  /** For a unit without a login, as its paper or telephone says. */
  async enterAnswer(taskId: string, answer: string) {
    return this.answered(taskId, answer, 'enter-answer');
  }

  /** Takes proof for the answer: rights and state first, then the bytes, then the row. Only the center sees it besides. */
  async attach(taskId: string, file: StagedFile | undefined) {
    await this.unitOfWork.read(async (tx) => {
      const task = await tx.get(MeetingTask, taskId);
      authorize(tx.actor, 'meeting-tasks.attach', { agencyIds: task.agencyId === null ? [] : [task.agencyId] });
      meetingTaskLifecycle.next('attach', this.desk.taskSnapshot(tx, task), tx.now);
    });
    if (file === undefined) throw ruleViolation('attachments.file-missing', '请选择要上传的文件。', '/file');
    const checked = await this.received.receive(file);
    return withFileInClaim(checked, {}, () =>
      this.unitOfWork.run(async (tx) => {
        const { task, meeting } = await this.desk.lockTask(tx, taskId, 'attach', 'agency');
        const { name } = await tx.one<{ name: string }>('select name from meeting_unit where id = $1', [task.unitId]);
        const particulars = { evidenceType: 'other', form: 'original', ring: 'center', source: name } as const;
        // The agency writes into a matter it does not see; the act was authorized on its own task.
        const kept = await tx.asSystem(() => this.attachments.keep(tx, task.disputeId, checked, particulars));
        await tx.insert(MeetingTaskFile, { disputeId: task.disputeId, taskId, attachmentId: kept.id });
        await this.desk.record(tx, meeting, {
          act: 'meeting-tasks.attach',
          details: { task: task.ordinal, attachmentId: kept.id, sha256: kept.sha256 },
        });
        const { id, fileName, mediaType, sizeBytes } = kept;
        return { id, fileName, mediaType, sizeBytes };
      }),
    );
  }

  async accept(taskId: string, opinion: string) {
    return this.end(taskId, 'accept', opinion);
  }

  async drop(taskId: string, reason: string) {
    return this.end(taskId, 'drop', reason);
  }

  async return(taskId: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const { task, meeting, to } = await this.desk.lockTask(tx, taskId, 'return', 'center');
      await tx.update(MeetingTask, taskId, { state: to, returnReason: reason });
      await this.desk.record(tx, meeting, {
        act: 'meeting-tasks.return',
        fromState: task.state,
        toState: to,
        opinion: reason,
        details: { task: task.ordinal },
      });
      tx.send({ topic: 'meeting-tasks.returned', payload: { disputeId: task.disputeId, meetingTaskId: taskId } });
      return meetingTaskAnswer(task, to);
    });
  }

  async urge(taskId: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const { task, meeting, to } = await this.desk.lockTask(tx, taskId, 'urge', 'center');
      await tx.update(MeetingTask, taskId, { urgings: task.urgings + 1, lastUrgedAt: tx.now });
      await this.desk.record(tx, meeting, {
        act: 'meeting-tasks.urge',
        opinion: reason,
        details: { task: task.ordinal, urging: task.urgings + 1 },
      });
      tx.send({ topic: 'meeting-tasks.urged', payload: { disputeId: task.disputeId, meetingTaskId: taskId } });
      return meetingTaskAnswer(task, to);
    });
  }

  private async answered(taskId: string, answer: string, act: 'answer' | 'enter-answer') {
    return this.unitOfWork.run(async (tx) => {
      const side = act === 'answer' ? 'agency' : 'center';
      const { task, meeting, to } = await this.desk.lockTask(tx, taskId, act, side);
      await tx.update(MeetingTask, taskId, {
        state: to,
        answer,
        answeredBy: tx.actor.accountId,
        answeredByName: tx.actor.displayName ?? '',
        answeredAt: tx.now,
        returnReason: null,
      });
      await this.desk.record(tx, meeting, {
        act: `meeting-tasks.${act}`,
        fromState: task.state,
        toState: to,
        opinion: answer,
        details: { task: task.ordinal },
      });
      tx.send({ topic: 'meeting-tasks.answered', payload: { disputeId: task.disputeId, meetingTaskId: taskId } });
      return meetingTaskAnswer(task, to);
    });
  }

  private async end(taskId: string, act: 'accept' | 'drop', words: string) {
    return this.unitOfWork.run(async (tx) => {
      const { task, meeting, to } = await this.desk.lockTask(tx, taskId, act, 'center');
      const state: MeetingTaskState = to;
      await tx.update(MeetingTask, taskId, {
        state,
        endedBy: tx.actor.accountId,
        endedAt: tx.now,
        endingWords: words,
      });
      await this.desk.record(tx, meeting, {
        act: `meeting-tasks.${act}`,
        fromState: task.state,
        toState: state,
        opinion: words,
        details: { task: task.ordinal },
      });
      tx.send({
        topic: `meeting-tasks.${act === 'accept' ? 'accepted' : 'dropped'}`,
        payload: { disputeId: task.disputeId, meetingTaskId: taskId },
      });
      return meetingTaskAnswer(task, state);
    });
  }
}
