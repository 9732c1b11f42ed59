import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  computeDeadline,
  type Deadline,
  endOfDay,
  type LegalDate,
  formatLegalDateCn,
  legalDate,
  legalDateFromInstant,
} from '../../../kernel';
import type { Tx } from '../../../platform/database';
import {
  Calendars,
  DeadlineRules,
  type ReckonedBatch,
  type ReckonedChange,
  type Reckoner,
  Reckoners,
  type ReckoningScope,
} from '../../calendar';
import { Matters } from '../../disputes';

interface Row {
  readonly id: string;
  readonly disputeId: string;
  readonly centerId: string;
  readonly effectiveOn: string;
  readonly dueOn: string;
  readonly isProvisional: boolean;
  readonly ruleId: string;
}

interface Reckoned {
  readonly row: Row;
  readonly deadline: Deadline;
  readonly dueOn: LegalDate;
  readonly calendarVersion: string;
}

/** Whose parties have applied is in time, whatever becomes of the calendar. */
const OPEN = `a.state = 'effective' and not exists
  (select 1 from judicial_confirmation c where c.agreement_id = a.id and c.state <> 'withdrawn')`;

/** Days for the joint application for judicial confirmation that are not over, reckoned anew when working days change. */
@Injectable()
export class ReckonConfirmationsAnew implements Reckoner, OnModuleInit {
  readonly name = 'judicial-confirmations';

  constructor(
    private readonly reckoners: Reckoners,
    private readonly matters: Matters,
    private readonly calendars: Calendars,
    private readonly rules: DeadlineRules,
  ) {}

  onModuleInit(): void {
    this.reckoners.register(this);
  }

  async reckon(tx: Tx, scope: ReckoningScope, after: string, limit: number): Promise<ReckonedBatch> {
    if (scope.centerId !== null) return { looked: 0, last: null, changes: [] };
    const found = await tx.query<{ id: string; disputeId: string }>(
      `select id, dispute_id as "disputeId" from agreement a
        where ${OPEN} and id > $1 and confirmation_due_on >= $2
          and ($3::date is null or effective_on <= $3) and (confirmation_due_on >= $4 or confirmation_is_provisional)
        order by id limit $5`,
      [after, scope.fromDay, scope.toDay, legalDateFromInstant(tx.now), limit],
    );
    await this.matters.lockAllForSystem(
      tx,
      found.map((f) => f.disputeId),
    );
    const rows = await tx.query<Row>(
      `select a.id, a.dispute_id as "disputeId", d.center_id as "centerId", a.effective_on as "effectiveOn",
              a.confirmation_due_on as "dueOn", coalesce(a.confirmation_is_provisional, false) as "isProvisional",
              a.confirmation_rule_id as "ruleId"
         from agreement a join dispute d on d.id = a.dispute_id
        where a.id = any ($1) and ${OPEN} order by a.id`,
      [found.map((f) => f.id)],
    );
    const officeOf = await this.calendars.forCenters(
      tx,
      rows.map((r) => r.centerId),
    );
    const changed: Reckoned[] = [];
    for (const row of rows) {
      const { calendar } = officeOf(row.centerId);
      const rule = (await this.rules.forCenter(tx, row.centerId)).version(row.ruleId);
      const deadline = computeDeadline({ rule, start: legalDate(row.effectiveOn), calendar });
      const dueOn = deadline.originalDue.on;
      if (dueOn === row.dueOn && deadline.isProvisional === row.isProvisional) continue;
      changed.push({ row, deadline, dueOn, calendarVersion: calendar.version });
    }
    await this.write(tx, changed);
    await this.matters.recordMoves(
      tx,
      changed
        .filter(({ row, dueOn }) => dueOn !== row.dueOn)
        .map(({ row, dueOn }) => ({
          disputeId: row.disputeId,
          centerId: row.centerId,
          act: 'calendars.recompute',
          objectType: 'agreement',
          objectId: row.id,
          opinion: `${scope.reason}，司法确认申请期限由${formatLegalDateCn(legalDate(row.dueOn))}改为${formatLegalDateCn(dueOn)}。`,
          details: { agreementId: row.id, before: row.dueOn, after: dueOn },
        })),
    );
    return { looked: found.length, last: found.at(-1)?.id ?? null, changes: changed.map(changeOf) };
  }

  async provisional(tx: Tx): Promise<number> {
    const { count } = await tx.one<{ count: number }>(
      `select count(*)::int as count from agreement a
        where ${OPEN} and confirmation_is_provisional and confirmation_due_on >= $1`,
      [legalDateFromInstant(tx.now)],
    );
    return count;
  }

  private async write(tx: Tx, changed: readonly Reckoned[]): Promise<void> {
    if (changed.length === 0) return;
    await tx.query(
      `update agreement a set confirmation_due_on = r.due_on, confirmation_is_provisional = r.is_provisional,
              confirmation_explanation = r.explanation, confirmation_calendar = r.calendar, version = a.version + 1
         from jsonb_to_recordset($1) as r(id uuid, due_on date, is_provisional boolean, explanation text[], calendar text)
        where a.id = r.id`,
      [
        JSON.stringify(
          changed.map(({ row, deadline, dueOn, calendarVersion }) => ({
            id: row.id,
            due_on: dueOn,
            is_provisional: deadline.isProvisional,
            explanation: deadline.explanation,
            calendar: calendarVersion,
          })),
        ),
      ],
    );
  }
}

function changeOf({ row, deadline, dueOn, calendarVersion }: Reckoned): ReckonedChange {
  return {
    disputeId: row.disputeId,
    taskId: null,
    kind: 'judicial-confirmation',
    subjectId: row.id,
    before: endOfDay(legalDate(row.dueOn)),
    after: endOfDay(dueOn),
    wasProvisional: row.isProvisional,
    isProvisional: deadline.isProvisional,
    calendarVersion,
  };
}
