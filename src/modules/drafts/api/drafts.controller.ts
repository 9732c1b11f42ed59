import '../policies';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Injectable,
  Param,
  type PipeTransform,
  Put,
  Query,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DomainError } from '../../../kernel';
import { Act } from '../../../platform/auth';
import { Drafts } from '../application/drafts';
import { isDraftKey } from '../domain/draft-rules';
import { ListDraftsQueryRequest, SaveDraftRequest } from './draft.request';
import { DraftHeadResponse, DraftListResponse, DraftResponse } from './draft.response';

@Injectable()
class DraftKeyPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value === 'string' && isDraftKey(value)) return value;
    throw new DomainError('malformed', 'malformed-id', '地址中的草稿标识有误，请从“我的草稿”重新打开。');
  }
}

@ApiTags('草稿')
@Controller('drafts')
export class DraftsController {
  constructor(private readonly drafts: Drafts) {}

  @Get()
  @Act('drafts.list', {
    description: '只列出本人的草稿；三十天没有再保存的自动删除。',
    problems: ['malformed-cursor'],
  })
  @ApiOkResponse({ type: DraftListResponse })
  async list(@Query() query: ListDraftsQueryRequest): Promise<DraftListResponse> {
    return this.drafts.list(query);
  }

  @Get(':key')
  @Act('drafts.read', { description: '本人的草稿，别人看不到。' })
  @ApiOkResponse({ type: DraftResponse })
  async read(@Param('key', DraftKeyPipe) key: string): Promise<DraftResponse> {
    return this.drafts.read(key);
  }

  @Put(':key')
  @Act('drafts.save', {
    description: '首次保存 If-Match 填 "0"。版本已变化（412）说明另一窗口刚保存过：请读取后合并，再保存。',
    problems: ['stale-version', 'drafts.too-long', 'drafts.not-json', 'drafts.too-many'],
  })
  @ApiOkResponse({ type: DraftHeadResponse })
  async save(@Param('key', DraftKeyPipe) key: string, @Body() body: SaveDraftRequest): Promise<DraftHeadResponse> {
    return this.drafts.save(key, body);
  }

  @Delete(':key')
  @HttpCode(204)
  @Act('drafts.discard', { description: '提交或者放弃以后删除。', problems: ['stale-version'] })
  @ApiNoContentResponse()
  async discard(@Param('key', DraftKeyPipe) key: string): Promise<void> {
    await this.drafts.discard(key);
  }
}
