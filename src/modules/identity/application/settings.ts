import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import type { PasswordPolicy } from '../domain/password-policy';
import { Setting } from '../persistence/account.entity';

const KEY = 'password-policy';

@Injectable()
export class Settings {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async passwordPolicy(tx: Tx): Promise<PasswordPolicy> {
    return (await tx.get(Setting, KEY)).value as unknown as PasswordPolicy;
  }

  async readPasswordPolicy() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'identity.read-password-policy');
      const row = await tx.get(Setting, KEY);
      return { ...(row.value as unknown as PasswordPolicy), version: row.version };
    });
  }

  async changePasswordPolicy(policy: PasswordPolicy) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'identity.change-password-policy');
      const row = await tx.lock(Setting, KEY);
      tx.checkVersion(row);
      await tx.update(Setting, KEY, { value: { ...policy }, changedBy: tx.actor.accountId, changedAt: tx.now });
      tx.audit({
        act: 'identity.change-password-policy',
        objectType: 'setting',
        details: { before: row.value, after: policy },
      });
      return { ...policy, version: row.version + 1 };
    });
  }
}
