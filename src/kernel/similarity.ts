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
  return jaccardSimilarityTo(a)(b);
}

/** {@link jaccardSimilarity} to one text, for many others: its pairs are counted once. */
export function jaccardSimilarityTo(text: string): (other: string) => number {
  const left = characterPairs(text);
  return (other) => {
    const right = characterPairs(other);
    const shared = sharedCount(left, right);
    const union = left.size + right.size - shared;
    return union === 0 ? 0 : shared / union;
  };
}

const CODE_POINTS = 0x110000;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}\p{Co}]+/gu;

/** The set of pairs, each as one number; a lone character counts as a pair with itself. */
function characterPairs(text: string): ReadonlySet<number> {
  const letters = foldWidth(text).toLowerCase().replace(NEITHER_LETTER_NOR_DIGIT, '');
  const pairs = new Set<number>();
  let before = -1;
  for (const character of letters) {
    const point = character.codePointAt(0) ?? 0;
    if (before >= 0) pairs.add(before * CODE_POINTS + point);
    before = point;
  }
  if (pairs.size === 0 && before >= 0) pairs.add(before * CODE_POINTS + before);
  return pairs;
}

function sharedCount(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let count = 0;
  for (const pair of a) if (b.has(pair)) count += 1;
  return count;
}
