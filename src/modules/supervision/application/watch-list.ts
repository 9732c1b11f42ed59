import { Injectable } from '@nestjs/common';
import { type Light, LIGHTS, lightOf, notFound } from '../../../kernel';
import { authorize, centersOf, mayAct, type ObjectFacts } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Calendars } from '../../calendar';
import { SEALED_TITLE } from '../../disputes';
import { WATCH_CLOCK_KEYS, WATCH_CLOCKS, WATCH_RULES, type WatchClock } from '../domain/clocks';
import { distanceCn } from '../domain/distance';
import { supervisionLifecycle, TASK_BEGINNINGS, type TaskBeginning } from '../domain/supervision-lifecycle';
import { WATCHERS } from '../policies';
import { cursorParts } from '../../../platform/http';
import { type ClockPlace, type ClockScope, clocksAfter, isFilling, type OpenClock } from './open-clocks';
import { beginningsFor } from './read-supervisions';

export interface WatchFilter {
  readonly centerId?: string;
  readonly clock?: WatchClock;
  readonly light?: 'red' | 'yellow';
  readonly agencyId?: string;
  readonly disputeId?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** A clock with its light and how far its end is. */
export interface LitOpenClock extends OpenClock {
  readonly light: Light;
  readonly distance: string;
}

const CURSOR = /^(\d{10,15})_([a-z-]{2,20})_([0-9a-f-]{36})$/;

/** 红黄灯清单: what is late or nearly so, whose it is, since when, by which clock. */
@Injectable()
export class WatchList {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  async execute(filter: WatchFilter) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'supervisions.watch');
      const limit = filter.limit ?? 20;
      const scope = scopeOf(tx, filter);
      const clocks = filter.clock === undefined ? WATCH_CLOCK_KEYS : [filter.clock];
      const choice = { clocks, ...(filter.light === undefined ? {} : { light: filter.light }) };
      const found: OpenClock[] = [];
      let hidden = 0;
      for (let place = placeOf(filter.cursor), isMore = true; isMore && found.length <= limit;) {
        const batch = await clocksAfter(tx, scope, choice, limit + 1, place);
        for (const clock of batch) {
          if (clock.isHidden) hidden += 1;
          else if (found.push(clock) > limit) break;
        }
        place = batch.at(-1) ?? place;
        isMore = batch.length > limit;
      }
      const items = await this.lit(tx, found.slice(0, limit));
      const last = items.at(-1);
      const counts = await this.openSupervisions(tx, items);
      const explanations = await this.explanations(tx, items);
      return {
        items: items.map((clock) =>
          row(tx, clock, counts.get(clock.disputeId) ?? 0, explanations.get(clock.subjectId)),
        ),
        nextCursor: found.length > limit && last ? `${last.dueAt.getTime()}_${last.clock}_${last.subjectId}` : null,
        hiddenCount: hidden,
        isFilling: await tx.asSystem(() => isFilling(tx, scope)),
      };
    });
  }

  /** The centers that the actor watches: the choices of every question about them. */
  async centers() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'supervisions.list-centers');
      const ids = centersOf(tx.actor, WATCHERS);
      return {
        items: await tx.query<{ id: string; name: string }>(
          'select id, name from center where id = any ($1) order by cardinality(ancestor_center_ids), name',
          [ids],
        ),
      };
    });
  }

  /** Clocks with their lights and distances, by the office hours of their centers. */
  async lit(tx: Tx, clocks: readonly OpenClock[]): Promise<LitOpenClock[]> {
    const officeOf = await this.calendars.forCenters(
      tx,
      clocks.map((clock) => clock.centerId),
    );
    return clocks.map((clock) => ({
      ...clock,
      light: litBy(clock, lightOf(clock, tx.now)),
      distance: distanceCn(clock.dueAt, tx.now, officeOf(clock.centerId)),
    }));
  }

  /** How clocks of the law and of whistles were reckoned, by what they hang on; the others say it by their rule. */
  private async explanations(tx: Tx, clocks: readonly OpenClock[]): Promise<Map<string, readonly string[]>> {
    const rows = await tx.asSystem(() =>
      tx.query<{ id: string; explanation: readonly string[] }>(
        `select id, explanation from mediation_period where id = any ($1)
          union all select id, explanation from summons_due where id = any ($1)`,
        [clocks.map((c) => c.subjectId)],
      ),
    );
    return new Map(rows.map((r) => [r.id, r.explanation]));
  }

  /** How many supervisions wait for an answer, by matter. */
  private async openSupervisions(tx: Tx, clocks: readonly OpenClock[]): Promise<Map<string, number>> {
    const rows = await tx.query<{ disputeId: string; count: number }>(
      `select dispute_id as "disputeId", count(*)::int as count from supervision
        where dispute_id = any ($1) and state in ('open', 'answered') group by dispute_id`,
      [[...new Set(clocks.map((c) => c.disputeId))]],
    );
    return new Map(rows.map((r) => [r.disputeId, r.count]));
  }
}

/** A pause that is not near its end is no clock that runs. */
function litBy({ clock }: OpenClock, light: Light): Light {
  return clock === 'paused' && light === 'green' ? 'grey' : light;
}

/** Centers that the actor watches, narrowed to one of them; another one is not there for him (404). */
export function scopeOf(tx: Tx, filter: Pick<WatchFilter, 'centerId' | 'agencyId' | 'disputeId'>): ClockScope {
  const { centerId, agencyId, disputeId } = filter;
  const rest = { ...(agencyId === undefined ? {} : { agencyId }), ...(disputeId === undefined ? {} : { disputeId }) };
  const all = centersOf(tx.actor, WATCHERS);
  if (centerId === undefined) return { ...rest, centerIds: all };
  if (!all.includes(centerId)) throw notFound();
  return { ...rest, centerIds: [centerId] };
}

function placeOf(cursor: string | undefined): ClockPlace | null {
  const parts = cursorParts(cursor, CURSOR, ['ms', 'clock', 'subjectId']);
  return parts && { dueAt: new Date(Number(parts.ms)), clock: parts.clock, subjectId: parts.subjectId };
}

export function row(tx: Tx, clock: LitOpenClock, openSupervisionCount: number, explanation: readonly string[] = []) {
  const { handlingCenterId, handlingUnitId, committeeId, assignedRoles } = clock;
  const standing: ObjectFacts = {
    centerId: clock.centerId,
    handlingCenterId,
    handlingUnitId,
    committeeId,
    assignedRoles,
  };
  const ofTask = (): TaskBeginning[] =>
    (Object.keys(TASK_BEGINNINGS) as TaskBeginning[]).filter((act) =>
      mayAct(tx.actor, supervisionLifecycle.table.acts[act].by, standing),
    );
  return {
    key: `${clock.clock}_${clock.subjectId}`,
    clock: clock.clock,
    clockName: WATCH_CLOCKS[clock.clock],
    rule: WATCH_RULES[clock.clock],
    light: clock.light,
    lightName: LIGHTS[clock.light],
    startsAt: clock.startsAt.toISOString(),
    dueAt: clock.dueAt.toISOString(),
    distance: clock.distance,
    isProvisional: clock.isProvisional,
    pausedDays: clock.pausedDays,
    explanation,
    holder: clock.holder,
    disputeId: clock.disputeId,
    taskId: clock.taskId,
    centerId: clock.centerId,
    centerName: clock.centerName,
    registrationNumber: clock.registrationNumber,
    title: clock.isSealed ? SEALED_TITLE : clock.title,
    disputeType: clock.disputeType,
    riskLevel: clock.riskLevel,
    openSupervisionCount,
    allowedActs: beginningsFor(tx, standing),
    taskActs: clock.taskId === null ? [] : ofTask().map((act) => `supervisions.${act}`),
  };
}
