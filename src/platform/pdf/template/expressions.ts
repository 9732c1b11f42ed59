import { Context, isTruthy, Liquid, Tokenizer, toValueSync, TypeGuards, Value } from 'liquidjs';
import { ALLOWED_FILTERS, PAPER_FILTERS } from './filters';

/** A LiquidJS expression of a template, parsed once. It can read the data and apply filters; it can run nothing else. */
export interface Expression {
  readonly source: string;
  /** Paths that the expression reads; array positions appear as digits, computed ones as `0`. */
  readonly reads: readonly (readonly string[])[];
  evaluate(scope: Readonly<Record<string, unknown>>): unknown;
}

/** What is wrong with an expression; the parser adds file and line. */
export class ExpressionError extends Error {}

/** Characters and items that one expression may make on its way. */
const MOST_MEMORY = 2_000_000;

const engine = new Liquid({ strictFilters: true, ownPropertyOnly: true, cache: false, memoryLimit: MOST_MEMORY });
for (const name of Object.keys(engine.filters))
  if (!ALLOWED_FILTERS.includes(name)) Reflect.deleteProperty(engine.filters, name);
for (const [name, filter] of Object.entries(PAPER_FILTERS)) engine.registerFilter(name, filter);

/** The names that may stand after `|`. */
export const FILTER_NAMES: readonly string[] = Object.keys(engine.filters);

/** @throws ExpressionError when the source is no single expression or uses an unknown filter */
export function parseExpression(source: string): Expression {
  let value: Value;
  let reads: string[][];
  // `(1..100000000)` would be written out in full.
  if (source.replace(/'[^']*'|"[^"]*"/g, '').includes('..'))
    throw new ExpressionError(`“${source}”用了“..”，这里不能列出一串数字`);
  try {
    const tokenizer = new Tokenizer(source, engine.options.operators);
    const token = tokenizer.readFilteredValue();
    tokenizer.skipBlank();
    // LiquidJS takes `a b` for `a` and drops the rest; on a paper that would be a sentence lost in silence.
    const depth = [...token.initial.postfix].reduce(
      (n, part) => (TypeGuards.isOperatorToken(part) ? (part.operator === 'not' ? n : n - 1) : n + 1),
      0,
    );
    if (!tokenizer.end() || depth !== 1) throw new ExpressionError(`“${source}”写法不对`);
    value = new Value(token, engine);
    reads = engine
      .globalVariableSegmentsSync(`{{ ${source} }}`)
      .map((path) => path.map((step) => (Array.isArray(step) ? '0' : String(step))));
  } catch (error) {
    if (error instanceof ExpressionError) throw error;
    const unknown = /undefined filter: (\S+)/.exec(String(error))?.[1];
    throw new ExpressionError(
      unknown === undefined ? `“${source}”写法不对` : `没有名为“${unknown}”的格式${suggestion(unknown, FILTER_NAMES)}`,
    );
  }
  return {
    source,
    reads,
    evaluate: (scope) =>
      toValueSync(value.value(new Context(scope, engine.options, { sync: true }, { liquid: engine })) as never),
  };
}

/** Liquid's idea of true, except that an empty string and an empty list count as “not filled in”. */
export function isFilledIn(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.length > 0;
  return isTruthy(value, new Context({}, engine.options));
}

/** “，是不是想写“name”？” for the nearest known word, or nothing when none is near. */
export function suggestion(word: string, known: readonly string[]): string {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(word, name) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, Math.ceil(word.length / 2))
    ? `，是不是想写“${best.name}”？`
    : '';
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + cost));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
