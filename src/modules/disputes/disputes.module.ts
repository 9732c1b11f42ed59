import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarModule } from '../calendar';
import { CourseController } from './api/course.controller';
import { DisputesController } from './api/disputes.controller';
import { MediationController } from './api/mediation.controller';
import { AcceptDispute } from './application/accept-dispute';
import { AssessRisk } from './application/assess-risk';
import { CloseDispute } from './application/close-dispute';
import { EndMediation } from './application/end-mediation';
import { MatterHooks } from './application/matter-hooks';
import { Matters } from './application/matters';
import { MediationPeriods } from './application/mediation-periods';
import { PaceMediation } from './application/pace-mediation';
import { PossibleDuplicates } from './application/possible-duplicates';
import { ReadDispute } from './application/read-dispute';
import { RegisterDispute } from './application/register-dispute';
import { TriageDispute } from './application/triage-dispute';
import * as course from './persistence/course.entity';
import * as matter from './persistence/dispute.entity';
import * as mediation from './persistence/mediation.entity';

/** The matter and its lifecycle, from the counter to the archive. */
@Module({
  imports: [
    CalendarModule,
    TypeOrmModule.forFeature([...Object.values(matter), ...Object.values(course), ...Object.values(mediation)]),
  ],
  controllers: [DisputesController, CourseController, MediationController],
  providers: [
    MatterHooks,
    Matters,
    MediationPeriods,
    PossibleDuplicates,
    RegisterDispute,
    ReadDispute,
    TriageDispute,
    AssessRisk,
    AcceptDispute,
    CloseDispute,
    EndMediation,
    PaceMediation,
  ],
  exports: [MatterHooks, Matters],
})
export class DisputesModule {}
