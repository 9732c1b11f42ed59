import fc from 'fast-check';
import { maskPhone, parsePhone, phoneKind } from './phone';
import { unwrap } from './parse-result';

describe('parsePhone', () => {
  it.each([
    ['13812345678', '13812345678'],
    ['138 1234 5678', '13812345678'],
    ['138-1234-5678', '13812345678'],
    ['+86 138 1234 5678', '13812345678'],
    ['0086-13812345678', '13812345678'],
    ['8613812345678', '13812345678'],
    ['１３８１２３４５６７８', '13812345678'],
    ['\u202D13812345678\u202C', '13812345678'],
    ['0471-6912345', '0471-6912345'],
    ['04716912345', '0471-6912345'],
    ['（0471）6912345', '0471-6912345'],
    ['0471—6912345—801', '0471-6912345-801'],
    ['01062201234', '010-62201234'],
    ['021-62201234', '021-62201234'],
    ['+86 471 6912345', '0471-6912345'],
    ['+86 10 6220 1234', '010-62201234'],
    ['+852 2123 4567', '+85221234567'],
    ['0097611312345', '+97611312345'],
  ])('reads %j as %s', (text, phone) => {
    expect(parsePhone(text)).toEqual({ ok: true, value: phone });
  });

  it.each([
    ['', 'phone.missing'],
    ['  ', 'phone.missing'],
    ['13812345678、13912345678', 'phone.characters'],
    ['138l2345678', 'phone.characters'],
    ['12812345678', 'phone.mobile'],
    ['1381234567', 'phone.mobile'],
    ['138123456789', 'phone.mobile'],
    ['6912345', 'phone.area-code'],
    ['0471-691234', 'phone.landline'],
    ['0471-0912345', 'phone.landline'],
    ['010-622012345', 'phone.landline'],
    ['+0123456789', 'phone.abroad'],
    ['+852 123', 'phone.abroad'],
  ])('refuses %j: %s', (text, code) => {
    expect(parsePhone(text)).toMatchObject({ ok: false, code });
  });

  it('reads its own output unchanged', () => {
    const written = fc.oneof(
      fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String),
      fc.integer({ min: 2_000_000, max: 9_999_999 }).map((n) => `0471${n}`),
      fc.integer({ min: 2_000_000, max: 9_999_999 }).map((n) => `+852 ${n}0`),
    );
    fc.assert(
      fc.property(written, (text) => {
        const phone = unwrap(parsePhone(text));
        expect(parsePhone(phone)).toEqual({ ok: true, value: phone });
        expect(maskPhone(phone)).toMatch(/\*{3,}/);
      }),
    );
  });
});

describe('maskPhone and phoneKind', () => {
  it.each([
    ['13812345678', 'mobile', '138****5678'],
    ['0471-6912345', 'landline', '0471-***2345'],
    ['010-62201234-801', 'landline', '010-****1234'],
    ['+85221234567', 'abroad', '+852****567'],
  ])('%s is %s and shows as %s', (text, kind, masked) => {
    const phone = unwrap(parsePhone(text));
    expect(phoneKind(phone)).toBe(kind);
    expect(maskPhone(phone)).toBe(masked);
  });
});
