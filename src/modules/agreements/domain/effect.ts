import { type LegalDate, type Light, daysBetween } from '../../../kernel';

/**
 * The instant at which a written agreement takes effect: when the last of the marks of all parties, mediators and recorder
 * and the committee's seal is on it (人民调解法第二十九条). Computed, never typed. Witnesses and interpreters never come after the
 * seal, so that their marks move nothing.
 */
export function effectiveInstant(marks: readonly Date[], sealedAt: Date): Date {
  return marks.reduce((latest, mark) => (mark > latest ? mark : latest), sealedAt);
}

/** 人民调解法第三十三条. The day itself follows from the rule of deadlines; this is what a warning is a part of. */
const CONFIRMATION_DAYS = 30;

/** Days left for the joint application, the last day counted as 0; negative when it is over. */
export function confirmationCountdown(
  dueOn: LegalDate,
  today: LegalDate,
  yellowPart: number,
): { daysLeft: number; light: Light } {
  const daysLeft = daysBetween(today, dueOn);
  const isNear = daysLeft <= CONFIRMATION_DAYS / yellowPart;
  return { daysLeft, light: daysLeft < 0 ? 'red' : isNear ? 'yellow' : 'green' };
}
