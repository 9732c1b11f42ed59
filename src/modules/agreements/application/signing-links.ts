import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { DomainError, ruleViolation } from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import type { IdentityCheck } from '../domain/dictionaries';
import { SigningLink } from '../persistence/signing.entity';
import { AgreementBook } from './agreement-book';
import { refuseElectronic } from './draft-agreement';
import { SignAgreement, slotNamed } from './sign-agreement';

export interface IssuedLink {
  readonly id: string;
  readonly slot: string;
  readonly signerName: string;
  /** Shown this once; only its keyed digest is kept. */
  readonly token: string;
  readonly expiresAt: string;
}

const DAY = 86_400_000;
const LONGEST = 7 * DAY;

/** One-time links for those who cannot come. */
@Injectable()
export class SigningLinks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
    private readonly book: AgreementBook,
    private readonly signing: SignAgreement,
  ) {}

  /** Makes a link for one place. A new one takes the place of any that was not used. */
  async issue(
    agreementId: string,
    command: {
      readonly slot: string;
      readonly expiresAt: string;
      readonly identityCheck: IdentityCheck;
      readonly identityNote?: string;
    },
  ): Promise<IssuedLink> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.lock(tx, agreementId, 'issue-link');
      refuseElectronic(open);
      this.book.next(open, 'issue-link', tx.now);
      const { agreement } = open;
      const slot = slotNamed(open, command.slot, '/slot');
      const expiresAt = new Date(command.expiresAt);
      if (expiresAt <= tx.now || expiresAt.getTime() - tx.now.getTime() > LONGEST) {
        throw ruleViolation('agreements.link-period', '链接的有效期应在七天以内，请重新选择截止时间。', '/expiresAt');
      }
      if (slot.accountId !== null) {
        throw ruleViolation('agreements.link-for-parties', '调解员、记录人请登录本人账号签名，不发链接。', '/slot');
      }
      if (slot.state !== 'open') {
        throw new DomainError(
          'conflict',
          'agreements.slot-signed',
          `${slot.signsFor}处已经签过或已失效，请刷新后查看。`,
        );
      }
      if (command.identityCheck === 'own-account') {
        throw ruleViolation('agreements.identity-check', '请选择如何核实链接确实交到本人手中。', '/identityCheck');
      }
      await this.signing.refuseWrongSigner(tx, open, slot);
      await tx.query(
        'update signing_link set revoked_at = $2 where slot_id = $1 and used_at is null and revoked_at is null',
        [slot.id, tx.now],
      );
      const token = randomBytes(32).toString('base64url');
      const id = uuidv7();
      await tx.insert(SigningLink, {
        id,
        disputeId: agreement.disputeId,
        agreementId,
        slotId: slot.id,
        digest: this.keys.linkDigest(token),
        contentHash: agreement.contentHash ?? '',
        identityCheck: command.identityCheck,
        identityNote: command.identityNote ?? null,
        createdBy: tx.actor.accountId ?? '',
        createdAt: tx.now,
        expiresAt,
      });
      await this.book.record(tx, open, 'issue-link', {
        details: { slot: slot.slot, linkId: id, expiresAt: expiresAt.toISOString() },
      });
      return { id, slot: slot.slot, signerName: slot.signerName, token, expiresAt: expiresAt.toISOString() };
    });
  }
}
