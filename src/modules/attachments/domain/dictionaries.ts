/** 证据和材料的种类 (the kinds of 民事诉讼法第六十六条, and the papers that a dossier keeps beside them). */
export const EVIDENCE_TYPES = {
  documentary: '书证',
  physical: '物证照片',
  'audio-visual': '视听资料',
  electronic: '电子数据',
  testimony: '证人证言',
  statement: '当事人陈述',
  appraisal: '鉴定意见',
  inspection: '勘验笔录',
  identity: '身份证明',
  authority: '授权委托书、监护关系证明',
  'signed-paper': '签收、签署的文书扫描件',
  other: '其他材料',
} as const;
export type EvidenceType = keyof typeof EVIDENCE_TYPES;

export const EVIDENCE_FORMS = {
  original: '原件（电子原件）',
  copy: '复印件',
  scan: '原件扫描',
  photo: '原物照片',
} as const;
export type EvidenceForm = keyof typeof EVIDENCE_FORMS;

/** Rings of visibility, from the widest; each includes the ones below. */
export const RINGS = { parties: '各方当事人可见', center: '中心内部可见', mediator: '仅本案调解员可见' } as const;
export type Ring = keyof typeof RINGS;
