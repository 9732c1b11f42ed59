import '../policies';
import { Body, Controller, Get, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe, PageQuery } from '../../../platform/http';
import { KeepNotices } from '../application/keep-notices';
import { KeepOfficeHours } from '../application/keep-office-hours';
import { ReadRecomputations } from '../application/read-recomputations';
import { ConfirmNoticeRequest, DiscardNoticeRequest, LoadYearRequest, SetOfficeHoursRequest } from './calendar.request';
import {
  CalendarYearResponse,
  CalendarYearsResponse,
  HolidayNoticeActResponse,
  OfficeHoursActResponse,
  OfficeHoursListResponse,
  RecomputationPageResponse,
  RecomputedPageResponse,
} from './calendar.response';

@ApiTags('工作日历')
@Controller()
export class CalendarsController {
  constructor(
    private readonly notices: KeepNotices,
    private readonly hours: KeepOfficeHours,
    private readonly recomputations: ReadRecomputations,
  ) {}

  @Get('calendars/years')
  @Act('calendars.list-years', { description: '各年放假安排是否已启用；缺哪一年，有多少期限因此为暂定。' })
  @ApiOkResponse({ type: CalendarYearsResponse })
  async years(): Promise<CalendarYearsResponse> {
    return this.notices.years();
  }

  @Get('calendars/years/:year')
  @Act('calendars.read-year', { description: '逐日列出工作日、休息日、放假和调休上班，以及该年放假安排的全部版本。' })
  @ApiOkResponse({ type: CalendarYearResponse })
  async year(@Param('year', ParseIntPipe) year: number): Promise<CalendarYearResponse> {
    return this.notices.year(year);
  }

  @Post('calendars/years')
  @Act('calendars.load-year', {
    description: '载入后为待复核，由另一人对照通知原文复核后启用。',
    problems: ['calendars.draft-waits', 'calendars.package-lacks-year', 'calendars.file'],
  })
  @ApiCreatedResponse({ type: HolidayNoticeActResponse })
  async load(@Body() body: LoadYearRequest): Promise<HolidayNoticeActResponse> {
    return this.notices.load(body);
  }

  @Post('calendar-notices/:id/confirm')
  @Act('calendars.confirm-notice', {
    description: '启用后，受影响的在办期限自动重新计算并留有记录。载入人本人不能复核。',
    problems: ['calendars.own-notice', 'calendars.reviewed-already'],
  })
  @ApiCreatedResponse({ type: HolidayNoticeActResponse })
  async confirm(
    @Param('id', IdPipe) id: string,
    @Body() { note }: ConfirmNoticeRequest,
  ): Promise<HolidayNoticeActResponse> {
    return this.notices.confirm(id, note);
  }

  @Post('calendar-notices/:id/discard')
  @Act('calendars.discard-notice', { problems: ['calendars.reviewed-already'] })
  @ApiCreatedResponse({ type: HolidayNoticeActResponse })
  async discard(
    @Param('id', IdPipe) id: string,
    @Body() { note }: DiscardNoticeRequest,
  ): Promise<HolidayNoticeActResponse> {
    return this.notices.discard(id, note);
  }

  @Get('calendars/recomputations')
  @Act('calendars.list-recomputations', { description: '每次因放假安排或办公时间变动而重新计算期限的情况。' })
  @ApiOkResponse({ type: RecomputationPageResponse })
  async listRecomputations(@Query() query: PageQuery): Promise<RecomputationPageResponse> {
    return this.recomputations.list(query);
  }

  @Get('calendars/recomputations/:id')
  @Act('calendars.read-recomputation', { description: '只列出您有权查看的事项的期限。' })
  @ApiOkResponse({ type: RecomputedPageResponse })
  async readRecomputation(@Param('id', IdPipe) id: string, @Query() query: PageQuery): Promise<RecomputedPageResponse> {
    return this.recomputations.read(id, query);
  }

  @Get('centers/:id/office-hours')
  @Act('calendars.read-office-hours', { description: '现行的、将要执行的和以前的办公时间、延时和周末服务时间。' })
  @ApiOkResponse({ type: OfficeHoursListResponse })
  async listHours(@Param('id', IdPipe) id: string): Promise<OfficeHoursListResponse> {
    return this.hours.list(id);
  }

  @Post('centers/:id/office-hours')
  @Act('calendars.set-office-hours', {
    description: '自某日起执行；按办公时间计算的在办期限随之重新计算。服务时间不影响期限。',
    problems: ['calendars.hours-in-the-past', 'office-hours.span', 'office-hours.season'],
  })
  @ApiCreatedResponse({ type: OfficeHoursActResponse })
  async setHours(
    @Param('id', IdPipe) id: string,
    @Body() body: SetOfficeHoursRequest,
  ): Promise<OfficeHoursActResponse> {
    return this.hours.set(id, body);
  }
}
