import { ExpressionError, parseExpression } from './expressions';

function value(source: string, scope: Record<string, unknown> = {}): unknown {
  return parseExpression(source).evaluate(scope);
}

describe('expressions of templates', () => {
  it.each([
    ['d | cn_date', { d: '2026-01-16' }, '2026年1月16日'],
    ["d | cn_date: 'han'", { d: '2026-10-20' }, '二〇二六年十月二十日'],
    ['d | cn_date', { d: null }, '　　　年　　月　　日'],
    // 16:30 UTC is already the next day in Beijing.
    ['d | cn_date', { d: '2026-01-15T16:30:00Z' }, '2026年1月16日'],
    ['d | cn_time', { d: '2026-01-15T16:05:00Z' }, '2026年1月16日0时05分'],
    ['n | cn_num', { n: 3 }, '三'],
    ['n | cn_num', { n: 110 }, '一百一十'],
    ['n | cn_num', { n: 12 }, '十二'],
    ['n | money', { n: 123456789 }, '¥1,234,567.89'],
    ['n | money', { n: 5 }, '¥0.05'],
    ['n | rmb', { n: 40000 }, '肆佰元整'],
    ['s | mask_id', { s: '11010519491231002X' }, '110105********002X'],
    ['s | mask_id', { s: 'E12345678' }, 'E1*****78'],
    ['s | or_blank: 3', { s: '' }, '　　　'],
    ['s | or_blank: 3', { s: '男' }, '男'],
    ["s | tick: 'a'", { s: 'a' }, '☑'],
    ["s | tick: 'a'", { s: 'b' }, '☐'],
    ['p | names', { p: [{ name: '甲' }, { name: '乙' }] }, '甲、乙'],
  ])('%s', (source, scope, expected) => {
    expect(value(source, scope)).toBe(expected);
  });

  it('says which filter was meant', () => {
    expect(() => parseExpression('d | cn_dat')).toThrow('没有名为“cn_dat”的格式，是不是想写“cn_date”？');
  });

  it.each(['a b', '', '| money', 'a,'])('refuses the malformed “%s”', (source) => {
    expect(() => parseExpression(source)).toThrow(ExpressionError);
  });

  it.each(['a.constructor', 'a.__proto__', 'a.toString', "a['constructor']"])(
    'reaches nothing behind the data: %s',
    (source) => {
      expect(value(source, { a: { b: 1 } })).toBeUndefined();
    },
  );
});
