import { Injectable } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { DISPUTE_TYPES } from '../../disputes';
import { type Breakdown, type Figure, FIGURE_KEYS, FIGURES, NOTES, type Note, ratioOf } from '../domain/figures';
import { before, type Period, yearBefore } from '../domain/periods';
import { countsOf } from './facts';
import { type FigureFilter, type FigureScope, parametersOf, scopeOf } from './figure-query';

interface CountRow {
  readonly key: string;
  readonly verdict: 'hit' | 'miss' | 'apart';
  readonly note: Note | null;
  readonly count: number;
}

/** What adds up to one figure. */
export interface Tally {
  readonly numerator: number;
  readonly denominator: number | null;
  readonly ratio: number | null;
  readonly apartCount: number;
  readonly apart: readonly { readonly note: string; readonly noteName: string; readonly count: number }[];
}

const AGENCY_FIGURES: readonly Figure[] = ['signed-in-time', 'arrived-in-time', 'answered-in-time'];
const TYPE_NAMES: Readonly<Record<string, string>> = DISPUTE_TYPES;

/** Figures of a period, with the one before and the year before, broken down as asked. */
@Injectable()
export class ReadFigures {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(filter: FigureFilter & { readonly by?: Breakdown; readonly figure?: Figure }) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'statistics.read');
      return this.compute(tx, filter);
    });
  }

  /** The answer within a transaction whose actor was authorized; the export prints the same. */
  async compute(tx: Tx, filter: FigureFilter & { readonly by?: Breakdown; readonly figure?: Figure }) {
    const scope = scopeOf(tx, filter);
    const by = filter.by ?? 'none';
    const asked = filter.figure === undefined ? figuresFor(scope, by) : [filter.figure];
    const counted = await tx.asSystem(async () => {
      const items = [];
      for (const figure of asked) {
        items.push({
          figure,
          rows: await this.count(tx, figure, by, scope, scope.period),
          previous: await this.count(tx, figure, 'none', scope, before(scope.period)),
          lastYear: await this.count(tx, figure, 'none', scope, yearBefore(scope.period)),
        });
      }
      return { items, centers: await centerNames(tx, scope.centerIds) };
    });
    const keys = [...new Set(counted.items.flatMap((i) => i.rows.map((r) => r.key)))];
    const names = await tx.asSystem(() => namesOf(tx, by, keys));
    return {
      from: scope.period.from,
      to: scope.period.to,
      asOf: tx.now.toISOString(),
      asOfDay: legalDateFromInstant(tx.now),
      by,
      centers: counted.centers,
      items: counted.items.map(({ figure, rows, previous, lastYear }) => ({
        figure,
        label: FIGURES[figure].label,
        kind: FIGURES[figure].kind,
        unit: FIGURES[figure].unit,
        total: tallyOf(figure, rows),
        previous: tallyOf(figure, previous),
        lastYear: tallyOf(figure, lastYear),
        groups:
          by === 'none'
            ? []
            : [...new Set(rows.map((r) => r.key))].map((key) => ({
                key,
                name: names.get(key) ?? key,
                tally: tallyOf(
                  figure,
                  rows.filter((r) => r.key === key),
                ),
              })),
      })),
    };
  }

  private async count(
    tx: Tx,
    figure: Figure,
    by: Breakdown,
    scope: FigureScope,
    period: Period,
  ): Promise<readonly CountRow[]> {
    return tx.query<CountRow>(countsOf(figure, by), parametersOf(tx, scope, period));
  }
}

/** Narrowed to an agency, only what agencies do says anything. */
function figuresFor(scope: FigureScope, by: Breakdown): readonly Figure[] {
  return by === 'agency' || scope.agencyId !== null ? AGENCY_FIGURES : FIGURE_KEYS;
}

export function tallyOf(figure: Figure, rows: readonly CountRow[]): Tally {
  const sum = (verdict: CountRow['verdict']): number =>
    rows.filter((r) => r.verdict === verdict).reduce((total, r) => total + r.count, 0);
  const numerator = sum('hit');
  const isRate = FIGURES[figure].kind === 'rate';
  const denominator = isRate ? numerator + sum('miss') : null;
  const apart = new Map<Note, number>();
  for (const row of rows) {
    if (row.verdict === 'apart' && row.note !== null) apart.set(row.note, (apart.get(row.note) ?? 0) + row.count);
  }
  return {
    numerator,
    denominator,
    ratio: denominator === null ? null : ratioOf(numerator, denominator),
    apartCount: sum('apart'),
    apart: [...apart].map(([note, count]) => ({ note, noteName: NOTES[note], count })),
  };
}

async function centerNames(tx: Tx, ids: readonly string[]) {
  return tx.query<{ id: string; name: string }>('select id, name from center where id = any ($1) order by name', [ids]);
}

/** What a group is called on screen and paper; '' is a case that has none of it. */
export async function namesOf(tx: Tx, by: Breakdown, keys: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>([['', by === 'none' ? '合计' : '未填']]);
  const lookUp = NAMES[by];
  if (lookUp !== undefined) {
    const ids = keys.filter((key) => key !== '');
    for (const { id, name } of await tx.query<{ id: string; name: string }>(lookUp, [ids])) names.set(id, name);
    return names;
  }
  for (const key of keys) if (key !== '') names.set(key, plainName(by, key));
  return names;
}

const NAMES: Partial<Record<Breakdown, string>> = {
  center: 'select id::text, name from center where id = any ($1::uuid[])',
  'local-type': 'select id::text, name from local_type where id = any ($1::uuid[])',
  mediator: 'select id::text, display_name as name from account where id = any ($1::uuid[])',
  agency: 'select id::text, name from agency where id = any ($1::uuid[])',
};

function plainName(by: Breakdown, key: string): string {
  const [year, rest] = key.split('-');
  if (by === 'month') return `${year}年${Number(rest)}月`;
  if (by === 'quarter') return `${year}年第${rest?.slice(1)}季度`;
  if (by === 'year') return `${year}年`;
  return TYPE_NAMES[key] ?? key;
}
