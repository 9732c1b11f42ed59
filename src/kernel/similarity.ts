import { foldWidth } from './character-width';

/**
 * How alike two texts are by their pairs of neighbouring characters, 0 to 1. Chinese has no spaces between words, so
 * that pairs of characters stand in for words. Punctuation, spaces, case and width do not count.
 * A text without any letter or digit is like nothing, not even itself.
 */
export function diceSimilarity(a: string, b: string): number {
  const [left, right] = [characterPairs(a), characterPairs(b)];
  const total = left.size + right.size;
  return total === 0 ? 0 : (2 * sharedCount(left, right)) / total;
}

/** Like {@link diceSimilarity}, but shared pairs over all pairs: lower for the same texts, and 1 minus it is a metric. */
export function jaccardSimilarity(a: string, b: string): number {
  const [left, right] = [characterPairs(a), characterPairs(b)];
  const shared = sharedCount(left, right);
  const union = left.size + right.size - shared;
  return union === 0 ? 0 : shared / union;
}

/** The set of pairs; a lone character counts as a pair with itself. */
function characterPairs(text: string): ReadonlySet<string> {
  const characters = Array.from(foldWidth(text).toLowerCase()).filter((c) => /[\p{L}\p{N}\p{Co}]/u.test(c));
  const [first] = characters;
  if (characters.length === 1 && first !== undefined) return new Set([first + first]);
  return new Set(characters.slice(1).map((c, i) => (characters[i] ?? '') + c));
}

function sharedCount(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const pair of a) if (b.has(pair)) count += 1;
  return count;
}
