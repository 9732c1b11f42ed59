import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { Matters } from '../../disputes';
import { UsedTemplate } from '../persistence/paper.entity';
import { Papers } from './papers';

/** Which file: the one that counts, the copy of a voided paper with its watermark, or the long-term copy. */
export const PAPER_COPIES = {
  issued: '签发件，一字不差',
  voided: '加盖“已作废”水印的副本',
  'long-term': '长期保存版：签发件之后附有长期验证资料',
} as const;
export type PaperCopy = keyof typeof PAPER_COPIES;

const COPY_IN_NAME = { issued: null, voided: '已作废', 'long-term': '长期保存版' } as const;

@Injectable()
export class DownloadPaper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly papers: Papers,
    private readonly store: FileStore,
  ) {}

  /** The bytes exactly as stored, hashed again on the way out. The reading is in the audit before the answer. */
  async execute(paperId: string, copy: PaperCopy): Promise<{ bytes: Buffer; fileName: string }> {
    const { sha256, fileName } = await this.unitOfWork.run(async (tx) => {
      const { paper, files, current } = await this.papers.load(tx, paperId);
      const { dispute } = await this.matters.read(tx, paper.disputeId, 'papers.download');
      const file = copy === 'issued' ? current : files.get(copy);
      if (!file) throw notFound();
      tx.audit({
        act: 'papers.download',
        objectType: 'paper',
        objectId: paperId,
        disputeId: dispute.id,
        chain: dispute.centerId,
        details: { copy, sha256: file.sha256 },
      });
      // Named after the form and the number: a title may carry a person's name, and names of files travel far.
      const { name } = await tx.get(UsedTemplate, paper.templateHash);
      return {
        sha256: file.sha256,
        fileName: [name, paper.number, COPY_IN_NAME[copy]].filter(Boolean).join('-'),
      };
    });
    return { bytes: await this.store.get(sha256), fileName: `${fileName}.pdf` };
  }
}
