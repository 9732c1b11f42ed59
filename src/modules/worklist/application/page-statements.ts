const LINE = `e.dispute_id as "disputeId", e.line_id as "lineId", e.sort_at as "sortAt", e.step, e.holder, e.since,
  e.due_kind as "dueKind", e.due_on as "dueOn", e.due_at as "dueAt", e.warns_at as "warnsAt", e.is_paused as "isPaused"`;

const COLUMNS = `${LINE},
  d.registration_number as "registrationNumber", d.case_number as "caseNumber", d.title, d.dispute_type as "disputeType",
  d.risk_level as "riskLevel", d.state, d.mediation_state as "mediationState", d.is_sealed as "isSealed",
  s.number as "summonsNumber", s.brief, t.state as "taskState"`;

/** The lines of a list with what row security lets the reader see behind them: the matter, or for an agency its own task. */
const BEHIND = `left join dispute d on d.id = e.dispute_id and e.line_id = e.dispute_id
  left join summons_task t on t.id = e.line_id and e.line_id <> e.dispute_id
  left join summons s on s.id = t.summons_id`;

/** $1 tab, $2 section, $3 now, $4–$6 the last line before the page, $7 the reader, $8 limit. */
const onList = (comparison: '<' | '>'): string => `
  e.audience = a.word and e.tab = $1
  and ($4::timestamptz is null or (e.sort_at, e.dispute_id, e.line_id) ${comparison} ($4, $5::uuid, $6::uuid))
  and not ($7::uuid = any (e.excluded))`;

/** A matter that stands on several lists of the same person is shown where it is most urgent. */
const SHOWN_ELSEWHERE = `exists (
  select 1 from worklist_entry o
   where o.dispute_id = e.dispute_id and o.tab = e.tab and o.line_id = e.line_id and o.audience <> e.audience
     and o.audience = any ((select app.audiences())::text[]) and not ($7::uuid = any (o.excluded))
     and (app.worklist_section(o.phase, o.sort_at, o.warns_at, $3), o.sort_at, o.audience)
       < (app.worklist_section(e.phase, e.sort_at, e.warns_at, $3), e.sort_at, e.audience))`;

/** Sections 0 red, 1 yellow, 2 green share the running phase and are told apart by the clock; 3 undated, 4 paused. */
const IN_SECTION = `
  e.phase = case when $2::integer < 3 then 0 else $2 - 2 end
  and ($2 <> 0 or e.sort_at <= $3) and ($2 not in (1, 2) or e.sort_at > $3)
  and ($2 not in (1, 2) or (e.warns_at <= $3) = ($2 = 1))`;

const UPWARDS = 'e.sort_at, e.dispute_id, e.line_id';
const DOWNWARDS = 'e.sort_at desc, e.dispute_id desc, e.line_id desc';

/**
 * The lines of a section are cut to a page before anything is joined to them: each list is then a walk along its index,
 * whatever the planner believes about the joins. Lines that are shown elsewhere, or behind which nothing may be seen any
 * more, come as not visible.
 */
const walk = (section: string, comparison: '<' | '>', order: string): string => `
  select ${COLUMNS}, (d.id is not null or t.id is not null) and not ${SHOWN_ELSEWHERE} as "isVisible" from (
    select e.* from unnest((select app.audiences())) a(word) cross join lateral (
      select * from worklist_entry e where ${section} and ${onList(comparison)} order by ${order} limit $8) e
     order by ${order} limit $8) e ${BEHIND}
   order by ${order}`;

/** With conditions on the matter ($9 type, $10 risk, $11 words) the joins come first; the planner finds the better way in. */
const filtered = (section: string, comparison: '<' | '>', order: string): string => `
  select ${COLUMNS}, true as "isVisible"
    from unnest((select app.audiences())) a(word) cross join worklist_entry e ${BEHIND}
   where ${section} and ${onList(comparison)} and not ${SHOWN_ELSEWHERE}
     and (d.id is not null or t.id is not null)
     and ($9::text is null or d.dispute_type = $9 or d.dispute_type like $9 || '.%')
     and ($10::text is null or d.risk_level = $10)
     and ($11::text is null or d.registration_number like $11 or d.case_number like $11 or s.number like $11
          or (not d.is_sealed and d.title like $11))
   order by ${order} limit $8`;

/** What is over has one section only: $2 is not looked at. */
const OVER = 'e.phase = 3 and $2::integer is not null';

export const PAGE_BY_URGENCY = walk(IN_SECTION, '>', UPWARDS);
export const PAGE_BY_RECENCY = walk(OVER, '<', DOWNWARDS);
export const FILTERED_BY_URGENCY = filtered(IN_SECTION, '>', UPWARDS);
export const FILTERED_BY_RECENCY = filtered(OVER, '<', DOWNWARDS);

/** Lines per tab and how many of them are red and yellow, each counted up to one more than is shown. $1 now, $2 the reader, $3 most. */
export const COUNTS = `
  select k.tab, count(*)::integer as lines, count(*) filter (where l.section = 0)::integer as red,
         count(*) filter (where l.section = 1)::integer as yellow
    from unnest(array['to-do', 'in-hand', 'done', 'initiated', 'copied']) k(tab) cross join lateral (
      select e.line_id, min(e.section) as section from (
        select e.* from unnest((select app.audiences())) a(word) cross join lateral (
          select e.dispute_id, e.line_id, app.worklist_section(e.phase, e.sort_at, e.warns_at, $1) as section
            from worklist_entry e
           where e.audience = a.word and e.tab = k.tab and not ($2::uuid = any (e.excluded))
           order by e.phase, e.sort_at limit $3) e
         limit $3) e ${BEHIND}
       where d.id is not null or t.id is not null
       group by e.line_id) l
   group by k.tab`;
