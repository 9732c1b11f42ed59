import type { Locator, Page } from 'playwright-core';
import { type Standing, view } from '../e2e/agreements/stage';
import { aMatterInMediation, assign, plan } from '../e2e/sessions/stage';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter, must } from '../support/builders';
import { aSlip } from '../support/slips';
import type { Caller } from '../support/test-app';

jest.setTimeout(120_000);

/** Small dialogs that decide much: an answer, a change of date, a refusal. Real application, real browser. */
describe('dialogs of single decisions', () => {
  let b: BrowserTest;
  let mediator: Caller;
  beforeAll(async () => {
    b = await openBrowser();
    // A day passes for a session: whoever was logged in before is asked again.
    b.expectStatus(401);
    mediator = await b.t.as('mediator');
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  const asked = async (page: Page, act: string, within: Locator | Page = page): Promise<Locator> => {
    await within.getByRole('button', { name: act, exact: true }).first().click();
    const dialog = page.getByRole('dialog', { name: act });
    await dialog.getByRole('button', { name: '取消', exact: true }).waitFor();
    return dialog;
  };
  const submit = async (dialog: Locator, act: string): Promise<void> => {
    await dialog.getByRole('button', { name: act, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  describe('whether to mediate', () => {
    let matter: BuiltMatter;
    const consents = () =>
      b.t.sql<{ consent: string }>('select consent from party where dispute_id = $1 order by ordinal', [matter.id]);
    beforeAll(async () => {
      matter = await aMatter(b.t).accepted();
    });

    it('is taken down by the desk for the first party, with how and when it was asked', async () => {
      const page = await b.signIn('intake', `/matters/${matter.id}?tab=parties`);
      const dialog = await asked(page, '记录调解意愿', page.getByRole('row', { name: /赵一鸣/ }));
      await dialog.getByRole('radio', { name: '同意调解', exact: true }).press('Space');
      await dialog.getByRole('combobox', { name: '征询方式' }).click();
      await page.getByRole('option', { name: '当面' }).click();
      await shot(page, 'dialogs-consent');
      await expectAccessible(page);
      await submit(dialog, '记录调解意愿');
      expect((await consents())[0]).toEqual({ consent: 'agreed' });
    });

    it('is refused by the second on a phone, only after what follows was read', async () => {
      const slip = await aSlip(b.t, await b.t.as('intake'), matter.id, matter.partyIds[1]);
      const page = await b.open(`/p/${slip.token}`, { viewport: PHONE, isTouch: true });
      await page.getByLabel(/六位查询码/).fill(slip.code);
      await page.getByRole('button', { name: '查询', exact: true }).click();
      await page.getByRole('button', { name: '不同意调解', exact: true }).click();
      await page.getByText('调解就此结束').waitFor();
      expect((await consents())[1]).toEqual({ consent: 'pending' });
      await shot(page, 'dialogs-refuse-mediation');
      await expectAccessible(page);
      const confirm = page.getByRole('button', { name: '确认不同意调解' });
      await confirm.click();
      await confirm.waitFor({ state: 'detached' });
      expect((await consents())[1]).toEqual({ consent: 'refused' });
    });
  });

  describe('a planned session', () => {
    let sessionId: string;
    let page: Page;
    const session = async () =>
      (
        await b.t.sql<{ starts_at: Date; state: string; place: string }>(
          'select starts_at, state, place from mediation_session where id = $1',
          [sessionId],
        )
      )[0];
    beforeAll(async () => {
      const matter = await aMatterInMediation(b.t, [
        { kind: 'person', name: '李建国' },
        { kind: 'person', name: '李建军' },
      ]);
      ({ id: sessionId } = await plan(mediator, matter.id, b.t));
      await assign(b.t, matter.id, 'mediator-2', 'co-mediator');
      page = await b.signIn('mediator', `/sessions/${sessionId}`);
    });

    it('is moved to a time of one’s own, with the reason', async () => {
      const dialog = await asked(page, '改期');
      await dialog.getByText('自己定时间').click();
      await dialog.getByLabel('开始').fill('2026-09-22T09:00');
      await dialog.getByLabel('结束').fill('2026-09-22T11:00');
      await dialog.getByLabel('地点').fill('光明社区活动室');
      const button = dialog.getByRole('button', { name: '改期', exact: true });
      expect(await button.isDisabled()).toBe(true);
      await dialog.getByLabel('改期原因').fill('当事人住院，出院后再谈。');
      await shot(page, 'dialogs-reschedule');
      await expectAccessible(page);
      await submit(dialog, '改期');
      await page.getByText('光明社区活动室').first().waitFor();
      expect((await session())?.starts_at.toISOString()).toBe('2026-09-22T01:00:00.000Z');
    });

    it('takes in one more, found by the first letters of the name', async () => {
      const dialog = await asked(page, '增加与会人员');
      const box = dialog.getByRole('combobox', { name: '调解员' });
      // What is asked for lies over the input, as it does for whoever points at it.
      await box.click({ force: true });
      await box.fill('htj');
      await page.getByRole('option', { name: /何调解/ }).click();
      await page.keyboard.press('Escape');
      await shot(page, 'dialogs-invite');
      await submit(dialog, '增加与会人员');
      await page.getByText('何调解').first().waitFor();
    });

    it('is called off only with a reason, and stays on the list with it', async () => {
      const dialog = await asked(page, '取消调解会');
      await dialog.getByRole('button', { name: '取消调解会', exact: true }).click();
      await dialog
        .getByText(/请填写/)
        .first()
        .waitFor();
      expect((await session())?.state).toBe('planned');
      await dialog.getByRole('textbox').first().fill('双方已自行和解。');
      await shot(page, 'dialogs-call-off');
      await expectAccessible(page);
      await submit(dialog, '取消调解会');
      await page.getByText('已取消').first().waitFor();
      expect((await session())?.state).toBe('cancelled');
    });
  });

  describe('an agreement', () => {
    let matter: BuiltMatter;
    const drafted = async (kind: 'written' | 'oral'): Promise<Standing> =>
      must<Standing>(
        await mediator.post(`/disputes/${matter.id}/agreements`, {
          kind,
          facts: '双方就楼道堆放杂物发生争议。',
          clauses: ['双方今后不在楼道堆放杂物。'],
          obligations: [],
        }),
        201,
      );
    beforeEach(async () => {
      matter = await aMatter(b.t).agreed();
    });

    it('is refused by one who was to sign: the reason is taken down, signing rests', async () => {
      const { id, version } = await drafted('written');
      must(await mediator.post(`/agreements/${id}/freezing`, {}, { ifMatch: version }), 200);
      const page = await b.signIn('mediator', `/agreements/${id}`);
      const row = page.getByRole('row', { name: /赵一鸣/ });
      const button = row.getByRole('button', { name: '登记拒签' });
      if (!(await button.isVisible())) await row.getByRole('button', { name: '更多' }).click();
      await button
        .or(page.getByRole('menuitem', { name: '登记拒签' }))
        .first()
        .click();
      const dialog = page.getByRole('dialog', { name: '登记拒签' });
      await dialog.getByLabel('拒签理由').fill('对搬离的日期有不同意见。');
      await shot(page, 'dialogs-refuse-signing');
      await expectAccessible(page);
      await submit(dialog, '登记拒签');
      await page.getByText('对搬离的日期有不同意见。').first().waitFor();
      expect((await view(mediator, id)).state).toBe('refused');
    });

    it('in effect is voided by the director for a listed ground, after the consequence was read', async () => {
      const { id, version } = await drafted('oral');
      const reached = { reachedAt: b.t.clock.at().toISOString(), place: '光明社区会议室' };
      must(await mediator.post(`/agreements/${id}/oral-conclusion`, reached, { ifMatch: version }), 200);
      const page = await b.signIn('committee-director', `/agreements/${id}`);
      const dialog = await asked(page, '作废已生效的协议');
      await dialog.getByRole('radio', { name: /协商一致/ }).press('Space');
      await dialog.getByRole('textbox').first().fill('双方已另行达成一致，共同要求解除。');
      await shot(page, 'dialogs-void');
      await expectAccessible(page);
      await submit(dialog, '作废已生效的协议');
      expect((await view(mediator, id)).state).toBe('voided');
    });
  });
});
