import { Inject, Injectable } from '@nestjs/common';
import { addDays, addWorkingDays, formatLegalDateCn, legalDateFromInstant, timeOfDayMs } from '../../../kernel';
import { Chores } from '../../../platform/chores';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { LOGGER, type Logger } from '../../../platform/logging';
import { Calendars, type CenterCalendar } from '../../calendar';
import { Matters } from '../../disputes';
import {
  CLOCK_KINDS,
  type ClockKind,
  firstRung,
  isOnClock,
  type LadderedDue,
  type RungOutcome,
  rungsOf,
  type RungStep,
} from '../../summons';
import { OF_AGENCY, OF_CENTER } from '../domain/rungs';
import type { SupervisionAct, SupervisionKind } from '../domain/supervision-lifecycle';
import { KeepClocks } from './keep-clocks';

/** Often enough that no boundary waits a minute. */
const TURN_MS = 20_000;
/** Clocks whose next step is reckoned in one transaction. */
const RECKONED = 1000;
/** Matters that climb in one transaction: short, so that whoever works on one of them hardly waits. */
const CLIMBING = 50;

const RUNNING = 'u.met_at is null and u.stopped_at is null and u.current_due_at is not null';
const TAKEN = "(select coalesce(array_agg(l.step), '{}') from summons_ladder_step l where l.due_id = u.id)";
const CLOCK = `u.id, u.kind, u.unit, u.starts_at as "startsAt", u.current_due_at as "currentDueAt", u.pauses,
  s.kind = 'emergency' as "isEmergency", s.center_id as "officeId", ${TAKEN} as taken`;

interface Clock extends LadderedDue {
  readonly id: string;
  /** The center whose office hours count. */
  readonly officeId: string;
  readonly taken: readonly RungStep[];
}

interface ClimbingClock extends Clock {
  readonly currentDueAt: Date;
  readonly disputeId: string;
  /** Center of the matter. */
  readonly centerId: string;
  readonly taskId: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly officeName: string;
  readonly number: string;
}

interface Taken {
  readonly clock: ClimbingClock;
  readonly step: RungStep;
  readonly dueAt: Date;
  readonly outcome: RungOutcome;
  readonly supervisionId: string | null;
}

/** A step that speaks to somebody, with what it leaves behind. */
interface Issued {
  readonly clock: ClimbingClock;
  readonly step: RungStep;
  readonly act: SupervisionAct;
  readonly reason: string | null;
  readonly supervision: { readonly id: string; readonly kind: SupervisionKind; readonly dueOn: string | null } | null;
}

/** As the row of whoever issues it says. */
const BY_SYSTEM = '系统按时限发出';

/**
 * Lets every late clock of a whistle climb its ladder. Two passes: clocks that are new or were moved get the instant of their
 * next step; those whose instant has come take it. A step is taken by the row that says so (one per clock and step), in one
 * transaction with what it issues: killed anywhere, or run twice at once, nothing is lost and nothing doubled.
 */
@Injectable()
export class ClimbLadder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly calendars: Calendars,
    private readonly clocks: KeepClocks,
    private readonly chores: Chores,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    chores.add({ name: 'climb-ladder', everyMs: TURN_MS, isShared: true, work: () => this.turn() });
  }

  /** Takes every step that is due. Returns how many were taken. */
  async turn(): Promise<number> {
    let taken = 0;
    const unreckoned = await this.unreckoned();
    for (let i = 0; i < unreckoned.length && !this.chores.isStopped; i += RECKONED) {
      await this.reckon(unreckoned.slice(i, i + RECKONED));
    }
    // Left for the next turn: matters on which somebody works, and such as fail, lest one of them keep all others waiting.
    const left = new Set<string>();
    for (let due = await this.due(left); due.length > 0 && !this.chores.isStopped; due = await this.due(left)) {
      try {
        taken += await this.climb(due, left);
      } catch {
        for (const id of due) {
          taken += await this.climb([id], left).catch((error: unknown) => {
            this.logger.error({ err: error, disputeId: id }, 'a matter cannot climb its ladder, it is tried again');
            left.add(id);
            return 0;
          });
        }
      }
    }
    return taken;
  }

  private async due(left: ReadonlySet<string>): Promise<string[]> {
    return this.unitOfWork.readAsSystem('climb-ladder', async (tx) => {
      const rows = await tx.query<{ id: string }>(
        `select distinct n.dispute_id as id from (select u.dispute_id from summons_due u
            where ${RUNNING} and u.next_step_at <= $1 and u.dispute_id <> all ($2) order by u.next_step_at limit $3) n`,
        [tx.now, [...left], CLIMBING],
      );
      return rows.map((r) => r.id);
    });
  }

  /** Clocks that have no next step noted, found in one pass. */
  private async unreckoned(): Promise<string[]> {
    return this.unitOfWork.readAsSystem('climb-ladder', async (tx) => {
      const rows = await tx.query<{ id: string }>(
        `select u.id from summons_due u where ${RUNNING} and u.next_step_at is null`,
      );
      return rows.map((r) => r.id);
    });
  }

  /** Notes the next step of some of them. Whoever works on one of them now moves it again by that. */
  private async reckon(ids: readonly string[]): Promise<void> {
    await this.unitOfWork.runAsSystem('climb-ladder', async (tx) => {
      const clocks = await tx.query<Clock>(
        `select ${CLOCK} from summons_due u join summons_task t on t.id = u.task_id join summons s on s.id = t.summons_id
          where u.id = any ($1) and ${RUNNING} and u.next_step_at is null for update of u skip locked`,
        [ids],
      );
      await this.note(tx, clocks, await this.officesOf(tx, clocks));
    });
  }

  /** Takes what is due in a few matters. Those that somebody else has in hand are added to `left`. */
  private async climb(due: readonly string[], left: Set<string>): Promise<number> {
    return this.unitOfWork.runAsSystem('climb-ladder', async (tx) => {
      // The matter first, as every act upon it does.
      const matters = await tx.query<{ id: string }>(
        'select d.id from dispute d where d.id = any ($1) order by d.id for no key update skip locked',
        [due],
      );
      const ids = matters.map((m) => m.id);
      for (const id of due) if (!ids.includes(id)) left.add(id);
      const clocks = await tx.query<ClimbingClock>(
        `select ${CLOCK}, u.dispute_id as "disputeId", d.center_id as "centerId", u.task_id as "taskId", t.agency_id as "agencyId",
                a.name as "agencyName", c.name as "officeName", s.number
           from summons_due u join dispute d on d.id = u.dispute_id join summons_task t on t.id = u.task_id
           join summons s on s.id = t.summons_id join agency a on a.id = t.agency_id join center c on c.id = s.center_id
          where u.dispute_id = any ($1) and ${RUNNING} and u.next_step_at <= $2 order by u.next_step_at for update of u`,
        [ids, tx.now],
      );
      const officeOf = await this.officesOf(tx, clocks);
      const steps = await this.take(
        tx,
        clocks.flatMap((clock) => dueSteps(tx.now, clock, officeOf(clock.officeId))),
      );
      await this.issue(tx, steps, officeOf);
      await this.note(
        tx,
        clocks.map((clock) => ({
          ...clock,
          taken: [...clock.taken, ...steps.filter((s) => s.clock.id === clock.id).map((s) => s.step)],
        })),
        officeOf,
      );
      return steps.length;
    });
  }

  /** Writes the rows that decide; what another has taken meanwhile falls away. */
  private async take(tx: Tx, steps: readonly Taken[]): Promise<Taken[]> {
    if (steps.length === 0) return [];
    const rows = await tx.query<{ dueId: string; step: string }>(
      `insert into summons_ladder_step (id, dispute_id, task_id, due_id, step, due_at, taken_at, outcome, supervision_id)
       select r.id, r.dispute_id, r.task_id, r.due_id, r.step, r.due_at, $2, r.outcome, r.supervision_id
         from jsonb_to_recordset($1) as r(id uuid, dispute_id uuid, task_id uuid, due_id uuid, step text, due_at timestamptz,
           outcome text, supervision_id uuid)
       on conflict (due_id, step) do nothing returning due_id as "dueId", step`,
      [
        JSON.stringify(
          steps.map(({ clock, step, dueAt, outcome, supervisionId }) => ({
            id: uuidv7(),
            dispute_id: clock.disputeId,
            task_id: clock.taskId,
            due_id: clock.id,
            step,
            due_at: dueAt,
            outcome,
            supervision_id: supervisionId,
          })),
        ),
        tx.now,
      ],
    );
    const written = new Set(rows.map((r) => `${r.dueId} ${r.step}`));
    return steps.filter((s) => written.has(`${s.clock.id} ${s.step}`));
  }

  /** What the steps issue: 催办, 督办单 … as rows, lines in the course of the matter, messages. */
  private async issue(tx: Tx, steps: readonly Taken[], officeOf: Offices): Promise<void> {
    const issued = steps.flatMap((taken): Issued[] => {
      const { clock, step, outcome, supervisionId } = taken;
      if (outcome === 'overtaken') return [];
      if (step === 'reminder' || supervisionId === null) {
        return [{ clock, step, act: 'remind', reason: null, supervision: null }];
      }
      const { act, kind, reason } = (clock.kind === 'ruling' ? OF_CENTER : OF_AGENCY)[step];
      const dueOn = kind === 'oversight' ? answerDueOn(tx.now, clock, officeOf(clock.officeId)) : null;
      const words = reason(clockCn(clock), CLOCK_KINDS[clock.kind]);
      return [{ clock, step, act, reason: words, supervision: { id: supervisionId, kind, dueOn } }];
    });
    if (issued.length === 0) return;
    await tx.query(
      `insert into supervision (id, dispute_id, center_id, task_id, agency_id, due_id, kind, level, reason, answer_due_on, addressee_name,
           state, issued_by_name, issued_at)
       select r.id, r.dispute_id, r.center_id, r.task_id, r.agency_id, r.due_id, r.kind, case when r.kind = 'oversight' then 'daily' end, r.reason, r.answer_due_on,
              r.addressee_name, 'open', $2, $3
         from jsonb_to_recordset($1) as r(id uuid, dispute_id uuid, center_id uuid, task_id uuid, agency_id uuid, due_id uuid,
           kind text, reason text, answer_due_on date, addressee_name text)`,
      [
        JSON.stringify(
          issued.flatMap(({ clock, reason, supervision }) => {
            if (supervision === null) return [];
            const isOwn = clock.kind === 'ruling';
            return {
              id: supervision.id,
              dispute_id: clock.disputeId,
              center_id: clock.centerId,
              task_id: isOwn ? null : clock.taskId,
              agency_id: isOwn ? null : clock.agencyId,
              due_id: clock.id,
              kind: supervision.kind,
              reason,
              answer_due_on: supervision.dueOn,
              addressee_name: isOwn ? clock.officeName : clock.agencyName,
            };
          }),
        ),
        BY_SYSTEM,
        tx.now,
      ],
    );
    await this.matters.recordAll(
      tx,
      issued.map(({ clock, supervision, act, reason }) => ({
        disputeId: clock.disputeId,
        centerId: clock.centerId,
        act: `supervisions.${act}`,
        toState: supervision && 'open',
        opinion: reason,
        objectType: supervision ? 'supervision' : 'summons-task',
        objectId: supervision?.id ?? clock.taskId,
        details: {
          taskId: clock.taskId,
          agencyId: clock.agencyId,
          clock: clock.kind,
          ...(supervision ? { supervisionId: supervision.id, kind: supervision.kind } : {}),
        },
      })),
    );
    for (const { clock, step, supervision } of issued) {
      if (supervision) this.clocks.keepAtEnd(tx, clock.disputeId);
      tx.send({
        topic: `ladder.${clock.kind === 'ruling' ? 'own-' : ''}${step}`,
        payload: { disputeId: clock.disputeId, taskId: clock.taskId, supervisionId: supervision?.id ?? null },
      });
    }
  }

  /** Notes when each clock comes next. */
  private async note(tx: Tx, clocks: readonly Clock[], officeOf: Offices): Promise<void> {
    const next = clocks.map(
      (clock) => firstRung(clock, officeOf(clock.officeId), clock.taken)?.at.toISOString() ?? 'infinity',
    );
    await tx.query(
      `update summons_due u set next_step_at = r.at from unnest($1::uuid[], $2::timestamptz[]) r(id, at) where u.id = r.id`,
      [clocks.map((c) => c.id), next],
    );
  }

  private async officesOf(tx: Tx, clocks: readonly Clock[]): Promise<Offices> {
    return this.calendars.forCenters(
      tx,
      clocks.map(({ officeId }) => officeId),
    );
  }
}

type Offices = (centerId: string) => CenterCalendar;

/** The steps of a clock whose instant has come: the highest is taken, those below it were overtaken while nobody looked. */
function dueSteps(now: Date, clock: ClimbingClock, office: CenterCalendar): Taken[] {
  const due = rungsOf(clock, office).filter(({ step, at }) => at <= now && !clock.taken.includes(step));
  return due.map(({ step, at }, i) => {
    const outcome = i === due.length - 1 ? 'taken' : 'overtaken';
    const supervisionId = outcome === 'taken' && step !== 'reminder' ? uuidv7() : null;
    return { clock, step, dueAt: at, outcome, supervisionId };
  });
}

/** 督办单 are answered by the end of the next working day; in an emergency by the end of the next day. */
function answerDueOn(now: Date, { unit, isEmergency }: Clock, { calendar }: CenterCalendar): string {
  const today = legalDateFromInstant(now);
  return isOnClock(unit) || isEmergency ? addDays(today, 1) : addWorkingDays(calendar, today, 1).value;
}

function clockCn({ number, kind, currentDueAt }: ClimbingClock): string {
  const minutes = Math.floor(timeOfDayMs(currentDueAt) / 60_000);
  const time = `${Math.floor(minutes / 60)}时${String(minutes % 60).padStart(2, '0')}分`;
  const what: Readonly<Record<ClockKind, string>> = { ...CLOCK_KINDS, ruling: '异议裁定' };
  return `${number}吹哨单的${what[kind]}时限已于${formatLegalDateCn(legalDateFromInstant(currentDueAt))}${time}届满`;
}
