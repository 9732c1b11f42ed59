import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config';
import { DomainError, ruleViolation } from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import {
  SealingError,
  type SigningKey,
  chainOfPem,
  importIdentity,
  readProviderChain,
  readTokenChain,
  signerFor,
} from '../../../platform/pdf/sign';
import type { SealOrigin } from '../domain/seal-lifecycle';
import type { CommitteeSeal } from '../persistence/seal.entity';

/** What a new seal's key is shown to do before it is believed. */
const TRIAL = Buffer.from('trial signature of a seal being installed');

/** Where the seals' keys lie: here, encrypted, or on a token or at a signing service that the operator has set up. */
@Injectable()
export class SealKeys {
  constructor(
    private readonly keys: KeyRing,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Where the key of a new seal may come from, as this installation is set up. */
  origins(): readonly SealOrigin[] {
    const { mode, signingToken, signingProvider } = this.config;
    return [
      'pkcs12',
      ...(signingToken === undefined ? [] : (['token'] as const)),
      ...(signingProvider === undefined ? [] : (['provider'] as const)),
      ...(mode === 'production' ? [] : (['demo'] as const)),
    ];
  }

  /** All that is needed to sign with a seal. @throws DomainError when its device or service is not set up any more */
  open(seal: Pick<CommitteeSeal, 'id' | 'origin' | 'keyName' | 'privateKeyEncrypted' | 'certificatesPem'>): SigningKey {
    const { id, origin, keyName, privateKeyEncrypted, certificatesPem } = seal;
    if (privateKeyEncrypted !== null) {
      const privateKeyPem = this.keys.decrypt(privateKeyEncrypted, `committee_seal.private_key:${id}`);
      return importIdentity({ privateKeyPem, certificatesPem });
    }
    return this.elsewhere(origin, keyName ?? '', chainOfPem(certificatesPem));
  }

  /**
   * The key of a token or a service under its name, with its certificates, after a trial signature.
   *
   * @throws DomainError 422 naming what the operator should look at
   */
  async find(origin: 'token' | 'provider', keyName: string | undefined): Promise<SigningKey> {
    if (keyName === undefined) {
      throw ruleViolation(
        'seals.key-name-missing',
        '请填写密钥名称：密码设备里的标签，或签名服务给的密钥编号。',
        '/keyName',
      );
    }
    const { signingToken, signingProvider } = this.config;
    try {
      const chain =
        origin === 'token'
          ? await readTokenChain(signingToken ?? notSetUp(origin), keyName)
          : await readProviderChain(signingProvider ?? notSetUp(origin), keyName);
      const key = this.elsewhere(origin, keyName, chain);
      await signerFor(key).sign(TRIAL);
      return key;
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
      throw ruleViolation(sealingCode(error), error.message, '/keyName');
    }
  }

  private elsewhere(origin: SealOrigin, keyName: string, chain: readonly Uint8Array[]): SigningKey {
    const { signingToken, signingProvider } = this.config;
    return origin === 'token'
      ? { token: signingToken ?? notSetUp(origin), label: keyName, chain }
      : { provider: signingProvider ?? notSetUp(origin), credential: keyName, chain };
  }
}

/** The reason as the interface names it, e.g. `seals.signer-unreachable`. */
export const sealingCode = (error: SealingError): string => `seals.${error.code.toLowerCase().replaceAll('_', '-')}`;

function notSetUp(origin: SealOrigin): never {
  throw new DomainError(
    'conflict',
    'seals.signer-not-set-up',
    origin === 'token'
      ? '系统没有配置密码设备，不能使用设备里的密钥。请联系系统管理员。'
      : '系统没有配置签名服务，不能使用该服务的密钥。请联系系统管理员。',
  );
}
