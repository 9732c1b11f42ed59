import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { warningInstant } from '../../../kernel';
import { Chores } from '../../../platform/chores';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { LOGGER, type Logger } from '../../../platform/logging';
import { Calendars } from '../../calendar';
import { MatterHooks } from '../../disputes';
import { matterClocks } from './matter-clocks';

/** Changes with every change of what is watched, so that an upgrade makes all clocks anew. */
const RULES = '1';
/** How often centers whose clocks were kept by other calendars, hours or warnings are looked for. */
const TURN_MS = 60_000;
/** Matters made anew in one transaction: short, so that whoever works on one of them hardly waits. */
const BATCH = 100;

/** Every center with what its instants of warning hang on, as one word. */
const MARKS = `
  select c.id, '${RULES}/' || c.yellow_part || '/' || md5(concat_ws('/',
      (select string_agg(n.id::text, ',' order by n.id) from working_day_notice n where n.state = 'in-force'),
      (select string_agg(o.id::text, ',' order by o.id) from office_hours o where o.center_id is null), h.hours)) as mark
    from center c left join (select o.center_id, string_agg(o.id::text, ',' order by o.id) as hours
      from office_hours o where o.center_id is not null group by 1) h on h.center_id = c.id`;

interface Filling {
  readonly centerId: string;
  readonly mark: string;
  readonly placeAt: string | null;
  readonly placeId: string | null;
}

/**
 * Keeps the clocks of each matter as rows, at the end of every act upon it. Where a center warns, works or opens by another
 * calendar than before, and after an upgrade, all of its matters are made anew: in order, from a noted place, so that a
 * program that ends midway goes on from there.
 */
@Injectable()
export class KeepClocks implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly hooks: MatterHooks,
    private readonly calendars: Calendars,
    private readonly chores: Chores,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    chores.add({ name: 'fill-clocks', everyMs: TURN_MS, isShared: true, work: () => this.fill() });
  }

  onModuleInit(): void {
    this.hooks.onHappening((tx, disputeId) => {
      this.keepAtEnd(tx, disputeId);
    });
  }

  /** For what is written past the hooks. */
  keepAtEnd(tx: Tx, disputeId: string): void {
    tx.atEndOfAll('clocks', disputeId, (ids) => tx.asSystem(() => this.keep(tx, ids)));
  }

  /** Writes the clocks of some matters as they are now; rows that stay as they are are not written again. */
  private async keep(tx: Tx, disputeIds: readonly string[]): Promise<void> {
    const clocks = await matterClocks(tx, disputeIds);
    const officeOf = await this.calendars.forCenters(
      tx,
      clocks.map((c) => c.centerId),
    );
    const rows = [];
    for (const found of clocks) {
      const { centerId, handlingCenterId } = found;
      const office = officeOf(centerId);
      for (const watchedBy of new Set([centerId, handlingCenterId ?? centerId])) {
        rows.push({
          clock: found.clock,
          subject_id: found.subjectId,
          watched_by: watchedBy,
          is_home: watchedBy === centerId,
          center_id: centerId,
          dispute_id: found.disputeId,
          task_id: found.taskId,
          agency_id: found.agencyId,
          holder: found.holder,
          starts_at: found.startsAt,
          due_at: found.dueAt,
          warns_at: warningInstant(found, office),
          is_real_time: found.isRealTime,
          is_provisional: found.isProvisional,
          is_sealed: found.isSealed,
        });
      }
    }
    await tx.query(
      `with n as (select * from jsonb_populate_recordset(null::open_clock, $2)),
       gone as (delete from open_clock o where o.dispute_id = any ($1) and not exists (select 1 from n
         where n.clock = o.clock and n.subject_id = o.subject_id and n.watched_by = o.watched_by))
       insert into open_clock as o select * from n
       on conflict (clock, subject_id, watched_by) do update set is_home = excluded.is_home, center_id = excluded.center_id,
         task_id = excluded.task_id, agency_id = excluded.agency_id, holder = excluded.holder, starts_at = excluded.starts_at,
         due_at = excluded.due_at, warns_at = excluded.warns_at, is_real_time = excluded.is_real_time,
         is_provisional = excluded.is_provisional, is_sealed = excluded.is_sealed
       where o is distinct from excluded`,
      [disputeIds, JSON.stringify(rows)],
    );
  }

  /** Makes anew whatever was kept by other marks; returns how many matters that were. */
  async fill(): Promise<number> {
    let filled = 0;
    const failed: string[] = [];
    for (let next = await this.next(failed); next !== null && !this.chores.isStopped; next = await this.next(failed)) {
      try {
        filled += await this.step(next);
      } catch (error) {
        this.logger.error(
          { err: error, centerId: next.centerId },
          'clocks of a center cannot be kept, it is tried again',
        );
        failed.push(next.centerId);
      }
    }
    return filled;
  }

  /** A center whose clocks are not as they should be, with the place from which to go on. */
  private async next(except: readonly string[]): Promise<Filling | null> {
    return this.unitOfWork.readAsSystem('fill-clocks', async (tx) => {
      const [row] = await tx.query<Filling>(
        `select w.id as "centerId", w.mark, case when f.begun_by = w.mark then f.place_at::text end as "placeAt",
                case when f.begun_by = w.mark then f.place_id end as "placeId"
           from (${MARKS}) w left join clock_filling f on f.center_id = w.id
          where f.kept_by is distinct from w.mark and w.id <> all ($1)
          order by f.begun_by is distinct from w.mark, w.id limit 1`,
        [except],
      );
      return row ?? null;
    });
  }

  private async step({ centerId, mark, placeAt, placeId }: Filling): Promise<number> {
    const found = await this.unitOfWork.readAsSystem('fill-clocks', (tx) =>
      tx.query<{ id: string; registeredAt: string }>(
        `select id, registered_at::text as "registeredAt" from dispute where center_id = $1
            and ($2::timestamptz is null or (registered_at, id) < ($2, $3::uuid))
          order by registered_at desc, id desc limit $4`,
        [centerId, placeAt, placeId, BATCH],
      ),
    );
    const ids = found.map((f) => f.id);
    const taken = await this.keepFree(ids);
    // Somebody works on the others: each is waited for by itself, holding nothing else.
    for (const id of ids.filter((one) => !taken.includes(one))) {
      await this.unitOfWork.runAsSystem('fill-clocks', async (tx) => {
        await tx.query('select 1 from dispute where id = $1 for no key update', [id]);
        await this.keep(tx, [id]);
      });
    }
    const last = found.length < BATCH ? undefined : found.at(-1);
    await this.unitOfWork.runAsSystem('fill-clocks', (tx) =>
      tx.query(
        `insert into clock_filling as f (center_id, kept_by, begun_by, place_at, place_id)
           values ($1, case when $3::uuid is null then $2 end, $2, $4::timestamptz, $3)
         on conflict (center_id) do update set kept_by = coalesce(excluded.kept_by, f.kept_by), begun_by = excluded.begun_by,
           place_at = excluded.place_at, place_id = excluded.place_id`,
        [centerId, mark, last?.id ?? null, last?.registeredAt ?? null],
      ),
    );
    return ids.length;
  }

  /** Keeps those on which nobody works now; returns which they were. */
  private async keepFree(ids: readonly string[]): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    return this.unitOfWork.runAsSystem('fill-clocks', async (tx) => {
      const rows = await tx.query<{ id: string }>(
        'select id from dispute where id = any ($1) order by id for no key update skip locked',
        [ids],
      );
      const free = rows.map((r) => r.id);
      await this.keep(tx, free);
      return free;
    });
  }
}
