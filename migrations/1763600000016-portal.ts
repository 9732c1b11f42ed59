import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

/** What a party opens with a slip from the counter: accesses, their short sessions, attempts, and ratings of the service. */
export class Portal1763600000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table portal_access (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        party_id uuid not null,
        number_key text not null,
        token_digest text not null,
        code_digest text not null,
        issued_by uuid not null references account (id),
        issued_by_name text not null,
        issued_at timestamptz not null,
        opened_at timestamptz,
        ended_at timestamptz,
        end_ground text,
        end_reason text,
        ended_by uuid references account (id),
        version integer not null default 1,
        constraint portal_access_of_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint portal_access_own_id unique (dispute_id, id),
        constraint portal_access_end_ground_known check (end_ground is null or end_ground in ('reissued', 'withdrawn')),
        constraint portal_access_end_whole check (num_nonnulls(ended_at, end_ground) in (0, 2)),
        constraint portal_access_withdrawn_has_reason check (end_ground is distinct from 'withdrawn' or end_reason is not null)
      );
      -- Not by matter: the token is all that its holder brings; the digest is keyed.
      create unique index portal_access_token on portal_access (token_digest);
      create unique index portal_access_one_live on portal_access (dispute_id, party_id) where ended_at is null;
      -- Two people of one matter never hold the same code: by number and code alone one of them would be the other.
      create unique index portal_access_code on portal_access (dispute_id, code_digest) where ended_at is null;
      create index portal_access_number on portal_access (number_key) where ended_at is null;

      create table portal_session (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        access_id uuid not null,
        digest text not null,
        way text not null,
        opened_at timestamptz not null,
        last_used_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        address text,
        device text,
        constraint portal_session_of_access foreign key (dispute_id, access_id) references portal_access (dispute_id, id),
        constraint portal_session_way_known check (way in ('slip', 'number')),
        constraint portal_session_period check (expires_at > opened_at)
      );
      create unique index portal_session_digest on portal_session (digest);
      create index portal_session_access on portal_session (access_id) where ended_at is null;

      create table portal_attempt (
        id uuid primary key,
        at timestamptz not null,
        address text not null,
        way text not null,
        key_digest text not null,
        constraint portal_attempt_way_known check (way in ('slip', 'number'))
      );
      create index portal_attempt_address on portal_attempt (address, at);
      create index portal_attempt_key on portal_attempt (key_digest, at);
      create index portal_attempt_at on portal_attempt (at);

      create table service_rating (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        party_id uuid not null,
        volume integer not null,
        score integer not null,
        words text,
        rated_at timestamptz not null,
        constraint service_rating_of_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint service_rating_once unique (dispute_id, party_id, volume),
        constraint service_rating_score_known check (score between 1 and 5)
      );
      create trigger service_rating_append_only before update or delete on service_rating
        for each row execute function app.refuse_change();

      alter table rights_notice drop constraint rights_notice_method_known;
      alter table rights_notice add constraint rights_notice_method_known check (method in ('ink-scan', 'on-site', 'read-aloud', 'on-screen'));
    `);

    await secureMatterTable(runner, 'portal_access', 'full');
    await secure(runner, 'portal_session', ['select', 'insert', 'update']);
    await policy(
      runner,
      'portal_session',
      'select',
      `${IS_SYSTEM} or digest = (select app.link_digest())`,
      'Whoever holds a session sees its own row, and no other thing of the matter; staff see none.',
    );
    for (const verb of ['insert', 'update'] as const) {
      await policy(runner, 'portal_session', verb, IS_SYSTEM, 'Opened, prolonged and ended by the portal alone.');
    }
    await secure(runner, 'portal_attempt', ['select', 'insert', 'delete']);
    for (const verb of ['select', 'insert', 'delete'] as const) {
      await policy(runner, 'portal_attempt', verb, IS_SYSTEM, 'Counted by the portal alone.');
    }
    await secure(runner, 'service_rating', ['select', 'insert']);
    for (const verb of ['select', 'insert'] as const) {
      await policy(
        runner,
        'service_rating',
        verb,
        IS_SYSTEM,
        'Staff read scores and words through the portal, never who gave them.',
      );
    }

    await describeTable(
      runner,
      'portal_access',
      'Access of one party to the progress of one matter, handed out on a printed slip. Ends with the archiving of the matter.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        party_id: 'The party.',
        number_key: 'Registration number without brackets and spaces, as people type it.',
        token_digest: 'Keyed digest of the token in the QR code.',
        code_digest: 'Keyed digest of matter and six-digit code.',
        issued_by: 'Who handed out the slip and so saw the person.',
        issued_by_name: 'Name then.',
        issued_at: 'Instant.',
        opened_at: 'First opened.',
        ended_at: 'Replaced or withdrawn.',
        end_ground: 'reissued or withdrawn.',
        end_reason: 'Why it was withdrawn.',
        ended_by: 'By whom.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(
      runner,
      'portal_session',
      'A party looking at its matter: half an hour from the last reading.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        access_id: 'Access it was opened with.',
        digest: 'Keyed digest of the bearer token.',
        way: 'slip (QR and code) or number (registration number and code).',
        opened_at: 'Instant.',
        last_used_at: 'Last reading or act.',
        expires_at: 'Ends at this instant unless used before.',
        ended_at: 'Ended by its holder.',
        address: 'Network address.',
        device: 'Device, as it names itself.',
      },
    );
    await describeTable(runner, 'portal_attempt', 'Failed tries to open an access; swept after two days.', {
      id: 'Identity.',
      at: 'Instant.',
      address: 'Network address.',
      way: 'slip or number.',
      key_digest: 'Keyed digest of the token or number that was tried, whether there is such a one or not.',
    });
    await describeTable(
      runner,
      'service_rating',
      'What a party thinks of the service, once per volume of the matter.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        party_id: 'The party; never shown to staff.',
        volume: 'Volume of the matter: one more with each reopening.',
        score: '1 (very dissatisfied) to 5 (very satisfied).',
        words: 'Words.',
        rated_at: 'Instant.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table rights_notice drop constraint rights_notice_method_known;
      alter table rights_notice add constraint rights_notice_method_known check (method in ('ink-scan', 'on-site', 'read-aloud'));
      drop table service_rating, portal_attempt, portal_session, portal_access cascade;
    `);
  }
}
