import type { LegalDate } from '../../../kernel';
import { confirmationCountdown, effectiveInstant } from './effect';
import { inkOnlyReason } from './electronic-signing';
import {
  type Attendee,
  type PlanChoices,
  type PlanOfficer,
  type PlanParty,
  actsAtPlace,
  attendeesOf,
  missingMarks,
  planSignatures,
  signsBefore,
  turnOf,
  withoutInterpreter,
} from './signature-plan';
import { type Stroke, strokesProblem } from './strokes';

const COMMITTEE = { id: 'k', name: '光明社区人民调解委员会' };
const OFFICERS: readonly PlanOfficer[] = [
  { accountId: 'm1', name: '刘调解', capacity: 'host' },
  { accountId: 'm2', name: '何调解', capacity: 'co-mediator' },
  { accountId: 'r', name: '郑记录', capacity: 'recorder' },
];
const NONE: PlanChoices = { signatories: [], attendees: [] };
const INTERPRETER: Attendee = { capacity: 'interpreter', name: '巴图', language: '蒙古语', partyIds: ['b'] };
const person = (id: string, changes: Partial<PlanParty> = {}): PlanParty => ({
  id,
  name: `当事人${id}`,
  kind: 'person',
  signatories: { self: true, representativeIds: [], lacking: null },
  representatives: [],
  ...changes,
});

describe('the plan of signatures', () => {
  it.each([2, 3, 6, 12])('has a place for each of %i parties, each mediator, the recorder and the seal', (count) => {
    const { slots, faults } = planSignatures(
      Array.from({ length: count }, (_, i) => person(String(i))),
      OFFICERS,
      COMMITTEE,
      NONE,
    );
    expect(faults).toEqual([]);
    expect(slots.map((s) => s.slot)).toEqual([
      ...Array.from({ length: count }, (_, i) => `party-${i + 1}`),
      'mediator-1',
      'mediator-2',
      'recorder',
      'committee-seal',
    ]);
  });

  it('lets a guardian sign for a minor and asks an organisation for its seal as well', () => {
    const child = person('c', {
      signatories: { self: false, representativeIds: ['g'], lacking: null },
      representatives: [{ id: 'g', name: '母亲' }],
    });
    const company = person('o', {
      kind: 'organization',
      signatories: { self: false, representativeIds: ['d', 'e'], lacking: null },
      representatives: [
        { id: 'd', name: '陈宏' },
        { id: 'e', name: '王律师' },
      ],
    });
    const { slots } = planSignatures([child, company], OFFICERS, COMMITTEE, {
      ...NONE,
      signatories: [{ partyId: 'o', representativeId: 'e' }],
    });
    expect(slots.slice(0, 2)).toMatchObject([
      { capacity: 'representative', signsFor: '当事人c', signerName: '母亲', needsCorporateSeal: false },
      { capacity: 'representative', signsFor: '当事人o', signerName: '王律师', needsCorporateSeal: true },
    ]);
  });

  it('keeps an adult’s own place unless an agent with the power was chosen', () => {
    const adult = person('a', {
      signatories: { self: true, representativeIds: ['l'], lacking: null },
      representatives: [{ id: 'l', name: '王律师' }],
    });
    const sign = (choices: { partyId: string; representativeId: string }[]) =>
      planSignatures([adult, person('b')], OFFICERS, COMMITTEE, { ...NONE, signatories: choices });
    expect(sign([]).slots[0]).toMatchObject({ capacity: 'party', signerName: '当事人a' });
    expect(sign([{ partyId: 'a', representativeId: 'l' }]).slots[0]).toMatchObject({ signerName: '王律师' });
    expect(sign([{ partyId: 'a', representativeId: 'x' }]).faults).toMatchObject([
      { pointer: '/signatories/0/representativeId', code: 'agreements.may-not-sign' },
    ]);
    expect(sign([{ partyId: 'z', representativeId: 'l' }]).faults).toMatchObject([
      { pointer: '/signatories/0/partyId', code: 'agreements.not-a-party' },
    ]);
  });

  it.each([
    [
      'nobody may sign',
      [person('a', { signatories: { self: false, representativeIds: [], lacking: '请先登记监护人。' } }), person('b')],
      OFFICERS,
      'agreements.nobody-may-sign',
    ],
    ['no mediator is left', [person('a'), person('b')], OFFICERS.slice(2), 'agreements.no-mediator'],
    ['nobody records', [person('a'), person('b')], OFFICERS.slice(0, 2), 'agreements.no-recorder'],
  ] as const)('is not whole where %s', (_, parties, officers, code) => {
    expect(planSignatures(parties, officers, COMMITTEE, NONE).faults.map((f) => f.code)).toEqual([code]);
  });

  it('is not signed by an organisation before signature and seal are both there', () => {
    expect(missingMarks({ needsCorporateSeal: true }, [])).toEqual(['signature', 'corporate-seal']);
    expect(missingMarks({ needsCorporateSeal: true }, ['signature'])).toEqual(['corporate-seal']);
    expect(missingMarks({ needsCorporateSeal: false }, ['signature'])).toEqual([]);
  });
});

describe('witnesses and interpreters in the plan', () => {
  const planned = (...attendees: Attendee[]) =>
    planSignatures([person('a'), person('b')], OFFICERS, COMMITTEE, { signatories: [], attendees });

  it('have places between the parties, whose marks they attest, and the officers', () => {
    const { slots, faults } = planned({ capacity: 'witness', name: '云娜' }, INTERPRETER, {
      capacity: 'witness',
      name: '赵社区',
    });
    expect(faults).toEqual([]);
    expect(slots.map((s) => s.slot)).toEqual([
      'party-1',
      'party-2',
      'interpreter-1',
      'witness-1',
      'witness-2',
      'mediator-1',
      'mediator-2',
      'recorder',
      'committee-seal',
    ]);
    expect(slots[2]).toMatchObject({ signerName: '巴图', language: '蒙古语', interpretsFor: ['b'], accountId: null });
    expect(slots[3]).toMatchObject({ signerName: '云娜', language: null, interpretsFor: [] });
  });

  it.each([
    ['signs already as a party', { capacity: 'witness', name: '当事人a' }, 'name', 'attendee-signs-already'],
    ['signs already as a mediator', { capacity: 'witness', name: '刘调解' }, 'name', 'attendee-signs-already'],
    ['is named twice', { capacity: 'witness', name: '巴图' }, 'name', 'attendee-twice'],
    [
      'interprets into no language',
      { capacity: 'interpreter', name: '其木格', partyIds: ['a'] },
      'language',
      'language-missing',
    ],
    [
      'interprets for nobody',
      { capacity: 'interpreter', name: '其木格', language: '蒙古语' },
      'partyIds',
      'interprets-for-nobody',
    ],
    [
      'interprets for a stranger',
      { capacity: 'interpreter', name: '其木格', language: '蒙古语', partyIds: ['z'] },
      'partyIds',
      'not-a-party',
    ],
  ] as const)('is refused at its field who %s', (_, attendee, field, code) => {
    expect(planned(INTERPRETER, attendee).faults).toMatchObject([
      { pointer: `/attendees/1/${field}`, code: `agreements.${code}` },
    ]);
  });

  it('sign after the parties where an order was agreed, and in no order where none was', () => {
    const { slots } = planned(INTERPRETER, { capacity: 'witness', name: '云娜' });
    const turns = (order: readonly string[]) => slots.map((s) => turnOf(s, order));
    expect(turns(['b', 'a'])).toEqual([2, 1, 3, 3, null, null, null, null]);
    expect(turns([])).toEqual(slots.map(() => null));
  });

  it('may be had on a phone as well: they have no account to sign under', () => {
    const [acts] = planned(INTERPRETER)
      .slots.filter((s) => s.slot === 'interpreter-1')
      .map((s) => actsAtPlace({ ...s, state: 'open', missing: ['signature'], mustWait: false }, () => true, 'me'));
    expect(acts).toEqual(['sign-on-tablet', 'record-ink', 'issue-link', 'refuse']);
  });

  it('a party who needs an interpreter and has none is told of', () => {
    const parties = [
      { id: 'a', neededLanguage: null },
      { id: 'b', neededLanguage: '蒙古语' },
    ];
    expect(withoutInterpreter(parties, planned().slots)).toEqual([parties[1]]);
    expect(withoutInterpreter(parties, planned(INTERPRETER).slots)).toEqual([]);
  });

  it('are chosen again as they were, for the parties who are still there', () => {
    const { slots } = planned(INTERPRETER, { capacity: 'witness', name: '云娜' });
    expect(attendeesOf(slots, () => true)).toEqual([INTERPRETER, { capacity: 'witness', name: '云娜' }]);
    expect(attendeesOf(slots, (id) => id === 'a')).toEqual([{ capacity: 'witness', name: '云娜' }]);
  });
});

describe('electronic signing (E-signature Law art. 3)', () => {
  it.each([
    'family',
    'family.divorce',
    'family.custody',
    'family.support',
    'family.maintenance',
    'family.inheritance',
    'family.division',
    'family.betrothal',
    'family.cohabitation',
    'family.violence',
  ])('does not count for %s', (type) => {
    expect(inkOnlyReason(type, [])).toContain('电子签名法第三条');
  });

  it.each(['contract.lease', 'neighbor', 'labor', 'traffic', 'other', null])('may be agreed for %s', (type) => {
    expect(inkOnlyReason(type, ['一次付清，被抚养人生活费已包含在内。'])).toBeNull();
  });

  it.each(['父母遗产各得一半。', '双方自愿离婚。', '解除收养关系。', '儿子的抚养权归母亲。', '每月支付赡养费。'])(
    'does not count for what is said, whatever type was chosen: %s',
    (clause) => {
      expect(inkOnlyReason('other', [clause])).not.toBeNull();
    },
  );
});

describe('strokes', () => {
  const written: Stroke[] = [0, 1].map((stroke) => ({
    points: Array.from({ length: 12 }, (_, i) => ({
      x: 40 + stroke * 80 + (i % 4) * 15,
      y: 40 + i * 6,
      t: stroke * 400 + i * 20,
      p: 500,
    })),
  }));
  it('of a hand pass', () => {
    expect(strokesProblem(written)).toBeNull();
  });

  it.each([
    ['empty', []],
    ['a stroke without points', [{ points: [] }]],
    ['a dot', [{ points: [{ x: 1, y: 1, t: 0, p: 1 }] }]],
    ['a straight line', [{ points: Array.from({ length: 40 }, (_, i) => ({ x: i * 5, y: 50, t: i * 20, p: 500 })) }]],
    ['too small to read', written.map((s) => ({ points: s.points.map((p) => ({ ...p, x: p.x / 40, y: p.y / 40 })) }))],
    ['drawn by a program in no time', written.map((s) => ({ points: s.points.map((p) => ({ ...p, t: 0 })) }))],
    ['running back in time', [...written].reverse()],
    ['endless', Array.from({ length: 300 }, () => written[0] ?? { points: [] })],
  ] as const)('that are %s are none', (_, strokes) => {
    expect(strokesProblem(strokes)).not.toBeNull();
  });
});

describe('taking effect (People’s Mediation Law art. 29)', () => {
  const at = (time: string): Date => new Date(`2026-09-18T${time}+08:00`);
  it('is the last of all marks and the seal, in whatever order they came', () => {
    expect(effectiveInstant([at('09:00'), at('11:00'), at('10:00')], at('12:00'))).toEqual(at('12:00'));
    expect(effectiveInstant([at('09:00'), at('13:00')], at('12:00'))).toEqual(at('13:00'));
    expect(effectiveInstant([], at('12:00'))).toEqual(at('12:00'));
  });
});

describe('what can be done at one place', () => {
  const all = (): boolean => true;
  const place = (changes: object = {}) => ({
    capacity: 'party' as const,
    state: 'open',
    accountId: null,
    missing: ['signature'],
    mustWait: false,
    ...changes,
  });

  it('is every way of signing for a party, the own account for an officer, and the seal for the committee', () => {
    expect(actsAtPlace(place(), all, 'me')).toEqual(['sign-on-tablet', 'record-ink', 'issue-link', 'refuse']);
    const officer = place({ capacity: 'mediator', accountId: 'me' });
    expect(actsAtPlace(officer, all, 'me')).toEqual(['sign-on-tablet', 'record-ink', 'refuse']);
    expect(actsAtPlace(officer, all, 'another')).toEqual(['record-ink', 'refuse']);
    expect(actsAtPlace(place({ capacity: 'committee-seal', missing: [] }), all, 'me')).toEqual(['seal']);
  });

  it('waits where another signs first by the order that was agreed', () => {
    expect(actsAtPlace(place({ mustWait: true }), all, 'me')).toEqual(['record-ink', 'issue-link', 'refuse']);
    const at = (turn: number | null, state: string) => ({ turn, state });
    expect(signsBefore(at(2, 'open'), [at(1, 'open'), at(2, 'open')])).toEqual(at(1, 'open'));
    expect(signsBefore(at(3, 'open'), [at(2, 'open'), at(1, 'open'), at(3, 'open')])).toEqual(at(1, 'open'));
    expect(signsBefore(at(2, 'open'), [at(1, 'signed'), at(2, 'open')])).toBeUndefined();
    expect(signsBefore(at(null, 'open'), [at(1, 'open')])).toBeUndefined();
  });

  it('leaves a unit that has signed its seal on paper', () => {
    expect(actsAtPlace(place({ missing: ['corporate-seal'] }), all, 'me')).toEqual(['record-ink', 'refuse']);
  });

  it.each(['signed', 'refused', 'voided'])('is nothing where it is %s', (state) => {
    expect(actsAtPlace(place({ state }), all, 'me')).toEqual([]);
  });

  it('is never more than the agreement allows', () => {
    expect(actsAtPlace(place(), (act) => act === 'record-ink', 'me')).toEqual(['record-ink']);
    expect(actsAtPlace(place({ capacity: 'committee-seal' }), () => false, 'me')).toEqual([]);
  });
});

describe('the thirty days for judicial confirmation', () => {
  it.each([
    ['2026-10-21', '2026-09-21', 30, 'green'],
    ['2026-10-21', '2026-10-11', 10, 'yellow'],
    ['2026-10-21', '2026-10-21', 0, 'yellow'],
    ['2026-10-21', '2026-10-22', -1, 'red'],
  ] as const)('until %s, on %s: %i days, %s', (due, today, daysLeft, light) => {
    expect(confirmationCountdown(due as LegalDate, today as LegalDate, 3)).toEqual({ daysLeft, light });
  });

  it('warns when the center wants to be warned', () => {
    const light = (part: number) =>
      confirmationCountdown('2026-10-21' as LegalDate, '2026-10-08' as LegalDate, part).light;
    expect([light(2), light(3)]).toEqual(['yellow', 'green']);
  });
});
