import { AddressLimit } from './address-limit.guard';

describe('the limit of questions per address', () => {
  let now = 0;
  const limit = (perMinute: number): AddressLimit => new AddressLimit(perMinute, () => now);
  beforeEach(() => {
    now = 0;
  });

  it('admits so many a minute, then refuses, then admits again', () => {
    const two = limit(2);
    expect([two.admits('a'), two.admits('a'), two.admits('a')]).toEqual([true, true, false]);
    expect(two.admits('b')).toBe(true);
    now = 59_999;
    expect(two.admits('a')).toBe(false);
    now = 60_000;
    expect(two.admits('a')).toBe(true);
  });

  it('takes the addresses of one household for one, and tells IPv4 addresses apart in either notation', () => {
    const one = limit(1);
    expect([one.admits('2001:db8:1:2::1'), one.admits('2001:db8:1:2:ffff::9'), one.admits('2001:db8:1:3::1')]).toEqual([
      true,
      false,
      true,
    ]);
    expect([one.admits('::ffff:192.0.2.1'), one.admits('::ffff:192.0.2.2')]).toEqual([true, true]);
  });

  it('does not grow without end under many addresses', () => {
    const one = limit(1);
    for (let i = 0; i < 30_000; i += 1) one.admits(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
    expect((one as unknown as { windows: Map<string, unknown> }).windows.size).toBeLessThanOrEqual(20_000);
  });
});
