import { Injectable } from '@nestjs/common';
import { policyOf } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { cursorParts, pageOf } from '../../../platform/http';
import { Matters } from './matters';

interface EntryRow {
  readonly chain: string;
  readonly seq: number;
  readonly at: Date;
  readonly act: string;
  readonly actorKind: string;
  readonly actorName: string | null;
  readonly objectType: string;
}

const ACTOR_KINDS: Readonly<Record<string, string>> = { link: '当事人（链接）', system: '系统', anonymous: '未登录' };
const CURSOR = /^(\d{10,15})_([0-9a-f-]{36})_(\d{1,15})$/;

/** Who read and who did what in one matter, for those who answer for the center. */
@Injectable()
export class ReadAuditTrail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** Newest first, without the details of the entries; the whole log is the auditor's. The reading is audited itself. */
  async execute(disputeId: string, { limit = 50, cursor }: { readonly limit?: number; readonly cursor?: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'disputes.read-audit');
      const after = cursorParts(cursor, CURSOR, ['ms', 'chain', 'seq']);
      // Row security leaves the log to auditors: this slice is read as the system, after the matter let the reader in.
      const rows = await tx.asSystem(() =>
        tx.query<EntryRow>(
          `select e.chain, e.seq, e.at, e.act, e.actor_kind as "actorKind", a.display_name as "actorName",
                  e.object_type as "objectType"
             from audit_entry e left join account a on a.id = e.actor_id
            where e.dispute_id = $1
              and ($2::timestamptz is null or (e.at, e.chain, e.seq) < ($2, $3::uuid, $4::bigint))
            order by e.at desc, e.chain desc, e.seq desc limit $5`,
          [disputeId, after && new Date(Number(after.ms)), after?.chain ?? null, after?.seq ?? null, limit + 1],
        ),
      );
      tx.audit({
        act: 'disputes.read-audit',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: dispute.centerId,
      });
      const page = pageOf(rows, limit, (row) => `${row.at.getTime()}_${row.chain}_${row.seq}`);
      return {
        nextCursor: page.nextCursor,
        items: page.items.map(({ chain: chainOf, seq: place, at, act, actorKind, actorName, objectType }) => ({
          id: `${chainOf}:${place}`,
          at: at.toISOString(),
          act,
          actName: policyOf(act)?.label ?? act,
          actorName: actorName ?? ACTOR_KINDS[actorKind] ?? '—',
          objectType,
        })),
      };
    });
  }
}
