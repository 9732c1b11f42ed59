import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { AdvanceSupervision } from '../application/advance-supervision';
import { BeginSupervision } from '../application/begin-supervision';
import { MorningReport } from '../application/morning-report';
import { ReadDeadlines } from '../application/read-deadlines';
import { ReadSupervisions } from '../application/read-supervisions';
import { WatchList } from '../application/watch-list';
import {
  AnswerSupervisionRequest,
  EndSupervisionRequest,
  InstructRequest,
  InterviewRequest,
  MorningQuery,
  OverseeRequest,
  RecordInterviewRequest,
  RecordReportRequest,
  ReturnAnswerRequest,
  SupervisionListQuery,
  TakeChargeRequest,
  UrgeRequest,
  WatchListQuery,
} from './supervision.request';
import { DeadlineLedgerResponse } from './deadline-ledger.response';
import {
  MorningResponse,
  SupervisionListResponse,
  SupervisionResponse,
  SupervisionsOfMatterResponse,
  WatchedCentersResponse,
  WatchListResponse,
} from './supervision.response';

const BEGINNING = ['supervisions.matter-over', 'supervisions.already-open', 'supervisions.due-past'];
const OVERSEEING = [...BEGINNING, 'supervisions.listed-by-leaders'];

@ApiTags('督办')
@Controller()
export class SupervisionsController {
  constructor(
    private readonly beginSupervision: BeginSupervision,
    private readonly advanceSupervision: AdvanceSupervision,
    private readonly readSupervisions: ReadSupervisions,
    private readonly watchList: WatchList,
    private readonly morningReport: MorningReport,
    private readonly readDeadlines: ReadDeadlines,
  ) {}

  @Get('supervision/morning')
  @Act('supervisions.read-morning', { description: '十句话说清今天要管的事，每句后面是具体事项。' })
  @ApiOkResponse({ type: MorningResponse })
  async morning(@Query() query: MorningQuery): Promise<MorningResponse> {
    return this.morningReport.execute(query);
  }

  @Get('supervision/centers')
  @Act('supervisions.list-centers', { description: '本级及下级综治中心，上级在前。' })
  @ApiOkResponse({ type: WatchedCentersResponse })
  async centers(): Promise<WatchedCentersResponse> {
    return this.watchList.centers();
  }

  @Get('supervision/watch-list')
  @Act('supervisions.watch', { description: '本级及下级中心超期、临期的各类时限，最先到期的在前。' })
  @ApiOkResponse({ type: WatchListResponse })
  async watch(@Query() query: WatchListQuery): Promise<WatchListResponse> {
    return this.watchList.execute(query);
  }

  @Get('disputes/:disputeId/deadlines')
  @Act('supervisions.list-deadlines', {
    description: '本事项的全部期限：依据、起算、暂停和延长、原定和现行的截止时间、推算说明。正在计算的在前。',
  })
  @ApiOkResponse({ type: DeadlineLedgerResponse })
  async deadlines(@Param('disputeId', IdPipe) disputeId: string): Promise<DeadlineLedgerResponse> {
    return this.readDeadlines.ofMatter(disputeId);
  }

  @Post('disputes/:disputeId/urgings')
  @Act('supervisions.urge', { description: '催承办人或承办单位。', problems: BEGINNING })
  @ApiCreatedResponse({ type: SupervisionResponse })
  async urge(@Param('disputeId', IdPipe) disputeId: string, @Body() body: UrgeRequest): Promise<SupervisionResponse> {
    return this.beginSupervision.ofMatter(disputeId, 'urge', body);
  }

  @Post('disputes/:disputeId/oversights')
  @Act('supervisions.oversee', { description: '须在期限内答复，答复后由发出人办结。', problems: OVERSEEING })
  @ApiCreatedResponse({ type: SupervisionResponse })
  async oversee(
    @Param('disputeId', IdPipe) disputeId: string,
    @Body() body: OverseeRequest,
  ): Promise<SupervisionResponse> {
    return this.beginSupervision.ofMatter(disputeId, 'oversee', body);
  }

  @Post('disputes/:disputeId/interviews')
  @Act('supervisions.interview', {
    description: '领导约谈承办人或承办单位的负责人，谈过后登记约谈情况。',
    problems: BEGINNING,
  })
  @ApiCreatedResponse({ type: SupervisionResponse })
  async interview(
    @Param('disputeId', IdPipe) disputeId: string,
    @Body() body: InterviewRequest,
  ): Promise<SupervisionResponse> {
    return this.beginSupervision.ofMatter(disputeId, 'interview', body);
  }

  @Post('disputes/:disputeId/instructions')
  @Act('supervisions.instruct', { description: '领导对事项的书面意见。', problems: BEGINNING })
  @ApiCreatedResponse({ type: SupervisionResponse })
  async instruct(
    @Param('disputeId', IdPipe) disputeId: string,
    @Body() body: InstructRequest,
  ): Promise<SupervisionResponse> {
    return this.beginSupervision.ofMatter(disputeId, 'instruct', body);
  }

  @Post('disputes/:disputeId/charges')
  @Act('supervisions.take-charge', {
    description: '由领导对事项的化解负责。',
    problems: [...BEGINNING, 'supervisions.no-such-leader'],
  })
  @ApiCreatedResponse({ type: SupervisionResponse })
  async takeCharge(
    @Param('disputeId', IdPipe) disputeId: string,
    @Body() body: TakeChargeRequest,
  ): Promise<SupervisionResponse> {
    return this.beginSupervision.ofMatter(disputeId, 'take-charge', body);
  }

  @Post('summons-tasks/:id/urgings')
  @Act('supervisions.urge-agency', {
    description: '催被吹哨部门签收、到场或反馈。',
    problems: [...BEGINNING, 'supervisions.task-over'],
  })
  @ApiCreatedResponse({ type: SupervisionResponse })
  async urgeAgency(@Param('id', IdPipe) id: string, @Body() body: UrgeRequest): Promise<SupervisionResponse> {
    return this.beginSupervision.ofTask(id, 'urge-agency', body);
  }

  @Post('summons-tasks/:id/oversights')
  @Act('supervisions.oversee-agency', {
    description: '督办被吹哨部门，须在期限内答复。',
    problems: [...OVERSEEING, 'supervisions.task-over'],
  })
  @ApiCreatedResponse({ type: SupervisionResponse })
  async overseeAgency(@Param('id', IdPipe) id: string, @Body() body: OverseeRequest): Promise<SupervisionResponse> {
    return this.beginSupervision.ofTask(id, 'oversee-agency', body);
  }

  @Post('summons-tasks/:id/interviews')
  @Act('supervisions.interview-agency', {
    description: '领导约谈被吹哨部门的负责人，谈过后登记约谈情况。',
    problems: [...BEGINNING, 'supervisions.task-over'],
  })
  @ApiCreatedResponse({ type: SupervisionResponse })
  async interviewAgency(@Param('id', IdPipe) id: string, @Body() body: InterviewRequest): Promise<SupervisionResponse> {
    return this.beginSupervision.ofTask(id, 'interview-agency', body);
  }

  @Get('disputes/:disputeId/supervisions')
  @Act('supervisions.list-of-matter')
  @ApiOkResponse({ type: SupervisionsOfMatterResponse })
  async ofMatter(@Param('disputeId', IdPipe) disputeId: string): Promise<SupervisionsOfMatterResponse> {
    return this.readSupervisions.ofMatter(disputeId);
  }

  @Get('supervisions')
  @Act('supervisions.list', { description: '本人看得到的督办，最近发出的在前。' })
  @ApiOkResponse({ type: SupervisionListResponse })
  async list(@Query() query: SupervisionListQuery): Promise<SupervisionListResponse> {
    return this.readSupervisions.list(query);
  }

  @Get('supervisions/:id')
  @Act('supervisions.read')
  @ApiOkResponse({ type: SupervisionResponse })
  async read(@Param('id', IdPipe) id: string): Promise<SupervisionResponse> {
    return this.readSupervisions.one(id);
  }

  @Post('supervisions/:id/answers')
  @HttpCode(200)
  @Act('supervisions.answer', {
    description: '被督办的人或部门答复；部门用电话、书面答复的，可由中心代为登记。',
    problems: ['supervisions.wrong-state', 'supervisions.own-question', 'supervisions.leaders-task'],
  })
  @ApiOkResponse({ type: SupervisionResponse })
  async answer(@Param('id', IdPipe) id: string, @Body() body: AnswerSupervisionRequest): Promise<SupervisionResponse> {
    return this.advanceSupervision.execute(id, 'answer', body.answer);
  }

  @Post('supervisions/:id/interview-record')
  @HttpCode(200)
  @Act('supervisions.record-interview', {
    description: '约谈过后，由中心主任或上级领导登记约谈情况；不再约谈的，说明理由撤销。',
    problems: ['supervisions.wrong-state', 'supervisions.no-interview'],
  })
  @ApiOkResponse({ type: SupervisionResponse })
  async recordInterview(
    @Param('id', IdPipe) id: string,
    @Body() body: RecordInterviewRequest,
  ): Promise<SupervisionResponse> {
    return this.advanceSupervision.execute(id, 'record-interview', body.record);
  }

  @Post('supervisions/:id/report-record')
  @HttpCode(200)
  @Act('supervisions.record-report', {
    description: '系统按时限提请报党委、政法委的，由中心主任或上级领导登记报送情况和答复；不报送的，说明理由撤销。',
    problems: ['supervisions.wrong-state', 'supervisions.no-report'],
  })
  @ApiOkResponse({ type: SupervisionResponse })
  async recordReport(@Param('id', IdPipe) id: string, @Body() body: RecordReportRequest): Promise<SupervisionResponse> {
    return this.advanceSupervision.execute(id, 'record-report', body.record);
  }

  @Post('supervisions/:id/returns')
  @HttpCode(200)
  @Act('supervisions.return', {
    description: '答复不符合要求的，说明理由退回。',
    problems: ['supervisions.wrong-state', 'supervisions.not-issuer'],
  })
  @ApiOkResponse({ type: SupervisionResponse })
  async return(@Param('id', IdPipe) id: string, @Body() body: ReturnAnswerRequest): Promise<SupervisionResponse> {
    return this.advanceSupervision.execute(id, 'return', body.reason);
  }

  @Post('supervisions/:id/closing')
  @HttpCode(200)
  @Act('supervisions.close', {
    problems: ['supervisions.wrong-state', 'supervisions.not-issuer', 'supervisions.unanswered'],
  })
  @ApiOkResponse({ type: SupervisionResponse })
  async close(@Param('id', IdPipe) id: string, @Body() body: EndSupervisionRequest): Promise<SupervisionResponse> {
    return this.advanceSupervision.execute(id, 'close', body.opinion);
  }

  @Post('supervisions/:id/withdrawal')
  @HttpCode(200)
  @Act('supervisions.withdraw', {
    description: '不再需要的，说明理由撤销。',
    problems: ['supervisions.wrong-state', 'supervisions.not-issuer'],
  })
  @ApiOkResponse({ type: SupervisionResponse })
  async withdraw(@Param('id', IdPipe) id: string, @Body() body: EndSupervisionRequest): Promise<SupervisionResponse> {
    return this.advanceSupervision.execute(id, 'withdraw', body.opinion);
  }
}
