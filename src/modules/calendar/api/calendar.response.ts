import { Shows } from '../../../platform/http';
import { NOTICE_ORIGINS, NOTICE_STATES, RECKONED_DEADLINES } from '../domain/dictionaries';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-05T02:30:00.000Z';

export class CalendarYearEntryResponse {
  @Shows('年份', { example: 2026 })
  year!: number;

  @Shows('放假安排是否已启用', { example: true })
  isPublished!: boolean;

  @Shows('是否有待复核的放假安排', { example: false })
  hasDraft!: boolean;

  @Shows('启用的版本', { type: String, nullable: true, example: '2026-1' })
  version!: string | null;

  @Shows('通知名称和文号', { type: String, nullable: true, example: '国务院办公厅关于2026年部分节假日安排的通知' })
  source!: string | null;
}

export class CalendarYearsResponse {
  @Shows('各年，从后到前', { type: CalendarYearEntryResponse, isArray: true })
  items!: CalendarYearEntryResponse[];

  @Shows('今年和明年中还没有启用放假安排的', { type: Number, isArray: true, example: [2027] })
  missingYears!: number[];

  @Shows('全部中心因此暂定的在办期限数', { example: 12 })
  provisionalCount!: number;

  @Shows('系统所带的节假日数据包', { example: 'chinese-days 1.5.7' })
  packageNote!: string;

  @Shows('数据包所载的最后一年', { example: 2026 })
  packageYear!: number;

  @Shows('能否载入', { example: false })
  mayLoad!: boolean;
}

export class CalendarDayResponse {
  @Shows('日期', { example: '2026-02-14' })
  on!: string;

  @Shows('星期，1 至 7', { example: 6 })
  weekday!: number;

  @Shows('工作日、休息日、放假、调休上班', {
    values: { weekday: '工作日', weekend: '休息日', holiday: '放假', 'make-up': '调休上班' },
    example: 'make-up',
  })
  kind!: string;

  @Shows('节日名称', { type: String, nullable: true, example: '春节' })
  holiday!: string | null;

  @Shows('是否暂定：有关年份的放假安排尚未启用', { example: false })
  isProvisional!: boolean;
}

export class HolidayNoticeDayResponse {
  @Shows('日期', { example: '2026-02-14' })
  on!: string;

  @Shows('节日名称', { example: '春节' })
  holiday!: string;
}

export class HolidayNoticeResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('年份', { example: 2026 })
  year!: number;

  @Shows('版本', { example: '2026-1' })
  version!: string;

  @Shows('通知名称和文号', { example: '国务院办公厅关于2026年部分节假日安排的通知' })
  source!: string;

  @Shows('通知发布日期', { example: '2025-11-04' })
  publishedOn!: string;

  @Shows('来源', { values: NOTICE_ORIGINS, example: 'package' })
  origin!: string;

  @Shows('数据包名称和版本', { type: String, nullable: true, example: 'chinese-days 1.5.7' })
  originNote!: string | null;

  @Shows('状态', { values: NOTICE_STATES, example: 'in-force' })
  state!: string;

  @Shows('放假的日子', { type: HolidayNoticeDayResponse, isArray: true })
  offDays!: readonly HolidayNoticeDayResponse[];

  @Shows('调休上班的日子', { type: HolidayNoticeDayResponse, isArray: true })
  makeUpWorkDays!: readonly HolidayNoticeDayResponse[];

  @Shows('待复核时：启用后逐日的样子', { type: CalendarDayResponse, isArray: true })
  days!: CalendarDayResponse[];

  @Shows('载入人', { example: '系统管理员甲' })
  loadedByName!: string;

  @Shows('载入时间', { example: AT })
  loadedAt!: string;

  @Shows('复核人', { type: String, nullable: true, example: '中心主任' })
  reviewedByName!: string | null;

  @Shows('复核时间', { type: String, nullable: true, example: AT })
  reviewedAt!: string | null;

  @Shows('复核意见', { type: String, nullable: true, example: '已与通知原文逐日核对，一致。' })
  reviewNote!: string | null;

  @Shows('被替代或者不予采用的时间', { type: String, nullable: true, example: null })
  endedAt!: string | null;

  @Shows('您现在可以办的', { type: String, isArray: true, example: ['calendars.confirm-notice'] })
  allowedActs!: string[];
}

export class CalendarYearResponse {
  @Shows('年份', { example: 2026 })
  year!: number;

  @Shows('放假安排是否已启用', { example: true })
  isPublished!: boolean;

  @Shows('逐日', { type: CalendarDayResponse, isArray: true })
  days!: CalendarDayResponse[];

  @Shows('放假安排的全部版本，后载入的在前', { type: HolidayNoticeResponse, isArray: true })
  notices!: HolidayNoticeResponse[];
}

export class HolidayNoticeActResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('年份', { example: 2027 })
  year!: number;

  @Shows('版本', { example: '2027-1' })
  version!: string;

  @Shows('状态', { values: NOTICE_STATES, example: 'draft' })
  state!: string;

  @Shows('状态名称', { example: '待复核' })
  stateName!: string;
}

export class TimeSpanResponse {
  @Shows('从', { example: '08:30' })
  from!: string;

  @Shows('到', { example: '12:00' })
  to!: string;
}

export class SeasonResponse {
  @Shows('每年从这一天起', { example: '01-01' })
  from!: string;

  @Shows('上班的星期', { type: String, isArray: true, example: ['1', '2'] })
  weekdayKeys!: readonly string[];

  @Shows('上班的星期，文字', { type: String, isArray: true, example: ['星期一', '星期二'] })
  weekdays!: string[];

  @Shows('办公时段，中间为午休', { type: TimeSpanResponse, isArray: true })
  spans!: TimeSpanResponse[];
}

export class ServiceTimeResponse {
  @Shows('服务的星期', { type: String, isArray: true, example: ['6', '7'] })
  weekdayKeys!: readonly string[];

  @Shows('服务的星期，文字', { type: String, isArray: true, example: ['星期六', '星期日'] })
  weekdays!: string[];

  @Shows('从', { example: '09:00' })
  from!: string;

  @Shows('到', { example: '12:00' })
  to!: string;

  @Shows('说明', { example: '周末值班，可以登记和咨询' })
  note!: string;
}

export class OfficeHoursResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('是否本中心自定；否则为通用的', { example: true })
  isOwn!: boolean;

  @Shows('版本', { example: 'office-1' })
  version!: string;

  @Shows('执行日期', { example: '2026-12-01' })
  validFrom!: string;

  @Shows('是否现行', { example: true })
  isInForce!: boolean;

  @Shows('是否将要执行', { example: false })
  isFuture!: boolean;

  @Shows('各季节', { type: SeasonResponse, isArray: true })
  seasons!: SeasonResponse[];

  @Shows('延时和周末服务', { type: ServiceTimeResponse, isArray: true })
  service!: ServiceTimeResponse[];

  @Shows('调整原因', { type: String, nullable: true, example: '执行冬季作息时间' })
  note!: string | null;

  @Shows('设置人', { example: '系统管理员甲' })
  madeByName!: string;

  @Shows('设置时间', { example: AT })
  madeAt!: string;
}

export class OfficeHoursListResponse {
  @Shows('本中心的在前，后执行的在前', { type: OfficeHoursResponse, isArray: true })
  items!: OfficeHoursResponse[];

  @Shows('您现在可以办的', { type: String, isArray: true, example: ['calendars.set-office-hours'] })
  allowedActs!: string[];
}

export class OfficeHoursActResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('版本', { example: 'office-1' })
  version!: string;

  @Shows('执行日期', { example: '2026-12-01' })
  validFrom!: string;
}

export class RecomputationResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('原因', { example: '2027年放假安排启用' })
  reason!: string;

  @Shows('开始时间', { example: AT })
  begunAt!: string;

  @Shows('完成时间', { type: String, nullable: true, example: AT })
  finishedAt!: string | null;

  @Shows('核对的期限数', { example: 120 })
  looked!: number;

  @Shows('日期有变动的', { example: 3 })
  moved!: number;

  @Shows('日期不变、由暂定转为确定的', { example: 9 })
  confirmed!: number;
}

export class RecomputationPageResponse {
  @Shows('各次，后发生的在前', { type: RecomputationResponse, isArray: true })
  items!: RecomputationResponse[];

  @Shows('下一页的翻页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class RecomputedDeadlineResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('时间', { example: AT })
  at!: string;

  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('案号，没有的为登记编号', { type: String, nullable: true, example: '新城综治登字〔2026〕12号' })
  number!: string | null;

  @Shows('期限种类', { values: RECKONED_DEADLINES, example: 'mediation-period' })
  kind!: string;

  @Shows('期限种类名称', { example: '调解期限' })
  kindName!: string;

  @Shows('原来的截止时间；暂停的为空', { type: String, nullable: true, example: AT })
  before!: string | null;

  @Shows('现在的截止时间；暂停的为空', { type: String, nullable: true, example: AT })
  after!: string | null;

  @Shows('原来是否暂定', { example: true })
  wasProvisional!: boolean;

  @Shows('现在是否暂定', { example: false })
  isProvisional!: boolean;

  @Shows('所依据的日历版本', { example: '2025-1,2026-1,2027-1' })
  calendarVersion!: string;
}

export class RecomputedPageResponse {
  @Shows('各期限，后计算的在前', { type: RecomputedDeadlineResponse, isArray: true })
  items!: RecomputedDeadlineResponse[];

  @Shows('下一页的翻页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}
