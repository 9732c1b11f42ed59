import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

const HOLDS = (role: string): string => `'${role}' = any ((select app.roles())::text[])`;
const OWN = `${IS_SYSTEM} or account_id = (select app.account_id())`;
const KEPT_BY_CENTER = `${IS_SYSTEM} or ${HOLDS('system-admin')}
  or center_id = any ((select app.center_ids())::uuid[]) or center_id = any ((select app.header_center_ids())::uuid[])`;

/** Messages that go beyond the bell: their wording, when nobody is disturbed, who wants them, and what became of each. */
export class Messages1763600000048 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table message_template (
        id uuid primary key,
        center_id uuid not null references center (id),
        kind text not null,
        channel text not null,
        version integer not null,
        text text not null,
        is_enabled boolean not null,
        note text not null,
        made_by uuid not null references account (id),
        made_by_name text not null,
        made_at timestamptz not null,
        constraint message_template_version_once unique (center_id, kind, channel, version),
        constraint message_template_version_positive check (version > 0),
        constraint message_template_channel_known check (channel in ('sms', 'email', 'wecom', 'dingtalk'))
      );
      create trigger message_template_append_only before update or delete on message_template
        for each row execute function app.refuse_change();

      create table message_quiet_hours (
        center_id uuid primary key references center (id),
        starts_at text not null,
        ends_at text not null,
        changed_by uuid references account (id),
        changed_at timestamptz not null,
        version integer not null default 1,
        constraint message_quiet_hours_times check (starts_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' and ends_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$')
      );

      create table message_contact (
        account_id uuid primary key references account (id),
        phone_cipher text,
        email_cipher text,
        sms_kinds text[] not null,
        email_kinds text[] not null,
        changed_at timestamptz not null,
        version integer not null default 1
      );

      create table message_choice (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        party_id uuid not null,
        answer text not null,
        note text,
        asked_by uuid references account (id),
        asked_by_name text not null,
        at timestamptz not null,
        constraint message_choice_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint message_choice_answer_known check (answer in ('agreed', 'declined'))
      );
      create index message_choice_party on message_choice (dispute_id, party_id, at desc, id desc);
      create trigger message_choice_append_only before update or delete on message_choice
        for each row execute function app.refuse_change();

      create table message_delivery (
        id uuid primary key,
        cause text not null,
        kind text,
        channel text not null,
        recipient text not null,
        recipient_name text not null,
        account_id uuid references account (id),
        party_id uuid,
        address_masked text,
        center_id uuid references center (id),
        dispute_id uuid references dispute (id),
        template_version integer not null,
        text text not null,
        state text not null,
        unsent_reason text,
        not_before timestamptz not null,
        waits_for text,
        attempts integer not null default 0,
        lease_until timestamptz,
        last_error text,
        created_at timestamptz not null,
        settled_at timestamptz,
        resent_reason text,
        resent_by uuid references account (id),
        constraint message_delivery_once unique (cause, recipient, channel),
        constraint message_delivery_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint message_delivery_channel_known check (channel in ('sms', 'email', 'wecom', 'dingtalk')),
        constraint message_delivery_state_known check (state in ('logged', 'queued', 'sent', 'failed', 'suppressed')),
        constraint message_delivery_settled check ((settled_at is null) = (state = 'queued')),
        constraint message_delivery_reasoned check ((unsent_reason is not null) = (state in ('logged', 'suppressed')))
      );
      create index message_delivery_waiting on message_delivery (not_before, created_at) where state = 'queued';
      create index message_delivery_latest on message_delivery (created_at desc, id desc);
      create index message_delivery_dispute on message_delivery (dispute_id, created_at desc, id desc) where dispute_id is not null;
    `);

    await secure(runner, 'message_template', ['select', 'insert']);
    await policy(
      runner,
      'message_template',
      'select',
      IS_KNOWN,
      'The wording is no secret to those who are logged in.',
    );
    await policy(runner, 'message_template', 'insert', KEPT_BY_CENTER, 'Each center keeps its own wording.');
    await secure(runner, 'message_quiet_hours', ['select', 'insert', 'update']);
    await policy(runner, 'message_quiet_hours', 'select', IS_KNOWN, 'Everyone who is logged in may know them.');
    for (const verb of ['insert', 'update'] as const)
      await policy(runner, 'message_quiet_hours', verb, KEPT_BY_CENTER, 'Each center keeps its own.');
    await secure(runner, 'message_contact', ['select', 'insert', 'update']);
    for (const verb of ['select', 'insert', 'update'] as const)
      await policy(runner, 'message_contact', verb, OWN, 'One keeps one’s own address; only the program writes to it.');
    await secureMatterTable(runner, 'message_choice', 'full', ['select', 'insert']);
    await secure(runner, 'message_delivery', ['select', 'insert', 'update']);
    await policy(
      runner,
      'message_delivery',
      'select',
      `${IS_SYSTEM} or (dispute_id is not null and exists (select 1 from dispute d where d.id = message_delivery.dispute_id))`,
      'Readable by whoever may see the header of the matter; the log of the administrator leaves out what was said.',
    );
    for (const verb of ['insert', 'update'] as const)
      await policy(runner, 'message_delivery', verb, IS_SYSTEM, 'Only the program writes to people.');

    await describeTable(runner, 'message_template', 'Wording that a center has put in force; every version is kept.', {
      id: 'Identity.',
      center_id: 'Whose.',
      kind: 'Occasion.',
      channel: 'By which way it goes out.',
      version: 'Counts up; the last one holds. Version 0 is the wording delivered with the program.',
      text: 'Wording, with blanks in braces from a closed list.',
      is_enabled: 'False when the center sends nothing of the kind this way.',
      note: 'Why it was changed.',
      made_by: 'Who put it in force.',
      made_by_name: 'Their name at that time.',
      made_at: 'When.',
    });
    await describeTable(runner, 'message_quiet_hours', 'When a center disturbs nobody.', {
      center_id: 'Whose.',
      starts_at: 'Time of day from which messages wait.',
      ends_at: 'Time of day at which they go out; the same time twice means that none wait.',
      changed_by: 'Who changed them last.',
      changed_at: 'When.',
      version: 'Optimistic lock.',
    });
    await describeTable(runner, 'message_contact', 'Where a member of staff wants to be written to.', {
      account_id: 'Who.',
      phone_cipher: 'Mobile number, encrypted.',
      email_cipher: 'Address of mail, encrypted.',
      sms_kinds: 'Occasions that are told by short message; urgent ones always are.',
      email_kinds: 'Occasions that are told by mail; urgent ones always are.',
      changed_at: 'When changed last.',
      version: 'Optimistic lock.',
    });
    await describeTable(
      runner,
      'message_choice',
      'Whether a party wants messages: the last word counts, silence is no consent.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        party_id: 'The party.',
        answer: 'Agreed or declined.',
        note: 'How the party said it.',
        asked_by: 'Who took it down.',
        asked_by_name: 'Their name at that time.',
        at: 'When.',
      },
    );
    await describeTable(
      runner,
      'message_delivery',
      'One message to one recipient by one channel: at most one row per cause; to the outside at least once.',
      {
        id: 'Identity; goes out as the key by which the other side tells a repetition.',
        cause: 'Message of the outbox that it follows from.',
        kind: 'Occasion; null for a trial.',
        channel: 'By which way.',
        recipient: 'Account, party, or the group.',
        recipient_name: 'Whom it is for, as the desk calls them; never the name of a party.',
        account_id: 'Member of staff.',
        party_id: 'Party.',
        address_masked:
          'Number or address with its middle hidden; the whole is read anew at each try and kept nowhere else.',
        center_id: 'Center in whose name it speaks.',
        dispute_id: 'The matter; null for a trial.',
        template_version: 'Version of the wording; 0 as delivered.',
        text: 'What it says.',
        state: 'Written down only, waiting, taken by the other side, given up, or not to be sent.',
        unsent_reason: 'Why it was not sent.',
        not_before: 'Earliest next try.',
        waits_for: 'Why it waits, in words.',
        attempts: 'Tries begun.',
        lease_until: 'Until when an instance of the program holds it.',
        last_error: 'Why the last try failed; quotes neither address nor text.',
        created_at: 'When the cause came up.',
        settled_at: 'When it was settled.',
        resent_reason: 'Why it was sent again after it was given up.',
        resent_by: 'By whom.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table message_delivery, message_choice, message_contact, message_quiet_hours, message_template',
    );
  }
}
