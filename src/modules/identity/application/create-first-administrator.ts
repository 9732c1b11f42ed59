import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { passwordFaults } from '../domain/password-policy';
import { Account, AccountCredential, RoleGrantRow } from '../persistence/account.entity';
import { hashPassword } from './passwords';
import { Settings } from './settings';

interface FirstAdministrator {
  readonly loginName: string;
  readonly displayName: string;
  readonly password: string;
}

@Injectable()
export class CreateFirstAdministrator {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
  ) {}

  /** True while the installation has no account at all. */
  async isOpen(): Promise<boolean> {
    return this.unitOfWork.readAsSystem('set-up', async (tx) => {
      const rows = await tx.query('select 1 from account limit 1');
      return rows.length === 0;
    });
  }

  /**
   * Opens the first account, a security administrator who opens all others. Once: with any account there, 409. The
   * password was given by whoever ran the set-up, so it must be changed at the first login.
   */
  async execute({ loginName, displayName, password }: FirstAdministrator): Promise<{ readonly id: string }> {
    const passwordHash = await hashPassword(password);
    return this.unitOfWork.runAsSystem('set-up', async (tx) => {
      await tx.query('select pg_advisory_xact_lock(727003)');
      if ((await tx.query('select 1 from account limit 1')).length > 0) {
        throw new DomainError('conflict', 'identity.set-up-done', '系统已有账号，初始化只能进行一次。');
      }
      const faults = passwordFaults(password, await this.settings.passwordPolicy(tx), loginName);
      if (faults.length > 0) throw ruleViolation('identity.weak-password', `${faults.join('；')}。`);
      const id = uuidv7();
      await tx.insert(Account, { id, loginName: loginName.toLowerCase(), displayName, mustChangePassword: true });
      await tx.insert(AccountCredential, { accountId: id, passwordHash, changedAt: tx.now });
      await tx.insert(RoleGrantRow, {
        id: uuidv7(),
        accountId: id,
        role: 'security-admin',
        scopeKind: 'platform',
        validFrom: tx.now,
      });
      tx.audit({ act: 'identity.create-first-administrator', objectType: 'account', objectId: id });
      return { id };
    });
  }
}
