import { uuidv7 } from '../../src/platform/database';
import { aMatter } from '../support/builders';
import { type BrowserTest, expectAccessible, openBrowser, PHONE, shot } from '../support/browser';
import { aMatterInProgress, ANSWERS, aWhistle, expectStatus, taskOf } from '../e2e/summons/stage';

/** The roster, a whistle into a gap of it, and what the agencies' answers come to. */
describe('the roster and the scores of agencies', () => {
  let b: BrowserTest;
  let matter: string;
  beforeAll(async () => {
    b = await openBrowser();
    b.t.clock.set('2026-09-21T09:00:00+08:00');
    const { world } = b.t;
    const [a0, a1, a2, a3] = world.agencyIds;
    for (const [key, agency, residency, weekdays] of [
      ['handler', a0, 'resident', null],
      ['liaison-2', a1, 'on-call', null],
      ['liaison-3', a2, 'rotating', [2, 4]],
    ] as const)
      await b.t.sql(
        `insert into posting (id, account_id, center_id, home_organization, agency_id, residency, weekdays, valid_from)
           values ($1, $2, $3, '原单位', $4, $5, $6, '2026-01-01')`,
        [uuidv7(), world.account(key).id, world.centerId, agency, residency, weekdays],
      );
    await b.t.sql("update agency set residency = 'rotating' where id = $1", [a2]);
    await b.t.sql("update agency set residency = 'on-call' where id = any ($1)", [[a1, a3]]);
    for (const [agency, slot, name, phone] of [
      [a2, 'A', '张联络', '0471-6600002'],
      [a2, 'B', '李联络', '0471-6600003'],
      [a0, 'A', '王联络', '0471-6600004'],
    ])
      await b.t.sql(
        `insert into agency_liaison (id, agency_id, slot, name, office_phone, valid_from)
           values ($1, $2, $3, $4, $5, '2026-01-01')`,
        [uuidv7(), agency, slot, name, phone],
      );
    matter = await aMatterInProgress(b.t);
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  it('shows the week, what is missing in words, and is changed for a day', async () => {
    const page = await b.signIn('duty-leader', '/roster?on=2026-09-21');
    await page.getByText('没有缺岗').waitFor();
    await page.getByRole('button', { name: '调整新城区征收办9月23日的值班' }).press('Enter');
    const day = page.getByRole('dialog', { name: '新城区征收办 2026年9月23日' });
    await day.getByRole('button', { name: '登记值班变动' }).press('Enter');
    const form = page.getByRole('dialog', { name: '登记值班变动' });
    await form.getByRole('textbox', { name: '事由' }).fill('参加市里培训');
    await shot(page, 'roster-change');
    await expectAccessible(page);
    await form.getByRole('button', { name: '登记值班变动' }).press('Enter');
    await form.waitFor({ state: 'hidden' });
    await day.getByText('这一天不在').waitFor();
    await shot(page, 'roster-day');
    await page.keyboard.press('Escape');
    await page.getByText('缺岗1处').waitFor();
    const cell = page.getByRole('row', { name: /新城区征收办/ });
    await cell.getByText('征收承办不在：参加市里培训').waitFor();
    await cell.getByText('缺岗', { exact: true }).waitFor();
    await shot(page, 'roster', { fullPage: true });
    await expectAccessible(page);

    const phone = await b.signIn('liaison', '/roster?on=2026-09-21', { viewport: PHONE });
    await phone.getByText('缺岗1处').waitFor();
    await shot(phone, 'roster-phone', { fullPage: true });
    await expectAccessible(phone);
  });

  it('warns before a whistle is blown into a gap, and lets it be blown', async () => {
    const page = await b.signIn('dispatcher', `/matters/${matter}?tab=whistles`);
    await page.getByRole('button', { name: '提出吹哨' }).first().press('Enter');
    const form = page.getByRole('dialog', { name: '提出吹哨' });
    for (const name of ['新城区人社局', '新城区征收办', '新城区自然资源分局']) {
      await form.getByRole('combobox', { name: '添加部门' }).click();
      await page.getByRole('option', { name, exact: true }).click();
    }
    await form.getByText('此前该部门没有人在中心值班（轮驻日为星期二、星期四），下一班明天8:30起').waitFor();
    await form.getByText('现在有人值班：征收承办，到12:00').waitFor();
    await form.getByText('随驻，不坐班，随叫随到：资源联络').waitFor();
    await form.getByRole('list', { name: '已选部门' }).scrollIntoViewIfNeeded();
    await shot(page, 'whistle-into-a-gap');
    await expectAccessible(page);
    await form.getByRole('radio', { name: '应急' }).first().check({ force: true });
    await form.getByText('；联络员A岗王联络 0471-6600004').waitFor();
  });

  it('comes to a score that each number of leads to its tasks, and that an agency reads for itself', async () => {
    const [a0] = b.t.world.agencyIds;
    const whistle = await aWhistle(b.t, await aMatterInProgress(b.t), [{ agencyId: a0, role: 'lead' }], {
      attendanceRequired: false,
      place: undefined,
    });
    const { id } = taskOf(whistle, a0);
    const [liaison, dispatcher] = [await b.t.as('liaison'), await b.t.as('dispatcher')];
    expectStatus(await liaison.post(`/summons-tasks/${id}/signature`), 201);
    expectStatus(await liaison.post(`/summons-tasks/${id}/handling`), 201);
    expectStatus(await liaison.post(`/summons-tasks/${id}/feedback`, ANSWERS), 201);
    expectStatus(await dispatcher.post(`/summons-tasks/${id}/confirmation`), 201);
    expectStatus(await dispatcher.post(`/summons-tasks/${id}/rating`, { effect: 90 }), 201);

    const page = await b.signIn('director', '/director/agency-scores');
    const row = page.getByRole('row', { name: /新城区征收办/ });
    await row.getByText('96.4').waitFor();
    await row.getByText('件数少，不排名').waitFor();
    await shot(page, 'agency-scores', { fullPage: true });
    await expectAccessible(page);
    await page.getByRole('button', { name: '设定评分权重' }).press('Enter');
    await page.getByRole('dialog', { name: '设定评分权重' }).getByLabel('签收及时').waitFor();
    await shot(page, 'score-weights');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await row.getByRole('link', { name: '新城区征收办评分1件' }).press('Enter');
    await page.getByRole('link', { name: whistle.number ?? '' }).waitFor();
    await shot(page, 'agency-score', { fullPage: true });
    await expectAccessible(page);

    const phone = await b.signIn('liaison', '/agency/score', { viewport: PHONE });
    await phone.getByRole('heading', { name: '新城区征收办得分' }).waitFor();
    await shot(phone, 'agency-score-phone', { fullPage: true });
    await expectAccessible(phone);
    await phone.getByRole('link', { name: whistle.number ?? '' }).click();
    await phone.getByRole('button', { name: '考核申诉' }).first().waitFor();
  });

  it('hands over what somebody has in hand, read by both and signed by both', async () => {
    await aMatter(b.t).assigned();
    const director = await b.signIn('director', '/hand-overs');
    await director.getByRole('button', { name: '办理工作交接' }).press('Enter');
    const form = director.getByRole('dialog', { name: '办理工作交接' });
    await form.getByRole('combobox', { name: '移交人' }).click();
    await director.getByRole('option', { name: /^刘调解/ }).click();
    await form.getByRole('combobox', { name: '接任人' }).click();
    await director
      .getByRole('option', { name: /^何调解/ })
      .last()
      .click();
    await form.getByLabel('离任日期').fill('2026-10-08');
    await form.getByRole('textbox', { name: '交接事由' }).fill('轮驻期满，回原单位工作');
    await shot(director, 'hand-over-make');
    await expectAccessible(director);
    await form.getByRole('button', { name: '办理工作交接' }).press('Enter');
    await form.waitFor({ state: 'hidden' });
    await director.getByRole('link', { name: '刘调解移交何调解' }).press('Enter');
    await director.getByRole('heading', { name: '在办事项' }).waitFor();

    for (const [key, screen] of [
      ['mediator', {}],
      ['mediator-2', { viewport: PHONE }],
    ] as const) {
      const page = await b.signIn(key, '/hand-overs', screen);
      await page.getByText('等您签署').waitFor();
      await page.getByRole('link', { name: '刘调解移交何调解' }).click();
      await page.getByRole('button', { name: '签署交接' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: '签署交接' });
      await dialog.getByRole('radio', { name: '是', exact: true }).press('Space');
      await shot(page, `hand-over-sign-${key}`);
      await expectAccessible(page);
      await dialog.getByRole('button', { name: '签署交接' }).press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      await shot(page, `hand-over-${key}`, { fullPage: true });
      await expectAccessible(page);
    }
    await director.reload();
    await director.getByText('已移交').first().waitFor();
    await shot(director, 'hand-over-done', { fullPage: true });
  });
});
