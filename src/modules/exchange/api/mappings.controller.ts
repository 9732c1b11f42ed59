import '../policies';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { Mappings } from '../application/mappings';
import { ExportOrderedResponse } from './export.response';
import {
  ExportMappedRequest,
  KeepMappingRequest,
  MappingListQuery,
  TryMappingRequest,
  columnOf,
} from './mapping.request';
import { MappingListResponse, ExportMappingResponse, MappingTrialResponse } from './mapping.response';

@ApiTags('报送')
@Controller('export-mappings')
export class ExportMappingsController {
  constructor(private readonly mappings: Mappings) {}

  @Get()
  @Act('exchange.read-mappings', { description: '各报送对象的列和取值对照：本中心自定的，没有的用系统自带的。' })
  @ApiOkResponse({ type: MappingListResponse })
  async list(@Query() { centerId }: MappingListQuery): Promise<MappingListResponse> {
    return this.mappings.list(centerId);
  }

  @Post()
  @Act('exchange.keep-mapping', {
    description: '保存为本中心自己的对照表，成为新的版本；以前的版本留存。',
    problems: ['exchange.same-header'],
  })
  @ApiCreatedResponse({ type: ExportMappingResponse })
  async keep(@Body() { columns, ...body }: KeepMappingRequest): Promise<ExportMappingResponse> {
    return this.mappings.keep({ ...body, columns: columns.map(columnOf) });
  }

  @Post('trials')
  @HttpCode(200)
  @Act('exchange.try-mapping', {
    description:
      '用最近办结的十件试填，或者核对一段时间内办结的事项；列出第几行、哪一列、什么问题。含个人信息，查看留痕。',
  })
  @ApiOkResponse({ type: MappingTrialResponse })
  async try(@Body() { columns, ...body }: TryMappingRequest): Promise<MappingTrialResponse> {
    return this.mappings.try({ ...body, ...(columns === undefined ? {} : { columns: columns.map(columnOf) }) });
  }

  @Post('exports')
  @Act('exchange.export-mapped', {
    description: '把一段时间内办结的事项写成报送文件，到下载中心取。有问题的须先看过核对报告。',
    problems: ['exchange.too-many', 'exchange.mapping-faults'],
  })
  @ApiCreatedResponse({ type: ExportOrderedResponse })
  async export(@Body() body: ExportMappedRequest): Promise<ExportOrderedResponse> {
    return this.mappings.export(body);
  }
}
