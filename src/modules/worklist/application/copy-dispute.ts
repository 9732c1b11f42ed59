import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { Matters } from '../../disputes';
import { DisputeCopy } from '../persistence/worklist.entity';

interface Copy {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly reason: string;
  readonly copiedByName: string;
  readonly copiedAt: Date;
}

const COPIES = `select k.id, k.account_id as "accountId", a.display_name as name, k.reason, b.display_name as "copiedByName",
    k.copied_at as "copiedAt"
  from dispute_copy k join account a on a.id = k.account_id join account b on b.id = k.copied_by
 where k.dispute_id = $1 order by k.copied_at, k.id`;

/** 抄送: brings a matter to a colleague's list for information. It opens nothing that the colleague could not see before. */
@Injectable()
export class CopyDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  async copy(
    disputeId: string,
    { colleagueId: accountId, reason }: { readonly colleagueId: string; readonly reason: string },
  ) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.lock(tx, disputeId, 'worklist.copy');
      if (accountId === tx.actor.accountId) {
        throw ruleViolation('worklist.copy-to-self', '不必抄送给自己，请选择其他同志。', '/colleagueId');
      }
      const { sees } = await tx.one<{ sees: boolean }>('select app.sees_matter($1, $2) as sees', [
        accountId,
        disputeId,
      ]);
      if (!sees) {
        throw ruleViolation(
          'worklist.copy-invisible',
          '该同志无权查看本事项，不能抄送。请改选有权查看的同志；需要其参与办理的，请指派或吹哨。',
          '/colleagueId',
        );
      }
      const copies = await tx.query<Copy>(COPIES, [disputeId]);
      if (copies.some((c) => c.accountId === accountId)) {
        throw new DomainError('conflict', 'worklist.copied-already', '本事项已经抄送给该同志，不必重复抄送。');
      }
      const id = uuidv7();
      await tx.insert(DisputeCopy, {
        id,
        disputeId,
        accountId,
        reason,
        copiedBy: tx.actor.accountId ?? '',
        copiedAt: tx.now,
      });
      await this.matters.record(tx, dispute, {
        act: 'worklist.copy',
        opinion: reason,
        details: { copyId: id, accountId },
        objectType: 'dispute-copy',
        objectId: id,
      });
      tx.send({ topic: 'worklist.copied', payload: { disputeId, copyId: id } });
      return { items: (await tx.query<Copy>(COPIES, [disputeId])).map(shown) };
    });
  }

  async list(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      await this.matters.read(tx, disputeId, 'worklist.list-copies');
      return { items: (await tx.query<Copy>(COPIES, [disputeId])).map(shown) };
    });
  }
}

function shown({ copiedAt, ...copy }: Copy) {
  return { ...copy, copiedAt: copiedAt.toISOString() };
}
