import '../policies';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { HoldMeeting } from '../application/hold-meeting';
import { ReadMeetings } from '../application/read-meetings';
import { ArriveRequest, OwnMeetingsQuery, ReserveRequest } from './meeting.request';
import { MeetingActResponse, MeetingResponse, OwnMeetingsResponse } from './meeting.response';

@ApiTags('联席会商')
@Controller('agency-meetings')
export class AgencyMeetingsController {
  constructor(
    private readonly holdMeeting: HoldMeeting,
    private readonly readMeetings: ReadMeetings,
  ) {}

  @Get()
  @Act('meetings.list-own', { description: '本部门受邀的会商，和纪要交办、尚未了结的任务。' })
  @ApiOkResponse({ type: OwnMeetingsResponse })
  async list(@Query() query: OwnMeetingsQuery): Promise<OwnMeetingsResponse> {
    return this.readMeetings.own(query);
  }

  @Get(':id')
  @Act('meetings.read-own', { description: '纪要确认前只看到本部门的意见；确认后看到全部纪要。查看留痕。' })
  @ApiOkResponse({ type: MeetingResponse })
  async read(@Param('id', IdPipe) id: string): Promise<MeetingResponse> {
    return this.readMeetings.ownOne(id);
  }

  @Post(':id/arrival')
  @Act('meetings.arrive', {
    description: '扫描会场屏幕上的签到码。',
    problems: ['meetings.code-invalid', 'meetings.signed-in', 'meetings.wrong-state'],
  })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async arrive(@Param('id', IdPipe) id: string, @Body() body: ArriveRequest): Promise<MeetingActResponse> {
    return this.holdMeeting.arrive(id, body);
  }

  @Post(':id/reservation')
  @Act('meetings.reserve', {
    description: '纪要确认后三个工作日内提出，载入纪要；重复提出的以最后一次为准。',
    problems: ['meetings.reservation-too-late', 'meetings.personal-number', 'meetings.wrong-state'],
  })
  @ApiCreatedResponse({ type: MeetingActResponse })
  async reserve(@Param('id', IdPipe) id: string, @Body() body: ReserveRequest): Promise<MeetingActResponse> {
    return this.holdMeeting.reserve(id, body);
  }
}
