import type { Column, FactMeasures, FactTraits, Footing } from './columns';

/** Things counted that share all their traits, added up. */
export type FactGroup = FactTraits & FactMeasures & { readonly unit: string };

/** Figures of one reporting unit by column, whole numbers (amounts in fen). */
export type Figures = Readonly<Record<string, number>>;

export interface Table {
  readonly rows: readonly { readonly unit: string; readonly figures: Figures }[];
  /** Reckoned from what was counted, not from the rows. */
  readonly sum: Figures;
}

export function fits(fact: FactTraits, { where }: Column): boolean {
  return (Object.keys(where) as (keyof FactTraits)[]).every((trait) => fact[trait] === where[trait]);
}

/** One row for each unit, also for those where nothing was counted. What belongs to no unit named has a row of its own. */
export function tabulate(columns: readonly Column[], units: readonly string[], groups: readonly FactGroup[]): Table {
  const seen = new Set(units);
  for (const { unit } of groups) seen.add(unit);
  return {
    rows: [...seen].map((unit) => ({
      unit,
      figures: figuresOf(
        columns,
        groups.filter((g) => g.unit === unit),
      ),
    })),
    sum: figuresOf(columns, groups),
  };
}

function figuresOf(columns: readonly Column[], groups: readonly FactGroup[]): Figures {
  return Object.fromEntries(
    columns.map((column) => [
      column.key,
      groups.filter((g) => fits(g, column)).reduce((sum, g) => sum + g[column.measure], 0),
    ]),
  );
}

export interface Fault {
  /** Reporting unit; null for the sum. */
  readonly unit: string | null;
  readonly label: string;
  readonly expected: number;
  readonly found: number;
}

/** Where the table does not add up: parts against their whole in each row and the sum, rows against the sum. */
export function faultsOf({ rows, sum }: Table, footings: readonly Footing[]): Fault[] {
  const lines = [...rows, { unit: null, figures: sum }];
  const across = lines.flatMap(({ unit, figures }) =>
    footings.flatMap(({ whole, parts, label }) => {
      const expected = figures[whole] ?? 0;
      const found = parts.reduce((total, part) => total + (figures[part] ?? 0), 0);
      return expected === found ? [] : [{ unit, label, expected, found }];
    }),
  );
  const down = Object.entries(sum).flatMap(([key, expected]) => {
    const found = rows.reduce((total, { figures }) => total + (figures[key] ?? 0), 0);
    return expected === found ? [] : [{ unit: null, label: `各行之和应等于合计（${key}）`, expected, found }];
  });
  return [...across, ...down];
}
