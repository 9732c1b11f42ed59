import '../policies';
import { Body, Controller, Get, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { fileAnswer, IdPipe, InertFile } from '../../../platform/http';
import { AgencyCards } from '../application/agency-cards';
import { KeepMediatorWeights } from '../application/keep-mediator-weights';
import { MediatorCards } from '../application/mediator-cards';
import {
  AgencyCardCasesQuery,
  AppealAgainstCardRequest,
  CardCasesQuery,
  CardPeriodQuery,
  CardQuery,
  RuleOnCardAppealRequest,
  SetMediatorWeightsRequest,
} from './card.request';
import {
  AgencyCardCasesResponse,
  AgencyCardResponse,
  CardAppealActResponse,
  CardCasesResponse,
  MediatorCardResponse,
  MediatorCardsResponse,
  MediatorWeightsActResponse,
  MediatorWeightsListResponse,
} from './card.response';

@ApiTags('调解员评分卡')
@Controller()
export class CardsController {
  constructor(
    private readonly cards: MediatorCards,
    private readonly weights: KeepMediatorWeights,
    private readonly agencies: AgencyCards,
  ) {}

  @Get('centers/:id/mediator-cards')
  @Act('mediator-cards.list', {
    description: '各调解员的评分卡，按姓名排列，不排名；件数不足的只列件数。不填日期的，从年初到今天。',
    problems: ['mediator-cards.period'],
  })
  @ApiOkResponse({ type: MediatorCardsResponse })
  async list(@Param('id', IdPipe) id: string, @Query() query: CardPeriodQuery): Promise<MediatorCardsResponse> {
    return this.cards.list(id, query);
  }

  @Get('centers/:id/mediator-card')
  @Act('mediator-cards.read', {
    description: '一名调解员的评分卡；调解员只能查看本人的。',
    problems: ['mediator-cards.period'],
  })
  @ApiOkResponse({ type: MediatorCardResponse })
  async one(@Param('id', IdPipe) id: string, @Query() query: CardQuery): Promise<MediatorCardResponse> {
    return this.cards.one(id, query);
  }

  @Get('centers/:id/mediator-card-cases')
  @Act('mediator-cards.read', {
    description: '评分卡一项背后的案件，逐件列明是否达到。',
    problems: ['mediator-cards.period'],
  })
  @ApiOkResponse({ type: CardCasesResponse })
  async cases(@Param('id', IdPipe) id: string, @Query() query: CardCasesQuery): Promise<CardCasesResponse> {
    return this.cards.cases(id, query);
  }

  @Get('centers/:id/mediator-card-paper')
  @Act('mediator-cards.print', {
    description: '评分卡的纸质件，印有申诉和裁定。',
    problems: ['mediator-cards.period'],
  })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @InertFile()
  async paper(@Param('id', IdPipe) id: string, @Query() query: CardQuery): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.cards.paper(id, query)), mediaType: 'application/pdf' });
  }

  @Post('centers/:id/mediator-card-appeals')
  @Act('mediator-cards.appeal', {
    description: '对本人评分卡的一项，或者其中没有达到的一件申诉，各一次；由中心主任限期裁定。',
    problems: ['mediator-cards.period', 'mediator-cards.not-against', 'mediator-cards.appealed'],
  })
  @ApiCreatedResponse({ type: CardAppealActResponse })
  async appeal(
    @Param('id', IdPipe) id: string,
    @Body() body: AppealAgainstCardRequest,
  ): Promise<CardAppealActResponse> {
    return this.cards.appeal(id, body);
  }

  @Post('card-appeals/:id/ruling')
  @Act('card-appeals.rule', {
    description: '成立的，这一项或者这一件不计入评分卡，并在卡上写明。',
    problems: ['card-appeals.ruled', 'card-appeals.own'],
  })
  @ApiCreatedResponse({ type: CardAppealActResponse })
  async rule(@Param('id', IdPipe) id: string, @Body() body: RuleOnCardAppealRequest): Promise<CardAppealActResponse> {
    return this.cards.rule(id, body.outcome, body.reason);
  }

  @Get('agencies/:id/card')
  @Act('agency-cards.read', {
    description: '一个部门的时限和结果，与统计指标同一口径；部门只能查看本部门的。',
    problems: ['mediator-cards.period'],
  })
  @ApiOkResponse({ type: AgencyCardResponse })
  async agency(@Param('id', IdPipe) id: string, @Query() query: CardPeriodQuery): Promise<AgencyCardResponse> {
    return this.agencies.one(id, query);
  }

  @Get('agencies/:id/card-cases')
  @Act('agency-cards.read', { description: '部门评分卡一项背后的任务或者事项。', problems: ['mediator-cards.period'] })
  @ApiOkResponse({ type: AgencyCardCasesResponse })
  async agencyCases(
    @Param('id', IdPipe) id: string,
    @Query() query: AgencyCardCasesQuery,
  ): Promise<AgencyCardCasesResponse> {
    return this.agencies.cases(id, query);
  }

  @Get('agencies/:id/card-paper')
  @Act('agency-cards.print', {
    description: '部门评分卡的纸质件：时限和结果、评过分的任务、权重和申诉。',
    problems: ['mediator-cards.period'],
  })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @InertFile()
  async agencyPaper(@Param('id', IdPipe) id: string, @Query() query: CardPeriodQuery): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.agencies.paper(id, query)), mediaType: 'application/pdf' });
  }

  @Get('centers/:id/mediator-weights')
  @Act('mediator-weights.list', { description: '评分卡权重的全部版本，注明今天执行的。' })
  @ApiOkResponse({ type: MediatorWeightsListResponse })
  async listWeights(@Param('id', IdPipe) id: string): Promise<MediatorWeightsListResponse> {
    return this.weights.list(id);
  }

  @Post('centers/:id/mediator-weights')
  @Act('mediator-weights.set', {
    description: '自某日起执行；截止日期在这以前的评分卡不变。',
    problems: ['mediator-weights.past', 'mediator-weights.sum'],
  })
  @ApiCreatedResponse({ type: MediatorWeightsActResponse })
  async setWeights(
    @Param('id', IdPipe) id: string,
    @Body() body: SetMediatorWeightsRequest,
  ): Promise<MediatorWeightsActResponse> {
    return this.weights.set(id, body);
  }
}
