import '../policies';
import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../../../config';
import { DomainError } from '../../../kernel';
import { Act, WithoutEffect } from '../../../platform/auth';
import { ReadSelf } from '../application/read-self';
import { type OpenSession, Sessions } from '../application/sessions';
import { LogInRequest } from './identity.request';
import { LogInResponse, SelfResponse } from './identity.response';

const COOKIE_HOURS = 12;

@ApiTags('登录')
@Controller('session')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly readSelf: ReadSelf,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @HttpCode(200)
  @WithoutEffect()
  @Act('identity.log-in', {
    description: '成功后返回短期访问令牌，续期令牌放在仅供本站使用的 Cookie 中。',
    problems: ['identity.wrong-credentials', 'identity.too-many-failures'],
  })
  @ApiOkResponse({ type: LogInResponse })
  async logIn(@Body() body: LogInRequest, @Res({ passthrough: true }) response: Response): Promise<LogInResponse> {
    return this.keep(response, await this.sessions.logIn(body.loginName, body.password));
  }

  @Post('refresh')
  @HttpCode(200)
  @WithoutEffect()
  @Act('identity.refresh', {
    description: '每个续期令牌只用一次；旧令牌再次出现时，整个登录作废。',
    problems: ['session-ended'],
  })
  @ApiOkResponse({ type: LogInResponse })
  async refresh(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<LogInResponse> {
    this.checkOrigin(request);
    const token = cookieOf(request, this.cookieName);
    if (token === undefined) throw new DomainError('unauthenticated', 'session-ended', '登录已失效，请重新登录。');
    return this.keep(response, await this.sessions.refresh(token));
  }

  @Post('ending')
  @HttpCode(204)
  @WithoutEffect()
  @Act('identity.log-out')
  @ApiNoContentResponse({ description: '已退出' })
  async logOut(@Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.logOut();
    response.clearCookie(this.cookieName, { path: this.cookiePath, secure: this.isSecure });
    // Browsers clear over https only, and call it a fault of the page elsewhere.
    if (this.isSecure) response.setHeader('Clear-Site-Data', '"cache", "storage"');
  }

  @Get('self')
  @Act('identity.read-self')
  @ApiOkResponse({ type: SelfResponse })
  async self(): Promise<SelfResponse> {
    return this.readSelf.execute();
  }

  private get isSecure(): boolean {
    return this.config.publicUrl.startsWith('https:');
  }

  /** The __Host- prefix binds the cookie to this host, but browsers take it over https only. */
  private get cookieName(): string {
    return this.isSecure ? '__Host-refresh' : 'refresh';
  }

  private get cookiePath(): string {
    return this.isSecure ? '/' : '/api/session';
  }

  private keep(response: Response, session: OpenSession): LogInResponse {
    response.cookie(this.cookieName, session.refreshToken, {
      httpOnly: true,
      sameSite: 'strict',
      secure: this.isSecure,
      path: this.cookiePath,
      maxAge: COOKIE_HOURS * 3_600_000,
    });
    return { accessToken: session.accessToken, expiresInSeconds: session.expiresInSeconds };
  }

  /** The one route that a cookie opens: another site’s page may not call it. */
  private checkOrigin(request: Request): void {
    const { origin, host } = request.headers;
    // The application may be reached by several names (its own, an address of the local network); a browser tells both truly.
    if (origin !== undefined && origin !== new URL(this.config.publicUrl).origin && hostOf(origin) !== host) {
      throw new DomainError('forbidden', 'foreign-origin', '请求来自其他网站，已拒绝。');
    }
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function cookieOf(request: Request, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined && /^[A-Za-z0-9_-]{20,100}$/.test(value)) return value;
  }
  return undefined;
}
