import { LIGHTS, type Light } from '../../../kernel';
import { Shows } from '../../../platform/http';
import { OBLIGATION_KINDS } from '../domain/dictionaries';
import { PerformanceStandingResponse } from './agreement.response';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

class ListedPerformanceResponse extends PerformanceStandingResponse {
  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('纠纷名称，封存的不显示', { example: '手机租赁合同纠纷' })
  title!: string;

  @Shows('案号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  caseNumber!: string | null;

  @Shows('协议标识', { example: ID })
  agreementId!: string;

  @Shows('义务种类', { values: OBLIGATION_KINDS, example: 'payment' })
  kind!: string;

  @Shows('内容', { example: '支付剩余租金（第1期，共3期）' })
  content!: string;

  @Shows('义务人', { example: '乌云毕力格' })
  obligorName!: string;

  @Shows('权利人', { example: '青城数码租赁有限公司' })
  obligeeName!: string;

  @Shows('应给付，分', { type: Number, nullable: true, example: 60_000 })
  amountFen!: number | null;

  @Shows('履行期限', { example: '2026-12-20' })
  dueOn!: string;

  @Shows('最近履行日期', { type: String, nullable: true, example: null })
  performedOn!: string | null;

  @Shows('最近督促时间', { type: String, nullable: true, example: null })
  lastUrgedAt!: string | null;

  @Shows('灯；已履行的没有', { values: LIGHTS, nullable: true, example: 'yellow' })
  light!: Light | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['performance.record'] })
  allowedActs!: string[];
}

class PerformanceCountsResponse {
  @Shows('未履行完', { example: 6 })
  open!: number;

  @Shows('已逾期', { example: 1 })
  overdue!: number;

  @Shows('七日内到期', { example: 2 })
  soon!: number;

  @Shows('已登记违约', { example: 1 })
  breached!: number;
}

export class PerformanceListResponse {
  @Shows('履行事项', { type: [ListedPerformanceResponse] })
  items!: ListedPerformanceResponse[];

  @Shows('下一页的翻页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;

  @Shows('各范围的件数', { type: PerformanceCountsResponse })
  counts!: PerformanceCountsResponse;
}
