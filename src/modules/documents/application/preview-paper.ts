import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
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
  ) {}

  /** The paper as it would be, with the watermark of a draft; nothing is kept but the audit entry of the reading. */
  async execute(order: PreviewOrder): Promise<Buffer> {
    const { disputeId, templateId } = order;
    const { source, parameters } = await this.sourceOfPaper.find(order);
    const { data, at } = await this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.sourceOfPaper.matter(tx, disputeId, 'papers.preview', source, false);
      const subject = await this.sourceOfPaper.load(tx, tx.now, source, disputeId, parameters);
      tx.audit({
        act: 'papers.preview',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: dispute.centerId,
        details: { templateId },
      });
      return { data: subject.data, at: tx.now };
    });
    return (await this.papers.render(templateId, data, { createdAt: at, draft: { number: 1 } })).bytes;
  }
}
