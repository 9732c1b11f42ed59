import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, yearOf } from '../../../kernel';
import { type Tx, UnitOfWork, nextNumber } from '../../../platform/database';
import { summonsLifecycle } from '../domain/summons-lifecycle';
import { formatSummonsNumber } from '../domain/summons-number';
import { Summons, type SummonsTask } from '../persistence/summons.entity';
import { SummonsLedger } from './summons-ledger';

@Injectable()
export class IssueSummons {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** Blows: gives the number, opens the whistle to its agencies and starts the clocks of each. */
  async execute(summonsId: string) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockSummons(tx, summonsId, 'summons.issue');
      const { summons } = locked;
      const state = summonsLifecycle.next('issue', await this.ledger.snapshotOf(tx, locked), tx.now);
      const number = await this.number(tx, summons.centerId);
      await tx.update(Summons, summonsId, {
        state,
        issuedBy: tx.actor.accountId ?? '',
        issuedAt: tx.now,
        numberYear: number.year,
        numberSeq: number.sequence,
        number: number.text,
      });
      const office = await this.ledger.office(tx, summons.centerId);
      const tasks = await tx.query<SummonsTask>(
        `select id, dispute_id as "disputeId", summons_id as "summonsId", agency_id as "agencyId", role, state, duty_notes as "dutyNotes"
           from summons_task where summons_id = $1 and state = 'draft' order by id`,
        [summonsId],
      );
      for (const task of tasks) await this.ledger.issueTask(tx, summons, task, office);
      await this.ledger.record(tx, summons, {
        act: 'summons.issue',
        fromState: 'draft',
        toState: state,
        details: { number: number.text, taskIds: tasks.map((t) => t.id) },
      });
      tx.send({ topic: 'summons.issued', payload: { summonsId, taskIds: tasks.map((t) => t.id) } });
      return {
        id: summonsId,
        state,
        stateName: summonsLifecycle.table.states[state],
        number: number.text,
        version: summons.version + 1,
      };
    });
  }

  private async number(tx: Tx, centerId: string): Promise<{ year: number; sequence: number; text: string }> {
    const { code } = await tx.one<{ code: string }>('select code from center where id = $1', [centerId]);
    const year = yearOf(legalDateFromInstant(tx.now));
    const sequence = await nextNumber(tx, centerId, 'summons', year);
    return { year, sequence, text: formatSummonsNumber(code, year, sequence) };
  }
}
