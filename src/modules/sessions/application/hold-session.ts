import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Matters } from '../../disputes';
import { Parties } from '../../parties';
import { withoutAnswer } from '../domain/consent';
import type { Publicity } from '../domain/dictionaries';
import { latestPublicityChoices } from '../persistence/session-rows';
import { MediationSession, SessionInvitee, SessionPublicityChoice } from '../persistence/session.entity';
import { GuestList } from './guest-list';
import { type OpenSession, SessionDesk, type SessionStanding, inviteeOf, wrongTime } from './session-desk';

export interface AttendanceCommand {
  readonly inviteeId: string;
  /** Came this moment, by the clock of the program: a desk's own clock may be wrong. */
  readonly isHere?: boolean;
  /** Leaves this moment; when the person came stays as it was noted. */
  readonly isLeaving?: boolean;
  readonly arrivedAt?: string;
  readonly leftAt?: string;
  readonly absentReason?: string;
}

/** From the choice of publicity to the end of the session. */
@Injectable()
export class HoldSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly parties: Parties,
    private readonly desk: SessionDesk,
    private readonly guestList: GuestList,
  ) {}

  /** Records what parties want; the session is public only while every one of them says so. */
  async choosePublicity(
    sessionId: string,
    choices: readonly { partyId: string; choice: Publicity; givenAt?: string }[],
  ) {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'choose-publicity');
      this.desk.next(open, 'choose-publicity', tx.now);
      const { session } = open;
      const parties = await this.parties.list(tx, session.disputeId);
      for (const { partyId, choice, givenAt } of choices) {
        if (!parties.some((p) => p.id === partyId && p.isActive)) {
          throw ruleViolation('sessions.not-a-party', '作出选择的人不是本事项的当事人。', '/choices');
        }
        const at = givenAt === undefined ? tx.now : new Date(givenAt);
        if (at > tx.now) throw wrongTime('sessions.in-the-future', '表示意见的时间不能晚于现在。', '/choices');
        await tx.insert(SessionPublicityChoice, {
          id: uuidv7(),
          disputeId: session.disputeId,
          sessionId,
          partyId,
          choice,
          givenAt: at,
          recordedBy: tx.actor.accountId,
          recordedAt: tx.now,
        });
      }
      const verdict = await this.publicity(tx, open);
      const standing = await this.desk.settle(
        tx,
        open,
        'choose-publicity',
        { publicity: verdict.publicity },
        { details: { publicity: verdict.publicity, choices: choices.length } },
      );
      return { ...standing, ...verdict };
    });
  }

  /** The session begins: the mediation is in its middle. */
  async start(sessionId: string, startedAt: string | undefined): Promise<SessionStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'start');
      const state = this.desk.next(open, 'start', tx.now);
      const at = startedAt === undefined ? tx.now : new Date(startedAt);
      const { dispute } = open.matter;
      if (at > tx.now) throw wrongTime('sessions.in-the-future', '开始时间不能晚于现在。', '/startedAt');
      if (dispute.acceptedAt !== null && at < dispute.acceptedAt) {
        throw wrongTime('sessions.before-acceptance', '调解会不能早于受理时间，请核对日期。', '/startedAt');
      }
      // A party that joined after the others chose has not said yes: the session is then held in private.
      const { publicity } = await this.publicity(tx, open);
      const standing = await this.desk.settle(
        tx,
        open,
        'start',
        { state, startedAt: at, publicity },
        { details: { startedAt: at.toISOString() } },
      );
      await this.matters.advanceMediation(tx, open.session.disputeId, 'mediate');
      return standing;
    });
  }

  /** Notes who came, when and until when, or why not. An invited participant only with every party’s consent. */
  async noteAttendance(sessionId: string, commands: readonly AttendanceCommand[]): Promise<SessionStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'note-attendance');
      this.desk.next(open, 'note-attendance', tx.now);
      const attendance = commands.map((one, i) =>
        timed(one, inviteeOf(open, one.inviteeId), tx.now, `/attendance/${i}`),
      );
      const coming = attendance.filter((a) => a.arrivedAt !== undefined).map((a) => inviteeOf(open, a.inviteeId));
      await this.guestList.checkConsents(
        tx,
        open.session.disputeId,
        coming.flatMap(({ participantId, name }) => (participantId === null ? [] : [{ id: participantId, name }])),
      );
      for (const [i, one] of attendance.entries()) {
        await tx.update(SessionInvitee, inviteeOf(open, one.inviteeId).id, presence(one, tx.now, `/attendance/${i}`));
      }
      const present = attendance.filter((a) => a.arrivedAt !== undefined).length;
      return this.desk.settle(
        tx,
        open,
        'note-attendance',
        {},
        { details: { present, absent: attendance.length - present } },
      );
    });
  }

  /** The session ends; mediators and recorder are free again. */
  async end(sessionId: string, endedAt: string | undefined): Promise<SessionStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'end');
      this.desk.next(open, 'end', tx.now);
      const { session, invitees } = open;
      const at = endedAt === undefined ? tx.now : new Date(endedAt);
      if (at > tx.now) throw wrongTime('sessions.in-the-future', '结束时间不能晚于现在。', '/endedAt');
      if (session.startedAt !== null && at <= session.startedAt) {
        throw wrongTime('sessions.ends-before-start', '结束时间应晚于开始时间，请核对。', '/endedAt');
      }
      for (const { id, booked } of invitees) {
        if (booked !== null) await tx.update(SessionInvitee, id, { booked: null });
      }
      return this.desk.settle(tx, open, 'end', { endedAt: at }, { details: { endedAt: at.toISOString() } });
    });
  }

  private async publicity(tx: Tx, { matter, session }: OpenSession) {
    const active = (await this.parties.list(tx, session.disputeId)).filter((p) => p.isActive);
    const choices = await latestPublicityChoices(tx, session.disputeId, session.id);
    const missing = withoutAnswer(active, choices, 'public').map((p) => p.id);
    // MOJ75 art. 29 keeps privacy out of the public eye; a minor’s case is never held in public (未成年人保护法第一百零三条).
    const heldBackBy = matter.dispute.isSealed ? 'sealed' : active.some((p) => p.isMinor) ? 'minor' : null;
    const publicity: MediationSession['publicity'] =
      missing.length === 0 && heldBackBy === null ? 'public' : 'non-public';
    return { publicity, missing, heldBackBy };
  }
}

/** The command with the moment of the transaction in the place of “now”. */
function timed(command: AttendanceCommand, invitee: SessionInvitee, now: Date, pointer: string): AttendanceCommand {
  const { inviteeId, isHere = false, isLeaving = false } = command;
  if (!isHere && !isLeaving) return command;
  const { arrivedAt, leftAt, absentReason } = command;
  if ((isHere && isLeaving) || arrivedAt !== undefined || leftAt !== undefined || absentReason !== undefined) {
    throw ruleViolation('sessions.came-or-not', '到场时间和缺席原因请填写一项，且只填一项。', pointer);
  }
  if (isHere) return { inviteeId, arrivedAt: now.toISOString() };
  if (invitee.arrivedAt === null) {
    throw wrongTime('sessions.left-before-arrival', `${invitee.name}还没有登记到场，不能登记离场。`, pointer);
  }
  return { inviteeId, arrivedAt: invitee.arrivedAt.toISOString(), leftAt: now.toISOString() };
}

function presence(
  { arrivedAt, leftAt, absentReason }: AttendanceCommand,
  now: Date,
  pointer: string,
): Partial<SessionInvitee> {
  if ((arrivedAt === undefined) === (absentReason === undefined)) {
    throw ruleViolation('sessions.came-or-not', '到场时间和缺席原因请填写一项，且只填一项。', pointer);
  }
  const arrived = arrivedAt === undefined ? null : new Date(arrivedAt);
  const left = leftAt === undefined ? null : new Date(leftAt);
  if ((arrived !== null && arrived > now) || (left !== null && left > now)) {
    throw wrongTime('sessions.in-the-future', '到场、离场时间不能晚于现在。', pointer);
  }
  if (left !== null && (arrived === null || left < arrived)) {
    throw wrongTime('sessions.left-before-arrival', '离场时间应晚于到场时间，请核对。', `${pointer}/leftAt`);
  }
  return { arrivedAt: arrived, leftAt: left, absentReason: absentReason ?? null };
}
