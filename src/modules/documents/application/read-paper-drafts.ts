import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { PaperEngine } from '../../../platform/pdf';
import type { LoadedMatter } from '../../disputes';
import { differenceOf, differences } from '../domain/differences';
import { PaperDrafts } from './paper-drafts';
import { passagesOf } from './paper-passages';
import { Papers } from './papers';
import { SourceOfPaper } from './source-of-paper';

/** The drafts of a paper, for whoever may issue it: what each said, what was changed in it, and the sheet itself. */
@Injectable()
export class ReadPaperDrafts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sourceOfPaper: SourceOfPaper,
    private readonly engine: PaperEngine,
    private readonly drafts: PaperDrafts,
    private readonly papers: Papers,
  ) {}

  /** The latest first, each against the one before it of the same thing. */
  async list(disputeId: string, templateId: string) {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matter(tx, disputeId, templateId, 'papers.list-drafts');
      const { contract } = this.engine.templates.get(templateId);
      const drafts = await this.drafts.list(tx, disputeId, templateId);
      const issued = await tx.query<{ previewId: string; title: string }>(
        'select preview_id as "previewId", title from paper where dispute_id = $1 and preview_id = any ($2) order by issued_at',
        [disputeId, drafts.map((draft) => draft.id)],
      );
      this.audit(tx, matter, 'papers.list-drafts', { templateId });
      return {
        items: drafts
          .map((draft, i) => {
            const before = drafts.slice(0, i).findLast((other) => other.orderSha256 === draft.orderSha256);
            const changes =
              before === undefined
                ? []
                : differences(passagesOf(contract, before.data), passagesOf(contract, draft.data));
            return {
              id: draft.id,
              number: draft.number,
              drawnByName: draft.drawnByName,
              drawnAt: draft.drawnAt.toISOString(),
              parameters: draft.parameters,
              differences: changes.map(differenceOf),
              issuedAs: issued.find((paper) => paper.previewId === draft.id)?.title ?? null,
            };
          })
          .reverse(),
      };
    });
  }

  /** The draft drawn again as it was, with its number. */
  async paper(draftId: string): Promise<{ bytes: Buffer; fileName: string }> {
    const { draft, centerId } = await this.unitOfWork.run(async (tx) => {
      const found = await this.drafts.find(tx, draftId);
      if (found === undefined) throw notFound();
      const matter = await this.matter(tx, found.disputeId, found.templateId, 'papers.download-draft');
      this.audit(tx, matter, 'papers.download-draft', { templateId: found.templateId, draft: found.number });
      return { draft: found, centerId: matter.dispute.centerId };
    });
    const { bytes } = await this.papers.render(draft.templateId, draft.data, {
      centerId,
      createdAt: draft.drawnAt,
      templateAt: draft.drawnAt,
      draft: { number: draft.number },
    });
    const { name } = this.engine.templates.get(draft.templateId);
    return { bytes, fileName: `${name}-第${draft.number}稿.pdf` };
  }

  private async matter(tx: Tx, disputeId: string, templateId: string, act: string): Promise<LoadedMatter> {
    return this.sourceOfPaper.matter(tx, disputeId, act, this.sourceOfPaper.of(templateId), false);
  }

  private audit(tx: Tx, { dispute }: LoadedMatter, act: string, details: Readonly<Record<string, unknown>>): void {
    tx.audit({
      act,
      objectType: 'dispute',
      objectId: dispute.id,
      disputeId: dispute.id,
      chain: dispute.centerId,
      details,
    });
  }
}
