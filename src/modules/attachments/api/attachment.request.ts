import { Day, OneOf, PageQuery, Text, Uuid, Whole } from '../../../platform/http';
import {
  EVIDENCE_FORMS,
  EVIDENCE_TYPES,
  type EvidenceForm,
  type EvidenceType,
  RINGS,
  type Ring,
} from '../domain/dictionaries';

const ORDER = { label: '目录序号', min: 1, max: 9999, inQuery: true, example: 1 } as const;

export class UploadAttachmentRequest {
  @OneOf({ label: '材料种类', values: EVIDENCE_TYPES, example: 'documentary' })
  evidenceType!: EvidenceType;

  @OneOf({ label: '原件或复印件', values: EVIDENCE_FORMS, example: 'scan' })
  form!: EvidenceForm;

  @OneOf({ label: '可见范围', values: RINGS, example: 'center' })
  ring!: Ring;

  @Whole({ ...ORDER, optional: true, description: '不填排在最后' })
  pageOrder?: number;

  @Text({ label: '来源', max: 200, optional: true, example: '当事人当面提交' })
  source?: string;

  @Uuid({ label: '提交的当事人', optional: true })
  providedByPartyId?: string;

  @Day({ label: '取得日期', optional: true, example: '2026-01-05' })
  obtainedOn?: string;

  @Text({
    label: '证明内容',
    max: 1000,
    multiline: true,
    optional: true,
    example: '房屋所有权证，证明房屋登记在父亲名下。',
  })
  description?: string;
}

export class DescribeAttachmentRequest {
  @OneOf({ label: '材料种类', values: EVIDENCE_TYPES, example: 'documentary' })
  evidenceType!: EvidenceType;

  @OneOf({ label: '原件或复印件', values: EVIDENCE_FORMS, example: 'scan' })
  form!: EvidenceForm;

  @Whole({ label: '目录序号', min: 1, max: 9999, example: 1 })
  pageOrder!: number;

  @Text({ label: '来源', max: 200, optional: true, example: '当事人当面提交' })
  source?: string;

  @Uuid({ label: '提交的当事人', optional: true })
  providedByPartyId?: string;

  @Day({ label: '取得日期', optional: true, example: '2026-01-05' })
  obtainedOn?: string;

  @Text({
    label: '证明内容',
    max: 1000,
    multiline: true,
    optional: true,
    example: '房屋所有权证，证明房屋登记在父亲名下。',
  })
  description?: string;
}

export class SetRingRequest {
  @OneOf({ label: '可见范围', values: RINGS, example: 'center' })
  ring!: Ring;
}

export class AttachmentReasonRequest {
  @Text({ label: '理由', max: 500, example: '处置需要，经当事人同意。' })
  reason!: string;
}

export class AttachmentPageQuery extends PageQuery {}
