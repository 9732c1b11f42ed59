import fc from 'fast-check';
import { addDays, dayOfMonth, legalDate, monthOf, yearOf } from './legal-date';
import { unwrap } from './parse-result';
import { ageOn, birthOn, maskResidentId, parseResidentId, residentIdKind, sexOf } from './resident-id';

const today = legalDate('2026-11-20');

/** ISO 7064 MOD 11-2 in its recursive form, independent of the weights of GB 11643. */
function complete(seventeen: string): string {
  let product = 0;
  for (const digit of seventeen) product = ((product + Number(digit)) * 2) % 11;
  const check = (12 - product) % 11;
  return seventeen + (check === 10 ? 'X' : String(check));
}

const anyId = fc
  .record({
    region: fc.constantFrom('150102', '110105', '440524', '510202', '810000', '820000', '830000', '999999'),
    days: fc.integer({ min: 0, max: 46_000 }),
    order: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ region, days, order }) => {
    const birth = addDays(legalDate('1900-01-01'), days);
    const digits = [yearOf(birth), String(monthOf(birth)).padStart(2, '0'), String(dayOfMonth(birth)).padStart(2, '0')];
    return { birth, order, text: complete(`${region}${digits.join('')}${String(order).padStart(3, '0')}`) };
  });

describe('parseResidentId', () => {
  it.each(['11010519491231002X', '440524188001010014'])('accepts the example %s of GB 11643', (text) => {
    expect(parseResidentId(text, today)).toEqual({ ok: true, value: text });
  });

  it.each([
    ['11010519491231002x', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２ｘ', '11010519491231002X'],
    [' 110105 19491231\u3000002X ', '11010519491231002X'],
  ])('puts %j right', (text, id) => {
    expect(parseResidentId(text, today)).toEqual({ ok: true, value: id });
  });

  it('accepts codes of abolished regions', () => {
    // 510202 (重庆市市中区, 四川) was abolished in 1997.
    expect(parseResidentId(complete('51020219700101001'), today).ok).toBe(true);
  });

  it.each([
    ['', 'resident-id.missing'],
    [' \u3000', 'resident-id.missing'],
    ['110105491231002', 'resident-id.old-fifteen-digits'],
    ['11010519491231002', 'resident-id.length'],
    ['11010519491231002XX', 'resident-id.length'],
    ['1101051949123100XX', 'resident-id.characters'],
    ['01010519491231002X', 'resident-id.characters'],
    ['11010519491231〇02X', 'resident-id.characters'],
    ['110105194912310021', 'resident-id.check-character'],
    ['11010519491231020X', 'resident-id.check-character'],
    [complete('11010519490229002'), 'resident-id.birth-date'],
    [complete('11010519491331002'), 'resident-id.birth-date'],
    [complete('11010520261121002'), 'resident-id.birth-in-future'],
    [complete('81010019800101001'), 'resident-id.permit-region'],
  ])('refuses %j: %s', (text, code) => {
    expect(parseResidentId(text, today)).toMatchObject({ ok: false, code });
  });

  it('accepts a child born on the very day', () => {
    expect(parseResidentId(complete('15010220261120001'), today).ok).toBe(true);
  });

  it('does not repeat the number in a refusal', () => {
    expect(JSON.stringify(parseResidentId('110105194912310021', today))).not.toContain('1949');
  });

  it('reads back what the number says', () => {
    fc.assert(
      fc.property(anyId, ({ text, birth, order }) => {
        const id = unwrap(parseResidentId(text, legalDate('2100-01-01')));
        expect(birthOn(id)).toBe(birth);
        expect(sexOf(id)).toBe(order % 2 === 1 ? 'male' : 'female');
      }),
    );
  });

  it('notices every single wrong character and every pair of neighbours swapped', () => {
    fc.assert(
      fc.property(anyId, fc.nat(17), fc.integer({ min: 1, max: 9 }), ({ text }, at, shift) => {
        const wrong = String((Number(text[at] === 'X' ? 0 : text[at]) + shift) % 10);
        const substituted = text.slice(0, at) + wrong + text.slice(at + 1);
        fc.pre(substituted !== text);
        expect(parseResidentId(substituted, legalDate('9999-01-01')).ok).toBe(false);
        const i = Math.min(at, 15);
        const swapped = text.slice(0, i) + text.charAt(i + 1) + text.charAt(i) + text.slice(i + 2);
        if (swapped !== text) expect(parseResidentId(swapped, legalDate('9999-01-01')).ok).toBe(false);
      }),
    );
  });
});

describe('what a resident id tells', () => {
  const id = unwrap(parseResidentId('11010519491231002X', today));

  it('hides the birthday when masked', () => {
    expect(maskResidentId(id)).toBe('110105********002X');
  });

  it('counts age by birthdays', () => {
    expect(ageOn(id, legalDate('1967-12-30'))).toBe(17);
    expect(ageOn(id, legalDate('1967-12-31'))).toBe(18);
  });

  it.each([
    ['150102', 'mainland'],
    ['810000', 'hong-kong'],
    ['820000', 'macao'],
    ['830000', 'taiwan'],
  ])('region %s is %s', (region, kind) => {
    expect(residentIdKind(unwrap(parseResidentId(complete(`${region}19900101001`), today)))).toBe(kind);
  });
});
