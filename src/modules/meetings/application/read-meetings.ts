import { Injectable } from '@nestjs/common';
import { LIGHTS, type LegalDate, legalDateFromInstant, notFound } from '../../../kernel';
import { authorize, mayAct, type ObjectFacts } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { Matters, OVER_STATES } from '../../disputes';
import { countInWords, countVotes } from '../domain/decisions';
import { DECISION_RULES, DECISIONS, RANKS, UNIT_ROLES, type Vote, VOTES } from '../domain/dictionaries';
import { MEETING_STATES, meetingLifecycle } from '../domain/meeting-lifecycle';
import { lightOfTask, MEETING_TASK_STATES, meetingTaskLifecycle } from '../domain/task-lifecycle';
import { Meeting, type MeetingItem, type MeetingTask, type MeetingUnit } from '../persistence/meeting.entity';
import { MeetingDesk } from './meeting-desk';

interface VoiceRow {
  readonly itemId: string;
  readonly unitId: string;
  readonly vote: Vote | null;
  readonly words: string | null;
  readonly recordedByName: string;
  readonly recordedAt: Date;
}

interface FileRow {
  readonly taskId: string;
  readonly id: string;
  readonly fileName: string;
}

const UNITS = `select id, ordinal, agency_id as "agencyId", name, role, person_name as "personName", arrived_at as "arrivedAt",
  arrived_person as "arrivedPerson", arrived_rank as "arrivedRank", arrived_by_code as "arrivedByCode", reservation,
  reserved_at as "reservedAt", reserved_by_name as "reservedByName" from meeting_unit where meeting_id = $1 order by ordinal`;

const ITEMS = `select id, ordinal, subject, decision, decision_words as "decisionWords", decided_by_rule as "decidedByRule"
  from meeting_item where meeting_id = $1 order by ordinal`;

/** The last words and the last vote of each unit on each item. */
const VOICES = `select distinct on (v.item_id, v.unit_id) v.item_id as "itemId", v.unit_id as "unitId",
    (select o.vote from meeting_voice o where o.item_id = v.item_id and o.unit_id = v.unit_id and o.vote is not null
      order by o.recorded_at desc, o.id desc limit 1) as vote,
    (select o.words from meeting_voice o where o.item_id = v.item_id and o.unit_id = v.unit_id and o.words is not null
      order by o.recorded_at desc, o.id desc limit 1) as words,
    v.recorded_by_name as "recordedByName", v.recorded_at as "recordedAt"
  from meeting_voice v where v.meeting_id = $1 order by v.item_id, v.unit_id, v.recorded_at desc, v.id desc`;

const TASK_COLUMNS = `t.id, t.dispute_id as "disputeId", t.meeting_id as "meetingId", t.unit_id as "unitId", t.agency_id as "agencyId",
  t.ordinal, t.person_name as "personName", t.what, t.due_on as "dueOn", t.state, t.answer, t.answered_by as "answeredBy",
  t.answered_by_name as "answeredByName", t.answered_at as "answeredAt", t.return_reason as "returnReason", t.urgings,
  t.last_urged_at as "lastUrgedAt", t.ended_at as "endedAt", t.ending_words as "endingWords", t.version`;

/** What a meeting says, to the center and to the units that were asked to come. */
@Injectable()
export class ReadMeetings {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: MeetingDesk,
    private readonly matters: Matters,
  ) {}

  /** All of one matter, the latest first; also those of other matters that sat upon this one too. */
  async ofMatter(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { standing, dispute } = await this.matters.read(tx, disputeId, 'meetings.list-of-matter');
      const ids = await tx.query<{ id: string }>(
        `select id from meeting where dispute_id = $1 or id in (select meeting_id from meeting_matter where dispute_id = $1)
          order by meet_at desc, id desc limit 50`,
        [disputeId],
      );
      const items = [];
      for (const { id } of ids) items.push(await this.view(tx, await tx.get(Meeting, id), standing));
      const mayCall =
        !OVER_STATES.includes(dispute.state) && mayAct(tx.actor, meetingLifecycle.table.acts.call.by, standing);
      return { items, allowedActs: mayCall ? ['meetings.call'] : [] };
    });
  }

  async one(meetingId: string) {
    return this.unitOfWork.run(async (tx) => {
      const meeting = await tx.get(Meeting, meetingId);
      const { standing } = await this.desk.readMatter(tx, meeting.disputeId, 'meetings.read');
      this.audit(tx, meeting, 'meetings.read');
      return this.view(tx, meeting, standing);
    });
  }

  /** The meetings to which the actor's agency is invited, the latest first, and its own tasks that are not settled. */
  async own(filter: { readonly limit?: number; readonly cursor?: string }) {
    return this.unitOfWork.read(async (tx) => {
      const standing = { agencyIds: tx.actor.agencyIds };
      authorize(tx.actor, 'meetings.list-own', standing);
      const { limit = 20 } = filter;
      const [beforeAt, beforeId] = momentAfter(filter.cursor);
      const rows = await tx.query<{ id: string; meetAt: Date }>(
        `select m.id, m.meet_at as "meetAt" from meeting m
          where exists (select 1 from meeting_unit u where u.meeting_id = m.id and u.agency_id = any ($1))
            and ($2::timestamptz is null or (m.meet_at, m.id) < ($2, $3::uuid))
          order by m.meet_at desc, m.id desc limit $4`,
        [tx.actor.agencyIds, beforeAt, beforeId, limit + 1],
      );
      const page = pageOf(rows, limit, (r) => momentCursor(r.meetAt, r.id));
      const items = [];
      for (const { id } of page.items) {
        const { topic, place, meetAt, state, chairName } = await tx.get(Meeting, id);
        items.push({
          id,
          topic,
          place,
          meetAt: meetAt.toISOString(),
          chairName,
          state,
          stateName: MEETING_STATES[state],
        });
      }
      const open = await tx.query<MeetingTask>(
        `select ${TASK_COLUMNS} from meeting_task t
          where t.agency_id = any ($1) and t.state in ('open', 'answered') order by t.due_on, t.id limit 100`,
        [tx.actor.agencyIds],
      );
      const names = await tx.query<{ id: string; name: string }>(
        'select id, name from meeting_unit where id = any ($1)',
        [open.map((t) => t.unitId)],
      );
      return {
        items,
        nextCursor: page.nextCursor,
        tasks: open.map((task) =>
          this.task(tx, task, names.find((n) => n.id === task.unitId)?.name ?? '', [], standing),
        ),
      };
    });
  }

  /** The meeting as an invited agency reads it: what all heard, and of the tasks its own. */
  async ownOne(meetingId: string) {
    return this.unitOfWork.run(async (tx) => {
      const meeting = await tx.get(Meeting, meetingId);
      const unit = await this.desk.ownUnit(tx, meetingId);
      const standing = { agencyIds: unit?.agencyId ? [unit.agencyId] : [] };
      authorize(tx.actor, 'meetings.read-own', standing);
      if (unit === null) throw notFound();
      this.audit(tx, meeting, 'meetings.read-own');
      return tx.asSystem(() => this.view(tx, meeting, standing, unit.agencyId));
    });
  }

  private async view(tx: Tx, meeting: Meeting, standing: ObjectFacts, forAgency: string | null = null) {
    const units = await tx.query<MeetingUnit>(UNITS, [meeting.id]);
    const rows = await tx.query<MeetingItem>(ITEMS, [meeting.id]);
    const voices = await tx.query<VoiceRow>(VOICES, [meeting.id]);
    // Before the minutes stand, a unit reads what it said itself.
    const isHeard = forAgency === null || meeting.state === 'confirmed';
    const own = units.find((u) => u.agencyId === forAgency)?.id;
    const tasks = await tx.query<MeetingTask>(
      `select ${TASK_COLUMNS} from meeting_task t
        where t.meeting_id = $1 and ($2::uuid is null or t.state <> 'planned') order by t.ordinal`,
      [meeting.id, forAgency],
    );
    const files = await tx.query<FileRow>(
      `select f.task_id as "taskId", a.id, a.file_name as "fileName"
         from meeting_task_file f join attachment a on a.id = f.attachment_id where f.task_id = any ($1) order by a.id`,
      [tasks.map((t) => t.id)],
    );
    const voters = units.filter((u) => u.arrivedAt !== null && u.role !== 'attend');
    const snapshot = await this.desk.snapshot(tx, meeting);
    const { id, state, meetAt, confirmedAt, reservationsUntil, rule } = meeting;
    return {
      id,
      disputeId: forAgency === null ? meeting.disputeId : null,
      ordinal: meeting.ordinal,
      topic: meeting.topic,
      place: meeting.place,
      meetAt: meetAt.toISOString(),
      rule,
      ruleName: DECISION_RULES[rule],
      chairName: meeting.chairName,
      recorderName: meeting.recorderName,
      calledByName: meeting.calledByName,
      state,
      stateName: MEETING_STATES[state],
      conclusion: meeting.conclusion,
      cancelReason: meeting.cancelReason,
      confirmedAt: confirmedAt?.toISOString() ?? null,
      reservationsUntil: reservationsUntil?.toISOString() ?? null,
      units: units.map((u) => ({
        id: u.id,
        name: u.name,
        role: u.role,
        roleName: UNIT_ROLES[u.role],
        isOwn: u.id === own,
        personName: u.personName,
        arrivedAt: u.arrivedAt?.toISOString() ?? null,
        arrivedPerson: u.arrivedPerson,
        arrivedRankName: u.arrivedRank && RANKS[u.arrivedRank],
        arrivedByCode: u.arrivedByCode,
        reservation: u.reservation,
        reservedAt: u.reservedAt?.toISOString() ?? null,
      })),
      items: rows.map((item) => {
        const said = voices.filter((v) => v.itemId === item.id && (isHeard || v.unitId === own));
        const votes = voters.map((u) => voices.find((v) => v.itemId === item.id && v.unitId === u.id)?.vote ?? null);
        return {
          id: item.id,
          ordinal: item.ordinal,
          subject: item.subject,
          votes: isHeard ? countInWords(countVotes(votes)) : null,
          decision: item.decision,
          decisionName: item.decision && DECISIONS[item.decision],
          decisionWords: item.decisionWords,
          ruleName: item.decidedByRule && DECISION_RULES[item.decidedByRule],
          voices: said.map((v) => ({
            unitName: units.find((u) => u.id === v.unitId)?.name ?? '',
            vote: v.vote,
            voteName: v.vote && VOTES[v.vote],
            words: v.words,
            recordedByName: v.recordedByName,
          })),
        };
      }),
      tasks: tasks.map((task) => {
        const proof = files
          .filter((f) => f.taskId === task.id)
          .map(({ id: fileId, fileName }) => ({ id: fileId, fileName }));
        const isMine = forAgency === null || task.agencyId === forAgency;
        const shown = this.task(
          tx,
          task,
          units.find((u) => u.id === task.unitId)?.name ?? '',
          isMine ? proof : [],
          isMine ? standing : {},
        );
        // Who does what by when is agreed at the table; what an agency answers is between it and the center.
        return isMine ? shown : { ...shown, answer: null, returnReason: null, endingWords: null };
      }),
      allowedActs: meetingLifecycle
        .allowedActs(snapshot, tx.now, (by) => mayAct(tx.actor, by, standing))
        .filter((act) => act !== 'arrive' || units.find((u) => u.id === own)?.arrivedAt === null)
        .map((act) => `meetings.${act}`),
      version: meeting.version,
    };
  }

  private task(
    tx: Tx,
    task: MeetingTask,
    unitName: string,
    files: { id: string; fileName: string }[],
    standing: ObjectFacts,
  ) {
    const answeredOn = task.answeredAt === null ? null : legalDateFromInstant(task.answeredAt);
    const light = lightOfTask(
      { state: task.state, dueOn: task.dueOn as LegalDate, answeredOn },
      legalDateFromInstant(tx.now),
    );
    return {
      id: task.id,
      meetingId: task.meetingId,
      ordinal: task.ordinal,
      unitName,
      personName: task.personName,
      what: task.what,
      dueOn: task.dueOn,
      state: task.state,
      stateName: MEETING_TASK_STATES[task.state],
      light,
      lightName: light && LIGHTS[light],
      answer: task.answer,
      answeredByName: task.answeredByName,
      answeredAt: task.answeredAt?.toISOString() ?? null,
      returnReason: task.returnReason,
      urgings: task.urgings,
      lastUrgedAt: task.lastUrgedAt?.toISOString() ?? null,
      endingWords: task.endingWords,
      files,
      allowedActs: meetingTaskLifecycle
        .allowedActs(this.desk.taskSnapshot(tx, task), tx.now, (by) => mayAct(tx.actor, by, standing))
        .map((act) => `meeting-tasks.${act}`),
      version: task.version,
    };
  }

  private audit(tx: Tx, meeting: Meeting, act: string): void {
    tx.audit({
      act,
      objectType: 'meeting',
      objectId: meeting.id,
      disputeId: meeting.disputeId,
      chain: meeting.centerId,
    });
  }
}
