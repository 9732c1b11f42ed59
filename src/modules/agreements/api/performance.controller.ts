import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { KeepPerformance } from '../application/keep-performance';
import { ListPerformance } from '../application/list-performance';
import { ReadAgreements } from '../application/read-agreements';
import { PerformanceChangeResponse, PerformanceLedgerResponse } from './agreement.response';
import { PerformanceListResponse } from './performance-list.response';
import {
  HearObligeeRequest,
  PerformanceListQuery,
  PerformanceNoteRequest,
  PerformanceReasonRequest,
  RecordPerformanceRequest,
  SettleReceiptRequest,
} from './performance.request';

const PROBLEMS = ['performance.wrong-state', 'performance.agreement-over'];

@ApiTags('履行')
@Controller()
export class PerformanceController {
  constructor(
    private readonly keepPerformance: KeepPerformance,
    private readonly readAgreements: ReadAgreements,
    private readonly listPerformance: ListPerformance,
  ) {}

  @Get('disputes/:id/performance')
  @Act('performance.read', { description: '各份协议的履行台账。查看留痕。' })
  @ApiOkResponse({ type: PerformanceLedgerResponse })
  async ledger(@Param('id', IdPipe) id: string): Promise<PerformanceLedgerResponse> {
    return this.readAgreements.performance(id);
  }

  @Get('performance-items')
  @Act('performance.list', { description: '您承办的（或可以看到的）各事项中有效协议的履行事项，到期早的在前。' })
  @ApiOkResponse({ type: PerformanceListResponse })
  async list(@Query() query: PerformanceListQuery): Promise<PerformanceListResponse> {
    return this.listPerformance.execute(query);
  }

  @Post('performance-items/:id/records')
  @HttpCode(200)
  @Act('performance.record', {
    description: '可以部分给付；全部履行完毕的，调解随即转为履行完毕。',
    problems: [
      ...PROBLEMS,
      'performance.amount-missing',
      'performance.no-amount',
      'performance.too-much',
      'performance.day',
      'performance.proof-missing',
    ],
  })
  @ApiOkResponse({ type: PerformanceChangeResponse })
  async record(
    @Param('id', IdPipe) id: string,
    @Body() body: RecordPerformanceRequest,
  ): Promise<PerformanceChangeResponse> {
    return this.keepPerformance.record(id, body);
  }

  @Post('performance-items/:id/urgings')
  @HttpCode(200)
  @Act('performance.urge', { problems: PROBLEMS })
  @ApiOkResponse({ type: PerformanceChangeResponse })
  async urge(
    @Param('id', IdPipe) id: string,
    @Body() { note }: PerformanceNoteRequest,
  ): Promise<PerformanceChangeResponse> {
    return this.keepPerformance.urge(id, note);
  }

  @Post('performance-items/:id/breach')
  @HttpCode(200)
  @Act('performance.breach', {
    description: '期限届满仍未履行的登记；权利人可以起诉（人民调解法第三十二条）。',
    problems: [...PROBLEMS, 'performance.not-due-yet'],
  })
  @ApiOkResponse({ type: PerformanceChangeResponse })
  async breach(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: PerformanceReasonRequest,
  ): Promise<PerformanceChangeResponse> {
    return this.keepPerformance.breach(id, reason);
  }

  @Post('performance-records/:id/obligee-words')
  @HttpCode(200)
  @Act('performance.hear-obligee', {
    description: '说没有收到的，该事项重新列为未履行，由调解员认定。',
    problems: [...PROBLEMS, 'performance.receipt-settled', 'performance.words-missing', 'performance.too-much'],
  })
  @ApiOkResponse({ type: PerformanceChangeResponse })
  async hearObligee(
    @Param('id', IdPipe) id: string,
    @Body() body: HearObligeeRequest,
  ): Promise<PerformanceChangeResponse> {
    return this.keepPerformance.hearObligee(id, body);
  }

  @Post('performance-records/:id/receipt-settlement')
  @HttpCode(200)
  @Act('performance.settle-receipt', {
    description: '双方说法不一的，凭证据认定，写明理由；两方的话都保留。',
    problems: [...PROBLEMS, 'performance.receipt-settled', 'performance.too-much'],
  })
  @ApiOkResponse({ type: PerformanceChangeResponse })
  async settleReceipt(
    @Param('id', IdPipe) id: string,
    @Body() body: SettleReceiptRequest,
  ): Promise<PerformanceChangeResponse> {
    return this.keepPerformance.settleReceipt(id, body);
  }

  @Post('performance-records/:id/retraction')
  @HttpCode(200)
  @Act('performance.retract', {
    description: '登记有误的冲销，记录保留。',
    problems: [...PROBLEMS, 'performance.not-retractable'],
  })
  @ApiOkResponse({ type: PerformanceChangeResponse })
  async retract(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: PerformanceReasonRequest,
  ): Promise<PerformanceChangeResponse> {
    return this.keepPerformance.retract(id, reason);
  }
}
