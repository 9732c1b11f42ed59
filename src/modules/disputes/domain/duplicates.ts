import { jaccardSimilarityTo } from '../../../kernel';

/** A matter that may be the same. */
export interface DuplicateCandidate {
  readonly id: string;
  readonly registrationNumber: string;
  readonly title: string;
  readonly state: string;
  readonly registeredAt: string;
  /** Why it is shown, the strongest first. */
  readonly reasons: readonly DuplicateReason[];
  /** Likeness of the words, 0 to 1, two decimals. */
  readonly likeness: number;
}

export const DUPLICATE_REASONS = {
  'upstream-number': '上游编号相同',
  place: '同一地点近期又有反映',
  'similar-text': '内容相近',
} as const;
export type DuplicateReason = keyof typeof DUPLICATE_REASONS;

/** What a matter is compared by. */
export interface Likeness {
  readonly upstreamNumber: string | null;
  readonly placeUnitId: string | null;
  readonly place: string | null;
  readonly title: string;
  readonly narrative: string;
}

/** The same place within this many days is shown as one trouble that came back. */
export const SAME_PLACE_DAYS = 30;
/** Words are compared with matters of this many days. */
export const SIMILAR_TEXT_DAYS = 90;
/** Above this likeness two accounts are shown. Two accounts of one quarrel share about half of their word pairs. */
const ALIKE = 0.4;
/** Long accounts are compared by their beginnings. */
const COMPARED_CHARACTERS = 600;

export interface PossibleTwin extends Likeness {
  readonly id: string;
  readonly registrationNumber: string;
  readonly state: string;
  readonly registeredAt: Date;
}

/** Those of `others` that may be the same matter as `matter`, the likeliest first. Pure; `others` is already bounded. */
export function findDuplicates(matter: Likeness, others: readonly PossibleTwin[], now: Date): DuplicateCandidate[] {
  const likenessTo = jaccardSimilarityTo(words(matter));
  return others
    .map((other) => candidate(matter, other, likenessTo(words(other)), now))
    .filter((c) => c.reasons.length > 0)
    .sort((a, b) => rank(b) - rank(a));
}

function candidate(matter: Likeness, other: PossibleTwin, likeness: number, now: Date): DuplicateCandidate {
  const reasons: DuplicateReason[] = [];
  if (matter.upstreamNumber !== null && matter.upstreamNumber === other.upstreamNumber) reasons.push('upstream-number');
  const isRecent = now.getTime() - other.registeredAt.getTime() <= SAME_PLACE_DAYS * 86_400_000;
  if (isRecent && isSamePlace(matter, other)) reasons.push('place');
  if (likeness >= ALIKE) reasons.push('similar-text');
  return {
    id: other.id,
    registrationNumber: other.registrationNumber,
    title: other.title,
    state: other.state,
    registeredAt: other.registeredAt.toISOString(),
    reasons,
    likeness: Math.round(likeness * 100) / 100,
  };
}

/** The words of a place decide; a community alone holds too many troubles to mean one. */
function isSamePlace(a: Likeness, b: Likeness): boolean {
  const plain = (text: string | null): string => (text ?? '').replace(/[\s\p{P}]/gu, '');
  return (
    plain(a.place) !== '' &&
    plain(a.place) === plain(b.place) &&
    (a.placeUnitId ?? b.placeUnitId) === (b.placeUnitId ?? a.placeUnitId)
  );
}

function words({ title, narrative }: Likeness): string {
  return `${title}${narrative}`.slice(0, COMPARED_CHARACTERS);
}

function rank(c: DuplicateCandidate): number {
  return (c.reasons.includes('upstream-number') ? 10 : 0) + (c.reasons.includes('place') ? 2 : 0) + c.likeness;
}
