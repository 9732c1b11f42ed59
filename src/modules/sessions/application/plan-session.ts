import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { type Dispute, Matters } from '../../disputes';
import { SESSION_MODES, type SessionMode } from '../domain/dictionaries';
import { MediationSession, SessionInvitee } from '../persistence/session.entity';
import { type Booking, Clashes } from './clashes';
import { type Guest, GuestList, type Guests } from './guest-list';
import { SessionDesk, type SessionStanding, inviteeOf, wrongTime } from './session-desk';

interface TimeAndPlace {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly mode: SessionMode;
  readonly slotId?: string;
  readonly place?: string;
}

export interface PlanSessionCommand extends TimeAndPlace, Guests {}

export interface RescheduleCommand extends Partial<TimeAndPlace> {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reason: string;
}

const HOUR = 3_600_000;
const YEAR = 366 * 24 * HOUR;

/** Planning a session and everything that may change before it begins. */
@Injectable()
export class PlanSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly desk: SessionDesk,
    private readonly guestList: GuestList,
    private readonly clashes: Clashes,
  ) {}

  /** Books time, place and people for the next session of a matter whose mediation is under way. */
  async plan(disputeId: string, command: PlanSessionCommand): Promise<SessionStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'sessions.plan');
      this.matters.checkMediation(matter, 'mediate', tx.now);
      const { dispute } = matter;
      const startsAt = new Date(command.startsAt);
      const endsAt = new Date(command.endsAt);
      checkPeriod(dispute, startsAt, endsAt, tx.now);
      const where = await this.where(tx, dispute, command, startsAt);
      const guests = await this.guestList.complete(tx, disputeId, command);
      await this.clashes.check(tx, { startsAt, endsAt, slotId: where.slotId, people: staffOf(guests) });
      const { ordinal } = await tx.one<{ ordinal: number }>(
        'select coalesce(max(ordinal), 0) + 1 as ordinal from mediation_session where dispute_id = $1',
        [disputeId],
      );
      const id = uuidv7();
      await this.clashes.booking(async () => {
        await tx.insert(MediationSession, {
          id,
          disputeId,
          ordinal,
          state: 'planned',
          mode: command.mode,
          startsAt,
          endsAt,
          ...where,
          publicity: 'non-public',
          plannedBy: tx.actor.accountId,
          plannedAt: tx.now,
          version: 1,
        });
        await this.addGuests(tx, { id, disputeId, startsAt, endsAt }, guests);
      });
      await this.matters.record(tx, dispute, {
        act: 'sessions.plan',
        toState: 'planned',
        objectType: 'session',
        objectId: id,
        details: {
          session: ordinal,
          startsAt: startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
          mode: command.mode,
          invitees: guests.length,
        },
      });
      tx.send({ topic: 'sessions.planned', payload: { disputeId, sessionId: id } });
      return { id, state: 'planned', version: 1 };
    });
  }

  /** Moves a planned session to another time, and on demand to another place. */
  async reschedule(sessionId: string, command: RescheduleCommand): Promise<SessionStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'reschedule');
      const { matter, session, invitees } = open;
      this.desk.next(open, 'reschedule', tx.now);
      this.matters.checkMediation(matter, 'mediate', tx.now);
      const startsAt = new Date(command.startsAt);
      const endsAt = new Date(command.endsAt);
      checkPeriod(matter.dispute, startsAt, endsAt, tx.now);
      const mode = command.mode ?? session.mode;
      const keepsPlace = command.mode === undefined && command.place === undefined && command.slotId === undefined;
      const where = keepsPlace
        ? await this.where(
            tx,
            matter.dispute,
            { mode, place: session.place, slotId: session.slotId ?? undefined },
            startsAt,
          )
        : await this.where(tx, matter.dispute, { ...command, mode }, startsAt);
      const booking: Booking = { startsAt, endsAt, slotId: where.slotId, people: staffOf(invitees), sessionId };
      await this.clashes.check(tx, booking);
      const standing = await this.clashes.booking(async () => {
        const settled = await this.desk.settle(
          tx,
          open,
          'reschedule',
          { startsAt, endsAt, mode, ...where },
          {
            opinion: command.reason,
            details: { from: session.startsAt.toISOString(), to: startsAt.toISOString(), endsAt: endsAt.toISOString() },
          },
        );
        for (const { id, accountId } of invitees) {
          if (accountId !== null) await tx.update(SessionInvitee, id, { booked: range(startsAt, endsAt) });
        }
        return settled;
      });
      tx.send({ topic: 'sessions.rescheduled', payload: { disputeId: session.disputeId, sessionId } });
      return standing;
    });
  }

  /** Cancels a planned session and frees its room and people. */
  async cancel(sessionId: string, reason: string): Promise<SessionStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'cancel');
      const state = this.desk.next(open, 'cancel', tx.now);
      await this.free(tx, open.invitees);
      const standing = await this.desk.settle(tx, open, 'cancel', { state, cancelledAt: tx.now }, { opinion: reason });
      tx.send({ topic: 'sessions.cancelled', payload: { disputeId: open.session.disputeId, sessionId } });
      return standing;
    });
  }

  /** Asks more people to a session. */
  async invite(sessionId: string, guests: Guests): Promise<SessionStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'invite');
      this.desk.next(open, 'invite', tx.now);
      const { session } = open;
      const added = await this.guestList.named(tx, session.disputeId, guests);
      if (added.length === 0) throw wrongTime('sessions.nobody-named', '请至少选择一名与会人员。', '/partyIds');
      const { startsAt, endsAt, id } = session;
      // The room is the session’s own already; only the people can clash.
      await this.clashes.check(tx, { startsAt, endsAt, slotId: null, people: staffOf(added), sessionId: id });
      await this.clashes.booking(() => this.addGuests(tx, session, added));
      return this.desk.settle(tx, open, 'invite', {}, { details: { added: added.length } });
    });
  }

  /** Takes somebody off the list before the session. The last mediator stays. */
  async uninvite(sessionId: string, inviteeId: string, reason: string): Promise<SessionStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'uninvite');
      this.desk.next(open, 'uninvite', tx.now);
      const invitee = inviteeOf(open, inviteeId);
      if (invitee.kind === 'mediator' && open.invitees.filter((i) => i.kind === 'mediator').length === 1) {
        throw wrongTime('sessions.no-mediator', '调解会至少要有一名调解员，请先增加另一名调解员。', '/inviteeId');
      }
      await tx.update(SessionInvitee, inviteeId, { removedAt: tx.now, booked: null });
      return this.desk.settle(tx, open, 'uninvite', {}, { opinion: reason, details: { kind: invitee.kind } });
    });
  }

  private async addGuests(
    tx: Tx,
    session: Pick<MediationSession, 'id' | 'disputeId' | 'startsAt' | 'endsAt'>,
    guests: readonly Guest[],
  ): Promise<void> {
    // One order for everybody who books several people at once, so that two of them never wait for each other.
    const inOrder = [...guests].sort((a, b) => (a.accountId ?? '').localeCompare(b.accountId ?? ''));
    for (const guest of inOrder) {
      await tx.insert(SessionInvitee, {
        id: uuidv7(),
        disputeId: session.disputeId,
        sessionId: session.id,
        ...guest,
        booked: guest.accountId ? range(session.startsAt, session.endsAt) : null,
      });
    }
  }

  private async free(tx: Tx, invitees: readonly SessionInvitee[]): Promise<void> {
    for (const { id, booked } of invitees) {
      if (booked !== null) await tx.update(SessionInvitee, id, { booked: null });
    }
  }

  private async where(
    tx: Tx,
    dispute: Dispute,
    { mode, slotId, place }: Pick<TimeAndPlace, 'mode' | 'slotId' | 'place'>,
    startsAt: Date,
  ): Promise<{ slotId: string | null; place: string }> {
    if (slotId !== undefined)
      return { slotId, place: place ?? (await this.clashes.room(tx, dispute, slotId, startsAt)) };
    if (place !== undefined) return { slotId: null, place };
    if (mode === 'phone' || mode === 'video') return { slotId: null, place: SESSION_MODES[mode] };
    throw wrongTime('sessions.place-missing', `${SESSION_MODES[mode]}调解请选择场所或填写地点。`, '/place');
  }
}

function staffOf(guests: readonly Pick<Guest, 'accountId' | 'name'>[]): { accountId: string; name: string }[] {
  return guests.flatMap(({ accountId, name }) => (accountId ? [{ accountId, name }] : []));
}

function range(from: Date, to: Date): string {
  return `[${from.toISOString()},${to.toISOString()})`;
}

function checkPeriod(dispute: Dispute, startsAt: Date, endsAt: Date, now: Date): void {
  if (endsAt <= startsAt) throw wrongTime('sessions.ends-before-start', '结束时间应晚于开始时间，请核对。', '/endsAt');
  if (endsAt.getTime() - startsAt.getTime() > 24 * HOUR) {
    throw wrongTime('sessions.too-long', '一次调解会不能超过二十四小时，请分次安排。', '/endsAt');
  }
  if (dispute.acceptedAt !== null && startsAt < dispute.acceptedAt) {
    throw wrongTime('sessions.before-acceptance', '调解会不能早于受理时间，请核对日期。', '/startsAt');
  }
  if (startsAt.getTime() > now.getTime() + YEAR) {
    throw wrongTime('sessions.too-far-ahead', '调解会安排在一年以后，请核对年份。', '/startsAt');
  }
}
