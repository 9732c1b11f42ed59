export { CLOCK_KINDS, type ClockKind } from './domain/dictionaries';
export { firstRung, isOnClock, type LadderedDue, type RungOutcome, rungsOf, type RungStep } from './domain/ladder';
export { findPersonalNumber } from './domain/personal-numbers';
export { MeetingMinutes, MinutesParameters } from './application/meeting-minutes';
export { ReadAgencyScores } from './application/read-agency-scores';
export { TASK_STATES, type TaskState } from './domain/task-lifecycle';
export { SummonsModule } from './summons.module';
