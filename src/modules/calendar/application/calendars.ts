import { Injectable } from '@nestjs/common';
import {
  legalDate,
  notFound,
  type OfficeHours,
  type OfficeSeason,
  parseOfficeHours,
  parseWorkingDayYear,
  unwrap,
  type WarningOffice,
  WorkingCalendar,
} from '../../../kernel';
import type { Tx } from '../../../platform/database';

/** Working days and office hours by which a center reckons, and when it warns. */
export interface CenterCalendar extends WarningOffice {
  readonly calendar: WorkingCalendar;
}

interface YearRow {
  readonly year: number;
  readonly version: string;
  readonly source: string;
  readonly publishedOn: string;
  readonly days: Readonly<Record<string, unknown>>;
}

interface HoursRow {
  readonly version: string;
  readonly validFrom: string;
  readonly seasons: readonly OfficeSeason[];
}

interface Reckoning {
  readonly centerId: string;
  readonly yellowPart: number;
  readonly notices: readonly string[];
  readonly hours: readonly string[];
}

/** Sets of office hours kept at once, that of a center that has none of its own among them. */
const MOST_HOURS = 1000;

/** Gives the rules of deadlines their calendar, read in the transaction that uses it. */
@Injectable()
export class Calendars {
  /** Parsed once for each set of notices in force: a year of days is no small thing to parse at every act. */
  private known: { readonly ids: string; readonly calendar: WorkingCalendar } | null = null;
  private readonly hours = new Map<string, OfficeHours>();

  /**
   * The center's own office hours, or those in force where a center has set none. Missing years are tolerated. What is in
   * force is asked at each call; what it says never changes, and is read and kept by what was asked for.
   */
  async forCenter(tx: Tx, centerId: string): Promise<CenterCalendar> {
    return (await this.forCenters(tx, [centerId]))(centerId);
  }

  /** Of many centers by one question. What is answered gives that of each, and refuses any other. */
  async forCenters(tx: Tx, centerIds: Iterable<string>): Promise<(centerId: string) => CenterCalendar> {
    const found = await tx.query<Reckoning>(
      `select center_id as "centerId", yellow_part as "yellowPart", notices, hours from app.reckonings_of($1::uuid[])`,
      [[...new Set(centerIds)]],
    );
    const offices = new Map<string, CenterCalendar>();
    for (const { centerId, yellowPart, notices, hours } of found) {
      const calendar = await this.calendarOf(tx, notices);
      const officeHours = await this.officeHoursOf(tx, hours);
      offices.set(centerId, { yellowPart, calendar, officeHours });
    }
    return (centerId) => {
      const office = offices.get(centerId);
      if (office === undefined) throw notFound();
      return office;
    };
  }

  private async calendarOf(tx: Tx, ids: readonly string[]): Promise<WorkingCalendar> {
    if (this.known?.ids === ids.join()) return this.known.calendar;
    // Whoever acts, a party with a link too, is reckoned for by the same days.
    const years = await tx.asSystem(() =>
      tx.query<YearRow>(`select ${YEAR} from working_day_notice where id = any ($1) order by year`, [ids]),
    );
    const calendar = calendarFrom(years);
    this.known = { ids: ids.join(), calendar };
    return calendar;
  }

  /** Hours of all times, each from its first day on: a term that runs over a change is reckoned by both. */
  private async officeHoursOf(tx: Tx, ids: readonly string[]): Promise<OfficeHours> {
    const known = this.hours.get(ids.join());
    if (known !== undefined) return known;
    const rows = await tx.asSystem(() =>
      tx.query<HoursRow>(
        `select version, valid_from as "validFrom", seasons from office_hours where id = any ($1)
          order by center_id is not null, valid_from`,
        [ids],
      ),
    );
    const [first, ...later] = rows;
    const { seasons } = unwrap(parseOfficeHours(first));
    const hours = {
      version: rows.map((r) => r.version).join(','),
      seasons,
      later: later.map((row) => ({ from: legalDate(row.validFrom), seasons: unwrap(parseOfficeHours(row)).seasons })),
    };
    if (this.hours.size >= MOST_HOURS) this.hours.clear();
    this.hours.set(ids.join(), hours);
    return hours;
  }

  /** What is in force of each year. */
  async workingDays(tx: Tx): Promise<WorkingCalendar> {
    return calendarFrom(
      await tx.query<YearRow>(`select ${YEAR} from working_day_notice where state = 'in-force' order by year`),
    );
  }

  /** One part in so many of a term is left when its clock turns yellow. */
  async yellowPart(tx: Tx, centerId: string): Promise<number> {
    const { part } = await tx.one<{ part: number }>('select yellow_part as part from center where id = $1', [centerId]);
    return part;
  }
}

const YEAR = 'year, version, source, published_on as "publishedOn", days';

const calendarFrom = (years: readonly YearRow[]): WorkingCalendar =>
  new WorkingCalendar(years.map(({ days, ...head }) => unwrap(parseWorkingDayYear({ ...head, ...days }))));
