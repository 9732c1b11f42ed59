import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { newKeyFile } from '../../src/platform/crypto';
import { BuiltProgram, type Program } from '../support/built-program';

/** The real built program as processes of their own, with the embedded PostgreSQL; nothing is faked. */
describe('starting and stopping', () => {
  let built: BuiltProgram;
  beforeAll(() => {
    built = new BuiltProgram();
  });
  afterAll(() => built.remove());

  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  function isAlive(pid: number): boolean {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  }

  async function gone(pid: number): Promise<void> {
    for (let i = 0; isAlive(pid); i++) {
      if (i > 100) throw new Error(`Process ${pid} is still there`);
      await delay(50);
    }
  }

  async function withOwner<T>(work: (owner: Client) => Promise<T>, url = built.databaseUrl()): Promise<T> {
    const owner = new Client({ connectionString: url });
    await owner.connect();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  }

  /** A log-in that waits for a lock of the test's, and how to let it go on. */
  async function blockedLogIn(base: string): Promise<{ answer: Promise<Response>; release: () => Promise<void> }> {
    const owner = new Client({ connectionString: built.databaseUrl() });
    owner.on('error', () => undefined);
    await owner.connect();
    await owner.query('begin');
    await owner.query('lock table login_attempt in access exclusive mode');
    const answer = fetch(`${base}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ loginName: 'nobody', password: 'Wrong-2026!' }),
    });
    // Work in the background waits for locks too: it is the log-in that is meant.
    const isWaiting = "select 1 from pg_locks where relation = 'login_attempt'::regclass and not granted";
    while ((await owner.query(isWaiting)).rowCount === 0) await delay(20);
    return {
      answer,
      release: async () => {
        await owner.query('rollback');
        await owner.end();
      },
    };
  }

  async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
  }

  describe('in development', () => {
    it('listens, keeps its folder passable but not readable, and every secret in it private', async () => {
      const program = built.start();
      const base = await program.listening();
      const ready = await fetch(`${base}/readyz`);
      expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok' }]);
      expect([modeOf(built.dataDir), modeOf(join(built.dataDir, 'keys.json'))]).toEqual(['711', '600']);
      expect([modeOf(join(built.dataDir, 'pg')), modeOf(built.clusterOf())]).toEqual(['700', '700']);
      expect(existsSync(join(built.dataDir, 'pg', 'location'))).toBe(false);
      const postmaster = built.postmasterPid();
      expect(await program.kill('SIGTERM')).toEqual({ code: 0, signal: null });
      await gone(postmaster);
      expect(program.output).not.toMatch(/error|Error/);
    });

    it('lets nobody in while the demo is filled, and stops in the middle of it', async () => {
      const port = String(await freePort());
      const dataDir = join(built.folder, 'demo');
      const program = built.start({ DEMO: 'on', PORT: port, DATA_DIR: dataDir });
      await program.says(/正在填充演示中心/);
      await expect(fetch(`http://127.0.0.1:${port}/readyz`)).rejects.toThrow('fetch failed');
      expect(await program.kill('SIGTERM')).toEqual({ code: 0, signal: null });
      const again = built.start({ DEMO: 'on', PORT: port, DATA_DIR: dataDir });
      await again.listening();
      expect(again.output).toMatch(/上次填充演示数据时中断/);
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
      await again.kill('SIGTERM');
    });

    it('at a signal answers 503 to the probe and to newcomers, lets the request under way end, then ends with 0', async () => {
      const program = built.start();
      const base = await program.listening();
      const postmaster = built.postmasterPid();
      const { answer, release } = await blockedLogIn(base);
      program.child.kill('SIGTERM');
      await delay(100);
      const [ready, live, newcomer] = await Promise.all([
        fetch(`${base}/readyz`),
        fetch(`${base}/livez`),
        fetch(`${base}/api/openapi.json`),
      ]);
      expect([ready.status, live.status, newcomer.status]).toEqual([503, 200, 503]);
      expect(ready.headers.get('retry-after')).toBe('5');
      expect(await ready.json()).toMatchObject({
        code: 'stopping',
        detail: expect.stringMatching('正在停止') as string,
      });
      expect(program.hasEnded).toBe(false);
      await release();
      expect((await answer).status).toBe(401);
      expect(await program.ended).toEqual({ code: 0, signal: null });
      await gone(postmaster);
    });

    it('ends at once at the second signal, and the embedded database with it', async () => {
      const program = built.start();
      const { answer, release } = await blockedLogIn(await program.listening());
      const cut = answer.then(
        () => 'answered',
        () => 'cut off',
      );
      const postmaster = built.postmasterPid();
      program.child.kill('SIGINT');
      await delay(100);
      const signalled = performance.now();
      expect(await program.kill('SIGINT')).toEqual({ code: 1, signal: null });
      expect(performance.now() - signalled).toBeLessThan(1_000);
      expect(await cut).toBe('cut off');
      await release().catch(() => undefined);
      await gone(postmaster);
    });
  });

  describe('what the person at the terminal can mend is said without a stack', () => {
    let server: Program;
    beforeAll(async () => {
      server = built.start();
      await server.listening();
      await withOwner(async (owner) => {
        await owner.query("create database latin template template0 encoding 'UTF8' locale 'C'");
      });
    });
    afterAll(() => server.kill('SIGTERM'));

    const keysFile = (): string => join(built.dataDir, 'keys.json');
    const inDatabase = (name: string): string => built.databaseUrl().replace(/\/zongzhi$/, `/${name}`);

    async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
      const program = built.start(env);
      expect(await program.ended).toEqual({ code: 1, signal: null });
      expect(program.output).not.toMatch(/^\s+at /m);
      return program.output;
    }

    it('a port in use', async () => {
      const occupant = createServer().listen(0, '127.0.0.1');
      await once(occupant, 'listening');
      const { port } = occupant.address() as AddressInfo;
      expect(await refusal({ PORT: String(port) })).toMatch(/启动失败：端口已被占用.*EADDRINUSE/);
      occupant.close();
    });

    it.each([
      ['a port that is none', { PORT: 'http' }, /PORT must be a whole number/],
      ['an address of another machine', { HOST: '192.0.2.1' }, /HOST/],
      ['an address of the database that is none', { DATABASE_URL: 'localhost' }, /DATABASE_URL/],
      ['no database there', { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }, /拒绝连接.*ECONNREFUSED/],
      ['a file of a secret that is not there', { DATABASE_URL_FILE: '/nowhere' }, /DATABASE_URL_FILE/],
    ])('%s', async (_, env, words) => {
      expect(await refusal(env as unknown as Record<string, string>)).toMatch(words);
    });

    it('a wrong password, a database that is not there, one that cannot find Chinese', async () => {
      const wrong = built.databaseUrl().replace(/:[^:@]*@/, ':wrong@');
      expect(await refusal({ DATABASE_URL: wrong })).toMatch(/口令不对/);
      expect(await refusal({ DATABASE_URL: inDatabase('nothing') })).toMatch(/数据库不存在/);
      expect(await refusal({ DATABASE_URL: inDatabase('latin') })).toMatch(/LC_CTYPE C）不支持中文检索/);
      const touched = await withOwner(
        async (owner) =>
          (await owner.query("select 1 from information_schema.tables where table_schema = 'public'")).rowCount,
        inDatabase('latin'),
      );
      expect(touched).toBe(0);
    });

    it('production without what an operator must choose, with a default password, with a test flag', async () => {
      const bare = await refusal({ NODE_ENV: 'production' });
      expect(bare).toMatch(/DATABASE_URL is required/);
      expect(bare).toMatch(/PUBLIC_URL is required/);
      const chosen = { NODE_ENV: 'production', PUBLIC_URL: 'https://zz.example.cn', DATABASE_URL: built.databaseUrl() };
      const url = built.databaseUrl().replace(/:[^:@]*@/, ':changeme@');
      expect(await refusal({ ...chosen, DATABASE_URL: url })).toMatch(/default password/);
      expect(await refusal({ ...chosen, ACCESS_GUARD: 'off' })).toMatch(/test flag/);
    });

    it('production without keys, with keys that are not random, with a file that holds none; no key is ever printed', async () => {
      const chosen = { NODE_ENV: 'production', PUBLIC_URL: 'https://zz.example.cn', DATABASE_URL: built.databaseUrl() };
      expect(await refusal({ ...chosen, KEYS_FILE: join(built.folder, 'none.json') })).toMatch(/缺少密钥文件/);
      expect(existsSync(join(built.folder, 'none.json'))).toBe(false);
      const weak = join(built.folder, 'weak.json');
      writeFileSync(weak, JSON.stringify({ ...newKeyFile(), audit: Buffer.alloc(32, 7).toString('base64') }));
      expect(await refusal({ ...chosen, KEYS_FILE: weak })).toMatch(/audit is not random/);
      const torn = join(built.folder, 'torn.json');
      writeFileSync(torn, readFileSync(keysFile(), 'utf8').slice(0, 200));
      const said = await refusal({ ...chosen, KEYS_FILE: torn });
      expect(said).toMatch(/not a key file/);
      const { blindIndex } = JSON.parse(readFileSync(keysFile(), 'utf8')) as { blindIndex: string };
      expect(said).not.toContain(blindIndex.slice(0, 8));
    });
  });

  describe('the set-up of a production installation', () => {
    let server: Program;
    const keys = (): string => join(built.folder, 'production', 'keys.json');
    const production = (): Record<string, string> => ({
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://zz.example.cn',
      DATABASE_URL: built.databaseUrl().replace(/\/zongzhi$/, '/production'),
      DATA_DIR: join(built.folder, 'production'),
      LOG_LEVEL: 'warn',
    });

    beforeAll(async () => {
      server = built.start();
      await server.listening();
      await withOwner((owner) =>
        owner.query("create database production template template0 encoding 'UTF8' locale 'C.UTF-8'"),
      );
    });
    afterAll(() => server.kill('SIGTERM'));

    it('makes the keys and the first security administrator, once, and says the password once', async () => {
      const first = built.run('set-up/set-up.js', ['--login-name', 'anquan', '--display-name', '杨安全'], production());
      expect(await first.ended).toEqual({ code: 0, signal: null });
      const password = /初始密码（只显示这一次）：(\S{16})/.exec(first.output)?.[1] ?? '';
      expect(password).not.toBe('');
      expect(modeOf(keys())).toBe('600');
      const made = readFileSync(keys(), 'utf8');

      const again = built.run('set-up/set-up.js', [], production());
      expect(await again.ended).toEqual({ code: 1, signal: null });
      expect(again.output).toMatch(/未完成：系统已有账号，初始化只能进行一次/);
      expect(again.output).not.toMatch(/^\s+at /m);
      expect(readFileSync(keys(), 'utf8')).toBe(made);

      const program = built.start(production());
      const base = await program.listening();
      const reply = await fetch(`${base}/api/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ loginName: 'anquan', password }),
      });
      expect(reply.status).toBe(200);
      const { accessToken } = (await reply.json()) as { accessToken: string };
      const accounts = await fetch(`${base}/api/accounts`, { headers: { Authorization: `Bearer ${accessToken}` } });
      expect(accounts.status).toBe(403);
      expect(await accounts.json()).toMatchObject({ code: 'identity.change-password-first' });
      await program.kill('SIGTERM');
      expect(program.output).not.toContain(password);

      const [rows, audit] = await withOwner(
        async (owner) => [
          (await owner.query('select login_name, must_change_password from account')).rows as object[],
          (await owner.query("select act from audit_entry where act like 'identity.create-%'")).rows as object[],
        ],
        production()['DATABASE_URL'],
      );
      expect(rows).toEqual([{ login_name: 'anquan', must_change_password: true }]);
      expect(audit).toEqual([{ act: 'identity.create-first-administrator' }]);
    });

    it('production makes no demo data, whatever DEMO says', async () => {
      const program = built.start({ ...production(), DEMO: 'on' });
      await program.listening();
      const counts = await withOwner(
        async (owner) =>
          (
            await owner.query(
              'select (select count(*) from dispute)::int as matters, (select count(*) from account)::int as accounts',
            )
          ).rows as object[],
        production()['DATABASE_URL'],
      );
      await program.kill('SIGTERM');
      expect(counts).toEqual([{ matters: 0, accounts: 1 }]);
    });
  });
});
