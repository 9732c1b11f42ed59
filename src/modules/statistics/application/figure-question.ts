import { legalDate, legalDateFromInstant, type LegalDate, notFound, ruleViolation } from '../../../kernel';
import { centersOf } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import type { Breakdown } from '../domain/breakdowns';
import type { Basis } from '../domain/figures';
import type { Period } from '../domain/periods';
import { FIGURE_READERS } from '../policies';

/** What may be asked of figures: number, list, sheet and report are answers to the same question. */
export interface FigureQuestion {
  /** One center alone; without it all centers of whoever asks. */
  readonly centerId?: string;
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

export interface FigureCenter {
  readonly id: string;
  readonly name: string;
  /** For how many days it observes an outcome. */
  readonly relapseDays: number;
}

/** Which centers are asked of which sums. */
interface Summed {
  /** Centers summed with all below them, which are all asked for; others summed alone; the rest. */
  readonly wholes: readonly string[];
  readonly alones: readonly string[];
  readonly unsummed: readonly string[];
  /** Centers under `wholes`. */
  readonly covered: readonly string[];
  /** Those of `wholes` that are summed by day as well, and the centers under them. */
  readonly wholesByDay: readonly string[];
  readonly coveredByDay: readonly string[];
  /** The place right below whoever asks to which each center belongs, with all below it; and how their sums are had. */
  readonly branchOf: ReadonlyMap<string, string>;
  readonly branchWholes: readonly string[];
  readonly branchWholesByDay: readonly string[];
  /** Every center that is summed alone, whatever is summed with it; the rest. */
  readonly each: readonly string[];
  readonly others: readonly string[];
}

/** A question that whoever asks may ask, with what is known of the sums that may answer it. */
export interface Asked extends Summed {
  readonly centers: readonly FigureCenter[];
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

type Place = Omit<CenterRow, 'ancestors'> & { readonly ancestors: readonly string[] };

interface CenterRow extends FigureCenter {
  /** Joined by commas. */
  readonly ancestors: string;
  readonly isSummed: boolean;
  readonly isWhole: boolean;
  readonly isByDay: boolean;
  readonly below: number;
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
          : [centerId];
    const centers = (await tx.query<CenterRow>(CENTERS, [centerIds])).map(({ ancestors, ...center }) => ({
      ...center,
      ancestors: ancestors === '' ? [] : ancestors.split(','),
    }));
    const state = await tx.one<{ isKept: boolean; turned: readonly string[] }>(STATE, [centerIds, tx.now]);
    const turnedRows =
      !state.isKept || state.turned.length === 0
        ? '[]'
        : (await tx.one<{ rows: string }>(TURNED_ROWS, [state.turned, tx.now])).rows;
    // Asked of the tables, what a center needs differs too much from what a province needs for one plan.
    if (!state.isKept) await tx.query("select set_config('plan_cache_mode', 'force_custom_plan', true)");
    return {
      centers: centers.map(({ id, name, relapseDays }) => ({ id, name, relapseDays })),
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
      ...summedOf(centers),
    };
  });
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

/** Takes the largest places that are summed and wholly asked for. */
function summedOf(centers: readonly Place[]): Summed {
  const below = new Map<string, number>();
  for (const { ancestors } of centers) for (const id of ancestors) below.set(id, (below.get(id) ?? 0) + 1);
  const whole = new Set(centers.filter((c) => c.isWhole && below.get(c.id) === c.below).map((c) => c.id));
  const isUnder = (c: Place): boolean => c.ancestors.some((id) => whole.has(id));
  const ids = (some: readonly Place[]): string[] => some.map((c) => c.id);
  const rest = centers.filter((c) => !whole.has(c.id) && !isUnder(c));
  const wholes = centers.filter((c) => whole.has(c.id) && !isUnder(c));
  const byDay = new Set(wholes.flatMap((c) => (c.isByDay ? [c.id] : [])));
  const branchOf = branchesOf(centers);
  const sizes = new Map<string, number>();
  for (const branch of branchOf.values()) sizes.set(branch, (sizes.get(branch) ?? 0) + 1);
  // The one at the top is a branch of its own, without those below it.
  const branchWholes = centers.filter((c) => whole.has(c.id) && sizes.get(c.id) === c.below + 1);
  const covered = ids(centers.filter((c) => whole.has(c.id) || isUnder(c)));
  return {
    wholes: ids(wholes),
    wholesByDay: [...byDay],
    coveredByDay:
      byDay.size === wholes.length
        ? covered
        : ids(centers.filter((c) => byDay.has(c.id) || c.ancestors.some((id) => byDay.has(id)))),
    covered,
    branchOf,
    branchWholes: ids(branchWholes),
    branchWholesByDay: ids(branchWholes.filter((c) => c.isByDay)),
    alones: ids(rest.filter((c) => c.isSummed)),
    unsummed: ids(rest.filter((c) => !c.isSummed)),
    each: ids(centers.filter((c) => c.isSummed)),
    others: ids(centers.filter((c) => !c.isSummed)),
  };
}

/** Under one place its children, each with all below it, and the place alone; of several places each with all below it. */
function branchesOf(centers: readonly Place[]): Map<string, string> {
  const asked = new Set(centers.map((c) => c.id));
  const ways = centers.map(({ id, ancestors }) => [id, ...ancestors.filter((one) => asked.has(one))]);
  const hasOneTop = ways.filter((way) => way.length === 1).length === 1;
  return new Map(ways.map((way) => [way[0] ?? '', (hasOneTop ? way.at(-2) : undefined) ?? way.at(-1) ?? '']));
}

/** By name where somebody reads them all, else the highest first. */
const CENTERS = `
  with sizes as (
    select a.id, count(*)::int as below from center b cross join unnest(b.ancestor_center_ids) a(id)
     where cardinality($1::uuid[]) > 20 or b.ancestor_center_ids && $1 group by 1)
  select c.id, c.name, c.relapse_days as "relapseDays", array_to_string(c.ancestor_center_ids, ',') as ancestors, a.scope_id is not null as "isSummed",
         w.scope_id is not null as "isWhole", coalesce(w.is_by_day, false) as "isByDay", coalesce(s.below, 0) as below
    from center c
    left join sizes s on s.id = c.id
    left join app.figure_scope a on a.scope_id = c.id and not a.is_subtree
    left join app.figure_scope w on w.scope_id = c.id and w.is_subtree
   where c.id = any ($1)
   order by case when cardinality($1::uuid[]) <= 50 then c.name end, cardinality(c.ancestor_center_ids), c.id`;

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
