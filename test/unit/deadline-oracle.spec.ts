import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compileSources } from '../support/compiled';

/**
 * 100,000 terms reckoned a second time, by other means: one walk over a table of days, worked or not as the published
 * lists say, and the formatter of the platform for the clock on the wall. Nothing of the kernel is used here; it answers from
 * processes of their own, each in another time zone.
 */
const CASES = 100_000;
const SEED = 20_261_121;
const DAY = 86_400_000;
const MINUTE = 60_000;

interface Published {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
}
const published = JSON.parse(readFileSync(require.resolve('chinese-days/dist/chinese-days.json'), 'utf8')) as Published;
const FIRST_YEAR = 2004;
const LAST_YEAR = 2026;

// --- the table of days ---

const TABLE_FROM = Date.UTC(1980, 0, 1);
const days = Array.from({ length: 28_000 }, (_, n) => new Date(TABLE_FROM + n * DAY).toISOString().slice(0, 10));
const weekdays = days.map((_, n) => new Date(TABLE_FROM + n * DAY).getUTCDay());
const indexes = new Map(days.map((day, n) => [day, n]));
const isNamed = days.map((day) => day in published.holidays || day in published.workdays);
const isWorked = days.map(
  (day, n) => day in published.workdays || (!(day in published.holidays) && weekdays[n] !== 0 && weekdays[n] !== 6),
);
const hasNotice = (year: number): boolean => year >= FIRST_YEAR && year <= LAST_YEAR;
const missing = days.map((day, n) => {
  const year = Number(day.slice(0, 4));
  if (isNamed[n] === true) return [];
  return [year, ...(day.slice(5) >= '12-25' ? [year + 1] : [])].filter((y) => !hasNotice(y));
});

const dayAt = (n: number): string => days[n] ?? '';
const indexOf = (day: string): number => indexes.get(day) ?? Number.NaN;

// --- the clock on the wall ---

const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
const instants = new Map<string, number>();

/** The first instant at which the clocks of Shanghai show this minute of a day, or are past it. */
function instantOf(n: number, minute: number): number {
  const key = `${n}:${minute}`;
  const known = instants.get(key);
  if (known !== undefined) return known;
  const asUtc = TABLE_FROM + n * DAY + minute * MINUTE;
  const shown = new Date(asUtc).toISOString().slice(0, 16).replace('T', ' ');
  // Nine hours ahead in summer, eight otherwise; the earlier one first.
  const instant = [asUtc - 9 * 3_600_000, asUtc - 8 * 3_600_000].find((t) => wall.format(t) >= shown) ?? Number.NaN;
  instants.set(key, instant);
  return instant;
}

const dayOfInstant = (t: number): string => wall.format(t).slice(0, 10);

// --- the hours of the office ---

const span = (from: string, to: string) => ({ from, to });
const officeHours = {
  version: 'oracle',
  seasons: [
    { from: '05-01', spans: [span('08:30', '12:00'), span('14:30', '18:00')] },
    { from: '10-01', spans: [span('08:30', '12:00'), span('14:00', '17:30')] },
  ].map(({ from, spans }) => ({
    from,
    week: { 1: spans, 2: spans, 3: spans, 4: spans, 5: [span('08:30', '12:00')] },
    otherDays: [span('09:00', '11:45')],
  })),
};

/** Minutes of the day between which the office is open. */
function openOn(n: number): [number, number][] {
  if (weekdays[n] === 0 || weekdays[n] === 6) return [[540, 705]];
  if (weekdays[n] === 5) return [[510, 720]];
  const isSummer = dayAt(n).slice(5) >= '05-01' && dayAt(n).slice(5) < '10-01';
  return isSummer ? [[510, 720], [870, 1080]] : [[510, 720], [840, 1050]]; // prettier-ignore
}

// --- the cases ---

type Unit = 'natural-day' | 'working-day' | 'calendar-month' | 'year' | 'working-hour' | 'working-minute' | 'real-hour' | 'real-minute'; // prettier-ignore
interface Stretch {
  readonly from: string | number;
  readonly to: string | number;
}
interface Case {
  readonly rule: { readonly term: number; readonly unit: Unit; readonly rollToWorkingDay: boolean; readonly closesWithOffice: boolean }; // prettier-ignore
  readonly start: string | number;
  readonly pauses: readonly Stretch[];
  readonly extensions: readonly { readonly term: number; readonly unit: Unit }[];
}

const MOST: Readonly<Record<Unit, number>> = {
  'natural-day': 60,
  'working-day': 30,
  'calendar-month': 6,
  year: 1,
  'working-hour': 40,
  'working-minute': 600,
  'real-hour': 72,
  'real-minute': 600,
};
/** Years are drawn half as often: each is a walk of 365 days. */
const UNITS = (Object.keys(MOST) as Unit[]).flatMap((unit) => (unit === 'year' ? [unit] : [unit, unit]));
const isOfTime = (unit: Unit): boolean => unit.endsWith('hour') || unit.endsWith('minute');

function drawCases(): Case[] {
  let state = SEED;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const oneOf = <T>(list: readonly T[]): T => list[between(0, list.length - 1)] as T;
  const named = Object.keys({ ...published.holidays, ...published.workdays });
  const saturdays = Object.keys(published.workdays);
  const around: readonly (() => number)[] = [
    ...Array<() => number>(9).fill(() => between(indexOf('2004-01-01'), indexOf('2026-12-31'))),
    () => indexOf(`${between(2003, 2028)}-12-01`) + between(0, 40),
    () => indexOf(`${4 * between(497, 511)}-02-29`) - between(0, 40),
    () => indexOf(oneOf(named)) - between(0, 35),
    () => indexOf(oneOf(saturdays)) - between(0, 12),
    () => between(indexOf('1986-01-01'), indexOf('1992-01-31')),
    () => indexOf(oneOf(['1986-05-04', '1986-09-14', '1988-04-17', '1991-09-15'])) - between(0, 8),
    () => between(indexOf('1984-01-01'), indexOf('2045-12-31')),
  ];
  return Array.from({ length: CASES }, () => {
    const unit = oneOf(UNITS);
    const day = oneOf(around)();
    const ofTime = isOfTime(unit);
    const start = ofTime ? instantOf(day, 0) + between(0, 1439) * MINUTE : dayAt(day);
    const pause = (): Stretch => {
      const from = day + between(0, 20);
      const to = from + between(0, 12);
      return ofTime
        ? { from: instantOf(from, between(0, 1439)), to: instantOf(to + 1, between(0, 1439)) }
        : { from: dayAt(from), to: dayAt(to) };
    };
    const further = ofTime ? unit : oneOf<Unit>(['natural-day', 'working-day', 'calendar-month']);
    return {
      rule: {
        term: between(1, MOST[unit]),
        unit,
        rollToWorkingDay: !ofTime && random() < 0.8,
        closesWithOffice: !ofTime && random() < 0.3,
      },
      start,
      pauses: random() < 0.25 ? [pause()] : [],
      extensions: random() < 0.2 ? [{ unit: further, term: between(1, Math.min(20, MOST[further])) }] : [],
    };
  });
}

// --- the oracle ---

function answerOf({ rule, start, pauses, extensions }: Case): string {
  const years = new Set<number>();
  const look = (n: number): boolean => {
    for (const year of missing[n] ?? []) years.add(year);
    return isWorked[n] === true;
  };

  const lastDay = (from: number, term: number, unit: Unit, standing: readonly Stretch[]): number => {
    const stretches = standing.map((p) => [indexOf(String(p.from)), indexOf(String(p.to))] as const);
    const stands = (n: number): boolean => stretches.some(([stop, resume]) => n >= stop && n < resume);
    let n = from;
    for (const [, resume] of stretches) if (stands(n)) n = resume;
    let left = term;
    if (unit === 'calendar-month' || unit === 'year') {
      const [year = 0, month = 0, day = 0] = dayAt(n).split('-').map(Number);
      const months = month - 1 + (unit === 'year' ? 12 * term : term);
      const lastOfMonth = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
      left = (Date.UTC(year, months, Math.min(day, lastOfMonth)) - TABLE_FROM) / DAY - n;
    }
    while (left > 0) {
      n += 1;
      if (!stands(n) && (unit !== 'working-day' || look(n))) left -= 1;
    }
    if (rule.rollToWorkingDay) while (stands(n) || !look(n)) n += 1;
    return n;
  };

  const instantAfter = (from: number, term: number, unit: Unit, standing: readonly Stretch[]): number => {
    const spans = standing.map((p) => [Number(p.from), Number(p.to)] as const);
    const stands = (t: number): boolean => spans.some(([stop, resume]) => t >= stop && t < resume);
    let left = unit.endsWith('hour') ? term * 60 : term;
    if (unit.startsWith('real')) {
      if (standing.length === 0) return from + left * MINUTE;
      let t = from;
      for (; left > 0; t += MINUTE) if (!stands(t)) left -= 1;
      return t;
    }
    for (let n = indexOf(dayOfInstant(from)); ; n += 1) {
      if (!look(n)) continue;
      for (const [opens, closes] of openOn(n)) {
        let t = instantOf(n, opens);
        if (t + (closes - opens) * MINUTE <= from) continue;
        for (let minute = opens; minute < closes; minute += 1, t += MINUTE) {
          if (t < from || stands(t)) continue;
          left -= 1;
          if (left === 0) return t + MINUTE;
        }
      }
    }
  };

  const ends: string[] = [];
  for (const standing of [[], pauses]) {
    const further = standing === pauses ? extensions : [];
    if (isOfTime(rule.unit)) {
      let t = instantAfter(Number(start), rule.term, rule.unit, standing);
      for (const { term, unit } of further) t = instantAfter(t, term, unit, standing);
      ends.push(`${dayOfInstant(t)} ${t}`);
    } else {
      let n = lastDay(indexOf(String(start)), rule.term, rule.unit, standing);
      for (const { term, unit } of further) n = lastDay(n, term, unit, standing);
      const closes = rule.closesWithOffice ? instantOf(n, openOn(n).at(-1)?.[1] ?? 0) : instantOf(n + 1, 0);
      ends.push(`${dayAt(n)} ${closes}`);
    }
  }
  return `${ends.join(' | ')} | ${[...years].sort((a, b) => a - b).join(',')}`;
}

/** As the notices were: what they say of the last days of December belongs to the year that begins. */
function noticeOf(year: number) {
  const ofNotice = (list: Readonly<Record<string, string>>) =>
    Object.entries(list)
      .map(([on, names]) => ({ on, holiday: names.split(',')[1] ?? '' }))
      .filter(({ on, holiday }) => {
        const isOfNext = on.slice(5) >= '12-20' && holiday === '元旦';
        return Number(on.slice(0, 4)) + (isOfNext ? 1 : 0) === year;
      });
  return {
    year,
    version: `${year}-1`,
    source: '通知',
    publishedOn: `${year - 1}-12-01`,
    offDays: ofNotice(published.holidays),
    makeUpWorkDays: ofNotice(published.workdays),
  };
}

const ZONES = [
  ['UTC', 0],
  ['Asia/Shanghai', -480],
  ['America/New_York', 240],
] as const;

describe('a hundred thousand terms', () => {
  const compiled = compileSources('deadline-oracle', ['src/kernel']);
  const cases = drawCases();
  let expected: string[] = [];
  const answers = new Map<string, string[]>();

  beforeAll(async () => {
    const file = join(compiled.folder, 'cases.json');
    const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, n) => noticeOf(FIRST_YEAR + n));
    writeFileSync(file, JSON.stringify({ years, officeHours, cases }));
    const reckoning = ZONES.map(async ([zone]) => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join('test', 'support', 'reckon-in-zone.cjs'), join(compiled.folder, 'kernel'), file],
        { env: { ...process.env, TZ: zone }, maxBuffer: 64_000_000 },
      );
      answers.set(zone, stdout.split('\n'));
    });
    expected = cases.map(answerOf);
    await Promise.all(reckoning);
  });
  afterAll(() => {
    compiled.remove();
  });

  it('are drawn from every part of the calendar', () => {
    const holds = (test: (line: string, n: number) => boolean): number => expected.filter(test).length;
    expect(holds((line) => line.includes('-02-29 '))).toBeGreaterThan(150);
    expect(holds((line) => /20(?:2[789]|3\d)$/.test(line))).toBeGreaterThan(2000);
    expect(holds((line) => published.workdays[line.slice(0, 10)] !== undefined)).toBeGreaterThan(2000);
    expect(holds((line) => /^198[6-9]|^199[01]/.test(line))).toBeGreaterThan(8000);
    expect(holds((_, n) => (cases[n]?.pauses.length ?? 0) > 0)).toBeGreaterThan(20_000);
  });

  it.each(ZONES)('end as the oracle says on a server in %s', (zone, offset) => {
    const [shownOffset, ...lines] = answers.get(zone) ?? [];
    expect(shownOffset).toBe(String(offset));
    expect(lines).toHaveLength(CASES);
    const wrong = lines.flatMap((line, n) =>
      line === expected[n] ? [] : [{ case: cases[n], kernel: line, oracle: expected[n] }],
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});
