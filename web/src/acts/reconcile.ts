import { type Difference, isSame, mergeDrafts } from '../ui/merge-drafts';

type Fields = Readonly<Record<string, unknown>>;

/** What becomes of a form whose content somebody else has changed meanwhile. */
export interface Reconciled {
  /** What stays typed over what is there now; where both changed the same, mine until a person decides. */
  readonly typed: Record<string, unknown>;
  /** Fields that only the other changed. */
  readonly takenOver: readonly { readonly pointer: string; readonly before: unknown; readonly now: unknown }[];
  /** Fields that only I changed. */
  readonly kept: readonly string[];
  /** Places that both changed, each in its own way. */
  readonly differences: readonly Difference[];
}

/** Puts what was typed over `base` onto `now`, the content as it is by this time. */
export function reconcile(base: Fields, typed: Fields, now: Fields): Reconciled {
  const isTheirs = (name: string): boolean => !isSame(base[name], now[name]);
  const changed = [...new Set([...Object.keys(base), ...Object.keys(now)])].filter(isTheirs);
  const mine = Object.keys(typed).filter((name) => !isSame(typed[name], now[name]));
  const merged = mine.map((name) => [name, mergeDrafts(base[name], typed[name], now[name], `/${name}`)] as const);
  return {
    typed: Object.fromEntries(merged.map(([name, part]) => [name, part.value])),
    takenOver: changed
      .filter((name) => !mine.includes(name))
      .map((name) => ({ pointer: `/${name}`, before: base[name], now: now[name] })),
    kept: mine.filter((name) => !changed.includes(name)).map((name) => `/${name}`),
    differences: merged.flatMap(([, part]) => part.differences),
  };
}
