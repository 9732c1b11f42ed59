import type { Page } from 'playwright-core';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter } from '../support/builders';
import { TWO_PARTIES } from '../support/parties';
import { aSlip } from '../support/slips';

/** The manual beside each page, the keys of the shell, and what rests while nobody looks. Real application and browser. */
describe('help, keys and the clock of the shell', () => {
  let b: BrowserTest;
  let matter: BuiltMatter;
  beforeAll(async () => {
    b = await openBrowser();
    matter = await aMatter(b.t)
      .with({ title: '楼上漏水损坏家具' })
      .between(...TWO_PARTIES)
      .assigned();
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  const help = (page: Page) => page.getByRole('dialog', { name: '帮助' });
  const explains = async (page: Page, title: string): Promise<void> => {
    await help(page).getByRole('heading', { name: title, exact: true }).waitFor();
  };

  it('explains the open page by button and by key, follows to the next one, and leaves it in reach', async () => {
    const page = await b.signIn('mediator', '/worklist');
    await page.keyboard.press('?');
    await explains(page, '工作列表：轮到谁办');
    await help(page).getByRole('img').first().scrollIntoViewIfNeeded();
    await shot(page, 'help-worklist');
    await expectAccessible(page);
    // The page beneath can be used while one reads what to do.
    await page.getByRole('tab', { name: '在办' }).click();
    await page.goto(`/matters/${matter.id}?tab=parties`);
    await page.getByRole('button', { name: '帮助' }).click();
    await explains(page, '当事人信息');
    await page.getByRole('tab', { name: '证据材料' }).click();
    await explains(page, '证据材料');
    await help(page).getByRole('button', { name: '键盘操作' }).click();
    await explains(page, '键盘操作');
    await shot(page, 'help-keys');
    await page.keyboard.press('Escape');
    await help(page).waitFor({ state: 'hidden' });
    await page.close();
  });

  it('takes a key for what it is while somebody writes or a dialog is open', async () => {
    const page = await b.signIn('intake', '/intake/new');
    const words = page.getByLabel('纠纷简要情况');
    await words.pressSequentially('为什么?/');
    expect(await words.inputValue()).toBe('为什么?/');
    expect(await help(page).count()).toBe(0);
    await page.getByRole('heading', { name: '登记', exact: true }).click();
    await page.keyboard.press('/');
    const box = page.getByRole('searchbox', { name: /查找事项/ });
    expect(await page.evaluate<string>('document.activeElement.type')).toBe('search');
    await page.keyboard.press('?');
    expect(await box.inputValue()).toBe('?');

    const mediator = await b.signIn('mediator', `/matters/${matter.id}?tab=notes`);
    await mediator.getByRole('button', { name: /^消息/ }).click();
    await mediator.getByRole('dialog', { name: '消息' }).waitFor();
    await mediator.keyboard.press('/');
    await mediator.keyboard.press('?');
    expect(await help(mediator).count()).toBe(0);
    for (const one of [page, mediator]) await one.close();
  });

  it('brings the keyboard past the menu, and back from the menu of a narrow screen', async () => {
    const page = await b.signIn('mediator', '/worklist');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('content');
    expect(new URL(page.url()).hash).toBe('');
    const phone = await b.signIn('mediator', '/worklist', { viewport: PHONE, isTouch: true });
    await phone.getByRole('button', { name: '打开菜单' }).click();
    await phone.getByRole('link', { name: '首页' }).focus();
    await phone.keyboard.press('Escape');
    await phone.getByRole('navigation', { name: '主菜单' }).waitFor({ state: 'hidden' });
    expect(await phone.evaluate<string>('document.activeElement.ariaLabel')).toBe('打开菜单');
    await phone.getByRole('button', { name: '帮助' }).click();
    await explains(phone, '工作列表：轮到谁办');
    await shot(phone, 'help-phone');
    for (const one of [page, phone]) await one.close();
  });

  it('is one book: found in by its headings, led to by the help, there for whoever cannot log in', async () => {
    const page = await b.open('/login');
    await page.getByRole('link', { name: '使用手册' }).click();
    await page.getByRole('heading', { name: '使用手册' }).waitFor();
    await page.getByRole('heading', { name: '登录和离开' }).waitFor();
    await expectAccessible(page);
    await shot(page, 'manual');
    await page.getByLabel('按标题查找').fill('签到');
    const contents = page.getByRole('navigation', { name: '手册目录' });
    expect(await contents.getByRole('listitem').allInnerTexts()).toEqual([
      '到场签到的屏幕',
      '会商签到的屏幕',
      '到场签到',
    ]);
    await contents.getByRole('link', { name: '到场签到', exact: true }).click();
    await page.waitForURL(/#07-agency-\d+$/);
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('到场签到');
    expect(await page.evaluate<number>('document.activeElement.getBoundingClientRect().top')).toBeLessThan(200);
    await page.getByLabel('按标题查找').fill('没有这样的');
    await page.getByText('没有这样的标题').waitFor();
    await page.getByRole('link', { name: '去登录' }).click();
    await page.getByRole('button', { name: '登录', exact: true }).waitFor();
    const phone = await b.open('/manual', { viewport: PHONE, isTouch: true });
    await phone.getByRole('heading', { name: '登录和离开' }).waitFor();
    await shot(phone, 'manual-phone');
    expect(await phone.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    for (const one of [page, phone]) await one.close();
  });

  it('tells a party in plain words, and whom to call', async () => {
    const slip = await aSlip(b.t, await b.t.as('intake'), matter.id, matter.partyIds[0]);
    const page = await b.open(`/p/${slip.token}`, { viewport: PHONE, isTouch: true });
    await page.getByRole('button', { name: '帮助' }).click();
    const heading = page.getByRole('heading', { name: '怎么查我的事办到哪了' });
    await heading.waitFor();
    await page.getByText('查询码是六位数字').waitFor();
    expect(await page.getByRole('link', { name: /打电话问/ }).count()).toBe(0);
    await page.getByRole('button', { name: '收起帮助' }).click();
    await heading.waitFor({ state: 'detached' });
    await page.getByLabel(/六位查询码/).fill(slip.code);
    await page.getByRole('button', { name: '查询', exact: true }).click();
    await page.getByRole('heading', { name: '接下来' }).waitFor();
    await page.getByRole('button', { name: '帮助' }).click();
    const call = page.getByRole('link', { name: /打电话问/ });
    expect(await call.getAttribute('href')).toBe('tel:04716600001');
    await page.getByText('查询码是六位数字').waitFor();
    await shot(page, 'party-help');
    await expectAccessible(page);
    await page.close();
  });

  it('asks every minute while it is looked at, rests while hidden, and catches up when it is shown', async () => {
    const page = await b.signIn('mediator', '/worklist');
    await page.getByRole('tab', { name: '待办 1' }).waitFor();
    await page.getByText('楼上漏水损坏家具').waitFor();
    await page.waitForLoadState('networkidle');
    let asked = 0;
    page.on('request', (request) => {
      if (/unread-count|worklist\/counts/.test(request.url())) asked += 1;
    });
    const minute = async (): Promise<number> => {
      asked = 0;
      await page.clock.runFor(61_000);
      await page.waitForLoadState('networkidle');
      return asked;
    };
    const show = async (isHidden: boolean): Promise<void> => {
      await page.evaluate(
        `Object.defineProperty(document, 'hidden', { value: ${String(isHidden)}, configurable: true });
         document.dispatchEvent(new Event('visibilitychange'))`,
      );
    };
    expect(await minute()).toBe(2);
    await show(true);
    expect(await minute()).toBe(0);
    asked = 0;
    await show(false);
    await page.waitForLoadState('networkidle');
    expect(asked).toBe(2);
    expect(await minute()).toBe(2);
    await page.close();
  });
});
