import { legalDate, type OfficeHours, type OpenSpan, WorkingCalendar } from '../../../kernel';
import {
  cellOf,
  type DutyChanged,
  gapWarning,
  type OpenHouse,
  outlookOfDuty,
  type Served,
  type UnitDuty,
} from './duty';

/** Monday 2026-09-21; 09-25 to 27 are the holiday of 中秋, Saturday 09-19 is worked for it. */
const SPANS = [
  { from: '08:30', to: '12:00' },
  { from: '14:30', to: '17:30' },
] as unknown as OpenSpan[];
const calendar = new WorkingCalendar([
  {
    year: 2026,
    version: '2026-1',
    source: '通知',
    publishedOn: legalDate('2025-11-04'),
    offDays: ['2026-09-25', '2026-09-26', '2026-09-27'].map((on) => ({ on: legalDate(on), holiday: '中秋节' })),
    makeUpWorkDays: [{ on: legalDate('2026-09-19'), holiday: '中秋节' }],
  },
]);
const officeHours: OfficeHours = { version: 'office-1', seasons: [{ from: '01-01', week: {}, otherDays: SPANS }] };
const house: OpenHouse = {
  calendar,
  officeHours,
  serviceOn: (day) => (new Date(day).getUTCDay() === 6 ? [{ from: '09:00', to: '12:00' }] : []),
};
const at = (local: string): Date => new Date(`${local}:00+08:00`);
const day = legalDate;

const resident: Served = {
  id: 'p1',
  accountId: 'a1',
  name: '李建国',
  residency: 'resident',
  weekdays: null,
  validFrom: day('2026-01-01'),
  validTo: null,
};
const rotating: Served = {
  ...resident,
  id: 'p2',
  accountId: 'a2',
  name: '王芳',
  residency: 'rotating',
  weekdays: [2, 4, 6],
};
const onCall: Served = { ...resident, id: 'p3', name: '赵敏', residency: 'on-call' };
const away: DutyChanged = {
  id: 'c1',
  postingId: 'p1',
  on: day('2026-09-21'),
  substituteId: null,
  substituteName: null,
  reason: '外出培训',
};
const unit = (postings: Served[], changes: DutyChanged[] = []): UnitDuty => ({
  postings,
  changes,
  liaisons: [{ slot: 'A', name: '人社联络', officePhone: '0471-6600002' }],
  centerPhone: '0471-6600001',
});

describe('who is on duty on a day', () => {
  const stateOn = (on: string, postings: Served[], changes: DutyChanged[] = []): string =>
    cellOf(house, postings, changes, day(on)).state;

  it.each<[string, string, Served[], string]>([
    ['a resident on a working day', '2026-09-21', [resident], 'there'],
    ['a resident on a make-up Saturday', '2026-09-19', [resident], 'there'],
    ['a resident on a plain Saturday', '2026-10-17', [resident], 'closed'],
    ['a resident on a holiday that is a Friday', '2026-09-25', [resident], 'closed'],
    ['one in rotation on the day', '2026-09-22', [rotating], 'there'],
    ['one in rotation on another', '2026-09-21', [rotating], 'off'],
    ['one in rotation on a Saturday of service', '2026-10-17', [rotating], 'there'],
    ['one in rotation on a Saturday of a holiday', '2026-09-26', [rotating], 'closed'],
    ['one on call', '2026-09-21', [onCall], 'on-call'],
    ['a unit whose posting has ended', '2026-09-21', [{ ...resident, validTo: day('2026-09-21') }], 'gap'],
  ])('%s', (_, on, postings, state) => {
    expect(stateOn(on, postings)).toBe(state);
  });

  it('says who stands in for whom, and that nobody comes', () => {
    expect(cellOf(house, [resident], [away], day('2026-09-21'))).toMatchObject({
      state: 'gap',
      people: [],
      absent: [{ name: '李建国', change: { reason: '外出培训' } }],
    });
    const substitute = { ...away, substituteId: 'a9', substituteName: '陈明' };
    expect(cellOf(house, [resident], [substitute], day('2026-09-21'))).toMatchObject({
      state: 'there',
      people: [{ name: '陈明', insteadOf: '李建国' }],
    });
    // Asked in on a day off the rota: nobody is replaced.
    const asked = { ...away, postingId: 'p2', substituteId: 'a2', substituteName: '王芳' };
    expect(cellOf(house, [rotating], [asked], day('2026-09-21')).people).toMatchObject([
      { name: '王芳', insteadOf: null },
    ]);
  });
});

describe('what the form of a whistle says of an agency', () => {
  it.each<[string, UnitDuty, string, string]>([
    ['now', unit([resident]), '2026-09-21T09:00', '现在有人值班：李建国，到12:00'],
    ['over noon', unit([resident]), '2026-09-21T12:30', '现在没有人值班，下一班今天14:30起：李建国'],
    [
      'on the eve of the holiday',
      unit([resident]),
      '2026-09-24T17:30',
      '现在没有人值班，下一班2026年9月28日（星期一）8:30起：李建国',
    ],
    ['before the rotation', unit([rotating]), '2026-09-21T09:00', '现在没有人值班，下一班明天8:30起：王芳'],
    ['on call', unit([onCall]), '2026-09-21T09:00', '随驻，不坐班，随叫随到：赵敏；联络员A岗人社联络 0471-6600002'],
    ['without anybody posted', unit([]), '2026-09-21T09:00', '没有登记入驻人员，联络员A岗人社联络 0471-6600002'],
  ])('%s', (_, duty, now, words) => {
    expect(outlookOfDuty(house, duty, at(now)).words).toBe(words);
  });

  const warning = (duty: UnitDuty, now: string, dueAt: string): string | null =>
    gapWarning(house, duty, outlookOfDuty(house, duty, at(now)), at(dueAt), at(now));

  it('warns where nobody comes before the clock for signing runs out, and not where somebody does', () => {
    expect(warning(unit([resident]), '2026-09-21T09:00', '2026-09-21T10:00')).toBeNull();
    expect(warning(unit([rotating]), '2026-09-21T09:00', '2026-09-21T10:00')).toBe(
      '签收时限到今天10:00止，此前该部门没有人在中心值班（轮驻日为星期二、星期四、星期六），下一班明天8:30起。联络员A岗人社联络 0471-6600002。',
    );
    expect(warning(unit([resident], [away]), '2026-09-21T09:00', '2026-09-21T10:00')).toContain(
      '李建国今天不在：外出培训',
    );
    // The clock runs on after the break, and so does duty.
    expect(warning(unit([resident]), '2026-09-21T11:50', '2026-09-21T15:20')).toBeNull();
    expect(warning(unit([resident]), '2026-09-21T12:10', '2026-09-21T14:30')).not.toBeNull();
    expect(warning(unit([resident]), '2026-09-21T12:10', '2026-09-21T14:31')).toBeNull();
  });

  it('misses nobody who never promised to be there', () => {
    expect(warning(unit([onCall]), '2026-09-21T09:00', '2026-09-21T10:00')).toBeNull();
    expect(warning(unit([]), '2026-09-21T09:00', '2026-09-21T10:00')).toBeNull();
  });
});
