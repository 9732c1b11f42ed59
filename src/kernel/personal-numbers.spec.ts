import { hidePersonalNumbers } from './personal-numbers';

describe('hidePersonalNumbers', () => {
  it('hides mobile numbers and resident ids wherever they stand', () => {
    expect(hidePersonalNumbers('请联系13904710001，身份证11010519491231002X。')).toBe(
      '请联系139****0001，身份证110105********002X。',
    );
    expect(hidePersonalNumbers('13904710001、139 0471 0002')).toBe('139****0001、139****0002');
  });

  it('leaves other numbers alone: of matters, offices, amounts and accounts', () => {
    const text = '新城综治登字〔2026〕98号，0471-6600001，5000000元，账号6222021234567890123';
    expect(hidePersonalNumbers(text)).toBe(text);
  });
});
