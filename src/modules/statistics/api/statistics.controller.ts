import '../policies';
import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { EXCEL, InertFile, fileAnswer, WORD } from '../../../platform/http';
import { ExportFigures } from '../application/export-figures';
import { FigureReport } from '../application/figure-report';
import { ListCases } from '../application/list-cases';
import { ReadDefinitions } from '../application/read-definitions';
import { ReadFigures } from '../application/read-figures';
import { type Figure, FIGURE_KEYS } from '../domain/figures';
import { FigurePipe } from './figure.pipe';
import { CaseExportQuery, CaseListQuery, FigureReportQuery, FiguresQuery } from './statistics.request';
import { DefinitionsResponse, FigureCasesResponse, FiguresResponse } from './statistics.response';

const FIGURE = { name: 'figure', description: '指标', enum: FIGURE_KEYS, example: 'accepted' } as const;

const WORKBOOK = { description: 'Excel 文件', schema: { type: 'string', format: 'binary' } } as const;

@ApiTags('统计')
@Controller('statistics')
export class StatisticsController {
  constructor(
    private readonly readDefinitions: ReadDefinitions,
    private readonly readFigures: ReadFigures,
    private readonly listCases: ListCases,
    private readonly exportFigures: ExportFigures,
    private readonly figureReport: FigureReport,
  ) {}

  @Get('definitions')
  @Act('statistics.read-definitions', { description: '每个指标的分子、分母、日期规则和不计入的情形。' })
  @ApiOkResponse({ type: DefinitionsResponse })
  async definitions(): Promise<DefinitionsResponse> {
    return this.readDefinitions.execute();
  }

  @Get('figures')
  @Act('statistics.read', {
    description: '一段期间的指标，附上期和上年同期，可分组。分母为零的没有比率。',
    problems: ['statistics.period-reversed', 'statistics.too-wide', 'statistics.too-many-centers'],
  })
  @ApiOkResponse({ type: FiguresResponse })
  async figures(@Query() query: FiguresQuery): Promise<FiguresResponse> {
    return this.readFigures.execute(query);
  }

  @Get('figures-export')
  @Act('statistics.export', {
    description: '与屏幕一致的 Excel，下附口径。导出留痕。',
    problems: ['statistics.period-reversed', 'statistics.too-wide'],
  })
  @InertFile()
  @ApiProduces(EXCEL)
  @ApiOkResponse(WORKBOOK)
  async exportOfFigures(@Query() query: FiguresQuery): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.exportFigures.figures(query)), mediaType: EXCEL });
  }

  @Get('figures-report')
  @Act('statistics.export', {
    description: '与屏幕一致的报告，PDF 或者 Word：统计范围、数字和口径。导出留痕。',
    problems: ['statistics.period-reversed', 'statistics.too-wide'],
  })
  @InertFile()
  @ApiProduces('application/pdf', WORD)
  @ApiOkResponse({ description: '文件', schema: { type: 'string', format: 'binary' } })
  async report(@Query() { kind, ...question }: FigureReportQuery): Promise<StreamableFile> {
    return fileAnswer(await this.figureReport.write(question, kind));
  }

  @Get('figures/:figure/matters')
  @Act('statistics.list-matters', {
    description: '数字背后的事项，条数与数字相同；封存事项只计数。',
    problems: ['statistics.period-reversed', 'statistics.too-wide'],
  })
  @ApiParam(FIGURE)
  @ApiOkResponse({ type: FigureCasesResponse })
  async cases(
    @Param('figure', FigurePipe) figure: Figure,
    @Query() query: CaseListQuery,
  ): Promise<FigureCasesResponse> {
    return this.listCases.execute(figure, query);
  }

  @Get('figures/:figure/export')
  @Act('statistics.export', {
    description: '数字背后的事项清单，Excel。导出留痕。',
    problems: ['statistics.period-reversed', 'statistics.too-wide'],
  })
  @ApiParam(FIGURE)
  @InertFile()
  @ApiProduces(EXCEL)
  @ApiOkResponse(WORKBOOK)
  async exportOfCases(
    @Param('figure', FigurePipe) figure: Figure,
    @Query() query: CaseExportQuery,
  ): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.exportFigures.cases(figure, query)), mediaType: EXCEL });
  }
}
