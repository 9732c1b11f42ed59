import { endsWithDigits, phoneEnd } from './phone-end';

describe('the end of a telephone number', () => {
  it.each([
    ['13812345678', '5678'],
    ['0471-6912345', '2345'],
    ['0471-6912345-801', '2345'],
    ['+85221234567', '4567'],
  ])('of %s is %s', (phone, end) => {
    expect(phoneEnd(phone)).toBe(end);
  });

  it('is compared over the area code, never over the extension', () => {
    expect(endsWithDigits('0471-6912345-801', '716912345')).toBe(true);
    expect(endsWithDigits('0471-6912345-801', '5801')).toBe(false);
    expect(endsWithDigits('13812345678', '345678')).toBe(true);
  });
});
