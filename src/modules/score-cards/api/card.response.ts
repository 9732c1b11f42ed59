import { Shows } from '../../../platform/http';
import { AGENCY_PART_NAMES } from '../domain/agency-parts';
import { CARD_PART_NAMES } from '../domain/card';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const TEXT_OR_NULL = { type: String, nullable: true } as const;

class CardPartResponse {
  @Shows('评分项', { values: CARD_PART_NAMES, example: 'settled' })
  part!: string;

  @Shows('评分项名称', { example: '真正化解' })
  partName!: string;

  @Shows('达到的件数', { example: 18 })
  good!: number;

  @Shows('计入的件数', { example: 20 })
  of!: number;

  @Shows('申诉成立、不计的件数', { example: 1 })
  excused!: number;

  @Shows('整项申诉成立，不计', { example: false })
  isExcused!: boolean;

  @Shows('权重', { example: 25 })
  weight!: number;
}

class OwnCardPartResponse extends CardPartResponse {
  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['mediator-cards.appeal'] })
  allowedActs!: string[];
}

class CardAppealResponse {
  @Shows('申诉标识', { example: ID })
  id!: string;

  @Shows('调解员标识', { example: ID })
  mediatorId!: string;

  @Shows('调解员', { example: '刘调解' })
  mediatorName!: string;

  @Shows('评分卡期间起', { example: '2026-01-01' })
  from!: string;

  @Shows('评分卡期间止', { example: '2026-09-30' })
  to!: string;

  @Shows('评分项名称', { example: '真正化解' })
  partName!: string;

  @Shows('其中哪一件；对整项申诉的为空', { ...TEXT_OR_NULL, example: '新城人调字〔2026〕8号' })
  number!: string | null;

  @Shows('理由', { example: '当事人突发重病无法履行，各方已经同意延期。' })
  reason!: string;

  @Shows('申诉时间', { example: '2026-09-21T01:00:00.000Z' })
  lodgedAt!: string;

  @Shows('裁定期限', { example: '2026-10-12' })
  dueOn!: string;

  @Shows('逾期没有裁定', { example: false })
  isOverdue!: boolean;

  @Shows('结论', { example: '申诉待裁定' })
  outcomeName!: string;

  @Shows('裁定', { ...TEXT_OR_NULL, example: null })
  ruling!: string | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['card-appeals.rule'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

class CardHeadResponse {
  @Shows('综治中心', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('期间起', { example: '2026-01-01' })
  from!: string;

  @Shows('期间止', { example: '2026-09-30' })
  to!: string;

  @Shows('怎样计算', { example: '得分＝各项达到的比例按权重折算。' })
  definition!: string;

  @Shows('按哪一版权重', { example: '通用权重（系统预置）' })
  weightsName!: string;

  @Shows('计算得分的最少受理件数', { example: 10 })
  shownFrom!: number;
}

class MediatorCardLineResponse {
  @Shows('调解员标识', { example: ID })
  mediatorId!: string;

  @Shows('调解员', { example: '刘调解' })
  mediatorName!: string;

  @Shows('受理件数', { example: 24 })
  accepted!: number;

  @Shows('得分；件数不足的为空', { type: Number, nullable: true, example: 88.5 })
  score!: number | null;

  @Shows('各项', { type: CardPartResponse, isArray: true })
  parts!: CardPartResponse[];
}

export class MediatorCardsResponse extends CardHeadResponse {
  @Shows('各调解员，按姓名', { type: MediatorCardLineResponse, isArray: true })
  items!: MediatorCardLineResponse[];

  @Shows('待裁定的申诉', { type: CardAppealResponse, isArray: true })
  appeals!: CardAppealResponse[];
}

export class MediatorCardResponse extends CardHeadResponse {
  @Shows('调解员标识', { example: ID })
  mediatorId!: string;

  @Shows('调解员', { example: '刘调解' })
  mediatorName!: string;

  @Shows('受理件数', { example: 24 })
  accepted!: number;

  @Shows('得分；件数不足的为空', { type: Number, nullable: true, example: 88.5 })
  score!: number | null;

  @Shows('各项', { type: OwnCardPartResponse, isArray: true })
  parts!: OwnCardPartResponse[];

  @Shows('对这张评分卡的申诉', { type: CardAppealResponse, isArray: true })
  appeals!: CardAppealResponse[];
}

class CardCaseResponse {
  @Shows('计数对象标识', { example: ID })
  subjectId!: string;

  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('案号', { example: '新城人调字〔2026〕8号' })
  number!: string;

  @Shows('事项', { example: '楼上漏水赔偿' })
  title!: string;

  @Shows('计入日期', { example: '2026-08-12' })
  on!: string;

  @Shows('是否达到', { example: false })
  isGood!: boolean;

  @Shows('结果', { example: '没有达到' })
  resultName!: string;

  @Shows('对这一件的申诉', { ...TEXT_OR_NULL, example: null })
  appealName!: string | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['mediator-cards.appeal'] })
  allowedActs!: string[];
}

export class CardCasesResponse {
  @Shows('评分项名称', { example: '真正化解' })
  partName!: string;

  @Shows('期间起', { example: '2026-01-01' })
  from!: string;

  @Shows('期间止', { example: '2026-09-30' })
  to!: string;

  @Shows('您不能查看的件数', { example: 0 })
  hiddenCount!: number;

  @Shows('逐件，最近的在前', { type: CardCaseResponse, isArray: true })
  items!: CardCaseResponse[];
}

export class CardAppealActResponse {
  @Shows('申诉标识', { example: ID })
  id!: string;

  @Shows('结论', { example: '待裁定' })
  outcomeName!: string;

  @Shows('版本号', { example: 1 })
  version!: number;
}

class CardWeightResponse {
  @Shows('评分项', { values: CARD_PART_NAMES, example: 'settled' })
  part!: string;

  @Shows('评分项名称', { example: '真正化解' })
  partName!: string;

  @Shows('权重', { example: 25 })
  weight!: number;
}

class MediatorWeightsResponse {
  @Shows('权重标识', { example: ID })
  id!: string;

  @Shows('本中心自己的', { example: false })
  isOwn!: boolean;

  @Shows('自哪一天执行', { example: '2026-01-01' })
  validFrom!: string;

  @Shows('计算得分的最少受理件数', { example: 10 })
  shownFrom!: number;

  @Shows('依据', { example: '系统预置' })
  basis!: string;

  @Shows('设定人', { example: '卫主任' })
  madeByName!: string;

  @Shows('今天执行的', { example: true })
  isInForce!: boolean;

  @Shows('各项权重', { type: CardWeightResponse, isArray: true })
  parts!: CardWeightResponse[];
}

export class MediatorWeightsListResponse {
  @Shows('权重的全部版本，本中心的在前', { type: MediatorWeightsResponse, isArray: true })
  items!: MediatorWeightsResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['mediator-weights.set'] })
  allowedActs!: string[];
}

export class MediatorWeightsActResponse {
  @Shows('权重标识', { example: ID })
  id!: string;

  @Shows('自哪一天执行', { example: '2027-01-01' })
  validFrom!: string;
}

class AgencyPartResponse {
  @Shows('评分项', { values: AGENCY_PART_NAMES, example: 'sign' })
  part!: string;

  @Shows('评分项名称', { example: '签收及时' })
  partName!: string;

  @Shows('达到的件数', { example: 18 })
  good!: number;

  @Shows('计入的件数', { example: 20 })
  of!: number;

  @Shows('申诉成立、不计的件数', { example: 0 })
  excused!: number;
}

export class AgencyCardResponse {
  @Shows('期间起', { example: '2026-01-01' })
  from!: string;

  @Shows('期间止', { example: '2026-09-30' })
  to!: string;

  @Shows('怎样计算', { example: '与统计指标同一口径。' })
  definition!: string;

  @Shows('各项', { type: AgencyPartResponse, isArray: true })
  parts!: AgencyPartResponse[];
}

class AgencyCardCaseResponse {
  @Shows('计数对象标识', { example: ID })
  subjectId!: string;

  @Shows('吹哨单号或者案号', { example: '新城吹哨〔2026〕12号' })
  number!: string;

  @Shows('在哪里查看', { example: `/agency/tasks/${ID}` })
  path!: string;

  @Shows('计入日期', { example: '2026-08-12' })
  on!: string;

  @Shows('是否达到', { example: false })
  isGood!: boolean;

  @Shows('结果', { example: '没有达到' })
  resultName!: string;
}

export class AgencyCardCasesResponse {
  @Shows('评分项名称', { example: '签收及时' })
  partName!: string;

  @Shows('期间起', { example: '2026-01-01' })
  from!: string;

  @Shows('期间止', { example: '2026-09-30' })
  to!: string;

  @Shows('您不能查看的件数', { example: 0 })
  hiddenCount!: number;

  @Shows('逐件，最近的在前', { type: AgencyCardCaseResponse, isArray: true })
  items!: AgencyCardCaseResponse[];
}
