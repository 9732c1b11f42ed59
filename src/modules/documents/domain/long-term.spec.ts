import { longTermView, nightAfter, retryAfter } from './long-term';

describe('the night in which long-term copies are made', () => {
  it.each([
    ['2026-11-20T09:00:00+08:00', '2026-11-21T02:00:00+08:00'],
    ['2026-11-20T23:59:59+08:00', '2026-11-21T02:00:00+08:00'],
    ['2026-11-21T01:59:59+08:00', '2026-11-21T02:00:00+08:00'],
    ['2026-11-21T02:00:00+08:00', '2026-11-22T02:00:00+08:00'],
  ])('sealed at %s, made at %s', (sealed, night) => {
    expect(nightAfter(new Date(sealed))).toEqual(new Date(night));
  });

  it('tries again after growing intervals, at last once a day', () => {
    const now = new Date('2026-11-21T02:00:00+08:00');
    const hours = [1, 2, 3, 4, 5, 6, 60].map((n) => (retryAfter(now, n).getTime() - now.getTime()) / 3_600_000);
    expect(hours).toEqual([1, 2, 4, 8, 16, 24, 24]);
  });

  it('says how it stands', () => {
    expect(longTermView(false, null)).toBeNull();
    expect(longTermView(true, null)?.state).toBe('none');
    expect(longTermView(true, { problem: null, collectedAt: null })?.text).toBe('长期验证资料待取（夜间自动办理）');
    expect(longTermView(true, { problem: '连接不上', collectedAt: null })?.text).toBe(
      '长期验证资料待取（连接不上；系统会自动再试）',
    );
    const collectedAt = new Date('2026-11-21T02:00:00+08:00');
    expect(longTermView(true, { problem: null, collectedAt })).toMatchObject({ state: 'attached' });
  });
});
