import '../policies';
import { Body, Controller, Get, HttpCode, Post, type StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { InertFile, fileAnswer } from '../../../platform/http';
import { SignByLink } from '../application/sign-by-link';
import { RefuseByLinkRequest, SignByLinkRequest } from './agreement.request';
import { SignedByLinkResponse, SigningTextResponse } from './agreement.response';

const PROBLEMS = ['signing.link-invalid', 'agreements.wrong-state', 'agreements.content-changed'];

/** For a party with a one-time link: `Authorization: Link <token>`. */
@ApiTags('远程签署')
@ApiHeader({ name: 'Authorization', description: 'Link 加一次性凭证', required: true })
@Controller('signing')
export class SigningController {
  constructor(private readonly signByLink: SignByLink) {}

  @Get('agreement')
  @Act('signing.read', { description: '待签的内容。查看留痕。', problems: ['signing.link-invalid'] })
  @ApiOkResponse({ type: SigningTextResponse })
  async view(): Promise<SigningTextResponse> {
    return this.signByLink.view();
  }

  @Get('paper')
  @InertFile()
  @Act('signing.read-paper', { description: '待签的协议书全文。', problems: ['signing.link-invalid', 'files.missing'] })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'PDF 文件' })
  async paper(): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.signByLink.paper()), mediaType: 'application/pdf' });
  }

  @Post('signature')
  @HttpCode(200)
  @Act('signing.sign', {
    description: '签名后链接即失效；网络中断的，用同一 Idempotency-Key 重发，答复相同。',
    problems: [
      ...PROBLEMS,
      'agreements.electronic-not-agreed',
      'agreements.signatory-changed',
      'agreements.not-your-turn',
      'agreements.not-read',
      'agreements.strokes',
    ],
  })
  @ApiOkResponse({ type: SignedByLinkResponse })
  async sign(@Body() body: SignByLinkRequest): Promise<SignedByLinkResponse> {
    return this.signByLink.sign(body);
  }

  @Post('refusal')
  @HttpCode(200)
  @Act('signing.refuse', { description: '签与不签由当事人自愿决定。', problems: PROBLEMS })
  @ApiOkResponse({ type: SignedByLinkResponse })
  async refuse(@Body() body: RefuseByLinkRequest): Promise<SignedByLinkResponse> {
    return this.signByLink.refuse(body);
  }
}
