import { Day, Fen, Flag, OneOf, Text, UuidList } from '../../../platform/http';
import { PERFORMANCE_MANNERS, type PerformanceManner } from '../domain/dictionaries';

export class RecordPerformanceRequest {
  @Fen({ label: '本次金额', min: 1, optional: true, description: '给付金钱的填写', example: 60_000 })
  amountFen?: number;

  @Day({ label: '履行日期', example: '2026-09-20' })
  performedOn!: string;

  @OneOf({ label: '履行方式', values: PERFORMANCE_MANNERS, example: 'transfer' })
  manner!: PerformanceManner;

  @Flag({ label: '权利人已确认', description: '对是否收到有争议或尚未核实的填 false', example: true })
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
