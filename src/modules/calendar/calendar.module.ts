import { Module } from '@nestjs/common';
import { CalendarsController } from './api/calendars.controller';
import { DeadlineRulesController } from './api/deadline-rules.controller';
import { Calendars } from './application/calendars';
import { DeadlineRules } from './application/deadline-rules';
import { KeepDeadlineRules } from './application/keep-deadline-rules';
import { KeepNotices } from './application/keep-notices';
import { KeepOfficeHours } from './application/keep-office-hours';
import { ReadRecomputations } from './application/read-recomputations';
import { Reckoners } from './application/reckoners';
import { RecomputeDeadlines } from './application/recompute-deadlines';

/** Working days and office hours, and what follows when they change. */
@Module({
  controllers: [CalendarsController, DeadlineRulesController],
  providers: [
    Calendars,
    DeadlineRules,
    KeepDeadlineRules,
    KeepNotices,
    KeepOfficeHours,
    Reckoners,
    RecomputeDeadlines,
    ReadRecomputations,
  ],
  exports: [Calendars, DeadlineRules, Reckoners],
})
export class CalendarModule {}
