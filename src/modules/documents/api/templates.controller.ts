import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act, IfMatchRequired, WithoutEffect } from '../../../platform/auth';
import { fileAnswer, IdPipe, InertFile } from '../../../platform/http';
import { TemplateVersions } from '../application/template-versions';
import {
  CompareTemplatesQuery,
  EnableTemplateRequest,
  RestoreTemplateRequest,
  TemplateSourceRequest,
  TemplateVersionQuery,
} from './template.request';
import {
  CenterTemplateResponse,
  CenterTemplatesResponse,
  TemplateCheckResponse,
  TemplateDifferenceResponse,
  TemplateSourceResponse,
} from './template.response';

const TRIAL_PROBLEMS = ['pdf.unknown-template', 'pdf.busy', 'pdf.timeout'];

@ApiTags('文书模板')
@Controller('centers/:id/paper-templates')
export class TemplatesController {
  constructor(private readonly templates: TemplateVersions) {}

  @Get()
  @Act('templates.list', { description: '全部文书的模板：本中心改过的列出第几版，其余用统一模板。' })
  @ApiOkResponse({ type: CenterTemplatesResponse })
  async list(@Param('id', IdPipe) id: string): Promise<CenterTemplatesResponse> {
    return this.templates.list(id);
  }

  @Get(':templateId')
  @Act('templates.read', { description: '内容、可以印出的内容和各版。', problems: ['pdf.unknown-template'] })
  @ApiOkResponse({ type: CenterTemplateResponse })
  async read(
    @Param('id', IdPipe) id: string,
    @Param('templateId') templateId: string,
  ): Promise<CenterTemplateResponse> {
    return this.templates.read(id, templateId);
  }

  @Get(':templateId/source')
  @Act('templates.read-version', { description: '某一版的内容，0 为统一模板。', problems: ['pdf.unknown-template'] })
  @ApiOkResponse({ type: TemplateSourceResponse })
  async source(
    @Param('id', IdPipe) id: string,
    @Param('templateId') templateId: string,
    @Query() { number }: TemplateVersionQuery,
  ): Promise<TemplateSourceResponse> {
    return this.templates.source(id, templateId, number);
  }

  @Get(':templateId/difference')
  @Act('templates.compare', { description: '两版逐行比较。', problems: ['pdf.unknown-template'] })
  @ApiOkResponse({ type: TemplateDifferenceResponse })
  async compare(
    @Param('id', IdPipe) id: string,
    @Param('templateId') templateId: string,
    @Query() query: CompareTemplatesQuery,
  ): Promise<TemplateDifferenceResponse> {
    return this.templates.compare(id, templateId, query);
  }

  @Post(':templateId/check')
  @HttpCode(200)
  @Act('templates.check', {
    description: '指出哪一行要改、怎样改，以及缺少的签名位、盖章处、二维码、页脚和应当写明的内容。',
    problems: TRIAL_PROBLEMS,
  })
  @WithoutEffect()
  @ApiOkResponse({ type: TemplateCheckResponse })
  async check(
    @Param('id', IdPipe) id: string,
    @Param('templateId') templateId: string,
    @Body() { source }: TemplateSourceRequest,
  ): Promise<TemplateCheckResponse> {
    return this.templates.check(id, templateId, source);
  }

  @Post(':templateId/preview')
  @HttpCode(200)
  @Act('templates.preview', {
    description: '用示例内容生成草稿，不存档。',
    problems: [...TRIAL_PROBLEMS, 'pdf.broken-template'],
  })
  @WithoutEffect()
  @InertFile()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'PDF 草稿' })
  async preview(
    @Param('id', IdPipe) id: string,
    @Param('templateId') templateId: string,
    @Body() { source }: TemplateSourceRequest,
  ): Promise<StreamableFile> {
    return fileAnswer({
      bytes: await this.templates.preview(id, templateId, source),
      fileName: '模板预览.pdf',
      mediaType: 'application/pdf',
    });
  }

  @Post(':templateId/versions')
  @Act('templates.enable', {
    description: '此后出具的文书用这一版；已出具、已定稿的不变。有错的不能启用，正在使用的不变。',
    problems: [...TRIAL_PROBLEMS, 'pdf.broken-template', 'templates.unchanged', 'stale-version'],
  })
  @IfMatchRequired()
  @ApiCreatedResponse({ type: CenterTemplateResponse })
  async enable(
    @Param('id', IdPipe) id: string,
    @Param('templateId') templateId: string,
    @Body() body: EnableTemplateRequest,
  ): Promise<CenterTemplateResponse> {
    return this.templates.enable(id, templateId, body);
  }

  @Post(':templateId/restoration')
  @Act('templates.restore', {
    description: '以旧的一版或者统一模板作为新的一版启用。',
    problems: [...TRIAL_PROBLEMS, 'pdf.broken-template', 'templates.unchanged', 'stale-version'],
  })
  @IfMatchRequired()
  @ApiCreatedResponse({ type: CenterTemplateResponse })
  async restore(
    @Param('id', IdPipe) id: string,
    @Param('templateId') templateId: string,
    @Body() body: RestoreTemplateRequest,
  ): Promise<CenterTemplateResponse> {
    return this.templates.restore(id, templateId, body);
  }
}
