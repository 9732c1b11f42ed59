import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarModule } from '../calendar';
import { DisputesModule } from '../disputes';
import { DocumentsModule } from '../documents';
import { OrganizationsModule } from '../organizations';
import { SupervisionsController } from './api/supervisions.controller';
import { AdvanceSupervision } from './application/advance-supervision';
import { BeginSupervision } from './application/begin-supervision';
import { ClimbLadder } from './application/climb-ladder';
import { CountClocks } from './application/count-clocks';
import { KeepClocks } from './application/keep-clocks';
import { MorningReport } from './application/morning-report';
import { ReadDeadlines } from './application/read-deadlines';
import { ReadSupervisions } from './application/read-supervisions';
import { SupervisionDesk } from './application/supervision-desk';
import { SupervisionPapers } from './application/supervision-papers';
import { WatchList } from './application/watch-list';
import { Supervision } from './persistence/supervision.entity';

/** 红黄灯清单、晨报和督办. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Supervision]),
    CalendarModule,
    DisputesModule,
    DocumentsModule,
    OrganizationsModule,
  ],
  controllers: [SupervisionsController],
  providers: [
    SupervisionDesk,
    SupervisionPapers,
    BeginSupervision,
    AdvanceSupervision,
    ClimbLadder,
    KeepClocks,
    CountClocks,
    ReadDeadlines,
    ReadSupervisions,
    WatchList,
    MorningReport,
  ],
})
export class SupervisionModule {}
