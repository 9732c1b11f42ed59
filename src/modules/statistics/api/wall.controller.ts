import '../policies';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { Uuid } from '../../../platform/http';
import { WallBoard } from '../application/wall-board';
import { WallResponse } from './wall.response';

class WallQuery {
  @Uuid({ label: '综治中心', optional: true, description: '不填为本级及下级全部中心' })
  centerId?: string;
}

@ApiTags('统计')
@Controller('statistics')
export class WallController {
  constructor(private readonly wallBoard: WallBoard) {}

  @Get('wall')
  @Act('statistics.wall', { description: '大屏上的数字，与统计指标同一来源；没有姓名和事项，太小的数不显示。' })
  @ApiOkResponse({ type: WallResponse })
  async wall(@Query() query: WallQuery): Promise<WallResponse> {
    return this.wallBoard.read(query.centerId);
  }
}
