import { type Logger as PinoLogger, symbols } from 'pino';
import { uuidv7 } from '../../../src/platform/database';
import { LOGGER } from '../../../src/platform/logging';
import { anAcceptedMatter } from '../../support/matters';
import { type TestApp, startTestApp } from '../../support/test-app';
import { RawClient } from './raw-client';

/** Personal data of nobody, each unlike anything the program writes by itself. */
const CANARY = {
  name: '欧阳鸢尾',
  residentId: '11010519491231002X',
  phone: '13988776655',
  address: '海拉尔东路八百八十八号金丝雀楼',
  narrative: '金丝雀因鸟笼归属与邻居争执',
  password: 'Kanarienvogel-7788!',
  agent: 'canary-browser/1.0',
};

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly method?: string;
  readonly route?: string | null;
  readonly status?: number;
  readonly milliseconds?: number;
  readonly traceId?: string;
}

describe('the log at level info (real application, its lines caught where they leave)', () => {
  let t: TestApp;
  let client: RawClient;
  const written: string[] = [];

  beforeAll(async () => {
    t = await startTestApp({ logLevel: 'info' });
    client = new RawClient(t);
    const logger = t.app.get<PinoLogger & { readonly [symbols.streamSym]: { write(line: string): void } }>(LOGGER);
    jest.spyOn(logger[symbols.streamSym], 'write').mockImplementation((line) => {
      written.push(line);
    });
    const keep = (chunk: unknown): boolean => {
      written.push(String(chunk));
      return true;
    };
    jest.spyOn(process.stdout, 'write').mockImplementation(keep);
    jest.spyOn(process.stderr, 'write').mockImplementation(keep);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    client.close();
    await t.close();
  });

  const lines = (): Line[] => written.filter((l) => l.startsWith('{')).map((l) => JSON.parse(l) as Line);
  const hits = (): string[] => {
    const all = written.join('\n');
    return Object.values(CANARY).filter((word) => all.includes(word) || all.includes(encodeURIComponent(word)));
  };
  const lineOf = (reply: { headers: Record<string, string> }): Line[] =>
    lines().filter((l) => l.msg === 'request' && l.traceId === reply.headers['x-trace-id']);

  it('has one line for each request: method, pattern of the route, status, duration, trace id', async () => {
    const intake = await t.as('intake');
    const id = await anAcceptedMatter(t);
    const replies = [
      await intake.get(`/disputes/${id}`),
      await intake.get('/disputes/x'),
      await t.anonymous.get('/nowhere'),
    ];
    expect(replies.map((reply) => lineOf(reply as never))).toEqual(
      [
        ['/api/disputes/:id', 200],
        ['/api/disputes/:id', 400],
        [null, 404],
      ].map(([route, status]) => [
        {
          level: 30,
          time: expect.any(String) as string,
          msg: 'request',
          method: 'GET',
          route,
          status,
          milliseconds: expect.any(Number) as number,
          traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        },
      ]),
    );
  });

  it('holds nothing of what people said, were called or typed, whether it was accepted or refused', async () => {
    const intake = await t.as('intake');
    const id = await anAcceptedMatter(t, { narrative: CANARY.narrative, place: CANARY.address });
    const party = {
      kind: 'person',
      name: CANARY.name,
      phone: CANARY.phone,
      address: CANARY.address,
      documentKind: 'resident-id',
      documentNumber: CANARY.residentId,
    };
    const added = await intake.post(`/disputes/${id}/parties`, party);
    expect(added.status).toBe(201);
    const statuses = [
      await intake.post(`/disputes/${id}/parties`, { ...party, documentNumber: `${CANARY.residentId}1` }),
      await intake.post(`/disputes/${id}/parties`, { ...party, name: `${CANARY.name}\u0000` }),
      await intake.post('/disputes', { title: CANARY.name, [CANARY.phone]: 1 }),
      await intake.get(`/disputes?text=${encodeURIComponent(CANARY.name)}`),
      await intake.get(`/disputes?limit=${CANARY.phone}`),
      await intake.get(`/disputes/${encodeURIComponent(CANARY.name)}`),
      await t.anonymous.get(`/${encodeURIComponent(CANARY.name)}?${CANARY.phone}`),
      await t.anonymous.post('/session', { loginName: CANARY.phone, password: CANARY.password }),
      await t.link(`${CANARY.phone}${CANARY.phone}`).get(`/disputes/${id}`),
    ].map((reply) => reply.status);
    expect(statuses).toEqual([422, 400, 400, 200, 400, 400, 404, 401, 401]);
    await client.send({
      method: 'POST',
      path: '/api/session',
      headers: [
        'User-Agent',
        CANARY.agent,
        'Content-Type',
        'application/json',
        'Authorization',
        `Bearer ${CANARY.phone}`,
      ],
      body: `{"loginName":"${CANARY.name}`,
    });
    expect(hits()).toEqual([]);
    expect(written.join('\n')).not.toContain(intake.token?.slice(7) ?? 'Bearer');
  });

  it('tells of an unexpected error of the database where it happened, not what the row held', async () => {
    await t.sql(`create function speaks_out() returns trigger language plpgsql as $$
      begin raise exception 'row "%" is bad', new.narrative using detail = new.narrative, hint = new.narrative, errcode = 'XX000'; end $$`);
    await t.sql(
      'create trigger speaks_out before insert on dispute_narrative for each row execute function speaks_out()',
    );
    const before = written.length;
    const reply = await (
      await t.as('intake')
    ).post('/disputes', {
      centerId: t.world.centerId,
      channel: 'visit',
      title: CANARY.name,
      narrative: CANARY.narrative,
    });
    await t.sql('drop trigger speaks_out on dispute_narrative');
    expect(reply.status).toBe(500);
    expect(reply.text).not.toMatch(/row|XX000|speaks_out/);
    const told = written.slice(before).join('\n');
    expect(told).toMatch(/"code":"XX000"/);
    expect(told).toContain('register-dispute');
    expect(told).toContain(reply.headers['x-trace-id']);
    expect(hits()).toEqual([]);
  });

  it('control: the same search finds what a careless line would have written', () => {
    t.app.get<PinoLogger>(LOGGER).info({ note: CANARY.name, id: uuidv7() }, 'careless');
    expect(hits()).toEqual([CANARY.name]);
  });
});
