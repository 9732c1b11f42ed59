import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

/** What each person finds on the desk: the worklist, copies for information, the bell and the search over all matters. */
export class Worklist1763600000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dispute_copy (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        account_id uuid not null references account (id),
        reason text not null,
        copied_by uuid not null references account (id),
        copied_at timestamptz not null,
        constraint dispute_copy_once unique (dispute_id, account_id),
        constraint dispute_copy_to_another check (account_id <> copied_by)
      );

      create table worklist_matter (
        dispute_id uuid primary key references dispute (id),
        center_id uuid not null references center (id),
        is_open boolean not null,
        step text,
        holder text,
        since timestamptz,
        due_kind text,
        due_on date,
        due_at timestamptz,
        warns_at timestamptz,
        is_paused boolean not null,
        waits jsonb not null,
        rules text not null,
        kept_at timestamptz not null,
        constraint worklist_matter_due_whole check (num_nonnulls(due_kind, due_at, warns_at) in (0, 3) and (due_on is null or due_at is not null))
      );
      create index worklist_matter_dues on worklist_matter (center_id, due_at) where is_open and due_at is not null;
      create index worklist_matter_rules on worklist_matter (rules);

      create table worklist_entry (
        dispute_id uuid not null references dispute (id),
        tab text not null,
        audience text not null,
        line_id uuid not null,
        phase smallint not null,
        sort_at timestamptz not null,
        step text,
        holder text,
        since timestamptz not null,
        due_kind text,
        due_on date,
        due_at timestamptz,
        warns_at timestamptz,
        is_paused boolean not null,
        excluded uuid[] not null default '{}',
        primary key (dispute_id, tab, audience, line_id),
        constraint worklist_entry_tab_known check (tab in ('to-do', 'in-hand', 'done', 'initiated', 'copied')),
        constraint worklist_entry_phase_known check (phase between 0 and 3),
        constraint worklist_entry_running_has_due check (phase <> 0 or (due_at is not null and sort_at = due_at))
      );
      -- A page of one list is a walk along this index from where the page before ended. warns_at is included, so that
      -- looking for what is yellow among thousands of dues does not fetch their rows.
      create index worklist_entry_order on worklist_entry (audience, tab, phase, sort_at, dispute_id, line_id) include (warns_at);

      create table notification (
        id uuid primary key,
        account_id uuid not null references account (id),
        cause text not null,
        kind text not null,
        dispute_id uuid references dispute (id),
        task_id uuid references summons_task (id),
        text text not null,
        at timestamptz not null,
        read_at timestamptz,
        constraint notification_once unique (account_id, cause)
      );
      create index notification_account on notification (account_id, at desc, id desc);
      create index notification_cause on notification (cause);
      create index notification_unread on notification (account_id, at desc, id desc) where read_at is null;

      alter table party add column phone_end_index text;
      alter table representative add column phone_end_index text;
      create index party_phone_end on party (phone_end_index) where phone_end_index is not null;
      create index representative_phone_end on representative (phone_end_index) where phone_end_index is not null;
      create index party_without_phone_end on party (id) where phone_cipher is not null and phone_end_index is null;
      create index representative_without_phone_end on representative (id) where phone_cipher is not null and phone_end_index is null;
    `);
    await this.lists(runner);
    await this.search(runner);
    await this.security(runner);
    await this.describe(runner);
  }

  private async lists(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- On whose lists the caller looks: a role over a place, being named on matters, and the person alone.
      create function app.audiences() returns text[] language sql stable as $$
        select coalesce(array_agg(distinct a.word), '{}') from (
          select 'account:' || app.account_id() where app.account_id() is not null
          union all
          select case when g.scope_kind = 'committee' and g.role in ('mediator', 'recorder') then 'assigned:' || g.account_id
                      else g.role || '@' || g.scope_id end
            from public.role_grant g
           where g.account_id = app.account_id() and g.scope_id is not null
             and g.valid_from <= app.now() and (g.valid_to is null or g.valid_to > app.now())) a(word) $$;

      -- Whether the caller meets the matter; opaque to the planner, which would otherwise read all matters first.
      create function app.meets_matter(p_dispute uuid) returns boolean language plpgsql stable as $$
        begin return exists (select 1 from public.dispute where id = p_dispute); end $$;

      -- In which order parts of a list come: red, yellow, green, without a due, standing still, over.
      create function app.worklist_section(p_phase smallint, p_sort_at timestamptz, p_warns_at timestamptz, p_now timestamptz)
        returns integer language sql immutable parallel safe as $$
        select case p_phase when 0 then case when p_sort_at <= p_now then 0 when p_warns_at <= p_now then 1 else 2 end
                            when 1 then 3 when 2 then 4 else 5 end $$;

      -- What the modules have left behind of each matter. Asked in the transaction of an act by whoever acts, who may be an
      -- agency that sees nothing of the matter: only the program uses what it answers.
      create function app.worklist_traces(p_disputes uuid[]) returns setof jsonb
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          return query select jsonb_build_object(
            'id', d.id, 'centerId', d.center_id, 'handlingCenterId', d.handling_center_id,
            'handlingUnitId', d.handling_unit_id, 'committeeId', d.committee_id,
            'state', d.state, 'mediationState', d.mediation_state, 'route', d.route, 'allowsCallBack', d.allows_call_back,
            'registeredAt', d.registered_at, 'closedAt', d.closed_at, 'firstResponderId', d.first_responder_id,
            'handlerAccountId', d.handler_account_id,
            'stateSince', coalesce((select max(e.at) from dispute_event e where e.dispute_id = d.id
              and e.from_state is distinct from e.to_state and e.to_state is not null
              and split_part(e.act, '.', 1) in ('disputes', 'mediation', 'transfers')), d.registered_at),
            'assigned', (select coalesce(jsonb_agg(jsonb_build_object('accountId', a.account_id, 'role', a.role, 'name', w.display_name)
                order by a.starts_at, a.id), '[]')
              from dispute_access a join account w on w.id = a.account_id
              where a.dispute_id = d.id and a.ground = 'assigned' and (a.ends_at is null or a.ends_at > app.now())),
            'actors', (select coalesce(jsonb_agg(distinct e.actor_account_id), '[]') from dispute_event e
              where e.dispute_id = d.id and e.actor_account_id is not null),
            'initiators', (select coalesce(jsonb_agg(distinct i.id), '[]') from (
                select d.registered_by union select t.sent_by from dispute_transfer t where t.dispute_id = d.id
                union select s.proposed_by from summons s where s.dispute_id = d.id
                union select s.issued_by from summons s where s.dispute_id = d.id
                union select a.assigned_by from assignment a where a.dispute_id = d.id) i(id) where i.id is not null),
            'copies', (select coalesce(jsonb_agg(jsonb_build_object('accountId', k.account_id, 'copiedAt', k.copied_at)), '[]')
              from dispute_copy k where k.dispute_id = d.id),
            'period', (select jsonb_build_object('startOn', p.start_on, 'dueOn', p.current_due_on)
              from mediation_period p where p.dispute_id = d.id and p.ended_at is null),
            'pause', (select jsonb_build_object('pausedAt', p.paused_at, 'expectedUntil', p.expected_until)
              from mediation_pause p where p.dispute_id = d.id and p.resumed_at is null),
            'transfer', (select jsonb_build_object('id', t.id, 'kind', t.kind, 'state', t.state,
                'since', greatest(t.sent_at, t.signed_at, t.objected_at, t.ruled_at), 'fromCenterId', t.from_center_id,
                'fromUnitId', t.from_unit_id, 'toCenterId', t.to_center_id, 'toUnitId', t.to_unit_id)
              from dispute_transfer t where t.dispute_id = d.id and t.state in ('sent', 'signed', 'objected')
              order by t.sent_at desc limit 1),
            'notice', (select jsonb_build_object('dueOn', n.due_on, 'givenAt', n.given_at) from one_time_notice n
              where n.dispute_id = d.id and n.kind = 'supplement' and n.supplemented_at is null order by n.due_on limit 1),
            'draftSummons', (select jsonb_build_object('count', count(*), 'since', min(s.proposed_at)) from summons s
              where s.dispute_id = d.id and s.state = 'draft' having count(*) > 0),
            'hasSummons', exists (select 1 from summons s where s.dispute_id = d.id and s.state = 'issued'),
            'tasks', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'agencyId', t.agency_id, 'agencyName', g.name,
                'state', t.state, 'attendanceRequired', s.attendance_required,
                'since', greatest(t.issued_at, t.signed_at, t.objected_at, t.ruled_at, t.handling_started_at, t.confirmed_at,
                  t.withdrawn_at, t.closed_at),
                'clock', (select jsonb_build_object('kind', u.kind, 'startsAt', u.starts_at, 'dueAt', u.current_due_at, 'unit', u.unit)
                  from summons_due u where u.task_id = t.id and u.met_at is null and u.stopped_at is null
                  order by u.current_due_at nulls last, u.starts_at limit 1)) order by t.id), '[]')
              from summons_task t join summons s on s.id = t.summons_id join agency g on g.id = t.agency_id
              where t.dispute_id = d.id and t.state <> 'draft' and t.issued_at is not null),
            'session', (select jsonb_build_object('state', s.state, 'plannedAt', s.planned_at, 'startsAt', s.starts_at)
              from mediation_session s where s.dispute_id = d.id and s.state in ('planned', 'held')
              order by s.state = 'held' desc, s.starts_at limit 1),
            'unconfirmedSince', (select min(s.recorded_at) from mediation_session s where s.dispute_id = d.id and s.state = 'recorded'),
            'agreement', (select jsonb_build_object('state', a.state, 'kind', a.kind, 'since', coalesce(a.frozen_at, a.created_at),
                'openSlots', (select count(*) from signature_slot s where s.agreement_id = a.id and s.round = a.round
                  and s.capacity <> 'committee-seal' and s.state <> 'signed'))
              from agreement a where a.dispute_id = d.id and a.state in ('drafting', 'signing', 'refused')),
            'items', (select jsonb_build_object('open', count(*), 'breached', count(*) filter (where i.state = 'breached'),
                'nextDueOn', min(i.due_on), 'since', coalesce(min(a.effective_at), d.registered_at))
              from performance_item i join agreement a on a.id = i.agreement_id
              where i.dispute_id = d.id and i.state in ('open', 'breached') having count(*) > 0),
            'parties', (select jsonb_build_object('total', count(*), 'consentsMissing', count(*) filter (where p.consent = 'pending'),
                'consentsRefused', count(*) filter (where p.consent = 'refused'),
                'noticesMissing', count(*) filter (where p.notice_signed_at is null))
              from party p where p.dispute_id = d.id and p.state = 'active'),
            'challenged', (select min(x.raised_at) from mediator_challenge x
              where x.dispute_id = d.id and x.withdrawn_at is null and x.answered_by_assignment_id is null),
            'unhandledCues', coalesce((select cardinality(n.cues) from dispute_narrative n where n.dispute_id = d.id
              and not exists (select 1 from escalation_report r where r.dispute_id = d.id and r.cues @> n.cues)), 0),
            'routesUntold', (select count(*) from mediation_ending e
              where e.dispute_id = d.id and e.told_at is null and e.end_state <> 'withdrawn'))
            from dispute d where d.id = any (p_disputes);
          perform set_config('app.principal', v_before, true);
        end $$;

      -- Keeps what the program has made of a trace. Lines that stay as they are are not written again.
      create function app.keep_worklist(p_dispute uuid, p_matter jsonb, p_entries jsonb) returns void
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          insert into worklist_matter as w (dispute_id, center_id, is_open, step, holder, since, due_kind, due_on, due_at, warns_at,
              is_paused, waits, rules, kept_at)
            select p_dispute, d.center_id, n.is_open, n.step, n.holder, n.since, n.due_kind, n.due_on, n.due_at, n.warns_at,
                   n.is_paused, n.waits, n.rules, app.now()
              from jsonb_to_record(p_matter) as n(is_open boolean, step text, holder text, since timestamptz, due_kind text,
                     due_on date, due_at timestamptz, warns_at timestamptz, is_paused boolean, waits jsonb, rules text),
                   dispute d where d.id = p_dispute
            on conflict (dispute_id) do update set is_open = excluded.is_open, step = excluded.step, holder = excluded.holder,
              since = excluded.since, due_kind = excluded.due_kind, due_on = excluded.due_on, due_at = excluded.due_at,
              warns_at = excluded.warns_at, is_paused = excluded.is_paused, waits = excluded.waits, rules = excluded.rules,
              kept_at = excluded.kept_at;
          delete from worklist_entry e where e.dispute_id = p_dispute and not exists (
            select 1 from jsonb_to_recordset(p_entries) as n(tab text, audience text, line_id uuid)
             where n.tab = e.tab and n.audience = e.audience and n.line_id = e.line_id);
          insert into worklist_entry as e (dispute_id, tab, audience, line_id, phase, sort_at, step, holder, since, due_kind, due_on,
              due_at, warns_at, is_paused, excluded)
            select p_dispute, n.tab, n.audience, n.line_id, n.phase, n.sort_at, n.step, n.holder, n.since, n.due_kind, n.due_on,
                   n.due_at, n.warns_at, n.is_paused, n.excluded
              from jsonb_to_recordset(p_entries) as n(tab text, audience text, line_id uuid, phase smallint, sort_at timestamptz,
                     step text, holder text, since timestamptz, due_kind text, due_on date, due_at timestamptz, warns_at timestamptz,
                     is_paused boolean, excluded uuid[])
            on conflict (dispute_id, tab, audience, line_id) do update set phase = excluded.phase, sort_at = excluded.sort_at,
              step = excluded.step, holder = excluded.holder, since = excluded.since, due_kind = excluded.due_kind,
              due_on = excluded.due_on, due_at = excluded.due_at, warns_at = excluded.warns_at, is_paused = excluded.is_paused,
              excluded = excluded.excluded
            where (e.phase, e.sort_at, e.step, e.holder, e.since, e.due_kind, e.due_on, e.due_at, e.warns_at, e.is_paused, e.excluded)
              is distinct from (excluded.phase, excluded.sort_at, excluded.step, excluded.holder, excluded.since, excluded.due_kind,
              excluded.due_on, excluded.due_at, excluded.warns_at, excluded.is_paused, excluded.excluded);
          perform set_config('app.principal', v_before, true);
        end $$;
    `);
  }

  private async search(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Outside row security and granted to nobody: word operators are not leakproof, so that row security would keep the
      -- planner from their index. app.search_matters alone reads it, within the caller's scope, and answers ids only; what is
      -- shown of them comes from the tables under row security.
      create table app.matter_search (
        dispute_id uuid primary key references public.dispute (id),
        center_id uuid not null,
        handling_center_id uuid,
        handling_unit_id uuid,
        committee_id uuid,
        registered_at timestamptz not null,
        words text not null
      );
      comment on table app.matter_search is 'Numbers, title, narrative and names of each matter in one searchable form.';
      create index matter_search_center on app.matter_search (center_id, registered_at desc, dispute_id desc);
      create index matter_search_handling_center on app.matter_search (handling_center_id, registered_at desc, dispute_id desc)
        where handling_center_id is not null;
      create index matter_search_handling_unit on app.matter_search (handling_unit_id, registered_at desc, dispute_id desc)
        where handling_unit_id is not null;
      create index matter_search_committee on app.matter_search (committee_id, registered_at desc, dispute_id desc)
        where committee_id is not null;

      -- One form for what is written and what is searched: compatibility forms folded, lower case, no white space.
      create function app.search_form(p_text text) returns text language sql immutable parallel safe as $$
        select regexp_replace(lower(normalize(coalesce(p_text, ''), NFKC)), '\\s+', '', 'g') $$;
      -- Pairs of neighbouring characters, and the last character of each line: a single character is then a prefix. The cost is
      -- high on purpose: at the default the planner evaluates it row by row instead of using the index.
      create function app.bigrams(p_text text) returns text[] language sql immutable parallel safe cost 5000 as $$
        select coalesce(array_agg(distinct case when p.b is null or p.b = E'\\n' then p.a else p.a || p.b end), '{}')
          from (select u.c as a, lead(u.c) over (order by u.i) as b
                  from unnest(string_to_array(p_text, null)) with ordinality u(c, i)) p
         where p.a <> E'\\n' $$;
      create function app.bigram_vector(p_text text) returns tsvector language sql immutable parallel safe cost 5000 as $$
        select array_to_tsvector(app.bigrams(p_text)) $$;
      create function app.bigram_lexeme(p_word text) returns text language sql immutable parallel safe as $$
        select '''' || replace(replace(p_word, '\\', '\\\\'), '''', '''''') || '''' $$;
      create function app.bigram_query(p_text text) returns tsquery language sql immutable parallel safe as $$
        select case char_length(p_text)
          when 1 then (app.bigram_lexeme(p_text) || ':*')::tsquery
          else (select string_agg(app.bigram_lexeme(substr(p_text, i, 2)), ' & ')::tsquery
                  from generate_series(1, char_length(p_text) - 1) i) end $$;
      create index matter_search_words on app.matter_search using gin (app.bigram_vector(words));
      alter index app.matter_search_words alter column 1 set statistics 1000;

      -- Writes what can be found of a matter, once per act, in its transaction.
      create function app.index_matter(p_dispute uuid) returns void
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          insert into app.matter_search as s
              (dispute_id, center_id, handling_center_id, handling_unit_id, committee_id, registered_at, words)
            select d.id, d.center_id, d.handling_center_id, d.handling_unit_id, d.committee_id, d.registered_at,
                   concat_ws(E'\\n', app.search_form(d.registration_number), nullif(app.search_form(d.case_number), ''),
                     nullif(app.search_form(d.upstream_number), ''),
                     case when d.is_sealed then null else concat_ws(E'\\n', app.search_form(d.title),
                       nullif(app.search_form(n.narrative), ''), nullif(app.search_form(n.requests), ''),
                       (select string_agg(app.search_form(p.name), E'\\n' order by p.ordinal) from party p where p.dispute_id = d.id)) end)
              from dispute d left join dispute_narrative n on n.dispute_id = d.id where d.id = p_dispute
            on conflict (dispute_id) do update set handling_center_id = excluded.handling_center_id,
              handling_unit_id = excluded.handling_unit_id, committee_id = excluded.committee_id, words = excluded.words
            where (s.handling_center_id, s.handling_unit_id, s.committee_id, s.words)
              is distinct from (excluded.handling_center_id, excluded.handling_unit_id, excluded.committee_id, excluded.words);
          perform set_config('app.principal', v_before, true);
        end $$;

      -- Ids of matters within the caller's scope that hold the text (in the form of app.search_form), the latest first. First
      -- the newest 3000 are read through, which finds frequent words at once; what is rarer comes from the index of pairs.
      create function app.search_matters(p_text text, p_before timestamptz, p_before_id uuid, p_limit integer)
        returns table (match_id uuid, match_at timestamptz)
        language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        declare
          v_like text := '%' || replace(replace(replace(p_text, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
          v_centers uuid[] := app.center_ids() || app.header_center_ids();
          v_committees uuid[] := app.committee_ids();
          v_units uuid[] := app.unit_ids();
          v_named uuid[];
          v_found uuid[];
          v_times timestamptz[];
          v_at timestamptz := coalesce(p_before, 'infinity');
          v_id uuid := coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
        begin
          select coalesce(array_agg(a.dispute_id), '{}') into v_named from dispute_access a
            where a.account_id = app.account_id() and (a.ends_at is null or a.ends_at > app.now());
          with near as materialized (
            select distinct n.* from (
              select s.dispute_id, s.registered_at, s.words from unnest(v_centers) c(id) cross join lateral (
                select * from app.matter_search s where s.center_id = c.id and (s.registered_at, s.dispute_id) < (v_at, v_id)
                 order by s.registered_at desc, s.dispute_id desc limit 3000) s
              union all
              select s.dispute_id, s.registered_at, s.words from unnest(v_centers) c(id) cross join lateral (
                select * from app.matter_search s where s.handling_center_id = c.id and (s.registered_at, s.dispute_id) < (v_at, v_id)
                 order by s.registered_at desc, s.dispute_id desc limit 3000) s
              union all
              select s.dispute_id, s.registered_at, s.words from unnest(v_committees) c(id) cross join lateral (
                select * from app.matter_search s where s.committee_id = c.id and (s.registered_at, s.dispute_id) < (v_at, v_id)
                 order by s.registered_at desc, s.dispute_id desc limit 3000) s
              union all
              select s.dispute_id, s.registered_at, s.words from unnest(v_units) c(id) cross join lateral (
                select * from app.matter_search s where s.handling_unit_id = c.id and (s.registered_at, s.dispute_id) < (v_at, v_id)
                 order by s.registered_at desc, s.dispute_id desc limit 3000) s
              union all
              select s.dispute_id, s.registered_at, s.words from app.matter_search s
               where s.dispute_id = any (v_named) and (s.registered_at, s.dispute_id) < (v_at, v_id)) n
             order by n.registered_at desc, n.dispute_id desc limit 3000)
          select array_agg(f.dispute_id order by f.registered_at desc, f.dispute_id desc),
                 array_agg(f.registered_at order by f.registered_at desc, f.dispute_id desc) into v_found, v_times from (
            select n.dispute_id, n.registered_at from near n where n.words like v_like
             order by n.registered_at desc, n.dispute_id desc limit p_limit) f;
          if cardinality(v_found) >= p_limit then
            return query select u.id, u.at from unnest(v_found, v_times) u(id, at);
            return;
          end if;
          return query with m as materialized (
            select s.dispute_id, s.registered_at from app.matter_search s
             where app.bigram_vector(s.words) @@ app.bigram_query(p_text) and s.words like v_like
               and (s.registered_at, s.dispute_id) < (v_at, v_id)
               and (s.center_id = any (v_centers) or s.handling_center_id = any (v_centers) or s.committee_id = any (v_committees)
                 or s.handling_unit_id = any (v_units) or s.dispute_id = any (v_named)))
          select m.dispute_id, m.registered_at from m order by m.registered_at desc, m.dispute_id desc limit p_limit;
        end $$;

      -- Whether an account sees at least the header of a matter: to copy it to one who does not would send them to a wall.
      create function app.sees_matter(p_account uuid, p_dispute uuid) returns boolean
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate(); v_sees boolean;
        begin
          select exists (
            select 1 from dispute d where d.id = p_dispute and (
              exists (select 1 from dispute_access a where a.dispute_id = d.id and a.account_id = p_account
                        and (a.ends_at is null or a.ends_at > app.now()))
              or (not d.is_sealed and exists (select 1 from role_grant g
                where g.account_id = p_account and g.valid_from <= app.now() and (g.valid_to is null or g.valid_to > app.now()) and (
                  (g.scope_kind = 'center' and g.role in
                    ('guide', 'intake-clerk', 'dispatcher', 'duty-leader', 'supervisor', 'follow-up-clerk', 'archivist')
                    and g.scope_id in (d.center_id, d.handling_center_id))
                  or (g.role in ('center-director', 'superior') and exists (select 1 from center c
                    where c.id in (d.center_id, d.handling_center_id) and (c.id = g.scope_id or c.ancestor_center_ids @> array[g.scope_id])))
                  or (g.role = 'committee-director' and g.scope_id = d.committee_id)
                  or (g.scope_kind = 'unit' and g.scope_id = d.handling_unit_id))))))
            and exists (select 1 from account a where a.id = p_account and a.status = 'active') into v_sees;
          perform set_config('app.principal', v_before, true);
          return v_sees;
        end $$;

      do $$ declare v_before text := app.elevate();
        begin
          perform app.index_matter(d.id) from dispute d;
          perform set_config('app.principal', v_before, true);
        end $$;
    `);
  }

  private async security(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke all on function app.audiences(), app.worklist_section(smallint, timestamptz, timestamptz, timestamptz),
        app.worklist_traces(uuid[]), app.keep_worklist(uuid, jsonb, jsonb), app.search_form(text), app.bigrams(text),
        app.bigram_vector(text), app.bigram_lexeme(text), app.bigram_query(text), app.index_matter(uuid),
        app.search_matters(text, timestamptz, uuid, integer), app.sees_matter(uuid, uuid) from public;
      grant execute on function app.audiences(), app.meets_matter(uuid), app.worklist_section(smallint, timestamptz, timestamptz, timestamptz),
        app.worklist_traces(uuid[]), app.keep_worklist(uuid, jsonb, jsonb), app.search_form(text), app.index_matter(uuid),
        app.search_matters(text, timestamptz, uuid, integer), app.sees_matter(uuid, uuid) to zongzhi_app;
    `);
    const matter = (table: string): string =>
      `${IS_SYSTEM} or exists (select 1 from dispute d where d.id = ${table}.dispute_id)`;
    const headerReaders = 'Readable by whoever may see the header of the matter.';
    await secure(runner, 'dispute_copy', ['select', 'insert']);
    await policy(runner, 'dispute_copy', 'select', matter('dispute_copy'), headerReaders);
    await policy(
      runner,
      'dispute_copy',
      'insert',
      'exists (select 1 from dispute d where d.id = dispute_copy.dispute_id) and copied_by = (select app.account_id())',
      'Whoever sees a matter may copy it, under their own name.',
    );
    await secure(runner, 'worklist_matter', ['select']);
    await policy(runner, 'worklist_matter', 'select', matter('worklist_matter'), headerReaders);
    await secure(runner, 'worklist_entry', ['select']);
    await policy(
      runner,
      'worklist_entry',
      'select',
      // An agency meets the line of its own task, which is none of the matter; a line of a matter is there with its matter.
      `${IS_SYSTEM} or (audience = any ((select app.audiences())::text[])
         and (line_id <> dispute_id or app.meets_matter(dispute_id)))`,
      'One sees the lists of one’s own offices and of oneself, without what was sealed from one.',
    );
    for (const verb of ['insert', 'update', 'delete'] as const) {
      await policy(runner, 'worklist_entry', verb, IS_SYSTEM, 'Written only through app.keep_worklist.');
      if (verb === 'delete') continue;
      await policy(runner, 'worklist_matter', verb, IS_SYSTEM, 'Written only through app.keep_worklist.');
    }
    await secure(runner, 'notification', ['select', 'insert', 'update']);
    const mine = `${IS_SYSTEM} or account_id = (select app.account_id())`;
    await policy(runner, 'notification', 'select', mine, 'One sees one’s own messages.');
    await policy(runner, 'notification', 'update', mine, 'One marks one’s own messages as read.');
    await policy(runner, 'notification', 'insert', IS_SYSTEM, 'Written by the program from what the acts have left.');
  }

  private async describe(runner: QueryRunner): Promise<void> {
    await describeTable(runner, 'dispute_copy', 'A matter copied to a colleague for information (抄送).', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      account_id: 'To whom.',
      reason: 'Why, in words.',
      copied_by: 'By whom.',
      copied_at: 'When.',
    });
    const due = {
      step: 'Step for which it waits (keys of the worklist’s steps); null when it waits for nobody.',
      holder: 'Whose turn it is, in words as of then.',
      since: 'Since when it waits.',
      due_kind: 'What runs out.',
      due_on: 'Day that the law or the agreement names.',
      due_at: 'First instant that is too late. Being late is never stored: it follows from this and the clock.',
      warns_at: 'From when on a third of the term or less is left.',
      is_paused: 'The clock stands still.',
    };
    await describeTable(
      runner,
      'worklist_matter',
      'Where each matter stands: made from its traces at every act, in its transaction.',
      {
        dispute_id: 'The matter.',
        center_id: 'Center of the matter.',
        is_open: 'Not closed, archived or merged.',
        ...due,
        waits: 'All steps for which it waits, the most urgent first.',
        rules: 'Version of the rules by which it was made; older ones are made anew.',
        kept_at: 'When it was made.',
      },
    );
    await describeTable(runner, 'worklist_entry', 'Lines of the worklists: one per matter, tab and list.', {
      dispute_id: 'The matter.',
      tab: 'Tab of the list.',
      audience: 'Whose list: role@place, assigned:account or account:account.',
      line_id: 'The matter, or the summons task that an agency’s line is about.',
      phase: 'Order: 0 running, 1 without a due, 2 standing still, 3 over.',
      sort_at: 'Place within the phase: the due, since when it waits, or when it ended.',
      ...due,
      excluded: 'Accounts for whom the line is not, though the list is theirs.',
    });
    await describeTable(runner, 'notification', 'Message in the bell of one person.', {
      id: 'Identity.',
      account_id: 'Whose bell.',
      cause: 'What it was made from; a message comes once.',
      kind: 'Kind of message.',
      dispute_id: 'The matter that it leads to, for those who see it.',
      task_id: 'The summons task that it leads to, for agencies.',
      text: 'What happened, without personal data.',
      at: 'When it happened.',
      read_at: 'When it was read.',
    });
    await runner.query(`
      comment on column party.phone_end_index is 'Keyed index of the last four digits, for looking up by them.';
      comment on column representative.phone_end_index is 'Keyed index of the last four digits, for looking up by them.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table notification, worklist_entry, worklist_matter, dispute_copy;
      alter table party drop column phone_end_index;
      alter table representative drop column phone_end_index;
      drop function app.search_matters(text, timestamptz, uuid, integer), app.index_matter(uuid), app.sees_matter(uuid, uuid),
        app.keep_worklist(uuid, jsonb, jsonb), app.worklist_traces(uuid[]),
        app.worklist_section(smallint, timestamptz, timestamptz, timestamptz), app.meets_matter(uuid), app.audiences();
      drop table app.matter_search;
      drop function app.bigram_vector(text), app.bigrams(text), app.bigram_query(text), app.bigram_lexeme(text), app.search_form(text);
    `);
  }
}
