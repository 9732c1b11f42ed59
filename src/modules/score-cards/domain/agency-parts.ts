/** Parts of an agency's card by the code of their figure; `isOfTask`: counted per task of the agency itself. */
export const AGENCY_PARTS = {
  sign: { name: '签收及时', code: 8, isOfTask: true },
  contact: { name: '联系及时', code: 24, isOfTask: true },
  arrive: { name: '到场及时', code: 9, isOfTask: true },
  answer: { name: '反馈及时', code: 10, isOfTask: true },
  solved: { name: '当事人认为解决', code: 28, isOfTask: false },
  satisfied: { name: '当事人满意', code: 13, isOfTask: false },
} as const;
export type AgencyPart = keyof typeof AGENCY_PARTS;
export const AGENCY_PART_KEYS = Object.keys(AGENCY_PARTS) as readonly AgencyPart[];
export const AGENCY_PART_NAMES = Object.fromEntries(AGENCY_PART_KEYS.map((k) => [k, AGENCY_PARTS[k].name])) as Readonly<
  Record<AgencyPart, string>
>;
