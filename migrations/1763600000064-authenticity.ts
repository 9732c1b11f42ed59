import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

/** Signs that a file may not tell what happened, what was found out about them, and how many closings are called back. */
export class Authenticity1763600000064 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table center
        add column call_back_share smallint not null default 10
          constraint center_call_back_share_bounds check (call_back_share between 1 and 100),
        add column own_addresses text[] not null default '{}';
      comment on column center.call_back_share is 'Of a hundred closings so many are drawn for a call-back by somebody else.';
      comment on column center.own_addresses is 'Public network addresses of the center: whoever signs there shares them.';
      alter table follow_up_visit add column denies_dispute boolean,
        add constraint follow_up_visit_denial_was_reached check (is_reached or denies_dispute is null);
      comment on column follow_up_visit.denies_dispute is 'Whether who was reached says that there was no such dispute or mediation; null where not asked.';

      create table alarm (
        id uuid primary key,
        center_id uuid not null references center (id),
        kind text not null,
        fingerprint text not null,
        facts jsonb not null,
        explanation text[] not null,
        state text not null,
        raised_at timestamptz not null,
        decided_by uuid references account (id),
        decided_by_name text,
        decided_at timestamptz,
        decision text,
        version integer not null default 1,
        constraint alarm_kind_known check (kind in ('same-phone', 'same-device', 'near-identical', 'impossible-time', 'burst', 'denial')),
        constraint alarm_state_known check (state in ('open', 'explained', 'verified', 'unfounded')),
        constraint alarm_explained check (cardinality(explanation) > 0),
        constraint alarm_decided_whole check (num_nonnulls(decided_by, decided_by_name, decided_at, decision) = case state when 'open' then 0 else 4 end)
      );
      create unique index alarm_one_open on alarm (kind, fingerprint) where state = 'open';
      create index alarm_fingerprint on alarm (kind, fingerprint, raised_at desc);
      create index alarm_center on alarm (center_id, raised_at desc, id desc);
      create table alarm_matter (
        alarm_id uuid not null references alarm (id),
        dispute_id uuid not null references dispute (id),
        primary key (alarm_id, dispute_id)
      );
      create index alarm_matter_dispute on alarm_matter (dispute_id);
      -- How many matters there are, also those that the reader may not see.
      create function app.alarm_size(p_alarm uuid) returns integer
        language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate(); v_size integer;
        begin
          select count(*) into v_size from alarm_matter where alarm_id = p_alarm;
          perform set_config('app.principal', v_before, true);
          return v_size;
        end $$;
      revoke all on function app.alarm_size(uuid) from public;
      grant execute on function app.alarm_size(uuid) to zongzhi_app;
      create table authenticity_turn (
        id boolean primary key default true,
        seen_until timestamptz not null,
        constraint authenticity_turn_one check (id)
      );

      -- What changed since the last turn, and what lies beside it.
      create index dispute_event_at on dispute_event using brin (at);
      create index dispute_closing_handler on dispute_closing (handler_account_id, closed_at) where handler_account_id is not null;
      create index agreement_author on agreement (created_by, effective_on) where effective_on is not null;
      create index mediation_session_recorder on mediation_session (recorded_by, recorded_at) where recorded_at is not null;
      create index investigation_record_investigators on investigation_record using gin (investigator_ids);
      create index signature_mark_address on signature_mark (address, device, server_at) where method = 'link';
      create index portal_session_address on portal_session (address, device, opened_at) where address is not null;
    `);
    const inSight = `(center_id = any ((select app.center_ids())::uuid[]) or center_id = any ((select app.header_center_ids())::uuid[]))`;
    await secure(runner, 'alarm', ['select', 'insert', 'update']);
    await policy(
      runner,
      'alarm',
      'select',
      `${IS_SYSTEM} or ${inSight}`,
      'Those who serve at the center or stand above it.',
    );
    await policy(runner, 'alarm', 'insert', IS_SYSTEM, 'Raised by the program alone.');
    await policy(runner, 'alarm', 'update', `${IS_SYSTEM} or ${inSight}`, 'Decided at the center or above it.');
    await secure(runner, 'alarm_matter', ['select', 'insert']);
    await policy(
      runner,
      'alarm_matter',
      'select',
      `${IS_SYSTEM} or (exists (select 1 from alarm a where a.id = alarm_matter.alarm_id)
         and exists (select 1 from dispute d where d.id = alarm_matter.dispute_id))`,
      'With the alarm, as far as the header of the matter may be seen.',
    );
    await policy(runner, 'alarm_matter', 'insert', IS_SYSTEM, 'Raised by the program alone.');
    await secure(runner, 'authenticity_turn', ['select', 'insert', 'update']);
    for (const verb of ['select', 'insert', 'update'] as const) {
      await policy(runner, 'authenticity_turn', verb, IS_SYSTEM, 'The program alone keeps its place.');
    }
    await describeTable(
      runner,
      'alarm',
      'One sign that files may not tell what happened. Never part of a score or a figure.',
      {
        id: 'Identity.',
        center_id: 'Center that looks into it: that of the latest matter.',
        kind: 'What was noticed.',
        fingerprint:
          'Of what was noticed: the same thing is raised once while it is open, and again only with further matters.',
        facts: 'Counts, instants and ids; no personal data.',
        explanation: 'Sentences for people, made from the facts.',
        state: 'State of alarmLifecycle.',
        raised_at: 'When it was noticed.',
        decided_by: 'Who decided.',
        decided_by_name: 'Name as it was then.',
        decided_at: 'When.',
        decision: 'What was found out and why it was decided so.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(runner, 'alarm_matter', 'Matters behind an alarm.', {
      alarm_id: 'The alarm.',
      dispute_id: 'The matter.',
    });
    await describeTable(runner, 'authenticity_turn', 'How far the nightly look at what changed has come.', {
      id: 'There is one.',
      seen_until: 'All happenings up to here have been looked at.',
    });
    await runner.query(`
      insert into phrase_list values
        (gen_random_uuid(), null, 'authenticity.decide.decision', array['已逐户核实，情况属实，属于正常情形。', '经电话核实，当事人确认有此纠纷并经过调解。', '经核查，记录与实际不符，已责令更正。'], null, now(), 1)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from phrase_list where center_id is null and place = 'authenticity.decide.decision';
      drop function app.alarm_size(uuid);
      drop table authenticity_turn, alarm_matter, alarm;
      drop index dispute_event_at, dispute_closing_handler, agreement_author, mediation_session_recorder, investigation_record_investigators,
        signature_mark_address, portal_session_address;
      alter table follow_up_visit drop column denies_dispute;
      alter table center drop column call_back_share, drop column own_addresses;
    `);
  }
}
