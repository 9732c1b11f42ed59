import { Injectable } from '@nestjs/common';
import { type ObjectFacts, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { fieldsOf, momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { PaperEngine } from '../../../platform/pdf';
import { Matters } from '../../disputes';
import { longTermView } from '../domain/long-term';
import { PAPER_STATES, type PaperState, paperLifecycle } from '../domain/paper-lifecycle';
import { PAPER_STAGES } from '../domain/paper-stages';
import { PaperSources } from './paper-sources';
import { relatedPapers, replaceablePapers } from './related-papers';

interface PaperRow {
  readonly id: string;
  readonly templateId: string;
  readonly title: string;
  readonly number: string | null;
  readonly state: PaperState;
  readonly pageCount: number;
  readonly copies: number;
  readonly issuedAt: Date;
  readonly committeeId: string | null;
  readonly governedBy: string | null;
  readonly voidReason: string | null;
  readonly isSealed: boolean;
  readonly isListed: boolean;
  readonly problem: string | null;
  readonly collectedAt: Date | null;
  readonly draftNumber: number | null;
  readonly hasVoidedCopy: boolean;
  readonly version: number;
}

const PAGE = 20;

@Injectable()
export class ListPapers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly engine: PaperEngine,
    private readonly sources: PaperSources,
  ) {}

  /** The papers of a matter, newest first. */
  async execute(disputeId: string, { limit = PAGE, cursor }: { limit?: number; cursor?: string }) {
    return this.unitOfWork.read(async (tx) => {
      const { standing } = await this.matters.read(tx, disputeId, 'papers.list');
      const [at, id] = momentAfter(cursor);
      const rows = await tx.query<PaperRow>(
        `select p.id, p.template_id as "templateId", p.title, p.number, p.state, p.copies, p.issued_at as "issuedAt",
                p.committee_id as "committeeId", p.governed_by as "governedBy", p.void_reason as "voidReason", p.version,
                (select d.number from paper_preview d where d.id = p.preview_id) as "draftNumber",
                exists (select 1 from paper_file f where f.paper_id = p.id and f.kind = 'voided') as "hasVoidedCopy",
                (select f.page_count from paper_file f where f.paper_id = p.id and f.kind in ('final', 'sealed')
                  order by f.kind = 'sealed' desc limit 1) as "pageCount",
                p.sealed_at is not null as "isSealed", w.paper_id is not null as "isListed", w.problem,
                w.collected_at as "collectedAt"
           from paper p left join paper_long_term w on w.paper_id = p.id
          where p.dispute_id = $1 and ($2::timestamptz is null or (p.issued_at, p.id) < ($2, $3::uuid))
          order by p.issued_at desc, p.id desc limit $4`,
        [disputeId, at, id, limit + 1],
      );
      const page = pageOf(rows, limit, (row) => momentCursor(row.issuedAt, row.id));
      const related = await relatedPapers(
        tx,
        page.items.map((row) => row.id),
      );
      return {
        items: page.items.map(({ committeeId, governedBy, isSealed, isListed, problem, collectedAt, ...row }) => ({
          ...row,
          governedBy,
          related: (related.get(row.id) ?? []).map((other) => ({ id: other.id, name: other.name, text: other.text })),
          longTerm: longTermView(isSealed, isListed ? { problem, collectedAt } : null),
          stateName: PAPER_STATES[row.state],
          issuedAt: row.issuedAt.toISOString(),
          allowedActs: paperLifecycle
            .allowedActs({ state: row.state, committeeId, governedBy }, tx.now, (by) => mayAct(tx.actor, by, standing))
            .map((act) => `papers.${act}`),
        })),
        nextCursor: page.nextCursor,
        issuable: mayAct(tx.actor, paperLifecycle.table.acts.issue.by, standing)
          ? this.issuable(tx, standing, await replaceablePapers(tx, disputeId))
          : [],
      };
    });
  }

  /** The papers this reader may issue in the matter, in the order of its course, with the fields each asks for. */
  private issuable(tx: Tx, standing: ObjectFacts, voided: Awaited<ReturnType<typeof replaceablePapers>>) {
    const papers = this.engine.templates.list().flatMap(({ id, name }) => {
      const source = this.sources.find(id);
      if (!source || !mayAct(tx.actor, policyOf(source.act)?.by ?? [], standing)) return [];
      const parameters = source.parameters ? fieldsOf(source.parameters) : null;
      const replaceable = voided
        .filter((old) => old.templateId === id)
        .map((old) => ({ ...old, voidedAt: old.voidedAt.toISOString() }));
      return [{ templateId: id, name, stage: source.stage, parameters, replaceable }];
    });
    const stages = Object.keys(PAPER_STAGES);
    return papers.sort((a, z) => stages.indexOf(a.stage) - stages.indexOf(z.stage));
  }
}
