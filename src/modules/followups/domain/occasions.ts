/** Why a visit is to be made; the order is that of a day's calls. */
export const OCCASIONS = {
  'after-due': '履行期限已到',
  'after-effect': '协议生效后',
  'after-closing': '办结后',
  agreed: '约定再次回访',
  random: '抽查',
} as const;
export type Occasion = keyof typeof OCCASIONS;

/** When it is to be made, as the plan says it beside each visit (domain: 回访时限，7 日为常用值). */
export const OCCASION_RULES: Readonly<Record<Occasion, string>> = {
  'after-due': '约定的履行期限届满的次日，问是否履行',
  'after-effect': '协议生效后7日内',
  'after-closing': '办结后7日内',
  agreed: '上次回访约定的日期',
  random: '办结后14日内，由没有办理、也没有回访过的人抽查',
};

/** From when on a visit is offered: nobody is asked about a payment before it is due. */
export const DAYS_AHEAD = 7;

/** Days before the due day on which its light turns yellow. */
const WARNING_DAYS = 2;

/** How a planned visit stands today. Days are whole days: the due day itself is still in time. */
export function lightOfVisit(daysLeft: number): 'red' | 'yellow' | 'green' {
  if (daysLeft < 0) return 'red';
  return daysLeft <= WARNING_DAYS ? 'yellow' : 'green';
}
