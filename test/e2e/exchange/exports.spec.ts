import ExcelJS from 'exceljs';
import { Chores } from '../../../src/platform/chores';
import { aMatter } from '../../support/builders';
import { type TestApp, startTestApp } from '../../support/test-app';

/** Lists as files: by the rights of whoever asks, in the background. Real application and PostgreSQL, a real reader of xlsx. */
describe('exports', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(async () => {
    await t.close();
  });

  const order = async (key: string, body: object) => (await t.as(key)).post('/exports/matters', body);
  const settled = async (): Promise<void> => t.app.get(Chores).settled();
  const rowsOf = async (key: string, id: string): Promise<unknown[][]> => {
    const reply = await (await t.as(key)).download(`/exports/${id}/file`);
    expect(reply.status).toBe(200);
    return rowsIn(reply.body);
  };
  const rowsIn = async (bytes: unknown): Promise<unknown[][]> => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as ArrayBuffer);
    const rows: unknown[][] = [];
    book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
    return rows;
  };

  it('hold what the list shows under the same conditions, and say what they are', async () => {
    const own = [await register('邻里噪声纠纷'), await register('房屋租赁纠纷')];
    const reply = await order('intake', { columns: ['registrationNumber', 'title', 'channel'], text: '租赁' });
    expect(reply.status).toBe(202);
    await settled();
    const { id } = reply.body as { id: string };
    const [head, header, ...rows] = await rowsOf('intake', id);
    expect(String(head?.[0])).toContain('导出人：王敏');
    expect(header).toEqual(['序号', '登记编号', '事项名称', '来源渠道']);
    expect(rows[0]).toEqual([1, own[1]?.registrationNumber, '房屋租赁纠纷', '来访']);
    expect(rows.some((row) => row.includes('邻里噪声纠纷'))).toBe(false);
    const [listed] = (await (await t.as('intake')).get('/exports')).body as Record<string, unknown>[];
    expect(listed).toMatchObject({ id, state: 'done', rowCount: 1, problem: null });
    const acts = await t.sql<{ act: string }>(
      "select act from audit_entry where object_type = 'export' order by at, seq",
    );
    expect(acts.map(({ act }) => act)).toEqual(['exchange.export-matters', 'exchange.download-export']);
  });

  it('are the same fetched at once, without the download center', async () => {
    const columns = ['registrationNumber', 'title', 'state'];
    const ordered = await order('intake', { columns });
    await settled();
    const reply = await (await t.as('intake')).fetchPost('/exports/matters/file', { columns });
    expect(reply.status).toBe(200);
    expect(reply.headers['content-disposition']).toContain(encodeURIComponent('事项清单'));
    expect(await rowsIn(reply.body)).toEqual(await rowsOf('intake', (ordered.body as { id: string }).id));
    expect((await (await t.as('auditor')).fetchPost('/exports/matters/file', { columns })).status).toBe(403);
    const acts = await t.sql("select 1 from audit_entry where act = 'exchange.export-matters' and object_id is null");
    expect(acts).toHaveLength(1);
  });

  it('say in every column what the list says: in words, with the term, of a sealed matter no title', async () => {
    const { id } = await aMatter(t).ofType('contract.lease').with({ headcount: 3 }).consented();
    const sealed = await aMatter(t).registered();
    await t.sql('update dispute set is_sealed = true where id = $1', [sealed.id]);
    await t.sql(
      `insert into dispute_access (id, dispute_id, account_id, ground, starts_at)
         values (gen_random_uuid(), $1, $2, 'sealed-list', '2026-01-01')`,
      [sealed.id, t.world.account('dispatcher').id],
    );
    const dispatcher = await t.as('dispatcher');
    const { items } = (await dispatcher.get('/disputes?limit=100')).body as { items: Record<string, string | null>[] };
    const deskTime = (at: string): string =>
      new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
    const columns = [
      'title',
      'state',
      'mediationState',
      'headcount',
      'registeredAt',
      'handler',
      'dueOn',
      'disputeType',
    ];
    const file = await dispatcher.fetchPost('/exports/matters/file', { columns });
    const [, , ...rows] = await rowsIn(file.body);
    expect(rows.slice(0, items.length).map((row) => Array.from({ length: 8 }, (_, i) => row[i + 1] ?? null))).toEqual(
      items.map((i) => [
        i['title'],
        i['stateName'],
        i['mediationStateName'],
        i['headcount'],
        deskTime(i['registeredAt'] ?? ''),
        i['handlerName'],
        i['dueOn'],
        i['disputeType'] === null ? null : '租赁合同',
      ]),
    );
    const listed = (matterId: string) => items.find((i) => i['id'] === matterId);
    expect(listed(id)?.['dueOn']).toMatch(/^\d{4}-/);
    expect(listed(sealed.id)?.['title']).toBe('（封存事项）');
  });

  it('show nobody what they may not see, and belong to whoever asked', async () => {
    await register('本区的事项');
    const foreign = await order('dispatcher:foreign', { columns: ['title'] });
    const own = await order('dispatcher', { columns: ['title'] });
    await settled();
    const titles = async (key: string, id: string) => (await rowsOf(key, id)).flat().join('|');
    expect(await titles('dispatcher', (own.body as { id: string }).id)).toContain('本区的事项');
    expect(await titles('dispatcher:foreign', (foreign.body as { id: string }).id)).not.toContain('本区的事项');
    const stolen = await (await t.as('dispatcher')).get(`/exports/${(foreign.body as { id: string }).id}/file`);
    expect(stolen.status).toBe(404);
    expect(((await (await t.as('director')).get('/exports')).body as unknown[]).length).toBe(0);
  });

  it('are not begun twice by a repeated submission, nor two at a time, nor by those without lists', async () => {
    const clerk = await t.as('archivist');
    const body = { columns: ['registrationNumber'] };
    const [one, two] = [
      await clerk.post('/exports/matters', body, { idempotencyKey: 'export-once-1' }),
      await clerk.post('/exports/matters', body, { idempotencyKey: 'export-once-1' }),
    ];
    expect((two.body as { id: string }).id).toBe((one.body as { id: string }).id);
    await settled();
    expect(((await clerk.get('/exports')).body as unknown[]).length).toBe(1);
    await t.sql("update export_job set state = 'running', file_sha256 = null, finished_at = null where id = $1", [
      (one.body as { id: string }).id,
    ]);
    const third = await clerk.post('/exports/matters', body);
    expect([third.status, (third.body as { code: string }).code]).toEqual([409, 'exchange.export-running']);
    t.clock.advance(180_000);
    expect(((await clerk.get('/exports')).body as { state: string }[])[0]?.state).toBe('failed');
    expect((await clerk.get(`/exports/${(one.body as { id: string }).id}/file`)).status).toBe(409);
    expect((await clerk.post('/exports/matters', body)).status).toBe(202);
    await settled();
    expect((await order('liaison', body)).status).toBe(403);
    expect((await t.anonymous.post('/exports/matters', body)).status).toBe(401);
    expect((await order('intake', { columns: ['phone'] })).status).toBe(400);
  });

  async function register(title: string): Promise<{ registrationNumber: string }> {
    const reply = await (
      await t.as('intake')
    ).post('/disputes', {
      centerId: t.world.centerId,
      channel: 'visit',
      title,
      narrative: `${title}的经过`,
    });
    return reply.body as { registrationNumber: string };
  }
});
