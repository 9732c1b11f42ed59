import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, uuidv7 } from '../../../platform/database';
import { fieldsOf } from '../../../platform/http';
import { canonicalJson } from '../../../platform/pdf';
import type { PaperSource } from './paper-sources';

type Fields = Readonly<Record<string, unknown>>;

/** What somebody looked at before the paper was issued. */
interface DraftInputs {
  /** What was filled in. */
  readonly parameters: Fields;
  /** What the paper said. */
  readonly data: Fields;
}

interface Ordered extends DraftInputs {
  readonly disputeId: string;
  readonly templateId: string;
  readonly source: PaperSource;
}

interface DraftRow {
  readonly id: string;
  readonly disputeId: string;
  readonly templateId: string;
  readonly orderSha256: string;
  readonly number: number;
  readonly drawnAt: Date;
  readonly drawnByName: string | null;
  readonly dataEncrypted: string;
}

/** A draft as it was, opened. */
type PaperDraft = Omit<DraftRow, 'dataEncrypted'> & DraftInputs;

/** The drafts of papers whose words are no agreement's, 第n稿: the same number is the same text. */
@Injectable()
export class PaperDrafts {
  constructor(private readonly keys: KeyRing) {}

  /** Which draft it is: the same content keeps its number, another one is the next. */
  async enter(tx: Tx, { disputeId, templateId, source, parameters, data }: Ordered): Promise<number> {
    const id = uuidv7();
    const { number } = await tx.one<{ number: number }>(
      `with earlier as (select number, content_hash from paper_preview
                         where dispute_id = $2 and template_id = $3 and order_sha256 = $4),
       entered as (
         insert into paper_preview (id, dispute_id, template_id, order_sha256, number, content_hash, drawn_by, drawn_at, data_encrypted)
         select $1, $2, $3, $4, (select coalesce(max(number), 0) + 1 from earlier), $5, $6, $7, $8
          where not exists (select 1 from earlier where content_hash = $5)
         returning number)
       select number from entered union all select number from earlier where content_hash = $5`,
      [
        id,
        disputeId,
        templateId,
        sha256(subjectOf(source, parameters)),
        sha256(data),
        tx.actor.accountId,
        tx.now,
        this.keys.encrypt(JSON.stringify({ parameters, data }), placeOf(id)),
      ],
    );
    return number;
  }

  /** The draft that says exactly this; undefined where nobody looked at one. */
  async withContent(tx: Tx, { disputeId, templateId, source, parameters, data }: Ordered): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>(
      `select id from paper_preview
        where dispute_id = $1 and template_id = $2 and order_sha256 = $3 and content_hash = $4`,
      [disputeId, templateId, sha256(subjectOf(source, parameters)), sha256(data)],
    );
    return row?.id;
  }

  /** The drafts of one form in a matter, the first first. */
  async list(tx: Tx, disputeId: string, templateId: string): Promise<PaperDraft[]> {
    return (await this.rows(tx, 'p.dispute_id = $1 and p.template_id = $2', [disputeId, templateId])).map((row) =>
      this.opened(row),
    );
  }

  async find(tx: Tx, draftId: string): Promise<PaperDraft | undefined> {
    const [row] = await this.rows(tx, 'p.id = $1', [draftId]);
    return row === undefined ? undefined : this.opened(row);
  }

  private async rows(tx: Tx, which: string, values: readonly string[]): Promise<DraftRow[]> {
    return tx.query<DraftRow>(
      `select p.id, p.dispute_id as "disputeId", p.template_id as "templateId", p.order_sha256 as "orderSha256", p.number,
              p.drawn_at as "drawnAt", a.display_name as "drawnByName", p.data_encrypted as "dataEncrypted"
         from paper_preview p left join account a on a.id = p.drawn_by
        where ${which} and p.data_encrypted is not null order by p.drawn_at, p.id`,
      [...values],
    );
  }

  private opened({ dataEncrypted, ...row }: DraftRow): PaperDraft {
    return { ...row, ...(JSON.parse(this.keys.decrypt(dataEncrypted, placeOf(row.id))) as DraftInputs) };
  }
}

/** What the paper is about, apart from its words: who edits a reason writes another draft of the same paper. */
function subjectOf({ parameters: shape }: PaperSource, parameters: Fields): Fields {
  const properties = (shape === undefined ? {} : (fieldsOf(shape)['properties'] ?? {})) as Record<
    string,
    { format?: string }
  >;
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => properties[name]?.format === 'uuid'));
}

const sha256 = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
const placeOf = (id: string): string => `paper_preview.data:${id}`;
