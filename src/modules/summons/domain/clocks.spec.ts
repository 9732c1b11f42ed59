import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  parseOfficeHours,
  parseWorkingDayYear,
  RuleBook,
  type RuleVersion,
  unwrap,
  WorkingCalendar,
} from '../../../kernel';
import {
  type CenterOffice,
  type ClockedTask,
  dueKindsOf,
  type KeptDue,
  latenessOf,
  outlookOf,
  reckon,
  type ShownDue,
} from './clocks';
import { type DueKind, SUMMONS_KINDS, SUMMONS_LEVELS, type SummonsKind, type SummonsLevel } from './dictionaries';
import { termOf } from './terms';

const file = (year: number): string => join(__dirname, `../../../../migrations/data/working-days-${year}.json`);
const spans = [
  { from: '08:30', to: '12:00' },
  { from: '14:30', to: '17:30' },
];
const office: CenterOffice = {
  yellowPart: 3,
  calendar: new WorkingCalendar(
    [2025, 2026].map((year) => unwrap(parseWorkingDayYear(JSON.parse(readFileSync(file(year), 'utf8'))))),
  ),
  officeHours: unwrap(
    parseOfficeHours({
      version: 'test-1',
      seasons: [{ from: '01-01', week: { 1: spans, 2: spans, 3: spans, 4: spans, 5: spans }, otherDays: spans }],
    }),
  ),
};
const presets = JSON.parse(
  readFileSync(join(__dirname, '../../../../migrations/data/deadline-rules.json'), 'utf8'),
) as (Pick<RuleVersion, 'term' | 'unit' | 'rolls' | 'closes' | 'article'> & { id: string })[];
const rules = new RuleBook(
  presets.map(({ id, ...preset }) => ({
    ...preset,
    id: `preset:${id}`,
    ruleId: id,
    isOwn: false,
    version: 1,
    validFrom: '2000-01-01',
    inForceAt: new Date('2000-01-01T00:00:00+08:00'),
  })),
);
const at = (local: string): Date => new Date(`${local}+08:00`);
const task: ClockedTask = { kind: 'progress', level: 'regular', role: 'lead', attendanceRequired: true, meetAt: null };

describe('presets', () => {
  const kinds = Object.keys(SUMMONS_KINDS) as SummonsKind[];
  const levels = Object.keys(SUMMONS_LEVELS) as SummonsLevel[];
  const dues: readonly DueKind[] = ['sign', 'contact', 'arrive', 'feedback'];

  it('have a term for every clock of every kind and level, arrival never due after feedback', () => {
    for (const kind of kinds) {
      for (const level of levels) {
        const due = (d: DueKind): Date =>
          reckon({ ...task, kind, level }, d, at('2026-09-30T17:25'), office, rules).originalDueAt;
        for (const d of dues) expect(termOf(rules, kind, level, d, at('2026-09-30T17:25')).term).toBeGreaterThan(0);
        expect(due('sign') <= due('contact')).toBe(true);
        expect(due('contact') <= due('arrive')).toBe(true);
        expect(due('arrive') <= due('feedback')).toBe(true);
      }
    }
  });
});

describe('the four clocks', () => {
  it.each<[string, Partial<ClockedTask>, string, DueKind, string]>([
    // 60 minutes: 12:00–11:20 are 40, the noon break does not count, 20 from 14:30.
    ['over noon', {}, '2026-09-18T11:20', 'sign', '2026-09-18T14:50'],
    // Sunday 09-20 is worked (调休) though Saturday 09-19 is not: 10 minutes on Friday, 50 on Sunday from 08:30.
    ['into a working Sunday', {}, '2026-09-18T17:20', 'sign', '2026-09-20T09:20'],
    ['at night', {}, '2026-09-18T22:00', 'sign', '2026-09-20T09:30'],
    ['exactly at closing', {}, '2026-09-18T16:30', 'sign', '2026-09-18T17:30'],
    ['a working day for the contact', {}, '2026-09-18T09:00', 'contact', '2026-09-20T17:30'],
    // 5 working days after Thu 04-30: 05-06, 07, 08, 09 (working Saturday), 11.
    ['five days over Labour Day', { kind: 'assault' }, '2026-04-30T10:00', 'arrive', '2026-05-11T17:30'],
    // 10 working days after Fri 02-13: 14 (working Saturday), 24–27, 28 (working Saturday), 03-02–05.
    ['ten days over Spring Festival', { level: 'hard' }, '2026-02-13T10:00', 'feedback', '2026-03-05T17:30'],
    [
      'half an hour in an emergency, on the clock',
      { kind: 'emergency' },
      '2026-10-01T23:45',
      'arrive',
      '2026-10-02T00:15',
    ],
    ['a day in an emergency', { kind: 'emergency' }, '2026-10-01T23:45', 'feedback', '2026-10-02T23:45'],
  ])('run %s', (_, changes, start, kind, due) => {
    const reckoned = reckon({ ...task, ...changes }, kind, at(start), office, rules);
    expect(reckoned.originalDueAt).toEqual(at(due));
    expect(reckoned.currentDueAt).toEqual(at(due));
    expect(reckoned.calendarVersion).toBe('2025-1,2026-1;test-1');
    expect(reckoned.explanation.length).toBeGreaterThan(1);
  });

  it('take the agreed time for arrival, and fall back to the term when an objection has outlasted it', () => {
    const meeting = { ...task, meetAt: at('2026-10-09T09:30') };
    const start = at('2026-09-30T17:25');
    expect(reckon(meeting, 'arrive', start, office, rules)).toMatchObject({
      unit: 'agreed-time',
      budget: null,
      currentDueAt: at('2026-10-09T09:30'),
      explanation: ['吹哨单约定2026年10月9日9时30分到场，以约定时间为准。'],
    });
    const pause = (to: Date | null) => [{ from: at('2026-10-08T09:00'), to, reason: '部门提出异议' }];
    expect(reckon(meeting, 'arrive', start, office, rules, pause(null)).currentDueAt).toBeNull();
    expect(reckon(meeting, 'arrive', start, office, rules, pause(at('2026-10-08T16:00'))).currentDueAt).toEqual(
      meeting.meetAt,
    );
    // Ruled on 10-09 at 10:00, after the meeting: 10-08 is not counted, so 10-09, 10-10, 10-12.
    expect(reckon(meeting, 'arrive', start, office, rules, pause(at('2026-10-09T10:00')))).toMatchObject({
      unit: 'working-day',
      currentDueAt: at('2026-10-12T17:30'),
    });
  });

  it('are provisional beyond the last notice that is loaded', () => {
    const far = reckon(task, 'feedback', at('2026-12-30T10:00'), office, rules);
    expect(far.isProvisional).toBe(true);
    expect(far.explanation.at(-1)).toContain('2027年的放假安排尚未载入');
  });

  it('are four where attendance is required, three where not, one for who is only notified', () => {
    expect(dueKindsOf({ role: 'lead', attendanceRequired: true })).toEqual(['sign', 'contact', 'arrive', 'feedback']);
    expect(dueKindsOf({ role: 'assist', attendanceRequired: false })).toEqual(['sign', 'contact', 'feedback']);
    expect(dueKindsOf({ role: 'notify', attendanceRequired: true })).toEqual(['sign']);
  });
});

describe('lateness', () => {
  const due: KeptDue = {
    kind: 'sign',
    isEmergency: false,
    pauses: [],
    unit: 'working-minute',
    startsAt: at('2026-09-30T16:00'),
    currentDueAt: at('2026-09-30T17:00'),
    metAt: null,
    stoppedAt: null,
  };

  it.each<[string, number, string]>([
    ['2026-09-30T16:44', 0, 'none'],
    ['2026-09-30T16:46', 0, 'reminder'],
    ['2026-09-30T17:00', 0, 'urge'],
    ['2026-09-30T17:30', 30, 'urge'],
    // The holiday adds nothing.
    ['2026-10-05T12:00', 30, 'urge'],
    ['2026-10-08T16:59', 389, 'urge'],
    ['2026-10-08T17:00', 390, 'supervise'],
    ['2026-10-09T17:00', 780, 'interview'],
    // The working Saturday.
    ['2026-10-10T17:00', 1170, 'report'],
  ])('at %s: %i minutes, %s', (now, lateMinutes, step) => {
    expect(latenessOf(due, office, at(now))).toEqual({
      isLate: step !== 'none' && step !== 'reminder',
      lateMinutes,
      step,
    });
  });

  it('stays as it was when the clock was stopped, and is none while the clock stands', () => {
    const far = at('2026-12-01T10:00');
    expect(latenessOf({ ...due, metAt: at('2026-09-30T16:59') }, office, far)).toEqual({
      isLate: false,
      lateMinutes: 0,
      step: 'none',
    });
    expect(latenessOf({ ...due, metAt: at('2026-09-30T17:10') }, office, far)).toEqual({
      isLate: true,
      lateMinutes: 10,
      step: 'none',
    });
    expect(latenessOf({ ...due, stoppedAt: at('2026-09-30T16:10') }, office, far).isLate).toBe(false);
    expect(latenessOf({ ...due, currentDueAt: null }, office, far)).toEqual({
      isLate: false,
      lateMinutes: 0,
      step: 'none',
    });
  });

  it('runs on the clock for emergencies', () => {
    const emergency: KeptDue = {
      ...due,
      unit: 'real-minute',
      startsAt: at('2026-10-01T23:45'),
      currentDueAt: at('2026-10-02T00:15'),
    };
    expect(latenessOf(emergency, office, at('2026-10-02T01:00'))).toMatchObject({ isLate: true, lateMinutes: 45 });
  });
});

describe('how a clock looks', () => {
  // 60 minutes of office time from 11:20: due 14:50, the noon break between.
  const hour: ShownDue = {
    kind: 'sign',
    isEmergency: false,
    unit: 'working-minute',
    startsAt: at('2026-09-18T11:20'),
    originalDueAt: at('2026-09-18T14:50'),
    currentDueAt: at('2026-09-18T14:50'),
    pauses: [],
    metAt: null,
    stoppedAt: null,
  };

  it.each<[string, Partial<ShownDue>, string, object]>([
    ['half way', {}, '2026-09-18T11:50', { light: 'green', progress: 50, words: '还剩30分钟' }],
    // 20 minutes are left from noon to 14:30, however long the break.
    ['over the break', {}, '2026-09-18T13:00', { light: 'yellow', progress: 67, words: '还剩20分钟' }],
    ['late', {}, '2026-09-18T16:00', { light: 'red', progress: 100, words: '已超1小时10分' }],
    [
      'met in time',
      { metAt: at('2026-09-18T11:35') },
      '2026-09-20T09:00',
      { light: null, progress: 25, words: '按时完成' },
    ],
    [
      'met late',
      { metAt: at('2026-09-18T15:00') },
      '2026-09-20T09:00',
      { light: null, progress: 100, words: '超时10分钟完成' },
    ],
    [
      'standing since an objection',
      { currentDueAt: null, pauses: [{ from: '2026-09-18T11:35:00+08:00', to: null }] },
      '2026-09-20T09:00',
      { light: 'grey', progress: 25, words: '等待裁定，暂停计时' },
    ],
    [
      'ended without being met',
      { stoppedAt: at('2026-09-18T11:35') },
      '2026-09-20T09:00',
      { light: null, progress: 25, words: '不再计时' },
    ],
  ])('%s', (_, changes, now, outlook) => {
    expect(outlookOf({ ...hour, ...changes }, office, at(now))).toEqual(outlook);
  });
});
