import { Inject, Injectable } from '@nestjs/common';
import { toString as drawQrCode } from 'qrcode';
import { CONFIG, type Config } from '../../../config';
import {
  addDays,
  CHECK_CODE_BYTES,
  computeDeadline,
  type DeadlineRule,
  legalDateFromInstant,
  makeCheckCode,
  parseCheckCode,
  ruleViolation,
} from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Calendars } from '../../calendar';
import { countInWords, countVotes, objectionToDecision } from '../domain/decisions';
import type { Decision, Rank, Vote } from '../domain/dictionaries';
import { meetingTaskLifecycle } from '../domain/task-lifecycle';
import { Meeting, MeetingItem, MeetingTask, MeetingUnit, MeetingVoice } from '../persistence/meeting.entity';
import { MeetingDesk, meetingAnswer, refuseNumbers } from './meeting-desk';

/** A code on the screen holds for the turn in which it is shown and the next. */
const CODE_MS = 120_000;

/** A later day is a slip of the pen; what takes longer is given in parts. */
const FARTHEST_DUE_DAYS = 731;

/** Units read the minutes and may add a reservation for this long. */
const RESERVATION_WINDOW: DeadlineRule = {
  id: 'meetings.reservation',
  term: 3,
  unit: 'working-day',
  rollToWorkingDay: false,
  closesWithOffice: true,
  article: '会商会议纪要（提出保留意见）',
};

export interface Arrival {
  readonly personName: string;
  readonly rank: Rank;
}

/** From the door to the confirmed minutes. */
@Injectable()
export class HoldMeeting {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: MeetingDesk,
    private readonly calendars: Calendars,
    private readonly keys: KeyRing,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The code of these minutes for the screen of the room. Nothing is kept of it: it follows from the meeting and the moment. */
  async showCode(meetingId: string) {
    const shown = await this.unitOfWork.run(async (tx) => {
      const meeting = await this.desk.lockForCenter(tx, meetingId, 'show-sign-in-code');
      tx.audit({
        act: 'meetings.show-sign-in-code',
        objectType: 'meeting',
        objectId: meetingId,
        disputeId: meeting.disputeId,
        chain: meeting.centerId,
      });
      const turn = turnOf(tx.now);
      return { code: this.codeOf(meetingId, turn), expiresAt: new Date((turn + 2) * CODE_MS).toISOString() };
    });
    const address = `${this.config.publicUrl}/agency/meetings/${meetingId}?code=${shown.code}`;
    return { ...shown, qrCode: await drawQrCode(address, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' }) };
  }

  /** A person of an invited agency signs in with the code on the screen. */
  async arrive(meetingId: string, arrival: Arrival & { readonly code: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { meeting, unit } = await this.desk.lockForAgency(tx, meetingId, 'arrive');
      const given = parseCheckCode(arrival.code);
      const turn = turnOf(tx.now);
      if (!given.ok || ![turn, turn - 1].some((t) => this.codeOf(meetingId, t) === given.value)) {
        throw ruleViolation('meetings.code-invalid', '签到码不对或已过期。请扫描会场屏幕上现在的签到码。', '/code');
      }
      await this.cameIn(tx, meeting, unit, arrival, true);
      return meetingAnswer(meeting);
    });
  }

  /** The clerk enters who came, for units without a login and for those without a telephone. */
  async enterArrival(meetingId: string, arrival: Arrival & { readonly meetingUnitId: string }) {
    return this.unitOfWork.run(async (tx) => {
      const meeting = await this.desk.lockForCenter(tx, meetingId, 'enter-arrival');
      await this.cameIn(tx, meeting, await this.unitOf(tx, meeting, arrival.meetingUnitId), arrival, false);
      return meetingAnswer(meeting);
    });
  }

  async open(meetingId: string) {
    return this.unitOfWork.run(async (tx) => {
      const meeting = await this.desk.lockForCenter(tx, meetingId, 'open');
      await tx.update(Meeting, meetingId, { state: 'sitting', openedAt: tx.now });
      await this.desk.record(tx, meeting, { act: 'meetings.open', fromState: 'called', toState: 'sitting' });
      return meetingAnswer(meeting, 'sitting');
    });
  }

  /** What one unit says on one item; said again, the last word counts. */
  async recordVoice(
    meetingId: string,
    voice: {
      readonly meetingItemId: string;
      readonly meetingUnitId: string;
      readonly vote?: Vote;
      readonly words?: string;
    },
  ) {
    return this.unitOfWork.run(async (tx) => {
      const meeting = await this.desk.lockForCenter(tx, meetingId, 'record-voice');
      const unit = await this.unitOf(tx, meeting, voice.meetingUnitId);
      const item = await this.itemOf(tx, meeting, voice.meetingItemId);
      const { vote = null, words = null } = voice;
      if (vote === null && words === null) {
        throw ruleViolation('meetings.nothing-said', '请填写意见，或者选择表态。', '/words');
      }
      if (unit.arrivedAt === null) {
        throw ruleViolation(
          'meetings.not-present',
          `${unit.name}没有签到，不能记录其意见。请先登记到会。`,
          '/meetingUnitId',
        );
      }
      if (vote !== null && unit.role === 'attend') {
        throw ruleViolation('meetings.no-vote', '列席单位没有表决权，只记录意见。', '/vote');
      }
      if (item.decision !== null) {
        throw ruleViolation('meetings.decided', '该议题已经议定，不能再改各单位的意见。', '/meetingItemId');
      }
      if (words !== null) refuseNumbers(words, '/words');
      await tx.insert(MeetingVoice, {
        id: uuidv7(),
        disputeId: meeting.disputeId,
        meetingId,
        itemId: item.id,
        unitId: unit.id,
        vote,
        words,
        recordedByName: tx.actor.displayName ?? '',
        recordedAt: tx.now,
      });
      await this.touch(tx, meeting, 'record-voice', { item: item.ordinal, vote });
      return meetingAnswer(meeting);
    });
  }

  /** The decision on an item, as far as the votes bear it under the meeting's rule, which stands beside it on the record. */
  async decide(
    meetingId: string,
    decided: { readonly meetingItemId: string; readonly decision: Decision; readonly words: string },
  ) {
    return this.unitOfWork.run(async (tx) => {
      const meeting = await this.desk.lockForCenter(tx, meetingId, 'decide');
      const item = await this.itemOf(tx, meeting, decided.meetingItemId);
      const votes = await tx.query<{ vote: Vote | null }>(
        `select (select v.vote from meeting_voice v where v.item_id = $2 and v.unit_id = u.id and v.vote is not null
                  order by v.recorded_at desc, v.id desc limit 1) as vote
           from meeting_unit u where u.meeting_id = $1 and u.arrived_at is not null and u.role <> 'attend'`,
        [meetingId, item.id],
      );
      const count = countVotes(votes.map(({ vote }) => vote));
      const objection = objectionToDecision(meeting.rule, decided.decision, count);
      if (objection !== null) throw ruleViolation('meetings.votes-do-not-bear', objection, '/decision');
      refuseNumbers(decided.words, '/words');
      await tx.lock(MeetingItem, item.id);
      await tx.update(MeetingItem, item.id, {
        decision: decided.decision,
        decisionWords: decided.words,
        decidedByRule: meeting.rule,
        decidedAt: tx.now,
      });
      await this.touch(tx, meeting, 'decide', {
        item: item.ordinal,
        decision: decided.decision,
        votes: countInWords(count),
      });
      return meetingAnswer(meeting);
    });
  }

  /** 交办: what a unit is to do until when; it begins with the confirmed minutes. */
  async assignTask(
    meetingId: string,
    task: {
      readonly meetingUnitId: string;
      readonly personName: string;
      readonly what: string;
      readonly dueOn: string;
    },
  ) {
    return this.unitOfWork.run(async (tx) => {
      const meeting = await this.desk.lockForCenter(tx, meetingId, 'assign-task');
      const unit = await this.unitOf(tx, meeting, task.meetingUnitId);
      if (task.dueOn < legalDateFromInstant(tx.now)) {
        throw ruleViolation('meetings.due-in-the-past', '完成期限已经过去。请填写今天或以后的日期。', '/dueOn');
      }
      if (task.dueOn > addDays(legalDateFromInstant(tx.now), FARTHEST_DUE_DAYS)) {
        throw ruleViolation('meetings.due-too-far', '完成期限超过两年，请核对年份；长期的事项请分段交办。', '/dueOn');
      }
      refuseNumbers(task.what, '/what');
      const { ordinal } = await tx.one<{ ordinal: number }>(
        'select coalesce(max(ordinal), 0) + 1 as ordinal from meeting_task where meeting_id = $1',
        [meetingId],
      );
      await tx.insert(MeetingTask, {
        id: uuidv7(),
        disputeId: meeting.disputeId,
        centerId: meeting.centerId,
        meetingId,
        unitId: unit.id,
        agencyId: unit.agencyId,
        ordinal,
        personName: task.personName,
        what: task.what,
        dueOn: task.dueOn,
        state: 'planned',
        urgings: 0,
      });
      await this.touch(tx, meeting, 'assign-task', { task: ordinal, unitId: unit.id, dueOn: task.dueOn });
      return meetingAnswer(meeting);
    });
  }

  /** The chair confirms: the minutes go to the units, the tasks begin, and the time for reservations runs. */
  async confirm(meetingId: string, { conclusion }: { readonly conclusion: string }) {
    return this.unitOfWork.run(async (tx) => {
      const meeting = await this.desk.lockForCenter(tx, meetingId, 'confirm');
      refuseNumbers(conclusion, '/conclusion');
      const { calendar, officeHours } = await this.calendars.forCenter(tx, meeting.centerId);
      const { originalDue } = computeDeadline({
        rule: RESERVATION_WINDOW,
        start: tx.now,
        calendar,
        officeHours,
        pauses: [],
      });
      await tx.update(Meeting, meetingId, {
        state: 'confirmed',
        conclusion,
        confirmedBy: tx.actor.accountId,
        confirmedAt: tx.now,
        reservationsUntil: originalDue.endsAt,
      });
      const { from, to } = { from: 'planned', to: meetingTaskLifecycle.table.acts.begin.to } as const;
      const begun = await tx.query<{ id: string }>(
        `update meeting_task set state = $3, version = version + 1 where meeting_id = $1 and state = $2 returning id`,
        [meetingId, from, to],
      );
      await this.desk.record(tx, meeting, {
        act: 'meetings.confirm',
        fromState: 'sitting',
        toState: 'confirmed',
        opinion: conclusion,
        details: { tasks: begun.length },
      });
      tx.send({ topic: 'meetings.confirmed', payload: { disputeId: meeting.disputeId, meetingId } });
      return meetingAnswer(meeting, 'confirmed');
    });
  }

  /** A unit adds to the minutes what it does not share. Said again within the time, the last one stands. */
  async reserve(meetingId: string, { reservation }: { readonly reservation: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { meeting, unit } = await this.desk.lockForAgency(tx, meetingId, 'reserve');
      refuseNumbers(reservation, '/reservation');
      await tx.update(MeetingUnit, unit.id, {
        reservation,
        reservedAt: tx.now,
        reservedByName: tx.actor.displayName ?? '',
      });
      await this.desk.record(tx, meeting, {
        act: 'meetings.reserve',
        opinion: `${unit.name}：${reservation}`,
        details: { unitId: unit.id },
      });
      tx.send({ topic: 'meetings.reserved', payload: { disputeId: meeting.disputeId, meetingId } });
      return meetingAnswer(meeting);
    });
  }

  private async cameIn(
    tx: Tx,
    meeting: Meeting,
    unit: MeetingUnit,
    { personName, rank }: Arrival,
    byCode: boolean,
  ): Promise<void> {
    if (unit.arrivedAt !== null) {
      throw ruleViolation('meetings.signed-in', `${unit.name}已经签到，不必重复签到。`);
    }
    await tx.update(MeetingUnit, unit.id, {
      arrivedAt: tx.now,
      arrivedPerson: personName,
      arrivedRank: rank,
      arrivedByCode: byCode,
    });
    await this.desk.record(tx, meeting, {
      act: byCode ? 'meetings.arrive' : 'meetings.enter-arrival',
      details: { unitId: unit.id, rank },
    });
  }

  /** A change of the meeting, so that whoever read it before is told. */
  private async touch(tx: Tx, meeting: Meeting, act: string, details: Record<string, unknown>): Promise<void> {
    await tx.update(Meeting, meeting.id, { state: meeting.state });
    await this.desk.record(tx, meeting, { act: `meetings.${act}`, details });
  }

  private async unitOf(tx: Tx, meeting: Meeting, unitId: string): Promise<MeetingUnit> {
    const [found] = await tx.query<{ id: string }>('select id from meeting_unit where id = $1 and meeting_id = $2', [
      unitId,
      meeting.id,
    ]);
    if (!found) throw ruleViolation('meetings.unknown-unit', '所选单位不在本次会商的参会名单中。', '/meetingUnitId');
    return tx.lock(MeetingUnit, unitId);
  }

  private async itemOf(tx: Tx, meeting: Meeting, itemId: string): Promise<MeetingItem> {
    const [found] = await tx.query<{ id: string }>('select id from meeting_item where id = $1 and meeting_id = $2', [
      itemId,
      meeting.id,
    ]);
    if (!found) throw ruleViolation('meetings.unknown-item', '所选议题不在本次会商的议程中。', '/meetingItemId');
    return tx.get(MeetingItem, itemId);
  }

  private codeOf(meetingId: string, turn: number): string {
    const digest = Buffer.from(this.keys.linkDigest(`meeting-sign-in:${meetingId}:${turn}`), 'base64url');
    return makeCheckCode(digest.subarray(0, CHECK_CODE_BYTES));
  }
}

const turnOf = (now: Date): number => Math.floor(now.getTime() / CODE_MS);
