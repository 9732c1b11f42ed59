import { Shows } from '../../../platform/http';
import { SCORE_PARTS, type TimedPart } from '../domain/score';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-09-21T02:20:00.000Z';

class OnTimeResponse {
  @Shows('评分项', { values: SCORE_PARTS, example: 'sign' })
  part!: TimedPart;

  @Shows('评分项名称', { example: '签收及时' })
  partName!: string;

  @Shows('按时的件数', { example: 5 })
  inTime!: number;

  @Shows('有这项时限的件数', { example: 6 })
  of!: number;
}

class AgencyScoreResponse {
  @Shows('部门', { example: ID })
  agencyId!: string;

  @Shows('部门名称', { example: '新城区征收办' })
  agencyName!: string;

  @Shows('名次；件数不足或本部门查看时为空', { type: Number, nullable: true, example: 1 })
  rank!: number | null;

  @Shows('平均得分；没有评过分的为空', { type: Number, nullable: true, example: 92.4 })
  mean!: number | null;

  @Shows('评分件数', { example: 6 })
  scored!: number;

  @Shows('各项时限按时情况', { type: OnTimeResponse, isArray: true })
  onTime!: OnTimeResponse[];

  @Shows('异议成立，不计分', { example: 1 })
  upheld!: number;

  @Shows('撤哨，不计分', { example: 0 })
  withdrawn!: number;

  @Shows('期内派发、还没有评分', { example: 2 })
  unrated!: number;

  @Shows('有申诉的', { example: 1 })
  appeals!: number;

  @Shows('申诉待裁定', { example: 0 })
  openAppeals!: number;
}

class ScorePeriodResponse {
  @Shows('起始日期', { example: '2026-01-01' })
  from!: string;

  @Shows('截止日期', { example: '2026-12-31' })
  to!: string;

  @Shows('口径', { example: '平均得分＝统计期内由中心评分的任务的得分之和÷这些任务的件数' })
  definition!: string;

  @Shows('参加排名的最少评分件数', { example: 5 })
  rankedFrom!: number;
}

export class AgencyScoresResponse extends ScorePeriodResponse {
  @Shows('综治中心', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('各部门，有名次的在前', { type: AgencyScoreResponse, isArray: true })
  items!: AgencyScoreResponse[];
}

class ScoredPartResponse {
  @Shows('评分项', { values: SCORE_PARTS, example: 'sign' })
  part!: string;

  @Shows('评分项名称', { example: '签收及时' })
  partName!: string;

  @Shows('权重', { example: 15 })
  weight!: number;

  @Shows('得分', { example: 100 })
  points!: number;
}

class ScoredTaskResponse {
  @Shows('任务标识', { example: ID })
  taskId!: string;

  @Shows('吹哨单标识', { example: ID })
  summonsId!: string;

  @Shows('吹哨单号', { example: '新城综治哨字〔2026〕3号' })
  number!: string;

  @Shows('登记编号；部门看不到', { type: String, nullable: true, example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string | null;

  @Shows('在哪里查看', { example: `/whistles/${ID}` })
  path!: string;

  @Shows('在本哨中的位置', { example: '主办' })
  roleName!: string;

  @Shows('评分时间', { example: AT })
  ratedAt!: string;

  @Shows('得分', { example: 92.4 })
  score!: number;

  @Shows('各项', { type: ScoredPartResponse, isArray: true })
  parts!: ScoredPartResponse[];

  @Shows('申诉成立不计的评分项', { type: String, isArray: true, example: [] })
  excusedNames!: string[];

  @Shows('所用权重', { example: '通用权重（系统预置）' })
  weightsName!: string;

  @Shows('申诉', { type: String, nullable: true, example: null })
  appealName!: string | null;
}

export class AgencyScoreDetailResponse extends ScorePeriodResponse {
  @Shows('本部门', { type: AgencyScoreResponse })
  summary!: AgencyScoreResponse;

  @Shows('评过分的任务，新的在前', { type: ScoredTaskResponse, isArray: true })
  tasks!: ScoredTaskResponse[];
}

class WeightOfPartResponse {
  @Shows('评分项', { values: SCORE_PARTS, example: 'sign' })
  part!: string;

  @Shows('评分项名称', { example: '签收及时' })
  partName!: string;

  @Shows('权重', { example: 15 })
  weight!: number;
}

class ScoreWeightsResponse {
  @Shows('权重标识', { example: ID })
  id!: string;

  @Shows('本中心设定的；否则为通用权重', { example: false })
  isOwn!: boolean;

  @Shows('自哪一天执行', { example: '2026-01-01' })
  validFrom!: string;

  @Shows('参加排名的最少评分件数', { example: 5 })
  rankedFrom!: number;

  @Shows('依据', { example: '系统预置' })
  basis!: string;

  @Shows('设定人', { example: '卫主任' })
  madeByName!: string;

  @Shows('设定时间', { example: AT })
  madeAt!: string;

  @Shows('各项权重，合计100', { type: WeightOfPartResponse, isArray: true })
  parts!: WeightOfPartResponse[];

  @Shows('现行', { example: true })
  isInForce!: boolean;

  @Shows('将要执行', { example: false })
  isFuture!: boolean;
}

export class ScoreWeightsListResponse {
  @Shows('权重，新的在前', { type: ScoreWeightsResponse, isArray: true })
  items!: ScoreWeightsResponse[];

  @Shows('您可以办理的事项', { type: String, isArray: true, example: ['score-weights.set'] })
  allowedActs!: string[];
}

export class ScoreWeightsActResponse {
  @Shows('权重标识', { example: ID })
  id!: string;

  @Shows('自哪一天执行', { example: '2027-01-01' })
  validFrom!: string;
}
