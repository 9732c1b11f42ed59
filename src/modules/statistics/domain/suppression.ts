/** Fewer cases than this could be recognised by whoever knows the place; none at all says nothing of anybody. */
const RECOGNISABLE_BELOW = 5;

/** Stands where a number is withheld, and why. */
export const WITHHELD = '＊';
export const WITHHELD_WHY =
  '小数保护：不满 5 件、其中有阅看人不能查看的封存事项的数字，以“＊”代替；可以推算出它的数字一并隐去，也不列清单。';

/** So many cases, of which so many belong to matters that whoever reads may not open. */
export interface GuardedCount {
  readonly count: number;
  readonly closed: number;
}
/** What is counted of a group, by part: what was reached, what was missed, what stands apart. */
export type GuardedGroup = Readonly<Record<string, GuardedCount>>;

export interface Withheld {
  readonly groups: ReadonlySet<string>;
  readonly whole: boolean;
}

/** A small number tells of a sealed matter to whoever knows where it belongs. */
export const isSmall = (count: number): boolean => count > 0 && count < RECOGNISABLE_BELOW;
const tells = ({ count, closed }: GuardedCount): boolean => closed > 0 && isSmall(count);
const sizeOf = (group: GuardedGroup): number => Object.values(group).reduce((sum, { count }) => sum + count, 0);

/**
 * Which groups of a figure, and whether its whole, are not shown. What the whole less the groups shown comes to is that of all
 * that are withheld: it must be of two at least and tell nothing either, so others are withheld with them, those first that add
 * to what tells, then the smallest.
 */
export function withheldOf(groups: ReadonlyMap<string, GuardedGroup>): Withheld {
  const whole = summed([...groups.values()]);
  const hidden = new Set([...groups].filter(([, group]) => Object.values(group).some(tells)).map(([key]) => key));
  if (hidden.size === 0 || Object.values(whole).some(tells)) return { groups: hidden, whole: hidden.size > 0 };
  for (;;) {
    const rest = Object.entries(summed([...hidden].map((key) => groups.get(key) ?? {})));
    const telling = rest.filter(([, n]) => tells(n)).map(([part]) => part);
    if (hidden.size > 1 && telling.length === 0) return { groups: hidden, whole: false };
    const adds = (group: GuardedGroup): boolean => telling.some((part) => (group[part]?.count ?? 0) > 0);
    const [next] = [...groups]
      .filter(([key, group]) => !hidden.has(key) && sizeOf(group) > 0)
      .sort(
        ([a, one], [b, other]) =>
          Number(adds(other)) - Number(adds(one)) || sizeOf(one) - sizeOf(other) || (a < b ? -1 : 1),
      );
    if (next === undefined) return { groups: hidden, whole: true };
    hidden.add(next[0]);
  }
}

function summed(groups: readonly GuardedGroup[]): GuardedGroup {
  const sum: Record<string, GuardedCount> = {};
  for (const [part, { count, closed }] of groups.flatMap((group) => Object.entries(group))) {
    const before = sum[part] ?? { count: 0, closed: 0 };
    sum[part] = { count: before.count + count, closed: before.closed + closed };
  }
  return sum;
}

/** Which numbers of a table are not shown: cells, sums of rows and of columns, the sum of all. */
export interface Suppression {
  readonly cells: readonly (readonly boolean[])[];
  readonly rows: readonly boolean[];
  readonly columns: readonly boolean[];
  readonly total: boolean;
}

/**
 * Hides small numbers of a table of cases that is shown with its sums, and as many others, the smallest first, that none of
 * them can be reckoned from what is left.
 *
 * Every number, sums included, stands in two equations: that of its row and that of its column. Taken as an edge between the
 * two, a hidden number can be reckoned exactly when it lies on no circle of hidden ones, that is, when it is a bridge.
 */
export function suppress(table: readonly (readonly number[])[]): Suppression {
  const grid = withSums(table);
  const hidden = grid.map((row) => row.map(isSmall));
  for (let bare = bridgesOf(hidden); bare.length > 0; bare = bridgesOf(hidden)) {
    for (const [r, c] of bare) hideNext(grid, hidden, r, c);
  }
  const last = hidden.at(-1) ?? [];
  return {
    cells: hidden.slice(0, -1).map((row) => row.slice(0, -1)),
    rows: hidden.slice(0, -1).map((row) => row.at(-1) ?? false),
    columns: last.slice(0, -1),
    total: last.at(-1) ?? false,
  };
}

function withSums(table: readonly (readonly number[])[]): number[][] {
  const add = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);
  const rows = table.map((row) => [...row, add(row)]);
  return [...rows, (rows[0] ?? [0]).map((_, c) => add(rows.map((row) => row[c] ?? 0)))];
}

/** Hides the next number of the same row or column: the smallest that is any, cells before sums. */
function hideNext(grid: readonly (readonly number[])[], hidden: boolean[][], r: number, c: number): void {
  const [lastRow, lastColumn] = [grid.length - 1, (grid[0]?.length ?? 1) - 1];
  const candidates = [...grid.keys()]
    .map((row): [number, number] => [row, c])
    .concat([...(grid[r]?.keys() ?? [])].map((column): [number, number] => [r, column]))
    .filter(([row, column]) => hidden[row]?.[column] === false)
    .map(([row, column]) => {
      const n = grid[row]?.[column] ?? 0;
      return { row, column, n, rank: (n === 0 ? 2 : 0) + (row === lastRow || column === lastColumn ? 1 : 0) };
    })
    .sort((a, b) => a.rank - b.rank || a.n - b.n || a.row - b.row || a.column - b.column);
  const [next] = candidates;
  const row = next === undefined ? undefined : hidden[next.row];
  if (next !== undefined && row !== undefined) row[next.column] = true;
}

/** Hidden numbers that lie on no circle of hidden ones: found by one walk that notes how far back each branch leads. */
function bridgesOf(hidden: readonly (readonly boolean[])[]): [number, number][] {
  const rowCount = hidden.length;
  const neighbors: number[][] = Array.from({ length: rowCount + (hidden[0]?.length ?? 0) }, () => []);
  hidden.forEach((row, r) => {
    row.forEach((isHidden, c) => {
      if (!isHidden) return;
      neighbors[r]?.push(rowCount + c);
      neighbors[rowCount + c]?.push(r);
    });
  });
  const [found, back] = [neighbors.map(() => 0), neighbors.map(() => 0)];
  const bridges: [number, number][] = [];
  let count = 0;
  for (const start of neighbors.keys()) {
    if (found[start] !== 0) continue;
    const path = [{ node: start, from: -1, next: 0 }];
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const { node, from } = step;
      if (found[node] === 0) found[node] = back[node] = ++count;
      const to = neighbors[node]?.[step.next++];
      if (to === undefined) {
        path.pop();
        if (from < 0) continue;
        back[from] = Math.min(back[from] ?? 0, back[node] ?? 0);
        if ((back[node] ?? 0) > (found[from] ?? 0))
          bridges.push(node < rowCount ? [node, from - rowCount] : [from, node - rowCount]);
      } else if (to !== from) {
        if (found[to] === 0) path.push({ node: to, from: node, next: 0 });
        else back[node] = Math.min(back[node] ?? 0, found[to] ?? 0);
      }
    }
  }
  return bridges;
}
