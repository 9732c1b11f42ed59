import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

/** What the parties asked a court to confirm, and what became of it (人民调解法第三十三条). */
export class JudicialConfirmations1763600000049 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table judicial_confirmation (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        agreement_id uuid not null references agreement (id),
        state text not null,
        applied_on date not null,
        party_ids uuid[] not null,
        agent_ids uuid[] not null default '{}',
        court text not null,
        hints text[] not null default '{}',
        hints_note text,
        application_attachment_id uuid references attachment (id),
        accepted_on date,
        case_number text,
        decided_on date,
        ruling_attachment_id uuid references attachment (id),
        reason text,
        applied_by uuid references account (id),
        created_at timestamptz not null,
        version integer not null default 1,
        constraint judicial_confirmation_state_known check (state in
          ('applied', 'accepted', 'confirmed', 'dismissed', 'withdrawn')),
        constraint judicial_confirmation_parties check (cardinality(party_ids) >= 2),
        constraint judicial_confirmation_accepted_whole check ((accepted_on is null) = (case_number is null)),
        constraint judicial_confirmation_decided check ((decided_on is not null) = (state in ('confirmed', 'dismissed'))),
        constraint judicial_confirmation_ruling check (state <> 'confirmed' or ruling_attachment_id is not null),
        constraint judicial_confirmation_reason check (state not in ('dismissed', 'withdrawn') or reason is not null)
      );
      create unique index judicial_confirmation_once on judicial_confirmation (agreement_id) where state <> 'withdrawn';
      create index judicial_confirmation_dispute on judicial_confirmation (dispute_id);
      create function app.judicial_confirmation_kept() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' or old.state in ('confirmed', 'dismissed', 'withdrawn')
              or (new.agreement_id, new.applied_on, new.party_ids, new.agent_ids, new.court, new.hints, new.hints_note)
                 is distinct from (old.agreement_id, old.applied_on, old.party_ids, old.agent_ids, old.court, old.hints, old.hints_note)
          then
            raise exception 'what was applied for and decided is never changed' using errcode = '42501';
          end if;
          return new;
        end $$;
      create trigger judicial_confirmation_kept before update or delete on judicial_confirmation
        for each row execute function app.judicial_confirmation_kept();
    `);
    await secureMatterTable(runner, 'judicial_confirmation', 'full');
    await describeTable(
      runner,
      'judicial_confirmation',
      'Joint applications for judicial confirmation of an agreement; one that stands at a time, those withdrawn beside it.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        agreement_id: 'The agreement to be confirmed.',
        state: 'Where it stands: applied, accepted, confirmed, dismissed, withdrawn.',
        applied_on: 'Day of the application; it ends the countdown.',
        party_ids: 'Parties who applied, all of the agreement.',
        agent_ids: 'Representatives who applied in place of their parties, with special authority.',
        court: 'The court applied to.',
        hints: 'Points on which the program asked for a second look, each ticked by who entered the application.',
        hints_note: 'What was found on that second look.',
        application_attachment_id: 'Scan of the application.',
        accepted_on: 'Day on which the court accepted it.',
        case_number: 'Number of the court.',
        decided_on: 'Day of the ruling.',
        ruling_attachment_id: 'Scan of the ruling.',
        reason: 'Why it was dismissed or withdrawn.',
        applied_by: 'Who entered the application.',
        created_at: 'When it was entered.',
        version: 'Optimistic lock.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table judicial_confirmation');
    await runner.query('drop function app.judicial_confirmation_kept()');
  }
}
