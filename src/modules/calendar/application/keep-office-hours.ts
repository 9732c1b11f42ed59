import { Injectable } from '@nestjs/common';
import {
  type LegalDate,
  legalDateFromInstant,
  type OpenSpan,
  parseOfficeHours,
  ruleViolation,
  type Weekday,
  weekdayOf,
} from '../../../kernel';
import { authorize, mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { WEEKDAYS, type WeekdayKey } from '../domain/dictionaries';

export const HOURS_CHANGED = 'calendars.hours-changed';

export interface SeasonInput {
  /** `MM-DD` */
  readonly from: string;
  readonly weekdays: readonly WeekdayKey[];
  readonly morningFrom: string;
  readonly morningTo: string;
  readonly afternoonFrom?: string;
  readonly afternoonTo?: string;
}

export interface ServiceTime {
  readonly weekdays: readonly WeekdayKey[];
  readonly from: string;
  readonly to: string;
  readonly note: string;
}

export interface HoursInput {
  readonly validFrom: string;
  readonly seasons: readonly SeasonInput[];
  readonly service?: readonly ServiceTime[];
  readonly note: string;
}

interface KeptSeason {
  readonly from: string;
  readonly week: Readonly<Partial<Record<Weekday, readonly OpenSpan[]>>>;
  readonly otherDays: readonly OpenSpan[];
}

interface HoursRow {
  readonly id: string;
  readonly isOwn: boolean;
  readonly version: string;
  readonly validFrom: string;
  readonly seasons: readonly KeptSeason[];
  readonly service: readonly ServiceTime[];
  readonly note: string | null;
  readonly madeByName: string;
  readonly madeAt: Date;
}

/** 办公时间 of a center, each from its first day on, and 延时服务、周末服务, by which no deadline runs. */
@Injectable()
export class KeepOfficeHours {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** What is and will be in force, and what was, the latest first. */
  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'calendars.read-office-hours', { ownerAccountId: tx.actor.accountId });
      const rows = await hoursOf(tx, centerId);
      const today = legalDateFromInstant(tx.now);
      const holding = holdingOf(rows, today);
      return {
        items: rows.map((row) => ({
          ...row,
          seasons: row.seasons.map(shownSeason),
          service: row.service.map(shownService),
          isInForce: row === holding,
          isFuture: row.validFrom > today && holdingOf(rows, row.validFrom) === row,
          madeAt: row.madeAt.toISOString(),
        })),
        allowedActs: mayAct(tx.actor, ['system-admin@any', 'center-director@center'], { centerId })
          ? ['calendars.set-office-hours']
          : [],
      };
    });
  }

  /** Hours from a day on, today at the earliest: what has run out already ran by the hours of its time. */
  async set(centerId: string, input: HoursInput) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'calendars.set-office-hours', { centerId });
      await tx.query('select pg_advisory_xact_lock(727036, hashtext($1))', [centerId]);
      const { validFrom, note, service = [] } = input;
      if (validFrom < legalDateFromInstant(tx.now)) {
        throw ruleViolation(
          'calendars.hours-in-the-past',
          '办公时间只能从今天或以后的日期起调整，请重新选择。',
          '/validFrom',
        );
      }
      for (const [index, { from, to }] of service.entries()) {
        if (from >= to)
          throw ruleViolation('calendars.service-order', '服务时间的结束应晚于开始，请核对。', `/service/${index}/to`);
      }
      const before = await hoursOf(tx, centerId);
      const version = `office-${before.filter((r) => r.isOwn).length + 1}`;
      const seasons = [...input.seasons].sort((a, b) => (a.from < b.from ? -1 : 1)).map(keptSeason);
      const checked = parseOfficeHours({ version, seasons });
      if (!checked.ok) throw ruleViolation(checked.code, checked.message, '/seasons');
      const id = uuidv7();
      await tx.query(
        `insert into office_hours (id, center_id, version, seasons, valid_from, service, note, made_by, made_by_name, made_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          centerId,
          version,
          JSON.stringify(seasons),
          validFrom,
          JSON.stringify(service),
          note,
          tx.actor.accountId,
          tx.actor.displayName ?? '',
          tx.now,
        ],
      );
      tx.audit({
        act: 'calendars.set-office-hours',
        objectType: 'office-hours',
        objectId: id,
        chain: centerId,
        details: { version, validFrom, seasons: seasons.length, service: service.length },
      });
      // Other service times move no deadline.
      const former = holdingOf(before, validFrom);
      if (JSON.stringify(former?.seasons) !== JSON.stringify(seasons))
        tx.send({ topic: HOURS_CHANGED, payload: { hoursId: id } });
      return { id, version, validFrom };
    });
  }
}

/** When somebody is there on the days around `day`, in words for parties: office hours, then service beyond them. */
export async function openingWords(tx: Tx, centerId: string, day: string): Promise<string[]> {
  const holding = holdingOf(await hoursOf(tx, centerId), day);
  if (!holding) return [];
  const seasons = holding.seasons.map(shownSeason);
  const season = seasons.findLast((s) => s.from <= day.slice(5)) ?? seasons.at(-1);
  return [
    ...(season === undefined
      ? []
      : [`${weekdaysCn(season.weekdays)} ${season.spans.map((s) => `${s.from}—${s.to}`).join('，')}`]),
    ...holding.service.map(shownService).map((s) => `${weekdaysCn(s.weekdays)} ${s.from}—${s.to}（${s.note}）`),
  ];
}

/** Times of service beyond office hours, by the day. */
export async function serviceTimes(tx: Tx, centerId: string): Promise<(day: LegalDate) => readonly ServiceTime[]> {
  const rows = await hoursOf(tx, centerId);
  return (day) =>
    (holdingOf(rows, day)?.service ?? []).filter((s) => s.weekdays.includes(String(weekdayOf(day)) as WeekdayKey));
}

function weekdaysCn(names: readonly string[]): string {
  return names.length === 5 && names[4] === WEEKDAYS['5'] ? '星期一至星期五' : names.join('、');
}

async function hoursOf(tx: Tx, centerId: string): Promise<HoursRow[]> {
  return tx.query<HoursRow>(
    `select id, center_id is not null as "isOwn", version, valid_from as "validFrom", seasons, service, note,
            made_by_name as "madeByName", made_at as "madeAt" from office_hours where center_id = $1 or center_id is null
      order by center_id is not null desc, valid_from desc, made_at desc, id desc`,
    [centerId],
  );
}

/** The center's own before the common ones; of several from the same day the one made last. */
function holdingOf(rows: readonly HoursRow[], day: string): HoursRow | undefined {
  return rows.find((row) => row.validFrom <= day);
}

function keptSeason({ from, weekdays, morningFrom, morningTo, afternoonFrom, afternoonTo }: SeasonInput): KeptSeason {
  const spans = [
    { from: morningFrom, to: morningTo },
    ...(afternoonFrom === undefined || afternoonTo === undefined ? [] : [{ from: afternoonFrom, to: afternoonTo }]),
  ] as unknown as OpenSpan[];
  // A make-up Saturday is worked like a weekday, though no list of weekdays names it.
  const closed = (['1', '2', '3', '4', '5'] as const).filter((day) => !weekdays.includes(day));
  return { from, week: Object.fromEntries(closed.map((day) => [day, []])), otherDays: spans };
}

function shownSeason({ from, week, otherDays }: KeptSeason) {
  const keys = (['1', '2', '3', '4', '5'] as const).filter(
    (day) => (week[Number(day) as Weekday] ?? otherDays).length > 0,
  );
  const weekday = keys[0] === undefined ? undefined : week[Number(keys[0]) as Weekday];
  return {
    from,
    weekdayKeys: keys,
    weekdays: keys.map((key) => WEEKDAYS[key]),
    spans: (weekday ?? otherDays).map((span) => ({ from: String(span.from), to: String(span.to) })),
  };
}

function shownService({ weekdays, from, to, note }: ServiceTime) {
  return { weekdayKeys: weekdays, weekdays: weekdays.map((key) => WEEKDAYS[key]), from, to, note };
}
