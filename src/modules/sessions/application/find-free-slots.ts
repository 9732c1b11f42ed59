import { Injectable } from '@nestjs/common';
import {
  type LegalDate,
  addDays,
  endOfDay,
  formatLegalDateCn,
  ruleViolation,
  startOfDay,
  timeOfDayMs,
  weekdayNameCn,
  weekdayOf,
} from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Assignments } from '../../assignments';
import { Calendars } from '../../calendar';
import { type Dispute, Matters } from '../../disputes';
import {
  type AskedAgency,
  type FailedSpan,
  type Occupant,
  type SlotReason,
  SLOT_OBSTACLES,
  type Span,
  findFreeSlots,
  halfDayName,
  openSpansBetween,
} from '../domain/free-slots';
import { Rooms, checkedSpan, notBeforeToday } from './rooms';

export interface FreeSlotsQuestion {
  readonly durationMinutes: number;
  readonly from: string;
  readonly to: string;
  /** Only this room will do. */
  readonly roomId?: string;
  /** False for sessions by phone, by video or at somebody's home. */
  readonly needsRoom?: boolean;
  readonly agencyIds?: readonly string[];
  /** All active ones when left out. */
  readonly partyIds?: readonly string[];
  /** All who serve when left out. */
  readonly mediatorIds?: readonly string[];
  /** The session that is to be moved: its own booking does not stand in its way. */
  readonly sessionId?: string;
}

interface PostingRow {
  readonly agencyId: string;
  readonly residency: string;
  readonly weekdays: readonly number[] | null;
  readonly validFrom: LegalDate;
  readonly validTo: LegalDate | null;
}

interface PartyTime {
  readonly id: string;
  readonly name: string;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** Nobody plans a session further ahead than this by looking for the first free hour. */
const LONGEST_SEARCH_DAYS = 31;

/** Free times for a session, over those who preside, the parties, the rooms, the agencies and the office's calendar. */
@Injectable()
export class FindFreeSlots {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly assignments: Assignments,
    private readonly calendars: Calendars,
    private readonly rooms: Rooms,
  ) {}

  /**
   * Up to three times that are free for everybody, and for every half-day without one what stands in the way. Says of
   * nobody for which matter he is taken.
   */
  async execute(disputeId: string, question: FreeSlotsQuestion) {
    const [asked, to] = checkedSpan(question.from, question.to, LONGEST_SEARCH_DAYS);
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'sessions.find-free-slots');
      const from = notBeforeToday(asked, tx.now);
      const office = await this.calendars.forCenter(tx, dispute.handlingCenterId ?? dispute.centerId);
      const { spans, closedDays, missingYears } = openSpansBetween(office, from, to);
      const window: Span = { from: startOfDay(from), to: endOfDay(to) };
      const rooms = await this.roomsFor(tx, dispute, question, from, to);
      const serving = await this.serving(tx, disputeId, question.mediatorIds);
      const bookings = (
        await this.rooms.bookings(tx, window.from, window.to, {
          roomIds: rooms.map((r) => r.id),
          accountIds: serving.map((s) => s.id),
        })
      ).filter((b) => b.sessionId !== question.sessionId);
      const busy = (kind: string, id: string): Span[] =>
        bookings.filter((b) => b.kind === kind && b.subjectId === id).map((b) => ({ from: b.startsAt, to: b.endsAt }));
      const { proposals, failures } = findFreeSlots({
        now: tx.now,
        openSpans: spans,
        durationMinutes: question.durationMinutes,
        staff: serving.map((one) => ({ ...one, busy: busy('person', one.id) })),
        parties: await this.parties(tx, disputeId, window, question),
        rooms: rooms.map(({ id, name, since, until }) => ({ id, name, since, until, busy: busy('room', id) })),
        agencies: await this.agencies(tx, dispute, question.agencyIds ?? [], from, to),
      });
      return {
        proposals: proposals.map((slot) => ({
          startsAt: slot.from.toISOString(),
          endsAt: slot.to.toISOString(),
          name: `${dayName(slot.on)} ${timeName(slot)}`,
          roomId: slot.roomId,
          roomName: slot.roomName,
        })),
        failures: failures.map(failureView),
        closedDays: closedDays.map((on) => ({ on, name: dayName(on) })),
        isProvisional: missingYears.length > 0,
        note:
          missingYears.length === 0
            ? null
            : `${missingYears.join('、')}年放假安排尚未公布，按周一至周五推算，公布后请再核对。`,
      };
    });
  }

  private async roomsFor(tx: Tx, dispute: Dispute, question: FreeSlotsQuestion, from: LegalDate, to: LegalDate) {
    const { roomId, needsRoom = true } = question;
    if (!needsRoom && roomId === undefined) return [];
    const centers = [dispute.handlingCenterId, dispute.centerId].filter((id) => id !== null);
    const rooms = await this.rooms.inUse(tx, [...new Set(centers)], from, to);
    if (roomId === undefined) return rooms;
    const room = rooms.find((r) => r.id === roomId);
    if (!room) {
      throw ruleViolation('sessions.no-such-room', '所选场所不属于本中心，或在该时段没有启用。请重新选择。', '/roomId');
    }
    return [room];
  }

  private async serving(tx: Tx, disputeId: string, chosen: readonly string[] | undefined) {
    const serving = await this.assignments.active(tx, disputeId);
    const asked = serving.filter((a) => a.capacity === 'recorder' || (chosen?.includes(a.accountId) ?? true));
    if (!asked.some((a) => a.capacity !== 'recorder')) {
      throw ruleViolation(
        'sessions.no-mediator',
        '调解会至少要有一名调解员（人民调解法第十九条），请先指派。',
        '/mediatorIds',
      );
    }
    return asked.map(({ accountId, name }) => ({ id: accountId, name }));
  }

  /** Active parties with the times of their sessions in any matter, found by the blind index of their number. */
  private async parties(tx: Tx, disputeId: string, window: Span, question: FreeSlotsQuestion): Promise<Occupant[]> {
    const rows = await tx.query<PartyTime>(
      `select p.id, p.name, b.starts_at as "startsAt", b.ends_at as "endsAt"
         from party p left join lateral app.party_bookings($2, $3, p.id, p.document_number_index, p.credit_code_index, $5) b on true
        where p.dispute_id = $1 and p.state = 'active' and ($4::uuid[] is null or p.id = any ($4))
        order by p.ordinal, b.starts_at`,
      [disputeId, window.from, window.to, question.partyIds ?? null, question.sessionId ?? null],
    );
    const parties = new Map<string, { id: string; name: string; busy: Span[] }>();
    for (const { id, name, startsAt, endsAt } of rows) {
      const party = parties.get(id) ?? { id, name, busy: [] };
      if (startsAt !== null && endsAt !== null) party.busy.push({ from: startsAt, to: endsAt });
      parties.set(id, party);
    }
    return [...parties.values()];
  }

  private async agencies(
    tx: Tx,
    dispute: Dispute,
    ids: readonly string[],
    from: LegalDate,
    to: LegalDate,
  ): Promise<AskedAgency[]> {
    if (ids.length === 0) return [];
    const agencies = await tx.query<{ id: string; name: string }>(
      'select id, name from agency where id = any ($1) and is_active order by name',
      [ids],
    );
    if (agencies.length !== new Set(ids).size) {
      throw ruleViolation('sessions.no-such-agency', '联动单位不存在或已停用，请重新选择。', '/agencyIds');
    }
    const postings = await tx.query<PostingRow>(
      `select agency_id as "agencyId", residency, weekdays, valid_from as "validFrom", valid_to as "validTo"
         from posting where agency_id = any ($1) and center_id = any ($2)`,
      [ids, [dispute.centerId, dispute.handlingCenterId].filter((id) => id !== null)],
    );
    return agencies.map(({ id, name }) => ({
      id,
      name,
      absentOn: absences(
        postings.filter((p) => p.agencyId === id),
        from,
        to,
      ),
    }));
  }
}

/**
 * Days on which an agency that has people posted at the center has none there. One that has never posted anybody comes
 * when it is called, and so does one whose posted people are on call.
 */
function absences(
  postings: readonly Omit<PostingRow, 'agencyId'>[],
  from: LegalDate,
  to: LegalDate,
): Map<LegalDate, string> {
  const absent = new Map<LegalDate, string>();
  if (postings.length === 0) return absent;
  for (let on = from; on <= to; on = addDays(on, 1)) {
    const serving = postings.filter((p) => p.validFrom <= on && (p.validTo === null || on < p.validTo));
    const isThere = serving.some((p) => p.residency !== 'rotating' || (p.weekdays?.includes(weekdayOf(on)) ?? true));
    if (isThere) continue;
    const days = [...new Set(serving.flatMap((p) => p.weekdays ?? []))].sort();
    absent.set(
      on,
      days.length === 0 ? '当日没有入驻人员' : `轮驻日为${days.map((day) => WEEKDAY_NAMES[day - 1]).join('、')}`,
    );
  }
  return absent;
}

const WEEKDAY_NAMES = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'];

function failureView({ on, from, to, reasons }: FailedSpan) {
  return {
    startsAt: from.toISOString(),
    endsAt: to.toISOString(),
    name: `${dayName(on)}${halfDayName({ from, to })}`,
    reasons: reasons.map((reason) => ({
      code: reason.code,
      codeName: SLOT_OBSTACLES[reason.code],
      subjectId: reason.subjectId,
      detail: detailOf(reason),
    })),
  };
}

function detailOf({ code, name, busy, why }: SlotReason): string {
  if (name === null) return code === 'past' ? '该时段已经过去或所剩不足' : '所需时长超过该时段的办公时间';
  if (why !== null) return `${name}${why}`;
  return `${name}${busy.map(timeName).join('、')}已有安排`;
}

function dayName(on: LegalDate): string {
  return `${formatLegalDateCn(on)}（${weekdayNameCn(on)}）`;
}

function timeName({ from, to }: Span): string {
  return `${clock(from)}至${clock(to)}`;
}

function clock(at: Date): string {
  const minutes = Math.floor(timeOfDayMs(at) / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
