import { Injectable } from '@nestjs/common';
import { authorize, mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { pageOf } from '../../../platform/http';
import { type LoadedMatter, Matters } from '../../disputes';
import { CENTER_TABS, type CenterTab } from '../domain/desks';
import { MATTER_OVER, PRINTED_BY, type SummonsState, summonsLifecycle } from '../domain/summons-lifecycle';
import { Summons } from '../persistence/summons.entity';
import { SummonsLedger } from './summons-ledger';
import {
  COUNTS_OF_CENTER,
  SUMMONS_BY_ID,
  SUMMONS_OF_CENTER,
  SUMMONS_OF_MATTER,
  type SummonsRow,
  SummonsViews,
} from './summons-views';

export interface SummonsFilter {
  readonly centerId: string;
  readonly state?: SummonsState;
  readonly tab?: CenterTab;
  readonly isLate?: boolean;
  readonly agencyId?: string;
  /** Any part of the whistle's number or of the matter's. */
  readonly number?: string;
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
      const rows = await tx.query<SummonsRow>(SUMMONS_BY_ID, [[summonsId]]);
      const [view] = await this.views.forCenter(tx, rows, () => matter.standing);
      if (!view) throw new Error('A whistle that was read has no view');
      tx.audit({
        act: 'summons.read',
        objectType: 'summons',
        objectId: summonsId,
        disputeId: summons.disputeId,
        chain: summons.centerId,
      });
      return { ...view, allowedActs: await this.allowedActs(tx, matter, summons) };
    });
  }

  /** All whistles of a matter, oldest first, with who holds it up and what may be done. */
  async ofMatter(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'summons.list-of-matter');
      const rows = await tx.query<SummonsRow>(SUMMONS_OF_MATTER, [disputeId]);
      const views = await this.views.forCenter(tx, rows, () => matter.standing);
      const items = [];
      for (const [i, view] of views.entries()) {
        const summons = rows[i];
        if (summons) items.push({ ...view, allowedActs: await this.allowedActs(tx, matter, summons) });
      }
      const mayPropose =
        !MATTER_OVER.includes(matter.dispute.state) &&
        mayAct(tx.actor, summonsLifecycle.table.acts.propose.by, matter.standing);
      return { items, allowedActs: mayPropose ? ['summons.propose'] : [] };
    });
  }

  /** Whistles of a center, newest first. */
  async ofCenter(filter: SummonsFilter) {
    return this.unitOfWork.read(async (tx) => {
      const { centerId, limit = 20 } = filter;
      authorize(tx.actor, 'summons.list', { centerId });
      const rows = await tx.query<SummonsRow>(SUMMONS_OF_CENTER, [
        centerId,
        tx.now,
        filter.state ?? null,
        filter.cursor ?? null,
        filter.tab ?? (filter.isLate === true ? 'late' : null),
        filter.agencyId ?? null,
        filter.number === undefined ? null : `%${filter.number.replace(/[\\%_]/g, '\\$&')}%`,
        limit + 1,
      ]);
      const page = pageOf(rows, limit, (s) => s.id);
      return { ...page, items: await this.views.forCenter(tx, page.items, () => ({ centerId })) };
    });
  }

  /** How many whistles of a center wait under each tab of its ledger. */
  async countsOfCenter(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'summons.list', { centerId });
      const counts = await tx.one<Record<CenterTab, number>>(COUNTS_OF_CENTER, [centerId, tx.now]);
      const tabs = Object.keys(CENTER_TABS) as CenterTab[];
      return { tabs: tabs.map((tab) => ({ tab, tabName: CENTER_TABS[tab], count: counts[tab] })) };
    });
  }

  private async allowedActs(tx: Tx, matter: LoadedMatter, summons: Summons): Promise<string[]> {
    const snapshot = await this.ledger.snapshotOf(tx, { matter, summons });
    const allowed = summonsLifecycle.allowedActs(snapshot, tx.now, (by) => mayAct(tx.actor, by, matter.standing));
    const isPrintable = summons.number !== null && summons.state !== 'withdrawn';
    const mayPrint = isPrintable && mayAct(tx.actor, PRINTED_BY, matter.standing);
    return [...allowed.map((act) => `summons.${act}`), ...(mayPrint ? ['summons.print'] : [])];
  }
}
