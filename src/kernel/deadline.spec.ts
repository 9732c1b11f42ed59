import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { computeDeadline, type Deadline, type DeadlineInput, type DeadlineRule, isOverdue } from './deadline';
import { addDays, addMonths, daysBetween, endOfDay, legalDate, type LegalDate } from './legal-date';
import { unwrap } from './parse-result';
import { parseWorkingDayYear, rollForward, WorkingCalendar, workingDaysBetween } from './working-calendar';
import { parseOfficeHours } from './working-time';

const years = [2025, 2026].map((year) =>
  unwrap(
    parseWorkingDayYear(
      JSON.parse(readFileSync(join(__dirname, `../../migrations/data/working-days-${year}.json`), 'utf8')),
    ),
  ),
);
const calendar = new WorkingCalendar(years);
const spans = [
  { from: '08:30', to: '12:00' },
  { from: '14:00', to: '17:30' },
];
const officeHours = unwrap(
  parseOfficeHours({ version: 'test-1', seasons: [{ from: '01-01', week: { 6: [], 7: [] }, otherDays: spans }] }),
);
const everyWorkedDay = unwrap(
  parseOfficeHours({ version: 'test-2', seasons: [{ from: '01-01', week: {}, otherDays: spans }] }),
);

const confirmation: DeadlineRule = {
  id: 'judicial-confirmation',
  term: 30,
  unit: 'natural-day',
  rollToWorkingDay: true,
  article: '《中华人民共和国人民调解法》第三十三条',
};
const mediation: DeadlineRule = {
  id: 'mediation',
  term: 1,
  unit: 'calendar-month',
  rollToWorkingDay: true,
  article: '《人民调解工作若干规定》第三十三条',
};
const response: DeadlineRule = {
  id: 'court-assignment-response',
  term: 3,
  unit: 'working-day',
  rollToWorkingDay: true,
  article: '《人民法院在线调解规则》第十二条',
};

const d = legalDate;
const at = (text: string): Date => new Date(`${text}+08:00`);
function compute(rule: DeadlineRule, start: string, more: Partial<DeadlineInput> = {}): Deadline {
  return computeDeadline({ rule, start: d(start), calendar, ...more });
}

describe('a term of days', () => {
  it.each([
    ['2026-01-16', '2026-02-24'],
    ['2026-01-15', '2026-02-14'],
    ['2026-09-05', '2026-10-08'],
    ['2026-09-10', '2026-10-10'],
  ])('30 days from %s end on %s', (start, end) => {
    const deadline = compute(confirmation, start);
    expect(deadline.currentDue).toEqual({ on: end, endsAt: endOfDay(d(end)) });
    expect(deadline.originalDue).toEqual(deadline.currentDue);
    expect(deadline.isProvisional).toBe(false);
  });

  it.each([
    ['2026-02-13', 3, '2026-02-25'],
    ['2026-09-30', 5, '2026-10-13'],
    ['2026-04-30', 5, '2026-05-11'],
  ])('from %s %i working days end on %s', (start, term, end) => {
    expect(compute({ ...response, term }, start).currentDue?.on).toBe(end);
  });

  it('ends at 24:00 of the last day, not a moment earlier or later (CC art. 203)', () => {
    const deadline = compute(confirmation, '2026-01-15');
    expect(isOverdue(deadline, at('2026-02-14T23:59:59.999'))).toBe(false);
    expect(isOverdue(deadline, at('2026-02-15T00:00:00.000'))).toBe(true);
  });

  it('takes the civil day of an instant, late in the evening too', () => {
    const deadline = computeDeadline({ rule: confirmation, start: at('2026-01-15T23:59:59'), calendar });
    expect(deadline.currentDue?.on).toBe('2026-02-14');
  });

  it('ends at closing where the office has hours', () => {
    const rule = { ...confirmation, closesWithOffice: true };
    const deadline = compute(rule, '2026-01-16', { officeHours });
    expect(deadline.currentDue).toEqual({ on: '2026-02-24', endsAt: at('2026-02-24T17:30') });
    expect(deadline.explanation.at(-1)).toBe(
      '截止时间为2026年2月24日17时30分（办公结束时间，民法典第二百零三条第二款）。',
    );
    expect(compute(rule, '2026-01-15', { officeHours: everyWorkedDay }).currentDue?.endsAt).toEqual(
      at('2026-02-14T17:30'),
    );
  });

  it('stays on a day off where the rule does not roll', () => {
    expect(compute({ ...confirmation, rollToWorkingDay: false }, '2026-01-16').currentDue?.on).toBe('2026-02-15');
  });
});

describe('a term of months and years', () => {
  it.each([
    // Saturday, but worked: no roll.
    ['2026-01-31', '2026-02-28'],
    ['2026-01-28', '2026-02-28'],
    ['2026-03-31', '2026-04-30'],
    ['2026-01-15', '2026-02-24'],
    ['2026-09-01', '2026-10-08'],
  ])('one month from %s ends on %s (CC art. 202)', (start, end) => {
    expect(compute(mediation, start).currentDue?.on).toBe(end);
  });

  it('two years to apply for enforcement', () => {
    const rule: DeadlineRule = { ...mediation, id: 'enforcement', term: 2, unit: 'year' };
    // 2026-02-28 is a worked Saturday.
    expect(compute(rule, '2024-02-29').currentDue?.on).toBe('2026-02-28');
    expect(compute(rule, '2024-10-03').currentDue?.on).toBe('2026-10-08');
  });
});

describe('pauses', () => {
  const pause = (from: string, to: string | null, reason = '委托鉴定') => ({
    from: d(from),
    to: to === null ? null : d(to),
    reason,
  });
  const noRoll = { ...confirmation, rollToWorkingDay: false };

  it('move the end by the days not counted and leave the original alone', () => {
    const deadline = compute(confirmation, '2026-03-02', { pauses: [pause('2026-03-10', '2026-03-20')] });
    expect(deadline.originalDue.on).toBe('2026-04-01');
    // 2026-04-11 is a Saturday.
    expect(deadline.currentDue?.on).toBe('2026-04-13');
  });

  it('that begin with the term move the whole term', () => {
    expect(compute(noRoll, '2026-03-02', { pauses: [pause('2026-03-02', '2026-03-06')] }).currentDue?.on).toBe(
      '2026-04-05',
    );
  });

  it('that begin on the last day leave that day for later', () => {
    expect(compute(noRoll, '2026-03-02', { pauses: [pause('2026-04-01', '2026-04-10')] }).currentDue?.on).toBe(
      '2026-04-10',
    );
  });

  it('that begin after the last day change nothing, and the explanation says so', () => {
    const deadline = compute(noRoll, '2026-03-02', { pauses: [pause('2026-04-02', null)] });
    expect(deadline.currentDue?.on).toBe('2026-04-01');
    expect(deadline.explanation).toContain('因委托鉴定于2026年4月2日起的暂停发生在期限届满之后，不影响截止时间。');
  });

  it('count once where they overlap', () => {
    const pauses = [pause('2026-03-12', '2026-03-20'), pause('2026-03-10', '2026-03-15', '评估')];
    expect(compute(noRoll, '2026-03-02', { pauses }).currentDue?.on).toBe('2026-04-11');
  });

  it('skip working days for a term of working days', () => {
    const deadline = compute(response, '2026-03-02', { pauses: [pause('2026-03-03', '2026-03-09')] });
    expect(deadline.currentDue?.on).toBe('2026-03-11');
  });

  it('lengthen a month by their days', () => {
    const rule = { ...mediation, rollToWorkingDay: false };
    expect(compute(rule, '2026-01-31', { pauses: [pause('2026-02-10', '2026-02-13')] }).currentDue?.on).toBe(
      '2026-03-03',
    );
  });

  it('hold the end open while they last; a paused deadline is not overdue', () => {
    const deadline = compute(confirmation, '2026-03-02', { pauses: [pause('2026-03-10', null)] });
    expect(deadline.currentDue).toBeNull();
    expect(deadline.originalDue.on).toBe('2026-04-01');
    expect(isOverdue(deadline, at('2027-01-01T00:00'))).toBe(false);
    expect(deadline.explanation.at(-1)).toBe('因委托鉴定，自2026年3月10日起暂停计算，尚未恢复，截止时间待恢复后确定。');
  });

  it('keep a rolled last day from falling into them', () => {
    // The last day 10-05 rolls over the holiday to 10-08, which is paused until 10-20.
    const deadline = compute(confirmation, '2026-09-05', { pauses: [pause('2026-10-06', '2026-10-20')] });
    expect(deadline.currentDue?.on).toBe('2026-10-20');
  });

  it('refuse to end before they begin', () => {
    expect(() => compute(confirmation, '2026-03-02', { pauses: [pause('2026-03-10', '2026-03-09')] })).toThrow(
      RangeError,
    );
  });

  it('move the end of natural days by exactly their length', () => {
    const offset = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(offset, fc.integer({ min: 0, max: 90 }), (from, length) => {
        const start = d('2026-03-02');
        const first = addDays(start, from);
        const pauses = [{ from: first, to: addDays(first, length), reason: '鉴定' }];
        const deadline = computeDeadline({ rule: noRoll, start, pauses, calendar });
        expect(deadline.currentDue?.on).toBe(addDays(deadline.originalDue.on, length));
      }),
    );
  });
});

describe('extensions', () => {
  it('follow the last day so far', () => {
    const deadline = compute(mediation, '2026-03-02', {
      extensions: [{ term: 15, unit: 'natural-day', reason: '双方当事人同意' }],
    });
    expect(deadline.originalDue.on).toBe('2026-04-02');
    expect(deadline.currentDue?.on).toBe('2026-04-17');
  });

  it('follow the rolled day, which the law makes the last one', () => {
    const extensions = [{ term: 1, unit: 'calendar-month' as const, reason: '双方当事人同意' }];
    // One month from 01-15 ends in the Spring Festival, hence on 02-24.
    expect(compute(mediation, '2026-01-15', { extensions }).currentDue?.on).toBe('2026-03-24');
  });

  it('go up to an agreed day and add up', () => {
    const deadline = compute(mediation, '2026-03-02', {
      extensions: [
        { until: d('2026-04-20'), reason: '双方当事人同意' },
        { term: 2, unit: 'working-day', reason: '等待开庭' },
      ],
    });
    expect(deadline.currentDue?.on).toBe('2026-04-22');
  });

  it('never shorten', () => {
    const deadline = compute(mediation, '2026-03-02', { extensions: [{ until: d('2026-03-20'), reason: '约定' }] });
    expect(deadline.currentDue).toEqual(deadline.originalDue);
    expect(deadline.explanation).toContain('延长所至不晚于现有截止时间，截止时间不变。');
  });

  it('wait for an open pause', () => {
    const deadline = compute(mediation, '2026-03-02', {
      pauses: [{ from: d('2026-03-05'), to: null, reason: '鉴定' }],
      extensions: [{ term: 15, unit: 'natural-day', reason: '双方当事人同意' }],
    });
    expect(deadline.currentDue).toBeNull();
  });

  it('stay within the family of units', () => {
    expect(() =>
      compute(mediation, '2026-03-02', { extensions: [{ term: 2, unit: 'real-hour', reason: 'x' }] }),
    ).toThrow(RangeError);
  });
});

describe('a term of hours', () => {
  const arrival: DeadlineRule = {
    id: 'summons-sign',
    term: 2,
    unit: 'working-hour',
    rollToWorkingDay: false,
    article: '本中心《吹哨报到工作办法》',
  };
  const computeFrom = (rule: DeadlineRule, start: string, more: Partial<DeadlineInput> = {}): Deadline =>
    computeDeadline({ rule, start: at(start), calendar, officeHours: everyWorkedDay, ...more });

  it('counts from the moment: a whistle at 17:25 before the seven-day holiday', () => {
    const deadline = computeFrom(arrival, '2026-09-30T17:25');
    expect(deadline.currentDue).toEqual({ on: '2026-10-08', endsAt: at('2026-10-08T10:25') });
    expect(deadline.explanation).toEqual([
      '依据本中心《吹哨报到工作办法》，期限为2个工作小时。',
      '自2026年9月30日17时25分起算（民法典第二百零一条第二款）。',
      '截止时间为2026年10月8日10时25分。',
    ]);
  });

  it('runs on the clock for real hours', () => {
    const rule: DeadlineRule = { ...arrival, unit: 'real-hour' };
    expect(computeFrom(rule, '2026-09-30T17:25').currentDue?.endsAt).toEqual(at('2026-09-30T19:25'));
    expect(computeFrom({ ...rule, term: 24 }, '2026-09-30T17:25').currentDue).toEqual({
      on: '2026-10-01',
      endsAt: at('2026-10-01T17:25'),
    });
  });

  it('runs on the clock for real minutes, nights and holidays included', () => {
    const rule: DeadlineRule = { ...arrival, term: 30, unit: 'real-minute' };
    const deadline = computeFrom(rule, '2026-09-30T23:45');
    expect(deadline.currentDue).toEqual({ on: '2026-10-01', endsAt: at('2026-10-01T00:15') });
    expect(deadline.explanation[0]).toBe('依据本中心《吹哨报到工作办法》，期限为30分钟。');
  });

  it('counts working minutes', () => {
    const rule: DeadlineRule = { ...arrival, term: 30, unit: 'working-minute' };
    expect(computeFrom(rule, '2026-09-30T17:25').currentDue?.endsAt).toEqual(at('2026-10-08T08:55'));
  });

  it('pauses, extends and keeps the original', () => {
    const deadline = computeFrom(arrival, '2026-03-02T09:00', {
      pauses: [{ from: at('2026-03-02T09:30'), to: at('2026-03-02T10:30'), reason: '部门异议' }],
      extensions: [{ term: 30, unit: 'working-minute', reason: '指定承办' }],
    });
    expect(deadline.originalDue.endsAt).toEqual(at('2026-03-02T11:00'));
    expect(deadline.currentDue?.endsAt).toEqual(at('2026-03-02T14:30'));
    expect(deadline.explanation).toContain('因指定承办，延长30分钟（办公时间内）。');
  });

  it('stays open during an open pause', () => {
    const pauses = [{ from: at('2026-03-02T09:30'), to: null, reason: '部门异议' }];
    expect(computeFrom(arrival, '2026-03-02T09:00', { pauses }).currentDue).toBeNull();
  });

  it.each([
    ['a day for a start', () => compute(arrival, '2026-03-02', { officeHours })],
    ['no office hours', () => computeFrom(arrival, '2026-03-02T09:00', { officeHours: undefined })],
    ['a roll', () => computeFrom({ ...arrival, rollToWorkingDay: true }, '2026-03-02T09:00')],
    [
      'an extension by days',
      () => computeFrom(arrival, '2026-03-02T09:00', { extensions: [{ term: 1, unit: 'working-day', reason: 'x' }] }),
    ],
    ['a term of nothing', () => computeFrom({ ...arrival, term: 0 }, '2026-03-02T09:00')],
  ])('refuses %s', (_name, act) => {
    expect(act).toThrow(RangeError);
  });
});

describe('a missing year', () => {
  it('makes the deadline provisional and says so', () => {
    const deadline = compute(confirmation, '2026-12-10');
    expect(deadline.currentDue?.on).toBe('2027-01-11');
    expect(deadline.isProvisional).toBe(true);
    expect(deadline.missingYears).toEqual([2027]);
    expect(deadline.explanation.at(-1)).toBe(
      '2027年的放假安排尚未载入，暂按星期一至星期五为工作日推算，载入后须重新计算。',
    );
  });

  it('is healed by the notice', () => {
    const year2027 = unwrap(
      parseWorkingDayYear({
        year: 2027,
        version: '2027-1',
        source: '通知',
        publishedOn: '2026-11-01',
        offDays: [{ on: '2027-01-11', holiday: '元旦' }],
        makeUpWorkDays: [],
      }),
    );
    const healed = compute(confirmation, '2026-12-10', { calendar: new WorkingCalendar([...years, year2027]) });
    expect(healed.currentDue?.on).toBe('2027-01-12');
    expect(healed.isProvisional).toBe(false);
  });

  it('does not matter for a term that never asks for working days', () => {
    expect(compute({ ...confirmation, rollToWorkingDay: false }, '2026-12-10').isProvisional).toBe(false);
  });
});

describe('the explanation', () => {
  it('lets a reader reckon a rolled day again', () => {
    expect(compute(confirmation, '2026-01-16').explanation).toEqual([
      '依据《中华人民共和国人民调解法》第三十三条，期限为30日。',
      '起算事由发生于2026年1月16日，当日不计，自2026年1月17日起算（民法典第二百零一条）。',
      '期限的最后一日为2026年2月15日。',
      '2026年2月15日为春节假期，顺延至2026年2月24日（民法典第二百零三条）。',
      '截止时间为2026年2月24日24时。',
    ]);
  });

  it('names the short month and the worked Saturday', () => {
    expect(compute(mediation, '2026-01-31').explanation.slice(2, 4)).toEqual([
      '到期月没有31日，以月末日2026年2月28日为最后一日（民法典第二百零二条）。',
      '2026年2月28日虽为星期六，但属春节调休上班日，不顺延。',
    ]);
  });

  it('speaks of a short month only where the month is short', () => {
    expect(compute(mediation, '2026-03-02').explanation.slice(2)).toEqual([
      '期限的最后一日为2026年4月2日。',
      '截止时间为2026年4月2日24时。',
    ]);
  });

  it('tells pauses and extensions in order', () => {
    const deadline = compute(confirmation, '2026-03-02', {
      pauses: [
        {
          from: d('2026-03-10'),
          to: d('2026-03-20'), // People end a reason as a sentence.
          reason: '委托鉴定。',
        },
      ],
      extensions: [{ term: 5, unit: 'natural-day', reason: '双方当事人同意' }],
    });
    expect(deadline.explanation.slice(2)).toEqual([
      '期限的最后一日为2026年4月1日。',
      '原定截止时间为2026年4月1日24时。',
      '因委托鉴定，自2026年3月10日起暂停计算，2026年3月20日恢复，其间不计入期限。',
      '期限的最后一日为2026年4月11日。',
      '2026年4月11日为星期六，顺延至2026年4月13日（民法典第二百零三条）。',
      '因双方当事人同意，延长5日。',
      '期限的最后一日为2026年4月18日。',
      '2026年4月18日为星期六，顺延至2026年4月20日（民法典第二百零三条）。',
      '截止时间为2026年4月20日24时。',
    ]);
  });
});

describe('laws of every deadline in days', () => {
  const anyStart = fc.integer({ min: 0, max: 600 }).map((n): LegalDate => addDays(d('2025-01-02'), n));

  it('agree with plain reckoning', () => {
    fc.assert(
      fc.property(anyStart, fc.integer({ min: 1, max: 90 }), (start, term) => {
        const natural = computeDeadline({ rule: { ...confirmation, term }, start, calendar });
        expect(natural.originalDue.on).toBe(rollForward(calendar, addDays(start, term)).value);
        const month = computeDeadline({ rule: mediation, start, calendar });
        expect(month.originalDue.on).toBe(rollForward(calendar, addMonths(start, 1)).value);
        const working = computeDeadline({ rule: { ...response, term }, start, calendar });
        expect(workingDaysBetween(calendar, start, working.originalDue.on).value).toBe(term);
      }),
    );
  });

  it('never end earlier for starting later, lasting longer or being extended', () => {
    fc.assert(
      fc.property(
        anyStart,
        fc.nat(40),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 30 }),
        (start, later, term, more) => {
          const rule = { ...confirmation, term };
          const base = computeDeadline({ rule, start, calendar }).originalDue.on;
          expect(computeDeadline({ rule, start: addDays(start, later), calendar }).originalDue.on >= base).toBe(true);
          expect(
            computeDeadline({ rule: { ...rule, term: term + more }, start, calendar }).originalDue.on >= base,
          ).toBe(true);
          const extensions = [{ term: more, unit: 'natural-day' as const, reason: '同意' }];
          const extended = computeDeadline({ rule, start, extensions, calendar });
          expect(extended.originalDue.on).toBe(base);
          expect(daysBetween(base, extended.currentDue?.on ?? base)).toBeGreaterThanOrEqual(more);
        },
      ),
    );
  });
});
