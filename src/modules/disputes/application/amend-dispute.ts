import { Injectable } from '@nestjs/common';
import { findEscalationCues, ruleViolation } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import type { DisputeType } from '../domain/dictionaries';
import { Dispute } from '../persistence/dispute.entity';
import { localTypeAfter } from './local-type';
import { type MatterStanding, Matters } from './matters';

export interface AmendDisputeCommand {
  readonly title?: string;
  readonly disputeType?: DisputeType;
  readonly localTypeId?: string;
  readonly upstreamNumber?: string;
  readonly place?: string;
  readonly placeUnitId?: string;
  readonly headcount?: number;
  readonly amountFen?: number;
  readonly allowsCallBack?: boolean;
  readonly supplement?: string;
  readonly requests?: string;
}

@Injectable()
export class AmendDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /**
   * Completes what the counter had no time for. What was said first is never overwritten: more of it is added below,
   * under its date. New words are searched for cues of escalation too.
   */
  async execute(disputeId: string, command: AmendDisputeCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.amend');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'amend', tx.now);
      const { supplement, requests, ...header } = command;
      const fields = Object.keys(command).filter((k) => command[k as keyof AmendDisputeCommand] !== undefined);
      if (fields.length === 0) throw ruleViolation('disputes.nothing-to-amend', '请至少填写一项要补充的内容。');
      if (supplement !== undefined || requests !== undefined) {
        const [words] = await tx.query<{ narrative: string; requests: string | null }>(
          'select narrative, requests from dispute_narrative where dispute_id = $1 for update',
          [disputeId],
        );
        const narrative = [words?.narrative ?? '', ...(supplement === undefined ? [] : [`【补充】${supplement}`])].join(
          '\n',
        );
        const asked = requests ?? words?.requests ?? null;
        const cues = [
          ...new Set(
            findEscalationCues(`${header.title ?? dispute.title}\n${narrative}\n${asked ?? ''}`).map((c) => c.word),
          ),
        ];
        await tx.query(
          'update dispute_narrative set narrative = $2, requests = $3, cues = $4, version = version + 1 where dispute_id = $1',
          [disputeId, narrative, asked, cues],
        );
      }
      const localTypeId = await localTypeAfter(tx, dispute, header);
      await tx.update(Dispute, disputeId, { ...header, localTypeId, updatedAt: tx.now });
      await this.matters.record(tx, dispute, {
        act: 'disputes.amend',
        fromState: dispute.state,
        toState: state,
        details: { fields },
      });
      return this.matters.answer(tx, disputeId);
    });
  }
}
