import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { Organizations } from '../../organizations';
import { longTermView } from '../domain/long-term';
import { SEAL_ORIGINS } from '../domain/seal-lifecycle';
import { CommitteeSeal } from '../persistence/seal.entity';
import { SealKeys } from './seal-keys';
import { sealView } from './seal-view';

const PAGE = 20;

interface UseRow {
  readonly id: string;
  readonly disputeId: string;
  readonly paperId: string;
  readonly usedBy: string | null;
  readonly usedByName: string | null;
  readonly requestedBy: string | null;
  readonly requestedByName: string | null;
  readonly usedAt: Date;
  readonly documentSha256: string;
  readonly purpose: string;
  readonly level: string;
  readonly timestampProblem: string | null;
  readonly isListed: boolean;
  readonly problem: string | null;
  readonly collectedAt: Date | null;
}

/** The seals of a committee, and the ledger of each. */
@Injectable()
export class ListSeals {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly organizations: Organizations,
    private readonly sealKeys: SealKeys,
  ) {}

  /** All seals a committee ever had, newest first, and where the key of a new one may come from. */
  async execute(committeeId: string) {
    return this.unitOfWork.read(async (tx) => {
      await this.organizations.committee(tx, committeeId);
      authorize(tx.actor, 'seals.list', { committeeId });
      const rows = await tx.query<{ id: string }>(
        'select id from committee_seal where committee_id = $1 order by installed_at desc, id desc limit 100',
        [committeeId],
      );
      const items = [];
      for (const { id } of rows) items.push(sealView(await tx.get(CommitteeSeal, id), tx.now));
      const origins = this.sealKeys.origins().map((origin) => ({ origin, name: SEAL_ORIGINS[origin] }));
      return { items, origins };
    });
  }

  /** Every use of a seal, newest first. */
  async uses(sealId: string, { limit = PAGE, cursor }: { limit?: number; cursor?: string }) {
    return this.unitOfWork.read(async (tx) => {
      const { committeeId } = await tx.get(CommitteeSeal, sealId);
      authorize(tx.actor, 'seals.list-uses', { committeeId });
      const [at, id] = momentAfter(cursor);
      const rows = await tx.query<UseRow>(
        `select u.id, u.dispute_id as "disputeId", u.paper_id as "paperId", u.used_by as "usedBy", a.display_name as "usedByName",
                u.requested_by as "requestedBy", b.display_name as "requestedByName", u.used_at as "usedAt",
                u.document_sha256 as "documentSha256", u.purpose, u.level, u.timestamp_problem as "timestampProblem",
                w.paper_id is not null as "isListed", w.problem, w.collected_at as "collectedAt"
           from seal_use u left join paper_long_term w on w.paper_id = u.paper_id left join account a on a.id = u.used_by left join account b on b.id = u.requested_by
          where u.seal_id = $1 and ($2::timestamptz is null or (u.used_at, u.id) < ($2, $3::uuid))
          order by u.used_at desc, u.id desc limit $4`,
        [sealId, at, id, limit + 1],
      );
      const page = pageOf(rows, limit, (row) => momentCursor(row.usedAt, row.id));
      return {
        items: page.items.map(({ isListed, problem, collectedAt, ...row }) => ({
          ...row,
          usedAt: row.usedAt.toISOString(),
          longTermText: longTermView(true, isListed ? { problem, collectedAt } : null)?.text ?? '',
        })),
        nextCursor: page.nextCursor,
      };
    });
  }
}
