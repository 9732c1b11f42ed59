/** Whether a sealed paper has its long-term copy. */
export const LONG_TERM_STATES = { attached: '已附', waiting: '待取', none: '不制作' } as const;
type LongTermState = keyof typeof LONG_TERM_STATES;

const HOUR = 3_600_000;
/** 2 o'clock in Beijing. */
const NIGHT_UTC_HOUR = 18;

/** The night after an instant. */
export function nightAfter(instant: Date): Date {
  const night = new Date(instant);
  night.setUTCHours(NIGHT_UTC_HOUR, 0, 0, 0);
  return night > instant ? night : new Date(night.getTime() + 24 * HOUR);
}

/** When to try again: after 1, 2, 4 … hours, at last once a day. */
export const retryAfter = (now: Date, attempts: number): Date =>
  new Date(now.getTime() + Math.min(24, 2 ** Math.min(attempts - 1, 5)) * HOUR);

/** What the work list says of a sealed paper; null when it stands on none, for its seal carries no timestamp. */
export interface LongTermWork {
  readonly problem: string | null;
  readonly collectedAt: Date | null;
}

/** How a sealed paper stands with its long-term copy, in words for staff; null for a paper without seal. */
export function longTermView(
  isSealed: boolean,
  work: LongTermWork | null,
): { state: LongTermState; text: string; attachedAt: string | null } | null {
  if (!isSealed) return null;
  if (work === null) return { state: 'none', text: '盖章时没有取得时间戳，不制作长期保存版', attachedAt: null };
  const { problem, collectedAt } = work;
  if (collectedAt !== null)
    return { state: 'attached', text: '长期验证资料已附', attachedAt: collectedAt.toISOString() };
  const why = problem === null ? '夜间自动办理' : `${problem}；系统会自动再试`;
  return { state: 'waiting', text: `长期验证资料待取（${why}）`, attachedAt: null };
}
