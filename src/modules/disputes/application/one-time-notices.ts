import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant, notFound, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { OneTimeNotice } from '../persistence/course.entity';
import { type LoadedMatter, Matters } from './matters';

export interface GiveNoticeCommand {
  readonly items: readonly { readonly name: string; readonly note?: string }[];
  readonly explanation?: string;
  readonly form: 'paper' | 'sms';
  readonly dueOn: string;
}

/** A notice as it is answered. */
export interface NoticeView {
  readonly id: string;
  readonly disputeId: string;
  readonly ordinal: number;
  readonly kind: 'supplement' | 'not-accepted';
  readonly items: readonly { readonly name: string; readonly note?: string }[];
  readonly explanation: string | null;
  readonly form: 'paper' | 'sms';
  readonly dueOn: string | null;
  readonly givenAt: string;
  readonly signerName: string | null;
  readonly signedAt: string | null;
  readonly supplementedAt: string | null;
  readonly version: number;
}

/** One-time notices (一次性告知单): everything that is missing, once, in writing, signed for. */
@Injectable()
export class OneTimeNotices {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** Names all missing papers at once, with a day by which to bring them. */
  async give(disputeId: string, command: GiveNoticeCommand): Promise<NoticeView> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.give-notice');
      const { dispute } = matter;
      const state = this.matters.next(matter, 'give-notice', tx.now);
      if (command.dueOn <= legalDateFromInstant(tx.now)) {
        throw ruleViolation('disputes.notice-due-in-past', '补正期限须晚于今天。', '/dueOn');
      }
      await mustBeTheOnlyOne(tx, disputeId);
      const id = uuidv7();
      await tx.insert(OneTimeNotice, {
        id,
        disputeId,
        ordinal: await nextNoticeOrdinal(tx, disputeId),
        kind: 'supplement',
        items: command.items,
        explanation: command.explanation ?? null,
        form: command.form,
        dueOn: command.dueOn,
        givenAt: tx.now,
        givenBy: tx.actor.accountId ?? '',
      });
      await this.matters.record(tx, dispute, {
        act: 'disputes.give-notice',
        fromState: dispute.state,
        toState: state,
        details: { items: command.items.length, form: command.form, dueOn: command.dueOn },
        objectType: 'one-time-notice',
        objectId: id,
      });
      tx.send({ topic: 'disputes.notice-given', payload: { disputeId, noticeId: id } });
      return viewOf(await tx.get(OneTimeNotice, id));
    });
  }

  /** Records who signed for the notice. */
  async sign(disputeId: string, noticeId: string, command: { readonly signerName: string }): Promise<NoticeView> {
    return this.change(disputeId, noticeId, 'disputes.sign-notice', (notice, now) => {
      if (!isUnsigned(notice)) {
        throw new DomainError('conflict', 'disputes.notice-signed', '该告知单已经签收，不能重复登记。');
      }
      return { signerName: command.signerName, signedAt: now };
    });
  }

  /** Records that everything named was brought. */
  async supplement(disputeId: string, noticeId: string): Promise<NoticeView> {
    return this.change(disputeId, noticeId, 'disputes.settle-notice', (notice, now) => {
      if (!isUnsettled(notice)) {
        throw new DomainError('conflict', 'disputes.notice-settled', '该告知单不需要补正或已经补齐。');
      }
      return { supplementedAt: now };
    });
  }

  /** All notices of a matter, oldest first, for a module that has authorized its reader itself. */
  async of(tx: Tx, disputeId: string): Promise<NoticeView[]> {
    const rows = await tx.query<{ id: string }>(
      'select id from one_time_notice where dispute_id = $1 order by ordinal',
      [disputeId],
    );
    const notices: NoticeView[] = [];
    for (const { id } of rows) notices.push(viewOf(await tx.get(OneTimeNotice, id)));
    return notices;
  }

  /** Signed for by its receiver on a screen of its own. The caller holds the lock of the matter and records its act. */
  async receive(tx: Tx, disputeId: string, noticeId: string, signerName: string): Promise<void> {
    const notice = await tx.lock(OneTimeNotice, noticeId);
    if (notice.disputeId !== disputeId) throw notFound();
    if (notice.signedAt !== null) {
      throw new DomainError('conflict', 'disputes.notice-signed', '该告知单已经签收，不必重复签收。');
    }
    await tx.update(OneTimeNotice, noticeId, { signerName, signedAt: tx.now });
  }

  private async change(
    disputeId: string,
    noticeId: string,
    act: string,
    decide: (notice: OneTimeNotice, now: Date) => Partial<OneTimeNotice>,
  ): Promise<NoticeView> {
    return this.unitOfWork.run(async (tx) => {
      const { dispute }: LoadedMatter = await this.matters.lock(tx, disputeId, act);
      const notice = await tx.lock(OneTimeNotice, noticeId);
      if (notice.disputeId !== disputeId) throw notFound();
      tx.checkVersion(notice);
      await tx.update(OneTimeNotice, noticeId, decide(notice, tx.now));
      await this.matters.record(tx, dispute, {
        act,
        objectType: 'one-time-notice',
        objectId: noticeId,
        details: { ordinal: notice.ordinal },
      });
      return viewOf(await tx.get(OneTimeNotice, noticeId));
    });
  }
}

/** Notices of a matter count from 1; the matter is locked. */
export async function nextNoticeOrdinal(tx: Tx, disputeId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*)::int as count from one_time_notice where dispute_id = $1',
    [disputeId],
  );
  return (row?.count ?? 0) + 1;
}

/** "One-time" is the point: a second list while the first is open would be the running back and forth it ends. */
async function mustBeTheOnlyOne(tx: Tx, disputeId: string): Promise<void> {
  const [open] = await tx.query(
    "select 1 from one_time_notice where dispute_id = $1 and kind = 'supplement' and supplemented_at is null",
    [disputeId],
  );
  if (open) {
    throw new DomainError(
      'conflict',
      'disputes.notice-open',
      '已有一张告知单尚未补齐。所需材料应一次性告知，请等补齐后再办理。',
    );
  }
}

/** Acts on a notice that its standing allows, of those that `may` grants. */
export function allowedNoticeActs(notice: OneTimeNotice, may: (act: string) => boolean): string[] {
  return [
    ...(isUnsigned(notice) ? ['disputes.sign-notice'] : []),
    ...(isUnsettled(notice) ? ['disputes.settle-notice'] : []),
  ].filter(may);
}

function isUnsigned({ signedAt }: OneTimeNotice): boolean {
  return signedAt === null;
}

function isUnsettled({ kind, supplementedAt }: OneTimeNotice): boolean {
  return kind === 'supplement' && supplementedAt === null;
}

export function viewOf(notice: OneTimeNotice): NoticeView {
  const { id, disputeId, ordinal, kind, items, explanation, form, dueOn, signerName, version } = notice;
  return {
    id,
    disputeId,
    ordinal,
    kind,
    items,
    explanation,
    form,
    dueOn,
    givenAt: notice.givenAt.toISOString(),
    signerName,
    signedAt: notice.signedAt?.toISOString() ?? null,
    supplementedAt: notice.supplementedAt?.toISOString() ?? null,
    version,
  };
}
