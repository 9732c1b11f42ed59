import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

/** Parties of a matter, who represents them, whether they want to mediate, and how they were reached. */
export class Parties1763600000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table party (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        ordinal integer not null,
        kind text not null,
        side text,
        name text not null,
        name_key text not null,
        aliases text[] not null default '{}',
        state text not null,
        state_reason text,
        state_changed_at timestamptz,
        died_on date,
        succeeds_party_id uuid,
        sex text,
        birth_on date,
        capacity text not null default 'by-age',
        capacity_proof text,
        ethnicity text,
        occupation text,
        address text,
        phone_cipher text,
        phone_index text,
        contact_through text,
        document_kind text,
        document_number_cipher text,
        document_number_index text,
        organization_kind text,
        credit_code_cipher text,
        credit_code_index text,
        legal_representative text,
        operator_name text,
        parent_organization text,
        consent text not null default 'pending',
        consent_at timestamptz,
        notice_signed_at timestamptz,
        created_by uuid references account (id),
        created_at timestamptz not null,
        updated_at timestamptz not null,
        version integer not null default 1,
        constraint party_of_matter unique (dispute_id, id),
        constraint party_ordinal_once unique (dispute_id, ordinal),
        constraint party_succeeds_in_same_matter foreign key (dispute_id, succeeds_party_id) references party (dispute_id, id),
        constraint party_ordinal_positive check (ordinal > 0),
        constraint party_kind_known check (kind in ('person', 'organization')),
        constraint party_side_known check (side in ('applicant', 'respondent', 'other')),
        constraint party_state_known check (state in ('active', 'excluded', 'withdrawn', 'deceased')),
        constraint party_left_has_reason check (state = 'active' or (state_reason is not null and state_changed_at is not null)),
        constraint party_deceased_has_day check ((state = 'deceased') = (died_on is not null)),
        constraint party_sex_known check (sex in ('male', 'female')),
        constraint party_capacity_known check (capacity in ('by-age', 'self-supporting', 'limited', 'none')),
        constraint party_capacity_has_proof check (capacity = 'by-age' or capacity_proof is not null),
        constraint party_person_fields check (kind = 'person' or (sex is null and birth_on is null and ethnicity is null
          and occupation is null and document_kind is null and capacity = 'by-age' and died_on is null)),
        constraint party_organization_fields check (kind = 'organization' or (organization_kind is null
          and credit_code_cipher is null and legal_representative is null and operator_name is null and parent_organization is null)),
        constraint party_business_has_operator check (organization_kind <> 'individual-business' or operator_name is not null),
        constraint party_phone_whole check ((phone_cipher is null) = (phone_index is null)),
        constraint party_document_whole check ((document_number_cipher is null) = (document_number_index is null)
          and (document_number_cipher is null or document_kind is not null)),
        constraint party_credit_code_whole check ((credit_code_cipher is null) = (credit_code_index is null)),
        constraint party_consent_known check (consent in ('pending', 'agreed', 'refused')),
        constraint party_consent_has_time check ((consent = 'pending') = (consent_at is null))
      );
      create index party_phone on party (phone_index) where phone_index is not null;
      create index party_document_number on party (document_number_index) where document_number_index is not null;
      create index party_credit_code on party (credit_code_index) where credit_code_index is not null;
      create index party_name_key on party (name_key);

      create table representative (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        party_id uuid not null,
        kind text not null,
        name text not null,
        name_key text not null,
        relation text,
        employer text,
        phone_cipher text,
        phone_index text,
        document_kind text,
        document_number_cipher text,
        document_number_index text,
        scope text[] not null,
        valid_from date not null,
        valid_to date,
        authority_attachment_id uuid,
        authority_note text,
        ward_view text,
        is_double_agreed boolean not null default false,
        ended_on date,
        end_reason text,
        created_by uuid references account (id),
        created_at timestamptz not null,
        version integer not null default 1,
        constraint representative_of_matter unique (dispute_id, id),
        constraint representative_of_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint representative_kind_known check (kind in ('statutory', 'entrusted', 'elected', 'legal-representative')),
        constraint representative_scope_known check (scope <@ array['attend', 'receive', 'sign', 'waive', 'receive-money']),
        constraint representative_scope_named check (cardinality(scope) > 0),
        constraint representative_period check (valid_to is null or valid_to >= valid_from),
        constraint representative_end_has_reason check ((ended_on is null) = (end_reason is null)),
        constraint representative_proxy_has_period check (kind <> 'entrusted' or valid_to is not null),
        constraint representative_authority_shown check (kind = 'legal-representative' or authority_attachment_id is not null or authority_note is not null),
        constraint representative_phone_whole check ((phone_cipher is null) = (phone_index is null)),
        constraint representative_document_whole check ((document_number_cipher is null) = (document_number_index is null)
          and (document_number_cipher is null or document_kind is not null))
      );
      create index representative_party on representative (dispute_id, party_id);
      create index representative_document_number on representative (document_number_index) where document_number_index is not null;

      create table party_consent (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        party_id uuid not null,
        answer text not null,
        channel text not null,
        asked_at timestamptz not null,
        asked_by uuid references account (id),
        asked_by_name text not null,
        answered_by_representative_id uuid,
        note text,
        routes_told text[] not null default '{}',
        attachment_id uuid,
        recorded_at timestamptz not null,
        constraint party_consent_of_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint party_consent_by_representative foreign key (dispute_id, answered_by_representative_id)
          references representative (dispute_id, id),
        constraint party_consent_answer_known check (answer in ('applied', 'agreed', 'refused', 'unreached')),
        constraint party_consent_not_before_asked check (recorded_at >= asked_at),
        constraint party_consent_unreached_by_nobody check (answer <> 'unreached' or answered_by_representative_id is null),
        constraint party_consent_refusal_told check (answer <> 'refused' or cardinality(routes_told) > 0)
      );
      create index party_consent_party on party_consent (dispute_id, party_id, recorded_at);
      create trigger party_consent_append_only before update or delete on party_consent
        for each row execute function app.refuse_change();

      create table rights_notice (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        party_id uuid not null,
        method text not null,
        signed_at timestamptz not null,
        signed_by_representative_id uuid,
        witness text,
        attachment_id uuid,
        told_by uuid references account (id),
        told_by_name text not null,
        recorded_at timestamptz not null,
        constraint rights_notice_once unique (dispute_id, party_id),
        constraint rights_notice_of_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint rights_notice_by_representative foreign key (dispute_id, signed_by_representative_id)
          references representative (dispute_id, id),
        constraint rights_notice_method_known check (method in ('ink-scan', 'on-site', 'read-aloud')),
        constraint rights_notice_scan_shown check (method <> 'ink-scan' or attachment_id is not null),
        constraint rights_notice_reading_witnessed check (method <> 'read-aloud' or witness is not null),
        constraint rights_notice_not_before_signed check (recorded_at >= signed_at)
      );
      create trigger rights_notice_append_only before update or delete on rights_notice
        for each row execute function app.refuse_change();

      create table contact_attempt (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        party_id uuid not null,
        at timestamptz not null,
        channel text not null,
        contacted text not null,
        contacted_name text,
        purpose text,
        basis text,
        outcome text not null,
        note text,
        made_by uuid references account (id),
        made_by_name text not null,
        recorded_at timestamptz not null,
        constraint contact_attempt_of_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint contact_attempt_contacted_known check
          (contacted in ('party', 'representative', 'relative', 'employer', 'neighbour', 'village-or-community', 'other')),
        constraint contact_attempt_outcome_known check
          (outcome in ('reached', 'relayed', 'no-answer', 'wrong-number', 'moved', 'left-message')),
        constraint contact_attempt_disclosure_grounded check
          (contacted in ('party', 'representative') or (contacted_name is not null and purpose is not null and basis is not null)),
        constraint contact_attempt_not_before_made check (recorded_at >= at)
      );
      create index contact_attempt_party on contact_attempt (dispute_id, party_id, at desc);
      create trigger contact_attempt_append_only before update or delete on contact_attempt
        for each row execute function app.refuse_change();

      create table represented_person (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        party_id uuid not null,
        ordinal integer not null,
        name text not null,
        name_key text not null,
        phone_cipher text,
        document_number_cipher text,
        document_number_index text,
        amount_fen bigint,
        settlement_agreed_at timestamptz,
        settlement_attachment_id uuid,
        created_at timestamptz not null,
        version integer not null default 1,
        constraint represented_person_of_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint represented_person_ordinal_once unique (dispute_id, party_id, ordinal),
        constraint represented_person_amount_positive check (amount_fen >= 0),
        constraint represented_person_document_whole check ((document_number_cipher is null) = (document_number_index is null)),
        constraint represented_person_settlement_shown check ((settlement_agreed_at is null) = (settlement_attachment_id is null))
      );
      create unique index represented_person_document_once on represented_person (dispute_id, document_number_index)
        where document_number_index is not null;

      create table party_change (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        party_id uuid not null,
        at timestamptz not null,
        by_account_id uuid references account (id),
        by_name text not null,
        act text not null,
        fields text[] not null,
        reason text,
        before_cipher text,
        constraint party_change_of_party foreign key (dispute_id, party_id) references party (dispute_id, id)
      );
      create index party_change_party on party_change (dispute_id, party_id, at);
      create trigger party_change_append_only before update or delete on party_change
        for each row execute function app.refuse_change();
    `);

    await secureMatterTable(runner, 'party', 'full');
    await secureMatterTable(runner, 'representative', 'full');
    await secureMatterTable(runner, 'party_consent', 'full', ['select', 'insert']);
    await secureMatterTable(runner, 'rights_notice', 'full', ['select', 'insert']);
    await secureMatterTable(runner, 'contact_attempt', 'full', ['select', 'insert']);
    await secureMatterTable(runner, 'represented_person', 'full');
    await secureMatterTable(runner, 'party_change', 'full', ['select', 'insert']);

    await describeTable(runner, 'party', 'A person or organisation that takes part in a matter (当事人).', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      ordinal: 'Order in which parties are listed and sign; never reused.',
      kind: 'person or organization.',
      side: 'applicant, respondent or other; null where nobody stands against anybody (six heirs).',
      name: 'Name exactly as typed: the name on the certificate.',
      name_key: 'Form in which names are compared; never shown.',
      aliases: 'Other names: nicknames, transliterations.',
      state: 'active, excluded (partial mediation), withdrawn or deceased.',
      state_reason: 'Why the party no longer takes part.',
      state_changed_at: 'When the state last changed.',
      died_on: 'Day of death.',
      succeeds_party_id: 'Party whose place this one took after a death.',
      sex: 'male or female; read from the resident id where there is one.',
      birth_on: 'Civil day of birth; read from the resident id where there is one.',
      capacity: 'by-age, self-supporting (Civil Code art. 18), limited or none (arts. 21, 22).',
      capacity_proof: 'What a capacity other than by-age rests on.',
      ethnicity: 'Ethnic group by GB/T 3304; no default.',
      occupation: 'Occupation.',
      address: 'Domicile and address for service.',
      phone_cipher: 'Phone number, encrypted.',
      phone_index: 'Blind index of the phone number.',
      contact_through: 'Whom to reach the party through when there is no phone.',
      document_kind: 'Kind of the identity document.',
      document_number_cipher: 'Number of the identity document, encrypted.',
      document_number_index: 'Blind index of the document number.',
      organization_kind: 'What the organisation is, those without legal personality included.',
      credit_code_cipher: 'Unified social credit code, encrypted.',
      credit_code_index: 'Blind index of the credit code.',
      legal_representative: 'Legal representative (法定代表人) or person in charge (负责人).',
      operator_name: 'Operator (经营者) of an individual business; its name is the trade name (字号).',
      parent_organization: 'Organisation that a branch belongs to.',
      consent: 'Where the party stands on mediation: the latest answer that was one. Silence leaves pending.',
      consent_at: 'When that answer was given.',
      notice_signed_at: 'When the notice of rights and duties was signed for.',
      created_by: 'Who entered the party.',
      created_at: 'When entered.',
      updated_at: 'Last change.',
      version: 'Optimistic lock.',
    });
    await describeTable(
      runner,
      'representative',
      'Who speaks or signs for a party (代理人、代表人), with scope and period.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        party_id: 'The party represented.',
        kind: 'statutory (guardian), entrusted (agent), elected (of a group) or legal-representative (of an organisation).',
        name: 'Name exactly as typed.',
        name_key: 'Form in which names are compared; never shown.',
        relation: 'Relation to the party, or post held in the organisation.',
        employer: 'Law firm, legal service office or employer.',
        phone_cipher: 'Phone number, encrypted.',
        phone_index: 'Blind index of the phone number.',
        document_kind: 'Kind of the identity document.',
        document_number_cipher: 'Number of the identity document, encrypted.',
        document_number_index: 'Blind index of the document number.',
        scope: 'Powers: attend, receive, sign, waive, receive-money.',
        valid_from: 'First civil day of the power.',
        valid_to: 'Last civil day of the power; null without end.',
        authority_attachment_id: 'Scan of the power of attorney, guardianship proof or minutes of election.',
        authority_note: 'What the power rests on when its paper is kept elsewhere.',
        ward_view: 'The ward’s own view, heard from eight years on (Civil Code arts. 19, 35).',
        is_double_agreed: 'True when both principals agreed to one agent for both (Civil Code art. 168).',
        ended_on: 'First civil day on which the power no longer holds.',
        end_reason: 'Why it ended early.',
        created_by: 'Who entered it.',
        created_at: 'When entered.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(
      runner,
      'party_consent',
      'Each time a party was asked whether to mediate, and the answer: append-only.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        party_id: 'The party asked.',
        answer: 'applied, agreed, refused or unreached.',
        channel: 'How the party was asked.',
        asked_at: 'When asked.',
        asked_by: 'Account that asked.',
        asked_by_name: 'Name as it was then.',
        answered_by_representative_id: 'Representative who answered; null when the party did.',
        note: 'Words of the party, or circumstances.',
        routes_told: 'Other routes of which the party was told upon refusing (People’s Mediation Law art. 26).',
        attachment_id: 'Written application, recording or screenshot.',
        recorded_at: 'When entered.',
      },
    );
    await describeTable(
      runner,
      'rights_notice',
      'Signing for the notice of rights and duties (权利义务告知书), once per party: append-only.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        party_id: 'The party told.',
        method: 'ink-scan, on-site or read-aloud.',
        signed_at: 'When signed.',
        signed_by_representative_id: 'Representative who signed; null when the party did.',
        witness: 'Who witnessed a reading to one who cannot read.',
        attachment_id: 'Scan of the signed notice.',
        told_by: 'Account that told.',
        told_by_name: 'Name as it was then.',
        recorded_at: 'When entered.',
      },
    );
    await describeTable(runner, 'contact_attempt', 'Attempts to reach a party, third persons included: append-only.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      party_id: 'The party sought.',
      at: 'When.',
      channel: 'How.',
      contacted: 'Whom: the party, or a third person to whom something is disclosed.',
      contacted_name: 'Name of the third person.',
      purpose: 'Why the third person was contacted.',
      basis: 'Ground for the disclosure (consent, duty).',
      outcome: 'What came of it.',
      note: 'Further circumstances.',
      made_by: 'Account that tried.',
      made_by_name: 'Name as it was then.',
      recorded_at: 'When entered.',
    });
    await describeTable(
      runner,
      'represented_person',
      'List of those an elected representative stands for, with their amounts (被代表人名单).',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        party_id: 'The group party.',
        ordinal: 'Line on the list.',
        name: 'Name exactly as typed.',
        name_key: 'Form in which names are compared; never shown.',
        phone_cipher: 'Phone number, encrypted.',
        document_number_cipher: 'Resident id, encrypted.',
        document_number_index: 'Blind index of the resident id.',
        amount_fen: 'What this person claims or is to get, in fen.',
        settlement_agreed_at:
          'When this person agreed that the representative may settle (Civil Procedure Law art. 56).',
        settlement_attachment_id: 'Scan of that agreement.',
        created_at: 'When entered.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(runner, 'party_change', 'Change history of a party: append-only.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      party_id: 'The party.',
      at: 'When.',
      by_account_id: 'Who; null for the program.',
      by_name: 'Name as it was then.',
      act: 'Act key.',
      fields: 'Fields that changed.',
      reason: 'Why.',
      before_cipher: 'Values before, encrypted JSON.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table party_change, represented_person, contact_attempt, rights_notice, party_consent, representative, party cascade',
    );
  }
}
