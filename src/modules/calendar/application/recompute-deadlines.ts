import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, legalDateOf, type LegalDate } from '../../../kernel';
import { Chores } from '../../../platform/chores';
import { OutboxDispatcher, type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { HOURS_CHANGED } from './keep-office-hours';
import { NOTICE_IN_FORCE } from './keep-notices';
import { type ReckonedChange, Reckoners } from './reckoners';

/**
 * Deadlines of a batch, whose matters' writers wait while it is under way: as many as take about so long. What a batch costs
 * whatever is in it is a third of that.
 */
const BATCH = { least: 10, most: 100, aimMs: 200 };
const CATCH_UP_MS = 60_000;

interface Run {
  readonly id: string;
  readonly fromDay: LegalDate;
  readonly toDay: LegalDate | null;
  readonly centerId: string | null;
  readonly reason: string;
  readonly stage: string | null;
  readonly place: string | null;
}

/**
 * Reckons open deadlines anew when a year comes in force or hours change. One transaction for each batch moves the place
 * of the run together with what it writes: whoever stops or dies in between, the next goes on from there, and nothing is
 * written twice. Of several instances one works on a run at a time.
 */
@Injectable()
export class RecomputeDeadlines implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxDispatcher,
    private readonly chores: Chores,
    private readonly reckoners: Reckoners,
  ) {
    chores.add({ name: 'recompute-deadlines', everyMs: CATCH_UP_MS, work: () => this.work() });
  }

  onModuleInit(): void {
    this.outbox.handle(NOTICE_IN_FORCE, ({ noticeId }) => this.begin((tx) => this.ofNotice(tx, String(noticeId))));
    this.outbox.handle(HOURS_CHANGED, ({ hoursId }) => this.begin((tx) => this.ofHours(tx, String(hoursId))));
  }

  /** Works off what waits; returns how many batches it was. */
  async work(): Promise<number> {
    let batches = 0;
    let stage: string | null = null;
    let size = BATCH.least;
    while (!this.chores.isStopped) {
      const limit = size;
      const begun = performance.now();
      const next = await this.unitOfWork.runAsSystem('recompute-deadlines', (tx) => this.batch(tx, limit));
      if (next === null) break;
      batches += 1;
      const fitting = Math.round((limit * BATCH.aimMs) / (performance.now() - begun));
      // Deadlines of another kind may stand on more matters each: begun with few again.
      size = next === stage ? Math.min(BATCH.most, Math.max(BATCH.least, fitting)) : BATCH.least;
      stage = next;
    }
    return batches;
  }

  private async begin(enter: (tx: Tx) => Promise<void>): Promise<void> {
    await this.unitOfWork.runAsSystem('recompute-deadlines', enter);
    // Other messages do not wait until all deadlines are through.
    this.chores.begin({ name: 'recompute-deadlines', work: () => this.work() });
  }

  private async ofNotice(tx: Tx, noticeId: string): Promise<void> {
    const notice = await tx.one<{ year: number; version: string; source: string }>(
      'select year, version, source from working_day_notice where id = $1',
      [noticeId],
    );
    await this.enter(tx, {
      noticeId,
      hoursId: null,
      centerId: null,
      // The days around New Year may be exchanged from the last days of December on.
      fromDay: addDays(legalDateOf(notice.year, 1, 1), -15),
      toDay: legalDateOf(notice.year, 12, 31),
      reason: `${notice.year}年放假安排启用（${notice.source}，第${notice.version}版）`,
    });
  }

  private async ofHours(tx: Tx, hoursId: string): Promise<void> {
    const hours = await tx.one<{ centerId: string; validFrom: LegalDate; name: string }>(
      `select h.center_id as "centerId", h.valid_from as "validFrom", c.name
         from office_hours h join center c on c.id = h.center_id where h.id = $1`,
      [hoursId],
    );
    await this.enter(tx, {
      noticeId: null,
      hoursId,
      centerId: hours.centerId,
      fromDay: hours.validFrom,
      toDay: null,
      reason: `${hours.name}办公时间自${hours.validFrom}起调整`,
    });
  }

  private async enter(
    tx: Tx,
    run: Omit<Run, 'id' | 'stage' | 'place'> & { readonly noticeId: string | null; readonly hoursId: string | null },
  ): Promise<void> {
    await tx.query(
      `insert into recomputation (id, notice_id, office_hours_id, center_id, reason, from_day, to_day, begun_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [uuidv7(), run.noticeId, run.hoursId, run.centerId, run.reason, run.fromDay, run.toDay, tx.now],
    );
  }

  /** One batch of the oldest open run: the kind that comes next. Null when no run is left, or another instance is at it. */
  private async batch(tx: Tx, limit: number): Promise<string | null> {
    const [run] = await tx.query<Run>(
      `select id, from_day as "fromDay", to_day as "toDay", center_id as "centerId", reason, stage, place
         from recomputation where finished_at is null order by begun_at, id limit 1 for update skip locked`,
    );
    if (!run) return null;
    // The same statements for each of thousands of batches: planning them anew takes longer than what they do.
    await tx.query("select set_config('plan_cache_mode', 'force_generic_plan', true)");
    const reckoner = run.stage === null ? this.reckoners.after(null) : this.reckoners.named(run.stage);
    if (!reckoner) {
      await tx.query('update recomputation set finished_at = $2 where id = $1', [run.id, tx.now]);
      const [sums] = await tx.query<{ looked: number; moved: number; confirmed: number }>(
        'select looked, moved, confirmed from recomputation where id = $1',
        [run.id],
      );
      tx.audit({ act: 'calendars.recompute', objectType: 'recomputation', objectId: run.id, details: { ...sums } });
      return DONE;
    }
    const { looked, last, changes } = await reckoner.reckon(tx, run, run.place ?? BEFORE_ALL, limit);
    await this.keep(tx, run, changes);
    const moved = changes.filter(isMoved);
    const next = last === null || looked < limit ? this.reckoners.after(reckoner.name) : reckoner;
    const stage = next?.name ?? DONE;
    await tx.query(
      `update recomputation set stage = $2, place = $3, looked = looked + $4, moved = moved + $5, confirmed = confirmed + $6
        where id = $1`,
      [
        run.id,
        stage,
        next === reckoner ? last : null,
        looked,
        moved.length,
        changes.filter((c) => !isMoved(c) && !c.isProvisional).length,
      ],
    );
    this.tell(tx, moved);
    return stage;
  }

  private async keep(tx: Tx, run: Run, changes: readonly ReckonedChange[]): Promise<void> {
    if (changes.length === 0) return;
    await tx.query(
      `insert into recomputed_deadline (id, dispute_id, recomputation_id, kind, subject_id, before_due_at, after_due_at,
                                        was_provisional, is_provisional, calendar_version, at)
       select r.id, r.dispute_id, $2, r.kind, r.subject_id, r.before_due_at, r.after_due_at, r.was_provisional, r.is_provisional,
              r.calendar_version, $3
         from jsonb_to_recordset($1) as r(id uuid, dispute_id uuid, kind text, subject_id uuid, before_due_at timestamptz,
           after_due_at timestamptz, was_provisional boolean, is_provisional boolean, calendar_version text)`,
      [
        JSON.stringify(
          changes.map((change) => ({
            id: uuidv7(),
            dispute_id: change.disputeId,
            kind: change.kind,
            subject_id: change.subjectId,
            before_due_at: change.before,
            after_due_at: change.after,
            was_provisional: change.wasProvisional,
            is_provisional: change.isProvisional,
            calendar_version: change.calendarVersion,
          })),
        ),
        run.id,
        tx.now,
      ],
    );
  }

  /** Whoever holds a deadline that moved hears of it, once for each matter or task. */
  private tell(tx: Tx, moved: readonly ReckonedChange[]): void {
    const told = new Set<string>();
    for (const { disputeId, taskId } of moved) {
      const key = taskId ?? disputeId;
      if (told.has(key)) continue;
      told.add(key);
      tx.send(
        taskId === null
          ? { topic: 'deadlines.moved', payload: { disputeId } }
          : { topic: 'deadlines.task-moved', payload: { taskId } },
      );
    }
  }
}

/** Less than every id. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
/** No reckoner has this name: the run ends with its next turn. */
const DONE = '~';

export function isMoved({ before, after }: Pick<ReckonedChange, 'before' | 'after'>): boolean {
  return before?.getTime() !== after?.getTime();
}
