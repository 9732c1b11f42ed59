import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { TABS, type Tab } from '../domain/dictionaries';
import { isOfAgency } from './audiences';
import { countsOf } from './page-statements';

interface Row {
  readonly tab: Tab;
  readonly lines: number;
  readonly red: number;
  readonly yellow: number;
}

/** A badge shows no more than this and a plus; nobody counts further. */
const MOST = 999;

@Injectable()
export class CountWorklist {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** How many lines each of the person's own lists has, for badges. */
  async execute() {
    return this.unitOfWork.readAlong(async (tx) => {
      authorize(tx.actor, 'worklist.count');
      const rows = await tx.query<Row>(countsOf(isOfAgency(tx.actor)), [tx.now, tx.actor.accountId, MOST + 1]);
      return {
        items: (Object.keys(TABS) as Tab[]).map((tab) => {
          const { lines = 0, red = 0, yellow = 0 } = rows.find((r) => r.tab === tab) ?? {};
          return {
            tab,
            tabName: TABS[tab],
            count: Math.min(lines, MOST),
            isMore: lines > MOST,
            red: Math.min(red, MOST),
            yellow: Math.min(yellow, MOST),
          };
        }),
      };
    });
  }
}
