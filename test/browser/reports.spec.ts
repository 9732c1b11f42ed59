import ExcelJS from 'exceljs';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { RaiseAlarms } from '../../src/modules/authenticity';
import { DISPUTE_TYPES } from '../../src/modules/disputes/domain/dictionaries';
import { tell } from '../e2e/statistics/stage';
import { uuidv7 } from '../../src/platform/database';
import { type BrowserTest, expectAccessible, openBrowser, PHONE, shot } from '../support/browser';
import { textOf } from '../support/paper-fixtures';
import { openAct, press, submitAct, write } from '../support/keyboard';
import { must } from '../support/builders';

/** What a director looks at: a month reported, figures and lists taken along, what may not be true, what others are told. */
describe('reports', () => {
  let b: BrowserTest;
  let told: string[];
  beforeAll(async () => {
    b = await openBrowser();
    const types = Object.keys(DISPUTE_TYPES).filter((type) => !type.includes('.'));
    told = await tell(
      b.t,
      Array.from({ length: 40 }, (_, i) => {
        const day = `2026-08-${String(1 + (i % 28)).padStart(2, '0')}`;
        return {
          registered: '2026-08-01',
          accepted: '2026-08-01',
          type: types[(i * i) % types.length] ?? null,
          ...(i % 7 === 0
            ? { ending: { on: day, state: 'terminated' as const, code: 'irreconcilable' } }
            : { agreement: { effective: day }, items: [{ due: day, state: 'performed' as const }] }),
        };
      }),
    );
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  it('are begun, worded, opened behind their numbers, and frozen', async () => {
    const page = await b.signIn('director', '/reports');
    await page.getByText('还没有报表').waitFor();
    const director = await b.t.as('director');
    const { id } = (
      await director.post('/reports', {
        centerId: b.t.world.centerId,
        form: 'monthly',
        span: 'month',
        day: '2026-08-15',
      })
    ).body as { id: string };
    await page.reload();
    await page.getByRole('link', { name: '工作月报' }).press('Enter');
    await page.getByText('共登记矛盾纠纷40件').waitFor();
    await page.getByLabel('需要关注的问题').fill('本月调解不成的案件要逐件回访，共调解结束〔调解案件总数〕件。');
    await page.getByRole('button', { name: '保存文字' }).press('Enter');
    await page.getByText('共调解结束40件').waitFor();
    // What is drawn stands beside its numbers.
    await page.getByRole('img', { name: '近十二个月登记、受理、办结件数，数字见表格' }).locator('svg').waitFor();
    await page.getByRole('region', { name: '各类纠纷调解案件数（件）' }).waitFor();
    await shot(page, 'report', { fullPage: true });
    await expectAccessible(page);
    await page
      .getByRole('button', { name: /^合计 34，/ })
      .first()
      .press('Enter');
    await page.getByText('调解成功：34 件，共 34 项').waitFor();
    await shot(page, 'report-cases');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '定稿', exact: true }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: '定稿' }).press('Enter');
    await page.getByRole('button', { name: '定稿后的变化' }).press('Enter');
    await page.getByText('没有变化').waitFor();
    for (const kind of ['pdf', 'docx', 'xlsx']) {
      const reply = await director.download(`/reports/${id}/file?kind=${kind}`);
      mkdirSync('test/browser/.shots', { recursive: true });
      writeFileSync(`test/browser/.shots/monthly-report.${kind}`, reply.body as Buffer);
    }
    execFileSync('pdftoppm', [
      '-r',
      '70',
      '-png',
      'test/browser/.shots/monthly-report.pdf',
      'test/browser/.shots/monthly-report',
    ]);
    const phone = await b.signIn('director', `/reports/${id}`, { viewport: PHONE });
    await phone.getByText('共登记矛盾纠纷40件').waitFor();
    await shot(phone, 'report-phone');
    await expectAccessible(phone);
  });

  it('folds what each figure means; opened by key, and in full on paper', async () => {
    const page = await b.signIn('director', '/director/figures');
    const section = page.getByRole('region', { name: '指标口径' });
    const shown = (): Promise<number> => section.locator('dl').filter({ visible: true }).count();
    await section.getByText('化解率', { exact: true }).waitFor();
    expect(await shown()).toBe(0);
    await press(page, section.locator('summary').first());
    expect(await shown()).toBe(1);
    await shot(page, 'figures-folded', { fullPage: true });
    await expectAccessible(page);
    const printed = textOf(await page.pdf());
    for (const label of ['登记数', '满意率']) expect(printed).toContain(label);
    expect(printed.split('不计').length).toBeGreaterThan(await section.locator('details').count());
    const phone = await b.signIn('director', '/director/figures', { viewport: { width: 390, height: 844 } });
    await phone.getByText('指标口径').first().waitFor();
    await shot(phone, 'figures-folded-phone', { fullPage: true });
  });

  it('gives the list of matters as a file at once, and says what to do where it does not come', async () => {
    const page = await b.signIn('director', '/matters');
    await press(page, page.getByRole('button', { name: '导出 Excel' }));
    const dialog = page.getByRole('dialog', { name: '导出 Excel' });
    await page.context().setOffline(true);
    await press(page, dialog.getByRole('button', { name: '直接下载' }));
    await dialog.getByText('或者点“后台导出”').waitFor();
    await shot(page, 'export-at-once');
    await expectAccessible(page);
    await page.context().setOffline(false);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      press(page, dialog.getByRole('button', { name: '直接下载' })),
    ]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(await file.path());
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
    expect(book.worksheets[0]?.rowCount).toBeGreaterThanOrEqual(told.length);
    await dialog.waitFor({ state: 'hidden' });
  });

  it('shows what may not have happened to those who verify, who record what they found; a mediator sees nothing of it', async () => {
    const { t } = b;
    const [mediator, now] = [t.world.account('mediator').id, t.clock.at()];
    for (const [i, id] of told.slice(0, 3).entries()) {
      await t.sql('update dispute set handler_account_id = $2, title = $3 where id = $1', [
        id,
        mediator,
        `楼道杂物纠纷（${i + 1}）`,
      ]);
      await t.sql(
        `insert into party (id, dispute_id, ordinal, kind, side, name, name_key, state, phone_cipher, phone_index, created_at, updated_at)
         values ($1, $2, 1, 'person', 'applicant', $3, $3, 'active', 'v1.one', 'v1.one', $4, $4)`,
        [uuidv7(), id, `住户${i + 1}`, now],
      );
      await t.sql(
        `insert into dispute_event (id, dispute_id, at, act, actor_name) values ($1, $2, $3, 'disputes.register', '王敏')`,
        [uuidv7(), id, now],
      );
    }
    await t.app.get(RaiseAlarms).sweep();
    const page = await b.signIn('director', '/alarms');
    const card = page.getByRole('article').filter({ hasText: '楼道杂物纠纷（1）' });
    await card.waitFor();
    await shot(page, 'alarms');
    await expectAccessible(page);
    const dialog = await openAct(page, '登记核实结果', card);
    await dialog.getByText('情况正常', { exact: true }).click();
    await write(page, dialog.getByRole('textbox'), '已上门，三户合租一处，共用一部座机。');
    await submitAct(page, dialog, '登记核实结果');
    await page.getByText('没有这样的提示').waitFor();
    await page.getByText('全部', { exact: true }).click();
    await page.getByText('三户合租一处').waitFor();
    await shot(page, 'alarm-decided');
    await page.setViewportSize({ width: 390, height: 844 });
    await shot(page, 'alarm-phone', { fullPage: true });
    await expectAccessible(page);

    const liu = await b.signIn('mediator', '/alarms');
    await liu.getByText('没有这个页面，或您的岗位不能查看').waitFor();
    expect(await liu.getByRole('link', { name: '真实性提示' }).count()).toBe(0);
  });

  it('is told to other platforms by a mapping that is edited, tried and checked before it is kept', async () => {
    const closed = await tell(b.t, [
      {
        registered: '2026-07-01',
        accepted: '2026-07-01',
        agreement: { effective: '2026-07-10' },
        closed: '2026-07-12',
      },
    ]);
    await b.t.sql("update dispute set upstream_number = '12345-0098' where id = any ($1)", [closed]);
    await b.t.sql("insert into dispute_narrative (dispute_id, narrative) select unnest($1::uuid[]), '楼上漏水。'", [
      closed,
    ]);
    const page = await b.signIn('duty-leader', '/exchange/mappings');
    await write(page, page.getByLabel('第1列列名'), '工单号码');
    await press(page, page.getByRole('button', { name: '用最近十件试填' }));
    await page.getByRole('columnheader', { name: '工单号码' }).waitFor();
    await page.getByRole('list', { name: '核对报告' }).waitFor();
    await shot(page, 'mapping-trial', { fullPage: true });
    await expectAccessible(page);
    await press(page, page.getByRole('button', { name: '保存为本中心的' }));
    await page.getByText(/本中心第1版/).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await press(page, page.getByRole('button', { name: '用最近十件试填' }));
    await page.getByRole('list', { name: '核对报告' }).waitFor();
    await shot(page, 'mapping-trial-phone', { fullPage: true });
    await expectAccessible(page);
  });

  it('what no record holds is typed in: funds of the units, what was surveyed, and under which category one reports', async () => {
    const director = await b.t.as('director');
    const { centerId } = b.t.world;
    const begun = { centerId, form: 'statutory-2', span: 'month', day: '2026-08-15' };
    const { id } = must<{ id: string }>(await director.post('/reports', begun), 201);
    const page = await b.signIn('director', `/reports/${id}`);
    const work = page.getByLabel(/工作经费（元）$/).first();
    await work.fill('50000');
    await page
      .getByLabel(/补贴经费（元）$/)
      .first()
      .fill('12000.50');
    await page.getByText('有1个改过还没有保存').waitFor();
    await page.getByRole('button', { name: '保存经费' }).press('Enter');
    await page.getByText('已填1个单位').waitFor();
    // Typed in: no matters stand behind it, and nothing offers to open them.
    const sum = page.getByRole('row', { name: /^合计/ }).getByRole('cell', { name: '5.00', exact: true });
    await sum.waitFor();
    expect(await sum.getByRole('button').count()).toBe(0);
    await shot(page, 'report-funding', { fullPage: true });
    await expectAccessible(page);
    await page.getByRole('button', { name: '定稿', exact: true }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: '定稿' }).press('Enter');
    await page.getByText('这一期已经定稿，经费不能再改').waitFor();

    const survey = { kind: 'survey', happenedOn: '2026-08-20', times: 2, matters: 3, note: '节前排查三个小区。' };
    must(await director.post(`/centers/${centerId}/prevention-records`, survey), 201);
    const kept = await b.signIn('intake', '/reports/prevention');
    await kept.getByText('2次，3件').first().waitFor();
    await kept.getByRole('button', { name: '撤销排查预防记录' }).press('Enter');
    await kept.getByRole('dialog').getByLabel('理由').fill('件数写错');
    await kept.getByRole('dialog').getByRole('button', { name: '撤销排查预防记录' }).press('Enter');
    await kept.getByText('不再计入：件数写错').waitFor();
    await kept.getByRole('button', { name: '登记排查预防' }).press('Enter');
    const form = kept.getByRole('dialog');
    await form.getByLabel('件数').fill('4');
    await shot(kept, 'prevention-again');
    await form.getByRole('button', { name: '登记排查预防', exact: true }).press('Enter');
    await kept.getByText('2次，4件').first().waitFor();
    await shot(kept, 'prevention', { fullPage: true });
    await expectAccessible(kept);

    await page.goto(page.url().replace(/\/reports\/.*/, '/reports/mappings'));
    await page.getByRole('button', { name: '修改邻里的对照' }).press('Enter');
    const change = page.getByRole('dialog');
    await change.getByRole('combobox', { name: '统计类别' }).press('Enter');
    await page.getByRole('option', { name: '房屋宅基地' }).click();
    await change.getByRole('button', { name: '修改', exact: true }).press('Enter');
    await page.getByRole('region', { name: '历次修改' }).getByText('房屋宅基地').waitFor();
    await shot(page, 'report-mappings', { fullPage: true });
    await expectAccessible(page);
    for (const [path, name] of [
      ['/reports/prevention', 'prevention-phone'],
      ['/reports/mappings', 'report-mappings-phone'],
      [`/reports/${id}`, 'report-funding-phone'],
    ] as const) {
      const phone = await b.signIn('director', path, { viewport: PHONE });
      await phone.waitForLoadState('networkidle');
      await shot(phone, name);
      await expectAccessible(phone);
    }
  });
});
