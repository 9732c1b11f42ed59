import { Injectable } from '@nestjs/common';
import { addDays, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Matters, OVER_STATES } from '../../disputes';
import type { DecisionRule } from '../domain/dictionaries';
import { Meeting, MeetingItem, MeetingMatter } from '../persistence/meeting.entity';
import { type InvitedUnit, MeetingDesk, meetingAnswer, refuseNumbers } from './meeting-desk';

export interface CallMeetingCommand {
  readonly topic: string;
  readonly place: string;
  readonly meetAt: string;
  readonly rule: DecisionRule;
  readonly chairAccountId?: string;
  readonly recorderName?: string;
  readonly items: readonly string[];
  readonly units: readonly InvitedUnit[];
  readonly otherDisputeIds?: readonly string[];
}

/** A later day is a slip of the pen. */
const FARTHEST_DAYS = 366;

/** 召集会商: upon one matter or several, with items, a rule for decisions, a chair and invited units. */
@Injectable()
export class CallMeeting {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: MeetingDesk,
    private readonly matters: Matters,
  ) {}

  async execute(disputeId: string, command: CallMeetingCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.lock(tx, disputeId, 'meetings.call');
      if (OVER_STATES.includes(dispute.state)) {
        throw ruleViolation(
          'meetings.matter-over',
          '事项已经办结或并案，不能再召集会商。需要继续办理的，请先重启事项。',
        );
      }
      const meetAt = this.laterThanNow(tx, command.meetAt);
      refuseNumbers(command.topic, '/topic');
      for (const [i, item] of command.items.entries()) refuseNumbers(item, `/items/${i}`);
      const { ordinal } = await tx.one<{ ordinal: number }>(
        'select coalesce(max(ordinal), 0) + 1 as ordinal from meeting where dispute_id = $1',
        [disputeId],
      );
      const meeting = Object.assign(new Meeting(), {
        id: uuidv7(),
        disputeId,
        centerId: dispute.centerId,
        ordinal,
        topic: command.topic,
        place: command.place,
        meetAt,
        rule: command.rule,
        ...(await this.chair(tx, dispute.centerId, command.chairAccountId)),
        recorderName: command.recorderName ?? null,
        state: 'called' as const,
        calledBy: tx.actor.accountId ?? '',
        calledByName: tx.actor.displayName ?? '',
        calledAt: tx.now,
        version: 1,
      });
      await tx.insert(Meeting, meeting);
      await this.desk.invite(tx, meeting, command.units, 1);
      for (const [i, subject] of command.items.entries()) {
        await tx.insert(MeetingItem, { id: uuidv7(), disputeId, meetingId: meeting.id, ordinal: i + 1, subject });
      }
      await this.desk.record(tx, meeting, {
        act: 'meetings.call',
        toState: 'called',
        opinion: `第${ordinal}次会商：${command.topic}`,
        details: { units: command.units.length, items: command.items.length, rule: command.rule },
      });
      for (const otherId of new Set(command.otherDisputeIds)) await this.alsoUpon(tx, meeting, otherId);
      tx.send({ topic: 'meetings.called', payload: { disputeId, meetingId: meeting.id } });
      return { ...meetingAnswer(meeting), version: 1 };
    });
  }

  /** 增加参会单位. */
  async invite(meetingId: string, unit: InvitedUnit) {
    return this.unitOfWork.run(async (tx) => {
      const meeting = await this.desk.lockForCenter(tx, meetingId, 'invite');
      const { next } = await tx.one<{ next: number }>(
        'select max(ordinal) + 1 as next from meeting_unit where meeting_id = $1',
        [meetingId],
      );
      await this.desk.invite(tx, meeting, [unit], next);
      await tx.update(Meeting, meetingId, { state: meeting.state });
      await this.desk.record(tx, meeting, { act: 'meetings.invite', details: { role: unit.role } });
      tx.send({ topic: 'meetings.called', payload: { disputeId: meeting.disputeId, meetingId } });
      return meetingAnswer(meeting);
    });
  }

  async reschedule(
    meetingId: string,
    to: { readonly meetAt: string; readonly place: string; readonly reason: string },
  ) {
    return this.unitOfWork.run(async (tx) => {
      const meeting = await this.desk.lockForCenter(tx, meetingId, 'reschedule');
      await tx.update(Meeting, meetingId, { meetAt: this.laterThanNow(tx, to.meetAt), place: to.place });
      await this.desk.record(tx, meeting, { act: 'meetings.reschedule', opinion: to.reason });
      tx.send({ topic: 'meetings.rescheduled', payload: { disputeId: meeting.disputeId, meetingId } });
      return meetingAnswer(meeting);
    });
  }

  async cancel(meetingId: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const meeting = await this.desk.lockForCenter(tx, meetingId, 'cancel');
      await tx.update(Meeting, meetingId, { state: 'cancelled', cancelReason: reason });
      await this.desk.record(tx, meeting, {
        act: 'meetings.cancel',
        fromState: 'called',
        toState: 'cancelled',
        opinion: reason,
      });
      tx.send({ topic: 'meetings.cancelled', payload: { disputeId: meeting.disputeId, meetingId } });
      return meetingAnswer(meeting, 'cancelled');
    });
  }

  /** The meeting stands on the record of every matter upon which it sits. */
  private async alsoUpon(tx: Tx, meeting: Meeting, disputeId: string): Promise<void> {
    if (disputeId === meeting.disputeId) return;
    const { dispute } = await this.matters.lock(tx, disputeId, 'meetings.call');
    if (dispute.centerId !== meeting.centerId) {
      throw ruleViolation('meetings.other-center', '一并会商的事项应由本中心登记。请重新选择。', '/otherDisputeIds');
    }
    await tx.insert(MeetingMatter, { meetingId: meeting.id, disputeId });
    await this.matters.record(tx, dispute, {
      act: 'meetings.call',
      opinion: `与其他事项一并会商：${meeting.topic}`,
      objectType: 'meeting',
      objectId: meeting.id,
      details: { meetingId: meeting.id, withDisputeId: meeting.disputeId },
    });
  }

  /** The chair directs the desk; who calls presides when nobody else is named. */
  private async chair(tx: Tx, centerId: string, accountId = tx.actor.accountId ?? '') {
    const [found] = await tx.asSystem(() =>
      tx.query<{ name: string }>(
        `select a.display_name as name from account a
          where a.id = $1 and a.status = 'active' and exists (select 1 from role_grant g
            where g.account_id = a.id and g.role in ('dispatcher', 'duty-leader', 'center-director') and g.scope_id = $2
              and g.valid_from <= $3 and (g.valid_to is null or g.valid_to > $3))`,
        [accountId, centerId, tx.now],
      ),
    );
    if (!found) {
      throw ruleViolation(
        'meetings.no-such-chair',
        '主持人应为本中心的主任、值班长或调度员。请重新选择。',
        '/chairAccountId',
      );
    }
    return { chairAccountId: accountId, chairName: found.name };
  }

  private laterThanNow(tx: Tx, at: string): Date {
    const meetAt = new Date(at);
    if (legalDateFromInstant(meetAt) > addDays(legalDateFromInstant(tx.now), FARTHEST_DAYS)) {
      throw ruleViolation('meetings.too-far', '会商时间在一年以后，请核对年份。', '/meetAt');
    }
    if (meetAt <= tx.now)
      throw ruleViolation('meetings.in-the-past', '会商时间已经过去。请选择以后的时间。', '/meetAt');
    return meetAt;
  }
}
