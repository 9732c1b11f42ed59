import { Injectable } from '@nestjs/common';
import { addMonths, legalDateFromInstant, legalDateOf, monthOf, yearOf } from '../../../kernel';
import { authorize, centersOf } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import type { Breakdown } from '../domain/breakdowns';
import { type Figure, FIGURES } from '../domain/figures';
import { suppress } from '../domain/suppression';
import { FIGURE_READERS } from '../policies';
import { Figures, type Tally } from './figures';

const DAY_FIGURES = ['registered', 'accepted', 'closed'] as const satisfies readonly Figure[];
const YEAR_FIGURES = [
  'registered',
  'accepted',
  'closed',
  'agreed',
  'settled',
  'performed',
] as const satisfies readonly Figure[];
const LINES = ['registered', 'accepted', 'closed'] as const satisfies readonly Figure[];
const RESPONSE = ['signed-in-time', 'arrived-in-time', 'answered-in-time'] as const satisfies readonly Figure[];
const TREND_MONTHS = 12;
/** A rate of fewer says who they were. */
const FEWEST = 5;
/** What a screen holds. */
const MOST_GROUPS = 12;

/** 大屏: the same questions as the desk's, answered for a screen that anybody may pass: numbers only, no small groups. */
@Injectable()
export class WallBoard {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly figures: Figures,
  ) {}

  async read(centerId: string | undefined) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'statistics.wall');
      const scope = centerId === undefined ? {} : { centerId };
      const today = legalDateFromInstant(tx.now);
      const [year, month] = [yearOf(today), monthOf(today)];
      const thisYear = { ...scope, from: legalDateOf(year, 1, 1), to: today };
      const since = addMonths(legalDateOf(year, month, 1), 1 - TREND_MONTHS);
      const areaBy = await areasOf(tx, centerId);
      return {
        asOf: tx.now.toISOString(),
        name: await nameOf(tx, centerId),
        day: await this.totals(tx, { ...scope, from: today, to: today }, DAY_FIGURES),
        month: await this.totals(tx, { ...scope, from: legalDateOf(year, month, 1), to: today }, DAY_FIGURES),
        year: await this.totals(tx, thisYear, YEAR_FIGURES),
        trend: await this.trend(tx, { ...scope, from: since, to: today }),
        types: await this.groups(tx, thisYear, 'type-1'),
        areaBy,
        areas: await this.groups(tx, thisYear, areaBy),
        response: await this.totals(tx, thisYear, RESPONSE),
        lights: await lightsOf(tx, centerId),
      };
    });
  }

  private async totals(tx: Tx, question: Question, figures: readonly Figure[]) {
    const found = await this.figures.totals(tx, { ...question, figures, guardedFrom: 'everybody' });
    return figures.map((figure) => shownOf(figure, found.get(figure)));
  }

  private async trend(tx: Tx, question: Question) {
    const lines = [];
    for (const figure of LINES) {
      const { items } = await this.figures.compute(tx, {
        ...question,
        figure,
        by: 'month',
        guardedFrom: 'everybody',
      });
      const counts = new Map(items[0]?.groups.map((g) => [g.key, g.tally.numerator]));
      lines.push({ figure, label: FIGURES[figure].label, counts });
    }
    const months = Array.from({ length: TREND_MONTHS }, (_, i) => addMonths(question.from, i));
    return {
      months: months.map((first) => `${monthOf(first)}月`),
      lines: lines.map(({ figure, label, counts }) => ({
        figure,
        label,
        values: months.map((first) => {
          const count = counts.get(first.slice(0, 7));
          return count === undefined ? 0 : count;
        }),
      })),
    };
  }

  private async groups(tx: Tx, question: Question, by: Breakdown) {
    const { items } = await this.figures.compute(tx, { ...question, figure: 'registered', by, guardedFrom: 'nobody' });
    // Every small number is hidden here, whether or not something in it is sealed.
    const groups = (items[0]?.groups ?? []).map(({ key, name, tally }) => ({ key, name, value: tally.numerator ?? 0 }));
    const { cells } = suppress(groups.map((g) => [g.value]));
    return groups
      .map((g, i) => ({ ...g, value: cells[i]?.[0] === true ? null : g.value }))
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
      .slice(0, MOST_GROUPS);
  }
}

interface Question {
  readonly centerId?: string;
  readonly from: ReturnType<typeof legalDateOf>;
  readonly to: ReturnType<typeof legalDateOf>;
}

function shownOf(figure: Figure, tally: Tally | undefined) {
  const { label, kind, unit } = FIGURES[figure];
  const { isWithheld = false, numerator = 0, denominator = null, ratio = null } = tally ?? {};
  const isSuppressed = isWithheld || (denominator !== null && denominator > 0 && denominator < FEWEST);
  return {
    figure,
    label,
    kind,
    unit,
    count: kind === 'rate' ? null : numerator,
    ratio: isSuppressed ? null : ratio,
    isSuppressed,
  };
}

async function nameOf(tx: Tx, centerId: string | undefined): Promise<string> {
  const ids = centersOf(tx.actor, FIGURE_READERS);
  const { name } = await tx.one<{ name: string }>(
    `select name from center where id = any ($1) and ($2::uuid is null or id = $2)
      order by cardinality(ancestor_center_ids), name limit 1`,
    [ids, centerId ?? null],
  );
  return name;
}

/** Streets of a district, communities of a street, the places below whoever has many. */
async function areasOf(tx: Tx, centerId: string | undefined): Promise<Breakdown> {
  const ids = centersOf(tx.actor, FIGURE_READERS);
  const [top] = await tx.query<{ kind: string }>(
    `select u.kind from center c join org_unit u on u.id = c.unit_id
      where c.id = any ($1) and ($2::uuid is null or c.id = $2) order by cardinality(c.ancestor_center_ids), c.name limit 1`,
    [ids, centerId ?? null],
  );
  return top?.kind === 'district' ? 'street' : top?.kind === 'street' ? 'community' : 'branch';
}

/** How many clocks are late or nearly so. */
async function lightsOf(tx: Tx, centerId: string | undefined): Promise<{ red: number; yellow: number }> {
  const ids = centerId === undefined ? centersOf(tx.actor, FIGURE_READERS) : [centerId];
  return tx.asSystem(() =>
    tx.one<{ red: number; yellow: number }>(
      `select count(*) filter (where o.due_at <= $2)::int as red, count(*) filter (where o.due_at > $2)::int as yellow
         from open_clock o
        where o.watched_by = any ($1) and o.warns_at <= $2 and o.due_at < $2 + interval '60 days' and (o.is_home or o.center_id <> all ($1))`,
      [ids, tx.now],
    ),
  );
}
