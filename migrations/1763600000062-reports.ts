import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

/** National category under which an own type, source or kind of committee is reported; a type not named here goes with its first level. */
const PRESETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  type: {
    family: 'family',
    neighbor: 'neighbor',
    housing: 'housing',
    contract: 'contract',
    business: 'business',
    damage: 'damage',
    land: 'land',
    expropriation: 'expropriation',
    environment: 'environment',
    'labor.arrears': 'labor-arrears',
    labor: 'labor-other',
    tourism: 'tourism',
    ecommerce: 'ecommerce',
    consumer: 'consumer-other',
    medical: 'medical',
    traffic: 'traffic',
    property: 'property',
    utilities: 'other',
    other: 'other',
  },
  channel: {
    proactive: 'proactive',
    visit: 'applied',
    phone: 'applied',
    online: 'applied',
    grid: 'applied',
    'court-entrusted': 'court',
    'court-appointed': 'court',
    procuratorate: 'procuratorate',
    police: 'police',
    petition: 'petition',
    hotline: 'referred-other',
    department: 'referred-other',
  },
  body: {
    village: 'village',
    community: 'village',
    street: 'street',
    enterprise: 'enterprise',
    professional: 'professional',
    stationed: 'stationed',
  },
};

/** 统计报表 and 周报、月报、通报: mapping to the national categories, periods, what was frozen, and what was put right later. */
export class Reports1763600000062 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table report_mapping (
        id uuid primary key,
        center_id uuid references center (id),
        dimension text not null,
        from_key text not null,
        to_key text not null,
        valid_from date not null,
        made_by uuid references account (id),
        made_by_name text not null,
        made_at timestamptz not null,
        constraint report_mapping_dimension_known check (dimension in ('type', 'channel', 'body'))
      );
      create index report_mapping_key on report_mapping (dimension, from_key, valid_from desc);

      create table report (
        id uuid primary key,
        center_id uuid not null references center (id),
        form text not null,
        span text not null,
        rows_by text not null,
        from_on date not null,
        to_on date not null,
        state text not null default 'draft',
        texts jsonb not null default '{}',
        typed jsonb not null default '{}',
        content jsonb,
        made_by uuid not null references account (id),
        made_by_name text not null,
        made_at timestamptz not null,
        frozen_by uuid references account (id),
        frozen_by_name text,
        frozen_at timestamptz,
        version integer not null default 1,
        constraint report_once unique (center_id, form, span, from_on),
        constraint report_form_known check (form in ('statutory-1', 'statutory-2', 'weekly', 'monthly', 'bulletin')),
        constraint report_span_known check (span in ('week', 'month', 'quarter', 'half-year', 'year')),
        constraint report_rows_known check (rows_by in ('committee', 'street', 'center')),
        constraint report_state_known check (state in ('draft', 'frozen')),
        constraint report_period check (to_on > from_on),
        constraint report_frozen_whole check ((state = 'frozen') = (num_nonnulls(content, frozen_by, frozen_by_name, frozen_at) = 4))
      );

      create table report_fact (
        report_id uuid not null references report (id),
        kind text not null,
        subject_id uuid not null,
        dispute_id uuid,
        unit text not null,
        body text not null,
        source text not null,
        type text not null,
        form text,
        success boolean not null,
        difficult boolean not null,
        people bigint not null,
        amount bigint not null,
        times bigint not null,
        matters bigint not null,
        primary key (report_id, kind, subject_id)
      );

      create table report_correction (
        report_id uuid not null references report (id),
        reported_in uuid not null references report (id),
        unit text not null,
        cell text not null,
        before bigint not null,
        after bigint not null,
        primary key (report_id, reported_in, unit, cell),
        constraint report_correction_moves check (before <> after)
      );

      create function app.report_frozen() returns trigger language plpgsql as $$
        begin
          if old.state = 'frozen' then
            raise exception 'a frozen report is never changed' using errcode = '42501';
          end if;
          return case tg_op when 'DELETE' then old else new end;
        end $$;
      create trigger report_frozen before update or delete on report for each row execute function app.report_frozen();
      create trigger report_fact_append_only before update or delete on report_fact
        for each row execute function app.refuse_change();
      create trigger report_correction_append_only before update or delete on report_correction
        for each row execute function app.refuse_change();
      create trigger report_mapping_append_only before update or delete on report_mapping
        for each row execute function app.refuse_change();
    `);
    for (const [dimension, keys] of Object.entries(PRESETS))
      await runner.query(
        `insert into report_mapping (id, dimension, from_key, to_key, valid_from, made_by_name, made_at)
           select gen_random_uuid(), $1, k.key, k.value, '2000-01-01', '系统预置', now() from jsonb_each_text($2::jsonb) k`,
        [dimension, JSON.stringify(keys)],
      );

    await secure(runner, 'report_mapping', ['select', 'insert']);
    await policy(runner, 'report_mapping', 'select', IS_KNOWN, 'Names of categories say nothing of anybody.');
    await policy(
      runner,
      'report_mapping',
      'insert',
      `${IS_SYSTEM} or 'system-admin' = any ((select app.roles())::text[])
        or ('center-director' = any ((select app.roles())::text[]) and center_id = any ((select app.header_center_ids())::uuid[]))`,
      'The director for the own center, the administrator for all; nothing is written over.',
    );
    await secure(runner, 'report', ['select', 'insert', 'update']);
    const mine = `center_id = any ((select app.header_center_ids())::uuid[])`;
    await policy(
      runner,
      'report',
      'select',
      `${IS_SYSTEM} or ${mine} or center_id = any ((select app.center_ids())::uuid[])`,
      'The center and those above it; figures only.',
    );
    for (const verb of ['insert', 'update'] as const)
      await policy(runner, 'report', verb, `${IS_SYSTEM} or ${mine}`, 'Leaders of the center.');
    for (const table of ['report_fact', 'report_correction']) {
      await secure(runner, table, ['select', 'insert']);
      for (const verb of ['select', 'insert'] as const)
        await policy(
          runner,
          table,
          verb,
          IS_SYSTEM,
          'Read and written only by the program, within the scope of a report.',
        );
    }
    await describeTable(
      runner,
      'report_mapping',
      'Under which national category an own one is reported, from a day on; append-only. Of several the center’s own, then the latest holds.',
      {
        id: 'Identity.',
        center_id: 'The center’s own; null for all.',
        dimension: 'type of dispute, channel of origin, or body (kind of committee).',
        from_key: 'Own key: of the dictionary, or id of a local type.',
        to_key: 'National category.',
        valid_from: 'First day; a period is mapped by what holds on its last day.',
        made_by: 'Who set it; null for the preset.',
        made_by_name: 'Their name at that time.',
        made_at: 'When.',
      },
    );
    await describeTable(runner, 'report', 'A report of a period: live while a draft, never changed once frozen.', {
      id: 'Identity.',
      center_id: 'Center that reports.',
      form: 'statutory-1 (matters), statutory-2 (organisations), weekly, monthly, bulletin.',
      span: 'week, month, quarter, half-year, year.',
      rows_by: 'Reporting units of a statutory table: committee, street, center.',
      from_on: 'First day.',
      to_on: 'Last day.',
      state: 'draft or frozen.',
      texts: 'Words of the director in place of those proposed, by section; figures stand in them by name.',
      typed: 'What is typed in because no record holds it (funding), by unit.',
      content: 'The document as it was frozen.',
      made_by: 'Who began it.',
      made_by_name: 'Their name at that time.',
      made_at: 'When.',
      frozen_by: 'Who froze it.',
      frozen_by_name: 'Their name at that time.',
      frozen_at: 'When; acts after this instant explain every difference.',
      version: 'Optimistic lock.',
    });
    await describeTable(
      runner,
      'report_fact',
      'What stood behind the cells of a report when it was frozen, one row for each thing counted; append-only.',
      {
        report_id: 'The report.',
        kind: 'What is counted: a concluded mediation, a performed agreement, a prevention record …',
        subject_id: 'The very thing.',
        dispute_id: 'Its matter; null for what belongs to none.',
        unit: 'Reporting unit: id, or empty where none is known.',
        body: 'Group of the mediating body.',
        source: 'National category of origin.',
        type: 'National category of dispute.',
        form: 'written or oral, for agreements.',
        success: 'An agreement was reached.',
        difficult: 'Marked as difficult.',
        people: 'Persons concerned.',
        amount: 'Amount of the agreement, fen.',
        times: 'Rounds of a survey.',
        matters: 'Conflicts of a prevention record.',
      },
    );
    await describeTable(
      runner,
      'report_correction',
      'A figure of a frozen report that has changed since (更正), as a later report told it; append-only.',
      {
        report_id: 'The frozen report.',
        reported_in: 'The later report that tells it.',
        unit: 'Reporting unit.',
        cell: 'Column.',
        before: 'Figure as last reported.',
        after: 'Figure now.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table report_correction, report_fact, report, report_mapping;
      drop function app.report_frozen();
    `);
  }
}
