/** 纠纷类型 of the statutory table: the ministry's list of 2016 with what its later list adds (司发通〔2010〕239号 and follow-ups). */
export const NATIONAL_TYPES = {
  family: '婚姻家庭',
  neighbor: '邻里',
  housing: '房屋宅基地',
  contract: '合同',
  business: '生产经营',
  damage: '损害赔偿',
  land: '山林土地',
  expropriation: '征地拆迁',
  environment: '环境污染',
  'labor-arrears': '拖欠农民工工资',
  'labor-other': '其他劳动争议',
  tourism: '旅游',
  ecommerce: '电子商务',
  'consumer-other': '其他消费',
  medical: '医疗',
  traffic: '道路交通事故',
  property: '物业',
  other: '其他',
} as const;

/** 案件来源. */
export const NATIONAL_SOURCES = {
  proactive: '主动调解',
  applied: '依申请调解',
  court: '法院',
  procuratorate: '检察院',
  police: '公安',
  petition: '信访',
  'referred-other': '其他',
} as const;

/** 调解组织. */
export const NATIONAL_BODIES = {
  village: '村（居）委会',
  street: '乡镇（街道）',
  enterprise: '企事业单位',
  association: '社会团体和其他组织',
  professional: '行业性专业性',
  stationed: '派驻',
  other: '其他',
} as const;

/** What own keys are mapped to national ones, and which national ones there are. */
export const DIMENSIONS = { type: '纠纷类型', channel: '案件来源', body: '调解组织' } as const;
export type Dimension = keyof typeof DIMENSIONS;

export const TARGETS: Readonly<Record<Dimension, Readonly<Record<string, string>>>> = {
  type: NATIONAL_TYPES,
  channel: NATIONAL_SOURCES,
  body: NATIONAL_BODIES,
};

/** Where what is mapped nowhere is counted, so that the table foots. */
export const UNMAPPED: Readonly<Record<Dimension, string>> = {
  type: 'other',
  channel: 'referred-other',
  body: 'other',
};
