import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config';
import { DomainError, ruleViolation } from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork } from '../../../platform/database';
import {
  HttpTimestampAuthority,
  type SealBox,
  type SealedPdf,
  SealingError,
  type TimestampAuthority,
} from '../../../platform/pdf/sign';
import { SigningPool } from '../../../platform/pdf/signing-pool';
import { demoAuthority } from './demo-authority';
import { SealKeys, sealingCode } from './seal-keys';
import { breaksTwoPersonRule, sealProblem, secondPersonRequired } from '../domain/seal-lifecycle';
import type { CommitteeSeal } from '../persistence/seal.entity';
import type { DraftedPaper, SealRequest, SealedPaper } from './paper-types';

type UsableSeal = Pick<
  CommitteeSeal,
  | 'id'
  | 'name'
  | 'code'
  | 'certificatesPem'
  | 'origin'
  | 'keyName'
  | 'privateKeyEncrypted'
  | 'state'
  | 'validFrom'
  | 'validTo'
  | 'requiresSecondPerson'
> & { readonly centerName: string };

/** The committees' electronic seals, for the modules that seal papers. Keys are opened in memory, for one signature. */
@Injectable()
export class Seals {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
    private readonly sealKeys: SealKeys,
    private readonly pool: SigningPool,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** True when a service outside should timestamp seals, so that a missing timestamp is worth asking for again. */
  get expectsTimestamps(): boolean {
    return this.config.timestampAuthorityUrl !== undefined;
  }

  /**
   * Refuses early what `Papers.keep` would refuse: no seal, a certificate out of its time, or one person where two are needed.
   *
   * @param requestedBy who asked for the seal; the actor of `tx` is the one who seals
   */
  async check(tx: Tx, committeeId: string, requestedBy?: string | null): Promise<void> {
    const [seal] = await tx.query<Pick<CommitteeSeal, 'id' | 'validFrom' | 'validTo' | 'requiresSecondPerson'>>(
      `select id, valid_from as "validFrom", valid_to as "validTo", requires_second_person as "requiresSecondPerson"
         from app.active_seal($1)`,
      [committeeId],
    );
    if (!seal) throw noSeal();
    refuseUnusable({ ...seal, state: 'active' }, tx.now);
    if (breaksTwoPersonRule(seal.requiresSecondPerson, requestedBy, tx.actor.accountId)) throw secondPersonRequired();
  }

  /** What is engraved on the committee's seal. Call it outside a transaction. */
  async inscription(committeeId: string): Promise<{ name: string; code: string }> {
    const { name, code } = await this.unitOfWork.readAsSystem('seal-inscription', (tx) => activeSeal(tx, committeeId));
    return { name, code };
  }

  /**
   * Seals a drawn paper: certification signature with the red seal as its appearance, in the worker pool. Call it outside a
   * transaction. A timestamp service that does not answer does not prevent it.
   *
   * @throws DomainError when the committee has no usable seal or the paper no place for one
   */
  async seal(drafted: DraftedPaper, request: SealRequest): Promise<SealedPaper> {
    const { seal, timestampKey } = await this.unitOfWork.readAsSystem('seal', async (tx) => ({
      seal: await activeSeal(tx, request.committeeId),
      timestampKey: this.expectsTimestamps ? null : await demoAuthority(tx, this.keys, 'timestamp'),
    }));
    refuseUnusable(seal, request.signingTime);
    const key = this.sealKeys.open(seal);
    const url = this.config.timestampAuthorityUrl;
    const sealed = await this.inPool(() =>
      this.pool.seal({
        bytes: drafted.bytes,
        key,
        tsa: url === undefined ? (timestampKey ?? undefined) : { url },
        options: {
          reason: request.purpose,
          location: seal.centerName,
          name: seal.name,
          signingTime: request.signingTime,
          box: placeOf(drafted, seal.name),
          appearance: { committeeName: seal.name, code: seal.code },
        },
      }),
    );
    return {
      bytes: Buffer.from(sealed.pdf.buffer, sealed.pdf.byteOffset, sealed.pdf.byteLength),
      sha256: sealed.sha256,
      sealId: seal.id,
      committeeId: request.committeeId,
      requiresSecondPerson: seal.requiresSecondPerson,
      purpose: request.purpose,
      sealedAt: request.signingTime,
      level: sealed.level,
      timestampProblem: sealed.timestamp.obtained ? null : sealed.timestamp.message,
    };
  }

  /** The configured timestamp service; null when there is none outside this program. */
  timestampService(): TimestampAuthority | null {
    const url = this.config.timestampAuthorityUrl;
    return url === undefined ? null : new HttpTimestampAuthority({ url });
  }

  private async inPool(work: () => Promise<SealedPdf>): Promise<SealedPdf> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
      throw new DomainError('conflict', sealingCode(error), error.message);
    }
  }
}

async function activeSeal(tx: Tx, committeeId: string): Promise<UsableSeal> {
  const [seal] = await tx.query<UsableSeal>(
    `select s.id, s.name, s.code, s.certificates_pem as "certificatesPem", s.private_key_encrypted as "privateKeyEncrypted",
            s.origin, s.key_name as "keyName",
            s.state, s.valid_from as "validFrom", s.valid_to as "validTo", s.requires_second_person as "requiresSecondPerson",
            e.name as "centerName"
       from committee_seal s join committee c on c.id = s.committee_id join center e on e.id = c.center_id
      where s.committee_id = $1 and s.state = 'active'`,
    [committeeId],
  );
  if (!seal) throw noSeal();
  return seal;
}

function noSeal(): DomainError {
  return new DomainError(
    'conflict',
    'seals.none',
    '该调委会还没有可用的电子印章。请联系系统管理员装入印章证书，或先打印后加盖实物印章。',
  );
}

function refuseUnusable(seal: Pick<CommitteeSeal, 'state' | 'validFrom' | 'validTo'>, at: Date): void {
  const problem = sealProblem(seal, at);
  if (problem !== null) throw new DomainError('conflict', 'seals.not-usable', problem);
}

/** The place printed for this committee; the first one where the template does not name it. */
function placeOf(drafted: DraftedPaper, committeeName: string): SealBox {
  const place = drafted.sealBoxes.find((box) => box.organisation.includes(committeeName)) ?? drafted.sealBoxes[0];
  if (!place) throw ruleViolation('seals.no-place', '该文书没有盖章的位置，不能加盖电子印章。');
  const { page, x, y, w, h } = place;
  return { page, x, y, w, h };
}
