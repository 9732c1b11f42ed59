import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarModule } from '../calendar';
import { RosterController } from './api/roster.controller';
import { ChangeDuty } from './application/change-duty';
import { ReadRoster } from './application/read-roster';
import { Rosters } from './application/rosters';
import { DutyChange } from './persistence/roster.entity';

/** 值班表: who is at a center on which day, by postings and their changes. */
@Module({
  imports: [TypeOrmModule.forFeature([DutyChange]), CalendarModule],
  controllers: [RosterController],
  providers: [Rosters, ReadRoster, ChangeDuty],
  exports: [Rosters],
})
export class RosterModule {}
