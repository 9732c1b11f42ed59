import { iCalendarOf } from './i-calendar';

const event = {
  uid: '0194f7f2@zongzhi',
  stampedAt: new Date('2026-09-30T01:00:00.000Z'),
  startsAt: new Date('2026-10-09T01:30:00.000Z'),
  endsAt: new Date('2026-10-09T03:30:00.000Z'),
  summary: '到场：新城综治哨字〔2026〕3号',
  place: '新城区综治中心二号调解室，海拉尔东路1号; 三楼',
};

describe('the calendar file of a meeting (RFC 5545)', () => {
  const lines = iCalendarOf(event).split('\r\n');

  it('names start and end in UTC and ends every line with CRLF', () => {
    expect(lines).toEqual(expect.arrayContaining(['DTSTART:20261009T013000Z', 'DTEND:20261009T033000Z']));
    expect(lines.at(-1)).toBe('');
    expect(iCalendarOf(event).replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('escapes what separates values', () => {
    expect(iCalendarOf(event).replaceAll('\r\n ', '')).toContain('1号\\; 三楼');
  });

  it('folds long lines without tearing a character apart', () => {
    const text = iCalendarOf({ ...event, place: '综治中心'.repeat(40) });
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n ', '')).toContain(`LOCATION:${'综治中心'.repeat(40)}`);
    expect(text).not.toContain('\uFFFD');
  });
});
