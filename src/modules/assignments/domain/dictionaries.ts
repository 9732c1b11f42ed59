/** 在案身份. */
export const CAPACITIES = { host: '调解主持人', 'co-mediator': '参与调解的调解员', recorder: '记录人' } as const;
export type Capacity = keyof typeof CAPACITIES;

/** 产生方式 (People’s Mediation Law art. 19). */
export const CHOSEN_BY = { parties: '当事人选择', committee: '调委会指定' } as const;
export type ChosenBy = keyof typeof CHOSEN_BY;

/** 披露的关系. */
export const DISCLOSURE_KINDS = {
  none: '无需披露的情形',
  kinship: '与当事人或代理人有亲属关系',
  'same-employer': '与当事人同单位',
  acquaintance: '与当事人熟识',
  interest: '与本纠纷有利害关系',
  'earlier-role': '曾任本纠纷的证人、鉴定人、代理人等',
  other: '其他可能影响公正的关系',
} as const;
export type DisclosureKind = keyof typeof DISCLOSURE_KINDS;

/** Role under which a capacity acts on the matter. */
export const ROLE_OF_CAPACITY = { host: 'mediator', 'co-mediator': 'mediator', recorder: 'recorder' } as const;
