import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { AreaMap } from '../application/area-map';
import { DrawMapRequest } from './area-map.request';
import { AreaMapResponse } from './area-map.response';

@ApiTags('统计')
@Controller('centers')
export class AreaMapController {
  constructor(private readonly areaMap: AreaMap) {}

  @Get(':id/area-map')
  @Act('statistics.read-map', { description: '中心自己画的街道或社区示意图，不是地理坐标。' })
  @ApiOkResponse({ type: AreaMapResponse })
  async read(@Param('id', IdPipe) id: string): Promise<AreaMapResponse> {
    return this.areaMap.read(id);
  }

  @Post(':id/area-map')
  @HttpCode(200)
  @Act('statistics.draw-map', {
    description: '把整张示意图重画一遍；没有给出的区域不再有边界。',
    problems: ['statistics.no-such-area'],
  })
  @ApiOkResponse({ type: AreaMapResponse })
  async draw(@Param('id', IdPipe) id: string, @Body() body: DrawMapRequest): Promise<AreaMapResponse> {
    return this.areaMap.draw(id, body.shapes);
  }
}
