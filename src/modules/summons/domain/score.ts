import type { ExcusablePart, Satisfaction, TaskRole } from './dictionaries';
import type { TaskState } from './task-lifecycle';

/** Weights of the parts of a score. A center's own rules replace them; parts that do not apply drop out. */
export const SCORE_WEIGHTS = { sign: 20, arrive: 25, feedback: 20, effect: 25, party: 10 } as const;
export type ScorePart = keyof typeof SCORE_WEIGHTS;

export const SCORE_PARTS: Readonly<Record<ScorePart, string>> = {
  sign: '签收及时',
  arrive: '到场及时',
  feedback: '反馈及时',
  effect: '处置实效',
  party: '当事人评价',
};

const PARTY_POINTS: Readonly<Record<Exclude<Satisfaction, 'unanswered'>, number>> = {
  satisfied: 100,
  'basically-satisfied': 60,
  dissatisfied: 0,
};

export interface ScoredTask {
  readonly state: TaskState;
  readonly role: TaskRole;
  /** In time or not, per clock that was met or stopped; absent for a clock that the task does not have. */
  readonly inTime: Readonly<Partial<Record<'sign' | 'arrive' | 'feedback', boolean>>>;
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

/**
 * The score of an agency for one task, derived. Null while there is nothing to score, and for whoever is not scored at
 * all: withdrawn tasks, agencies only notified, and those whose objection was upheld.
 */
export function scoreOf(task: ScoredTask): Score | null {
  if (task.role === 'notify' || ['upheld', 'withdrawn'].includes(task.state) || task.effect === null) return null;
  const points: Partial<Record<ScorePart, number>> = { effect: task.effect };
  for (const part of ['sign', 'arrive', 'feedback'] as const) {
    const inTime = task.inTime[part];
    if (inTime !== undefined) points[part] = inTime ? 100 : 0;
  }
  if (task.party !== null && task.party !== 'unanswered') points.party = PARTY_POINTS[task.party];
  for (const part of task.excused ?? []) points[part] = undefined;
  const parts = (Object.keys(SCORE_WEIGHTS) as ScorePart[]).flatMap((part) => {
    const value = points[part];
    return value === undefined ? [] : [{ part, weight: SCORE_WEIGHTS[part], points: value }];
  });
  const weight = parts.reduce((sum, p) => sum + p.weight, 0);
  const total = parts.reduce((sum, p) => sum + p.weight * p.points, 0) / weight;
  return { total: Math.round(total * 10) / 10, parts };
}
