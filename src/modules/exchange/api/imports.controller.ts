import '../policies';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  type StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { EXCEL, IdPipe, InertFile, TakesFile, fileAnswer } from '../../../platform/http';
import { ImportLedger } from '../application/import-ledger';
import { ReadImports } from '../application/read-imports';
import { CheckImportRequest, ImportRowsQueryRequest, MOST_BYTES, StartImportRequest } from './import.request';
import { ImportIdResponse, ImportListResponse, ImportResponse, ImportRowListResponse } from './import.response';

const WORKBOOK = { description: 'Excel 文件', content: { [EXCEL]: { schema: { type: 'string', format: 'binary' } } } };

@ApiTags('旧台账导入')
@Controller('imports')
export class ImportsController {
  constructor(
    private readonly importLedger: ImportLedger,
    private readonly readImports: ReadImports,
  ) {}

  @Get('template')
  @InertFile()
  @Act('exchange.download-template', { description: '栏目、说明、可选值和一行示例；按它填写后上传。' })
  @ApiProduces(EXCEL)
  @ApiOkResponse(WORKBOOK)
  async template(): Promise<StreamableFile> {
    return workbook(await this.readImports.template(), '旧台账导入模板.xlsx');
  }

  @Post()
  @UseInterceptors(FileInterceptor('file'))
  @Act('exchange.check-import', {
    description: '逐行核对，指出需要修改的地方，不写入任何事项。文件不超过10兆字节，不保存文件本身。',
    problems: [
      'exchange.file-missing',
      'exchange.no-heading',
      'exchange.columns-missing',
      'exchange.no-rows',
      'exchange.too-many-rows',
      'excel.not-a-workbook',
      'excel.too-large',
      'excel.too-many-rows',
      'excel.calendar-of-1904',
      'too-large',
    ],
  })
  @TakesFile('Excel 文件', MOST_BYTES, CheckImportRequest)
  @ApiCreatedResponse({ type: ImportIdResponse })
  async check(
    @UploadedFile() file: Express.Multer.File | undefined,
    @Body() { centerId }: CheckImportRequest,
  ): Promise<ImportIdResponse> {
    return this.importLedger.check(
      centerId,
      file === undefined ? undefined : { fileName: file.originalname, bytes: file.buffer },
    );
  }

  @Get()
  @Act('exchange.list-imports', { description: '本人最近上传的 20 份，三十天后清除。' })
  @ApiOkResponse({ type: ImportListResponse })
  async list(): Promise<ImportListResponse> {
    return this.readImports.list();
  }

  @Get(':id')
  @Act('exchange.read-import')
  @ApiOkResponse({ type: ImportResponse })
  async one(@Param('id', IdPipe) id: string): Promise<ImportResponse> {
    return this.readImports.one(id);
  }

  @Get(':id/rows')
  @Act('exchange.read-import-rows', { description: '按行号。', problems: ['malformed-cursor'] })
  @ApiOkResponse({ type: ImportRowListResponse })
  async rows(@Param('id', IdPipe) id: string, @Query() query: ImportRowsQueryRequest): Promise<ImportRowListResponse> {
    return this.readImports.rowsOf(id, query);
  }

  @Post(':id/start')
  @HttpCode(202)
  @Act('exchange.start-import', {
    description: '无误的行在后台写成已归档的事项，可以离开页面；中断后可以再次开始，不会重复。',
    problems: ['exchange.import-running', 'exchange.nothing-to-import', 'exchange.import-has-faults'],
  })
  @ApiAcceptedResponse({ type: ImportIdResponse })
  async start(@Param('id', IdPipe) id: string, @Body() { isWhole }: StartImportRequest): Promise<ImportIdResponse> {
    return this.importLedger.start(id, isWhole);
  }

  @Get(':id/refused')
  @InertFile()
  @Act('exchange.download-refused', {
    description: '需要修改的行，第一栏写明问题；改好后可以直接上传。下载记入操作日志。',
    problems: ['exchange.nothing-refused'],
  })
  @ApiProduces(EXCEL)
  @ApiOkResponse(WORKBOOK)
  async refused(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return workbook(await this.readImports.refused(id), '需要修改的行.xlsx');
  }
}

const workbook = (bytes: Buffer, fileName: string): StreamableFile => fileAnswer({ bytes, fileName, mediaType: EXCEL });
