import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Chores } from '../../../platform/chores';
import { OutboxDispatcher, UnitOfWork } from '../../../platform/database';
import { WARNING_CHANGED } from '../../organizations';
import { RULES_OF_CENTER, Standings } from './standings';

/** Matters made anew in one transaction, and those looked at in one statement. */
const BATCH = 50;
const WALK = 1000;
/** What a turn could not do, the next does. */
const EVERY_MS = 600_000;

interface Place {
  readonly id: string;
  readonly registeredAt: Date;
}

/**
 * Makes the lists of matters that have none yet, or whose lists were made by other rules: once after an upgrade, and when a
 * center warns at another time than before. A center that is through is marked, so that millions are not looked through
 * at every start.
 */
@Injectable()
export class FillWorklist implements OnModuleInit {
  private filling: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly standings: Standings,
    private readonly outbox: OutboxDispatcher,
    private readonly chores: Chores,
  ) {
    chores.add({ name: 'fill-worklist', everyMs: EVERY_MS, isShared: true, work: () => this.fillNext() });
  }

  onModuleInit(): void {
    // Other messages do not wait until all matters of a center are through.
    this.outbox.handle(WARNING_CHANGED, () => {
      this.chores.begin({ name: 'refill-worklist', work: () => this.fillNext() });
      return Promise.resolve();
    });
  }

  /** One after the other: two that fill at once would wait for each other's rows. */
  private fillNext(): Promise<unknown> {
    this.filling = this.filling.catch(() => undefined).then(() => this.fill());
    return this.filling;
  }

  /** Fills center by center; returns how many matters were made anew. */
  async fill(): Promise<number> {
    const centers = await this.unitOfWork.readAsSystem('worklist', (tx) =>
      tx.query<{ id: string; rules: string }>(
        `select c.id, ${RULES_OF_CENTER} as rules from center c left join worklist_fill f on f.center_id = c.id
          where f.center_id is null or f.rules <> ${RULES_OF_CENTER} order by c.id`,
      ),
    );
    let filled = 0;
    for (const { id, rules } of centers) {
      filled += await this.fillCenter(id, rules);
      if (this.chores.isStopped) break;
      await this.unitOfWork.runAsSystem('worklist', (tx) =>
        tx.query(
          `insert into worklist_fill (center_id, rules, filled_at) values ($1, $2, $3)
           on conflict (center_id) do update set rules = excluded.rules, filled_at = excluded.filled_at`,
          [id, rules, tx.now],
        ),
      );
    }
    return filled;
  }

  /** Walks along the matters of a center, the latest first, in transactions of their own. */
  private async fillCenter(centerId: string, rules: string): Promise<number> {
    let filled = 0;
    let after: Place | null = null;
    do {
      const { last, ids }: { last: Place | null; ids: readonly string[] } = await this.next(centerId, rules, after);
      for (let from = 0; from < ids.length && !this.chores.isStopped; from += BATCH) {
        const part = ids.slice(from, from + BATCH);
        await this.unitOfWork.runAsSystem('worklist', (tx) => this.standings.keep(tx, part));
        filled += part.length;
      }
      after = last;
    } while (after !== null && !this.chores.isStopped);
    return filled;
  }

  /** Those of the next stretch that are to be made, and where the stretch ends; null where it was the last. */
  private async next(
    centerId: string,
    rules: string,
    after: Place | null,
  ): Promise<{ last: Place | null; ids: readonly string[] }> {
    return this.unitOfWork.readAsSystem('worklist', async (tx) => {
      const rows = await tx.query<Place & { isDone: boolean }>(
        `select d.id, d.registered_at as "registeredAt", coalesce(w.rules = $2, false) as "isDone"
           from (select id, registered_at from dispute where center_id = $1 and (registered_at, id) < ($3, $4)
                  order by registered_at desc, id desc limit ${WALK}) d
           left join worklist_matter w on w.dispute_id = d.id
          order by d.registered_at desc, d.id desc`,
        [centerId, rules, after?.registeredAt ?? 'infinity', after?.id ?? LAST_ID],
      );
      return {
        last: rows.length < WALK ? null : (rows.at(-1) ?? null),
        ids: rows.flatMap((row) => (row.isDone ? [] : [row.id])),
      };
    });
  }
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
