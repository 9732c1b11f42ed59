import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { pageOf } from '../../../platform/http';
import { Matters } from '../../disputes';
import { PAPER_STATES, type PaperState } from '../domain/paper-lifecycle';

interface PaperRow {
  readonly id: string;
  readonly templateId: string;
  readonly title: string;
  readonly number: string | null;
  readonly state: PaperState;
  readonly pageCount: number;
  readonly copies: number;
  readonly issuedAt: Date;
}

const PAGE = 20;

@Injectable()
export class ListPapers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** The papers of a matter, newest first. */
  async execute(disputeId: string, { limit = PAGE, cursor }: { limit?: number; cursor?: string }) {
    return this.unitOfWork.read(async (tx) => {
      await this.matters.read(tx, disputeId, 'papers.list');
      const [instant, id] = (cursor ?? '').split('_');
      const rows = await tx.query<PaperRow>(
        `select p.id, p.template_id as "templateId", p.title, p.number, p.state, p.copies, p.issued_at as "issuedAt",
                (select f.page_count from paper_file f where f.paper_id = p.id and f.kind <> 'voided'
                  order by f.kind = 'sealed' desc limit 1) as "pageCount"
           from paper p
          where p.dispute_id = $1 and ($2::bigint is null or (p.issued_at, p.id) < (to_timestamp($2::bigint / 1000.0), $3::uuid))
          order by p.issued_at desc, p.id desc limit $4`,
        [disputeId, instant === '' ? null : instant, id ?? null, limit + 1],
      );
      const page = pageOf(rows, limit, (row) => `${row.issuedAt.getTime()}_${row.id}`);
      return {
        items: page.items.map((row) => ({
          ...row,
          stateName: PAPER_STATES[row.state],
          issuedAt: row.issuedAt.toISOString(),
        })),
        nextCursor: page.nextCursor,
      };
    });
  }
}
