import { Injectable } from '@nestjs/common';
import { addDays, legalDate, legalDateFromInstant, weekdayNameCn, weekdayOf } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { CELL_STATES, cellOf, type DutyCell, spansOf } from '../domain/duty';
import { type RosterPosting, Rosters } from './rosters';

interface RosterAgency {
  readonly id: string;
  readonly name: string;
  readonly residency: 'resident' | 'rotating' | 'on-call';
}

const RESIDENCY_NAMES = { resident: '常驻', rotating: '轮驻', 'on-call': '随驻' } as const;

/** 值班表: a week of a center, unit by unit, with what is missing. */
@Injectable()
export class ReadRoster {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rosters: Rosters,
  ) {}

  async week(centerId: string, on: string | undefined) {
    return this.unitOfWork.read(async (tx) => {
      const center = await tx.one<{ name: string; phone: string | null }>(
        'select name, phone from center where id = $1',
        [centerId],
      );
      authorize(tx.actor, 'roster.read');
      const day = on === undefined ? legalDateFromInstant(tx.now) : legalDate(on);
      const from = addDays(day, 1 - weekdayOf(day));
      const days = Array.from({ length: 7 }, (_, i) => addDays(from, i));
      const house = await this.rosters.house(tx, centerId);
      const postings = await this.rosters.postings(tx, centerId, from, addDays(from, 6));
      const changes = await this.rosters.changes(tx, postings, from, addDays(from, 6));
      const agencies = await this.agencies(tx, centerId);
      const liaisons = await this.rosters.liaisons(
        tx,
        agencies.map((a) => a.id),
        legalDateFromInstant(tx.now),
      );
      const today = legalDateFromInstant(tx.now);
      const units = unitsOf(agencies, postings).map(({ key, name, agencyId, residency, members }) => {
        const cells = days.map((one) => cellOf(house, members, changes, one));
        return {
          key,
          name,
          agencyId,
          residencyName: RESIDENCY_NAMES[residency],
          liaisons: liaisons
            .filter((l) => l.agencyId === agencyId)
            .map((l) => `${l.slot}岗 ${l.name}${l.officePhone === null ? '' : ` ${l.officePhone}`}`),
          isUnregistered: members.length === 0,
          cells: cells.map((cell) => cellView(cell, members.length === 0)),
          members: members.map((m) => ({
            postingId: m.id,
            name: m.name,
            rota: rotaOf(m),
            allowedActs: this.mayChange(tx, centerId, agencyId) ? ['roster.change-duty'] : [],
          })),
          allowedActs: this.mayChange(tx, centerId, agencyId) ? ['roster.withdraw-change'] : [],
        };
      });
      return {
        centerName: center.name,
        dutyPhone: center.phone,
        from,
        to: addDays(from, 6),
        today,
        days: days.map((one) => {
          const worked = house.calendar.isWorkingDay(one);
          return {
            on: one,
            weekdayName: weekdayNameCn(one),
            isToday: one === today,
            isWorkingDay: worked.value,
            isProvisional: worked.isProvisional,
            holiday: house.calendar.holidayOf(one),
            hours: spansOf(house, one).map((s) => `${s.from}—${s.to}`),
            service: worked.value ? house.serviceOn(one).map((s) => `${s.from}—${s.to}`) : [],
          };
        }),
        units,
        gaps: units.reduce((sum, unit) => sum + unit.cells.filter((cell) => cell.state === 'gap').length, 0),
      };
    });
  }

  private mayChange(tx: Tx, centerId: string, agencyId: string | null): boolean {
    const by = policyOf('roster.change-duty')?.by ?? [];
    return mayAct(tx.actor, by, { centerId, agencyIds: agencyId === null ? [] : [agencyId] });
  }

  private async agencies(tx: Tx, centerId: string): Promise<RosterAgency[]> {
    return tx.query<RosterAgency>(
      `select id, name, residency from agency where center_id = $1 and is_active
        order by array_position(array['resident', 'rotating', 'on-call'], residency), name`,
      [centerId],
    );
  }
}

interface Unit {
  readonly key: string;
  readonly name: string;
  readonly agencyId: string | null;
  readonly residency: RosterAgency['residency'];
  readonly members: readonly RosterPosting[];
}

/** Agencies of the center, then those who serve for a unit that is none of them. */
function unitsOf(agencies: readonly RosterAgency[], postings: readonly RosterPosting[]): Unit[] {
  const known = new Set(agencies.map((a) => a.id));
  const others = postings.filter((p) => p.agencyId === null || !known.has(p.agencyId));
  return [
    ...agencies.map((a) => ({
      key: a.id,
      name: a.name,
      agencyId: a.id,
      residency: a.residency,
      members: postings.filter((p) => p.agencyId === a.id),
    })),
    ...[...new Set(others.map((p) => p.homeOrganization))].sort().map((name) => {
      const members = others.filter((p) => p.homeOrganization === name);
      return { key: name, name, agencyId: null, residency: members[0]?.residency ?? ('resident' as const), members };
    }),
  ];
}

/** What stands in one field of the sheet. Whoever never entered a posting is not missed day by day. */
function cellView({ on, state, people, absent }: DutyCell, isUnregistered: boolean) {
  const shown = isUnregistered && state === 'gap' ? 'off' : state;
  return {
    on: on as string,
    state: shown,
    stateName: isUnregistered ? (state === 'closed' ? CELL_STATES.closed : '未登记人员') : CELL_STATES[shown],
    people: people.map((p) => ({
      postingId: p.postingId,
      name: p.name,
      insteadOf: p.insteadOf,
      reason: p.change?.reason ?? null,
      changeId: p.change?.id ?? null,
    })),
    absent: absent.map((a) => ({
      postingId: a.postingId,
      name: a.name,
      reason: a.change.reason,
      changeId: a.change.id,
    })),
  };
}

function rotaOf({ residency, weekdays }: RosterPosting): string {
  if (residency !== 'rotating') return RESIDENCY_NAMES[residency];
  return weekdays === null
    ? '轮驻，每个工作日'
    : `轮驻，星期${weekdays.map((d) => '一二三四五六日'[d - 1]).join('、')}`;
}
