import { Injectable, type OnModuleInit } from '@nestjs/common';
import { endOfDay, formatLegalDateCn, legalDate } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { type ReckonedBatch, type ReckonedChange, type Reckoner, Reckoners, type ReckoningScope } from '../../calendar';
import { MatterHooks } from './matter-hooks';
import { Matters } from './matters';
import { MediationPeriods, type PeriodDeadline, type RunningPeriod } from './mediation-periods';

type Row = RunningPeriod & {
  readonly disputeId: string;
  readonly centerId: string;
  readonly isProvisional: boolean;
};

type Reckoned = PeriodDeadline & { readonly row: Row };

/** Mediation periods that still run, reckoned anew when working days change. */
@Injectable()
export class ReckonPeriodsAnew implements Reckoner, OnModuleInit {
  readonly name = 'mediation-periods';

  constructor(
    private readonly reckoners: Reckoners,
    private readonly matters: Matters,
    private readonly periods: MediationPeriods,
    private readonly hooks: MatterHooks,
  ) {}

  onModuleInit(): void {
    this.reckoners.register(this);
  }

  async reckon(tx: Tx, scope: ReckoningScope, after: string, limit: number): Promise<ReckonedBatch> {
    // No period of days hangs on the hours of an office.
    if (scope.centerId !== null) return { looked: 0, last: null, changes: [] };
    const found = await tx.query<{ id: string; disputeId: string }>(
      `select id, dispute_id as "disputeId" from mediation_period
        where ended_at is null and id > $1
          and (is_provisional or current_due_on is null or current_due_on >= $2) and ($3::date is null or start_on <= $3)
        order by id limit $4`,
      [after, scope.fromDay, scope.toDay, limit],
    );
    await this.matters.lockAllForSystem(
      tx,
      found.map((f) => f.disputeId),
    );
    const rows = await tx.query<Row>(
      `select p.id, p.rule, p.deadline_rule_id as "deadlineRuleId", p.start_on as "startOn", p.original_due_on as "originalDueOn", p.current_due_on as "currentDueOn",
              p.is_provisional as "isProvisional", p.dispute_id as "disputeId", d.center_id as "centerId"
         from mediation_period p join dispute d on d.id = p.dispute_id
        where p.id = any ($1) and p.ended_at is null order by p.id`,
      [found.map((f) => f.id)],
    );
    const reckoned = await this.periods.deadlinesOf(tx, rows);
    const changed = rows
      .map((row) => ({ row, ...reckoned(row.id) }))
      .filter(
        ({ row, deadline, currentDueOn }) =>
          currentDueOn !== row.currentDueOn ||
          deadline.originalDue.on !== row.originalDueOn ||
          deadline.isProvisional !== row.isProvisional,
      );
    await this.write(tx, changed);
    const hasMoved = ({ row, currentDueOn }: Reckoned): boolean => currentDueOn !== row.currentDueOn;
    await this.matters.recordMoves(
      tx,
      changed.filter(hasMoved).map(({ row, currentDueOn }) => ({
        disputeId: row.disputeId,
        centerId: row.centerId,
        act: 'calendars.recompute',
        opinion: `${scope.reason}，调解期限由${dayCn(row.currentDueOn)}改为${dayCn(currentDueOn)}。`,
        details: { before: row.currentDueOn, after: currentDueOn },
      })),
    );
    for (const one of changed) if (!hasMoved(one)) this.hooks.happened(tx, one.row.disputeId);
    return { looked: found.length, last: found.at(-1)?.id ?? null, changes: changed.map(changeOf) };
  }

  async provisional(tx: Tx): Promise<number> {
    const { count } = await tx.one<{ count: number }>(
      'select count(*)::int as count from mediation_period where ended_at is null and is_provisional',
    );
    return count;
  }

  private async write(tx: Tx, changed: readonly Reckoned[]): Promise<void> {
    if (changed.length === 0) return;
    await tx.query(
      `update mediation_period p set original_due_on = r.original_due_on, current_due_on = r.current_due_on,
              is_provisional = r.is_provisional, explanation = r.explanation, calendar_version = r.calendar_version,
              version = p.version + 1
         from jsonb_to_recordset($1) as r(id uuid, original_due_on date, current_due_on date, is_provisional boolean,
              explanation text[], calendar_version text)
        where p.id = r.id`,
      [
        JSON.stringify(
          changed.map(({ row, deadline, currentDueOn, calendarVersion }) => ({
            id: row.id,
            original_due_on: deadline.originalDue.on,
            current_due_on: currentDueOn,
            is_provisional: deadline.isProvisional,
            explanation: deadline.explanation,
            calendar_version: calendarVersion,
          })),
        ),
      ],
    );
  }
}

function changeOf({ row, deadline, currentDueOn, calendarVersion }: Reckoned): ReckonedChange {
  return {
    disputeId: row.disputeId,
    taskId: null,
    kind: 'mediation-period',
    subjectId: row.id,
    before: row.currentDueOn === null ? null : endOfDay(legalDate(row.currentDueOn)),
    after: currentDueOn === null ? null : endOfDay(currentDueOn),
    wasProvisional: row.isProvisional,
    isProvisional: deadline.isProvisional,
    calendarVersion,
  };
}

const dayCn = (day: string | null): string => (day === null ? '暂停' : formatLegalDateCn(legalDate(day)));
