import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Seals whose key lies on a token or at a signing service: only its name is kept here. */
export class KeysElsewhere1763600000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table committee_seal
        add column key_name text,
        alter column private_key_encrypted drop not null,
        drop constraint committee_seal_origin_known,
        add constraint committee_seal_origin_known check (origin in ('demo', 'pkcs12', 'token', 'provider')),
        add constraint committee_seal_key_somewhere check (
          (origin in ('token', 'provider')) = (key_name is not null) and (key_name is null) = (private_key_encrypted is not null)
        );
      comment on column committee_seal.key_name is 'Label of the key on the token, or its credential identifier at the signing service; null when the key is kept here.';
      comment on column committee_seal.origin is 'demo, pkcs12 (kept here, encrypted), token (PKCS#11) or provider (signing service over HTTP).';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table committee_seal
        drop constraint committee_seal_key_somewhere,
        drop constraint committee_seal_origin_known,
        add constraint committee_seal_origin_known check (origin in ('demo', 'pkcs12')),
        alter column private_key_encrypted set not null,
        drop column key_name;
    `);
  }
}
