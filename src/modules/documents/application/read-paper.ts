import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { paperView } from './paper-view';
import { Papers } from './papers';

@Injectable()
export class ReadPaper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly papers: Papers,
  ) {}

  /** What the register says of a paper. Leaves one audit entry. */
  async execute(paperId: string) {
    return this.unitOfWork.run(async (tx) => {
      const loaded = await this.papers.load(tx, paperId);
      const { dispute, standing } = await this.matters.read(tx, loaded.paper.disputeId, 'papers.read');
      tx.audit({
        act: 'papers.read',
        objectType: 'paper',
        objectId: paperId,
        disputeId: dispute.id,
        chain: dispute.centerId,
      });
      return paperView(tx, loaded, this.papers.codeOf(loaded.paper), standing);
    });
  }
}
