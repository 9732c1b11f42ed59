import { Injectable } from '@nestjs/common';
import { notFound, type RuleBook, ruleViolation } from '../../../kernel';
import { authorize, mayAct } from '../../../platform/auth';
import { type Tx, uuidv7 } from '../../../platform/database';
import { type CenterCalendar, Calendars, DeadlineRules } from '../../calendar';
import { type LoadedMatter, Matters } from '../../disputes';
import { byRule, type ClockedTask, dueKindsOf, reckon, reckonRuling } from '../domain/clocks';
import type { ClockKind, DueKind, TaskRole } from '../domain/dictionaries';
import { type SummonsSnapshot, summonsLifecycle } from '../domain/summons-lifecycle';
import { type TaskAct, type TaskSnapshot, type TaskState, taskLifecycle } from '../domain/task-lifecycle';
import { OBJECTION_HARD_STOP, OBJECTION_WINDOW, RESUBMISSION } from '../domain/terms';
import { type KeptDutyNote, type KeptPause, Summons, SummonsDue, SummonsTask } from '../persistence/summons.entity';
import { DutyNotes } from './duty-notes';

/** A whistle locked for an act of the center. */
export interface LockedSummons {
  readonly matter: LoadedMatter;
  readonly summons: Summons;
}

/** A task locked for an act; `matter` only where the actor stands on the center's side. */
export interface LockedTask {
  readonly summons: Summons;
  readonly task: SummonsTask;
}

export interface NewTask {
  readonly agencyId: string;
  readonly role: TaskRole;
}

type Appeal = TaskSnapshot['appeal'];

interface Happening {
  readonly act: string;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly opinion?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The way of every act to a whistle: lock the matter, then the row; decide by the table; move the clocks; record.
 * Agencies lock the matter without seeing it, so that their acts and the closing of the matter wait for each other.
 */
@Injectable()
export class SummonsLedger {
  constructor(
    private readonly matters: Matters,
    private readonly calendars: Calendars,
    private readonly deadlineRules: DeadlineRules,
    private readonly duty: DutyNotes,
  ) {}

  /** Locks a whistle for an act of the center. An agency that sees it gets 403, everybody else who does not see the matter 404. */
  async lockSummons(tx: Tx, summonsId: string, act: string): Promise<LockedSummons> {
    const { disputeId } = await tx.get(Summons, summonsId);
    const matter = await this.lockMatter(tx, disputeId, act);
    const summons = await tx.lock(Summons, summonsId);
    tx.checkVersion(summons);
    return { matter, summons };
  }

  /** Locks a task for an act of the center. */
  async lockTaskForCenter(tx: Tx, taskId: string, act: TaskAct): Promise<LockedTask & { matter: LoadedMatter }> {
    const { disputeId, summonsId } = await tx.get(SummonsTask, taskId);
    const matter = await this.lockMatter(tx, disputeId, `summons-tasks.${act}`);
    return { matter, summons: await tx.get(Summons, summonsId), task: await this.lockTask(tx, taskId) };
  }

  /** Locks a task for an act of its agency. */
  async lockTaskForAgency(tx: Tx, taskId: string, act: TaskAct): Promise<LockedTask> {
    const { disputeId, summonsId, agencyId } = await tx.get(SummonsTask, taskId);
    authorize(tx.actor, `summons-tasks.${act}`, { agencyIds: [agencyId] });
    await this.matters.lockForSystem(tx, disputeId);
    return { summons: await tx.get(Summons, summonsId), task: await this.lockTask(tx, taskId) };
  }

  async office(tx: Tx, centerId: string): Promise<CenterCalendar> {
    return this.calendars.forCenter(tx, centerId);
  }

  /** The terms of the whistle's center. */
  async rules(tx: Tx, centerId: string): Promise<RuleBook> {
    return this.deadlineRules.forCenter(tx, centerId);
  }

  /** What the whistle's table needs to know. */
  async snapshotOf(tx: Tx, { matter, summons }: LockedSummons): Promise<SummonsSnapshot> {
    const [counts] = await tx.query<{ confirmed: number }>(
      `select count(*)::int as confirmed from summons_task
        where summons_id = $1 and state in ('confirmed', 'rated') or (summons_id = $1 and state = 'closed' and role <> 'notify')`,
      [summons.id],
    );
    const { riskLevel, state } = matter.dispute;
    return {
      state: summons.state,
      kind: summons.kind,
      riskLevel,
      matterState: state,
      meetAt: summons.meetAt,
      isDirector: mayAct(tx.actor, ['center-director@center'], matter.standing),
      isIssuer: mayAct(tx.actor, summonsLifecycle.table.acts.issue.by, matter.standing),
      confirmedTasks: counts?.confirmed ?? 0,
    };
  }

  /** The task's state after the act by the table, or the table's refusal (409). */
  async nextState(
    tx: Tx,
    { summons, task }: LockedTask,
    act: TaskAct,
    options: { to?: TaskState; hasReason?: boolean } = {},
  ): Promise<TaskState> {
    return taskLifecycle.next(
      act,
      await this.taskSnapshot(tx, { summons, task }, options.hasReason),
      tx.now,
      options.to,
    );
  }

  async taskSnapshot(tx: Tx, { summons, task }: LockedTask, hasReason = false): Promise<TaskSnapshot> {
    const [known] = await tx.query<{
      openFellows: number;
      isRatedByParty: boolean;
      actorRated: boolean;
      appeal: Appeal;
    }>(
      `select (select count(*)::int from summons_task f where f.summons_id = $1 and f.id <> $2
                and f.role <> 'notify' and f.state not in ('upheld', 'rated', 'closed', 'withdrawn')) as "openFellows",
              exists (select 1 from summons_rating r where r.task_id = $2 and r.rater = 'party') as "isRatedByParty",
              exists (select 1 from summons_rating r where r.task_id = $2 and r.rater = 'center' and r.rated_by = $3) as "actorRated",
              coalesce((select case when p.outcome is null then 'lodged' else 'ruled' end
                          from summons_appeal p where p.task_id = $2), 'none') as appeal`,
      [summons.id, task.id, tx.actor.accountId],
    );
    const { state, role, objectionEndsAt, objectionHardStopAt, appealEndsAt } = task;
    return {
      state,
      role,
      attendanceRequired: summons.attendanceRequired,
      objectionEndsAt,
      objectionHardStopAt,
      openFellows: known?.openFellows ?? 0,
      isRatedByParty: known?.isRatedByParty ?? false,
      appealEndsAt,
      appeal: known?.appeal ?? 'none',
      actorRated: known?.actorRated ?? false,
      hasReason,
    };
  }

  /** Agencies must work with the center that blows. @throws a rule violation that points at the agency. */
  async checkAgencies(tx: Tx, centerIds: readonly (string | null)[], agencyIds: readonly string[]): Promise<void> {
    const known = await tx.query<{ id: string }>(
      'select id from agency where id = any ($1) and is_active and center_id = any ($2)',
      [agencyIds, centerIds.filter((id) => id !== null)],
    );
    const missing = agencyIds.findIndex((id) => !known.some((a) => a.id === id));
    if (missing >= 0) {
      throw ruleViolation(
        'summons.unknown-agency',
        '所选部门不是本中心的联动单位，或已经停用。请从联动单位名录中选择。',
        `/agencies/${missing}/agencyId`,
      );
    }
  }

  /** Issues one task and starts its clocks at `tx.now`. The whistle has been issued before or is being issued now. */
  async issueTask(tx: Tx, summons: Summons, task: SummonsTask, office: CenterCalendar): Promise<void> {
    const state = taskLifecycle.next('issue', await this.taskSnapshot(tx, { summons, task }), tx.now);
    const rules = await this.rules(tx, summons.centerId);
    const endOf = (rule: string): Date => byRule(rules.at(rule, tx.now), tx.now, office).originalDueAt;
    const shown = await this.duty.forRecord(tx, summons, [task.agencyId], office, 'issue');
    await tx.update(SummonsTask, task.id, {
      state,
      issuedAt: tx.now,
      dutyNotes: [...task.dutyNotes, ...shown.values()],
      objectionEndsAt: endOf(OBJECTION_WINDOW),
      objectionHardStopAt: endOf(OBJECTION_HARD_STOP),
    });
    const clocked = clockedTask(summons, task);
    for (const kind of dueKindsOf(clocked)) {
      const due = reckon(clocked, kind, tx.now, office, rules);
      await this.insertDue(tx, task, { ...due, explanation: [...due.explanation], round: 1 });
    }
  }

  /** Adds an agency to a whistle as a draft task. */
  async addTask(
    tx: Tx,
    summons: Summons,
    { agencyId, role }: NewTask,
    dutyNotes: readonly KeptDutyNote[] = [],
  ): Promise<SummonsTask> {
    const task: SummonsTask = Object.assign(new SummonsTask(), {
      id: uuidv7(),
      disputeId: summons.disputeId,
      summonsId: summons.id,
      agencyId,
      role,
      state: 'draft',
      dutyNotes,
      version: 1,
    });
    await tx.insert(SummonsTask, task);
    return task;
  }

  /** The clock of a further round of feedback. */
  async startResubmission(tx: Tx, summons: Summons, task: SummonsTask, round: number): Promise<void> {
    const office = await this.office(tx, summons.centerId);
    const rules = await this.rules(tx, summons.centerId);
    const due = byRule(rules.at(RESUBMISSION, tx.now), tx.now, office);
    await this.insertDue(tx, task, { kind: 'feedback', ...due, explanation: [...due.explanation], round });
  }

  /** Stops the named clocks that still run, as met by the act under way. */
  async meet(tx: Tx, taskId: string, kinds: readonly ClockKind[]): Promise<void> {
    await tx.query(
      `update summons_due set met_at = $3
        where task_id = $1 and kind = any ($2) and met_at is null and stopped_at is null`,
      [taskId, kinds, tx.now],
    );
  }

  /** Stops whatever still runs: the task has ended without it. */
  async stop(tx: Tx, taskId: string): Promise<void> {
    await tx.query(
      'update summons_due set stopped_at = $2 where task_id = $1 and met_at is null and stopped_at is null',
      [taskId, tx.now],
    );
  }

  /** Lets the clocks stand while an objection waits for its ruling: the agency is not late for the center's time. */
  async pause(tx: Tx, taskId: string, reason: string): Promise<void> {
    for (const due of await this.running(tx, taskId)) {
      const pause: KeptPause = { from: tx.now.toISOString(), to: null, reason };
      await tx.update(SummonsDue, due.id, { pauses: [...due.pauses, pause], currentDueAt: null });
    }
  }

  /** Starts the center's own clock for its ruling; the ruling meets it. */
  async startRuling(tx: Tx, summons: Summons, task: SummonsTask): Promise<void> {
    const due = reckonRuling(
      summons.kind,
      tx.now,
      await this.office(tx, summons.centerId),
      await this.rules(tx, summons.centerId),
    );
    // The agency that objects sets no clocks; the center does, and this is its own.
    await tx.asSystem(() => this.insertDue(tx, task, { ...due, explanation: [...due.explanation], round: 1 }));
  }

  /** Lets them go on after the ruling, reckoned anew with what was not counted. */
  async resume(tx: Tx, { summons, task }: LockedTask): Promise<void> {
    const office = await this.office(tx, summons.centerId);
    const rules = await this.rules(tx, summons.centerId);
    for (const due of await this.running(tx, task.id)) {
      const kept = due.pauses.map((p) => ({ ...p, to: p.to ?? tx.now.toISOString() }));
      const pauses = kept.map((p) => ({ from: new Date(p.from), to: new Date(p.to), reason: p.reason }));
      const reckoned = reckon(clockedTask(summons, task), due.kind, due.startsAt, office, rules, pauses);
      await tx.update(SummonsDue, due.id, {
        pauses: kept,
        ruleId: reckoned.ruleId,
        deadlineRuleId: reckoned.deadlineRuleId,
        unit: reckoned.unit,
        budget: reckoned.budget,
        currentDueAt: reckoned.currentDueAt,
        calendarVersion: reckoned.calendarVersion,
        isProvisional: reckoned.isProvisional,
        explanation: [...reckoned.explanation],
      });
    }
  }

  /** Closes the whistle when its last task is settled. */
  async finishIfSettled(tx: Tx, summons: Summons): Promise<void> {
    const [row] = await tx.query<{ finished: boolean }>('select app.finish_summons($1) as finished', [summons.id]);
    if (row?.finished === true)
      await this.record(tx, summons, { act: 'summons.finish', fromState: 'issued', toState: 'closed' });
  }

  /** One line on the matter's timeline and one audit entry. `task` names the agency's task, where it is about one. */
  async record(tx: Tx, summons: Summons, happening: Happening, task?: SummonsTask): Promise<void> {
    const { details = {}, ...rest } = happening;
    await this.matters.record(
      tx,
      { id: summons.disputeId, centerId: summons.centerId },
      {
        ...rest,
        objectType: task ? 'summons-task' : 'summons',
        objectId: task?.id ?? summons.id,
        details: { summonsId: summons.id, ...(task ? { taskId: task.id, agencyId: task.agencyId } : {}), ...details },
      },
    );
  }

  /** Reads the matter for an act of the center that only looks. */
  async readMatter(tx: Tx, disputeId: string, act: string): Promise<LoadedMatter> {
    await this.refuseAgency(tx, disputeId, act);
    return this.matters.read(tx, disputeId, act);
  }

  private async lockMatter(tx: Tx, disputeId: string, act: string): Promise<LoadedMatter> {
    await this.refuseAgency(tx, disputeId, act);
    return this.matters.lock(tx, disputeId, act);
  }

  /** An agency sees its slice though not the matter: 403, since it knows that the whistle is there. */
  private async refuseAgency(tx: Tx, disputeId: string, act: string): Promise<void> {
    const [visible] = await tx.query('select 1 from dispute where id = $1', [disputeId]);
    if (visible !== undefined) return;
    authorize(tx.actor, act, { agencyIds: tx.actor.agencyIds });
    throw notFound();
  }

  private async lockTask(tx: Tx, taskId: string): Promise<SummonsTask> {
    const task = await tx.lock(SummonsTask, taskId);
    tx.checkVersion(task);
    return task;
  }

  /** The agency's clocks that run or stand. */
  private async running(tx: Tx, taskId: string): Promise<(SummonsDue & { readonly kind: DueKind })[]> {
    return tx.query<SummonsDue & { readonly kind: DueKind }>(
      `select id, kind, starts_at as "startsAt", pauses from summons_due
        where task_id = $1 and kind <> 'ruling' and met_at is null and stopped_at is null`,
      [taskId],
    );
  }

  private async insertDue(
    tx: Tx,
    task: SummonsTask,
    due: Omit<SummonsDue, 'id' | 'disputeId' | 'taskId' | 'pauses' | 'metAt' | 'stoppedAt' | 'nextStepAt'>,
  ): Promise<void> {
    await tx.insert(SummonsDue, { id: uuidv7(), disputeId: task.disputeId, taskId: task.id, ...due, pauses: [] });
  }
}

function clockedTask(summons: Summons, { role }: SummonsTask): ClockedTask {
  const { kind, level, attendanceRequired, meetAt } = summons;
  return { kind, level, attendanceRequired, meetAt, role };
}

/** What the center's acts on a task answer. */
export function taskAnswer(task: SummonsTask, state: TaskState) {
  return {
    id: task.id,
    summonsId: task.summonsId,
    state,
    stateName: taskLifecycle.table.states[state],
    version: task.version + 1,
  };
}
