import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import request from 'supertest';
import { AppModule } from '../../src/app.module';
import { type Config, loadConfig } from '../../src/config';
import { configureApp } from '../../src/configure-app';
import { uuidv7 } from '../../src/platform/database';
import { createTestDatabase } from './database';
import { FakeClock } from './fake-clock';
import { World } from './world';

export type Reply = request.Response;

interface CallOptions {
  readonly idempotencyKey?: string;
  readonly ifMatch?: number;
}

/** One who calls the API: an account's token, or nobody. */
export class Caller {
  constructor(
    private readonly app: NestExpressApplication,
    readonly token: string | null,
    readonly accountId: string | null,
  ) {}

  async get(path: string): Promise<Reply> {
    return this.sign(request(this.app.getHttpServer()).get(`/api${path}`));
  }

  async post(path: string, body: object = {}, options: CallOptions = {}): Promise<Reply> {
    const call = this.sign(request(this.app.getHttpServer()).post(`/api${path}`)).set(
      'Idempotency-Key',
      options.idempotencyKey ?? uuidv7(),
    );
    return (options.ifMatch === undefined ? call : call.set('If-Match', `"${options.ifMatch}"`)).send(body);
  }

  async put(path: string, body: object, version: number): Promise<Reply> {
    return this.sign(request(this.app.getHttpServer()).put(`/api${path}`))
      .set('If-Match', `"${version}"`)
      .send(body);
  }

  async patch(path: string, body: object, version: number): Promise<Reply> {
    return this.sign(request(this.app.getHttpServer()).patch(`/api${path}`))
      .set('If-Match', `"${version}"`)
      .send(body);
  }

  async delete(path: string, version: number): Promise<Reply> {
    return this.sign(request(this.app.getHttpServer()).delete(`/api${path}`)).set('If-Match', `"${version}"`);
  }

  /** A multipart upload of one file with further fields. */
  async upload(
    path: string,
    file: { bytes: Buffer; name: string; type?: string },
    fields: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    let call = this.sign(request(this.app.getHttpServer()).post(`/api${path}`)).set('Idempotency-Key', uuidv7());
    for (const [name, value] of Object.entries(fields)) call = call.field(name, value);
    return call.attach('file', file.bytes, {
      filename: file.name,
      contentType: file.type ?? 'application/octet-stream',
    });
  }

  /** The raw bytes of a download. */
  async download(path: string): Promise<Reply & { body: Buffer }> {
    return this.sign(request(this.app.getHttpServer()).get(`/api${path}`))
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          done(null, Buffer.concat(parts));
        });
      });
  }

  /** A POST that answers a file. */
  async fetchPost(
    path: string,
    body: object = {},
    idempotencyKey: string = uuidv7(),
  ): Promise<Reply & { body: Buffer }> {
    return this.sign(request(this.app.getHttpServer()).post(`/api${path}`))
      .set('Idempotency-Key', idempotencyKey)
      .send(body)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          done(null, Buffer.concat(parts));
        });
      });
  }

  private sign(call: request.Test): request.Test {
    return this.token === null ? call : call.set('Authorization', this.token);
  }
}

export interface TestApp {
  readonly app: NestExpressApplication;
  readonly clock: FakeClock;
  readonly config: Config;
  /** Organisations and one account per role: a district center with a street below it, and a foreign center. */
  readonly world: World;
  readonly anonymous: Caller;
  /** A caller with a one-time link. */
  link(token: string): Caller;
  /** Logs in an account of the world by its key (`intake`, `mediator` …); logged in once per application. */
  as(key: string): Promise<Caller>;
  /** A second instance of the program on the same database, under the same clock. */
  anotherInstance(): Promise<NestExpressApplication>;
  /** Asks the database as a superuser, past row security. */
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Tokens are of the real time, and hold for ten minutes of it. */
const RENEWED_AFTER_MS = 5 * 60_000;

/** A whole application over its own database, with a fake clock that starts on Friday 2026-09-18, 09:00 in Hohhot. */
export async function startTestApp(overrides: Partial<Config> = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'zongzhi-test-'));
  const config: Config = {
    ...loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, PUBLIC_URL: 'http://127.0.0.1:3000' }),
    ...overrides,
  };
  const clock = new FakeClock('2026-09-18T09:00:00+08:00');
  const make = async (): Promise<NestExpressApplication> => {
    const module = await Test.createTestingModule({
      imports: [AppModule.forRoot({ config, ownerUrl: database.ownerUrl, clock })],
    }).compile();
    const made = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: ['error', 'warn'] });
    configureApp(made);
    return made;
  };
  const app = await make();
  // One listening server for all calls: supertest would otherwise open and close one for each.
  await app.listen(0, config.host);
  const owner = new Client({ connectionString: database.adminUrl });
  owner.on('error', () => undefined);
  await owner.connect();
  const world = await World.create(owner);
  const callers = new Map<string, { readonly caller: Promise<Caller>; readonly at: number }>();
  return {
    app,
    clock,
    config,
    world,
    anonymous: new Caller(app, null, null),
    link: (token) => new Caller(app, `Link ${token}`, null),
    as: async (key) => {
      const known = callers.get(key);
      if (known !== undefined && Date.now() - known.at < RENEWED_AFTER_MS) return known.caller;
      const again = logIn(app, world, key, owner);
      // Whoever may not log in any more is known by the session there was.
      const caller = known === undefined ? again : again.catch(() => known.caller);
      callers.set(key, { caller, at: Date.now() });
      return caller;
    },
    anotherInstance: async () => {
      const other = await make();
      await other.init();
      return other;
    },
    sql: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await owner.query<Row>(text, values)).rows,
    close: async () => {
      await app.close();
      await owner.end();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Logs in, and keeps the session open however far the fake clock moves. */
async function logIn(app: NestExpressApplication, world: World, key: string, owner: Client): Promise<Caller> {
  const reply = await request(app.getHttpServer())
    .post('/api/session')
    .send({ loginName: world.account(key).loginName, password: World.PASSWORD });
  if (reply.status !== 200) throw new Error(`Log-in of ${key} failed: ${reply.text}`);
  await owner.query("update login_session set expires_at = '2100-01-01' where account_id = $1", [
    world.account(key).id,
  ]);
  return new Caller(app, `Bearer ${(reply.body as { accessToken: string }).accessToken}`, world.account(key).id);
}
