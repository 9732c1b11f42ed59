import type { Column, FactMeasures, FactTraits } from './columns';
import { fits } from './tabulate';

/** One thing counted, as it stood behind a cell. */
export type Fact = FactTraits & FactMeasures & { readonly unit: string };

/** One thing that is counted otherwise now than when the report was frozen; null where it is not counted at all. */
export interface Change {
  readonly kind: string;
  readonly subjectId: string;
  readonly disputeId: string | null;
  readonly before: Fact | null;
  readonly after: Fact | null;
}

export interface Difference {
  readonly unit: string;
  readonly cell: string;
  readonly before: number;
  readonly after: number;
  /** What was not in the cell and is now. */
  readonly entered: readonly Change[];
  /** What was in the cell and is no longer. */
  readonly left: readonly Change[];
  /** What is in the cell as before, with another weight (people, amount). */
  readonly changed: readonly Change[];
}

/**
 * Why each cell differs from what was frozen: the things that entered it, left it, or weigh otherwise. The figures as
 * frozen and these changes add up to the figures of today; a cell that no change explains does not exist.
 */
export function explain(
  columns: readonly Column[],
  frozen: ReadonlyMap<string, Readonly<Record<string, number>>>,
  changes: readonly Change[],
): Difference[] {
  const units = new Set(
    changes.flatMap(({ before, after }) => [before?.unit, after?.unit]).filter((u) => u !== undefined),
  );
  return [...units].flatMap((unit) =>
    columns.flatMap((column) => {
      const weigh = (fact: Fact | null): number | null =>
        fact !== null && fact.unit === unit && fits(fact, column) ? fact[column.measure] : null;
      const moved = changes.map((change) => ({ change, was: weigh(change.before), is: weigh(change.after) }));
      const entered = moved.filter(({ was, is }) => was === null && is !== null && is !== 0);
      const left = moved.filter(({ was, is }) => was !== null && is === null && was !== 0);
      const changed = moved.filter(({ was, is }) => was !== null && is !== null && was !== is);
      const shift = [...entered, ...left, ...changed].reduce((sum, { was, is }) => sum + (is ?? 0) - (was ?? 0), 0);
      if (entered.length + left.length + changed.length === 0) return [];
      const before = frozen.get(unit)?.[column.key] ?? 0;
      const of = (list: typeof moved): Change[] => list.map(({ change }) => change);
      return [
        {
          unit,
          cell: column.key,
          before,
          after: before + shift,
          entered: of(entered),
          left: of(left),
          changed: of(changed),
        },
      ];
    }),
  );
}
