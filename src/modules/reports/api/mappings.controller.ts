import '../policies';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { KeepMappings } from '../application/keep-mappings';
import { KeepPrevention } from '../application/keep-prevention';
import {
  ChangeMappingRequest,
  PreventionQuery,
  RecordPreventionRequest,
  WithdrawPreventionRequest,
} from './report.request';
import { MappingsResponse, PreventionResponse, ReportIdResponse } from './report.response';

/** What the statutory tables need beside the matters: under which category each is reported, and what was prevented. */
@ApiTags('报表')
@Controller()
export class MappingsController {
  constructor(
    private readonly mappings: KeepMappings,
    private readonly prevention: KeepPrevention,
  ) {}

  @Get('centers/:id/report-mappings')
  @Act('report-mappings.read', { description: '本系统的类型、来源和调委会类别，各按哪个统计类别填报。' })
  @ApiOkResponse({ type: MappingsResponse })
  async read(@Param('id', IdPipe) id: string): Promise<MappingsResponse> {
    return this.mappings.read(id);
  }

  @Post('report-mappings')
  @Act('report-mappings.change', {
    description: '自某日起按另一类别填报。以前的对照留存；已定稿的各期数字不变。',
    problems: ['report-mappings.unknown-target', 'report-mappings.unknown-key'],
  })
  @ApiCreatedResponse({ type: ReportIdResponse })
  async change(@Body() body: ChangeMappingRequest): Promise<ReportIdResponse> {
    return this.mappings.change(body);
  }

  @Get('centers/:id/prevention-records')
  @Act('prevention.list', { description: '一段时间的排查预防记录，包括撤销的。' })
  @ApiOkResponse({ type: PreventionResponse })
  async list(@Param('id', IdPipe) id: string, @Query() query: PreventionQuery): Promise<PreventionResponse> {
    return this.prevention.list(id, query);
  }

  @Post('centers/:id/prevention-records')
  @Act('prevention.record', {
    description: '登记后计入统计表的“排查和预防”。',
    problems: ['prevention.future', 'prevention.other-committee', 'prevention.empty'],
  })
  @ApiCreatedResponse({ type: ReportIdResponse })
  async record(@Param('id', IdPipe) id: string, @Body() body: RecordPreventionRequest): Promise<ReportIdResponse> {
    return this.prevention.record(id, body);
  }

  @Post('prevention-records/:id/withdrawal')
  @Act('prevention.withdraw', { description: '记错的撤销，原记录留存。', problems: ['prevention.withdrawn'] })
  @ApiCreatedResponse({ type: ReportIdResponse })
  async withdraw(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: WithdrawPreventionRequest,
  ): Promise<ReportIdResponse> {
    return this.prevention.withdraw(id, reason);
  }
}
