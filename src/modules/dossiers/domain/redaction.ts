import { hidePersonalNumbers } from '../../../kernel';

/** Numbers of identity papers and of accounts, also where they are written in groups. */
const LONG_NUMBER = /(?<![0-9])[0-9](?:[ -]?[0-9]){13,17}[ -]?[0-9Xx](?![0-9A-Za-z])/gu;
const MOBILE_IN_GROUPS = /(?<![0-9])1[3-9](?:[ -]?[0-9]){9}(?![0-9])/gu;
const LANDLINE = /(?<![0-9])0[0-9]{2,3}[ -]?[0-9]{7,8}(?![0-9])/gu;

/** Fields of papers that hold nothing but a number. */
const NUMBERS = new Set(['idNumber', 'creditCode', 'documentNumber', 'phone']);

/** Fields where an office says how it is reached. */
const OFFICES = new Set(['supervision', 'contact']);

/** What is hidden wherever it stands, with what stands in its place. */
export type Hidden = ReadonlyMap<string, string>;

/** The content of a paper for those outside: numbers, addresses and what else is named is hidden, the words stay. */
export function redacted(data: Readonly<Record<string, unknown>>, hidden: Hidden): Record<string, unknown> {
  // The longest first: a number may be part of another.
  const known = [...hidden].filter(([from]) => from.length > 1).sort(([a], [z]) => z.length - a.length);
  return withTexts(data, (text, key) => hide(text, known, key)) as Record<string, unknown>;
}

/** The same content with other words: each text of it is changed, told the name of the field in which it stands. */
export function withTexts(value: unknown, change: (text: string, key: string) => string, key = ''): unknown {
  if (typeof value === 'string') return change(value, key);
  if (Array.isArray(value)) return value.map((each) => withTexts(each, change, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withTexts(each, change, name)]));
}

function hide(text: string, known: readonly (readonly [string, string])[], key: string): string {
  // The number of the case itself.
  if (key === 'number') return text;
  const words = hidePersonalNumbers(known.reduce((left, [from, to]) => left.replaceAll(from, to), text))
    .replace(LONG_NUMBER, maskedNumber)
    .replace(MOBILE_IN_GROUPS, maskedNumber);
  if (NUMBERS.has(key) && words === text) return maskedNumber(text);
  return OFFICES.has(key) ? words : words.replace(LANDLINE, maskedNumber);
}

/** Only the last two characters stay: enough to tell two apart, too few to find anybody. */
export function maskedNumber(number: string): string {
  return `${'*'.repeat(Math.max(4, number.length - 2))}${number.slice(-2)}`;
}
