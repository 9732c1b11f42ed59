import type { Page } from 'playwright-core';
import { type BrowserTest, expectAccessible, openBrowser, shot } from '../support/browser';

/** Logging in, the frame around the pages, and what becomes of a login that runs out. Real application, real browser. */
describe('the frame of the workbench', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    b = await openBrowser();
  });
  afterAll(async () => {
    await b.close();
  });

  it('asks who comes, says what is wrong, and leads where one wanted to go', async () => {
    b.expectStatus(401);
    const page = await b.open('/password');
    await page.waitForURL(/\/login\?to=/);
    await expectAccessible(page);
    await shot(page, 'login');
    await page.getByLabel('用户名').fill(b.t.world.account('intake').loginName);
    await page.getByLabel('密码').fill('not-the-password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('用户名').inputValue()).toBe(b.t.world.account('intake').loginName);
  });

  it('offers each role only what it may open', async () => {
    const menuOf = async (page: Page): Promise<string[]> =>
      (await page.getByRole('navigation', { name: '主菜单' }).getByRole('link').allInnerTexts()).map((text) =>
        text.trim(),
      );
    const [clerk, auditor] = [await b.signIn('intake'), await b.signIn('auditor')];
    await shot(clerk, 'home-intake');
    const [offered, others] = [await menuOf(clerk), await menuOf(auditor)];
    expect(offered).not.toEqual(others);
    await expectAccessible(clerk);
  });

  it('goes on with the page, not with the menu, after an entry of the menu', async () => {
    const page = await b.signIn('dispatcher', '/');
    const entry = page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '工作列表' });
    await entry.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/worklist');
    await page.getByRole('heading', { name: '工作列表' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.querySelector('main').contains(document.activeElement)")).toBe(true);
    b.expectQuiet();
  });

  it('renews a login before its token ends: a page that lies open is never refused', async () => {
    const page = await b.signIn('dispatcher', '/worklist');
    const renewed: number[] = [];
    let minute = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/api/session/refresh')) renewed.push(minute);
    });
    for (minute = 1; minute < 10; minute += 1) {
      await page.clock.runFor(60_000);
      await page.waitForLoadState('networkidle');
    }
    // Of ten minutes the last two are held back.
    expect(renewed).toHaveLength(1);
    expect(renewed[0]).toBeGreaterThanOrEqual(8);
    b.expectQuiet();
  });

  it('knows the person again after a reload, and nobody after leaving', async () => {
    const page = await b.signIn('intake', '/password');
    await page.reload();
    await page.getByRole('heading', { name: '修改密码' }).waitFor();
    await page.getByRole('button', { name: new RegExp('受理员') }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.waitForURL(/\/login/);
    await page.goto('/password');
    await page.waitForURL(/\/login\?to=/);
    b.expectQuiet();
  });
});
