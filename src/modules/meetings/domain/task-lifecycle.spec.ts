import type { LegalDate } from '../../../kernel';
import { lightOfTask, meetingTaskLifecycle, type MeetingTaskSnapshot, reminderOf } from './task-lifecycle';

const NOW = new Date('2026-11-20T02:00:00Z');
const day = (d: number): LegalDate => `2026-11-${String(d).padStart(2, '0')}` as LegalDate;
const task = (with_: Partial<MeetingTaskSnapshot>): MeetingTaskSnapshot => ({
  state: 'open',
  hasLogin: true,
  actorAnswered: false,
  ...with_,
});

describe('a task out of the minutes', () => {
  it.each([
    [17, 'green'],
    [18, 'yellow'],
    [20, 'yellow'],
    [21, 'red'],
  ])('due on the 20th, stands on the %ith %s', (today, light) => {
    expect(lightOfTask({ state: 'open', dueOn: day(20), answeredOn: null }, day(today))).toBe(light);
  });

  it('answered in time stays green however long the center takes, answered late stays red', () => {
    expect(lightOfTask({ state: 'answered', dueOn: day(20), answeredOn: day(20) }, day(29))).toBe('green');
    expect(lightOfTask({ state: 'answered', dueOn: day(20), answeredOn: day(21) }, day(21))).toBe('red');
    expect(lightOfTask({ state: 'done', dueOn: day(20), answeredOn: day(21) }, day(29))).toBeNull();
  });

  it.each([
    [17, false, false, null],
    [18, false, false, 'warn'],
    [19, true, false, null],
    [21, true, false, 'tell-late'],
    // Stopped over the warning: only that it is late is told.
    [21, false, false, 'tell-late'],
    [25, true, true, null],
  ] as const)('on the %ith (warned %s, told %s) reminds: %s', (today, isWarned, isToldLate, reminder) => {
    expect(reminderOf({ dueOn: day(20), isWarned, isToldLate }, day(today))).toBe(reminder);
  });

  it('is not accepted by the one who entered its answer, and answered by the center only for a unit without a login', () => {
    const refusal = (act: 'accept' | 'enter-answer', with_: Partial<MeetingTaskSnapshot>): string | undefined =>
      meetingTaskLifecycle.refusal(act, task(with_), NOW)?.code;
    expect(refusal('accept', { state: 'answered', actorAnswered: true })).toBe('meeting-tasks.own-answer');
    expect(refusal('accept', { state: 'answered' })).toBeUndefined();
    expect(refusal('enter-answer', {})).toBe('meeting-tasks.answers-itself');
    expect(refusal('enter-answer', { hasLogin: false })).toBeUndefined();
  });
});
