import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { HoldSession } from '../application/hold-session';
import { PlanSession } from '../application/plan-session';
import { ReadSessions } from '../application/read-sessions';
import { RecordSession } from '../application/record-session';
import {
  CalendarQuery,
  ChoosePublicityRequest,
  ConfirmSessionRequest,
  EndSessionRequest,
  GuestsRequest,
  NoteAttendanceRequest,
  NoteConcessionRequest,
  PlanSessionRequest,
  RecordResultRequest,
  RemoveInviteeRequest,
  RescheduleRequest,
  ReviseEntryRequest,
  SessionReasonRequest,
  StartSessionRequest,
  StateFactsRequest,
  WriteEntriesRequest,
} from './session.request';
import {
  CalendarPageResponse,
  ConcessionResponse,
  MatterSessionsResponse,
  NotedConcessionResponse,
  PublicityResponse,
  RevisedEntryResponse,
  SessionResponse,
  SessionStandingResponse,
  StatedFactsResponse,
  WrittenEntriesResponse,
} from './session.response';

const GUEST_PROBLEMS = [
  'participants.consent-missing',
  'sessions.not-a-party',
  'sessions.not-a-representative',
  'sessions.not-a-participant',
  'sessions.not-assigned',
  'sessions.person-twice',
  'sessions.no-such-agency',
];
const TIME_PROBLEMS = [
  'sessions.ends-before-start',
  'sessions.too-long',
  'sessions.before-acceptance',
  'sessions.too-far-ahead',
  'sessions.no-such-room',
  'sessions.place-missing',
  'sessions.clash',
];

@ApiTags('调解会')
@Controller()
export class SessionsController {
  constructor(
    private readonly planSession: PlanSession,
    private readonly holdSession: HoldSession,
    private readonly recordSession: RecordSession,
    private readonly readSessions: ReadSessions,
  ) {}

  @Get('sessions')
  @Act('sessions.calendar', {
    description: '某段日期内的调解会，按时间排列；只列出您有权看到的。',
    problems: ['sessions.span-reversed', 'sessions.span-too-long', 'malformed-cursor'],
  })
  @ApiOkResponse({ type: CalendarPageResponse })
  async calendar(@Query() query: CalendarQuery): Promise<CalendarPageResponse> {
    return this.readSessions.calendar(query);
  }

  @Get('disputes/:id/sessions')
  @Act('sessions.read', { description: '一个事项的各次调解会，按次序，以及您能否安排下一次。' })
  @ApiOkResponse({ type: MatterSessionsResponse })
  async ofMatter(@Param('id', IdPipe) id: string): Promise<MatterSessionsResponse> {
    return this.readSessions.ofMatter(id);
  }

  @Get('sessions/:id')
  @Act('sessions.read', { description: '一次调解会的人员、笔录和无争议事实；笔录按可见范围显示。查看留痕。' })
  @ApiOkResponse({ type: SessionResponse })
  async read(@Param('id', IdPipe) id: string): Promise<SessionResponse> {
    return this.readSessions.one(id);
  }

  @Get('sessions/:id/concessions')
  @Act('sessions.read-concessions', { description: '为达成协议作出的让步，不出具、不导出。查看留痕。' })
  @ApiOkResponse({ type: [ConcessionResponse] })
  async concessions(@Param('id', IdPipe) id: string): Promise<ConcessionResponse[]> {
    return this.readSessions.concessions(id);
  }

  @Post('disputes/:id/sessions')
  @Act('sessions.plan', {
    description: '安排下一次调解会。不填与会人员的，默认全体当事人和在任调解员、记录人。',
    problems: [
      'mediation.wrong-state',
      'mediation.no-mediator',
      'mediation.consent-refused',
      'sessions.no-mediator',
      ...TIME_PROBLEMS,
      ...GUEST_PROBLEMS,
    ],
  })
  @ApiCreatedResponse({ type: SessionStandingResponse })
  async plan(@Param('id', IdPipe) id: string, @Body() body: PlanSessionRequest): Promise<SessionStandingResponse> {
    return this.planSession.plan(id, body);
  }

  @Post('sessions/:id/rescheduling')
  @HttpCode(200)
  @Act('sessions.reschedule', { problems: ['sessions.wrong-state', ...TIME_PROBLEMS] })
  @ApiOkResponse({ type: SessionStandingResponse })
  async reschedule(@Param('id', IdPipe) id: string, @Body() body: RescheduleRequest): Promise<SessionStandingResponse> {
    return this.planSession.reschedule(id, body);
  }

  @Post('sessions/:id/cancellation')
  @HttpCode(200)
  @Act('sessions.cancel', { description: '取消后，场所和人员即可另行安排。', problems: ['sessions.wrong-state'] })
  @ApiOkResponse({ type: SessionStandingResponse })
  async cancel(@Param('id', IdPipe) id: string, @Body() body: SessionReasonRequest): Promise<SessionStandingResponse> {
    return this.planSession.cancel(id, body.reason);
  }

  @Post('sessions/:id/invitees')
  @HttpCode(200)
  @Act('sessions.invite', {
    problems: ['sessions.wrong-state', 'sessions.nobody-named', 'sessions.clash', 'duplicate', ...GUEST_PROBLEMS],
  })
  @ApiOkResponse({ type: SessionStandingResponse })
  async invite(@Param('id', IdPipe) id: string, @Body() body: GuestsRequest): Promise<SessionStandingResponse> {
    return this.planSession.invite(id, body);
  }

  @Post('sessions/:id/invitee-removal')
  @HttpCode(200)
  @Act('sessions.uninvite', { problems: ['sessions.wrong-state', 'sessions.no-mediator'] })
  @ApiOkResponse({ type: SessionStandingResponse })
  async uninvite(
    @Param('id', IdPipe) id: string,
    @Body() body: RemoveInviteeRequest,
  ): Promise<SessionStandingResponse> {
    return this.planSession.uninvite(id, body.inviteeId, body.reason);
  }

  @Post('sessions/:id/publicity')
  @HttpCode(200)
  @Act('sessions.choose-publicity', {
    description: '默认不公开；各方都同意公开，且不涉及封存、未成年人的，才公开进行。',
    problems: ['sessions.wrong-state', 'sessions.not-a-party', 'sessions.in-the-future'],
  })
  @ApiOkResponse({ type: PublicityResponse })
  async choosePublicity(
    @Param('id', IdPipe) id: string,
    @Body() body: ChoosePublicityRequest,
  ): Promise<PublicityResponse> {
    return this.holdSession.choosePublicity(id, body.choices);
  }

  @Post('sessions/:id/start')
  @HttpCode(200)
  @Act('sessions.start', {
    description: '开始调解，事项进入调解中。',
    problems: [
      'sessions.wrong-state',
      'sessions.in-the-future',
      'sessions.before-acceptance',
      'mediation.wrong-state',
      'mediation.consent-refused',
    ],
  })
  @ApiOkResponse({ type: SessionStandingResponse })
  async start(@Param('id', IdPipe) id: string, @Body() body: StartSessionRequest): Promise<SessionStandingResponse> {
    return this.holdSession.start(id, body.startedAt);
  }

  @Post('sessions/:id/attendance')
  @HttpCode(200)
  @Act('sessions.note-attendance', {
    description: '逐人登记到场、离场时间或缺席原因。受邀参与人须各方同意方可到场。',
    problems: [
      'sessions.wrong-state',
      'sessions.came-or-not',
      'sessions.in-the-future',
      'sessions.left-before-arrival',
      'participants.consent-missing',
    ],
  })
  @ApiOkResponse({ type: SessionStandingResponse })
  async attendance(
    @Param('id', IdPipe) id: string,
    @Body() body: NoteAttendanceRequest,
  ): Promise<SessionStandingResponse> {
    return this.holdSession.noteAttendance(id, body.attendance);
  }

  @Post('sessions/:id/end')
  @HttpCode(200)
  @Act('sessions.end', {
    problems: [
      'sessions.wrong-state',
      'sessions.ended-already',
      'sessions.in-the-future',
      'sessions.ends-before-start',
    ],
  })
  @ApiOkResponse({ type: SessionStandingResponse })
  async end(@Param('id', IdPipe) id: string, @Body() body: EndSessionRequest): Promise<SessionStandingResponse> {
    return this.holdSession.end(id, body.endedAt);
  }

  @Post('sessions/:id/entries')
  @Act('sessions.write', {
    description: '写入笔录，每条注明说话的人和可见范围。',
    problems: ['sessions.wrong-state', 'sessions.speaker-missing'],
  })
  @ApiCreatedResponse({ type: WrittenEntriesResponse })
  async write(@Param('id', IdPipe) id: string, @Body() body: WriteEntriesRequest): Promise<WrittenEntriesResponse> {
    return this.recordSession.write(id, body.entries);
  }

  @Put('session-entries/:id')
  @Act('sessions.revise-entry', {
    description: '各方核对之前，可以更正、划去一条笔录，或缩小其可见范围。',
    problems: ['sessions.wrong-state', 'sessions.ring-not-narrower', 'sessions.nothing-to-revise'],
  })
  @ApiOkResponse({ type: RevisedEntryResponse })
  async revise(@Param('id', IdPipe) id: string, @Body() body: ReviseEntryRequest): Promise<RevisedEntryResponse> {
    return this.recordSession.reviseEntry(id, body);
  }

  @Post('sessions/:id/undisputed-facts')
  @Act('sessions.state-facts', {
    description: '各方都没有争议的事实，与协商过程分开记录。',
    problems: ['sessions.wrong-state'],
  })
  @ApiCreatedResponse({ type: StatedFactsResponse })
  async stateFacts(@Param('id', IdPipe) id: string, @Body() body: StateFactsRequest): Promise<StatedFactsResponse> {
    return this.recordSession.stateFacts(id, body.facts);
  }

  @Post('session-facts/:id/retraction')
  @HttpCode(200)
  @Act('sessions.retract-fact', { problems: ['sessions.wrong-state'] })
  @ApiOkResponse({ type: SessionStandingResponse })
  async retractFact(@Param('id', IdPipe) id: string): Promise<SessionStandingResponse> {
    return this.recordSession.retractFact(id);
  }

  @Post('sessions/:id/concessions')
  @Act('sessions.note-concession', {
    description: '为达成协议作出的让步，默认仅调解员可见，不出具、不导出，不得用作不利证据。',
    problems: ['sessions.wrong-state', 'sessions.speaker-missing'],
  })
  @ApiCreatedResponse({ type: NotedConcessionResponse })
  async noteConcession(
    @Param('id', IdPipe) id: string,
    @Body() body: NoteConcessionRequest,
  ): Promise<NotedConcessionResponse> {
    return this.recordSession.noteConcession(id, body);
  }

  @Post('sessions/:id/result')
  @HttpCode(200)
  @Act('sessions.record', {
    description: '调解成功的，进入拟定协议；调解不成的，请办理终止并告知其他途径；有待继续的，填写下次时间。',
    problems: [
      'sessions.wrong-state',
      'sessions.not-ended',
      'sessions.attendance-open',
      'sessions.no-mediator-present',
      'sessions.nothing-written',
      'sessions.next-missing',
      'sessions.next-not-due',
      'sessions.too-few-present',
      'mediation.wrong-state',
    ],
  })
  @ApiOkResponse({ type: SessionStandingResponse })
  async record(@Param('id', IdPipe) id: string, @Body() body: RecordResultRequest): Promise<SessionStandingResponse> {
    return this.recordSession.record(id, body);
  }

  @Post('sessions/:id/confirmation')
  @HttpCode(200)
  @Act('sessions.confirm', {
    description: '到场的当事人、代理人逐人核对记录；核对后不再更改。',
    problems: [
      'sessions.wrong-state',
      'sessions.not-to-confirm',
      'sessions.confirmation-unexplained',
      'sessions.confirmation-missing',
    ],
  })
  @ApiOkResponse({ type: SessionStandingResponse })
  async confirm(
    @Param('id', IdPipe) id: string,
    @Body() body: ConfirmSessionRequest,
  ): Promise<SessionStandingResponse> {
    return this.recordSession.confirm(id, body.confirmations);
  }
}
