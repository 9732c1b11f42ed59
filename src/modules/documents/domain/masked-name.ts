/** A name for strangers: the first character, and one ＊ for each of the rest, five at most, so that length tells little. */
export function maskedName(name: string): string {
  const characters = Array.from(name.trim());
  const [first = ''] = characters;
  return first + '＊'.repeat(Math.min(5, Math.max(1, characters.length - 1)));
}
