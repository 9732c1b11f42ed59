import { Shows } from '../../../platform/http';
import {
  END_GROUNDS,
  type EndGround,
  STEP_STATES,
  type StepState,
  WAITING_KINDS,
  type WaitingKind,
} from '../domain/dictionaries';

const EXAMPLE_ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:30:00.000Z';

export class SlipResponse {
  @Shows('联系单标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('持单人', { example: EXAMPLE_ID })
  partyId!: string;

  @Shows('持单人姓名', { example: '李建国' })
  partyName!: string;

  @Shows('出单人', { example: '王敏' })
  issuedByName!: string;

  @Shows('出单时间', { example: AT })
  issuedAt!: string;

  @Shows('首次查询时间', { type: String, nullable: true, example: AT })
  openedAt!: string | null;

  @Shows('停用或重新出单的时间', { type: String, nullable: true, example: null })
  endedAt!: string | null;

  @Shows('失效原因', { type: String, nullable: true, values: END_GROUNDS, example: null })
  endGround!: EndGround | null;

  @Shows('停用理由', { type: String, nullable: true, example: null })
  endReason!: string | null;

  @Shows('现在能否查询', { example: true })
  isLive!: boolean;

  @Shows('状态名称', { example: '有效' })
  stateName!: string;

  @Shows('版本', { example: 1 })
  version!: number;
}

export class SlipsResponse {
  @Shows('联系单，新的在前', { type: [SlipResponse] })
  items!: SlipResponse[];
}

class ServiceRatingResponse {
  @Shows('评分，1至5', { example: 5 })
  score!: number;

  @Shows('评分名称', { example: '很满意' })
  scoreName!: string;

  @Shows('想说的话', { type: String, nullable: true, example: '说话耐心，办得快。' })
  words!: string | null;
}

export class RatingsResponse {
  @Shows('评价数', { example: 1 })
  count!: number;

  @Shows('平均分', { type: Number, nullable: true, example: 5 })
  average!: number | null;

  @Shows('评价，不显示评价人和时间', { type: [ServiceRatingResponse] })
  items!: ServiceRatingResponse[];
}

export class OpenedSessionResponse {
  @Shows('查询凭证，只显示这一次，以 Authorization: Link 发送', { example: 'q2w3e4r5t6y7u8i9o0p1a2s3d4f5g6h7' })
  token!: string;

  @Shows('不使用时的失效时间', { example: AT })
  expiresAt!: string;
}

class StepResponse {
  @Shows('环节', { example: '调解' })
  title!: string;

  @Shows('进度', { values: STEP_STATES, example: 'now' })
  state!: StepState;

  @Shows('进度名称', { example: '正在办理' })
  stateName!: string;

  @Shows('说明', { type: String, nullable: true, example: null })
  note!: string | null;
}

class OwnCenterResponse {
  @Shows('综治中心', { example: '新城区综治中心' })
  name!: string;

  @Shows('电话', { type: String, nullable: true, example: '0471-6600001' })
  phone!: string | null;

  @Shows('地址', { type: String, nullable: true, example: '海拉尔东路1号' })
  address!: string | null;

  @Shows('办公和服务时间', { type: String, isArray: true, example: ['星期一至星期五 08:30—12:00，14:30—17:30'] })
  hours!: string[];
}

class OwnSessionResponse {
  @Shows('开始时间', { example: AT })
  startsAt!: string;

  @Shows('结束时间', { example: AT })
  endsAt!: string;

  @Shows('地点', { example: '一楼调解室' })
  place!: string;

  @Shows('方式', { example: '现场' })
  modeName!: string;

  @Shows('请带上', { type: String, isArray: true, example: ['本人身份证'] })
  bring!: string[];
}

class OwnMaterialResponse {
  @Shows('材料', { example: '亲属关系证明' })
  name!: string;

  @Shows('要求', { type: String, nullable: true, example: '原件1份' })
  note!: string | null;
}

class OwnWaitingResponse {
  @Shows('等您办的事', { values: WAITING_KINDS, example: 'consent' })
  kind!: WaitingKind;

  @Shows('名称', { example: '表明是否同意调解' })
  kindName!: string;

  @Shows('说明', { example: '请表明您是否同意调解。同意不同意由您自己决定。' })
  text!: string;

  @Shows('对应的告知单等；没有的为空', { type: String, nullable: true, example: null })
  id!: string | null;

  @Shows('在这里办理的操作；在别处办理的为空', { type: String, nullable: true, example: 'portal.answer-consent' })
  act!: string | null;
}

class OwnObligationResponse {
  @Shows('内容', { example: '支付租金' })
  content!: string;

  @Shows('金额（分）', { type: Number, nullable: true, example: 120000 })
  amountFen!: number | null;

  @Shows('已履行（分）', { example: 0 })
  performedFen!: number;

  @Shows('期限', { example: '2026-12-20' })
  dueOn!: string;

  @Shows('是否由您履行；否则是对方向您履行', { example: true })
  isOwn!: boolean;

  @Shows('是否已履行', { example: false })
  isPerformed!: boolean;

  @Shows('登记了履行，收的一方还没有确认', { example: false })
  isUnconfirmed!: boolean;

  @Shows('是否已过期限', { example: false })
  isOverdue!: boolean;
}

class OwnPaperResponse {
  @Shows('文书标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('名称', { example: '人民调解协议书' })
  title!: string;

  @Shows('编号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  number!: string | null;

  @Shows('页数', { example: 3 })
  pageCount!: number;

  @Shows('大小（字节）', { example: 122000 })
  sizeBytes!: number;

  @Shows('查验码', { example: 'K3QM8V0T11ZA' })
  verificationCode!: string;

  @Shows('替代、补充、更正它的文书，和它所替代、补充、更正的文书', {
    type: String,
    isArray: true,
    example: ['由新城人调字〔2026〕12号之二《人民调解补充协议书》补充'],
  })
  related!: string[];
}

class ScoreResponse {
  @Shows('评分', { example: 5 })
  score!: number;

  @Shows('评分名称', { example: '很满意' })
  name!: string;
}

export class OwnOutcomeResponse {
  @Shows('是否解决', { example: true })
  isSolved!: boolean;

  @Shows('是否履行', { optional: true, example: true })
  isPerformed?: boolean;

  @Shows('原话', { optional: true, example: '已经不吵了，谢谢。' })
  words?: string;

  @Shows('答复时间', { example: AT })
  saidAt!: string;

  @Shows('再说一次', { type: OwnWaitingResponse })
  again!: OwnWaitingResponse;
}

export class OwnMatterResponse {
  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('事项', { example: '手机租赁纠纷' })
  title!: string;

  @Shows('持单人', { example: '李建国' })
  holderName!: string;

  @Shows('登记时间', { example: AT })
  registeredAt!: string;

  @Shows('办理环节', { type: [StepResponse] })
  steps!: StepResponse[];

  @Shows('接下来', { example: '调解员会联系您了解情况，并约定调解的时间和地点。' })
  nextStep!: string;

  @Shows('受理中心', { type: OwnCenterResponse })
  center!: OwnCenterResponse;

  @Shows('首问责任人', { example: '王敏' })
  firstResponderName!: string;

  @Shows('调解员', { type: String, isArray: true, example: ['刘调解'] })
  mediatorNames!: string[];

  @Shows('请您参加的调解', { type: [OwnSessionResponse] })
  sessions!: OwnSessionResponse[];

  @Shows('还要补交的材料', { type: [OwnMaterialResponse] })
  materials!: OwnMaterialResponse[];

  @Shows('材料补齐日期', { type: String, nullable: true, example: null })
  materialsDueOn!: string | null;

  @Shows('等您办的事', { type: [OwnWaitingResponse] })
  waiting!: OwnWaitingResponse[];

  @Shows('权利义务告知的内容；已签收的为空', { type: String, isArray: true, example: ['人民调解不收取任何费用。'] })
  rightsNotice!: readonly string[];

  @Shows('不同意调解时可以走的途径', { type: String, isArray: true, example: ['诉讼'] })
  refusalRoutes!: string[];

  @Shows('协议约定的履行事项', { type: [OwnObligationResponse] })
  obligations!: OwnObligationResponse[];

  @Shows('本人的文书', { type: [OwnPaperResponse] })
  papers!: OwnPaperResponse[];

  @Shows('本人最近一次说的结果', { type: OwnOutcomeResponse, nullable: true })
  said!: OwnOutcomeResponse | null;

  @Shows('是否评价过', { example: false })
  hasRated!: boolean;

  @Shows('能否评价', { example: false })
  canRate!: boolean;

  @Shows('可选的评分；现在不能评价的为空', { type: [ScoreResponse] })
  scores!: ScoreResponse[];

  @Shows('今天', { example: '2026-11-20' })
  today!: string;

  @Shows('现在能办的操作', { type: String, isArray: true, example: ['portal.answer-consent'] })
  allowedActs!: string[];
}

export class EndedSessionResponse {
  @Shows('已结束', { example: true })
  ended!: true;
}
