import { PAPER_STATES, type PaperFacts, type PaperState, paperLifecycle } from './paper-lifecycle';

const NOW = new Date('2026-09-18T01:00:00Z');
const free: PaperFacts = { state: 'final', committeeId: 'c', governedBy: null };

/** State → act → where it leads; what is not written is refused. */
const LEADS: Readonly<Record<PaperState, Readonly<Record<string, PaperState>>>> = {
  final: { seal: 'sealed', void: 'voided', withdraw: 'voided', supersede: 'superseded' },
  sealed: { void: 'voided', withdraw: 'voided', supersede: 'superseded' },
  voided: {},
  superseded: {},
};

describe('the lifecycle of a paper', () => {
  for (const state of Object.keys(PAPER_STATES) as PaperState[]) {
    for (const act of paperLifecycle.actKeys) {
      const target = LEADS[state][act];
      it(`${act} from ${state}: ${target ?? 'refused'}`, () => {
        const attempt = (): PaperState => paperLifecycle.next(act, { ...free, state }, NOW);
        if (target === undefined) expect(attempt).toThrow('wrong-state');
        else expect(attempt()).toBe(target);
      });
    }
  }

  it.each([
    ['seal', { committeeId: null }, 'papers.no-committee'],
    ['seal', { governedBy: '协议' }, 'papers.governed'],
    ['void', { governedBy: '协议' }, 'papers.governed'],
  ] as const)('%s is refused with %j', (act, facts, code) => {
    expect(paperLifecycle.refusal(act, { ...free, ...facts }, NOW)?.code).toBe(code);
  });

  it('lets the module that governs a paper withdraw it', () => {
    expect(paperLifecycle.next('withdraw', { ...free, governedBy: '协议' }, NOW)).toBe('voided');
  });

  it('offers only what the state admits and the grant allows', () => {
    expect(paperLifecycle.allowedActs(free, NOW, () => true)).toEqual(['seal', 'void']);
    expect(paperLifecycle.allowedActs(free, NOW, (by) => by.includes('dispatcher@center'))).toEqual(['void']);
    expect(paperLifecycle.allowedActs({ ...free, state: 'voided' }, NOW, () => true)).toEqual([]);
  });
});
