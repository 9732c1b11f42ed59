import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { earlierKey, spanOf } from '../domain/breakdowns';
import {
  type Figure,
  FIGURE_KEYS,
  FIGURES,
  inUnit,
  NOTE_CODES,
  NOTES,
  type Note,
  type Part,
  ratioOf,
  type Verdict,
} from '../domain/figures';
import { before, earlier, type Period, reachedOf, yearBefore } from '../domain/periods';
import { isSmall, type Withheld, withheldOf } from '../domain/suppression';
import { type CasePart, casesOf, closedSums, hiddenCount } from './figure-cases';
import { type Asked, asked, type FigureQuestion } from './figure-question';
import { planOf, type SumRow, sumsOf } from './figure-sums';
import { namesOf } from './group-names';

/** What adds up to one figure; nothing of it is told where it is withheld. */
export interface Tally {
  readonly isWithheld: boolean;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly ratio: number | null;
  readonly apartCount: number | null;
  readonly apart: readonly { readonly note: string; readonly noteName: string; readonly count: number }[];
}

export interface CaseQuestion extends FigureQuestion {
  readonly part?: Part;
  /** Key of the group; '-' for cases that belong to none. */
  readonly group?: string;
  readonly note?: Note;
  readonly limit?: number;
  readonly cursor?: string;
}

/** Stands for the group of cases that belong to none: a query string carries no empty value. */
const NO_GROUP = '-';
const PART_VERDICTS: Readonly<Record<Part, readonly Verdict[]>> = {
  numerator: ['hit'],
  denominator: ['hit', 'miss'],
  missed: ['miss'],
  apart: ['apart'],
};
/** Narrowed to an agency, only what agencies do says anything. */
const AGENCY_FIGURES: readonly Figure[] = [
  'response',
  'signed-in-time',
  'arrived',
  'arrived-in-time',
  'answered-in-time',
];
/** Cases that are asked one by one for one answer; beyond that the question has to be narrowed. */
const MOST_CASES = 400_000;
/** Groups in one answer. */
const MOST_GROUPS = 6000;

/**
 * The one way to figures: pages, sheets and reports ask here, within a transaction whose actor was authorized, and get the same
 * numbers and the very cases behind them.
 */
@Injectable()
export class Figures {
  /**
   * Figures of a period with those of the one before and of a year before, as a whole and by group.
   *
   * @throws 422 where more centers than `mostCenters` are to be told apart.
   */
  async compute(tx: Tx, question: FigureQuestion & { readonly figure?: Figure }, mostCenters = Infinity) {
    const q = await asked(tx, question);
    if (q.by === 'center' && q.centers.length > mostCenters) throw tooManyCenters(q.centers.length, mostCenters);
    const figures = figuresFor(q, question.figure);
    const { period, by } = q;
    const span = spanOf(by);
    // What is not over is held against the same days of the other periods.
    const reached = reachedOf(period, q.today);
    const [previous, lastYear] = [before(period, reached), yearBefore(period, reached)];
    // A stretch of time is held against the stretch before it and that of a year before, any other group against its own.
    const groupPeriods =
      span === undefined ? { previous, lastYear } : { previous: earlier(period, span, reached), lastYear };
    return tx.asSystem(async () => {
      await refuseTooWide(tx, q, figures, [period, previous, lastYear]);
      const [own, before, yearAgo] = await tablesOf(tx, q, figures, [
        period,
        groupPeriods.previous,
        groupPeriods.lastYear,
      ]);
      const compared = span === undefined ? before : (await tablesOf(tx, { ...q, by: 'none' }, figures, [previous]))[0];
      const names = await namesOf(tx, by, [...new Set(own.rows.map((r) => r.key))]);
      const keyOf = (key: string, months: number): string =>
        span === undefined || key === '' ? key : earlierKey(by, key, months);
      return {
        ...period,
        asOf: q.now.toISOString(),
        basis: q.basis,
        by,
        comparedUntil: reached === period.to ? null : reached,
        previousPeriod: previous,
        lastYearPeriod: lastYear,
        groupPreviousPeriod: groupPeriods.previous,
        groupLastYearPeriod: groupPeriods.lastYear,
        centers: q.centers,
        items: figures.map((figure) => {
          const keys = [...(own.groups.get(figure)?.keys() ?? [])];
          return {
            figure,
            label: FIGURES[figure].label,
            kind: FIGURES[figure].kind,
            unit: FIGURES[figure].unit,
            total: tallyIn(own, figure),
            previous: tallyIn(compared, figure),
            lastYear: tallyIn(yearAgo, figure),
            groups:
              by === 'none'
                ? []
                : keys.map((key) => ({
                    key,
                    name: names.get(key) ?? key,
                    tally: tallyIn(own, figure, key),
                    previousKey: keyOf(key, span ?? 0),
                    previous: tallyIn(before, figure, keyOf(key, span ?? 0)),
                    lastYearKey: keyOf(key, 12),
                    lastYear: tallyIn(yearAgo, figure, keyOf(key, 12)),
                  })),
          };
        }),
      };
    });
  }

  /** Figures of a period alone, as a whole: for what is looked at often. */
  async totals(
    tx: Tx,
    question: Omit<FigureQuestion, 'by'> & { readonly figures?: readonly Figure[] },
  ): Promise<ReadonlyMap<Figure, Tally>> {
    const { figures = FIGURE_KEYS, ...rest } = question;
    const q = await asked(tx, rest);
    return tx.asSystem(async () => {
      await refuseTooWide(tx, q, figures, [q.period]);
      const [table] = await tablesOf(tx, q, figures, [q.period]);
      return new Map(figures.map((figure) => [figure, tallyIn(table, figure)]));
    });
  }

  /** The very cases behind a number: as many as it says, less those of matters sealed to whoever asks; none behind one withheld. */
  async cases(tx: Tx, figure: Figure, question: CaseQuestion) {
    const { part: name = 'numerator', limit = 20, cursor } = question;
    const q = await asked(tx, question);
    const part: CasePart = {
      verdicts: PART_VERDICTS[name],
      group: question.group === NO_GROUP ? '' : (question.group ?? null),
      note: question.note ?? null,
    };
    return tx.asSystem(async () => {
      await refuseTooWide(tx, q, [figure], [q.period]);
      const [table] = await tablesOf(tx, q, [figure], spansOf(q, q.period));
      const head = { asOf: q.now.toISOString(), relapseDays: q.centers.map((c) => c.relapseDays) };
      if (isWithheldIn(table, figure, part.group ?? undefined))
        return { ...head, isWithheld: true, total: null, weight: null, hiddenCount: null, items: [], nextCursor: null };
      const sums = table.rows.filter(
        (r) =>
          part.verdicts.includes(r.verdict) &&
          (part.group === null || r.key === part.group) &&
          (part.note === null || r.note === part.note),
      );
      return {
        ...head,
        isWithheld: false,
        total: sums.reduce((sum, r) => sum + r.count, 0),
        weight: inUnit(
          figure,
          sums.reduce((sum, r) => sum + r.weight, 0),
        ),
        hiddenCount: await hiddenCount(tx, q, figure, part),
        ...(await casesOf(tx, q, figure, part, { limit, ...(cursor === undefined ? {} : { cursor }) })),
      };
    });
  }
}

function figuresFor(q: Asked, figure: Figure | undefined): readonly Figure[] {
  if (figure !== undefined) return [figure];
  return q.by === 'agency' || q.agencyId !== null ? AGENCY_FIGURES : FIGURE_KEYS;
}

/** Sums of a period, as a whole and by group, and what of each figure is withheld in it. */
interface Table {
  readonly rows: readonly SumRow[];
  readonly wholes: ReadonlyMap<Figure, readonly SumRow[]>;
  readonly groups: ReadonlyMap<Figure, ReadonlyMap<string, readonly SumRow[]>>;
  readonly withheld: ReadonlyMap<Figure, Withheld>;
}

function tableOf(rows: readonly SumRow[], withheld: Table['withheld']): Table {
  const wholes = groupedBy(rows, (row) => row.figure);
  const groups = new Map([...wholes].map(([figure, some]) => [figure, groupedBy(some, (row) => row.key)]));
  return { rows, wholes, groups, withheld };
}

function groupedBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** A period, and those that its stretches of time are held against. */
function spansOf({ by, today }: Asked, period: Period): [Period, ...Period[]] {
  const span = spanOf(by);
  if (span === undefined) return [period];
  const reached = reachedOf(period, today);
  return [period, earlier(period, span, reached), earlier(period, 12, reached)];
}

/** The same stretch of time may stand in several tables: what one of them withholds, none shows. */
async function tablesOf<const Periods extends readonly Period[]>(
  tx: Tx,
  q: Asked,
  figures: readonly Figure[],
  periods: Periods,
): Promise<{ [K in keyof Periods]: Table }> {
  // A year is held against the year before it twice.
  const daysOf = ({ from, to }: Period): string => `${from} ${to}`;
  const apart = [...new Map(periods.map((period) => [daysOf(period), period])).values()];
  const known = new Map<string, Table>();
  for (const [nth, sums] of (await sumsOf(tx, q, figures, apart)).entries()) {
    const period = apart[nth] as Period;
    const rows = await held(tx, q, sums);
    known.set(daysOf(period), tableOf(rows, await withheldIn(tx, q, figures, period, rows)));
  }
  const tables = periods.map((period) => known.get(daysOf(period)) as Table);
  if (spanOf(q.by) === undefined) return tables as { [K in keyof Periods]: Table };
  const everywhere = (figure: Figure): ReadonlySet<string> =>
    new Set(tables.flatMap(({ withheld }) => [...(withheld.get(figure)?.groups ?? [])]));
  return tables.map(({ withheld, ...table }) => ({
    ...table,
    withheld: new Map(
      figures.map((figure) => [figure, { groups: everywhere(figure), whole: withheld.get(figure)?.whole ?? false }]),
    ),
  })) as { [K in keyof Periods]: Table };
}

const partOf = ({ verdict, note }: Pick<SumRow, 'verdict' | 'note'>): string =>
  verdict === 'apart' ? `apart ${note}` : verdict;

async function withheldIn(
  tx: Tx,
  q: Asked,
  figures: readonly Figure[],
  period: Period,
  rows: readonly SumRow[],
): Promise<ReadonlyMap<Figure, Withheld>> {
  if (q.guardedFrom === 'nobody') return new Map();
  type Counts = { count: number; closed: number };
  const groups = new Map<Figure, Map<string, Record<string, Counts>>>();
  const at = (row: Omit<SumRow, 'weight'>): Counts => {
    const ofFigure = groups.get(row.figure) ?? new Map<string, Record<string, Counts>>();
    groups.set(row.figure, ofFigure);
    const parts = ofFigure.get(row.key) ?? {};
    ofFigure.set(row.key, parts);
    return (parts[partOf(row)] ??= { count: 0, closed: 0 });
  };
  for (const row of rows) at(row).count += row.count;
  const small = [...groups].filter(([, ofFigure]) =>
    [...ofFigure.values()].some((parts) => Object.values(parts).some(({ count }) => isSmall(count))),
  );
  if (small.length === 0) return new Map();
  const closed = await closedSums(
    tx,
    q,
    figures.filter((figure) => small.some(([one]) => one === figure)),
    period,
  );
  for (const row of await held(tx, q, closed)) at(row).closed += row.count;
  return new Map(small.map(([figure, ofFigure]) => [figure, withheldOf(ofFigure)]));
}

function isWithheldIn({ withheld }: Table, figure: Figure, key?: string): boolean {
  const one = withheld.get(figure);
  return (key === undefined ? one?.whole : one?.groups.has(key)) ?? false;
}

function tallyIn(table: Table, figure: Figure, key?: string): Tally {
  if (isWithheldIn(table, figure, key)) return WITHHELD_TALLY;
  const rows = key === undefined ? table.wholes.get(figure) : table.groups.get(figure)?.get(key);
  return tallyOf(figure, rows ?? []);
}

/** Cases of places go with the street or community that holds them today, those of centers with the place below whoever asks. */
async function held<Row extends { readonly key: string }>(tx: Tx, q: Asked, rows: readonly Row[]): Promise<Row[]> {
  if (q.by === 'branch') return rows.map((row) => ({ ...row, key: q.branchOf.get(row.key) ?? row.key }));
  if (q.by !== 'street' && q.by !== 'community') return [...rows];
  const places = [...new Set(rows.map((r) => r.key).filter((key) => key !== ''))];
  if (places.length === 0) return [...rows];
  const found = await tx.query<{ id: string; holder: string | null }>(
    'select p::text as id, app.unit_within(p, $2, $3)::text as holder from unnest($1::uuid[]) p',
    [places, q.by, q.today],
  );
  const holders = new Map(found.map((h) => [h.id, h.holder ?? '']));
  return rows.map((row) => ({ ...row, key: holders.get(row.key) ?? '' }));
}

/** @throws 422 where an answer would keep everybody else waiting: what is summed says beforehand how many cases there are. */
async function refuseTooWide(tx: Tx, q: Asked, figures: readonly Figure[], periods: readonly Period[]): Promise<void> {
  if (q.by === 'center' && q.centers.length * figures.length > MOST_GROUPS) throw tooWide();
  if (planOf(q).counted.length <= 1 || !q.isKept) return;
  const whole: Asked = {
    ...q,
    by: 'none',
    disputeType: null,
    channel: null,
    level: null,
    committeeId: null,
    mediatorId: null,
    agencyId: null,
    placeIds: null,
    turned: [],
    unsummed: [],
  };
  let cases = 0;
  for (const rows of await sumsOf(tx, whole, figures, periods)) {
    for (const row of rows) cases += row.count;
  }
  if (cases > MOST_CASES) throw tooWide();
}

const tooManyCenters = (count: number, most: number): Error =>
  ruleViolation(
    'statistics.too-many-centers',
    `范围里有 ${count} 个中心，一页最多分列 ${most} 个。请改按下级综治中心分组，点开其中一个再看；要全部中心的，请导出 Excel。`,
    '/by',
  );

const tooWide = (): Error =>
  ruleViolation(
    'statistics.too-wide',
    '范围太大，不能这样统计。请选定一个综治中心、一个指标，或者缩短期间。',
    '/centerId',
  );

const WITHHELD_TALLY: Tally = {
  isWithheld: true,
  numerator: null,
  denominator: null,
  ratio: null,
  apartCount: null,
  apart: [],
};

function tallyOf(figure: Figure, rows: readonly SumRow[]): Tally {
  const weights: Record<Verdict, number> = { hit: 0, miss: 0, apart: 0 };
  const notes = new Map<Note, number>();
  for (const { verdict, note, weight } of rows) {
    weights[verdict] += weight;
    if (verdict === 'apart' && note !== null) notes.set(note, (notes.get(note) ?? 0) + weight);
  }
  const numerator = inUnit(figure, weights.hit);
  const denominator = FIGURES[figure].kind === 'rate' ? inUnit(figure, weights.hit + weights.miss) : null;
  return {
    isWithheld: false,
    numerator,
    denominator,
    ratio: denominator === null ? null : ratioOf(numerator, denominator),
    apartCount: inUnit(figure, weights.apart),
    apart: [...notes]
      .sort(([a], [b]) => NOTE_CODES[a] - NOTE_CODES[b])
      .map(([note, weight]) => ({ note, noteName: NOTES[note], count: inUnit(figure, weight) })),
  };
}
