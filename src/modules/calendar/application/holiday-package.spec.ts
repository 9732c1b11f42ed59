import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWorkingDayYear } from '../../../kernel';
import { daysOfFile, daysOfLines } from '../domain/published-days';
import { daysOfPackage, latestYearOfPackage, packageNote } from './holiday-package';

const delivered = (year: number): unknown =>
  JSON.parse(readFileSync(join(__dirname, `../../../../migrations/data/working-days-${year}.json`), 'utf8'));

describe('the days of a notice', () => {
  it.each([2025, 2026])('are the same in the package as in the notice of %i', (year) => {
    expect(delivered(year)).toMatchObject({ ...daysOfPackage(year) });
  });

  it('are sound in the package for every year that it has', () => {
    for (let year = 2004; year <= latestYearOfPackage(); year += 1) {
      const head = { year, version: `${year}-1`, source: '通知', publishedOn: `${year - 1}-12-01` };
      expect(parseWorkingDayYear({ ...head, ...daysOfPackage(year) })).toMatchObject({ ok: true });
    }
    expect(daysOfPackage(latestYearOfPackage() + 1)).toBeNull();
    expect(packageNote()).toMatch(/^chinese-days \d+\.\d+\.\d+$/);
  });

  it('take the last days of December from the notice of the year that begins', () => {
    expect(daysOfPackage(2019)?.makeUpWorkDays[0]).toEqual({ on: '2018-12-29', holiday: '元旦' });
    expect(daysOfPackage(2018)?.makeUpWorkDays.some((d) => d.on === '2018-12-29')).toBe(false);
  });

  it('are read from a file of either form', () => {
    const own = { offDays: [{ on: '2027-01-01', holiday: '元旦' }], makeUpWorkDays: [] };
    expect(daysOfFile(JSON.stringify(own), 2027)).toEqual({ ok: true, value: own });
    const other = { holidays: { '2027-04-05': 'Tomb-sweeping Day,清明,1', '2026-01-01': 'x,元旦,1' }, workdays: {} };
    expect(daysOfFile(JSON.stringify(other), 2027)).toEqual({
      ok: true,
      value: { offDays: [{ on: '2027-04-05', holiday: '清明节' }], makeUpWorkDays: [] },
    });
  });

  it.each(['', '{', '[]', '{"offDays":1}', '{"holidays":[],"workdays":{}}'])(
    'refuse what is no such file: %s',
    (text) => {
      expect(daysOfFile(text, 2027)).toMatchObject({ ok: false, code: 'calendars.file' });
    },
  );

  it('are written out from the lines of the notice', () => {
    const lines = [{ holiday: '元旦', from: '2027-01-01', to: '2027-01-03', makeUpWorkDays: [{ on: '2027-01-09' }] }];
    expect(daysOfLines(lines)).toEqual({
      offDays: ['2027-01-01', '2027-01-02', '2027-01-03'].map((on) => ({ on, holiday: '元旦' })),
      makeUpWorkDays: [{ on: '2027-01-09', holiday: '元旦' }],
    });
  });
});
