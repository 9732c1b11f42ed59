import { Injectable } from '@nestjs/common';
import {
  addDays,
  DomainError,
  type DayKind,
  type LegalDate,
  legalDateFromInstant,
  legalDateOf,
  parseWorkingDayYear,
  ruleViolation,
  type Weekday,
  weekdayOf,
  WorkingCalendar,
  type WorkingDayYear,
  yearOf,
} from '../../../kernel';
import { authorize, mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import {
  type LoadableOrigin,
  NOTICE_ORIGINS,
  NOTICE_STATES,
  type NoticeOrigin,
  type NoticeState,
} from '../domain/dictionaries';
import { daysOfFile, daysOfLines, type HolidayLine, type NoticeDays } from '../domain/published-days';
import { daysOfPackage, latestYearOfPackage, packageNote } from './holiday-package';
import { Reckoners } from './reckoners';

export const NOTICE_IN_FORCE = 'calendars.notice-in-force';

export interface LoadInput {
  readonly year: number;
  readonly source: string;
  readonly publishedOn: string;
  readonly origin: LoadableOrigin;
  readonly data?: string;
  readonly holidays?: readonly HolidayLine[];
}

interface NoticeRow {
  readonly id: string;
  readonly year: number;
  readonly version: string;
  readonly source: string;
  readonly publishedOn: LegalDate;
  readonly days: NoticeDays;
  readonly origin: NoticeOrigin;
  readonly originNote: string | null;
  readonly state: NoticeState;
  readonly loadedBy: string | null;
  readonly loadedByName: string;
  readonly loadedAt: Date;
  readonly reviewedByName: string | null;
  readonly reviewedAt: Date | null;
  readonly reviewNote: string | null;
  readonly endedAt: Date | null;
}

const COLUMNS = `id, year, version, source, published_on as "publishedOn", days, origin, origin_note as "originNote", state,
  loaded_by as "loadedBy", loaded_by_name as "loadedByName", loaded_at as "loadedAt", reviewed_by_name as "reviewedByName",
  reviewed_at as "reviewedAt", review_note as "reviewNote", ended_at as "endedAt"`;

/** Yearly notices of days off: loaded by one person, put in force by another, never written over. */
@Injectable()
export class KeepNotices {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reckoners: Reckoners,
  ) {}

  /** Every year with what is in force, and those that are missing though deadlines run into them. */
  async years() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'calendars.list-years', { ownerAccountId: tx.actor.accountId });
      const notices = await this.notices(tx, null);
      // A number over all centers: it names no matter.
      const provisionalCount = await tx.asSystem(() => this.reckoners.provisional(tx));
      const thisYear = yearOf(legalDateFromInstant(tx.now));
      const inForce = notices.filter((n) => n.state === 'in-force').map((n) => n.year);
      const years = [...new Set([...notices.map((n) => n.year), thisYear, thisYear + 1])].sort((a, b) => b - a);
      return {
        items: years.map((year) => {
          const current = notices.find((n) => n.year === year && n.state === 'in-force');
          return {
            year,
            isPublished: current !== undefined,
            hasDraft: notices.some((n) => n.year === year && n.state === 'draft'),
            version: current?.version ?? null,
            source: current?.source ?? null,
          };
        }),
        missingYears: [thisYear, thisYear + 1].filter((year) => !inForce.includes(year)),
        provisionalCount,
        packageNote: packageNote(),
        packageYear: latestYearOfPackage(),
        mayLoad: mayAct(tx.actor, ['system-admin@any'], {}),
      };
    });
  }

  /** One year day by day, and all versions of its notice. */
  async year(year: number) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'calendars.read-year', { ownerAccountId: tx.actor.accountId });
      const notices = await this.notices(tx, null);
      const ofYear = notices.filter((n) => n.year === year);
      const inForce = notices.filter((n) => n.state === 'in-force');
      const current = ofYear.find((n) => n.state === 'in-force');
      return {
        year,
        isPublished: current !== undefined,
        days: daysOfYear(new WorkingCalendar(inForce.map(yearOfNotice)), year),
        notices: ofYear
          .sort((a, b) => ordinalOf(b) - ordinalOf(a))
          .map((notice) => {
            const { days, loadedBy, ...shown } = notice;
            const others = inForce.filter((n) => n.year !== year);
            return {
              ...shown,
              offDays: days.offDays,
              makeUpWorkDays: days.makeUpWorkDays,
              loadedAt: notice.loadedAt.toISOString(),
              reviewedAt: notice.reviewedAt?.toISOString() ?? null,
              endedAt: notice.endedAt?.toISOString() ?? null,
              days:
                notice.state === 'draft'
                  ? daysOfYear(new WorkingCalendar([...others, notice].map(yearOfNotice)), year)
                  : [],
              allowedActs: this.allowedActs(tx, notice, loadedBy),
            };
          }),
      };
    });
  }

  /** A draft: nothing is reckoned by it before somebody else has compared it with the notice. */
  async load(input: LoadInput) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'calendars.load-year');
      const { year, source, publishedOn, origin } = input;
      await tx.query('select pg_advisory_xact_lock(727035, $1)', [year]);
      const earlier = await tx.query<{ state: NoticeState }>('select state from working_day_notice where year = $1', [
        year,
      ]);
      if (earlier.some((n) => n.state === 'draft')) {
        throw new DomainError(
          'conflict',
          'calendars.draft-waits',
          `${year}年已有一份放假安排等待复核，请先复核启用或者不予采用，再重新载入。`,
        );
      }
      const version = `${year}-${earlier.length + 1}`;
      const days = daysFor(input);
      const checked = parseWorkingDayYear({ year, version, source, publishedOn, ...days });
      if (!checked.ok) throw ruleViolation(checked.code, checked.message, pointerOf(origin));
      const id = uuidv7();
      await tx.query(
        `insert into working_day_notice (id, year, version, source, published_on, days, origin, origin_note, state,
                                         loaded_by, loaded_by_name, loaded_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', $9, $10, $11)`,
        [
          id,
          year,
          version,
          source,
          publishedOn,
          JSON.stringify(days),
          origin,
          origin === 'package' ? packageNote() : null,
          tx.actor.accountId,
          tx.actor.displayName ?? '',
          tx.now,
        ],
      );
      this.audit(tx, 'calendars.load-year', id, {
        year,
        version,
        origin,
        offDays: days.offDays.length,
        makeUpWorkDays: days.makeUpWorkDays.length,
      });
      return { id, year, version, state: 'draft', stateName: NOTICE_STATES.draft };
    });
  }

  /** Puts a draft in force; the version before it is kept, and open deadlines are reckoned anew behind the answer. */
  async confirm(id: string, note: string | undefined) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'calendars.confirm-notice');
      const notice = await this.lockDraft(tx, id);
      if (notice.loadedBy === tx.actor.accountId) {
        throw new DomainError(
          'forbidden',
          'calendars.own-notice',
          '放假安排须由载入人以外的人员对照通知原文复核后启用。',
        );
      }
      await tx.query(
        `update working_day_notice set state = 'superseded', ended_at = $2 where year = $1 and state = 'in-force'`,
        [notice.year, tx.now],
      );
      await this.review(tx, id, 'in-force', note);
      this.audit(tx, 'calendars.confirm-notice', id, { year: notice.year, version: notice.version });
      tx.send({ topic: NOTICE_IN_FORCE, payload: { noticeId: id } });
      return { ...head(notice), state: 'in-force', stateName: NOTICE_STATES['in-force'] };
    });
  }

  /** Puts a draft aside, also one's own; it stays on record. */
  async discard(id: string, note: string) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'calendars.discard-notice');
      const notice = await this.lockDraft(tx, id);
      await this.review(tx, id, 'discarded', note);
      this.audit(tx, 'calendars.discard-notice', id, { year: notice.year, version: notice.version });
      return { ...head(notice), state: 'discarded', stateName: NOTICE_STATES.discarded };
    });
  }

  private async review(tx: Tx, id: string, state: NoticeState, note: string | undefined): Promise<void> {
    await tx.query(
      `update working_day_notice set state = $2, reviewed_by = $3, reviewed_by_name = $4, reviewed_at = $5, review_note = $6,
              ended_at = case when $2 = 'discarded' then $5::timestamptz end where id = $1`,
      [id, state, tx.actor.accountId, tx.actor.displayName ?? '', tx.now, note ?? null],
    );
  }

  private async lockDraft(tx: Tx, id: string): Promise<NoticeRow> {
    const notice = await tx.one<NoticeRow>(`select ${COLUMNS} from working_day_notice where id = $1 for update`, [id]);
    if (notice.state === 'draft') return notice;
    throw new DomainError(
      'conflict',
      'calendars.reviewed-already',
      `这份放假安排${NOTICE_STATES[notice.state]}，不能再复核。`,
    );
  }

  private allowedActs(tx: Tx, { state }: NoticeRow, loadedBy: string | null): string[] {
    if (state !== 'draft' || !mayAct(tx.actor, ['system-admin@any', 'center-director@any', 'superior@any'], {}))
      return [];
    const isOwn = loadedBy === tx.actor.accountId;
    return [...(isOwn ? [] : ['calendars.confirm-notice']), 'calendars.discard-notice'];
  }

  private async notices(tx: Tx, year: number | null): Promise<NoticeRow[]> {
    const rows = await tx.query<NoticeRow>(
      `select ${COLUMNS} from working_day_notice where $1::integer is null or year = $1 order by year`,
      [year],
    );
    return rows.map((row) => ({ ...row, originName: NOTICE_ORIGINS[row.origin], stateName: NOTICE_STATES[row.state] }));
  }

  private audit(tx: Tx, act: string, id: string, details: Readonly<Record<string, unknown>>): void {
    tx.audit({ act, objectType: 'working-day-notice', objectId: id, details });
  }
}

/** `2027-2`: the second version of its year. */
function ordinalOf({ version }: NoticeRow): number {
  return Number(version.split('-')[1]);
}

function head({ id, year, version }: NoticeRow) {
  return { id, year, version };
}

function yearOfNotice({ year, version, source, publishedOn, days }: NoticeRow): WorkingDayYear {
  return { year, version, source, publishedOn, offDays: days.offDays, makeUpWorkDays: days.makeUpWorkDays };
}

function daysFor({ year, origin, data, holidays }: LoadInput): NoticeDays {
  if (origin === 'package') {
    const days = daysOfPackage(year);
    if (days) return days;
    throw ruleViolation(
      'calendars.package-lacks-year',
      `系统所带的节假日数据包只到${latestYearOfPackage()}年，还没有${year}年。请对照通知逐项填写，或者选择数据文件。`,
      '/year',
    );
  }
  if (origin === 'file') {
    const days = daysOfFile(data ?? '', year);
    if (days.ok) return days.value;
    throw ruleViolation(days.code, days.message, '/data');
  }
  if (holidays === undefined || holidays.length === 0) {
    throw ruleViolation('calendars.no-holidays', '请对照通知逐项填写放假安排，至少一项。', '/holidays');
  }
  holidays.forEach(({ holiday, from, to }, index) => {
    if (from > to)
      throw ruleViolation('calendars.order', `${holiday}的放假结束日期早于开始日期，请核对。`, `/holidays/${index}/to`);
  });
  return daysOfLines(holidays);
}

function pointerOf(origin: LoadableOrigin): string {
  return origin === 'file' ? '/data' : origin === 'typed' ? '/holidays' : '/year';
}

interface ShownDay {
  readonly on: LegalDate;
  readonly weekday: Weekday;
  readonly kind: DayKind;
  readonly holiday: string | null;
  readonly isProvisional: boolean;
}

function daysOfYear(calendar: WorkingCalendar, year: number): ShownDay[] {
  const days: ShownDay[] = [];
  for (let on = legalDateOf(year, 1, 1); yearOf(on) === year; on = addDays(on, 1)) {
    days.push({
      on,
      weekday: weekdayOf(on),
      kind: calendar.kindOf(on),
      holiday: calendar.holidayOf(on),
      isProvisional: calendar.isWorkingDay(on).isProvisional,
    });
  }
  return days;
}
