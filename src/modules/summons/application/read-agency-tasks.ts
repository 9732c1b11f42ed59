import { Injectable } from '@nestjs/common';
import { type Light, LIGHTS, lightOf, notFound, parseCheckCode, ruleViolation, worstLight } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { cursorParts, pageOf } from '../../../platform/http';
import { Calendars } from '../../calendar';
import { warningOf } from '../domain/clocks';
import { AGENCY_TABS, type AgencyTab, STATES_OF_TAB } from '../domain/desks';
import type { DueKind } from '../domain/dictionaries';
import type { TaskState } from '../domain/task-lifecycle';
import { type KeptPause, Summons, type SummonsDue, SummonsTask } from '../persistence/summons.entity';
import { signInDigest } from './show-sign-in-code';
import { TaskFiles } from './task-files';
import { SUMMONS_BY_ID, type SummonsRow, SummonsViews } from './summons-views';

export interface TaskFilter {
  readonly isOpen?: boolean;
  readonly tab?: AgencyTab;
  readonly state?: TaskState;
  readonly light?: Light;
  /** Kind of the clock that is due first. */
  readonly due?: DueKind;
  readonly limit?: number;
  readonly cursor?: string;
}

type RunningDue = Pick<SummonsDue, 'unit' | 'startsAt' | 'currentDueAt'> & {
  readonly kind: DueKind;
  readonly pauses: readonly KeptPause[];
};

interface TaskLine {
  readonly id: string;
  readonly summonsId: string;
  readonly centerId: string;
  readonly state: TaskState;
  /** First due instant of what runs; infinity, as a number, where nothing does. */
  readonly firstDue: number;
}

/** A task with the light of what runs, for filters and counters. */
interface LitTask extends TaskLine {
  readonly light: Light | null;
  readonly dueKind: DueKind | null;
}

const ENDED = STATES_OF_TAB.ended;

const MINE = `t.agency_id = any ($1) and t.state <> 'draft' and (t.agency_access_ends_at is null or t.agency_access_ends_at > $2)`;

const OPEN_TASKS = `select t.id, t.summons_id as "summonsId", s.center_id as "centerId", t.state
  from summons_task t join summons s on s.id = t.summons_id where ${MINE} and t.state <> all ($3)`;

const ENDED_TASKS = `select t.id, t.summons_id as "summonsId" from summons_task t
  where ${MINE} and t.state = any ($3) and ($4::uuid is null or t.id < $4) order by t.id desc limit $5`;

const RUNNING_DUES = `select task_id as "taskId", kind, unit, starts_at as "startsAt", current_due_at as "currentDueAt", pauses
  from summons_due where task_id = any ($1) and kind <> 'ruling' and met_at is null and stopped_at is null order by current_due_at nulls last`;

@Injectable()
export class ReadAgencyTasks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly views: SummonsViews,
    private readonly files: TaskFiles,
    private readonly calendars: Calendars,
    private readonly keys: KeyRing,
  ) {}

  /**
   * The tasks of the caller's own agencies: brief and asks, never the matter behind them. What is open stands in the
   * order in which it falls due, the longest overdue first; what has ended follows, newest first.
   */
  async list(filter: TaskFilter) {
    return this.unitOfWork.read(async (tx) => {
      const { agencyIds } = tx.actor;
      authorize(tx.actor, 'summons-tasks.list', { agencyIds });
      const { limit = 20, cursor } = filter;
      const after = cursorOf(cursor);
      const lines = after?.isEnded === true ? [] : await this.openLines(tx, filter, after);
      const open = lines.slice(0, limit + 1).map((t) => ({ ...t, mark: `o${t.firstDue}_${t.id}` }));
      const ended = await this.endedLines(tx, filter, after, limit + 1 - open.length);
      const rows = [...open, ...ended.map((t) => ({ ...t, mark: `e_${t.id}` }))];
      const page = pageOf(rows, limit, (t) => t.mark);
      const summonses = await tx.query<SummonsRow>(SUMMONS_BY_ID, [page.items.map((t) => t.summonsId)]);
      const views = await this.views.forAgency(tx, summonses, agencyIds);
      return { ...page, items: page.items.flatMap(({ id }) => views.filter((v) => v.id === id)) };
    });
  }

  /** How many tasks stand under each tab, and how urgent those are that wait for the agency. */
  async counts() {
    return this.unitOfWork.read(async (tx) => {
      const { agencyIds } = tx.actor;
      authorize(tx.actor, 'summons-tasks.list', { agencyIds });
      const open = await this.litTasks(tx);
      const [ended] = await tx.query<{ count: number }>(
        `select count(*)::int as count from summons_task t where ${MINE} and t.state = any ($3)`,
        [agencyIds, tx.now, ENDED],
      );
      const todo = open.filter((t) => STATES_OF_TAB.todo.includes(t.state));
      const countOf: Readonly<Record<AgencyTab, number>> = {
        todo: todo.length,
        waiting: open.length - todo.length,
        ended: ended?.count ?? 0,
      };
      return {
        tabs: (Object.keys(AGENCY_TABS) as AgencyTab[]).map((tab) => ({
          tab,
          tabName: AGENCY_TABS[tab],
          count: countOf[tab],
        })),
        lights: (Object.keys(LIGHTS) as Light[]).map((light) => ({
          light,
          lightName: LIGHTS[light],
          count: todo.filter((t) => t.light === light).length,
        })),
      };
    });
  }

  /** One task with what the agency may know of its whistle. Leaves one audit entry. */
  async one(taskId: string) {
    return this.unitOfWork.run(async (tx) => {
      const task = await tx.get(SummonsTask, taskId);
      authorize(tx.actor, 'summons-tasks.read', { agencyIds: [task.agencyId] });
      const rows = await tx.query<SummonsRow>(SUMMONS_BY_ID, [[task.summonsId]]);
      const views = await this.views.forAgency(tx, rows, [task.agencyId]);
      const view = views.find((v) => v.id === taskId);
      const [summons] = rows;
      if (!view || !summons) throw notFound();
      const agencies = await tx.query<{ agencyName: string; role: string }>(
        'select agency_name as "agencyName", task_role as role from app.summoned_agencies($1)',
        [summons.id],
      );
      const attachments = await this.files.ofTask(tx, task);
      tx.audit({
        act: 'summons-tasks.read',
        objectType: 'summons-task',
        objectId: taskId,
        disputeId: task.disputeId,
        chain: summons.centerId,
      });
      return { ...view, agencies, attachments };
    });
  }

  /** The caller's own task to which a code on the screen of the room belongs. The code is not used up by looking. */
  async ofCode(text: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'summons-tasks.find-by-code', { agencyIds: tx.actor.agencyIds });
      const code = parseCheckCode(text);
      if (!code.ok) throw ruleViolation('summons-tasks.code-invalid', code.message, '/code');
      const [found] = await tx.query<{ taskId: string | null }>('select app.task_of_code($1) as "taskId"', [
        signInDigest(this.keys, code.value),
      ]);
      const taskId = found?.taskId ?? null;
      if (taskId === null) {
        throw ruleViolation(
          'summons-tasks.code-invalid',
          '签到码已使用、已过期，或者不是本部门的吹哨单。请扫描现场屏幕上的新码。',
          '/code',
        );
      }
      return { taskId };
    });
  }

  /** What the calendar of a phone needs of the meeting. Leaves one audit entry. */
  async meeting(taskId: string) {
    return this.unitOfWork.run(async (tx) => {
      const task = await tx.get(SummonsTask, taskId);
      authorize(tx.actor, 'summons-tasks.calendar', { agencyIds: [task.agencyId] });
      const summons = await tx.get(Summons, task.summonsId);
      const [arrival] = await tx.query<{ dueAt: Date | null }>(
        `select current_due_at as "dueAt" from summons_due where task_id = $1 and kind = 'arrive'`,
        [taskId],
      );
      const { number, place, meetAt, centerId } = summons;
      const center = await tx.one<{ name: string; address: string | null }>(
        'select name, address from center where id = $1',
        [centerId],
      );
      tx.audit({
        act: 'summons-tasks.calendar',
        objectType: 'summons-task',
        objectId: taskId,
        disputeId: task.disputeId,
        chain: centerId,
      });
      return { taskId, number, place, meetAt, arriveBy: arrival?.dueAt ?? null, center, now: tx.now };
    });
  }

  private async openLines(tx: Tx, filter: TaskFilter, after: Cursor | null): Promise<LitTask[]> {
    const { tab, state, light, due } = filter;
    if (tab === 'ended') return [];
    return (await this.litTasks(tx))
      .filter(
        (t) =>
          (tab === undefined || STATES_OF_TAB[tab].includes(t.state)) &&
          (state === undefined || t.state === state) &&
          (light === undefined || t.light === light) &&
          (due === undefined || t.dueKind === due),
      )
      .sort(byDue)
      .filter((t) => after === null || byDue(after, t) < 0);
  }

  private async endedLines(tx: Tx, filter: TaskFilter, after: Cursor | null, limit: number) {
    const { tab, state, light, due, isOpen = false } = filter;
    const states = state === undefined ? ENDED : ENDED.filter((s) => s === state);
    const isWanted = !isOpen && (tab === undefined || tab === 'ended') && light === undefined && due === undefined;
    if (!isWanted || limit <= 0 || states.length === 0) return [];
    return tx.query<Pick<TaskLine, 'id' | 'summonsId'>>(ENDED_TASKS, [
      tx.actor.agencyIds,
      tx.now,
      states,
      after?.isEnded === true ? after.id : null,
      limit,
    ]);
  }

  /** All open tasks of the caller's agencies with their lights: as many as the agencies have on their desks, no more. */
  private async litTasks(tx: Tx): Promise<LitTask[]> {
    const tasks = await tx.query<Omit<TaskLine, 'firstDue'>>(OPEN_TASKS, [tx.actor.agencyIds, tx.now, ENDED]);
    const dues = await tx.query<RunningDue & { taskId: string }>(RUNNING_DUES, [tasks.map((t) => t.id)]);
    const officeOf = await this.calendars.forCenters(
      tx,
      tasks.map((task) => task.centerId),
    );
    const lit: LitTask[] = [];
    for (const task of tasks) {
      const office = officeOf(task.centerId);
      const running = dues.filter((d) => d.taskId === task.id);
      const first = running.find((d) => d.currentDueAt !== null);
      lit.push({
        ...task,
        firstDue: first?.currentDueAt?.getTime() ?? NEVER,
        dueKind: first?.kind ?? null,
        light: worstLight(
          running.map((d) => lightOf({ dueAt: d.currentDueAt, warnsAt: warningOf(d, office) }, tx.now)),
        ),
      });
    }
    return lit;
  }
}

/** Later than every due instant, and still a whole number in a cursor. */
const NEVER = 9_999_999_999_999;

interface Cursor {
  readonly isEnded: boolean;
  readonly firstDue: number;
  readonly id: string;
}

function cursorOf(text: string | undefined): Cursor | null {
  const parts = cursorParts(text, /^([oe])(\d{0,13})_([0-9a-f-]{36})$/, ['kind', 'due', 'id']);
  return parts && { isEnded: parts.kind === 'e', firstDue: Number(parts.due), id: parts.id };
}

function byDue(a: Pick<TaskLine, 'firstDue' | 'id'>, b: Pick<TaskLine, 'firstDue' | 'id'>): number {
  return a.firstDue - b.firstDue || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
