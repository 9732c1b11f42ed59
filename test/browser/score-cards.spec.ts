import { spawnSync } from 'node:child_process';
import { tell } from '../e2e/statistics/stage';
import { type BrowserTest, expectAccessible, openBrowser, PHONE, shot } from '../support/browser';

/**
 * A mediator looks at the own card and appeals against a case; the director rules, and the card says so. An agency takes its
 * own card home.
 */
describe('cards of mediators and of agencies', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    b = await openBrowser();
    b.t.clock.set('2026-10-12T10:00:00+08:00');
    const [liu, he] = ['mediator', 'mediator-2'].map((key) => b.t.world.account(key).id);
    const one = (handler: string | undefined, more: object = {}) => ({
      registered: '2026-05-06',
      accepted: '2026-05-06',
      handler: handler ?? '',
      period: { due: '2026-06-30', ended: '2026-06-01' },
      agreement: { effective: '2026-06-01' },
      items: [{ due: '2026-06-20', state: 'performed' as const }],
      visits: [{ on: '2026-07-01', satisfaction: 'satisfied' }],
      ...more,
    });
    const ofAgency = (i: number, signed: string) => ({
      registered: '2026-05-06',
      accepted: '2026-05-06',
      tasks: [{ agency: b.t.world.agencyIds[i] ?? '', issued: '2026-05-11', due: '2026-05-12', signed }],
    });
    await tell(b.t, [
      ofAgency(0, '2026-05-11'),
      ofAgency(0, '2026-05-11'),
      ofAgency(0, '2026-05-14'),
      ofAgency(1, '2026-05-14'),
    ]);
    const ids = await tell(b.t, [
      ...Array.from({ length: 11 }, () => one(liu)),
      one(liu, { period: { due: '2026-06-01', ended: '2026-06-09' } }),
      one(he),
      one(he, { visits: [{ on: '2026-07-02', satisfaction: 'dissatisfied' }] }),
    ]);
    await b.t.sql(
      `insert into dispute_access (id, dispute_id, account_id, ground, role, starts_at)
         select gen_random_uuid(), d.id, d.handler_account_id, 'assigned', 'mediator', '2026-01-01' from dispute d where d.id = any ($1)`,
      [ids],
    );
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  it('is opened by its mediator, appealed against, ruled on and shown with what was left out', async () => {
    const mine = await b.signIn('mediator', '/mediator-card');
    await mine.getByRole('button', { name: /按期办结11\/12/ }).press('Enter');
    const late = mine.getByRole('row', { name: /没有达到/ });
    await late.getByRole('button', { name: '对评分卡申诉' }).press('Enter');
    const form = mine.getByRole('dialog', { name: '对评分卡申诉' });
    await form.getByRole('textbox', { name: '理由' }).fill('被申请人住院，各方书面同意延期，系统没有登记。');
    await shot(mine, 'mediator-card-appeal');
    await expectAccessible(mine);
    await form.getByRole('button', { name: '提交申诉' }).press('Enter');
    await form.waitFor({ state: 'hidden' });
    await mine.getByText('申诉待裁定').first().waitFor();
    await shot(mine, 'mediator-card', { fullPage: true });
    await expectAccessible(mine);

    const director = await b.signIn('director', '/director/mediator-cards');
    await director.getByRole('heading', { name: '待裁定的申诉' }).waitFor();
    await shot(director, 'mediator-cards', { fullPage: true });
    await expectAccessible(director);
    await director.getByRole('button', { name: '裁定评分卡申诉' }).press('Enter');
    const ruling = director.getByRole('dialog', { name: '裁定评分卡申诉' });
    await ruling.getByText('申诉成立，不计').click();
    await ruling.getByRole('textbox', { name: '理由' }).fill('住院证明和延期同意书属实。');
    await shot(director, 'mediator-card-ruling');
    await ruling.getByRole('button', { name: '裁定评分卡申诉' }).press('Enter');
    await ruling.waitFor({ state: 'hidden' });
    await director.getByText('申诉不计1件').waitFor();
    await director.getByRole('link', { name: '刘调解' }).press('Enter');
    await director.getByRole('heading', { name: '刘调解评分卡' }).waitFor();
    await director.getByText(/卫主任于.*裁定/).waitFor();
    await shot(director, 'mediator-card-ruled', { fullPage: true });

    await mine.setViewportSize(PHONE);
    await mine.reload();
    await mine.getByRole('button', { name: /按期办结11\/11/ }).waitFor();
    await shot(mine, 'mediator-card-phone');
    await expectAccessible(mine);
  });

  it('gives an agency its own card as a paper that says what the page says', async () => {
    const page = await b.signIn('liaison');
    await page.getByRole('link', { name: '本部门得分' }).press('Enter');
    await page.getByRole('button', { name: '签收及时2/3，查看案件' }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载评分卡' }).press('Enter'),
    ]);
    const name = (await page.getByRole('heading', { level: 1 }).innerText()).replace(/得分$/, '');
    expect(file.suggestedFilename()).toBe(`部门评分卡-${name}-2026-01-01至2026-10-12.pdf`);
    const paper = spawnSync('pdftotext', ['-raw', await file.path(), '-'], { encoding: 'utf8' });
    expect([paper.status, paper.stderr]).toEqual([0, '']);
    const words = paper.stdout.replace(/\s/g, '');
    for (const said of [name, '签收及时2/3', '联系及时—', '2026年1月1日', '2026年10月12日'])
      expect(words).toContain(said);
    await page.getByRole('button', { name: '下载评分卡' }).and(page.locator(':enabled')).waitFor();
    await expectAccessible(page);
  });
});
