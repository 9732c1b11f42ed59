import { OutboxDispatcher } from '../../src/platform/database';
import { Chores } from '../../src/platform/chores';
import { aMatter, must } from '../support/builders';
import { type BrowserTest, expectAccessible, openBrowser, PHONE, shot } from '../support/browser';

/** The calendar: next year is missing, loaded by one, put in force by another, and what hung on it is reckoned anew. */
describe('the calendar', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    b = await openBrowser();
    b.t.clock.set('2026-12-03T09:00:00+08:00');
    await aMatter(b.t).assigned();
  });
  afterAll(async () => {
    await b.close();
  });

  it('shows what is missing; loaded, reviewed and in force it moves what hung on it', async () => {
    const admin = await b.signIn('system-admin', '/calendar');
    await admin.getByText('2027年的放假安排还没有启用').first().waitFor();
    await admin
      .getByRole('group', { name: '2026年年历' })
      .getByText('2026年2月14日 春节调休上班')
      .waitFor({ state: 'attached' });
    await shot(admin, 'calendar-missing', { fullPage: true });
    await expectAccessible(admin);

    await admin.getByRole('button', { name: '载入放假安排' }).press('Enter');
    const form = admin.getByRole('dialog', { name: '载入放假安排' });
    await form.getByLabel('通知发布日期').fill('2026-12-01');
    await form.getByLabel('元旦放假开始').fill('2027-01-01');
    await form.getByLabel('元旦放假结束').fill('2027-01-04');
    await form.getByRole('button', { name: '元旦加上班日' }).press('Enter');
    await form.getByLabel('元旦调休上班1').fill('2027-01-09');
    await shot(admin, 'calendar-load');
    await expectAccessible(admin);
    await form.getByRole('button', { name: '载入，待复核' }).press('Enter');
    await form.waitFor({ state: 'hidden' });

    const director = await b.signIn('director', '/calendar');
    await director.getByRole('combobox', { name: '年份' }).press('Enter');
    await director.getByRole('option', { name: '2027年（未启用） 待复核' }).click();
    const draft = director.getByRole('article', { name: '第2027-1版' });
    await draft.getByText('2027年1月9日 元旦调休上班').waitFor({ state: 'attached' });
    await shot(director, 'calendar-review', { fullPage: true });
    await draft.getByRole('button', { name: '复核启用' }).press('Enter');
    const dialog = director.getByRole('dialog', { name: '复核启用' });
    await dialog.getByRole('textbox', { name: '复核意见' }).fill('已与通知原文逐日核对，一致。');
    await dialog.getByRole('button', { name: '复核启用' }).press('Enter');
    await draft.getByText('已启用').waitFor();
    await b.t.app.get(OutboxDispatcher).drain();
    await b.t.app.get(Chores).settled();

    const mediator = await b.signIn('mediator', '/calendar');
    await mediator.getByRole('tab', { name: '重算记录' }).click();
    await mediator.getByText('1个日期有变动').waitFor();
    await mediator.getByRole('button', { name: '查看各期限' }).press('Enter');
    await mediator.getByRole('table').getByText('2027/01/05 24:00').waitFor();
    await shot(mediator, 'calendar-recomputed');
    await expectAccessible(mediator);
    b.expectQuiet();
  }, 90_000);

  it('has terms as rules: set by one, put in force by another, the history kept', async () => {
    const director = await b.signIn('director', '/calendar');
    await director.getByRole('tab', { name: '期限规则' }).click();
    const sign = director.getByRole('row', { name: /^工作推进哨·签收/ });
    await sign.getByText('60分钟（办公时间内）').waitFor();
    await shot(director, 'deadline-rules', { fullPage: true });
    await expectAccessible(director);
    await sign.getByRole('button', { name: '调整期限' }).press('Enter');
    const form = director.getByRole('dialog', { name: '调整期限' });
    b.expectStatus(422);
    await form.getByRole('spinbutton', { name: '多长' }).fill('5');
    await form.getByLabel('执行日期').fill('2026-12-03');
    await form.getByRole('textbox', { name: '调整原因' }).fill('主任办公会议定。');
    await form.getByRole('button', { name: '调整期限' }).press('Enter');
    await form.getByText('“工作推进哨·签收”应在10至480分钟').waitFor();
    await shot(director, 'deadline-rules-refused');
    await form.getByRole('spinbutton', { name: '多长' }).fill('30');
    await form.getByRole('button', { name: '调整期限' }).press('Enter');
    await form.waitFor({ state: 'hidden' });
    await director.getByText('改为 30分钟（办公时间内）').waitFor();

    const superior = await b.signIn('superior', '/calendar');
    await superior.getByRole('tab', { name: '期限规则' }).click();
    await superior.getByRole('combobox', { name: '综治中心' }).press('Enter');
    await superior.getByRole('option', { name: '新城区综治中心' }).click();
    const draft = superior.getByRole('row', { name: /改为 30分钟/ });
    await shot(superior, 'deadline-rules-draft');
    await draft.getByRole('button', { name: '复核启用' }).press('Enter');
    await superior.getByRole('dialog', { name: '复核启用' }).getByRole('button', { name: '复核启用' }).press('Enter');
    await superior.getByRole('button', { name: '工作推进哨·签收的历次设置' }).press('Enter');
    await superior.getByRole('list', { name: '工作推进哨·签收的历次设置' }).getByText('第1版 30分钟').waitFor();
    await shot(superior, 'deadline-rules-history', { fullPage: true });
    const phone = await b.signIn('mediator', '/calendar', { viewport: PHONE });
    await phone.getByRole('tab', { name: '期限规则' }).click();
    await phone.getByRole('row', { name: /^工作推进哨·签收/ }).waitFor();
    await shot(phone, 'deadline-rules-phone');
    b.expectQuiet();
  }, 90_000);

  it('keeps what is paused before the director, and on the ledger of the matter', async () => {
    b.t.clock.set('2026-12-03T10:00:00+08:00');
    const { id } = await aMatter(b.t).assigned();
    const pause = { ground: 'appraisal', reason: '委托评估房屋价值。' };
    must(await (await b.t.as('mediator')).post(`/disputes/${id}/mediation/suspension`, pause), 200);
    await b.leaveDesks();
    b.t.clock.set('2026-12-08T10:00:00+08:00');
    const director = await b.signIn('director', '/director/watch-list');
    const row = director.getByRole('row', { name: /中止待恢复/ });
    await row.getByText('5 天').waitFor();
    await shot(director, 'watch-paused');
    await expectAccessible(director);
    const mediator = await b.signIn('mediator', `/matters/${id}`);
    await mediator.getByRole('button', { name: '期限怎么算的' }).click();
    await mediator.getByRole('list', { name: '正在计算的期限' }).getByText('预计 2027年1月2日 恢复').waitFor();
    await shot(mediator, 'matter-deadlines-paused');
    await expectAccessible(mediator);
    b.expectQuiet();
  }, 90_000);

  it('keeps the hours of a center and its service beyond them', async () => {
    const page = await b.signIn('director', '/calendar', { viewport: PHONE });
    await page.getByRole('tab', { name: '办公时间' }).click();
    await page.getByText('星期一至星期五 08:30—12:00，14:30—17:30').waitFor();
    await shot(page, 'calendar-hours-phone', { fullPage: true });
    await expectAccessible(page);
    const wide = await b.signIn('director', '/calendar');
    await wide.getByRole('tab', { name: '办公时间' }).click();
    await wide.getByRole('button', { name: '设置办公时间' }).press('Enter');
    const setting = wide.getByRole('dialog', { name: '设置办公时间' });
    await setting.getByText('调整原因').waitFor();
    // What is in force stands there already: only what changes is typed.
    expect(await setting.getByLabel('上午开始').inputValue()).toBe('08:30');
    expect(await setting.getByRole('checkbox', { name: '星期五', checked: true }).count()).toBe(1);
    await shot(wide, 'calendar-set-hours', { fullPage: true });
    await shot(wide, 'calendar-hours-form');
    const phone = await b.signIn('mediator', '/calendar', { viewport: PHONE });
    await phone.getByRole('group', { name: '2026年年历' }).waitFor();
    await shot(phone, 'calendar-phone', { fullPage: true });
    b.expectQuiet();
  }, 90_000);
});
