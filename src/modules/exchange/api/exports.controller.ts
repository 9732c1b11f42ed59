import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, type StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act, WithoutEffect } from '../../../platform/auth';
import { EXCEL, fileAnswer, IdPipe, InertFile, streamAnswer } from '../../../platform/http';
import { ExportMatters, ReadExports } from '../application/export-matters';
import { ExportMattersRequest } from './export.request';
import { ExportOrderedResponse, ExportResponse } from './export.response';

@ApiTags('导出')
@Controller('exports')
export class ExportsController {
  constructor(
    private readonly exportMatters: ExportMatters,
    private readonly readExports: ReadExports,
  ) {}

  @Post('matters')
  @HttpCode(202)
  @Act('exchange.export-matters', {
    description: '按当前查询条件导出您有权查看的事项，在后台写成 Excel 文件，完成后到下载中心下载。',
    problems: ['exchange.export-running'],
  })
  @ApiAcceptedResponse({ type: ExportOrderedResponse })
  async order(@Body() body: ExportMattersRequest): Promise<ExportOrderedResponse> {
    return this.exportMatters.execute(body);
  }

  @Post('matters/file')
  @HttpCode(200)
  @InertFile()
  @WithoutEffect()
  @Act('exchange.export-matters', { description: '同样的文件，边写边下载，不经过下载中心。下载记入操作日志。' })
  @ApiProduces(EXCEL)
  @ApiOkResponse({ description: 'Excel 文件', content: { [EXCEL]: { schema: { type: 'string', format: 'binary' } } } })
  async stream(@Body() body: ExportMattersRequest): Promise<StreamableFile> {
    return streamAnswer({ ...(await this.exportMatters.stream(body)), mediaType: EXCEL });
  }

  @Get()
  @Act('exchange.list-exports', { description: '本人最近的 50 份导出。' })
  @ApiOkResponse({ type: [ExportResponse] })
  async list(): Promise<ExportResponse[]> {
    return this.readExports.list();
  }

  @Get(':id/file')
  @InertFile()
  @Act('exchange.download-export', { description: '下载记入操作日志。', problems: ['exchange.not-done'] })
  @ApiProduces(EXCEL)
  @ApiOkResponse({ description: 'Excel 文件', content: { [EXCEL]: { schema: { type: 'string', format: 'binary' } } } })
  async file(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer(await this.readExports.file(id));
  }
}
