import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

/** Agreements: clauses and obligations as data, the plan of signatures with every mark, links, performance. */
export class Agreements1763600000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table agreement (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        ordinal integer not null,
        kind text not null,
        relation text not null,
        base_id uuid references agreement (id),
        state text not null,
        is_partial boolean not null,
        excluded_party_ids uuid[] not null default '{}',
        facts text,
        responsibilities text,
        clauses text[] not null default '{}',
        performance_note text,
        breach_clause text,
        electronic_party_ids uuid[] not null default '{}',
        electronic_agreed_on date,
        round integer not null default 0,
        party_ids uuid[] not null default '{}',
        copies integer,
        content_hash text,
        template_hash text,
        signing_copy_sha256 text,
        frozen_data_encrypted text,
        frozen_by uuid references account (id),
        frozen_at timestamptz,
        number text,
        reached_at timestamptz,
        reached_place text,
        paper_id uuid references paper (id),
        sealed_by uuid references account (id),
        sealed_at timestamptz,
        effective_at timestamptz,
        effective_on date,
        confirmation_due_on date,
        confirmation_is_provisional boolean,
        confirmation_explanation text[],
        confirmation_calendar text,
        ended_at timestamptz,
        ended_by uuid references account (id),
        end_ground text,
        end_reason text,
        created_by uuid references account (id),
        created_at timestamptz not null,
        version integer not null default 1,
        constraint agreement_ordinal_unique unique (dispute_id, ordinal),
        constraint agreement_kind_known check (kind in ('written', 'oral')),
        constraint agreement_relation_known check (relation in ('original', 'supplement', 'correction', 'replacement')),
        constraint agreement_base_of_later_ones check ((relation = 'original') = (base_id is null)),
        constraint agreement_state_known check (state in ('drafting', 'signing', 'refused', 'effective', 'voided', 'superseded')),
        constraint agreement_frozen_whole check (state not in ('signing', 'refused') or (content_hash is not null and template_hash is not null
          and signing_copy_sha256 is not null and frozen_data_encrypted is not null and frozen_at is not null and round > 0 and copies is not null)),
        constraint agreement_oral_is_not_signed check (kind = 'written' or (round = 0 and paper_id is null)),
        constraint agreement_effective_whole check ((state in ('effective', 'superseded') or (state = 'voided' and effective_at is not null))
          = (effective_at is not null)),
        constraint agreement_effective_day check ((effective_at is null) = (effective_on is null)),
        constraint agreement_written_takes_effect_sealed check (kind <> 'written' or effective_at is null
          or (paper_id is not null and sealed_at is not null and effective_at >= sealed_at)),
        constraint agreement_oral_takes_effect_when_reached check (kind <> 'oral' or effective_at is null or reached_at = effective_at),
        constraint agreement_copies_one_each check (copies is null or copies = cardinality(party_ids) + 1),
        constraint agreement_parties_two check (copies is null or cardinality(party_ids) >= 2),
        constraint agreement_confirmation_explained check ((confirmation_due_on is null) = (confirmation_explanation is null)),
        constraint agreement_ended_whole check ((state in ('voided', 'superseded')) = (ended_at is not null and end_reason is not null)),
        constraint agreement_data_not_in_clear check (frozen_data_encrypted is null or frozen_data_encrypted like 'v1.%'),
        constraint agreement_hashes_sha256 check ((content_hash is null or content_hash ~ '^[0-9a-f]{64}$')
          and (signing_copy_sha256 is null or signing_copy_sha256 ~ '^[0-9a-f]{64}$')),
        constraint agreement_electronic_whole check ((cardinality(electronic_party_ids) = 0) = (electronic_agreed_on is null))
      );
      create unique index agreement_one_pending on agreement (dispute_id) where state in ('drafting', 'signing', 'refused');
      create index agreement_base on agreement (base_id) where base_id is not null;
      create index agreement_confirmation on agreement (confirmation_due_on) where state = 'effective';

      create table agreement_obligation (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        agreement_id uuid not null references agreement (id),
        ordinal integer not null,
        kind text not null,
        obligor_id uuid,
        obligee_id uuid,
        content text not null,
        amount_fen bigint,
        due_on date,
        place text,
        manner text,
        constraint agreement_obligation_ordinal_unique unique (dispute_id, agreement_id, ordinal),
        constraint agreement_obligation_kind_known check (kind in ('payment', 'delivery', 'act', 'forbearance', 'apology')),
        constraint agreement_obligation_amount_positive check (amount_fen is null or amount_fen > 0)
      );
      create index agreement_obligation_agreement on agreement_obligation (agreement_id);

      create table agreement_instalment (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        obligation_id uuid not null references agreement_obligation (id) on delete cascade,
        ordinal integer not null,
        amount_fen bigint not null,
        due_on date not null,
        constraint agreement_instalment_ordinal_unique unique (dispute_id, obligation_id, ordinal),
        constraint agreement_instalment_amount_positive check (amount_fen > 0)
      );
      create index agreement_instalment_obligation on agreement_instalment (obligation_id);

      create table signature_slot (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        agreement_id uuid not null references agreement (id),
        round integer not null,
        ordinal integer not null,
        slot text not null,
        capacity text not null,
        party_id uuid,
        representative_id uuid,
        account_id uuid references account (id),
        committee_id uuid references committee (id),
        signs_for text not null,
        signer_name text not null,
        needs_corporate_seal boolean not null,
        state text not null,
        signed_at timestamptz,
        refused_at timestamptz,
        refusal_reason text,
        voided_at timestamptz,
        constraint signature_slot_unique unique (dispute_id, agreement_id, round, slot),
        constraint signature_slot_capacity_known check (capacity in ('party', 'representative', 'mediator', 'recorder', 'committee-seal')),
        constraint signature_slot_state_known check (state in ('open', 'signed', 'refused', 'voided')),
        constraint signature_slot_whose check (case capacity
          when 'party' then party_id is not null and representative_id is null
          when 'representative' then party_id is not null and representative_id is not null
          when 'committee-seal' then committee_id is not null
          else account_id is not null end),
        constraint signature_slot_signed_has_instant check (state <> 'signed' or signed_at is not null),
        constraint signature_slot_refused_has_reason check (state <> 'refused' or (refused_at is not null and refusal_reason is not null)),
        constraint signature_slot_voided_has_instant check ((state = 'voided') = (voided_at is not null))
      );
      create index signature_slot_agreement on signature_slot (agreement_id, round);

      create table signing_link (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        agreement_id uuid not null references agreement (id),
        slot_id uuid not null references signature_slot (id),
        digest text not null,
        content_hash text not null,
        identity_check text not null,
        identity_note text,
        created_by uuid not null references account (id),
        created_at timestamptz not null,
        expires_at timestamptz not null,
        opened_at timestamptz,
        used_at timestamptz,
        revoked_at timestamptz,
        constraint signing_link_period check (expires_at > created_at)
      );
      -- Not by matter: the token is all that its holder brings; the digest is keyed and of 256 bits.
      create unique index signing_link_digest on signing_link (digest);
      create unique index signing_link_one_live on signing_link (dispute_id, slot_id) where used_at is null and revoked_at is null;
      create index signing_link_agreement on signing_link (agreement_id);

      create table signature_mark (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        agreement_id uuid not null references agreement (id),
        slot_id uuid not null references signature_slot (id),
        round integer not null,
        sequence integer not null,
        kind text not null,
        method text not null,
        content_hash text not null,
        signing_copy_sha256 text not null,
        signer_name text not null,
        identity_check text not null,
        identity_note text,
        agreed_electronic boolean not null,
        strokes_encrypted text,
        strokes_sha256 text,
        has_signature boolean not null,
        has_fingerprint boolean not null,
        scan_attachment_id uuid,
        scan_sha256 text,
        witness_name text,
        is_read_aloud boolean not null,
        signed_on date not null,
        client_at timestamptz,
        server_at timestamptz not null,
        device text,
        address text,
        seconds_spent integer,
        scrolled_to_end boolean,
        link_id uuid references signing_link (id),
        recorded_by uuid references account (id),
        previous_hash text not null,
        chain_hash text not null,
        voided_at timestamptz,
        void_reason text,
        constraint signature_mark_sequence_unique unique (dispute_id, agreement_id, sequence),
        constraint signature_mark_kind_known check (kind in ('signature', 'corporate-seal')),
        constraint signature_mark_method_known check (method in ('tablet', 'link', 'ink')),
        constraint signature_mark_electronic_has_strokes check ((method = 'ink') = (strokes_encrypted is null) and (strokes_encrypted is null) = (strokes_sha256 is null)),
        constraint signature_mark_ink_has_scan check ((method = 'ink') = (scan_attachment_id is not null) and (scan_attachment_id is null) = (scan_sha256 is null)),
        constraint signature_mark_electronic_agreed check (method = 'ink' or agreed_electronic),
        constraint signature_mark_link_named check ((method = 'link') = (link_id is not null)),
        constraint signature_mark_somebody_recorded check (method = 'link' or recorded_by is not null),
        constraint signature_mark_corporate_seal_in_ink check (kind <> 'corporate-seal' or method = 'ink'),
        constraint signature_mark_not_in_clear check (strokes_encrypted is null or strokes_encrypted like 'v1.%'),
        constraint signature_mark_voided_has_reason check ((voided_at is null) = (void_reason is null))
      );
      create unique index signature_mark_one_each on signature_mark (dispute_id, slot_id, kind) where voided_at is null;
      create index signature_mark_agreement on signature_mark (agreement_id, sequence);

      create table performance_item (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        agreement_id uuid not null references agreement (id),
        ordinal integer not null,
        obligation_id uuid not null references agreement_obligation (id),
        instalment_id uuid references agreement_instalment (id),
        obligor_id uuid not null,
        obligee_id uuid not null,
        kind text not null,
        content text not null,
        amount_fen bigint,
        performed_fen bigint not null default 0,
        due_on date not null,
        state text not null,
        performed_on date,
        breached_at timestamptz,
        breach_reason text,
        ended_at timestamptz,
        version integer not null default 1,
        constraint performance_item_ordinal_unique unique (dispute_id, agreement_id, ordinal),
        constraint performance_item_state_known check (state in ('open', 'breached', 'performed', 'cancelled')),
        constraint performance_item_paid_within check (performed_fen >= 0 and performed_fen <= coalesce(amount_fen, 0)),
        constraint performance_item_performed_whole check (state <> 'performed' or (performed_on is not null and performed_fen = coalesce(amount_fen, 0))),
        constraint performance_item_breach_has_reason check ((breached_at is null) = (breach_reason is null) and (state <> 'breached' or breached_at is not null)),
        constraint performance_item_cancelled_has_instant check ((state = 'cancelled') = (ended_at is not null))
      );
      create index performance_item_agreement on performance_item (agreement_id);
      create index performance_item_due on performance_item (due_on) where state in ('open', 'breached');

      create table performance_record (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        item_id uuid not null references performance_item (id),
        kind text not null,
        amount_fen bigint,
        performed_on date,
        manner text,
        is_confirmed_by_obligee boolean,
        attachment_ids uuid[] not null default '{}',
        note text,
        recorded_by uuid references account (id),
        recorded_at timestamptz not null,
        retracted_at timestamptz,
        retracted_by uuid references account (id),
        retract_reason text,
        constraint performance_record_kind_known check (kind in ('performance', 'urging', 'breach')),
        constraint performance_record_amount_positive check (amount_fen is null or (amount_fen > 0 and kind = 'performance')),
        constraint performance_record_performed_has_day check ((kind = 'performance') = (performed_on is not null)),
        constraint performance_record_retracted_whole check ((retracted_at is null) = (retract_reason is null))
      );
      create index performance_record_item on performance_record (item_id, recorded_at);
    `);

    // What stands frozen is never edited: a change goes through 退回修改 or a later agreement.
    await runner.query(`
      create function app.agreement_content_frozen() returns trigger language plpgsql as $$
        begin
          if old.state <> 'drafting' and (new.facts, new.responsibilities, new.clauses, new.performance_note, new.breach_clause)
              is distinct from (old.facts, old.responsibilities, old.clauses, old.performance_note, old.breach_clause) then
            raise exception 'the content of a frozen agreement is never changed' using errcode = '42501';
          end if;
          if old.effective_at is not null and (new.content_hash, new.frozen_data_encrypted, new.number, new.paper_id, new.sealed_at, new.effective_at,
              new.reached_at, new.party_ids, new.copies, new.kind, new.base_id, new.round)
              is distinct from (old.content_hash, old.frozen_data_encrypted, old.number, old.paper_id, old.sealed_at, old.effective_at,
              old.reached_at, old.party_ids, old.copies, old.kind, old.base_id, old.round) then
            raise exception 'an agreement in effect is never changed' using errcode = '42501';
          end if;
          return new;
        end $$;
      create trigger agreement_content_frozen before update on agreement for each row execute function app.agreement_content_frozen();
      create function app.obligation_frozen() returns trigger language plpgsql as $$
        declare v_state text; v_agreement uuid := case tg_op when 'DELETE' then old.agreement_id else new.agreement_id end;
        begin
          select a.state into v_state from public.agreement a where a.id = v_agreement;
          if v_state is distinct from 'drafting' then
            raise exception 'obligations of a frozen agreement are never changed' using errcode = '42501';
          end if;
          return case tg_op when 'DELETE' then old else new end;
        end $$;
      create trigger agreement_obligation_frozen before insert or update or delete on agreement_obligation
        for each row execute function app.obligation_frozen();
      create function app.mark_frozen() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' or old.voided_at is not null
              or to_jsonb(new) - 'voided_at' - 'void_reason' <> to_jsonb(old) - 'voided_at' - 'void_reason' then
            raise exception 'a mark is never changed, only voided' using errcode = '42501';
          end if;
          return new;
        end $$;
      create trigger signature_mark_frozen before update or delete on signature_mark for each row execute function app.mark_frozen();
      create function app.performance_record_frozen() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' or old.retracted_at is not null
              or to_jsonb(new) - 'retracted_at' - 'retracted_by' - 'retract_reason'
                <> to_jsonb(old) - 'retracted_at' - 'retracted_by' - 'retract_reason' then
            raise exception 'a record of performance is never changed, only retracted' using errcode = '42501';
          end if;
          return new;
        end $$;
      create trigger performance_record_frozen before update or delete on performance_record
        for each row execute function app.performance_record_frozen();
    `);

    for (const table of ['agreement', 'signature_slot', 'signature_mark', 'performance_item', 'performance_record']) {
      await secureMatterTable(runner, table, 'full');
    }
    // A draft is rewritten whole, its obligations with it.
    await secureMatterTable(runner, 'agreement_obligation', 'full', ['select', 'insert', 'delete']);
    await secureMatterTable(runner, 'agreement_instalment', 'full', ['select', 'insert', 'delete']);
    await secureMatterTable(runner, 'signing_link', 'full');
    await runner.query(`
      create policy signing_link_own on signing_link for select using (digest = (select app.link_digest()));
      comment on policy signing_link_own on signing_link is 'Whoever holds the link sees its own row, and no other thing of the matter.';
    `);

    await describeTable(
      runner,
      'agreement',
      'Mediation agreement (调解协议), written or oral; later ones supplement, correct or replace an earlier one.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        ordinal: 'Which agreement of the matter, from 1.',
        kind: 'written or oral (People’s Mediation Law art. 28).',
        relation: 'original, supplement, correction or replacement.',
        base_id: 'Agreement in effect that it supplements, corrects or replaces.',
        state: 'State of agreementLifecycle.',
        is_partial: 'True when some parties of the matter are left out.',
        excluded_party_ids: 'Parties left out.',
        facts: 'Main facts and issues.',
        responsibilities: 'Responsibility of each party (art. 29).',
        clauses: 'Clauses in order.',
        performance_note: 'Further words on performance.',
        breach_clause: 'Liability for breach.',
        electronic_party_ids: 'Parties that agreed to sign electronically (E-signature Law art. 3).',
        electronic_agreed_on: 'Day of that agreement.',
        round: 'Round of signing: raised at each freeze.',
        party_ids: 'Parties of the frozen text.',
        copies: 'Copies: parties and one for the committee.',
        content_hash: 'SHA-256 of template, engine and frozen data, to which marks bind.',
        template_hash: 'Template of the frozen text.',
        signing_copy_sha256: 'File that the signers see.',
        frozen_data_encrypted: 'Data of the frozen text, encrypted; the sealed paper is drawn from exactly these.',
        frozen_by: 'Who froze it, and so asks for the seal.',
        frozen_at: 'Instant of the freeze.',
        number: 'Number printed: that of the case.',
        reached_at: 'Instant at which an oral agreement was reached.',
        reached_place: 'Where it was reached.',
        paper_id: 'The sealed paper.',
        sealed_by: 'Who put on the committee’s seal.',
        sealed_at: 'Instant of the seal.',
        effective_at: 'Latest of all marks and the seal (art. 29); for an oral one when it was reached (art. 30).',
        effective_on: 'Civil day of effective_at.',
        confirmation_due_on: 'Last day for a joint application for judicial confirmation (art. 33).',
        confirmation_is_provisional: 'True while the holidays of a year concerned are not published.',
        confirmation_explanation: 'How that day was reckoned.',
        confirmation_calendar: 'Version of the calendar used.',
        ended_at: 'Instant of voiding or superseding.',
        ended_by: 'Who voided it.',
        end_ground: 'Ground of voiding.',
        end_reason: 'Reason in words.',
        created_by: 'Who began the draft.',
        created_at: 'Instant.',
        version: 'Optimistic lock, sent as ETag.',
      },
    );
    await describeTable(
      runner,
      'agreement_obligation',
      'One obligation: who, to whom, what, how much, when, where, how. Rewritten with its draft, fixed afterwards.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        agreement_id: 'The agreement.',
        ordinal: 'Order within the agreement.',
        kind: 'payment, delivery, act, forbearance or apology.',
        obligor_id: 'Party that owes; null in an unfinished draft.',
        obligee_id: 'Party that is owed.',
        content: 'What is owed.',
        amount_fen: 'Amount, fen.',
        due_on: 'Last day.',
        place: 'Place of performance.',
        manner: 'Manner of performance.',
      },
    );
    await describeTable(runner, 'agreement_instalment', 'Instalments of a payment; their sum is its amount.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      obligation_id: 'The payment.',
      ordinal: 'Order.',
      amount_fen: 'Amount, fen.',
      due_on: 'Last day.',
    });
    await describeTable(
      runner,
      'signature_slot',
      'Place in the plan of signatures: every party, mediator, the recorder and the committee’s seal, per round.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        agreement_id: 'The agreement.',
        round: 'Round of signing.',
        ordinal: 'Order on the paper.',
        slot: 'Name of the place on the paper, e.g. party-1.',
        capacity: 'In which capacity is signed.',
        party_id: 'Party signed for.',
        representative_id: 'Representative who signs.',
        account_id: 'Mediator or recorder who signs.',
        committee_id: 'Committee whose seal is put on.',
        signs_for: 'Name printed at the place.',
        signer_name: 'Who signs.',
        needs_corporate_seal: 'True for organisations: the seal of the unit belongs beside the signature.',
        state: 'open, signed, refused or voided.',
        signed_at: 'Instant at which all its marks were there.',
        refused_at: 'Instant of the refusal.',
        refusal_reason: 'Reason given.',
        voided_at: 'Instant at which the round was given up.',
      },
    );
    await describeTable(
      runner,
      'signing_link',
      'One-time link for signing from afar. Only the keyed digest of the token is kept.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        agreement_id: 'The agreement.',
        slot_id: 'Place it signs.',
        digest: 'Keyed digest of the token.',
        content_hash: 'Text it is good for.',
        identity_check: 'How it was made sure that the link reaches the signer.',
        identity_note: 'Words on the check.',
        created_by: 'Who made it.',
        created_at: 'Instant.',
        expires_at: 'End of validity.',
        opened_at: 'First opened.',
        used_at: 'Signed or refused with it.',
        revoked_at: 'Taken back, or overtaken by a change of the text.',
      },
    );
    await describeTable(
      runner,
      'signature_mark',
      'Mark of one signer with its evidence; append-only but for being voided with its round.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        agreement_id: 'The agreement.',
        slot_id: 'Place marked.',
        round: 'Round of signing.',
        sequence: 'Order within the agreement over all rounds.',
        kind: 'signature, or corporate-seal of a unit.',
        method: 'tablet, link or ink.',
        content_hash: 'Text that the signer saw.',
        signing_copy_sha256: 'File that the signer saw.',
        signer_name: 'Who signed, as it was then.',
        identity_check: 'How identity was checked.',
        identity_note: 'Words on the check.',
        agreed_electronic: 'The signer agreed to sign electronically.',
        strokes_encrypted: 'Strokes, encrypted: handwriting is biometric.',
        strokes_sha256: 'SHA-256 of the strokes.',
        has_signature: 'Signed by hand.',
        has_fingerprint: 'Finger pressed.',
        scan_attachment_id: 'Scan of the signed original.',
        scan_sha256: 'SHA-256 of the scan.',
        witness_name: 'Who witnessed.',
        is_read_aloud: 'True when the text was read out to the signer.',
        signed_on: 'Civil day of the signature.',
        client_at: 'Time of the signer’s device.',
        server_at: 'Instant by the database.',
        device: 'Device, as it names itself.',
        address: 'Network address.',
        seconds_spent: 'Seconds with the text before signing.',
        scrolled_to_end: 'True when the text was shown to its end.',
        link_id: 'Link used.',
        recorded_by: 'Staff member present.',
        previous_hash: 'Chain hash of the mark before, or the head of the round.',
        chain_hash: 'SHA-256 over previous_hash and the evidence.',
        voided_at: 'Voided because the text changed.',
        void_reason: 'Why.',
      },
    );
    await describeTable(
      runner,
      'performance_item',
      'What is to be performed: an obligation, or one instalment of it. Overdue is told from due_on, never stored.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        agreement_id: 'The agreement.',
        ordinal: 'Order.',
        obligation_id: 'Obligation it comes from.',
        instalment_id: 'Instalment it comes from.',
        obligor_id: 'Party that owes.',
        obligee_id: 'Party that is owed.',
        kind: 'Kind of obligation.',
        content: 'What.',
        amount_fen: 'Amount, fen.',
        performed_fen: 'Paid so far, fen.',
        due_on: 'Last day.',
        state: 'State of performanceLifecycle.',
        performed_on: 'Day of the last performance.',
        breached_at: 'Breach registered.',
        breach_reason: 'Why.',
        ended_at: 'Fell away with its agreement.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(
      runner,
      'performance_record',
      'Performance, urging or breach of an item; a wrong record is retracted with a reason.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        item_id: 'The item.',
        kind: 'performance, urging or breach.',
        amount_fen: 'Amount, fen.',
        performed_on: 'Day of performance.',
        manner: 'How: cash, transfer, in kind.',
        is_confirmed_by_obligee: 'False when the receipt is disputed or not yet confirmed.',
        attachment_ids: 'Proofs.',
        note: 'Words.',
        recorded_by: 'Who recorded it.',
        recorded_at: 'Instant.',
        retracted_at: 'Retracted.',
        retracted_by: 'By whom.',
        retract_reason: 'Why.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table performance_record, performance_item, signature_mark, signing_link, signature_slot, agreement_instalment, agreement_obligation, agreement cascade;
      drop function app.agreement_content_frozen();
      drop function app.obligation_frozen();
      drop function app.mark_frozen();
      drop function app.performance_record_frozen();
    `);
  }
}
