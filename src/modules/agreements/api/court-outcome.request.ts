import { Day, OneOf, Text, Uuid } from '../../../platform/http';
import { COURT_OUTCOMES, type CourtOutcomeKind } from '../domain/court-outcome';

export class RecordCourtOutcomeRequest {
  @OneOf({
    label: '结果',
    values: COURT_OUTCOMES,
    example: 'sued',
    hint: '判决撤销、确认无效的，协议随登记作废，由调委会主任登记。',
  })
  kind!: CourtOutcomeKind;

  @Day({ label: '日期', example: '2026-10-12', hint: '起诉、申请的填法院收到之日，判决的填判决生效之日。' })
  happenedOn!: string;

  @Text({ label: '人民法院', max: 60, example: '呼和浩特市新城区人民法院' })
  court!: string;

  @Text({
    label: '法院案号',
    max: 60,
    optional: true,
    hint: '判决的必填。',
    example: '（2026）内0102民初312号',
  })
  caseNumber?: string;

  @Uuid({
    label: '判决书扫描件',
    optional: true,
    hint: '判决的必选，先上传到“证据材料”。',
    example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718',
  })
  attachmentId?: string;

  @Text({ label: '说明', max: 500, multiline: true, optional: true, example: '对方以协议显失公平为由起诉。' })
  note?: string;
}
