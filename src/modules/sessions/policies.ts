import { type Grant } from '../../kernel';
import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { ANY_STANDING, FILERS, HANDLERS } from '../disputes';
import { investigationLifecycle } from './domain/investigation-lifecycle';
import { participantLifecycle } from './domain/participant-lifecycle';
import { sessionLifecycle } from './domain/session-lifecycle';

/** Those who work on the content of a matter. */
const STAFF: readonly Grant[] = [...HANDLERS, 'grid-worker@unit'];

/** Those who may book rooms and people: who plans sessions, by the table of sessions. */
const BOOKING = sessionLifecycle.table.acts.plan.by;

/** Those who prepare a session and hold it. */
const PREPARING: readonly Grant[] = ['mediator@assigned', 'recorder@assigned', 'committee-director@committee'];

definePoliciesOf(sessionLifecycle);
definePoliciesOf(investigationLifecycle);
definePoliciesOf(participantLifecycle);
definePolicies({
  'sessions.read': { label: '查看调解会', by: ANY_STANDING },
  'sessions.read-concessions': { label: '查看让步', by: ['mediator@assigned', 'recorder@assigned'] },
  // Row security decides which sessions there are for whoever asks.
  'sessions.calendar': { label: '查看调解会日程', by: ['everyone@self'] },
  // Rooms belong to no matter; what a room is taken for is shown by row security.
  'sessions.list-rooms': { label: '查看场所占用', by: ['everyone@self'] },
  'sessions.plan-options': { label: '查看可安排的人员和场所', by: BOOKING },
  'sessions.find-free-slots': { label: '查找空闲时间', by: BOOKING },
  'sessions.export-calendar': { label: '导出到日历', by: BOOKING },
  'preparation.read': { label: '查看会前准备单', by: [...PREPARING, 'dispatcher@center', 'duty-leader@center'] },
  'preparation.add-point': { label: '记入准备单', by: PREPARING },
  'preparation.settle-point': { label: '了结准备单事项', by: PREPARING },
  'investigations.read': { label: '查看调查记录', by: ANY_STANDING },
  // Demanded of whoever orders the paper, beside the act of issuing; they have no route of their own.
  'sessions.print': { label: '出具调解记录', by: FILERS, internal: true },
  'investigations.print': { label: '出具调查记录', by: FILERS, internal: true },
  'participants.read': { label: '查看参与人', by: ANY_STANDING },
  'notes.write': { label: '写工作笔记', by: STAFF },
  'notes.read': { label: '查看工作笔记', by: ANY_STANDING },
  'notes.narrow': { label: '缩小笔记可见范围', by: STAFF },
});
