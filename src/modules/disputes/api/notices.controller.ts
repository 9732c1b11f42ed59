import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { OneTimeNotices } from '../application/one-time-notices';
import { ReadCourse } from '../application/read-course';
import { GiveNoticeRequest, SignNoticeRequest } from './course.request';
import { NoticeResponse } from './course.response';
import { ListNoticesQueryRequest } from './list.request';
import { NoticeListResponse } from './list.response';

@ApiTags('一次性告知')
@Controller()
export class NoticesController {
  constructor(
    private readonly notices: OneTimeNotices,
    private readonly readCourse: ReadCourse,
  ) {}

  @Post('disputes/:id/one-time-notices')
  @Act('disputes.give-notice', {
    description: '一次列明全部所需材料和补正期限，当场说明。',
    problems: ['disputes.wrong-state', 'disputes.notice-open', 'disputes.notice-due-in-past'],
  })
  @ApiCreatedResponse({ type: NoticeResponse })
  async give(@Param('id', IdPipe) id: string, @Body() body: GiveNoticeRequest): Promise<NoticeResponse> {
    return this.notices.give(id, body);
  }

  @Post('disputes/:id/one-time-notices/:noticeId/receipt')
  @HttpCode(200)
  @Act('disputes.sign-notice', {
    description: '登记签收人。',
    problems: ['disputes.notice-signed'],
  })
  @ApiOkResponse({ type: NoticeResponse })
  async sign(
    @Param('id', IdPipe) id: string,
    @Param('noticeId', IdPipe) noticeId: string,
    @Body() body: SignNoticeRequest,
  ): Promise<NoticeResponse> {
    return this.notices.sign(id, noticeId, body);
  }

  @Post('disputes/:id/one-time-notices/:noticeId/supplement')
  @HttpCode(200)
  @Act('disputes.settle-notice', {
    description: '登记所列材料已经补齐。',
    problems: ['disputes.notice-settled'],
  })
  @ApiOkResponse({ type: NoticeResponse })
  async supplement(
    @Param('id', IdPipe) id: string,
    @Param('noticeId', IdPipe) noticeId: string,
  ): Promise<NoticeResponse> {
    return this.notices.supplement(id, noticeId);
  }

  @Get('one-time-notices')
  @Act('disputes.list-notices', {
    description: '检查是否一次性告知全部材料、是否书面记录、是否签收。',
  })
  @ApiOkResponse({ type: NoticeListResponse })
  async list(@Query() query: ListNoticesQueryRequest): Promise<NoticeListResponse> {
    return this.readCourse.notices(query);
  }
}
