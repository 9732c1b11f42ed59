/** Where a text was found. */
export const FIELDS = {
  'registration-number': '登记编号',
  'case-number': '案号',
  'upstream-number': '来源编号',
  title: '事项名称',
  party: '当事人',
  phone: '电话',
  narrative: '纠纷简要情况',
  requests: '申请事项',
} as const;
export type Field = keyof typeof FIELDS;

/** The form in which texts are compared, the same as app.search_form in the database. */
export function searchForm(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');
}

/** The digits of what may be a telephone number or its end: at least four; null when it is something else. */
export function phoneDigits(form: string): string | null {
  const digits = form.replace(/[-+()（）]/g, '');
  return /^\d{4,15}$/.test(digits) ? digits : null;
}
