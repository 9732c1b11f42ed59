import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarModule } from '../calendar';
import { CourseController } from './api/course.controller';
import { DisputesController } from './api/disputes.controller';
import { IntakeController } from './api/intake.controller';
import { MediationController } from './api/mediation.controller';
import { NoticesController } from './api/notices.controller';
import { TransfersController } from './api/transfers.controller';
import { AcceptDispute } from './application/accept-dispute';
import { AssessRisk } from './application/assess-risk';
import { CloseDispute } from './application/close-dispute';
import { EndMediation } from './application/end-mediation';
import { MatterHooks } from './application/matter-hooks';
import { Matters } from './application/matters';
import { LongerPause } from './application/longer-pause';
import { MediationPeriods } from './application/mediation-periods';
import { PaceMediation } from './application/pace-mediation';
import { PossibleDuplicates } from './application/possible-duplicates';
import { ReadDispute } from './application/read-dispute';
import { ReckonPeriodsAnew } from './application/reckon-periods-anew';
import { RegisterDispute } from './application/register-dispute';
import { TriageDispute } from './application/triage-dispute';
import { ActOnTransfer } from './application/act-on-transfer';
import { AmendDispute } from './application/amend-dispute';
import { DecideDispute } from './application/decide-dispute';
import { ExplainDeadline } from './application/explain-deadline';
import { FinishDispute } from './application/finish-dispute';
import { ListDisputes } from './application/list-disputes';
import { ListForFile } from './application/list-for-file';
import { ImportDispute } from './application/import-dispute';
import { HintIntake } from './application/hint-intake';
import { LookUpDisputes } from './application/look-up-disputes';
import { MergeDisputes } from './application/merge-disputes';
import { OneTimeNotices } from './application/one-time-notices';
import { ReadAuditTrail } from './application/read-audit-trail';
import { ReadCourse } from './application/read-course';
import { ReopenDispute } from './application/reopen-dispute';
import { ReportEscalation } from './application/report-escalation';
import { SealDispute } from './application/seal-dispute';
import { SendDispute } from './application/send-dispute';
import { UndertakeDispute } from './application/undertake-dispute';
import * as course from './persistence/course.entity';
import * as matter from './persistence/dispute.entity';
import * as mediation from './persistence/mediation.entity';

/** The matter and its lifecycle, from the counter to the archive. */
@Module({
  imports: [
    CalendarModule,
    TypeOrmModule.forFeature([...Object.values(matter), ...Object.values(course), ...Object.values(mediation)]),
  ],
  controllers: [
    IntakeController,
    DisputesController,
    CourseController,
    MediationController,
    NoticesController,
    TransfersController,
  ],
  providers: [
    MatterHooks,
    Matters,
    LongerPause,
    MediationPeriods,
    ReckonPeriodsAnew,
    PossibleDuplicates,
    RegisterDispute,
    ReadDispute,
    TriageDispute,
    AssessRisk,
    AcceptDispute,
    CloseDispute,
    EndMediation,
    PaceMediation,
    UndertakeDispute,
    SendDispute,
    SealDispute,
    ReportEscalation,
    ReopenDispute,
    ReadCourse,
    ReadAuditTrail,
    ExplainDeadline,
    OneTimeNotices,
    MergeDisputes,
    LookUpDisputes,
    HintIntake,
    ImportDispute,
    ListDisputes,
    ListForFile,
    FinishDispute,
    DecideDispute,
    AmendDispute,
    ActOnTransfer,
  ],
  exports: [ImportDispute, ListForFile, MatterHooks, Matters, OneTimeNotices],
})
export class DisputesModule {}
