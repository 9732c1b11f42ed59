import request from 'supertest';
import { uuidv7 } from '../../../src/platform/database';
import { Caller, type TestApp, startTestApp } from '../../support/test-app';
import { World } from '../../support/world';

describe('accounts, login and roles (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let security: Caller;

  beforeAll(async () => {
    t = await startTestApp({ trustedProxies: 1 });
    security = await t.as('security-admin');
  });
  afterAll(() => t.close());

  const logIn = (loginName: string, password = World.PASSWORD, from = '10.0.0.1'): request.Test =>
    request(t.app.getHttpServer()).post('/api/session').set('X-Forwarded-For', from).send({ loginName, password });
  const cookieOf = (reply: request.Response): string =>
    (reply.headers['set-cookie'] as unknown as string[])[0]?.split(';')[0] ?? '';
  const refresh = (cookie: string): request.Test =>
    request(t.app.getHttpServer()).post('/api/session/refresh').set('Cookie', cookie);
  const bearer = (reply: request.Response): Caller =>
    new Caller(t.app, `Bearer ${(reply.body as { accessToken: string }).accessToken}`, null);
  const codeOf = (reply: request.Response): string => (reply.body as { code: string }).code;

  async function open(roleAndScope?: { role: string; scopeId?: string }): Promise<{ id: string; loginName: string }> {
    const loginName = `u${uuidv7().slice(-12)}`;
    const reply = await security.post('/accounts', {
      loginName,
      displayName: '新同事',
      initialPassword: 'Chu-shi-2026!',
    });
    expect(reply.status).toBe(201);
    const { id } = reply.body as { id: string };
    if (roleAndScope) expect((await security.post(`/accounts/${id}/grants`, roleAndScope)).status).toBe(201);
    return { id, loginName };
  }

  it('answers unknown name, wrong password and disabled account alike', async () => {
    const { id, loginName } = await open();
    await security.post(`/accounts/${id}/disabling`, { reason: '离职' });
    const replies = await Promise.all([
      logIn('nobody'),
      logIn('intake', 'Wrong-2026!'),
      logIn(loginName, 'Chu-shi-2026!'),
    ]);
    expect(replies.map((r) => r.status)).toEqual([401, 401, 401]);
    expect(new Set(replies.map((r) => (r.body as { detail: string }).detail)).size).toBe(1);
    expect((await logIn('')).status).toBe(400);
  });

  it('tells who is logged in, with roles read from the database', async () => {
    const reply = await (await t.as('intake')).get('/session/self');
    const { acts, ...self } = reply.body as { acts: string[] };
    expect(acts).toEqual(expect.arrayContaining(['disputes.register', 'identity.log-out']));
    expect(acts).not.toContain('identity.open-account');
    expect(self).toEqual({
      id: t.world.account('intake').id,
      displayName: '王敏',
      mustChangePassword: false,
      grants: [{ role: 'intake-clerk', roleName: '受理员', scopeKind: 'center', scopeId: t.world.centerId }],
    });
  });

  it('pauses a name after repeated failures, until time or the security administrator lifts it', async () => {
    const { id, loginName } = await open();
    for (let i = 0; i < 5; i++) expect((await logIn(loginName, 'Wrong-2026!')).status).toBe(401);
    const paused = await logIn(loginName, 'Chu-shi-2026!');
    expect([paused.status, codeOf(paused)]).toEqual([429, 'identity.too-many-failures']);
    expect(paused.headers['retry-after']).toBeDefined();
    expect((await security.post(`/accounts/${id}/unblocking`)).status).toBe(201);
    expect((await logIn(loginName, 'Chu-shi-2026!')).status).toBe(200);
    for (let i = 0; i < 5; i++) await logIn(loginName, 'Wrong-2026!');
    t.clock.advance(16 * 60_000);
    expect((await logIn(loginName, 'Chu-shi-2026!')).status).toBe(200);
  });

  it('pauses guesses that come all at once as those that come one by one', async () => {
    const { loginName } = await open();
    const burst = [...Array<string>(30).fill('Wrong-2026!'), ...Array<string>(5).fill('Chu-shi-2026!')];
    const replies = await Promise.all(burst.map((password) => logIn(loginName, password)));
    expect(replies.slice(0, 30).every((r) => r.status === 401 || r.status === 429)).toBe(true);
    expect(replies.slice(30).map((r) => r.status)).toEqual([429, 429, 429, 429, 429]);
    expect((await logIn(loginName, 'Chu-shi-2026!')).status).toBe(429);
  });

  it('pauses an address that tries one name after the other, and nobody else', async () => {
    await t.sql(
      `insert into login_attempt (login_name, address, failures, last_failed_at)
       select 'sprayed' || n, '10.9.9.9', 1, $1::timestamptz from generate_series(1, 99) n`,
      [t.clock.at()],
    );
    await t.sql(
      "insert into login_attempt (login_name, address, failures, last_failed_at) values ('long-ago', '10.9.9.8', 1, $1::timestamptz - interval '3 days')",
      [t.clock.at()],
    );
    expect((await logIn('dispatcher', World.PASSWORD, '10.9.9.9')).status).toBe(200);
    expect((await logIn('sprayed-last', 'Wrong-2026!', '10.9.9.9')).status).toBe(401);
    const paused = await logIn('intake', World.PASSWORD, '10.9.9.9');
    expect([paused.status, codeOf(paused)]).toEqual([429, 'identity.too-many-failures']);
    expect((await logIn('intake', World.PASSWORD, '10.9.9.7')).status).toBe(200);
    expect((await logIn('dispatcher', World.PASSWORD, '10.9.9.9')).status).toBe(200);
    expect(await t.sql("select 1 from login_attempt where login_name = 'long-ago'")).toEqual([]);
    t.clock.advance(16 * 60_000);
    expect((await logIn('intake', World.PASSWORD, '10.9.9.9')).status).toBe(200);
  });

  it('rotates refresh tokens: twice at once gives the same successor, an old one later ends the session', async () => {
    const first = await logIn('dispatcher');
    const cookie = cookieOf(first);
    expect((first.headers['set-cookie'] as unknown as string[])[0]).toMatch(/HttpOnly; SameSite=Strict/);
    const [a, b] = await Promise.all([refresh(cookie), refresh(cookie)]);
    expect([a.status, b.status]).toEqual([200, 200]);
    expect(cookieOf(a)).toBe(cookieOf(b));
    expect(cookieOf(a)).not.toBe(cookie);
    t.clock.advance(60_000);
    const next = await refresh(cookieOf(a));
    expect(next.status).toBe(200);
    expect((await bearer(next).get('/session/self')).status).toBe(200);
    expect((await refresh(cookie)).status).toBe(401);
    const noted = await t.sql<{ body: string }>(
      "select body from audit_entry where act = 'identity.end-session' and object_id = $1",
      [t.world.account('dispatcher').id],
    );
    expect(noted.map((n) => (JSON.parse(n.body) as { details: { reason: string } }).details.reason)).toEqual([
      'token-reuse',
    ]);
    expect((await bearer(next).get('/session/self')).status).toBe(401);
    expect((await refresh(cookieOf(next))).status).toBe(401);
  });

  it('ends an idle session and refuses the cookie to other sites', async () => {
    const cookie = cookieOf(await logIn('dispatcher'));
    expect((await refresh(cookie).set('Origin', 'http://evil.example')).status).toBe(403);
    t.clock.advance(31 * 60_000);
    expect((await refresh(cookie)).status).toBe(401);
    expect((await request(t.app.getHttpServer()).post('/api/session/refresh')).status).toBe(401);
  });

  it('logs out at once', async () => {
    const session = bearer(await logIn('guide'));
    expect((await session.get('/session/self')).status).toBe(200);
    expect((await session.post('/session/ending')).status).toBe(204);
    expect((await session.get('/session/self')).status).toBe(401);
    expect((await t.anonymous.post('/session/ending')).status).toBe(401);
  });

  it('makes the owner replace a password set by others before anything else', async () => {
    const { loginName } = await open({ role: 'intake-clerk', scopeId: t.world.centerId });
    const fresh = bearer(await logIn(loginName, 'Chu-shi-2026!'));
    const refused = await fresh.get('/org-units');
    expect([refused.status, codeOf(refused)]).toEqual([403, 'identity.change-password-first']);
    const weak = await fresh.post('/session/password', { currentPassword: 'Chu-shi-2026!', newPassword: 'short' });
    expect([weak.status, codeOf(weak)]).toEqual([422, 'identity.weak-password']);
    const wrong = await fresh.post('/session/password', {
      currentPassword: 'Wrong-2026!',
      newPassword: 'Xin-mi-ma-2027!',
    });
    expect([wrong.status, codeOf(wrong)]).toEqual([422, 'identity.wrong-current-password']);
    const same = await fresh.post('/session/password', {
      currentPassword: 'Chu-shi-2026!',
      newPassword: 'Chu-shi-2026!',
    });
    expect([same.status, codeOf(same)]).toEqual([422, 'identity.password-used-before']);
    const change = { currentPassword: 'Chu-shi-2026!', newPassword: 'Xin-mi-ma-2027!' };
    const key = uuidv7();
    const changed = await fresh.post('/session/password', change, { idempotencyKey: key });
    expect(changed.status).toBe(201);
    // The current password is another now; a repetition still gets what the first one got.
    const repeated = await fresh.post('/session/password', change, { idempotencyKey: key });
    expect([repeated.status, repeated.body]).toEqual([201, changed.body]);
    expect((await fresh.get('/org-units')).status).toBe(200);
    expect((await logIn(loginName, 'Chu-shi-2026!')).status).toBe(401);
  });

  it('a leaver is out at the next request; a removed role is gone at the next request', async () => {
    const { id, loginName } = await open({ role: 'intake-clerk', scopeId: t.world.centerId });
    const login = bearer(await logIn(loginName, 'Chu-shi-2026!'));
    await login.post('/session/password', { currentPassword: 'Chu-shi-2026!', newPassword: 'Xin-mi-ma-2027!' });
    const register = (): Promise<request.Response> =>
      login.post('/disputes', { centerId: t.world.centerId, channel: 'visit', title: '试', narrative: '试' });
    expect((await register()).status).toBe(201);
    const accounts = await security.get('/accounts?limit=100');
    const grant = (accounts.body as { items: { id: string; grants: { id: string }[] }[] }).items.find(
      (a) => a.id === id,
    )?.grants[0];
    expect((await security.post(`/role-grants/${grant?.id ?? ''}/ending`, { reason: '轮岗' })).status).toBe(201);
    expect((await security.post(`/role-grants/${grant?.id ?? ''}/ending`, { reason: '轮岗' })).status).toBe(409);
    expect((await register()).status).toBe(403);
    expect((await security.post(`/accounts/${id}/disabling`, { reason: '离职' })).status).toBe(201);
    expect((await register()).status).toBe(401);
    expect((await security.post(`/accounts/${id}/disabling`, { reason: '离职' })).status).toBe(409);
    expect((await security.post(`/accounts/${id}/enabling`, { reason: '返岗' })).status).toBe(201);
    expect((await security.post(`/accounts/${id}/password-reset`, { initialPassword: 'Chong-zhi-2026!' })).status).toBe(
      201,
    );
    expect((await logIn(loginName, 'Chong-zhi-2026!')).status).toBe(200);
  });

  it('keeps the three administrators apart and out of cases', async () => {
    const { id } = await open({ role: 'intake-clerk', scopeId: t.world.centerId });
    const both = await security.post(`/accounts/${id}/grants`, { role: 'auditor' });
    expect([both.status, codeOf(both)]).toEqual([422, 'identity.separation-of-duties']);
    const own = await security.post(`/accounts/${t.world.account('security-admin').id}/grants`, {
      role: 'security-admin',
    });
    expect([own.status, codeOf(own)]).toEqual([422, 'identity.own-role']);
    expect(codeOf(await security.post(`/accounts/${id}/grants`, { role: 'mediator' }))).toBe('identity.scope-needed');
    expect(
      (await security.post(`/accounts/${id}/grants`, { role: 'mediator', scopeId: t.world.centerId })).status,
    ).toBe(404);
    for (const key of ['system-admin', 'auditor', 'director', 'intake']) {
      const caller = await t.as(key);
      expect((await caller.get('/accounts')).status).toBe(403);
      expect((await caller.post(`/accounts/${id}/grants`, { role: 'guide', scopeId: t.world.centerId })).status).toBe(
        403,
      );
    }
  });

  it('keeps the password policy as a versioned setting', async () => {
    const { version, ...policy } = (await security.get('/password-policy')).body as { version: number };
    expect((await (await t.as('intake')).put('/password-policy', policy, version)).status).toBe(403);
    expect((await security.put('/password-policy', { ...policy, minLength: 12 }, version)).body).toMatchObject({
      minLength: 12,
      version: version + 1,
    });
    expect((await security.put('/password-policy', policy, version)).status).toBe(412);
    expect(
      codeOf(
        await security.post('/accounts', { loginName: 'shorty', displayName: '短', initialPassword: 'Ab1!Ab1!Ab' }),
      ),
    ).toBe('identity.weak-password');
    expect(
      (
        await security.post('/accounts', {
          loginName: 'intake',
          displayName: '重名',
          initialPassword: 'Chong-ming-2026!',
        })
      ).status,
    ).toBe(409);
  });
});
