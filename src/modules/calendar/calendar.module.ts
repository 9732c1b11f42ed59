import { Module } from '@nestjs/common';
import { Calendars } from './application/calendars';

/** Working days and office hours. */
@Module({ providers: [Calendars], exports: [Calendars] })
export class CalendarModule {}
