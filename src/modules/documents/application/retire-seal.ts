import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { Organizations } from '../../organizations';
import { sealLifecycle } from '../domain/seal-lifecycle';
import { CommitteeSeal } from '../persistence/seal.entity';
import { sealView } from './seal-view';

@Injectable()
export class RetireSeal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly organizations: Organizations,
  ) {}

  /** Takes a seal out of use: nothing more is sealed with it, and verification no longer believes signatures made from now on. */
  async execute(sealId: string, { reason }: { reason: string }) {
    return this.unitOfWork.run(async (tx) => {
      // Looked at before it is locked: row security lets only those lock who may retire, the others are to hear 403.
      const { committeeId } = await tx.get(CommitteeSeal, sealId);
      authorize(tx.actor, 'seals.retire', { committeeId });
      const seal = await tx.lock(CommitteeSeal, sealId);
      tx.checkVersion(seal);
      const state = sealLifecycle.next('retire', seal, tx.now);
      await tx.update(CommitteeSeal, sealId, {
        state,
        retiredAt: tx.now,
        retiredBy: tx.actor.accountId,
        retireReason: reason,
      });
      const { centerId } = await this.organizations.committee(tx, committeeId);
      tx.audit({
        act: 'seals.retire',
        objectType: 'committee-seal',
        objectId: sealId,
        chain: centerId,
        details: { committeeId, serialNumber: seal.serialNumber },
      });
      return sealView(await tx.get(CommitteeSeal, sealId), tx.now);
    });
  }
}
