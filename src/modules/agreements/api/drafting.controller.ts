import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Put, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act, IfMatchRequired, WithoutEffect } from '../../../platform/auth';
import { fileAnswer, IdPipe, InertFile } from '../../../platform/http';
import { CheckContent } from '../application/check-content';
import { ClauseLibrary } from '../application/clause-library';
import { AgreementContentRequest, DraftAgreementRequest } from './agreement.request';
import { AddClauseRequest, PlanInstalmentsRequest, ReviseClauseRequest } from './drafting.request';
import {
  ClauseListResponse,
  ClauseResponse,
  ContentCheckResponse,
  FittingClausesResponse,
  InstalmentPlanResponse,
} from './drafting.response';

/** Beside an agreement while it is being written: checks, preview, instalments, clauses to choose from. */
@ApiTags('协议起草')
@Controller()
export class DraftingController {
  constructor(
    private readonly checkContent: CheckContent,
    private readonly clauseLibrary: ClauseLibrary,
  ) {}

  @Post('disputes/:id/agreement-checks')
  @HttpCode(200)
  @WithoutEffect()
  @Act('agreements.check', { description: '边写边核对：不保存。须修改的、请核对的、用词的位置和可改写的词一次列出。' })
  @ApiOkResponse({ type: ContentCheckResponse })
  async check(@Param('id', IdPipe) id: string, @Body() body: AgreementContentRequest): Promise<ContentCheckResponse> {
    return this.checkContent.check(id, body);
  }

  @Post('disputes/:id/agreement-previews')
  @HttpCode(200)
  @WithoutEffect()
  @InertFile()
  @Act('agreements.preview-unsaved', {
    description: '按尚未保存的内容出草稿，缺少的标明“待填写”；不存档，预览留痕。',
    problems: ['agreements.no-committee', 'pdf.contract', 'pdf.missing-glyph', 'pdf.busy'],
  })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'PDF 草稿' })
  async preview(@Param('id', IdPipe) id: string, @Body() body: DraftAgreementRequest): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.checkContent.preview(id, body)), mediaType: 'application/pdf' });
  }

  @Post('disputes/:id/instalment-plans')
  @HttpCode(200)
  @WithoutEffect()
  @Act('agreements.plan-instalments', {
    description: '平均分期，除不尽的并入最后一期，合计等于总额。不保存。',
    problems: ['money.split', 'agreements.first-too-late'],
  })
  @ApiOkResponse({ type: InstalmentPlanResponse })
  async instalments(
    @Param('id', IdPipe) id: string,
    @Body() body: PlanInstalmentsRequest,
  ): Promise<InstalmentPlanResponse> {
    return this.checkContent.instalments(id, body);
  }

  @Get('disputes/:id/agreement-clauses')
  @Act('clauses.suggest', { description: '适合本事项纠纷类型的条款，以及各类通用的条款。' })
  @ApiOkResponse({ type: FittingClausesResponse })
  async fitting(@Param('id', IdPipe) id: string): Promise<FittingClausesResponse> {
    return this.clauseLibrary.fitting(id);
  }

  @Get('centers/:id/agreement-clauses')
  @Act('clauses.list')
  @ApiOkResponse({ type: ClauseListResponse })
  async list(@Param('id', IdPipe) id: string): Promise<ClauseListResponse> {
    return this.clauseLibrary.list(id);
  }

  @Post('centers/:id/agreement-clauses')
  @Act('clauses.add', {
    problems: ['clauses.not-a-preset', 'clauses.replaced', 'clauses.obligation-half'],
  })
  @ApiCreatedResponse({ type: ClauseResponse })
  async add(@Param('id', IdPipe) id: string, @Body() body: AddClauseRequest): Promise<ClauseResponse> {
    return this.clauseLibrary.add(id, body);
  }

  @Put('agreement-clauses/:id')
  @Act('clauses.revise', {
    description: '提交全部内容，不填的清空。已写入协议的不受影响。',
    problems: ['clauses.retired', 'clauses.obligation-half'],
  })
  @ApiOkResponse({ type: ClauseResponse })
  async revise(@Param('id', IdPipe) id: string, @Body() body: ReviseClauseRequest): Promise<ClauseResponse> {
    return this.clauseLibrary.revise(id, body);
  }

  @Post('agreement-clauses/:id/retirement')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('clauses.retire', {
    description: '起草时不再列出；替换过通用条款的，恢复通用条款。',
    problems: ['clauses.retired'],
  })
  @ApiOkResponse({ type: ClauseResponse })
  async retire(@Param('id', IdPipe) id: string): Promise<ClauseResponse> {
    return this.clauseLibrary.retire(id);
  }
}
