import type { ExcusablePart, Satisfaction, TaskRole } from './dictionaries';
import type { TaskState } from './task-lifecycle';

export const SCORE_PARTS = {
  sign: '签收及时',
  contact: '联系及时',
  arrive: '到场及时',
  feedback: '反馈及时',
  effect: '处置实效',
  party: '当事人评价',
} as const;
export type ScorePart = keyof typeof SCORE_PARTS;

/** What each part counts of a hundred: data of the center, from a day on. Parts that do not apply to a task drop out. */
export type ScoreWeights = Readonly<Record<ScorePart, number>>;

export const TIMED_PARTS = ['sign', 'contact', 'arrive', 'feedback'] as const;
export type TimedPart = (typeof TIMED_PARTS)[number];

const PARTY_POINTS: Readonly<Record<Exclude<Satisfaction, 'unanswered'>, number>> = {
  satisfied: 100,
  'basically-satisfied': 60,
  dissatisfied: 0,
};

export interface ScoredTask {
  readonly state: TaskState;
  readonly role: TaskRole;
  /** In time or not, per clock that was met or stopped; absent for a clock that the task does not have. */
  readonly inTime: Readonly<Partial<Record<TimedPart, boolean>>>;
  /** Points of the center for the effect, 0 to 100; null until rated. */
  readonly effect: number | null;
  readonly party: Satisfaction | null;
  /** Parts that a granted appeal left out. */
  readonly excused?: readonly ExcusablePart[];
}

export interface Score {
  /** 0 to 100, one decimal. */
  readonly total: number;
  readonly parts: readonly { readonly part: ScorePart; readonly weight: number; readonly points: number }[];
}

/** Who is not scored at all: withdrawn tasks, agencies only notified, and those whose objection was upheld. */
export function isScored({ state, role }: Pick<ScoredTask, 'state' | 'role'>): boolean {
  return role !== 'notify' && state !== 'upheld' && state !== 'withdrawn';
}

/** The score of an agency for one task, derived. Null while there is nothing to score, and for whoever is not scored. */
export function scoreOf(task: ScoredTask, weights: ScoreWeights): Score | null {
  if (!isScored(task) || task.effect === null) return null;
  const points: Partial<Record<ScorePart, number>> = { effect: task.effect };
  for (const part of TIMED_PARTS) {
    const inTime = task.inTime[part];
    if (inTime !== undefined) points[part] = inTime ? 100 : 0;
  }
  if (task.party !== null && task.party !== 'unanswered') points.party = PARTY_POINTS[task.party];
  for (const part of task.excused ?? []) points[part] = undefined;
  const parts = (Object.keys(SCORE_PARTS) as ScorePart[]).flatMap((part) => {
    const value = points[part];
    return value === undefined || weights[part] === 0 ? [] : [{ part, weight: weights[part], points: value }];
  });
  const weight = parts.reduce((sum, p) => sum + p.weight, 0);
  const total = parts.reduce((sum, p) => sum + p.weight * p.points, 0) / weight;
  return { total: oneDecimal(total), parts };
}

/** What a period says of one agency. */
export interface AgencyTally {
  readonly agencyId: string;
  /** Scores of the tasks rated in the period. */
  readonly totals: readonly number[];
  readonly onTime: Readonly<Record<TimedPart, { readonly of: number; readonly inTime: number }>>;
  readonly mean: number | null;
}

/** Mean over scored tasks; null over none. */
export function tallyOf(
  agencyId: string,
  tasks: readonly { readonly task: ScoredTask; readonly score: Score }[],
): AgencyTally {
  const totals = tasks.map(({ score }) => score.total);
  const count = (part: TimedPart) => {
    const known = tasks.flatMap(({ task }) => {
      const inTime = task.excused?.includes(part) === true ? undefined : task.inTime[part];
      return inTime === undefined ? [] : [inTime];
    });
    return { of: known.length, inTime: known.filter(Boolean).length };
  };
  return {
    agencyId,
    totals,
    onTime: { sign: count('sign'), contact: count('contact'), arrive: count('arrive'), feedback: count('feedback') },
    mean: totals.length === 0 ? null : oneDecimal(totals.reduce((sum, one) => sum + one, 0) / totals.length),
  };
}

/** Places by the mean, equal means sharing one. Whoever has too few tasks for a mean to say anything has none. */
export function ranksOf(tallies: readonly AgencyTally[], fewest: number): ReadonlyMap<string, number> {
  const ranked = tallies.filter((t) => t.mean !== null && t.totals.length >= fewest);
  return new Map(ranked.map((t) => [t.agencyId, 1 + ranked.filter((o) => (o.mean ?? 0) > (t.mean ?? 0)).length]));
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
