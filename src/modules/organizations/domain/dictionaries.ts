/** 区划层级, from the top down. */
export const UNIT_KINDS = {
  city: '市（盟）',
  district: '旗县区',
  street: '街道（苏木乡镇）',
  community: '社区（嘎查村）',
  grid: '网格',
} as const;
export type UnitKind = keyof typeof UNIT_KINDS;

/** 人民调解委员会类别. */
export const COMMITTEE_KINDS = {
  village: '村（嘎查）调委会',
  community: '社区调委会',
  street: '街道（苏木乡镇）调委会',
  enterprise: '企事业单位调委会',
  professional: '行业性专业性调委会',
  stationed: '派驻调解组织',
} as const;

/** 入驻方式. */
export const RESIDENCIES = { resident: '常驻', rotating: '轮驻', 'on-call': '随驻' } as const;

/** 窗口、部、中心、庭、调解室. */
export const SLOT_KINDS = { window: '窗口', department: '部', center: '中心', tribunal: '庭', room: '调解室' } as const;

/** ISO: 1 is Monday. */
export const WEEKDAYS = {
  1: '星期一',
  2: '星期二',
  3: '星期三',
  4: '星期四',
  5: '星期五',
  6: '星期六',
  7: '星期日',
} as const;

export const ENGAGEMENTS = { member: '委员', engaged: '聘任' } as const;
export const POSITIONS = { director: '主任', deputy: '副主任', mediator: '调解员' } as const;
export const SEXES = { male: '男', female: '女' } as const;
export const LIAISON_SLOTS = { A: 'A 岗', B: 'B 岗' } as const;

const ORDER = Object.keys(UNIT_KINDS);

/** A unit hangs under one of a higher level; the top level hangs under nothing. */
export function mayHangUnder(kind: UnitKind, parentKind: UnitKind | null): boolean {
  return parentKind === null ? ['city', 'district'].includes(kind) : ORDER.indexOf(parentKind) < ORDER.indexOf(kind);
}
