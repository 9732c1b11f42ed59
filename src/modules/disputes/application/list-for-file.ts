import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { momentCursor } from '../../../platform/http';
import { type ListDisputesQuery, SEALED_TITLE, matterPage } from './list-disputes';

/** What the list tells of a matter in a file, in the order of the cells; words of dictionaries by their keys. */
const CELLS = {
  registrationNumber: 'd.registration_number',
  caseNumber: 'd.case_number',
  title: `case when d.is_sealed then '${SEALED_TITLE}' else d.title end`,
  channel: 'd.channel',
  disputeType: 'd.dispute_type',
  riskLevel: 'd.risk_level',
  state: 'd.state',
  mediationState: 'd.mediation_state',
  headcount: 'd.headcount',
  registeredAt: `to_char(d.registered_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')`,
  handlerName: 'h.display_name',
} as const;

/** Cells by their names, and the term, which stands beside them. */
export const FILE_CELLS = [...(Object.keys(CELLS) as (keyof typeof CELLS)[]), 'dueOn'] as const;
export type FileCell = (typeof FILE_CELLS)[number];

const ORDER = 'order by d.registered_at desc, d.id desc';

interface Page {
  readonly count: number;
  readonly cells: string | null;
  /** As PostgreSQL writes an array of ids; nobody here reads them one by one. */
  readonly ids: string | null;
  readonly lastId: string | null;
  readonly lastAt: Date | null;
}

/**
 * The list of matters (ListDisputes) for a file of any length. A page is put into JSON by the database and passed on as text: taken
 * apart into rows here, a hundred thousand of them would hold up every other request.
 */
@Injectable()
export class ListForFile {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(query: ListDisputesQuery & { readonly limit: number }) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'disputes.list');
      const { matters, values } = matterPage(query, tx.actor, query.limit);
      const page = await tx.one<Page>(
        `select count(*)::int as count, json_agg(json_build_array(${Object.values(CELLS).join(', ')}) ${ORDER})::text as cells,
                array_agg(d.id ${ORDER})::text as ids, min(d.registered_at) as "lastAt",
                (array_agg(d.id ${ORDER}))[count(*)] as "lastId"
           from (${matters}) d left join account h on h.id = d.handler_account_id`,
        values,
      );
      return {
        count: page.count,
        cells: page.cells ?? '[]',
        besides: page.ids === null ? [] : [await termsOf(tx, page.ids)],
        nextCursor:
          page.lastAt === null || page.lastId === null || page.count < query.limit
            ? null
            : momentCursor(page.lastAt, page.lastId),
      };
    });
  }
}

/** Terms of matters that row security has let through: their periods would only be held against the same matters once more. */
function termsOf(tx: Tx, ids: string): Promise<string> {
  return tx.asSystem(async () => {
    const { terms } = await tx.one<{ terms: string }>(
      `select json_agg(m.current_due_on order by i.nth)::text as terms
         from unnest($1::uuid[]) with ordinality i(id, nth)
         left join mediation_period m on m.dispute_id = i.id and m.ended_at is null`,
      [ids],
    );
    return terms;
  });
}
