import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DisputesModule } from '../disputes';
import { PartiesModule } from '../parties';
import { MessagesController } from './api/messages.controller';
import { NotificationsController } from './api/notifications.controller';
import { KeepQuietHours } from './application/keep-quiet-hours';
import { MessageLog } from './application/message-log';
import { MessageTemplates } from './application/message-templates';
import { OutChannels } from './application/out-channels';
import { OwnContacts } from './application/own-contacts';
import { PartyAddresses } from './application/party-addresses';
import { QueueMessages } from './application/queue-messages';
import { ReadNotifications } from './application/read-notifications';
import { RecordChoice } from './application/record-choice';
import { RingBell } from './application/ring-bell';
import { SendMessages } from './application/send-messages';
import { TryChannel } from './application/try-channel';
import {
  MessageChoice,
  MessageContact,
  MessageDelivery,
  MessageQuietHours,
  MessageTemplate,
} from './persistence/message.entity';
import { Notification } from './persistence/notification.entity';

/** The bell: what the acts of others mean for each person; and messages that go beyond it. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      Notification,
      MessageTemplate,
      MessageQuietHours,
      MessageContact,
      MessageChoice,
      MessageDelivery,
    ]),
    DisputesModule,
    PartiesModule,
  ],
  controllers: [NotificationsController, MessagesController],
  providers: [
    RingBell,
    ReadNotifications,
    OutChannels,
    OwnContacts,
    PartyAddresses,
    MessageTemplates,
    KeepQuietHours,
    QueueMessages,
    SendMessages,
    TryChannel,
    MessageLog,
    RecordChoice,
  ],
})
export class NotificationsModule {}
