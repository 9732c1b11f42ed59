import { Injectable } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Actor, UnitOfWork } from '../../../platform/database';
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

const startOf = (day: string): string => `(${day}::date)::timestamp at time zone 'Asia/Shanghai'`;

/** What narrows a list, each only where it is asked for: the planner sees what there is to go by. `$` is the value's place. */
const CONDITIONS: Readonly<Partial<Record<keyof ListDisputesQuery, string>>> = {
  centerId: 'd.center_id = $',
  state: 'd.state = $',
  mediationState: 'd.mediation_state = $',
  handlerAccountId: 'd.handler_account_id = $',
  committeeId: 'd.committee_id = $',
  channel: 'd.channel = $',
  disputeType: "(d.dispute_type = $ or d.dispute_type like $ || '.%')",
  riskLevel: 'd.risk_level = $',
  registeredFrom: `d.registered_at >= ${startOf('$')}`,
  registeredTo: `d.registered_at < ${startOf('$')} + interval '1 day'`,
  text: `(d.registration_number like $ or d.case_number like $ or d.upstream_number like $
    or (not d.is_sealed and d.title like $))`,
};

/** With more places than this one walk over all matters is shorter than one for each. */
const FEW_PLACES = 8;

/**
 * The matters of one page. Row security alone would have the planner read and sort all that the reader may see: a reader of few
 * places walks along each of them, the latest first, as far as the page reaches, and one of many along all matters.
 */
export function matterPage(query: ListDisputesQuery, actor: Actor, limit: number) {
  const values: unknown[] = [];
  const place = (value: unknown): string => `$${String(values.push(value))}`;
  const [afterAt, afterId] = momentAfter(query.cursor);
  const conditions = Object.entries(CONDITIONS).flatMap(([key, condition]) => {
    const value = query[key as keyof ListDisputesQuery];
    if (value === undefined) return [];
    const at = place(key === 'text' ? `%${String(value).replace(/[\\%_]/g, '\\$&')}%` : value);
    return [condition.replaceAll('$', () => at)];
  });
  if (afterAt !== null) conditions.push(`(d.registered_at, d.id) < (${place(afterAt)}, ${place(afterId)}::uuid)`);
  const most = place(limit);
  const order = `order by d.registered_at desc, d.id desc limit ${most}`;
  const where = conditions.map((condition) => ` and ${condition}`).join('');
  const along = (column: string, ids: readonly string[]): string[] =>
    ids.length === 0
      ? []
      : [
          `select p.id from unnest(${place(ids)}::uuid[]) s(id) cross join lateral (
             select d.id from dispute d where d.${column} = s.id${where} ${order}) p`,
        ];
  const centers = [...new Set([...actor.centerIds, ...actor.headerCenterIds])];
  const isWide = actor.principal.kind === 'system' || centers.length > FEW_PLACES;
  const ways = isWide
    ? []
    : [
        ...along('center_id', centers),
        ...along('handling_center_id', centers),
        ...along('committee_id', actor.committeeIds),
        ...along('handling_unit_id', actor.unitIds),
        // Those whom somebody was let into by name are few, and asked where they are looked up.
        `select distinct a.dispute_id as id from dispute_access a where a.account_id = ${place(actor.accountId)}
            and (a.ends_at is null or a.ends_at > (select app.now()))`,
      ];
  return {
    // Each found is looked up by itself, however many the planner expects of the walks.
    matters: isWide
      ? `select * from dispute d where true${where} ${order}`
      : `select d.* from (${ways.join(' union ')}) w cross join lateral (select * from dispute d where d.id = w.id${where} offset 0) d ${order}`,
    values,
  };
}

function pageStatement(query: ListDisputesQuery, actor: Actor, limit: number) {
  const { matters, values } = matterPage(query, actor, limit);
  const sql = `select d.id, d.center_id as "centerId", d.registration_number as "registrationNumber", d.case_number as "caseNumber",
      d.channel, d.title, d.dispute_type as "disputeType", d.state, d.mediation_state as "mediationState", d.nature,
      d.risk_level as "riskLevel", d.is_sealed as "isSealed", d.is_group as "isGroup", d.headcount,
      d.registered_at as "registeredAt", d.handler_account_id as "handlerAccountId", h.display_name as "handlerName",
      d.committee_id as "committeeId", p.current_due_on as "dueOn", d.version
    from (${matters}) d
    left join account h on h.id = d.handler_account_id
    left join mediation_period p on p.dispute_id = d.id and p.ended_at is null
    order by d.registered_at desc, d.id desc`;
  return { sql, values };
}

/** Matters that the actor may see, the latest first. Row security decides which; nothing else is filtered by right. */
@Injectable()
export class ListDisputes {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(query: ListDisputesQuery) {
    const isFiltered = Object.keys(CONDITIONS).some((key) => query[key as keyof ListDisputesQuery] !== undefined);
    return this.unitOfWork[isFiltered ? 'read' : 'readAlong'](async (tx) => {
      authorize(tx.actor, 'disputes.list');
      const limit = query.limit ?? 20;
      const { sql, values } = pageStatement(query, tx.actor, limit + 1);
      const rows = await tx.query<Row>(sql, values);
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
