/** As a voice should say it: figures without their commas, money in 元角分, dates with their units. */
export function spokenText(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(
      /(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)/gu,
      (_, y: string, m: string, d: string) => `${y}年${Number(m)}月${Number(d)}日`,
    )
    .replace(/[¥￥] ?([\d,]+(?:\.\d\d)?)|([\d,]+\.\d\d) ?元/gu, (_, marked?: string, named?: string) =>
      moneyOf(marked ?? named ?? ''),
    )
    .replace(/(\d),(?=\d{3})/gu, '$1')
    .replace(/〔(\d{4})〕/gu, '$1年')
    .trim();
}

function moneyOf(figures: string): string {
  const [yuan = '', cents = ''] = figures.replaceAll(',', '').split('.');
  const [jiao, fen] = [Number(cents.charAt(0)), Number(cents.charAt(1))];
  return `${yuan}元${jiao > 0 ? `${jiao}角` : fen > 0 ? '零' : ''}${fen > 0 ? `${fen}分` : ''}`;
}

/** Sentence by sentence and line by line: some engines fall silent in the middle of a long text. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/u)
    .flatMap((line) => spokenText(line).match(/[^。；！？]+[。；！？]?/gu) ?? [])
    .filter((s) => s.trim() !== '');
}
