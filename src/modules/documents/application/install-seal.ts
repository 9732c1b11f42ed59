import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config';
import { ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import {
  type Identity,
  SealingError,
  type SigningKey,
  exportIdentity,
  issueCommitteeCertificate,
  issueRoot,
  issueTimestampCertificate,
  openPkcs12Identity,
  pemOfChain,
  signerFor,
  signerOf,
} from '../../../platform/pdf/sign';
import { Organizations } from '../../organizations';
import type { SealOrigin } from '../domain/seal-lifecycle';
import { CommitteeSeal, DemoAuthority } from '../persistence/seal.entity';
import { demoAuthority } from './demo-authority';
import { SealKeys, sealingCode } from './seal-keys';
import { certificateFacts } from './seal-material';
import { sealView } from './seal-view';
import { TrustAnchors } from './trust-anchors';

interface NewSeal {
  readonly origin: SealOrigin;
  /** Digits engraved on the seal; none when left out. */
  readonly code?: string;
  readonly requiresSecondPerson: boolean;
  /** Base64 of the .p12 and its password, for origin `pkcs12`. */
  readonly pkcs12?: string;
  readonly password?: string;
  /** Label on the token or identifier at the service, for origins `token` and `provider`. */
  readonly keyName?: string;
}

const YEAR = 365 * 86_400_000;

/** Installs a committee's electronic seal; a seal in use before is retired by it. */
@Injectable()
export class InstallSeal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly organizations: Organizations,
    private readonly keys: KeyRing,
    private readonly sealKeys: SealKeys,
    private readonly anchors: TrustAnchors,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async execute(committeeId: string, order: NewSeal) {
    // Opening a .p12 is slow by design (password stretching), and a token or a service takes its time: before the transaction,
    // but only for somebody who may.
    const prepare = async (): Promise<SigningKey | null> => {
      await this.unitOfWork.read((tx) => this.allowed(tx, committeeId));
      return this.givenKey(order);
    };
    return this.unitOfWork.prepareAndRun(prepare, async (tx, given) => {
      const committee = await this.allowed(tx, committeeId);
      const key = given ?? (await this.demoIdentity(tx, committee.name));
      const seal = await this.enter(tx, committeeId, committee.name, order, key);
      tx.audit({
        act: 'seals.install',
        objectType: 'committee-seal',
        objectId: seal.id,
        chain: committee.centerId,
        details: {
          committeeId,
          origin: order.origin,
          serialNumber: seal.serialNumber,
          requiresSecondPerson: order.requiresSecondPerson,
        },
      });
      return sealView(seal, tx.now);
    });
  }

  private async allowed(tx: Tx, committeeId: string) {
    const committee = await this.organizations.committee(tx, committeeId);
    authorize(tx.actor, 'seals.install', { committeeId });
    return committee;
  }

  /** The key that came with the order or lies where the order says; null for a demonstration's, which is made. */
  private async givenKey(order: NewSeal): Promise<SigningKey | null> {
    if (order.origin === 'token' || order.origin === 'provider') return this.sealKeys.find(order.origin, order.keyName);
    if (order.keyName !== undefined) {
      throw ruleViolation(
        'seals.key-name-not-needed',
        '密钥名称只在证书来源为密码设备或签名服务时填写，请去掉。',
        '/keyName',
      );
    }
    return order.origin === 'pkcs12' ? importPkcs12(order) : null;
  }

  private async enter(
    tx: Tx,
    committeeId: string,
    name: string,
    order: NewSeal,
    key: SigningKey,
  ): Promise<CommitteeSeal> {
    const certificatesPem = pemOfChain(key.chain);
    const facts = certificateFacts(certificatesPem);
    if (facts.validTo <= tx.now) {
      throw ruleViolation(
        'seals.certificate-expired',
        '该证书已过期，请使用在有效期内的证书。',
        order.origin === 'pkcs12' ? '/pkcs12' : '/keyName',
      );
    }
    await tx.query(
      `update committee_seal set state = 'retired', retired_at = $2, retired_by = $3, retire_reason = '换装新的印章证书', version = version + 1
        where committee_id = $1 and state = 'active'`,
      [committeeId, tx.now, tx.actor.accountId],
    );
    const id = uuidv7();
    await tx.insert(CommitteeSeal, {
      id,
      committeeId,
      name,
      code: order.code ?? '',
      origin: order.origin,
      algorithm: signerFor(key).algorithm,
      certificatesPem,
      privateKeyEncrypted:
        'privateKey' in key
          ? this.keys.encrypt(exportIdentity(key).privateKeyPem, `committee_seal.private_key:${id}`)
          : null,
      keyName: 'privateKey' in key ? null : (order.keyName ?? null),
      subjectName: facts.subjectName,
      issuerName: facts.issuerName,
      serialNumber: facts.serialNumber,
      validFrom: facts.validFrom,
      validTo: facts.validTo,
      requiresSecondPerson: order.requiresSecondPerson,
      installedBy: tx.actor.accountId,
      installedAt: tx.now,
      state: 'active',
      retiredAt: null,
      retiredBy: null,
      retireReason: null,
      version: 1,
    });
    const top = key.chain.at(-1);
    const topFacts = top === undefined ? null : certificateFacts(Buffer.from(top));
    // A file without the authority's own certificate says nothing about whom to believe; the root is then added apart.
    if (topFacts?.isAuthority) await this.anchors.enter(tx, 'seal', topFacts);
    return tx.get(CommitteeSeal, id);
  }

  /** A committee certificate under the demonstration's root, which is made when it is first needed. */
  private async demoIdentity(tx: Tx, committeeName: string): Promise<Identity> {
    if (this.config.mode === 'production') {
      throw ruleViolation(
        'seals.demo-refused',
        '正式环境不能使用演示证书。请导入电子认证服务机构签发的证书文件（.p12）（电子签名法第十六条）。',
        '/origin',
      );
    }
    const root = await this.demoRoot(tx);
    return issueCommitteeCertificate(root, { commonName: committeeName, key: 'P-256', ...period(tx.now, 5) });
  }

  private async demoRoot(tx: Tx): Promise<Identity> {
    // Two first installations at once would make two roots.
    await tx.query('select pg_advisory_xact_lock(727003)');
    const kept = await demoAuthority(tx, this.keys, 'root');
    if (kept) return kept;
    const root = await issueRoot({ commonName: '综治中心演示根证书（仅供培训）', key: 'P-256', ...period(tx.now, 10) });
    const timestamp = await issueTimestampCertificate(root, {
      commonName: '综治中心演示时间戳（仅供培训）',
      key: 'P-256',
      ...period(tx.now, 10),
    });
    await this.keepAuthority(tx, 'root', root);
    await this.keepAuthority(tx, 'timestamp', timestamp);
    return root;
  }

  private async keepAuthority(tx: Tx, kind: DemoAuthority['kind'], identity: Identity): Promise<void> {
    const { privateKeyPem, certificatesPem } = exportIdentity(identity);
    await tx.insert(DemoAuthority, {
      kind,
      certificatesPem,
      privateKeyEncrypted: this.keys.encrypt(privateKeyPem, `demo_authority.private_key:${kind}`),
      createdAt: tx.now,
    });
  }
}

/** From a year back, so that a training system whose clock is set to an earlier day can seal too. */
function period(now: Date, years: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now.getTime() - YEAR), notAfter: new Date(now.getTime() + years * YEAR) };
}

async function importPkcs12({ pkcs12, password }: NewSeal): Promise<Identity> {
  if (pkcs12 === undefined || password === undefined) {
    throw ruleViolation('seals.pkcs12-missing', '请选择印章证书文件（.p12）并填写其口令。', '/pkcs12');
  }
  try {
    const identity = await openPkcs12Identity(Buffer.from(pkcs12, 'base64'), password);
    // Refuses a key that could not sign later.
    signerOf(identity);
    return identity;
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    throw ruleViolation(sealingCode(error), error.message, '/pkcs12');
  }
}
