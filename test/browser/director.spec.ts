import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { aMatter } from '../support/builders';
import { type BrowserTest, expectAccessible, openBrowser, shot } from '../support/browser';
import { aMatterInProgress, aWhistle } from '../e2e/summons/stage';
import { tell } from '../e2e/statistics/stage';

describe('a director’s supervision (real application, real browser)', () => {
  let b: BrowserTest;
  let director: Page;
  let late: string;

  beforeAll(async () => {
    b = await openBrowser();
    const { t } = b;
    const { world } = t;
    await tell(t, [
      {
        registered: '2026-07-02',
        type: 'family.inheritance',
        accepted: '2026-07-03',
        agreement: { effective: '2026-07-20' },
        handler: world.account('mediator').id,
      },
      { registered: '2026-07-05', type: 'property', accepted: '2026-07-06', agreement: { effective: '2026-08-20' } },
      {
        registered: '2026-08-02',
        type: 'property',
        accepted: '2026-08-03',
        ending: { on: '2026-08-20', state: 'terminated', code: 'irreconcilable' },
      },
      { registered: '2026-08-10', type: 'neighbor.noise', center: world.streetCenterId },
      {
        registered: '2026-05-10',
        type: 'neighbor.noise',
        accepted: '2026-05-11',
        agreement: { effective: '2026-06-01' },
      },
    ]);
    ({ id: late } = await aMatter(t).with({ title: '楼道漏水纠纷' }).ofType('neighbor.adjacency').assigned());
    const whistled = await aMatterInProgress(t);
    await t.sql("update dispute set title = '供热管网改造纠纷' where id = $1", [whistled]);
    await aWhistle(t, whistled, [
      { agencyId: world.agencyIds[0], role: 'lead' },
      { agencyId: world.agencyIds[2], role: 'assist' },
    ]);
    const red = await aMatterInProgress(t, 'red');
    await t.sql("update dispute set title = '拖欠工资群体纠纷' where id = $1", [red]);
    t.clock.advanceDays(33);
  }, 180_000);
  afterAll(() => b.close());

  it('begins with ten sentences, each with its cases; oversight is asked in place', async () => {
    director = await b.signIn('director', '/director/morning');
    await director.getByRole('heading', { name: '每日晨报' }).waitFor();
    await director.getByText('部门超时未签收吹哨 2 件').waitFor();
    expect(await director.locator('.sentences > li').count()).toBe(10);
    await shot(director, 'director-morning');
    await expectAccessible(director);

    const idle = director.locator('.sentences > li').filter({ hasText: '调解超过期限' });
    await idle.getByRole('button', { name: /看这/ }).click();
    const row = idle.getByRole('row').filter({ hasText: '楼道漏水纠纷' });
    await row.getByRole('button', { name: '督办' }).click();
    const dialog = director.getByRole('dialog', { name: '督办' });
    await dialog.getByLabel('意见和要求').fill('已超过调解期限，请说明原因和下一步安排。');
    await shot(director, 'director-oversight-dialog');
    await expectAccessible(director);
    await dialog.getByLabel('答复期限').fill('2026-10-23');
    await dialog.getByLabel('答复期限').press('Enter');
    await dialog
      .getByRole('button', { name: /^督办|确定|提交/ })
      .last()
      .click();
    await dialog.waitFor({ state: 'hidden' });
    await director.getByText('督办：已办理').waitFor();
  }, 240_000);

  it('urges an agency from the red and yellow list, with what it was asked before in sight', async () => {
    await director.getByRole('link', { name: '全部红黄灯' }).click();
    await director.getByRole('heading', { name: '红黄灯清单' }).waitFor();
    const row = director.getByRole('row').filter({ hasText: '部门签收' }).filter({ hasText: '新城区人社局' });
    await row.getByRole('button', { name: '催办部门' }).click();
    const dialog = director.getByRole('dialog', { name: '催办部门' });
    await dialog.getByLabel('意见和要求').fill('请立即签收并与当事人联系。');
    await dialog
      .getByRole('button', { name: /催办|确定|提交/ })
      .last()
      .click();
    await dialog.waitFor({ state: 'hidden' });
    await row.filter({ hasText: '1 件' }).waitFor();
    await shot(director, 'director-watch-list');
    await expectAccessible(director);
    await director.getByText('红：已超期').click();
    await director.waitForURL(/light=red/);
  }, 240_000);

  it('is answered by the mediator on the matter, stands on its timeline, and is closed by the director', async () => {
    const mediator = await b.signIn('mediator', `/matters/${late}?tab=supervisions`);
    await mediator.getByText('已超过调解期限').first().waitFor();
    await mediator.getByRole('button', { name: '答复' }).click();
    const dialog = mediator.getByRole('dialog', { name: '答复' });
    await dialog.getByLabel('答复', { exact: false }).last().fill('当事人出差，约定周五上午调解。');
    await dialog
      .getByRole('button', { name: /答复|确定|提交/ })
      .last()
      .click();
    await dialog.waitFor({ state: 'hidden' });
    await mediator.getByText('当事人出差，约定周五上午调解。').waitFor();
    await shot(mediator, 'director-answered');
    await expectAccessible(mediator);
    await mediator.goto(`/matters/${late}?tab=timeline`);
    await mediator.getByText('当事人出差，约定周五上午调解。').first().waitFor();
    await shot(mediator, 'director-timeline');

    await director.goto('/supervisions');
    await director.getByText('当事人出差，约定周五上午调解。').waitFor();
    await shot(director, 'director-ledger');
    await expectAccessible(director);
    const card = director.locator('article').filter({ hasText: '楼道漏水纠纷' });
    await card.getByRole('button', { name: '办结督办' }).click();
    const closing = director.getByRole('dialog', { name: '办结督办' });
    await closing.getByLabel('意见').fill('同意，按期调解。');
    await closing
      .getByRole('button', { name: /办结|确定|提交/ })
      .last()
      .click();
    await closing.waitFor({ state: 'hidden' });
    await card.getByText('已办结').first().waitFor();
  }, 240_000);

  it('opens the very cases behind a number, the matter behind a case, and takes the table to Excel', async () => {
    await director.goto('/director/figures');
    await director.getByText('自定').click();
    await director.getByLabel('期间起').fill('2026-07-01');
    await director.getByLabel('期间起').press('Enter');
    await director.getByLabel('期间止').fill('2026-09-30');
    await director.getByLabel('期间止').press('Enter');
    await director.getByRole('button', { name: '查询' }).click();
    await director.getByText('2026年7月1日至2026年9月30日').waitFor();
    const agreed = director.getByRole('row').filter({ hasText: '调解成功率' }).first();
    await agreed.getByText('66.7%').waitFor();
    await director.locator('figure svg').waitFor();
    await shot(director, 'director-figures');
    await shot(director, 'director-figures-whole', { fullPage: true });
    await expectAccessible(director);

    await agreed.getByRole('button', { name: '调解成功率的口径' }).click();
    await director.getByText('协议最早生效时间，或调解终止时间在期间内').first().waitFor();
    await shot(director, 'director-definition');
    await director.keyboard.press('Escape');
    await agreed.getByRole('button', { name: /^调解成功率分母 3/ }).click();
    const drawer = director.getByRole('dialog', { name: /调解成功率：分母/ });
    await drawer.getByText('共 3 条').waitFor();
    expect(await drawer.locator('tbody tr').count()).toBe(3);
    await shot(director, 'director-cases');
    await expectAccessible(director);
    const [list] = await Promise.all([
      director.waitForEvent('download'),
      drawer.getByRole('button', { name: '导出 Excel' }).click(),
    ]);
    expect(list.suggestedFilename()).toMatch(/^调解成功率.*\.xlsx$/);
    expect(
      readFileSync(await list.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    const title = await drawer.locator('tbody a').first().innerText();
    await drawer.locator('tbody a').first().click();
    await director.waitForURL(/\/matters\//);
    await director.getByText(title).first().waitFor();
  }, 240_000);

  it('keeps the pages quiet', () => {
    b.expectQuiet();
  }, 240_000);
});
