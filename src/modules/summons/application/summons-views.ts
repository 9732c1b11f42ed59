import { Injectable } from '@nestjs/common';
import { type Light, LIGHTS, worstLight } from '../../../kernel';
import { mayAct, type ObjectFacts } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import { type CenterCalendar, Calendars } from '../../calendar';
import { SEALED_TITLE } from '../../disputes';
import { latenessOf, outlookOf } from '../domain/clocks';
import { nextStepOf } from '../domain/desks';
import {
  APPEAL_GROUNDS,
  APPEAL_OUTCOMES,
  CLOCK_KINDS,
  CONTACT_METHODS,
  EXCUSABLE_PARTS,
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
import { LADDER, type LadderStep, nextRung, RUNG_OUTCOMES, rungCn } from '../domain/ladder';
import { SCORE_PARTS, scoreOf, type TimedPart } from '../domain/score';
import { summonsLifecycle } from '../domain/summons-lifecycle';
import { type TaskSnapshot, taskLifecycle } from '../domain/task-lifecycle';
import { DutyNotes } from './duty-notes';
import { type KeptWeights, weightsById, weightsName } from './keep-score-weights';
import type {
  Summons,
  SummonsAppeal,
  SummonsArrival,
  SummonsContact,
  SummonsDue,
  SummonsFeedback,
  SummonsLadderStep,
  SummonsRating,
  SummonsTask,
  KeptDutyNote,
} from '../persistence/summons.entity';

const SUMMONS_COLUMNS = `s.id, s.dispute_id as "disputeId", s.center_id as "centerId", s.kind, s.level, s.ground, s.brief, s.asks,
  s.place, s.meet_at as "meetAt", s.attendance_required as "attendanceRequired", s.state, s.proposed_by as "proposedBy",
  s.proposed_at as "proposedAt", s.issued_by as "issuedBy", s.issued_at as "issuedAt", s.number_year as "numberYear",
  s.number_seq as "numberSeq", s.number, s.withdrawn_by as "withdrawnBy", s.withdrawn_at as "withdrawnAt",
  s.withdrawal_reason as "withdrawalReason", s.closed_at as "closedAt", s.version,
  (select a.display_name from account a where a.id = s.proposed_by) as "proposedByName",
  (select a.display_name from account a where a.id = s.issued_by) as "issuedByName",
  c.name as "centerName", c.phone as "centerPhone", c.address as "centerAddress",
  d.registration_number as "registrationNumber", d.title as "matterTitle", d.is_sealed as "isSealed"`;

/** The matter is there for its center only: an agency reads nulls. */
const FROM_SUMMONS = 'from summons s join center c on c.id = s.center_id left join dispute d on d.id = s.dispute_id';

export const SUMMONS_OF_MATTER = `select ${SUMMONS_COLUMNS} ${FROM_SUMMONS} where s.dispute_id = $1 order by s.proposed_at, s.id`;

export const SUMMONS_BY_ID = `select ${SUMMONS_COLUMNS} ${FROM_SUMMONS} where s.id = any ($1)`;

/** What waits for the center in one whistle; `$2` is now. Each tab of the ledger is one of these. */
const STANDING = `lateral (select
    s.state = 'draft' as "to-issue",
    exists (select 1 from summons_task t join summons_due u on u.task_id = t.id
             where t.summons_id = s.id and u.met_at is null and u.stopped_at is null and u.current_due_at <= $2) as late,
    exists (select 1 from summons_task t where t.summons_id = s.id and t.state = 'objected') as "to-rule",
    exists (select 1 from summons_task t where t.summons_id = s.id and t.state = 'feedback') as "to-review",
    exists (select 1 from summons_task t where t.summons_id = s.id and t.state = 'confirmed') as "to-rate",
    exists (select 1 from summons_task t join summons_appeal p on p.task_id = t.id
             where t.summons_id = s.id and p.outcome is null) as appealed,
    s.state = 'issued' as running,
    s.state in ('closed', 'withdrawn') as ended) w`;

export const SUMMONS_OF_CENTER = `select ${SUMMONS_COLUMNS} ${FROM_SUMMONS}, ${STANDING}
  where s.center_id = $1 and d.id is not null and ($3::text is null or s.state = $3) and ($4::uuid is null or s.id < $4)
    and ($5::text is null or (to_jsonb(w) ->> $5)::boolean)
    and ($6::uuid is null or exists (select 1 from summons_task t where t.summons_id = s.id and t.agency_id = $6))
    and ($7::text is null or s.number like $7 or d.registration_number like $7)
  order by s.id desc limit $8`;

export const COUNTS_OF_CENTER = `select count(*) filter (where w."to-issue")::int as "to-issue", count(*) filter (where w.late)::int as late,
    count(*) filter (where w."to-rule")::int as "to-rule", count(*) filter (where w."to-review")::int as "to-review",
    count(*) filter (where w."to-rate")::int as "to-rate", count(*) filter (where w.appealed)::int as appealed,
    count(*) filter (where w.running)::int as running, count(*) filter (where w.ended)::int as ended
  ${FROM_SUMMONS}, ${STANDING} where s.center_id = $1 and d.id is not null`;

const TASKS_OF_SUMMONS = `select t.id, t.dispute_id as "disputeId", t.summons_id as "summonsId", t.agency_id as "agencyId",
    t.role, t.state, t.issued_at as "issuedAt", t.objection_ends_at as "objectionEndsAt",
    t.objection_hard_stop_at as "objectionHardStopAt", t.signed_by as "signedBy", t.signed_at as "signedAt",
    t.objected_by as "objectedBy", t.objected_at as "objectedAt", t.objection_ground as "objectionGround",
    t.objection_reason as "objectionReason", t.ruled_by as "ruledBy", t.ruled_at as "ruledAt", t.ruling_reason as "rulingReason",
    t.replaced_by_task_id as "replacedByTaskId", t.handling_started_at as "handlingStartedAt", t.confirmed_by as "confirmedBy",
    t.confirmed_at as "confirmedAt", t.withdrawn_at as "withdrawnAt", t.withdrawal_reason as "withdrawalReason",
    t.closed_at as "closedAt", t.agency_access_ends_at as "agencyAccessEndsAt", t.appeal_ends_at as "appealEndsAt",
    t.duty_notes as "dutyNotes", t.score_weights_id as "scoreWeightsId", t.version, a.name as "agencyName",
    (select n.display_name from account n where n.id = t.signed_by) as "signedByName",
    (select n.display_name from account n where n.id = t.objected_by) as "objectedByName",
    (select n.display_name from account n where n.id = t.ruled_by) as "ruledByName",
    (select n.display_name from account n where n.id = t.confirmed_by) as "confirmedByName",
    (select n.name from summons_task r join agency n on n.id = r.agency_id where r.id = t.replaced_by_task_id) as "replacedByName"
  from summons_task t join agency a on a.id = t.agency_id
  where t.summons_id = any ($1) and ($2::uuid[] is null or t.agency_id = any ($2))
  order by array_position(array['lead', 'assist', 'notify'], t.role), t.issued_at, a.name`;

/** Rows that hang on tasks, one statement per table whatever the number of tasks. */
const DUES = `select id, task_id as "taskId", kind, round, rule_id as "ruleId", unit, budget, starts_at as "startsAt",
    original_due_at as "originalDueAt", current_due_at as "currentDueAt", pauses, calendar_version as "calendarVersion",
    is_provisional as "isProvisional", explanation, met_at as "metAt", stopped_at as "stoppedAt"
  from summons_due where task_id = any ($1)
  order by array_position(array['sign', 'contact', 'arrive', 'feedback'], kind), round`;
/** Steps of the ladder with what became of their 催办, 督办单 …; a reader who does not see those reads nulls. */
const RUNGS = `select l.task_id as "taskId", u.kind, l.step, l.taken_at as "takenAt", l.outcome, v.id as "supervisionId",
    v.answer, v.answered_by_name as "answeredByName", v.answered_at as "answeredAt", v.ending_opinion as "endingOpinion"
  from summons_ladder_step l join summons_due u on u.id = l.due_id left join supervision v on v.id = l.supervision_id
  where l.task_id = any ($1) order by l.taken_at, l.due_at`;
const CONTACTS = `select task_id as "taskId", method, note, contacted_at as "contactedAt",
    (select n.display_name from account n where n.id = contacted_by) as "contactedByName" from summons_contact
  where task_id = any ($1) order by id`;
const ARRIVALS = `select task_id as "taskId", person_name as "personName", rank, arrived_at as "arrivedAt" from summons_arrival
  where task_id = any ($1) order by id`;
const FEEDBACKS = `select task_id as "taskId", round, result, ground, answers, attachment_ids as "attachmentIds", given_at as "givenAt",
    returned_at as "returnedAt", return_reason as "returnReason",
    (select n.display_name from account n where n.id = given_by) as "givenByName" from summons_feedback where task_id = any ($1) order by round`;
const RATINGS = `select task_id as "taskId", rater, effect, satisfaction, remark, rated_by as "ratedBy", rated_at as "ratedAt",
    (select n.display_name from account n where n.id = rated_by) as "ratedByName" from summons_rating
  where task_id = any ($1) order by id`;
const APPEALS = `select task_id as "taskId", ground, reason, lodged_at as "lodgedAt", due_at as "dueAt", outcome, effect, excused,
    ruled_at as "ruledAt", ruling_reason as "rulingReason",
    (select n.display_name from account n where n.id = lodged_by) as "lodgedByName",
    (select n.display_name from account n where n.id = ruled_by) as "ruledByName" from summons_appeal
  where task_id = any ($1)`;
const FILES =
  'select id, file_name as "fileName", media_type as "mediaType", size_bytes as "sizeBytes" from attachment where id = any ($1)';

/** A whistle as read for showing. */
export type SummonsRow = Summons & {
  readonly proposedByName: string;
  readonly issuedByName: string | null;
  readonly centerName: string;
  readonly centerPhone: string | null;
  readonly centerAddress: string | null;
  readonly registrationNumber: string | null;
  readonly matterTitle: string | null;
  readonly isSealed: boolean | null;
};

type TaskRow = SummonsTask & {
  readonly agencyName: string;
  readonly signedByName: string | null;
  readonly objectedByName: string | null;
  readonly ruledByName: string | null;
  readonly confirmedByName: string | null;
  readonly replacedByName: string | null;
};

interface FileRow {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

type RungRow = Pick<SummonsLadderStep, 'taskId' | 'step' | 'takenAt' | 'outcome' | 'supervisionId'> & {
  readonly kind: SummonsDue['kind'];
  readonly answer: string | null;
  readonly answeredByName: string | null;
  readonly answeredAt: Date | null;
  readonly endingOpinion: string | null;
};

interface Hanging {
  readonly dues: readonly SummonsDue[];
  readonly ladder: readonly RungRow[];
  readonly contacts: readonly (SummonsContact & { readonly contactedByName: string })[];
  readonly arrivals: readonly SummonsArrival[];
  readonly feedbacks: readonly (SummonsFeedback & { readonly givenByName: string })[];
  readonly ratings: readonly (SummonsRating & { readonly ratedByName: string })[];
  readonly appeals: readonly (SummonsAppeal & { readonly lodgedByName: string; readonly ruledByName: string | null })[];
}

/** What is shown of whistles and tasks. Names beside keys, lateness derived at `tx.now`. */
@Injectable()
export class SummonsViews {
  constructor(
    private readonly calendars: Calendars,
    private readonly duty: DutyNotes,
  ) {}

  /** Whistles with their tasks as the center sees them. */
  async forCenter(tx: Tx, summonses: readonly SummonsRow[], standingOf: (summons: Summons) => ObjectFacts) {
    const books = await this.books(tx, summonses, null);
    return summonses.map((summons) => {
      const tasks = books.filter((b) => b.task.summonsId === summons.id);
      const views = tasks.map((book) => this.taskView(tx, summons, book, tasks, standingOf(summons), 'center'));
      return {
        ...this.head(summons),
        disputeId: summons.disputeId,
        registrationNumber: summons.registrationNumber ?? '',
        matterTitle: summons.isSealed === true ? SEALED_TITLE : (summons.matterTitle ?? ''),
        proposedAt: summons.proposedAt.toISOString(),
        proposedByName: summons.proposedByName,
        issuedByName: summons.issuedByName,
        withdrawalReason: summons.withdrawalReason,
        tasks: views,
        light: worst(views),
        lightName: lightName(worst(views)),
        holdUps: views
          .flatMap((task) =>
            task.dues
              .filter((due) => due.isLate && due.metAt === null && due.stoppedAt === null)
              .map((due) => ({
                taskId: task.id,
                agencyName: due.kind === 'ruling' ? summons.centerName : task.agencyName,
                kind: due.kind,
                kindName: due.kindName,
                lateMinutes: due.lateMinutes,
                words: due.words,
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
  async forAgency(tx: Tx, summonses: readonly SummonsRow[], agencyIds: readonly string[]) {
    const books = await this.books(tx, summonses, agencyIds);
    return summonses.flatMap((summons) =>
      books
        .filter((b) => b.task.summonsId === summons.id)
        .map((book) => ({
          summons: {
            ...this.head(summons),
            contact: {
              centerName: summons.centerName,
              phone: summons.centerPhone,
              address: summons.centerAddress,
              personName: summons.proposedByName,
            },
          },
          ...this.taskView(tx, summons, book, [book], { agencyIds: [book.task.agencyId] }, 'agency'),
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

  private taskView(
    tx: Tx,
    summons: Summons,
    book: TaskBook,
    fellows: readonly TaskBook[],
    standing: ObjectFacts,
    side: 'center' | 'agency',
  ) {
    const { task, office, dues, contacts, arrivals, feedbacks, ratings, files } = book;
    const [appeal] = book.appeals;
    const center = ratings.find((r) => r.rater === 'center');
    const party = ratings.find((r) => r.rater === 'party');
    const isEmergency = summons.kind === 'emergency';
    const shown = dues.map((kept) => {
      const due = Object.assign({}, kept, { isEmergency });
      const isOver = due.metAt !== null || due.stoppedAt !== null;
      return Object.assign(due, latenessOf(due, office, tx.now), outlookOf(due, office, tx.now), {
        next: isOver ? null : nextRung(due, office, tx.now),
      });
    });
    const inTime: Partial<Record<TimedPart, boolean>> = {};
    for (const due of shown) {
      // Feedback counts in time only when each round was.
      if (due.kind !== 'ruling') inTime[due.kind] = (inTime[due.kind] ?? true) && !due.isLate;
    }
    const scored = {
      state: task.state,
      role: task.role,
      inTime,
      effect: center?.effect ?? null,
      party: party?.satisfaction ?? null,
    };
    const { weights } = book;
    const asRated = weights && scoreOf(scored, weights);
    const score =
      weights && appeal
        ? scoreOf({ ...scored, effect: appeal.effect ?? scored.effect, excused: appeal.excused }, weights)
        : asRated;
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
      appealEndsAt: task.appealEndsAt,
      appeal: appeal === undefined ? 'none' : appeal.outcome === null ? 'lodged' : 'ruled',
      actorRated: center !== undefined && center.ratedBy === tx.actor.accountId,
      hasReason: true,
    };
    // An agency is not lit by what waits for the center.
    const running = shown.filter((due) => due.light !== null && (side === 'center' || due.kind !== 'ruling'));
    const light = worstLight(running.flatMap((due) => (due.light === null ? [] : [due.light])));
    const next = running
      .filter((due) => due.currentDueAt !== null)
      .sort((a, b) => Number(a.currentDueAt) - Number(b.currentDueAt))[0];
    return {
      id: task.id,
      agencyId: task.agencyId,
      agencyName: task.agencyName,
      role: task.role,
      roleName: TASK_ROLES[task.role],
      state: task.state,
      stateName: taskLifecycle.table.states[task.state],
      light,
      lightName: lightName(light),
      nextDue:
        next === undefined
          ? null
          : {
              kind: next.kind,
              kindName: CLOCK_KINDS[next.kind],
              dueAt: next.currentDueAt?.toISOString() ?? '',
              words: next.words,
              explanation: next.explanation,
              isProvisional: next.isProvisional,
            },
      nextStep: nextStepOf(snapshot, taskLifecycle.refusal('appeal', snapshot, tx.now) === null),
      dutyNotes: side === 'agency' ? [] : [...task.dutyNotes, ...(book.dutyNow === null ? [] : [book.dutyNow])],
      issuedAt: task.issuedAt?.toISOString() ?? null,
      signedAt: task.signedAt?.toISOString() ?? null,
      signedByName: task.signedByName,
      objection:
        task.objectedAt === null || task.objectionGround === null
          ? null
          : {
              ground: task.objectionGround,
              groundName: OBJECTION_GROUNDS[task.objectionGround],
              reason: task.objectionReason ?? '',
              objectedAt: task.objectedAt.toISOString(),
              objectedByName: task.objectedByName ?? '',
              ruledAt: task.ruledAt?.toISOString() ?? null,
              ruledByName: task.ruledByName,
              rulingReason: task.rulingReason,
              replacedByName: task.replacedByName,
            },
      handlingStartedAt: task.handlingStartedAt?.toISOString() ?? null,
      confirmedAt: task.confirmedAt?.toISOString() ?? null,
      confirmedByName: task.confirmedByName,
      closedAt: task.closedAt?.toISOString() ?? null,
      withdrawalReason: task.withdrawalReason,
      dues: shown.map((due) => ({
        kind: due.kind,
        kindName: CLOCK_KINDS[due.kind],
        round: due.round,
        startsAt: due.startsAt.toISOString(),
        originalDueAt: due.originalDueAt.toISOString(),
        currentDueAt: due.currentDueAt?.toISOString() ?? null,
        metAt: due.metAt?.toISOString() ?? null,
        stoppedAt: due.stoppedAt?.toISOString() ?? null,
        isLate: due.isLate,
        lateMinutes: due.lateMinutes,
        light: due.light,
        lightName: lightName(due.light),
        progress: due.progress,
        words: due.words,
        step: due.step,
        stepName: stepName(due),
        next:
          due.next === null
            ? null
            : {
                step: due.next.step,
                stepName: LADDER[due.next.step],
                at: due.next.at.toISOString(),
                words: rungCn(due.kind, due.next),
              },
        isProvisional: due.isProvisional,
        calendarVersion: due.calendarVersion,
        explanation: due.explanation,
      })),
      ladder: book.ladder
        .filter((rung) => side === 'center' || rung.kind !== 'ruling')
        .map((rung) => ({
          kind: rung.kind,
          kindName: CLOCK_KINDS[rung.kind],
          step: rung.step,
          stepName: LADDER[rung.step],
          takenAt: rung.takenAt.toISOString(),
          outcome: rung.outcome,
          supervisionId: rung.supervisionId,
          answer: rung.answer,
          answeredByName: rung.answeredByName,
          answeredAt: rung.answeredAt?.toISOString() ?? null,
          words: rungStanding(rung),
        })),
      contacts: contacts.map((c) => ({
        method: c.method,
        methodName: CONTACT_METHODS[c.method],
        note: c.note,
        contactedAt: c.contactedAt.toISOString(),
        contactedByName: c.contactedByName,
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
        files: f.attachmentIds.flatMap((id) => files.filter((file) => file.id === id)),
        givenAt: f.givenAt.toISOString(),
        givenByName: f.givenByName,
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
              parts: score ? score.parts.map((part) => ({ ...part, partName: SCORE_PARTS[part.part] })) : [],
              ratedByName: center?.ratedByName ?? null,
              weightsName: weights === null ? null : weightsName(weights),
              appealEndsAt: task.appealEndsAt?.toISOString() ?? null,
            },
      appeal:
        appeal === undefined
          ? null
          : {
              ground: appeal.ground,
              groundName: APPEAL_GROUNDS[appeal.ground],
              reason: appeal.reason,
              lodgedAt: appeal.lodgedAt.toISOString(),
              lodgedByName: appeal.lodgedByName,
              dueAt: appeal.dueAt.toISOString(),
              isLate: tx.now >= appeal.dueAt && appeal.outcome === null,
              outcome: appeal.outcome,
              outcomeName: appeal.outcome === null ? null : APPEAL_OUTCOMES[appeal.outcome],
              scoreBefore: asRated?.total ?? null,
              effect: appeal.effect,
              excused: appeal.excused,
              excusedNames: appeal.excused.map((part) => EXCUSABLE_PARTS[part]),
              ruledAt: appeal.ruledAt?.toISOString() ?? null,
              ruledByName: appeal.ruledByName,
              rulingReason: appeal.rulingReason,
            },
      allowedActs: taskLifecycle
        .allowedActs(snapshot, tx.now, (by) => mayAct(tx.actor, by, standing))
        .map((act) => `summons-tasks.${act}`),
      version: task.version,
    };
  }

  /** Whoever is about to issue a draft reads who is on duty now. */
  private async dutyNow(
    tx: Tx,
    summonses: readonly Summons[],
    tasks: readonly TaskRow[],
    officeOf: (centerId: string) => CenterCalendar,
  ): Promise<ReadonlyMap<string, KeptDutyNote>> {
    const notes = new Map<string, KeptDutyNote>();
    for (const summons of summonses) {
      const drafts = tasks.filter((t) => t.summonsId === summons.id && t.state === 'draft');
      if (drafts.length === 0) continue;
      const ids = drafts.map((t) => t.agencyId);
      const shown = await this.duty.forRecord(tx, summons, ids, officeOf(summons.centerId), 'issue');
      for (const task of drafts) {
        const note = shown.get(task.agencyId);
        if (note !== undefined) notes.set(task.id, note);
      }
    }
    return notes;
  }

  private async books(tx: Tx, summonses: readonly Summons[], agencyIds: readonly string[] | null): Promise<TaskBook[]> {
    const tasks = await tx.query<TaskRow>(TASKS_OF_SUMMONS, [summonses.map((s) => s.id), agencyIds]);
    const ids = [tasks.map((t) => t.id)];
    const hanging: Hanging = {
      dues: await tx.query(DUES, ids),
      ladder: await tx.query(RUNGS, ids),
      contacts: await tx.query(CONTACTS, ids),
      arrivals: await tx.query(ARRIVALS, ids),
      feedbacks: await tx.query(FEEDBACKS, ids),
      ratings: await tx.query(RATINGS, ids),
      appeals: await tx.query(APPEALS, ids),
    };
    const handedIn = hanging.feedbacks.flatMap((f) => f.attachmentIds);
    // An agency sees no file of the matter; those of its own feedback are named by rows that it does see.
    const named = (): Promise<FileRow[]> => tx.query<FileRow>(FILES, [handedIn]);
    const files = handedIn.length === 0 ? [] : await (agencyIds === null ? named() : tx.asSystem(named));
    const weights = await weightsById(
      tx,
      tasks.map((t) => t.scoreWeightsId),
    );
    const officeOf = await this.calendars.forCenters(
      tx,
      summonses.map(({ centerId }) => centerId),
    );
    const now = await this.dutyNow(tx, summonses, tasks, officeOf);
    return tasks.flatMap((task) => {
      const summons = summonses.find((s) => s.id === task.summonsId);
      const office = summons && officeOf(summons.centerId);
      if (!office) return [];
      const of = <Row extends { taskId: string }>(rows: readonly Row[]): Row[] =>
        rows.filter((r) => r.taskId === task.id);
      return [
        {
          task,
          office,
          dutyNow: now.get(task.id) ?? null,
          weights: task.scoreWeightsId === null ? null : (weights.get(task.scoreWeightsId) ?? null),
          dues: of(hanging.dues),
          ladder: of(hanging.ladder),
          contacts: of(hanging.contacts),
          arrivals: of(hanging.arrivals),
          feedbacks: of(hanging.feedbacks),
          ratings: of(hanging.ratings),
          appeals: of(hanging.appeals),
          files,
        },
      ];
    });
  }
}

interface TaskBook extends Hanging {
  readonly task: TaskRow;
  readonly office: CenterCalendar;
  readonly weights: KeptWeights | null;
  readonly dutyNow: KeptDutyNote | null;
  readonly files: readonly FileRow[];
}

function worst(tasks: readonly { readonly light: Light | null }[]): Light | null {
  return worstLight(tasks.flatMap(({ light }) => (light === null ? [] : [light])));
}

function lightName(light: Light | null): string | null {
  return light === null ? null : LIGHTS[light];
}

/** What became of a step that nobody has answered in words. */
function rungStanding({ outcome, supervisionId, answer, endingOpinion }: RungRow): string {
  if (outcome === 'overtaken' || supervisionId === null) return RUNG_OUTCOMES[outcome];
  return answer === null ? (endingOpinion ?? '待答复') : '已答复';
}

/** A clock that has run out while the office is closed is late before anybody is spoken to. */
function stepName(due: { readonly step: LadderStep; readonly isLate: boolean; readonly next: object | null }): string {
  const isToBeUrged = due.isLate && due.next !== null && (due.step === 'none' || due.step === 'reminder');
  return isToBeUrged ? '办公后催办' : LADDER[due.step];
}

function nameOf(satisfaction: Satisfaction | null | undefined): string | null {
  return satisfaction === null || satisfaction === undefined ? null : SATISFACTIONS[satisfaction];
}
