import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { paperLifecycle } from '../domain/paper-lifecycle';
import { paperView } from './paper-view';
import { Papers } from './papers';

@Injectable()
export class VoidPaper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly papers: Papers,
  ) {}

  /** Voids a paper that stands for itself. The file stays as it is; verification says that it no longer holds. */
  async execute(paperId: string, { reason }: { reason: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { paper } = await this.papers.load(tx, paperId);
      const { dispute, standing } = await this.matters.lock(tx, paper.disputeId, 'papers.void');
      const before = (await this.papers.load(tx, paperId)).paper;
      tx.checkVersion(before);
      const toState = paperLifecycle.next('void', before, tx.now);
      await this.papers.void(tx, paperId, reason);
      await this.matters.record(tx, dispute, {
        act: 'papers.void',
        fromState: before.state,
        toState,
        opinion: reason,
        details: { templateId: before.templateId },
        objectType: 'paper',
        objectId: paperId,
      });
      const loaded = await this.papers.load(tx, paperId);
      return paperView(tx, loaded, this.papers.codeOf(loaded.paper), standing);
    });
  }
}
