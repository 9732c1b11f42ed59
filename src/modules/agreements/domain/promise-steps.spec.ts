import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LegalDate, WorkingCalendar, addDays, parseWorkingDayYear, unwrap } from '../../../kernel';
import {
  PROMISE_STEPS,
  type StepFamily,
  enforcementEnds,
  plannedSteps as plan,
  reachedUpTo,
  toTake,
} from './promise-steps';

const day = (text: string) => text as LegalDate;
const EFFECT = day('2026-09-19');
const FILE = join(__dirname, '../../../../migrations/data/working-days-2026.json');
const calendar = new WorkingCalendar([unwrap(parseWorkingDayYear(JSON.parse(readFileSync(FILE, 'utf8'))))]);
const plannedSteps = (family: StepFamily, from: LegalDate, effectiveOn: LegalDate) =>
  plan(family, from, effectiveOn, calendar);

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
    // The day before is in effect, the working day before it is not.
    expect(plannedSteps('due', day('2026-09-28'), day('2026-09-26'))[0]).toEqual({ step: 'due-1', on: '2026-09-26' });
    expect(plannedSteps('due', EFFECT, EFFECT).map(({ step }) => step)).toEqual(['overdue']);
  });

  it('counts the thirty days of the court from effect, and the two years from the last day', () => {
    expect(plannedSteps('confirmation', EFFECT, EFFECT).map(({ on }) => on)).toEqual([
      '2026-09-24',
      '2026-10-09',
      '2026-10-14',
      '2026-10-16',
    ]);
    expect(enforcementEnds(day('2026-12-20'))).toBe('2028-12-20');
    expect(enforcementEnds(day('2028-02-29'))).toBe('2030-02-28');
    expect(plannedSteps('enforcement', day('2028-12-20'), EFFECT).map(({ on }) => on)).toEqual([
      '2028-09-21',
      '2028-11-20',
    ]);
  });

  it('comes on working days: before on the one before, after on the next one; a make-up Saturday is one', () => {
    const on = (dueOn: string) => plannedSteps('due', day(dueOn), EFFECT).map((s) => s.on);
    // Within the National Day holiday: told on its eve and on the first day after it.
    expect(on('2026-10-05')).toEqual(['2026-09-28', '2026-09-30', '2026-10-08']);
    expect(on('2026-10-10')).toEqual(['2026-09-30', '2026-10-09', '2026-10-12']);
    expect(on('2026-10-11')).toEqual(['2026-09-30', '2026-10-10', '2026-10-12']);
  });

  it('is found by the sweep on the very day on which it is planned', () => {
    for (let n = 0; n < 60; n += 1) {
      const dueOn = addDays(day('2026-09-25'), n);
      for (const { step, on } of plannedSteps('due', dueOn, EFFECT)) {
        const unrolled = addDays(dueOn, PROMISE_STEPS[step].days);
        const isReached = (today: LegalDate) => unrolled <= reachedUpTo(step, today, calendar);
        expect([step, dueOn, isReached(addDays(on, -1)), isReached(on)]).toEqual([step, dueOn, on === EFFECT, true]);
      }
    }
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
    expect(toTake(planned, [], day('2026-09-23'))).toEqual([]);
    expect(toTake(planned, [], day('2026-09-24'))).toEqual([
      { step: 'confirm-7', on: '2026-09-24', isOvertaken: false },
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
