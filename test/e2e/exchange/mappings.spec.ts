import { aMatter, must } from '../../support/builders';
import { type TestApp, startTestApp } from '../../support/test-app';

interface Column {
  readonly header: string;
  readonly source: string | null;
  readonly awaitsCodes: boolean;
}
interface Mapping {
  readonly target: string;
  readonly isOwn: boolean;
  readonly version: number;
  readonly columns: readonly Column[];
}
interface Trial {
  readonly headers: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[] }[];
  readonly total: number;
  readonly faults: readonly {
    readonly row: number | null;
    readonly number: string | null;
    readonly field: string;
    readonly rule: string;
  }[];
}

describe('one record, many reports (real PostgreSQL, real HTTP)', () => {
  let t: TestApp;
  let centerId: string;
  beforeAll(async () => {
    t = await startTestApp();
    ({ centerId } = t.world);
    const { id } = await aMatter(t)
      .with({
        title: '楼上漏水纠纷',
        narrative: '楼上水管爆裂，泡坏楼下墙面。',
        place: '光明街9号',
        upstreamNumber: '12345-0098',
        channel: 'hotline',
      })
      .between(
        { kind: 'person', name: '王小明', side: 'applicant', phone: '13812345678' },
        { kind: 'person', name: '李四', side: 'respondent' },
      )
      .accepted();
    await t.sql(
      "update dispute set state = 'closed', outcome = 'solved', closed_at = '2026-09-18T10:00+08', mediation_state = null where id = $1",
      [id],
    );
  });
  afterAll(() => t.close());

  const list = async (key = 'duty-leader'): Promise<Mapping[]> =>
    must<{ items: Mapping[] }>(await (await t.as(key)).get(`/export-mappings?centerId=${centerId}`), 200).items;
  const trial = async (target: string, more: object = {}): Promise<Trial> =>
    must(await (await t.as('dispatcher')).post('/export-mappings/trials', { centerId, target, ...more }), 200);
  const PERIOD = { from: '2026-09-01', to: '2026-09-30' };

  it('comes with a mapping for each receiver; what is not recorded or verified stays empty and is named', async () => {
    expect((await list()).map(({ target, isOwn, version }) => [target, isOwn, version])).toEqual([
      ['hotline', false, 1],
      ['gbt31000', false, 1],
      ['mediation', false, 1],
      ['old-platform', false, 1],
    ]);
    const { headers, rows, faults } = await trial('gbt31000');
    const cell = (header: string): string | undefined => rows[0]?.cells[headers.indexOf(header)];
    expect(['事件名称', '主要当事人姓名', '化解是否成功', '事件类别', '主要当事人学历'].map(cell)).toEqual([
      '楼上漏水纠纷',
      '王小明',
      '1',
      '',
      '',
    ]);
    expect(faults).toContainEqual(expect.objectContaining({ row: null, field: '事件类别', rule: 'awaits-codes' }));
    expect(faults).toContainEqual(expect.objectContaining({ row: null, field: '主要当事人学历', rule: 'unrecorded' }));
    expect(faults).toContainEqual(expect.objectContaining({ row: 1, field: '化解情况', rule: 'missing' }));
  });

  it('is edited by the center as versions, tried before it is kept, and refused where two columns have one name', async () => {
    const one = {
      header: '标题',
      source: 'title',
      format: 'text',
      codes: [],
      awaitsCodes: false,
      isNeeded: true,
      most: 3,
    };
    const code = {
      header: '结果',
      source: 'outcome',
      format: 'text',
      codes: [{ from: '问题解决', to: '1' }],
      awaitsCodes: false,
      isNeeded: true,
    };
    const columns = [one, code];
    expect((await trial('hotline', { columns })).rows).toEqual([{ cells: ['楼上漏水纠纷', '1'] }]);
    expect((await trial('hotline', { columns })).faults.map(({ field, rule }) => [field, rule])).toEqual([
      ['标题', 'too-long'],
    ]);
    const keep = async (key: string, body: object) =>
      (await t.as(key)).post('/export-mappings', { centerId, target: 'hotline', ...body });
    expect((await keep('dispatcher', { columns })).status).toBe(403);
    expect((await keep('duty-leader', { columns: [one, one] })).status).toBe(422);
    expect((await keep('duty-leader', { columns: [{ ...one, source: 'password' }] })).status).toBe(400);
    expect(must<Mapping>(await keep('duty-leader', { columns }), 201)).toMatchObject({ isOwn: true, version: 1 });
    expect(must<Mapping>(await keep('duty-leader', { columns: [code] }), 201)).toMatchObject({
      isOwn: true,
      version: 2,
    });
    expect((await list())[0]).toMatchObject({
      target: 'hotline',
      isOwn: true,
      version: 2,
      columns: [{ header: '结果' }],
    });
    expect(
      await t.sql('select version from export_mapping where center_id = $1 and ended_at is not null', [centerId]),
    ).toEqual([{ version: 1 }]);
  });

  it('leaves as a file only when what is wrong is accepted, in three forms, through the center of downloads', async () => {
    const order = async (format: string, acceptsFaults: boolean, target = 'old-platform') =>
      (await t.as('dispatcher')).post('/export-mappings/exports', {
        centerId,
        target,
        ...PERIOD,
        format,
        acceptsFaults,
      });
    expect((await trial('mediation', PERIOD)).total).toBe(1);
    await t.sql("update dispute_narrative set narrative = repeat('长', 2001)");
    expect((await order('csv', false)).status).toBe(422);
    for (const format of ['xlsx', 'csv', 'json']) {
      const { id } = must<{ id: string }>(await order(format, true), 201);
      const file = await (await t.as('dispatcher')).download(`/exports/${id}/file`);
      const text = (file.body as Buffer).toString();
      expect([
        file.status,
        decodeURIComponent(String(file.headers['content-disposition'])).includes(`.${format}`),
      ]).toEqual([200, true]);
      if (format === 'json')
        expect((JSON.parse(text) as Record<string, string>[])[0]).toMatchObject({
          事件名称: '楼上漏水纠纷',
          是否成功: '是',
        });
      if (format === 'csv') expect(text).toContain('"楼上漏水纠纷"');
      expect((await (await t.as('duty-leader')).download(`/exports/${id}/file`)).status).toBe(404);
    }
    for (const key of ['mediator', 'director', 'intake:foreign', 'auditor']) {
      expect([key, (await (await t.as(key)).get(`/export-mappings?centerId=${centerId}`)).status]).toEqual([key, 403]);
    }
    const acts = await t.sql<{ act: string }>(
      "select distinct act from audit_entry where act in ('exchange.try-mapping', 'exchange.export-mapped') order by 1",
    );
    expect(acts.map(({ act }) => act)).toEqual(['exchange.export-mapped', 'exchange.try-mapping']);
  });
});
