import { type DeadlineUnit, type RuleBook, type RuleInForce, termCn } from '../../../kernel';
import { DUE_KINDS, type DueKind, type SummonsKind, type SummonsLevel } from './dictionaries';

/** Windows and clocks besides the four of an agency, by the names of their rules. */
export const OBJECTION_WINDOW = 'summons.objection';
/** For an unsigned whistle (信访工作条例 art. 23: objection within five working days, with reasons). */
export const OBJECTION_HARD_STOP = 'summons.objection-hard-stop';
/** Feedback that was sent back is due again, whatever the kind. */
export const RESUBMISSION = 'summons.resubmission';
/** An agency may appeal against its score, once, and the center answers. */
export const APPEAL_WINDOW = 'summons.appeal';
export const APPEAL_RULING = 'summons.appeal-ruling';

/** Days for which an agency still reads a whistle after its reply or the ruling for it. */
export const AGENCY_ACCESS_DAYS = 30;

/** Minutes for which a sign-in code on the screen of the room can be used. */
export const SIGN_IN_CODE_MINUTES = 10;

/** The rule of one of the four clocks, counted from the issue of the whistle. */
export function termOf(
  rules: RuleBook,
  kind: SummonsKind,
  level: SummonsLevel,
  due: DueKind,
  startsAt: Date,
): RuleInForce {
  return rules.at(due === 'feedback' ? `summons.${kind}.feedback.${level}` : `summons.${kind}.${due}`, startsAt);
}

/**
 * The rule of the center's ruling on an objection. Meanwhile the agency's clocks stand, so that an objection left lying would
 * let it off.
 */
export function rulingTerm(rules: RuleBook, kind: SummonsKind, startsAt: Date): RuleInForce {
  return rules.at(`summons.${kind}.ruling`, startsAt);
}

/** The four terms of a whistle in words, e.g. 签收60分钟、联系1个工作日 …, for whoever is about to propose one. */
export function termsInWords(rules: RuleBook, kind: SummonsKind, level: SummonsLevel, now: Date): string {
  return (Object.keys(DUE_KINDS) as DueKind[])
    .map((due) => {
      const { term, unit } = termOf(rules, kind, level, due, now);
      return `${DUE_KINDS[due]}${wordsOf(term, unit)}`;
    })
    .join('、');
}

const wordsOf = (term: number, unit: DeadlineUnit): string =>
  unit === 'working-minute' ? `${term}分钟（办公时间）` : termCn(term, unit);
