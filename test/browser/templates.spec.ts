import { readdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';

/** A center’s own paper templates: real application and database, real browser. */
describe('paper templates', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    b = await openBrowser();
  });
  afterAll(async () => {
    await b.close();
  });

  const source = (page: Page) => page.getByRole('textbox', { name: '模板内容' });
  const drawn = (page: Page) =>
    page.waitForResponse((reply) => reply.url().endsWith('/preview') && reply.status() === 200);
  const inForce = async (id = 'agreement') =>
    (await (await b.t.as('duty-leader')).get(`/centers/${b.t.world.centerId}/paper-templates/${id}`)).body as {
      version: number;
      source: string;
      versions: { note: string }[];
    };

  it('are found by the first letters of their pinyin', async () => {
    const page = await b.signIn('duty-leader', '/admin/templates');
    await page.getByRole('link', { name: '人民调解协议书' }).waitFor();
    const house = readdirSync('templates').filter((file) => file.endsWith('.tpl.md'));
    expect(await page.locator('tbody tr').count()).toBe(house.length);
    await shot(page, 'templates-list');
    await expectAccessible(page);
    await page.getByLabel('查找文书模板').fill('rmtjxy');
    await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    // The letters of Chinese words are fetched when they are first asked for.
    await page.getByRole('link', { name: '人民调解协议书' }).waitFor();
    expect(await page.locator('tbody tr').allInnerTexts()).toEqual([expect.stringContaining('人民调解协议书')]);
  });

  it('are written with the paper beside them, and put in force by keyboard', async () => {
    const page = await b.signIn('duty-leader', '/admin/templates/agreement');
    await page.getByTitle('人民调解协议书草稿预览').waitFor();
    await page.getByText('检查过了，没有要改的地方。').waitFor();
    const text = await source(page).inputValue();

    const began = Date.now();
    const next = drawn(page);
    await source(page).fill(text.replace('# 人民调解协议书', '# 新城区人民调解协议书'));
    await next;
    expect(Date.now() - began).toBeLessThan(4000);
    await shot(page, 'template-editor');
    await expectAccessible(page);

    await page.getByRole('tab', { name: '可用内容' }).click();
    await page.getByLabel('查找可用内容').fill('违约');
    await source(page).press('Control+End');
    await source(page).press('Enter');
    await page.getByRole('button', { name: /违约责任/ }).press('Enter');
    expect(await source(page).inputValue()).toMatch(/@qr\s+\{\{ breach \}\}$/);
    await page.getByLabel('查找可用内容').fill('');
    await shot(page, 'template-fields');
    await expectAccessible(page);

    const note = page.getByRole('textbox', { name: '改了什么' });
    await note.fill('标题写明区名，末尾补违约责任');
    await note.press('Enter');
    await page.getByText('第1版已启用').waitFor();
    await page.getByText('本中心第1版').waitFor();
    expect(await inForce()).toMatchObject({ version: 1, versions: [{ note: '标题写明区名，末尾补违约责任' }] });
  });

  it('tell every mistake by its line, keep the last good picture, and let no broken text come in force', async () => {
    const page = await b.signIn('duty-leader', '/admin/templates/agreement');
    await page.getByTitle('人民调解协议书草稿预览').waitFor();
    const text = await source(page).inputValue();
    const broken = text.replace('{{ copies | cn_num }}', '{{ copis | cn_num }}').replace('@qr', '@qrr');
    await source(page).fill(broken);
    await page.getByText('有 2 处要改，改好才能启用').waitFor();
    await page.getByText('改好左边的错误后更新').waitFor();
    expect(await page.getByTitle('人民调解协议书草稿预览').count()).toBe(1);
    const mistake = page.getByRole('button', { name: /没有名为“copis”的内容，是不是想写“copies”？/ });
    await mistake.press('Enter');
    const chosen = await page.evaluate<string>(
      '(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))(document.activeElement)',
    );
    expect(chosen).toContain('{{ copis | cn_num }}');
    await shot(page, 'template-mistakes');
    await expectAccessible(page);

    expect(await page.getByRole('button', { name: '启用' }).isDisabled()).toBe(true);

    await source(page).fill(text.replace(/@sign \{\{ recorder.*\n/, '').replace('@qr\n', ''));
    await page.getByText('缺少签名位“记录人（签名）”').waitFor();
    await page.getByText('缺少二维码，请保留一行 @qr').waitFor();

    await source(page).fill(text.replace('# 新城区', '# 东城区'));
    await page.getByText('检查过了，没有要改的地方。').waitFor();
    await page.getByText('已暂存').waitFor();
    await page.getByRole('link', { name: '全部文书模板' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: '离开这份模板？' });
    await shot(page, 'template-leaving');
    await dialog.getByRole('button', { name: '接着改' }).press('Enter');
    await page.getByRole('link', { name: '全部文书模板' }).press('Enter');
    await dialog.getByRole('button', { name: '离开' }).press('Enter');
    await page.getByRole('link', { name: '人民调解协议书' }).press('Enter');
    await page.getByText('已恢复').waitFor();
    expect(await source(page).inputValue()).toContain('# 东城区');
    await page.getByRole('button', { name: '放弃改动' }).press('Enter');
    await page.getByText('已恢复').waitFor({ state: 'detached' });
    expect(await source(page).inputValue()).toContain('# 新城区');
  });

  it('say when somebody else was quicker, and go on when one has looked', async () => {
    const page = await b.signIn('duty-leader', '/admin/templates/urging-letter');
    await source(page).waitFor();
    const text = await source(page).inputValue();
    await source(page).fill(`${text}\n@note 我写的`);
    const admin = await b.t.as('system-admin');
    const path = `/centers/${b.t.world.centerId}/paper-templates/urging-letter/versions`;
    const theirs = { source: `${text}\n@note 别人写的`, note: '加附注' };
    expect((await admin.post(path, theirs, { ifMatch: 0 })).status).toBe(201);
    b.expectStatus(412);
    await page.getByRole('textbox', { name: '改了什么' }).fill('加附注');
    await page.getByRole('button', { name: '启用' }).press('Enter');
    await page.getByText('启用了第1版（加附注）').waitFor();
    await shot(page, 'template-overtaken');
    await page.getByRole('button', { name: '已经核对，以我的为准' }).press('Enter');
    await page.getByRole('button', { name: '启用' }).press('Enter');
    await page.getByText('第2版已启用').waitFor();
    expect((await inForce('urging-letter')).source).toContain('我写的');
  });

  it('are compared line by line and taken back', async () => {
    const page = await b.signIn('duty-leader', '/admin/templates/agreement');
    await page.getByRole('tab', { name: '各版' }).click();
    await page.getByRole('button', { name: '第1版改了哪里' }).press('Enter');
    const difference = page.getByRole('region', { name: '统一模板到第1版的变化' });
    await difference.getByText('# 新城区人民调解协议书').waitFor();
    expect(await difference.locator('tr.removed').allInnerTexts()).toEqual([
      expect.stringContaining('# 人民调解协议书'),
    ]);
    await shot(page, 'template-versions');
    await expectAccessible(page);
    const house = page.getByRole('list', { name: '各版' }).getByRole('listitem').last();
    await house.getByRole('button', { name: '恢复旧版' }).press('Enter');
    const form = page.getByRole('dialog');
    await form.getByLabel('改了什么').fill('仍用统一的标题');
    await shot(page, 'template-restore');
    await form.getByRole('button', { name: '恢复旧版' }).press('Enter');
    await page.getByText('第2版（用回统一模板）').waitFor();
    expect(await source(page).inputValue()).toContain('# 人民调解协议书');
    expect(await inForce()).toMatchObject({ version: 2 });
  });

  it('suit a phone, and are no page of those who do not keep them', async () => {
    const page = await b.signIn('duty-leader', '/admin/templates/one-time-notice', { viewport: PHONE });
    await source(page).waitFor();
    await page.getByText('检查过了，没有要改的地方。').waitFor();
    await shot(page, 'template-phone');
    await expectAccessible(page);
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(wide).toBeLessThanOrEqual(0);
    const clerk = await b.signIn('intake', '/home');
    expect(await clerk.getByRole('link', { name: '文书模板' }).count()).toBe(0);
    b.expectQuiet();
  });
});
