import { Injectable } from '@nestjs/common';
import { mayAct, type ObjectFacts } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import { type CenterCalendar, Calendars } from '../../calendar';
import { LADDER, latenessOf } from '../domain/clocks';
import {
  CONTACT_METHODS,
  DUE_KINDS,
  FEEDBACK_RESULTS,
  OBJECTION_GROUNDS,
  RANKS,
  type Satisfaction,
  SATISFACTIONS,
  SUMMONS_GROUNDS,
  SUMMONS_KINDS,
  SUMMONS_LEVELS,
  TASK_ROLES,
} from '../domain/dictionaries';
import { scoreOf } from '../domain/score';
import { summonsLifecycle } from '../domain/summons-lifecycle';
import { type TaskSnapshot, taskLifecycle } from '../domain/task-lifecycle';
import type {
  Summons,
  SummonsArrival,
  SummonsContact,
  SummonsDue,
  SummonsFeedback,
  SummonsRating,
  SummonsTask,
} from '../persistence/summons.entity';

const SUMMONS_COLUMNS = `s.id, s.dispute_id as "disputeId", s.center_id as "centerId", s.kind, s.level, s.ground, s.brief, s.asks,
  s.place, s.meet_at as "meetAt", s.attendance_required as "attendanceRequired", s.state, s.proposed_by as "proposedBy",
  s.proposed_at as "proposedAt", s.issued_by as "issuedBy", s.issued_at as "issuedAt", s.number_year as "numberYear",
  s.number_seq as "numberSeq", s.number, s.withdrawn_by as "withdrawnBy", s.withdrawn_at as "withdrawnAt",
  s.withdrawal_reason as "withdrawalReason", s.closed_at as "closedAt", s.version`;

export const SUMMONS_OF_MATTER = `select ${SUMMONS_COLUMNS} from summons s where s.dispute_id = $1 order by s.proposed_at, s.id`;

export const SUMMONS_BY_ID = `select ${SUMMONS_COLUMNS} from summons s where s.id = any ($1)`;

export const SUMMONS_OF_CENTER = `select ${SUMMONS_COLUMNS} from summons s
  where s.center_id = $1 and ($2::text is null or s.state = $2) and ($3::uuid is null or s.id < $3)
    and exists (select 1 from dispute d where d.id = s.dispute_id)
    and (not $4::boolean or exists (select 1 from summons_task t join summons_due u on u.task_id = t.id
           where t.summons_id = s.id and u.met_at is null and u.stopped_at is null and u.current_due_at <= $5))
  order by s.id desc limit $6`;

const TASKS_OF_SUMMONS = `select t.id, t.dispute_id as "disputeId", t.summons_id as "summonsId", t.agency_id as "agencyId",
    t.role, t.state, t.issued_at as "issuedAt", t.objection_ends_at as "objectionEndsAt",
    t.objection_hard_stop_at as "objectionHardStopAt", t.signed_by as "signedBy", t.signed_at as "signedAt",
    t.objected_by as "objectedBy", t.objected_at as "objectedAt", t.objection_ground as "objectionGround",
    t.objection_reason as "objectionReason", t.ruled_by as "ruledBy", t.ruled_at as "ruledAt", t.ruling_reason as "rulingReason",
    t.replaced_by_task_id as "replacedByTaskId", t.handling_started_at as "handlingStartedAt", t.confirmed_by as "confirmedBy",
    t.confirmed_at as "confirmedAt", t.withdrawn_at as "withdrawnAt", t.withdrawal_reason as "withdrawalReason",
    t.closed_at as "closedAt", t.agency_access_ends_at as "agencyAccessEndsAt", t.version, a.name as "agencyName"
  from summons_task t join agency a on a.id = t.agency_id
  where t.summons_id = any ($1) and ($2::uuid[] is null or t.agency_id = any ($2))
  order by array_position(array['lead', 'assist', 'notify'], t.role), t.issued_at, a.name`;

/** Rows that hang on tasks, one statement per table whatever the number of tasks. */
const DUES = `select id, task_id as "taskId", kind, round, rule_id as "ruleId", unit, budget, starts_at as "startsAt",
    original_due_at as "originalDueAt", current_due_at as "currentDueAt", pauses, calendar_version as "calendarVersion",
    is_provisional as "isProvisional", explanation, met_at as "metAt", stopped_at as "stoppedAt"
  from summons_due where task_id = any ($1)
  order by array_position(array['sign', 'contact', 'arrive', 'feedback'], kind), round`;
const CONTACTS = `select task_id as "taskId", method, note, contacted_at as "contactedAt" from summons_contact
  where task_id = any ($1) order by id`;
const ARRIVALS = `select task_id as "taskId", person_name as "personName", rank, arrived_at as "arrivedAt" from summons_arrival
  where task_id = any ($1) order by id`;
const FEEDBACKS = `select task_id as "taskId", round, result, ground, answers, attachment_ids as "attachmentIds", given_at as "givenAt",
    returned_at as "returnedAt", return_reason as "returnReason" from summons_feedback where task_id = any ($1) order by round`;
const RATINGS = `select task_id as "taskId", rater, effect, satisfaction, remark, rated_at as "ratedAt" from summons_rating
  where task_id = any ($1) order by id`;

type TaskRow = SummonsTask & { readonly agencyName: string };

interface Hanging {
  readonly dues: readonly SummonsDue[];
  readonly contacts: readonly SummonsContact[];
  readonly arrivals: readonly SummonsArrival[];
  readonly feedbacks: readonly SummonsFeedback[];
  readonly ratings: readonly SummonsRating[];
}

/** What is shown of whistles and tasks. Names beside keys, lateness derived at `tx.now`. */
@Injectable()
export class SummonsViews {
  constructor(private readonly calendars: Calendars) {}

  /** Whistles with their tasks as the center sees them. */
  async forCenter(tx: Tx, summonses: readonly Summons[], standingOf: (summons: Summons) => ObjectFacts) {
    const books = await this.books(tx, summonses, null);
    return summonses.map((summons) => {
      const tasks = books.filter((b) => b.task.summonsId === summons.id);
      const views = tasks.map((book) => this.taskView(tx, summons, book, tasks, standingOf(summons)));
      return {
        ...this.head(summons),
        disputeId: summons.disputeId,
        proposedAt: summons.proposedAt.toISOString(),
        withdrawalReason: summons.withdrawalReason,
        tasks: views,
        holdUps: views
          .flatMap((task) =>
            task.dues
              .filter((due) => due.isLate && due.metAt === null && due.stoppedAt === null)
              .map((due) => ({
                taskId: task.id,
                agencyName: task.agencyName,
                kind: due.kind,
                kindName: due.kindName,
                lateMinutes: due.lateMinutes,
                step: due.step,
                stepName: due.stepName,
              })),
          )
          .sort((a, b) => b.lateMinutes - a.lateMinutes),
        version: summons.version,
      };
    });
  }

  /** An agency's own tasks with the whistles they hang on: nothing of the matter, nothing of other agencies. */
  async forAgency(tx: Tx, summonses: readonly Summons[], agencyIds: readonly string[]) {
    const books = await this.books(tx, summonses, agencyIds);
    return summonses.flatMap((summons) =>
      books
        .filter((b) => b.task.summonsId === summons.id)
        .map((book) => ({
          summons: this.head(summons),
          ...this.taskView(tx, summons, book, [book], { agencyIds: [book.task.agencyId] }),
        })),
    );
  }

  private head(summons: Summons) {
    const { id, number, kind, level, ground, brief, asks, place, meetAt, attendanceRequired, state, issuedAt } =
      summons;
    return {
      id,
      number,
      kind,
      kindName: SUMMONS_KINDS[kind],
      level,
      levelName: SUMMONS_LEVELS[level],
      ground,
      groundName: SUMMONS_GROUNDS[ground],
      brief,
      asks,
      place,
      meetAt: meetAt?.toISOString() ?? null,
      attendanceRequired,
      state,
      stateName: summonsLifecycle.table.states[state],
      issuedAt: issuedAt?.toISOString() ?? null,
    };
  }

  private taskView(tx: Tx, summons: Summons, book: TaskBook, fellows: readonly TaskBook[], standing: ObjectFacts) {
    const { task, office, dues, contacts, arrivals, feedbacks, ratings } = book;
    const center = ratings.find((r) => r.rater === 'center');
    const party = ratings.find((r) => r.rater === 'party');
    const shown = dues.map((due) => Object.assign({}, due, latenessOf(due, office, tx.now)));
    const inTime: Partial<Record<'sign' | 'arrive' | 'feedback', boolean>> = {};
    for (const due of shown) {
      // Feedback counts in time only when each round was.
      if (due.kind !== 'contact') inTime[due.kind] = (inTime[due.kind] ?? true) && !due.isLate;
    }
    const score = scoreOf({
      state: task.state,
      role: task.role,
      inTime,
      effect: center?.effect ?? null,
      party: party?.satisfaction ?? null,
    });
    const snapshot: TaskSnapshot = {
      state: task.state,
      role: task.role,
      attendanceRequired: summons.attendanceRequired,
      objectionEndsAt: task.objectionEndsAt,
      objectionHardStopAt: task.objectionHardStopAt,
      openFellows: fellows.filter(
        (f) =>
          f !== book && f.task.role !== 'notify' && !['upheld', 'rated', 'closed', 'withdrawn'].includes(f.task.state),
      ).length,
      isRatedByParty: party !== undefined,
      hasReason: true,
    };
    return {
      id: task.id,
      agencyId: task.agencyId,
      agencyName: task.agencyName,
      role: task.role,
      roleName: TASK_ROLES[task.role],
      state: task.state,
      stateName: taskLifecycle.table.states[task.state],
      issuedAt: task.issuedAt?.toISOString() ?? null,
      signedAt: task.signedAt?.toISOString() ?? null,
      objection:
        task.objectedAt === null || task.objectionGround === null
          ? null
          : {
              ground: task.objectionGround,
              groundName: OBJECTION_GROUNDS[task.objectionGround],
              reason: task.objectionReason ?? '',
              objectedAt: task.objectedAt.toISOString(),
              ruledAt: task.ruledAt?.toISOString() ?? null,
              rulingReason: task.rulingReason,
            },
      handlingStartedAt: task.handlingStartedAt?.toISOString() ?? null,
      confirmedAt: task.confirmedAt?.toISOString() ?? null,
      closedAt: task.closedAt?.toISOString() ?? null,
      withdrawalReason: task.withdrawalReason,
      dues: shown.map((due) => ({
        kind: due.kind,
        kindName: DUE_KINDS[due.kind],
        round: due.round,
        startsAt: due.startsAt.toISOString(),
        originalDueAt: due.originalDueAt.toISOString(),
        currentDueAt: due.currentDueAt?.toISOString() ?? null,
        metAt: due.metAt?.toISOString() ?? null,
        stoppedAt: due.stoppedAt?.toISOString() ?? null,
        isLate: due.isLate,
        lateMinutes: due.lateMinutes,
        step: due.step,
        stepName: LADDER[due.step],
        isProvisional: due.isProvisional,
        calendarVersion: due.calendarVersion,
        explanation: due.explanation,
      })),
      contacts: contacts.map((c) => ({
        method: c.method,
        methodName: CONTACT_METHODS[c.method],
        note: c.note,
        contactedAt: c.contactedAt.toISOString(),
      })),
      arrivals: arrivals.map((a) => ({
        personName: a.personName,
        rank: a.rank,
        rankName: RANKS[a.rank],
        arrivedAt: a.arrivedAt.toISOString(),
      })),
      feedbacks: feedbacks.map((f) => ({
        round: f.round,
        result: f.result,
        resultName: FEEDBACK_RESULTS[f.result],
        ground: f.ground,
        answers: [...f.answers],
        attachmentIds: f.attachmentIds,
        givenAt: f.givenAt.toISOString(),
        returnedAt: f.returnedAt?.toISOString() ?? null,
        returnReason: f.returnReason,
      })),
      rating:
        center === undefined && party === undefined
          ? null
          : {
              effect: center?.effect ?? null,
              remark: center?.remark ?? null,
              satisfaction: party?.satisfaction ?? null,
              satisfactionName: nameOf(party?.satisfaction),
              score: score?.total ?? null,
              parts: score ? [...score.parts] : [],
            },
      allowedActs: taskLifecycle
        .allowedActs(snapshot, tx.now, (by) => mayAct(tx.actor, by, standing))
        .map((act) => `summons-tasks.${act}`),
      version: task.version,
    };
  }

  private async books(tx: Tx, summonses: readonly Summons[], agencyIds: readonly string[] | null): Promise<TaskBook[]> {
    const tasks = await tx.query<TaskRow>(TASKS_OF_SUMMONS, [summonses.map((s) => s.id), agencyIds]);
    const ids = [tasks.map((t) => t.id)];
    const hanging: Hanging = {
      dues: await tx.query<SummonsDue>(DUES, ids),
      contacts: await tx.query<SummonsContact>(CONTACTS, ids),
      arrivals: await tx.query<SummonsArrival>(ARRIVALS, ids),
      feedbacks: await tx.query<SummonsFeedback>(FEEDBACKS, ids),
      ratings: await tx.query<SummonsRating>(RATINGS, ids),
    };
    const offices = new Map<string, CenterCalendar>();
    for (const { centerId } of summonses) {
      if (!offices.has(centerId)) offices.set(centerId, await this.calendars.forCenter(tx, centerId));
    }
    return tasks.flatMap((task) => {
      const summons = summonses.find((s) => s.id === task.summonsId);
      const office = summons && offices.get(summons.centerId);
      if (!office) return [];
      const of = <Row extends { taskId: string }>(rows: readonly Row[]): Row[] =>
        rows.filter((r) => r.taskId === task.id);
      return [
        {
          task,
          office,
          dues: of(hanging.dues),
          contacts: of(hanging.contacts),
          arrivals: of(hanging.arrivals),
          feedbacks: of(hanging.feedbacks),
          ratings: of(hanging.ratings),
        },
      ];
    });
  }
}

interface TaskBook extends Hanging {
  readonly task: TaskRow;
  readonly office: CenterCalendar;
}

function nameOf(satisfaction: Satisfaction | null | undefined): string | null {
  return satisfaction === null || satisfaction === undefined ? null : SATISFACTIONS[satisfaction];
}
