import { countInWords, countVotes, objectionToDecision } from './decisions';
import type { Decision, DecisionRule, Vote } from './dictionaries';

const refused = (rule: DecisionRule, decision: Decision, votes: readonly (Vote | null)[]): boolean =>
  objectionToDecision(rule, decision, countVotes(votes)) !== null;

describe('decisions of a meeting', () => {
  it.each<[DecisionRule, (Vote | null)[], boolean]>([
    ['unanimity', ['for', 'for', 'for'], true],
    ['unanimity', ['for', 'for', 'abstain'], false],
    ['unanimity', ['for', 'for', 'reserve'], false],
    ['unanimity', ['for', null], false],
    ['unanimity', [], false],
    ['majority', ['for', 'for', 'against'], true],
    ['majority', ['for', 'against'], false],
    ['majority', ['for', null, null], false],
    ['majority', ['for', 'for', null], true],
    ['chair', ['against', 'against'], true],
  ])('by %s, %j carries: %s', (rule, votes, carries) => {
    expect(refused(rule, 'adopted', votes)).toBe(!carries);
    expect(refused(rule, 'deferred', votes)).toBe(false);
    if (rule !== 'chair') expect(refused(rule, 'rejected', votes)).toBe(carries);
  });

  it('says the count in words', () => {
    expect(countInWords(countVotes(['for', 'for', 'reserve', null]))).toBe('同意2家、保留意见1家，到会有表决权的4家');
    expect(countInWords(countVotes([null]))).toBe('没有表态，到会有表决权的1家');
  });
});
