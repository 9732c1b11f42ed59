import { jaccardSimilarity, legalDateFromInstant } from '../../../kernel';
import type { AlarmKind } from './kinds';
import { groupsOf, householdsOf, type PersonRow } from './people';

/** What was noticed, before anybody has looked at it. */
export interface Suspicion {
  readonly kind: AlarmKind;
  /** What it is about, whichever matters are met: the telephone, the person and day, the matter. */
  readonly about: string;
  readonly disputeIds: readonly string[];
  /** Counts and instants; no personal data. */
  readonly facts: Readonly<Record<string, string | number>>;
  readonly explanation: readonly string[];
}

/** A person with what was used: a telephone, or a device at an address. */
export interface UseRow extends PersonRow {
  readonly disputeType: string | null;
  readonly used: string;
  readonly at: Date;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** So many different people in so many matters. */
const PEOPLE = 3;
const MATTERS = 2;
const DEVICE_WINDOW = 24 * HOUR;

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** A household shares a telephone and a device; so do those who speak for somebody. */
function strangers(
  rows: readonly UseRow[],
): { readonly disputeIds: string[]; readonly people: number; readonly areOpposed: boolean } | null {
  const households = householdsOf(rows);
  const disputeIds = unique(households.flat().map((row) => row.disputeId)).sort();
  if (households.length >= PEOPLE && disputeIds.length >= MATTERS) {
    return { disputeIds, people: households.length, areOpposed: false };
  }
  for (const disputeId of disputeIds) {
    const sides = households.map((household) =>
      household.filter((row) => row.disputeId === disputeId).map((row) => row.side),
    );
    const isFamily = rows.some((row) => row.disputeId === disputeId && /^family(?:\.|$)/.test(row.disputeType ?? ''));
    const [applicants, respondents] = ['applicant', 'respondent'].map((side) =>
      sides.findIndex((of) => of.includes(side)),
    );
    if (!isFamily && applicants !== -1 && respondents !== -1 && applicants !== respondents) {
      return { disputeIds: [disputeId], people: 2, areOpposed: true };
    }
  }
  return null;
}

const byUse = (rows: readonly UseRow[]): UseRow[][] =>
  unique(rows.map((row) => row.used)).map((used) => rows.filter((row) => row.used === used));

/** One telephone number for people who have nothing to do with each other, within the year that the rows cover. */
export function samePhone(rows: readonly UseRow[]): Suspicion[] {
  return byUse(rows).flatMap((of) => {
    const found = strangers(of);
    if (found === null) return [];
    const { disputeIds, people, areOpposed } = found;
    return [
      {
        kind: 'same-phone',
        about: of[0]?.used ?? '',
        disputeIds,
        facts: { people, matters: disputeIds.length },
        explanation: areOpposed
          ? [
              '同一个电话号码既登记在申请人名下，又登记在被申请人名下。',
              '双方住址不同，也没有登记代理、监护关系，不是婚姻家庭纠纷。',
            ]
          : [
              `同一个电话号码登记在${people}名当事人名下，涉及${disputeIds.length}件事项。`,
              '这些人姓名、证件、住址都不同，也没有登记代理、监护、继承关系。',
            ],
      },
    ];
  });
}

/** Loopback, private and carrier-internal addresses are shared by whoever is in the building. */
const INNER =
  /^(?:::ffff:)?(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)|^(?:::1$|f[cd]|fe[89ab])/i;

/** One device, at one address outside the center, for people who have nothing to do with each other, within a day. */
export function sameDevice(
  rows: readonly (UseRow & { readonly network: string })[],
  ownAddresses: readonly string[],
): Suspicion[] {
  const outside = rows.filter(({ network }) => !INNER.test(network) && !ownAddresses.includes(network));
  return byUse(outside).flatMap((of) => {
    const sorted = [...of].sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const first of sorted) {
      const near = sorted.filter(({ at }) => at >= first.at && at.getTime() < first.at.getTime() + DEVICE_WINDOW);
      const found = strangers(near);
      if (found === null) continue;
      const { disputeIds, people, areOpposed } = found;
      const day = legalDateFromInstant(first.at);
      return [
        {
          kind: 'same-device' as const,
          about: `${first.used}:${day}`,
          disputeIds,
          facts: { people, matters: disputeIds.length, day },
          explanation: [
            areOpposed
              ? `${day}起二十四小时内，申请人和被申请人用同一网络地址的同一台设备签字或者查询。`
              : `${day}起二十四小时内，${disputeIds.length}件事项的${people}名当事人用同一网络地址的同一台设备签字或者查询。`,
            '不是在本中心网络上办理的，这些人住址不同，也没有登记代理、监护关系。',
          ],
        },
      ];
    }
    return [];
  });
}

export const TEXT_KINDS = {
  narrative: '纠纷简要情况',
  facts: '协议书的事实部分',
  investigation: '调查记录',
  session: '调解笔录',
} as const;

export interface TextRow {
  readonly disputeId: string;
  readonly kind: keyof typeof TEXT_KINDS;
  readonly text: string;
  /** Who wrote it. */
  readonly writer: string;
  /** Document numbers, credit codes and names of the parties: matters that share one are about the same people. */
  readonly parties: readonly string[];
}

const ALIKE = 0.85;
const LONG_ENOUGH = 60;
/** A sentence that so many different writers use says nothing of any matter. */
const COMMON_TO = 3;

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[。！？；\n])/u)
    .map((s) => s.trim())
    .filter((s) => s !== '');

/** Texts of different matters that say nearly the same, without what everybody writes. `fresh` are those that changed. */
export function nearIdentical(
  rows: readonly TextRow[],
  fresh: ReadonlySet<string>,
  phrases: readonly string[],
): Suspicion[] {
  const writers = new Map<string, Set<string>>();
  for (const row of rows) {
    for (const sentence of sentencesOf(row.text))
      writers.set(sentence, (writers.get(sentence) ?? new Set()).add(row.writer));
  }
  const own = rows.flatMap((row) => {
    const text = phrases.reduce(
      (rest, phrase) => rest.replaceAll(phrase, ''),
      sentencesOf(row.text)
        .filter((sentence) => (writers.get(sentence)?.size ?? 0) < COMMON_TO)
        .join(''),
    );
    return Array.from(text).length < LONG_ENOUGH ? [] : [{ ...row, text }];
  });
  const pairs: {
    readonly kind: TextRow['kind'];
    readonly ids: readonly [string, string];
    readonly likeness: number;
  }[] = [];
  for (const [i, a] of own.entries()) {
    for (const b of own.slice(i + 1)) {
      if (a.kind !== b.kind || a.disputeId === b.disputeId || !(fresh.has(a.disputeId) || fresh.has(b.disputeId)))
        continue;
      if (a.parties.some((party) => b.parties.includes(party))) continue;
      if (Math.min(a.text.length, b.text.length) < ALIKE * Math.max(a.text.length, b.text.length)) continue;
      const likeness = jaccardSimilarity(a.text, b.text);
      if (likeness >= ALIKE) pairs.push({ kind: a.kind, ids: [a.disputeId, b.disputeId], likeness });
    }
  }
  return groupsOf(pairs, ({ kind, ids }) => ids.map((id) => `${kind}:${id}`)).flatMap((group) => {
    const kind = group[0]?.kind ?? 'narrative';
    const disputeIds = unique(group.flatMap(({ ids }) => ids)).sort();
    const percent = Math.floor(Math.min(...group.map(({ likeness }) => likeness)) * 100);
    return [
      {
        kind: 'near-identical',
        about: `${kind}:${disputeIds[0] ?? ''}`,
        disputeIds,
        facts: { text: kind, matters: disputeIds.length, percent },
        explanation: [
          `${disputeIds.length}件事项的${TEXT_KINDS[kind]}${percent === 100 ? '完全相同' : `有${percent}%以上相同`}（常用语已去掉）。`,
          '这些事项没有共同的当事人，也没有并案。',
        ],
      },
    ];
  });
}

/** Someone at work at a place. */
export interface PresenceRow {
  readonly disputeId: string;
  readonly accountId: string;
  readonly name: string;
  readonly mode: string;
  readonly place: string;
  readonly from: Date;
  readonly to: Date;
}

const SLACK = 10 * MINUTE;
/** One need not be there. */
const FROM_AFAR: readonly string[] = ['phone', 'video'];

/** One person at two places at once. */
export function twoPlaces(rows: readonly PresenceRow[], fresh: ReadonlySet<string>): Suspicion[] {
  const there = rows.filter(({ mode }) => !FROM_AFAR.includes(mode));
  const placeOf = ({ place }: PresenceRow): string => place.normalize('NFKC').replace(/[\s\p{P}]/gu, '');
  return there.flatMap((a, i) =>
    there.slice(i + 1).flatMap((b) => {
      const overlap = Math.min(a.to.getTime(), b.to.getTime()) - Math.max(a.from.getTime(), b.from.getTime());
      if (
        a.accountId !== b.accountId ||
        a.disputeId === b.disputeId ||
        !(fresh.has(a.disputeId) || fresh.has(b.disputeId))
      )
        return [];
      if (overlap <= SLACK || placeOf(a) === placeOf(b)) return [];
      const disputeIds = [a.disputeId, b.disputeId].sort();
      const minutes = Math.round(overlap / MINUTE);
      const day = legalDateFromInstant(a.from);
      return [
        {
          kind: 'impossible-time' as const,
          about: `two-places:${a.accountId}:${disputeIds.join(':')}:${day}`,
          disputeIds,
          facts: { accountId: a.accountId, minutes, day },
          explanation: [
            `${day}，${a.name}在两处同时主持调解或者调查，重叠${minutes}分钟。`,
            '两处都登记为本人在现场。',
          ],
        },
      ];
    }),
  );
}

export interface LateSignatureRow {
  readonly disputeId: string;
  readonly markId: string;
  readonly diedOn: string;
  readonly signedOn: string;
}

/** A party signed after its death; who took its place signs under an own name. */
export function signedAfterDeath(rows: readonly LateSignatureRow[]): Suspicion[] {
  return rows
    .filter(({ diedOn, signedOn }) => signedOn > diedOn)
    .map(({ disputeId, markId, diedOn, signedOn }) => ({
      kind: 'impossible-time',
      about: `after-death:${markId}`,
      disputeIds: [disputeId],
      facts: { diedOn, signedOn },
      explanation: [`一名当事人登记的死亡日期是${diedOn}，协议上本人的签字日期却是${signedOn}。`],
    }));
}

export interface ShortSessionRow {
  readonly disputeId: string;
  readonly sessionId: string;
  readonly from: Date;
  readonly to: Date;
  readonly entries: number;
}

const SHORT = 3 * MINUTE;
const MANY_ENTRIES = 5;

/** More was said than the time allows. */
export function saidTooFast(rows: readonly ShortSessionRow[]): Suspicion[] {
  return rows
    .filter(({ from, to, entries }) => to.getTime() - from.getTime() < SHORT && entries >= MANY_ENTRIES)
    .map(({ disputeId, sessionId, from, to, entries }) => {
      const seconds = Math.round((to.getTime() - from.getTime()) / 1000);
      return {
        kind: 'impossible-time',
        about: `short-session:${sessionId}`,
        disputeIds: [disputeId],
        facts: { seconds, entries },
        explanation: [`一次调解从开始到结束只有${seconds}秒，笔录却记了${entries}段发言。`],
      };
    });
}

/** One closing, agreement in effect or record of a session. */
export interface WorkRow {
  readonly disputeId: string;
  readonly work: 'closing' | 'agreement' | 'record';
  readonly accountId: string;
  readonly name: string;
  readonly at: Date;
  readonly parties: readonly string[];
}

const WORK = {
  closing: { least: 10, window: 24 * HOUR, words: (n: number) => `办结了${n}件互不相干的事项` },
  agreement: { least: 10, window: 24 * HOUR, words: (n: number) => `有${n}件互不相干事项的协议生效` },
  record: { least: 5, window: 10 * MINUTE, words: (n: number) => `记完了${n}件互不相干事项的调解` },
} as const;

/** More by one person than can be done in the time; matters of the same people are one affair. */
export function bursts(rows: readonly WorkRow[]): Suspicion[] {
  const lines = groupsOf(rows, ({ work, accountId, at }) => [`${work}:${accountId}:${legalDateFromInstant(at)}`]);
  return lines.flatMap((line) => {
    const [first] = line;
    if (!first) return [];
    const { least, window, words } = WORK[first.work];
    const sorted = [...line].sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const { at } of sorted) {
      const near = sorted.filter((row) => row.at >= at && row.at.getTime() < at.getTime() + window);
      const affairs = groupsOf(near, ({ disputeId, parties }) => [disputeId, ...parties]).length;
      if (affairs < least) continue;
      const day = legalDateFromInstant(at);
      return [
        {
          kind: 'burst' as const,
          about: `${first.work}:${first.accountId}:${day}`,
          disputeIds: unique(near.map((row) => row.disputeId)).sort(),
          facts: { work: first.work, accountId: first.accountId, affairs, day },
          explanation: [
            `${day}，${first.name}${window < HOUR ? '在十分钟内' : '一天内'}${words(affairs)}。`,
            '有共同当事人的已经按一件计算。',
          ],
        },
      ];
    }
    return [];
  });
}

/** What was heard of a matter after its closing. */
export interface WordRow {
  readonly disputeId: string;
  readonly wordId: string;
  readonly by: 'call-back' | 'party';
  readonly denies: boolean;
  readonly isSolved: boolean | null;
  /** The closing says that it is settled. */
  readonly wasClosedAsSolved: boolean;
  readonly confirmedBy: string | null;
  /** Taken up again since: what was wrong is being put right. */
  readonly isReopened: boolean;
  readonly saidOn: string;
}

/** Who was in it says otherwise than the file. */
export function denials(rows: readonly WordRow[]): Suspicion[] {
  return rows.flatMap((row) => {
    const { disputeId, wordId, by, denies, isSolved, wasClosedAsSolved, confirmedBy, isReopened, saidOn } = row;
    const saysUnsolved = isSolved === false && wasClosedAsSolved && !isReopened;
    const words = denies
      ? `${saidOn}抽查回访时，当事人否认有此纠纷，或者否认有人调解过。`
      : saysUnsolved && by === 'call-back'
        ? `办结登记为已解决，${saidOn}抽查回访时当事人说没有解决。`
        : saysUnsolved && (confirmedBy === 'in-person' || confirmedBy === 'phone')
          ? `办结登记为当事人当面或者电话确认已解决，${saidOn}当事人在自己的查询页上说没有解决。`
          : null;
    return words === null
      ? []
      : [
          {
            kind: 'denial' as const,
            about: wordId,
            disputeIds: [disputeId],
            facts: { by, saidOn },
            explanation: [words],
          },
        ];
  });
}
