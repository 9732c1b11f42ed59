import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { summonsLifecycle } from '../domain/summons-lifecycle';
import { type NewTask, SummonsLedger, taskAnswer } from './summons-ledger';

@Injectable()
export class AddAgency {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** Adds an agency to an issued whistle; its clocks start now. A lead only where the whistle has lost its own. */
  async execute(summonsId: string, agency: NewTask) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockSummons(tx, summonsId, 'summons.add-agency');
      const { summons, matter } = locked;
      summonsLifecycle.next('add-agency', await this.ledger.snapshotOf(tx, locked), tx.now);
      const { centerId, handlingCenterId } = matter.dispute;
      await this.ledger.checkAgencies(tx, [centerId, handlingCenterId], [agency.agencyId]);
      const present = await tx.query<{ agencyId: string; isLead: boolean }>(
        `select agency_id as "agencyId", role = 'lead' and state not in ('upheld', 'withdrawn') as "isLead"
           from summons_task where summons_id = $1`,
        [summonsId],
      );
      if (present.some((t) => t.agencyId === agency.agencyId)) {
        throw new DomainError('conflict', 'summons.agency-twice', '该部门已在本吹哨单上，不能重复增派。');
      }
      if (agency.role === 'lead' && present.some((t) => t.isLead)) {
        throw new DomainError('conflict', 'summons.one-lead', '本吹哨单已有主办部门。请将新增部门设为协办或知会。');
      }
      const task = await this.ledger.addTask(tx, summons, agency);
      await this.ledger.issueTask(tx, summons, task, await this.ledger.office(tx, summons.centerId));
      await this.ledger.record(
        tx,
        summons,
        { act: 'summons.add-agency', fromState: null, toState: 'issued', details: { role: agency.role } },
        task,
      );
      tx.send({ topic: 'summons.issued', payload: { summonsId, taskIds: [task.id] } });
      return taskAnswer(task, 'issued');
    });
  }
}
