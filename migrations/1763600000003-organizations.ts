import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

/** Members of committees, liaisons of agencies, the slots a center names, and who is posted where. */
export class Organizations1763600000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table committee_member (
        id uuid primary key,
        committee_id uuid not null references committee (id),
        account_id uuid references account (id),
        name text not null,
        engagement text not null,
        position text not null,
        sex text,
        ethnicity text,
        is_full_time boolean not null default false,
        languages text[] not null default '{}',
        specialties text[] not null default '{}',
        certificate_number text,
        term_from date not null,
        term_to date,
        ended_reason text,
        version integer not null default 1,
        constraint committee_member_engagement_known check (engagement in ('member', 'engaged')),
        constraint committee_member_position_known check (position in ('director', 'deputy', 'mediator')),
        constraint committee_member_sex_known check (sex is null or sex in ('male', 'female')),
        constraint committee_member_term check (term_to is null or term_to > term_from),
        constraint committee_member_no_overlap exclude using gist
          (committee_id with =, account_id with =, daterange(term_from, term_to) with &&) where (account_id is not null)
      );
      create index committee_member_account on committee_member (account_id) where account_id is not null;

      create table agency_liaison (
        id uuid primary key,
        agency_id uuid not null references agency (id),
        slot text not null,
        account_id uuid references account (id),
        name text not null,
        office_phone text,
        valid_from date not null,
        valid_to date,
        constraint agency_liaison_slot_known check (slot in ('A', 'B')),
        constraint agency_liaison_no_overlap exclude using gist (agency_id with =, slot with =, daterange(valid_from, valid_to) with &&)
      );

      create table center_slot (
        id uuid primary key,
        center_id uuid not null references center (id),
        kind text not null,
        ordinal integer not null,
        name text,
        duty text,
        agency_id uuid references agency (id),
        valid_from date not null,
        valid_to date,
        version integer not null default 1,
        constraint center_slot_kind_known check (kind in ('window', 'department', 'center', 'tribunal')),
        constraint center_slot_ordinal_positive check (ordinal > 0),
        constraint center_slot_no_overlap exclude using gist
          (center_id with =, kind with =, ordinal with =, daterange(valid_from, valid_to) with &&)
      );

      create table posting (
        id uuid primary key,
        account_id uuid not null references account (id),
        center_id uuid not null references center (id),
        home_organization text not null,
        agency_id uuid references agency (id),
        slot_id uuid references center_slot (id),
        residency text not null,
        valid_from date not null,
        valid_to date,
        ended_reason text,
        constraint posting_residency_known check (residency in ('resident', 'rotating', 'on-call')),
        constraint posting_period check (valid_to is null or valid_to > valid_from),
        constraint posting_no_overlap exclude using gist (account_id with =, center_id with =, daterange(valid_from, valid_to) with &&)
      );
      create index posting_center on posting (center_id, valid_from);
    `);
    for (const table of ['committee_member', 'agency_liaison', 'center_slot', 'posting']) {
      await secure(runner, table, ['select', 'insert', 'update']);
      await policy(
        runner,
        table,
        'select',
        IS_KNOWN,
        'Everyone who is logged in may see who serves where; no case content.',
      );
      for (const verb of ['insert', 'update'] as const) {
        await policy(
          runner,
          table,
          verb,
          `${IS_SYSTEM} or 'system-admin' = any ((select app.roles())::text[])`,
          'The system administrator keeps the organisations.',
        );
      }
    }
    await describeTable(
      runner,
      'committee_member',
      'Mediator (人民调解员) of a committee for a term: a member of it or engaged by it (People’s Mediation Law arts. 8–9, 13).',
      {
        id: 'Identity.',
        committee_id: 'The committee.',
        account_id: 'Account, for those who work in the program.',
        name: 'Name as printed.',
        engagement: 'member (委员) or engaged (聘任).',
        position: 'director, deputy or mediator.',
        sex: 'For the rule that one member is a woman (art. 8).',
        ethnicity: 'For the rule on multi-ethnic areas (art. 8).',
        is_full_time: 'Full-time mediator (专职).',
        languages: 'Languages spoken, e.g. mn for Mongolian.',
        specialties: 'Dispute types, for proposals.',
        certificate_number: 'Number of the mediator’s certificate.',
        term_from: 'First day of the term.',
        term_to: 'First day after it; null while open.',
        ended_reason: 'Why it ended early.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(runner, 'agency_liaison', 'Liaison A or B of an agency over a period.', {
      id: 'Identity.',
      agency_id: 'The agency.',
      slot: 'A, or B who stands in.',
      account_id: 'Account, where there is one.',
      name: 'Name.',
      office_phone: 'Office telephone.',
      valid_from: 'First day.',
      valid_to: 'First day after; null while in force.',
    });
    await describeTable(
      runner,
      'center_slot',
      'A window, department, center or tribunal that a center names for itself (“267”, “四庭”).',
      {
        id: 'Identity.',
        center_id: 'The center.',
        kind: 'window (窗口), department (部), center (中心) or tribunal (庭).',
        ordinal: 'Place within its kind.',
        name: 'Name the center gave it; null until it does.',
        duty: 'What is done there.',
        agency_id: 'Agency that staffs it.',
        valid_from: 'First day.',
        valid_to: 'First day after; null while in force.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(
      runner,
      'posting',
      'Service at a center of a person whose payroll stays with the home unit (编制在原单位，考评、轮岗归中心).',
      {
        id: 'Identity.',
        account_id: 'Who.',
        center_id: 'Center of service.',
        home_organization: 'Home unit at the time.',
        agency_id: 'Agency sent from.',
        slot_id: 'Window, department, center or tribunal of service.',
        residency: 'Resident, rotating or on call.',
        valid_from: 'First day.',
        valid_to: 'First day after; null while serving.',
        ended_reason: 'Why it ended.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table posting, center_slot, agency_liaison, committee_member cascade');
  }
}
