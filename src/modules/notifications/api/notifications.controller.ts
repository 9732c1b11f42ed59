import '../policies';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { ReadNotifications } from '../application/read-notifications';
import { ListNotificationsQueryRequest } from './notification.request';
import { MarkedResponse, NotificationListResponse, UnreadCountResponse } from './notification.response';

@ApiTags('消息')
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly notifications: ReadNotifications) {}

  @Get()
  @Act('notifications.list', { description: '本人的消息，最新的在前。', problems: ['malformed-cursor'] })
  @ApiOkResponse({ type: NotificationListResponse })
  async list(@Query() query: ListNotificationsQueryRequest): Promise<NotificationListResponse> {
    return this.notifications.list(query);
  }

  @Get('unread-count')
  @Act('notifications.count', { description: '本人未读消息的条数，用于角标。' })
  @ApiOkResponse({ type: UnreadCountResponse })
  async count(): Promise<UnreadCountResponse> {
    return this.notifications.count();
  }

  @Post('reading')
  @HttpCode(200)
  @Act('notifications.mark-all-read')
  @ApiOkResponse({ type: MarkedResponse })
  async markAllRead(): Promise<MarkedResponse> {
    return this.notifications.markAllRead();
  }

  @Post(':id/reading')
  @HttpCode(200)
  @Act('notifications.mark-read')
  @ApiOkResponse({ type: MarkedResponse })
  async markRead(@Param('id', IdPipe) id: string): Promise<MarkedResponse> {
    return this.notifications.markRead(id);
  }
}
