import fc from 'fast-check';
import { type CaseNumber, formatCaseNumber, parseCaseNumber, parseNumberPrefix } from './case-number';

describe('formatCaseNumber', () => {
  it('writes hexagonal brackets, the full year and no zeros', () => {
    const number: CaseNumber = { series: 'mediation', prefix: '新城', year: 2026, sequence: 12 };
    expect(formatCaseNumber(number)).toBe('新城人调字\u30142026\u301512号');
    expect(formatCaseNumber(number, 'ordinal')).toBe('新城人调字〔2026〕第12号');
    expect(formatCaseNumber({ ...number, series: 'registration' })).toBe('新城综治登字〔2026〕12号');
  });

  it.each([
    { sequence: 0 },
    { sequence: 1.5 },
    { sequence: 10_000_000 },
    { year: 26 },
    { prefix: '' },
    { prefix: '新城人调字' },
    { prefix: '新城〔' },
  ])('refuses %j', (wrong) => {
    expect(() => formatCaseNumber({ series: 'mediation', prefix: '新城', year: 2026, sequence: 1, ...wrong })).toThrow(
      RangeError,
    );
  });
});

describe('parseCaseNumber', () => {
  it.each([
    '新城人调字〔2026〕12号',
    '新城人调字〔2026〕第12号',
    '新城人调字[2026]012号',
    '新城人调字（２０２６）１２号',
    ' 新城人调字【2026】 12 号',
  ])('reads %j', (text) => {
    expect(parseCaseNumber(text)).toEqual({
      ok: true,
      value: { series: 'mediation', prefix: '新城', year: 2026, sequence: 12 },
    });
  });

  it.each([
    ['', 'case-number.missing'],
    ['新城人调字〔2026〕0号', 'case-number.format'],
    ['新城人调字〔26〕12号', 'case-number.format'],
    ['人调字〔2026〕12号', 'case-number.format'],
    ['新城〔2026〕12号', 'case-number.format'],
    ['新城人调字〔2026〕12', 'case-number.format'],
    ['新城人调字〔2026〕-12号', 'case-number.format'],
    ["'; drop--人调字〔2026〕12号", 'case-number.format'],
  ])('refuses %j: %s', (text, code) => {
    expect(parseCaseNumber(text)).toMatchObject({ ok: false, code });
  });

  it('reads what it writes, in both styles', () => {
    const anyNumber = fc.record({
      series: fc.constantFrom('mediation' as const, 'registration' as const),
      prefix: fc.constantFrom('新城', '呼新城', '综治', '登', '人调', '𠮷镇', '土左旗A', '玉泉大南街'),
      year: fc.integer({ min: 1949, max: 2999 }),
      sequence: fc.integer({ min: 1, max: 9_999_999 }),
    });
    fc.assert(
      fc.property(anyNumber, fc.constantFrom('plain' as const, 'ordinal' as const), (number, style) => {
        expect(parseCaseNumber(formatCaseNumber(number, style))).toEqual({ ok: true, value: number });
      }),
    );
  });
});

describe('parseNumberPrefix', () => {
  it.each([
    ['新城', true],
    ['呼综Ａ', true],
    ['', false],
    ['新城人调字', false],
    ['新城第', false],
    ['abc', false],
    ['一二三四五六七八九十甲', false],
  ])('%j: %j', (text, ok) => {
    expect(parseNumberPrefix(text).ok).toBe(ok);
  });
});
