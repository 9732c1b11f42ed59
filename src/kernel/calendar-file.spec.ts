import fc from 'fast-check';
import { calendarFile } from './calendar-file';

const EVENT = {
  id: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718',
  summary: '第1次调解会 新城人调字〔2026〕12号',
  description: '现场调解，不公开进行。',
  location: '综治中心,第二调解室; 三楼',
  startsAt: new Date('2026-11-20T01:00:00Z'),
  endsAt: new Date('2026-11-20T03:00:00Z'),
  isCancelled: false,
  sequence: 2,
  madeAt: new Date('2026-11-19T01:00:00Z'),
};

/** RFC 5545, 3.1: what a reader does first. */
const unfolded = (file: string): string[] => file.replace(/\r\n[ \t]/g, '').split('\r\n');

describe('calendar file', () => {
  it('says when, where and what, in UTC, with what has meaning in the format escaped', () => {
    const lines = unfolded(calendarFile(EVENT));
    expect(lines).toContain('DTSTART:20261120T010000Z');
    expect(lines).toContain('DTEND:20261120T030000Z');
    expect(lines).toContain('LOCATION:综治中心\\,第二调解室\\; 三楼');
    expect(lines).toContain('SEQUENCE:2');
    expect(lines).toContain('STATUS:CONFIRMED');
    expect(lines.at(-1)).toBe('');
    expect(lines).not.toContain('BEGIN:VALARM');
    expect(unfolded(calendarFile({ ...EVENT, isCancelled: true }))).toContain('STATUS:CANCELLED');
  });

  it('reminds of a meeting an hour before, and says no more than it is told', () => {
    const { id, summary, location, startsAt, endsAt, madeAt } = EVENT;
    const lines = unfolded(calendarFile({ id, summary, location, startsAt, endsAt, madeAt, isReminded: true }));
    expect(lines.slice(lines.indexOf('BEGIN:VALARM'), lines.indexOf('END:VEVENT'))).toEqual([
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${summary}`,
      'TRIGGER:-PT1H',
      'END:VALARM',
    ]);
    expect(lines.filter((line) => /^(DESCRIPTION|SEQUENCE)/.test(line))).toHaveLength(1);
  });

  it('keeps every line within 75 octets, cuts no character, and loses none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const summary = text.replace(/[\r\n\\;,]/g, '');
        const file = calendarFile({ ...EVENT, summary: `调解${summary}` });
        for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(unfolded(file)).toContain(`SUMMARY:调解${summary}`);
      }),
    );
  });
});
