import '../policies';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { ChangeDuty } from '../application/change-duty';
import { ReadRoster } from '../application/read-roster';
import { ChangeDutyRequest, RosterQuery } from './roster.request';
import { DutyChangeResponse, RosterWeekResponse } from './roster.response';

@ApiTags('值班')
@Controller()
export class RosterController {
  constructor(
    private readonly roster: ReadRoster,
    private readonly duty: ChangeDuty,
  ) {}

  @Get('centers/:id/roster')
  @Act('roster.read', { description: '一周的值班表：各单位逐日谁在、谁替谁、哪天缺岗。' })
  @ApiOkResponse({ type: RosterWeekResponse })
  async week(@Param('id', IdPipe) id: string, @Query() { on }: RosterQuery): Promise<RosterWeekResponse> {
    return this.roster.week(id, on);
  }

  @Post('postings/:id/duty-changes')
  @Act('roster.change-duty', {
    description: '某一天由别人来，或者没有人来；同一天再次登记的，以后一次为准。',
    problems: ['roster.past-day', 'roster.out-of-posting', 'roster.no-such-person'],
  })
  @ApiCreatedResponse({ type: DutyChangeResponse })
  async change(@Param('id', IdPipe) id: string, @Body() body: ChangeDutyRequest): Promise<DutyChangeResponse> {
    return this.duty.change(id, body);
  }

  @Post('duty-changes/:id/withdrawal')
  @Act('roster.withdraw-change', { problems: ['roster.past-day', 'roster.withdrawn'] })
  @ApiCreatedResponse({ type: DutyChangeResponse })
  async withdraw(@Param('id', IdPipe) id: string): Promise<DutyChangeResponse> {
    return this.duty.withdraw(id);
  }
}
