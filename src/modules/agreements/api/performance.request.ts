import { Day, Fen, Flag, OneOf, PageQuery, Text, UuidList } from '../../../platform/http';
import {
  PERFORMANCE_MANNERS,
  PERFORMANCE_SCOPES,
  type PerformanceManner,
  type PerformanceScope,
  RECEIPT_ANSWERS,
  RECEIPT_CHANNELS,
  RECEIPT_RULINGS,
  type ReceiptAnswer,
  type ReceiptRuling,
} from '../domain/dictionaries';

export class RecordPerformanceRequest {
  @Fen({ label: '本次金额', min: 1, optional: true, description: '给付金钱的填写', example: 60_000 })
  amountFen?: number;

  @Day({ label: '履行日期', example: '2026-09-20' })
  performedOn!: string;

  @OneOf({ label: '履行方式', values: PERFORMANCE_MANNERS, example: 'transfer' })
  manner!: PerformanceManner;

  @Flag({ label: '权利人已确认', description: '权利人还没有说收到的选“否”，此后由权利人确认', example: true })
  isConfirmedByObligee!: boolean;

  @UuidList({ label: '履行凭证', max: 20, optional: true, description: '收条、转账凭证等附件' })
  attachmentIds?: string[];

  @Text({ label: '说明', max: 500, multiline: true, optional: true, example: '转账凭证尾号 0231。' })
  note?: string;
}

export class PerformanceNoteRequest {
  @Text({ label: '情况', max: 500, multiline: true, example: '电话提醒，表示本周内付款。' })
  note!: string;
}

export class PerformanceReasonRequest {
  @Text({ label: '理由', max: 500, multiline: true, example: '到期未付，经两次督促仍不履行。' })
  reason!: string;
}

export class HearObligeeRequest {
  @OneOf({ label: '权利人怎么说', values: RECEIPT_ANSWERS, example: 'confirmed' })
  answer!: ReceiptAnswer;

  @OneOf({ label: '怎么说的', values: RECEIPT_CHANNELS, example: 'desk' })
  channel!: keyof typeof RECEIPT_CHANNELS;

  @Text({
    label: '权利人的话',
    max: 500,
    multiline: true,
    optional: true,
    description: '没有收到或者与记录不符的，必须写明',
    example: '账户里没有这笔钱。',
  })
  words?: string;
}

export class SettleReceiptRequest {
  @OneOf({ label: '认定', values: RECEIPT_RULINGS, example: 'accepted' })
  ruling!: ReceiptRuling;

  @Text({ label: '理由', max: 500, multiline: true, example: '银行回单显示已于当日入账，已请权利人核对。' })
  reason!: string;
}

export class PerformanceListQuery extends PageQuery {
  @OneOf({
    label: '事项范围',
    values: { mine: '我承办的', all: '我能看到的' },
    optional: true,
    description: '不填为 mine',
    example: 'mine',
  })
  scope?: 'mine' | 'all';

  @OneOf({
    label: '履行情况',
    values: PERFORMANCE_SCOPES,
    optional: true,
    description: '不填为 open',
    example: 'open',
  })
  show?: PerformanceScope;

  @Text({ label: '案号或纠纷名称', max: 100, optional: true, example: '租赁' })
  text?: string;
}
