import type { Section } from '../domain/dictionaries';

const LINE = `e.dispute_id as "disputeId", e.line_id as "lineId", e.sort_at as "sortAt", e.step, e.holder, e.since,
  e.due_kind as "dueKind", e.due_on as "dueOn", e.due_at as "dueAt", e.warns_at as "warnsAt", e.is_paused as "isPaused"`;

const columns = (ofAgency: boolean): string => `${LINE},
  d.registration_number as "registrationNumber", d.case_number as "caseNumber", d.title, d.dispute_type as "disputeType",
  d.risk_level as "riskLevel", d.state, d.mediation_state as "mediationState", d.is_sealed as "isSealed",
  ${ofAgency ? 's.number' : 'null'} as "summonsNumber", ${ofAgency ? 's.brief' : 'null'} as brief, ${ofAgency ? 't.state' : 'null'} as "taskState"`;

/**
 * The lines of a list with what row security lets the reader see behind them: the matter, or for an agency its own task. Nobody else
 * has lines of tasks, and what row security would add for them is left out.
 */
const behind = (ofAgency: boolean): string => `left join dispute d on d.id = e.dispute_id and e.line_id = e.dispute_id
  ${
    ofAgency
      ? `left join summons_task t on t.id = e.line_id and e.line_id <> e.dispute_id
  left join summons s on s.id = t.summons_id`
      : ''
  }`;
const seen = (ofAgency: boolean): string => (ofAgency ? '(d.id is not null or t.id is not null)' : 'd.id is not null');

/** A matter that stands on several lists of the same person is shown where it is most urgent. */
const SHOWN_ELSEWHERE = `exists (
  select 1 from worklist_entry o
   where o.dispute_id = e.dispute_id and o.tab = e.tab and o.line_id = e.line_id and o.audience <> e.audience
     and o.audience = any ((select app.audiences())::text[]) and not ($3::uuid = any (o.excluded))
     and (app.worklist_section(o.phase, o.sort_at, o.warns_at, $2), o.sort_at, o.audience)
       < (app.worklist_section(e.phase, e.sort_at, e.warns_at, $2), e.sort_at, e.audience))`;

/** Which lines a section holds: those of a phase, of one that runs after and until when, and whether they are warned of. $2 now. */
interface Stretch {
  readonly phase: number;
  readonly from?: '$2::timestamptz';
  readonly until?: '$2::timestamptz';
  readonly isWarned?: boolean;
}
const STRETCHES: Readonly<Record<Section, Stretch>> = {
  red: { phase: 0, until: '$2::timestamptz' },
  yellow: { phase: 0, from: '$2::timestamptz', isWarned: true },
  green: { phase: 0, from: '$2::timestamptz', isWarned: false },
  undated: { phase: 1 },
  paused: { phase: 2 },
  over: { phase: 3 },
};

function holds(section: Section): string {
  const { phase, from, until, isWarned } = STRETCHES[section];
  return [
    `e.phase = ${String(phase)}`,
    ...(from === undefined ? [] : [`e.sort_at > ${from}`]),
    ...(until === undefined ? [] : [`e.sort_at <= ${until}`]),
    ...(isWarned === undefined ? [] : [`e.warns_at ${isWarned ? '<=' : '>'} $2`]),
  ].join(' and ');
}

/** What is over or told comes the latest first, whatever its light; everything else the most urgent first. */
const walkOf = (section: Section) =>
  section === 'over'
    ? ({ beyond: '<', order: 'e.sort_at desc, e.dispute_id desc, e.line_id desc' } as const)
    : ({ beyond: '>', order: 'e.sort_at, e.dispute_id, e.line_id' } as const);

/** $1 tab, $2 now, $3 the reader, $4 limit, and the last line before the page, from parameter `after` on. */
const onList = (section: Section, after: number | null): string => `
  e.audience = a.word and e.tab = $1 and ${holds(section)} and not ($3::uuid = any (e.excluded))
  ${after === null ? '' : `and (e.sort_at, e.dispute_id, e.line_id) ${walkOf(section).beyond} (${placeFrom(after).join(', ')})`}`;

/** The line before the page, from this parameter on. */
const placeFrom = (first: number) =>
  [`$${String(first)}::timestamptz`, `$${String(first + 1)}::uuid`, `$${String(first + 2)}::uuid`] as const;

const AUDIENCES = 'unnest((select app.audiences())) a(word)';

/**
 * A page of these sections, one after another, from the first line of the first or past a line of it ($5–$7). Each is cut to a page before anything is joined to it: a list is then a walk
 * along its index, whatever the planner believes about the joins. Lines that are shown elsewhere, or behind which nothing
 * may be seen any more, come as not visible.
 */
export function pageOf(sections: readonly Section[], goesOn: boolean, ofAgency: boolean): string {
  const parts = [
    walkUp(
      sections.filter((section) => section !== 'over'),
      goesOn,
    ),
    ...(sections.includes('over') ? [walkOver(sections.length, goesOn && sections[0] === 'over')] : []),
  ].filter((part) => part !== '');
  return `select e.section, ${columns(ofAgency)}, ${seen(ofAgency)} and not ${SHOWN_ELSEWHERE} as "isVisible"
    from (select * from (${parts.join(' union all ')}) e order by part, place limit $4) e ${behind(ofAgency)}
   order by e.part, e.place`;
}

/**
 * As the index holds it: what is warned of is told from its entries, and nothing else is fetched of a long list without any. Row
 * security lets no coalesce be asked before it.
 */
const WARNS = "case when e.warns_at is null then 'infinity' else e.warns_at end";

/** What is said of a section to walk it, and of which kind. */
const START = {
  section: 'text',
  phase: 'smallint',
  later_than: 'timestamptz',
  until: 'timestamptz',
  warned_after: 'timestamptz',
  warned_until: 'timestamptz',
  past_at: 'timestamptz',
  past_dispute: 'uuid',
  past_line: 'uuid',
} as const;

/**
 * All sections but the last name the table once, for what row security adds to a statement it adds wherever the table is named.
 * Each begins past a line: that of the page before, the hour of asking, or nothing. They are walked in the order in which they stand,
 * which the planner knows of ordinals: those after a full page are not begun.
 */
function walkUp(sections: readonly Section[], goesOn: boolean): string {
  if (sections.length === 0) return '';
  const starts = sections.map((section, i) => {
    const { phase, from, until, isWarned } = STRETCHES[section];
    const [at, dispute, line] = goesOn && i === 0 ? placeFrom(5) : [from ?? "'-infinity'", LAST, LAST];
    return [
      `'${section}'`,
      String(phase),
      from ?? "'-infinity'",
      until ?? "'infinity'",
      isWarned === false ? '$2::timestamptz' : "'-infinity'",
      isWarned === true ? '$2::timestamptz' : "'infinity'",
      at,
      dispute,
      line,
    ];
  });
  const columns = Object.values(START).map(
    (type, column) => `array[${starts.map((start) => start[column]).join(', ')}]::${type}[]`,
  );
  return `(select s.section, s.part, row_number() over (partition by s.part order by e.sort_at, e.dispute_id, e.line_id) as place, e.*
      from unnest(${columns.join(', ')}) with ordinality s(${Object.keys(START).join(', ')}, part)
     cross join ${AUDIENCES} cross join lateral (
        select e.* from worklist_entry e
         where e.audience = a.word and e.tab = $1 and e.phase = s.phase and e.sort_at > s.later_than and e.sort_at <= s.until
           and (e.sort_at, e.dispute_id, e.line_id) > (s.past_at, s.past_dispute, s.past_line)
           and ${WARNS} > s.warned_after and ${WARNS} <= s.warned_until and not ($3::uuid = any (e.excluded))
         order by e.sort_at, e.dispute_id, e.line_id limit $4) e)`;
}

const walkOver = (part: number, goesOn: boolean): string => {
  const { order } = walkOf('over');
  return `(select 'over' as section, ${String(part)} as part, row_number() over (order by ${order}) as place, e.* from (
        select e.* from ${AUDIENCES} cross join lateral (
          select e.* from worklist_entry e where ${onList('over', goesOn ? 5 : null)} order by ${order} limit $4) e
         order by ${order} limit $4) e)`;
};

const LAST = "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid";
/** With conditions on the matter ($5 type, $6 risk, $7 words) the joins come first; the planner finds the better way in. The line before: $8–$10. */
export function filteredPageOf(sections: readonly Section[], goesOn: boolean, ofAgency: boolean): string {
  const parts = sections.map((section, i) => {
    const { order } = walkOf(section);
    return `(select '${section}' as section, ${String(i)} as part, row_number() over (order by ${order}) as place, e.*
        from ${AUDIENCES} cross join worklist_entry e ${behind(ofAgency)}
       where ${onList(section, goesOn && i === 0 ? 8 : null)} and not ${SHOWN_ELSEWHERE}
         and ${seen(ofAgency)}
         and ($5::text is null or d.dispute_type = $5 or d.dispute_type like $5 || '.%')
         and ($6::text is null or d.risk_level = $6)
         and ($7::text is null or d.registration_number like $7 or d.case_number like $7${ofAgency ? ' or s.number like $7' : ''}
              or (not d.is_sealed and d.title like $7))
       order by ${order} limit $4)`;
  });
  return `select e.section, ${columns(ofAgency)}, true as "isVisible"
    from (select * from (${parts.join(' union all ')}) e order by part, place limit $4) e ${behind(ofAgency)}
   order by e.part, e.place`;
}

/** Lines per tab and how many of them are red and yellow, each counted up to one more than is shown. $1 now, $2 the reader, $3 most. */
export const countsOf = (ofAgency: boolean): string => `
  select k.tab, count(*)::integer as lines, count(*) filter (where l.section = 0)::integer as red,
         count(*) filter (where l.section = 1)::integer as yellow
    from unnest(array['to-do', 'in-hand', 'done', 'initiated', 'copied']) k(tab) cross join lateral (
      select e.line_id, min(e.section) as section from (
        select e.* from unnest((select app.audiences())) a(word) cross join lateral (
          select e.dispute_id, e.line_id, app.worklist_section(e.phase, e.sort_at, e.warns_at, $1) as section
            from worklist_entry e
           where e.audience = a.word and e.tab = k.tab and not ($2::uuid = any (e.excluded))
           order by e.phase, e.sort_at limit $3) e
         limit $3) e
       where e.line_id = e.dispute_id${ofAgency ? ' or exists (select 1 from summons_task t where t.id = e.line_id)' : ''}
       group by e.line_id) l
   group by k.tab`;
