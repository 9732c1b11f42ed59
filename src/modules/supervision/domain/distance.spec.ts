import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OfficeTime, parseOfficeHours, parseWorkingDayYear, unwrap, WorkingCalendar } from '../../../kernel';
import { distanceCn } from './distance';

const spans = [
  { from: '08:30', to: '12:00' },
  { from: '14:30', to: '17:30' },
];
const file = join(__dirname, '../../../../migrations/data/working-days-2026.json');
const office: OfficeTime = {
  calendar: new WorkingCalendar([unwrap(parseWorkingDayYear(JSON.parse(readFileSync(file, 'utf8'))))]),
  officeHours: unwrap(
    parseOfficeHours({
      version: 'test-1',
      seasons: [{ from: '01-01', week: { 1: spans, 2: spans, 3: spans, 4: spans, 5: spans }, otherDays: spans }],
    }),
  ),
};
const at = (local: string): Date => new Date(`${local}+08:00`);

describe('how far a due instant is', () => {
  it.each([
    // A day clock ends with the midnight after its day: on the next morning it is one working day late.
    ['2026-09-18T00:00', '2026-09-18T09:00', '已超期 1 个工作日'],
    // Friday to Monday: one working day, not three; over the weekend of 09-20, a Sunday that is worked, two.
    ['2026-09-12T00:00', '2026-09-14T09:00', '已超期 1 个工作日'],
    ['2026-09-19T00:00', '2026-09-21T09:00', '已超期 2 个工作日'],
    // Over the National Day holiday: none of its days counts.
    ['2026-10-01T00:00', '2026-10-08T10:00', '已超期 1 个工作日'],
    ['2026-09-18T09:00', '2026-09-18T11:30', '已超期 2 小时'],
    ['2026-09-18T09:00', '2026-09-18T09:10', '已超期 10 分钟'],
    ['2026-09-18T09:00', '2026-09-18T09:00', '刚刚超期'],
    ['2026-09-18T16:00', '2026-09-18T09:00', '还剩 4 小时'],
    ['2026-09-23T00:00', '2026-09-18T09:00', '还剩 3 个工作日'],
    ['2026-09-18T13:00', '2026-09-18T12:30', '即将到期'],
  ])('due %s, asked %s: %s', (due, now, words) => {
    expect(distanceCn(at(due), at(now), office)).toBe(words);
  });
});
