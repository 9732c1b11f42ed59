import { Injectable } from '@nestjs/common';
import { authorize, mayAct } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { pageOf } from '../../../platform/http';
import { Matters } from '../../disputes';
import { type SummonsState, summonsLifecycle } from '../domain/summons-lifecycle';
import { Summons } from '../persistence/summons.entity';
import { SummonsLedger } from './summons-ledger';
import { SUMMONS_OF_CENTER, SUMMONS_OF_MATTER, SummonsViews } from './summons-views';

export interface SummonsFilter {
  readonly centerId: string;
  readonly state?: SummonsState;
  readonly isLate?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
}

@Injectable()
export class ReadSummons {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly ledger: SummonsLedger,
    private readonly views: SummonsViews,
  ) {}

  /** One whistle with everything its agencies did. Leaves one audit entry. */
  async one(summonsId: string) {
    return this.unitOfWork.run(async (tx) => {
      const summons = await tx.get(Summons, summonsId);
      const matter = await this.ledger.readMatter(tx, summons.disputeId, 'summons.read');
      const [view] = await this.views.forCenter(tx, [summons], () => matter.standing);
      if (!view) throw new Error('A whistle that was read has no view');
      tx.audit({
        act: 'summons.read',
        objectType: 'summons',
        objectId: summonsId,
        disputeId: summons.disputeId,
        chain: summons.centerId,
      });
      const snapshot = await this.ledger.snapshotOf(tx, { matter, summons });
      const allowed = summonsLifecycle.allowedActs(snapshot, tx.now, (by) => mayAct(tx.actor, by, matter.standing));
      return { ...view, allowedActs: allowed.map((act) => `summons.${act}`) };
    });
  }

  /** All whistles of a matter, oldest first, with who holds it up. */
  async ofMatter(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { standing } = await this.matters.read(tx, disputeId, 'summons.list-of-matter');
      const items = await tx.query<Summons>(SUMMONS_OF_MATTER, [disputeId]);
      return { items: await this.views.forCenter(tx, items, () => standing) };
    });
  }

  /** Whistles of a center, newest first. */
  async ofCenter(filter: SummonsFilter) {
    return this.unitOfWork.read(async (tx) => {
      const { centerId, state = null, isLate = false, limit = 20, cursor = null } = filter;
      authorize(tx.actor, 'summons.list', { centerId });
      const rows = await tx.query<Summons>(SUMMONS_OF_CENTER, [centerId, state, cursor, isLate, tx.now, limit + 1]);
      const page = pageOf(rows, limit, (s) => s.id);
      return { ...page, items: await this.views.forCenter(tx, page.items, () => ({ centerId })) };
    });
  }
}
