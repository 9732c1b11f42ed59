import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, fullAccess, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

/** What happens to a matter between the counter and the archive: one table per kind of act that leaves more than a line. */
export class DisputesMore1763600000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dispute
        add column is_reporter_protected boolean not null default false,
        add column allows_call_back boolean not null default true,
        add column court_procedure text,
        add column court_materials_on date,
        add constraint dispute_nature_known check (nature is null or nature in
          ('civil', 'labor', 'administrative', 'litigation', 'police', 'consultation', 'other')),
        add constraint dispute_route_known check (route is null or route in
          ('mediation', 'agency', 'grid', 'answer', 'arbitration', 'labor-arbitration', 'reconsideration', 'petition', 'litigation',
           'police', 'notary', 'legal-aid')),
        add constraint dispute_risk_level_known check (risk_level is null or risk_level in ('red', 'yellow', 'blue')),
        add constraint dispute_triaged_has_risk check (state in ('registered', 'merged', 'reopened') or risk_level is not null),
        add constraint dispute_outcome_known check (outcome is null or outcome in
          ('agreement', 'oral-agreement', 'not-agreed', 'refused', 'unreachable', 'withdrawn', 'settled', 'solved', 'answered',
           'referred', 'not-accepted', 'handed-off')),
        add constraint dispute_court_procedure_known check (court_procedure is null or court_procedure in ('ordinary', 'summary')),
        add constraint dispute_court_materials_of_court check (court_materials_on is null or channel in ('court-entrusted', 'court-appointed'));
      create index dispute_handler on dispute (handler_account_id, registered_at desc) where handler_account_id is not null;

      create table escalation_report (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        finding text not null,
        cues text[] not null,
        situation text not null,
        recipient_kind text,
        recipient text,
        method text,
        reported_at timestamptz,
        receipt text,
        made_by uuid not null references account (id),
        made_at timestamptz not null,
        constraint escalation_report_finding_known check (finding in ('reported', 'unfounded')),
        constraint escalation_report_recipient_known check (recipient_kind is null or recipient_kind in
          ('police', 'civil-affairs', 'women-federation', 'education', 'health', 'political-legal', 'other')),
        constraint escalation_report_method_known check (method is null or method in ('phone', 'in-person', 'written', 'system')),
        constraint escalation_report_reported_whole check
          ((finding = 'reported') = (recipient_kind is not null and recipient is not null and method is not null and reported_at is not null))
      );
      create index escalation_report_dispute on escalation_report (dispute_id, made_at);

      create table duplicate_check (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        candidates jsonb not null,
        verdict text,
        checked_by uuid references account (id),
        checked_at timestamptz not null,
        constraint duplicate_check_verdict_known check (verdict is null or verdict in ('none-found', 'different')),
        constraint duplicate_check_none_is_empty check ((verdict is not distinct from 'none-found') = (candidates = '[]'::jsonb))
      );
      create index duplicate_check_dispute on duplicate_check (dispute_id, checked_at);

      create table risk_assessment (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        level text not null,
        previous_level text,
        suggested_level text not null,
        factors text[] not null,
        reason text,
        assessed_by uuid not null references account (id),
        assessed_at timestamptz not null,
        constraint risk_assessment_level_known check (level in ('red', 'yellow', 'blue')
          and suggested_level in ('red', 'yellow', 'blue') and (previous_level is null or previous_level in ('red', 'yellow', 'blue')))
      );
      create index risk_assessment_dispute on risk_assessment (dispute_id, assessed_at);

      create table one_time_notice (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        ordinal integer not null,
        kind text not null,
        items jsonb not null,
        explanation text,
        form text not null,
        due_on date,
        given_at timestamptz not null,
        given_by uuid not null references account (id),
        signer_name text,
        signed_at timestamptz,
        supplemented_at timestamptz,
        version integer not null default 1,
        constraint one_time_notice_ordinal_unique unique (dispute_id, ordinal),
        constraint one_time_notice_kind_known check (kind in ('supplement', 'not-accepted')),
        constraint one_time_notice_form_known check (form in ('paper', 'sms')),
        constraint one_time_notice_names_items check (kind <> 'supplement' or (jsonb_array_length(items) > 0 and due_on is not null)),
        constraint one_time_notice_gives_reason check (kind <> 'not-accepted' or explanation is not null),
        constraint one_time_notice_receipt_whole check ((signed_at is null) = (signer_name is null))
      );
      create index one_time_notice_given on one_time_notice (given_at desc, id desc);

      create table dispute_decision (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        kind text not null,
        reason_code text,
        content text not null,
        route text,
        organ text,
        law text,
        decided_by uuid not null references account (id),
        decided_at timestamptz not null,
        constraint dispute_decision_kind_known check (kind in ('answer', 'refer', 'not-accept')),
        constraint dispute_decision_reason_of_refusal check ((kind = 'not-accept') = (reason_code is not null)),
        constraint dispute_decision_names_route check (kind = 'answer' or route is not null)
      );
      create index dispute_decision_dispute on dispute_decision (dispute_id, decided_at);

      create table dispute_transfer (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        kind text not null,
        state text not null,
        from_state text not null,
        from_center_id uuid references center (id),
        from_unit_id uuid references org_unit (id),
        to_center_id uuid references center (id),
        to_unit_id uuid references org_unit (id),
        organ_kind text,
        organ text,
        request text not null,
        sent_by uuid not null references account (id),
        sent_at timestamptz not null,
        signed_by uuid references account (id),
        signed_at timestamptz,
        receipt_number text,
        objection text,
        objected_at timestamptz,
        ruling text,
        ruled_by uuid references account (id),
        ruled_at timestamptz,
        result text,
        result_at timestamptz,
        ended_reason text,
        ended_at timestamptz,
        version integer not null default 1,
        constraint dispute_transfer_kind_known check (kind in ('send-down', 'send-up', 'hand-off')),
        constraint dispute_transfer_state_known check (state in ('sent', 'signed', 'objected', 'completed', 'returned', 'withdrawn')),
        constraint dispute_transfer_names_receiver check (case kind
          when 'hand-off' then organ_kind is not null and organ is not null and to_center_id is null and to_unit_id is null
          when 'send-up' then to_center_id is not null and organ_kind is null
          else num_nonnulls(to_center_id, to_unit_id) = 1 and organ_kind is null end),
        constraint dispute_transfer_organ_known check (organ_kind is null or organ_kind in
          ('court', 'arbitration', 'labor-arbitration', 'reconsideration', 'police', 'procuratorate', 'petition', 'notary', 'legal-aid',
           'relief', 'psychology', 'hotline', 'other')),
        constraint dispute_transfer_signed_has_time check (state not in ('signed', 'completed') or signed_at is not null),
        constraint dispute_transfer_objected_has_reason check (state <> 'objected' or objection is not null),
        constraint dispute_transfer_completed_has_result check (state <> 'completed' or (result is not null and result_at is not null)),
        constraint dispute_transfer_ended_has_reason check ((state in ('returned', 'withdrawn')) = (ended_reason is not null and ended_at is not null))
      );
      create index dispute_transfer_dispute on dispute_transfer (dispute_id, sent_at);
      create unique index dispute_transfer_one_open on dispute_transfer (dispute_id) where state in ('sent', 'objected');

      create table dispute_merge (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        into_id uuid not null references dispute (id),
        reason text not null,
        prior jsonb not null,
        merged_by uuid not null references account (id),
        merged_at timestamptz not null,
        undo_reason text,
        undone_by uuid references account (id),
        undone_at timestamptz,
        constraint dispute_merge_two check (dispute_id <> into_id),
        constraint dispute_merge_undo_whole check (num_nonnulls(undo_reason, undone_by, undone_at) in (0, 3))
      );
      create unique index dispute_merge_once on dispute_merge (dispute_id) where undone_at is null;
      create index dispute_merge_into on dispute_merge (into_id) where undone_at is null;

      create table dispute_closing (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        volume integer not null,
        outcome text not null,
        summary text not null,
        handler_account_id uuid references account (id),
        reviewed_by uuid not null references account (id),
        closed_at timestamptz not null,
        constraint dispute_closing_reviewer_is_another check (handler_account_id is distinct from reviewed_by)
      );
      create index dispute_closing_dispute on dispute_closing (dispute_id, closed_at);

      create table dispute_reopening (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        volume integer not null,
        reason_code text not null,
        reason text not null,
        from_state text not null,
        previous_outcome text not null,
        previous_closed_at timestamptz not null,
        reopened_by uuid not null references account (id),
        reopened_at timestamptz not null,
        constraint dispute_reopening_volume_unique unique (dispute_id, volume),
        constraint dispute_reopening_reason_known check (reason_code in
          ('new-situation', 'breach', 'procedural-flaw', 'confirmation-refused', 'complaint-upheld'))
      );

      create table follow_up_visit (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        mode text not null,
        is_reached boolean not null,
        is_performed boolean,
        is_solved boolean,
        satisfaction text,
        situation text not null,
        visited_by uuid not null references account (id),
        visited_at timestamptz not null,
        constraint follow_up_visit_mode_known check (mode in ('phone', 'visit', 'sms', 'online')),
        constraint follow_up_visit_satisfaction_known check (satisfaction is null or satisfaction in
          ('satisfied', 'mostly-satisfied', 'dissatisfied', 'no-answer')),
        constraint follow_up_visit_reached_answers check (is_reached or num_nonnulls(is_performed, is_solved, satisfaction) = 0)
      );
      create index follow_up_visit_dispute on follow_up_visit (dispute_id, visited_at);

      create table mediation_period (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        volume integer not null,
        rule text not null,
        article text not null,
        start_on date not null,
        original_due_on date not null,
        current_due_on date,
        is_provisional boolean not null,
        explanation text[] not null,
        calendar_version text not null,
        ended_at timestamptz,
        version integer not null default 1,
        constraint mediation_period_rule_known check (rule in ('people', 'court-entrusted', 'court-ordinary', 'court-summary', 'labor')),
        constraint mediation_period_after_start check (original_due_on > start_on and current_due_on >= original_due_on)
      );
      create unique index mediation_period_one_running on mediation_period (dispute_id) where ended_at is null;

      create table mediation_extension (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        period_id uuid not null references mediation_period (id),
        ordinal integer not null,
        until_on date not null,
        previous_due_on date not null,
        reason text not null,
        consented_party_ids uuid[] not null,
        consented_on date not null,
        recorded_by uuid not null references account (id),
        recorded_at timestamptz not null,
        constraint mediation_extension_ordinal_unique unique (dispute_id, period_id, ordinal),
        constraint mediation_extension_lengthens check (until_on > previous_due_on),
        constraint mediation_extension_has_consent check (cardinality(consented_party_ids) > 0)
      );

      create table mediation_pause (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        period_id uuid references mediation_period (id),
        ground text not null,
        reason text not null,
        expected_until date,
        prior_state text not null,
        paused_by uuid not null references account (id),
        paused_at timestamptz not null,
        resumed_by uuid references account (id),
        resumed_at timestamptz,
        constraint mediation_pause_ground_known check (ground in
          ('appraisal', 'third-party', 'suspected-false', 'force-majeure', 'party-died', 'other')),
        constraint mediation_pause_forward check (resumed_at is null or resumed_at >= paused_at)
      );
      create unique index mediation_pause_one_open on mediation_pause (dispute_id) where resumed_at is null;

      create table mediation_ending (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        volume integer not null,
        end_state text not null,
        code text not null,
        explanation text not null,
        after_acceptance boolean not null,
        ended_by uuid references account (id),
        ended_at timestamptz not null,
        routes_told text[],
        told_how text,
        told_by uuid references account (id),
        told_at timestamptz,
        version integer not null default 1,
        constraint mediation_ending_state_known check (end_state in ('terminated', 'refused', 'unreachable', 'withdrawn')),
        constraint mediation_ending_code_known check (code in
          ('refused', 'unreachable', 'irreconcilable', 'period-expired', 'signing-refused', 'dishonest', 'collusion', 'in-proceedings',
           'out-of-scope', 'party-died', 'applicant-withdrew', 'settled-privately', 'other')),
        constraint mediation_ending_told_whole check (num_nonnulls(routes_told, told_how, told_at) in (0, 3))
      );
      create index mediation_ending_dispute on mediation_ending (dispute_id, ended_at);
    `);

    // A matter that is sent on may leave the sight of whoever sends it; an update that row security sees cannot do that.
    // Called as `select app.route_dispute(d.id, …) from dispute d where d.id = …`: row security answers whether there is a row.
    await runner.query(`
      create function app.route_dispute(p_dispute uuid, p_state text, p_center uuid, p_unit uuid) returns boolean
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          update public.dispute set state = p_state, handling_center_id = p_center, handling_unit_id = p_unit,
              updated_at = app.now(), version = version + 1
            where id = p_dispute;
          perform set_config('app.principal', v_before, true);
          return true;
        end $$;
      revoke all on function app.route_dispute(uuid, text, uuid, uuid) from public;
      grant execute on function app.route_dispute(uuid, text, uuid, uuid) to zongzhi_app;
    `);

    for (const table of [
      'escalation_report',
      'duplicate_check',
      'dispute_decision',
      'dispute_merge',
      'follow_up_visit',
    ]) {
      await secureMatterTable(
        runner,
        table,
        'full',
        table === 'dispute_merge' ? ['select', 'insert', 'update'] : ['select', 'insert'],
      );
    }
    await secureMatterTable(runner, 'risk_assessment', 'header', ['select', 'insert']);
    await secureMatterTable(runner, 'one_time_notice', 'full');
    await secureMatterTable(runner, 'dispute_transfer', 'full');
    await secureMatterTable(runner, 'mediation_period', 'header');
    await secureMatterTable(runner, 'mediation_extension', 'full', ['select', 'insert']);
    await secureMatterTable(runner, 'mediation_pause', 'full');
    await secureMatterTable(runner, 'mediation_ending', 'full');
    for (const table of ['dispute_closing', 'dispute_reopening']) {
      await secure(runner, table, ['select', 'insert']);
      const full = `exists (select 1 from dispute d where d.id = ${table}.dispute_id and ${fullAccess('d')})`;
      const header = `exists (select 1 from dispute d where d.id = ${table}.dispute_id)`;
      await policy(
        runner,
        table,
        'select',
        `${IS_SYSTEM} or ${full}`,
        'Only for those who may read the content of the matter.',
      );
      await policy(
        runner,
        table,
        'insert',
        `${IS_SYSTEM} or ${header}`,
        'Directors review and reopen matters whose content they do not read.',
      );
    }

    await describeTable(
      runner,
      'dispute',
      'Matter (诉求事项): anything that comes in, with the facts that lists and figures need; its words are in dispute_narrative.',
      {
        is_reporter_protected:
          'True when the reporter’s identity is kept from agencies and respondents; such a reporter is no applicant.',
        allows_call_back: 'False when the reporter wants no follow-up call.',
        court_procedure:
          'Procedure of a matter that a court appointed: sets the mediation period (特邀调解规定 art. 27).',
        court_materials_on:
          'Day on which the court’s materials were signed for: the period of a court matter starts there.',
      },
    );
    await describeTable(
      runner,
      'escalation_report',
      'Report that a matter may escalate, or the finding that its cues are unfounded (People’s Mediation Law art. 25).',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        finding: 'reported, or unfounded after verification.',
        cues: 'Words that prompted it.',
        situation: 'What is feared, or why the cues are unfounded.',
        recipient_kind: 'Kind of organ reported to.',
        recipient: 'Organ and person who took the report.',
        method: 'How it was reported.',
        reported_at: 'Instant of the report.',
        receipt: 'Number or words of the receipt.',
        made_by: 'Who wrote this.',
        made_at: 'When.',
      },
    );
    await describeTable(
      runner,
      'duplicate_check',
      'Search for matters that may be the same, with what a person found of the candidates.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        candidates: 'Ids, reasons and likeness of what was found.',
        verdict: 'none-found, different; null while nobody has judged.',
        checked_by: 'Who judged.',
        checked_at: 'When.',
      },
    );
    await describeTable(runner, 'risk_assessment', 'History of risk levels: append-only.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      level: 'Level given.',
      previous_level: 'Level before.',
      suggested_level: 'Level that the factors suggest; never below the level before.',
      factors: 'Factors that were seen.',
      reason: 'Reason; needed to go below the suggestion.',
      assessed_by: 'Who.',
      assessed_at: 'When.',
    });
    await describeTable(
      runner,
      'one_time_notice',
      'One-time notice (一次性告知单): everything that is missing, in writing, at once.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        ordinal: 'Counts from 1 within the matter.',
        kind: 'supplement (补正) or not-accepted (不予受理).',
        items: 'Papers to bring, each with a note.',
        explanation: 'Explanation or reason.',
        form: 'paper or sms.',
        due_on: 'Day by which to supplement.',
        given_at: 'When given.',
        given_by: 'By whom.',
        signer_name: 'Who signed the receipt.',
        signed_at: 'When signed.',
        supplemented_at: 'When everything was brought.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(
      runner,
      'dispute_decision',
      'Answer, referral or refusal to accept, in the words given to the person.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        kind: 'answer, refer or not-accept.',
        reason_code: 'Reason of a refusal to accept.',
        content: 'Text of the answer or reason.',
        route: 'Route named to the person.',
        organ: 'Organ named to the person.',
        law: 'Statute and article.',
        decided_by: 'Who.',
        decided_at: 'When.',
      },
    );
    await describeTable(
      runner,
      'dispute_transfer',
      'Transfer (流转单): a matter sent down, up, or handed to another organ, until it is answered or comes back.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        kind: 'send-down, send-up or hand-off.',
        state: 'State of transferLifecycle.',
        from_state: 'State of the matter before, taken again when it comes back.',
        from_center_id: 'Handling center before.',
        from_unit_id: 'Handling unit before.',
        to_center_id: 'Receiving center.',
        to_unit_id: 'Receiving street, community or grid.',
        organ_kind: 'Kind of the organ handed to.',
        organ: 'Name of the organ handed to.',
        request: 'What is asked and why.',
        sent_by: 'Who sent it.',
        sent_at: 'When.',
        signed_by: 'Who signed for it, or entered the organ’s receipt.',
        signed_at: 'When it was received.',
        receipt_number: 'Number of the organ’s receipt (回执).',
        objection: 'Why the receiver holds it is not theirs.',
        objected_at: 'When.',
        ruling: 'Reason of the ruling on the objection.',
        ruled_by: 'Who ruled.',
        ruled_at: 'When.',
        result: 'What came of it.',
        result_at: 'When.',
        ended_reason: 'Why it was returned or withdrawn.',
        ended_at: 'When.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(
      runner,
      'dispute_merge',
      'One matter merged into another, with all that is needed to undo it exactly.',
      {
        id: 'Identity.',
        dispute_id: 'The matter that was merged.',
        into_id: 'The matter that goes on.',
        reason: 'Why they are the same.',
        prior: 'State of the merged matter before.',
        merged_by: 'Who.',
        merged_at: 'When.',
        undo_reason: 'Why it was undone.',
        undone_by: 'Who undid it.',
        undone_at: 'When.',
      },
    );
    await describeTable(runner, 'dispute_closing', 'Closings with their review: append-only, one per volume or more.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      volume: 'File volume.',
      outcome: 'Outcome code.',
      summary: 'What came of the matter.',
      handler_account_id: 'Who handled it.',
      reviewed_by: 'Who reviewed and closed it; never the handler.',
      closed_at: 'When.',
    });
    await describeTable(
      runner,
      'dispute_reopening',
      'Reopenings: append-only. A reopened matter counts against the period in which it was closed.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        volume: 'The new file volume.',
        reason_code: 'Why.',
        reason: 'In words.',
        from_state: 'State before.',
        previous_outcome: 'Outcome that no longer stands.',
        previous_closed_at: 'Closing that no longer stands.',
        reopened_by: 'Who.',
        reopened_at: 'When.',
      },
    );
    await describeTable(runner, 'follow_up_visit', 'Follow-up (回访) of a closed matter: append-only.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      mode: 'How.',
      is_reached: 'False when nobody answered.',
      is_performed: 'Whether what was agreed is performed.',
      is_solved: 'Whether the party calls the matter solved.',
      satisfaction: 'Satisfaction as said; no-answer when not said.',
      situation: 'What was found.',
      visited_by: 'Who; never the handler.',
      visited_at: 'When.',
    });
    await describeTable(
      runner,
      'mediation_period',
      'Mediation period in the deadline ledger: explains itself and keeps the original due day.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        volume: 'File volume.',
        rule: 'Rule of the period.',
        article: 'Statute and article in Chinese.',
        start_on: 'Day of the event that starts it; not counted.',
        original_due_on: 'Last day without pauses and extensions; figures go by it.',
        current_due_on: 'Last day now; null while paused.',
        is_provisional: 'True while a year’s notice of days off was missing.',
        explanation: 'Sentences that reckon the day.',
        calendar_version: 'Notices of days off used.',
        ended_at: 'When the mediation ended or its agreement took effect.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(
      runner,
      'mediation_extension',
      'Extension of a mediation period by consent of all parties: append-only.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        period_id: 'The period.',
        ordinal: 'Counts from 1.',
        until_on: 'Day agreed on.',
        previous_due_on: 'Due day before.',
        reason: 'Why.',
        consented_party_ids: 'Parties who consented: all of them.',
        consented_on: 'Day of the last consent.',
        recorded_by: 'Who recorded it.',
        recorded_at: 'When.',
      },
    );
    await describeTable(runner, 'mediation_pause', 'Suspension (中止) of a mediation: its days do not count.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      period_id: 'The period that is paused; null when none is running.',
      ground: 'Ground code.',
      reason: 'In words.',
      expected_until: 'Day by which it should go on.',
      prior_state: 'State of the mediation before.',
      paused_by: 'Who.',
      paused_at: 'When.',
      resumed_by: 'Who resumed it.',
      resumed_at: 'When.',
    });
    await describeTable(
      runner,
      'mediation_ending',
      'End of a mediation without agreement, and that the other routes were told (People’s Mediation Law art. 26).',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        volume: 'File volume.',
        end_state: 'State reached.',
        code: 'Why.',
        explanation: 'In words.',
        after_acceptance: 'False when it ended while consent was still asked; figures tell the two apart.',
        ended_by: 'Who; null when it follows from an act of a party.',
        ended_at: 'When.',
        routes_told: 'Routes named to the parties.',
        told_how: 'How they were told.',
        told_by: 'Who told them.',
        told_at: 'When; null while they have not been told.',
        version: 'Optimistic lock.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.route_dispute(uuid, text, uuid, uuid);
      drop table mediation_ending, mediation_pause, mediation_extension, mediation_period, follow_up_visit, dispute_reopening,
        dispute_closing, dispute_merge, dispute_transfer, dispute_decision, one_time_notice, risk_assessment, duplicate_check,
        escalation_report;
      drop index dispute_handler;
      alter table dispute
        drop constraint dispute_nature_known, drop constraint dispute_route_known, drop constraint dispute_risk_level_known,
        drop constraint dispute_triaged_has_risk, drop constraint dispute_outcome_known,
        drop column is_reporter_protected, drop column allows_call_back, drop column court_procedure, drop column court_materials_on;
    `);
  }
}
