import '../policies';
import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { Phrases } from '../application/phrases';
import { KeepPhrasesRequest, OfferPhrasesQueryRequest } from './phrase.request';
import {
  OfferedPhrasesResponse,
  OwnPhraseListResponse,
  OwnPhraseListsResponse,
  PhraseListResponse,
  PhraseListsResponse,
} from './phrase.response';

@ApiTags('常用语')
@Controller()
export class PhrasesController {
  constructor(private readonly phrases: Phrases) {}

  @Get('phrases')
  @Act('phrases.offer', { description: '填写意见、理由时可选的常用语；本人的在前，本中心自定的优先于通用的。' })
  @ApiOkResponse({ type: OfferedPhrasesResponse })
  async offer(@Query() { place }: OfferPhrasesQueryRequest): Promise<OfferedPhrasesResponse> {
    return this.phrases.offer(place);
  }

  @Get('phrases/own')
  @Act('phrases.list-own', { description: '各填写位置上本人的常用语，和本中心或通用的。' })
  @ApiOkResponse({ type: OwnPhraseListsResponse })
  async listOwn(): Promise<OwnPhraseListsResponse> {
    return this.phrases.listOwn();
  }

  @Put('phrases/own')
  @Act('phrases.keep-own', {
    description: '整份替换本人在一处的常用语，只有本人看得到。首次填写时 If-Match 填 "0"。',
    problems: ['stale-version'],
  })
  @ApiOkResponse({ type: OwnPhraseListResponse })
  async keepOwn(@Body() body: KeepPhrasesRequest): Promise<OwnPhraseListResponse> {
    return this.phrases.keepOwn(body);
  }

  @Get('centers/:id/phrases')
  @Act('phrases.list', { description: '各填写位置的常用语：自定的，没有自定的列出通用的。' })
  @ApiOkResponse({ type: PhraseListsResponse })
  async list(@Param('id', IdPipe) id: string): Promise<PhraseListsResponse> {
    return this.phrases.list(id);
  }

  @Put('centers/:id/phrases')
  @Act('phrases.keep', {
    description: '整份替换一处的常用语。首次自定时 If-Match 填 "0"。',
    problems: ['stale-version'],
  })
  @ApiOkResponse({ type: PhraseListResponse })
  async keep(@Param('id', IdPipe) id: string, @Body() body: KeepPhrasesRequest): Promise<PhraseListResponse> {
    return this.phrases.keep(id, body);
  }
}
