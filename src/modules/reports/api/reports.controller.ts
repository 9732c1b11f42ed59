import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act, IfMatchRequired } from '../../../platform/auth';
import { EXCEL, fileAnswer, IdPipe, InertFile, WORD } from '../../../platform/http';
import { KeepReports } from '../application/keep-reports';
import { ReadReports } from '../application/read-reports';
import { ReportFiles } from '../application/report-files';
import {
  BeginReportRequest,
  EditReportRequest,
  ReportCasesQuery,
  ReportFileQuery,
  ReportListQuery,
} from './report.request';
import {
  ReportCasesResponse,
  ReportDifferencesResponse,
  ReportIdResponse,
  ReportListResponse,
  ReportResponse,
} from './report.response';

@ApiTags('报表')
@Controller('reports')
export class ReportsController {
  constructor(
    private readonly readReports: ReadReports,
    private readonly keepReports: KeepReports,
    private readonly files: ReportFiles,
  ) {}

  @Get()
  @Act('reports.list', { description: '本级和下级各期的报表和报告，草稿和定稿。' })
  @ApiOkResponse({ type: ReportListResponse })
  async list(@Query() query: ReportListQuery): Promise<ReportListResponse> {
    return this.readReports.list(query);
  }

  @Post()
  @Act('reports.begin', {
    description: '为一期建一份。草稿的数字随办理随时变，定稿后不再变。',
    problems: ['reports.span', 'reports.future', 'reports.there'],
  })
  @ApiCreatedResponse({ type: ReportIdResponse })
  async begin(@Body() body: BeginReportRequest): Promise<ReportIdResponse> {
    return this.keepReports.begin(body);
  }

  @Get(':id')
  @Act('reports.read', { description: '表的各格、口径和以前各期的更正。草稿为现在的数，定稿为定稿时的数。' })
  @ApiOkResponse({ type: ReportResponse })
  async read(@Param('id', IdPipe) id: string): Promise<ReportResponse> {
    return this.readReports.read(id);
  }

  @Put(':id/content')
  @Act('reports.edit', {
    description: '修改文字，或者填写系统没有记录的经费。文字里的数字定稿前随办理变化。',
    problems: ['reports.frozen', 'reports.unknown-section', 'reports.unknown-figure', 'reports.unknown-unit'],
  })
  @ApiOkResponse({ type: ReportIdResponse })
  async edit(
    @Param('id', IdPipe) id: string,
    @Body() { funding = [], texts = [] }: EditReportRequest,
  ): Promise<ReportIdResponse> {
    return this.keepReports.edit(id, {
      typed: Object.fromEntries(funding.map(({ unit, ...amounts }) => [unit, amounts])),
      texts: Object.fromEntries(texts.map(({ section, words }) => [section, words])),
    });
  }

  @Post(':id/freezing')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('reports.freeze', {
    description: '留存各格的数字和背后的每一件，此后不再改变。勾稽不平的不能定稿。',
    problems: ['reports.frozen', 'reports.not-over', 'reports.does-not-foot'],
  })
  @ApiOkResponse({ type: ReportIdResponse })
  async freeze(@Param('id', IdPipe) id: string): Promise<ReportIdResponse> {
    return this.keepReports.freeze(id);
  }

  @Get(':id/cases')
  @Act('reports.list-cases', { description: '一格数字背后的各项；定稿的为定稿时的各项。封存事项只计数。' })
  @ApiOkResponse({ type: ReportCasesResponse })
  async cases(@Param('id', IdPipe) id: string, @Query() query: ReportCasesQuery): Promise<ReportCasesResponse> {
    return this.readReports.cases(id, query);
  }

  @Get(':id/differences')
  @Act('reports.explain', { description: '定稿以后哪些格的数变了，哪些事项进出，由哪次办理引起。' })
  @ApiOkResponse({ type: ReportDifferencesResponse })
  async differences(@Param('id', IdPipe) id: string): Promise<ReportDifferencesResponse> {
    return this.readReports.differences(id);
  }

  @Get(':id/file')
  @InertFile()
  @Act('reports.download', { description: '与屏幕一致的文件。下载留痕。' })
  @ApiProduces(EXCEL, 'application/pdf', WORD)
  @ApiOkResponse({ description: '文件', schema: { type: 'string', format: 'binary' } })
  async file(@Param('id', IdPipe) id: string, @Query() { kind }: ReportFileQuery): Promise<StreamableFile> {
    return fileAnswer(await this.files.write(id, kind));
  }
}
