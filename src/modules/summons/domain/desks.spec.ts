import { AGENCY_TABS, nextStepOf, STATES_OF_TAB } from './desks';
import { TASK_STATES, type TaskState } from './task-lifecycle';

const states = Object.keys(TASK_STATES) as TaskState[];

describe('the desk of an agency', () => {
  it('has every state that an agency sees under exactly one tab', () => {
    const placed = (Object.keys(AGENCY_TABS) as (keyof typeof AGENCY_TABS)[]).flatMap((tab) => STATES_OF_TAB[tab]);
    expect([...placed].sort()).toEqual(states.filter((s) => s !== 'draft').sort());
  });

  it.each(states)('says in state %s what to do next, in a whole sentence', (state) => {
    for (const attendanceRequired of [true, false])
      expect(nextStepOf({ state, attendanceRequired, appeal: 'none' }, false)).toMatch(/。$/);
  });

  it('speaks of the appeal as long as there may be one, and of the one that waits', () => {
    const task = { state: 'rated', attendanceRequired: false, appeal: 'none' } as const;
    expect(nextStepOf(task, true)).toContain('申诉一次');
    expect(nextStepOf(task, false)).not.toContain('申诉');
    expect(nextStepOf({ ...task, appeal: 'lodged' }, false)).toContain('等待中心答复');
  });
});
