import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { toString as drawQrCode } from 'qrcode';
import { CONFIG, type Config } from '../../../config';
import { CHECK_CODE_BYTES, makeCheckCode } from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { summonsLifecycle } from '../domain/summons-lifecycle';
import { SIGN_IN_CODE_MINUTES } from '../domain/terms';
import { SummonsSignInCode } from '../persistence/summons.entity';
import { SummonsLedger } from './summons-ledger';

/** Digest under which a sign-in code is kept. */
export function signInDigest(keys: KeyRing, code: string): string {
  return keys.linkDigest(`summons-sign-in:${code}`);
}

@Injectable()
export class ShowSignInCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
    private readonly keys: KeyRing,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Makes a code for the screen of the room: good for one person, for some minutes. */
  async execute(summonsId: string) {
    const shown = await this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockSummons(tx, summonsId, 'summons.show-sign-in-code');
      const { summons } = locked;
      summonsLifecycle.next('show-sign-in-code', await this.ledger.snapshotOf(tx, locked), tx.now);
      const code = makeCheckCode(randomBytes(CHECK_CODE_BYTES));
      const id = uuidv7();
      const expiresAt = new Date(tx.now.getTime() + SIGN_IN_CODE_MINUTES * 60_000);
      await tx.insert(SummonsSignInCode, {
        id,
        disputeId: summons.disputeId,
        summonsId,
        digest: signInDigest(this.keys, code),
        shownBy: tx.actor.accountId ?? '',
        shownAt: tx.now,
        expiresAt,
      });
      tx.audit({
        act: 'summons.show-sign-in-code',
        objectType: 'summons',
        objectId: summonsId,
        disputeId: summons.disputeId,
        chain: summons.centerId,
        details: { codeId: id },
      });
      return { code, expiresAt: expiresAt.toISOString() };
    });
    const address = `${this.config.publicUrl}/arrive/${shown.code}`;
    return { ...shown, qrCode: await drawQrCode(address, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' }) };
  }
}
