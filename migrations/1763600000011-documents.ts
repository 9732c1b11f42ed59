import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, fullAccess, IS_KNOWN, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

/** Issued papers with their files, the committees' seals with the ledger of their use, and whom verification trusts. */
export class Documents1763600000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table paper_template (
        hash text primary key,
        template_id text not null,
        name text not null,
        version text not null,
        file text not null,
        source text not null,
        first_used_at timestamptz not null,
        constraint paper_template_hash_sha256 check (hash ~ '^[0-9a-f]{64}$')
      );

      create table committee_seal (
        id uuid primary key,
        committee_id uuid not null references committee (id),
        name text not null,
        code text not null,
        origin text not null,
        algorithm text not null,
        certificates_pem text not null,
        private_key_encrypted text not null,
        subject_name text not null,
        issuer_name text not null,
        serial_number text not null,
        valid_from timestamptz not null,
        valid_to timestamptz not null,
        requires_second_person boolean not null,
        installed_by uuid references account (id),
        installed_at timestamptz not null,
        state text not null,
        retired_at timestamptz,
        retired_by uuid references account (id),
        retire_reason text,
        version integer not null default 1,
        constraint committee_seal_state_known check (state in ('active', 'retired')),
        constraint committee_seal_origin_known check (origin in ('demo', 'pkcs12')),
        constraint committee_seal_period check (valid_to > valid_from),
        constraint committee_seal_key_not_in_clear check (private_key_encrypted like 'v1.%'),
        constraint committee_seal_retired_has_reason check ((state = 'retired') = (retired_at is not null and retire_reason is not null))
      );
      create unique index committee_seal_one_active on committee_seal (committee_id) where state = 'active';
      create index committee_seal_committee on committee_seal (committee_id, installed_at desc);
      create index committee_seal_serial on committee_seal (serial_number);

      create table paper (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        committee_id uuid references committee (id),
        template_hash text not null references paper_template (hash),
        template_id text not null,
        template_version text not null,
        engine_version text not null,
        content_hash text not null,
        title text not null,
        number text,
        issuer_name text not null,
        data_encrypted text not null,
        masked_names text[] not null,
        code_digest text not null,
        code_encrypted text not null,
        copies integer not null,
        governed_by text,
        subject_type text,
        subject_id uuid,
        supersedes_id uuid references paper (id),
        issued_by uuid references account (id),
        issued_at timestamptz not null,
        state text not null,
        seal_id uuid references committee_seal (id),
        sealed_at timestamptz,
        voided_at timestamptz,
        voided_by uuid references account (id),
        void_reason text,
        superseded_at timestamptz,
        version integer not null default 1,
        constraint paper_state_known check (state in ('final', 'sealed', 'voided', 'superseded')),
        constraint paper_sealed_has_seal check ((seal_id is null) = (sealed_at is null) and (state <> 'sealed' or seal_id is not null)
          and (state <> 'final' or seal_id is null)),
        constraint paper_voided_has_reason check ((state = 'voided') = (voided_at is not null and void_reason is not null)),
        constraint paper_superseded_has_instant check ((state = 'superseded') = (superseded_at is not null)),
        constraint paper_copies_positive check (copies > 0),
        constraint paper_subject_whole check ((subject_type is null) = (subject_id is null)),
        constraint paper_data_not_in_clear check (data_encrypted like 'v1.%' and code_encrypted like 'v1.%'),
        constraint paper_content_hash_sha256 check (content_hash ~ '^[0-9a-f]{64}$')
      );
      -- Not by matter: the printed code is all that a stranger brings. The digest is keyed, so it tells nothing of other matters.
      create unique index paper_code on paper (code_digest);
      create unique index paper_superseded_once on paper (dispute_id, supersedes_id) where supersedes_id is not null;
      create index paper_dispute on paper (dispute_id, issued_at desc, id desc);
      create index paper_subject on paper (dispute_id, subject_type, subject_id) where subject_id is not null;

      create table paper_file (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        paper_id uuid not null references paper (id),
        kind text not null,
        sha256 text not null,
        size_bytes integer not null,
        page_count integer not null,
        created_at timestamptz not null,
        constraint paper_file_once unique (dispute_id, paper_id, kind),
        constraint paper_file_kind_known check (kind in ('final', 'sealed', 'voided')),
        constraint paper_file_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
        constraint paper_file_not_empty check (size_bytes > 0 and page_count > 0)
      );
      create index paper_file_paper on paper_file (paper_id);
      create index paper_file_by_sha256 on paper_file (sha256);

      create table seal_use (
        id uuid primary key,
        seal_id uuid not null references committee_seal (id),
        committee_id uuid not null references committee (id),
        dispute_id uuid not null references dispute (id),
        paper_id uuid not null references paper (id),
        used_by uuid references account (id),
        requested_by uuid references account (id),
        used_at timestamptz not null,
        document_sha256 text not null,
        purpose text not null,
        level text not null,
        timestamp_problem text,
        constraint seal_use_sha256 check (document_sha256 ~ '^[0-9a-f]{64}$'),
        constraint seal_use_level_known check (level in ('B-B', 'B-T')),
        constraint seal_use_says_why_no_timestamp check ((level = 'B-T') = (timestamp_problem is null))
      );
      create index seal_use_seal on seal_use (seal_id, used_at desc, id desc);
      create index seal_use_paper on seal_use (paper_id);

      create table paper_timestamp (
        paper_id uuid primary key references paper (id),
        dispute_id uuid not null references dispute (id),
        document_sha256 text not null,
        token bytea not null,
        attested_at timestamptz not null,
        created_at timestamptz not null
      );

      create table trust_anchor (
        id uuid primary key,
        purpose text not null,
        subject_name text not null,
        fingerprint text not null,
        certificate_pem text not null,
        valid_to timestamptz not null,
        added_by uuid references account (id),
        added_at timestamptz not null,
        constraint trust_anchor_purpose_known check (purpose in ('seal', 'timestamp')),
        constraint trust_anchor_once unique (purpose, fingerprint)
      );

      create table demo_authority (
        kind text primary key,
        certificates_pem text not null,
        private_key_encrypted text not null,
        created_at timestamptz not null,
        constraint demo_authority_kind_known check (kind in ('root', 'timestamp')),
        constraint demo_authority_key_not_in_clear check (private_key_encrypted like 'v1.%')
      );

      -- What was issued stays as it was issued; only the standing of the paper moves on.
      create function app.keep_paper_content() returns trigger language plpgsql as $$
        declare
          v_standing text[] := array['state', 'seal_id', 'sealed_at', 'voided_at', 'voided_by', 'void_reason', 'superseded_at', 'version'];
        begin
          if to_jsonb(new) - v_standing is distinct from to_jsonb(old) - v_standing then
            raise exception 'paper %: an issued paper is never changed', old.id using errcode = '42501';
          end if;
          if old.state in ('voided', 'superseded') and new.state is distinct from old.state then
            raise exception 'paper %: a voided or superseded paper stays so', old.id using errcode = '42501';
          end if;
          return new;
        end $$;
      create trigger paper_content_kept before update on paper for each row execute function app.keep_paper_content();
      create trigger paper_never_deleted before delete on paper for each row execute function app.refuse_change();
      create function app.keep_seal() returns trigger language plpgsql as $$
        declare v_standing text[] := array['state', 'retired_at', 'retired_by', 'retire_reason', 'version'];
        begin
          if old.state = 'retired' or to_jsonb(new) - v_standing is distinct from to_jsonb(old) - v_standing then
            raise exception 'committee_seal %: a seal can only be retired', old.id using errcode = '42501';
          end if;
          return new;
        end $$;
      -- Whether a committee can seal is no secret to whoever prepares a paper for it; the key stays behind row security.
      create function app.active_seal(p_committee uuid)
        returns table (id uuid, valid_from timestamptz, valid_to timestamptz, requires_second_person boolean)
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          return query select s.id, s.valid_from, s.valid_to, s.requires_second_person
            from public.committee_seal s where s.committee_id = p_committee and s.state = 'active';
          perform set_config('app.principal', v_before, true);
        end $$;
      revoke all on function app.active_seal(uuid) from public;
      grant execute on function app.active_seal(uuid) to zongzhi_app;
      create trigger committee_seal_kept before update on committee_seal for each row execute function app.keep_seal();
      create trigger committee_seal_never_deleted before delete on committee_seal for each row execute function app.refuse_change();
      create trigger paper_template_append_only before update or delete on paper_template for each row execute function app.refuse_change();
      create trigger paper_file_append_only before update or delete on paper_file for each row execute function app.refuse_change();
      create trigger seal_use_append_only before update or delete on seal_use for each row execute function app.refuse_change();
      create trigger paper_timestamp_append_only before update or delete on paper_timestamp for each row execute function app.refuse_change();
    `);

    await secureMatterTable(runner, 'paper', 'full');
    await secureMatterTable(runner, 'paper_file', 'full', ['select', 'insert']);
    await secureMatterTable(runner, 'paper_timestamp', 'full', ['select', 'insert']);

    await secure(runner, 'paper_template', ['select', 'insert']);
    await policy(runner, 'paper_template', 'select', IS_KNOWN, 'Texts of templates are no secret inside the house.');
    await policy(runner, 'paper_template', 'insert', IS_KNOWN, 'Entered by whoever first issues a paper from it.');

    await secure(runner, 'seal_use', ['select', 'insert']);
    const ofOwnMatter = `exists (select 1 from dispute d where d.id = seal_use.dispute_id and ${fullAccess('d')})`;
    await policy(
      runner,
      'seal_use',
      'select',
      `${IS_SYSTEM} or committee_id = any ((select app.committee_ids())::uuid[]) or 'auditor' = any ((select app.roles())::text[])`,
      'The head of the committee and the auditor read the ledger of the seal.',
    );
    await policy(
      runner,
      'seal_use',
      'insert',
      `${IS_SYSTEM} or ${ofOwnMatter}`,
      'Written with the paper that is sealed.',
    );

    const administers = `${IS_SYSTEM} or 'system-admin' = any ((select app.roles())::text[])`;
    const ownCommittee = `committee_id = any ((select app.committee_ids())::uuid[])`;
    await secure(runner, 'committee_seal', ['select', 'insert', 'update']);
    await policy(
      runner,
      'committee_seal',
      'select',
      `${administers} or ${ownCommittee} or 'auditor' = any ((select app.roles())::text[])`,
      'The system administrator, the head of the committee and the auditor see its seals.',
    );
    await policy(runner, 'committee_seal', 'insert', administers, 'The system administrator installs certificates.');
    await policy(
      runner,
      'committee_seal',
      'update',
      `${administers} or ${ownCommittee}`,
      'Retired by the system administrator or the head of the committee.',
    );

    await secure(runner, 'trust_anchor', ['select', 'insert']);
    await policy(runner, 'trust_anchor', 'select', IS_KNOWN, 'Certificates are public.');
    await policy(
      runner,
      'trust_anchor',
      'insert',
      administers,
      'The system administrator says whom verification trusts.',
    );

    await secure(runner, 'demo_authority', ['select', 'insert']);
    await policy(
      runner,
      'demo_authority',
      'select',
      administers,
      'Used by the program, and when the system administrator installs a demonstration seal; the keys are encrypted.',
    );
    await policy(
      runner,
      'demo_authority',
      'insert',
      administers,
      'Made when the first demonstration seal is installed.',
    );

    await describeTable(
      runner,
      'paper_template',
      'Text of every template from which a paper was issued, so that the paper can be drawn again years on.',
      {
        hash: 'SHA-256 of the text, lower-case hex.',
        template_id: 'Id of the template.',
        name: 'Name of the paper, e.g. 人民调解协议书.',
        version: 'Version written in the template.',
        file: 'File name, for messages.',
        source: 'The whole text.',
        first_used_at: 'When the first paper was issued from it.',
      },
    );
    await describeTable(
      runner,
      'paper',
      'An issued paper (文书). Its content never changes; a trigger guards that. Its files are in paper_file.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        committee_id: 'Committee that issues it; null when the center does.',
        template_hash: 'The exact template.',
        template_id: 'Kind of paper.',
        template_version: 'Version of the template.',
        engine_version: 'Version of the painter.',
        content_hash: 'SHA-256 over template, painter and data without marks: what marks bind to.',
        title: 'Name in lists.',
        number: 'Printed number, where it has one.',
        issuer_name: 'Committee or center as it was called then.',
        data_encrypted: 'Data and marks that it was drawn from; AES-256-GCM at paper.data:<id>.',
        masked_names: 'Names of those concerned, masked, for the public verification.',
        code_digest: 'Keyed digest of the printed verification code.',
        code_encrypted: 'The code itself; AES-256-GCM at paper.code:<id>.',
        copies: 'Copies to hand out.',
        governed_by: 'Where in the workbench it is sealed and voided, when not by itself, e.g. 协议.',
        subject_type: 'What in a module it is about.',
        subject_id: 'Its id there.',
        supersedes_id: 'The paper that it replaces.',
        issued_by: 'Who issued it; null for the program.',
        issued_at: 'When.',
        state: 'State of paperLifecycle.',
        seal_id: 'Seal on it.',
        sealed_at: 'Signing time.',
        voided_at: 'When voided.',
        voided_by: 'By whom; null for the program.',
        void_reason: 'Why.',
        superseded_at: 'When a newer paper replaced it.',
        version: 'Optimistic lock, sent as ETag.',
      },
    );
    await describeTable(runner, 'paper_file', 'A file of a paper in the content-addressed store; append-only.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      paper_id: 'The paper.',
      kind: 'final as drawn, sealed, or voided: the copy with the watermark 已作废.',
      sha256: 'Of the whole file; its address in the store.',
      size_bytes: 'Length.',
      page_count: 'Pages.',
      created_at: 'When it came in.',
    });
    await describeTable(
      runner,
      'committee_seal',
      'Electronic seal of a committee: its certificate and, encrypted, its key. At most one is active.',
      {
        id: 'Identity.',
        committee_id: 'Whose seal.',
        name: 'Name engraved on it.',
        code: 'Registration digits engraved on it; may be empty.',
        origin: 'demo: made by this program, for training; pkcs12: imported, issued by a certification authority.',
        algorithm: 'Signature algorithm.',
        certificates_pem: 'Own certificate first, then those above it.',
        private_key_encrypted: 'PKCS#8; AES-256-GCM at committee_seal.private_key:<id>.',
        subject_name: 'Subject of the certificate.',
        issuer_name: 'Issuer of the certificate.',
        serial_number: 'Serial number, upper-case hex.',
        valid_from: 'Start of the certificate.',
        valid_to: 'End of the certificate.',
        requires_second_person: 'True when another person than the one who asked must seal.',
        installed_by: 'System administrator; null for set-up.',
        installed_at: 'When.',
        state: 'active or retired.',
        retired_at: 'From when signatures with it are no longer believed.',
        retired_by: 'By whom.',
        retire_reason: 'Why.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(runner, 'seal_use', 'Ledger of the seals (用印台账); append-only.', {
      id: 'Identity.',
      seal_id: 'The seal.',
      committee_id: 'Whose seal.',
      dispute_id: 'The matter.',
      paper_id: 'The paper.',
      used_by: 'Who sealed.',
      requested_by: 'Who asked for it.',
      used_at: 'When.',
      document_sha256: 'Of the sealed file.',
      purpose: 'Why, as written into the signature.',
      level: 'PAdES level: B-T with a timestamp, B-B without.',
      timestamp_problem: 'Why there was no timestamp then.',
    });
    await describeTable(
      runner,
      'paper_timestamp',
      'Timestamp that came after a paper was sealed: kept beside the file, whose bytes never change.',
      {
        paper_id: 'The paper.',
        dispute_id: 'The matter.',
        document_sha256: 'What the token attests.',
        token: 'RFC 3161 TimeStampToken, DER.',
        attested_at: 'The moment attested.',
        created_at: 'When it came in.',
      },
    );
    await describeTable(
      runner,
      'trust_anchor',
      'Root certificates under which verification believes seals and timestamps.',
      {
        id: 'Identity.',
        purpose: 'seal or timestamp.',
        subject_name: 'Subject.',
        fingerprint: 'SHA-256 of the certificate, lower-case hex.',
        certificate_pem: 'The certificate.',
        valid_to: 'Its end.',
        added_by: 'System administrator; null for set-up.',
        added_at: 'When.',
      },
    );
    await describeTable(
      runner,
      'demo_authority',
      'Certificate authority of a demonstration: anybody could make the same, so its seals are for training.',
      {
        kind: 'root or timestamp.',
        certificates_pem: 'Own certificate first, root last.',
        private_key_encrypted: 'PKCS#8; AES-256-GCM at demo_authority.private_key:<kind>.',
        created_at: 'When made.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table paper_timestamp, seal_use, paper_file, paper, committee_seal, paper_template, trust_anchor, demo_authority cascade;
      drop function app.keep_paper_content();
      drop function app.keep_seal();
      drop function app.active_seal(uuid);
    `);
  }
}
