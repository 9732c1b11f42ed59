import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes of figures in `app.figure_facts_at`; a test holds them against statistics/domain/figures.ts. */
export const FIGURES_BY_CODE = {
  registered: 1,
  accepted: 2,
  closed: 3,
  agreed: 4,
  settled: 5,
  'on-time': 6,
  paused: 7,
  'signed-in-time': 8,
  'arrived-in-time': 9,
  'answered-in-time': 10,
  performed: 11,
  'court-confirmed': 12,
  satisfied: 13,
  acceptance: 14,
  'closed-rate': 15,
  'closed-on-time': 16,
  'agreed-of-accepted': 17,
  'settled-raw': 18,
  level: 19,
  relapsed: 20,
  'on-spot': 21,
  'performed-amount': 22,
  'confirmed-of-applied': 23,
  response: 24,
  arrived: 25,
  visited: 26,
  'called-back': 27,
  solved: 28,
} as const;

/** Codes of notes. */
export const NOTES_BY_CODE = {
  imported: 1,
  withdrawn: 2,
  'in-hand': 3,
  'not-due': 4,
  observation: 5,
  suspended: 6,
  objected: 7,
  unreached: 8,
  'no-answer': 9,
  overdue: 10,
  breach: 11,
  'not-agreed': 12,
  late: 13,
  unconfirmed: 14,
  unproved: 15,
  'at-court': 16,
  dismissed: 17,
  'not-applied': 18,
  dissatisfied: 19,
  running: 20,
  'not-confirmed': 21,
  unsolved: 22,
  relapse: 23,
  refused: 24,
  outside: 25,
  answered: 26,
  undecided: 27,
  sued: 28,
  'nothing-due': 29,
  'not-on-spot': 30,
} as const;

const HIT = '1::smallint';
const MISS = '2::smallint';
const APART = '3::smallint';
const note = (key: keyof typeof NOTES_BY_CODE): string => `${NOTES_BY_CODE[key]}::smallint`;

const today = `(p_now at time zone 'Asia/Shanghai')::date`;
const dayOf = (instant: string): string => `((${instant}) at time zone 'Asia/Shanghai')::date`;
const startOf = (day: string): string => `((${day})::timestamp at time zone 'Asia/Shanghai')`;
/** The first instant at which the day is over. */
const endOf = (day: string): string => startOf(`(${day}) + 1`);

interface Fact {
  /** Null where one scan serves several figures and says which (`k.figure`). */
  readonly figure: keyof typeof FIGURES_BY_CODE | null;
  readonly subject: string;
  readonly dispute: string;
  readonly at: string;
  readonly cohort?: string;
  readonly verdict: string;
  readonly note?: string;
  readonly weight?: string;
  readonly turns?: string;
  readonly agency?: string;
  readonly from: string;
}

/** One branch of the union. Without `cohort` a fact belongs to the acceptance of its matter. */
const fact = ({
  figure,
  subject,
  dispute,
  at,
  cohort = 'null::timestamptz',
  verdict,
  note: why = 'null::smallint',
  weight = '1::bigint',
  turns = 'null::timestamptz',
  agency = 'null::uuid',
  from,
}: Fact): string => `
    select ${figure === null ? 'k.figure' : `${FIGURES_BY_CODE[figure]}::smallint`} as figure, ${subject} as subject_id, ${dispute} as dispute_id, ${at} as period_at, ${cohort} as cohort_at,
           ${verdict} as verdict, ${why} as note, ${weight} as weight, ${turns} as turns_at, ${agency} as agency_id
      from ${from}`;

/** A note for each way in which a fact is no hit; null is a hit. */
const verdictBy = (apart: readonly (keyof typeof NOTES_BY_CODE)[]): string => `case when f.note is null then ${HIT}
             when f.note = any ('{${apart.map((key) => NOTES_BY_CODE[key]).join(', ')}}'::smallint[]) then ${APART} else ${MISS} end`;

/** Agreements that count as such: a voided one is none, a correction only mends the words of another. */
const counts = (a: string): string => `${a}.state in ('effective', 'superseded') and ${a}.relation <> 'correction'`;
const ENDED = `('terminated', 'refused', 'unreachable', 'withdrawn')`;
/** No reopening lies between two instants: both belong to one round. */
const sameRound = (
  dispute: string,
  one: string,
  other: string,
): string => `not exists (select 1 from dispute_reopening r
          where r.dispute_id = ${dispute} and r.reopened_at > least(${one}, ${other}) and r.reopened_at <= greatest(${one}, ${other}))`;

/** The matter went to a court after an instant, and did not come back. */
const handedToCourt = (dispute: string, since: string, more = ''): string => `exists (select 1 from dispute_transfer t
          where t.dispute_id = ${dispute} and t.kind = 'hand-off' and t.organ_kind = 'court'
            and t.state not in ('returned', 'withdrawn') and t.sent_at >= ${since} ${more})`;

/** Agreements with which a round reached one: the first of each round. */
const AGREED = `agreement a join dispute d on d.id = a.dispute_id
     where d.state <> 'merged' and ${counts('a')}
       and not exists (select 1 from agreement b
         where b.dispute_id = a.dispute_id and ${counts('b')} and (b.effective_at, b.ordinal) < (a.effective_at, a.ordinal)
           and ${sameRound('a.dispute_id', 'a.effective_at', 'b.effective_at')})`;

/** Of an item on record as performed: what its obligee's silence makes of it, and until when. */
const RECEIPT = `left join lateral (
        select case when max(r.receipt_due_on) >= ${today} then ${note('unconfirmed')}
                    when bool_or(cardinality(r.attachment_ids) = 0) then ${note('unproved')} end as note,
               case when max(r.receipt_due_on) >= ${today} then ${endOf('max(r.receipt_due_on)')} end as turns_at,
               bool_or(cardinality(r.attachment_ids) = 0) as is_bare
          from performance_record r
         where r.item_id = i.id and r.receipt = 'awaited' and r.retracted_at is null) n on i.state = 'performed'`;

/** The clocks of whistles, each by its figure; where it says so, what was done after its time counts as done, too. */
const WHISTLES = ((): string => {
  const dueAt = 'coalesce(u.current_due_at, u.original_due_at)';
  const row = (figure: keyof typeof FIGURES_BY_CODE, kind: string, late = MISS): string =>
    `(${FIGURES_BY_CODE[figure]}::smallint, '${kind}', ${late})`;
  return fact({
    figure: null,
    subject: 'u.id',
    dispute: 'u.dispute_id',
    at: 'u.starts_at',
    cohort: 't.issued_at',
    verdict: `case when u.met_at is not null then case when u.met_at < ${dueAt} then ${HIT} else k.late end
             when u.current_due_at <= p_now then ${MISS} else ${APART} end`,
    note: `case when u.met_at is not null then case when u.met_at >= ${dueAt} then ${note('late')} end
             when u.current_due_at is null then ${note('objected')}
             when u.current_due_at <= p_now then ${note('overdue')} else ${note('not-due')} end`,
    turns: `case when u.met_at is null and u.current_due_at > p_now then u.current_due_at end`,
    agency: 't.agency_id',
    from: `summons_due u join summons_task t on t.id = u.task_id
      join (values ${[
        row('signed-in-time', 'sign'),
        row('response', 'contact'),
        row('arrived-in-time', 'arrive'),
        row('arrived', 'arrive', HIT),
        row('answered-in-time', 'feedback'),
      ].join(', ')}) k(figure, kind, late) on k.kind = u.kind
     where t.state not in ('draft', 'upheld', 'withdrawn') and u.stopped_at is null`,
  });
})();

const matters = (
  figure: keyof typeof FIGURES_BY_CODE,
  at: string,
  where: string,
  isOld = 'false',
  cohort?: string,
): string =>
  fact({
    figure,
    subject: 'd.id',
    dispute: 'd.id',
    at,
    ...(cohort === undefined ? {} : { cohort }),
    verdict: `case when ${isOld} then ${APART} else ${HIT} end`,
    note: `case when ${isOld} then ${note('imported')} end`,
    from: `dispute d where d.state <> 'merged' and ${where}`,
  });

/** When the matter was taken in hand: accepted by a committee, or handled without mediation. */
const TAKEN = `cross join lateral (select coalesce(d.accepted_at, (select min(e.at) from dispute_event e
          where e.dispute_id = d.id and e.act = 'disputes.undertake')) as at) taken`;
const CLOSED = `d.state in ('closed', 'followed-up', 'archived')`;

/**
 * The last round of a matter that was taken in hand, and what it came to. `o`: what stands of it, with the note why it is no
 * success and the instant since which a success is observed.
 */
const LAST_ROUND = `dispute d join center ce on ce.id = d.center_id
      ${TAKEN}
      cross join lateral (select max(r.reopened_at) as starts_at from dispute_reopening r where r.dispute_id = d.id) l
      cross join lateral (select min(a.effective_at) as at from agreement a
         where a.dispute_id = d.id and ${counts('a')} and (l.starts_at is null or a.effective_at >= l.starts_at)) g
      left join lateral (select m.ended_at, m.end_state, m.code from mediation_ending m
         where m.dispute_id = d.id and d.mediation_state in ${ENDED} and (l.starts_at is null or m.ended_at >= l.starts_at)
         order by m.ended_at desc, m.id desc limit 1) e on true
      left join lateral (select c.outcome, c.confirmed_by, c.closed_at from dispute_closing c
         where c.dispute_id = d.id and c.volume = d.volume and ${CLOSED}
         order by c.closed_at desc limit 1) c on true
      cross join lateral (select case
           when g.at is not null then g.at
           when l.starts_at is not null and c.outcome in ('agreement', 'oral-agreement') then c.closed_at end as at) agreed
      cross join lateral (select case
           when agreed.at is not null then agreed.at
           when e.code = 'settled-privately' then e.ended_at
           when c.outcome in ('solved', 'settled') and c.confirmed_by is not null then c.closed_at end as at) done`;

/** What stands of the obligations of a matter: one is broken, some are open, and when the clock changes that. */
const OBLIGATIONS = `cross join lateral (select
           coalesce(bool_or(i.state = 'breached' or (i.state = 'open' and i.due_on < ${today})
             or n.note = ${note('unproved')}), false) as is_broken,
           coalesce(bool_or((i.state = 'open' and i.due_on >= ${today}) or n.note = ${note('unconfirmed')}), false) as is_open,
           least(min(${endOf('i.due_on')}) filter (where i.state = 'open' and i.due_on >= ${today}),
                 min(n.turns_at) filter (where n.is_bare)) as breaks_at,
           max(n.turns_at) filter (where not n.is_bare) as clears_at
         from performance_item i ${RECEIPT}
        where i.dispute_id = d.id and i.state <> 'cancelled') p`;

const SETTLED = `(select d.id as dispute_id, d.center_id, coalesce(done.at, e.ended_at, c.closed_at, taken.at) as at,
          case when ${handedToCourt('d.id', 'done.at')} then ${note('sued')}
               when p.is_broken then ${note('breach')}
               when agreed.at is not null and p.is_open then ${note('not-due')}
               when done.at is not null then case when p_now < done.at + ce.relapse_days * interval '24 hours' then ${note('observation')} end
               when e.end_state = 'withdrawn' then ${note('withdrawn')}
               when e.end_state is not null then ${note('not-agreed')}
               when c.outcome in ('solved', 'settled') then ${note('not-confirmed')}
               when c.outcome is not null then ${note('unsolved')}
               else ${note('in-hand')} end as note,
          done.at + ce.relapse_days * interval '24 hours' as observed_at, p.breaks_at, p.clears_at
       from ${LAST_ROUND}
      ${OBLIGATIONS}
      where d.state <> 'merged' and taken.at is not null) f`;

/** An outcome that stands is no more than claimed; the same last round, as reports count it. */
const CLAIMED = `(select d.id as dispute_id, coalesce(agreed.at, e.ended_at, c.closed_at, taken.at) as at,
          case when agreed.at is not null or e.code = 'settled-privately' or c.outcome in ('settled', 'solved') then null
               when e.end_state = 'withdrawn' then ${note('withdrawn')}
               when e.end_state is not null then ${note('not-agreed')}
               when c.outcome is not null then ${note('unsolved')}
               else ${note('in-hand')} end as note
       from ${LAST_ROUND}
      where d.state <> 'merged' and taken.at is not null) f`;

const SETTLED_TURNS = `case when f.note in (${note('sued')}, ${note('breach')}) then null
             when f.note = ${note('not-due')} then coalesce(f.breaks_at, f.clears_at)
             when f.note = ${note('observation')} then least(f.observed_at, f.breaks_at) else f.breaks_at end`;

/** A visit is due so many days after something; one that was made at any time since then counts. */
const visits = (figure: keyof typeof FIGURES_BY_CODE, planned: string, made: string, more = ''): string =>
  fact({
    figure,
    subject: 'f.subject_id',
    dispute: 'f.dispute_id',
    at: startOf('f.due_on'),
    verdict: verdictBy(['not-due']),
    note: 'f.note',
    turns: `case when f.note = ${note('not-due')} then ${endOf('f.due_on')} end`,
    from: `(select p.subject_id, p.dispute_id, p.due_on,
          case when ${made} then null when p.due_on < ${today} then ${note('overdue')} else ${note('not-due')} end as note
       from (${planned}) p join dispute d on d.id = p.dispute_id
      where d.state <> 'merged' and d.allows_call_back ${more}) f`,
  });
const isVisited = (isCallBack: boolean): string => `exists (select 1 from follow_up_visit v
            where v.dispute_id = p.dispute_id and v.is_reached and ${isCallBack ? '' : 'not '}v.is_call_back and v.visited_at > p.since)`;
const HEARD = `exists (select 1 from party_word w where w.dispute_id = p.dispute_id and w.said_at > p.since)`;
/** By a visit or by their own word. */
const ASKED = `(${isVisited(false)} or ${HEARD})`;
/** Closings whose matter was not taken up again before the visit was due; one for each volume. */
const closingsToVisit = (
  days: number,
  more = '',
): string => `select c.id as subject_id, c.dispute_id, c.closed_at as since,
              ${dayOf('c.closed_at')} + ${days} as due_on
         from dispute_closing c
        where not exists (select 1 from dispute_closing b
            where b.dispute_id = c.dispute_id and b.volume = c.volume and (b.closed_at, b.id) > (c.closed_at, c.id))
          and not exists (select 1 from dispute_reopening r
            where r.dispute_id = c.dispute_id and r.reopened_at > c.closed_at and r.reopened_at < ${endOf(`${dayOf('c.closed_at')} + ${days}`)})${more}`;

/** What became of a matter that nobody has taken in hand. */
const standsAs = `coalesce(case when ${CLOSED} then d.outcome end, d.state)`;

const periodDue = 'coalesce(p.current_due_on, p.original_due_on)';
const OF_PERIOD = "mediation_period p join dispute d on d.id = p.dispute_id where d.state <> 'merged'";

const BRANCHES = [
  matters('registered', 'd.registered_at', 'true', 'd.is_imported', 'd.registered_at'),
  matters('accepted', 'd.accepted_at', 'd.accepted_at is not null'),
  matters(
    'closed',
    'd.closed_at',
    "d.closed_at is not null and d.state in ('closed', 'followed-up', 'archived')",
    'd.is_imported and d.volume = 1',
  ),
  fact({
    figure: 'agreed',
    subject: 'a.id',
    dispute: 'a.dispute_id',
    at: 'a.effective_at',
    verdict: HIT,
    from: AGREED,
  }),
  fact({
    figure: 'agreed',
    subject: 'm.id',
    dispute: 'm.dispute_id',
    at: 'm.ended_at',
    verdict: `case m.end_state when 'withdrawn' then ${APART} else ${MISS} end`,
    note: `case m.end_state when 'withdrawn' then ${note('withdrawn')} else ${note('not-agreed')} end`,
    from: `mediation_ending m join dispute d on d.id = m.dispute_id
     where d.state <> 'merged' and m.after_acceptance
       and (d.mediation_state in ${ENDED} or exists (select 1 from dispute_reopening r where r.dispute_id = m.dispute_id and r.reopened_at > m.ended_at))
       and not exists (select 1 from mediation_ending b
         where b.dispute_id = m.dispute_id and (b.ended_at, b.id) > (m.ended_at, m.id) and ${sameRound('m.dispute_id', 'm.ended_at', 'b.ended_at')})
       and not exists (select 1 from agreement a
         where a.dispute_id = m.dispute_id and ${counts('a')} and ${sameRound('m.dispute_id', 'm.ended_at', 'a.effective_at')})`,
  }),
  // What is no resolution is missed by the rate, and stands apart beside the count.
  fact({
    figure: null,
    subject: 'f.dispute_id',
    dispute: 'f.dispute_id',
    at: 'f.at',
    verdict: `case when f.note is null then ${HIT} when f.note in (${note('in-hand')}, ${note('not-due')}, ${note('observation')}) then ${APART}
             else k.otherwise end`,
    note: 'f.note',
    turns: SETTLED_TURNS,
    from: `${SETTLED}
     cross join (values (${FIGURES_BY_CODE.settled}::smallint, ${MISS}), (${FIGURES_BY_CODE.level}::smallint, ${APART})) k(figure, otherwise)`,
  }),
  fact({
    figure: 'settled-raw',
    subject: 'f.dispute_id',
    dispute: 'f.dispute_id',
    at: 'f.at',
    verdict: verdictBy([]),
    note: 'f.note',
    from: CLAIMED,
  }),
  fact({
    figure: 'on-time',
    subject: 'p.id',
    dispute: 'p.dispute_id',
    at: startOf(periodDue),
    verdict: `case when p.ended_at is not null then case when p.ended_at < ${endOf(periodDue)} then ${HIT} else ${MISS} end
             when p.current_due_on < ${today} then ${MISS} else ${APART} end`,
    note: `case when p.ended_at is not null then case when p.ended_at >= ${endOf(periodDue)} then ${note('late')} end
             when p.current_due_on is null then ${note('suspended')}
             when p.current_due_on < ${today} then ${note('overdue')} else ${note('not-due')} end`,
    turns: `case when p.ended_at is null and p.current_due_on >= ${today} then ${endOf('p.current_due_on')} end`,
    from: OF_PERIOD,
  }),
  // Days of each pause, and days beside the pauses. What is still 0 days is there for the day on which it is not.
  fact({
    figure: 'paused',
    subject: 'z.id',
    dispute: 'p.dispute_id',
    at: startOf('p.start_on'),
    verdict: HIT,
    weight: `(${dayOf('coalesce(z.resumed_at, p_now)')} - ${dayOf('z.paused_at')})::bigint`,
    turns: `case when z.resumed_at is null then ${endOf(today)} end`,
    from: `mediation_pause z join mediation_period p on p.id = z.period_id join dispute d on d.id = p.dispute_id where d.state <> 'merged'`,
  }),
  fact({
    figure: 'paused',
    subject: 'p.id',
    dispute: 'p.dispute_id',
    at: startOf('p.start_on'),
    verdict: MISS,
    note: note('running'),
    weight: `greatest(${dayOf('coalesce(p.ended_at, p_now)')} - p.start_on - coalesce((
               select sum(${dayOf('coalesce(z.resumed_at, p_now)')} - ${dayOf('z.paused_at')}) from mediation_pause z where z.period_id = p.id), 0), 0)::bigint`,
    turns: `case when p.ended_at is null and not exists (select 1 from mediation_pause z where z.period_id = p.id and z.resumed_at is null)
             then ${endOf(`greatest(${today}, p.start_on)`)} end`,
    from: OF_PERIOD,
  }),
  WHISTLES,
  fact({
    figure: 'performed',
    subject: 'f.id',
    dispute: 'f.dispute_id',
    at: startOf('f.due_on'),
    verdict: verdictBy(['unconfirmed', 'not-due']),
    note: 'f.note',
    turns: 'f.turns_at',
    from: `(select i.id, i.dispute_id, i.due_on,
          case when i.state = 'performed' then n.note
               when i.state = 'breached' or i.due_on < ${today} then ${note('breach')} else ${note('not-due')} end as note,
          case when i.state = 'performed' then n.turns_at
               when i.state = 'open' and i.due_on >= ${today} then ${endOf('i.due_on')} end as turns_at
       from performance_item i ${RECEIPT} where i.state <> 'cancelled') f`,
  }),
  fact({
    figure: 'court-confirmed',
    subject: 'f.id',
    dispute: 'f.dispute_id',
    at: 'f.effective_at',
    verdict: verdictBy(['at-court', 'not-due']),
    note: 'f.note',
    turns: `case when f.note = ${note('not-due')} then ${endOf('f.confirmation_due_on')} end`,
    from: `(select a.id, a.dispute_id, a.effective_at, a.confirmation_due_on,
          case c.state when 'confirmed' then null when 'dismissed' then ${note('dismissed')}
            when 'applied' then ${note('at-court')} when 'accepted' then ${note('at-court')}
            else case when a.state = 'effective' and a.confirmation_due_on >= ${today} then ${note('not-due')} else ${note('not-applied')} end end as note
       from agreement a join dispute d on d.id = a.dispute_id
       left join judicial_confirmation c on c.agreement_id = a.id and c.state <> 'withdrawn'
      where d.state <> 'merged' and a.kind = 'written' and a.effective_at is not null and a.relation in ('original', 'replacement')) f`,
  }),
  fact({
    figure: 'satisfied',
    subject: 'v.id',
    dispute: 'v.dispute_id',
    at: 'v.visited_at',
    verdict: `case when coalesce(v.satisfaction, 'no-answer') = 'no-answer' then ${APART}
             when v.satisfaction = 'dissatisfied' then ${MISS} else ${HIT} end`,
    note: `case when not v.is_reached then ${note('unreached')} when coalesce(v.satisfaction, 'no-answer') = 'no-answer' then ${note('no-answer')}
             when v.satisfaction = 'dissatisfied' then ${note('dissatisfied')} end`,
    from: 'follow_up_visit v',
  }),
  fact({
    figure: 'satisfied',
    subject: 'g.id',
    dispute: 'g.dispute_id',
    at: 'g.rated_at',
    verdict: `case when g.score >= 4 then ${HIT} else ${MISS} end`,
    note: `case when g.score < 4 then ${note('dissatisfied')} end`,
    from: 'service_rating g',
  }),
  fact({
    figure: 'acceptance',
    subject: 'f.id',
    dispute: 'f.id',
    at: 'f.at',
    cohort: 'f.registered_at',
    verdict: verdictBy(['outside', 'answered', 'undecided', 'imported']),
    note: 'f.note',
    from: `(select d.id, d.registered_at,
          coalesce(taken.at, case when ${standsAs} in ('not-accepted', 'answered', 'referred') then x.decided_at end, d.registered_at) as at,
          case when taken.at is not null then null
               when d.is_imported and d.volume = 1 then ${note('imported')}
               when ${standsAs} = 'not-accepted' and x.reason_code not in ('special-organ', 'law-forbids', 'already-in-hand', 'outside-area')
                 then ${note('refused')}
               when ${standsAs} in ('not-accepted', 'referred', 'handed-off') then ${note('outside')}
               when ${standsAs} = 'answered' then ${note('answered')}
               else ${note('undecided')} end as note
       from dispute d ${TAKEN}
       left join lateral (select y.reason_code, y.decided_at from dispute_decision y
         where y.dispute_id = d.id order by y.decided_at desc, y.id desc limit 1) x on true
      where d.state <> 'merged') f`,
  }),
  fact({
    figure: 'closed-rate',
    subject: 'd.id',
    dispute: 'd.id',
    at: `case when ${CLOSED} then d.closed_at else taken.at end`,
    verdict: `case when ${CLOSED} then ${HIT} else ${MISS} end`,
    note: `case when not ${CLOSED} then ${note('in-hand')} end`,
    from: `dispute d ${TAKEN} where d.state <> 'merged' and taken.at is not null`,
  }),
  fact({
    figure: 'closed-on-time',
    subject: 'f.id',
    dispute: 'f.dispute_id',
    at: startOf('f.due_on'),
    verdict: verdictBy(['suspended', 'not-due']),
    note: 'f.note',
    turns: `case when f.note = ${note('not-due')} then ${endOf('f.due_on')} end`,
    from: `(select p.id, p.dispute_id, t.due_on,
          case when c.closed_at is not null then case when c.closed_at >= ${endOf('t.due_on')} then ${note('late')} end
               when p.current_due_on is null then ${note('suspended')}
               when t.due_on < ${today} then ${note('overdue')} else ${note('not-due')} end as note
       from mediation_period p join dispute d on d.id = p.dispute_id
      cross join lateral (select greatest(${periodDue}, max(i.due_on)) as due_on
           from performance_item i join agreement a on a.id = i.agreement_id
          where i.dispute_id = p.dispute_id and i.state <> 'cancelled'
            and p.volume = 1 + (select count(*) from dispute_reopening r where r.dispute_id = p.dispute_id and r.reopened_at <= a.effective_at)) t
      cross join lateral (select min(c.closed_at) as closed_at from dispute_closing c
          where c.dispute_id = p.dispute_id and c.volume = p.volume) c
      where d.state <> 'merged' and not exists (select 1 from mediation_period b
          where b.dispute_id = p.dispute_id and b.volume = p.volume and (b.start_on, b.id) > (p.start_on, p.id))) f`,
  }),
  fact({
    figure: 'agreed-of-accepted',
    subject: 'd.id',
    dispute: 'd.id',
    at: 'coalesce(g.at, d.accepted_at)',
    verdict: `case when g.at is not null then ${HIT} else ${MISS} end`,
    note: `case when g.at is not null then null when d.mediation_state = 'withdrawn' then ${note('withdrawn')}
             when ${CLOSED} or d.mediation_state in ${ENDED} then ${note('not-agreed')} else ${note('in-hand')} end`,
    from: `dispute d cross join lateral (select min(a.effective_at) as at from agreement a where a.dispute_id = d.id and ${counts('a')}) g
     where d.state <> 'merged' and d.accepted_at is not null`,
  }),
  fact({
    figure: 'relapsed',
    subject: 'f.id',
    dispute: 'f.dispute_id',
    at: 'f.effective_at',
    verdict: `case when f.note is null then ${MISS} when f.note = ${note('observation')} then ${APART} else ${HIT} end`,
    note: 'f.note',
    turns: `case when f.note = ${note('observation')} then f.effective_at + interval '2160 hours' end`,
    from: `(select a.id, a.dispute_id, a.effective_at,
          case when ${handedToCourt('a.dispute_id', 'a.effective_at', `and ${sameRound('a.dispute_id', 'a.effective_at', 't.sent_at')}`)} then ${note('sued')}
               when exists (select 1 from dispute_reopening r where r.dispute_id = a.dispute_id
                 and r.reopened_at > a.effective_at and r.reopened_at < a.effective_at + interval '2160 hours') then ${note('relapse')}
               when p_now < a.effective_at + interval '2160 hours' then ${note('observation')} end as note
       from ${AGREED}) f`,
  }),
  fact({
    figure: 'on-spot',
    subject: 'f.id',
    dispute: 'f.dispute_id',
    at: 'f.effective_at',
    verdict: verdictBy(['nothing-due', 'unconfirmed']),
    note: 'f.note',
    turns: `case when f.note = ${note('unconfirmed')} then f.turns_at end`,
    from: `(select s.id, s.dispute_id, s.effective_at, q.turns_at,
          case when q.items = 0 then ${note('nothing-due')}
               when q.later > 0 then ${note('not-on-spot')}
               when q.unproved > 0 then ${note('unproved')}
               when q.unconfirmed > 0 then ${note('unconfirmed')} end as note
       from (select a.id, a.dispute_id, a.effective_at, a.effective_on from ${AGREED}) s
      cross join lateral (select count(*) as items,
             count(*) filter (where i.state <> 'performed' or i.performed_on > s.effective_on) as later,
             count(*) filter (where n.note = ${note('unproved')}) as unproved,
             count(*) filter (where n.note = ${note('unconfirmed')}) as unconfirmed,
             coalesce(min(n.turns_at) filter (where n.is_bare), max(n.turns_at)) as turns_at
           from performance_item i ${RECEIPT} where i.agreement_id = s.id) q) f`,
  }),
  // Money that was paid, by its entries in the ledger, and money that was not.
  fact({
    figure: 'performed-amount',
    subject: 'f.id',
    dispute: 'f.dispute_id',
    at: startOf('f.due_on'),
    verdict: verdictBy(['unconfirmed']),
    note: 'f.note',
    weight: 'f.amount_fen',
    turns: `case when f.note = ${note('unconfirmed')} then ${endOf('f.receipt_due_on')} end`,
    from: `(select r.id, r.dispute_id, i.due_on, r.amount_fen, r.receipt_due_on,
          case when r.receipt <> 'awaited' then null
               when r.receipt_due_on >= ${today} then ${note('unconfirmed')}
               when cardinality(r.attachment_ids) = 0 then ${note('unproved')} end as note
       from performance_record r join performance_item i on i.id = r.item_id
      where r.kind = 'performance' and r.amount_fen is not null and r.retracted_at is null
        and r.receipt in ('awaited', 'confirmed', 'accepted') and i.state <> 'cancelled') f`,
  }),
  fact({
    figure: 'performed-amount',
    subject: 'i.id',
    dispute: 'i.dispute_id',
    at: startOf('i.due_on'),
    verdict: `case when i.state = 'breached' or i.due_on < ${today} then ${MISS} else ${APART} end`,
    note: `case when i.state = 'breached' or i.due_on < ${today} then ${note('breach')} else ${note('not-due')} end`,
    weight: 'i.amount_fen - i.performed_fen',
    turns: `case when i.state <> 'breached' and i.due_on >= ${today} then ${endOf('i.due_on')} end`,
    from: `performance_item i where i.state <> 'cancelled' and i.amount_fen > i.performed_fen`,
  }),
  fact({
    figure: 'confirmed-of-applied',
    subject: 'c.id',
    dispute: 'c.dispute_id',
    at: startOf('c.applied_on'),
    verdict: `case c.state when 'confirmed' then ${HIT} when 'dismissed' then ${MISS} else ${APART} end`,
    note: `case c.state when 'confirmed' then null when 'dismissed' then ${note('dismissed')}
             when 'withdrawn' then ${note('withdrawn')} else ${note('at-court')} end`,
    from: `judicial_confirmation c join dispute d on d.id = c.dispute_id where d.state <> 'merged'`,
  }),
  visits('visited', closingsToVisit(7), ASKED),
  visits(
    'visited',
    `select a.id as subject_id, a.dispute_id, a.effective_at as since, a.effective_on + 7 as due_on
         from agreement a where a.state = 'effective'`,
    ASKED,
  ),
  visits(
    'visited',
    `select (array_agg(i.id order by i.ordinal))[1] as subject_id, i.dispute_id, ${startOf('i.due_on')} as since, i.due_on + 1 as due_on
         from performance_item i where i.state <> 'cancelled' group by i.dispute_id, i.agreement_id, i.due_on`,
    ASKED,
    // Nobody can visit an archived matter any more, and one is archived when everything was performed before its time.
    `and (d.state <> 'archived' or ${ASKED})`,
  ),
  visits(
    'visited',
    `select v.id as subject_id, v.dispute_id, v.visited_at as since, v.next_on as due_on
         from follow_up_visit v where v.next_on is not null and not v.is_call_back`,
    ASKED,
  ),
  visits('called-back', closingsToVisit(14, ' and c.is_drawn'), isVisited(true)),
  fact({
    figure: 'solved',
    subject: 'v.id',
    dispute: 'v.dispute_id',
    at: 'v.visited_at',
    verdict: `case when v.is_solved then ${HIT} when not v.is_solved then ${MISS} else ${APART} end`,
    note: `case when not v.is_reached then ${note('unreached')} when v.is_solved is null then ${note('no-answer')}
             when not v.is_solved then ${note('unsolved')} end`,
    from: 'follow_up_visit v',
  }),
  fact({
    figure: 'solved',
    subject: 'w.id',
    dispute: 'w.dispute_id',
    at: 'w.said_at',
    verdict: `case when w.is_solved then ${HIT} else ${MISS} end`,
    note: `case when not w.is_solved then ${note('unsolved')} end`,
    from: `party_word w where not exists (select 1 from party_word b
         where b.dispute_id = w.dispute_id and b.party_id = w.party_id and b.volume = w.volume and (b.said_at, b.id) > (w.said_at, w.id))`,
  }),
];

const levelOfUnit = (unit: string): string =>
  `case ${unit}.kind when 'community' then 1 when 'grid' then 1 when 'street' then 2 when 'district' then 3 when 'city' then 4 end`;

/**
 * One row per case of a figure: which matter, what exactly, when it counts by either basis, and whether it is a hit, a miss or
 * apart. Whether a row exists never depends on `p_now`, so that what turns by the clock alone is announced by its `turns_at`.
 */
const FACTS = `
  select f.figure, f.subject_id, f.dispute_id, d.center_id, f.period_at,
         coalesce(f.cohort_at, d.accepted_at, (select min(e.at) from dispute_event e
           where e.dispute_id = d.id and e.act = 'disputes.undertake')) as cohort_at,
         f.verdict, f.note, f.weight, f.turns_at, d.dispute_type, d.channel, d.place_unit_id, d.committee_id,
         d.handler_account_id as mediator_id, f.agency_id, d.local_type_id,
         coalesce(
           case when d.mediation_state is not null
             then case co.kind when 'village' then 1 when 'community' then 1 when 'street' then 2 else case when co.kind is not null then 6 end end end,
           ${levelOfUnit('hu')}, ${levelOfUnit('cu')})::smallint as level
    from (${BRANCHES.join('\n    union all')}
    ) f
    join dispute d on d.id = f.dispute_id
    left join committee co on co.id = d.committee_id
    left join org_unit hu on hu.id = d.handling_unit_id
    join center ce on ce.id = coalesce(d.handling_center_id, d.center_id)
    join org_unit cu on cu.id = ce.unit_id`;

/** 指标口径：every figure's cases, as one SQL text for numbers, lists, sheets and reports. */
export class FigureFacts1763600000056 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table center add column relapse_days smallint not null default 30
        constraint center_relapse_days_bounds check (relapse_days between 7 and 365);
      comment on column center.relapse_days is
        'For how many days after its outcome a matter must not be taken up again before it counts as settled.';

      create index mediation_period_dispute on mediation_period (dispute_id, volume);
      create index mediation_pause_period on mediation_pause (period_id);

      create function app.figure_facts_at(p_now timestamptz) returns table (
        figure smallint, subject_id uuid, dispute_id uuid, center_id uuid, period_at timestamptz, cohort_at timestamptz,
        verdict smallint, note smallint, weight bigint, turns_at timestamptz, dispute_type text, channel text, place_unit_id uuid,
        committee_id uuid, mediator_id uuid, agency_id uuid, local_type_id uuid, level smallint)
        language sql stable as $$ ${FACTS} $$;
      comment on function app.figure_facts_at(timestamptz) is
        'One row per case of each figure as it stands at an instant; inlined, so that a matter or a figure narrows it.';
      revoke all on function app.figure_facts_at(timestamptz) from public;
      grant execute on function app.figure_facts_at(timestamptz) to zongzhi_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.figure_facts_at(timestamptz);
      drop index mediation_period_dispute, mediation_pause_period;
      alter table center drop column relapse_days;
    `);
  }
}
