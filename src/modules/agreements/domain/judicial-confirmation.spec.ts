import type { LegalDate } from '../../../kernel';
import { type ApplicationAsked, confirmationChecks, confirmationLifecycle, eligibility } from './judicial-confirmation';

const day = (text: string) => text as LegalDate;
const COURT = '呼和浩特市新城区人民法院';
const ASKED: ApplicationAsked = {
  kind: 'written',
  dueOn: day('2026-10-19'),
  on: day('2026-10-19'),
  nature: 'civil',
  refusals: [],
  court: COURT,
  committeeCourt: COURT,
  parties: [
    { id: 'a', name: '甲' },
    { id: 'b', name: '乙' },
  ],
  applicantIds: ['a', 'b'],
  withoutAuthority: [],
  namedOutside: [],
  vague: [],
};

describe('whether a court would confirm', () => {
  const unmet = (changes: Partial<ApplicationAsked>) =>
    confirmationChecks({ ...ASKED, ...changes }).flatMap((c) => (c.isMet ? [] : [c.condition]));

  it('asks for a written agreement between equals, in time, without what courts do not confirm', () => {
    expect(unmet({})).toEqual([]);
    expect(unmet({ nature: null })).toEqual([]);
    expect(unmet({ kind: 'oral' })).toEqual(['是书面协议']);
    expect(unmet({ on: day('2026-10-20') })).toEqual(['在生效后三十日内']);
    expect(unmet({ nature: 'administrative' })).toEqual(['属于人民法院受理的民事纠纷']);
    expect(unmet({ refusals: ['agreements.ownership-not-confirmable'] })).toEqual(['不涉及物权、知识产权确权']);
    expect(unmet({ refusals: ['agreements.status-not-confirmable'] })).toEqual(['不涉及婚姻、收养、亲子等身份关系']);
    expect(unmet({ refusals: ['agreements.procedure-not-confirmable'] })).toEqual(['不适用其他特别程序、破产程序']);
  });
});

describe('whether the parties can apply', () => {
  const of = (changes: Partial<ApplicationAsked>) => eligibility({ ...ASKED, ...changes });
  const obstacles = (changes: Partial<ApplicationAsked>) =>
    of(changes).obstacles.map(({ code, field }) => [code, field]);

  it('lets all parties apply on the last day, and asks to look at what no program can judge', () => {
    expect(of({}).obstacles).toEqual([]);
    expect(of({}).hints.map(({ hint }) => hint)).toEqual(['lawful']);
  });

  it.each<[Partial<ApplicationAsked>, [string, string | null]]>([
    [{ on: day('2026-10-20') }, ['late', 'appliedOn']],
    [{ kind: 'oral' }, ['not-confirmable', null]],
    [{ nature: 'police' }, ['not-confirmable', null]],
    [{ refusals: ['agreements.status-not-confirmable'] }, ['not-confirmable', null]],
    [{ applicantIds: ['a'] }, ['not-all-parties', 'partyIds']],
    [{ withoutAuthority: ['乙'] }, ['no-authority', 'agentIds']],
    [{ court: '内蒙古自治区高级人民法院' }, ['no-jurisdiction', 'court']],
  ])('refuses %j', (changes, expected) => {
    expect(obstacles(changes)).toEqual([expected]);
  });

  it('names who is missing from a joint application', () => {
    expect(of({ applicantIds: ['b'] }).obstacles[0]?.text).toBe('司法确认须由全体当事人共同申请，还缺甲。');
  });

  it('asks for a second look at another court, vague words and people outside the agreement', () => {
    const hints = of({ court: '呼和浩特市赛罕区人民法院', vague: ['尽快'], namedOutside: ['丙'] }).hints;
    expect(hints.map(({ hint }) => hint)).toEqual(['lawful', 'jurisdiction', 'unclear', 'third-party']);
    expect(of({ committeeCourt: null }).hints.map(({ hint }) => hint)).toEqual(['lawful', 'jurisdiction']);
  });
});

describe('the lifecycle of an application', () => {
  const at = (state: 'applied' | 'accepted' | 'confirmed', ruling: 'confirmed' | 'dismissed' | null = null) => ({
    state,
    ruling,
  });
  const NOW = new Date('2026-09-28T02:00:00Z');

  it('is confirmed only after the court accepted it; it may be turned away before', () => {
    expect(() => confirmationLifecycle.next('decide', at('applied', 'confirmed'), NOW, 'confirmed')).toThrow('受理');
    expect(confirmationLifecycle.next('decide', at('applied', 'dismissed'), NOW, 'dismissed')).toBe('dismissed');
    expect(confirmationLifecycle.next('decide', at('accepted', 'confirmed'), NOW, 'confirmed')).toBe('confirmed');
  });

  it('is not withdrawn once the court has ruled', () => {
    expect(confirmationLifecycle.next('withdraw', at('accepted'), NOW)).toBe('withdrawn');
    expect(() => confirmationLifecycle.next('withdraw', at('confirmed'), NOW)).toThrow('裁定有效');
  });
});
