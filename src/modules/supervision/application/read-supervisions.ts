import { Injectable } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import { authorize, centersOf, mayAct, type ObjectFacts } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { Matters, SEALED_TITLE } from '../../disputes';
import {
  MATTER_BEGINNINGS,
  type MatterBeginning,
  type SupervisionKind,
  type SupervisionState,
  supervisionLifecycle,
} from '../domain/supervision-lifecycle';
import { Supervision } from '../persistence/supervision.entity';
import { SupervisionDesk } from './supervision-desk';

export interface SupervisionFilter {
  readonly kind?: SupervisionKind;
  readonly state?: SupervisionState;
  readonly isOverdue?: boolean;
  readonly isIssuedByMe?: boolean;
  readonly isForMe?: boolean;
  readonly taskId?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

const COLUMNS = `s.id, s.dispute_id as "disputeId", s.center_id as "centerId", s.task_id as "taskId", s.agency_id as "agencyId",
  s.due_id as "dueId", s.kind, s.level, s.reason, s.answer_due_on as "answerDueOn", s.addressee_account_id as "addresseeAccountId",
  s.addressee_name as "addresseeName", s.state, s.issued_by as "issuedBy", s.issued_by_name as "issuedByName",
  s.issued_at as "issuedAt", s.answer, s.answered_by as "answeredBy", s.answered_by_name as "answeredByName",
  s.answered_at as "answeredAt", s.return_reason as "returnReason", s.ended_by as "endedBy", s.ended_at as "endedAt",
  s.ending_opinion as "endingOpinion", s.version`;

type ListRow = Supervision & {
  readonly registrationNumber: string | null;
  readonly title: string | null;
  readonly isSealed: boolean | null;
  readonly disputeCenterId: string | null;
  readonly handlingCenterId: string | null;
  readonly handlingUnitId: string | null;
  readonly committeeId: string | null;
  readonly assignedRoles: string[];
};

@Injectable()
export class ReadSupervisions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly desk: SupervisionDesk,
  ) {}

  /** All of one matter, the latest first, and which ones could be begun. */
  async ofMatter(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { standing, dispute } = await this.matters.read(tx, disputeId, 'supervisions.list-of-matter');
      const rows = await tx.query<Supervision>(
        `select ${COLUMNS} from supervision s where s.dispute_id = $1 order by s.issued_at desc, s.id desc limit 200`,
        [disputeId],
      );
      const isOver = ['archived', 'merged'].includes(dispute.state);
      return {
        items: rows.map((row) => this.desk.view(tx, row, withAgency(standing, row.agencyId))),
        allowedActs: isOver ? [] : beginningsFor(tx, standing),
      };
    });
  }

  async one(id: string) {
    return this.unitOfWork.read(async (tx) => {
      const supervision = await tx.get(Supervision, id);
      const standing = await this.desk.standingTo(tx, supervision);
      authorize(tx.actor, 'supervisions.read', standing);
      return this.desk.view(tx, supervision, standing);
    });
  }

  /** The ledger: whatever of it the actor may see, the latest first. */
  async list(filter: SupervisionFilter) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'supervisions.list');
      const { kind = null, state = null, isOverdue = null, isIssuedByMe, isForMe, taskId = null, limit = 20 } = filter;
      const [beforeAt, beforeId] = momentAfter(filter.cursor);
      const { actor, now } = tx;
      const rows = await tx.query<ListRow>(
        `select ${COLUMNS}, d.registration_number as "registrationNumber", d.title, d.is_sealed as "isSealed",
                d.center_id as "disputeCenterId", d.handling_center_id as "handlingCenterId",
                d.handling_unit_id as "handlingUnitId", d.committee_id as "committeeId",
                coalesce((select array_agg(a.role) from dispute_access a where a.dispute_id = s.dispute_id and a.account_id = $1
                  and a.ground = 'assigned' and (a.ends_at is null or a.ends_at > $2)), '{}') as "assignedRoles"
           from supervision s left join dispute d on d.id = s.dispute_id
          where ($3::timestamptz is null or (s.issued_at, s.id) < ($3, $4::uuid))
            and ($5::text is null or s.kind = $5)
            and ($6::text is null or s.state = $6)
            and ($7::boolean is null or (s.state = 'open' and s.answer_due_on is not null and s.answer_due_on < $8) = $7)
            and (not $9::boolean or s.issued_by = $1)
            and (not $10::boolean or s.addressee_account_id = $1 or s.agency_id = any ($11) and s.kind not in ('interview', 'report')
              or s.kind in ('interview', 'report') and s.center_id = any ($14))
            and ($12::uuid is null or s.task_id = $12)
          order by s.issued_at desc, s.id desc limit $13`,
        [
          actor.accountId,
          now,
          beforeAt,
          beforeId,
          kind,
          state,
          isOverdue,
          legalDateFromInstant(now),
          isIssuedByMe ?? false,
          isForMe ?? false,
          actor.agencyIds,
          taskId,
          limit + 1,
          // What the ladder puts before the leader is for the director to carry out.
          centersOf(actor, ['center-director']),
        ],
      );
      const page = pageOf(rows, limit, (r) => momentCursor(r.issuedAt, r.id));
      return { nextCursor: page.nextCursor, items: page.items.map((row) => this.listed(tx, row)) };
    });
  }

  private listed(tx: Tx, row: ListRow) {
    const { registrationNumber, title, isSealed, assignedRoles, ...rest } = row;
    const { disputeCenterId, handlingCenterId, handlingUnitId, committeeId, ...supervision } = rest;
    const standing = { centerId: disputeCenterId, handlingCenterId, handlingUnitId, committeeId, assignedRoles };
    return {
      ...this.desk.view(tx, supervision, withAgency(standing, supervision.agencyId)),
      registrationNumber,
      title: isSealed === true ? SEALED_TITLE : title,
    };
  }
}

const withAgency = (standing: ObjectFacts, agencyId: string | null): ObjectFacts => ({
  ...standing,
  agencyIds: agencyId === null ? [] : [agencyId],
});

/** Supervisions that the actor could begin on a matter that he stands to so. */
export function beginningsFor(tx: Tx, standing: ObjectFacts): string[] {
  return (Object.keys(MATTER_BEGINNINGS) as MatterBeginning[])
    .filter((act) => mayAct(tx.actor, supervisionLifecycle.table.acts[act].by, standing))
    .map((act) => `supervisions.${act}`);
}
