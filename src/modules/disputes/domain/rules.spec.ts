import * as fc from 'fast-check';
import {
  OUTCOMES,
  DISPUTE_TYPES,
  NATURES,
  RISK_LEVELS,
  type DisputeType,
  type Nature,
  type RiskLevel,
} from './dictionaries';
import { possibleOutcomes } from './closing';
import { type PossibleTwin, findDuplicates } from './duplicates';
import { MATTER_FACTS, type MatterFacts, NO_OWN_FACTS } from './matter-facts';
import type { MatterSnapshot } from './matter-lifecycle';
import { periodRuleOf, periodStart } from './mediation-period';
import { isHigher, suggestRisk } from './risk';
import { adviseRoutes, remainingRoutes, routeRefusal } from './route-advice';

const natures = Object.keys(NATURES) as Nature[];
const types = Object.keys(DISPUTE_TYPES) as DisputeType[];

describe('advice on routes', () => {
  it('closes arbitration to every family matter (ARB art. 3), opens it to a lease', () => {
    for (const type of types.filter((t) => t.startsWith('family'))) {
      expect([type, routeRefusal('arbitration', 'civil', type)?.law]).toEqual([type, '《仲裁法》（2025年修订）第三条']);
      expect(remainingRoutes('civil', type)).not.toContain('arbitration');
    }
    expect(routeRefusal('arbitration', 'civil', 'contract.lease')).toBeNull();
    expect(remainingRoutes('civil', 'contract.lease')).toContain('arbitration');
  });

  it('never closes the way to court in a civil matter (PML art. 3)', () => {
    for (const type of [...types, null]) expect(remainingRoutes('civil', type)).toContain('litigation');
  });

  it('keeps mediation to civil and labor matters, first in the advice', () => {
    expect(natures.filter((n) => routeRefusal('mediation', n, null) !== null)).toEqual([
      'administrative',
      'litigation',
      'police',
    ]);
    expect(adviseRoutes('civil', null)[0]?.route).toBe('mediation');
    expect(adviseRoutes('administrative', null).at(-1)).toMatchObject({ route: 'mediation', isOpen: false });
  });

  it('gives each route once, with reason and law', () => {
    for (const nature of natures) {
      for (const type of types) {
        const advice = adviseRoutes(nature, type);
        expect(new Set(advice.map((a) => a.route)).size).toBe(advice.length);
        expect(advice.filter((a) => !a.reason.endsWith('。') || !a.law.includes('《'))).toEqual([]);
        expect(advice.filter((a) => a.isOpen).length).toBeGreaterThan(0);
      }
    }
  });
});

describe('the suggested risk', () => {
  const calm = {
    cues: [],
    isGroup: false,
    headcount: null,
    nature: 'civil',
    disputeType: null,
    reopenedTimes: 0,
    currentLevel: null,
  };

  it.each([
    [{}, 'blue', []],
    [{ headcount: 4 }, 'blue', []],
    [{ headcount: 5 }, 'yellow', ['涉及 5 人']],
    [{ headcount: 30 }, 'red', ['涉及 30 人']],
    [{ isGroup: true }, 'yellow', ['群体事项']],
    [{ cues: ['不想活'] }, 'red', ['有激化苗头：不想活']],
    [{ nature: 'police' }, 'red', ['属治安或刑事线索']],
    [{ disputeType: 'family.violence' }, 'red', ['涉及家庭暴力']],
    [{ disputeType: 'labor.arrears' }, 'yellow', ['拖欠农民工工资']],
    [{ disputeType: 'expropriation' }, 'yellow', ['征地拆迁']],
    [{ reopenedTimes: 2 }, 'yellow', ['曾重启 2 次']],
  ])('of %j is %s', (more, level, factors) => {
    expect(suggestRisk({ ...calm, ...more })).toEqual({ level, factors });
  });

  it('never falls below the current level, and never below what one factor alone asks', () => {
    const levels = Object.keys(RISK_LEVELS) as RiskLevel[];
    const factors = fc.record({
      cues: fc.array(fc.constantFrom('不想活', '自焚'), { maxLength: 2 }),
      isGroup: fc.boolean(),
      headcount: fc.option(fc.integer({ min: 1, max: 100 })),
      nature: fc.constantFrom(...natures),
      disputeType: fc.option(fc.constantFrom(...types)),
      reopenedTimes: fc.integer({ min: 0, max: 3 }),
      currentLevel: fc.option(fc.constantFrom(...levels)),
    });
    fc.assert(
      fc.property(factors, (f) => {
        const { level } = suggestRisk(f);
        expect(f.currentLevel !== null && isHigher(f.currentLevel, level)).toBe(false);
        expect(isHigher(suggestRisk({ ...f, currentLevel: null, headcount: null }).level, level)).toBe(false);
      }),
    );
  });
});

describe('outcomes that the record bears out', () => {
  const facts = (more: Partial<MatterFacts> = {}): MatterFacts =>
    ({ ...Object.fromEntries(Object.keys(MATTER_FACTS).map((f) => [f, 0])), ...more }) as MatterFacts;
  const matter = (more: Partial<MatterSnapshot>): MatterSnapshot => ({
    state: 'in-progress',
    mediationState: null,
    nature: 'civil',
    isSealed: false,
    committeeId: null,
    handlerAccountId: null,
    allowsCallBack: true,
    hasUpstreamNumber: true,
    actorIsHandler: false,
    actorIsReceiver: true,
    own: NO_OWN_FACTS,
    facts: facts(),
    ...more,
  });

  it.each([
    [{ mediationState: 'performed', facts: facts({ effectiveAgreements: 1 }) }, ['agreement', 'oral-agreement']],
    [{ mediationState: 'effective', facts: facts() }, []],
    [{ mediationState: 'effective', facts: facts({ effectiveAgreements: 1 }) }, ['agreement']],
    [{ mediationState: 'oral-agreed', facts: facts({ effectiveAgreements: 1 }) }, ['oral-agreement']],
    [{ mediationState: 'terminated' }, ['not-agreed', 'refused', 'unreachable']],
    [{ mediationState: 'refused' }, ['refused']],
    [{ mediationState: 'unreachable' }, ['unreachable']],
    [{ mediationState: 'withdrawn' }, ['withdrawn', 'settled']],
    [{}, ['settled', 'solved']],
    [{ state: 'answered' }, ['answered']],
    [{ state: 'referred' }, ['referred']],
    [{ state: 'not-accepted' }, ['not-accepted']],
    [{ state: 'handed-off', mediationState: 'terminated' }, ['not-agreed', 'refused', 'unreachable', 'handed-off']],
  ] as [Partial<MatterSnapshot>, string[]][])('of %j are %j', (more, expected) => {
    expect(possibleOutcomes(matter(more))).toEqual(expected);
  });

  it('no outcome is beyond reach', () => {
    const states = ['in-progress', 'answered', 'referred', 'not-accepted', 'handed-off'] as const;
    const mediations = [null, 'effective', 'oral-agreed', 'terminated', 'refused', 'unreachable', 'withdrawn'] as const;
    const reached = states.flatMap((state) =>
      mediations.flatMap((mediationState) =>
        possibleOutcomes(matter({ state, mediationState, facts: facts({ effectiveAgreements: 1 }) })),
      ),
    );
    expect([...new Set(reached)].sort()).toEqual(Object.keys(OUTCOMES).sort());
  });
});

describe('the period of a mediation', () => {
  const civil = { channel: 'visit', nature: 'civil', courtProcedure: null } as const;
  it.each([
    [civil, 'people'],
    [{ ...civil, nature: 'labor' }, 'labor'],
    [{ ...civil, channel: 'court-entrusted', nature: 'labor' }, 'court-entrusted'],
    [{ ...civil, channel: 'court-appointed', courtProcedure: 'summary' }, 'court-summary'],
    [{ ...civil, channel: 'court-appointed', courtProcedure: 'ordinary' }, 'court-ordinary'],
  ] as const)('of %j is %s', (origin, rule) => {
    expect(periodRuleOf(origin)).toBe(rule);
  });

  it('starts at acceptance, receipt or the court’s materials', () => {
    const dates = { acceptedOn: 'accepted', registeredOn: 'registered', courtMaterialsOn: 'materials' };
    expect(periodStart('people', dates)).toBe('accepted');
    expect(periodStart('labor', dates)).toBe('registered');
    expect(periodStart('court-ordinary', dates)).toBe('materials');
    expect(periodStart('court-ordinary', { ...dates, courtMaterialsOn: null })).toBe('accepted');
  });
});

describe('possible duplicates', () => {
  const now = new Date('2026-09-18T01:00:00Z');
  const matter = {
    upstreamNumber: 'A1',
    placeUnitId: 'u',
    place: '北巷',
    title: '噪声',
    narrative: '巷内外卖员用餐高峰聚集噪声大。',
  };
  const twin = (more: Partial<PossibleTwin>): PossibleTwin => ({
    ...{ id: 'x', registrationNumber: 'n', state: 'closed', registeredAt: now },
    ...{ upstreamNumber: null, placeUnitId: null, place: null, title: '别事', narrative: '与此全然无涉。' },
    ...more,
  });

  it.each([
    ['the same number', { upstreamNumber: 'A1' }, ['upstream-number']],
    ['the same place in other spelling', { place: '北 巷。' }, ['place']],
    ['the same words', { title: '噪声', narrative: '巷内外卖员用餐高峰聚集噪声很大。' }, ['similar-text']],
  ])('shows %s', (_, more, reasons) => {
    expect(findDuplicates(matter, [twin(more)], now)).toMatchObject([{ id: 'x', reasons }]);
  });

  it.each([
    ['a place long ago', { place: '北巷', registeredAt: new Date('2026-08-01T00:00:00Z') }],
    ['the same words for a place in another community', { place: '北巷', placeUnitId: 'elsewhere' }],
    ['the community alone', { placeUnitId: 'u' }],
    ['two matters without any number', { upstreamNumber: null }],
  ])('does not show %s', (_, more) => {
    expect(findDuplicates({ ...matter, upstreamNumber: null }, [twin(more)], now)).toEqual([]);
  });

  it('puts the likeliest first', () => {
    const found = findDuplicates(
      matter,
      [twin({ id: 'place', place: '北巷' }), twin({ id: 'number', upstreamNumber: 'A1' })],
      now,
    );
    expect(found.map((f) => f.id)).toEqual(['number', 'place']);
  });
});
