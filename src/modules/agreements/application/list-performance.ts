import { Injectable } from '@nestjs/common';
import { type LegalDate, type Light, addDays, legalDateFromInstant } from '../../../kernel';
import { type ObjectFacts, authorize, mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { cursorParts, pageOf } from '../../../platform/http';
import { SEALED_TITLE } from '../../disputes';
import type { AgreementState } from '../domain/agreement-lifecycle';
import type { ObligationKind, PerformanceScope, Receipt } from '../domain/dictionaries';
import {
  type PerformanceAct,
  type PerformanceState,
  lightOfItem,
  performanceLifecycle,
} from '../domain/performance-lifecycle';
import { factsOf, standingOfItem } from './keep-performance';

export interface PerformanceQuestion {
  readonly scope?: 'mine' | 'all';
  readonly show?: PerformanceScope;
  readonly text?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

interface Row {
  readonly id: string;
  readonly disputeId: string;
  readonly title: string;
  readonly caseNumber: string | null;
  readonly agreementId: string;
  readonly agreementState: AgreementState;
  readonly kind: ObligationKind;
  readonly content: string;
  readonly obligorName: string;
  readonly obligeeName: string;
  readonly amountFen: number | null;
  readonly performedFen: number;
  readonly dueOn: string;
  readonly state: PerformanceState;
  readonly performedOn: string | null;
  readonly urgedAt: Date | null;
  readonly receipts: Receipt[];
  readonly version: number;
  readonly centerId: string;
  readonly handlingCenterId: string | null;
  readonly handlingUnitId: string | null;
  readonly committeeId: string | null;
  readonly assignedRoles: string[];
}

/** What is done about one record stands with it, on the page of its matter. */
const RECORD_ACTS: readonly PerformanceAct[] = ['retract', 'hear-obligee', 'settle-receipt'];

const CURSOR = /^(\d{4}-\d\d-\d\d)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** As `lightOfItem` warns. */
const SOON_DAYS = 7;

/** What is to be performed over all matters that the reader may see: the earliest day first. */
@Injectable()
export class ListPerformance {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(question: PerformanceQuestion) {
    const { scope = 'mine', show = 'open', text, limit = 50, cursor } = question;
    const after = cursorParts(cursor, CURSOR, ['on', 'id']);
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'performance.list');
      const today = legalDateFromInstant(tx.now);
      const counts = await this.counts(tx, scope, today);
      const rows = await tx.query<Row>(
        `select i.id, i.dispute_id as "disputeId", case when d.is_sealed then $9::text else d.title end as title,
                d.case_number as "caseNumber", i.agreement_id as "agreementId", a.state as "agreementState", i.kind, i.content,
                coalesce(o.name, '') as "obligorName", coalesce(e.name, '') as "obligeeName", i.amount_fen as "amountFen",
                i.performed_fen as "performedFen", i.due_on as "dueOn", i.state, i.performed_on as "performedOn", i.version,
                (select max(r.recorded_at) from performance_record r
                  where r.dispute_id = i.dispute_id and r.item_id = i.id and r.kind = 'urging') as "urgedAt",
                array(select distinct r.receipt from performance_record r where r.dispute_id = i.dispute_id and r.item_id = i.id
                        and r.receipt in ('awaited', 'disputed') and r.retracted_at is null) as receipts,
                d.center_id as "centerId", d.handling_center_id as "handlingCenterId", d.handling_unit_id as "handlingUnitId",
                d.committee_id as "committeeId",
                array(select x.role from dispute_access x where x.dispute_id = d.id and x.account_id = $2
                        and x.ground = 'assigned' and (x.ends_at is null or x.ends_at > $10)) as "assignedRoles"
           from performance_item i
           join agreement a on a.id = i.agreement_id
           join dispute d on d.id = i.dispute_id
           left join party o on o.dispute_id = i.dispute_id and o.id = i.obligor_id
           left join party e on e.dispute_id = i.dispute_id and e.id = i.obligee_id
          where a.state = 'effective'
            and ($1 = 'all' or exists (select 1 from dispute_access x where x.dispute_id = d.id and x.account_id = $2
                                          and x.ground = 'assigned' and (x.ends_at is null or x.ends_at > $10)))
            and case $3::text
                  when 'open' then i.state in ('open', 'breached')
                  when 'overdue' then i.state in ('open', 'breached') and i.due_on < $4::date
                  when 'soon' then i.state = 'open' and i.due_on between $4::date and $5::date
                  when 'breached' then i.state = 'breached'
                  when 'performed' then i.state = 'performed'
                  else true end
            and ($6::text is null or d.case_number like $6 or (not d.is_sealed and d.title like $6))
            and ($7::date is null or (i.due_on, i.id) > ($7, $8::uuid))
          order by i.due_on, i.id limit $11`,
        [
          scope,
          tx.actor.accountId,
          show,
          today,
          addDays(today, SOON_DAYS),
          text === undefined ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`,
          after?.on ?? null,
          after?.id ?? null,
          SEALED_TITLE,
          tx.now,
          limit + 1,
        ],
      );
      const page = pageOf(rows, limit, (row) => `${row.dueOn}_${row.id}`);
      return { items: page.items.map((row) => listed(tx, row, today)), nextCursor: page.nextCursor, counts };
    });
  }

  private async counts(tx: Tx, scope: 'mine' | 'all', today: LegalDate) {
    return tx.one<Record<'open' | 'overdue' | 'soon' | 'breached', number>>(
      `select count(*)::int as open,
              count(*) filter (where i.due_on < $3::date)::int as overdue,
              count(*) filter (where i.state = 'open' and i.due_on between $3::date and $4::date)::int as soon,
              count(*) filter (where i.state = 'breached')::int as breached
         from performance_item i join agreement a on a.id = i.agreement_id
        where a.state = 'effective' and i.state in ('open', 'breached')
          and ($1 = 'all' or exists (select 1 from dispute_access x where x.dispute_id = i.dispute_id and x.account_id = $2
                                        and x.ground = 'assigned' and (x.ends_at is null or x.ends_at > $5)))`,
      [scope, tx.actor.accountId, today, addDays(today, SOON_DAYS), tx.now],
    );
  }
}

function listed(tx: Tx, row: Row, today: LegalDate) {
  const facts = factsOf(row, { state: row.agreementState }, today);
  const standing: ObjectFacts = row;
  const light: Light | null = lightOfItem(row, today);
  return {
    ...standingOfItem(row, facts, row.receipts),
    disputeId: row.disputeId,
    title: row.title,
    caseNumber: row.caseNumber,
    agreementId: row.agreementId,
    kind: row.kind,
    content: row.content,
    obligorName: row.obligorName,
    obligeeName: row.obligeeName,
    amountFen: row.amountFen,
    dueOn: row.dueOn,
    performedOn: row.performedOn,
    lastUrgedAt: row.urgedAt?.toISOString() ?? null,
    light,
    allowedActs: performanceLifecycle
      .allowedActs(facts, tx.now, (by) => mayAct(tx.actor, by, standing))
      .filter((act) => !RECORD_ACTS.includes(act))
      .map((act) => `performance.${act}`),
  };
}
