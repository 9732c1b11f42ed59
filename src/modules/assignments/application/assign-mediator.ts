import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { type AssignCommand, AssignmentBook, hostExists } from './assignment-book';
import { Assignments } from './assignments';

@Injectable()
export class AssignMediator {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly assignments: Assignments,
    private readonly book: AssignmentBook,
  ) {}

  /** Names a host, co-mediator or recorder. The first host moves the mediation to 已指派. */
  async execute(disputeId: string, command: AssignCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.lock(tx, disputeId, 'assignments.assign');
      const active = await this.assignments.active(tx, disputeId);
      if (command.capacity === 'host' && active.some((a) => a.capacity === 'host')) throw hostExists();
      const assignment = await this.book.enter(tx, dispute, command);
      if (command.capacity !== 'recorder') await this.matters.assigned(tx, disputeId);
      await this.matters.record(tx, dispute, {
        act: 'assignments.assign',
        toState: 'active',
        opinion: command.basis ?? null,
        objectType: 'assignment',
        objectId: assignment.id,
        details: { capacity: command.capacity, chosenBy: command.chosenBy, accountId: command.accountId },
      });
      tx.send({ topic: 'assignments.assigned', payload: { disputeId, assignmentId: assignment.id } });
      return { id: assignment.id, version: 1 };
    });
  }
}
