import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { canonicalJson } from '../../../platform/pdf';
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

  /** The paper as it would be, with the watermark of its draft; nothing is kept but its number and the audit entry. */
  async execute(order: PreviewOrder): Promise<Buffer> {
    const { disputeId, templateId } = order;
    const { source, parameters } = await this.sourceOfPaper.find(order);
    const { data, at, number, centerId } = await this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.sourceOfPaper.matter(tx, disputeId, 'papers.preview', source, true);
      const subject = await this.sourceOfPaper.load(tx, tx.now, source, disputeId, parameters);
      const draft = await numberOf(tx, disputeId, templateId, parameters, subject.data);
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

const sha256 = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** Which draft it is, 第n稿: the same content of the same order keeps its number, another one is the next. */
async function numberOf(
  tx: Tx,
  disputeId: string,
  templateId: string,
  parameters: PaperOrder['parameters'],
  data: Readonly<Record<string, unknown>>,
): Promise<number> {
  const { number } = await tx.one<{ number: number }>(
    `with earlier as (select number, content_hash from paper_preview
                       where dispute_id = $2 and template_id = $3 and order_sha256 = $4),
     entered as (
       insert into paper_preview (id, dispute_id, template_id, order_sha256, number, content_hash, drawn_by, drawn_at)
       select $1, $2, $3, $4, (select coalesce(max(number), 0) + 1 from earlier), $5, $6, $7
        where not exists (select 1 from earlier where content_hash = $5)
       returning number)
     select number from entered union all select number from earlier where content_hash = $5`,
    [uuidv7(), disputeId, templateId, sha256(parameters), sha256(data), tx.actor.accountId, tx.now],
  );
  return number;
}
