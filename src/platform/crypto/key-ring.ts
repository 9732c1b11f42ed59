import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartRefusal } from '../../config';

/** Purposes that have a key of their own, so that one index says nothing of another. */
export type BlindIndexPurpose = 'resident-id' | 'phone' | 'phone-end' | 'credit-code' | 'document-number';

interface KeyFile {
  readonly version: 1;
  readonly field: { readonly current: string; readonly keys: Readonly<Record<string, string>> };
  readonly blindIndex: string;
  readonly audit: string;
  readonly link: string;
  /** EC P-256 private key in PKCS#8 PEM, for access tokens (ES256). */
  readonly token: string;
}

/**
 * All secret keys of one installation, held as KeyObjects. Field format: `v1.<kid>.<nonce>.<ciphertext>.<tag>` in
 * base64url, AES-256-GCM with a random 12-byte nonce and the place of the field (`table.column:rowId`) as
 * authenticated data, so that a value moved to another row no longer opens.
 */
export class KeyRing {
  private readonly fieldKeys: ReadonlyMap<string, KeyObject>;
  private readonly currentField: string;
  private readonly blindIndexKey: KeyObject;
  private readonly auditKey: KeyObject;
  private readonly linkKey: KeyObject;
  readonly tokenPrivateKey: KeyObject;
  readonly tokenPublicKey: KeyObject;

  constructor(file: KeyFile) {
    this.fieldKeys = new Map(
      Object.entries(file.field.keys).map(([kid, key]) => [kid, secretKey(key, `field ${kid}`)]),
    );
    this.currentField = file.field.current;
    if (!this.fieldKeys.has(this.currentField)) throw new Error('Key file: the current field key is missing');
    this.blindIndexKey = secretKey(file.blindIndex, 'blindIndex');
    this.auditKey = secretKey(file.audit, 'audit');
    this.linkKey = secretKey(file.link, 'link');
    this.tokenPrivateKey = createPrivateKey(file.token);
    this.tokenPublicKey = createPublicKey(this.tokenPrivateKey);
  }

  /** Encrypts one field. `place` is `table.column:rowId`. */
  encrypt(plain: string, place: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.fieldKey(this.currentField), nonce);
    cipher.setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return ['v1', this.currentField, ...[nonce, body, cipher.getAuthTag()].map((b) => b.toString('base64url'))].join(
      '.',
    );
  }

  /** Opens a field written by `encrypt` at the same place. Throws when key, place or bytes differ. */
  decrypt(stored: string, place: string): string {
    const [format, kid = '', nonce = '', body = '', tag = ''] = stored.split('.');
    if (format !== 'v1') throw new Error('Unknown format of an encrypted field');
    const decipher = createDecipheriv('aes-256-gcm', this.fieldKey(kid), Buffer.from(nonce, 'base64url'));
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
  }

  /** Keyed index of a normalised value: equal values meet, nobody without the key can enumerate them. */
  blindIndex(purpose: BlindIndexPurpose, normalised: string): string {
    return createHmac('sha256', this.blindIndexKey).update(`${purpose}\0${normalised}`).digest('base64url');
  }

  /** MAC of one audit entry over its predecessor's MAC and its stored bytes. */
  auditMac(previous: Buffer, bytes: string): Buffer {
    return createHmac('sha256', this.auditKey).update(previous).update(bytes).digest();
  }

  /** Keyed digest under which one-time links and paper codes are stored. */
  linkDigest(token: string): string {
    return createHmac('sha256', this.linkKey).update(token).digest('base64url');
  }

  private fieldKey(kid: string): KeyObject {
    const key = this.fieldKeys.get(kid);
    if (!key) throw new Error(`Field key ${kid} is not in the key file`);
    return key;
  }
}

function secretKey(base64: string, name: string): KeyObject {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 32) throw new Error(`Key file: ${name} must be 32 bytes in base64`);
  if (new Set(bytes).size < 8) throw new Error(`Key file: ${name} is not random`);
  return createSecretKey(bytes);
}

/** A fresh set of keys. */
export function newKeyFile(): KeyFile {
  const key = (): string => randomBytes(32).toString('base64');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    version: 1,
    field: { current: 'k1', keys: { k1: key() } },
    blindIndex: key(),
    audit: key(),
    link: key(),
    token: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Writes a key file that only its owner may read; refuses to overwrite one. */
export function writeKeyFile(path: string, file: KeyFile): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const handle = openSync(path, 'wx', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(file, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Loads the keys; outside production a missing file is made. Production never makes keys by itself.
 *
 * @throws StartRefusal when there are no keys, or none that may be used
 */
export function loadKeyRing(path: string, mayCreate: boolean): KeyRing {
  if (!existsSync(path)) {
    if (!mayCreate) {
      throw new StartRefusal(
        `Key file ${path} is missing; run the set-up command once (缺少密钥文件，请先运行初始化命令)`,
      );
    }
    writeKeyFile(path, newKeyFile());
  }
  const text = readFileSync(path, 'utf8');
  try {
    return new KeyRing(JSON.parse(text) as KeyFile);
  } catch (error) {
    // A parser quotes what it could not read: that is a secret. Our own messages name only the key.
    const reason = error instanceof Error && error.message.startsWith('Key file: ') ? error.message : 'not a key file';
    throw new StartRefusal(`Key file ${path} cannot be used: ${reason} (密钥文件无法使用，请从备份恢复)`);
  }
}
