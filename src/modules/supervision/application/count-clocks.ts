import { Injectable } from '@nestjs/common';
import { Chores } from '../../../platform/chores';
import { UnitOfWork } from '../../../platform/database';
import { WATCH_TERMS } from '../domain/clocks';

const TURN_MS = 5000;
/** A center is not counted again sooner than this: what changes meanwhile is read with the sums. */
const REST = '15 seconds';
/** Centers counted in one transaction. */
const BATCH = 50;

/** Counts the lit clocks of each center again when they have changed, so that the tallies of a province are sums of sums. */
@Injectable()
export class CountClocks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly chores: Chores,
  ) {
    chores.add({ name: 'count-clocks', everyMs: TURN_MS, isShared: true, work: () => this.turn() });
  }

  /** Until no center is left; returns how many were counted. */
  async turn(): Promise<number> {
    let counted = 0;
    for (let done = 1; done > 0 && !this.chores.isStopped; counted += done) {
      ({ done } = await this.unitOfWork.runAsSystem('count-clocks', (tx) =>
        tx.one<{ done: number }>('select app.count_clocks($1, $2::interval, $3::interval, $4) as done', [
          tx.now,
          `${WATCH_TERMS.horizon} days`,
          REST,
          BATCH,
        ]),
      ));
    }
    return counted;
  }
}
