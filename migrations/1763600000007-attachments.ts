import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, fullAccess, IS_SYSTEM, policy, secure } from './support';

/** Evidence and other files of a matter; the bytes lie in the file store under their digest. */
export class Attachments1763600000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table attachment (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        ordinal integer not null,
        page_order integer not null,
        file_name text not null,
        media_type text not null,
        size_bytes bigint not null,
        sha256 text not null,
        evidence_type text not null,
        form text not null,
        source text,
        provided_by_party_id uuid,
        obtained_on date,
        description text,
        ring text not null,
        is_shareable boolean not null default false,
        state text not null,
        withdrawn_reason text,
        withdrawn_at timestamptz,
        uploaded_by uuid references account (id),
        uploaded_by_name text not null,
        uploaded_at timestamptz not null,
        version integer not null default 1,
        constraint attachment_of_matter unique (dispute_id, id),
        constraint attachment_ordinal_once unique (dispute_id, ordinal),
        constraint attachment_of_party foreign key (dispute_id, provided_by_party_id) references party (dispute_id, id),
        constraint attachment_order_positive check (ordinal > 0 and page_order > 0),
        constraint attachment_size_bounded check (size_bytes between 1 and 52428800),
        constraint attachment_digest_whole check (sha256 ~ '^[0-9a-f]{64}$'),
        constraint attachment_name_flat check (file_name !~ '[/\\\\]' and char_length(file_name) between 1 and 255),
        constraint attachment_evidence_type_known check (evidence_type in
          ('documentary', 'physical', 'audio-visual', 'electronic', 'testimony', 'statement', 'appraisal', 'inspection',
           'identity', 'authority', 'signed-paper', 'other')),
        constraint attachment_form_known check (form in ('original', 'copy', 'scan', 'photo')),
        constraint attachment_ring_known check (ring in ('parties', 'center', 'mediator')),
        constraint attachment_shared_not_private check (not is_shareable or (ring <> 'mediator' and state = 'kept')),
        constraint attachment_state_known check (state in ('kept', 'withdrawn')),
        constraint attachment_withdrawn_has_reason check
          ((state = 'withdrawn') = (withdrawn_reason is not null) and (state = 'withdrawn') = (withdrawn_at is not null))
      );
      create index attachment_order on attachment (dispute_id, page_order, ordinal);

      alter table representative add constraint representative_authority_of_matter
        foreign key (dispute_id, authority_attachment_id) references attachment (dispute_id, id);
      alter table party_consent add constraint party_consent_attachment_of_matter
        foreign key (dispute_id, attachment_id) references attachment (dispute_id, id);
      alter table rights_notice add constraint rights_notice_attachment_of_matter
        foreign key (dispute_id, attachment_id) references attachment (dispute_id, id);
      alter table represented_person add constraint represented_person_settlement_of_matter
        foreign key (dispute_id, settlement_attachment_id) references attachment (dispute_id, id);
    `);

    await secure(runner, 'attachment', ['select', 'insert', 'update']);
    const full = `exists (select 1 from dispute d where d.id = attachment.dispute_id and ${fullAccess('d')})`;
    const inner = `(ring <> 'mediator' or exists (select 1 from dispute_access a
      where a.dispute_id = attachment.dispute_id and a.account_id = (select app.account_id()) and a.ground = 'assigned'
        and a.role = 'mediator' and (a.ends_at is null or a.ends_at > (select app.now()))))`;
    for (const verb of ['select', 'insert', 'update'] as const) {
      await policy(
        runner,
        'attachment',
        verb,
        `${IS_SYSTEM} or (${full} and ${inner})`,
        'Those who may read the content of the matter; what is kept for the mediator, only the mediators on it.',
      );
    }

    await describeTable(
      runner,
      'attachment',
      'A file of a matter (证据、材料): metadata; the bytes lie in the file store under sha256.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        ordinal: 'Number within the matter, never reused.',
        page_order: 'Place in the evidence list and in the dossier.',
        file_name: 'Name exactly as uploaded; never a path.',
        media_type: 'Type found in the bytes, not the one claimed.',
        size_bytes: 'Length.',
        sha256: 'Digest of the bytes, lower-case hex; address in the file store.',
        evidence_type: 'Kind of evidence or paper.',
        form: 'original, copy, scan or photo.',
        source: 'Where it comes from, in words.',
        provided_by_party_id: 'Party who handed it in.',
        obtained_on: 'Civil day on which it was handed in or taken.',
        description: 'What it is to prove.',
        ring: 'Who may see it: parties (and all inner rings), center, or mediator alone.',
        is_shareable: 'May go along with a summons to partner agencies.',
        state: 'kept or withdrawn; bytes are never removed.',
        withdrawn_reason: 'Why it no longer counts.',
        withdrawn_at: 'When withdrawn.',
        uploaded_by: 'Account that uploaded it.',
        uploaded_by_name: 'Name as it was then.',
        uploaded_at: 'When uploaded.',
        version: 'Optimistic lock.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table represented_person drop constraint represented_person_settlement_of_matter;
      alter table rights_notice drop constraint rights_notice_attachment_of_matter;
      alter table party_consent drop constraint party_consent_attachment_of_matter;
      alter table representative drop constraint representative_authority_of_matter;
      drop table attachment cascade;
    `);
  }
}
