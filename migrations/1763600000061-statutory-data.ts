import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

const CHANNELS = `'visit', 'phone', 'hotline', 'grid', 'department', 'court-entrusted', 'court-appointed', 'police', 'petition', 'online', 'proactive'`;

/** What the statutory tables ask and no record held: difficult matters, prevention, agreements that came before a court. */
export class StatutoryData1763600000061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dispute
        drop constraint dispute_channel_known,
        add constraint dispute_channel_known check (channel in (${CHANNELS}, 'procuratorate')),
        add column difficult_ground text,
        add constraint dispute_difficult_ground_known check (difficult_ground in
          ('many-people', 'large-amount', 'long-standing', 'specialised', 'escalating', 'influence', 'other'));
      comment on column dispute.difficult_ground is 'Why the matter counts as difficult (疑难复杂); null for an ordinary one.';

      create table judicial_outcome (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        agreement_id uuid not null references agreement (id),
        kind text not null,
        happened_on date not null,
        court text not null,
        case_number text,
        note text,
        recorded_by uuid not null references account (id),
        recorded_by_name text not null,
        recorded_at timestamptz not null,
        retracted_by uuid references account (id),
        retracted_at timestamptz,
        retract_reason text,
        constraint judicial_outcome_kind_known check (kind in ('sued', 'varied', 'revoked', 'invalid', 'payment-order')),
        constraint judicial_outcome_retracted_whole check (num_nonnulls(retracted_by, retracted_at, retract_reason) in (0, 3))
      );
      create index judicial_outcome_dispute on judicial_outcome (dispute_id);
      create index judicial_outcome_day on judicial_outcome (happened_on) where retracted_at is null;

      create table prevention_record (
        id uuid primary key,
        center_id uuid not null references center (id),
        committee_id uuid references committee (id),
        kind text not null,
        happened_on date not null,
        times integer not null,
        matters integer not null,
        persons integer not null,
        note text not null,
        recorded_by uuid not null references account (id),
        recorded_by_name text not null,
        recorded_at timestamptz not null,
        withdrawn_by uuid references account (id),
        withdrawn_at timestamptz,
        withdraw_reason text,
        constraint prevention_record_kind_known check (kind in ('survey', 'prevented', 'suicide', 'crime', 'petition', 'brawl')),
        constraint prevention_record_counts check (times >= 0 and matters >= 0 and persons >= 0 and times + matters + persons > 0),
        constraint prevention_record_withdrawn_whole check (num_nonnulls(withdrawn_by, withdrawn_at, withdraw_reason) in (0, 3))
      );
      create index prevention_record_day on prevention_record (center_id, happened_on);

      create function app.only_ended() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' then
            raise exception 'what was recorded is never removed' using errcode = '42501';
          end if;
          if coalesce(to_jsonb(old) ->> 'retracted_at', to_jsonb(old) ->> 'withdrawn_at') is not null
              or to_jsonb(new) - array['retracted_by', 'retracted_at', 'retract_reason', 'withdrawn_by', 'withdrawn_at', 'withdraw_reason']
                <> to_jsonb(old) - array['retracted_by', 'retracted_at', 'retract_reason', 'withdrawn_by', 'withdrawn_at', 'withdraw_reason']
          then
            raise exception 'what was recorded is only taken back, with a reason' using errcode = '42501';
          end if;
          return new;
        end $$;
      create trigger judicial_outcome_kept before update or delete on judicial_outcome
        for each row execute function app.only_ended();
      create trigger prevention_record_kept before update or delete on prevention_record
        for each row execute function app.only_ended();
    `);
    await secureMatterTable(runner, 'judicial_outcome', 'full');
    await secure(runner, 'prevention_record', ['select', 'insert', 'update']);
    const here = `center_id = any ((select app.center_ids())::uuid[]) or committee_id = any ((select app.committee_ids())::uuid[])`;
    await policy(
      runner,
      'prevention_record',
      'select',
      `${IS_SYSTEM} or ${here} or center_id = any ((select app.header_center_ids())::uuid[])`,
      'The center, its committee, and who oversees them; no case content.',
    );
    for (const verb of ['insert', 'update'] as const)
      await policy(
        runner,
        'prevention_record',
        verb,
        `${IS_SYSTEM} or ${here} or center_id = any ((select app.header_center_ids())::uuid[])`,
        'The center’s desk and its committee; which roles, the policy table says.',
      );
    await describeTable(
      runner,
      'judicial_outcome',
      'What became of an agreement before a court besides its confirmation (起诉、变更、撤销、确认无效、支付令).',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        agreement_id: 'The agreement.',
        kind: 'sued, varied, revoked, invalid or payment-order.',
        happened_on: 'Day on which the court accepted the suit, decided, or was asked for the order.',
        court: 'The court.',
        case_number: 'Its number of the case.',
        note: 'Words.',
        recorded_by: 'Who entered it.',
        recorded_by_name: 'Their name at that time.',
        recorded_at: 'When.',
        retracted_by: 'Who took a wrong entry back.',
        retracted_at: 'When.',
        retract_reason: 'Why.',
      },
    );
    await describeTable(
      runner,
      'prevention_record',
      'Surveys of conflicts and what was prevented (排查、预防), as the statutory table counts them.',
      {
        id: 'Identity.',
        center_id: 'The center that counts it.',
        committee_id: 'The committee that did it; null for the center itself.',
        kind: 'survey, prevented, suicide, crime, petition or brawl.',
        happened_on: 'The day.',
        times: 'How many rounds (次), for surveys.',
        matters: 'How many conflicts (件).',
        persons: 'How many persons (人).',
        note: 'What it was, in words.',
        recorded_by: 'Who entered it.',
        recorded_by_name: 'Their name at that time.',
        recorded_at: 'When.',
        withdrawn_by: 'Who took it back.',
        withdrawn_at: 'When.',
        withdraw_reason: 'Why.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table prevention_record, judicial_outcome;
      drop function app.only_ended();
      alter table dispute
        drop constraint dispute_difficult_ground_known,
        drop column difficult_ground,
        drop constraint dispute_channel_known,
        add constraint dispute_channel_known check (channel in (${CHANNELS}));
    `);
  }
}
