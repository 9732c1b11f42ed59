import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Dispute } from '../persistence/dispute.entity';
import { type MatterStanding, Matters } from './matters';

/** A director's look into a matter lasts a day (24 h). */
const STEP_UP_MS = 86_400_000;

@Injectable()
export class SealDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /**
   * Seals: from now on only the named list and those assigned see that the matter exists. Whoever seals is on the
   * list, and so is a director of the center, who alone can unseal.
   */
  async seal(
    disputeId: string,
    command: { readonly reason: string; readonly accountIds: readonly string[] },
  ): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.seal');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'seal', tx.now);
      const accountIds = [...new Set([...command.accountIds, tx.actor.accountId ?? ''])];
      await mustHoldDirector(tx, dispute, accountIds);
      for (const accountId of accountIds) {
        await this.matters.letIn(tx, disputeId, { accountId, ground: 'sealed-list' });
      }
      await this.matters.endAccess(tx, disputeId, { accountId: null, ground: 'step-up' });
      await tx.update(Dispute, disputeId, { isSealed: true, updatedAt: tx.now });
      await this.matters.record(tx, dispute, {
        act: 'disputes.seal',
        fromState: dispute.state,
        toState: state,
        opinion: command.reason,
        details: { accountIds },
      });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** Adds to the named list and takes from it; a director of the center stays on it, else nobody could unseal. */
  async changeList(
    disputeId: string,
    command: {
      readonly reason: string;
      readonly addAccountIds?: readonly string[];
      readonly removeAccountIds?: readonly string[];
    },
  ): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.change-seal');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'change-seal', tx.now);
      const { reason, addAccountIds = [], removeAccountIds = [] } = command;
      if (removeAccountIds.includes(tx.actor.accountId ?? '')) {
        throw ruleViolation(
          'disputes.seal-own-name',
          '不能把自己移出名单，请由名单内其他人员办理。',
          '/removeAccountIds',
        );
      }
      const listed = await this.matters.namedOn(tx, disputeId);
      const added = [...new Set(addAccountIds)].filter((a) => !listed.includes(a));
      const removed = removeAccountIds.filter((a) => listed.includes(a));
      if (added.length + removed.length === 0) {
        throw ruleViolation('disputes.sealed-list-unchanged', '名单没有变化，请选择要增加或移出的人员。');
      }
      await mustHoldDirector(tx, dispute, [...listed.filter((a) => !removed.includes(a)), ...added]);
      for (const accountId of added) await this.matters.letIn(tx, disputeId, { accountId, ground: 'sealed-list' });
      for (const accountId of removed)
        await this.matters.endAccess(tx, disputeId, { accountId, ground: 'sealed-list' });
      await tx.update(Dispute, disputeId, { updatedAt: tx.now });
      await this.matters.record(tx, dispute, {
        act: 'disputes.change-seal',
        fromState: dispute.state,
        toState: state,
        opinion: reason,
        details: { added, removed },
      });
      return this.matters.answer(tx, disputeId);
    });
  }

  async unseal(disputeId: string, command: { readonly reason: string }): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.unseal');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'unseal', tx.now);
      await tx.update(Dispute, disputeId, { isSealed: false, updatedAt: tx.now });
      await this.matters.endAccess(tx, disputeId, { accountId: null, ground: 'sealed-list' });
      await this.matters.record(tx, dispute, {
        act: 'disputes.unseal',
        fromState: dispute.state,
        toState: state,
        opinion: command.reason,
      });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** Lets a director, who sees headers, read one matter in full for 24 h, for a reason that stays on record. */
  async stepUp(disputeId: string, command: { readonly reason: string }) {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.step-up');
      const { dispute } = matter;
      const state = this.matters.next(matter, 'step-up', tx.now);
      const [has] = await tx.query(
        'select 1 from dispute_access where dispute_id = $1 and account_id = $2 and (ends_at is null or ends_at > $3)',
        [disputeId, tx.actor.accountId, tx.now],
      );
      if (has) throw new DomainError('conflict', 'disputes.has-access', '您已可以查看该事项的案情，不必重复申请。');
      const endsAt = new Date(tx.now.getTime() + STEP_UP_MS);
      await this.matters.letIn(tx, disputeId, {
        accountId: tx.actor.accountId ?? '',
        ground: 'step-up',
        reason: command.reason,
        endsAt,
      });
      await this.matters.record(tx, dispute, {
        act: 'disputes.step-up',
        fromState: dispute.state,
        toState: state,
        opinion: command.reason,
        details: { endsAt: endsAt.toISOString() },
      });
      return { id: disputeId, endsAt: endsAt.toISOString() };
    });
  }
}

async function mustHoldDirector(tx: Tx, dispute: Dispute, accountIds: readonly string[]): Promise<void> {
  const rows = await tx.query<{ id: string; isDirector: boolean }>(
    `select a.id, exists (select 1 from role_grant g where g.account_id = a.id and g.role = 'center-director' and g.scope_id = $2
              and g.valid_from <= $3 and (g.valid_to is null or g.valid_to > $3)) as "isDirector"
       from account a where a.id = any ($1::uuid[]) and a.status = 'active'`,
    [accountIds, dispute.centerId, tx.now],
  );
  if (rows.length !== accountIds.length) {
    throw ruleViolation('disputes.sealed-list-unknown', '名单中有不存在或已停用的账号，请重新选择。', '/accountIds');
  }
  if (!rows.some((r) => r.isDirector)) {
    throw ruleViolation(
      'disputes.seal-needs-director',
      '名单中至少要有一名本中心主任，否则无人能解除封存。',
      '/accountIds',
    );
  }
}
