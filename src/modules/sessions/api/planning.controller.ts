import '../policies';
import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { fileAnswer, IdPipe, InertFile } from '../../../platform/http';
import { FindFreeSlots } from '../application/find-free-slots';
import { PlanOptions } from '../application/plan-options';
import { ReadSessions } from '../application/read-sessions';
import { Rooms } from '../application/rooms';
import { FreeSlotsQuery, RoomsQuery } from './planning.request';
import { FreeSlotsResponse, PlanOptionsResponse, RoomResponse } from './planning.response';

@ApiTags('调解会')
@Controller()
export class PlanningController {
  constructor(
    private readonly rooms: Rooms,
    private readonly findFreeSlots: FindFreeSlots,
    private readonly planOptions: PlanOptions,
    private readonly readSessions: ReadSessions,
  ) {}

  @Get('rooms')
  @Act('sessions.list-rooms', {
    description: '调解室、庭、中心、部在某段日期内的占用；无权查看的事项只显示时间。',
    problems: ['sessions.span-reversed', 'sessions.span-too-long'],
  })
  @ApiOkResponse({ type: [RoomResponse] })
  async occupation(@Query() query: RoomsQuery): Promise<RoomResponse[]> {
    return this.rooms.occupation(query);
  }

  @Get('disputes/:id/plan-options')
  @Act('sessions.plan-options', { description: '安排调解会时可以选择的调解员、当事人、参与人、联动单位和场所。' })
  @ApiOkResponse({ type: PlanOptionsResponse })
  async options(@Param('id', IdPipe) id: string): Promise<PlanOptionsResponse> {
    return this.planOptions.execute(id);
  }

  @Get('disputes/:id/free-slots')
  @Act('sessions.find-free-slots', {
    description: '按办公时间，找出调解员、当事人、场所、联动单位都空闲的最多三个时间，并说明其他半天为什么不行。',
    problems: [
      'sessions.span-reversed',
      'sessions.span-too-long',
      'sessions.no-mediator',
      'sessions.no-such-room',
      'sessions.no-such-agency',
    ],
  })
  @ApiOkResponse({ type: FreeSlotsResponse })
  async freeSlots(@Param('id', IdPipe) id: string, @Query() query: FreeSlotsQuery): Promise<FreeSlotsResponse> {
    return this.findFreeSlots.execute(id, query);
  }

  @Get('sessions/:id/calendar-file')
  @Act('sessions.export-calendar', { description: 'iCalendar 文件，可导入手机、电脑日历；不含当事人姓名。导出留痕。' })
  @InertFile()
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'iCalendar 文件' })
  async file(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    const bytes = Buffer.from(await this.readSessions.file(id));
    return fileAnswer({ bytes, mediaType: 'text/calendar; charset=utf-8', fileName: '调解会.ics' });
  }
}
