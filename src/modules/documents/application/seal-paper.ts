import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { paperLifecycle } from '../domain/paper-lifecycle';
import { UsedTemplate } from '../persistence/paper.entity';
import { paperView } from './paper-view';
import { type LoadedPaper, Papers } from './papers';
import type { FiledPaper, SealedPaper } from './paper-types';
import { Seals } from './seals';

@Injectable()
export class SealPaper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly papers: Papers,
    private readonly seals: Seals,
  ) {}

  /**
   * Puts the committee's electronic seal on an issued paper: drawn again from the same template and content with the riding seal,
   * signed in the worker pool, kept beside the unsealed file. Who issued the paper counts as the one who asked for the seal.
   */
  async execute(paperId: string) {
    return this.unitOfWork.prepareAndRun(
      () => this.prepare(paperId),
      async (tx, { disputeId, filed, sealed }) => {
        const { dispute, standing } = await this.matters.lock(tx, disputeId, 'papers.seal');
        const now = await this.papers.load(tx, paperId);
        tx.checkVersion(now.paper);
        await this.decide(tx, now);
        await this.papers.addSeal(tx, now.paper, filed);
        await this.matters.record(tx, dispute, {
          act: 'papers.seal',
          fromState: now.paper.state,
          toState: 'sealed',
          details: {
            templateId: now.paper.templateId,
            sha256: sealed.sha256,
            sealId: sealed.sealId,
            level: sealed.level,
          },
          objectType: 'paper',
          objectId: paperId,
        });
        const after = await this.papers.load(tx, paperId);
        return paperView(tx, after, this.papers.codeOf(after.paper), standing);
      },
    );
  }

  private async prepare(paperId: string): Promise<{ disputeId: string; filed: FiledPaper; sealed: SealedPaper }> {
    const { loaded, template, committeeId, signingTime } = await this.unitOfWork.read(async (tx) => {
      const found = await this.papers.load(tx, paperId);
      await this.matters.read(tx, found.paper.disputeId, 'papers.seal');
      return { loaded: found, signingTime: tx.now, ...(await this.decide(tx, found)) };
    });
    const drafted = await this.papers.renderAgain(loaded, template, { sealOf: committeeId });
    const sealed = await this.seals.seal(drafted, { committeeId, signingTime, purpose: `${template.name}盖章` });
    return { disputeId: loaded.paper.disputeId, filed: await this.papers.file(drafted, sealed), sealed };
  }

  private async decide(tx: Tx, { paper }: LoadedPaper): Promise<{ template: UsedTemplate; committeeId: string }> {
    paperLifecycle.next('seal', paper, tx.now);
    const { committeeId } = paper;
    if (committeeId === null)
      throw new DomainError('conflict', 'papers.no-committee', '该文书不是由人民调解委员会出具的。');
    await this.seals.check(tx, committeeId, paper.issuedBy);
    return { template: await tx.get(UsedTemplate, paper.templateHash), committeeId };
  }
}
