import { Injectable } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import { mayAct } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { ASSIGNMENT_STATES, assignmentLifecycle } from '../domain/assignment-lifecycle';
import { compareCandidates } from '../domain/conflicts';
import { CAPACITIES, CHOSEN_BY } from '../domain/dictionaries';
import type { Assignment } from '../persistence/assignment.entity';
import { AssignmentBook } from './assignment-book';

interface CandidateRow {
  readonly accountId: string;
  readonly name: string;
  readonly homeOrganization: string | null;
  readonly specialties: string[];
  readonly languages: string[];
  readonly isFullTime: boolean;
  readonly unitId: string | null;
  readonly openAssignments: number;
}

@Injectable()
export class ReadAssignments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly book: AssignmentBook,
  ) {}

  /** Everyone who served on the matter, with what the reader may do about them. */
  async list(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'assignments.read');
      const { standing, snapshot } = matter;
      const rows = await tx.query<Pick<Assignment, keyof Assignment> & { disclosures: number }>(
        `select a.id, a.account_id as "accountId", a.name, a.capacity, a.chosen_by as "chosenBy", a.basis, a.state,
                a.assigned_at as "assignedAt", a.ended_at as "endedAt", a.ended_reason as "endedReason", a.version,
                (select count(*) from conflict_disclosure c where c.dispute_id = a.dispute_id and c.assignment_id = a.id)::integer as disclosures
           from assignment a where a.dispute_id = $1 order by a.assigned_at, a.id`,
        [disputeId],
      );
      const items = rows.map((row) => ({
        ...row,
        capacityName: CAPACITIES[row.capacity],
        chosenByName: CHOSEN_BY[row.chosenBy],
        stateName: ASSIGNMENT_STATES[row.state],
        assignedAt: row.assignedAt.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
        allowedActs: assignmentLifecycle
          .allowedActs(row, tx.now, (by) => mayAct(tx.actor, by, standing))
          .map((act) => `assignments.${act}`),
      }));
      // Asked as if the one to be named served already: the mediation's table wants a mediator before it moves.
      const served = { ...matter, snapshot: { ...snapshot, facts: { ...snapshot.facts, activeMediators: 1 } } };
      const mayAssign =
        mayAct(tx.actor, assignmentLifecycle.table.acts.assign.by, standing) &&
        this.matters.mediationAllows(served, 'assign', tx.now);
      return { items, allowedActs: mayAssign ? ['assignments.assign'] : [] };
    });
  }

  /**
   * Mediators in office for the matter’s committee, the best fitting first, each with the reasons: speciality,
   * language, nearness (same administrative unit as the place of the dispute), load, and signs of a conflict.
   */
  async candidates(disputeId: string, language: string | undefined) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'assignments.propose');
      const rows = await tx.query<CandidateRow>(
        `select m.account_id as "accountId", m.name, a.home_organization as "homeOrganization", m.specialties, m.languages,
                m.is_full_time as "isFullTime", c.unit_id as "unitId", coalesce(o.open, 0) as "openAssignments"
           from committee_member m
           join committee c on c.id = m.committee_id
           join account a on a.id = m.account_id and a.status = 'active'
           left join app.open_assignments(array(select account_id from committee_member where committee_id = $1 and account_id is not null)) o
             on o.account_id = m.account_id
          where m.committee_id = $1 and m.term_from <= $2 and (m.term_to is null or m.term_to > $2)`,
        [dispute.committeeId, legalDateFromInstant(tx.now)],
      );
      const conflictsOf = await this.book.conflictsWith(tx, disputeId);
      const candidates = rows.map((row) => ({
        accountId: row.accountId,
        name: row.name,
        isFullTime: row.isFullTime,
        languages: row.languages,
        isSpecialist: dispute.disputeType !== null && row.specialties.some((s) => dispute.disputeType?.startsWith(s)),
        isNear: row.unitId !== null && row.unitId === dispute.placeUnitId,
        speaksNeededLanguage: language !== undefined && row.languages.includes(language),
        openAssignments: row.openAssignments,
        conflicts: conflictsOf(row),
      }));
      return candidates.sort(compareCandidates);
    });
  }
}
