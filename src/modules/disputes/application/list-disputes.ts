import { Injectable } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { RISK_OWNERS, type RiskLevel } from '../domain/dictionaries';
import { MATTER_STATES, type MatterState } from '../domain/matter-lifecycle';
import { MEDIATION_STATES, type MediationState } from '../domain/mediation-lifecycle';

export interface ListDisputesQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly centerId?: string;
  readonly state?: MatterState;
  readonly mediationState?: MediationState;
  readonly handlerAccountId?: string;
  readonly committeeId?: string;
  readonly channel?: string;
  readonly disputeType?: string;
  readonly riskLevel?: RiskLevel;
  readonly registeredFrom?: string;
  readonly registeredTo?: string;
  readonly text?: string;
}

interface Row {
  readonly id: string;
  readonly centerId: string;
  readonly registrationNumber: string;
  readonly caseNumber: string | null;
  readonly channel: string;
  readonly title: string;
  readonly disputeType: string | null;
  readonly state: MatterState;
  readonly mediationState: MediationState | null;
  readonly nature: string | null;
  readonly riskLevel: RiskLevel | null;
  readonly isSealed: boolean;
  readonly isGroup: boolean;
  readonly headcount: number | null;
  readonly registeredAt: Date;
  readonly handlerAccountId: string | null;
  readonly handlerName: string | null;
  readonly committeeId: string | null;
  readonly dueOn: string | null;
  readonly version: number;
}

/** Shown in place of the title of a sealed matter: lists hang on walls. */
export const SEALED_TITLE = '（封存事项）';
/** Matters that the actor may see, the latest first. Row security decides which; nothing else is filtered by right. */
@Injectable()
export class ListDisputes {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(query: ListDisputesQuery) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'disputes.list');
      const limit = query.limit ?? 20;
      const [afterAt, afterId] = momentAfter(query.cursor);
      const rows = await tx.query<Row>(
        `select d.id, d.center_id as "centerId", d.registration_number as "registrationNumber", d.case_number as "caseNumber",
                d.channel, d.title, d.dispute_type as "disputeType", d.state, d.mediation_state as "mediationState", d.nature,
                d.risk_level as "riskLevel", d.is_sealed as "isSealed", d.is_group as "isGroup", d.headcount,
                d.registered_at as "registeredAt", d.handler_account_id as "handlerAccountId", h.display_name as "handlerName",
                d.committee_id as "committeeId", p.current_due_on as "dueOn", d.version
           from dispute d
           left join account h on h.id = d.handler_account_id
           left join mediation_period p on p.dispute_id = d.id and p.ended_at is null
          where ($1::timestamptz is null or (d.registered_at, d.id) < ($1, $2::uuid))
            and ($3::uuid is null or d.center_id = $3)
            and ($4::text is null or d.state = $4)
            and ($5::text is null or d.mediation_state = $5)
            and ($6::uuid is null or d.handler_account_id = $6)
            and ($7::uuid is null or d.committee_id = $7)
            and ($8::text is null or d.channel = $8)
            and ($9::text is null or d.dispute_type = $9 or d.dispute_type like $9 || '.%')
            and ($10::text is null or d.risk_level = $10)
            and ($11::date is null or d.registered_at >= $11::date::timestamp at time zone 'Asia/Shanghai')
            and ($12::date is null or d.registered_at < ($12::date + 1)::timestamp at time zone 'Asia/Shanghai')
            and ($13::text is null or d.registration_number like $13 or d.case_number like $13 or d.upstream_number like $13
                 or (not d.is_sealed and d.title like $13))
          order by d.registered_at desc, d.id desc
          limit $14`,
        [
          afterAt,
          afterId,
          query.centerId ?? null,
          query.state ?? null,
          query.mediationState ?? null,
          query.handlerAccountId ?? null,
          query.committeeId ?? null,
          query.channel ?? null,
          query.disputeType ?? null,
          query.riskLevel ?? null,
          query.registeredFrom ?? null,
          query.registeredTo ?? null,
          query.text === undefined ? null : `%${query.text.replace(/[\\%_]/g, '\\$&')}%`,
          limit + 1,
        ],
      );
      const today = legalDateFromInstant(tx.now);
      const page = pageOf(rows, limit, (r) => momentCursor(r.registeredAt, r.id));
      return {
        nextCursor: page.nextCursor,
        items: page.items.map(({ registeredAt, title, ...row }) => ({
          ...row,
          title: row.isSealed ? SEALED_TITLE : title,
          stateName: MATTER_STATES[row.state],
          mediationStateName: row.mediationState === null ? null : MEDIATION_STATES[row.mediationState],
          riskOwner: row.riskLevel === null ? null : RISK_OWNERS[row.riskLevel],
          registeredAt: registeredAt.toISOString(),
          isOverdue: row.dueOn !== null && row.dueOn < today,
        })),
      };
    });
  }
}
