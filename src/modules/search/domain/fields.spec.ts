import { phoneDigits, searchForm } from './fields';

describe('the form of what is searched', () => {
  it('folds width, case and white space', () => {
    expect(searchForm(' 新城 ＡＢ１２ 号 ')).toBe('新城ab12号');
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
