import { Injectable, type OnModuleInit } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Uuid } from '../../../platform/http';
import { Dispute } from '../../disputes';
import { PaperSources, type PaperSubject } from '../../documents';
import { Organizations } from '../../organizations';
import { Parties } from '../../parties';
import { CAPACITIES, CHOSEN_BY, type Capacity, type ChosenBy } from '../domain/dictionaries';

class ChangeParameters {
  @Uuid({ label: '被更换的人员', optional: true, description: '不填为最近一次更换' })
  replacedAssignmentId?: string;
}

interface ChangeRow {
  readonly id: string;
  readonly former: string;
  readonly capacity: Capacity;
  readonly changedAt: Date;
  readonly successor: string;
  readonly chosenBy: ChosenBy;
  readonly committeeId: string;
  readonly wasChallenged: boolean;
  readonly hasDisclosed: boolean;
}

/** Source of 调解员更换告知书: of the reason only its kind, for the words of it may concern somebody's family or health. */
@Injectable()
export class ChangePaper implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
    private readonly parties: Parties,
  ) {}

  onModuleInit(): void {
    this.sources.register('mediator-change-notice', {
      stage: 'mediation',
      act: 'assignments.print-change',
      parameters: ChangeParameters,
      load: (tx, disputeId, { replacedAssignmentId }: ChangeParameters) =>
        this.load(tx, disputeId, replacedAssignmentId),
    });
  }

  private async load(tx: Tx, disputeId: string, assignmentId: string | undefined): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    const [change] = await tx.query<ChangeRow>(
      `select a.id, a.name as former, a.capacity, a.ended_at as "changedAt", s.name as successor, s.chosen_by as "chosenBy",
              s.committee_id as "committeeId",
              exists (select 1 from mediator_challenge c where c.assignment_id = a.id and c.answered_by_assignment_id = s.id) as "wasChallenged",
              exists (select 1 from conflict_disclosure d where d.assignment_id = a.id and d.kind <> 'none') as "hasDisclosed"
         from assignment a join assignment s on s.id = a.replaced_by_id
        where a.dispute_id = $1 and a.state = 'replaced' and ($2::uuid is null or a.id = $2)
        order by a.ended_at desc, a.id desc limit 1`,
      [disputeId, assignmentId ?? null],
    );
    if (!change || dispute.committeeId === null) {
      throw ruleViolation(
        'assignments.not-replaced',
        '该事项没有更换人员的记录。请先办理“更换调解员”，再出具告知书。',
        '/parameters/replacedAssignmentId',
      );
    }
    const committee = await this.organizations.committee(tx, dispute.committeeId);
    const successorOf = await this.organizations.committee(tx, change.committeeId);
    const center = await this.organizations.center(tx, dispute.centerId);
    const parties = (await this.parties.list(tx, disputeId)).filter((p) => p.isActive);
    const number = dispute.caseNumber ?? dispute.registrationNumber;
    const copies = parties.length + 1;
    return {
      title: '调解员更换告知书',
      number,
      names: parties.map((p) => p.name),
      committeeId: committee.id,
      copies,
      subjectType: 'assignment',
      subjectId: change.id,
      data: {
        number,
        committee: committee.name,
        parties: parties.map(({ ordinal, name }) => ({ slot: `party-${ordinal}`, name })),
        matter: dispute.title,
        capacity: CAPACITIES[change.capacity],
        former: change.former,
        successor: change.successor,
        successorOf: successorOf.name,
        chosenBy: CHOSEN_BY[change.chosenBy],
        ground: change.wasChallenged ? 'challenge' : change.hasDisclosed ? 'disclosure' : 'other',
        changedOn: legalDateFromInstant(change.changedAt),
        ...(center.phone === null ? {} : { phone: center.phone }),
        copies,
        issuedOn: legalDateFromInstant(tx.now),
      },
    };
  }
}
