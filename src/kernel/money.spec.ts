import fc from 'fast-check';
import {
  fen,
  formatMoney,
  formatTenThousandYuan,
  formatYuan,
  MAX_FEN,
  moneyInWords,
  parseMoney,
  splitEqually,
  sumMoney,
} from './money';
import { unwrap } from './parse-result';

const anyFen = fc
  .oneof(
    fc.integer({ min: 0, max: 1_000_000 }),
    fc.maxSafeNat().map((n) => n % (MAX_FEN + 1)),
    // Round amounts, where the rules of 零 bite: a few digits spread over many zeros.
    fc
      .array(fc.tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 9 })), { maxLength: 4 })
      .map((terms) => terms.reduce((sum, [place, digit]) => sum + digit * 10 ** place, 0)),
  )
  .filter((n) => n <= MAX_FEN)
  .map(fen);

describe('parseMoney', () => {
  it.each([
    ['12,000.50', 1_200_050],
    ['12000.5', 1_200_050],
    ['12000', 1_200_000],
    ['￥12,000.50', 1_200_050],
    ['¥ 0.07', 7],
    ['人民币12000元整', 1_200_000],
    ['１２，０００．５０元', 1_200_050],
    ['0', 0],
    ['90,000,000,000,000.00', MAX_FEN],
    ['1.10', 110],
    ['4.35', 435],
    ['1.00', 100],
  ])('reads %j as %i fen', (text, value) => {
    expect(parseMoney(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'money.missing'],
    ['￥', 'money.missing'],
    ['-1', 'money.format'],
    ['+1', 'money.format'],
    ['1.005', 'money.format'],
    ['1,20,00', 'money.format'],
    ['12,00', 'money.format'],
    ['1.2万', 'money.format'],
    ['1e5', 'money.format'],
    ['0x10', 'money.format'],
    ['.5', 'money.format'],
    ['1.', 'money.format'],
    ['1 234,5', 'money.format'],
    ['壹佰元', 'money.format'],
    ['90000000000000.01', 'money.too-large'],
    ['9'.repeat(30), 'money.too-large'],
    ['9'.repeat(31), 'money.format'],
  ])('refuses %j: %s', (text, code) => {
    expect(parseMoney(text)).toMatchObject({ ok: false, code });
  });

  it('reads every format it writes', () => {
    fc.assert(
      fc.property(anyFen, (amount) => {
        expect(parseMoney(formatMoney(amount))).toEqual({ ok: true, value: amount });
        expect(parseMoney(formatYuan(amount))).toEqual({ ok: true, value: amount });
      }),
    );
  });
});

describe('fen', () => {
  it.each([0.5, -1, NaN, Infinity, MAX_FEN + 1])('refuses %d', (value) => {
    expect(() => fen(value)).toThrow(RangeError);
  });
});

describe('formats', () => {
  it.each([
    [0, '¥0.00', '0.00'],
    [7, '¥0.07', '0.00'],
    [1_200_050, '¥12,000.50', '1.20'],
    [123_456_789, '¥1,234,567.89', '123.46'],
    [4_999, '¥49.99', '0.00'],
    [5_000, '¥50.00', '0.01'],
    [MAX_FEN, '¥90,000,000,000,000.00', '9,000,000,000.00'],
  ])('%i fen is %s, %s万元', (value, yuan, wan) => {
    expect(formatMoney(fen(value))).toBe(yuan);
    expect(formatTenThousandYuan(fen(value))).toBe(wan);
  });
});

describe('moneyInWords', () => {
  it.each([
    ['0', '零元整'],
    ['0.05', '伍分'],
    ['0.50', '伍角整'],
    ['0.55', '伍角伍分'],
    ['1', '壹元整'],
    ['10', '壹拾元整'],
    ['400', '肆佰元整'],
    ['12000', '壹万贰仟元整'],
    ['1409.50', '壹仟肆佰零玖元伍角整'],
    ['6007.14', '陆仟零柒元壹角肆分'],
    ['1680.32', '壹仟陆佰捌拾元叁角贰分'],
    ['107000.53', '壹拾万柒仟元伍角叁分'],
    ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
    ['325.04', '叁佰贰拾伍元零肆分'],
    ['1000.05', '壹仟元零伍分'],
    ['10010', '壹万零壹拾元整'],
    ['100500', '壹拾万零伍佰元整'],
    ['10000000', '壹仟万元整'],
    ['100000000', '壹亿元整'],
    ['100010000', '壹亿零壹万元整'],
    ['110000001', '壹亿壹仟万零壹元整'],
    ['105000000', '壹亿零伍佰万元整'],
    ['100000001', '壹亿零壹元整'],
    ['1000000000000', '壹万亿元整'],
    ['1000100000000', '壹万零壹亿元整'],
    ['90000000000000', '玖拾万亿元整'],
  ])('%s is %s', (yuan, words) => {
    expect(moneyInWords(unwrap(parseMoney(yuan)))).toBe(words);
  });

  it('is read back to the same amount by an independent reader', () => {
    fc.assert(
      fc.property(anyFen, (amount) => {
        expect(readWords(moneyInWords(amount))).toBe(BigInt(amount));
      }),
      { numRuns: 3000 },
    );
  });

  it('never doubles or ends with 零, and never skips 零 where digits are skipped', () => {
    fc.assert(
      fc.property(anyFen, (amount) => {
        const words = moneyInWords(amount);
        expect(words).not.toMatch(/零零|零[元整万亿角分](?!整)|零$/);
        // Skipping a place inside a section must show: 仟 is never followed directly by 拾's digit or a lone digit.
        expect(words).not.toMatch(/仟[壹贰叁肆伍陆柒捌玖](?![佰])|佰[壹贰叁肆伍陆柒捌玖](?!拾)/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('sums and instalments', () => {
  it('adds exactly', () => {
    expect(sumMoney([fen(10), fen(20), fen(70)])).toEqual({ ok: true, value: 100 });
    expect(sumMoney([])).toEqual({ ok: true, value: 0 });
    expect(sumMoney([fen(MAX_FEN), fen(1)])).toMatchObject({ ok: false, code: 'money.too-large' });
  });

  it('puts the remainder into the last instalment', () => {
    expect(splitEqually(fen(10_000), 3)).toEqual({ ok: true, value: [3_333, 3_333, 3_334] });
  });

  it.each([0, -1, 1.5, 1201, NaN])('refuses %d instalments', (count) => {
    expect(splitEqually(fen(100_000), count)).toMatchObject({ ok: false, code: 'money.split' });
  });

  it('refuses instalments of nothing', () => {
    expect(splitEqually(fen(2), 3)).toMatchObject({ ok: false, code: 'money.split' });
  });

  it('splits any amount into parts that add up to it and differ only in the last', () => {
    fc.assert(
      fc.property(anyFen, fc.integer({ min: 1, max: 60 }), (total, count) => {
        fc.pre(total >= count);
        const parts = unwrap(splitEqually(total, count));
        expect(parts).toHaveLength(count);
        expect(unwrap(sumMoney(parts))).toBe(total);
        expect(new Set(parts.slice(0, -1)).size).toBeLessThanOrEqual(1);
        const last = parts.at(-1) ?? 0;
        expect(last - (parts[0] ?? 0)).toBeGreaterThanOrEqual(0);
        expect(last - (parts[0] ?? 0)).toBeLessThan(count);
      }),
    );
  });
});

/** Reads 大写 by weighing units, without knowing the rules of 零: shares nothing with the writer. */
function readWords(words: string): bigint {
  const [wholeText, rest = ''] = words.includes('元') ? words.split('元') : ['', words];
  const units: Record<string, bigint> = { 拾: 10n, 佰: 100n, 仟: 1_000n };
  const digitOf = (c: string): bigint => BigInt('零壹贰叁肆伍陆柒捌玖'.indexOf(c));
  const read = (text: string): bigint => {
    for (const [name, weight] of [
      ['亿', 100_000_000n],
      ['万', 10_000n],
    ] as const) {
      const at = text.lastIndexOf(name);
      if (at >= 0) return read(text.slice(0, at)) * weight + read(text.slice(at + 1));
    }
    let sum = 0n;
    let digit = 0n;
    for (const c of text) {
      const unit = units[c];
      if (unit === undefined) digit = digitOf(c);
      else {
        sum += digit * unit;
        digit = 0n;
      }
    }
    return sum + digit;
  };
  const jiao = /(.)角/.exec(rest)?.[1];
  const cents = /(.)分/.exec(rest)?.[1];
  return read(wholeText ?? '') * 100n + (jiao ? digitOf(jiao) * 10n : 0n) + (cents ? digitOf(cents) : 0n);
}
