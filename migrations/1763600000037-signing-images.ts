import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

/** Photographs of the signing and pictures of fingerprints: sensitive, kept apart from the mark, erased without it. */
export class SigningImages1763600000037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table signing_image (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        agreement_id uuid not null references agreement (id),
        mark_id uuid not null references signature_mark (id),
        kind text not null,
        media_type text not null,
        size_bytes integer not null,
        sha256 text not null,
        picture_encrypted text,
        consent_text text not null,
        consented_at timestamptz not null,
        recorded_by uuid not null references account (id),
        previous_hash text not null,
        chain_hash text not null,
        removed_at timestamptz,
        removed_by uuid references account (id),
        removed_reason text,
        constraint signing_image_kind_known check (kind in ('photo', 'fingerprint')),
        constraint signing_image_media_type_known check (media_type in ('image/jpeg', 'image/png')),
        constraint signing_image_not_in_clear check (picture_encrypted is null or picture_encrypted like 'v1.%'),
        constraint signing_image_erased_whole check
          ((removed_at is null) = (picture_encrypted is not null) and (removed_at is null) = (removed_reason is null))
      );
      create unique index signing_image_one_each on signing_image (dispute_id, mark_id, kind) where removed_at is null;
      create index signing_image_agreement on signing_image (agreement_id);
      create function app.signing_image_frozen() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' or old.removed_at is not null or new.removed_at is null
              or to_jsonb(new) - 'picture_encrypted' - 'removed_at' - 'removed_by' - 'removed_reason'
                <> to_jsonb(old) - 'picture_encrypted' - 'removed_at' - 'removed_by' - 'removed_reason' then
            raise exception 'a picture of a signing is never changed, only erased' using errcode = '42501';
          end if;
          return new;
        end $$;
      create trigger signing_image_frozen before update or delete on signing_image
        for each row execute function app.signing_image_frozen();
    `);
    await secureMatterTable(runner, 'signing_image', 'full');
    await describeTable(
      runner,
      'signing_image',
      'Photograph of somebody signing, or picture of a fingerprint, kept with separate consent (个人信息保护法第二十九条).',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        agreement_id: 'The agreement.',
        mark_id: 'The mark that it belongs to.',
        kind: 'photo or fingerprint.',
        media_type: 'Format.',
        size_bytes: 'Size of the picture.',
        sha256: 'Digest of the picture, which stays when it is erased.',
        picture_encrypted: 'The picture in base64, encrypted; null once erased.',
        consent_text: 'To what the signer consented, word for word.',
        consented_at: 'When.',
        recorded_by: 'Who was there with the tablet.',
        previous_hash: 'Chain value of the mark.',
        chain_hash: 'SHA-256 over that and everything taken down of the picture.',
        removed_at: 'When it was erased.',
        removed_by: 'Who erased it; null where it fell with its mark.',
        removed_reason: 'Why.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table signing_image');
    await runner.query('drop function app.signing_image_frozen()');
  }
}
