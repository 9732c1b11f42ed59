import { Shows } from '../../../platform/http';
import { RINGS } from '../domain/dictionaries';
import { POINT_KINDS } from '../domain/preparation';
import { WritableRingResponse } from './ring.response';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:00:00.000Z';
const text = (example: string | null) => ({ type: String, nullable: true, example });

export class PointStandingResponse {
  @Shows('准备单事项标识', { example: ID })
  id!: string;

  @Shows('版本号', { example: 1 })
  version!: number;
}

class RingedResponse {
  @Shows('可见范围', { values: RINGS, example: 'center' })
  ring!: string;

  @Shows('可见范围名称', { example: '中心可见' })
  ringName!: string;
}

class PreparationPointResponse extends RingedResponse {
  @Shows('准备单事项标识', { example: ID })
  id!: string;

  @Shows('类别', { values: POINT_KINDS, example: 'issue' })
  kind!: string;

  @Shows('类别名称', { example: '争议焦点' })
  kindName!: string;

  @Shows('内容', { example: '老房是否属于父母共同财产。' })
  text!: string;

  @Shows('当事人', text(null))
  partyId!: string | null;

  @Shows('当事人姓名', text(null))
  partyName!: string | null;

  @Shows('日期', text(null))
  onDate!: string | null;

  @Shows('金额，单位：分', { type: Number, nullable: true, example: null })
  amountFen!: number | null;

  @Shows('依据或出处', text('民法典第一千一百三十条'))
  reference!: string | null;

  @Shows('书写人', { example: '刘调解' })
  writtenByName!: string;

  @Shows('书写时间', { example: AT })
  writtenAt!: string;

  @Shows('了结时间', text(null))
  settledAt!: string | null;

  @Shows('结果', text(null))
  settlement!: string | null;

  @Shows('版本号', { example: 1 })
  version!: number;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['preparation.settle-point'] })
  allowedActs!: string[];
}

class AccountSaidResponse extends RingedResponse {
  @Shows('出处', { example: '第1号调查记录' })
  source!: string;

  @Shows('说话的人', { example: '李建国' })
  speaker!: string;

  @Shows('时间', { example: AT })
  at!: string;

  @Shows('内容', { example: '房屋是父母留下的，希望平均分配。' })
  text!: string;
}

class PreparedSideResponse {
  @Shows('当事人', { example: ID })
  partyId!: string;

  @Shows('姓名或名称', { example: '李建国' })
  name!: string;

  @Shows('是否未成年人', { example: false })
  isMinor!: boolean;

  @Shows('调解意愿', { values: { pending: '未表态', agreed: '同意调解', refused: '不同意调解' }, example: 'agreed' })
  consent!: string;

  @Shows('代理人、代表人', { type: String, isArray: true, example: [] })
  representatives!: string[];

  @Shows('陈述', { type: [AccountSaidResponse] })
  accounts!: AccountSaidResponse[];

  @Shows('主张', { type: [PreparationPointResponse] })
  positions!: PreparationPointResponse[];
}

class PreparedDateResponse extends RingedResponse {
  @Shows('日期', { example: '2026-11-20' })
  on!: string;

  @Shows('日期写法', { example: '2026年11月20日' })
  name!: string;

  @Shows('何事', { example: '受理' })
  text!: string;
}

class PreparedFactResponse {
  @Shows('事实', { example: '房屋系父母共同财产，父母均未立遗嘱。' })
  text!: string;

  @Shows('第几次调解记录的', { example: 1 })
  session!: number;
}

class PreparedOfferResponse extends RingedResponse {
  @Shows('第几次调解', { example: 1 })
  session!: number;

  @Shows('作出让步的人', { example: '李建国' })
  madeBy!: string;

  @Shows('让步内容', { example: '愿意少分一成，只要今年内付清。' })
  text!: string;

  @Shows('记录时间', { example: AT })
  recordedAt!: string;
}

class PreparedByResponse {
  @Shows('姓名', { example: '刘调解' })
  name!: string;

  @Shows('是否记录人', { example: false })
  isRecorder!: boolean;
}

export class PreparationSheetResponse {
  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('事项名称', { example: '李家六兄妹遗产纠纷' })
  title!: string;

  @Shows('案号', text('新城人调字〔2026〕12号'))
  caseNumber!: string | null;

  @Shows('登记编号', { example: '新城2026-000123' })
  registrationNumber!: string;

  @Shows('纠纷类型', text('婚姻家庭纠纷'))
  disputeTypeName!: string | null;

  @Shows('发生地点', text('光明社区3号楼'))
  place!: string | null;

  @Shows('涉及金额，单位：分', { type: Number, nullable: true, example: 80_000_000 })
  amountFen!: number | null;

  @Shows('生成时间', { example: AT })
  preparedAt!: string;

  @Shows('调解员、记录人', { type: [PreparedByResponse] })
  mediators!: PreparedByResponse[];

  @Shows('纠纷简要情况', text('父母去世后六名子女就老房如何分配争执不下。'))
  narrative!: string | null;

  @Shows('诉求', text('要求平均分配。'))
  requests!: string | null;

  @Shows('争议焦点', { type: [PreparationPointResponse] })
  issues!: PreparationPointResponse[];

  @Shows('各方', { type: [PreparedSideResponse] })
  sides!: PreparedSideResponse[];

  @Shows('其他人的陈述', { type: [AccountSaidResponse] })
  others!: AccountSaidResponse[];

  @Shows('时间节点', { type: [PreparedDateResponse] })
  dates!: PreparedDateResponse[];

  @Shows('涉及金额明细', { type: [PreparationPointResponse] })
  money!: PreparationPointResponse[];

  @Shows('无争议事实', { type: [PreparedFactResponse] })
  undisputedFacts!: PreparedFactResponse[];

  @Shows('待查事实', { type: [PreparationPointResponse] })
  openFacts!: PreparationPointResponse[];

  @Shows('法律依据', { type: [PreparationPointResponse] })
  law!: PreparationPointResponse[];

  @Shows('已作出的让步；只有调解员、记录人可见', { type: [PreparedOfferResponse] })
  offers!: PreparedOfferResponse[];

  @Shows('风险等级', text('yellow'))
  riskLevel!: string | null;

  @Shows('风险等级名称', text('黄色'))
  riskLevelName!: string | null;

  @Shows('激化苗头提示词', { type: String, isArray: true, example: [] })
  riskCues!: string[];

  @Shows('您可以选择的可见范围', { type: [WritableRingResponse] })
  writableRings!: WritableRingResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['preparation.add-point'] })
  allowedActs!: string[];
}
