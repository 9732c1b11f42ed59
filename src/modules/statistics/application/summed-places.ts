import type { Tx } from '../../../platform/database';

export interface FigureCenter {
  readonly id: string;
  readonly name: string;
  /** For how many days it observes an outcome. */
  readonly relapseDays: number;
}

/** The centers of a question, and which of them are asked of which sums. */
export interface Places {
  readonly centers: readonly FigureCenter[];
  readonly centerIds: readonly string[];
  /** Centers summed with all below them, which are all asked for; others summed alone; the rest. */
  readonly wholes: readonly string[];
  readonly alones: readonly string[];
  readonly unsummed: readonly string[];
  /** Centers under `wholes`. */
  readonly covered: readonly string[];
  /** Those of `wholes` that are summed by day as well, and the centers under them. */
  readonly wholesByDay: readonly string[];
  readonly coveredByDay: readonly string[];
  /** Those of `wholes` that are summed by day by type, channel and level, and the centers under them. */
  readonly wholesByKindAndDay: readonly string[];
  readonly coveredByKindAndDay: readonly string[];
  /** The place right below whoever asks to which each center belongs, with all below it; and how their sums are had. */
  readonly branchOf: ReadonlyMap<string, string>;
  readonly branchWholes: readonly string[];
  readonly branchWholesByDay: readonly string[];
  /** Every center that is summed alone, whatever is summed with it; the rest. */
  readonly each: readonly string[];
  readonly others: readonly string[];
  /** Those that are also summed by whom their cases hang on; the rest. */
  readonly byHolder: readonly string[];
  readonly notByHolder: readonly string[];
  /** Those that are summed by day as well, as a whole and by whom their cases hang on. */
  readonly eachByDay: readonly string[];
}

interface CenterRow extends FigureCenter {
  /** Joined by commas. */
  readonly ancestors: string;
  readonly isSummed: boolean;
  readonly isByHolder: boolean;
  readonly isAloneByDay: boolean;
  readonly isWhole: boolean;
  readonly isByDay: boolean;
  readonly isByKindAndDay: boolean;
  readonly below: number;
}

type Place = Omit<CenterRow, 'ancestors'> & { readonly ancestors: readonly string[] };

/** From so many centers on, what is known of them is long, and kept until one of them changes. */
const MANY = 50;
/** Readers of a province are few. */
const MOST_KEPT = 8;
const kept = new Map<string, Places>();

/** What is known of centers now; of many it is reckoned once for as long as neither a center nor what is summed of it changes. */
export async function placesOf(tx: Tx, centerIds: readonly string[]): Promise<Places> {
  if (centerIds.length < MANY) return read(tx, centerIds);
  const { version } = await tx.one<{ version: string }>(`select ${VERSION} as version`);
  const key = `${version} ${uuidList(centerIds)}`;
  const places = kept.get(key) ?? (await read(tx, centerIds));
  kept.delete(key);
  kept.set(key, places);
  // A map keeps its order: the first was asked for the longest ago.
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? key);
  return places;
}

async function read(tx: Tx, centerIds: readonly string[]): Promise<Places> {
  const rows = await tx.query<CenterRow>(CENTERS, [uuidList(centerIds)]);
  return summedOf(rows.map((row) => ({ ...row, ancestors: row.ancestors === '' ? [] : row.ancestors.split(',') })));
}

const written = (row: string): string => `(${row}.xmin::text::bigint << 24) + ${row}.cmin::text::bigint`;
/** A row says which transaction wrote it, and as its how manieth: whatever changes a center, or what is summed of it, makes another version. */
export const VERSION = `
  concat_ws(' ', (select bit_xor(uuid_hash_extended(c.id, ${written('c')})) from center c),
            (select bit_xor(uuid_hash_extended(s.scope_id, ${written('s')} * 2 + s.is_subtree::int)) from app.figure_scope s))`;

const lists = new WeakMap<readonly string[], string>();

/** Ids as PostgreSQL writes a list of them: one that is sent again and again is written once. */
export function uuidList(ids: readonly string[]): string {
  let list = lists.get(ids);
  if (list === undefined) lists.set(ids, (list = `{${ids.join(',')}}`));
  return list;
}

/** Takes the largest places that are summed and wholly asked for. */
function summedOf(centers: readonly Place[]): Places {
  const below = new Map<string, number>();
  for (const { ancestors } of centers) for (const id of ancestors) below.set(id, (below.get(id) ?? 0) + 1);
  const whole = new Set(centers.filter((c) => c.isWhole && below.get(c.id) === c.below).map((c) => c.id));
  const isUnder = (c: Place): boolean => c.ancestors.some((id) => whole.has(id));
  const ids = (some: readonly Place[]): string[] => some.map((c) => c.id);
  const rest = centers.filter((c) => !whole.has(c.id) && !isUnder(c));
  const wholes = centers.filter((c) => whole.has(c.id) && !isUnder(c));
  const branchOf = branchesOf(centers);
  const sizes = new Map<string, number>();
  for (const branch of branchOf.values()) sizes.set(branch, (sizes.get(branch) ?? 0) + 1);
  // The one at the top is a branch of its own, without those below it.
  const branchWholes = centers.filter((c) => whole.has(c.id) && sizes.get(c.id) === c.below + 1);
  const covered = ids(centers.filter((c) => whole.has(c.id) || isUnder(c)));
  const coveredBy = (some: readonly Place[]): string[] => {
    if (some.length === wholes.length) return covered;
    const under = new Set(ids(some));
    return ids(centers.filter((c) => under.has(c.id) || c.ancestors.some((id) => under.has(id))));
  };
  const byDay = wholes.filter((c) => c.isByDay);
  const byKindAndDay = wholes.filter((c) => c.isByKindAndDay);
  return {
    centers: centers.map(({ id, name, relapseDays }) => ({ id, name, relapseDays })),
    centerIds: ids(centers),
    wholes: ids(wholes),
    wholesByDay: ids(byDay),
    coveredByDay: coveredBy(byDay),
    wholesByKindAndDay: ids(byKindAndDay),
    coveredByKindAndDay: coveredBy(byKindAndDay),
    covered,
    branchOf,
    branchWholes: ids(branchWholes),
    branchWholesByDay: ids(branchWholes.filter((c) => c.isByDay)),
    alones: ids(rest.filter((c) => c.isSummed)),
    unsummed: ids(rest.filter((c) => !c.isSummed)),
    each: ids(centers.filter((c) => c.isSummed)),
    others: ids(centers.filter((c) => !c.isSummed)),
    byHolder: ids(centers.filter((c) => c.isByHolder)),
    notByHolder: ids(centers.filter((c) => !c.isByHolder)),
    eachByDay: ids(centers.filter((c) => c.isAloneByDay)),
  };
}

/** Under one place its children, each with all below it, and the place alone; of several places each with all below it. */
function branchesOf(centers: readonly Place[]): Map<string, string> {
  const asked = new Set(centers.map((c) => c.id));
  const ways = centers.map(({ id, ancestors }) => [id, ...ancestors.filter((one) => asked.has(one))]);
  const hasOneTop = ways.filter((way) => way.length === 1).length === 1;
  return new Map(ways.map((way) => [way[0] ?? '', (hasOneTop ? way.at(-2) : undefined) ?? way.at(-1) ?? '']));
}

/** The highest first; by name where somebody reads them all. */
const CENTERS = `
  with sizes as (
    select a.id, count(*)::int as below from center b cross join unnest(b.ancestor_center_ids) a(id)
     where cardinality($1::uuid[]) > 20 or b.ancestor_center_ids && $1 group by 1)
  select c.id, c.name, c.relapse_days as "relapseDays", array_to_string(c.ancestor_center_ids, ',') as ancestors, a.scope_id is not null as "isSummed",
         coalesce(a.is_by_holder, false) as "isByHolder", coalesce(a.is_by_kind_and_day, false) as "isAloneByDay",
         w.scope_id is not null as "isWhole", coalesce(w.is_by_day, false) as "isByDay",
         coalesce(w.is_by_kind_and_day, false) as "isByKindAndDay", coalesce(s.below, 0) as below
    from center c
    left join sizes s on s.id = c.id
    left join app.figure_scope a on a.scope_id = c.id and not a.is_subtree
    left join app.figure_scope w on w.scope_id = c.id and w.is_subtree
   where c.id = any ($1)
   order by cardinality(c.ancestor_center_ids), case when cardinality($1::uuid[]) <= 50 then c.name end, c.id`;
