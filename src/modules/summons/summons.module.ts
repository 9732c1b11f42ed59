import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentsModule } from '../attachments';
import { CalendarModule } from '../calendar';
import { DisputesModule, MatterHooks } from '../disputes';
import { DocumentsModule } from '../documents';
import { RosterModule } from '../roster';
import { SummonsController } from './api/summons.controller';
import { SummonsTasksController } from './api/summons-tasks.controller';
import { AgencyScoresController } from './api/agency-scores.controller';
import { AgencyDutiesController } from './api/agency-duties.controller';
import { AddAgency } from './application/add-agency';
import { AppealAgainstScore } from './application/appeal-against-score';
import { BeginHandling } from './application/begin-handling';
import { CloseTask } from './application/close-task';
import { DutyNotes } from './application/duty-notes';
import { FeedBack } from './application/feed-back';
import { IssueSummons } from './application/issue-summons';
import { KeepDutyList } from './application/keep-duty-list';
import { KeepScoreWeights } from './application/keep-score-weights';
import { MeetingCalendar } from './application/meeting-calendar';
import { MeetingMinutes } from './application/meeting-minutes';
import { ObjectToSummons } from './application/object-to-summons';
import { ProposeSummons } from './application/propose-summons';
import { RateResponse } from './application/rate-response';
import { ReadAgencyScores } from './application/read-agency-scores';
import { ReadAgencyTasks } from './application/read-agency-tasks';
import { ReadSummons } from './application/read-summons';
import { ReckonDuesAnew } from './application/reckon-dues-anew';
import { RecordContact } from './application/record-contact';
import { ReviewFeedback } from './application/review-feedback';
import { RuleOnObjection } from './application/rule-on-objection';
import { ShowSignInCode } from './application/show-sign-in-code';
import { SignInOnArrival } from './application/sign-in-on-arrival';
import { SignSummons } from './application/sign-summons';
import { SummonsLedger } from './application/summons-ledger';
import { SummonsPaper } from './application/summons-paper';
import { SummonsViews } from './application/summons-views';
import { TaskFiles } from './application/task-files';
import { WithdrawSummons } from './application/withdraw-summons';
import { SETTLED_TASK_STATES } from './domain/task-lifecycle';
import {
  AgencyDuty,
  ScoreWeighting,
  Summons,
  SummonsAppeal,
  SummonsArrival,
  SummonsAttachment,
  SummonsContact,
  SummonsDue,
  SummonsFeedback,
  SummonsLadderStep,
  SummonsRating,
  SummonsReplyFile,
  SummonsSignInCode,
  SummonsTask,
} from './persistence/summons.entity';

/** 中心吹哨、部门报到. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      AgencyDuty,
      ScoreWeighting,
      Summons,
      SummonsAppeal,
      SummonsTask,
      SummonsDue,
      SummonsLadderStep,
      SummonsContact,
      SummonsSignInCode,
      SummonsArrival,
      SummonsFeedback,
      SummonsRating,
      SummonsReplyFile,
      SummonsAttachment,
    ]),
    AttachmentsModule,
    CalendarModule,
    DisputesModule,
    DocumentsModule,
    RosterModule,
  ],
  controllers: [SummonsController, SummonsTasksController, AgencyDutiesController, AgencyScoresController],
  providers: [
    SummonsLedger,
    ReckonDuesAnew,
    SummonsPaper,
    MeetingMinutes,
    TaskFiles,
    SummonsViews,
    ProposeSummons,
    IssueSummons,
    AddAgency,
    WithdrawSummons,
    ShowSignInCode,
    ReadSummons,
    ReadAgencyTasks,
    SignSummons,
    RecordContact,
    ObjectToSummons,
    RuleOnObjection,
    SignInOnArrival,
    BeginHandling,
    FeedBack,
    ReviewFeedback,
    RateResponse,
    CloseTask,
    AppealAgainstScore,
    KeepDutyList,
    MeetingCalendar,
    DutyNotes,
    KeepScoreWeights,
    ReadAgencyScores,
  ],
  exports: [MeetingMinutes, ReadAgencyScores],
})
export class SummonsModule implements OnModuleInit {
  constructor(private readonly hooks: MatterHooks) {}

  /** A matter cannot be closed over a task that is not settled. */
  onModuleInit(): void {
    const settled = SETTLED_TASK_STATES.map((state) => `'${state}'`).join(', ');
    this.hooks.provideFacts({
      openSummons: `select count(*)::int from summons_task where dispute_id = $1 and state not in (${settled})`,
    });
  }
}
