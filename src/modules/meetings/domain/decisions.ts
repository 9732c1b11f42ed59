import type { Decision, DecisionRule, Vote } from './dictionaries';

interface Count {
  readonly present: number;
  readonly for: number;
  readonly against: number;
  readonly abstain: number;
  readonly reserve: number;
}

/** How the voting units that came have spoken; null is a unit that has not voted. */
export function countVotes(votes: readonly (Vote | null)[]): Count {
  const of = (vote: Vote): number => votes.filter((v) => v === vote).length;
  return {
    present: votes.length,
    for: of('for'),
    against: of('against'),
    abstain: of('abstain'),
    reserve: of('reserve'),
  };
}

/** 同意2家、反对1家，到会有表决权的3家. */
export function countInWords({ present, ...votes }: Count): string {
  const said = [
    ['同意', votes.for],
    ['反对', votes.against],
    ['弃权', votes.abstain],
    ['保留意见', votes.reserve],
  ].flatMap(([label, n]) => (n === 0 ? [] : [`${label}${n}家`]));
  return `${said.length === 0 ? '没有表态' : said.join('、')}，到会有表决权的${present}家`;
}

/**
 * Why the votes do not bear the decision, or null. An item may always be put off. The chair decides alone under that rule; otherwise
 * what the votes carry is adopted and nothing else, so that nobody's vote is written away.
 */
export function objectionToDecision(rule: DecisionRule, decision: Decision, count: Count): string | null {
  if (decision === 'deferred' || rule === 'chair') return null;
  const isCarried =
    rule === 'unanimity' ? count.present > 0 && count.for === count.present : count.for * 2 > count.present;
  if (decision === 'adopted' && !isCarried) {
    return rule === 'unanimity'
      ? '议决办法是全体一致同意，还有到会单位没有同意，不能记为通过。请继续商议，或记为暂缓、未通过。'
      : '议决办法是过半数同意，同意的单位没有过半数，不能记为通过。请继续商议，或记为暂缓、未通过。';
  }
  if (decision === 'rejected' && isCarried) return '按议决办法本项已经通过，不能记为未通过。请核对各单位的表态。';
  return null;
}
