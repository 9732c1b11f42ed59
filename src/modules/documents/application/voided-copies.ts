import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formatLegalDateCn, legalDateFromInstant } from '../../../kernel';
import { OutboxDispatcher, UnitOfWork } from '../../../platform/database';
import { PAPER_VOIDED, Papers } from './papers';

/** Draws the copy of a voided paper that says so on every page; the issued file itself stays as it is. */
@Injectable()
export class VoidedCopies implements OnModuleInit {
  constructor(
    private readonly outbox: OutboxDispatcher,
    private readonly unitOfWork: UnitOfWork,
    private readonly papers: Papers,
  ) {}

  onModuleInit(): void {
    this.outbox.handle(PAPER_VOIDED, ({ paperId }) => this.draw(String(paperId)));
  }

  private async draw(paperId: string): Promise<void> {
    const { loaded, template } = await this.unitOfWork.readAsSystem('voided-copy', (tx) =>
      this.papers.loadWithTemplate(tx, paperId),
    );
    const { voidedAt, voidReason, disputeId } = loaded.paper;
    if (voidedAt === null || voidReason === null || loaded.files.has('voided')) return;
    const voided = { on: formatLegalDateCn(legalDateFromInstant(voidedAt)), reason: voidReason };
    const filed = await this.papers.file(await this.papers.renderAgain(loaded, template, { voided }));
    await this.unitOfWork.runAsSystem('voided-copy', (tx) =>
      this.papers.addFile(tx, disputeId, paperId, 'voided', filed),
    );
  }
}
