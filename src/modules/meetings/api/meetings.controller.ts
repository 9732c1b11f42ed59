import '../policies';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { CallMeeting } from '../application/call-meeting';
import { HoldMeeting } from '../application/hold-meeting';
import { ReadMeetings } from '../application/read-meetings';
import {
  AssignTaskRequest,
  CallMeetingRequest,
  CancelMeetingRequest,
  ConfirmMinutesRequest,
  DecideItemRequest,
  EnterArrivalRequest,
  InvitedUnitRequest,
  RecordVoiceRequest,
  RescheduleMeetingRequest,
} from './meeting.request';
import { MeetingActResponse, MeetingCodeResponse, MeetingResponse, MeetingsOfMatterResponse } from './meeting.response';

@ApiTags('联席会商')
@Controller()
export class MeetingsController {
  constructor(
    private readonly callMeeting: CallMeeting,
    private readonly holdMeeting: HoldMeeting,
    private readonly readMeetings: ReadMeetings,
  ) {}

  @Get('disputes/:disputeId/meetings')
  @Act('meetings.list-of-matter', { description: '最近的在前；也列出与其他事项一并会商的。' })
  @ApiOkResponse({ type: MeetingsOfMatterResponse })
  async list(@Param('disputeId', IdPipe) disputeId: string): Promise<MeetingsOfMatterResponse> {
    return this.readMeetings.ofMatter(disputeId);
  }

  @Post('disputes/:disputeId/meetings')
  @Act('meetings.call', {
    description: '就一件或几件事项请有关单位会商；受邀部门收到通知。',
    problems: [
      'meetings.matter-over',
      'meetings.in-the-past',
      'meetings.too-far',
      'meetings.personal-number',
      'meetings.no-such-chair',
      'meetings.unknown-agency',
      'meetings.unit-unnamed',
      'meetings.unit-twice',
      'meetings.one-lead',
      'meetings.other-center',
    ],
  })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async call(
    @Param('disputeId', IdPipe) disputeId: string,
    @Body() body: CallMeetingRequest,
  ): Promise<MeetingActResponse> {
    return this.callMeeting.execute(disputeId, body);
  }

  @Get('meetings/:id')
  @Act('meetings.read', { description: '查看留痕。' })
  @ApiOkResponse({ type: MeetingResponse })
  async read(@Param('id', IdPipe) id: string): Promise<MeetingResponse> {
    return this.readMeetings.one(id);
  }

  @Post('meetings/:id/units')
  @Act('meetings.invite', {
    problems: [
      'meetings.unknown-agency',
      'meetings.unit-unnamed',
      'meetings.unit-twice',
      'meetings.one-lead',
      'meetings.wrong-state',
    ],
  })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async invite(@Param('id', IdPipe) id: string, @Body() body: InvitedUnitRequest): Promise<MeetingActResponse> {
    return this.callMeeting.invite(id, body);
  }

  @Post('meetings/:id/rescheduling')
  @Act('meetings.reschedule', { problems: ['meetings.in-the-past', 'meetings.too-far', 'meetings.wrong-state'] })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async reschedule(
    @Param('id', IdPipe) id: string,
    @Body() body: RescheduleMeetingRequest,
  ): Promise<MeetingActResponse> {
    return this.callMeeting.reschedule(id, body);
  }

  @Post('meetings/:id/cancellation')
  @Act('meetings.cancel', { problems: ['meetings.wrong-state'] })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async cancel(@Param('id', IdPipe) id: string, @Body() body: CancelMeetingRequest): Promise<MeetingActResponse> {
    return this.callMeeting.cancel(id, body.reason);
  }

  @Post('meetings/:id/sign-in-codes')
  @Act('meetings.show-sign-in-code', {
    description: '会场屏幕上的签到码，约两分钟一换。',
    problems: ['meetings.wrong-state'],
  })
  @ApiCreatedResponse({ type: MeetingCodeResponse })
  async showCode(@Param('id', IdPipe) id: string): Promise<MeetingCodeResponse> {
    return this.holdMeeting.showCode(id);
  }

  @Post('meetings/:id/entered-arrivals')
  @Act('meetings.enter-arrival', {
    description: '没有账号或没有扫码的，由经办人登记。',
    problems: ['meetings.unknown-unit', 'meetings.signed-in', 'meetings.wrong-state'],
  })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async enterArrival(@Param('id', IdPipe) id: string, @Body() body: EnterArrivalRequest): Promise<MeetingActResponse> {
    return this.holdMeeting.enterArrival(id, body);
  }

  @Post('meetings/:id/opening')
  @Act('meetings.open', { problems: ['meetings.nobody-came', 'meetings.wrong-state'] })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async open(@Param('id', IdPipe) id: string): Promise<MeetingActResponse> {
    return this.holdMeeting.open(id);
  }

  @Post('meetings/:id/voices')
  @Act('meetings.record-voice', {
    description: '逐议题记录各单位的意见和表态；重复记录的以最后一次为准，原来的保留。',
    problems: [
      'meetings.unknown-unit',
      'meetings.unknown-item',
      'meetings.nothing-said',
      'meetings.not-present',
      'meetings.no-vote',
      'meetings.decided',
      'meetings.personal-number',
      'meetings.wrong-state',
    ],
  })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async recordVoice(@Param('id', IdPipe) id: string, @Body() body: RecordVoiceRequest): Promise<MeetingActResponse> {
    return this.holdMeeting.recordVoice(id, body);
  }

  @Post('meetings/:id/decisions')
  @Act('meetings.decide', {
    description: '按会商的议决办法记录；表态不够的不能记为通过。',
    problems: [
      'meetings.unknown-item',
      'meetings.votes-do-not-bear',
      'meetings.personal-number',
      'meetings.wrong-state',
    ],
  })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async decide(@Param('id', IdPipe) id: string, @Body() body: DecideItemRequest): Promise<MeetingActResponse> {
    return this.holdMeeting.decide(id, body);
  }

  @Post('meetings/:id/tasks')
  @Act('meetings.assign-task', {
    description: '责任到单位和人，写明期限；纪要确认后下达。',
    problems: [
      'meetings.unknown-unit',
      'meetings.due-in-the-past',
      'meetings.due-too-far',
      'meetings.personal-number',
      'meetings.wrong-state',
    ],
  })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async assignTask(@Param('id', IdPipe) id: string, @Body() body: AssignTaskRequest): Promise<MeetingActResponse> {
    return this.holdMeeting.assignTask(id, body);
  }

  @Post('meetings/:id/confirmation')
  @Act('meetings.confirm', {
    description: '由主持人确认；确认后发给各参会单位，任务下达，三个工作日内可以提出保留意见。',
    problems: ['meetings.not-chair', 'meetings.undecided', 'meetings.personal-number', 'meetings.wrong-state'],
  })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async confirm(@Param('id', IdPipe) id: string, @Body() body: ConfirmMinutesRequest): Promise<MeetingActResponse> {
    return this.holdMeeting.confirm(id, body);
  }
}
