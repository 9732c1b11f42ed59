import '../policies';
import { Body, Controller, Get, Param, Post, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { EXCEL, fileAnswer, IdPipe, InertFile } from '../../../platform/http';
import { KeepSubsidyLists } from '../application/keep-subsidy-lists';
import { KeepSubsidyRules } from '../application/keep-subsidy-rules';
import {
  CancelSubsidyListRequest,
  MakeSubsidyListRequest,
  PaySubsidyListRequest,
  SetSubsidyRulesRequest,
} from './subsidy.request';
import {
  SubsidyListActResponse,
  SubsidyListDetailResponse,
  SubsidyListsResponse,
  SubsidyRulesActResponse,
  SubsidyRulesListResponse,
} from './subsidy.response';

@ApiTags('以案定补')
@Controller()
export class SubsidiesController {
  constructor(
    private readonly rules: KeepSubsidyRules,
    private readonly lists: KeepSubsidyLists,
  ) {}

  @Get('centers/:id/subsidy-rules')
  @Act('subsidy-rules.list', { description: '以案定补标准的全部版本，注明今天执行的。' })
  @ApiOkResponse({ type: SubsidyRulesListResponse })
  async listRules(@Param('id', IdPipe) id: string): Promise<SubsidyRulesListResponse> {
    return this.rules.list(id);
  }

  @Post('centers/:id/subsidy-rules')
  @Act('subsidy-rules.set', {
    description: '自某日起执行；以前生效的协议仍按当时的标准。已经核对的名单不受影响。',
    problems: ['subsidy-rules.not-whole', 'subsidy-rules.listed'],
  })
  @ApiCreatedResponse({ type: SubsidyRulesActResponse })
  async setRules(
    @Param('id', IdPipe) id: string,
    @Body() body: SetSubsidyRulesRequest,
  ): Promise<SubsidyRulesActResponse> {
    return this.rules.set(id, body);
  }

  @Get('centers/:id/subsidy-lists')
  @Act('subsidy-lists.list', { description: '本中心的以案定补名单。' })
  @ApiOkResponse({ type: SubsidyListsResponse })
  async list(@Param('id', IdPipe) id: string): Promise<SubsidyListsResponse> {
    return this.lists.list(id);
  }

  @Post('centers/:id/subsidy-lists')
  @Act('subsidy-lists.make', {
    description:
      '列入期间内生效的协议，和以前名单中暂缓、现在可以计入的；一件只发放一次。真实性预警没有处理完、抽中评查没有评定的，列明暂缓。',
    problems: ['subsidy-lists.period', 'subsidy-lists.future', 'subsidy-lists.no-rules', 'subsidy-lists.nothing'],
  })
  @ApiCreatedResponse({ type: SubsidyListActResponse })
  async make(@Param('id', IdPipe) id: string, @Body() body: MakeSubsidyListRequest): Promise<SubsidyListActResponse> {
    return this.lists.make(id, body);
  }

  @Get('subsidy-lists/:id')
  @Act('subsidy-lists.read', { description: '一份名单：逐件的依据和金额，每人合计。' })
  @ApiOkResponse({ type: SubsidyListDetailResponse })
  async one(@Param('id', IdPipe) id: string): Promise<SubsidyListDetailResponse> {
    return this.lists.one(id);
  }

  @Get('subsidy-lists/:id/workbook')
  @Act('subsidy-lists.export', { description: 'Excel 名单，留有领取人签名栏。' })
  @ApiProduces(EXCEL)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @InertFile()
  async workbook(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.lists.workbook(id)), mediaType: EXCEL });
  }

  @Get('subsidy-lists/:id/paper')
  @Act('subsidy-lists.export', { description: '名单的纸质件，印有每人合计和签名栏。' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @InertFile()
  async paper(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.lists.paper(id)), mediaType: 'application/pdf' });
  }

  @Post('subsidy-lists/:id/check')
  @Act('subsidy-lists.check', {
    description: '由制作人以外的人核对。',
    problems: ['subsidy-lists.wrong-state', 'subsidy-lists.own-list'],
  })
  @ApiCreatedResponse({ type: SubsidyListActResponse })
  async check(@Param('id', IdPipe) id: string): Promise<SubsidyListActResponse> {
    return this.lists.check(id);
  }

  @Post('subsidy-lists/:id/approval')
  @Act('subsidy-lists.approve', {
    description: '由制作人、核对人以外的人审批。',
    problems: ['subsidy-lists.wrong-state', 'subsidy-lists.own-list', 'subsidy-lists.own-check'],
  })
  @ApiCreatedResponse({ type: SubsidyListActResponse })
  async approve(@Param('id', IdPipe) id: string): Promise<SubsidyListActResponse> {
    return this.lists.approve(id);
  }

  @Post('subsidy-lists/:id/payment')
  @Act('subsidy-lists.pay', {
    description: '登记什么时候、怎样发放。',
    problems: ['subsidy-lists.wrong-state', 'subsidy-lists.paid-on'],
  })
  @ApiCreatedResponse({ type: SubsidyListActResponse })
  async pay(@Param('id', IdPipe) id: string, @Body() body: PaySubsidyListRequest): Promise<SubsidyListActResponse> {
    return this.lists.pay(id, body);
  }

  @Post('subsidy-lists/:id/cancellation')
  @Act('subsidy-lists.cancel', {
    description: '没有发放的名单可以作废，其中的案件可以重新列入。记录不删除。',
    problems: ['subsidy-lists.wrong-state'],
  })
  @ApiCreatedResponse({ type: SubsidyListActResponse })
  async cancel(
    @Param('id', IdPipe) id: string,
    @Body() body: CancelSubsidyListRequest,
  ): Promise<SubsidyListActResponse> {
    return this.lists.cancel(id, body.reason);
  }
}
