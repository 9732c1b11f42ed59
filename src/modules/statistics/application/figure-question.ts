import { legalDate, legalDateFromInstant, type LegalDate, notFound, ruleViolation } from '../../../kernel';
import { centersOf } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import type { Breakdown } from '../domain/breakdowns';
import type { Basis } from '../domain/figures';
import type { Period } from '../domain/periods';
import { FIGURE_READERS } from '../policies';
import { type Places, placesOf, uuidList } from './summed-places';

/** What may be asked of figures: number, list, sheet and report are answers to the same question. */
export interface FigureQuestion {
  /** One center alone; without it all centers of whoever asks. */
  readonly centerId?: string;
  /** That center with all below it that whoever asks may read. */
  readonly isWithBelow?: boolean;
  /** A center with all below it, for what is reported: whoever asks has been let to read the report of that center. */
  readonly underId?: string;
  readonly from: string;
  readonly to: string;
  /** To whom small numbers must not tell of sealed matters: whoever asks, unless what is made of them is read by others too. */
  readonly guardedFrom?: 'asker' | 'everybody' | 'nobody';
  /** By the day of what is counted, unless the matters taken in are followed. */
  readonly basis?: Basis;
  /** A type with all below it. */
  readonly disputeType?: string;
  readonly channel?: string;
  readonly committeeId?: string;
  readonly mediatorId?: string;
  readonly agencyId?: string;
  /** A community, street … with all that lies in it on the day of asking. */
  readonly placeId?: string;
  readonly level?: string;
  readonly by?: Breakdown;
}

/** A question that whoever asks may ask, with what is known of the sums that may answer it. */
export interface Asked extends Places {
  readonly period: Period;
  readonly basis: Basis;
  readonly by: Breakdown;
  readonly disputeType: string | null;
  readonly channel: string | null;
  readonly committeeId: string | null;
  readonly mediatorId: string | null;
  readonly agencyId: string | null;
  readonly level: number | null;
  /** The place and all within it. */
  readonly placeIds: readonly string[] | null;
  readonly guardedFrom: 'asker' | 'everybody' | 'nobody';
  readonly now: Date;
  readonly today: LegalDate;
  /** Cases are kept for all matters; otherwise they are asked of the tables. */
  readonly isKept: boolean;
  /** Matters whose cases the clock has turned and nobody has kept anew yet. */
  readonly turned: readonly string[];
  /** Their cases as they are now. */
  readonly turnedRows: string;
}

/** Checks the question against what the actor may ask. @throws 404 for another’s center, 422 for a period back to front. */
export async function asked(tx: Tx, question: FigureQuestion): Promise<Asked> {
  const all = centersOf(tx.actor, FIGURE_READERS);
  const { centerId, from, to } = question;
  if (centerId !== undefined && !all.includes(centerId)) throw notFound();
  if (to < from) {
    throw ruleViolation('statistics.period-reversed', '截止日期早于起始日期。请重新选择期间。', '/to');
  }
  const today = legalDateFromInstant(tx.now);
  return tx.asSystem(async () => {
    const centerIds =
      question.underId !== undefined
        ? await centersUnder(tx, question.underId)
        : centerId === undefined
          ? all
          : question.isWithBelow === true
            ? among(all, await centersUnder(tx, centerId))
            : [centerId];
    const places = await placesOf(tx, centerIds);
    const state = await tx.one<{ isKept: boolean; turned: readonly string[] }>(STATE, [
      uuidList(places.centerIds),
      tx.now,
    ]);
    const turnedRows =
      !state.isKept || state.turned.length === 0
        ? '[]'
        : (await tx.one<{ rows: string }>(TURNED_ROWS, [state.turned, tx.now])).rows;
    // Asked of the tables, what a center needs differs too much from what a province needs for one plan.
    if (!state.isKept) await tx.query("select set_config('plan_cache_mode', 'force_custom_plan', true)");
    return {
      period: { from: legalDate(from), to: legalDate(to) },
      basis: question.basis ?? 'period',
      by: question.by ?? 'none',
      disputeType: question.disputeType ?? null,
      channel: question.channel ?? null,
      committeeId: question.committeeId ?? null,
      mediatorId: question.mediatorId ?? null,
      agencyId: question.agencyId ?? null,
      level: question.level === undefined ? null : Number(question.level),
      placeIds: question.placeId === undefined ? null : await placesIn(tx, question.placeId, today),
      guardedFrom: question.guardedFrom ?? 'asker',
      now: tx.now,
      today,
      ...state,
      turnedRows,
      ...places,
    };
  });
}

/** Those of a list that stand in another, in the order of the first: the same centers make the same list, however they are asked for. */
function among(all: readonly string[], some: readonly string[]): string[] {
  const wanted = new Set(some);
  return all.filter((id) => wanted.has(id));
}

async function centersUnder(tx: Tx, centerId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select id from center where id = $1 or ancestor_center_ids @> array[$1::uuid]',
    [centerId],
  );
  return rows.map(({ id }) => id);
}

/** A unit and all that lies in it on a day. */
export async function placesIn(tx: Tx, unitId: string, day: LegalDate): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('select u as id from app.units_below($1, $2) u', [unitId, day]);
  return rows.map((r) => r.id);
}

/** Matters of the centers $1 whose cases the clock has turned by $2: few, whatever the planner thinks, so in the order of their index. */
const TURNED = `coalesce((select array_agg(distinct t.dispute_id) from (
    select f.dispute_id, f.center_id from app.figure_fact f where f.turns_at <= $2 order by f.turns_at, f.dispute_id offset 0) t
    where t.center_id in (select unnest($1::uuid[]))), '{}')`;

/**
 * Common table expressions that end in `figures`: the cases of centers $1 as they stand at $2, those kept and those that the clock has turned
 * since; asked of the tables while cases of older matters are still being made.
 */
export const STANDING_CASES = `
  build as (select is_done from app.figure_build),
  turned as (select ${TURNED} as ids),
  figures as (
    select f.* from app.figure_fact f where (select is_done from build) and f.center_id = any ($1)
       and f.dispute_id <> all ((select ids from turned)::uuid[])
    union all
    select f.* from app.figures_of((select ids from turned), $2) f where (select is_done from build)
    union all
    select f.* from app.figure_rows_at($2) f where not (select is_done from build))`;

const STATE = `
  select (select b.is_done from app.figure_build b) as "isKept",
         ${TURNED} as turned`;

const TURNED_ROWS = `select coalesce(jsonb_agg(to_jsonb(r)), '[]')::text as rows from app.figures_of($1, $2) r`;
