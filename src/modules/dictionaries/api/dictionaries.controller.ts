import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act, IfMatchRequired } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { ListDictionaries } from '../application/list-dictionaries';
import { LocalTypes } from '../application/local-types';
import { AddLocalTypeRequest, OrderLocalTypesRequest, RenameLocalTypeRequest } from './dictionary.request';
import { DictionaryListResponse, LocalTypeListResponse, LocalTypeResponse } from './dictionary.response';

@ApiTags('字典')
@Controller()
export class DictionariesController {
  constructor(
    private readonly listDictionaries: ListDictionaries,
    private readonly localTypes: LocalTypes,
  ) {}

  @Get('dictionaries')
  @Act('dictionaries.list', { description: '系统使用的各项代码、含义和依据。' })
  @ApiOkResponse({ type: DictionaryListResponse })
  async list(): Promise<DictionaryListResponse> {
    return this.listDictionaries.execute();
  }

  @Get('centers/:id/local-types')
  @Act('local-types.list', { description: '本中心在纠纷类型下自设的小类，含停用的。' })
  @ApiOkResponse({ type: LocalTypeListResponse })
  async listLocalTypes(@Param('id', IdPipe) id: string): Promise<LocalTypeListResponse> {
    return this.localTypes.list(id);
  }

  @Post('centers/:id/local-types')
  @Act('local-types.add', {
    description: '小类供本中心自己归类，统计仍按上级类型。',
    problems: ['local-types.name-taken', 'local-types.too-many'],
  })
  @ApiCreatedResponse({ type: LocalTypeResponse })
  async add(@Param('id', IdPipe) id: string, @Body() body: AddLocalTypeRequest): Promise<LocalTypeResponse> {
    return this.localTypes.add(id, body);
  }

  @Post('centers/:id/local-types/order')
  @HttpCode(200)
  @Act('local-types.order', { problems: ['local-types.changed'] })
  @ApiOkResponse({ type: LocalTypeListResponse })
  async order(@Param('id', IdPipe) id: string, @Body() body: OrderLocalTypesRequest): Promise<LocalTypeListResponse> {
    return this.localTypes.order(id, body.disputeType, body.ids);
  }

  @Post('local-types/:id/name')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('local-types.rename', { problems: ['local-types.used', 'local-types.name-taken'] })
  @ApiOkResponse({ type: LocalTypeResponse })
  async rename(@Param('id', IdPipe) id: string, @Body() { name }: RenameLocalTypeRequest): Promise<LocalTypeResponse> {
    return this.localTypes.rename(id, name);
  }

  @Post('local-types/:id/stop')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('local-types.stop', { description: '不再可选；用过它的事项不变。', problems: ['local-types.stopped'] })
  @ApiOkResponse({ type: LocalTypeResponse })
  async stop(@Param('id', IdPipe) id: string): Promise<LocalTypeResponse> {
    return this.localTypes.stop(id);
  }

  @Post('local-types/:id/resume')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('local-types.resume', { problems: ['local-types.in-use'] })
  @ApiOkResponse({ type: LocalTypeResponse })
  async resume(@Param('id', IdPipe) id: string): Promise<LocalTypeResponse> {
    return this.localTypes.resume(id);
  }
}
