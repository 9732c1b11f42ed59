/** One place that both windows changed, each in its own way. `pointer` is a JSON pointer into the form. */
export interface Difference {
  readonly pointer: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface Merged {
  /** Both sides' changes; where they differ, mine. */
  readonly value: unknown;
  readonly differences: readonly Difference[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Puts together what two windows made of the same beginning. Only what both changed differently needs a person. */
export function mergeDrafts(base: unknown, mine: unknown, theirs: unknown, pointer = ''): Merged {
  if (isSame(mine, theirs) || isSame(base, theirs)) return { value: mine, differences: [] };
  if (isSame(base, mine)) return { value: theirs, differences: [] };
  if (isFields(mine) && isFields(theirs)) {
    const from = isFields(base) ? base : {};
    const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
    const parts = names.map(
      (name) => [name, mergeDrafts(from[name], mine[name], theirs[name], `${pointer}/${name}`)] as const,
    );
    return {
      value: Object.fromEntries(parts.map(([name, part]) => [name, part.value])),
      differences: parts.flatMap(([, part]) => part.differences),
    };
  }
  if (isRows(mine) && isRows(theirs) && mine.length === theirs.length) {
    const from = isRows(base) ? base : [];
    const parts = mine.map((row, i) => mergeDrafts(from[i], row, theirs[i], `${pointer}/${i}`));
    return { value: parts.map((part) => part.value), differences: parts.flatMap((part) => part.differences) };
  }
  return { value: mine, differences: [{ pointer, base, mine, theirs }] };
}

/** The value with `chosen` at the place of the pointer. */
export function withValueAt(value: unknown, pointer: string, chosen: unknown): unknown {
  const [, name, ...rest] = pointer.split('/');
  if (name === undefined) return chosen;
  const inner = rest.length === 0 ? '' : `/${rest.join('/')}`;
  if (Array.isArray(value))
    return value.map((row: unknown, i) => (String(i) === name ? withValueAt(row, inner, chosen) : row));
  const fields = isFields(value) ? value : {};
  return { ...fields, [name]: withValueAt(fields[name], inner, chosen) };
}

/** Equal as a form sends it: absent, null and empty text are the same nothing. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part === null || part === '') return undefined;
    return isFields(part)
      ? Object.fromEntries(
          Object.keys(part)
            .sort()
            .map((key) => [key, part[key]]),
        )
      : part;
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRows(value: unknown): value is readonly Fields[] {
  return Array.isArray(value) && value.every(isFields);
}
