import { Shows } from '../../../platform/http';
import {
  CHANNELS,
  DIFFICULT_GROUNDS,
  DISPUTE_TYPES,
  NATURES,
  OUTCOMES,
  RISK_LEVELS,
  ROUTES,
} from '../domain/dictionaries';
import { type DuplicateReason } from '../domain/duplicates';
import { MATTER_STATES, type MatterState } from '../domain/matter-lifecycle';
import { MEDIATION_STATES, type MediationState } from '../domain/mediation-lifecycle';
import { EXAMPLE_ID } from './matter-standing.response';

const ID = EXAMPLE_ID;

export class EscalationPromptResponse {
  @Shows('激化苗头提示词', { type: String, isArray: true, example: [] })
  cues!: readonly string[];

  @Shows('是否必须报告', { example: false })
  mustReport!: boolean;

  @Shows('提示', { type: String, nullable: true, example: null })
  prompt!: string | null;
}

export class DuplicateCandidateResponse {
  @Shows('事项标识', { example: ID })
  id!: string;

  @Shows('登记编号', { example: '新城综治登字〔2026〕8号' })
  registrationNumber!: string;

  @Shows('事项名称', { example: '巷内外卖噪声' })
  title!: string;

  @Shows('状态', { enum: Object.keys(MATTER_STATES), example: 'closed' })
  state!: string;

  @Shows('登记时间', { example: '2026-11-02T01:30:00.000Z' })
  registeredAt!: string;

  @Shows('疑似理由', {
    values: { 'upstream-number': '上游编号相同', place: '地点相同', 'similar-text': '内容相近' },
    isArray: true,
    example: ['place'],
  })
  reasons!: readonly DuplicateReason[];

  @Shows('内容相近程度，0 至 1', { example: 0.52 })
  likeness!: number;
}

export class SamePersonResponse {
  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('登记编号', { example: '新城综治登字〔2026〕8号' })
  registrationNumber!: string;

  @Shows('姓名（遮盖）', { example: '李*国' })
  name!: string;

  @Shows('依据', {
    values: { 'resident-id': '公民身份号码', 'credit-code': '统一社会信用代码', phone: '电话', name: '姓名' },
    example: 'resident-id',
  })
  matchedBy!: 'resident-id' | 'credit-code' | 'phone' | 'name';
}

export class RegisteredDisputeResponse {
  @Shows('事项标识', { example: ID })
  id!: string;

  @Shows('登记编号，印在回执上', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('登记时间', { example: '2026-11-20T01:30:00.000Z' })
  registeredAt!: string;

  @Shows('状态', { enum: Object.keys(MATTER_STATES), example: 'registered' })
  state!: MatterState;

  @Shows('版本号', { example: 1 })
  version!: number;

  @Shows('激化苗头', { type: EscalationPromptResponse })
  escalation!: EscalationPromptResponse;

  @Shows('疑似重复的事项', { type: DuplicateCandidateResponse, isArray: true })
  possibleDuplicates!: readonly DuplicateCandidateResponse[];

  @Shows('同一人的其他事项', { type: SamePersonResponse, isArray: true })
  samePersons!: readonly SamePersonResponse[];
}

export class ImportedMatterResponse {
  @Shows('旧台账编号', { example: '2023-045' })
  oldNumber!: string;

  @Shows('旧台账记载的登记日期', { example: '2023-05-01' })
  registeredOn!: string;

  @Shows('旧台账记载的办结日期', { example: '2023-05-20' })
  closedOn!: string;

  @Shows('旧台账记载的承办人', { type: String, nullable: true, example: '孙调解' })
  handlerName!: string | null;

  @Shows('旧台账记载的办理单位', { type: String, nullable: true, example: '光明社区调委会' })
  organizationName!: string | null;

  @Shows('办理情况', { type: String, nullable: true, example: '双方约定装修时间，已履行。' })
  result!: string | null;

  @Shows('备注', { type: String, nullable: true, example: null })
  remark!: string | null;

  @Shows('导入人', { example: '王敏' })
  importedByName!: string;

  @Shows('导入时间', { example: '2026-11-20T01:30:00.000Z' })
  importedAt!: string;
}

export class DisputeResponse {
  @Shows('事项标识', { example: ID })
  id!: string;

  @Shows('登记中心', { example: ID })
  centerId!: string;

  @Shows('登记中心名称', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('案号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  caseNumber!: string | null;

  @Shows('来源渠道', { enum: Object.keys(CHANNELS), example: 'visit' })
  channel!: string;

  @Shows('上游编号', { type: String, nullable: true, example: null })
  upstreamNumber!: string | null;

  @Shows('事项名称', { example: '李家六兄妹遗产纠纷' })
  title!: string;

  @Shows('纠纷类型', { type: String, nullable: true, enum: Object.keys(DISPUTE_TYPES), example: 'family.inheritance' })
  disputeType!: string | null;

  @Shows('本地小类', { type: String, nullable: true, example: '广场舞噪声' })
  localTypeName!: string | null;

  @Shows('发生地点', { type: String, nullable: true, example: '新城区通道街道某小区' })
  place!: string | null;

  @Shows('发生地（社区或网格）', { type: String, nullable: true, example: null })
  placeUnitId!: string | null;

  @Shows('发生地（社区或网格）名称', { type: String, nullable: true, example: '光明社区' })
  placeUnitName!: string | null;

  @Shows('性质', { type: String, nullable: true, enum: Object.keys(NATURES), example: 'civil' })
  nature!: string | null;

  @Shows('办理途径', { type: String, nullable: true, enum: Object.keys(ROUTES), example: 'mediation' })
  route!: string | null;

  @Shows('风险等级', { type: String, nullable: true, enum: Object.keys(RISK_LEVELS), example: 'blue' })
  riskLevel!: string | null;

  @Shows('疑难复杂的理由；不是的为空', { type: String, nullable: true, values: DIFFICULT_GROUNDS, example: null })
  difficultGround!: string | null;

  @Shows('是否从旧台账导入', { example: false })
  isImported!: boolean;

  @Shows('旧台账的记载；不是导入的、只见概要的为空', { type: ImportedMatterResponse, nullable: true })
  imported!: ImportedMatterResponse | null;

  @Shows('是否封存', { example: false })
  isSealed!: boolean;

  @Shows('是否群体事项', { example: false })
  isGroup!: boolean;

  @Shows('涉及人数', { type: Number, nullable: true, example: 6 })
  headcount!: number | null;

  @Shows('涉及金额（分）', { type: Number, nullable: true, example: null })
  amountFen!: number | null;

  @Shows('反映人是否要求保密', { example: false })
  isReporterProtected!: boolean;

  @Shows('是否接受回访', { example: true })
  allowsCallBack!: boolean;

  @Shows('首问责任人', { example: ID })
  firstResponderId!: string;

  @Shows('首问责任人姓名', { example: '王敏' })
  firstResponderName!: string;

  @Shows('承办人', { type: String, nullable: true, example: null })
  handlerAccountId!: string | null;

  @Shows('承办人姓名', { type: String, nullable: true, example: '刘调解' })
  handlerName!: string | null;

  @Shows('受理的调解委员会', { type: String, nullable: true, example: null })
  committeeId!: string | null;

  @Shows('调解委员会名称', { type: String, nullable: true, example: '新城区光明社区人民调解委员会' })
  committeeName!: string | null;

  @Shows('现办理中心', { type: String, nullable: true, example: null })
  handlingCenterId!: string | null;

  @Shows('办理中心名称', { type: String, nullable: true, example: null })
  handlingCenterName!: string | null;

  @Shows('现办理单位（街道、社区或网格）', { type: String, nullable: true, example: null })
  handlingUnitId!: string | null;

  @Shows('办理单位（街道、社区或网格）名称', { type: String, nullable: true, example: null })
  handlingUnitName!: string | null;

  @Shows('诉讼时效中断时间（并案取最早）', { example: '2026-11-20T01:30:00.000Z' })
  limitationInterruptedAt!: string;

  @Shows('并入的主件', { type: String, nullable: true, example: null })
  mergedIntoId!: string | null;

  @Shows('主件的登记编号', { type: String, nullable: true, example: null })
  mergedIntoNumber!: string | null;

  @Shows('办结结果', { type: String, nullable: true, enum: Object.keys(OUTCOMES), example: null })
  outcome!: string | null;

  @Shows('卷次，重启后另立新卷', { example: 1 })
  volume!: number;

  @Shows('状态', { enum: Object.keys(MATTER_STATES), example: 'registered' })
  state!: MatterState;

  @Shows('状态名称', { example: '已登记' })
  stateName!: string;

  @Shows('调解状态', { type: String, nullable: true, enum: Object.keys(MEDIATION_STATES), example: null })
  mediationState!: MediationState | null;

  @Shows('调解状态名称', { type: String, nullable: true, example: null })
  mediationStateName!: string | null;

  @Shows('登记时间', { example: '2026-11-20T01:30:00.000Z' })
  registeredAt!: string;

  @Shows('受理时间', { type: String, nullable: true, example: null })
  acceptedAt!: string | null;

  @Shows('办结时间', { type: String, nullable: true, example: null })
  closedAt!: string | null;

  @Shows('纠纷简要情况；只见概要者为空', {
    type: String,
    nullable: true,
    example: '父母去世后，六名子女因遗产分配意见不一。',
  })
  narrative!: string | null;

  @Shows('申请事项', { type: String, nullable: true, example: null })
  requests!: string | null;

  @Shows('激化苗头提示词', { type: String, isArray: true, example: [] })
  cues!: string[];

  @Shows('是否看得到案情；为否的，可以说明理由后查看', { example: true })
  isContentVisible!: boolean;

  @Shows('是否有未成年当事人', { example: false })
  hasMinor!: boolean;

  @Shows('当事人数（不含已退出的）', { example: 6 })
  partyCount!: number;

  @Shows('进入当前状态的时间', { example: '2026-11-20T01:30:00.000Z' })
  stateSince!: string;

  @Shows('进入当前调解状态的时间', { type: String, nullable: true, example: null })
  mediationStateSince!: string | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['disputes.triage'] })
  allowedActs!: string[];

  @Shows('您在本事项上可以查看、办理的其他事项，不受状态限制', {
    type: String,
    isArray: true,
    example: ['parties.list', 'notes.write'],
  })
  grantedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}
