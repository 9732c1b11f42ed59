import { Injectable } from '@nestjs/common';
import { LIGHTS, legalDateFromInstant } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { cursorParts, pageOf } from '../../../platform/http';
import { SEALED_TITLE } from '../../disputes';
import { DAYS_AHEAD, lightOfVisit, OCCASION_RULES, type Occasion, OCCASIONS } from '../domain/occasions';

export interface VisitFilter {
  readonly centerId?: string;
  readonly occasion?: Occasion;
  readonly isLate?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
}

interface VisitRow {
  readonly disputeId: string;
  readonly centerId: string;
  readonly occasion: Occasion;
  readonly subjectId: string;
  readonly dueOn: string;
  readonly daysLeft: number;
  readonly registrationNumber: string;
  readonly title: string;
  readonly isSealed: boolean;
  readonly centerName: string;
  readonly handlerName: string | null;
  readonly tries: number;
  readonly visitedByActor: boolean;
  readonly handlesIt: boolean;
}

const CURSOR = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})_([a-z-]{5,20})_([0-9a-f-]{36})$/;

/** 回访计划: which visits are to be made, the first due first. */
@Injectable()
export class ListVisits {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(filter: VisitFilter) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'followups.list');
      const { centerId = null, occasion = null, isLate = null, limit = 20 } = filter;
      const after = cursorParts(filter.cursor, CURSOR, ['dueOn', 'disputeId', 'occasion', 'subjectId']);
      const today = legalDateFromInstant(tx.now);
      const rows = await tx.query<VisitRow>(
        `select p.dispute_id as "disputeId", p.center_id as "centerId", p.occasion, p.subject_id as "subjectId", p.due_on as "dueOn",
                (p.due_on - $1::date) as "daysLeft", d.registration_number as "registrationNumber", d.title,
                d.is_sealed as "isSealed", c.name as "centerName", h.display_name as "handlerName",
                (select count(*)::int from follow_up_visit v where v.dispute_id = p.dispute_id and not v.is_reached
                   and v.visited_at > p.since) as tries,
                exists (select 1 from follow_up_visit v where v.dispute_id = p.dispute_id and v.visited_by = $2) as "visitedByActor",
                d.handler_account_id is not distinct from $2::uuid or exists (
                  select 1 from dispute_access a where a.dispute_id = d.id and a.account_id = $2 and a.ground = 'assigned') as "handlesIt"
           from follow_up_plan p join dispute d on d.id = p.dispute_id join center c on c.id = p.center_id
           left join account h on h.id = d.handler_account_id
          where p.due_on <= $1::date + ${DAYS_AHEAD}
            and ($3::uuid is null or p.center_id = $3)
            and ($4::text is null or p.occasion = $4)
            and ($5::boolean is null or (p.due_on < $1::date) = $5)
            and ($6::date is null or (p.due_on, p.dispute_id, p.occasion, p.subject_id) > ($6, $7::uuid, $8, $9::uuid))
          order by p.due_on, p.dispute_id, p.occasion, p.subject_id limit $10`,
        [
          today,
          tx.actor.accountId,
          centerId,
          occasion,
          isLate,
          after?.dueOn ?? null,
          after?.disputeId ?? null,
          after?.occasion ?? null,
          after?.subjectId ?? null,
          limit + 1,
        ],
      );
      const page = pageOf(rows, limit, (r) => `${r.dueOn}_${r.disputeId}_${r.occasion}_${r.subjectId}`);
      return {
        nextCursor: page.nextCursor,
        items: page.items.map((r) => {
          const light = lightOfVisit(r.daysLeft);
          const act = r.occasion === 'random' ? 'disputes.call-back' : 'disputes.follow-up';
          const isOthers = !r.handlesIt && (r.occasion !== 'random' || !r.visitedByActor);
          const may = isOthers && mayAct(tx.actor, policyOf(act)?.by ?? [], { centerId: r.centerId });
          return {
            key: `${r.occasion}_${r.subjectId}_${r.dueOn}`,
            disputeId: r.disputeId,
            registrationNumber: r.registrationNumber,
            title: r.isSealed ? SEALED_TITLE : r.title,
            centerName: r.centerName,
            handlerName: r.handlerName,
            occasion: r.occasion,
            occasionName: OCCASIONS[r.occasion],
            rule: OCCASION_RULES[r.occasion],
            dueOn: r.dueOn,
            light,
            lightName: LIGHTS[light],
            tries: r.tries,
            allowedActs: may ? [act] : [],
          };
        }),
      };
    });
  }
}
