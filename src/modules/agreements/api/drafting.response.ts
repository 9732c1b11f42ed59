import { Shows } from '../../../platform/http';
import { CLAUSE_SECTIONS, OBLIGATION_KINDS } from '../domain/dictionaries';
import { FindingResponse, InstalmentResponse } from './agreement.response';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

class FaultyWordResponse {
  @Shows('在内容中的位置（JSON 指针）', { example: '/clauses/0' })
  pointer!: string;

  @Shows('规则代码', { example: 'words.deposit' })
  code!: string;

  @Shows('程度', { values: { stop: '须修改', confirm: '请核对' }, example: 'confirm' })
  severity!: 'stop' | 'confirm';

  @Shows('在该段文字中的起点（第一个字为 0）', { example: 4 })
  position!: number;

  @Shows('原文', { example: '订金' })
  word!: string;

  @Shows('说明', { example: '“订金”没有定金的担保效力。' })
  advice!: string;

  @Shows('可以改写为', { type: String, isArray: true, example: ['定金', '预付款'] })
  fixes!: readonly string[];
}

class InstalmentSumResponse {
  @Shows('第几项履行事项（从 0 起）', { example: 0 })
  obligation!: number;

  @Shows('各期合计，分', { example: 170_000 })
  sumFen!: number;

  @Shows('与总额之差，分：正数为还差，负数为多出', { type: Number, nullable: true, example: 10_000 })
  lackingFen!: number | null;
}

class PlannedItemResponse {
  @Shows('义务人', { type: String, nullable: true, example: '乌云毕力格' })
  obligorName!: string | null;

  @Shows('权利人', { type: String, nullable: true, example: '青城数码租赁有限公司' })
  obligeeName!: string | null;

  @Shows('内容', { example: '支付剩余租金（第1期，共3期）' })
  content!: string;

  @Shows('金额，分', { type: Number, nullable: true, example: 60_000 })
  amountFen!: number | null;

  @Shows('履行期限', { type: String, nullable: true, example: '2026-12-20' })
  dueOn!: string | null;
}

export class ContentCheckResponse {
  @Shows('定稿前须修改的地方', { type: [FindingResponse] })
  faults!: readonly FindingResponse[];

  @Shows('请核对的地方，不影响定稿', { type: [FindingResponse] })
  warnings!: readonly FindingResponse[];

  @Shows('用词提示，标明位置', { type: [FaultyWordResponse] })
  words!: readonly FaultyWordResponse[];

  @Shows('分期合计', { type: [InstalmentSumResponse] })
  instalments!: readonly InstalmentSumResponse[];

  @Shows('生效后列入履行台账的事项', { type: [PlannedItemResponse] })
  items!: readonly PlannedItemResponse[];

  @Shows('金额合计，分', { type: Number, nullable: true, example: 180_000 })
  totalFen!: number | null;

  @Shows('金额合计，大写', { type: String, nullable: true, example: '壹仟捌佰元整' })
  totalInWords!: string | null;

  @Shows('不能采用电子签名的原因；可以采用的为空', { type: String, nullable: true, example: null })
  inkOnlyReason!: string | null;
}

export class InstalmentPlanResponse {
  @Shows('各期', { type: [InstalmentResponse] })
  instalments!: readonly InstalmentResponse[];
}

class ClauseObligationResponse {
  @Shows('义务种类', { values: OBLIGATION_KINDS, example: 'payment' })
  kind!: string;

  @Shows('义务种类名称', { example: '给付金钱' })
  kindName!: string;

  @Shows('内容', { example: '支付欠付租金' })
  content!: string;

  @Shows('履行地点', { type: String, nullable: true, example: '汇入收款人的银行账户' })
  place!: string | null;

  @Shows('履行方式', { type: String, nullable: true, example: '银行转账，一次付清' })
  manner!: string | null;
}

export class ClauseResponse {
  @Shows('条款标识', { example: ID })
  id!: string;

  @Shows('通用条款，由各中心共用', { example: true })
  isPreset!: boolean;

  @Shows('适用的纠纷类型；空为各类通用', { type: String, nullable: true, example: 'contract.lease' })
  disputeType!: string | null;

  @Shows('适用的纠纷类型名称', { example: '租赁合同' })
  disputeTypeName!: string;

  @Shows('用在协议书的哪一部分', { values: CLAUSE_SECTIONS, example: 'clauses' })
  section!: string;

  @Shows('部分名称', { example: '协议内容' })
  sectionName!: string;

  @Shows('条款名称', { example: '付清欠付租金' })
  title!: string;

  @Shows('条款内容，【】内须填写', { example: '承租人于【年月日】前向出租人付清欠付租金人民币【金额大写】。' })
  text!: string;

  @Shows('随条款列入的履行事项', { type: ClauseObligationResponse, nullable: true })
  obligation!: ClauseObligationResponse | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['clauses.revise'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class FittingClausesResponse {
  @Shows('条款，本类型的在前', { type: [ClauseResponse] })
  items!: ClauseResponse[];
}

export class ClauseListResponse extends FittingClausesResponse {
  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['clauses.add'] })
  allowedActs!: string[];
}
