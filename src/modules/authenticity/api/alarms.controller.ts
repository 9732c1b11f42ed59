import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { DecideAlarm } from '../application/decide-alarm';
import { ReadAlarms } from '../application/read-alarms';
import { AlarmListQuery, DecideAlarmRequest } from './alarm.request';
import { AlarmListResponse, AlarmResponse, AlarmsOfMatterResponse } from './alarm.response';

@ApiTags('真实性提示')
@Controller()
export class AlarmsController {
  constructor(
    private readonly readAlarms: ReadAlarms,
    private readonly decideAlarm: DecideAlarm,
  ) {}

  @Get('alarms')
  @Act('authenticity.list', {
    description: '档案可能与实际不符的线索，只供领导和督办员核实，不计入任何考评和指标。查看留痕。',
    problems: ['malformed-cursor'],
  })
  @ApiOkResponse({ type: AlarmListResponse })
  async list(@Query() query: AlarmListQuery): Promise<AlarmListResponse> {
    return this.readAlarms.list(query);
  }

  @Post('alarms/:id/decision')
  @HttpCode(200)
  @Act('authenticity.decide', {
    description: '登记核实的结果和依据。本人承办的事项由他人核实。',
    problems: ['authenticity.wrong-state', 'authenticity.own-work'],
  })
  @ApiOkResponse({ type: AlarmResponse })
  async decide(@Param('id', IdPipe) id: string, @Body() body: DecideAlarmRequest): Promise<AlarmResponse> {
    return this.decideAlarm.execute(id, body);
  }

  @Get('disputes/:disputeId/alarms')
  @Act('authenticity.read-of-matter', { description: '涉及该事项的真实性提示。查看留痕。' })
  @ApiOkResponse({ type: AlarmsOfMatterResponse })
  async ofMatter(@Param('disputeId', IdPipe) disputeId: string): Promise<AlarmsOfMatterResponse> {
    return this.readAlarms.ofMatter(disputeId);
  }

  @Post('disputes/:disputeId/authenticity-checks')
  @HttpCode(200)
  @Act('authenticity.check', { description: '每天夜间自动核对有变动的事项；需要马上知道的，可以现在核对。' })
  @ApiOkResponse({ type: AlarmsOfMatterResponse })
  async check(@Param('disputeId', IdPipe) disputeId: string): Promise<AlarmsOfMatterResponse> {
    return this.readAlarms.check(disputeId);
  }
}
