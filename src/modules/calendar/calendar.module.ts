import { Module } from '@nestjs/common';
import { CalendarsController } from './api/calendars.controller';
import { Calendars } from './application/calendars';
import { KeepNotices } from './application/keep-notices';
import { KeepOfficeHours } from './application/keep-office-hours';
import { ReadRecomputations } from './application/read-recomputations';
import { Reckoners } from './application/reckoners';
import { RecomputeDeadlines } from './application/recompute-deadlines';

/** Working days and office hours, and what follows when they change. */
@Module({
  controllers: [CalendarsController],
  providers: [Calendars, KeepNotices, KeepOfficeHours, Reckoners, RecomputeDeadlines, ReadRecomputations],
  exports: [Calendars, Reckoners],
})
export class CalendarModule {}
