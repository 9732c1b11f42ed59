import { Injectable } from '@nestjs/common';
import { DomainError, ROLE_NAMES, type Role, notFound, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { passwordFaults } from '../domain/password-policy';
import { mayHoldTogether, scopeOf } from '../domain/role-separation';
import { Account, AccountCredential, FormerPassword, RoleGrantRow } from '../persistence/account.entity';
import { hashPassword, passwordMatches } from './passwords';
import { Sessions } from './sessions';
import { Settings } from './settings';

interface OpenAccountCommand {
  readonly loginName: string;
  readonly displayName: string;
  readonly initialPassword: string;
  readonly homeOrganization?: string;
}

interface GrantCommand {
  readonly role: Role;
  readonly scopeId?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
}

interface AccountRow {
  readonly id: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly status: 'active' | 'disabled';
  readonly homeOrganization: string | null;
  readonly mustChangePassword: boolean;
  readonly version: number;
  readonly grants: {
    id: string;
    role: Role;
    scopeKind: string;
    scopeId: string | null;
    validFrom: string;
    validTo: string | null;
  }[];
}

/** Accounts and their roles, kept by the security administrator, who sees no cases. */
@Injectable()
export class KeepAccounts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly sessions: Sessions,
  ) {}

  async list(limit: number, after: string | undefined) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'identity.list-accounts');
      return tx.query<AccountRow>(
        `select a.id, a.login_name as "loginName", a.display_name as "displayName", a.status,
                a.home_organization as "homeOrganization", a.must_change_password as "mustChangePassword", a.version,
                coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'scopeKind', g.scope_kind,
                            'scopeId', g.scope_id, 'validFrom', g.valid_from, 'validTo', g.valid_to) order by g.valid_from, g.id)
                   from role_grant g where g.account_id = a.id and (g.valid_to is null or g.valid_to > $2)), '[]') as grants
           from account a where $1::text is null or a.login_name > $1 order by a.login_name limit $3`,
        [after ?? null, tx.now, limit + 1],
      );
    });
  }

  async open(command: OpenAccountCommand) {
    const { initialPassword, ...own } = command;
    return this.unitOfWork.prepareAndRun(
      async () => {
        await this.unitOfWork.read((tx) => {
          authorize(tx.actor, 'identity.open-account');
          return this.checkPassword(tx, initialPassword, own.loginName);
        });
        return hashPassword(initialPassword);
      },
      async (tx, passwordHash) => {
        authorize(tx.actor, 'identity.open-account');
        const id = uuidv7();
        await tx.insert(Account, { id, ...own, loginName: own.loginName.toLowerCase(), mustChangePassword: true });
        await tx.asSystem(() => tx.insert(AccountCredential, { accountId: id, passwordHash, changedAt: tx.now }));
        tx.audit({ act: 'identity.open-account', objectType: 'account', objectId: id });
        return { id, version: 1 };
      },
    );
  }

  /** Out at the next request: sessions end, rights are read from this row each time. */
  async disable(accountId: string, reason: string) {
    return this.changeStatus(accountId, 'disabled', 'identity.disable-account', reason);
  }

  async enable(accountId: string, reason: string) {
    return this.changeStatus(accountId, 'active', 'identity.enable-account', reason);
  }

  /** A new initial password, to be changed at the next login; all sessions end. */
  async resetPassword(accountId: string, initialPassword: string) {
    return this.unitOfWork.prepareAndRun(
      async () => {
        await this.unitOfWork.read(async (tx) => {
          authorize(tx.actor, 'identity.reset-password');
          const { loginName } = await tx.get(Account, accountId);
          await this.checkPassword(tx, initialPassword, loginName);
        });
        return hashPassword(initialPassword);
      },
      async (tx, passwordHash) => {
        authorize(tx.actor, 'identity.reset-password');
        const account = await tx.lock(Account, accountId);
        await this.replacePassword(tx, accountId, passwordHash);
        await tx.update(Account, accountId, { mustChangePassword: true });
        await this.sessions.endAll(tx, accountId, 'password-reset');
        await tx.asSystem(() => tx.query('delete from login_attempt where login_name = $1', [account.loginName]));
        tx.audit({ act: 'identity.reset-password', objectType: 'account', objectId: accountId });
        return { id: accountId, version: account.version + 1 };
      },
    );
  }

  /** Lifts the pause after failed logins. */
  async unblock(accountId: string) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'identity.unblock-account');
      const account = await tx.get(Account, accountId);
      await tx.asSystem(() => tx.query('delete from login_attempt where login_name = $1', [account.loginName]));
      tx.audit({ act: 'identity.unblock-account', objectType: 'account', objectId: accountId });
      return { id: accountId, version: account.version };
    });
  }

  /** One’s own new password. Other sessions end; former passwords do not come back. */
  async changeOwnPassword(current: string, next: string) {
    return this.unitOfWork.prepareAndRun(
      () => this.prepareOwnPassword(current, next),
      async (tx, { accountId, loginName, stored, passwordHash }) => {
        authorize(tx.actor, 'identity.change-password');
        // What the current password was held against must still be the stored one: a reset in between counts.
        if ((await this.replacePassword(tx, accountId, passwordHash)) !== stored) throw wrongCurrentPassword();
        await tx.update(Account, accountId, { mustChangePassword: false });
        const { principal } = tx.actor;
        await this.sessions.endAll(
          tx,
          accountId,
          'password-changed',
          principal.kind === 'account' ? principal.sessionId : null,
        );
        tx.audit({ act: 'identity.change-password', objectType: 'account', objectId: accountId });
        return { loginName };
      },
    );
  }

  async grant(accountId: string, command: GrantCommand) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'identity.grant-role');
      await tx.lock(Account, accountId);
      if (accountId === tx.actor.accountId)
        throw ruleViolation('identity.own-role', '不能为自己授予岗位，请由另一名安全管理员办理。');
      const scopeKind = scopeOf(command.role);
      if ((scopeKind === 'platform') !== (command.scopeId === undefined)) {
        throw ruleViolation(
          'identity.scope-needed',
          scopeKind === 'platform' ? '该岗位不限范围，请不要填写任职范围。' : '请选择任职范围。',
          '/scopeId',
        );
      }
      await this.checkScope(tx, scopeKind, command.scopeId);
      const held = await tx.query<{ role: Role }>(
        'select role from role_grant where account_id = $1 and (valid_to is null or valid_to > $2)',
        [accountId, tx.now],
      );
      if (
        !mayHoldTogether(
          held.map((h) => h.role),
          command.role,
        )
      ) {
        throw ruleViolation(
          'identity.separation-of-duties',
          '系统、安全、审计三员必须分设，且不得兼任办案岗位。',
          '/role',
        );
      }
      const id = uuidv7();
      await tx.insert(RoleGrantRow, {
        id,
        accountId,
        role: command.role,
        scopeKind,
        scopeId: command.scopeId ?? null,
        validFrom: command.validFrom === undefined ? tx.now : new Date(command.validFrom),
        validTo: command.validTo === undefined ? null : new Date(command.validTo),
        grantedBy: tx.actor.accountId,
      });
      tx.audit({
        act: 'identity.grant-role',
        objectType: 'account',
        objectId: accountId,
        details: {
          grantId: id,
          role: command.role,
          roleName: ROLE_NAMES[command.role],
          scopeId: command.scopeId ?? null,
        },
      });
      return { id };
    });
  }

  /** Ends a role at once. */
  async endGrant(grantId: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'identity.end-role');
      const grant = await tx.lock(RoleGrantRow, grantId);
      if (grant.validTo !== null && grant.validTo <= tx.now) {
        throw new DomainError('conflict', 'identity.role-ended', '该岗位已经结束。');
      }
      await tx.update(RoleGrantRow, grantId, { validTo: tx.now < grant.validFrom ? grant.validFrom : tx.now });
      tx.audit({
        act: 'identity.end-role',
        objectType: 'account',
        objectId: grant.accountId,
        details: { grantId, role: grant.role, reason },
      });
      return { id: grantId };
    });
  }

  /** Holds the current password against the stored one and the next against its predecessors, and hashes it. */
  private async prepareOwnPassword(current: string, next: string) {
    const { former, ...own } = await this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'identity.change-password');
      const accountId = tx.actor.accountId ?? '';
      const { loginName } = await tx.get(Account, accountId);
      await this.checkPassword(tx, next, loginName, '/newPassword');
      const { remembered } = await this.settings.passwordPolicy(tx);
      return tx.asSystem(async () => ({
        accountId,
        loginName,
        stored: (await tx.get(AccountCredential, accountId)).passwordHash,
        former: await tx.query<{ hash: string }>(
          'select password_hash as hash from former_password where account_id = $1 order by replaced_at desc limit $2',
          [accountId, remembered],
        ),
      }));
    });
    if (!(await passwordMatches(current, own.stored))) throw wrongCurrentPassword();
    for (const hash of [own.stored, ...former.map((f) => f.hash)]) {
      if (await passwordMatches(next, hash))
        throw ruleViolation('identity.password-used-before', '新密码不能与最近用过的密码相同。', '/newPassword');
    }
    return { ...own, passwordHash: await hashPassword(next) };
  }

  private async changeStatus(accountId: string, status: 'active' | 'disabled', act: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, act);
      const account = await tx.lock(Account, accountId);
      if (accountId === tx.actor.accountId) throw ruleViolation('identity.own-account', '不能停用或启用自己的账号。');
      if (account.status === status)
        throw new DomainError('conflict', 'identity.same-status', '账号已经是该状态，请刷新后核对。');
      await tx.update(Account, accountId, { status });
      if (status === 'disabled') await this.sessions.endAll(tx, accountId, 'disabled');
      tx.audit({ act, objectType: 'account', objectId: accountId, details: { reason } });
      return { id: accountId, version: account.version + 1 };
    });
  }

  private async checkPassword(
    tx: Tx,
    password: string,
    loginName: string,
    pointer = '/initialPassword',
  ): Promise<void> {
    const faults = passwordFaults(password, await this.settings.passwordPolicy(tx), loginName);
    if (faults.length > 0) throw ruleViolation('identity.weak-password', `${faults.join('；')}。`, pointer);
  }

  private async checkScope(tx: Tx, scopeKind: string, scopeId: string | undefined): Promise<void> {
    if (scopeId === undefined) return;
    const rows = await tx.query(
      `select 1 from center where $1 = 'center' and id = $2 union all select 1 from committee where $1 = 'committee' and id = $2
       union all select 1 from agency where $1 = 'agency' and id = $2 union all select 1 from org_unit where $1 = 'unit' and id = $2`,
      [scopeKind, scopeId],
    );
    if (rows.length === 0) throw notFound();
  }

  /** Answers with the hash that it replaced. */
  private async replacePassword(tx: Tx, accountId: string, passwordHash: string): Promise<string> {
    return tx.asSystem(async () => {
      const before = await tx.lock(AccountCredential, accountId);
      await tx.insert(FormerPassword, {
        id: uuidv7(),
        accountId,
        passwordHash: before.passwordHash,
        replacedAt: tx.now,
      });
      await tx.update(AccountCredential, accountId, { passwordHash, changedAt: tx.now });
      return before.passwordHash;
    });
  }
}

function wrongCurrentPassword(): DomainError {
  return ruleViolation('identity.wrong-current-password', '当前密码不正确，请重新输入。', '/currentPassword');
}
