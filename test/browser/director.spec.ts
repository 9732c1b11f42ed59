import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { aMatter } from '../support/builders';
import { type BrowserTest, expectAccessible, openBrowser, shot } from '../support/browser';
import { choose, openAct, press, submitAct, write } from '../support/keyboard';
import { aMatterInProgress, aWhistle } from '../e2e/summons/stage';
import { tell } from '../e2e/statistics/stage';

describe('a director’s supervision by keyboard alone (real application, real browser)', () => {
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
    await press(director, idle.getByRole('button', { name: /看这/ }));
    const dialog = await openAct(director, '督办', idle.getByRole('row').filter({ hasText: '楼道漏水纠纷' }));
    await write(director, dialog.getByLabel('意见和要求'), '已超过调解期限，请说明原因和下一步安排。');
    await shot(director, 'director-oversight-dialog');
    await expectAccessible(director);
    await write(director, dialog.getByLabel('答复期限'), '2026年10月23日');
    await director.keyboard.press('Enter');
    await submitAct(director, dialog, '督办');
    await director.getByText('督办：已办理').waitFor();
  }, 240_000);

  it('urges an agency from the red and yellow list, with what it was asked before in sight', async () => {
    await press(director, director.getByRole('link', { name: '全部红黄灯' }));
    await director.getByRole('heading', { name: '红黄灯清单' }).waitFor();
    const row = director.getByRole('row').filter({ hasText: '部门签收' }).filter({ hasText: '新城区人社局' });
    const dialog = await openAct(director, '催办部门', row);
    await write(director, dialog.getByLabel('意见和要求'), '请立即签收并与当事人联系。');
    await submitAct(director, dialog, '催办部门');
    await row.filter({ hasText: '1 件' }).waitFor();
    await shot(director, 'director-watch-list');
    await expectAccessible(director);
    await press(director, director.getByRole('radio', { name: '红：已超期' }), 'Space');
    await director.waitForURL(/light=red/);
  }, 240_000);

  it('is answered by the mediator on the matter, stands on its timeline, and is closed by the director', async () => {
    const mediator = await b.signIn('mediator', `/matters/${late}?tab=supervisions`);
    await mediator.getByText('已超过调解期限').first().waitFor();
    const dialog = await openAct(mediator, '答复');
    await write(mediator, dialog.getByRole('textbox', { name: '答复' }), '当事人出差，约定周五上午调解。');
    await submitAct(mediator, dialog, '答复');
    await mediator.getByText('当事人出差，约定周五上午调解。').waitFor();
    await shot(mediator, 'director-answered');
    await expectAccessible(mediator);
    await mediator.goto(`/matters/${late}?tab=timeline`);
    await mediator.getByText('当事人出差，约定周五上午调解。').first().waitFor();
    await shot(mediator, 'director-timeline');

    await press(director, director.getByRole('link', { name: '督办台账' }));
    await director.getByText('当事人出差，约定周五上午调解。').waitFor();
    await shot(director, 'director-ledger');
    await expectAccessible(director);
    const card = director.locator('article').filter({ hasText: '楼道漏水纠纷' });
    const closing = await openAct(director, '办结督办', card);
    await write(director, closing.getByLabel('意见'), '同意，按期调解。');
    await submitAct(director, closing, '办结督办');
    await card.getByText('已办结').first().waitFor();
  }, 240_000);

  it('opens the very cases behind a number, the matter behind a case, and takes the table to Excel', async () => {
    await director.goto('/director/figures');
    await press(director, director.getByRole('radio', { name: '自定' }), 'Space');
    await write(director, director.getByLabel('期间起'), '2026-07-01');
    await director.keyboard.press('Enter');
    await write(director, director.getByLabel('期间止'), '2026-09-30');
    await director.keyboard.press('Enter');
    await press(director, director.getByRole('button', { name: '查询', exact: true }));
    await director.getByText('2026年7月1日至2026年9月30日').waitFor();
    const agreed = director.getByRole('row').filter({ hasText: '调解成功率' }).first();
    await agreed.getByText('66.7%').waitFor();
    await director.locator('figure svg').waitFor();
    await shot(director, 'director-figures');
    await shot(director, 'director-figures-whole', { fullPage: true });
    await expectAccessible(director);

    await press(director, agreed.getByRole('button', { name: '调解成功率的口径' }));
    await director.getByText('协议最早生效时间，或调解终止时间在期间内').filter({ visible: true }).first().waitFor();
    await shot(director, 'director-definition');
    await director.keyboard.press('Escape');
    await press(director, agreed.getByRole('button', { name: /^调解成功率分母 3/ }));
    const drawer = director.getByRole('dialog', { name: /调解成功率：分母/ });
    await drawer.getByText('共 3 条').waitFor();
    expect(await drawer.locator('tbody tr').count()).toBe(3);
    await shot(director, 'director-cases');
    await expectAccessible(director);
    const [list] = await Promise.all([
      director.waitForEvent('download'),
      press(director, drawer.getByRole('button', { name: '导出 Excel' })),
    ]);
    expect(list.suggestedFilename()).toMatch(/^调解成功率.*\.xlsx$/);
    expect(
      readFileSync(await list.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    const title = await drawer.locator('tbody a').first().innerText();
    await press(director, drawer.locator('tbody a').first());
    await director.waitForURL(/\/matters\//);
    await director.getByText(title).first().waitFor();
  }, 240_000);

  it('goes from all centers into one below, and sees it with what lies under it', async () => {
    await director.goto('/director/figures?from=2026-07-01&to=2026-09-30');
    const groups = director.getByRole('region', { name: /按/ });
    await choose(director, director.getByRole('combobox', { name: '指标' }), '登记数');
    await choose(director, director.getByRole('combobox', { name: '分组' }), '按下级综治中心（含所辖）');
    await groups.getByRole('row').filter({ hasText: '新城区综治中心' }).waitFor();
    await shot(director, 'director-below');
    await press(director, groups.getByRole('button', { name: '通道街街道综治中心', exact: true }));
    await director.getByText(/通道街街道综治中心；/).waitFor();
    expect(await director.getByRole('checkbox', { name: '连同下级' }).isChecked()).toBe(true);
    await groups.getByRole('row').filter({ hasText: '新城区综治中心' }).waitFor({ state: 'hidden' });
    // The place that is asked for leads nowhere.
    expect(await groups.getByRole('button', { name: '通道街街道综治中心', exact: true }).count()).toBe(0);
    expect(new URL(director.url()).searchParams.get('isWithBelow')).toBe('true');
    await shot(director, 'director-below-inside');
    await expectAccessible(director);
  }, 240_000);

  it('keeps the pages quiet', () => {
    b.expectQuiet();
  }, 240_000);
});
