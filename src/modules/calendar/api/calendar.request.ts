import { Day, ListOf, OneOf, OneOfList, Text, Whole } from '../../../platform/http';
import { LOADABLE_ORIGINS, type LoadableOrigin, WEEKDAYS, type WeekdayKey } from '../domain/dictionaries';

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const clock = (label: string, example: string, optional = false) =>
  ({ label, max: 5, pattern: TIME, patternHint: `${label}请按“08:30”填写`, example, optional }) as const;

const NEW_YEAR = { holiday: '元旦', from: '2027-01-01', to: '2027-01-03', makeUpWorkDays: [{ on: '2027-01-09' }] };

export class MakeUpDayRequest {
  @Day({ label: '上班日期', example: '2027-01-09' })
  on!: string;
}

export class HolidayLineRequest {
  @Text({ label: '节日', max: 30, example: '元旦' })
  holiday!: string;

  @Day({ label: '放假开始', example: '2027-01-01' })
  from!: string;

  @Day({ label: '放假结束', example: '2027-01-03' })
  to!: string;

  @ListOf(() => MakeUpDayRequest, {
    label: '调休上班日',
    max: 10,
    optional: true,
    example: NEW_YEAR.makeUpWorkDays,
    description: '通知写明上班的星期六、星期日',
  })
  makeUpWorkDays?: MakeUpDayRequest[];
}

export class LoadYearRequest {
  @Whole({ label: '年份', min: 2004, max: 2199, example: 2027 })
  year!: number;

  @Text({
    label: '通知名称和文号',
    max: 200,
    description: '照国务院办公厅通知原文填写',
    example: '国务院办公厅关于2027年部分节假日安排的通知',
  })
  source!: string;

  @Day({ label: '通知发布日期', example: '2026-11-05' })
  publishedOn!: string;

  @OneOf({ label: '载入方式', values: LOADABLE_ORIGINS })
  origin!: LoadableOrigin;

  @Text({
    label: '文件内容',
    max: 60_000,
    multiline: true,
    optional: true,
    description: '选择数据文件时填写，JSON 格式',
    example: '{"offDays":[{"on":"2027-01-01","holiday":"元旦"}],"makeUpWorkDays":[]}',
  })
  data?: string;

  @ListOf(() => HolidayLineRequest, {
    label: '放假安排',
    max: 20,
    optional: true,
    description: '逐项填写时填写，一个节日一项',
    example: [NEW_YEAR],
  })
  holidays?: HolidayLineRequest[];
}

export class ConfirmNoticeRequest {
  @Text({ label: '复核意见', max: 500, multiline: true, optional: true, example: '已与通知原文逐日核对，一致。' })
  note?: string;
}

export class DiscardNoticeRequest {
  @Text({ label: '不予采用的理由', max: 500, multiline: true, example: '与通知原文不一致：国庆节少一天。' })
  note!: string;
}

export class SeasonRequest {
  @Text({
    label: '起始月日',
    max: 5,
    pattern: /^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
    patternHint: '起始月日请按“05-01”填写',
    description: '每年从这一天起执行；全年一样的填 01-01',
    example: '01-01',
  })
  from!: string;

  @OneOfList({
    label: '上班的星期',
    values: { '1': WEEKDAYS['1'], '2': WEEKDAYS['2'], '3': WEEKDAYS['3'], '4': WEEKDAYS['4'], '5': WEEKDAYS['5'] },
    min: 1,
    example: ['1', '2', '3', '4', '5'],
  })
  weekdays!: WeekdayKey[];

  @Text(clock('上午开始', '08:30'))
  morningFrom!: string;

  @Text(clock('上午结束', '12:00'))
  morningTo!: string;

  @Text(clock('下午开始', '14:30', true))
  afternoonFrom?: string;

  @Text(clock('下午结束', '17:30', true))
  afternoonTo?: string;
}

export class ServiceTimeRequest {
  @OneOfList({ label: '服务的星期', values: WEEKDAYS, min: 1, example: ['6', '7'] })
  weekdays!: WeekdayKey[];

  @Text(clock('服务开始', '09:00'))
  from!: string;

  @Text(clock('服务结束', '12:00'))
  to!: string;

  @Text({ label: '说明', max: 100, description: '告知群众的话', example: '周末值班，可以登记和咨询' })
  note!: string;
}

export class SetOfficeHoursRequest {
  @Day({ label: '执行日期', example: '2026-12-01', description: '今天或以后' })
  validFrom!: string;

  @ListOf(() => SeasonRequest, {
    label: '办公时间',
    min: 1,
    max: 4,
    description: '冬季、夏季时间不同的，分开填写',
    example: [
      {
        from: '01-01',
        weekdays: ['1', '2', '3', '4', '5'],
        morningFrom: '08:30',
        morningTo: '12:00',
        afternoonFrom: '14:30',
        afternoonTo: '17:30',
      },
    ],
  })
  seasons!: SeasonRequest[];

  @ListOf(() => ServiceTimeRequest, {
    label: '延时和周末服务',
    max: 10,
    optional: true,
    description: '告知群众何时有人；不计入办理期限',
    example: [{ weekdays: ['6', '7'], from: '09:00', to: '12:00', note: '周末值班，可以登记和咨询' }],
  })
  service?: ServiceTimeRequest[];

  @Text({ label: '调整原因', max: 200, example: '执行冬季作息时间' })
  note!: string;
}
