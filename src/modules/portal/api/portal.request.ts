import { RECEIPT_ANSWERS, type ReceiptAnswer } from '../../agreements';
import { Flag, OneOf, Text, Uuid, Whole } from '../../../platform/http';

const CODE = /^[0-9]{6}$/;

export class IssueSlipRequest {
  @Uuid({ label: '持单人', optional: true, description: '不填的，出给第一位申请人' })
  partyId?: string;
}

export class WithdrawSlipRequest {
  @Text({ label: '停用理由', max: 500, multiline: true, example: '当事人报告联系单遗失。' })
  reason!: string;
}

export class OpenBySlipRequest {
  @Text({
    label: '联系单二维码',
    max: 64,
    pattern: /^[A-Za-z0-9_-]{16,64}$/,
    patternHint: '二维码不完整，请重新扫联系单上的码，或者用登记编号查询',
    example: 'Zm9vYmFyYmF6cXV4MTIzNA',
  })
  token!: string;

  @Text({ label: '查询码', max: 6, pattern: CODE, patternHint: '查询码是联系单上的六位数字', example: '048213' })
  code!: string;
}

export class OpenByNumberRequest {
  @Text({ label: '登记编号', max: 60, description: '括号、空格可以不写', example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Text({ label: '查询码', max: 6, pattern: CODE, patternHint: '查询码是联系单上的六位数字', example: '048213' })
  code!: string;
}

export const OWN_ANSWERS = { agreed: '同意调解', refused: '不同意调解' } as const;

export class OwnConsentRequest {
  @OneOf({ label: '是否同意调解', values: OWN_ANSWERS, example: 'agreed' })
  answer!: keyof typeof OWN_ANSWERS;
}

export class OwnOutcomeRequest {
  @Flag({ label: '事情解决了没有', example: true })
  isSolved!: boolean;

  @Flag({ label: '对方按约定做了没有', optional: true, example: true })
  isPerformed?: boolean;

  @Text({ label: '想说的话', max: 500, multiline: true, optional: true, example: '已经不吵了，谢谢。' })
  words?: string;
}

export class OwnReceiptRequest {
  @OneOf({ label: '收到了没有', values: RECEIPT_ANSWERS, example: 'confirmed' })
  answer!: ReceiptAnswer;

  @Text({
    label: '想说的话',
    max: 500,
    multiline: true,
    optional: true,
    description: '没有收到的，请写明情况',
    example: '账户里没有这笔钱。',
  })
  words?: string;
}

export class RateRequest {
  @Whole({ label: '评分', min: 1, max: 5, description: '1 很不满意；5 很满意', example: 5 })
  score!: number;

  @Text({ label: '想说的话', max: 500, multiline: true, optional: true, example: '说话耐心，办得快。' })
  words?: string;
}
