import { Day, OneOf, OneOfList, Text, Uuid, UuidList } from '../../../platform/http';
import { HINTS, type Hint, RULINGS, type Ruling } from '../domain/judicial-confirmation';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class ApplyForConfirmationRequest {
  @Day({ label: '申请日期', example: '2026-09-28' })
  appliedOn!: string;

  @UuidList({ label: '申请人', max: 50, min: 1, description: '协议的全体当事人', example: [ID] })
  partyIds!: string[];

  @UuidList({
    label: '代为申请的代理人',
    max: 50,
    optional: true,
    description: '不由本人申请的选，须有签署和让步的特别授权',
  })
  agentIds?: string[];

  @Text({ label: '申请的人民法院', max: 60, example: '呼和浩特市新城区人民法院' })
  court!: string;

  @OneOfList({ label: '已经核对', values: HINTS, optional: true, description: '提交时提示的各点，逐项核对后勾选' })
  hintsSeen?: Hint[];

  @Text({
    label: '核对的情况',
    max: 500,
    multiline: true,
    optional: true,
    description: '提示了管辖、内容或者他人权利的填写',
    example: '申请人住所地在赛罕区，由该院管辖。',
  })
  hintsNote?: string;

  @Uuid({ label: '申请书扫描件', optional: true, example: ID })
  attachmentId?: string;
}

export class AcceptConfirmationRequest {
  @Day({ label: '受理日期', example: '2026-09-30' })
  acceptedOn!: string;

  @Text({ label: '法院案号', max: 60, example: '（2026）内0102民特12号' })
  caseNumber!: string;
}

export class DecideConfirmationRequest {
  @OneOf({ label: '结果', values: RULINGS, example: 'confirmed' })
  ruling!: Ruling;

  @Day({ label: '裁定日期', example: '2026-10-12' })
  decidedOn!: string;

  @Uuid({ label: '裁定书扫描件', optional: true, description: '裁定有效的必选，先上传到“材料”', example: ID })
  attachmentId?: string;

  @Text({
    label: '理由',
    max: 500,
    multiline: true,
    optional: true,
    description: '不予受理或者驳回的填写',
    example: '协议内容不明确，无法确认。',
  })
  reason?: string;
}
