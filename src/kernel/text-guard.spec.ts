import fc from 'fast-check';
import { findTextDefect, parseText } from './text-guard';

describe('findTextDefect', () => {
  it.each([
    ['', 'multi-line'],
    ['当事人陈述：\n\t“我不同意。”\r\n𠮷𬱖', 'multi-line'],
    ['ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ', 'one-line'],
    ['阿依古丽·买买提', 'one-line'],
  ] as const)('lets %j pass as %s', (text, shape) => {
    expect(findTextDefect(text, shape)).toBeNull();
  });

  it('tells the offending character by code unit, by character and by code point', () => {
    expect(findTextDefect('𠮷a\u0000b')).toEqual({ kind: 'control', index: 3, position: 3, codePoint: 0 });
  });

  it.each([
    ['high at the end', '甲\uD842', 1, 0xd842],
    ['low alone', '\uDFB7甲', 0, 0xdfb7],
    ['two highs', '\uD842\uD842\uDFB7', 0, 0xd842],
    ['reversed pair', '\uDFB7\uD842', 0, 0xdfb7],
  ])('finds a lone surrogate: %s', (_name, text, index, codePoint) => {
    expect(findTextDefect(text)).toMatchObject({ kind: 'lone-surrogate', index, codePoint });
  });

  it.each([0x00, 0x01, 0x08, 0x0b, 0x0c, 0x1b, 0x1f, 0x7f, 0x85, 0x9f])('refuses control %i everywhere', (code) => {
    const text = `甲${String.fromCharCode(code)}`;
    expect(findTextDefect(text, 'multi-line')?.kind).toBe('control');
    expect(findTextDefect(text, 'one-line')?.kind).toBe('control');
  });

  it.each(['\t', '\n', '\r', '\u2028', '\u2029'])('keeps %j to narratives', (c) => {
    expect(findTextDefect(`甲${c}乙`, 'multi-line')).toBeNull();
    expect(findTextDefect(`甲${c}乙`, 'one-line')).toMatchObject({ kind: 'line-break', index: 1 });
  });

  it('agrees with the platform on well-formedness for any string of code units', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0xd000, max: 0xe100 }), { maxLength: 12 }), (units) => {
        const text = String.fromCharCode(...units);
        // TextEncoder replaces lone surrogates, so that only well-formed text survives the round trip.
        const isWellFormed = new TextDecoder().decode(new TextEncoder().encode(text)) === text;
        expect(findTextDefect(text) === null).toBe(isWellFormed);
      }),
    );
  });
});

describe('parseText', () => {
  it('returns the text itself', () => {
    expect(parseText('甲\n乙')).toEqual({ ok: true, value: '甲\n乙' });
  });

  it('names the place in Chinese', () => {
    expect(parseText('甲\u0007')).toEqual({
      ok: false,
      code: 'text.control',
      message: '第2个字符（U+0007）是不可见的控制字符，无法保存和打印，请删除后重试。',
    });
  });
});
