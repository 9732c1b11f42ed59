import type { Page } from 'playwright-core';
import { aScan, aSeal, inEffect } from '../e2e/agreements/stage';
import { onDuty } from '../e2e/summons/stage';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter, must } from '../support/builders';
import { choose, openAct, press, submitAct, write } from '../support/keyboard';
import { aSlip } from '../support/slips';

jest.setTimeout(240_000);

/** What becomes of an agreement: at the court, in the word of whoever was to receive, and when somebody does not pay. */
describe('after the agreement: court, receipts, breach and cure (real application, real browser)', () => {
  let b: BrowserTest;
  let matter: BuiltMatter;
  let desk: Page;
  const ledgerPath = (): string => `/matters/${matter.id}?tab=performance`;

  beforeAll(async () => {
    b = await openBrowser();
    b.t.clock.set('2026-09-19T09:00:00+08:00');
    await aSeal(b.t);
    matter = await aMatter(b.t).ofType('contract.lease').agreed();
    await inEffect(b.t, matter);
    await aScan(await onDuty(b.t, 'mediator'), matter.id);
  }, 180_000);
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  async function at(local: string, ...pages: readonly Page[]): Promise<void> {
    b.t.clock.set(`${local}:00+08:00`);
    await b.t.sql("update login_session set last_used_at = $1, expires_at = '2027-12-31'", [b.t.clock.at()]);
    for (const page of pages) {
      await page.context().clock.setSystemTime(b.t.clock.at());
      await page.reload();
      await page.waitForLoadState('networkidle');
    }
  }
  const heading = (name: RegExp) => desk.getByRole('heading', { name });

  it('the joint application is refused without a second look, entered with it, and ends the countdown', async () => {
    desk = await b.signIn('mediator', ledgerPath());
    await at('2026-09-21T10:00', desk);
    await heading(/第1份协议的司法确认/).waitFor();
    await shot(desk, 'after-01-ledger', { fullPage: true });
    await expectAccessible(desk);
    b.expectStatus(422);
    const form = await openAct(desk, '登记司法确认申请');
    await write(desk, form.getByLabel('申请的人民法院'), '呼和浩特市新城区人民法院');
    await press(desk, form.getByRole('button', { name: '登记司法确认申请', exact: true }));
    await form.getByText('请核对：').first().waitFor();
    await shot(desk, 'after-02-look-again');
    for (const point of [/^不违反法律/, /^不是调委会所在地/])
      await press(desk, form.getByRole('checkbox', { name: point }), 'Space');
    await write(desk, form.getByLabel('核对的情况'), '申请人住所地的法院，已核对。');
    await submitAct(desk, form, '登记司法确认申请');
    await desk.getByText('等待法院受理。').waitFor();
    expect(await desk.getByText('可以共同申请').count()).toBe(0);
    await shot(desk, 'after-03-applied', { fullPage: true });
  });

  it('accepted and confirmed by a ruling on file', async () => {
    await at('2026-09-28T10:00', desk);
    const accepted = await openAct(desk, '登记法院受理');
    await write(desk, accepted.getByLabel('法院案号'), '（2026）内0102民特12号');
    await submitAct(desk, accepted, '登记法院受理');
    const ruled = await openAct(desk, '登记裁定结果');
    await press(desk, ruled.getByRole('radio', { name: '裁定调解协议有效' }), 'Space');
    await choose(desk, ruled.getByRole('combobox', { name: '裁定书扫描件' }), '签署页.jpg');
    await shot(desk, 'after-04-ruling');
    await submitAct(desk, ruled, '登记裁定结果');
    await desk.getByText('裁定调解协议有效，案号（2026）内0102民特12号').waitFor();
    await desk.getByText('法院已经裁定确认，一方不履行的').waitFor();
    await expectAccessible(desk);
    await shot(desk, 'after-05-confirmed', { fullPage: true });
  });

  it('a suit is entered with what it means for the agreement; retracted it is struck out', async () => {
    const suit = await openAct(desk, '登记法院的处理结果');
    await choose(desk, suit.getByRole('combobox', { name: '结果' }), '达成协议后起诉');
    await write(desk, suit.getByLabel('人民法院'), '呼和浩特市新城区人民法院');
    await shot(desk, 'after-05a-suit');
    await submitAct(desk, suit, '登记法院的处理结果');
    await desk.getByText('判决生效以前协议照常有效').first().waitFor();
    await shot(desk, 'after-05b-suit', { fullPage: true });
    const retraction = await openAct(desk, '撤销法院结果的登记');
    await write(desk, retraction.getByLabel('理由'), '当事人还没有起诉，只是咨询。');
    await submitAct(desk, retraction, '撤销法院结果的登记');
    await desk.getByText('不再计入：当事人还没有起诉').waitFor();
    await expectAccessible(desk);
    const phone = await b.signIn('committee-director', ledgerPath(), { viewport: PHONE });
    await phone.getByRole('button', { name: '登记法院的处理结果' }).waitFor();
    await shot(phone, 'after-05c-court-phone', { fullPage: true });
  });

  it('the one who was to receive says on the phone that nothing came; both words stand in red; the mediator holds', async () => {
    await at('2026-10-20T10:00', desk);
    const item = (await ledger())[0]?.id ?? '';
    must(
      await (
        await onDuty(b.t, 'mediator')
      ).post(`/performance-items/${item}/records`, {
        amountFen: 60_000,
        performedOn: '2026-10-20',
        manner: 'transfer',
        isConfirmedByObligee: false,
      }),
      200,
    );
    const slip = await aSlip(b.t, await onDuty(b.t, 'intake'), matter.id, matter.partyIds[1]);
    const phone = await b.open(`/p/${slip.token}`, { viewport: PHONE, isTouch: true });
    await phone.getByLabel(/六位查询码/).fill(slip.code);
    await phone.getByRole('button', { name: '查询', exact: true }).tap();
    await phone.getByRole('heading', { name: '确认是否收到' }).waitFor();
    await phone.getByLabel('没有收到，或者与记录不符').check();
    await phone.getByLabel('请写明情况').fill('账户里没有这笔钱。');
    await expectAccessible(phone);
    await shot(phone, 'after-06-phone-receipt', { fullPage: true });
    await phone.getByRole('button', { name: '告诉中心' }).first().tap();
    await phone.getByRole('heading', { name: '确认是否收到' }).waitFor({ state: 'detached' });
    await shot(phone, 'after-07-phone-said', { fullPage: true });
    await desk.reload();
    await desk.getByText('待履行，收款有争议').waitFor();
    await desk.getByText('账户里没有这笔钱。').waitFor();
    await shot(desk, 'after-08-disputed', { fullPage: true });
    await expectAccessible(desk);
    const settling = await openAct(desk, '认定有争议的履行');
    await press(desk, settling.getByRole('radio', { name: '没有履行' }), 'Space');
    await write(desk, settling.getByLabel('理由'), '回单是另一笔款项，当日没有入账。');
    await submitAct(desk, settling, '认定有争议的履行');
    await desk.getByText('回单是另一笔款项').waitFor();
  });

  it('not paid after the day it is a breach: the ways stand beside it; a demand is printed, then it is paid', async () => {
    await at('2026-10-22T10:00', desk);
    const breach = await openAct(desk, '登记违约');
    await write(desk, breach.getByLabel('理由'), '到期未付，经督促仍不履行。');
    await submitAct(desk, breach, '登记违约');
    const ways = desk.getByRole('link', { name: '要起诉或者申请执行的，装订材料' });
    await ways.waitFor();
    await shot(desk, 'after-09-breach', { fullPage: true });
    await expectAccessible(desk);
    await press(desk, ways);
    await desk.waitForURL(/tab=dossier/);
    await desk.getByText('申请强制执行', { exact: false }).first().waitFor();
    await desk.waitForLoadState('networkidle');
    await shot(desk, 'after-10-enforcement', { fullPage: true });
    await desk.goto(ledgerPath());
    await press(desk, desk.getByRole('link', { name: '催告对方：出具催告函' }));
    await desk.waitForURL(/tab=papers/);
    await press(desk, desk.getByRole('combobox', { name: '出具文书' }));
    await desk.getByRole('option', { name: /催告/ }).waitFor();
    await shot(desk, 'after-11-demand', { fullPage: true });
    await desk.goto(ledgerPath());
    const paid = await openAct(desk, '登记履行');
    await choose(desk, paid.getByRole('combobox', { name: '履行方式' }), '转账');
    await press(desk, paid.getByRole('radio', { name: '是' }), 'Space');
    await submitAct(desk, paid, '登记履行');
    await desk.getByText('已履行', { exact: true }).first().waitFor();
    expect(await desk.getByRole('link', { name: '要起诉或者申请执行的，装订材料' }).count()).toBe(0);
    await shot(desk, 'after-12-cured', { fullPage: true });
  });

  async function ledger(): Promise<readonly { readonly id: string }[]> {
    const mediator = await onDuty(b.t, 'mediator');
    return must<{ items: { id: string }[] }>(await mediator.get(`/disputes/${matter.id}/performance`), 200).items;
  }
});
