import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NotificationsController } from './api/notifications.controller';
import { ReadNotifications } from './application/read-notifications';
import { RingBell } from './application/ring-bell';
import { Notification } from './persistence/notification.entity';

/** The bell: what the acts of others mean for each person. */
@Module({
  imports: [TypeOrmModule.forFeature([Notification])],
  controllers: [NotificationsController],
  providers: [RingBell, ReadNotifications],
})
export class NotificationsModule {}
