import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, type StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act, WithoutEffect } from '../../../platform/auth';
import { fileAnswer, IdPipe, InertFile } from '../../../platform/http';
import { AnswerOwnMatter } from '../application/answer-own-matter';
import { OpenAccess } from '../application/open-access';
import { OwnCopies } from '../application/own-copies';
import { RateService } from '../application/rate-service';
import { ReadOwnMatter } from '../application/read-own-matter';
import {
  OpenByNumberRequest,
  OpenBySlipRequest,
  OwnConsentRequest,
  OwnOutcomeRequest,
  OwnReceiptRequest,
  RateRequest,
} from './portal.request';
import { EndedSessionResponse, OpenedSessionResponse, OwnMatterResponse } from './portal.response';

const ENDED = 'portal.session-ended';

@ApiTags('当事人查询')
@Controller('portal/sessions')
export class PortalEntryController {
  constructor(private readonly openAccess: OpenAccess) {}

  @Post()
  @HttpCode(200)
  @Act('portal.open', {
    description: '联系单二维码加六位查询码，换取半小时的查询凭证。连续输错的，暂停一刻钟。',
    problems: ['portal.wrong-code', 'portal.paused'],
  })
  @WithoutEffect()
  @ApiOkResponse({ type: OpenedSessionResponse })
  async bySlip(@Body() body: OpenBySlipRequest): Promise<OpenedSessionResponse> {
    return this.openAccess.bySlip(body);
  }

  @Post('by-number')
  @HttpCode(200)
  @Act('portal.open-by-number', {
    description: '登记编号加六位查询码，换取半小时的查询凭证。连续输错的，暂停一刻钟。',
    problems: ['portal.wrong-code', 'portal.paused'],
  })
  @WithoutEffect()
  @ApiOkResponse({ type: OpenedSessionResponse })
  async byNumber(@Body() body: OpenByNumberRequest): Promise<OpenedSessionResponse> {
    return this.openAccess.byNumber(body);
  }
}

/** For a party with an open session: `Authorization: Link <token>`. */
@ApiTags('当事人查询')
@ApiHeader({ name: 'Authorization', description: 'Link 加查询凭证', required: true })
@Controller('portal')
export class PortalController {
  constructor(
    private readonly reading: ReadOwnMatter,
    private readonly copies: OwnCopies,
    private readonly answers: AnswerOwnMatter,
    private readonly rating: RateService,
  ) {}

  @Get('matter')
  @Act('portal.read', { description: '本人这一件事的办理情况。查看留痕。', problems: [ENDED] })
  @ApiOkResponse({ type: OwnMatterResponse })
  async read(): Promise<OwnMatterResponse> {
    return this.reading.execute();
  }

  @Get('papers/:id/file')
  @Act('portal.download-copy', {
    description: '本人的告知单、生效的协议书，逐字节原样取出。下载留痕。',
    problems: [ENDED, 'files.missing', 'files.damaged'],
  })
  @InertFile()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'PDF 文件' })
  async copy(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.copies.download(id)), mediaType: 'application/pdf' });
  }

  @Post('consent')
  @HttpCode(200)
  @Act('portal.answer-consent', {
    description: '征询意愿期间表明一次。不同意的，调解即行结束，并告知其他途径（人民调解法第十七条、第二十六条）。',
    problems: [ENDED, 'portal.not-asked', 'parties.consent-given', 'parties.ward-cannot-answer'],
  })
  @ApiOkResponse({ type: OwnMatterResponse })
  async consent(@Body() body: OwnConsentRequest): Promise<OwnMatterResponse> {
    return this.answers.consent(body);
  }

  @Post('rights-notice-receipt')
  @HttpCode(200)
  @Act('portal.sign-rights-notice', {
    description: '本人阅读后签收权利义务告知书，签收一次。',
    problems: [ENDED, 'parties.notice-signed', 'parties.ward-cannot-answer'],
  })
  @ApiOkResponse({ type: OwnMatterResponse })
  async signRightsNotice(): Promise<OwnMatterResponse> {
    return this.answers.signRightsNotice();
  }

  @Post('one-time-notices/:id/receipt')
  @HttpCode(200)
  @Act('portal.sign-one-time-notice', {
    description: '确认收到一次性告知单，确认一次。',
    problems: [ENDED, 'disputes.notice-signed'],
  })
  @ApiOkResponse({ type: OwnMatterResponse })
  async signOneTimeNotice(@Param('id', IdPipe) id: string): Promise<OwnMatterResponse> {
    return this.answers.signOneTimeNotice(id);
  }

  @Post('outcome')
  @HttpCode(200)
  @Act('portal.say-outcome', {
    description: '本人说事情解决了没有；以最后一次为准。说“没有解决”的，中心不能以“问题解决”办结，除非写明理由。',
    problems: [ENDED, 'portal.no-outcome'],
  })
  @ApiOkResponse({ type: OwnMatterResponse })
  async sayOutcome(@Body() body: OwnOutcomeRequest): Promise<OwnMatterResponse> {
    return this.answers.sayOutcome(body);
  }

  @Post('performance-records/:id/receipt')
  @HttpCode(200)
  @Act('portal.confirm-receipt', {
    description: '本人是收款的一方，说收到了没有。说没有收到的，该项重新列为未履行，由调解员核实认定。',
    problems: [ENDED, 'performance.receipt-settled', 'performance.words-missing', 'performance.too-much'],
  })
  @ApiOkResponse({ type: OwnMatterResponse })
  async confirmReceipt(@Param('id', IdPipe) id: string, @Body() body: OwnReceiptRequest): Promise<OwnMatterResponse> {
    return this.answers.confirmReceipt(id, body);
  }

  @Post('rating')
  @HttpCode(200)
  @Act('portal.rate', {
    description: '事情有了结果后评价一次；工作人员看到评分，看不到是谁评的。',
    problems: [ENDED, 'portal.no-outcome', 'portal.rated'],
  })
  @ApiOkResponse({ type: OwnMatterResponse })
  async rate(@Body() body: RateRequest): Promise<OwnMatterResponse> {
    return this.rating.rate(body);
  }

  @Post('session/ending')
  @HttpCode(200)
  @Act('portal.leave', { description: '在这部手机上结束查询；联系单仍然有效。', problems: [ENDED] })
  @ApiOkResponse({ type: EndedSessionResponse })
  async leave(): Promise<EndedSessionResponse> {
    return this.answers.leave();
  }
}
