import { phoneDigits, searchForm } from './fields';

describe('the form of what is searched', () => {
  it('folds width, case and white space', () => {
    expect(searchForm(' 新城 ＡＢ１２ 号 ')).toBe('新城ab12号');
  });

  it('folds every dot inside names, invisible characters and glyph variants, keeps decimal points and rare characters', () => {
    for (const dot of ['·', '•', '‧', '・', '∙', '⋅', '･', '．', '.', ' · ', '\u200b', '\u{e0101}', '']) {
      expect([dot, searchForm(`阿里${dot}买提`)]).toEqual([dot, '阿里买提']);
    }
    expect(searchForm('1.5万元')).toBe('1.5万元');
    expect(searchForm('𠮷・䶮')).toBe('𠮷䶮');
    expect(searchForm('〔２０２６〕【1】[2]')).toBe('(2026)(1)(2)');
  });

  it.each([
    ['5678', '5678'],
    ['138-1234-5678', '13812345678'],
    ['(0471)6912345', '04716912345'],
    ['567', null],
    ['12号', null],
    ['1234567890123456', null],
  ])('takes %s for the telephone digits %s', (form, digits) => {
    expect(phoneDigits(form)).toBe(digits);
  });
});
