import { Shows } from '../../../platform/http';
import { LIST_STATES } from '../domain/list-lifecycle';
import { AGREEMENT_FORMS, SUBSIDY_GRADES } from '../domain/rates';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const TEXT_OR_NULL = { type: String, nullable: true } as const;

class SubsidyRateResponse {
  @Shows('评查等次', { values: SUBSIDY_GRADES, example: 'excellent' })
  grade!: string;

  @Shows('评查等次名称', { example: '优' })
  gradeName!: string;

  @Shows('协议形式', { values: AGREEMENT_FORMS, example: 'written' })
  form!: string;

  @Shows('协议形式名称', { example: '书面协议' })
  formName!: string;

  @Shows('是否疑难复杂', { example: false })
  isDifficult!: boolean;

  @Shows('每件金额（分）', { example: 20_000 })
  amountFen!: number;
}

class SubsidyRulesResponse {
  @Shows('标准标识', { example: ID })
  id!: string;

  @Shows('自哪一天执行', { example: '2026-10-01' })
  validFrom!: string;

  @Shows('依据', { example: '《新城区人民调解以案定补办法》第六条' })
  basis!: string;

  @Shows('设定人', { example: '卫主任' })
  madeByName!: string;

  @Shows('设定时间', { example: '2026-09-21T01:00:00.000Z' })
  madeAt!: string;

  @Shows('今天执行的', { example: true })
  isInForce!: boolean;

  @Shows('各类金额', { type: SubsidyRateResponse, isArray: true })
  rates!: SubsidyRateResponse[];
}

export class SubsidyRulesListResponse {
  @Shows('标准的全部版本，新的在前', { type: SubsidyRulesResponse, isArray: true })
  items!: SubsidyRulesResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['subsidy-rules.set'] })
  allowedActs!: string[];
}

export class SubsidyRulesActResponse {
  @Shows('标准标识', { example: ID })
  id!: string;

  @Shows('自哪一天执行', { example: '2026-10-01' })
  validFrom!: string;
}

class SubsidyListResponse {
  @Shows('名单标识', { example: ID })
  id!: string;

  @Shows('综治中心', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('协议生效日期起', { example: '2026-07-01' })
  from!: string;

  @Shows('协议生效日期止', { example: '2026-09-30' })
  to!: string;

  @Shows('状态', { values: LIST_STATES, example: 'draft' })
  state!: string;

  @Shows('状态名称', { example: '草稿' })
  stateName!: string;

  @Shows('合计金额（分）', { example: 640_000 })
  totalFen!: number;

  @Shows('计入件数', { example: 32 })
  counted!: number;

  @Shows('暂缓件数', { example: 2 })
  held!: number;

  @Shows('制作、核对、审批、发放', { type: String, isArray: true, example: ['褚档案于2026年10月8日制作'] })
  hands!: string[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['subsidy-lists.check'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

class SubsidyLineResponse {
  @Shows('名单行标识', { example: ID })
  id!: string;

  @Shows('事项标识；封存而您不能查看的为空', { ...TEXT_OR_NULL, example: ID })
  disputeId!: string | null;

  @Shows('案号', { example: '新城人调字〔2026〕8号' })
  number!: string;

  @Shows('调解员', { example: '刘调解' })
  mediatorName!: string;

  @Shows('协议生效日期', { example: '2026-08-12' })
  agreedOn!: string;

  @Shows('协议形式', { example: '书面协议' })
  formName!: string;

  @Shows('难易', { example: '一般' })
  difficultyName!: string;

  @Shows('评查等次', { example: '优' })
  gradeName!: string;

  @Shows('金额（分）；暂缓的为空', { type: Number, nullable: true, example: 20_000 })
  amountFen!: number | null;

  @Shows('暂缓的原因', { ...TEXT_OR_NULL, example: null })
  holdName!: string | null;
}

class SubsidyPersonResponse {
  @Shows('调解员', { example: '刘调解' })
  mediatorName!: string;

  @Shows('件数', { example: 4 })
  count!: number;

  @Shows('金额（分）', { example: 80_000 })
  amountFen!: number;
}

export class SubsidyListsResponse {
  @Shows('名单，最近的在前', { type: SubsidyListResponse, isArray: true })
  items!: SubsidyListResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['subsidy-lists.make'] })
  allowedActs!: string[];
}

export class SubsidyListDetailResponse extends SubsidyListResponse {
  @Shows('逐件', { type: SubsidyLineResponse, isArray: true })
  lines!: SubsidyLineResponse[];

  @Shows('每人合计', { type: SubsidyPersonResponse, isArray: true })
  people!: SubsidyPersonResponse[];
}

export class SubsidyListActResponse {
  @Shows('名单标识', { example: ID })
  id!: string;

  @Shows('状态', { values: LIST_STATES, example: 'checked' })
  state!: string;

  @Shows('状态名称', { example: '已核对' })
  stateName!: string;

  @Shows('版本号', { example: 2 })
  version!: number;
}
