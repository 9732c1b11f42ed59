import { Injectable } from '@nestjs/common';
import {
  type LegalDate,
  addDays,
  daysBetween,
  endOfDay,
  legalDateFromInstant,
  ruleViolation,
  startOfDay,
} from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { SEALED_TITLE } from '../../disputes';

/** A place of a center in which sessions are held. */
interface RoomRow {
  readonly id: string;
  readonly centerId: string;
  readonly kind: 'room' | 'tribunal' | 'center' | 'department';
  readonly name: string;
  readonly since: LegalDate;
  readonly until: LegalDate | null;
}

/** A time for which somebody or something is taken, by a session of any matter. */
interface BookingRow {
  readonly kind: 'room' | 'person';
  readonly subjectId: string;
  readonly sessionId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const ROOM_KINDS = { room: '调解室', tribunal: '庭', center: '中心', department: '部' } as const;

/** A calendar shows at most this many days. */
const LONGEST_SPAN_DAYS = 62;

/** Rooms of centers and what they are taken for. */
@Injectable()
export class Rooms {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Rooms with their bookings from the day `from` to the day `to`, both included; of one center, or of those where the
   * reader serves. A booking of a matter out of the reader's sight shows its time alone.
   */
  async occupation({ from, to, centerId }: { readonly from: string; readonly to: string; readonly centerId?: string }) {
    const [first, last] = checkedSpan(from, to);
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'sessions.list-rooms');
      const centers = centerId === undefined ? await this.centersOf(tx) : [centerId];
      const rooms = await this.inUse(tx, centers, first, last);
      const bookings = await this.bookings(tx, startOfDay(first), endOfDay(last), { roomIds: rooms.map((r) => r.id) });
      const visible = await tx.query<{ id: string; title: string; ordinal: number }>(
        `select s.id, s.ordinal, case when d.is_sealed then $2::text else d.title end as title
           from mediation_session s join dispute d on d.id = s.dispute_id where s.id = any ($1)`,
        [bookings.map((b) => b.sessionId), SEALED_TITLE],
      );
      return rooms.map(({ id, centerId: center, kind, name }) => ({
        id,
        centerId: center,
        kind,
        kindName: ROOM_KINDS[kind],
        name,
        bookings: bookings
          .filter((b) => b.subjectId === id)
          .map((b) => {
            const session = visible.find((s) => s.id === b.sessionId);
            return {
              startsAt: b.startsAt.toISOString(),
              endsAt: b.endsAt.toISOString(),
              sessionId: session?.id ?? null,
              title: session?.title ?? null,
              ordinal: session?.ordinal ?? null,
            };
          }),
      }));
    });
  }

  /** Rooms of the centers in use on some day from `from` to `to`: mediation rooms first, then tribunals. */
  async inUse(tx: Tx, centerIds: readonly string[], from: LegalDate, to: LegalDate): Promise<RoomRow[]> {
    return tx.query<RoomRow>(
      `select s.id, s.center_id as "centerId", s.kind, s.valid_from as since, s.valid_to as until,
              coalesce(s.name, c.name || '第' || s.ordinal || case s.kind when 'tribunal' then '庭' when 'room' then '调解室' else '室' end) as name
         from center_slot s join center c on c.id = s.center_id
        where s.center_id = any ($1) and s.kind = any ($4) and s.valid_from <= $3 and (s.valid_to is null or s.valid_to > $2)
        order by c.name, array_position($4, s.kind), s.ordinal, s.valid_from`,
      [centerIds, from, to, Object.keys(ROOM_KINDS)],
    );
  }

  /** What rooms and people are taken for, over all matters of all centers. */
  async bookings(
    tx: Tx,
    from: Date,
    to: Date,
    {
      roomIds = [],
      accountIds = [],
    }: { readonly roomIds?: readonly string[]; readonly accountIds?: readonly string[] },
  ): Promise<BookingRow[]> {
    return tx.query<BookingRow>(
      `select kind, subject_id as "subjectId", session_id as "sessionId", starts_at as "startsAt", ends_at as "endsAt"
         from app.session_bookings($1, $2, $3, $4)`,
      [from, to, roomIds, accountIds],
    );
  }

  /** Centers where the reader serves, at the center itself or at one of its committees. */
  private async centersOf(tx: Tx): Promise<string[]> {
    const scopes = tx.actor.grants.flatMap(({ scopeId }) => (scopeId === null ? [] : [scopeId]));
    const rows = await tx.query<{ id: string }>(
      `select id from center where id = any ($1) union select center_id from committee where id = any ($1)
        union select center_id from agency where id = any ($1)`,
      [scopes],
    );
    return rows.map((row) => row.id);
  }
}

/** First and last day of a calendar. @throws DomainError 422 when reversed or too long */
export function checkedSpan(from: string, to: string, longest = LONGEST_SPAN_DAYS): [LegalDate, LegalDate] {
  const span = daysBetween(from as LegalDate, to as LegalDate);
  if (span < 0) throw ruleViolation('sessions.span-reversed', '结束日期早于开始日期，请核对。', '/to');
  if (span >= longest) {
    throw ruleViolation('sessions.span-too-long', `一次最多查看${longest}天，请缩短时间范围。`, '/to');
  }
  return [from as LegalDate, addDays(from as LegalDate, span)];
}

/** The day from which something may still be planned. */
export function notBeforeToday(from: LegalDate, now: Date): LegalDate {
  const today = legalDateFromInstant(now);
  return from < today ? today : from;
}
