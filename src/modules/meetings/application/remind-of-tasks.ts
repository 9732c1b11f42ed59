import { Injectable } from '@nestjs/common';
import { type LegalDate, addDays, formatLegalDateCn, legalDateFromInstant } from '../../../kernel';
import { Chores } from '../../../platform/chores';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { reminderOf, WARNING_DAYS } from '../domain/task-lifecycle';
import { Meeting, MeetingTask } from '../persistence/meeting.entity';
import { MeetingDesk } from './meeting-desk';

const EVERY_MS = 10 * 60_000;
const BATCH = 100;
/** Reminders go out from eight in the morning: nobody is rung at midnight. */
const MORNING_MS = 8 * 3_600_000;

interface ReachedTask {
  readonly id: string;
  readonly meetingId: string;
  readonly dueOn: LegalDate;
  readonly isWarned: boolean;
  readonly isToldLate: boolean;
}

/** Rings the owner of a task before its day, owner and center after it; each once, however many instances run. */
@Injectable()
export class RemindOfTasks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: MeetingDesk,
    private readonly chores: Chores,
  ) {
    chores.add({ name: 'remind-of-meeting-tasks', everyMs: EVERY_MS, isShared: true, work: () => this.sweep() });
  }

  /** Answers how many were told. */
  async sweep(): Promise<number> {
    let told = 0;
    for (let isMore = true; isMore && !this.chores.isStopped;) {
      const count = await this.unitOfWork.runAsSystem('remind-of-meeting-tasks', (tx) => this.takeBatch(tx));
      told += count;
      isMore = count === BATCH;
    }
    return told;
  }

  /** Matters are locked first, as by every act. */
  private async takeBatch(tx: Tx): Promise<number> {
    const today = legalDateFromInstant(new Date(tx.now.getTime() - MORNING_MS));
    const reached = `t.state = 'open' and (t.due_on < $1 and t.told_late_at is null
      or t.due_on between $1 and $2 and t.warned_at is null)`;
    const days = [today, addDays(today, WARNING_DAYS)];
    const matters = await tx.query<{ id: string }>(
      `select d.id from dispute d where d.id in (select t.dispute_id from meeting_task t where ${reached})
        order by d.id limit ${BATCH} for update skip locked`,
      days,
    );
    const tasks = await tx.query<ReachedTask>(
      `select t.id, t.meeting_id as "meetingId", t.due_on as "dueOn", t.warned_at is not null as "isWarned",
              t.told_late_at is not null as "isToldLate"
         from meeting_task t where t.dispute_id = any ($3) and ${reached} order by t.due_on, t.id limit ${BATCH}`,
      [...days, matters.map(({ id }) => id)],
    );
    for (const task of tasks) await this.tell(tx, task, today);
    return tasks.length;
  }

  private async tell(tx: Tx, { id, meetingId, ...reached }: ReachedTask, today: LegalDate): Promise<void> {
    const reminder = reminderOf(reached, today);
    if (reminder === null) return;
    const task = await tx.get(MeetingTask, id);
    await tx.update(MeetingTask, id, reminder === 'warn' ? { warnedAt: tx.now } : { toldLateAt: tx.now });
    await this.desk.record(tx, await tx.get(Meeting, meetingId), {
      act: `meeting-tasks.${reminder}`,
      opinion: `第${task.ordinal}项任务，期限：${formatLegalDateCn(reached.dueOn)}。`,
      details: { task: task.ordinal },
    });
    const topic = reminder === 'warn' ? 'meeting-tasks.due-soon' : 'meeting-tasks.overdue';
    tx.send({ topic, payload: { disputeId: task.disputeId, meetingTaskId: id } });
  }
}
