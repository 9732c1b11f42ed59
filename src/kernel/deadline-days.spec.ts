import { readFileSync } from 'node:fs';
import { computeDeadline } from './deadline';
import { type TermDay, termDays } from './deadline-days';
import { type LegalDate, addDays, legalDate } from './legal-date';
import { unwrap } from './parse-result';
import { WorkingCalendar, parseWorkingDayYear } from './working-calendar';

const calendar = new WorkingCalendar([
  unwrap(parseWorkingDayYear(JSON.parse(readFileSync('migrations/data/working-days-2026.json', 'utf8')))),
]);
const kinds = (days: readonly TermDay[]): string => days.map((d) => `${d.on.slice(5)} ${d.kind}`).join('\n');

describe('a term told day by day', () => {
  it('moves over the National Day holiday and its make-up days', () => {
    const days = termDays({
      term: 30,
      unit: 'natural-day',
      start: legalDate('2026-09-05'),
      until: legalDate('2026-10-08'),
      pauses: [],
      calendar,
    });
    expect(days.filter((d) => d.kind === 'counted')).toHaveLength(30);
    expect(kinds(days.slice(-4))).toBe('10-05 counted\n10-06 rolled\n10-07 rolled\n10-08 rolled');
    expect(days.find((d) => d.on === '2026-09-20')?.note).toBe('国庆节调休上班');
    expect(days.find((d) => d.on === '2026-10-01')?.note).toBe('国庆节');
  });

  it('leaves out pauses, and tells what was agreed beyond the term', () => {
    const pauses = [{ from: legalDate('2026-03-05'), to: legalDate('2026-03-09'), reason: '委托鉴定' }];
    const rule = { id: 't', term: 7, unit: 'natural-day', rollToWorkingDay: true, article: '《规则》' } as const;
    const due = computeDeadline({
      rule,
      start: legalDate('2026-03-02'),
      pauses,
      extensions: [{ until: legalDate('2026-03-17'), reason: '各方同意' }],
      calendar,
    }).currentDue?.on as LegalDate;
    const days = termDays({ ...rule, start: legalDate('2026-03-02'), until: due, pauses, calendar });
    expect(kinds(days)).toBe(
      [
        '03-02 start',
        '03-03 counted',
        '03-04 counted',
        ...['05', '06', '07', '08'].map((d) => `03-${d} paused`),
        ...['09', '10', '11', '12', '13'].map((d) => `03-${d} counted`),
        ...['14', '15', '16', '17'].map((d) => `03-${d} extended`),
      ].join('\n'),
    );
    expect(days[3]?.note).toBe('委托鉴定');
  });

  it('counts to exactly the day that the reckoning gives, whatever the start', () => {
    for (const unit of ['natural-day', 'working-day', 'calendar-month'] as const) {
      for (let start = legalDate('2026-01-02'); start < '2026-10-01'; start = addDays(start, 1)) {
        const rule = {
          id: 't',
          term: unit === 'calendar-month' ? 1 : 9,
          unit,
          rollToWorkingDay: true,
          article: '《规则》',
        };
        const due = computeDeadline({ rule, start, calendar }).originalDue.on;
        const days = termDays({ ...rule, start, until: due, pauses: [], calendar });
        expect(days[days.length - 1]?.on).toBe(due);
        const last = days.findLast((d) => d.kind === 'counted');
        expect(days.slice(days.indexOf(last as TermDay) + 1).every((d) => d.kind === 'rolled')).toBe(true);
        expect(days.some((d) => d.kind === 'extended')).toBe(false);
      }
    }
  });
});
