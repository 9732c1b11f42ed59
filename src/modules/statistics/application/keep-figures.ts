import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Chores } from '../../../platform/chores';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { LOGGER, type Logger } from '../../../platform/logging';
import { MatterHooks } from '../../disputes';
import { VERSION } from './summed-places';

const FOLDED = 20_000;
const TURNED = 200;
const BUILT = 500;
const HOUR = 3_600_000;
/** How long one turn of the recheck goes on. */
const RECHECK_MS = 600_000;
/** After each batch it rests so many times as long as that took: people at their desks need the database more. */
const REST = 2;

/**
 * Keeps the cases of figures as the acts leave them, and their sums. What an act changes is there with its commit; what the
 * clock turns is answered from the tables until a turn here keeps it. So no number is ever late, and no act waits for a sum.
 */
@Injectable()
export class KeepFigures implements OnModuleInit {
  /** The version of the centers and of what is summed of them that was looked through for places without sums. */
  private summed = '';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly hooks: MatterHooks,
    private readonly chores: Chores,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    chores.add({ name: 'keep-figures', everyMs: 2000, isShared: true, work: () => this.turn() });
    chores.add({ name: 'recheck-figures', everyMs: 4 * HOUR, isShared: true, work: () => this.recheck() });
  }

  onModuleInit(): void {
    this.hooks.onHappening((tx, disputeId) => {
      tx.atEndOfAll('figures', disputeId, async (ids) => {
        await tx.query('select app.keep_figures($1, $2)', [ids, tx.now]);
      });
    });
  }

  /** What there is to do, in batches of their own: cases of older matters, those that the clock has turned, sums. Mostly nothing. */
  async turn(): Promise<void> {
    const due = await this.unitOfWork.readAsSystem('figures', (tx) => tx.one<Due>(DUE, [tx.now]));
    if (due.isBuilding)
      await this.repeat((tx) => tx.one('select app.build_figures($1, $2)::int as done', [tx.now, BUILT]));
    // What was made or turned just now may have turned, or wait, as well.
    if (due.isBuilding || due.isTurned)
      await this.repeat((tx) => tx.one('select app.turn_figures($1, $2) as done', [tx.now, TURNED]));
    if (due.isBuilding || due.isTurned || due.isWaiting)
      await this.repeat((tx) => tx.one('select app.fold_figures($1) as done', [FOLDED]));
    if (due.isBuilding || due.version !== this.summed) {
      await this.sumUp();
      this.summed = due.version;
    }
  }

  /**
   * Holds every case against the tables, and every sum against the cases; what differs is mended, and told. Goes on where the
   * turn before was left, and leaves the rest to the next when there are very many.
   */
  async recheck(): Promise<{ readonly matters: number; readonly sums: number }> {
    const until = Date.now() + RECHECK_MS;
    let [matters, sums, isThrough] = [0, 0, false];
    while (!isThrough && Date.now() < until && !this.chores.isStopped) {
      const begun = Date.now();
      const { next, wrong } = await this.inBackground((tx) =>
        tx.one<{ next: string | null; wrong: readonly string[] }>(
          'select next_id as next, wrong from app.recheck_figures($1, $2)',
          [tx.now, BUILT],
        ),
      );
      matters += wrong.length;
      if (wrong.length > 0) this.logger.error({ disputeIds: wrong }, 'figures: cases differed from the tables, mended');
      isThrough = next === null;
      if (!isThrough) await delay(REST * (Date.now() - begun));
    }
    for (const scope of isThrough ? await this.inBackground((tx) => tx.query<Scope>(SUMMED)) : []) {
      if (this.chores.isStopped) break;
      const wrong = await this.mend(scope);
      sums += wrong;
      if (wrong > 0) this.logger.error({ ...scope, wrong }, 'figures: sums differed from the cases, mended');
    }
    return { matters, sums };
  }

  /** Sums of places that have none yet, or not all they should have, the smaller first: the larger are made of them. */
  private async sumUp(): Promise<void> {
    for (const scope of await this.inBackground((tx) => tx.query<Scope>(UNSUMMED))) {
      if (this.chores.isStopped) return;
      await this.mend(scope);
    }
  }

  private async mend({ scopeId, isSubtree }: Scope): Promise<number> {
    const { wrong } = await this.inBackground((tx) =>
      tx.one<{ wrong: number }>('select app.mend_figures($1, $2, $3) as wrong', [scopeId, isSubtree, tx.now]),
    );
    return wrong;
  }

  /** Until nothing is left. */
  private async repeat(batch: (tx: Tx) => Promise<{ readonly done: number }>): Promise<void> {
    for (let done = 1; done > 0 && !this.chores.isStopped;) ({ done } = await this.inBackground(batch));
  }

  private async inBackground<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.unitOfWork.runAsSystem('figures', async (tx) => {
      // The sums of a province take longer than an answer may.
      await tx.query("select set_config('statement_timeout', '0', true)");
      return work(tx);
    });
  }
}

interface Due {
  readonly isBuilding: boolean;
  readonly isTurned: boolean;
  readonly isWaiting: boolean;
  readonly version: string;
}

/** The earliest is the first of its index; asked whether any is due, the planner would look through all cases for one. */
const DUE = `
  select not b.is_done as "isBuilding", coalesce((select min(f.turns_at) from app.figure_fact f) <= $1, false) as "isTurned",
         exists (select 1 from app.figure_delta) as "isWaiting", ${VERSION} as version
    from app.figure_build b`;

interface Scope {
  readonly scopeId: string;
  readonly isSubtree: boolean;
}

/** Centers alone, and those with others below them. */
const SCOPES = `
  select c.id as scope_id, false as is_subtree, 1000 as depth from center c
  union all
  select c.id, true, cardinality(c.ancestor_center_ids) from center c
   where c.id in (select unnest(b.ancestor_center_ids) from center b)`;
/** Those whose sums are not there, or not all of them. */
const UNSUMMED = `
  select p.scope_id as "scopeId", p.is_subtree as "isSubtree" from (${SCOPES}) p
   where (select b.is_done from app.figure_build b)
     and not exists (
       select 1 from app.figure_scope s
        where s.scope_id = p.scope_id and s.is_subtree = p.is_subtree and s.is_by_kind_and_day is not null)
   order by p.depth desc, p.scope_id`;
const SUMMED = `
  select p.scope_id as "scopeId", p.is_subtree as "isSubtree" from (${SCOPES}) p
    join app.figure_scope s on s.scope_id = p.scope_id and s.is_subtree = p.is_subtree
   order by p.depth desc, p.scope_id`;
