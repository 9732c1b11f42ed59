import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act, WithoutEffect } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { KeepQuietHours } from '../application/keep-quiet-hours';
import { MessageLog } from '../application/message-log';
import { MessageTemplates } from '../application/message-templates';
import { OwnContacts } from '../application/own-contacts';
import { RecordChoice } from '../application/record-choice';
import { TryChannel } from '../application/try-channel';
import {
  KeepContactRequest,
  ListDeliveriesQueryRequest,
  PreviewMessageTemplateRequest,
  PutMessageTemplateRequest,
  RecordChoiceRequest,
  ResendMessageRequest,
  SetQuietHoursRequest,
  TryChannelRequest,
} from './message.request';
import {
  MessageChannelsResponse,
  DeliveryPageResponse,
  DeliveryStandingResponse,
  MatterMessagesResponse,
  MessageChoiceResponse,
  MessageTemplateResponse,
  MessageTemplatesResponse,
  OwnContactResponse,
  QuietHoursResponse,
  MessagePreviewResponse,
  TrialResponse,
} from './message.response';

@ApiTags('对外消息')
@Controller()
export class MessagesController {
  constructor(
    private readonly log: MessageLog,
    private readonly templates: MessageTemplates,
    private readonly quietHours: KeepQuietHours,
    private readonly channels: TryChannel,
    private readonly choices: RecordChoice,
    private readonly contacts: OwnContacts,
  ) {}

  @Get('messages/channels')
  @Act('messages.list-channels', { description: '短信、邮件、企业微信群和钉钉群是否启用，运行是否正常。' })
  @ApiOkResponse({ type: MessageChannelsResponse })
  async listChannels(): Promise<MessageChannelsResponse> {
    return this.channels.list();
  }

  @Post('messages/trials')
  @Act('messages.try-channel', {
    description: '短信和邮件发到本人登记的号码和邮箱，群消息发到群里；没有启用的只记录。',
    problems: ['messages.no-own-contact'],
  })
  @ApiCreatedResponse({ type: TrialResponse })
  async tryChannel(@Body() { channel }: TryChannelRequest): Promise<TrialResponse> {
    return this.channels.execute(channel);
  }

  @Get('messages/deliveries')
  @Act('messages.list-deliveries', {
    description: '本中心事项的消息，号码隐去中间；系统管理员只看发送情况，看不到内容和事项。',
    problems: ['malformed-cursor'],
  })
  @ApiOkResponse({ type: DeliveryPageResponse })
  async list(@Query() query: ListDeliveriesQueryRequest): Promise<DeliveryPageResponse> {
    return this.log.list(query);
  }

  @Post('messages/deliveries/:id/resend')
  @HttpCode(200)
  @Act('messages.resend', { description: '只对发送失败的。', problems: ['messages.not-failed'] })
  @ApiOkResponse({ type: DeliveryStandingResponse })
  async resend(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ResendMessageRequest,
  ): Promise<DeliveryStandingResponse> {
    return this.log.resend(id, reason);
  }

  @Get('centers/:id/message-templates')
  @Act('messages.list-templates', { description: '各类消息的现行内容和历次版本。' })
  @ApiOkResponse({ type: MessageTemplatesResponse })
  async listTemplates(@Param('id', IdPipe) id: string): Promise<MessageTemplatesResponse> {
    return this.templates.list(id);
  }

  @Post('centers/:id/message-templates/preview')
  @HttpCode(200)
  @WithoutEffect()
  @Act('messages.preview-template', { description: '按样例读出，数出短信条数，指出填空的错误。' })
  @ApiOkResponse({ type: MessagePreviewResponse })
  async preview(
    @Param('id', IdPipe) id: string,
    @Body() body: PreviewMessageTemplateRequest,
  ): Promise<MessagePreviewResponse> {
    return this.templates.preview(id, body);
  }

  @Put('centers/:id/message-templates')
  @Act('messages.put-template', {
    description: '存为新版本并立即启用；恢复旧版本也是存为新版本。If-Match 填现行版本，随系统提供的为 "0"。',
    problems: ['messages.template-fault', 'messages.channel-of-kind', 'stale-version'],
  })
  @ApiOkResponse({ type: MessageTemplateResponse })
  async putTemplate(
    @Param('id', IdPipe) id: string,
    @Body() body: PutMessageTemplateRequest,
  ): Promise<MessageTemplateResponse> {
    return this.templates.put(id, body);
  }

  @Get('centers/:id/quiet-hours')
  @Act('messages.read-quiet-hours', { description: '免打扰时段内的消息等到结束后发出，紧急吹哨除外。' })
  @ApiOkResponse({ type: QuietHoursResponse })
  async readQuietHours(@Param('id', IdPipe) id: string): Promise<QuietHoursResponse> {
    return this.quietHours.read(id);
  }

  @Put('centers/:id/quiet-hours')
  @Act('messages.set-quiet-hours', {
    description: '对以后的消息起作用。没有改过时 If-Match 填 "0"。',
    problems: ['stale-version'],
  })
  @ApiOkResponse({ type: QuietHoursResponse })
  async setQuietHours(
    @Param('id', IdPipe) id: string,
    @Body() body: SetQuietHoursRequest,
  ): Promise<QuietHoursResponse> {
    return this.quietHours.set(id, body);
  }

  @Get('disputes/:id/messages')
  @Act('messages.list-of-matter', { description: '本事项发过哪些消息，各当事人能不能收到。' })
  @ApiOkResponse({ type: MatterMessagesResponse })
  async ofMatter(@Param('id', IdPipe) id: string): Promise<MatterMessagesResponse> {
    return this.log.ofMatter(id);
  }

  @Post('disputes/:id/message-choices')
  @Act('messages.record-choice', {
    description: '没有登记同意的当事人不发短信；以最近一次为准。',
    problems: ['messages.no-such-party'],
  })
  @ApiCreatedResponse({ type: MessageChoiceResponse })
  async recordChoice(
    @Param('id', IdPipe) id: string,
    @Body() body: RecordChoiceRequest,
  ): Promise<MessageChoiceResponse> {
    return this.choices.execute(id, body);
  }

  @Get('notifications/contact')
  @Act('notifications.read-contact', { description: '本人的手机号码、邮箱和要接收的类别。' })
  @ApiOkResponse({ type: OwnContactResponse })
  async readContact(): Promise<OwnContactResponse> {
    return this.contacts.read();
  }

  @Put('notifications/contact')
  @Act('notifications.keep-contact', {
    description: '整份替换；没有填的号码或邮箱不再接收。首次设置时 If-Match 填 "0"。',
    problems: ['notifications.landline', 'stale-version'],
  })
  @ApiOkResponse({ type: OwnContactResponse })
  async keepContact(@Body() body: KeepContactRequest): Promise<OwnContactResponse> {
    return this.contacts.keep(body);
  }
}
