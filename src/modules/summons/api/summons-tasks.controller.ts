import '../policies';
import {
  Body,
  Controller,
  Get,
  Param,
  Post,
  Query,
  type StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { fileAnswer, IdPipe, InertFile, TakesFile } from '../../../platform/http';
import { DiscardStagedUpload, MAX_FILE_BYTES, type StagedFile, StagedUploadPipe } from '../../attachments';
import { AppealAgainstScore } from '../application/appeal-against-score';
import { BeginHandling } from '../application/begin-handling';
import { CloseTask } from '../application/close-task';
import { FeedBack } from '../application/feed-back';
import { MeetingCalendar } from '../application/meeting-calendar';
import { ObjectToSummons } from '../application/object-to-summons';
import { RateResponse } from '../application/rate-response';
import { ReadAgencyTasks } from '../application/read-agency-tasks';
import { RecordContact } from '../application/record-contact';
import { ReviewFeedback } from '../application/review-feedback';
import { RuleOnObjection } from '../application/rule-on-objection';
import { SignInOnArrival } from '../application/sign-in-on-arrival';
import { SignSummons } from '../application/sign-summons';
import { TaskFiles } from '../application/task-files';
import { WithdrawSummons } from '../application/withdraw-summons';
import {
  AppealRequest,
  CodeQuery,
  ConfirmFeedbackRequest,
  DismissAppealRequest,
  FeedBackRequest,
  GrantAppealRequest,
  ObjectToSummonsRequest,
  OverruleObjectionRequest,
  RateByPartyRequest,
  RateResponseRequest,
  RecordContactRequest,
  ReturnFeedbackRequest,
  SignInRequest,
  TaskListQuery,
  UpholdObjectionRequest,
  WithdrawSummonsRequest,
} from './summons.request';
import {
  AgencyTaskDetailResponse,
  AgencyTaskPageResponse,
  TaskActResponse,
  TaskCountsResponse,
  TaskFileResponse,
  TaskOfCodeResponse,
} from './summons.response';

@ApiTags('吹哨报到')
@Controller('summons-tasks')
export class SummonsTasksController {
  constructor(
    private readonly readAgencyTasks: ReadAgencyTasks,
    private readonly signSummons: SignSummons,
    private readonly recordContact: RecordContact,
    private readonly objectToSummons: ObjectToSummons,
    private readonly ruleOnObjection: RuleOnObjection,
    private readonly signInOnArrival: SignInOnArrival,
    private readonly beginHandling: BeginHandling,
    private readonly feedBack: FeedBack,
    private readonly reviewFeedback: ReviewFeedback,
    private readonly rateResponse: RateResponse,
    private readonly withdrawSummons: WithdrawSummons,
    private readonly closeTask: CloseTask,
    private readonly taskFiles: TaskFiles,
    private readonly appealAgainstScore: AppealAgainstScore,
    private readonly meetingCalendar: MeetingCalendar,
  ) {}

  @Get()
  @Act('summons-tasks.list', { description: '只列本部门的任务：情况说明和请求事项，不含事项和当事人。' })
  @ApiOkResponse({ type: AgencyTaskPageResponse })
  async list(@Query() query: TaskListQuery): Promise<AgencyTaskPageResponse> {
    return this.readAgencyTasks.list(query);
  }

  @Get('counts')
  @Act('summons-tasks.list', { description: '本部门各分栏的件数，待办理的按灯计。' })
  @ApiOkResponse({ type: TaskCountsResponse })
  async counts(): Promise<TaskCountsResponse> {
    return this.readAgencyTasks.counts();
  }

  @Get('of-code')
  @Act('summons-tasks.find-by-code', {
    description: '扫描现场屏幕上的签到码后，找到本部门的任务；查询不消耗签到码。',
    problems: ['summons-tasks.code-invalid'],
  })
  @ApiOkResponse({ type: TaskOfCodeResponse })
  async ofCode(@Query() query: CodeQuery): Promise<TaskOfCodeResponse> {
    return this.readAgencyTasks.ofCode(query.code);
  }

  @Get(':id/calendar')
  @Act('summons-tasks.calendar', {
    description: 'iCalendar 文件，可加入手机日历；无需到场的没有日程。',
    problems: ['summons-tasks.no-meeting'],
  })
  @ApiProduces('text/calendar')
  @ApiOkResponse({ content: { 'text/calendar': { schema: { type: 'string' } } }, description: '日程文件' })
  @InertFile()
  async calendar(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    const bytes = Buffer.from(await this.meetingCalendar.execute(id));
    return fileAnswer({ bytes, mediaType: 'text/calendar; charset=utf-8', fileName: '到场.ics' });
  }

  @Get(':id')
  @Act('summons-tasks.read', { description: '查看留痕。' })
  @ApiOkResponse({ type: AgencyTaskDetailResponse })
  async read(@Param('id', IdPipe) id: string): Promise<AgencyTaskDetailResponse> {
    return this.readAgencyTasks.one(id);
  }

  @Post(':id/signature')
  @Act('summons-tasks.sign', { description: '知会部门签收即办结。', problems: ['summons-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: TaskActResponse })
  async sign(@Param('id', IdPipe) id: string): Promise<TaskActResponse> {
    return this.signSummons.execute(id);
  }

  @Post(':id/contacts')
  @Act('summons-tasks.contact', { problems: ['summons-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: TaskActResponse })
  async contact(@Param('id', IdPipe) id: string, @Body() body: RecordContactRequest): Promise<TaskActResponse> {
    return this.recordContact.execute(id, body);
  }

  @Post(':id/objection')
  @Act('summons-tasks.object', {
    description: '签收前，或签收后自吹哨起四个工作小时内提出；指定承办后不能再提。裁定前暂停计时。',
    problems: ['summons-tasks.objection-too-late', 'summons-tasks.notify-only', 'summons-tasks.wrong-state'],
  })
  @ApiCreatedResponse({ type: TaskActResponse })
  async object(@Param('id', IdPipe) id: string, @Body() body: ObjectToSummonsRequest): Promise<TaskActResponse> {
    return this.objectToSummons.execute(id, body);
  }

  @Post(':id/objection-upholding')
  @Act('summons-tasks.uphold', {
    description: '异议成立的不计入考核；可同时指定接替的部门。',
    problems: [
      'summons-tasks.replacement-needed',
      'summons.agency-twice',
      'summons.unknown-agency',
      'summons-tasks.wrong-state',
    ],
  })
  @ApiCreatedResponse({ type: TaskActResponse })
  async uphold(@Param('id', IdPipe) id: string, @Body() body: UpholdObjectionRequest): Promise<TaskActResponse> {
    return this.ruleOnObjection.uphold(id, body);
  }

  @Post(':id/objection-overruling')
  @Act('summons-tasks.overrule', { description: '指定承办后不得再次退回。', problems: ['summons-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: TaskActResponse })
  async overrule(@Param('id', IdPipe) id: string, @Body() body: OverruleObjectionRequest): Promise<TaskActResponse> {
    return this.ruleOnObjection.overrule(id, body.reason);
  }

  @Post(':id/arrival')
  @Act('summons-tasks.arrive', {
    description: '扫描现场屏幕上的签到码；每人一码。',
    problems: ['summons-tasks.code-invalid', 'summons-tasks.no-attendance', 'summons-tasks.wrong-state'],
  })
  @ApiCreatedResponse({ type: TaskActResponse })
  async arrive(@Param('id', IdPipe) id: string, @Body() body: SignInRequest): Promise<TaskActResponse> {
    return this.signInOnArrival.execute(id, body);
  }

  @Post(':id/handling')
  @Act('summons-tasks.begin-handling', { problems: ['summons-tasks.not-arrived', 'summons-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: TaskActResponse })
  async begin(@Param('id', IdPipe) id: string): Promise<TaskActResponse> {
    return this.beginHandling.execute(id);
  }

  @Post(':id/feedback')
  @Act('summons-tasks.feed-back', {
    description: '对照吹哨单的请求逐项答复。',
    problems: ['summons-tasks.asks-unanswered', 'summons-tasks.not-own-file', 'summons-tasks.wrong-state'],
  })
  @ApiCreatedResponse({ type: TaskActResponse })
  async giveFeedback(@Param('id', IdPipe) id: string, @Body() body: FeedBackRequest): Promise<TaskActResponse> {
    return this.feedBack.execute(id, body);
  }

  @Post(':id/attachments')
  @UseInterceptors(DiscardStagedUpload, FileInterceptor('file'))
  @Act('summons-tasks.attach', {
    description: '反馈前上传，一次一个文件，不超过50兆字节；只有本部门和中心可见。',
    problems: ['attachments.file-missing', 'attachments.type-not-allowed', 'summons-tasks.wrong-state', 'too-large'],
  })
  @TakesFile('文件', MAX_FILE_BYTES)
  @ApiCreatedResponse({ type: TaskFileResponse })
  async attach(
    @Param('id', IdPipe) id: string,
    @UploadedFile(StagedUploadPipe) file: StagedFile | undefined,
  ): Promise<TaskFileResponse> {
    return this.taskFiles.attach(id, file);
  }

  @Get(':id/attachments/:attachmentId/content')
  @InertFile()
  @Act('summons-tasks.download', {
    description: '随吹哨单提供的材料，或本部门上传的材料。下载留痕。',
    problems: ['files.missing', 'files.damaged'],
  })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: '文件内容' })
  async download(
    @Param('id', IdPipe) id: string,
    @Param('attachmentId', IdPipe) attachmentId: string,
  ): Promise<StreamableFile> {
    return fileAnswer(await this.taskFiles.download(id, attachmentId));
  }

  @Post(':id/confirmation')
  @Act('summons-tasks.confirm', { problems: ['summons-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: TaskActResponse })
  async confirm(@Param('id', IdPipe) id: string, @Body() body: ConfirmFeedbackRequest): Promise<TaskActResponse> {
    return this.reviewFeedback.confirm(id, body.opinion);
  }

  @Post(':id/return')
  @Act('summons-tasks.return', { description: '退回后另计补办时限。', problems: ['summons-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: TaskActResponse })
  async return(@Param('id', IdPipe) id: string, @Body() body: ReturnFeedbackRequest): Promise<TaskActResponse> {
    return this.reviewFeedback.return(id, body.reason);
  }

  @Post(':id/rating')
  @Act('summons-tasks.rate', {
    description: '评实效；是否及时由系统按时限计算。',
    problems: ['summons-tasks.wrong-state'],
  })
  @ApiCreatedResponse({ type: TaskActResponse })
  async rate(@Param('id', IdPipe) id: string, @Body() body: RateResponseRequest): Promise<TaskActResponse> {
    return this.rateResponse.byCenter(id, body);
  }

  @Post(':id/party-rating')
  @Act('summons-tasks.rate-by-party', {
    description: '登记当事人对该部门的评价，与中心评价分开。',
    problems: ['summons-tasks.rated-by-party', 'summons-tasks.notify-only', 'summons-tasks.wrong-state'],
  })
  @ApiCreatedResponse({ type: TaskActResponse })
  async rateByParty(@Param('id', IdPipe) id: string, @Body() body: RateByPartyRequest): Promise<TaskActResponse> {
    return this.rateResponse.byParty(id, body.satisfaction);
  }

  @Post(':id/appeal')
  @Act('summons-tasks.appeal', {
    description: '评价后五个工作日内提出，每项任务一次；答复前维持原评价。',
    problems: [
      'summons-tasks.appealed',
      'summons-tasks.appeal-too-late',
      'summons-tasks.not-scored',
      'summons-tasks.wrong-state',
    ],
  })
  @ApiCreatedResponse({ type: TaskActResponse })
  async appeal(@Param('id', IdPipe) id: string, @Body() body: AppealRequest): Promise<TaskActResponse> {
    return this.appealAgainstScore.lodge(id, body);
  }

  @Post(':id/appeal-granting')
  @Act('summons-tasks.grant-appeal', {
    description: '改定实效得分，或不计某些评分项；原评价保留。作出评价的人不得答复。',
    problems: [
      'summons-tasks.appeal-changes-nothing',
      'summons-tasks.no-appeal',
      'summons-tasks.own-rating',
      'summons-tasks.wrong-state',
    ],
  })
  @ApiCreatedResponse({ type: TaskActResponse })
  async grantAppeal(@Param('id', IdPipe) id: string, @Body() body: GrantAppealRequest): Promise<TaskActResponse> {
    return this.appealAgainstScore.grant(id, body);
  }

  @Post(':id/appeal-dismissal')
  @Act('summons-tasks.dismiss-appeal', {
    description: '维持原评价。作出评价的人不得答复。',
    problems: ['summons-tasks.no-appeal', 'summons-tasks.own-rating', 'summons-tasks.wrong-state'],
  })
  @ApiCreatedResponse({ type: TaskActResponse })
  async dismissAppeal(@Param('id', IdPipe) id: string, @Body() body: DismissAppealRequest): Promise<TaskActResponse> {
    return this.appealAgainstScore.dismiss(id, body.reason);
  }

  @Post(':id/closing')
  @Act('summons-tasks.close', { problems: ['summons-tasks.appeal-pending', 'summons-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: TaskActResponse })
  async close(@Param('id', IdPipe) id: string): Promise<TaskActResponse> {
    return this.closeTask.execute(id);
  }

  @Post(':id/withdrawal')
  @Act('summons-tasks.withdraw', {
    description: '只撤一家部门，其余照办。',
    problems: ['summons-tasks.reason-needed', 'summons-tasks.lead-needed', 'summons-tasks.wrong-state'],
  })
  @ApiCreatedResponse({ type: TaskActResponse })
  async withdraw(@Param('id', IdPipe) id: string, @Body() body: WithdrawSummonsRequest): Promise<TaskActResponse> {
    return this.withdrawSummons.executeForTask(id, body.reason);
  }
}
