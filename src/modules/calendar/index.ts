export { Calendars, type CenterCalendar } from './application/calendars';
export { DeadlineRules } from './application/deadline-rules';
export { openingWords, serviceTimes } from './application/keep-office-hours';
export {
  type ReckonedBatch,
  type ReckonedChange,
  type Reckoner,
  Reckoners,
  type ReckoningScope,
} from './application/reckoners';
export { DEADLINE_RULES } from './domain/rule-catalogue';
export { CalendarModule } from './calendar.module';
