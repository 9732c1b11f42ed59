import { Injectable, type OnModuleInit } from '@nestjs/common';
import { endOfDay, formatLegalDateCn, legalDate } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { type ReckonedBatch, type ReckonedChange, type Reckoner, Reckoners, type ReckoningScope } from '../../calendar';
import { MediationPeriod } from '../persistence/mediation.entity';
import { MatterHooks } from './matter-hooks';
import { Matters } from './matters';
import { MediationPeriods, type RunningPeriod } from './mediation-periods';

type Row = RunningPeriod & {
  readonly disputeId: string;
  readonly centerId: string;
  readonly isProvisional: boolean;
};

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

  async reckon(tx: Tx, scope: ReckoningScope, after: string | null, limit: number): Promise<ReckonedBatch> {
    // No period of days hangs on the hours of an office.
    if (scope.centerId !== null) return { looked: 0, last: null, changes: [] };
    const found = await tx.query<{ id: string; disputeId: string }>(
      `select id, dispute_id as "disputeId" from mediation_period
        where ended_at is null and ($1::uuid is null or id > $1)
          and (is_provisional or current_due_on is null or current_due_on >= $2) and ($3::date is null or start_on <= $3)
        order by id limit $4`,
      [after, scope.fromDay, scope.toDay, limit],
    );
    for (const id of [...new Set(found.map((f) => f.disputeId))].sort()) await this.matters.lockForSystem(tx, id);
    const rows = await tx.query<Row>(
      `select p.id, p.rule, p.deadline_rule_id as "deadlineRuleId", p.start_on as "startOn", p.original_due_on as "originalDueOn", p.current_due_on as "currentDueOn",
              p.is_provisional as "isProvisional", p.dispute_id as "disputeId", d.center_id as "centerId"
         from mediation_period p join dispute d on d.id = p.dispute_id
        where p.id = any ($1) and p.ended_at is null order by p.id`,
      [found.map((f) => f.id)],
    );
    const changes: ReckonedChange[] = [];
    for (const row of rows) {
      const change = await this.one(tx, scope, row);
      if (change) changes.push(change);
    }
    return { looked: found.length, last: found.at(-1)?.id ?? null, changes };
  }

  async provisional(tx: Tx): Promise<number> {
    const { count } = await tx.one<{ count: number }>(
      'select count(*)::int as count from mediation_period where ended_at is null and is_provisional',
    );
    return count;
  }

  private async one(tx: Tx, { reason }: ReckoningScope, row: Row): Promise<ReckonedChange | null> {
    const { deadline, calendarVersion } = await this.periods.deadlineOf(tx, row.centerId, row);
    const currentDueOn = deadline.currentDue?.on ?? null;
    const hasMoved = currentDueOn !== row.currentDueOn || deadline.originalDue.on !== row.originalDueOn;
    if (!hasMoved && deadline.isProvisional === row.isProvisional) return null;
    await tx.update(MediationPeriod, row.id, {
      originalDueOn: deadline.originalDue.on,
      currentDueOn,
      isProvisional: deadline.isProvisional,
      explanation: deadline.explanation,
      calendarVersion,
    });
    if (currentDueOn !== row.currentDueOn) {
      await this.matters.record(
        tx,
        { id: row.disputeId, centerId: row.centerId },
        {
          act: 'calendars.recompute',
          opinion: `${reason}，调解期限由${dayCn(row.currentDueOn)}改为${dayCn(currentDueOn)}。`,
          details: { before: row.currentDueOn, after: currentDueOn },
        },
      );
    } else this.hooks.happened(tx, row.disputeId);
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
}

const dayCn = (day: string | null): string => (day === null ? '暂停' : formatLegalDateCn(legalDate(day)));
