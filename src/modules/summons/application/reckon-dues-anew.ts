import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formatInstantCn, type RuleBook, type RuleInForce } from '../../../kernel';
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
import { byRule } from '../domain/clocks';
import { CLOCK_KINDS } from '../domain/dictionaries';
import { APPEAL_RULING, APPEAL_WINDOW, OBJECTION_HARD_STOP, OBJECTION_WINDOW } from '../domain/terms';
import type { SummonsDue } from '../persistence/summons.entity';

interface TaskRow {
  readonly id: string;
  readonly disputeId: string;
  readonly taskId: string;
  readonly summonsId: string;
  readonly agencyId: string;
  readonly centerId: string;
}

type DueRow = TaskRow &
  Pick<
    SummonsDue,
    'kind' | 'ruleId' | 'deadlineRuleId' | 'startsAt' | 'originalDueAt' | 'currentDueAt' | 'pauses' | 'isProvisional'
  >;

/** A window that is kept as one instant: by which rule it runs, and where it is written. */
interface Window {
  readonly kind: ReckonedChange['kind'];
  readonly label: string;
  /** Name of its rule: the version follows from the start. */
  readonly rule: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly write: string;
}

/** A deadline that fell on another instant than before. */
interface Move {
  readonly row: TaskRow;
  readonly label: string;
  readonly before: Date | null;
  readonly after: Date | null;
}

const OF_TASK = `t.dispute_id as "disputeId", t.id as "taskId", t.summons_id as "summonsId", t.agency_id as "agencyId",
  s.center_id as "centerId"`;

/** Clocks of whistles, and the windows for objections and appeals, reckoned anew when days or hours of work change. */
@Injectable()
export class ReckonDuesAnew implements OnModuleInit {
  constructor(
    private readonly reckoners: Reckoners,
    private readonly matters: Matters,
    private readonly calendars: Calendars,
    private readonly deadlineRules: DeadlineRules,
  ) {}

  onModuleInit(): void {
    const windows = (name: string, sql: WindowSql, of: (row: WindowRow) => Window[]): Reckoner => ({
      name,
      reckon: (tx, scope, after, limit) => this.windows(tx, scope, after, limit, sql, of),
      // Kept as one instant: whether it is provisional follows from the day it falls on.
      provisional: () => Promise.resolve(0),
    });
    this.reckoners.register({
      name: 'summons-dues',
      reckon: (tx, scope, after, limit) => this.dues(tx, scope, after, limit),
      provisional: countProvisional,
    });
    this.reckoners.register(windows('summons-objections', OBJECTIONS, objectionWindows));
    this.reckoners.register(windows('summons-appeal-windows', APPEAL_WINDOWS, appealWindows));
    this.reckoners.register(windows('summons-appeals', APPEALS, appealRulings));
  }

  private async dues(tx: Tx, scope: ReckoningScope, after: string, limit: number): Promise<ReckonedBatch> {
    const found = await tx.query<{ id: string; disputeId: string }>(
      `select u.id, u.dispute_id as "disputeId" from summons_due u join summons_task t on t.id = u.task_id
         join summons s on s.id = t.summons_id
        where u.met_at is null and u.stopped_at is null and u.id > $1
          and u.unit in ('working-day', 'working-hour', 'working-minute')
          and ($2::uuid is null or s.center_id = $2)
          and (u.is_provisional or u.current_due_at is null or u.current_due_at >= $3::date)
          and ($4::date is null or u.starts_at < $4::date + 2)
        order by u.id limit $5`,
      [after, scope.centerId, scope.fromDay, scope.toDay, limit],
    );
    await this.matters.lockAllForSystem(
      tx,
      found.map((f) => f.disputeId),
    );
    const rows = await tx.query<DueRow>(
      `select u.id, u.kind, u.rule_id as "ruleId", u.deadline_rule_id as "deadlineRuleId", u.starts_at as "startsAt",
              u.original_due_at as "originalDueAt", u.current_due_at as "currentDueAt", u.pauses,
              u.is_provisional as "isProvisional", ${OF_TASK}
         from summons_due u join summons_task t on t.id = u.task_id join summons s on s.id = t.summons_id
        where u.id = any ($1) and u.met_at is null and u.stopped_at is null order by u.id`,
      [found.map((f) => f.id)],
    );
    const officeOf = await this.calendars.forCenters(
      tx,
      rows.map((r) => r.centerId),
    );
    const written: object[] = [];
    const moves: Move[] = [];
    const changes: ReckonedChange[] = [];
    for (const row of rows) {
      const pauses = row.pauses.map((p) => ({
        from: new Date(p.from),
        to: p.to === null ? null : new Date(p.to),
        reason: p.reason,
      }));
      const rule = ruleOf(row, await this.deadlineRules.forCenter(tx, row.centerId));
      const due = byRule(rule, row.startsAt, officeOf(row.centerId), pauses);
      const isSame =
        sameInstant(due.currentDueAt, row.currentDueAt) && sameInstant(due.originalDueAt, row.originalDueAt);
      if (isSame && due.isProvisional === row.isProvisional) continue;
      written.push({
        id: row.id,
        original_due_at: due.originalDueAt,
        current_due_at: due.currentDueAt,
        calendar_version: due.calendarVersion,
        is_provisional: due.isProvisional,
        explanation: due.explanation,
      });
      if (!sameInstant(due.currentDueAt, row.currentDueAt)) {
        moves.push({ row, label: CLOCK_KINDS[row.kind], before: row.currentDueAt, after: due.currentDueAt });
      }
      changes.push({
        disputeId: row.disputeId,
        taskId: row.taskId,
        kind: 'summons-due',
        subjectId: row.id,
        before: row.currentDueAt,
        after: due.currentDueAt,
        wasProvisional: row.isProvisional,
        isProvisional: due.isProvisional,
        calendarVersion: due.calendarVersion,
      });
    }
    if (written.length > 0) {
      await tx.query(
        `update summons_due u set original_due_at = r.original_due_at, current_due_at = r.current_due_at,
                calendar_version = r.calendar_version, is_provisional = r.is_provisional, explanation = r.explanation
           from jsonb_to_recordset($1) as r(id uuid, original_due_at timestamptz, current_due_at timestamptz, calendar_version text,
                is_provisional boolean, explanation text[])
          where u.id = r.id`,
        [JSON.stringify(written)],
      );
    }
    await this.record(tx, scope, moves);
    return { looked: found.length, last: found.at(-1)?.id ?? null, changes };
  }

  /** Windows that are still open; one that has ended stays ended. */
  private async windows(
    tx: Tx,
    scope: ReckoningScope,
    after: string,
    limit: number,
    sql: WindowSql,
    of: (row: WindowRow) => Window[],
  ): Promise<ReckonedBatch> {
    const open = [scope.centerId, tx.now, scope.fromDay];
    const found = await tx.query<WindowRow>(sql.page, [...open, after, limit]);
    await this.matters.lockAllForSystem(
      tx,
      found.map((f) => f.disputeId),
    );
    const rows = await tx.query<WindowRow>(sql.these, [...open, found.map((f) => f.id)]);
    const officeOf = await this.calendars.forCenters(
      tx,
      rows.map((r) => r.centerId),
    );
    const written = new Map<string, object[]>();
    const moves: Move[] = [];
    const changes: ReckonedChange[] = [];
    for (const row of rows) {
      const rules = await this.deadlineRules.forCenter(tx, row.centerId);
      for (const { kind, label, rule, startsAt, endsAt, write } of of(row)) {
        const due = byRule(rules.at(rule, startsAt), startsAt, officeOf(row.centerId));
        if (endsAt < tx.now || sameInstant(due.originalDueAt, endsAt)) continue;
        written.set(write, [...(written.get(write) ?? []), { id: row.id, ends_at: due.originalDueAt }]);
        moves.push({ row, label, before: endsAt, after: due.originalDueAt });
        changes.push({
          disputeId: row.disputeId,
          taskId: row.taskId,
          kind,
          subjectId: row.id,
          before: endsAt,
          after: due.originalDueAt,
          wasProvisional: true,
          isProvisional: due.isProvisional,
          calendarVersion: due.calendarVersion,
        });
      }
    }
    for (const [write, ends] of written) await tx.query(write, [JSON.stringify(ends)]);
    await this.record(tx, scope, moves);
    return { looked: found.length, last: found.at(-1)?.id ?? null, changes };
  }

  private async record(tx: Tx, { reason }: ReckoningScope, moves: readonly Move[]): Promise<void> {
    await this.matters.recordMoves(
      tx,
      moves.map(({ row, label, before, after }) => ({
        disputeId: row.disputeId,
        centerId: row.centerId,
        act: 'calendars.recompute',
        objectType: 'summons-task',
        objectId: row.taskId,
        opinion: `${reason}，吹哨任务的${label}时限由${dueCn(before)}改为${dueCn(after)}。`,
        details: { summonsId: row.summonsId, taskId: row.taskId, agencyId: row.agencyId },
      })),
    );
  }
}

type WindowRow = TaskRow & {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly hardStopAt?: Date;
};

/** Those that are open after a place, and some of them once their matters are locked. */
interface WindowSql {
  readonly page: string;
  readonly these: string;
}

function windowSql(select: string, id: string, ends: string): WindowSql {
  const open = `${select} and ($1::uuid is null or s.center_id = $1) and ${ends} >= $2 and ${ends} >= $3::date`;
  return {
    page: `${open} and ${id} > $4 order by ${id} limit $5`,
    these: `${open} and ${id} = any ($4) order by ${id}`,
  };
}

const OBJECTIONS = windowSql(
  `select t.id, ${OF_TASK}, t.issued_at as "startsAt", t.objection_ends_at as "endsAt",
    t.objection_hard_stop_at as "hardStopAt"
  from summons_task t join summons s on s.id = t.summons_id
 where t.state in ('issued', 'signed')`,
  't.id',
  't.objection_hard_stop_at',
);

const APPEAL_WINDOWS = windowSql(
  `select t.id, ${OF_TASK}, r.rated_at as "startsAt", t.appeal_ends_at as "endsAt"
  from summons_task t join summons s on s.id = t.summons_id
  join lateral (select max(rated_at) as rated_at from summons_rating where task_id = t.id and rater = 'center') r on true
 where r.rated_at is not null`,
  't.id',
  't.appeal_ends_at',
);

const APPEALS = windowSql(
  `select p.id, ${OF_TASK}, p.lodged_at as "startsAt", p.due_at as "endsAt"
  from summons_appeal p join summons_task t on t.id = p.task_id join summons s on s.id = t.summons_id
 where p.outcome is null`,
  'p.id',
  'p.due_at',
);

/** The version of the task stays: nothing that anybody has read and is about to change is another than before. */
function objectionWindows({ startsAt, endsAt, hardStopAt }: WindowRow): Window[] {
  return [
    {
      kind: 'summons-objection',
      label: '提出异议',
      rule: OBJECTION_WINDOW,
      startsAt,
      endsAt,
      write: writing('summons_task', 'objection_ends_at'),
    },
    {
      kind: 'summons-objection-hard-stop',
      label: '未签收时提出异议',
      rule: OBJECTION_HARD_STOP,
      startsAt,
      endsAt: hardStopAt ?? endsAt,
      write: writing('summons_task', 'objection_hard_stop_at'),
    },
  ];
}

function appealWindows({ startsAt, endsAt }: WindowRow): Window[] {
  const write = writing('summons_task', 'appeal_ends_at');
  return [{ kind: 'summons-appeal', label: '申诉', rule: APPEAL_WINDOW, startsAt, endsAt, write }];
}

function appealRulings({ startsAt, endsAt }: WindowRow): Window[] {
  const write = writing('summons_appeal', 'due_at');
  return [{ kind: 'summons-appeal-ruling', label: '答复申诉', rule: APPEAL_RULING, startsAt, endsAt, write }];
}

function writing(table: string, column: string): string {
  return `update ${table} t set ${column} = r.ends_at from jsonb_to_recordset($1) as r(id uuid, ends_at timestamptz)
    where t.id = r.id`;
}

async function countProvisional(tx: Tx): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    'select count(*)::int as count from summons_due where met_at is null and stopped_at is null and is_provisional',
  );
  return count;
}

/** The rule as the clock was begun by, whatever holds by now. */
function ruleOf({ deadlineRuleId, ruleId }: DueRow, rules: RuleBook): RuleInForce {
  if (deadlineRuleId === null) throw new RangeError(`${ruleId} is no term`);
  return rules.version(deadlineRuleId);
}

function sameInstant(a: Date | null, b: Date | null): boolean {
  return a?.getTime() === b?.getTime();
}

const dueCn = (instant: Date | null): string => (instant === null ? '暂停' : formatInstantCn(instant));
