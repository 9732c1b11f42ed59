import '../policies';
import { Body, Controller, Get, Header, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { ExportMatters, ReadExports } from '../application/export-matters';
import { ExportMattersRequest } from './export.request';
import { ExportOrderedResponse, ExportResponse } from './export.response';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

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

  @Get()
  @Act('exchange.list-exports', { description: '本人最近的 50 份导出。' })
  @ApiOkResponse({ type: [ExportResponse] })
  async list(): Promise<ExportResponse[]> {
    return this.readExports.list();
  }

  @Get(':id/file')
  @Header('Cache-Control', 'private, no-store')
  @Act('exchange.download-export', { description: '下载记入操作日志。', problems: ['exchange.not-done'] })
  @ApiProduces(XLSX)
  @ApiOkResponse({ description: 'Excel 文件', content: { [XLSX]: { schema: { type: 'string', format: 'binary' } } } })
  async file(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    const { bytes, fileName } = await this.readExports.file(id);
    return new StreamableFile(bytes, {
      type: XLSX,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      length: bytes.length,
    });
  }
}
