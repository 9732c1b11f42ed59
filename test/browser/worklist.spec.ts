import { OutboxDispatcher } from '../../src/platform/database';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { aMatter, must } from '../support/builders';
import { aRegisteredMatter } from '../support/matters';

// Fifty matters are registered first, and every role logs in: on a busy machine that takes its time.
jest.setTimeout(180_000);

/** What each person finds in the morning: home, lists, bell and search. Real application, real browser. */
describe('the worklist in the browser', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    b = await openBrowser();
    for (let i = 1; i <= 55; i += 5) {
      await Promise.all(
        [0, 1, 2, 3, 4].map((more) =>
          aRegisteredMatter(b.t, { title: `楼道杂物纠纷第${String(i + more)}件`, disputeType: 'neighbor.noise' }),
        ),
      );
    }
    const late = await aMatter(b.t)
      .with({ title: '麒麟巷漏水纠纷', narrative: '楼上暖气爆裂，泡坏古琴一张。' })
      .assigned();
    must(
      await (
        await b.t.as('dispatcher')
      ).post(`/disputes/${late.id}/copies`, { colleagueId: b.t.world.account('supervisor').id, reason: '请知悉。' }),
      201,
    );
    await b.t.app.get(OutboxDispatcher).drain();
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  it('opens with what waits, by role, with the ways that the role takes', async () => {
    const dispatcher = await b.signIn('dispatcher', '/');
    await dispatcher.getByRole('heading', { name: '我的待办' }).waitFor();
    await dispatcher.getByRole('row').nth(1).waitFor();
    await shot(dispatcher, 'home-dispatcher');
    await expectAccessible(dispatcher);
    const clerk = await b.signIn('intake', '/');
    await clerk.getByRole('link', { name: '快捷登记' }).waitFor();
  });

  it('shows a mediator the day: what waits and what is planned', async () => {
    const mediator = await b.signIn('mediator', '/');
    await mediator.getByText('麒麟巷漏水纠纷').first().waitFor();
    await mediator.getByRole('heading', { name: '今日调解会' }).waitFor();
    await shot(mediator, 'home-mediator');
    expect(await mediator.getByRole('link', { name: '快捷登记' }).count()).toBe(0);
  });

  it('walks a list by keys alone, opens a line with Enter, and goes on by pages', async () => {
    const page = await b.signIn('dispatcher', '/worklist');
    await page.getByRole('row').nth(50).waitFor();
    await shot(page, 'worklist');
    await expectAccessible(page);
    expect(await page.getByRole('row').count()).toBe(51);
    await page.getByRole('button', { name: '再显示 50 件' }).click();
    await page.getByText('没有更多了').waitFor();
    const lines = await page.getByRole('row').count();
    expect(lines).toBe(56);
    const first = page.getByRole('row').nth(1);
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    const chosen = await page.getByRole('row').nth(2).getByRole('link').first().innerText();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/matters\//);
    await page.getByText(chosen).first().waitFor();
  });

  it('keeps the filter for the next visit, and says when nothing fits', async () => {
    const page = await b.signIn('dispatcher', '/worklist');
    await page.getByLabel('编号或名称').fill('第7件');
    await page.keyboard.press('Enter');
    await page.getByText('已显示 1 件').waitFor();
    await page.goto('/worklist');
    await page.getByText('已显示 1 件').waitFor();
    expect(await page.getByLabel('编号或名称').inputValue()).toBe('第7件');
    await page.getByLabel('编号或名称').fill('没有这样的事项');
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByText('没有符合条件的事项').waitFor();
    await shot(page, 'worklist-empty');
    await page.getByRole('button', { name: '重置' }).click();
    await page.getByText('已显示 50 件').waitFor();
    await page.getByRole('tab', { name: /我发起/ }).click();
    await page.waitForURL(/tab=initiated/);
  });

  it('finds by one character, from every page, and says where', async () => {
    const page = await b.signIn('dispatcher', '/worklist');
    await page.getByRole('row').nth(1).waitFor();
    await page.locator('body').press('/');
    await page.keyboard.type('琴');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '麒麟巷漏水纠纷' }).waitFor();
    await page.getByText('纠纷简要情况').waitFor();
    await shot(page, 'search');
    await expectAccessible(page);
    await page.getByRole('searchbox').fill('找不到的字词');
    await page.keyboard.press('Enter');
    await page.getByText('没有找到').waitFor();
  });

  it('rings the bell, and leads from the message to the matter', async () => {
    const page = await b.signIn('supervisor', '/');
    await page.getByRole('button', { name: '消息，1 条未读' }).click();
    await page.getByText('有事项抄送给您，请知悉').waitFor();
    await shot(page, 'bell');
    await expectAccessible(page);
    await page.getByText('有事项抄送给您，请知悉').click();
    await page.waitForURL(/\/matters\//);
    await page.getByRole('button', { name: '消息，没有未读' }).waitFor();
    await page.getByRole('tab', { name: '抄送' }).click();
    await page.getByText('请知悉。').waitFor();
    await shot(page, 'copies');
  });

  it('suits a telephone', async () => {
    const page = await b.signIn('mediator', '/worklist', { viewport: PHONE, isTouch: true });
    await page.getByText('麒麟巷漏水纠纷').first().waitFor();
    await shot(page, 'worklist-phone');
    await expectAccessible(page);
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
