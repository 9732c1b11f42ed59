import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { PageQuery, OneOf, Text, Uuid } from '../../../platform/http';
import { PAPER_COPIES, type PaperCopy } from '../application/download-paper';

const TEMPLATE_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What the paper's own source asks for; each source checks its fields with a class of its own. */
function Parameters(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      description: '文书内容中需要填写的部分：各文书不同，未填或多填的字段会逐一指出',
      type: 'object',
      additionalProperties: true,
      example: {
        applicant: '李建国',
        kind: 'supplement',
        materials: [{ name: '亲属关系证明', form: '原件1份' }],
        office: '综治中心一楼综合受理窗口，工作日9时至17时',
      },
    }),
    IsObject({ message: '文书内容应为一个对象' }),
  );
}

class PaperOrderRequest {
  @Text({
    label: '文书模板',
    max: 64,
    pattern: TEMPLATE_ID,
    patternHint: '文书模板的标识有误，请从列表中选择',
    example: 'one-time-notice',
  })
  templateId!: string;

  @Parameters()
  parameters!: Record<string, unknown>;
}

export class IssuePaperRequest extends PaperOrderRequest {
  @Uuid({ label: '代替已作废的哪一份', optional: true })
  replacesId?: string;
}

export class PreviewPaperRequest extends PaperOrderRequest {
  @Uuid({ label: '事项' })
  disputeId!: string;
}

export class PaperDraftsQuery {
  @Text({
    label: '文书模板',
    max: 64,
    pattern: TEMPLATE_ID,
    patternHint: '文书模板的标识有误，请从列表中选择',
    example: 'one-time-notice',
  })
  templateId!: string;
}

export class VoidPaperRequest {
  @Text({ label: '作废理由', max: 500, multiline: true, example: '来访人姓名写错，已重新出具。' })
  reason!: string;
}

export class PaperFileQuery {
  @OneOf({ label: '取哪一份', values: PAPER_COPIES, optional: true, example: 'issued', description: '不填为签发件' })
  copy?: PaperCopy;
}

export class PapersQuery extends PageQuery {}
