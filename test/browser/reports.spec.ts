import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { DISPUTE_TYPES } from '../../src/modules/disputes/domain/dictionaries';
import { tell } from '../e2e/statistics/stage';
import { type BrowserTest, expectAccessible, openBrowser, PHONE, shot } from '../support/browser';

/** A month is reported: begun, worded, opened behind its numbers, frozen, taken away as paper. */
describe('reports', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    b = await openBrowser();
    const types = Object.keys(DISPUTE_TYPES).filter((type) => !type.includes('.'));
    await tell(
      b.t,
      Array.from({ length: 40 }, (_, i) => {
        const day = `2026-08-${String(1 + (i % 28)).padStart(2, '0')}`;
        return {
          registered: '2026-08-01',
          accepted: '2026-08-01',
          type: types[(i * i) % types.length] ?? null,
          ...(i % 7 === 0
            ? { ending: { on: day, state: 'terminated' as const, code: 'irreconcilable' } }
            : { agreement: { effective: day }, items: [{ due: day, state: 'performed' as const }] }),
        };
      }),
    );
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  it('are begun, worded, opened behind their numbers, and frozen', async () => {
    const page = await b.signIn('director', '/reports');
    await page.getByText('还没有报表').waitFor();
    const director = await b.t.as('director');
    const { id } = (
      await director.post('/reports', {
        centerId: b.t.world.centerId,
        form: 'monthly',
        span: 'month',
        day: '2026-08-15',
      })
    ).body as { id: string };
    await page.reload();
    await page.getByRole('link', { name: '工作月报' }).press('Enter');
    await page.getByText('共登记矛盾纠纷40件').waitFor();
    await page.getByLabel('需要关注的问题').fill('本月调解不成的案件要逐件回访，共调解结束〔调解案件总数〕件。');
    await page.getByRole('button', { name: '保存文字' }).press('Enter');
    await page.getByText('共调解结束40件').waitFor();
    await shot(page, 'report', { fullPage: true });
    await expectAccessible(page);
    await page
      .getByRole('button', { name: /^合计 34，/ })
      .first()
      .press('Enter');
    await page.getByText('调解成功：34 件，共 34 项').waitFor();
    await shot(page, 'report-cases');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '定稿', exact: true }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: '定稿' }).press('Enter');
    await page.getByRole('button', { name: '定稿后的变化' }).press('Enter');
    await page.getByText('没有变化').waitFor();
    for (const kind of ['pdf', 'docx', 'xlsx']) {
      const reply = await director.download(`/reports/${id}/file?kind=${kind}`);
      mkdirSync('test/browser/.shots', { recursive: true });
      writeFileSync(`test/browser/.shots/monthly-report.${kind}`, reply.body as Buffer);
    }
    execFileSync('pdftoppm', [
      '-r',
      '70',
      '-png',
      'test/browser/.shots/monthly-report.pdf',
      'test/browser/.shots/monthly-report',
    ]);
    const phone = await b.signIn('director', `/reports/${id}`, { viewport: PHONE });
    await phone.getByText('共登记矛盾纠纷40件').waitFor();
    await shot(phone, 'report-phone');
    await expectAccessible(phone);
  });
});
