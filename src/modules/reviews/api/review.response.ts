import { Shows } from '../../../platform/http';
import { ANSWER_KINDS, GRADES, POINT_NAMES } from '../domain/points';
import { REVIEW_STATES } from '../domain/review-lifecycle';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-09-21T01:00:00.000Z';
const TEXT_OR_NULL = { type: String, nullable: true } as const;

class RoundResponse {
  @Shows('评查标识', { example: ID })
  id!: string;

  @Shows('评查名称', { example: '2026年第三季度卷宗评查' })
  title!: string;

  @Shows('办结日期起', { example: '2026-07-01' })
  from!: string;

  @Shows('办结日期止', { example: '2026-09-30' })
  to!: string;

  @Shows('每名调解员抽取的比例（%）', { example: 10 })
  share!: number;

  @Shows('每名调解员至少抽取的件数', { example: 2 })
  atLeast!: number;

  @Shows('答复时限（工作日）', { example: 5 })
  answerDays!: number;

  @Shows('“优”的分数线', { example: 90 })
  excellentFrom!: number;

  @Shows('“合格”的分数线', { example: 60 })
  passingFrom!: number;

  @Shows('抽取人', { example: '吴督办' })
  drawnByName!: string;

  @Shows('抽取时间', { example: AT })
  drawnAt!: string;

  @Shows('取消理由', { ...TEXT_OR_NULL, example: null })
  cancelReason!: string | null;

  @Shows('抽取卷数', { example: 12 })
  drawn!: number;

  @Shows('待评查卷数', { example: 4 })
  unreviewed!: number;

  @Shows('有意见未办结的卷数', { example: 3 })
  open!: number;

  @Shows('已办结卷数', { example: 5 })
  closed!: number;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['review-rounds.cancel'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

class RoundFileResponse {
  @Shows('评查表标识', { example: ID })
  id!: string;

  @Shows('评查名称', { example: '2026年第三季度卷宗评查' })
  roundTitle!: string;

  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('案号', { ...TEXT_OR_NULL, example: '（2026）新城人调字第8号' })
  caseNumber!: string | null;

  @Shows('调解员', { example: '刘调解' })
  mediatorName!: string;

  @Shows('评查人', { ...TEXT_OR_NULL, example: '吴督办' })
  reviewerName!: string | null;

  @Shows('状态', { values: REVIEW_STATES, example: 'drawn' })
  state!: string;

  @Shows('状态名称', { example: '待评查' })
  stateName!: string;

  @Shows('总分', { type: Number, nullable: true, example: 92 })
  total!: number | null;

  @Shows('等次名称', { ...TEXT_OR_NULL, example: '优' })
  gradeName!: string | null;

  @Shows('有意见的项数', { example: 2 })
  findings!: number;

  @Shows('答复期限；不用答复的为空', { ...TEXT_OR_NULL, example: '2026-10-12' })
  answerDueOn!: string | null;
}

export class RoundsResponse {
  @Shows('评查，最近的在前', { type: RoundResponse, isArray: true })
  items!: RoundResponse[];

  @Shows('等您评查、复核的卷宗', { type: RoundFileResponse, isArray: true })
  mine!: RoundFileResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['review-rounds.draw'] })
  allowedActs!: string[];
}

class StratumResponse {
  @Shows('调解员', { example: '刘调解' })
  mediatorName!: string;

  @Shows('可抽取的卷数', { example: 21 })
  pool!: number;

  @Shows('抽取的卷数', { example: 3 })
  drawn!: number;
}

class GradeCountResponse {
  @Shows('等次', { values: GRADES, example: 'excellent' })
  grade!: string;

  @Shows('等次名称', { example: '优' })
  gradeName!: string;

  @Shows('卷数', { example: 5 })
  count!: number;
}

class FrequencyResponse {
  @Shows('评查项', { values: POINT_NAMES, example: 'complete' })
  point!: string;

  @Shows('评查项名称', { example: '材料齐全' })
  pointName!: string;

  @Shows('有意见的卷数', { example: 4 })
  findings!: number;

  @Shows('平均得分', { type: Number, nullable: true, example: 16.5 })
  mean!: number | null;
}

export class RoundDetailResponse extends RoundResponse {
  @Shows('抽取用的随机数', { example: '6f1d2c0a9b8e7f6d5c4b3a2918070605' })
  seed!: string;

  @Shows('用这个随机数重新抽取，结果是否相同', { example: true })
  isReproduced!: boolean;

  @Shows('各调解员的卷数', { type: StratumResponse, isArray: true })
  strata!: StratumResponse[];

  @Shows('已评查卷数', { example: 8 })
  reviewed!: number;

  @Shows('各等次卷数', { type: GradeCountResponse, isArray: true })
  grades!: GradeCountResponse[];

  @Shows('各项意见出现的次数，多的在前', { type: FrequencyResponse, isArray: true })
  frequency!: FrequencyResponse[];

  @Shows('卷宗', { type: RoundFileResponse, isArray: true })
  files!: RoundFileResponse[];
}

export class RoundActResponse {
  @Shows('评查标识', { example: ID })
  id!: string;

  @Shows('抽取卷数', { example: 12 })
  drawn!: number;

  @Shows('没有合适评查人的卷数', { example: 0 })
  unassigned!: number;
}

export class ReviewerResponse {
  @Shows('人员标识', { example: ID })
  id!: string;

  @Shows('姓名', { example: '吴督办' })
  name!: string;
}

class PointResponse {
  @Shows('评查项', { values: POINT_NAMES, example: 'complete' })
  point!: string;

  @Shows('评查项名称', { example: '材料齐全' })
  pointName!: string;

  @Shows('要求', { example: '卷内应有的文书和材料都有' })
  about!: string;

  @Shows('满分', { example: 20 })
  most!: number;

  @Shows('系统从卷宗目录看到的情况，供参考', { type: String, isArray: true, example: ['还没有权利义务告知书'] })
  hints!: string[];
}

class PointMarkResponse {
  @Shows('评查项', { values: POINT_NAMES, example: 'complete' })
  point!: string;

  @Shows('评查项名称', { example: '材料齐全' })
  pointName!: string;

  @Shows('满分', { example: 20 })
  most!: number;

  @Shows('得分', { example: 16 })
  score!: number;

  @Shows('意见', { ...TEXT_OR_NULL, example: '缺少被申请人的身份证明。' })
  finding!: string | null;
}

class FindingAnswerResponse {
  @Shows('评查项', { values: POINT_NAMES, example: 'complete' })
  point!: string;

  @Shows('评查项名称', { example: '材料齐全' })
  pointName!: string;

  @Shows('答复', { values: ANSWER_KINDS, example: 'mended' })
  kind!: string;

  @Shows('答复名称', { example: '已整改' })
  kindName!: string;

  @Shows('说明', { example: '已补入身份证复印件。' })
  text!: string;
}

class ReviewResponse {
  @Shows('评查表标识', { example: ID })
  id!: string;

  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('评查名称', { example: '2026年第三季度卷宗评查' })
  roundTitle!: string;

  @Shows('调解员', { example: '刘调解' })
  mediatorName!: string;

  @Shows('评查人', { ...TEXT_OR_NULL, example: '吴督办' })
  reviewerName!: string | null;

  @Shows('状态', { values: REVIEW_STATES, example: 'reviewed' })
  state!: string;

  @Shows('状态名称', { example: '待答复' })
  stateName!: string;

  @Shows('七项评分', { type: PointMarkResponse, isArray: true })
  marks!: PointMarkResponse[];

  @Shows('总分', { type: Number, nullable: true, example: 92 })
  total!: number | null;

  @Shows('等次', { ...TEXT_OR_NULL, values: GRADES, example: 'excellent' })
  grade!: string | null;

  @Shows('等次名称', { ...TEXT_OR_NULL, example: '优' })
  gradeName!: string | null;

  @Shows('评查时间', { ...TEXT_OR_NULL, example: AT })
  reviewedAt!: string | null;

  @Shows('答复期限；不用答复的为空', { ...TEXT_OR_NULL, example: '2026-10-12' })
  answerDueOn!: string | null;

  @Shows('逐条答复', { type: FindingAnswerResponse, isArray: true })
  answers!: FindingAnswerResponse[];

  @Shows('答复人', { ...TEXT_OR_NULL, example: '刘调解' })
  answeredByName!: string | null;

  @Shows('答复时间', { ...TEXT_OR_NULL, example: AT })
  answeredAt!: string | null;

  @Shows('最近一次退回的理由', { ...TEXT_OR_NULL, example: null })
  returnReason!: string | null;

  @Shows('办结时间', { ...TEXT_OR_NULL, example: null })
  closedAt!: string | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['reviews.mark'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 2 })
  version!: number;
}

export class ReviewFormResponse extends ReviewResponse {
  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('案号', { ...TEXT_OR_NULL, example: '（2026）新城人调字第8号' })
  caseNumber!: string | null;

  @Shows('“优”的分数线', { example: 90 })
  excellentFrom!: number;

  @Shows('“合格”的分数线', { example: 60 })
  passingFrom!: number;

  @Shows('答复时限（工作日）', { example: 5 })
  answerDays!: number;

  @Shows('评查七项', { type: PointResponse, isArray: true })
  points!: PointResponse[];
}

export class ReviewsOfMatterResponse {
  @Shows('评查，最近的在前', { type: ReviewResponse, isArray: true })
  items!: ReviewResponse[];
}

export class ReviewActResponse {
  @Shows('评查表标识', { example: ID })
  id!: string;

  @Shows('状态', { values: REVIEW_STATES, example: 'answered' })
  state!: string;

  @Shows('状态名称', { example: '待复核' })
  stateName!: string;

  @Shows('版本号', { example: 3 })
  version!: number;
}
