import type { Tx } from '../../../platform/database';
import { WATCH_TERMS, type WatchClock } from '../domain/clocks';

/** A clock that runs on a matter, with who lets it run. */
export interface OpenClock {
  readonly clock: WatchClock;
  readonly subjectId: string;
  readonly startsAt: Date;
  readonly dueAt: Date;
  readonly warnsAt: Date;
  /** A year that it runs into is not in force yet. */
  readonly isProvisional: boolean;
  readonly disputeId: string;
  readonly taskId: string | null;
  readonly holder: string;
  readonly centerId: string;
  readonly centerName: string;
  readonly handlingCenterId: string | null;
  readonly handlingUnitId: string | null;
  readonly committeeId: string | null;
  readonly registrationNumber: string;
  readonly title: string;
  readonly disputeType: string | null;
  readonly riskLevel: string | null;
  readonly isHidden: boolean;
  readonly isSealed: boolean;
  readonly assignedRoles: readonly string[];
  /** Days, from the start to now, that a mediation was paused; null for other clocks. */
  readonly pausedDays: number | null;
}

export interface ClockScope {
  readonly centerIds: readonly string[];
  readonly agencyId?: string;
  readonly disputeId?: string;
}

/** Which of the clocks in scope: kinds, and what light they show; with `light` absent also what is paused. */
export interface ClockChoice {
  readonly clocks: readonly WatchClock[];
  readonly light?: 'red' | 'yellow';
}

export interface ClockPlace {
  readonly dueAt: Date;
  readonly clock: string;
  readonly subjectId: string;
}

/** What one kind of clock adds up to. */
export interface ClockTally {
  readonly clock: WatchClock;
  readonly red: number;
  readonly yellow: number;
  readonly hidden: number;
  /** Who holds up most of what is late in one center, in which, and how many: one name in two centers is two. */
  readonly worstHolder: string | null;
  readonly worstCenter: string | null;
  readonly worstCount: number;
}

/**
 * With more centers than these a walk goes over the clocks of all centers in the order in which they fall due and leaves
 * aside what is not asked for; with fewer each center is walked by itself.
 */
const WALKED_APART = 16;
export const areMany = ({ centerIds }: ClockScope): boolean => centerIds.length > WALKED_APART;
const HORIZON = `interval '${WATCH_TERMS.horizon} days'`;
const LOCAL_DAY = (instant: string): string => `((${instant})::timestamptz at time zone 'Asia/Shanghai')::date`;

/** A statement in the making: what is left out is not in its text, so that its plan is that of what was asked. */
class Question {
  readonly values: unknown[] = [];
  private readonly places = new Map<string, string>();

  /** Stands for a value; the same name stands for the same one. */
  value(name: string, value: unknown, type: string): string {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const place = `$${this.values.push(value)}::${type}`;
    this.places.set(name, place);
    return place;
  }
}

/** With a plan of its own: one for all would take a page, and what is lit, for a fixed part of everything. */
async function answerByItself<Row>(tx: Tx, text: string, q: Question): Promise<Row[]> {
  await tx.query("select set_config('plan_cache_mode', 'force_custom_plan', true)");
  return tx.query<Row>(text, q.values);
}

/** One of a list that is hashed once; the planner neither weighs each of thousands nor looks them up one by one. */
export const among = (column: string, list: string): string => `(${column} in (select unnest(${list}))) is true`;

/** A clock that two centers watch is taken once where both are asked for. */
const once = (centers: string): string => `(o.is_home or not (${among('o.center_id', centers)}))`;

/** The first clocks of the kind `k.clock`, as a set `w`. */
function walk(tx: Tx, q: Question, scope: ClockScope, choice: ClockChoice, limit: number, after: ClockPlace | null) {
  const centers = q.value('centers', scope.centerIds, 'uuid[]');
  const now = q.value('now', tx.now, 'timestamptz');
  const lit =
    choice.light === 'red'
      ? `o.due_at <= ${now}`
      : choice.light === 'yellow'
        ? `o.due_at > ${now} and o.due_at < ${now} + ${HORIZON} and o.warns_at <= ${now}`
        : // What is paused is looked at however far its end is: a pause is no place to hide a matter in.
          `(k.clock = 'paused' or (o.warns_at <= ${now} and o.due_at < ${now} + ${HORIZON}))`;
  const conditions = [
    'o.clock = k.clock',
    lit,
    ...(scope.agencyId === undefined ? [] : [`o.agency_id = ${q.value('agency', scope.agencyId, 'uuid')}`]),
    ...(scope.disputeId === undefined ? [] : [`o.dispute_id = ${q.value('dispute', scope.disputeId, 'uuid')}`]),
    ...(after === null
      ? []
      : [
          `o.due_at >= ${q.value('due', after.dueAt, 'timestamptz')}`,
          `(o.due_at, o.clock, o.subject_id) > (${q.value('due', after.dueAt, 'timestamptz')}, ${q.value('clock', after.clock, 'text')}, ${q.value('subject', after.subjectId, 'uuid')})`,
        ]),
  ].join(' and ');
  const most = q.value('limit', limit, 'integer');
  const isWide = areMany(scope) || scope.agencyId !== undefined || scope.disputeId !== undefined;
  if (isWide) {
    return `(select o.* from open_clock o where ${conditions} and ${among('o.watched_by', centers)} and ${once(centers)}
      order by o.due_at, o.subject_id limit ${most})`;
  }
  return `(select x.* from unnest(${centers}) c(id) cross join lateral (
        select o.* from open_clock o where o.watched_by = c.id and ${conditions} and ${once(centers)}
         order by o.due_at, o.subject_id limit ${most}) x order by x.due_at, x.subject_id limit ${most})`;
}

const shown = (tx: Tx, q: Question): string => `
  select o.clock, o.subject_id as "subjectId", o.starts_at as "startsAt", o.due_at as "dueAt", o.warns_at as "warnsAt",
         o.is_provisional as "isProvisional", o.dispute_id as "disputeId", o.task_id as "taskId", o.holder,
         o.center_id as "centerId", ce.name as "centerName", d.handling_center_id as "handlingCenterId",
         d.handling_unit_id as "handlingUnitId", d.committee_id as "committeeId", d.registration_number as "registrationNumber",
         d.title, d.dispute_type as "disputeType", d.risk_level as "riskLevel", d.is_sealed as "isSealed",
         d.is_sealed and not exists (select 1 from dispute_access a where a.dispute_id = o.dispute_id
           and a.account_id = ${q.value('account', tx.actor.accountId, 'uuid')}
           and (a.ends_at is null or a.ends_at > ${q.value('now', tx.now, 'timestamptz')})) as "isHidden",
         coalesce((select array_agg(a.role) from dispute_access a where a.dispute_id = o.dispute_id
           and a.account_id = ${q.value('account', tx.actor.accountId, 'uuid')} and a.ground = 'assigned'
           and (a.ends_at is null or a.ends_at > ${q.value('now', tx.now, 'timestamptz')})), '{}') as "assignedRoles",
         case when o.clock in ('mediation', 'paused') then (select coalesce(sum(
             ${LOCAL_DAY(`coalesce(z.resumed_at, ${q.value('now', tx.now, 'timestamptz')})`)} - ${LOCAL_DAY('z.paused_at')}), 0)::int
           from mediation_pause z where z.dispute_id = o.dispute_id) end as "pausedDays"`;
const BESIDE = 'join dispute d on d.id = o.dispute_id join center ce on ce.id = o.center_id';

/** One page of clocks after a place, the first due first, sealed ones among them. The scope must have been authorized. */
export async function clocksAfter(
  tx: Tx,
  scope: ClockScope,
  choice: ClockChoice,
  limit: number,
  after: ClockPlace | null,
): Promise<OpenClock[]> {
  const q = new Question();
  const kinds = q.value('kinds', choice.clocks, 'text[]');
  const text = `${shown(tx, q)} from (select w.* from unnest(${kinds}) k(clock)
      cross join lateral ${walk(tx, q, scope, choice, limit, after)} w
      order by w.due_at, w.clock, w.subject_id limit ${q.value('limit', limit, 'integer')}) o ${BESIDE}
    order by o.due_at, o.clock, o.subject_id`;
  return tx.asSystem(() => answerByItself<OpenClock>(tx, text, q));
}

/** The first clocks of each kind that are late or nearly so. For the system, in a transaction that reads along. */
export async function firstClocks(
  tx: Tx,
  scope: ClockScope,
  clocks: readonly WatchClock[],
  each: number,
): Promise<OpenClock[]> {
  const q = new Question();
  const kinds = q.value('kinds', clocks, 'text[]');
  const text = `${shown(tx, q)} from (select w.* from unnest(${kinds}) k(clock)
      cross join lateral ${walk(tx, q, scope, { clocks }, each, null)} w) o ${BESIDE}
    order by o.due_at, o.clock, o.subject_id`;
  return tx.query<OpenClock>(text, q.values);
}

/** Whether a clock was red or yellow at an instant, and whether it was red. */
const isLit = (o: string, at: string): string => `(${o}.warns_at <= ${at} and ${o}.due_at < ${at} + ${HORIZON})`;
const isRed = (o: string, at: string): string => `(${o}.due_at <= ${at})`;

/** What clocks `o` add to those that were lit at `before`. */
const turned = (before: string, at: string): string =>
  `${isLit('o', at)}::int - ${isLit('o', before)}::int, ${isRed('o', at)}::int - ${isRed('o', before)}::int,
   (${isLit('o', at)}::int - ${isLit('o', before)}::int) * o.is_sealed::int`;

/**
 * How many of each kind are late or nearly so. For the system. What the lit clocks of each center added up to when it was last
 * counted, with what was written since and what the time has turned since: one snapshot sees a center counted or not, never
 * half. Centers that were never counted are counted here.
 */
export async function clockTallies(
  tx: Tx,
  { centerIds }: ClockScope,
  clocks: readonly WatchClock[],
): Promise<ClockTally[]> {
  const q = new Question();
  const centers = q.value('centers', centerIds, 'uuid[]');
  const now = q.value('now', tx.now, 'timestamptz');
  const kinds = q.value('kinds', clocks, 'text[]');
  const ownOrAway = (o: string): string => `(${o}.home = ${o}.watched_by or not ${among(`${o}.home`, centers)})`;
  // Of a province these are all sums there are, and no index is to be asked for them.
  const isAsked = `(t.clock = any (${kinds}) and t.watched_by in (select c.watched_by from counted c)) is true`;
  const isAlone =
    't.home = t.watched_by and (t.watched_by, t.clock, t.holder) not in (select a.watched_by, a.clock, a.holder from apart a)';
  const text = `
    with counted as materialized (
      select watched_by, counted_at, turns_at from app.clock_count where ${among('watched_by', centers)} and counted_at <= ${now}
    ),
    written as materialized (
      select o.watched_by, o.home, o.clock, o.holder, sum(o.sign * ${isLit('o', 'c.counted_at')}::int)::int as lit,
             sum(o.sign * ${isRed('o', 'c.counted_at')}::int)::int as red,
             sum(o.sign * (o.is_sealed and ${isLit('o', 'c.counted_at')})::int)::int as sealed
        from app.clock_delta o join counted c on c.watched_by = o.watched_by
       where ${ownOrAway('o')} group by 1, 2, 3, 4
    ),
    moving as materialized (
      select * from counted c where c.turns_at <= ${now} or c.watched_by in (select w.watched_by from written w)
    ),
    since as materialized (
      select * from (
        select w.*, null::timestamptz from written w
        union all
        select o.watched_by, o.center_id, o.clock, o.holder, ${turned('m.counted_at', now)}, o.due_at
          from moving m cross join lateral (
            select * from open_clock o where o.watched_by = m.watched_by and o.warns_at > m.counted_at and o.warns_at <= ${now}
            union
            select * from open_clock o where o.watched_by = m.watched_by and o.clock = any (${kinds})
               and o.due_at > m.counted_at and o.due_at <= ${now}
            union
            select * from open_clock o where o.watched_by = m.watched_by and o.clock = any (${kinds})
               and o.due_at >= m.counted_at + ${HORIZON} and o.due_at < ${now} + ${HORIZON}) o
        union all
        select o.watched_by, o.center_id, o.clock, o.holder, 1, ${isRed('o', now)}::int, o.is_sealed::int, o.due_at
          from open_clock o
         where o.watched_by = any (array(select unnest(${centers}) except select c.watched_by from counted c)) and ${isLit('o', now)}
        ) p (watched_by, home, clock, holder, lit, red, sealed, first)
       where p.clock = any (${kinds}) and ${ownOrAway('p')}
    ),
    -- What one lets run in a center is mostly one row of the sums. Of these it may be several, or not be in them yet.
    apart as materialized (
      select s.watched_by, s.clock, s.holder from since s
      union
      select a.watched_by, a.clock, a.holder from app.clock_tally a where a.home <> a.watched_by
    ),
    together as materialized (
      select p.watched_by, p.clock, p.holder, sum(p.lit)::int as lit, sum(p.red)::int as red, sum(p.sealed)::int as sealed, min(p.first) as first
        from (
          select t.watched_by, t.clock, t.holder, t.lit, t.red, t.sealed, case when (t.watched_by, t.home, t.clock, t.holder)
                 not in (select w.watched_by, w.home, w.clock, w.holder from written w) then t.first_due_at end as first
            from apart a join app.clock_tally t using (watched_by, clock, holder) where ${isAsked} and ${ownOrAway('t')}
          union all
          select s.watched_by, s.clock, s.holder, s.lit, s.red, s.sealed, s.first from since s) p
       group by p.watched_by, p.clock, p.holder
    ),
    kind as materialized (
      select h.clock, sum(h.red)::int as red, sum(h.lit - h.red)::int as yellow, sum(h.sealed)::int as sealed, max(h.red) as most
        from (
          select t.clock, t.lit, t.red, t.sealed from app.clock_tally t where ${isAsked} and ${isAlone}
          union all
          select p.clock, p.lit, p.red, p.sealed from together p) h
       group by h.clock having sum(h.lit) > 0
    ),
    -- Sealed ones that the reader may open. Counting trusts the kept mark; what is shown asks the matter itself.
    known as (
      select o.clock, count(*)::int as n from open_clock o
       where o.is_sealed and ${among('o.watched_by', centers)} and ${once(centers)} and ${isLit('o', now)}
         and exists (select 1 from kind where sealed > 0)
         and o.dispute_id in (select a.dispute_id from dispute_access a where a.account_id = ${q.value('account', tx.actor.accountId, 'uuid')}
               and (a.ends_at is null or a.ends_at > ${now}))
       group by o.clock
    )
    select distinct on (k.clock) k.clock, k.red, k.yellow, k.sealed - coalesce(n.n, 0) as hidden, h.holder as "worstHolder",
           (select c.name from center c where c.id = h.watched_by) as "worstCenter", k.most as "worstCount"
      from kind k left join known n on n.clock = k.clock left join lateral (
        select t.watched_by, t.clock, t.holder, t.first_due_at as first from app.clock_tally t
         where t.clock = k.clock and t.red = k.most and ${isAsked} and ${isAlone}
        union all
        select p.watched_by, p.clock, p.holder, p.first from together p where p.clock = k.clock and p.red = k.most) h on k.most > 0
     -- Of as many, who holds the longest one; what was written of his says nothing of when the first is due now.
     order by k.clock, case when count(*) over (partition by k.clock) > 1 then
       least(h.first, (select min((select o.due_at from open_clock o where o.watched_by = w.watched_by and o.clock = w.clock
             and o.due_at <= ${now} and o.center_id = w.home and o.holder = w.holder order by o.due_at limit 1))
         from written w where w.watched_by = h.watched_by and w.clock = h.clock and w.holder = h.holder)) end, h.holder, h.watched_by`;
  return answerByItself<ClockTally>(tx, text, q);
}

/** Whether the clocks of a center in scope are still being made for the first time: right after an upgrade. For the system. */
export async function isFilling(tx: Tx, { centerIds }: ClockScope): Promise<boolean> {
  const unfilled = await tx.query<{ id: string }>('select center_id as id from clock_filling where kept_by is null');
  if (unfilled.length === 0) return false;
  const scope = new Set(centerIds);
  return unfilled.some(({ id }) => scope.has(id));
}
