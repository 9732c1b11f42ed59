import ExcelJS from 'exceljs';
import { ImportSweeper } from '../../../src/modules/exchange/application/import-sweeper';
import { FillWorklist } from '../../../src/modules/worklist/application/fill-worklist';
import { switchAccessGuardOff } from '../../../src/platform/auth';
import { Chores } from '../../../src/platform/chores';
import { zipOf } from '../../support/files';
import { type Reply, type TestApp, startTestApp } from '../../support/test-app';

type Line = Readonly<Record<string, string | number | Date | null | { formula: string; result?: unknown }>>;

const GOOD: Line = {
  旧台账编号: '2023-001',
  登记日期: '2023-05-01',
  来源渠道: '来访',
  纠纷类型: '邻里—噪声',
  事项名称: '赵家与钱家噪声纠纷',
  简要情况: '楼上夜间装修，双方多次争吵。',
  申请方: '赵一、赵二',
  申请方证件号码: '11010519491231002X、无',
  申请方电话: '13904710001、无',
  被申请方: '单位：某某装饰公司',
  涉及人数: '3',
  '涉及金额（元）': '2,000.50',
  承办人: '孙调解',
  办理单位: '光明社区调委会',
  办结日期: '2023年5月20日',
  办理结果: '达成调解协议',
  办理情况: '双方约定装修时间。',
};

interface Job {
  readonly id: string;
  readonly state: string;
  readonly rowCount: number;
  readonly goodCount: number;
  readonly refusedCount: number;
  readonly knownCount: number;
  readonly importedCount: number;
  readonly problem: string | null;
  readonly allowedActs: string[];
}
interface Row {
  readonly rowNumber: number;
  readonly oldNumber: string;
  readonly faults: { column: string; detail: string }[];
  readonly disputeId: string | null;
}

/** Old ledgers: looked through, then imported. Real application and PostgreSQL, real workbooks. */
describe('imports of an old ledger', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(async () => {
    await t.close();
  });

  const upload = async (key: string, bytes: Buffer, name = '2023年台账.xlsx', centerId = t.world.centerId) =>
    (await t.as(key)).upload('/imports', { bytes, name }, { centerId });
  const checked = async (lines: readonly Line[], key = 'intake'): Promise<Job> => {
    const reply = await upload(key, await bookOf(lines));
    expect([reply.status, reply.text]).toEqual([201, expect.any(String)]);
    return jobOf(key, (reply.body as { id: string }).id);
  };
  const jobOf = async (key: string, id: string): Promise<Job> =>
    (await (await t.as(key)).get(`/imports/${id}`)).body as Job;
  const rowsOf = async (id: string, state: string, key = 'intake'): Promise<Row[]> =>
    ((await (await t.as(key)).get(`/imports/${id}/rows?state=${state}&limit=100`)).body as { items: Row[] }).items;
  const start = async (id: string, isWhole = false, key = 'intake'): Promise<Reply> => {
    const reply = await (await t.as(key)).post(`/imports/${id}/start`, { isWhole });
    await t.app.get(Chores).settled();
    return reply;
  };
  const matters = async (oldNumber: string) =>
    t.sql<Record<string, unknown>>('select * from dispute where registration_number = $1', [`旧台账 ${oldNumber}`]);
  const code = (reply: Reply): string => (reply.body as { code: string }).code;

  it('begin with a template that the reader itself understands', async () => {
    const reply = await (await t.as('archivist')).download('/imports/template');
    expect(reply.status).toBe(200);
    const book = await loaded(reply.body);
    const sheet = book.worksheets[0];
    expect(sheet?.getRow(1).getCell(1).text).toBe('旧台账编号*');
    const { dataValidations } = sheet as unknown as {
      dataValidations: { model: Record<string, { type: string; formulae: string[] }> };
    };
    expect(Object.values(dataValidations.model)[0]).toMatchObject({ type: 'list' });
    expect(book.getWorksheet('可选值')?.getColumn(2).values).toContain('邻里—噪声');

    const untouched = await upload('archivist', reply.body as Buffer);
    expect([untouched.status, code(untouched)]).toEqual([422, 'exchange.no-rows']);
    sheet?.addRow(lineIn(sheet, GOOD));
    const filled = await upload('archivist', Buffer.from(await book.xlsx.writeBuffer()));
    expect(await jobOf('archivist', (filled.body as { id: string }).id)).toMatchObject({ rowCount: 1, goodCount: 1 });
  });

  it('are looked through first, each fault with its row and column, and nothing is written', async () => {
    const { id, ...job } = await checked([
      { ...GOOD, 旧台账编号: 'a-1' },
      { ...GOOD, 旧台账编号: 'a-2', 登记日期: '去年五月', 办理结果: '还行', 申请方电话: '13904710001' },
      { ...GOOD, 旧台账编号: 'a-1' },
      { ...GOOD, 旧台账编号: 'a-4', 办结日期: null, 事项名称: null },
      { ...GOOD, 旧台账编号: 'a-5', 登记日期: '2023-05-30' },
      { ...GOOD, 旧台账编号: 'a-6', 申请方证件号码: '110105194912310021、无', '涉及金额（元）': '两千' },
      { ...GOOD, 旧台账编号: 'a-7', 申请方证件号码: 110105194912310000 },
    ]);
    expect(job).toMatchObject({ state: 'checked', rowCount: 7, goodCount: 1, refusedCount: 6, importedCount: 0 });
    const faults = Object.fromEntries(
      (await rowsOf(id, 'refused')).map((r) => [r.rowNumber, r.faults.map((f) => `${f.column}：${f.detail}`)]),
    );
    expect(faults).toEqual({
      3: [
        '登记日期：不是有效的日期。请按“年-月-日”填写，例如 2023-05-01。',
        '申请方电话：2 人填了 1 个号码，对不上。请与姓名一一对应，没有的写“无”。',
        '办理结果：“办理结果”要从列表中选，不能自己写。可选的值在模板的“可选值”表里。',
      ],
      4: ['旧台账编号：与第 2 行的编号相同。每件的编号应当不同，请核对。'],
      5: [
        '事项名称：没有填写事项名称。',
        '办结日期：没有办结日期。还在办理的事项请在“登记”里登记，从登记起按程序办理。',
      ],
      6: ['办结日期：办结日期早于登记日期，请核对这两个日期。'],
      7: [
        expect.stringMatching(/^申请方证件号码：第 1 人：公民身份号码/),
        '涉及金额（元）：金额请按元填写，最多两位小数，如12000.50；不要写“万”。',
      ],
      8: ['申请方证件号码：号码被 Excel 当成了数字，末尾几位已经丢失。请把这一栏设为“文本”格式，重新填写完整号码。'],
    });
    expect(await matters('a-1')).toEqual([]);
    const stored = await t.sql<{ text: string }>('select string_agg(r::text, chr(10)) as text from import_row r');
    expect(stored[0]?.text).not.toMatch(/赵一|11010519491231002X|13904710001/);
  });

  it('become matters of the archive that claim nothing the ledger does not tell', async () => {
    const { id } = await checked([{ ...GOOD, 旧台账编号: 'b-1' }]);
    expect((await start(id)).status).toBe(202);
    expect(await jobOf('intake', id)).toMatchObject({ state: 'done', importedCount: 1, allowedActs: [] });
    const [row] = await matters('b-1');
    expect(row).toMatchObject({
      state: 'archived',
      is_imported: true,
      mediation_state: null,
      nature: null,
      risk_level: null,
      accepted_at: null,
      registered_by: null,
      dispute_type: 'neighbor.noise',
      amount_fen: 200050,
      outcome: 'agreement',
      registered_at: new Date('2023-05-01T00:00:00+08:00'),
      closed_at: new Date('2023-05-20T00:00:00+08:00'),
    });
    const read = (await (await t.as('intake')).get(`/disputes/${String(row?.['id'])}`)).body as Record<string, unknown>;
    expect(read).toMatchObject({
      isImported: true,
      imported: {
        oldNumber: 'b-1',
        registeredOn: '2023-05-01',
        closedOn: '2023-05-20',
        handlerName: '孙调解',
        importedByName: '王敏',
      },
    });
    const parties = await t.sql<{ name: string; kind: string; sealed: boolean }>(
      `select name, kind, document_number_cipher is not null as sealed from party where dispute_id = $1 order by ordinal`,
      [row?.['id']],
    );
    expect(parties).toEqual([
      { name: '赵一', kind: 'person', sealed: true },
      { name: '赵二', kind: 'person', sealed: false },
      { name: '某某装饰公司', kind: 'organization', sealed: false },
    ]);
    for (const table of ['mediation_session', 'mediation_period', 'dispute_closing', 'party_consent'])
      expect(await t.sql(`select 1 from ${table} where dispute_id = $1`, [row?.['id']])).toEqual([]);
    const events = await t.sql('select act, actor_name from dispute_event where dispute_id = $1', [row?.['id']]);
    expect(events).toEqual([{ act: 'disputes.import', actor_name: '王敏' }]);
    expect(
      await t.sql("select 1 from audit_entry where act = 'disputes.import' and dispute_id = $1", [row?.['id']]),
    ).toHaveLength(1);
    expect(await t.sql('select 1 from worklist_entry where dispute_id = $1', [row?.['id']])).toEqual([]);
    expect(await t.app.get(FillWorklist, { strict: false }).fill()).toBe(0);
    expect(await t.sql('select content_cipher from import_row where job_id = $1', [id])).toEqual([
      { content_cipher: null },
    ]);
  });

  it('are not imported twice: neither the same file, nor the same row, nor by two at once', async () => {
    const lines = [
      { ...GOOD, 旧台账编号: 'c-1' },
      { ...GOOD, 旧台账编号: 'c-2' },
    ];
    const [one, two] = [await checked(lines), await checked(lines, 'archivist')];
    const caller = { intake: await t.as('intake'), archivist: await t.as('archivist') };
    await Promise.all([
      caller.intake.post(`/imports/${one.id}/start`, { isWhole: false }),
      caller.archivist.post(`/imports/${two.id}/start`, { isWhole: false }),
    ]);
    await t.app.get(Chores).settled();
    expect([await matters('c-1'), await matters('c-2')].map((found) => found.length)).toEqual([1, 1]);
    const [first, second] = [await jobOf('intake', one.id), await jobOf('archivist', two.id)];
    expect(first.importedCount + second.importedCount).toBe(2);
    expect(first.knownCount + second.knownCount).toBe(2);
    const again = await checked([...lines, { ...GOOD, 旧台账编号: 'c-3' }]);
    expect(again).toMatchObject({ goodCount: 1, knownCount: 2, refusedCount: 0 });
    expect((await rowsOf(again.id, 'known')).map((r) => r.disputeId)).toEqual(
      [await matters('c-1'), await matters('c-2')].map((found) => found[0]?.['id']),
    );
  });

  it('are imported all or none where the person wants it so', async () => {
    const { id } = await checked([
      { ...GOOD, 旧台账编号: 'd-1' },
      { ...GOOD, 旧台账编号: 'd-2', 申请方: null },
    ]);
    const refused = await start(id, true);
    expect([refused.status, code(refused)]).toEqual([409, 'exchange.import-has-faults']);
    expect(await matters('d-1')).toEqual([]);
    expect((await start(id, false)).status).toBe(202);
    expect(await matters('d-1')).toHaveLength(1);
    expect(await jobOf('intake', id)).toMatchObject({ state: 'done', importedCount: 1, refusedCount: 1 });
    const whole = await checked(Array.from({ length: 60 }, (_, i) => ({ ...GOOD, 旧台账编号: `d-whole-${i}` })));
    expect((await start(whole.id, true)).status).toBe(202);
    expect(await jobOf('intake', whole.id)).toMatchObject({ importedCount: 60, goodCount: 0, problem: null });
  });

  it('refuse alone the row that breaks a rule which only the writing finds', async () => {
    const same = { 申请方: '赵一', 申请方证件号码: '11010519491231002X', 申请方电话: null };
    const { id } = await checked([
      { ...GOOD, 旧台账编号: 'i-1', 被申请方证件号码: null },
      { ...GOOD, ...same, 旧台账编号: 'i-2', 被申请方: '钱三', 被申请方证件号码: '11010519491231002x' },
      { ...GOOD, 旧台账编号: 'i-3' },
    ]);
    await start(id);
    expect(await jobOf('intake', id)).toMatchObject({ state: 'done', importedCount: 2, refusedCount: 1 });
    const [refused] = await rowsOf(id, 'refused');
    expect(refused).toMatchObject({ oldNumber: 'i-2', faults: [{ column: '整行' }] });
    expect(await matters('i-2')).toEqual([]);
  });

  it('go on where a stop of the program cut them off', async () => {
    const { id } = await checked([{ ...GOOD, 旧台账编号: 'j-1' }]);
    await t.sql("update import_job set state = 'running', is_whole = false where id = $1", [id]);
    expect(code(await start(id))).toBe('exchange.import-running');
    expect(await jobOf('intake', id)).toMatchObject({ isRunning: true, allowedActs: [] });
    t.clock.advance(180_000);
    expect(await jobOf('intake', id)).toMatchObject({
      isRunning: false,
      problem: expect.stringContaining('导入中断') as string,
      allowedActs: ['exchange.start-import'],
    });
    expect((await start(id)).status).toBe(202);
    expect(await jobOf('intake', id)).toMatchObject({ state: 'done', importedCount: 1, problem: null });
  });

  it('give the refused rows back to be mended, and nothing in them is ever reckoned', async () => {
    const { id } = await checked([
      { ...GOOD, 旧台账编号: 'e-1' },
      { ...GOOD, 旧台账编号: 'e-2', 事项名称: '=HYPERLINK("http://x","y")', 办结日期: '不记得' },
    ]);
    const reply = await (await t.as('intake')).download(`/imports/${id}/refused`);
    const book = await loaded(reply.body);
    const sheet = book.worksheets[0];
    expect(sheet?.getRow(1).getCell(1).text).toBe('需要修改的地方');
    const row = sheet?.getRow(3);
    expect(row?.getCell(1).text).toBe('原第 3 行\n办结日期：不是有效的日期。请按“年-月-日”填写，例如 2023-05-01。');
    const title = row?.getCell(headings(sheet).indexOf('事项名称*') + 1);
    expect([title?.type, title?.text]).toEqual([ExcelJS.ValueType.String, '=HYPERLINK("http://x","y")']);
    const closed = row?.getCell(headings(sheet).indexOf('办结日期*') + 1);
    if (closed) closed.value = '2023-06-01';
    const mended = await upload('intake', Buffer.from(await book.xlsx.writeBuffer()), '需要修改的行.xlsx');
    expect(await jobOf('intake', (mended.body as { id: string }).id)).toMatchObject({ rowCount: 1, goodCount: 1 });
    expect(await t.sql("select 1 from audit_entry where act = 'exchange.download-refused'")).toHaveLength(1);
  });

  it('count apart in figures, and count like any other once they are worked on here', async () => {
    const { id } = await checked([{ ...GOOD, 旧台账编号: 'f-1', 登记日期: '2021-03-01', 办结日期: '2021-03-09' }]);
    await start(id);
    const figure = async (key: string) => {
      const reply = await (await t.as('director')).get('/statistics/figures?from=2021-03-01&to=2021-03-31');
      const { items } = reply.body as { items: { figure: string; total: Record<string, unknown> }[] };
      return items.find((i) => i.figure === key)?.total;
    };
    for (const key of ['registered', 'closed'])
      expect(await figure(key)).toMatchObject({
        numerator: 0,
        apartCount: 1,
        apart: [{ note: 'imported', noteName: '旧台账导入', count: 1 }],
      });
    for (const key of ['accepted', 'agreed', 'settled'])
      expect(await figure(key)).toMatchObject({ numerator: 0, apartCount: 0 });
    const [matter] = await matters('f-1');
    const reopened = await (
      await t.as('director')
    ).post(`/disputes/${String(matter?.['id'])}/reopening`, {
      reasonCode: 'new-situation',
      reason: '当事人再次反映。',
    });
    expect(reopened.status).toBeLessThan(300);
    expect(await t.sql('select 1 from worklist_entry where dispute_id = $1', [matter?.['id']])).not.toEqual([]);
  });

  it('read what people really have: formulas by their value, dates of Excel, a title above, columns of their own', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('台账');
    sheet.addRow(['某某中心2023年台账']);
    sheet.addRow(['序号', ...Object.keys(GOOD)]);
    const at = (name: string): number => Object.keys(GOOD).indexOf(name) + 2;
    const row = sheet.addRow([1, ...Object.values({ ...GOOD, 旧台账编号: 'g-1' })]);
    row.getCell(at('登记日期')).value = new Date(Date.UTC(2023, 4, 1));
    row.getCell(at('事项名称')).value = { formula: 'A1&"纠纷"', result: '合成的名称' };
    row.getCell(at('涉及人数')).value = 3;
    const broken = sheet.addRow([2, ...Object.values({ ...GOOD, 旧台账编号: 'g-2' })]);
    broken.getCell(at('事项名称')).value = { formula: 'A1/0', result: { error: '#DIV/0!' } } as never;
    const reply = await upload('intake', Buffer.from(await book.xlsx.writeBuffer()));
    const { id } = reply.body as { id: string };
    expect(await jobOf('intake', id)).toMatchObject({ goodCount: 1, refusedCount: 1 });
    const [refused] = await rowsOf(id, 'refused');
    expect(refused?.faults.map((f) => f.detail).join()).toContain('公式算不出结果');
    await start(id);
    expect(await matters('g-1')).toMatchObject([
      { title: '合成的名称', registered_at: new Date('2023-05-01T00:00:00+08:00'), headcount: 3 },
    ]);
  });

  it('refuse what is no ledger quickly and in words', async () => {
    const cases: [string, Buffer, string][] = [
      ['text', Buffer.from('旧台账编号,登记日期\n1,2'), 'excel.not-a-workbook'],
      ['an empty file', Buffer.alloc(0), 'excel.not-a-workbook'],
      ['another archive', zipOf([{ name: 'a.txt' }]), 'excel.not-a-workbook'],
      ['a bomb', workbookOf(Buffer.alloc(80 * 1024 * 1024, 32)), 'excel.too-large'],
      ['a bomb that lies about its size', workbookOf(Buffer.alloc(60 * 1024 * 1024, 32), 1000), 'excel.not-a-workbook'],
      ['a million empty rows', workbookOf(emptyRows(1_000_000)), 'excel.too-large'],
      ['entities that blow up', workbookOf(LAUGHS), 'excel.not-a-workbook'],
      ['broken markup', workbookOf('<worksheet><sheetData><row>'), 'excel.not-a-workbook'],
      ['another table', await bookOf([{ 姓名: '赵一' }]), 'exchange.no-heading'],
      ['a ledger without its columns', await bookOf([{ 旧台账编号: '1' }]), 'exchange.columns-missing'],
    ];
    for (const [what, bytes, expected] of cases) {
      const before = process.memoryUsage().heapUsed;
      const started = performance.now();
      const reply = await upload('intake', bytes);
      expect([what, reply.status, code(reply)]).toEqual([what, 422, expected]);
      expect([what, performance.now() - started < 10_000]).toEqual([what, true]);
      expect([what, process.memoryUsage().heapUsed - before < 120 * 1024 * 1024]).toEqual([what, true]);
    }
    const tooMany = await upload('intake', workbookOf(emptyRows(20, 6000)));
    expect([tooMany.status, code(tooMany)]).toEqual([422, 'excel.too-many-rows']);
    const big = await upload('intake', Buffer.alloc(11 * 1024 * 1024));
    expect([big.status, code(big)]).toEqual([413, 'too-large']);
    expect((await (await t.as('intake')).post('/imports', { centerId: t.world.centerId })).status).toBe(422);
  });

  it('are for those who know the ledgers, each their own, and gone after their time', async () => {
    const bytes = await bookOf([{ ...GOOD, 旧台账编号: 'h-1' }]);
    for (const key of ['mediator', 'director', 'system-admin', 'intake:foreign'])
      expect([key, (await upload(key, bytes)).status]).toEqual([key, 403]);
    expect(
      (await t.anonymous.upload('/imports', { bytes, name: 'x.xlsx' }, { centerId: t.world.centerId })).status,
    ).toBe(401);
    const { id } = await checked([{ ...GOOD, 旧台账编号: 'h-1' }]);
    for (const path of ['', '/rows?state=good', '/refused'])
      expect((await (await t.as('archivist')).get(`/imports/${id}${path}`)).status).toBe(404);
    expect((await start(id, false, 'archivist')).status).toBe(404);
    switchAccessGuardOff(true);
    try {
      expect((await start(id, false, 'archivist')).status).toBe(404);
    } finally {
      switchAccessGuardOff(false);
    }
    expect((await start(id)).status).toBe(202);
    t.clock.advance(31 * 86_400_000);
    await t.app.get(ImportSweeper, { strict: false }).sweep();
    expect(await t.sql('select 1 from import_job')).toEqual([]);
    expect(await t.sql('select 1 from import_row')).toEqual([]);
    expect(await matters('h-1')).toHaveLength(1);
  });
});

async function bookOf(lines: readonly Line[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('旧台账');
  const names = Object.keys(lines[0] ?? {});
  sheet.addRow(names);
  for (const line of lines) sheet.addRow(names.map((name) => line[name]));
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function loaded(bytes: unknown): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as ArrayBuffer);
  return book;
}

function headings(sheet: ExcelJS.Worksheet | undefined): string[] {
  return ((sheet?.getRow(1).values ?? []) as string[]).slice(1);
}

const lineIn = (sheet: ExcelJS.Worksheet, line: Line) =>
  headings(sheet).map((name) => line[name.replace('*', '')] ?? null);

/** A workbook whose one sheet is as given; `declaredSize` lies about its unpacked size. */
function workbookOf(sheet: Buffer | string, declaredSize?: number): Buffer {
  return zipOf([
    {
      name: 'xl/workbook.xml',
      bytes: Buffer.from(
        '<workbook xmlns:r="urn:r"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
      ),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      bytes: Buffer.from('<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'),
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      bytes: Buffer.from(sheet),
      ...(declaredSize === undefined ? {} : { declaredSize }),
    },
  ]);
}

function emptyRows(empty: number, filled = 0): string {
  const rows = Array.from({ length: empty }, (_, i) => `<row r="${i + 1}" spans="1:21" s="1"></row>`).join('');
  const full = Array.from({ length: filled }, (_, i) => `<row r="${empty + i + 1}"><c><v>1</v></c></row>`).join('');
  return `<worksheet><sheetData>${rows}${full}</sheetData></worksheet>`;
}

const LAUGHS = `<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`;
