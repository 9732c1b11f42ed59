import { type BrowserTest, expectAccessible, openBrowser, shot } from '../support/browser';

/** Phrases, kept by keyboard: real application and database, real browser. */
describe('phrases', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    b = await openBrowser();
  });
  afterAll(async () => {
    await b.close();
  });

  const offered = async (key: string): Promise<string[]> =>
    ((await (await b.t.as(key)).get('/phrases?place=disputes.accept.opinion')).body as { items: string[] }).items;

  it('of one’s own are written, put in order, changed, removed and brought back', async () => {
    const page = await b.signIn('intake', '/phrases');
    await page.getByRole('button', { name: '受理 · 办理意见' }).press('Enter');
    const editor = page.getByRole('region', { name: '受理 · 办理意见' });
    for (const text of ['材料齐全，同意受理。', '双方愿意调解，同意受理。']) {
      await editor.getByLabel('新的常用语').fill(text);
      await editor.getByLabel('新的常用语').press('Control+Enter');
      await editor.getByText(text).waitFor();
    }
    await editor.getByRole('button', { name: '上移“双方愿意调解，同意受理。”' }).press('Enter');
    await editor.getByRole('button', { name: '下移“双方愿意调解，同意受理。”' }).and(page.locator(':focus')).waitFor();
    const own = ['双方愿意调解，同意受理。', '材料齐全，同意受理。'];
    const house = (await offered('dispatcher')).filter((text) => !own.includes(text));
    expect(await offered('intake')).toEqual([...own, ...house]);
    await shot(page, 'phrases-own');
    await expectAccessible(page);

    await editor.getByRole('button', { name: '删除“材料齐全，同意受理。”' }).press('Enter');
    await editor.getByRole('status').getByText('已删除').waitFor();
    expect(await offered('intake')).toEqual([own[0], ...house]);
    await editor.getByRole('button', { name: '撤销删除' }).press('Enter');
    await editor.getByRole('button', { name: '修改“材料齐全，同意受理。”' }).press('Enter');
    await editor.getByRole('textbox', { name: '修改“材料齐全，同意受理。”' }).fill('材料已补齐，同意受理。');
    await editor.getByRole('button', { name: '保存' }).press('Enter');
    await editor.getByText('材料已补齐，同意受理。').waitFor();
    expect(await offered('intake')).toEqual([own[0], '材料已补齐，同意受理。', ...house]);

    const [first, second] = [editor.locator('li .handle').nth(0), editor.locator('ol li').nth(1)];
    await first.dragTo(second);
    await editor.locator('ol li').nth(1).getByText('双方愿意调解').waitFor();
    expect((await offered('intake')).slice(0, 2)).toEqual(['材料已补齐，同意受理。', own[0]]);
    expect(await page.getByRole('radio', { name: '本中心的' }).count()).toBe(0);
  });

  it('of the center are kept by the duty leader for all', async () => {
    const page = await b.signIn('duty-leader', '/phrases');
    await page.getByRole('radio', { name: '本中心的' }).press('Space');
    await page.getByRole('button', { name: '受理 · 办理意见' }).press('Enter');
    const editor = page.getByRole('region', { name: '受理 · 办理意见' });
    await editor.getByText('现用各中心通用的一套').waitFor();
    await editor.getByLabel('新的常用语').fill('本中心同意受理。');
    await editor.getByRole('button', { name: '添加' }).press('Enter');
    await editor.getByText('本中心同意受理。').waitFor();
    await editor.getByText('现用各中心通用的一套').waitFor({ state: 'detached' });
    expect(await offered('dispatcher')).toContain('本中心同意受理。');
    await shot(page, 'phrases-center');
    await expectAccessible(page);
    b.expectQuiet();
  });
});
