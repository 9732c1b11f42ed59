import { addDays, type LegalDate, startOfDay } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { type Breakdown, sharedMonths, stretchesOf } from '../domain/breakdowns';
import {
  type Basis,
  type Figure,
  FIGURE_CODES,
  isWeighed,
  NOTE_CODES,
  type Note,
  type Verdict,
  VERDICTS,
} from '../domain/figures';
import { type Period } from '../domain/periods';
import type { Asked } from './figure-question';
import { uuidList } from './summed-places';

/** How many cases of a figure have a key, and what they add up to. */
export interface SumRow {
  readonly figure: Figure;
  /** '' for cases that belong to no group. */
  readonly key: string;
  readonly verdict: Verdict;
  readonly note: Note | null;
  readonly count: number;
  readonly weight: number;
}

const DAY_COLUMNS: Readonly<Record<Basis, string>> = { period: 'period_at', cohort: 'cohort_at' };
const BASIS_CODES: Readonly<Record<Basis, number>> = { period: 1, cohort: 2 };

/** The instant by which a row (alias f) counts. */
export const dayOf = (basis: Basis): string => `f.${DAY_COLUMNS[basis]}`;

const typeAt = (n: number, type: string): string => `array_to_string((string_to_array(${type}, '.'))[1:${n}], '.')`;
const spanAt = (by: Breakdown, day: string): string | undefined =>
  ({
    month: `to_char(${day}, 'YYYY-MM')`,
    quarter: `to_char(${day}, 'YYYY-"Q"Q')`,
    'half-year': `to_char(${day}, 'YYYY-"H"') || case when extract(month from ${day}) < 7 then 1 else 2 end`,
    year: `to_char(${day}, 'YYYY')`,
  })[by as string];

/** By what a case (alias f) is grouped; null where it has none of it. Places and centers are grouped by what holds them afterwards. */
export function groupKey(by: Breakdown, basis: Basis): string {
  const span = spanAt(by, `(${dayOf(basis)} at time zone 'Asia/Shanghai')`);
  if (span !== undefined) return span;
  return {
    none: "''",
    branch: 'f.center_id::text',
    center: 'f.center_id::text',
    street: 'f.place_unit_id::text',
    community: 'f.place_unit_id::text',
    committee: 'f.committee_id::text',
    mediator: 'f.mediator_id::text',
    agency: 'f.agency_id::text',
    'type-1': typeAt(1, 'f.dispute_type'),
    'type-2': typeAt(2, 'f.dispute_type'),
    'type-3': typeAt(3, 'f.dispute_type'),
    'local-type': 'f.local_type_id::text',
    channel: 'f.channel',
    level: 'f.level::text',
  }[by as Exclude<Breakdown, 'month' | 'quarter' | 'half-year' | 'year'>];
}

/** Every case has a center: its id is told as text once for each group, not for each sum. */
const isByCenter = (by: Breakdown): boolean => by === 'center' || by === 'branch';

/** By what a sum (alias c) is grouped; never null. */
function cellKey(by: Breakdown): string {
  if (by === 'none') return "''";
  if (isByCenter(by)) return 'c.scope_id';
  return spanAt(by, 'c.month') ?? 'c.key';
}

/** From so many centers on, a few days of all that happened are soon read, and looked at for each center they are not. */
const VERY_MANY = 500;

/** What sums tell apart of a center with all below it. */
const DIMS = { type: 2, channel: 3, level: 4 } as const;
/** What they tell apart of a center alone that has very many cases. */
const HOLDER_DIMS = { committee: 6, mediator: 7, agency: 8, place: 9, 'local-type': 10 } as const;
type Need = keyof typeof DIMS | keyof typeof HOLDER_DIMS | 'branch' | 'center';
const isHolder = (need: Need): need is keyof typeof HOLDER_DIMS => need in HOLDER_DIMS;
/** All by day, of a center with very many below it; and by what is told apart as well, of one with very many cases below it. */
const BY_DAY = 5;
const DIMS_BY_DAY = { type: 11, channel: 12, level: 13 } as const;
/** The same of a center alone that has very many cases. */
const ALONE_BY_DAY = 14;
const HOLDER_DIMS_BY_DAY = { committee: 15, mediator: 16, agency: 17, place: 18, 'local-type': 19 } as const;

/** What each breakdown tells apart, beside time. */
const TOLD_APART: Readonly<Partial<Record<Breakdown, Need>>> = {
  branch: 'branch',
  center: 'center',
  'type-1': 'type',
  'type-2': 'type',
  'type-3': 'type',
  channel: 'channel',
  level: 'level',
  street: 'place',
  community: 'place',
  committee: 'committee',
  mediator: 'mediator',
  agency: 'agency',
  'local-type': 'local-type',
};

/** What a question tells apart or is narrowed by, beside centers and time. */
function needsOf(q: Asked): readonly Need[] {
  const narrowed: readonly [unknown, Need][] = [
    [q.disputeType, 'type'],
    [q.channel, 'channel'],
    [q.level, 'level'],
    [q.committeeId, 'committee'],
    [q.mediatorId, 'mediator'],
    [q.agencyId, 'agency'],
    [q.placeIds, 'place'],
  ];
  const told = TOLD_APART[q.by];
  return [
    ...new Set([
      ...(told === undefined ? [] : [told]),
      ...narrowed.flatMap(([by, need]) => (by === null ? [] : [need])),
    ]),
  ];
}

interface Cells {
  readonly dim: number;
  readonly scopes: readonly string[];
}

/** Which places are asked of the sums, by which dim, and which case by case. */
interface Plan {
  readonly cells: readonly Cells[];
  /** Centers that the sums stand for. */
  readonly summed: readonly string[];
  /** Sums by day, and those of these centers that they stand for. */
  readonly byDay: readonly (Cells & { readonly summed: readonly string[] })[];
  /** Centers asked case by case. */
  readonly counted: readonly string[];
}

export function planOf(q: Asked): Plan {
  const needs = needsOf(q);
  const everywhere = q.centerIds;
  const none: Plan = { cells: [], summed: [], byDay: [], counted: everywhere };
  if (!q.isKept || needs.length > 1) return none;
  const aloneByDay = (dim: number, among: readonly string[]): Plan['byDay'][number] => {
    const scopes = q.eachByDay.filter((id) => among.includes(id));
    return { dim, scopes, summed: scopes };
  };
  const [need] = needs;
  if (need === undefined)
    return {
      cells: [
        { dim: 1, scopes: q.wholes },
        { dim: 0, scopes: q.alones },
      ],
      summed: q.alones.length === 0 ? q.covered : [...q.covered, ...q.alones],
      byDay: [{ dim: BY_DAY, scopes: q.wholesByDay, summed: q.coveredByDay }, aloneByDay(ALONE_BY_DAY, q.alones)],
      counted: q.unsummed,
    };
  if (need === 'branch') {
    const isIn = (scopes: ReadonlySet<string>, id: string): boolean => scopes.has(q.branchOf.get(id) ?? '');
    const wholes = new Set(q.branchWholes);
    const byDay = new Set(q.branchWholesByDay);
    const alones = q.each.filter((id) => !isIn(wholes, id));
    return {
      cells: [
        { dim: 1, scopes: q.branchWholes },
        { dim: 0, scopes: alones },
      ],
      summed: [...everywhere.filter((id) => isIn(wholes, id)), ...alones],
      byDay: [
        { dim: BY_DAY, scopes: q.branchWholesByDay, summed: everywhere.filter((id) => isIn(byDay, id)) },
        aloneByDay(ALONE_BY_DAY, alones),
      ],
      counted: q.others.filter((id) => !isIn(wholes, id)),
    };
  }
  if (need === 'center')
    return {
      cells: [{ dim: 0, scopes: q.each }],
      summed: q.each,
      byDay: [aloneByDay(ALONE_BY_DAY, q.each)],
      counted: q.others,
    };
  if (isHolder(need))
    return {
      cells: [{ dim: HOLDER_DIMS[need], scopes: q.byHolder }],
      summed: q.byHolder,
      byDay: [aloneByDay(HOLDER_DIMS_BY_DAY[need], q.byHolder)],
      counted: q.notByHolder,
    };
  return {
    cells: [{ dim: DIMS[need], scopes: q.wholes }],
    summed: q.covered,
    byDay: [{ dim: DIMS_BY_DAY[need], scopes: q.wholesByKindAndDay, summed: q.coveredByKindAndDay }],
    counted: [...q.alones, ...q.unsummed],
  };
}

/** Values of a statement, each written where it is used. */
export class Values {
  readonly list: unknown[] = [];

  add(value: unknown, type: string): string {
    this.list.push(value);
    return `$${this.list.length}::${type}`;
  }

  /** A list that is there already is not sent twice: of a province it is long. */
  ids(ids: readonly string[]): string {
    const list = uuidList(ids);
    const known = this.list.indexOf(list);
    return known < 0 ? this.add(list, 'uuid[]') : `$${known + 1}::uuid[]`;
  }
}

/** What a case (alias f) is narrowed by. */
export function narrowing(q: Asked, values: Values): string {
  return allOf([
    q.disputeType !== null && isOfType('f.dispute_type', values.add(q.disputeType, 'text')),
    q.channel !== null && `f.channel = ${values.add(q.channel, 'text')}`,
    q.level !== null && `f.level = ${values.add(q.level, 'smallint')}`,
    q.committeeId !== null && `f.committee_id = ${values.add(q.committeeId, 'uuid')}`,
    q.mediatorId !== null && `f.mediator_id = ${values.add(q.mediatorId, 'uuid')}`,
    q.agencyId !== null && `f.agency_id = ${values.add(q.agencyId, 'uuid')}`,
    q.placeIds !== null && `f.place_unit_id = any (${values.ids(q.placeIds)})`,
  ]);
}

/** Only what is asked stands in the statement: an index answers it alone where it can. */
const allOf = (conditions: readonly (string | false)[]): string =>
  conditions.filter((one) => one !== false).join(' and ') || 'true';
const isOfType = (column: string, type: string): string => `(${column} = ${type} or ${column} like ${type} || '.%')`;

const FIGURE_NAMES = new Map(Object.entries(FIGURE_CODES).map(([name, code]) => [code as number, name as Figure]));
const NOTE_NAMES = new Map(Object.entries(NOTE_CODES).map(([name, code]) => [code as number, name as Note]));
const VERDICT_NAMES = new Map(Object.entries(VERDICTS).map(([name, code]) => [code as number, name as Verdict]));
/** Cases of the matters that the clock has turned, as they are now. */
export const turnedSource = (q: Asked, values: Values): string =>
  `jsonb_populate_recordset(null::app.figure_fact, ${values.add(q.turnedRows, 'jsonb')})`;

export const figureOf = (code: number): Figure => nameOf(FIGURE_NAMES, code);
export const verdictOf = (code: number): Verdict => nameOf(VERDICT_NAMES, code);
export const noteOf = (code: number | null): Note | null => (code === null ? null : nameOf(NOTE_NAMES, code));

function nameOf<Name>(names: ReadonlyMap<number, Name>, code: number): Name {
  const name = names.get(code);
  if (name === undefined) throw new Error(`A figure's case has the unknown code ${code}`);
  return name;
}

/**
 * What figures add up to in each of some periods, by group: sums by month, what is not in them yet, days of months that are not
 * whole, and cases that the clock has turned. One statement, so that what is moved from one to the other is never missed or met
 * twice; months of several periods are read once.
 */
export async function sumsOf<const Periods extends readonly Period[]>(
  tx: Tx,
  q: Asked,
  figures: readonly Figure[],
  periods: Periods,
): Promise<{ [K in keyof Periods]: SumRow[] }> {
  const values = new Values();
  const sql = sumStatement(q, figures, periods, values);
  const rows =
    sql === null
      ? []
      : await tx.query<
          { figure: number; key: string; verdict: number; note: number | null } & Readonly<Record<string, number>>
        >(sql, values.list);
  return periods.map((_, nth) =>
    rows.flatMap((r) => {
      const count = r[`count${nth}`] ?? 0;
      const weight = r[`weight${nth}`] ?? count;
      if (count === 0 && weight === 0) return [];
      const [figure, verdict, note] = [figureOf(r.figure), verdictOf(r.verdict), noteOf(r.note)];
      return { figure, key: r.key, verdict, note, count, weight };
    }),
  ) as { [K in keyof Periods]: SumRow[] };
}

/** Sums of several periods; what counts in some of them is marked `at` with a bit for each. */
function sumStatement(q: Asked, figures: readonly Figure[], periods: readonly Period[], values: Values): string | null {
  const plan = planOf(q);
  const codes = values.add(
    figures.map((f) => FIGURE_CODES[f]),
    'smallint[]',
  );
  // Sent only where it is asked: of a value that stands nowhere in a statement PostgreSQL knows no type.
  const now = (): string => values.add(q.now, 'timestamptz');
  const day = dayOf(q.basis);
  const narrowed = narrowing(q, values);
  const asDate = (of: LegalDate): string => values.add(of, 'date');
  const asInstant = (of: LegalDate): string => values.add(startOfDay(of), 'timestamptz');
  const between = (from: string, before: string): string => `${day} >= ${from} and ${day} < ${before}`;
  const within = ({ from, to }: Period): string => between(asInstant(from), asInstant(addDays(to, 1)));
  // Types are folded once for each of them, not for each case.
  const layer = q.by.startsWith('type-') ? Number(q.by.slice(-1)) : null;
  const key = isByCenter(q.by)
    ? 'f.center_id'
    : `coalesce(${layer === null ? groupKey(q.by, q.basis) : 'f.dispute_type'}, '')`;
  // Where each case counts as one, how many there are is what they add up to.
  const areWeighed = figures.some(isWeighed);
  const withWeights = (column: (name: string) => string): string =>
    areWeighed ? ['weight', 'daily'].map((name) => `, ${column(name)} as ${name}`).join('') : '';
  const row = (sign: string, at: string): string =>
    `f.figure, ${key} as key, f.verdict, f.note, ${at} as at, (${sign})::int as n${withWeights((name) => `${sign} * f.${name}::float8`)}`;
  /** Cases, added up where they are read: they are many, and what they come to is little. */
  const counted = (sign: number, cases: string, at: string): string => `
        select f.figure, ${key} as key, f.verdict, f.note, ${at} as at, ${sign} * count(*)::int as n${withWeights((name) => `${sign} * sum(f.${name}::float8)`)}
          from ${cases} group by 1, 2, 3, 4`;
  const bit = (nth: number): string => `${1 << nth}`;
  const parts: string[] = [];

  if (plan.summed.length > 0) {
    const stretches = periods.map((period) => stretchesOf(period, q.today));
    const basis = values.add(BASIS_CODES[q.basis], 'smallint');
    const exact = q.channel ?? q.level?.toString() ?? q.committeeId ?? q.mediatorId ?? q.agencyId;
    const keyed = allOf([
      q.disputeType !== null && isOfType('c.key', values.add(q.disputeType, 'text')),
      exact !== null && `c.key = ${values.add(exact, 'text')}`,
      q.placeIds !== null && `c.key = any (${values.add(q.placeIds, 'text[]')})`,
    ]);
    const cells = (
      dim: number,
      scopes: readonly string[],
      from: string,
      before: string,
      sign: number,
      at: string,
    ): string => {
      const signed = (sum: string): string => (sign < 0 ? `-${sum}` : sum);
      return `
        select c.figure, ${cellKey(q.by)} as key, c.verdict, nullif(c.note, 0::smallint) as note, ${at} as at,
               ${signed('c.n::int')} as n${withWeights((name) => signed(`c.${name}::float8`))}
          from app.figure_cell c
         where c.scope_id = any (${values.ids(scopes)}) and c.dim = ${dim} and c.basis = ${basis} and c.figure = any (${codes})
           and c.month >= ${from} and c.month < ${before} and ${keyed}`;
    };
    const summed = values.ids(plan.summed);
    for (const { of, ...shared } of sharedMonths(stretches.map(({ months }) => months))) {
      const marked = (column: string, asBound: (day: LegalDate) => string): string =>
        of
          .map(({ nth, first, end }) =>
            first === shared.first && end === shared.end
              ? bit(nth)
              : `case when ${column} >= ${asBound(first)} and ${column} < ${asBound(end)} then ${bit(nth)} else 0 end`,
          )
          .join(' + ');
      const [first, end] = [asDate(shared.first), asDate(shared.end)];
      for (const { dim, scopes } of plan.cells)
        if (scopes.length > 0) parts.push(cells(dim, scopes, first, end, 1, marked('c.month', asDate)));
      parts.push(`
        select ${row('f.sign', marked(day, asInstant))} from app.figure_delta f
         where f.center_id in (select unnest(${summed})) and f.figure = any (${codes}) and ${between(asInstant(shared.first), asInstant(shared.end))} and ${narrowed}`);
    }
    // Of months that are not whole, days: summed by day, or case by case.
    const byDay = plan.byDay.filter(({ scopes }) => scopes.length > 0);
    const summedByDay = new Set(byDay.flatMap((of) => of.summed));
    const caseByCase = summedByDay.size === 0 ? plan.summed : plan.summed.filter((id) => !summedByDay.has(id));
    for (const [nth, { pieces }] of stretches.entries())
      for (const { from, before, sign } of pieces) {
        const [opens, ends] = [asInstant(from), asInstant(before)];
        for (const { dim, scopes, summed } of byDay) {
          parts.push(cells(dim, scopes, asDate(from), asDate(before), sign, bit(nth)));
          parts.push(`
        select ${row(`${sign} * f.sign`, bit(nth))} from app.figure_delta f
         where f.center_id in (select unnest(${values.ids(summed)})) and f.figure = any (${codes})
           and ${between(opens, ends)} and ${narrowed}`);
        }
        if (caseByCase.length > 0) {
          const [centers, days] = [values.ids(caseByCase), `f.figure = any (${codes}) and ${between(opens, ends)}`];
          parts.push(
            counted(
              sign,
              caseByCase.length < VERY_MANY || q.basis === 'cohort'
                ? `app.figure_fact f where f.center_id = any (${centers}) and ${days} and ${narrowed}`
                : // A list is hashed without the planner weighing each of thousands, which took longer than to count.
                  `(select f.* from app.figure_fact f where ${days} offset 0) f
                   where f.center_id in (select unnest(${centers})) and ${narrowed}`,
              bit(nth),
            ),
          );
        }
      }
  }
  for (const [nth, period] of periods.entries()) {
    if (plan.counted.length > 0) {
      const source = q.isKept ? 'app.figure_fact' : `app.figure_rows_at(${now()})`;
      parts.push(
        counted(
          1,
          `${source} f where f.center_id = any (${values.ids(plan.counted)}) and f.figure = any (${codes})
           and ${within(period)} and ${narrowed}`,
          bit(nth),
        ),
      );
    }
    if (q.isKept && q.turned.length > 0) {
      const turned = values.ids(q.turned);
      const centers = values.ids(q.centerIds);
      for (const [sign, source] of [
        ['-1', 'app.figure_fact'],
        ['1', turnedSource(q, values)],
      ] as const) {
        parts.push(`
        select ${row(sign, bit(nth))} from ${source} f
         where f.dispute_id = any (${turned}) and f.center_id in (select unnest(${centers})) and f.figure = any (${codes})
           and ${within(period)} and ${narrowed}`);
      }
    }
  }
  if (parts.length === 0) return null;
  const all = `(${parts.join('\n        union all')}) r`;
  // Added up by what is told apart before it is folded to types and divided among periods: it is many rows then no more.
  const folded =
    layer === null && periods.length === 1
      ? all
      : `(select figure, ${layer === null ? 'key' : `${typeAt(layer, 'key')} as key`}, verdict, note, at, n${withWeights((name) => name)}
            from (select figure, key, verdict, note, at, sum(n)::int as n${withWeights((name) => `sum(${name})`)}
                    from ${all} group by figure, r.key, verdict, note, at) w) r`;
  const days = areWeighed ? `app.day_number(${now()})::float8` : '';
  const sums = periods.map((_, nth) => {
    const sum = (of: string): string =>
      periods.length === 1 ? `sum(${of})` : `coalesce(sum(${of}) filter (where at & ${bit(nth)} <> 0), 0)`;
    const weight = areWeighed ? `, ${sum('weight')} + ${sum('daily')} * ${days} as weight${nth}` : '';
    return `${sum('n')}::int as count${nth}${weight}`;
  });
  return `select figure, key::text, verdict, note, ${sums.join(', ')}
      from ${folded}
     group by figure, r.key, verdict, note order by figure, r.key, verdict, note`;
}
