import { Injectable } from '@nestjs/common';
import { parseOfficeHours, parseWorkingDayYear, unwrap, type WarningOffice, WorkingCalendar } from '../../../kernel';
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

/** Gives the rules of deadlines their calendar, read in the transaction that uses it. */
@Injectable()
export class Calendars {
  /** The center's own office hours, or those in force where a center has set none. Missing years are tolerated. */
  async forCenter(tx: Tx, centerId: string): Promise<CenterCalendar> {
    const years = await tx.query<YearRow>(
      'select year, version, source, published_on as "publishedOn", days from working_day_year order by year',
    );
    const hours = await tx.one<{ version: string; seasons: unknown }>(
      `select version, seasons from office_hours where center_id = $1 or center_id is null
        order by center_id nulls last limit 1`,
      [centerId],
    );
    return {
      yellowPart: await this.yellowPart(tx, centerId),
      calendar: new WorkingCalendar(
        years.map(({ days, ...head }) => unwrap(parseWorkingDayYear({ ...head, ...days }))),
      ),
      officeHours: unwrap(parseOfficeHours(hours)),
    };
  }

  /** One part in so many of a term is left when its clock turns yellow. */
  async yellowPart(tx: Tx, centerId: string): Promise<number> {
    const { part } = await tx.one<{ part: number }>('select yellow_part as part from center where id = $1', [centerId]);
    return part;
  }
}
