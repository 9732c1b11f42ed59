import type { Page } from 'playwright-core';
import { KeepClocks } from '../../src/modules/supervision/application/keep-clocks';
import { aMatterInProgress, aWhistle } from '../e2e/summons/stage';
import { tellAYear } from '../e2e/statistics/a-year';
import { keepFigures } from '../e2e/statistics/stage';
import { type BrowserTest, DESK, expectAccessible, openBrowser, PHONE, shot } from '../support/browser';
import { cutOffs } from '../support/page-probes';
import { openAct, press, submitAct, write } from '../support/keyboard';

const SCREEN = { width: 1920, height: 1080 };

describe('a director’s desk and the screen on the wall (real application, real browser)', () => {
  let b: BrowserTest;
  let director: Page;

  beforeAll(async () => {
    b = await openBrowser();
    const { t } = b;
    const { world } = t;
    await tellAYear(t);
    const whistled = await aMatterInProgress(t);
    await t.sql("update dispute set title = '供热管网改造纠纷' where id = $1", [whistled]);
    await aWhistle(t, whistled, [{ agencyId: world.agencyIds[0], role: 'lead' }]);
    t.clock.advanceDays(3);
    await t.app.get(KeepClocks).fill();
  }, 240_000);
  afterAll(() => b.close());

  it('begins with the morning, where an interview is begun in place', async () => {
    director = await b.signIn('director', '/director/morning');
    await director.getByText('部门超时未签收吹哨').first().waitFor();
    await shot(director, 'desk-morning', { fullPage: true });
    const sentence = director.locator('.sentences > li').filter({ hasText: '部门超时未签收吹哨' });
    await press(director, sentence.getByRole('button', { name: /看这/ }));
    const row = sentence.getByRole('row').filter({ hasText: '供热管网改造纠纷' });
    await press(director, row.getByRole('button', { name: '约谈部门' }));
    const dialog = director.getByRole('dialog', { name: /约谈部门/ });
    await write(
      director,
      dialog.getByLabel('意见和要求').or(dialog.getByLabel('约谈事由')),
      '多次催办仍未签收，请分管负责人到中心说明情况。',
    );
    await write(director, dialog.getByLabel('约谈期限'), '2026年9月25日');
    await director.keyboard.press('Enter');
    await shot(director, 'desk-interview');
    await submitAct(director, dialog, '约谈部门');
    await director.getByText('约谈部门：已办理').waitFor();
    await director.goto('/supervisions');
    await director.getByText(/由.+约谈新城区征收办/).waitFor();
    await shot(director, 'desk-supervisions');
  }, 120_000);

  it('asks the list for one agency, and lists an oversight', async () => {
    await director.goto('/director/watch-list?clock=summons-sign');
    await director.getByRole('row').filter({ hasText: '供热管网改造纠纷' }).waitFor();
    await director.goto(`/director/watch-list?agencyId=${b.t.world.agencyIds[0]}`);
    const dialog = await openAct(
      director,
      '督办部门',
      director.getByRole('row').filter({ hasText: '供热管网改造纠纷' }),
    );
    await shot(director, 'desk-watch-list');
    await director.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }, 120_000);

  it('opens the very cases behind this year’s and the former figures, counted by either basis', async () => {
    await director.goto('/director/figures');
    await director.getByRole('row').filter({ hasText: '调解成功率' }).first().waitFor();
    await press(director, director.getByRole('radio', { name: '本年' }), 'Space');
    const row = director.getByRole('row').filter({ hasText: '登记数' }).first();
    await director.getByText('2026年1月1日至2026年12月31日').waitFor();
    // A year that is not over is held against the same days of the year before.
    await director
      .getByText(/同期至/)
      .first()
      .waitFor();
    await shot(director, 'desk-figures', { fullPage: true });
    await press(director, director.getByRole('radio', { name: '上月' }), 'Space');
    await press(director, row.getByRole('button', { name: /^登记数上期 / }));
    const drawer = director.getByRole('dialog', { name: /登记数.*2026年7月/ });
    await drawer.getByText(/^共 \d+ 条/).waitFor();
    await shot(director, 'desk-former-cases');
    await director.keyboard.press('Escape');
    await press(director, director.getByRole('radio', { name: '按受理时间' }), 'Space');
    await director
      .getByText(/按受理时间归入期间/)
      .first()
      .waitFor();
    await expectAccessible(director);
  }, 120_000);

  it('draws trend, composition, ranking, areas and the answers of agencies; every number in their tables opens its cases', async () => {
    await director.goto('/director/figures?from=2026-01-01&to=2026-12-31');
    await press(director, director.getByRole('link', { name: '看图表' }));
    await director.getByRole('heading', { name: '图表', exact: true }).waitFor();
    await press(director, director.getByRole('radio', { name: '按发生时间' }), 'Space');
    await press(director, director.getByRole('button', { name: '画区域图' }));
    const editor = director.getByRole('dialog', { name: /区域图/ });
    await press(director, editor.getByRole('button', { name: '全部排成方格' }));
    await shot(director, 'desk-map-editor');
    await expectAccessible(director);
    await press(director, editor.getByRole('button', { name: '保存' }));
    await editor.waitFor({ state: 'hidden' });
    for (const name of ['趋势图', '构成图', '排名图', '地区分布图', '部门响应图']) {
      await director
        .getByRole('img', { name: new RegExp(name) })
        .locator('svg')
        .first()
        .waitFor();
    }
    await shot(director, 'desk-charts', { fullPage: true });
    await expectAccessible(director);
    const share = director.getByRole('region', { name: /^构成/ });
    await press(director, share.getByText('数字表'));
    await press(director, share.getByRole('row').nth(1).getByRole('button').first());
    const drawer = director.getByRole('dialog', { name: /^登记数：/ });
    await drawer.getByText(/^共 \d+ 条/).waitFor();
    await shot(director, 'desk-chart-cases');
    await director.keyboard.press('Escape');
    const phone = await b.signIn('director', '/director/charts', { viewport: PHONE });
    await phone
      .getByRole('img', { name: /趋势图/ })
      .locator('svg')
      .first()
      .waitFor();
    await shot(phone, 'desk-charts-phone', { fullPage: true });
    await phone.goto('/director/figures');
    await phone.getByRole('row').filter({ hasText: '调解成功率' }).first().waitFor();
    await shot(phone, 'desk-figures-phone');
  }, 180_000);

  it('tells nothing of a few sealed matters, and stays as wide as the phone', async () => {
    await b.t.sql("update dispute set is_sealed = true where dispute_type = 'consumer'");
    const few = await b.t.sql<{ id: string }>("select id from dispute where dispute_type = 'consumer'");
    await keepFigures(
      b.t,
      few.map(({ id }) => id),
    );
    const asked = '/director/figures?from=2026-08-01&to=2026-08-31&disputeType=consumer';
    const phone = await b.signIn('director', asked, { viewport: PHONE });
    await phone
      .getByText(/^小数保护：/)
      .first()
      .waitFor();
    await phone
      .getByRole('region', { name: /^调解成功率/ })
      .getByText('＊')
      .first()
      .waitFor();
    expect(await phone.getByRole('img', { name: /条形图/ }).count()).toBe(0);
    expect(await cutOffs(phone)).toEqual([]);
    await shot(phone, 'desk-withheld-phone', { fullPage: true });
    await expectAccessible(phone);
  }, 60_000);

  it('shows the wall numbers alone: no name, no matter, nothing that could be recognised', async () => {
    const wall = await b.signIn('supervisor', '/', { viewport: SCREEN });
    await wall.goto('/wall');
    await wall
      .getByRole('img', { name: /本年纠纷类型/ })
      .locator('svg')
      .first()
      .waitFor();
    await shot(wall, 'wall-1920');
    await expectAccessible(wall);
    const said = await wall.locator('body').innerText();
    expect(said).toContain('新城区综治中心');
    expect(said).not.toMatch(/供热管网改造纠纷|第9\d{4}件|刘调解/);
    expect(await wall.locator('.mark').count()).toBe(0);
    await wall.setViewportSize(DESK);
    await shot(wall, 'wall-1366');
    b.t.clock.advance(60_000);
    const asked = wall.waitForResponse((r) => r.url().includes('/api/statistics/wall'));
    await wall.clock.runFor(61_000);
    expect((await asked).status()).toBe(200);
  }, 120_000);

  it('keeps the pages quiet', () => {
    b.expectQuiet();
  });
});
