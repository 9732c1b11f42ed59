import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable } from './support';

/** Witnesses and interpreters have places of their own in the plan of signatures; a party may need an interpreter. */
export class WitnessesAndInterpreters1763600000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table signature_slot
        add column language text,
        add column interprets_for uuid[] not null default '{}',
        drop constraint signature_slot_capacity_known,
        add constraint signature_slot_capacity_known check
          (capacity in ('party', 'representative', 'interpreter', 'witness', 'mediator', 'recorder', 'committee-seal')),
        drop constraint signature_slot_whose,
        add constraint signature_slot_whose check (case
          when capacity = 'party' then party_id is not null and representative_id is null
          when capacity = 'representative' then party_id is not null and representative_id is not null
          when capacity = 'committee-seal' then committee_id is not null
          when capacity in ('interpreter', 'witness') then party_id is null and representative_id is null and account_id is null
          else account_id is not null end),
        add constraint signature_slot_interprets check (case capacity
          when 'interpreter' then language is not null and cardinality(interprets_for) > 0
          else language is null and cardinality(interprets_for) = 0 end),
        drop constraint signature_slot_turn_of_parties,
        add constraint signature_slot_turn_of_parties check (turn is null
          or (turn > 0 and capacity in ('party', 'representative', 'interpreter', 'witness')));
      alter table party
        add column needed_language text,
        add constraint party_language_of_person check (kind = 'person' or needed_language is null);
    `);
    await describeTable(
      runner,
      'signature_slot',
      'Place in the plan of signatures: every party, interpreter, witness, mediator, the recorder and the committee’s seal, per round.',
      {
        language: 'Language of an interpreter.',
        interprets_for: 'Parties for whom an interpreter interpreted.',
        turn: 'Whose turn it is where the parties sign in an order, interpreters and witnesses after them; null where they sign as they come.',
      },
    );
    await runner.query(
      `comment on column party.needed_language is 'Language in which this person needs an interpreter; null where none is needed.'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table party drop column needed_language;
      alter table signature_slot
        drop constraint signature_slot_turn_of_parties,
        drop constraint signature_slot_interprets,
        drop constraint signature_slot_whose,
        drop constraint signature_slot_capacity_known,
        drop column interprets_for,
        drop column language,
        add constraint signature_slot_capacity_known check (capacity in ('party', 'representative', 'mediator', 'recorder', 'committee-seal')),
        add constraint signature_slot_whose check (case capacity
          when 'party' then party_id is not null and representative_id is null
          when 'representative' then party_id is not null and representative_id is not null
          when 'committee-seal' then committee_id is not null
          else account_id is not null end),
        add constraint signature_slot_turn_of_parties check (turn is null or (turn > 0 and party_id is not null));
    `);
  }
}
