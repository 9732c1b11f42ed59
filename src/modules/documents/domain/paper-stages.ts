/** The part of a matter’s course to which a paper belongs, in the order of the course. */
export const PAPER_STAGES = {
  intake: '登记受理',
  parties: '当事人',
  mediation: '调解',
  agreement: '协议和履行',
  agencies: '部门协同',
  file: '结案归档',
} as const;
export type PaperStage = keyof typeof PAPER_STAGES;
