import {
  addDays,
  type HolidayDay,
  type LegalDate,
  parsed,
  parseLegalDate,
  refused,
  type ParseResult,
} from '../../../kernel';

/** What a notice says of its year. */
export interface NoticeDays {
  readonly offDays: readonly HolidayDay[];
  readonly makeUpWorkDays: readonly HolidayDay[];
}

/** One line of a notice: 元旦，1月1日至3日放假，1月4日上班. */
export interface HolidayLine {
  readonly holiday: string;
  readonly from: string;
  readonly to: string;
  readonly makeUpWorkDays?: readonly { readonly on: string }[];
}

type Named = Readonly<Record<string, string>>;
/** As the package chinese-days has its days: by the day, `Tomb-sweeping Day,清明,1`. */
export interface PackageData {
  readonly holidays: Named;
  readonly workdays: Named;
}

/** A file as this program writes it, or in the form of the package. */
export function daysOfFile(text: string, year: number): ParseResult<NoticeDays, 'calendars.file'> {
  const refusal = refused(
    'calendars.file',
    '读不懂这份数据。请选择放假安排的JSON文件：含offDays和makeUpWorkDays，或者数据包格式的holidays和workdays。',
  );
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refusal;
  }
  if (isPackageData(json)) return parsed(daysOfYear(json, year));
  return isNoticeDays(json) ? parsed({ offDays: json.offDays, makeUpWorkDays: json.makeUpWorkDays }) : refusal;
}

/** The lines of a notice as somebody has typed them, day by day. */
export function daysOfLines(lines: readonly HolidayLine[]): NoticeDays {
  return {
    offDays: lines.flatMap(({ holiday, from, to }) => stretch(from, to).map((on) => ({ on, holiday }))),
    makeUpWorkDays: lines.flatMap(({ holiday, makeUpWorkDays = [] }) =>
      makeUpWorkDays.map(({ on }) => ({ on: on as LegalDate, holiday })),
    ),
  };
}

/** No holiday is longer; a longer one is a slip of the pen. */
const MOST_DAYS = 20;

function stretch(from: string, to: string): LegalDate[] {
  const days: LegalDate[] = [];
  const first = parseLegalDate(from);
  if (!first.ok) return days;
  for (let on = first.value; on <= to && days.length < MOST_DAYS; on = addDays(on, 1)) days.push(on);
  return days;
}

/** The package goes by the day; what a notice says of the last days of December belongs to the year that begins. */
export function daysOfYear({ holidays, workdays }: PackageData, year: number): NoticeDays {
  const ofYear = (list: Named): HolidayDay[] =>
    Object.entries(list)
      .map(([on, names]) => ({ on: on as LegalDate, holiday: nameOf(names) }))
      .filter(({ on, holiday }) => {
        const isOfNext = on.slice(5) >= '12-20' && holiday === '元旦';
        return Number(on.slice(0, 4)) + (isOfNext ? 1 : 0) === year;
      })
      .sort((a, b) => (a.on < b.on ? -1 : 1));
  return { offDays: ofYear(holidays), makeUpWorkDays: ofYear(workdays) };
}

/** The package leaves out the last character of some. */
function nameOf(names: string): string {
  const name = names.split(',')[1] ?? names;
  return ['清明', '端午', '中秋'].includes(name) ? `${name}节` : name;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNamed(value: unknown): value is Named {
  return isRecord(value) && Object.values(value).every((name) => typeof name === 'string');
}

function isPackageData(json: unknown): json is PackageData {
  return isRecord(json) && isNamed(json['holidays']) && isNamed(json['workdays']);
}

function isNoticeDays(json: unknown): json is NoticeDays {
  return isRecord(json) && Array.isArray(json['offDays']) && Array.isArray(json['makeUpWorkDays']);
}
