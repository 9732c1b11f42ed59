import fc from 'fast-check';
import { nameSearchKey, parsePersonName } from './person-name';
import { unwrap } from './parse-result';

describe('parsePersonName', () => {
  it.each([
    '王芳',
    '阿卜杜热西提·买买提',
    '乌云其木格',
    'ᠪᠠᠲᠤ',
    'Иван Петров',
    "Seán O'Brien",
    '𠮷田𬱖',
    '\u{2EBF0}\u{323B0}', // CJK extensions I and J: newer than many tables
    '\uE0C5\uE0C6', // private use, as an ID reader gives it
    '无名氏1',
  ])('keeps %j exactly', (raw) => {
    expect(unwrap(parsePersonName(raw)).raw).toBe(raw);
  });

  it('does not trim or normalise what goes on paper', () => {
    const raw = ' 张\u3000三\uF9D1 ';
    expect(unwrap(parsePersonName(raw)).raw).toBe(raw);
  });

  it.each([
    ['', 'name.missing'],
    [' \u3000\u200B', 'name.missing'],
    ['张\n三', 'name.control'],
    ['张\u0000三', 'name.control'],
    ['张\uD842', 'name.control'],
    ['12345', 'name.no-letter'],
    ['···', 'name.no-letter'],
    ['＊＊', 'name.no-letter'],
    ['\u0301', 'name.no-letter'],
    ['张'.repeat(101), 'name.too-long'],
  ])('refuses %j: %s', (raw, code) => {
    expect(parsePersonName(raw)).toMatchObject({ ok: false, code });
  });

  it('measures length in characters, not in code units', () => {
    expect(parsePersonName('𠮷'.repeat(100)).ok).toBe(true);
    expect(parsePersonName('𠮷'.repeat(101))).toMatchObject({ code: 'name.too-long' });
  });

  it.each([
    ['王芳', []],
    ['阿依古丽·买买提', []],
    ['ᠪᠠ\u180Bᠲᠤ', []],
    ['张\u202E三', ['bidi-control']],
    ['张\u200B三', ['zero-width']],
    ['\uFEFF张三', ['zero-width']],
    ['阿依古丽•买买提', ['look-alike-dot']],
    ['阿依古丽.买买提', ['look-alike-dot']],
    ['J. Smith', []],
    ['张\uE0C5', ['private-use']],
    ['葛\u{E0100}明', ['variation-selector']],
    ['张\u2066\u200B・三', ['bidi-control', 'zero-width', 'look-alike-dot']],
  ])('flags %j with %j', (raw, flags) => {
    expect(unwrap(parsePersonName(raw)).flags).toEqual(flags);
  });
});

describe('nameSearchKey', () => {
  it.each(['•', '∙', '・', '‧', '．', '●', '·', '\u0387', '⋅', '･', '.'])('takes %j for the middle dot', (dot) => {
    expect(nameSearchKey(`阿依古丽${dot}买买提`)).toBe('阿依古丽\u00B7买买提');
  });

  it.each([
    ['张\u3000三', '张三'],
    ['张 三', '张三'],
    ['张\u200B三\u202C', '张三'],
    ['ＪＯＨＮ　Ｓｍｉｔｈ', 'johnsmith'],
    ['J. Smith', 'j.smith'],
    ['Rene\u0301', 'rené'],
    ['ᠪᠠ\u180Bᠲᠤ', 'ᠪᠠᠲᠤ'],
    ['葛\u{E0100}明', '葛明'],
  ])('%j becomes %j', (raw, key) => {
    expect(nameSearchKey(raw)).toBe(key);
  });

  it('keeps ideographs that NFKC or NFC would replace', () => {
    for (const name of ['\uF9D1', '\u{2F800}', '\uFA0E', '\u2F00', '㈱'].map((c) => `张${c}`)) {
      expect(nameSearchKey(name)).toBe(name);
    }
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const key = nameSearchKey(text);
        expect(nameSearchKey(key)).toBe(key);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not see invisible characters wherever they stand', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('\u200B', '\u202E', '\uFEFF', '\u2067', '\u{E0101}'),
        fc.nat(),
        (text, invisible, at) => {
          const points = Array.from(text);
          points.splice(at % (points.length + 1), 0, invisible);
          expect(nameSearchKey(points.join(''))).toBe(nameSearchKey(text));
        },
      ),
    );
  });
});
