import { DomainError } from '../../../kernel';
import {
  SETTLED_TASK_STATES,
  type TaskAct,
  type TaskSnapshot,
  type TaskState,
  TASK_STATES,
  taskLifecycle,
} from './task-lifecycle';

const now = new Date('2026-10-08T09:00:00+08:00');
const later = new Date('2026-10-08T14:55:00+08:00');
const states = Object.keys(TASK_STATES) as TaskState[];

/** A snapshot in which nothing but the state can stand in the way. */
function free(state: TaskState, act: TaskAct): TaskSnapshot {
  return {
    state,
    role: 'assist',
    attendanceRequired: act === 'arrive',
    objectionEndsAt: later,
    objectionHardStopAt: later,
    openFellows: 0,
    isRatedByParty: false,
    appealEndsAt: later,
    appeal: ['grant-appeal', 'dismiss-appeal'].includes(act) ? 'lodged' : 'none',
    actorRated: false,
    hasReason: true,
  };
}

/**
 * The whole table once more, as the field tells it: who may go where. Written apart from the table on purpose, so that
 * a changed cell is seen.
 */
const EXPECTED: Readonly<Record<TaskAct, Partial<Record<TaskState, readonly TaskState[]>>>> = {
  issue: { draft: ['issued'] },
  sign: { issued: ['signed', 'closed'] },
  contact: {
    signed: ['signed'],
    overruled: ['overruled'],
    arrived: ['arrived'],
    handling: ['handling'],
    returned: ['returned'],
  },
  object: { issued: ['objected'], signed: ['objected'] },
  uphold: { objected: ['upheld'] },
  overrule: { objected: ['overruled'] },
  arrive: {
    signed: ['arrived', 'handling'],
    overruled: ['arrived', 'handling'],
    arrived: ['arrived', 'handling'],
    handling: ['arrived', 'handling'],
  },
  'begin-handling': { signed: ['handling'], overruled: ['handling'], arrived: ['handling'] },
  attach: { handling: ['handling'], returned: ['returned'] },
  'feed-back': { handling: ['feedback'], returned: ['feedback'] },
  confirm: { feedback: ['confirmed'] },
  return: { feedback: ['returned'] },
  rate: { confirmed: ['rated'] },
  'rate-by-party': { confirmed: ['confirmed'], rated: ['rated'], closed: ['closed'] },
  appeal: { rated: ['rated'], closed: ['closed'] },
  'grant-appeal': { rated: ['rated'], closed: ['closed'] },
  'dismiss-appeal': { rated: ['rated'], closed: ['closed'] },
  close: { rated: ['closed'] },
  withdraw: {
    issued: ['withdrawn'],
    signed: ['withdrawn'],
    objected: ['withdrawn'],
    overruled: ['withdrawn'],
    arrived: ['withdrawn'],
    handling: ['withdrawn'],
    returned: ['withdrawn'],
  },
  'withdraw-with-summons': {
    draft: ['withdrawn'],
    issued: ['withdrawn'],
    signed: ['withdrawn'],
    objected: ['withdrawn'],
    overruled: ['withdrawn'],
    arrived: ['withdrawn'],
    handling: ['withdrawn'],
    feedback: ['withdrawn'],
    returned: ['withdrawn'],
  },
};

describe.each(taskLifecycle.actKeys)('summons-tasks.%s', (act) => {
  it.each(states)('in state %s', (state) => {
    const targets = EXPECTED[act][state];
    const snapshot = free(state, act);
    if (!targets) {
      expect(() => taskLifecycle.next(act, snapshot, now, states[0])).toThrow(DomainError);
      expect(taskLifecycle.refusal(act, snapshot, now)).toMatchObject({ code: 'summons-tasks.wrong-state' });
      return;
    }
    for (const to of targets) expect(taskLifecycle.next(act, snapshot, now, to)).toBe(to);
  });
});

describe('obstacles of a task', () => {
  const refusalOf = (act: TaskAct, changes: Partial<TaskSnapshot>, at = now): string | null =>
    taskLifecycle.refusal(act, { ...free(changes.state ?? 'issued', act), ...changes }, at)?.code ?? null;

  it.each<[TaskAct, Partial<TaskSnapshot>, string]>([
    ['object', { state: 'issued', role: 'notify' }, 'summons-tasks.notify-only'],
    ['arrive', { state: 'signed', attendanceRequired: false }, 'summons-tasks.no-attendance'],
    ['begin-handling', { state: 'signed', attendanceRequired: true }, 'summons-tasks.not-arrived'],
    ['begin-handling', { state: 'overruled', attendanceRequired: true }, 'summons-tasks.not-arrived'],
    ['withdraw', { state: 'signed', hasReason: false }, 'summons-tasks.reason-needed'],
    ['withdraw', { state: 'issued', role: 'lead', openFellows: 1 }, 'summons-tasks.lead-needed'],
    ['withdraw-with-summons', { state: 'handling', hasReason: false }, 'summons-tasks.reason-needed'],
    ['rate-by-party', { state: 'rated', isRatedByParty: true }, 'summons-tasks.rated-by-party'],
    ['rate-by-party', { state: 'closed', role: 'notify' }, 'summons-tasks.notify-only'],
    ['appeal', { state: 'closed', role: 'notify' }, 'summons-tasks.not-scored'],
    ['appeal', { state: 'rated', appeal: 'lodged' }, 'summons-tasks.appealed'],
    ['appeal', { state: 'closed', appeal: 'ruled' }, 'summons-tasks.appealed'],
    ['appeal', { state: 'rated', appealEndsAt: null }, 'summons-tasks.appeal-too-late'],
    ['appeal', { state: 'rated', appealEndsAt: now }, 'summons-tasks.appeal-too-late'],
    ['grant-appeal', { state: 'rated', appeal: 'none' }, 'summons-tasks.no-appeal'],
    ['dismiss-appeal', { state: 'rated', appeal: 'ruled' }, 'summons-tasks.no-appeal'],
    ['grant-appeal', { state: 'rated', actorRated: true }, 'summons-tasks.own-rating'],
    ['dismiss-appeal', { state: 'closed', actorRated: true }, 'summons-tasks.own-rating'],
    ['close', { state: 'rated', appeal: 'lodged' }, 'summons-tasks.appeal-pending'],
  ])('%s is refused with %j', (act, changes, code) => {
    expect(refusalOf(act, changes)).toBe(code);
  });

  it('admits what the obstacles do not mean', () => {
    expect(refusalOf('begin-handling', { state: 'arrived', attendanceRequired: true })).toBeNull();
    expect(refusalOf('withdraw', { state: 'issued', hasReason: false })).toBeNull();
    expect(refusalOf('withdraw', { state: 'issued', role: 'lead', openFellows: 0 })).toBeNull();
    expect(refusalOf('withdraw-with-summons', { state: 'draft', hasReason: false })).toBeNull();
  });

  it('closes the window of objection at its very instant: after signing the short one, before it the long one', () => {
    const [short, long] = [new Date('2026-10-08T10:00:00Z'), new Date('2026-10-09T10:00:00Z')];
    const windows = { objectionEndsAt: short, objectionHardStopAt: long };
    const before = (at: Date): Date => new Date(at.getTime() - 1);
    expect(refusalOf('object', { state: 'signed', ...windows }, before(short))).toBeNull();
    expect(refusalOf('object', { state: 'signed', ...windows }, short)).toBe('summons-tasks.objection-too-late');
    expect(refusalOf('object', { state: 'issued', ...windows }, short)).toBeNull();
    expect(refusalOf('object', { state: 'issued', ...windows }, before(long))).toBeNull();
    expect(refusalOf('object', { state: 'issued', ...windows }, long)).toBe('summons-tasks.objection-too-late');
  });

  it('leaves a designated agency no way back to an objection', () => {
    const reach = new Set<TaskState>(['overruled']);
    for (let grown = true; grown;) {
      grown = false;
      for (const act of taskLifecycle.actKeys) {
        for (const state of reach) {
          for (const to of EXPECTED[act][state] ?? []) {
            if (!reach.has(to)) {
              reach.add(to);
              grown = true;
            }
          }
        }
      }
    }
    expect(reach.has('objected')).toBe(false);
    expect(reach.has('closed')).toBe(true);
  });

  it('counts exactly the settled states as no longer holding up the matter', () => {
    expect(states.filter((s) => SETTLED_TASK_STATES.includes(s)).sort()).toEqual([
      'closed',
      'rated',
      'upheld',
      'withdrawn',
    ]);
  });
});
