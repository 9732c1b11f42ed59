import { Shows } from '../../../platform/http';
import {
  CHANNELS,
  DISPUTE_TYPES,
  NATURES,
  NOTICE_FORMS,
  NOTICE_KINDS,
  RISK_LEVELS,
  ROUTES,
} from '../domain/dictionaries';
import { MATTER_STATES } from '../domain/matter-lifecycle';
import { MEDIATION_STATES } from '../domain/mediation-lifecycle';
import { DuplicateCandidateResponse } from './dispute.response';
import { EXAMPLE_ID } from './matter-standing.response';

const AT = '2026-11-20T01:30:00.000Z';

export class DisputeListItemResponse {
  @Shows('事项标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('登记中心', { example: EXAMPLE_ID })
  centerId!: string;

  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('案号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  caseNumber!: string | null;

  @Shows('来源渠道', { enum: Object.keys(CHANNELS), example: 'visit' })
  channel!: string;

  @Shows('事项名称；封存的不显示', { example: '李家六兄妹遗产纠纷' })
  title!: string;

  @Shows('纠纷类型', { type: String, nullable: true, enum: Object.keys(DISPUTE_TYPES), example: 'family.inheritance' })
  disputeType!: string | null;

  @Shows('状态', { enum: Object.keys(MATTER_STATES), example: 'accepted' })
  state!: string;

  @Shows('状态名称', { example: '已受理' })
  stateName!: string;

  @Shows('调解状态', { type: String, nullable: true, enum: Object.keys(MEDIATION_STATES), example: 'consent-pending' })
  mediationState!: string | null;

  @Shows('调解状态名称', { type: String, nullable: true, example: '征询意愿' })
  mediationStateName!: string | null;

  @Shows('性质', { type: String, nullable: true, enum: Object.keys(NATURES), example: 'civil' })
  nature!: string | null;

  @Shows('风险等级', { type: String, nullable: true, enum: Object.keys(RISK_LEVELS), example: 'blue' })
  riskLevel!: string | null;

  @Shows('该风险等级的负责人', { type: String, nullable: true, example: '承办人' })
  riskOwner!: string | null;

  @Shows('是否封存', { example: false })
  isSealed!: boolean;

  @Shows('是否群体事项', { example: false })
  isGroup!: boolean;

  @Shows('涉及人数', { type: Number, nullable: true, example: 6 })
  headcount!: number | null;

  @Shows('登记时间', { example: AT })
  registeredAt!: string;

  @Shows('承办人', { type: String, nullable: true, example: EXAMPLE_ID })
  handlerAccountId!: string | null;

  @Shows('承办人姓名', { type: String, nullable: true, example: '刘调解' })
  handlerName!: string | null;

  @Shows('调解委员会', { type: String, nullable: true, example: EXAMPLE_ID })
  committeeId!: string | null;

  @Shows('调解期限；中止中为空', { type: String, nullable: true, example: '2026-12-21' })
  dueOn!: string | null;

  @Shows('是否超过调解期限', { example: false })
  isOverdue!: boolean;

  @Shows('版本号', { example: 3 })
  version!: number;
}

export class DisputeListResponse {
  @Shows('事项', { type: DisputeListItemResponse, isArray: true })
  items!: DisputeListItemResponse[];

  @Shows('下一页的翻页标记；没有下一页为空', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class DuplicateListResponse {
  @Shows('疑似重复的事项', { type: DuplicateCandidateResponse, isArray: true })
  items!: DuplicateCandidateResponse[];
}

export class MergedReceiptResponse {
  @Shows('登记编号', { example: '新城综治登字〔2026〕9号' })
  registrationNumber!: string;

  @Shows('登记时间', { example: AT })
  registeredAt!: string;
}

export class ReceiptResponse {
  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('上游编号', { type: String, nullable: true, example: null })
  upstreamNumber!: string | null;

  @Shows('登记时间', { example: AT })
  registeredAt!: string;

  @Shows('诉讼时效中断时间', { example: AT })
  limitationInterruptedAt!: string;

  @Shows('首问责任人', { example: '王敏' })
  firstResponder!: string;

  @Shows('综治中心', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('中心电话', { type: String, nullable: true, example: '0471-6600001' })
  centerPhone!: string | null;

  @Shows('中心地址', { type: String, nullable: true, example: '海拉尔东路1号' })
  centerAddress!: string | null;

  @Shows('并入本事项的回执，继续有效', { type: MergedReceiptResponse, isArray: true })
  mergedReceipts!: MergedReceiptResponse[];
}

export class RouteAdviceItemResponse {
  @Shows('途径', { enum: Object.keys(ROUTES), example: 'mediation' })
  route!: string;

  @Shows('途径名称', { example: '人民调解' })
  name!: string;

  @Shows('是否可走', { example: true })
  isOpen!: boolean;

  @Shows('理由', { example: '属民间纠纷，当事人自愿的，可由人民调解委员会免费调解。' })
  reason!: string;

  @Shows('依据', { example: '《人民调解法》第二条' })
  law!: string;
}

export class RouteAdviceResponse {
  @Shows('性质', { enum: Object.keys(NATURES), example: 'civil' })
  nature!: string;

  @Shows('途径建议，可走的在前', { type: RouteAdviceItemResponse, isArray: true })
  items!: RouteAdviceItemResponse[];
}

export class RiskSuggestionResponse {
  @Shows('当前等级', { type: String, nullable: true, enum: Object.keys(RISK_LEVELS), example: null })
  currentLevel!: string | null;

  @Shows('提示等级；只升不降', { enum: Object.keys(RISK_LEVELS), example: 'yellow' })
  suggestedLevel!: string;

  @Shows('提示依据', { type: String, isArray: true, example: ['涉及 6 人'] })
  factors!: readonly string[];

  @Shows('该等级的负责人', { example: '值班长' })
  owner!: string;
}

export class EventResponse {
  @Shows('标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('时间', { example: AT })
  at!: string;

  @Shows('办理动作', { example: 'disputes.triage' })
  act!: string;

  @Shows('办理动作名称', { example: '研判' })
  actName!: string;

  @Shows('原状态', { type: String, nullable: true, example: 'registered' })
  fromState!: string | null;

  @Shows('原状态名称', { type: String, nullable: true, example: '已登记' })
  fromStateName!: string | null;

  @Shows('新状态', { type: String, nullable: true, example: 'triaged' })
  toState!: string | null;

  @Shows('新状态名称', { type: String, nullable: true, example: '已研判' })
  toStateName!: string | null;

  @Shows('办理人', { example: '赵研判' })
  actorName!: string;

  @Shows('办理人当时所在单位', { type: String, nullable: true, example: '新城区综治中心' })
  unitName!: string | null;

  @Shows('到此节点为止，在上一节点停留的秒数；不是节点的为空', { type: Number, nullable: true, example: 5400 })
  stayedSeconds!: number | null;

  @Shows('意见', { type: String, nullable: true, example: '属继承纠纷。' })
  opinion!: string | null;
}

export class EventListResponse {
  @Shows('时间线，最近的在前', { type: EventResponse, isArray: true })
  items!: EventResponse[];

  @Shows('下一页的翻页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class NoticeListItemResponse {
  @Shows('告知单标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('事项标识', { example: EXAMPLE_ID })
  disputeId!: string;

  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('第几张', { example: 1 })
  ordinal!: number;

  @Shows('类别', { enum: Object.keys(NOTICE_KINDS), example: 'supplement' })
  kind!: string;

  @Shows('所列材料数', { example: 3 })
  itemCount!: number;

  @Shows('形式', { enum: Object.keys(NOTICE_FORMS), example: 'paper' })
  form!: string;

  @Shows('补正期限', { type: String, nullable: true, example: '2026-12-01' })
  dueOn!: string | null;

  @Shows('告知时间', { example: AT })
  givenAt!: string;

  @Shows('告知人', { example: '王敏' })
  givenByName!: string;

  @Shows('是否已签收', { example: true })
  isSigned!: boolean;

  @Shows('补齐时间', { type: String, nullable: true, example: null })
  supplementedAt!: string | null;
}

export class NoticeListResponse {
  @Shows('告知单', { type: NoticeListItemResponse, isArray: true })
  items!: NoticeListItemResponse[];

  @Shows('下一页的翻页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}
