import type { DeadlineRule, DeadlineUnit } from '../../../kernel';
import {
  DUE_KINDS,
  type DueKind,
  SUMMONS_KINDS,
  type SummonsKind,
  SUMMONS_LEVELS,
  type SummonsLevel,
} from './dictionaries';

interface Term {
  readonly kind: SummonsKind;
  /** Levels it is for; all when absent. */
  readonly levels?: readonly SummonsLevel[];
  readonly due: DueKind;
  readonly term: number;
  readonly unit: DeadlineUnit;
}

/**
 * Presets of the four clocks, counted from the issue of the whistle. A center's own rules replace rows here.
 * Terms of days end when the office closes (CC art. 203 para. 2). The 24 hours for the first contact run in working
 * time like the other clocks, which makes them one working day. Thirty minutes on the clock hold for emergencies only.
 */
export const SUMMONS_TERMS: readonly Term[] = [
  { kind: 'progress', due: 'sign', term: 60, unit: 'working-minute' },
  { kind: 'progress', due: 'contact', term: 1, unit: 'working-day' },
  { kind: 'progress', due: 'arrive', term: 3, unit: 'working-day' },
  { kind: 'progress', levels: ['regular'], due: 'feedback', term: 5, unit: 'working-day' },
  { kind: 'progress', levels: ['key'], due: 'feedback', term: 7, unit: 'working-day' },
  { kind: 'progress', levels: ['hard'], due: 'feedback', term: 10, unit: 'working-day' },
  { kind: 'assault', due: 'sign', term: 60, unit: 'working-minute' },
  { kind: 'assault', due: 'contact', term: 1, unit: 'working-day' },
  { kind: 'assault', due: 'arrive', term: 5, unit: 'working-day' },
  { kind: 'assault', levels: ['regular', 'key'], due: 'feedback', term: 7, unit: 'working-day' },
  { kind: 'assault', levels: ['hard'], due: 'feedback', term: 10, unit: 'working-day' },
  { kind: 'emergency', due: 'sign', term: 30, unit: 'real-minute' },
  { kind: 'emergency', due: 'contact', term: 30, unit: 'real-minute' },
  { kind: 'emergency', due: 'arrive', term: 30, unit: 'real-minute' },
  { kind: 'emergency', due: 'feedback', term: 24, unit: 'real-hour' },
];

/** Feedback that was sent back is due again this long after, whatever the kind. */
const RESUBMISSION: Pick<Term, 'term' | 'unit'> = { term: 3, unit: 'working-day' };

/** A signed whistle may be objected to for this long after its issue. */
export const OBJECTION_WINDOW: DeadlineRule = {
  id: 'summons.objection',
  term: 240,
  unit: 'working-minute',
  rollToWorkingDay: false,
  article: '吹哨报到时限（异议）',
};

/** An unsigned one for this long (信访工作条例 art. 23: objection within five working days, with reasons). */
export const OBJECTION_HARD_STOP: DeadlineRule = {
  id: 'summons.objection-hard-stop',
  term: 5,
  unit: 'working-day',
  rollToWorkingDay: false,
  closesWithOffice: true,
  article: '《信访工作条例》第二十三条',
};

/**
 * The center rules on an objection within 24 hours: of working time like the 24 hours for the first contact, on the clock in an
 * emergency. Meanwhile the agency's clocks stand, so that an objection left lying would let it off.
 */
const RULINGS: Readonly<Record<SummonsKind, Pick<Term, 'term' | 'unit'>>> = {
  progress: { term: 1, unit: 'working-day' },
  assault: { term: 1, unit: 'working-day' },
  emergency: { term: 24, unit: 'real-hour' },
};

/** An agency may appeal against its score for this long after the rating, once. */
export const APPEAL_WINDOW: DeadlineRule = {
  id: 'summons.appeal',
  term: 5,
  unit: 'working-day',
  rollToWorkingDay: false,
  closesWithOffice: true,
  article: '吹哨报到考核（申诉）',
};

/** The center answers an appeal within this long. */
export const APPEAL_RULING: DeadlineRule = {
  id: 'summons.appeal-ruling',
  term: 5,
  unit: 'working-day',
  rollToWorkingDay: false,
  closesWithOffice: true,
  article: '吹哨报到考核（申诉答复）',
};

/** Days for which an agency still reads a whistle after its reply or the ruling for it. */
export const AGENCY_ACCESS_DAYS = 30;

/** Minutes for which a sign-in code on the screen of the room can be used. */
export const SIGN_IN_CODE_MINUTES = 10;

/** The rule of one clock. @throws RangeError when the presets have a gap. */
export function termOf(kind: SummonsKind, level: SummonsLevel, due: DueKind): DeadlineRule {
  const term = SUMMONS_TERMS.find((t) => t.kind === kind && t.due === due && (t.levels?.includes(level) ?? true));
  if (!term) throw new RangeError(`No term for ${kind}/${level}/${due}`);
  const name = due === 'feedback' ? `${SUMMONS_KINDS[kind]}·${SUMMONS_LEVELS[level]}` : SUMMONS_KINDS[kind];
  return rule(`summons.${kind}.${due}`, term, `吹哨报到时限（${name}·${DUE_KINDS[due]}）`);
}

/** The rule of the center's ruling on an objection. */
export function rulingTerm(kind: SummonsKind): DeadlineRule {
  return rule(`summons.${kind}.ruling`, RULINGS[kind], `吹哨报到时限（${SUMMONS_KINDS[kind]}·异议裁定）`);
}

/** The rule of a feedback that was sent back. */
export function resubmissionTerm(): DeadlineRule {
  return rule('summons.resubmission', RESUBMISSION, '吹哨报到时限（退回补办）');
}

function rule(id: string, { term, unit }: Pick<Term, 'term' | 'unit'>, article: string): DeadlineRule {
  const inDays = unit === 'working-day' || unit === 'natural-day';
  return { id, term, unit, rollToWorkingDay: false, ...(inDays ? { closesWithOffice: true } : {}), article };
}

/** The four terms of a whistle in words, e.g. 签收60分钟、联系1个工作日 …, for whoever is about to propose one. */
export function termsInWords(kind: SummonsKind, level: SummonsLevel): string {
  return (Object.keys(DUE_KINDS) as DueKind[])
    .map((due) => {
      const { term, unit } = termOf(kind, level, due);
      return `${DUE_KINDS[due]}${term}${UNIT_WORDS[unit]}`;
    })
    .join('、');
}

const UNIT_WORDS: Readonly<Record<DeadlineUnit, string>> = {
  'natural-day': '天',
  'working-day': '个工作日',
  'calendar-month': '个月',
  year: '年',
  'working-hour': '小时（办公时间）',
  'working-minute': '分钟（办公时间）',
  'real-hour': '小时',
  'real-minute': '分钟',
};
