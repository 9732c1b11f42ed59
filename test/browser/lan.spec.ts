import { networkInterfaces } from 'node:os';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter } from '../support/builders';
import { press, write } from '../support/keyboard';
import { jpeg } from '../support/files';
import { aSlip } from '../support/slips';

/** An address of this machine in its network, as the desks of a center would type it. */
function addressInNetwork(): string {
  const found = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal);
  if (found === undefined) throw new Error('This machine has no address but its own: connect it to a network');
  return found.address;
}

/**
 * Plain http under an address of the local network is what a center without certificates has. A browser holds that for
 * insecure, and keeps from the page what it keeps for https: cookies marked Secure, locks, clipboard, camera.
 */
describe('plain http on the local network (real application, real browser)', () => {
  let b: BrowserTest;
  let matter: BuiltMatter;
  beforeAll(async () => {
    b = await openBrowser({ host: '0.0.0.0' }, addressInNetwork());
    matter = await aMatter(b.t).with({ title: '楼上漏水纠纷' }).assigned();
  });
  afterAll(async () => {
    await b.close();
  });

  it('logs in, keeps the login over a reload, writes and uploads on the page of a matter', async () => {
    const page = await b.signIn('mediator', `/matters/${matter.id}?tab=notes`);
    expect(new URL(page.url()).hostname).not.toBe('127.0.0.1');
    expect(await page.evaluate<boolean>('isSecureContext')).toBe(false);
    await page.reload();
    await page.getByRole('heading', { name: '楼上漏水纠纷' }).waitFor();
    await press(page, page.getByRole('radio', { name: '中心可见' }), 'Space');
    await write(page, page.getByLabel(/^内容/), '已电话联系。');
    await press(page, page.getByRole('button', { name: /保存笔记/ }));
    await page
      .getByRole('list', { name: /工作笔记/ })
      .getByText('已电话联系。')
      .waitFor();
    await page.goto(`/matters/${matter.id}?tab=evidence`);
    await page.getByRole('button', { name: '上传材料' }).click();
    const dialog = page.getByRole('dialog', { name: '上传材料' });
    await dialog.getByText('中心内部可见').click();
    await dialog.getByLabel('选择文件').setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: jpeg() });
    await dialog.getByLabel('证明内容').fill('现场照片。');
    await dialog.getByRole('button', { name: /^上传/ }).click();
    await page.getByRole('button', { name: '现场.jpg' }).click();
    await page.getByRole('img', { name: '现场.jpg' }).waitFor();
    await shot(page, 'lan-matter');
  });

  it('keeps one login for two tabs, and leaves it for both', async () => {
    b.expectStatus(401);
    const page = await b.signIn('intake', '/password');
    const second = await page.context().newPage();
    await Promise.all([page.reload(), second.goto('/password')]);
    for (const one of [page, second]) await one.getByRole('heading', { name: '修改密码' }).waitFor();
    await page.getByRole('button', { name: /受理员/ }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.waitForURL(/\/login/);
    await second.reload();
    await second.waitForURL(/\/login/);
  });

  it('answers a party on a phone', async () => {
    const slip = await aSlip(b.t, await b.t.as('intake'), matter.id, matter.partyIds[0]);
    const page = await b.open(`/p/${slip.token}`, { viewport: PHONE, isTouch: true });
    await page.getByLabel(/六位查询码/).fill(slip.code);
    await page.getByRole('button', { name: '查询', exact: true }).tap();
    await page.getByRole('heading', { name: '接下来' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '接下来' }).waitFor();
    await expectAccessible(page);
    await shot(page, 'lan-party', { fullPage: true });
    b.expectQuiet();
  });
});
