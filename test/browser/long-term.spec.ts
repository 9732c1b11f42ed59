import { LongTermCopies } from '../../src/modules/documents/application/long-term-copies';
import { exportIdentity } from '../../src/platform/pdf/sign';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { must } from '../support/builders';
import { ListedAuthority } from '../support/listed-authority';
import { sealedRegister } from '../support/sealed-register';

jest.setTimeout(240_000);

/** The long-term copies of sealed papers, where staff meet them. Real application, database, certificates and browser. */
describe('long-term copies on the pages', () => {
  let b: BrowserTest;
  let authority: ListedAuthority;
  let id: string;

  beforeAll(async () => {
    authority = await ListedAuthority.open(() => b.t.clock.at());
    b = await openBrowser({ timestampAuthorityUrl: authority.timestampUrl, revocationHosts: [authority.host] });
    const { t } = b;
    const admin = await t.as('system-admin');
    must(
      await admin.post(`/committees/${t.world.committeeId}/seals`, { origin: 'demo', requiresSecondPerson: false }),
      201,
    );
    const certificatePem = exportIdentity(authority.root).certificatesPem;
    must(await admin.post('/trust-anchors', { purpose: 'timestamp', certificatePem }), 201);
    id = await sealedRegister.matter(t);
    // One with its copy, one whose list could not be had, and one of today.
    authority.isListUp = true;
    await sealedRegister.paper(t, id);
    t.clock.advanceDays(1);
    expect(await t.app.get(LongTermCopies).collectDue()).toBe(1);
    authority.isListUp = false;
    await sealedRegister.paper(t, id);
    t.clock.advanceDays(1);
    expect(await t.app.get(LongTermCopies).collectDue()).toBe(0);
    await sealedRegister.paper(t, id);
  });
  afterAll(async () => {
    await b.close();
    await authority.close();
  });

  it('stand with their papers: had, waited for, and why not yet', async () => {
    const page = await b.signIn('intake', `/matters/${id}?tab=papers`);
    await page.getByText('长期验证资料已附').waitFor();
    await page.getByText('没有正常应答').waitFor();
    await page.getByText('长期验证资料待取（夜间自动办理）').waitFor();
    await shot(page, 'long-term-papers', { fullPage: true });
    await expectAccessible(page);
    const answered = page.waitForResponse(/\/file\?copy=long-term/);
    await page.getByRole('button', { name: '人民调解受理登记表的长期保存版' }).click();
    expect((await answered).status()).toBe(200);
    await page.getByRole('dialog', { name: '人民调解受理登记表（长期保存版）' }).waitFor();
    await shot(page, 'long-term-viewer');
    b.expectQuiet();
  });

  it('stand in the ledger of the seal', async () => {
    const page = await b.signIn('committee-director', '/admin/seals');
    await page.getByRole('button', { name: '用印台账' }).click();
    const ledger = page.getByRole('dialog');
    await ledger.getByText('长期验证资料已附').waitFor();
    await ledger.getByText('没有正常应答').waitFor();
    await shot(page, 'long-term-ledger');
    await expectAccessible(page);
    b.expectQuiet();
  });

  it('fit a phone', async () => {
    const phone = await b.signIn('intake', `/matters/${id}?tab=papers`, { viewport: PHONE, isTouch: true });
    await phone.getByText('长期验证资料已附').waitFor();
    await shot(phone, 'long-term-phone', { fullPage: true });
    expect(await phone.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
