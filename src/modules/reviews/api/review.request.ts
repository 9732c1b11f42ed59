import { Day, ListOf, OneOf, Text, Uuid, UuidList, Whole } from '../../../platform/http';
import { ANSWER_KINDS, type AnswerKind, POINT_NAMES, type PointKey } from '../domain/points';

export class DrawRoundRequest {
  @Text({ label: '评查名称', max: 60, example: '2026年第三季度卷宗评查' })
  title!: string;

  @Day({ label: '办结日期起', example: '2026-07-01' })
  from!: string;

  @Day({ label: '办结日期止', example: '2026-09-30' })
  to!: string;

  @Whole({ label: '每名调解员抽取的比例（%）', min: 1, max: 100, example: 10, hint: '按件数折算，不足一件的按一件。' })
  share!: number;

  @Whole({ label: '每名调解员至少抽取的件数', min: 1, max: 50, example: 2 })
  atLeast!: number;

  @UuidList({ label: '评查人', max: 20, min: 1, hint: '系统平均分配，承办过、参与过这一案的不评查。' })
  reviewerIds!: string[];

  @Whole({ label: '答复时限（工作日）', min: 1, max: 30, example: 5 })
  answerDays!: number;

  @Whole({ label: '“优”的分数线', min: 2, max: 100, example: 90 })
  excellentFrom!: number;

  @Whole({ label: '“合格”的分数线', min: 1, max: 99, example: 60 })
  passingFrom!: number;
}

export class CancelRoundRequest {
  @Text({ label: '取消理由', max: 200, example: '抽取的期间有误' })
  reason!: string;
}

export class AssignReviewerRequest {
  @Uuid({ label: '评查人' })
  reviewerId!: string;
}

class PointMarkRequest {
  @OneOf({ label: '评查项', values: POINT_NAMES, example: 'complete' })
  point!: PointKey;

  @Whole({ label: '得分', min: 0, max: 20, example: 16 })
  score!: number;

  @Text({ label: '意见', max: 500, multiline: true, optional: true, example: '缺少被申请人的身份证明。' })
  finding?: string;
}

export class MarkFileRequest {
  @ListOf(() => PointMarkRequest, { label: '七项评分', max: 7, min: 1 })
  marks!: PointMarkRequest[];
}

class FindingAnswerRequest {
  @OneOf({ label: '评查项', values: POINT_NAMES, example: 'complete' })
  point!: PointKey;

  @OneOf({ label: '答复', values: ANSWER_KINDS, example: 'mended' })
  kind!: AnswerKind;

  @Text({ label: '说明', max: 500, multiline: true, example: '已补入身份证复印件。' })
  text!: string;
}

export class AnswerFindingsRequest {
  @ListOf(() => FindingAnswerRequest, { label: '逐条答复', max: 7, min: 1 })
  answers!: FindingAnswerRequest[];
}

export class ReturnReviewAnswerRequest {
  @Text({ label: '退回理由', max: 500, multiline: true, example: '补入的身份证明不清晰，请重新扫描。' })
  reason!: string;
}
