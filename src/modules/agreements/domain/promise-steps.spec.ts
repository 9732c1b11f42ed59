import type { LegalDate } from '../../../kernel';
import { PROMISE_STEPS, confirmationChecks, enforcementEnds, plannedSteps, toTake } from './promise-steps';

const day = (text: string) => text as LegalDate;
const EFFECT = day('2026-09-19');

describe('reminders of what an agreement promises', () => {
  it('counts before and after the day on which something is due', () => {
    expect(plannedSteps('due', day('2026-10-20'), EFFECT)).toEqual([
      { step: 'due-7', on: '2026-10-13' },
      { step: 'due-1', on: '2026-10-19' },
      { step: 'overdue', on: '2026-10-21' },
    ]);
  });

  it('has no reminder on a day on which the agreement was not in effect', () => {
    expect(plannedSteps('due', day('2026-09-24'), EFFECT).map(({ step }) => step)).toEqual(['due-1', 'overdue']);
    expect(plannedSteps('due', EFFECT, EFFECT).map(({ step }) => step)).toEqual(['overdue']);
  });

  it('counts the thirty days of the court from effect, and the two years from the last day', () => {
    expect(plannedSteps('confirmation', EFFECT, EFFECT).map(({ on }) => on)).toEqual([
      '2026-09-26',
      '2026-10-09',
      '2026-10-14',
      '2026-10-17',
    ]);
    expect(enforcementEnds(day('2026-12-20'))).toBe('2028-12-20');
    expect(enforcementEnds(day('2028-02-29'))).toBe('2030-02-28');
    expect(plannedSteps('enforcement', day('2028-12-20'), EFFECT).map(({ on }) => on)).toEqual([
      '2028-09-21',
      '2028-11-20',
    ]);
  });

  it('lists the steps of each family in the order of time', () => {
    for (const family of ['due', 'confirmation', 'enforcement'] as const) {
      const days = Object.values(PROMISE_STEPS)
        .filter((s) => s.family === family)
        .map((s) => s.days);
      expect(days).toEqual(days.toSorted((a, z) => a - z));
    }
  });

  it('takes each step once, and of several that were reached in a stop only the last one tells', () => {
    const planned = plannedSteps('confirmation', EFFECT, EFFECT);
    expect(toTake(planned, [], day('2026-09-25'))).toEqual([]);
    expect(toTake(planned, [], day('2026-09-26'))).toEqual([
      { step: 'confirm-7', on: '2026-09-26', isOvertaken: false },
    ]);
    expect(toTake(planned, ['confirm-7'], day('2026-10-08'))).toEqual([]);
    expect(toTake(planned, ['confirm-7'], day('2026-10-17')).map((s) => [s.step, s.isOvertaken])).toEqual([
      ['confirm-20', true],
      ['confirm-25', true],
      ['confirm-28', false],
    ]);
    expect(toTake(planned, ['confirm-7', 'confirm-28'], day('2026-10-17')).map((s) => [s.step, s.isOvertaken])).toEqual(
      [
        ['confirm-20', true],
        ['confirm-25', true],
      ],
    );
  });
});

describe('whether a court would confirm', () => {
  const asked = { kind: 'written' as const, dueOn: day('2026-10-19'), today: day('2026-10-19'), refusals: [] };
  const unmet = (changes: Partial<Parameters<typeof confirmationChecks>[0]>) =>
    confirmationChecks({ ...asked, ...changes }).flatMap((c) => (c.isMet ? [] : [c.condition]));

  it('asks for a written agreement, in time, without what courts do not confirm', () => {
    expect(unmet({})).toEqual([]);
    expect(unmet({ kind: 'oral' })).toEqual(['是书面协议']);
    expect(unmet({ today: day('2026-10-20') })).toEqual(['在生效后三十日内']);
    expect(unmet({ refusals: ['agreements.ownership-not-confirmable'] })).toEqual(['不涉及物权、知识产权确权']);
    expect(unmet({ refusals: ['agreements.status-not-confirmable'] })).toEqual(['不涉及婚姻、收养、亲子等身份关系']);
  });
});
