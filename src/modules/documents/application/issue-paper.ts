import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { CenterTemplates } from './center-templates';
import { paperView } from './paper-view';
import { PaperDrafts } from './paper-drafts';
import { Papers } from './papers';
import { replaceablePapers } from './related-papers';
import { type PaperOrder, SourceOfPaper } from './source-of-paper';

/** Issues a paper whose content a module has registered a source for. */
@Injectable()
export class IssuePaper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly sourceOfPaper: SourceOfPaper,
    private readonly papers: Papers,
    private readonly templates: CenterTemplates,
    private readonly drafts: PaperDrafts,
  ) {}

  /**
   * Loads, draws outside any transaction, and keeps: the transaction that keeps the paper loads once more and refuses (409) when
   * the facts have moved in between, so that no paper says what no longer holds.
   */
  async execute(disputeId: string, order: PaperOrder & { readonly replacesId?: string }) {
    const { source, parameters } = await this.sourceOfPaper.find(order);
    const { templateId, replacesId } = order;
    return this.unitOfWork.prepareAndRun(
      async () => {
        const { subject, at, centerId } = await this.unitOfWork.read(async (tx) => {
          const { dispute } = await this.sourceOfPaper.matter(tx, disputeId, 'papers.issue', source, false);
          const loaded = await this.sourceOfPaper.load(tx, tx.now, source, disputeId, parameters);
          return { subject: loaded, at: tx.now, centerId: dispute.centerId };
        });
        const drafted = await this.papers.render(templateId, subject.data, { centerId, createdAt: at });
        return { subject, at, filed: await this.papers.file(drafted) };
      },
      async (tx, { subject, at, filed }) => {
        const { dispute, standing } = await this.sourceOfPaper.matter(tx, disputeId, 'papers.issue', source, true);
        const again = await this.sourceOfPaper.load(tx, at, source, disputeId, parameters);
        if (JSON.stringify(again) !== JSON.stringify(subject)) {
          throw new DomainError(
            'conflict',
            'papers.content-changed',
            '出具文书时，事项内容刚被他人更新。请核对最新内容后重新出具。',
          );
        }
        await this.templates.mustBeInForce(tx, filed.drafted, dispute.centerId);
        if (replacesId !== undefined) await this.mustBeReplaceable(tx, disputeId, templateId, replacesId);
        const { data } = subject;
        const { id, sha256 } = await this.papers.keep(tx, {
          ...subject,
          disputeId,
          filed,
          supersedesId: replacesId,
          previewId: await this.drafts.withContent(tx, { disputeId, templateId, source, parameters, data }),
        });
        await this.matters.record(tx, dispute, {
          act: 'papers.issue',
          toState: 'final',
          details: { templateId, sha256 },
          objectType: 'paper',
          objectId: id,
        });
        const loaded = await this.papers.load(tx, id);
        return paperView(tx, loaded, this.papers.codeOf(loaded.paper), standing);
      },
    );
  }

  /** A voided paper of the same form, in whose place none stands yet. */
  private async mustBeReplaceable(tx: Tx, disputeId: string, templateId: string, paperId: string): Promise<void> {
    const replaceable = await replaceablePapers(tx, disputeId);
    if (replaceable.some((old) => old.id === paperId && old.templateId === templateId)) return;
    throw ruleViolation(
      'papers.not-replaceable',
      '只能代替本事项中已作废、还没有重新出具的同一种文书。请刷新后重新选择。',
      '/replacesId',
    );
  }
}
