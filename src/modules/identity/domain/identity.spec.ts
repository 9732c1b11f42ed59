import fc from 'fast-check';
import { ROLES, type Role } from '../../../kernel';
import { type PasswordPolicy, isExpired, passwordFaults, pauseMinutes } from './password-policy';
import { mayHoldTogether, scopeOf } from './role-separation';

const policy: PasswordPolicy = {
  minLength: 10,
  minKinds: 3,
  maxAgeDays: 90,
  remembered: 5,
  maxFailures: 5,
  blockMinutes: 15,
};

describe('password policy', () => {
  it.each([
    ['Yan-shi-2026!', []],
    ['Ab1!', ['密码至少 10 个字符']],
    ['alllowercase', ['密码应含大写字母、小写字母、数字、符号中的至少 3 种']],
    ['Wangmin-2026', ['密码不能包含用户名']],
    ['Password-2026', ['密码过于常见']],
    ['调解调解调解调解调解Aa1', []],
  ])('%s', (password, faults) => {
    expect(passwordFaults(password, policy, 'wangmin')).toEqual(faults);
  });

  it('counts characters, not code units', () => {
    expect(passwordFaults('𬱖𬱖𬱖𬱖𬱖Aa1-', policy, 'x')).toEqual(['密码至少 10 个字符']);
  });

  it('runs out after its age, never when the age is 0', () => {
    const changedAt = new Date('2026-01-01T00:00:00Z');
    expect(isExpired(changedAt, policy, new Date('2026-04-01T00:00:00Z'))).toBe(false);
    expect(isExpired(changedAt, policy, new Date('2026-04-01T00:00:01Z'))).toBe(true);
    expect(isExpired(changedAt, { ...policy, maxAgeDays: 0 }, new Date('2036-01-01T00:00:00Z'))).toBe(false);
  });

  it('pauses grow with failures and never exceed a day', () => {
    expect([4, 5, 6, 7].map((n) => pauseMinutes(n, policy))).toEqual([0, 15, 30, 60]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), (n) => {
        const pause = pauseMinutes(n, policy);
        return pause <= 1440 && pause <= pauseMinutes(n + 1, policy);
      }),
    );
  });
});

describe('separation of duties', () => {
  const administrators: Role[] = ['system-admin', 'security-admin', 'auditor'];
  const cells = ROLES.flatMap((a) => ROLES.map((b) => [a, b] as const));
  it.each(cells)('%s with %s', (held, added) => {
    const expected = held === added || (!administrators.includes(held) && !administrators.includes(added));
    expect(mayHoldTogether([held], added)).toBe(expected);
  });

  it('every role has one kind of scope', () => {
    expect(
      ROLES.map(scopeOf).filter((s) => !['platform', 'center', 'committee', 'agency', 'unit'].includes(s)),
    ).toEqual([]);
  });
});
