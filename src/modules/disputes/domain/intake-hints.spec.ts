import { DISPUTE_TYPES, type DisputeType } from './dictionaries';
import { noticePreset } from './notice-presets';
import { suggestTitle } from './suggest-title';

describe('the title suggested at the counter', () => {
  it.each([
    [{ applicant: '李建国', respondent: '张伟', disputeType: 'neighbor.noise' as const }, '李建国与张伟噪声纠纷'],
    [{ applicant: ' 李建国 ', disputeType: 'labor' as const }, '李建国劳动争议'],
    [{ respondent: '某物业公司' }, '某物业公司纠纷'],
    [{ disputeType: 'other' as const, applicant: '李建国' }, '李建国纠纷'],
    [{ disputeType: 'property' as const }, '物业纠纷'],
    [{}, null],
    [{ applicant: '  ' }, null],
  ])('names %j as %s', (named, title) => {
    expect(suggestTitle(named)).toBe(title);
  });

  it('fits its field', () => {
    expect(Array.from(suggestTitle({ applicant: '甲'.repeat(100), respondent: '乙'.repeat(100) }) ?? '')).toHaveLength(
      100,
    );
  });
});

describe('the materials that a one-time notice may list', () => {
  const names = (type: DisputeType | null): string[] =>
    noticePreset(type).flatMap((group) => group.materials.map((m) => m.name));

  it('are those of the type, its first level included, then those of the person', () => {
    expect(noticePreset('family.inheritance').map((g) => g.name)).toEqual([
      '本类纠纷',
      '个人',
      '单位',
      '委托他人办理的',
      '未成年人等由监护人办理的',
    ]);
    expect(names('family.inheritance').slice(0, 4)).toEqual([
      '婚姻、亲属关系证明',
      '被继承人死亡证明',
      '财产权属证明',
      '遗嘱、遗赠扶养协议',
    ]);
    expect(noticePreset(null).map((g) => g.name)).not.toContain('本类纠纷');
  });

  it('fit into the notice, whatever the type, each named once', () => {
    for (const type of Object.keys(DISPUTE_TYPES) as DisputeType[]) {
      expect(new Set(names(type)).size).toBe(names(type).length);
      for (const { name, form, note } of noticePreset(type).flatMap((g) => g.materials)) {
        expect([name, form, note ?? ''].every((text) => text.length <= 100)).toBe(true);
      }
    }
  });
});
