import '../policies';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { KeepDeadlineRules } from '../application/keep-deadline-rules';
import { ConfirmRuleRequest, DiscardRuleRequest, ProposeRuleRequest } from './deadline-rules.request';
import { DeadlineRuleActResponse, DeadlineRuleListResponse } from './deadline-rules.response';

@ApiTags('工作日历')
@Controller()
export class DeadlineRulesController {
  constructor(private readonly rules: KeepDeadlineRules) {}

  @Get('centers/:id/deadline-rules')
  @Act('deadline-rules.list', { description: '各类期限现行多长、依据什么、由谁何时设置，以及以前的和待复核的。' })
  @ApiOkResponse({ type: DeadlineRuleListResponse })
  async list(@Param('id', IdPipe) id: string): Promise<DeadlineRuleListResponse> {
    return this.rules.list(id);
  }

  @Post('centers/:id/deadline-rules')
  @Act('deadline-rules.propose', {
    description: '由另一人复核后启用，只用于启用以后起算的期限，已在计算的不变。法定期限可以缩短，不能延长。',
    problems: [
      'deadline-rules.beyond-law',
      'deadline-rules.out-of-bounds',
      'deadline-rules.unit',
      'deadline-rules.in-the-past',
      'deadline-rules.draft-waits',
    ],
  })
  @ApiCreatedResponse({ type: DeadlineRuleActResponse })
  async propose(@Param('id', IdPipe) id: string, @Body() body: ProposeRuleRequest): Promise<DeadlineRuleActResponse> {
    return this.rules.propose(id, body);
  }

  @Post('deadline-rules/:id/confirm')
  @Act('deadline-rules.confirm', {
    description: '提出人本人不能复核。',
    problems: ['deadline-rules.own', 'deadline-rules.reviewed-already'],
  })
  @ApiCreatedResponse({ type: DeadlineRuleActResponse })
  async confirm(
    @Param('id', IdPipe) id: string,
    @Body() { note }: ConfirmRuleRequest,
  ): Promise<DeadlineRuleActResponse> {
    return this.rules.confirm(id, note);
  }

  @Post('deadline-rules/:id/discard')
  @Act('deadline-rules.discard', { problems: ['deadline-rules.reviewed-already'] })
  @ApiCreatedResponse({ type: DeadlineRuleActResponse })
  async discard(
    @Param('id', IdPipe) id: string,
    @Body() { note }: DiscardRuleRequest,
  ): Promise<DeadlineRuleActResponse> {
    return this.rules.discard(id, note);
  }
}
