export const NOTICE_STATES = {
  draft: '待复核',
  'in-force': '已启用',
  superseded: '已被替代',
  discarded: '未采用',
} as const;
export type NoticeState = keyof typeof NOTICE_STATES;

/** Where the days of a notice came from. */
export const NOTICE_ORIGINS = {
  delivered: '系统预置',
  package: '节假日数据包',
  file: '数据文件',
  typed: '逐项填写',
} as const;
export type NoticeOrigin = keyof typeof NOTICE_ORIGINS;

/** The ways in which somebody may load a year. */
export const LOADABLE_ORIGINS = {
  typed: NOTICE_ORIGINS.typed,
  file: NOTICE_ORIGINS.file,
  package: NOTICE_ORIGINS.package,
} as const;
export type LoadableOrigin = keyof typeof LOADABLE_ORIGINS;

/** Deadlines that hang on working days, by the row that holds them. */
export const RECKONED_DEADLINES = {
  'mediation-period': '调解期限',
  'summons-due': '吹哨时限',
  'summons-objection': '吹哨异议期限',
  'summons-objection-hard-stop': '吹哨异议最后期限',
  'summons-appeal': '考核申诉期限',
  'summons-appeal-ruling': '申诉答复期限',
  'judicial-confirmation': '司法确认申请期限',
} as const;
export type ReckonedDeadline = keyof typeof RECKONED_DEADLINES;

export const WEEKDAYS = {
  '1': '星期一',
  '2': '星期二',
  '3': '星期三',
  '4': '星期四',
  '5': '星期五',
  '6': '星期六',
  '7': '星期日',
} as const;
export type WeekdayKey = keyof typeof WEEKDAYS;
