import { breaksTwoPersonRule, endsSoon, sealLifecycle, sealProblem } from './seal-lifecycle';

const NOW = new Date('2026-09-18T01:00:00Z');
const seal = { state: 'active', validFrom: new Date('2026-01-01'), validTo: new Date('2027-01-01') } as const;

describe('an electronic seal', () => {
  it('is retired once, by people or by the seal that takes its place', () => {
    expect(sealLifecycle.next('retire', { state: 'active' }, NOW)).toBe('retired');
    expect(sealLifecycle.next('replace', { state: 'active' }, NOW)).toBe('retired');
    for (const act of sealLifecycle.actKeys)
      expect(() => sealLifecycle.next(act, { state: 'retired' }, NOW)).toThrow('wrong-state');
    expect(sealLifecycle.table.acts.retire.by).not.toContain('intake-clerk@center');
  });

  it.each([
    [seal, NOW, null],
    [{ ...seal, state: 'retired' } as const, NOW, '停用'],
    [seal, new Date('2025-12-31T23:59:59Z'), '尚未生效'],
    [seal, new Date('2027-01-01T00:00:01Z'), '已过期'],
  ])('%#: says what stands in the way', (facts, at, words) => {
    const problem = sealProblem(facts, at);
    if (words === null) expect(problem).toBeNull();
    else expect(problem).toContain(words);
  });

  it('warns in the last 30 days of its certificate', () => {
    expect(endsSoon(new Date('2026-10-18T00:59:59Z'), NOW)).toBe(true);
    expect(endsSoon(new Date('2026-10-18T01:00:01Z'), NOW)).toBe(false);
  });

  it.each([
    [false, 'a', 'a', false],
    [false, null, null, false],
    [true, 'a', 'b', false],
    [true, 'a', 'a', true],
    [true, null, 'b', true],
    [true, undefined, 'b', true],
    [true, 'a', null, true],
  ])('two persons demanded: %s, asked by %s, sealed by %s → broken: %s', (demanded, asked, sealed, broken) => {
    expect(breaksTwoPersonRule(demanded, asked, sealed)).toBe(broken);
  });
});
