import '../policies';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { KeepScoreWeights } from '../application/keep-score-weights';
import { ReadAgencyScores } from '../application/read-agency-scores';
import { ScorePeriodQuery, SetScoreWeightsRequest } from './agency-scores.request';
import {
  AgencyScoreDetailResponse,
  AgencyScoresResponse,
  ScoreWeightsActResponse,
  ScoreWeightsListResponse,
} from './agency-scores.response';

@ApiTags('吹哨报到')
@Controller()
export class AgencyScoresController {
  constructor(
    private readonly scores: ReadAgencyScores,
    private readonly weights: KeepScoreWeights,
  ) {}

  @Get('centers/:id/agency-scores')
  @Act('agency-scores.list', {
    description:
      '部门响应：各部门统计期内的平均得分和按时情况；评分件数不足的只列出，不排名。不填日期的，从年初到今天。',
    problems: ['agency-scores.period'],
  })
  @ApiOkResponse({ type: AgencyScoresResponse })
  async ofCenter(@Param('id', IdPipe) id: string, @Query() query: ScorePeriodQuery): Promise<AgencyScoresResponse> {
    return this.scores.ofCenter(id, query);
  }

  @Get('agencies/:id/score')
  @Act('agency-scores.read', {
    description: '一个部门的得分和得分所依据的任务；部门只能查看本部门的，不显示名次。',
    problems: ['agency-scores.period'],
  })
  @ApiOkResponse({ type: AgencyScoreDetailResponse })
  async ofAgency(
    @Param('id', IdPipe) id: string,
    @Query() query: ScorePeriodQuery,
  ): Promise<AgencyScoreDetailResponse> {
    return this.scores.ofAgency(id, query);
  }

  @Get('centers/:id/score-weights')
  @Act('score-weights.list', { description: '评分权重的全部版本，注明现行的。' })
  @ApiOkResponse({ type: ScoreWeightsListResponse })
  async listWeights(@Param('id', IdPipe) id: string): Promise<ScoreWeightsListResponse> {
    return this.weights.list(id);
  }

  @Post('centers/:id/score-weights')
  @Act('score-weights.set', {
    description: '自某日起执行；已经评分的任务仍按评分时的权重。',
    problems: ['score-weights.past', 'score-weights.sum'],
  })
  @ApiCreatedResponse({ type: ScoreWeightsActResponse })
  async setWeights(
    @Param('id', IdPipe) id: string,
    @Body() body: SetScoreWeightsRequest,
  ): Promise<ScoreWeightsActResponse> {
    return this.weights.set(id, body);
  }
}
