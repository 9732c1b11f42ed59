import { Injectable } from '@nestjs/common';
import { DomainError, notFound, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { type Device, DRAFTS_PER_ACCOUNT, contentRefusal } from '../domain/draft-rules';
import { Draft } from '../persistence/draft.entity';

interface SaveDraftCommand {
  readonly title: string;
  readonly content: string;
  readonly resumePath?: string;
  readonly writer: string;
  readonly device: Device;
}

const COLUMNS = `id, account_id as "accountId", key, title_cipher as "titleCipher", content_cipher as "contentCipher",
  resume_path as "resumePath", writer, device, created_at as "createdAt", saved_at as "savedAt", version`;

/**
 * What somebody is writing. Row security shows everyone their own, so no statement names the account but to insert.
 * Saving and opening leave no audit entry: nothing is read that the reader did not type, and one every few seconds would
 * bury those that matter.
 */
@Injectable()
export class Drafts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
  ) {}

  /** Latest first. `prefix` keeps to the keys that begin with it. */
  async list({ prefix, limit = 50, cursor }: { prefix?: string; limit?: number; cursor?: string }) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'drafts.list', { ownerAccountId: tx.actor.accountId });
      const [at, id] = momentAfter(cursor);
      const rows = await tx.query<Draft>(
        `select ${COLUMNS} from draft
          where ($1::text is null or starts_with(key, $1))
            and ($2::timestamptz is null or (date_trunc('milliseconds', saved_at), id) < ($2, $3::uuid))
          order by date_trunc('milliseconds', saved_at) desc, id desc limit $4`,
        [prefix ?? null, at, id, limit + 1],
      );
      const { items, nextCursor } = pageOf(rows, limit, (d) => momentCursor(d.savedAt, d.id));
      return { items: items.map((d) => this.headOf(d)), nextCursor };
    });
  }

  /** The draft, or version 0 with nothing: a form that asks whether there is one asks nothing wrong. */
  async read(key: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'drafts.read', { ownerAccountId: tx.actor.accountId });
      const draft = await find(tx, key, false);
      return { key, version: draft?.version ?? 0, kept: draft === undefined ? null : this.viewOf(draft) };
    });
  }

  /**
   * Saves over the version that the window has read; version 0 begins a draft. 412 when another window was quicker, so
   * that neither loses a word: it reads what the other saved and merges.
   */
  async save(key: string, command: SaveDraftCommand) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'drafts.save', { ownerAccountId: tx.actor.accountId });
      refuseContent(command.content);
      // One after the other: two windows that begin the same draft at once must not both succeed.
      await tx.query('select pg_advisory_xact_lock(727015, hashtext($1))', [tx.actor.accountId]);
      const found = await find(tx, key, true);
      tx.checkVersion({ version: found?.version ?? 0 });
      const id = found?.id ?? uuidv7();
      const columns = {
        titleCipher: this.keys.encrypt(command.title, `draft.title:${id}`),
        contentCipher: this.keys.encrypt(command.content, `draft.content:${id}`),
        resumePath: command.resumePath ?? null,
        writer: command.writer,
        device: command.device,
        savedAt: tx.now,
      };
      if (found) await tx.update(Draft, id, columns);
      else await begin(tx, { id, key, ...columns });
      return this.headOf(await mustFind(tx, key, false));
    });
  }

  /** A draft is the only thing here that is ever deleted: it was never handed in. */
  async discard(key: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'drafts.discard', { ownerAccountId: tx.actor.accountId });
      const { id, version } = await mustFind(tx, key, true);
      tx.checkVersion({ version });
      await tx.query('delete from draft where id = $1', [id]);
    });
  }

  private headOf({ id, key, titleCipher, resumePath, writer, device, savedAt, version }: Draft) {
    const title = this.keys.decrypt(titleCipher, `draft.title:${id}`);
    return { key, title, resumePath, writer, device, savedAt: savedAt.toISOString(), version };
  }

  private viewOf(draft: Draft) {
    return { ...this.headOf(draft), content: this.keys.decrypt(draft.contentCipher, `draft.content:${draft.id}`) };
  }
}

async function find(tx: Tx, key: string, isLocked: boolean): Promise<Draft | undefined> {
  const sql = `select ${COLUMNS} from draft where account_id = (select app.account_id()) and key = $1`;
  const [row] = await tx.query<Draft>(isLocked ? `${sql} for update` : sql, [key]);
  return row;
}

async function mustFind(tx: Tx, key: string, isLocked: boolean): Promise<Draft> {
  const draft = await find(tx, key, isLocked);
  if (!draft) throw notFound();
  return draft;
}

async function begin(tx: Tx, draft: Omit<Draft, 'accountId' | 'createdAt' | 'version'>): Promise<void> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*)::int as count from draft where account_id = (select app.account_id())',
  );
  if ((row?.count ?? 0) >= DRAFTS_PER_ACCOUNT) {
    throw new DomainError(
      'conflict',
      'drafts.too-many',
      `草稿已有 ${DRAFTS_PER_ACCOUNT} 份。请到“我的草稿”删除不再需要的，再继续填写。`,
    );
  }
  await tx.insert(Draft, { ...draft, accountId: tx.actor.accountId ?? '', createdAt: tx.now, version: 1 });
}

function refuseContent(content: string): void {
  const refusal = contentRefusal(content);
  if (refusal === 'too-long') {
    throw ruleViolation('drafts.too-long', '内容过长，无法暂存。请先提交，其余内容以后补充。', '/content');
  }
  if (refusal === 'not-json') throw ruleViolation('drafts.not-json', '草稿内容应为一个 JSON 对象。', '/content');
}
