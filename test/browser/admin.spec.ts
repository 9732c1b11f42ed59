import { type BrowserTest, expectAccessible, openBrowser, shot } from '../support/browser';
import { choose, press, write } from '../support/keyboard';

/** The administrators' pages: real application and database, real browser. */
describe('administration', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    b = await openBrowser();
  });
  afterAll(async () => {
    await b.close();
  });

  it('moves a mediator from one committee to another by keyboard alone, effective at the next request', async () => {
    const mediator = await b.t.as('mediator');
    const scopes = async (): Promise<string[]> =>
      ((await mediator.get('/session/self')).body as { grants: { scopeId: string }[] }).grants.map((g) => g.scopeId);
    expect(await scopes()).toEqual([b.t.world.committeeId]);

    const page = await b.signIn('security-admin', '/admin/accounts');
    const row = page.getByRole('row', { name: /刘调解/ });
    await row.getByText('新城区光明社区人民调解委员会').waitFor();
    await shot(page, 'admin-accounts');
    await expectAccessible(page);

    await write(page, page.getByLabel('在本页查找'), '刘调解');
    await press(page, row.getByRole('button', { name: '结束岗位' }));
    let dialog = page.getByRole('dialog', { name: '结束岗位' });
    await dialog.getByText('结束后立即生效').waitFor();
    await shot(page, 'admin-end-role');
    await press(page, dialog.getByRole('button', { name: '结束岗位' }));
    await dialog.getByText('请填写').first().waitFor();
    await write(page, dialog.getByRole('textbox').first(), '调往物业纠纷调委会');
    await press(page, dialog.getByRole('button', { name: '结束岗位' }));
    await row.getByText('没有岗位').waitFor();
    expect(await scopes()).toEqual([]);

    await press(page, row.getByRole('button', { name: '授予岗位' }));
    dialog = page.getByRole('dialog', { name: '授予岗位' });
    await choose(page, dialog.getByRole('combobox', { name: '岗位', exact: true }), '人民调解员');
    await choose(page, dialog.getByRole('combobox', { name: '任职范围' }), /新城区物业纠纷人民调解委员会/);
    await shot(page, 'admin-grant-role');
    await expectAccessible(page);
    await press(page, dialog.getByRole('button', { name: '授予岗位' }));
    await row.getByText('新城区物业纠纷人民调解委员会').waitFor();
    expect(await scopes()).toEqual([b.t.world.otherCommitteeId]);
  });

  it('shows the organizations, and enters and ends a posting', async () => {
    const page = await b.signIn('system-admin', '/admin/organizations');
    await page.getByRole('row', { name: /光明社区第三网格/ }).waitFor();
    await shot(page, 'admin-units');
    for (const tab of ['综治中心', '窗口、部、中心、庭', '人民调解委员会', '联动单位', '入驻与轮驻']) {
      await page.getByRole('tab', { name: tab, exact: true }).click();
      await page.waitForLoadState('networkidle');
      await expectAccessible(page);
    }
    await shot(page, 'admin-postings');
    await page.getByRole('tab', { name: '联动单位' }).click();
    await page.getByRole('row', { name: /回民区征收办/ }).waitFor();
    await shot(page, 'admin-agencies');
  });

  it('finds what was done in the record, and proves it whole', async () => {
    const page = await b.signIn('auditor', '/admin/audit');
    await page
      .getByRole('row', { name: /授予岗位/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: '核验日志是否完整' }).click();
    await page.getByText(/日志完整/).waitFor();
    await shot(page, 'admin-audit');
    await expectAccessible(page);
    b.expectQuiet();
  });
});
