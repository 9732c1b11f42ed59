import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

/** Rotating refresh tokens, failed logins, former passwords, and settings kept by the security administrator. */
export class Identity1763600000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table refresh_token (
        digest text primary key,
        session_id uuid not null references login_session (id),
        issued_at timestamptz not null,
        used_at timestamptz
      );
      create index refresh_token_session on refresh_token (session_id);

      create table login_attempt (
        login_name text not null,
        address text not null,
        failures integer not null,
        last_failed_at timestamptz not null,
        blocked_until timestamptz,
        primary key (login_name, address),
        constraint login_attempt_counted check (failures > 0)
      );
      create index login_attempt_address on login_attempt (address, last_failed_at);
      create index login_attempt_age on login_attempt (last_failed_at);

      create table former_password (
        id uuid primary key,
        account_id uuid not null references account (id),
        password_hash text not null,
        replaced_at timestamptz not null
      );
      create index former_password_account on former_password (account_id, replaced_at desc);

      create table setting (
        key text primary key,
        value jsonb not null,
        changed_by uuid references account (id),
        changed_at timestamptz not null default now(),
        version integer not null default 1
      );
      insert into setting (key, value) values ('password-policy',
        '{"minLength": 10, "minKinds": 3, "maxAgeDays": 90, "remembered": 5, "maxFailures": 5, "blockMinutes": 15}');
    `);
    for (const table of ['refresh_token', 'login_attempt', 'former_password']) {
      await secure(runner, table, ['select', 'insert', 'update', 'delete']);
      for (const verb of ['select', 'insert', 'update', 'delete'] as const) {
        await policy(
          runner,
          table,
          verb,
          IS_SYSTEM,
          'Touched only by the use cases of login and password, as the system.',
        );
      }
    }
    await secure(runner, 'setting', ['select', 'insert', 'update']);
    await policy(runner, 'setting', 'select', IS_KNOWN, 'Settings are no secret to those who are logged in.');
    for (const verb of ['insert', 'update'] as const) {
      await policy(
        runner,
        'setting',
        verb,
        `${IS_SYSTEM} or array['security-admin', 'system-admin'] && (select app.roles())::text[]`,
        'Kept by the security and system administrators.',
      );
    }
    await describeTable(
      runner,
      'refresh_token',
      'One link in the chain of refresh tokens of a session; each is used once.',
      {
        digest: 'SHA-256 of the token; the token itself is nowhere.',
        session_id: 'Session; a second use of an old token ends it.',
        issued_at: 'When issued.',
        used_at: 'When exchanged for its successor.',
      },
    );
    await describeTable(runner, 'login_attempt', 'Failed logins per name and address.', {
      login_name: 'Name as tried, in lower case; it need not exist.',
      address: 'Network address.',
      failures: 'Failures since the last success.',
      last_failed_at: 'Last failure.',
      blocked_until: 'No further try before this instant.',
    });
    await describeTable(runner, 'former_password', 'Hashes of replaced passwords, so that they are not used again.', {
      id: 'Identity.',
      account_id: 'Whose.',
      password_hash: 'argon2id in PHC format.',
      replaced_at: 'When replaced.',
    });
    await describeTable(runner, 'setting', 'Settings of the installation.', {
      key: 'Which setting.',
      value: 'Its value.',
      changed_by: 'Who changed it last; null for the default.',
      changed_at: 'When.',
      version: 'Optimistic lock.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table setting, former_password, login_attempt, refresh_token cascade');
  }
}
