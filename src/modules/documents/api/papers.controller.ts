import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act, IfMatchRequired, WithoutEffect } from '../../../platform/auth';
import { fileAnswer, IdPipe, InertFile } from '../../../platform/http';
import { DownloadPaper } from '../application/download-paper';
import { IssuePaper } from '../application/issue-paper';
import { ListPapers } from '../application/list-papers';
import { PaperTemplates } from '../application/paper-templates';
import { PreviewPaper } from '../application/preview-paper';
import { ReadPaper } from '../application/read-paper';
import { ReadPaperDrafts } from '../application/read-paper-drafts';
import { SealPaper } from '../application/seal-paper';
import { VoidPaper } from '../application/void-paper';
import {
  IssuePaperRequest,
  PaperDraftsQuery,
  PaperFileQuery,
  PapersQuery,
  PreviewPaperRequest,
  VoidPaperRequest,
} from './paper.request';
import { PaperDraftsResponse, PaperResponse, PaperTemplatesResponse, PapersResponse } from './paper.response';

@ApiTags('文书')
@Controller()
export class PapersController {
  constructor(
    private readonly issuePaper: IssuePaper,
    private readonly listPapers: ListPapers,
    private readonly readPaper: ReadPaper,
    private readonly readPaperDrafts: ReadPaperDrafts,
    private readonly downloadPaper: DownloadPaper,
    private readonly previewPaper: PreviewPaper,
    private readonly sealPaper: SealPaper,
    private readonly voidPaper: VoidPaper,
    private readonly paperTemplates: PaperTemplates,
  ) {}

  @Post('disputes/:id/papers')
  @Act('papers.issue', {
    description: '出具后内容不再改变，文书上印有二维码和查验码。内容有误的，作废后重新出具。',
    problems: [
      'papers.no-source',
      'papers.not-replaceable',
      'papers.content-changed',
      'papers.template-changed',
      'pdf.contract',
      'pdf.missing-glyph',
      'pdf.busy',
    ],
  })
  @ApiCreatedResponse({ type: PaperResponse })
  async issue(@Param('id', IdPipe) id: string, @Body() body: IssuePaperRequest): Promise<PaperResponse> {
    return this.issuePaper.execute(id, body);
  }

  @Get('disputes/:id/papers')
  @Act('papers.list')
  @ApiOkResponse({ type: PapersResponse })
  async list(@Param('id', IdPipe) id: string, @Query() query: PapersQuery): Promise<PapersResponse> {
    return this.listPapers.execute(id, query);
  }

  @Post('papers/preview')
  @HttpCode(200)
  @Act('papers.preview', {
    description: '带“第n稿 未生效”水印的草稿，没有查验码；内容相同的是同一稿，改过的为下一稿，可以再打开。预览留痕。',
    problems: ['papers.no-source', 'pdf.contract', 'pdf.missing-glyph'],
  })
  @WithoutEffect()
  @InertFile()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'PDF 草稿' })
  async preview(@Body() body: PreviewPaperRequest): Promise<StreamableFile> {
    return fileAnswer({
      bytes: await this.previewPaper.execute(body),
      fileName: '草稿.pdf',
      mediaType: 'application/pdf',
    });
  }

  @Get('disputes/:id/paper-drafts')
  @Act('papers.list-drafts', {
    description: '预览过的各稿，与前一稿比较。查看留痕。',
    problems: ['papers.no-source'],
  })
  @ApiOkResponse({ type: PaperDraftsResponse })
  async listDrafts(@Param('id', IdPipe) id: string, @Query() query: PaperDraftsQuery): Promise<PaperDraftsResponse> {
    return this.readPaperDrafts.list(id, query.templateId);
  }

  @Get('paper-drafts/:id/file')
  @Act('papers.download-draft', {
    description: '按当时的内容和模板重新绘制，带“第n稿 未生效”水印。打开留痕。',
    problems: ['pdf.missing-glyph', 'pdf.busy'],
  })
  @InertFile()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'PDF 草稿' })
  async draftFile(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.readPaperDrafts.paper(id)), mediaType: 'application/pdf' });
  }

  @Get('papers/:id')
  @Act('papers.read', { description: '查看留痕。' })
  @ApiOkResponse({ type: PaperResponse })
  async read(@Param('id', IdPipe) id: string): Promise<PaperResponse> {
    return this.readPaper.execute(id);
  }

  @Get('papers/:id/file')
  @Act('papers.download', {
    description: '签发文件逐字节原样取出，取出前重新核对摘要。下载留痕。',
    problems: ['files.missing', 'files.damaged'],
  })
  @InertFile()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'PDF 文件' })
  async file(@Param('id', IdPipe) id: string, @Query() query: PaperFileQuery): Promise<StreamableFile> {
    return fileAnswer({
      ...(await this.downloadPaper.execute(id, query.copy ?? 'issued')),
      mediaType: 'application/pdf',
    });
  }

  @Post('papers/:id/sealing')
  @HttpCode(200)
  @Act('papers.seal', {
    description: '加盖调委会电子印章：认证签名，盖章后任何改动都会被发现。未盖章的文本同时保留。',
    problems: [
      'papers.wrong-state',
      'papers.no-committee',
      'papers.governed',
      'seals.none',
      'seals.not-usable',
      'seals.second-person-required',
      'seals.no-place',
      'seals.signer-refused',
      'seals.signer-unreachable',
    ],
  })
  @IfMatchRequired()
  @ApiOkResponse({ type: PaperResponse })
  async seal(@Param('id', IdPipe) id: string): Promise<PaperResponse> {
    return this.sealPaper.execute(id);
  }

  @Post('papers/:id/voiding')
  @HttpCode(200)
  @Act('papers.void', {
    description: '原文件保留；此后核验显示已作废，并生成带水印的副本。',
    problems: ['papers.wrong-state', 'papers.governed'],
  })
  @IfMatchRequired()
  @ApiOkResponse({ type: PaperResponse })
  async void(@Param('id', IdPipe) id: string, @Body() body: VoidPaperRequest): Promise<PaperResponse> {
    return this.voidPaper.execute(id, body);
  }

  @Get('paper-templates')
  @Act('papers.templates', { description: '各模板所需的内容以 JSON Schema 给出。' })
  @ApiOkResponse({ type: PaperTemplatesResponse })
  async templates(): Promise<PaperTemplatesResponse> {
    return this.paperTemplates.list();
  }

  @Get('paper-templates/:templateId/example')
  @Act('papers.example', {
    description: '用模板自带的示例内容生成草稿，供修改模板时查看。',
    problems: ['pdf.unknown-template'],
  })
  @InertFile()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'PDF 草稿' })
  async example(@Param('templateId') templateId: string): Promise<StreamableFile> {
    return fileAnswer({
      bytes: await this.paperTemplates.example(templateId),
      fileName: '示例.pdf',
      mediaType: 'application/pdf',
    });
  }
}
