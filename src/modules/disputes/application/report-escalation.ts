import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { EscalationReport } from '../persistence/course.entity';
import { type MatterStanding, Matters } from './matters';

export interface ReportEscalationCommand {
  readonly finding: 'reported' | 'unfounded';
  readonly situation: string;
  readonly recipientKind?: string;
  readonly recipient?: string;
  readonly method?: string;
  readonly reportedAt?: string;
  readonly receipt?: string;
}

@Injectable()
export class ReportEscalation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /**
   * Records that a danger was reported to the police or another organ, with recipient, time and receipt, or that the
   * cues were verified and are unfounded (PML art. 25). Triage waits for one of the two.
   */
  async execute(disputeId: string, command: ReportEscalationCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.report-escalation');
      const { dispute } = matter;
      const state = this.matters.next(matter, 'report-escalation', tx.now);
      const { finding, situation, recipientKind, recipient, method, reportedAt, receipt } = command;
      const at = reportedAt === undefined ? tx.now : new Date(reportedAt);
      if (finding === 'reported') {
        if (recipientKind === undefined || recipient === undefined || method === undefined) {
          throw ruleViolation('disputes.report-incomplete', '请写明向哪个单位、何人、以何种方式报告。', '/recipient');
        }
        if (at > tx.now) throw ruleViolation('disputes.report-in-future', '报告时间不能晚于现在。', '/reportedAt');
      } else if (
        recipientKind !== undefined ||
        recipient !== undefined ||
        method !== undefined ||
        reportedAt !== undefined
      ) {
        throw ruleViolation(
          'disputes.report-contradictory',
          '核实没有激化危险的，不填写报告单位；已经报告的，请选择“已报告”。',
          '/finding',
        );
      }
      const [words] = await tx.query<{ cues: string[] }>('select cues from dispute_narrative where dispute_id = $1', [
        disputeId,
      ]);
      const id = uuidv7();
      await tx.insert(EscalationReport, {
        id,
        disputeId,
        finding,
        cues: words?.cues ?? [],
        situation,
        recipientKind: recipientKind ?? null,
        recipient: recipient ?? null,
        method: method ?? null,
        reportedAt: finding === 'reported' ? at : null,
        receipt: receipt ?? null,
        madeBy: tx.actor.accountId ?? '',
        madeAt: tx.now,
      });
      await this.matters.record(tx, dispute, {
        act: 'disputes.report-escalation',
        fromState: dispute.state,
        toState: state,
        opinion: situation,
        details: { finding, recipientKind: recipientKind ?? null, cues: words?.cues.length ?? 0 },
        objectType: 'escalation-report',
        objectId: id,
      });
      tx.send({ topic: 'disputes.escalation-reported', payload: { disputeId, finding } });
      return this.matters.answer(tx, disputeId);
    });
  }
}
