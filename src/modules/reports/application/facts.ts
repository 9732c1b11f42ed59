import { FIGURE_CODES, STANDING_CASES } from '../../statistics';
import { type Form, isWritten } from '../domain/forms';
import { COUNTS, FIGURE_KIND, RATES } from './counted-columns';

/**
 * What a table counts, one row for each thing: the same text answers the figures, the list behind a cell, what is frozen
 * and what has changed since. $1 centers, $2 now, $3 and $4 instants, $5 and $6 first and last day, $7 reporting units.
 */
/** Names all parameters, so that one list of them serves every statement. */
const UNUSED = `$2::timestamptz is not null and $3::timestamptz is not null and $4::timestamptz is not null and $5::date is not null
  and $6::date is not null and $7::text is not null`;

const UNIT = (center: string, committee: string): string => `case $7::text
  when 'center' then ${center}::text
  when 'committee' then coalesce(${committee}::text, '')
  else coalesce((select h.street::text from homes h where h.committee = ${committee}), '') end`;

/** Streets of committees on the last day: a professional committee may have none. */
const HOMES = `
  up as (
    select c.id as committee, c.unit_id as unit from committee c where $7 = 'street' and c.unit_id is not null
    union all
    select up.committee, v.parent_id from up join org_unit_version v on v.unit_id = up.unit
       and v.valid_from <= $6 and (v.valid_to is null or v.valid_to > $6) where v.parent_id is not null),
  homes as (select up.committee, min(up.unit::text)::uuid as street from up join org_unit o on o.id = up.unit and o.kind = 'street'
    group by up.committee)`;

/** The national key for one of our own: the most particular of its keys that is mapped, the center's own before the general. */
const mapped = (dimension: string, keys: string, otherwise: string): string => `coalesce((
  select m.to_key from report_mapping m
   where m.dimension = '${dimension}' and m.from_key = any (${keys}) and m.valid_from <= $6
     and (m.center_id is null or m.center_id = k.center_id)
   order by array_position(${keys}, m.from_key), m.center_id nulls last, m.valid_from desc, m.made_at desc limit 1), '${otherwise}')`;

const TYPE_KEYS = `array[k.local_type, k.dispute_type, regexp_replace(k.dispute_type, '\\.[^.]*$', ''), split_part(k.dispute_type, '.', 1)]`;

const PREVENTION = `
  select p.kind, p.id as subject_id, null::uuid as dispute_id, ${UNIT('p.center_id', 'p.committee_id')} as unit, 'other' as body,
         'referred-other' as source, 'other' as type, null::text as form, false as success, false as difficult,
         p.persons::bigint as people, 0::bigint as amount, p.times::bigint as times, p.matters::bigint as matters
    from prevention_record p
   where p.center_id = any ($1) and p.happened_on between $5 and $6 and p.withdrawn_at is null`;

/** Facts of the first table, and what a written report counts beside them. A year of a city is counted by one statement. */
const caseFacts = (ctes: string, facts: string): string => `
  with recursive ${HOMES},${ctes}
  happened as (
    -- The cases of 调解成功率, so that the table and the rate say the same: one for each round that came to an end.
    select 'concluded' as kind, f.subject_id, f.dispute_id, a.kind as form, f.verdict = 1 as success
      from app.figure_facts_at($2) f left join agreement a on a.id = f.subject_id
     where f.figure = 4 and f.verdict in (1, 2) and f.center_id = any ($1) and f.period_at >= $3 and f.period_at < $4
    union all
    select 'performed', p.dispute_id, p.dispute_id, null, false from (
      select i.dispute_id from performance_item i where i.state <> 'cancelled'
       group by i.dispute_id having bool_and(i.state = 'performed') and max(i.performed_on) between $5 and $6) p
    union all
    select 'confirmed', j.id, j.dispute_id, null, false from judicial_confirmation j
     where j.state = 'confirmed' and j.decided_on between $5 and $6
    union all
    select o.kind, o.id, o.dispute_id, null, false from judicial_outcome o
     where o.retracted_at is null and o.happened_on between $5 and $6),
  counted as (
    select h.*, d.center_id, d.committee_id, coalesce(d.dispute_type, '') as dispute_type, coalesce(d.local_type_id::text, '') as local_type,
           d.channel, coalesce(c.kind, '') as committee_kind, d.difficult_ground, d.headcount, d.amount_fen
      from happened h join dispute d on d.id = h.dispute_id left join committee c on c.id = d.committee_id
     where d.center_id = any ($1) and d.state <> 'merged'),
  mapping as materialized (
    select k.*, ${mapped('type', TYPE_KEYS, 'other')} as type, ${mapped('channel', 'array[k.channel]', 'referred-other')} as source,
           ${mapped('body', 'array[k.committee_kind]', 'other')} as body
      from (select distinct center_id, dispute_type, local_type, channel, committee_kind from counted) k),
  facts as (
    select c.kind, c.subject_id, c.dispute_id, ${UNIT('c.center_id', 'c.committee_id')} as unit, m.body, m.source, m.type, c.form, c.success,
           c.kind = 'concluded' and c.difficult_ground is not null as difficult,
           case when c.kind = 'concluded' then coalesce(c.headcount,
             (select count(*) from party p where p.dispute_id = c.dispute_id and p.state = 'active')) else 0 end::bigint as people,
           case when c.success then coalesce(
             (select sum(o.amount_fen) from agreement_obligation o join agreement a on a.id = o.agreement_id
               where c.subject_id in (a.id, a.base_id) and o.kind = 'payment' and a.state = 'effective'), c.amount_fen, 0) else 0 end::bigint as amount,
           0::bigint as times, 0::bigint as matters
      from counted c join mapping m using (center_id, dispute_type, local_type, channel, committee_kind)
    union all ${PREVENTION} ${facts})`;

const FIGURE_NAMES = [...COUNTS, ...RATES]
  .map((figure) => `('${FIGURE_KIND}${figure}', ${FIGURE_CODES[figure]})`)
  .join(', ');

/** Cases of the figures that a written report names. */
const FIGURE_FACT = `
  select n.kind, f.subject_id, f.dispute_id, ${UNIT('f.center_id', 'f.committee_id')} as unit, '' as body, '' as source, '' as type,
         null::text as form, f.verdict = 1 as success, false as difficult, 0::bigint as people, 0::bigint as amount, 0::bigint as times,
         0::bigint as matters
    from (values ${FIGURE_NAMES}) n(kind, figure) join figures f on f.figure = n.figure
   where f.verdict in (1, 2) and f.center_id = any ($1) and f.period_at >= $3 and f.period_at < $4`;

/** Facts of the second table: committees that work, and mediators in office on the last day. */
const ORGANISATION_FACTS = `
  with recursive ${HOMES},
  bodies as (
    select k.id, k.center_id, ${mapped('body', 'array[k.kind]', 'other')} as body from committee k
     where k.center_id = any ($1) and k.is_active),
  facts as (
    select 'committee' as kind, b.id as subject_id, null::uuid as dispute_id, ${UNIT('b.center_id', 'b.id')} as unit, b.body,
           'referred-other' as source, 'other' as type, null::text as form, false as success, false as difficult,
           0::bigint as people, 0::bigint as amount, 0::bigint as times, 0::bigint as matters
      from bodies b
    union all
    select 'mediator', x.id, null, ${UNIT('b.center_id', 'b.id')}, b.body, 'referred-other', 'other',
           case when x.is_full_time then 'full-time' else 'part-time' end, false, false, 0, 0, 0, 0
      from bodies b join committee_member x on x.committee_id = b.id
     where x.term_from <= $6 and (x.term_to is null or x.term_to > $6)
       and ${UNUSED})`;

const CASE_FACTS = caseFacts('', '');
const WRITTEN_FACTS = caseFacts(`${STANDING_CASES},`, `union all ${FIGURE_FACT}`);

const FACT =
  'kind, subject_id, dispute_id, unit, body, source, type, form, success, difficult, people, amount, times, matters';
const TRAITS = 'unit, kind, body, source, type, form, success, difficult';

/** The facts as they were when report $1 was frozen, under the parameters of a live count. */
const FROZEN_FACTS = `
  with facts as (select ${FACT} from report_fact where report_id = any ($1::uuid[]) and ${UNUSED})`;

const factsOf = (form: Form, isFrozen: boolean): string =>
  isFrozen ? FROZEN_FACTS : form === 'statutory-2' ? ORGANISATION_FACTS : isWritten(form) ? WRITTEN_FACTS : CASE_FACTS;

/** Things alike in all traits, added up: enough for every cell. */
export const groupsOf = (form: Form, isFrozen: boolean): string => `${factsOf(form, isFrozen)}
  select ${TRAITS}, count(*)::int as count, sum(people)::bigint as people, sum(amount)::bigint as amount, sum(times)::bigint as times,
         sum(matters)::bigint as matters
    from facts group by ${TRAITS}`;

/** Keeps for report $8 what stands behind its cells now. */
export const freezeFacts = (form: Form): string => `insert into report_fact (report_id, ${FACT})
  ${factsOf(form, false)} select $8::uuid, ${FACT} from facts`;

/** What is counted otherwise now than when report $8 was frozen. */
export const changesOf = (form: Form): string => `${factsOf(form, false)},
  f as (select ${FACT} from report_fact where report_id = $8)
  select coalesce(l.kind, f.kind) as kind, coalesce(l.subject_id, f.subject_id) as "subjectId",
         coalesce(l.dispute_id, f.dispute_id) as "disputeId",
         case when f.kind is not null then to_jsonb(f) || '{"count": 1}' end as before,
         case when l.kind is not null then to_jsonb(l) || '{"count": 1}' end as after
    from f full join facts l on l.kind = f.kind and l.subject_id = f.subject_id
   where row (f.*) is distinct from row (l.*)`;

const WEIGHT = `case $16::text when 'people' then f.people when 'amount' then f.amount when 'times' then f.times when 'matters' then f.matters
  else 1 end`;

/** Behind the cell of column $9–$16 in unit $8 (null for the sum). */
const BEHIND = `($8::text is null or f.unit = $8) and f.kind = $9 and ($10::text is null or f.body = $10)
  and ($11::text is null or f.source = $11) and ($12::text is null or f.type = $12) and ($13::text is null or f.form = $13)
  and ($14::boolean is null or f.success = $14) and ($15::boolean is null or f.difficult = $15) and ${WEIGHT} <> 0`;

const HIDDEN = `coalesce(d.is_sealed and not exists (select 1 from dispute_access x where x.dispute_id = d.id and x.account_id = $17
  and (x.ends_at is null or x.ends_at > $2)), false)`;

/** The very things behind a cell; sealed matters are counted, not listed. After $18, at most $19. */
export const casesOf = (form: Form, isFrozen: boolean): string => `${factsOf(form, isFrozen)}
  select f.subject_id as "subjectId", f.dispute_id as "disputeId", ${WEIGHT}::float8 as weight, d.registration_number as "registrationNumber",
         d.case_number as "caseNumber", coalesce(d.title, p.note, c.name, m.name) as title, f.type, f.source,
         f.success, f.kind
    from facts f left join dispute d on d.id = f.dispute_id
    left join prevention_record p on p.id = f.subject_id and f.dispute_id is null
    left join committee c on c.id = f.subject_id and f.kind = 'committee'
    left join committee_member m on m.id = f.subject_id and f.kind = 'mediator'
   where ${BEHIND} and not ${HIDDEN} and ($18::uuid is null or f.subject_id < $18)
   order by f.subject_id desc limit $19`;

export const caseTotalsOf = (form: Form, isFrozen: boolean): string => `${factsOf(form, isFrozen)}
  select count(*)::int as total, coalesce(sum(${WEIGHT}), 0)::float8 as weight, count(*) filter (where ${HIDDEN})::int as hidden
    from facts f left join dispute d on d.id = f.dispute_id where ${BEHIND}`;
