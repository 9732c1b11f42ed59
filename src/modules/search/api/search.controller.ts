import '../policies';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { SearchMatters } from '../application/search-matters';
import { SearchQueryRequest } from './search.request';
import { SearchResponse } from './search.response';

@ApiTags('查找')
@Controller('search')
export class SearchController {
  constructor(private readonly searchMatters: SearchMatters) {}

  @Get()
  @Act('search.find', {
    description: '在您有权查看的事项中查找，一个字也可以；结果遮盖个人信息，并注明在何处找到。查找留痕。',
    problems: ['malformed-cursor'],
  })
  @ApiOkResponse({ type: SearchResponse })
  async find(@Query() query: SearchQueryRequest): Promise<SearchResponse> {
    return this.searchMatters.execute(query);
  }
}
