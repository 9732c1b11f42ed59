import { type BrowserTest, expectAccessible, openBrowser, shot } from '../support/browser';

/** The dictionaries of the house, by keyboard: real application and database, real browser. */
describe('dictionaries', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    b = await openBrowser();
  });
  afterAll(async () => {
    await b.close();
  });

  it('show what is fixed, and keep a center’s own kinds that the counter then offers', async () => {
    const page = await b.signIn('duty-leader', '/dictionaries');
    await page.getByText('还没有自设小类').waitFor();
    for (const name of ['广场舞噪声', '装修噪声']) {
      await page.getByRole('button', { name: '增加本地小类' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: '增加本地小类' });
      await dialog.getByRole('combobox', { name: '纠纷类型' }).fill('噪声');
      await page.getByRole('option', { name: '噪声' }).click();
      await dialog.getByRole('textbox', { name: '小类名称' }).fill(name);
      await dialog.getByRole('button', { name: '增加本地小类' }).press('Enter');
      await dialog.waitFor({ state: 'hidden' });
    }
    const group = page.getByRole('region', { name: '邻里—噪声' });
    await group.getByRole('button', { name: '上移“装修噪声”' }).press('Enter');
    await group.getByRole('listitem').first().getByText('装修噪声').waitFor();
    await group
      .getByRole('listitem')
      .filter({ hasText: '装修噪声' })
      .getByRole('button', { name: '停用' })
      .press('Enter');
    const dialog = page.getByRole('dialog', { name: '停用' });
    await dialog.getByText('可以恢复使用').waitFor();
    await dialog.getByRole('button', { name: '停用' }).press('Enter');
    await group.getByText('已停用').waitFor();
    await shot(page, 'dictionaries-local');
    await expectAccessible(page);

    await page.getByRole('tab', { name: '系统字典' }).click();
    await page.getByLabel('查找字典').fill('蒙古族');
    await page.getByRole('button', { name: /^民族/ }).press('Enter');
    await page.getByText('没有默认值，由当事人自己说明。').waitFor();
    await page.getByLabel('查找字典').fill('');
    await page.getByRole('button', { name: /^纠纷类型/ }).press('Enter');
    await page.getByText('离婚、抚养').waitFor();
    await shot(page, 'dictionaries-fixed');
    await expectAccessible(page);

    const counter = await b.signIn('intake', '/intake/new');
    await counter.getByRole('combobox', { name: '纠纷类型' }).first().fill('噪声');
    await counter.getByRole('option', { name: '噪声' }).click();
    await counter.getByRole('combobox', { name: '本地小类' }).press('Enter');
    await counter.getByRole('option', { name: '广场舞噪声' }).waitFor();
    expect(await counter.getByRole('option', { name: '装修噪声' }).count()).toBe(0);
    await shot(counter, 'dictionaries-intake');
    b.expectQuiet();
  }, 60_000);
});
