/** Parts of a mediator's card. Each is a figure as the desk counts it, or what reviews found; `isTurned`: the fewer the better. */
export const CARD_PARTS = {
  agreed: { name: '达成协议', figure: 'agreed', code: 4, isTurned: false },
  settled: { name: '真正化解', figure: 'settled', code: 5, isTurned: false },
  'on-time': { name: '按期办结', figure: 'on-time', code: 6, isTurned: false },
  performed: { name: '协议履行', figure: 'performed', code: 11, isTurned: false },
  lasting: { name: '没有反悔复发', figure: 'relapsed', code: 20, isTurned: true },
  satisfied: { name: '当事人满意', figure: 'satisfied', code: 13, isTurned: false },
  records: { name: '卷宗无缺项', figure: null, code: 0, isTurned: false },
} as const;
export type CardPart = keyof typeof CARD_PARTS;
export const CARD_PART_KEYS = Object.keys(CARD_PARTS) as readonly CardPart[];
export const CARD_PART_NAMES = Object.fromEntries(CARD_PART_KEYS.map((k) => [k, CARD_PARTS[k].name])) as Readonly<
  Record<CardPart, string>
>;

/** What parts count of a hundred: data of the center, from a day on. */
export type CardWeights = Readonly<Record<CardPart, number>>;

/** One counted case of a part: good, or not; what is apart does not count. */
export interface CardCase {
  readonly part: CardPart;
  readonly subjectId: string;
  readonly isGood: boolean;
}

/** What an appeal that was granted leaves out: a case wherever it is counted, or a part of the card of one period. */
export interface Excuse {
  readonly part: CardPart;
  readonly subjectId: string | null;
  readonly from: string;
  readonly to: string;
}

export interface PartTally {
  readonly part: CardPart;
  readonly good: number;
  readonly of: number;
  /** Cases left out by an appeal. */
  readonly excused: number;
  /** The part as a whole is left out by an appeal. */
  readonly isExcused: boolean;
  readonly weight: number;
}

export interface Card {
  /** 0 to 100, one decimal; null where there is nothing to score, or too little for a score to say anything. */
  readonly score: number | null;
  readonly parts: readonly PartTally[];
}

/**
 * The card of a period: shares of what went well, weighed; parts without a case and those excused drop out, the rest counts in
 * proportion. Fewer accepted matters than `shownFrom` give the counts and no score.
 */
export function cardOf(
  cases: readonly CardCase[],
  excuses: readonly Excuse[],
  {
    from,
    to,
    accepted,
    shownFrom,
  }: { readonly from: string; readonly to: string; readonly accepted: number; readonly shownFrom: number },
  weights: CardWeights,
): Card {
  const isExcusedCase = ({ part, subjectId }: CardCase): boolean =>
    excuses.some((e) => e.part === part && e.subjectId === subjectId);
  const parts = CARD_PART_KEYS.map((part): PartTally => {
    const all = cases.filter((c) => c.part === part);
    const counted = all.filter((c) => !isExcusedCase(c));
    return {
      part,
      good: counted.filter((c) => c.isGood).length,
      of: counted.length,
      excused: all.length - counted.length,
      isExcused: excuses.some((e) => e.part === part && e.subjectId === null && e.from === from && e.to === to),
      weight: weights[part],
    };
  });
  const scored = parts.filter((p) => p.of > 0 && !p.isExcused && p.weight > 0);
  const weight = scored.reduce((sum, p) => sum + p.weight, 0);
  const score = scored.reduce((sum, p) => sum + (p.weight * p.good) / p.of, 0);
  return {
    score: accepted < shownFrom || weight === 0 ? null : Math.round((score / weight) * 1000) / 10,
    parts,
  };
}
