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
   * force is asked at each call; what it says never changes and is kept.
   */
  async forCenter(tx: Tx, centerId: string): Promise<CenterCalendar> {
    return (await this.forCenters(tx, [centerId]))(centerId);
  }

  /** Of many centers by one question. What is answered gives that of each, and refuses any other. */
  async forCenters(tx: Tx, centerIds: Iterable<string>): Promise<(centerId: string) => CenterCalendar> {
    const found = await tx.query<Reckoning>(
      `select c.id as "centerId", r.yellow_part as "yellowPart", r.notices, r.hours
         from unnest($1::uuid[]) c(id) cross join lateral app.reckoning_of(c.id) r where r.yellow_part is not null`,
      [[...new Set(centerIds)]],
    );
    const offices = new Map<string, CenterCalendar>();
    for (const { centerId, yellowPart, notices, hours } of found) {
      const [days, times] = [notices.join(), hours.join()];
      let calendar = this.known?.ids === days ? this.known.calendar : undefined;
      let officeHours = this.hours.get(times);
      if (calendar === undefined || officeHours === undefined) {
        // Whoever acts, a party with a link too, is reckoned for by the same days.
        [calendar, officeHours] = await tx.asSystem(async () => [
          await this.workingDays(tx),
          await this.officeHours(tx, centerId),
        ]);
        this.known = { ids: days, calendar };
        if (this.hours.size >= MOST_HOURS) this.hours.clear();
        this.hours.set(times, officeHours);
      }
      offices.set(centerId, { yellowPart, calendar, officeHours });
    }
    return (centerId) => {
      const office = offices.get(centerId);
      if (office === undefined) throw notFound();
      return office;
    };
  }

  /** What is in force of each year. */
  async workingDays(tx: Tx): Promise<WorkingCalendar> {
    const years = await tx.query<YearRow>(
      `select year, version, source, published_on as "publishedOn", days from working_day_notice
        where state = 'in-force' order by year`,
    );
    return new WorkingCalendar(years.map(({ days, ...head }) => unwrap(parseWorkingDayYear({ ...head, ...days }))));
  }

  /** One part in so many of a term is left when its clock turns yellow. */
  async yellowPart(tx: Tx, centerId: string): Promise<number> {
    const { part } = await tx.one<{ part: number }>('select yellow_part as part from center where id = $1', [centerId]);
    return part;
  }

  /** Hours of all times, each from its first day on: a term that runs over a change is reckoned by both. */
  private async officeHours(tx: Tx, centerId: string): Promise<OfficeHours> {
    const rows = await tx.query<HoursRow>(
      `select distinct on (center_id is not null, valid_from) version, valid_from as "validFrom", seasons from office_hours
        where center_id = $1 or center_id is null
        order by center_id is not null, valid_from, made_at desc, id desc`,
      [centerId],
    );
    const [first, ...later] = rows;
    const { seasons } = unwrap(parseOfficeHours(first));
    return {
      version: rows.map((r) => r.version).join(','),
      seasons,
      later: later.map((row) => ({ from: legalDate(row.validFrom), seasons: unwrap(parseOfficeHours(row)).seasons })),
    };
  }
}
