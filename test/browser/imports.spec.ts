import ExcelJS from 'exceljs';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type BrowserTest, expectAccessible, openBrowser, shot } from '../support/browser';

/** The way of an old ledger through the pages: real application and database, real browser, real workbooks. */
describe('import of an old ledger', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    b = await openBrowser();
  });
  afterAll(async () => {
    await b.close();
  });

  const taken = async (page: Page, button: string): Promise<ExcelJS.Workbook> => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).press('Enter');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(readFileSync(await (await waiting).path()) as unknown as ArrayBuffer);
    return book;
  };
  const filled = async (book: ExcelJS.Workbook): Promise<{ name: string; mimeType: string; buffer: Buffer }> => ({
    name: '2023年台账.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(await book.xlsx.writeBuffer()),
  });
  const lineOf = (sheet: ExcelJS.Worksheet, changes: Readonly<Record<string, string>>): string[] => {
    const example = (sheet.getRow(3).values as string[]).slice(1);
    return (sheet.getRow(1).values as string[])
      .slice(1)
      .map((name, i) => changes[name.replace('*', '')] ?? example[i] ?? '');
  };

  it('goes from the template over the faults of each row to matters of the archive', async () => {
    const page = await b.signIn('intake', '/imports');
    await page.getByText('还没有上传过').waitFor();
    await shot(page, 'imports-begin');
    await expectAccessible(page);

    b.expectStatus(422);
    await page.getByLabel('选择填好的台账').setInputFiles({
      name: '台账.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('not a workbook'),
    });
    await page.getByRole('button', { name: '上传核对' }).press('Enter');
    await page.getByText('这不是 Excel 工作簿').first().waitFor();

    const book = await taken(page, '下载模板');
    const sheet = book.worksheets[0];
    if (!sheet) throw new Error('The template has no sheet');
    sheet.addRow(lineOf(sheet, { 旧台账编号: '2023-001' }));
    sheet.addRow(lineOf(sheet, { 旧台账编号: '2023-002', 事项名称: '孙家与李家租房押金纠纷', 纠纷类型: '租赁合同' }));
    sheet.addRow(lineOf(sheet, { 旧台账编号: '2023-003', 登记日期: '五月', 申请方电话: '123' }));
    await page.getByLabel('选择填好的台账').setInputFiles(await filled(book));
    await page.getByRole('button', { name: '上传核对' }).press('Enter');

    const faults = page.getByRole('row', { name: /2023-003/ });
    await faults.getByText('不是有效的日期').waitFor();
    await faults.getByText('2 人填了 1 个号码').waitFor();
    await shot(page, 'imports-checked');
    await expectAccessible(page);
    expect(await b.t.sql('select 1 from dispute')).toEqual([]);

    await page.getByRole('button', { name: '导入 2 行' }).press('Enter');
    await page.getByText('已导入 2 件').waitFor();
    await page.getByRole('radio', { name: '已导入 2' }).press('Space');
    const done = page.getByRole('link', { name: '2023-002' });
    await done.waitFor();
    await shot(page, 'imports-done');

    const refused = await taken(page, '下载需要修改的行');
    const row = refused.worksheets[0]?.getRow(3);
    expect(row?.getCell(1).text).toContain('原第 6 行');

    await done.press('Enter');
    await page.getByText('旧台账导入：系统里没有当时的办理过程').waitFor();
    await page.getByText('光明社区调委会').waitFor();
    await shot(page, 'imports-matter');
    await expectAccessible(page);
    await page.goto('/imports');
    await page
      .getByRole('row', { name: /2023年台账/ })
      .getByText('已导入')
      .waitFor();
    b.expectQuiet();
  }, 60_000);
});
