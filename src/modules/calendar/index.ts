export { Calendars, type CenterCalendar } from './application/calendars';
export { CalendarModule } from './calendar.module';
