import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { legalDate } from './legal-date';
import { unwrap } from './parse-result';
import { everyDayIsServed, parseWorkingDayYear, WorkingCalendar } from './working-calendar';
import {
  addRealTime,
  addWorkingTime,
  closingTime,
  isOfficeOpen,
  type OfficeTime,
  openSpansOn,
  parseOfficeHours,
  realHours,
  workingHours,
  workingMinutes,
  workingMinutesBetween,
} from './working-time';

const calendar = new WorkingCalendar(
  [2025, 2026].map((year) =>
    unwrap(
      parseWorkingDayYear(
        JSON.parse(readFileSync(join(__dirname, `../../migrations/data/working-days-${year}.json`), 'utf8')),
      ),
    ),
  ),
);

const winter = [
  { from: '08:30', to: '12:00' },
  { from: '14:00', to: '17:30' },
];
const summer = [
  { from: '08:30', to: '12:00' },
  { from: '14:30', to: '18:00' },
];
const morning = [{ from: '09:00', to: '12:00' }];
const hoursJson = {
  version: 'test-1',
  seasons: [
    { from: '05-01', week: { 1: summer, 2: summer, 3: summer, 4: summer, 5: summer }, otherDays: morning },
    { from: '10-01', week: { 1: winter, 2: winter, 3: winter, 4: winter, 5: winter }, otherDays: winter },
  ],
};
const officeHours = unwrap(parseOfficeHours(hoursJson));
const office: OfficeTime = { calendar, officeHours };

/** Asia/Shanghai. */
const at = (text: string): Date => new Date(`${text}+08:00`);

describe('opening hours', () => {
  it.each([
    ['2026-02-13', winter],
    ['2026-04-30', winter],
    ['2026-05-06', summer],
    ['2026-09-30', summer],
    ['2026-10-08', winter],
    ['2026-02-14', winter],
    ['2026-09-20', morning],
  ])('on %s', (day, spans) => {
    expect(openSpansOn(officeHours, legalDate(day))).toEqual(spans);
  });

  it('close at the end of the last span', () => {
    expect(closingTime(officeHours, legalDate('2026-09-30'))).toEqual(at('2026-09-30T18:00'));
    expect(closingTime(officeHours, legalDate('2026-09-20'))).toEqual(at('2026-09-20T12:00'));
  });

  it.each([
    ['2026-09-30T08:29:59', false],
    ['2026-09-30T08:30:00', true],
    ['2026-09-30T12:00:00', false],
    ['2026-09-30T17:59:59', true],
    ['2026-10-01T10:00:00', false],
    ['2026-10-10T10:00:00', true],
  ])('at %s: %s', (time, isOpen) => {
    expect(isOfficeOpen(office, at(time)).value).toBe(isOpen);
  });
});

describe('addWorkingTime', () => {
  const at1725 = { calendar, officeHours: unwrap(parseOfficeHours({ ...hoursJson, seasons: [hoursJson.seasons[1]] })) };

  it.each([
    // The last five minutes before the seven-day holiday count, the rest waits for Thursday, 10-08.
    ['2026-09-30T17:25', 5, '2026-09-30T17:30'],
    ['2026-09-30T17:25', 6, '2026-10-08T08:31'],
    ['2026-09-30T17:25', 30, '2026-10-08T08:55'],
    ['2026-09-30T17:25', 120, '2026-10-08T10:25'],
    ['2026-09-30T17:25', 7 * 60, '2026-10-08T17:25'],
    ['2026-09-30T17:30', 30, '2026-10-08T09:00'],
    ['2026-09-30T23:59', 30, '2026-10-08T09:00'],
    // The Saturday before the Spring Festival is worked.
    ['2026-02-13T17:25', 120, '2026-02-14T10:25'],
    ['2026-02-14T17:25', 120, '2026-02-24T10:25'],
    // Noon.
    ['2026-03-02T11:50', 20, '2026-03-02T14:10'],
    ['2026-03-02T11:50', 10, '2026-03-02T12:00'],
    ['2026-03-02T13:00', 1, '2026-03-02T14:01'],
  ])('%s and %i minutes: %s', (start, minutes, end) => {
    expect(addWorkingTime(at1725, at(start), workingMinutes(minutes))).toEqual({
      value: at(end),
      isProvisional: false,
      missingYears: [],
    });
  });

  it('keeps seconds', () => {
    expect(addWorkingTime(office, at('2026-09-30T17:59:30'), workingMinutes(1)).value).toEqual(
      at('2026-10-08T08:30:30'),
    );
  });

  it('changes the season on the way', () => {
    expect(addWorkingTime(office, at('2026-09-30T17:25'), workingHours(2)).value).toEqual(at('2026-10-08T09:55'));
    expect(addWorkingTime(office, at('2026-04-30T17:25'), workingHours(5)).value).toEqual(at('2026-05-06T15:55'));
  });

  it('does nothing for no time', () => {
    expect(addWorkingTime(office, at('2026-10-01T03:00'), workingMinutes(0)).value).toEqual(at('2026-10-01T03:00'));
  });

  it('runs on service days through the holiday', () => {
    const service = { calendar: everyDayIsServed, officeHours: at1725.officeHours };
    expect(addWorkingTime(service, at('2026-09-30T17:25'), workingHours(2)).value).toEqual(at('2026-10-01T10:25'));
  });

  it('says when it guessed a year', () => {
    expect(addWorkingTime(office, at('2026-12-31T17:25'), workingHours(2))).toEqual({
      value: at('2027-01-01T10:25'),
      isProvisional: true,
      missingYears: [2027],
    });
  });

  it('leaves pauses out, overlapping ones once', () => {
    const pauses = [
      { from: at('2026-03-02T09:00'), to: at('2026-03-02T10:00') },
      { from: at('2026-03-02T09:30'), to: at('2026-03-02T11:00') },
    ];
    expect(addWorkingTime(office, at('2026-03-02T08:30'), workingHours(1), pauses).value).toEqual(
      at('2026-03-02T11:30'),
    );
  });

  it('has no end while a pause is open, unless it began too late', () => {
    const open = [{ from: at('2026-03-02T09:00'), to: null }];
    expect(addWorkingTime(office, at('2026-03-02T08:30'), workingHours(1), open).value).toBeNull();
    expect(addWorkingTime(office, at('2026-03-02T08:30'), workingMinutes(30), open).value).toEqual(
      at('2026-03-02T09:00'),
    );
  });

  it('ends in office hours, and the time between is what was added', () => {
    const start = fc.date({ min: at('2025-01-02T00:00'), max: at('2026-11-30T00:00'), noInvalidDate: true });
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 3000 }), (from, minutes) => {
        const end = addWorkingTime(office, from, workingMinutes(minutes)).value ?? from;
        expect(workingMinutesBetween(office, from, end).value).toBe(minutes);
        expect(workingMinutesBetween(office, end, from).value).toBe(-minutes);
        expect(isOfficeOpen(office, new Date(end.getTime() - 1)).value).toBe(true);
      }),
    );
  });
});

describe('addRealTime', () => {
  it('runs through nights and holidays', () => {
    expect(addRealTime(at('2026-09-30T17:25'), realHours(24))).toEqual(at('2026-10-01T17:25'));
  });

  it('stands still during pauses', () => {
    const pauses = [{ from: at('2026-09-30T18:00'), to: at('2026-09-30T20:00') }];
    expect(addRealTime(at('2026-09-30T17:25'), realHours(1), pauses)).toEqual(at('2026-09-30T20:25'));
    expect(addRealTime(at('2026-09-30T17:25'), realHours(1), [{ from: at('2026-09-30T18:00'), to: null }])).toBeNull();
  });
});

describe('durations', () => {
  it.each([-1, 0.5, NaN])('refuses %d minutes', (minutes) => {
    expect(() => workingMinutes(minutes)).toThrow(RangeError);
  });
});

describe('parseOfficeHours', () => {
  const season = hoursJson.seasons[0];
  it.each([
    [null, 'office-hours.format'],
    [{ version: '1', seasons: [] }, 'office-hours.format'],
    [{ version: '1', seasons: [{ ...season, from: '13-01' }] }, 'office-hours.season'],
    [{ version: '1', seasons: [...hoursJson.seasons].reverse() }, 'office-hours.season'],
    [{ version: '1', seasons: [{ ...season, week: { 8: winter } }] }, 'office-hours.format'],
    [{ version: '1', seasons: [{ ...season, week: { 1: [{ from: '9:00', to: '12:00' }] } }] }, 'office-hours.span'],
    [{ version: '1', seasons: [{ ...season, week: { 1: [{ from: '12:00', to: '09:00' }] } }] }, 'office-hours.span'],
    [{ version: '1', seasons: [{ ...season, week: { 1: [...winter].reverse() } }] }, 'office-hours.span'],
    [{ version: '1', seasons: [{ ...season, week: {}, otherDays: [] }] }, 'office-hours.empty'],
  ])('refuses unsound settings %#', (json, code) => {
    expect(parseOfficeHours(json)).toMatchObject({ ok: false, code });
  });
});
