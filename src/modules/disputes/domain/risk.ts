import { RISK_LEVELS, type RiskLevel } from './dictionaries';

/** What a level is suggested from. */
export interface RiskFactors {
  /** Escalation cues in the narrative. */
  readonly cues: readonly string[];
  readonly isGroup: boolean;
  readonly headcount: number | null;
  readonly nature: string | null;
  readonly disputeType: string | null;
  readonly reopenedTimes: number;
  readonly currentLevel: RiskLevel | null;
}

export interface RiskSuggestion {
  readonly level: RiskLevel;
  /** Chinese, one line per factor seen. */
  readonly factors: readonly string[];
}

/** From this many people a matter is watched: the threshold used in neighbouring 锡林郭勒. */
const MANY_PEOPLE = 5;
const CROWD = 30;

const ORDER = Object.keys(RISK_LEVELS) as RiskLevel[];

/** True when `a` is a higher level than `b`. */
export function isHigher(a: RiskLevel, b: RiskLevel): boolean {
  return ORDER.indexOf(a) < ORDER.indexOf(b);
}

/** Suggests a level. Never below the current one: only a person lowers a level, with a reason. */
export function suggestRisk(factors: RiskFactors): RiskSuggestion {
  const { cues, isGroup, headcount, nature, disputeType, reopenedTimes, currentLevel } = factors;
  const people = headcount ?? 0;
  const seen: readonly (readonly [boolean, RiskLevel, string])[] = [
    [cues.length > 0, 'red', `有激化苗头：${cues.join('、')}`],
    [nature === 'police', 'red', '属治安或刑事线索'],
    [disputeType === 'family.violence', 'red', '涉及家庭暴力'],
    [people >= CROWD, 'red', `涉及 ${people} 人`],
    [people >= MANY_PEOPLE && people < CROWD, 'yellow', `涉及 ${people} 人`],
    [isGroup, 'yellow', '群体事项'],
    [disputeType === 'labor.arrears', 'yellow', '拖欠农民工工资'],
    [disputeType === 'expropriation', 'yellow', '征地拆迁'],
    [reopenedTimes > 0, 'yellow', `曾重启 ${reopenedTimes} 次`],
  ];
  const hits = seen.filter(([isSeen]) => isSeen);
  const highest = hits.reduce<RiskLevel>((level, [, l]) => (isHigher(l, level) ? l : level), 'blue');
  const level = currentLevel !== null && isHigher(currentLevel, highest) ? currentLevel : highest;
  return { level, factors: hits.map(([, , text]) => text) };
}
