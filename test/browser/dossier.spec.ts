import { Chores } from '../../src/platform/chores';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { aMatter } from '../support/builders';
import { issue, photograph, theHeirs, theyAgree } from '../e2e/dossiers/stage';

jest.setTimeout(240_000);

/** The dossier on the page of the matter. Real application, real database, real browser. */
describe('the dossier', () => {
  let b: BrowserTest;
  let id: string;
  const path = (tab: string): string => `/matters/${id}?tab=${tab}`;

  beforeAll(async () => {
    b = await openBrowser();
    const matter = await theHeirs(b.t);
    id = matter.id;
    await theyAgree(b.t, matter, photograph('signed'), photograph('paid', 6));
    const mediator = await b.t.as('mediator');
    for (const templateId of ['mediation-register', 'rights-notice', 'performance-page']) {
      await issue(mediator, id, templateId);
    }
  });
  afterAll(async () => {
    await b.close();
  });

  it('shows what is missing and leads to where it is mended', async () => {
    const page = await b.signIn('mediator', path('dossier'));
    await page.getByText('尚缺 3 项').waitFor();
    const list = page.getByRole('table', { name: '卷内目录' }).or(page.getByLabel('卷内目录'));
    await list.getByText('还没有当事人身份证明页，也没有证件复印件').waitFor();
    await shot(page, 'dossier-list', { fullPage: true });
    await expectAccessible(page);
    await page.getByRole('button', { name: /^去“文书”：还没有当事人身份证明页/ }).click();
    await page.getByRole('tab', { name: '文书', selected: true }).waitFor();
    b.expectQuiet();
  });

  it('is bound in the background and taken away; the gaps stand in its record', async () => {
    const page = await b.signIn('mediator', path('dossier'));
    await page.getByText('还没有装订过').waitFor();
    await page.getByRole('button', { name: '装订全卷' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('备注').fill('原件两件存调委会档案柜');
    await shot(page, 'dossier-form');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: '装订卷宗' }).click();
    await b.t.app.get(Chores).settled();
    const book = page.getByRole('button', { name: /^装订件/ });
    await book.waitFor();
    await page.getByText('装订时缺 3 项').waitFor();
    const taken = page.waitForEvent('download');
    await book.click();
    expect((await taken).suggestedFilename()).toBe('全卷-新城人调字〔2026〕1号.pdf');
    await page.getByRole('button', { name: '展开' }).or(page.locator('.el-table__expand-icon')).first().click();
    await page.getByText('人民调解协议书，第').waitFor();
    await page.getByLabel('已装订的卷宗').scrollIntoViewIfNeeded();
    await shot(page, 'dossier-bound', { fullPage: true });
    await expectAccessible(page);
    b.expectQuiet();
  });

  it('tells the archivist who takes away what states numbers, and gives the redacted copy', async () => {
    const page = await b.signIn('archivist', path('dossier'));
    await page.getByText('含完整证件号码，您的岗位不能下载').waitFor();
    await page.getByRole('button', { name: '装订脱敏副本' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '装订卷宗' }).click();
    await b.t.app.get(Chores).settled();
    await page.getByRole('button', { name: /^装订件/ }).waitFor();
    expect(await page.getByRole('button', { name: /^压缩包/ }).count()).toBe(0);
    b.expectQuiet();
  });

  it('fits a phone, and is empty where no committee has accepted', async () => {
    const phone = await b.signIn('mediator', path('dossier'), { viewport: PHONE, isTouch: true });
    await phone.getByText('尚缺 3 项').waitFor();
    await shot(phone, 'dossier-phone', { fullPage: true });
    expect(await phone.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const matter = await aMatter(b.t).registered();
    const page = await b.signIn('duty-leader', `/matters/${matter.id}?tab=dossier`);
    await page.getByText('还没有卷宗').waitFor();
    b.expectQuiet();
  });

  it('says so when the list cannot be read', async () => {
    const page = await b.signIn('mediator', path('papers'));
    b.expectStatus(503);
    await page.route('**/dossier', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          status: 503,
          title: '暂时不可用',
          detail: '系统暂时不可用，请稍后再试。',
          code: 'unavailable',
          errors: [],
        }),
      }),
    );
    await page.getByRole('tab', { name: '卷宗' }).click();
    await page.getByText('系统暂时不可用，请稍后再试。').waitFor();
    await page.unroute('**/dossier');
    await page.getByRole('button', { name: '重试' }).first().click();
    await page.getByText('尚缺 3 项').waitFor();
  });
});
