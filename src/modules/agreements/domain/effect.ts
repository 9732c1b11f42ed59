import { type DeadlineRule, type LegalDate, type Light, daysBetween } from '../../../kernel';

/**
 * The instant at which a written agreement takes effect: when the last of the marks of all parties, mediators and recorder
 * and the committee's seal is on it (人民调解法第二十九条). Computed, never typed. Witnesses and interpreters never come after the
 * seal, so that their marks move nothing.
 */
export function effectiveInstant(marks: readonly Date[], sealedAt: Date): Date {
  return marks.reduce((latest, mark) => (mark > latest ? mark : latest), sealedAt);
}

/** 人民调解法第三十三条: thirty days from taking effect; the last day on a holiday moves on (民法典第二百零一条至第二百零三条). */
export const CONFIRMATION_RULE: DeadlineRule = {
  id: 'judicial-confirmation',
  term: 30,
  unit: 'natural-day',
  rollToWorkingDay: true,
  article: '《中华人民共和国人民调解法》第三十三条',
};

/** Days left for the joint application, the last day counted as 0; negative when it is over. */
export function confirmationCountdown(
  dueOn: LegalDate,
  today: LegalDate,
  yellowPart: number,
): { daysLeft: number; light: Light } {
  const daysLeft = daysBetween(today, dueOn);
  const isNear = daysLeft <= CONFIRMATION_RULE.term / yellowPart;
  return { daysLeft, light: daysLeft < 0 ? 'red' : isNear ? 'yellow' : 'green' };
}
