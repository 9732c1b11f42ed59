import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { PaperDrafts } from './paper-drafts';
import { Papers } from './papers';
import { type PaperOrder, SourceOfPaper } from './source-of-paper';

interface PreviewOrder extends PaperOrder {
  readonly disputeId: string;
}

@Injectable()
export class PreviewPaper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sourceOfPaper: SourceOfPaper,
    private readonly papers: Papers,
    private readonly drafts: PaperDrafts,
  ) {}

  /** The paper as it would be, with the watermark of its draft; kept is what it says under its number, and the audit entry. */
  async execute(order: PreviewOrder): Promise<Buffer> {
    const { disputeId, templateId } = order;
    const { source, parameters } = await this.sourceOfPaper.find(order);
    const { data, at, number, centerId } = await this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.sourceOfPaper.matter(tx, disputeId, 'papers.preview', source, true);
      const subject = await this.sourceOfPaper.load(tx, tx.now, source, disputeId, parameters);
      const draft = await this.drafts.enter(tx, { disputeId, templateId, source, parameters, data: subject.data });
      tx.audit({
        act: 'papers.preview',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: dispute.centerId,
        details: { templateId, draft },
      });
      return { data: subject.data, at: tx.now, number: draft, centerId: dispute.centerId };
    });
    return (await this.papers.render(templateId, data, { centerId, createdAt: at, draft: { number } })).bytes;
  }
}
