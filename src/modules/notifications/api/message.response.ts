import { Shows } from '../../../platform/http';
import {
  DELIVERY_CHANNELS,
  DELIVERY_STATES,
  type DeliveryChannel,
  type DeliveryState,
  MESSAGE_CHOICES,
  type MessageChoice,
} from '../domain/deliveries';
import { MESSAGE_KINDS, type MessageKind, STAFF_KINDS } from '../domain/message-kinds';

const EXAMPLE_ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const EXAMPLE_AT = '2026-11-20T01:30:00.000Z';
const EXAMPLE_TEXT = '您反映的事项已由{中心}登记，编号{编号}。';

class SentMessageResponse {
  @Shows('消息标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('类别名称', { example: '登记' })
  kindName!: string;

  @Shows('通道', { values: DELIVERY_CHANNELS, example: 'sms' })
  channel!: DeliveryChannel;

  @Shows('通道名称', { example: '短信' })
  channelName!: string;

  @Shows('收件人', { example: '申请方（第1位）' })
  recipientName!: string;

  @Shows('号码或地址，中间隐去；发到群的为空', { type: String, nullable: true, example: '138****5678' })
  addressMasked!: string | null;

  @Shows('状态', { values: DELIVERY_STATES, example: 'logged' })
  state!: DeliveryState;

  @Shows('状态名称', { example: '记录，未发出' })
  stateName!: string;

  @Shows('为什么没有发出、为什么等待，或上次失败的原因', { type: String, nullable: true, example: '通道没有启用' })
  note!: string | null;

  @Shows('已试次数', { example: 0 })
  attempts!: number;

  @Shows('产生时间', { example: EXAMPLE_AT })
  createdAt!: string;

  @Shows('最早发出时间', { example: EXAMPLE_AT })
  notBefore!: string;

  @Shows('了结时间', { type: String, nullable: true, example: EXAMPLE_AT })
  settledAt!: string | null;

  @Shows('重新发送的原因', { type: String, nullable: true, example: null })
  resentReason!: string | null;
}

export class DeliveryResponse extends SentMessageResponse {
  @Shows('内容；您看不到该事项时为空', { type: String, nullable: true, example: '您反映的事项已登记。' })
  text!: string | null;

  @Shows('事项标识；您看不到该事项时为空', { type: String, nullable: true, example: EXAMPLE_ID })
  disputeId!: string | null;

  @Shows('事项编号；您看不到该事项时为空', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  number!: string | null;

  @Shows('现在可以办理的动作', { type: String, isArray: true, example: [] })
  allowedActs!: readonly string[];
}

export class DeliveryPageResponse {
  @Shows('最新的在前', { type: DeliveryResponse, isArray: true })
  items!: readonly DeliveryResponse[];

  @Shows('下一页的翻页标记；没有下一页时为空', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class DeliveryStandingResponse {
  @Shows('消息标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('状态', { values: DELIVERY_STATES, example: 'queued' })
  state!: DeliveryState;

  @Shows('状态名称', { example: '待发出' })
  stateName!: string;
}

export class TrialResponse extends DeliveryStandingResponse {
  @Shows('失败的原因', { type: String, nullable: true, example: null })
  error!: string | null;

  @Shows('内容', { example: '这是综治中心调解系统的试发消息。' })
  text!: string;
}

export class MessageChannelResponse {
  @Shows('通道', { values: DELIVERY_CHANNELS, example: 'sms' })
  channel!: DeliveryChannel;

  @Shows('通道名称', { example: '短信' })
  channelName!: string;

  @Shows('是否已启用', { example: false })
  isOn!: boolean;

  @Shows('对方主机', { type: String, nullable: true, example: null })
  host!: string | null;

  @Shows('是否发到群', { example: false })
  isForGroup!: boolean;

  @Shows('近三十日产生、待发出的条数', { example: 0 })
  waiting!: number;

  @Shows('近三十日发送失败的条数', { example: 0 })
  failed!: number;

  @Shows('最近一次发出', { type: String, nullable: true, example: null })
  lastSentAt!: string | null;
}

export class MessageChannelsResponse {
  @Shows('各通道', { type: MessageChannelResponse, isArray: true })
  items!: readonly MessageChannelResponse[];

  @Shows('现在可以办理的动作', { type: String, isArray: true, example: ['messages.try-channel'] })
  allowedActs!: readonly string[];
}

export class MessagePlaceholderResponse {
  @Shows('填空', { example: '编号' })
  name!: string;

  @Shows('填什么', { example: '案号，没有的为登记编号' })
  hint!: string;
}

export class MessageTemplateVersionResponse {
  @Shows('版本；0 为随系统提供的', { example: 0 })
  version!: number;

  @Shows('内容', { example: EXAMPLE_TEXT })
  text!: string;

  @Shows('是否发送', { example: true })
  isEnabled!: boolean;

  @Shows('修改说明', { example: '随系统提供' })
  note!: string;

  @Shows('启用人', { type: String, nullable: true, example: null })
  madeByName!: string | null;

  @Shows('启用时间', { type: String, nullable: true, example: null })
  madeAt!: string | null;
}

class MessageReadingResponse {
  @Shows('按样例读出的内容', { example: '您反映的事项已由新城区综治中心登记。' })
  preview!: string;

  @Shows('按样例的字数', { example: 18 })
  characters!: number;

  @Shows('按样例的短信条数：七十字以内一条，超过的每条六十七字', { example: 1 })
  segments!: number;
}

export class MessagePreviewResponse extends MessageReadingResponse {
  @Shows('不能启用的原因', { type: String, isArray: true, example: [] })
  faults!: readonly string[];
}

export class MessageTemplateResponse extends MessageReadingResponse {
  @Shows('类别', { values: MESSAGE_KINDS, example: 'party-registered' })
  kind!: MessageKind;

  @Shows('类别名称', { example: '登记' })
  kindName!: string;

  @Shows('是否发给当事人；否则发给工作人员', { example: true })
  isForParties!: boolean;

  @Shows('是否不受免打扰时段限制', { example: false })
  isUrgent!: boolean;

  @Shows('通道', { values: DELIVERY_CHANNELS, example: 'sms' })
  channel!: DeliveryChannel;

  @Shows('通道名称', { example: '短信' })
  channelName!: string;

  @Shows('现行内容', { example: EXAMPLE_TEXT })
  text!: string;

  @Shows('是否发送', { example: true })
  isEnabled!: boolean;

  @Shows('现行版本；0 为随系统提供的', { example: 0 })
  version!: number;

  @Shows('可用的填空', { type: MessagePlaceholderResponse, isArray: true })
  placeholders!: readonly MessagePlaceholderResponse[];

  @Shows('历次版本，最新的在前', { type: MessageTemplateVersionResponse, isArray: true })
  versions!: readonly MessageTemplateVersionResponse[];
}

export class MessageTemplatesResponse {
  @Shows('各类消息', { type: MessageTemplateResponse, isArray: true })
  items!: readonly MessageTemplateResponse[];
}

export class QuietHoursResponse {
  @Shows('开始', { example: '21:00' })
  from!: string;

  @Shows('结束', { example: '08:00' })
  to!: string;

  @Shows('版本号；没有改过的为 0', { example: 0 })
  version!: number;
}

export class OwnContactResponse {
  @Shows('手机号码', { type: String, nullable: true, example: '13800001111' })
  phone!: string | null;

  @Shows('电子邮箱', { type: String, nullable: true, example: 'wangmin@example.cn' })
  email!: string | null;

  @Shows('用短信接收的类别', { values: STAFF_KINDS, isArray: true, example: ['whistle'] })
  smsKinds!: readonly string[];

  @Shows('用邮件接收的类别', { values: STAFF_KINDS, isArray: true, example: ['whistle'] })
  emailKinds!: readonly string[];

  @Shows('版本号；还没有设过的为 0', { example: 0 })
  version!: number;
}

export class PartyReachResponse {
  @Shows('当事人标识', { example: EXAMPLE_ID })
  partyId!: string;

  @Shows('姓名或名称', { example: '王某' })
  name!: string;

  @Shows('联系电话，中间隐去', { type: String, nullable: true, example: '138****5678' })
  phoneMasked!: string | null;

  @Shows('是否接收短信；还没有问过的为空', { values: MESSAGE_CHOICES, nullable: true, example: null })
  choice!: MessageChoice | null;

  @Shows('何时表示', { type: String, nullable: true, example: null })
  choiceAt!: string | null;

  @Shows('能不能发短信', { example: false })
  canBeTold!: boolean;

  @Shows('能不能发短信，为什么', { example: '没有征得本人同意接收消息' })
  reachWords!: string;
}

export class MatterMessageResponse extends SentMessageResponse {
  @Shows('内容', { example: '您反映的事项已登记。' })
  text!: string;
}

export class MatterMessagesResponse {
  @Shows('各当事人能不能收到消息', { type: PartyReachResponse, isArray: true })
  parties!: readonly PartyReachResponse[];

  @Shows('发过的消息，最新的在前，最多 200 条', { type: MatterMessageResponse, isArray: true })
  items!: readonly MatterMessageResponse[];

  @Shows('现在可以办理的动作', { type: String, isArray: true, example: ['messages.record-choice'] })
  allowedActs!: readonly string[];
}

export class MessageChoiceResponse {
  @Shows('记录标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('当事人标识', { example: EXAMPLE_ID })
  partyId!: string;

  @Shows('是否接收短信', { values: MESSAGE_CHOICES, example: 'agreed' })
  answer!: MessageChoice;
}
