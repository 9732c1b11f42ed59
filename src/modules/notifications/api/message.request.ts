import { Flag, OneOf, OneOfList, PageQuery, Text, Uuid } from '../../../platform/http';
import {
  DELIVERY_CHANNELS,
  DELIVERY_STATES,
  type DeliveryChannel,
  type DeliveryState,
  MESSAGE_CHOICES,
  type MessageChoice,
} from '../domain/deliveries';
import { MESSAGE_KINDS, type MessageKind, STAFF_KINDS } from '../domain/message-kinds';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export class ListDeliveriesQueryRequest extends PageQuery {
  @OneOf({ label: '状态', values: DELIVERY_STATES, optional: true })
  state?: DeliveryState;

  @OneOf({ label: '通道', values: DELIVERY_CHANNELS, optional: true })
  channel?: DeliveryChannel;

  @Uuid({ label: '事项', optional: true })
  disputeId?: string;
}

export class TryChannelRequest {
  @OneOf({ label: '通道', values: DELIVERY_CHANNELS, example: 'sms' })
  channel!: DeliveryChannel;
}

export class ResendMessageRequest {
  @Text({ label: '重新发送的原因', max: 200, example: '短信网关已恢复。' })
  reason!: string;
}

class TemplateTextRequest {
  @OneOf({ label: '类别', values: MESSAGE_KINDS, example: 'party-registered' })
  kind!: MessageKind;

  @OneOf({ label: '通道', values: DELIVERY_CHANNELS, example: 'sms' })
  channel!: DeliveryChannel;

  @Text({ label: '内容', max: 500, multiline: true, example: '您反映的事项已由{中心}登记，编号{编号}。' })
  text!: string;
}

export class PreviewMessageTemplateRequest extends TemplateTextRequest {}

export class PutMessageTemplateRequest extends TemplateTextRequest {
  @Flag({ label: '发送这种消息', example: true })
  isEnabled!: boolean;

  @Text({ label: '修改说明', max: 200, example: '按市里统一口径修改。' })
  note!: string;
}

export class SetQuietHoursRequest {
  @Text({ label: '开始', max: 5, pattern: TIME, patternHint: '开始应为时刻，例如 21:00', example: '21:00' })
  from!: string;

  @Text({
    label: '结束',
    max: 5,
    pattern: TIME,
    patternHint: '结束应为时刻，例如 08:00',
    example: '08:00',
    description: '和开始相同，表示不设免打扰时段',
  })
  to!: string;
}

export class KeepContactRequest {
  @Text({ label: '手机号码', max: 30, optional: true, example: '13800001111', description: '不填的不发短信' })
  phone?: string;

  @Text({
    label: '电子邮箱',
    max: 100,
    optional: true,
    pattern: /^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:"]+$/,
    patternHint: '电子邮箱应为完整的地址，例如 name@example.cn',
    example: 'wangmin@example.cn',
    description: '不填的不发邮件',
  })
  email?: string;

  @OneOfList({ label: '用短信接收', values: STAFF_KINDS, optional: true, description: '紧急吹哨总是发送' })
  smsKinds?: string[];

  @OneOfList({ label: '用邮件接收', values: STAFF_KINDS, optional: true, description: '紧急吹哨总是发送' })
  emailKinds?: string[];
}

export class RecordChoiceRequest {
  @Uuid({ label: '当事人' })
  partyId!: string;

  @OneOf({ label: '是否接收短信', values: MESSAGE_CHOICES, example: 'agreed' })
  answer!: MessageChoice;

  @Text({ label: '说明', max: 200, optional: true, example: '当面询问，本人同意。' })
  note?: string;
}
