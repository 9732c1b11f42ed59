import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  computeDeadline,
  type DeadlineUnit,
  endingOf,
  RuleBook,
  type RuleVersion,
  WorkingCalendar,
} from '../../../kernel';
import { boundsCn, DEADLINE_RULES, type RuleFacts, settingProblem } from './rule-catalogue';

type Preset = Pick<RuleVersion, 'term' | 'unit' | 'rolls' | 'closes' | 'article'> & { readonly id: string };
const presets = JSON.parse(
  readFileSync(join(__dirname, '../../../../migrations/data/deadline-rules.json'), 'utf8'),
) as Preset[];
function known<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('No such rule');
  return found;
}
const presetOf = (id: string): Preset => known(presets.find((p) => p.id === id));
const factsOf = (id: string): RuleFacts => known(DEADLINE_RULES[id]);
const version = (ruleId: string, changes: Partial<RuleVersion> = {}): RuleVersion => {
  const { id: _, ...preset } = presetOf(ruleId);
  return {
    ...preset,
    id: `${ruleId}/preset`,
    ruleId,
    isOwn: false,
    version: 1,
    validFrom: '2000-01-01',
    inForceAt: new Date('2000-01-01T00:00:00+08:00'),
    ...changes,
  };
};
const own = (ruleId: string, term: number, number: number, from: string): RuleVersion =>
  version(ruleId, {
    id: `${ruleId}/${number}`,
    isOwn: true,
    term,
    version: number,
    validFrom: from.slice(0, 10),
    inForceAt: new Date(`${from}+08:00`),
  });
const at = (local: string): Date => new Date(`${local}+08:00`);
const SIGN = 'summons.progress.sign';
const book = new RuleBook([
  own(SIGN, 30, 1, '2026-12-01T00:00:00'),
  version(SIGN),
  own(SIGN, 45, 2, '2026-12-01T15:00:00'),
]);

describe('the rule that holds', () => {
  it('is the preset until the center’s own begins, and then the latest of them, to the instant', () => {
    expect(book.at(SIGN, at('2026-11-30T23:59:59')).term).toBe(60);
    expect(book.at(SIGN, at('2026-12-01T00:00:00')).term).toBe(30);
    expect(book.at(SIGN, at('2026-12-01T14:59:59')).versionId).toBe(`${SIGN}/1`);
    expect(book.at(SIGN, at('2026-12-01T15:00:00')).versionId).toBe(`${SIGN}/2`);
    expect(() => book.at('unknown', at('2026-12-01T15:00:00'))).toThrow(RangeError);
  });

  it('stays the version by which a deadline was begun, whatever came later', () => {
    expect(book.version(`${SIGN}/preset`)).toMatchObject({
      id: SIGN,
      term: 60,
      article: '吹哨报到时限（工作推进哨·签收）',
    });
  });

  it('names the center’s own version in the explanation of a deadline', () => {
    const rules = new RuleBook([version('mediation.people'), own('mediation.people', 1, 3, '2026-12-01T00:00:00')]);
    const start = at('2026-12-02T09:00:00');
    const { explanation } = computeDeadline({
      rule: rules.at('mediation.people', start),
      start,
      calendar: new WorkingCalendar([]),
    });
    expect(explanation[0]).toBe(
      '依据《人民调解工作若干规定》第三十三条（本中心规则第3版，2026年12月1日起执行），期限为1个月。',
    );
  });
});

describe('what a center may set', () => {
  const set = (id: string, term: number, unit: DeadlineUnit): string | null =>
    settingProblem(factsOf(id), presetOf(id), { term, unit })?.code ?? null;

  it.each<[string, string, number, DeadlineUnit, string | null]>([
    ['a month, as it is', 'mediation.people', 1, 'calendar-month', null],
    ['a shorter term than a month', 'mediation.people', 20, 'natural-day', null],
    ['as many days as the shortest month', 'mediation.people', 28, 'natural-day', null],
    ['a day more than February may have', 'mediation.people', 29, 'natural-day', 'deadline-rules.beyond-law'],
    ['a longer term than the law’s', 'mediation.people', 2, 'calendar-month', 'deadline-rules.beyond-law'],
    ['longer by another unit', 'mediation.court-entrusted', 30, 'working-day', 'deadline-rules.unit'],
    ['a right of the parties', 'judicial-confirmation', 20, 'natural-day', 'deadline-rules.fixed'],
    ['what is only looked up', 'legal-aid.decide', 5, 'natural-day', 'deadline-rules.fixed'],
    ['half an hour to sign', SIGN, 30, 'working-minute', null],
    ['no time at all to sign', SIGN, 1, 'working-minute', 'deadline-rules.out-of-bounds'],
    ['weeks for hard matters', 'summons.progress.feedback.hard', 11, 'working-day', 'deadline-rules.out-of-bounds'],
    ['an emergency by office hours', 'summons.emergency.sign', 30, 'working-minute', 'deadline-rules.unit'],
  ])('%s', (_, id, term, unit, expected) => {
    expect(set(id, term, unit)).toBe(expected);
  });

  it('is told beforehand', () => {
    const cn = (id: string): string => boundsCn(factsOf(id), presetOf(id));
    expect(cn('mediation.people')).toBe('1个月以内，或28日以内');
    expect(cn('judicial-confirmation')).toBe('法定，不能调整');
    expect(cn('transfer.sign')).toBe('1至15日');
  });

  it('ends as the preset does, and at closing where days take the place of hours', () => {
    expect(endingOf(presetOf('mediation.people'), 'natural-day')).toEqual({ rolls: true, closes: false });
    expect(endingOf(presetOf(SIGN), 'working-day')).toEqual({ rolls: false, closes: true });
    expect(endingOf(presetOf('summons.progress.contact'), 'working-hour')).toEqual({ rolls: false, closes: false });
  });
});

describe('the presets', () => {
  it('have each rule that the program knows by name, and no other, within its own bounds', () => {
    expect(presets.map((p) => p.id).sort()).toEqual(Object.keys(DEADLINE_RULES).sort());
    for (const preset of presets) {
      const facts = factsOf(preset.id);
      if (facts.standing === 'own')
        expect([preset.id, settingProblem(facts, preset, preset)]).toEqual([preset.id, null]);
    }
  });
});
