import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarModule } from '../calendar';
import { DisputesModule } from '../disputes';
import { PartiesModule } from '../parties';
import { DisputeStandingController, WorklistController } from './api/worklist.controller';
import { CopyDispute } from './application/copy-dispute';
import { CountWorklist } from './application/count-worklist';
import { FillWorklist } from './application/fill-worklist';
import { ListWorklist } from './application/list-worklist';
import { ReadStanding } from './application/read-standing';
import { Standings } from './application/standings';
import { DisputeCopy, WorklistEntry, WorklistMatter } from './persistence/worklist.entity';

/** Where each matter stands and whose turn it is: the lists of everyone, made from the traces that acts leave. */
@Module({
  imports: [
    CalendarModule,
    DisputesModule,
    PartiesModule,
    TypeOrmModule.forFeature([DisputeCopy, WorklistMatter, WorklistEntry]),
  ],
  controllers: [WorklistController, DisputeStandingController],
  providers: [Standings, FillWorklist, ListWorklist, CountWorklist, ReadStanding, CopyDispute],
})
export class WorklistModule {}
