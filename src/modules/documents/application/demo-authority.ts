import type { KeyRing } from '../../../platform/crypto';
import type { Tx } from '../../../platform/database';
import { type Identity, importIdentity } from '../../../platform/pdf/sign';
import type { DemoAuthority } from '../persistence/seal.entity';

/** A key of the demonstration's authority, or null where there is no demonstration. */
export async function demoAuthority(tx: Tx, keys: KeyRing, kind: DemoAuthority['kind']): Promise<Identity | null> {
  const [kept] = await tx.query<Pick<DemoAuthority, 'certificatesPem' | 'privateKeyEncrypted'>>(
    `select certificates_pem as "certificatesPem", private_key_encrypted as "privateKeyEncrypted"
       from demo_authority where kind = $1`,
    [kind],
  );
  if (!kept) return null;
  const privateKeyPem = keys.decrypt(kept.privateKeyEncrypted, `demo_authority.private_key:${kind}`);
  return importIdentity({ privateKeyPem, certificatesPem: kept.certificatesPem });
}
