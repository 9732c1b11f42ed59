import { choosePhrases } from './choose-phrases';

const list = (centerId: string | null, place: string, ...texts: string[]) => ({
  isMine: false,
  centerId,
  place,
  texts,
});
const mine = (place: string, ...texts: string[]) => ({ isMine: true, centerId: null, place, texts });

describe('phrases for a place of a form', () => {
  const common = [list(null, 'opinion', '同意。'), list(null, 'disputes.triage.opinion', '建议调解。')];

  it('come from the place itself before its field', () => {
    expect(choosePhrases('disputes.triage.opinion', common)).toEqual(['建议调解。']);
    expect(choosePhrases('disputes.accept.opinion', common)).toEqual(['同意。']);
    expect(choosePhrases('opinion', common)).toEqual(['同意。']);
    expect(choosePhrases('disputes.accept.reason', common)).toEqual([]);
  });

  it('of a center replace the common ones there, and only there', () => {
    const lists = [...common, list('a', 'disputes.triage.opinion', '本中心用语。')];
    expect(choosePhrases('disputes.triage.opinion', lists)).toEqual(['本中心用语。']);
    expect(choosePhrases('disputes.close.opinion', lists)).toEqual(['同意。']);
  });

  it('of several centers are offered together, each once', () => {
    const lists = [...common, list('a', 'opinion', '甲。', '乙。'), list('b', 'opinion', '乙。', '丙。')];
    expect(choosePhrases('opinion', lists)).toEqual(['甲。', '乙。', '丙。']);
  });

  it('of one’s own come first and replace nothing', () => {
    const lists = [...common, mine('opinion', '我的。', '建议调解。'), mine('disputes.triage.opinion', '我的研判。')];
    expect(choosePhrases('disputes.triage.opinion', lists)).toEqual(['我的研判。', '我的。', '建议调解。']);
    expect(choosePhrases('disputes.accept.opinion', lists)).toEqual(['我的。', '建议调解。', '同意。']);
    expect(choosePhrases('reason', lists)).toEqual([]);
  });

  it('are none where a center has emptied its list', () => {
    expect(choosePhrases('opinion', [...common, list('a', 'opinion')])).toEqual([]);
  });
});
