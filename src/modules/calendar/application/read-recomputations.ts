import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { RECKONED_DEADLINES, type ReckonedDeadline } from '../domain/dictionaries';

interface RunRow {
  readonly id: string;
  readonly reason: string;
  readonly begunAt: Date;
  readonly finishedAt: Date | null;
  readonly looked: number;
  readonly moved: number;
  readonly confirmed: number;
}

interface ChangeRow {
  readonly id: string;
  readonly at: Date;
  readonly disputeId: string;
  readonly number: string;
  readonly kind: ReckonedDeadline;
  readonly before: Date | null;
  readonly after: Date | null;
  readonly wasProvisional: boolean;
  readonly isProvisional: boolean;
  readonly calendarVersion: string;
}

/** 重算记录: why deadlines were reckoned anew, and each that changed, as far as its matter is seen. */
@Injectable()
export class ReadRecomputations {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list({ limit = 20, cursor }: { readonly limit?: number; readonly cursor?: string }) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'calendars.list-recomputations', { ownerAccountId: tx.actor.accountId });
      const [beforeAt, beforeId] = momentAfter(cursor);
      const rows = await tx.query<RunRow>(
        `select id, reason, begun_at as "begunAt", finished_at as "finishedAt", looked, moved, confirmed from recomputation
          where $1::timestamptz is null or (begun_at, id) < ($1, $2::uuid) order by begun_at desc, id desc limit $3`,
        [beforeAt, beforeId, limit + 1],
      );
      const page = pageOf(rows, limit, (r) => momentCursor(r.begunAt, r.id));
      return {
        nextCursor: page.nextCursor,
        items: page.items.map((r) => ({
          ...r,
          begunAt: r.begunAt.toISOString(),
          finishedAt: r.finishedAt?.toISOString() ?? null,
        })),
      };
    });
  }

  async read(id: string, { limit = 50, cursor }: { readonly limit?: number; readonly cursor?: string }) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'calendars.read-recomputation', { ownerAccountId: tx.actor.accountId });
      await tx.one('select 1 from recomputation where id = $1', [id]);
      const [beforeAt, beforeId] = momentAfter(cursor);
      const rows = await tx.query<ChangeRow>(
        `select r.id, r.at, r.dispute_id as "disputeId", coalesce(d.case_number, d.registration_number) as number, r.kind,
                r.before_due_at as before, r.after_due_at as after, r.was_provisional as "wasProvisional",
                r.is_provisional as "isProvisional", r.calendar_version as "calendarVersion"
           from recomputed_deadline r join dispute d on d.id = r.dispute_id
          where r.recomputation_id = $1 and ($2::timestamptz is null or (r.at, r.id) < ($2, $3::uuid))
          order by r.at desc, r.id desc limit $4`,
        [id, beforeAt, beforeId, limit + 1],
      );
      const page = pageOf(rows, limit, (r) => momentCursor(r.at, r.id));
      return {
        nextCursor: page.nextCursor,
        items: page.items.map(({ at, before, after, ...row }) => ({
          ...row,
          kindName: RECKONED_DEADLINES[row.kind],
          at: at.toISOString(),
          before: before?.toISOString() ?? null,
          after: after?.toISOString() ?? null,
        })),
      };
    });
  }
}
