import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { DomainError } from '../../../kernel';
import { TOKEN_TYPE } from '../../../platform/auth';
import { UnitOfWork, currentContext, uuidv7 } from '../../../platform/database';
import { LoginSession } from '../persistence/account.entity';
import { passwordMatches } from './passwords';

const SESSION_HOURS = 12;

export interface LogInResult {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
}

@Injectable()
export class LogIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jwt: JwtService,
  ) {}

  /** A session and its first access token. Unknown name and wrong password answer alike, in the same time. */
  async execute(loginName: string, password: string): Promise<LogInResult> {
    const account = await this.unitOfWork.readAsSystem('log-in', async (tx) => {
      const [row] = await tx.query<{ id: string; passwordHash: string }>(
        `select a.id, c.password_hash as "passwordHash" from account a join account_credential c on c.account_id = a.id
          where a.login_name = lower($1) and a.status = 'active'`,
        [loginName],
      );
      return row;
    });
    if (!(await passwordMatches(password, account?.passwordHash)) || !account) {
      throw new DomainError('unauthenticated', 'identity.wrong-credentials', '用户名或密码不正确，请重新输入。');
    }
    const context = currentContext();
    const sessionId = uuidv7();
    await this.unitOfWork.runAsSystem('log-in', async (tx) => {
      await tx.insert(LoginSession, {
        id: sessionId,
        accountId: account.id,
        createdAt: tx.now,
        lastUsedAt: tx.now,
        expiresAt: new Date(tx.now.getTime() + SESSION_HOURS * 3_600_000),
        address: context.address,
        userAgent: context.userAgent,
      });
      tx.audit({ act: 'identity.log-in', objectType: 'account', objectId: account.id, details: { sessionId } });
    });
    const accessToken = await this.jwt.signAsync({ sub: account.id, sid: sessionId, typ: TOKEN_TYPE });
    return { accessToken, expiresInSeconds: 600 };
  }
}
