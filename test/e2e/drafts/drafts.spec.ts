import { DraftSweeper } from '../../../src/modules/drafts/application/draft-sweeper';
import { switchAccessGuardOff } from '../../../src/platform/auth';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';

interface Head {
  readonly key: string;
  readonly version: number;
}

describe('drafts (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let serial = 0;
  const freshKey = (): string => `disputes.register:t${++serial}`;
  const none = (key: string): object => ({ key, version: 0, kept: null });
  const body = (content: object, more: object = {}): object => ({
    title: '登记：楼上漏水纠纷',
    content: JSON.stringify(content),
    resumePath: '/intake/new',
    writer: 'window-a',
    device: 'computer',
    ...more,
  });

  beforeAll(async () => {
    t = await startTestApp();
    intake = await t.as('intake');
  });
  afterAll(() => t.close());

  it('keeps what is typed and gives it back whole', async () => {
    const key = freshKey();
    const saved = await intake.put(`/drafts/${key}`, body({ narrative: '楼上漏水，𬱖先生不认。' }), 0);
    expect(saved.status).toBe(200);
    expect(saved.headers['etag']).toBe('"1"');
    const head = {
      key,
      title: '登记：楼上漏水纠纷',
      resumePath: '/intake/new',
      writer: 'window-a',
      device: 'computer',
      savedAt: '2026-09-18T01:00:00.000Z',
      version: 1,
    };
    expect(saved.body).toEqual(head);
    const read = await intake.get(`/drafts/${key}`);
    expect(read.headers['etag']).toBe('"1"');
    expect(read.body).toEqual({
      key,
      version: 1,
      kept: { ...head, content: '{"narrative":"楼上漏水，𬱖先生不认。"}' },
    });
    const again = await intake.put(`/drafts/${key}`, body({ narrative: '改' }), 1);
    expect(again.body).toMatchObject({ version: 2 });
  });

  it('lies encrypted in the database, title and content', async () => {
    const key = freshKey();
    await intake.put(`/drafts/${key}`, body({ phone: '13904710001' }), 0);
    const [row] = await t.sql<Record<string, unknown>>('select * from draft where key = $1', [key]);
    expect(row).toMatchObject({ account_id: intake.accountId, key, writer: 'window-a' });
    expect(JSON.stringify(row)).not.toMatch(/13904710001|漏水/);
    expect(String(row?.['content_cipher'])).toMatch(/^v1\./);
  });

  it('of two windows lets one save and tells the other, which reads, merges and saves', async () => {
    const key = freshKey();
    await intake.put(`/drafts/${key}`, body({ a: 1 }), 0);
    const [one, two] = await Promise.all([
      intake.put(`/drafts/${key}`, body({ a: 2 }, { writer: 'window-a' }), 1),
      intake.put(`/drafts/${key}`, body({ b: 3 }, { writer: 'window-b', device: 'phone' }), 1),
    ]);
    expect([one.status, two.status].sort()).toEqual([200, 412]);
    expect((one.status === 412 ? one : two).body).toMatchObject({ code: 'stale-version' });
    const other = (await intake.get(`/drafts/${key}`)).body as Head;
    expect(other).toMatchObject({
      version: 2,
      kept: { writer: one.status === 200 ? 'window-a' : 'window-b' },
    });
    expect((await intake.put(`/drafts/${key}`, body({ a: 2, b: 3 }), other.version)).status).toBe(200);
  });

  it('lets only one of two windows begin the same draft', async () => {
    const key = freshKey();
    const replies = await Promise.all([1, 2, 3].map((n) => intake.put(`/drafts/${key}`, body({ n }), 0)));
    expect(replies.map((r) => r.status).sort()).toEqual([200, 412, 412]);
    expect((await intake.put(`/drafts/${freshKey()}`, body({}), 4)).status).toBe(412);
  });

  it('is there for its writer alone', async () => {
    const key = freshKey();
    await intake.put(`/drafts/${key}`, body({ a: 1 }), 0);
    const dispatcher = await t.as('dispatcher');
    expect((await dispatcher.get(`/drafts/${key}`)).body).toEqual(none(key));
    expect((await dispatcher.delete(`/drafts/${key}`, 1)).status).toBe(404);
    expect((await dispatcher.get('/drafts')).body).toEqual({ items: [], nextCursor: null });
    // The same key is another draft for another account.
    expect((await dispatcher.put(`/drafts/${key}`, body({ b: 2 }), 0)).status).toBe(200);
    expect((await intake.get(`/drafts/${key}`)).body).toMatchObject({ kept: { content: '{"a":1}' } });
    for (const reply of [
      await t.anonymous.get('/drafts'),
      await t.anonymous.get(`/drafts/${key}`),
      await t.anonymous.put(`/drafts/${key}`, body({}), 1),
      await t.anonymous.delete(`/drafts/${key}`, 1),
    ])
      expect(reply.status).toBe(401);
  });

  it('is there for its writer alone by row security too', async () => {
    const key = freshKey();
    await intake.put(`/drafts/${key}`, body({ a: 1 }), 0);
    switchAccessGuardOff(true);
    try {
      const director = await t.as('director');
      expect((await director.get(`/drafts/${key}`)).body).toEqual(none(key));
      expect((await director.get('/drafts')).body).toMatchObject({ items: [] });
    } finally {
      switchAccessGuardOff(false);
    }
  });

  it('is discarded by the version that was read, and may then begin anew', async () => {
    const key = freshKey();
    await intake.put(`/drafts/${key}`, body({ a: 1 }), 0);
    expect((await intake.delete(`/drafts/${key}`, 9)).status).toBe(412);
    const gone = await intake.delete(`/drafts/${key}`, 1);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await intake.get(`/drafts/${key}`)).body).toEqual(none(key));
    expect((await intake.delete(`/drafts/${key}`, 1)).status).toBe(404);
    expect((await intake.put(`/drafts/${key}`, body({ a: 2 }), 1)).status).toBe(412);
    expect((await intake.put(`/drafts/${key}`, body({ a: 2 }), 0)).status).toBe(200);
  });

  it('is listed, the latest first, by pages and by kind', async () => {
    const guide = await t.as('guide');
    for (const key of ['list:a', 'list:b', 'other:c', 'list:d']) {
      t.clock.advance(60_000);
      await guide.put(`/drafts/${key}`, body({}, { title: key }), 0);
    }
    const first = (await guide.get('/drafts?prefix=list:&limit=2')).body as { items: Head[]; nextCursor: string };
    expect(first.items.map((d) => d.key)).toEqual(['list:d', 'list:b']);
    expect(JSON.stringify(first)).not.toContain('content');
    const second = (await guide.get(`/drafts?prefix=list:&limit=2&cursor=${first.nextCursor}`)).body as typeof first;
    expect([second.items.map((d) => d.key), second.nextCursor]).toEqual([['list:a'], null]);
    expect((await guide.get('/drafts?cursor=x')).body).toMatchObject({ code: 'malformed-cursor' });
  });

  it('refuses what no form holds, and more than its size', async () => {
    const key = freshKey();
    const put = async (content: string): Promise<unknown> => {
      const reply = await intake.put(`/drafts/${key}`, { ...body({}), content }, 0);
      return [reply.status, (reply.body as { code: string }).code];
    };
    expect(await put('[1]')).toEqual([422, 'drafts.not-json']);
    expect(await put('{')).toEqual([422, 'drafts.not-json']);
    expect(await put(JSON.stringify({ a: '长'.repeat(66_700) }))).toEqual([422, 'drafts.too-long']);
    expect((await intake.put('/drafts/nonsense', body({}), 0)).status).toBe(400);
    expect((await intake.put(`/drafts/${key}`, body({}, { resumePath: '//evil.example' }), 0)).status).toBe(400);
    expect((await intake.get(`/drafts/${key}`)).body).toEqual(none(key));
  });

  it('stops at 200 of one account', async () => {
    const recorder = await t.as('recorder');
    await t.sql(
      `insert into draft select gen_random_uuid(), $1, 'many:' || i, 'x', 'x', null, 'w', 'computer', now(), now(), 1
         from generate_series(1, 200) i`,
      [recorder.accountId],
    );
    const reply = await recorder.put('/drafts/one-more:1', body({}), 0);
    expect([reply.status, (reply.body as { code: string }).code]).toEqual([409, 'drafts.too-many']);
  });

  it('is swept 30 days after it was last saved, not before', async () => {
    const archivist = await t.as('archivist');
    await archivist.put('/drafts/old:1', body({}), 0);
    t.clock.advance(10 * 86_400_000);
    await archivist.put('/drafts/new:1', body({}), 0);
    t.clock.advance(20 * 86_400_000 - 1_000);
    await t.app.get(DraftSweeper).sweep();
    expect((await archivist.get('/drafts/old:1')).body).toMatchObject({ version: 1 });
    t.clock.advance(2_000);
    expect(await t.app.get(DraftSweeper).sweep()).toBeGreaterThan(0);
    const left = (await archivist.get('/drafts')).body as { items: Head[] };
    expect(left.items.map((d) => d.key)).toEqual(['new:1']);
  });
});
