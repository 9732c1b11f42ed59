import { legalDate } from '../../../kernel';
import type { Capacity, RepresentativeKind, Scope } from './dictionaries';
import { type SigningParty, type SigningRepresentative, capacityOn, isInForce, isMinorOn, maySign } from './may-sign';

const ON = legalDate('2026-09-18');
const person = (birthOn: string | null, capacity: Capacity = 'by-age', isActive = true): SigningParty => ({
  kind: 'person',
  isActive,
  birthOn,
  capacity,
});
const company: SigningParty = { kind: 'organization', isActive: true, birthOn: null, capacity: 'by-age' };
const representative = (
  kind: RepresentativeKind,
  scope: Scope[] = ['attend'],
  more: Partial<SigningRepresentative> = {},
): SigningRepresentative => ({
  id: kind,
  kind,
  scope,
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  endedOn: null,
  ...more,
});

describe('capacity for civil acts (民法典第十七条至第二十二条)', () => {
  it.each<[string, string | null, Capacity, 'full' | 'limited' | 'none']>([
    ['the day before eight', '2018-09-19', 'by-age', 'none'],
    ['the eighth birthday', '2018-09-18', 'by-age', 'limited'],
    ['the day before eighteen', '2008-09-19', 'by-age', 'limited'],
    ['the eighteenth birthday', '2008-09-18', 'by-age', 'full'],
    ['sixteen and self-supporting', '2010-09-18', 'self-supporting', 'full'],
    ['not yet sixteen, said to support itself', '2010-09-19', 'self-supporting', 'limited'],
    ['an adult found to have limited capacity', '1950-01-01', 'limited', 'limited'],
    ['an adult found to have none', '1950-01-01', 'none', 'none'],
    ['no known birthday', null, 'by-age', 'full'],
  ])('%s', (_what, birthOn, capacity, expected) => {
    expect(capacityOn({ birthOn, capacity }, ON)).toBe(expected);
  });

  it('counts whoever is under eighteen a minor, self-supporting or not', () => {
    expect(isMinorOn(person('2010-09-18', 'self-supporting'), ON)).toBe(true);
    expect(isMinorOn(person('2008-09-18'), ON)).toBe(false);
    expect(isMinorOn(person(null), ON)).toBe(false);
  });
});

describe('who may sign for a party', () => {
  it('an adult signs alone, with or without an agent', () => {
    expect(maySign(person('1980-01-01'), [], ON)).toEqual({ self: true, representativeIds: [], lacking: null });
    expect(
      maySign(person('1980-01-01'), [representative('entrusted', ['sign', 'waive'])], ON).representativeIds,
    ).toEqual(['entrusted']);
  });

  it.each<[Scope[], boolean]>([
    [['attend', 'receive'], false],
    [['sign'], false],
    [['waive'], false],
    [['sign', 'waive'], true],
  ])('an agent with %j: %s', (scope, expected) => {
    for (const kind of ['entrusted', 'elected'] as const) {
      expect(maySign(person('1980-01-01'), [representative(kind, scope)], ON).representativeIds).toEqual(
        expected ? [kind] : [],
      );
    }
  });

  it('a ward never signs, nor its own agent; the guardian does', () => {
    const ward = person('2012-01-01');
    expect(maySign(ward, [], ON)).toMatchObject({
      self: false,
      representativeIds: [],
      lacking: expect.stringContaining('法定代理人') as string,
    });
    expect(maySign(ward, [representative('entrusted', ['sign', 'waive'])], ON).representativeIds).toEqual([]);
    expect(maySign(ward, [representative('statutory')], ON)).toEqual({
      self: false,
      representativeIds: ['statutory'],
      lacking: null,
    });
  });

  it('an organisation signs through a person', () => {
    expect(maySign(company, [], ON)).toMatchObject({
      self: false,
      lacking: expect.stringContaining('法定代表人') as string,
    });
    expect(maySign(company, [representative('legal-representative')], ON).lacking).toBeNull();
    expect(maySign(company, [representative('entrusted', ['sign', 'waive'])], ON).representativeIds).toEqual([
      'entrusted',
    ]);
  });

  it('one who no longer takes part signs nothing', () => {
    expect(
      maySign(person('1980-01-01', 'by-age', false), [representative('entrusted', ['sign', 'waive'])], ON),
    ).toMatchObject({ self: false, representativeIds: [] });
  });

  it.each<[string, Partial<SigningRepresentative>, boolean]>([
    ['from its first day', { validFrom: '2026-09-18' }, true],
    ['not a day before', { validFrom: '2026-09-19' }, false],
    ['to its last day', { validTo: '2026-09-18' }, true],
    ['not a day after', { validTo: '2026-09-17' }, false],
    ['without end', { validTo: null }, true],
    ['not from the day it was ended', { endedOn: '2026-09-18' }, false],
    ['still on the day before its end', { endedOn: '2026-09-19' }, true],
  ])('a power holds %s', (_what, period, expected) => {
    expect(isInForce(representative('entrusted', ['sign', 'waive'], period), ON)).toBe(expected);
    expect(
      maySign(company, [representative('entrusted', ['sign', 'waive'], period)], ON).representativeIds,
    ).toHaveLength(expected ? 1 : 0);
  });
});
