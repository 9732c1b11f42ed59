/** Where a text was found. */
export const FIELDS = {
  'registration-number': '登记编号',
  'case-number': '案号',
  'upstream-number': '来源编号',
  title: '事项名称',
  place: '发生地点',
  party: '当事人',
  representative: '代理人',
  phone: '电话',
  narrative: '纠纷简要情况',
  requests: '申请事项',
} as const;
export type Field = keyof typeof FIELDS;

/** White space, invisible characters, glyph variants, and every dot that is written inside names. */
const DROPPED =
  /(?:[\s\u00ad\u00b7\u0387\u1680\u2000-\u200f\u2022\u2027-\u202f\u205f-\u2064\u2219\u22c5\u25cf\u2e31\u3000\u30fb\ufeff]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}])+/gu;
/** A full stop typed for a middle dot. */
const DOT_IN_NAME = /(?<=[\u3400-\u9fff\u{20000}-\u{3ffff}])\.(?=[\u3400-\u9fff\u{20000}-\u{3ffff}])/gu;

/** The form in which texts are compared, the same as app.search_form in the database. */
export function searchForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[〔【[]/g, '(')
    .replace(/[〕】\]]/g, ')')
    .replace(DROPPED, '')
    .replace(DOT_IN_NAME, '');
}

/** The digits of what may be a telephone number or its end: at least four; null when it is something else. */
export function phoneDigits(form: string): string | null {
  const digits = form.replace(/[-+()]/g, '');
  return /^\d{4,15}$/.test(digits) ? digits : null;
}
