import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { type Dispute, Matters } from '../../disputes';
import { Parties } from '../../parties';
import { assignmentLifecycle } from '../domain/assignment-lifecycle';
import type { ChosenBy, DisclosureKind } from '../domain/dictionaries';
import { Assignment, ConflictDisclosure, MediatorChallenge } from '../persistence/assignment.entity';
import { AssignmentBook } from './assignment-book';

interface Successor {
  readonly accountId: string;
  readonly chosenBy: ChosenBy;
  readonly chosenByPartyIds?: readonly string[];
  readonly basis?: string;
}

type AssignmentAct = Parameters<typeof assignmentLifecycle.next>[0];

/** What may happen to somebody who serves on a matter. */
@Injectable()
export class ChangeAssignment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly parties: Parties,
    private readonly book: AssignmentBook,
  ) {}

  /** Records what the mediator discloses about relations to the people of the matter, or that there is nothing. */
  async disclose(assignmentId: string, kind: DisclosureKind, detail: string | undefined) {
    return this.act(assignmentId, 'disclose', async (tx, dispute, assignment) => {
      if (kind !== 'none' && detail === undefined) {
        throw ruleViolation('assignments.disclosure-needs-detail', '请写明关系的具体情况。', '/detail');
      }
      await tx.insert(ConflictDisclosure, {
        id: uuidv7(),
        disputeId: dispute.id,
        assignmentId: assignment.id,
        kind,
        detail: detail ?? null,
        disclosedBy: tx.actor.accountId,
        disclosedAt: tx.now,
      });
      await tx.update(Assignment, assignment.id, {});
      return { kind };
    });
  }

  /** A party demands another mediator. It needs a reason but nobody’s agreement. */
  async challenge(assignmentId: string, partyId: string, reason: string) {
    return this.act(
      assignmentId,
      'challenge',
      async (tx, dispute, assignment, state) => {
        const party = (await this.parties.list(tx, dispute.id)).find((p) => p.id === partyId && p.isActive);
        if (!party) throw ruleViolation('assignments.not-a-party', '提出要求的人不是本案当事人。', '/partyId');
        await tx.insert(MediatorChallenge, {
          id: uuidv7(),
          disputeId: dispute.id,
          assignmentId: assignment.id,
          partyId,
          reason,
          raisedAt: tx.now,
          recordedBy: tx.actor.accountId,
          answeredByAssignmentId: null,
          withdrawnAt: null,
        });
        await tx.update(Assignment, assignment.id, { state });
        tx.send({ topic: 'assignments.challenged', payload: { disputeId: dispute.id, assignmentId: assignment.id } });
        return { partyId };
      },
      reason,
    );
  }

  async withdrawChallenge(assignmentId: string, reason: string) {
    return this.act(
      assignmentId,
      'withdraw-challenge',
      async (tx, _dispute, assignment, state) => {
        await tx.query(
          'update mediator_challenge set withdrawn_at = $2 where assignment_id = $1 and withdrawn_at is null',
          [assignment.id, tx.now],
        );
        await tx.update(Assignment, assignment.id, { state });
        return {};
      },
      reason,
    );
  }

  /** Ends the service of one and begins that of another in the same capacity, in one step. */
  async replace(assignmentId: string, successor: Successor, reason: string) {
    return this.act(
      assignmentId,
      'replace',
      async (tx, dispute, assignment) => {
        if (successor.accountId === assignment.accountId) {
          throw ruleViolation('assignments.same-person', '接任人不能是被更换的人。', '/accountId');
        }
        await this.book.leave(tx, assignment, 'replaced', reason, null);
        const next = await this.book.enter(tx, dispute, { ...successor, capacity: assignment.capacity });
        await tx.query('update assignment set replaced_by_id = $2 where id = $1', [assignment.id, next.id]);
        await tx.query(
          'update mediator_challenge set answered_by_assignment_id = $2 where assignment_id = $1 and withdrawn_at is null',
          [assignment.id, next.id],
        );
        tx.send({ topic: 'assignments.replaced', payload: { disputeId: dispute.id, assignmentId: next.id } });
        return { successorId: next.id };
      },
      reason,
    );
  }

  async end(assignmentId: string, reason: string) {
    return this.act(
      assignmentId,
      'end',
      async (tx, _dispute, assignment) => {
        await this.book.leave(tx, assignment, 'ended', reason, null);
        return {};
      },
      reason,
    );
  }

  /** Matter first, then the assignment: one lock order for all acts on a matter. */
  private async act(
    assignmentId: string,
    act: AssignmentAct,
    change: (
      tx: Tx,
      dispute: Dispute,
      assignment: Assignment,
      state: Assignment['state'],
    ) => Promise<Readonly<Record<string, unknown>>>,
    opinion?: string,
  ) {
    return this.unitOfWork.run(async (tx) => {
      const { disputeId } = await tx.get(Assignment, assignmentId);
      const { dispute } = await this.matters.lock(tx, disputeId, `assignments.${act}`);
      const assignment = await tx.lock(Assignment, assignmentId);
      tx.checkVersion(assignment);
      const state = assignmentLifecycle.next(act, assignment, tx.now);
      const details = await change(tx, dispute, assignment, state);
      await this.matters.record(tx, dispute, {
        act: `assignments.${act}`,
        fromState: assignment.state,
        toState: state,
        opinion: opinion ?? null,
        objectType: 'assignment',
        objectId: assignment.id,
        details: { capacity: assignment.capacity, ...details },
      });
      return { id: assignment.id, state, version: assignment.version + 1, ...details };
    });
  }
}
