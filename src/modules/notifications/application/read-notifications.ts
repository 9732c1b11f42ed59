import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { NOTIFICATION_KINDS, type NotificationKind } from '../domain/rules';

interface Row {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly text: string;
  readonly at: Date;
  readonly readAt: Date | null;
  readonly disputeId: string | null;
  readonly taskId: string | null;
  readonly number: string | null;
}

/** A badge shows no more than this and a plus. */
const MOST = 99;

/** One's own bell: what has happened, the latest first, and what of it was read. */
@Injectable()
export class ReadNotifications {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** A message leads on only where its reader still sees the matter or, for an agency, the task. */
  async list({ isUnread = false, limit = 20, cursor }: { isUnread?: boolean; limit?: number; cursor?: string }) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'notifications.list');
      const [beforeAt, beforeId] = momentAfter(cursor);
      const rows = await tx.query<Row>(
        `select n.id, n.kind, n.text, n.at, n.read_at as "readAt", d.id as "disputeId", t.id as "taskId",
                coalesce(d.case_number, d.registration_number, s.number) as number
           from notification n
           left join dispute d on d.id = n.dispute_id
           left join summons_task t on t.id = n.task_id
           left join summons s on s.id = t.summons_id
          where n.account_id = $1 and (not $2::boolean or n.read_at is null) and ($3::timestamptz is null or (n.at, n.id) < ($3, $4::uuid))
          order by n.at desc, n.id desc limit $5`,
        [tx.actor.accountId, isUnread, beforeAt, beforeId, limit + 1],
      );
      const page = pageOf(rows, limit, (r) => momentCursor(r.at, r.id));
      return {
        nextCursor: page.nextCursor,
        items: page.items.map(({ at, readAt, ...row }) => ({
          ...row,
          kindName: NOTIFICATION_KINDS[row.kind],
          at: at.toISOString(),
          isRead: readAt !== null,
        })),
      };
    });
  }

  async count() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'notifications.count');
      const { unread } = await tx.one<{ unread: number }>(
        `select count(*)::integer as unread from (
           select 1 from notification where account_id = $1 and read_at is null limit $2) n`,
        [tx.actor.accountId, MOST + 1],
      );
      return { unread: Math.min(unread, MOST), isMore: unread > MOST };
    });
  }

  async markRead(id: string) {
    return this.mark('notifications.mark-read', id);
  }

  async markAllRead() {
    return this.mark('notifications.mark-all-read', null);
  }

  private async mark(act: string, id: string | null) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, act);
      if (id !== null)
        await tx.one('select 1 from notification where id = $1 and account_id = $2', [id, tx.actor.accountId]);
      else if (tx.actor.accountId === null) throw notFound();
      const rows = await tx.query<{ id: string }>(
        `update notification set read_at = $2 where account_id = $1 and read_at is null and ($3::uuid is null or id = $3)
          returning id`,
        [tx.actor.accountId, tx.now, id],
      );
      tx.audit({ act, objectType: 'notification', objectId: id, details: { marked: rows.length } });
      return { marked: rows.length };
    });
  }
}
