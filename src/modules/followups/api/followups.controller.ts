import '../policies';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { ListVisits } from '../application/list-visits';
import { PartyWords } from '../application/party-words';
import { VisitListQuery } from './followups.request';
import { PartyWordsResponse, VisitListResponse } from './followups.response';

@ApiTags('回访')
@Controller()
export class FollowupsController {
  constructor(
    private readonly visits: ListVisits,
    private readonly words: PartyWords,
  ) {}

  @Get('follow-up-plans')
  @Act('followups.list', {
    description: '已到和七日内要到的回访，最先到期的在前；由办结、生效、履行期限和上次约定自动得出。',
  })
  @ApiOkResponse({ type: VisitListResponse })
  async list(@Query() query: VisitListQuery): Promise<VisitListResponse> {
    return this.visits.execute(query);
  }

  @Get('disputes/:id/party-words')
  @Act('followups.read-words', { description: '当事人本人在查询页上说的结果，每人以最后一次为准。查看留痕。' })
  @ApiOkResponse({ type: PartyWordsResponse })
  async wordsOf(@Param('id', IdPipe) id: string): Promise<PartyWordsResponse> {
    return this.words.list(id);
  }
}
