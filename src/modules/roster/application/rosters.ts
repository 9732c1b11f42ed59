import { Injectable } from '@nestjs/common';
import { addDays, type LegalDate, legalDateFromInstant } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Calendars, type CenterCalendar, serviceTimes } from '../../calendar';
import {
  type DutyChanged,
  type DutyOutlook,
  gapWarning,
  type LiaisonLine,
  type OpenHouse,
  outlookOfDuty,
  type Served,
  type UnitDuty,
} from '../domain/duty';

/** Posting of the roster with the unit that it belongs to. */
export type RosterPosting = Served & {
  readonly agencyId: string | null;
  readonly homeOrganization: string;
};

/** Who of an agency is there, and what it means for a clock that starts now. */
export interface AgencyDutyNow extends DutyOutlook {
  readonly agencyId: string;
  /** Null while somebody will be there before the clock runs out. */
  readonly warning: (signDueAt: Date | null) => string | null;
}

/** What is asked of the roster: by its own page, and by whoever is about to whistle. */
@Injectable()
export class Rosters {
  constructor(private readonly calendars: Calendars) {}

  async house(tx: Tx, centerId: string, office?: CenterCalendar): Promise<OpenHouse> {
    const { calendar, officeHours } = office ?? (await this.calendars.forCenter(tx, centerId));
    return { calendar, officeHours, serviceOn: await serviceTimes(tx, centerId) };
  }

  /** Who of these agencies is on duty now or next, by postings and their changes. */
  async agencies(tx: Tx, centerId: string, ids: readonly string[], office: CenterCalendar): Promise<AgencyDutyNow[]> {
    if (ids.length === 0) return [];
    const house = await this.house(tx, centerId, office);
    const today = legalDateFromInstant(tx.now);
    const postings = await tx.query<RosterPosting>(
      `${POSTINGS} where p.agency_id = any ($1) and (p.valid_to is null or p.valid_to > $2)`,
      [ids, today],
    );
    const changes = await this.changes(tx, postings, today, addDays(today, 31));
    const liaisons = await this.liaisons(tx, ids, today);
    const { phone } = await tx.one<{ phone: string | null }>('select phone from center where id = $1', [centerId]);
    return ids.map((agencyId) => {
      const unit: UnitDuty = {
        postings: postings.filter((p) => p.agencyId === agencyId),
        changes,
        liaisons: liaisons.filter((l) => l.agencyId === agencyId),
        centerPhone: phone,
      };
      const outlook = outlookOfDuty(house, unit, tx.now);
      return { ...outlook, agencyId, warning: (dueAt) => gapWarning(house, unit, outlook, dueAt, tx.now) };
    });
  }

  /** Postings of a center that are in force on some day of a stretch. */
  async postings(tx: Tx, centerId: string, from: LegalDate, to: LegalDate): Promise<RosterPosting[]> {
    return tx.query<RosterPosting>(
      `${POSTINGS} where p.center_id = $1 and p.valid_from <= $3 and (p.valid_to is null or p.valid_to > $2) order by a.display_name, p.id`,
      [centerId, from, to],
    );
  }

  async changes(tx: Tx, postings: readonly Served[], from: LegalDate, to: LegalDate): Promise<DutyChanged[]> {
    return tx.query<DutyChanged>(
      `select c.id, c.posting_id as "postingId", c.duty_on as "on", c.substitute_id as "substituteId", a.display_name as "substituteName", c.reason
         from duty_change c left join account a on a.id = c.substitute_id
        where c.posting_id = any ($1) and c.duty_on between $2 and $3 and c.withdrawn_at is null`,
      [postings.map((p) => p.id), from, to],
    );
  }

  async liaisons(tx: Tx, agencyIds: readonly string[], on: LegalDate): Promise<(LiaisonLine & { agencyId: string })[]> {
    return tx.query(
      `select agency_id as "agencyId", slot, name, office_phone as "officePhone" from agency_liaison
        where agency_id = any ($1) and valid_from <= $2 and (valid_to is null or valid_to > $2) order by slot`,
      [agencyIds, on],
    );
  }
}

const POSTINGS = `select p.id, p.account_id as "accountId", a.display_name as name, p.agency_id as "agencyId",
    p.home_organization as "homeOrganization", p.residency, p.weekdays, p.valid_from as "validFrom", p.valid_to as "validTo"
  from posting p join account a on a.id = p.account_id`;
