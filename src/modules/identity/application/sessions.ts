import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { createHash, randomBytes } from 'node:crypto';
import { DomainError } from '../../../kernel';
import { TOKEN_TYPE, authorize } from '../../../platform/auth';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork, currentContext, uuidv7 } from '../../../platform/database';
import { isExpired, pauseMinutes } from '../domain/password-policy';
import { LoginSession, RefreshToken } from '../persistence/account.entity';
import { passwordMatches } from './passwords';
import { Settings } from './settings';

const SESSION_HOURS = 12;
const IDLE_MINUTES = 30;
/** Two tabs may present the same token within this time; both get the same successor. */
const GRACE_SECONDS = 10;
const ACCESS_TOKEN_SECONDS = 600;
/** Failures from one address over all names: far above what an office behind one address mistypes, far below a dictionary. */
const ADDRESS_FAILURES = 100;
const ADDRESS_MINUTES = 15;
const AT_HOME_DAYS = 30;
const ATTEMPTS_KEPT_DAYS = 2;

export interface OpenSession {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  /** Goes into the cookie, never into a body. */
  readonly refreshToken: string;
}

interface Credential {
  readonly id: string;
  readonly passwordHash: string;
  readonly changedAt: Date;
}

interface TokenRow {
  readonly digest: string;
  readonly sessionId: string;
  readonly usedAt: Date | null;
  readonly accountId: string;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly status: string;
}

/** Login, its rotation and its end. */
@Injectable()
export class Sessions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jwt: JwtService,
    private readonly keys: KeyRing,
    private readonly settings: Settings,
  ) {}

  /**
   * Opens a session. Unknown name, wrong password and disabled account answer alike and take the same time; after too
   * many failures from one address further tries from there pause (429), others are not locked out by them: for a name
   * by the password policy, for all names when they are tried out one after the other.
   */
  async logIn(loginName: string, password: string): Promise<OpenSession> {
    const name = loginName.toLowerCase();
    const address = currentContext().address ?? 'unknown';
    const { credential, isPaused } = await this.unitOfWork.readAsSystem('log-in', async (tx) => {
      const [attempt] = await tx.query<{ blockedUntil: Date | null }>(
        'select blocked_until as "blockedUntil" from login_attempt where login_name = $1 and address = $2',
        [name, address],
      );
      // Whoever has lately logged in from there goes on: nobody locks an office out by typing wrong passwords in it.
      const { sprayed } = await tx.one<{ sprayed: boolean }>(
        `select coalesce(sum(failures), 0) >= ${ADDRESS_FAILURES}
                and not exists (select 1 from login_session s join account a on a.id = s.account_id
                                 where a.login_name = $3 and s.address = $1
                                   and s.created_at > $2::timestamptz - make_interval(days => ${AT_HOME_DAYS})) as sprayed
           from login_attempt
          where address = $1 and last_failed_at > $2::timestamptz - make_interval(mins => ${ADDRESS_MINUTES})`,
        [address, tx.now, name],
      );
      const [row] = await tx.query<Credential>(
        `select a.id, c.password_hash as "passwordHash", c.changed_at as "changedAt"
           from account a join account_credential c on c.account_id = a.id
          where a.login_name = $1 and a.status = 'active'`,
        [name],
      );
      const blocked = attempt?.blockedUntil ?? null;
      return { credential: row, isPaused: sprayed || (blocked !== null && blocked > tx.now) };
    });
    if (isPaused) throw tooManyFailures();
    if (!(await passwordMatches(password, credential?.passwordHash)) || !credential) {
      await this.noteFailure(name, address);
      throw new DomainError('unauthenticated', 'identity.wrong-credentials', '用户名或密码不正确，请重新输入。');
    }
    return this.open(name, address, credential);
  }

  /** Exchanges a refresh token for its successor and a new access token. An old token used again ends the session. */
  async refresh(token: string): Promise<OpenSession> {
    const outcome = await this.unitOfWork.runAsSystem('refresh', async (tx) => {
      const [row] = await tx.query<TokenRow>(
        `select t.digest, t.session_id as "sessionId", t.used_at as "usedAt", s.account_id as "accountId",
                s.last_used_at as "lastUsedAt", s.expires_at as "expiresAt", s.revoked_at as "revokedAt", a.status
           from refresh_token t join login_session s on s.id = t.session_id join account a on a.id = s.account_id
          where t.digest = $1 for update of t, s`,
        [digest(token)],
      );
      if (!row || row.revokedAt !== null || row.status !== 'active' || row.expiresAt <= tx.now) return null;
      const usedSeconds = row.usedAt === null ? 0 : (tx.now.getTime() - row.usedAt.getTime()) / 1000;
      if (usedSeconds > GRACE_SECONDS) {
        await this.revoke(tx, row.sessionId, 'token-reuse');
        tx.audit({
          act: 'identity.end-session',
          objectType: 'account',
          objectId: row.accountId,
          details: { sessionId: row.sessionId, reason: 'token-reuse' },
        });
        return null;
      }
      if (tx.now.getTime() - row.lastUsedAt.getTime() > IDLE_MINUTES * 60_000) {
        await this.revoke(tx, row.sessionId, 'idle');
        return null;
      }
      const successor = this.successor(token);
      if (row.usedAt === null) {
        await tx.query('update refresh_token set used_at = $2 where digest = $1', [row.digest, tx.now]);
        await tx.insert(RefreshToken, { digest: digest(successor), sessionId: row.sessionId, issuedAt: tx.now });
        await tx.update(LoginSession, row.sessionId, { lastUsedAt: tx.now });
      }
      return { accountId: row.accountId, sessionId: row.sessionId, refreshToken: successor };
    });
    if (outcome === null) throw new DomainError('unauthenticated', 'session-ended', '登录已失效，请重新登录。');
    return this.withAccessToken(outcome.accountId, outcome.sessionId, outcome.refreshToken);
  }

  /** Ends the session the caller is in. */
  async logOut(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'identity.log-out');
      const { principal } = tx.actor;
      if (principal.kind !== 'account' || principal.sessionId === null) return;
      await this.revoke(tx, principal.sessionId, 'logout');
      tx.audit({ act: 'identity.log-out', objectType: 'account', objectId: tx.actor.accountId });
    });
  }

  /** Ends all sessions of an account, except one. */
  async endAll(tx: Tx, accountId: string, reason: string, exceptSessionId: string | null = null): Promise<void> {
    await tx.query(
      `update login_session set revoked_at = $2, revoked_reason = $3
        where account_id = $1 and revoked_at is null and id is distinct from $4`,
      [accountId, tx.now, reason, exceptSessionId],
    );
  }

  private async open(name: string, address: string, credential: Credential): Promise<OpenSession> {
    const { userAgent } = currentContext();
    const sessionId = uuidv7();
    const refreshToken = randomBytes(32).toString('base64url');
    await this.unitOfWork.runAsSystem('log-in', async (tx) => {
      // Guesses sent all at once were let in before any of them had failed: the pause they earned holds for the right one too.
      const [attempt] = await tx.query<{ blockedUntil: Date | null }>(
        'delete from login_attempt where login_name = $1 and address = $2 returning blocked_until as "blockedUntil"',
        [name, address],
      );
      if (attempt?.blockedUntil && attempt.blockedUntil > tx.now) throw tooManyFailures();
      await tx.insert(LoginSession, {
        id: sessionId,
        accountId: credential.id,
        createdAt: tx.now,
        lastUsedAt: tx.now,
        expiresAt: new Date(tx.now.getTime() + SESSION_HOURS * 3_600_000),
        address,
        userAgent,
      });
      await tx.insert(RefreshToken, { digest: digest(refreshToken), sessionId, issuedAt: tx.now });
      if (isExpired(credential.changedAt, await this.settings.passwordPolicy(tx), tx.now)) {
        await tx.query('update account set must_change_password = true where id = $1', [credential.id]);
      }
      tx.audit({ act: 'identity.log-in', objectType: 'account', objectId: credential.id, details: { sessionId } });
    });
    return this.withAccessToken(credential.id, sessionId, refreshToken);
  }

  private async noteFailure(name: string, address: string): Promise<void> {
    await this.unitOfWork.runAsSystem('log-in', async (tx) => {
      const { failures } = await tx.one<{ failures: number }>(
        `insert into login_attempt as l (login_name, address, failures, last_failed_at) values ($1, $2, 1, $3)
         on conflict (login_name, address) do update set failures = l.failures + 1, last_failed_at = $3 returning failures`,
        [name, address, tx.now],
      );
      const minutes = pauseMinutes(failures, await this.settings.passwordPolicy(tx));
      if (minutes > 0) {
        await tx.query(
          'update login_attempt set blocked_until = $3::timestamptz + make_interval(mins => $4) where login_name = $1 and address = $2',
          [name, address, tx.now, minutes],
        );
      }
      await tx.query(
        `delete from login_attempt where (login_name, address) in (select login_name, address from login_attempt
           where last_failed_at < $1::timestamptz - make_interval(days => ${ATTEMPTS_KEPT_DAYS}) limit 100)`,
        [tx.now],
      );
      tx.audit({ act: 'identity.log-in-failed', objectType: 'login', details: { failures, blockedMinutes: minutes } });
    });
  }

  private async revoke(tx: Tx, sessionId: string, reason: string): Promise<void> {
    await tx.update(LoginSession, sessionId, { revokedAt: tx.now, revokedReason: reason });
  }

  private async withAccessToken(accountId: string, sessionId: string, refreshToken: string): Promise<OpenSession> {
    const accessToken = await this.jwt.signAsync({ sub: accountId, sid: sessionId, typ: TOKEN_TYPE });
    return { accessToken, expiresInSeconds: ACCESS_TOKEN_SECONDS, refreshToken };
  }

  /** The next token is a keyed function of this one: two tabs get the same, nobody without the key can compute it. */
  private successor(token: string): string {
    return this.keys.linkDigest(`refresh:${token}`);
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function tooManyFailures(): DomainError {
  return new DomainError(
    'too-many',
    'identity.too-many-failures',
    '登录失败次数过多，请稍后再试，或请安全管理员解除限制。',
  );
}
