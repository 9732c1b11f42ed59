import { Injectable } from '@nestjs/common';
import { DomainError, type LegalDate, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, uuidv7 } from '../../../platform/database';
import { type Dispute, Matters } from '../../disputes';
import { Organizations } from '../../organizations';
import { Parties } from '../../parties';
import { type Conflict, conflictsOf } from '../domain/conflicts';
import { type Capacity, type ChosenBy, ROLE_OF_CAPACITY } from '../domain/dictionaries';
import { Assignment } from '../persistence/assignment.entity';

export interface AssignCommand {
  readonly accountId: string;
  readonly capacity: Capacity;
  readonly chosenBy: ChosenBy;
  readonly chosenByPartyIds?: readonly string[];
  readonly basis?: string;
}

interface AskedPerson {
  readonly accountId: string;
  readonly name: string;
  readonly homeOrganization: string | null;
}

/** Enters and ends assignments in an open transaction, with the access to the matter that goes with them. */
@Injectable()
export class AssignmentBook {
  constructor(
    private readonly matters: Matters,
    private readonly parties: Parties,
    private readonly organizations: Organizations,
  ) {}

  /** Names a person on a locked matter. Refuses whoever is not in office, was challenged, or is there already. */
  async enter(tx: Tx, dispute: Dispute, command: AssignCommand): Promise<Assignment> {
    const { accountId, capacity, chosenBy, chosenByPartyIds = [], basis } = command;
    const person = await this.check(tx, dispute, command);
    const assignment: Assignment = Object.assign(new Assignment(), {
      id: uuidv7(),
      disputeId: dispute.id,
      accountId,
      committeeId: person.committeeId,
      name: person.name,
      capacity,
      chosenBy,
      chosenByPartyIds: [...chosenByPartyIds],
      basis: basis ?? null,
      state: 'active',
      assignedBy: tx.actor.accountId,
      assignedAt: tx.now,
      endedAt: null,
      endedReason: null,
      replacedById: null,
      version: 1,
    });
    await tx.insert(Assignment, assignment);
    await this.matters.admit(tx, dispute.id, accountId, ROLE_OF_CAPACITY[capacity]);
    if (capacity === 'host') await this.matters.setHandler(tx, dispute.id, accountId);
    return assignment;
  }

  /** Whether the person may be named on the matter. Refuses whoever is not in office, was challenged, or is at odds with a party. */
  async check(tx: Tx, dispute: Dispute, command: AssignCommand) {
    const { accountId, capacity, chosenBy, chosenByPartyIds = [], basis } = command;
    if (dispute.committeeId === null) {
      throw ruleViolation('assignments.no-committee', '该事项还没有受理的人民调解委员会，不能指派调解员。');
    }
    const on = legalDateFromInstant(tx.now);
    const person = await this.person(tx, accountId, dispute.committeeId, on, capacity);
    if (person.committeeId !== dispute.committeeId && basis === undefined) {
      throw ruleViolation(
        'assignments.joint-needs-basis',
        '指派其他调委会的调解员共同调解，请写明联合调解的理由。',
        '/basis',
      );
    }
    await this.checkChoosers(tx, dispute.id, chosenBy, chosenByPartyIds);
    const conflictsOfPerson = await this.conflictsWith(tx, dispute.id);
    const conflicts = conflictsOfPerson({ accountId, ...person });
    const blocking = conflicts.find((c) => c.isBlocking);
    if (blocking) throw ruleViolation(`assignments.${blocking.code}`, blocking.message, '/accountId');
    return person;
  }

  /** Ends an assignment and the access that came with it, unless another capacity still needs it. */
  async leave(
    tx: Tx,
    assignment: Assignment,
    state: 'replaced' | 'ended',
    reason: string,
    successorId: string | null,
  ): Promise<void> {
    await tx.update(Assignment, assignment.id, {
      state,
      endedAt: tx.now,
      endedReason: reason,
      replacedById: successorId,
    });
    const role = ROLE_OF_CAPACITY[assignment.capacity];
    const others = await tx.query<{ capacity: Capacity }>(
      'select capacity from assignment where dispute_id = $1 and account_id = $2 and ended_at is null',
      [assignment.disputeId, assignment.accountId],
    );
    if (!others.some((o) => ROLE_OF_CAPACITY[o.capacity] === role)) {
      await this.matters.dismiss(tx, assignment.disputeId, assignment.accountId, role);
    }
  }

  /**
   * Asks who the people of a matter are, and answers for any person the signs of a conflict with them: three statements,
   * however many persons are asked about.
   */
  async conflictsWith(tx: Tx, disputeId: string): Promise<(person: AskedPerson) => Conflict[]> {
    const parties = await this.parties.list(tx, disputeId);
    const rows = await tx.query<{ accountId: string | null }>(
      `select distinct a.account_id as "accountId" from mediator_challenge c join assignment a on a.id = c.assignment_id
        where c.dispute_id = $1 and c.withdrawn_at is null`,
      [disputeId],
    );
    const challenged = new Set(rows.map((r) => r.accountId));
    return ({ accountId, name, homeOrganization }) =>
      conflictsOf({
        mediatorName: name,
        homeOrganization,
        partyNames: parties.map((p) => p.name),
        representativeNames: parties.flatMap((p) => p.representatives.map((r) => r.name)),
        wasChallengedOnThisMatter: challenged.has(accountId),
      });
  }

  private async checkChoosers(
    tx: Tx,
    disputeId: string,
    chosenBy: ChosenBy,
    partyIds: readonly string[],
  ): Promise<void> {
    if (chosenBy === 'committee') return;
    const active = (await this.parties.list(tx, disputeId)).filter((p) => p.isActive);
    const strangers = partyIds.filter((id) => !active.some((p) => p.id === id));
    if (strangers.length > 0) {
      throw ruleViolation(
        'assignments.not-a-party',
        '选择人中有不是本案当事人的，请从当事人名单中选择。',
        '/chosenByPartyIds',
      );
    }
    const silent = active.filter((p) => !partyIds.includes(p.id));
    if (silent.length > 0) {
      throw ruleViolation(
        'assignments.not-all-chose',
        `由当事人选择须各方一致，还缺：${silent.map((p) => p.name).join('、')}。意见不一的，请改为调委会指定。`,
        '/chosenByPartyIds',
      );
    }
  }

  private async person(tx: Tx, accountId: string, committeeId: string, on: LegalDate, capacity: Capacity) {
    const [row] = await tx.query<{ name: string; homeOrganization: string | null; committeeId: string }>(
      `select m.name, a.home_organization as "homeOrganization", m.committee_id as "committeeId"
         from committee_member m join account a on a.id = m.account_id and a.status = 'active'
        where m.account_id = $1 and m.term_from <= $2 and (m.term_to is null or m.term_to > $2)
          and ($4::text = 'co-mediator' or m.committee_id = $3)
        order by (m.committee_id = $3) desc limit 1`,
      [accountId, on, committeeId, capacity],
    );
    if (!row) {
      throw ruleViolation(
        'assignments.not-in-office',
        '此人不是该调委会在任的调解员（人民调解法第十三条），请从在任名单中选择。',
        '/accountId',
      );
    }
    // The committee must exist and be visible; its absence is the caller's mistake, not a rule of the field.
    await this.organizations.committee(tx, row.committeeId);
    return row;
  }
}

/** A race lost: somebody else was named first. */
export function hostExists(): DomainError {
  return new DomainError('conflict', 'assignments.host-exists', '该事项已有主持人。需要换人的，请办理“更换调解员”。');
}
