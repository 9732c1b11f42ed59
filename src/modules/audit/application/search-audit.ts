import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { cursorParts } from '../../../platform/http';

interface AuditQuestion {
  readonly from?: string;
  readonly to?: string;
  readonly actorId?: string;
  readonly act?: string;
  readonly disputeId?: string;
  readonly limit: number;
  readonly cursor?: string;
}

interface AuditRow {
  readonly chain: string;
  readonly seq: number;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly act: string;
  readonly objectType: string;
  readonly objectId: string | null;
  readonly disputeId: string | null;
  readonly body: string;
}

/** Instant in ms, chain and place in it of the last entry seen. */
const CURSOR = /^(\d{10,15})_([0-9a-f-]{36})_(\d{1,15})$/;

@Injectable()
export class SearchAudit {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Newest first. */
  async execute(question: AuditQuestion) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'audit.search');
      const after = cursorParts(question.cursor, CURSOR, ['ms', 'chain', 'seq']);
      const rows = await tx.query<AuditRow>(
        `select e.chain, e.seq, e.at, e.actor_kind as "actorKind", e.actor_id as "actorId", a.display_name as "actorName",
                e.act, e.object_type as "objectType", e.object_id as "objectId", e.dispute_id as "disputeId", e.body
           from audit_entry e left join account a on a.id = e.actor_id
          where ($1::timestamptz is null or e.at >= $1) and ($2::timestamptz is null or e.at < $2)
            and ($3::uuid is null or e.actor_id = $3) and ($4::text is null or e.act like $4 || '%')
            and ($5::uuid is null or e.dispute_id = $5)
            and ($6::timestamptz is null or (e.at, e.chain, e.seq) < ($6, $7::uuid, $8::bigint))
          order by e.at desc, e.chain desc, e.seq desc limit $9`,
        [
          question.from ?? null,
          question.to ?? null,
          question.actorId ?? null,
          question.act ?? null,
          question.disputeId ?? null,
          after && new Date(Number(after.ms)),
          after?.chain ?? null,
          after?.seq ?? null,
          question.limit + 1,
        ],
      );
      return rows.map(({ body, ...row }) => ({
        ...row,
        at: row.at.toISOString(),
        details: (JSON.parse(body) as { details: Readonly<Record<string, unknown>> }).details,
      }));
    });
  }
}
