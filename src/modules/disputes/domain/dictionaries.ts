/** 来源渠道. */
export const CHANNELS = {
  visit: '来访',
  phone: '来电',
  hotline: '12345热线',
  grid: '网格上报',
  department: '部门移送',
  'court-entrusted': '法院委派',
  'court-appointed': '法院委托',
  police: '公安移送',
  petition: '信访转办',
  online: '网上提交',
  proactive: '主动排查',
} as const;
