import '../policies';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { KeepDutyList } from '../application/keep-duty-list';
import { AddDutyRequest, DutyListQuery, ReviseDutyRequest } from './summons.request';
import { DutyActResponse, DutyPageResponse } from './summons.response';

@ApiTags('权责清单')
@Controller('agency-duties')
export class AgencyDutiesController {
  constructor(private readonly dutyList: KeepDutyList) {}

  @Get()
  @Act('agency-duties.list', { description: '部门对哪一类纠纷负有什么职责；吹哨时据此建议部门。' })
  @ApiOkResponse({ type: DutyPageResponse })
  async list(@Query() query: DutyListQuery): Promise<DutyPageResponse> {
    return this.dutyList.list(query);
  }

  @Post()
  @Act('agency-duties.add', { description: '一个部门对一类纠纷登记一项。', problems: ['agency-duties.twice'] })
  @ApiCreatedResponse({ type: DutyActResponse })
  async add(@Body() body: AddDutyRequest): Promise<DutyActResponse> {
    return this.dutyList.add(body);
  }

  @Patch(':id')
  @Act('agency-duties.revise', { problems: ['agency-duties.twice', 'agency-duties.ended'] })
  @ApiOkResponse({ type: DutyActResponse })
  async revise(@Param('id', IdPipe) id: string, @Body() body: ReviseDutyRequest): Promise<DutyActResponse> {
    return this.dutyList.revise(id, body);
  }

  @Post(':id/ending')
  @Act('agency-duties.end', { description: '停用后不再据此建议；记录保留。', problems: ['agency-duties.ended'] })
  @ApiCreatedResponse({ type: DutyActResponse })
  async end(@Param('id', IdPipe) id: string): Promise<DutyActResponse> {
    return this.dutyList.end(id);
  }
}
