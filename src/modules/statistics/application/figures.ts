import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { earlier, earlierKey, spanOf } from '../domain/breakdowns';
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
import { before, type Period, yearBefore } from '../domain/periods';
import { type CasePart, casesOf, hiddenCount } from './figure-cases';
import { type Asked, asked, type FigureQuestion } from './figure-question';
import { planOf, type SumRow, sumsOf } from './figure-sums';
import { namesOf } from './group-names';

/** What adds up to one figure. */
export interface Tally {
  readonly numerator: number;
  readonly denominator: number | null;
  readonly ratio: number | null;
  readonly apartCount: number;
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
  /** Figures of a period with those of the one before and of a year before, as a whole and by group. */
  async compute(tx: Tx, question: FigureQuestion & { readonly figure?: Figure }) {
    const q = await asked(tx, question);
    const figures = figuresFor(q, question.figure);
    const { period, by } = q;
    const span = spanOf(by);
    const [previous, lastYear] = [before(period), yearBefore(period)];
    // A stretch of time is held against the stretch before it and that of a year before, any other group against its own.
    const groupPeriods =
      span === undefined ? { previous, lastYear } : { previous: earlier(period, span), lastYear: earlier(period, 12) };
    return tx.asSystem(async () => {
      await refuseTooWide(tx, q, figures, [period, previous, lastYear]);
      const whole = { ...q, by: 'none' } as const;
      const rows = await grouped(tx, q, figures, period);
      const compared = {
        previous: await sumsOf(tx, whole, figures, previous),
        lastYear: await sumsOf(tx, whole, figures, lastYear),
      };
      const groups = {
        previous: by === 'none' ? [] : await grouped(tx, q, figures, groupPeriods.previous),
        lastYear: by === 'none' ? [] : await grouped(tx, q, figures, groupPeriods.lastYear),
      };
      const names = await namesOf(tx, by, [...new Set(rows.map((r) => r.key))]);
      const keyOf = (key: string, months: number): string =>
        span === undefined || key === '' ? key : earlierKey(by, key, months);
      return {
        ...period,
        asOf: q.now.toISOString(),
        basis: q.basis,
        by,
        previousPeriod: previous,
        lastYearPeriod: lastYear,
        groupPreviousPeriod: groupPeriods.previous,
        groupLastYearPeriod: groupPeriods.lastYear,
        centers: q.centers,
        items: figures.map((figure) => {
          const own = rows.filter((r) => r.figure === figure);
          const tally = (some: readonly SumRow[], key?: string): Tally =>
            tallyOf(
              figure,
              some.filter((r) => r.figure === figure && (key === undefined || r.key === key)),
            );
          return {
            figure,
            label: FIGURES[figure].label,
            kind: FIGURES[figure].kind,
            unit: FIGURES[figure].unit,
            total: tally(own),
            previous: tally(compared.previous),
            lastYear: tally(compared.lastYear),
            groups:
              by === 'none'
                ? []
                : [...new Set(own.map((r) => r.key))].map((key) => ({
                    key,
                    name: names.get(key) ?? key,
                    tally: tally(own, key),
                    previousKey: keyOf(key, span ?? 0),
                    previous: tally(groups.previous, keyOf(key, span ?? 0)),
                    lastYearKey: keyOf(key, 12),
                    lastYear: tally(groups.lastYear, keyOf(key, 12)),
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
    const rows = await tx.asSystem(async () => {
      await refuseTooWide(tx, q, figures, [q.period]);
      return sumsOf(tx, q, figures, q.period);
    });
    return new Map(
      figures.map((figure) => [
        figure,
        tallyOf(
          figure,
          rows.filter((r) => r.figure === figure),
        ),
      ]),
    );
  }

  /** The very cases behind a number: as many as it says, less those of matters sealed to whoever asks. */
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
      const sums = (await grouped(tx, q, [figure], q.period)).filter(
        (r) =>
          part.verdicts.includes(r.verdict) &&
          (part.group === null || r.key === part.group) &&
          (part.note === null || r.note === part.note),
      );
      return {
        asOf: q.now.toISOString(),
        relapseDays: q.centers.map((c) => c.relapseDays),
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

/** Sums by group; those of places by the street or community that holds them today. */
async function grouped(tx: Tx, q: Asked, figures: readonly Figure[], period: Period): Promise<SumRow[]> {
  const rows = await sumsOf(tx, q, figures, period);
  if (q.by !== 'street' && q.by !== 'community') return rows;
  const places = [...new Set(rows.map((r) => r.key).filter((key) => key !== ''))];
  const held = await tx.query<{ id: string; holder: string | null }>(
    'select p::text as id, app.unit_within(p, $2, $3)::text as holder from unnest($1::uuid[]) p',
    [places, q.by, q.today],
  );
  const holders = new Map(held.map((h) => [h.id, h.holder ?? '']));
  const joined = new Map<string, SumRow>();
  for (const row of rows) {
    const key = holders.get(row.key) ?? '';
    const at = [row.figure, key, row.verdict, row.note].join(' ');
    const before = joined.get(at);
    joined.set(at, {
      ...row,
      key,
      count: row.count + (before?.count ?? 0),
      weight: row.weight + (before?.weight ?? 0),
    });
  }
  return [...joined.values()];
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
  for (const period of periods) {
    for (const row of await sumsOf(tx, whole, figures, period)) cases += row.count;
  }
  if (cases > MOST_CASES) throw tooWide();
}

const tooWide = (): Error =>
  ruleViolation(
    'statistics.too-wide',
    '范围太大，不能这样统计。请选定一个综治中心、一个指标，或者缩短期间。',
    '/centerId',
  );

export function tallyOf(figure: Figure, rows: readonly SumRow[]): Tally {
  const sum = (verdict: Verdict): number =>
    inUnit(
      figure,
      rows.filter((r) => r.verdict === verdict).reduce((total, r) => total + r.weight, 0),
    );
  const numerator = sum('hit');
  const denominator = FIGURES[figure].kind === 'rate' ? numerator + sum('miss') : null;
  const apart = new Map<Note, number>();
  for (const row of rows) {
    if (row.verdict === 'apart' && row.note !== null)
      apart.set(row.note, (apart.get(row.note) ?? 0) + inUnit(figure, row.weight));
  }
  return {
    numerator,
    denominator,
    ratio: denominator === null ? null : ratioOf(numerator, denominator),
    apartCount: sum('apart'),
    apart: [...apart]
      .sort(([a], [b]) => NOTE_CODES[a] - NOTE_CODES[b])
      .map(([note, count]) => ({ note, noteName: NOTES[note], count })),
  };
}
