import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import type { FeedbackResult } from '../domain/dictionaries';
import { type AskAnswer, SummonsFeedback, SummonsTask } from '../persistence/summons.entity';
import { accessEnd } from './sign-summons';
import { SummonsLedger, taskAnswer } from './summons-ledger';

export interface FeedBackCommand {
  readonly result: FeedbackResult;
  readonly ground: string;
  readonly answers: readonly AskAnswer[];
  readonly attachmentIds?: readonly string[];
}

@Injectable()
export class FeedBack {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** The agency answers in writing, item by item of what was asked. */
  async execute(taskId: string, command: FeedBackCommand) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForAgency(tx, taskId, 'feed-back');
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, 'feed-back');
      const answers = this.inOrder(command.answers, summons.asks.length);
      const attachmentIds = [...new Set(command.attachmentIds ?? [])];
      const own = await tx.query<{ id: string }>(
        'select attachment_id as id from summons_reply_file where task_id = $1 and attachment_id = any ($2)',
        [taskId, attachmentIds],
      );
      if (own.length !== attachmentIds.length) {
        throw ruleViolation(
          'summons-tasks.not-own-file',
          '反馈只能附本任务下已上传的材料。请先上传，再提交反馈。',
          '/attachmentIds',
        );
      }
      const [last] = await tx.query<{ round: number }>(
        'select coalesce(max(round), 0) as round from summons_feedback where task_id = $1',
        [taskId],
      );
      const round = (last?.round ?? 0) + 1;
      await tx.insert(SummonsFeedback, {
        id: uuidv7(),
        disputeId: task.disputeId,
        taskId,
        round,
        result: command.result,
        ground: command.ground,
        answers,
        attachmentIds,
        givenBy: tx.actor.accountId ?? '',
        givenAt: tx.now,
      });
      await tx.update(SummonsTask, taskId, { state, agencyAccessEndsAt: accessEnd(tx.now) });
      await this.ledger.meet(tx, taskId, ['contact', 'feedback']);
      await this.ledger.record(
        tx,
        summons,
        {
          act: 'summons-tasks.feed-back',
          fromState: task.state,
          toState: state,
          details: { round, result: command.result },
        },
        task,
      );
      tx.send({ topic: 'summons-tasks.fed-back', payload: { taskId, round } });
      return taskAnswer(task, state);
    });
  }

  private inOrder(answers: readonly AskAnswer[], asks: number): AskAnswer[] {
    const sorted = [...answers].sort((a, b) => a.ask - b.ask);
    const isWhole = sorted.length === asks && sorted.every((a, i) => a.ask === i + 1);
    if (!isWhole) {
      throw ruleViolation(
        'summons-tasks.asks-unanswered',
        `吹哨单提出了 ${asks} 项请求，请对照序号逐项答复，每项一条。`,
        '/answers',
      );
    }
    return sorted.map(({ ask, answer }) => ({ ask, answer }));
  }
}
