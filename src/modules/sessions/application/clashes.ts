import { Injectable } from '@nestjs/common';
import { DomainError, type FieldError, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import type { Dispute } from '../../disputes';

/** What a session takes up. */
export interface Booking {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly slotId: string | null;
  /** Mediators and recorder. */
  readonly people: readonly { readonly accountId: string; readonly name: string }[];
  /** The session itself, when it is moved. */
  readonly sessionId?: string;
}

interface ClashRow {
  readonly kind: 'room' | 'person';
  readonly subjectId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const WALL = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** Room × mediator × time, over all matters of all centers. */
@Injectable()
export class Clashes {
  /** The room's name as papers print it, when it is one of the matter's center and open on that day. */
  async room(tx: Tx, dispute: Dispute, slotId: string, startsAt: Date): Promise<string> {
    const [slot] = await tx.query<{ name: string }>(
      `select coalesce(s.name, c.name || '第' || s.ordinal || case s.kind when 'tribunal' then '庭' when 'window' then '窗口' else '室' end) as name
         from center_slot s join center c on c.id = s.center_id
        where s.id = $1 and s.center_id = any ($2)
          and s.valid_from <= ($3 at time zone 'Asia/Shanghai')::date
          and (s.valid_to is null or s.valid_to > ($3 at time zone 'Asia/Shanghai')::date)`,
      [slotId, [dispute.centerId, dispute.handlingCenterId].filter((id) => id !== null), startsAt],
    );
    if (!slot)
      throw ruleViolation('sessions.no-such-room', '所选场所不属于本中心，或在该日没有启用。请重新选择。', '/slotId');
    return slot.name;
  }

  /**
   * Refuses (409) a booking over another one and names what is taken, and until when; never for which matter.
   *
   * @throws DomainError `sessions.clash`
   */
  async check(tx: Tx, { startsAt, endsAt, slotId, people, sessionId }: Booking): Promise<void> {
    const rows = await tx.query<ClashRow>(
      `select kind, subject_id as "subjectId", starts_at as "startsAt", ends_at as "endsAt"
         from app.session_clashes($1, $2, $3, $4, $5)`,
      [startsAt, endsAt, slotId, people.map((p) => p.accountId), sessionId ?? null],
    );
    if (rows.length === 0) return;
    const errors = rows.map((row): FieldError => {
      const time = `${WALL.format(row.startsAt)}至${WALL.format(row.endsAt)}`;
      const name = people.find((p) => p.accountId === row.subjectId)?.name ?? '';
      return row.kind === 'room'
        ? { pointer: '/slotId', code: 'sessions.room-taken', detail: `该场所${time}已有安排` }
        : { pointer: '/mediatorIds', code: 'sessions.person-taken', detail: `${name}${time}已有安排` };
    });
    throw clash(errors);
  }

  /** Runs a statement that books, and turns the database’s own refusal of an overlap into the same problem. */
  async booking<T>(statement: () => Promise<T>): Promise<T> {
    try {
      return await statement();
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string };
      if (code !== '23P01') throw error;
      const isRoom = constraint === 'mediation_session_room_free';
      throw clash([
        isRoom
          ? { pointer: '/slotId', code: 'sessions.room-taken', detail: '该场所刚刚被他人订下' }
          : { pointer: '/mediatorIds', code: 'sessions.person-taken', detail: '调解员或记录人刚刚有了其他安排' },
      ]);
    }
  }
}

function clash(errors: readonly FieldError[]): DomainError {
  const what = errors.map((e) => e.detail).join('；');
  return new DomainError('conflict', 'sessions.clash', `时间冲突：${what}。请改时间、换场所或换人。`, errors);
}
