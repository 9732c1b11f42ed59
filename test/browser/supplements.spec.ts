import type { Page } from 'playwright-core';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter, must } from '../support/builders';
import { jpeg } from '../support/files';
import { textOf } from '../support/paper-fixtures';
import { residentIdOf } from '../support/parties';
import { aSlip } from '../support/slips';
import type { Caller } from '../support/test-app';
import { writeByHand } from '../support/typist';
import { type Standing, aSeal, fileOf, ledger, onScreen, view } from '../e2e/agreements/stage';

const TABLET = { viewport: { width: 1024, height: 768 }, isTouch: true };
const ON_PHONE = { viewport: PHONE, isTouch: true };
const [LENDER, BORROWER, SURETY] = ['孙出借', '钱二妹', '周担保'] as const;

const person = (name: string, side: string, order: number): object => ({
  kind: 'person',
  side,
  name,
  residentId: residentIdOf('19790312', order),
  phone: `139047166${order}`,
});

// Two cores may be shared with other suites.
jest.setTimeout(240_000);

/** A supplement from the agreement in effect to its own seal: by link, on the tablet and in ink. Real application, real browser. */
describe('a supplement is written, signed in an agreed order and sealed; old and new paper lead to each other', () => {
  let b: BrowserTest;
  let mediator: Caller;
  let desk: Page;
  let matter: BuiltMatter;
  let base: Standing;
  let laterId: string;

  const today = (): string => b.t.clock.at().toISOString().slice(0, 10);
  // The row begins with the name; other rows say for whom they wait.
  const row = (name: string) => desk.getByRole('row', { name: new RegExp(`^${name}`) });
  const actOf = (name: string, act: string) => row(name).getByRole('button', { name: act });
  const signHere = async (tablet: Page, name: string): Promise<void> => {
    await tablet.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await tablet.getByRole('heading', { name: '人民调解补充协议书' }).waitFor();
    await tablet.keyboard.press('End');
    await tablet.getByRole('button', { name: '看完了，去签名' }).click();
    const check = tablet.getByText('核对证件原件与本人');
    if ((await check.count()) > 0) await check.click();
    await writeByHand(tablet);
    await tablet.getByText('我已阅读（听读）全文').click();
    await tablet.getByRole('button', { name: '提交签名' }).click();
    await tablet.getByText(`${name} 已签名`).waitFor();
  };

  beforeAll(async () => {
    b = await openBrowser();
    await aSeal(b.t);
    mediator = await b.t.as('mediator');
    matter = await aMatter(b.t)
      .with({ title: '民间借贷纠纷' })
      .between(person(LENDER, 'applicant', 31), person(BORROWER, 'respondent', 32), person(SURETY, 'respondent', 33))
      .agreed();
    const [obligeeId, obligorId] = matter.partyIds;
    const { id } = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'written',
        facts: '借款人2025年8月向出借人借款三万元，到期未还，担保人愿意督促偿还。',
        clauses: ['借款人于2026年12月20日前一次还清借款人民币叁万元整。', '担保人承担连带责任。'],
        obligations: [
          {
            kind: 'payment',
            obligorId,
            obligeeId,
            content: '偿还借款',
            amountFen: 3_000_000,
            dueOn: '2026-12-20',
            place: '汇入出借人的银行账户',
            manner: '银行转账',
          },
        ],
      }),
      201,
    );
    const { version } = must<Standing>(
      await mediator.post(`/agreements/${id}/electronic-consents`, { partyIds: matter.partyIds, agreedOn: today() }),
      200,
    );
    const { contentHash } = must<Standing>(
      await mediator.post(`/agreements/${id}/freezing`, {}, { ifMatch: version }),
      200,
    );
    for (const [key, slot] of [
      ['mediator', 'party-1'],
      ['mediator', 'party-2'],
      ['mediator', 'party-3'],
      ['mediator', 'mediator-1'],
      ['recorder', 'recorder'],
    ] as const)
      must(
        await (
          await b.t.as(key)
        ).post(`/agreements/${id}/tablet-signatures`, {
          ...onScreen(b.t, contentHash),
          slot,
          identityCheck: slot.startsWith('party') ? 'document-compared' : 'own-account',
        }),
        200,
      );
    const director = await b.t.as('committee-director');
    const ready = await view(mediator, id);
    base = must<Standing>(await director.post(`/agreements/${id}/sealing`, {}, { ifMatch: ready.version }), 200);
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  it('is begun beside the agreement in effect, written, and fixed with the order that the parties agreed on', async () => {
    desk = await b.signIn('mediator', `/matters/${matter.id}?tab=agreement`);
    await shot(desk, 'supplement-01-tab');
    await desk.getByRole('button', { name: /补充协议（书面协议/ }).click();
    await desk.waitForURL(/\/agreements\//);
    laterId = new URL(desk.url()).pathname.split('/').at(-1) ?? '';
    await desk.getByText('本协议是').waitFor();
    await desk.getByLabel('补充的事由').fill('借款人住院治疗，各方就还款期限另行协商。');
    await desk.getByLabel('第1条', { exact: true }).fill('原协议约定的借款延期至2027年6月30日前还清。');
    await desk.getByRole('button', { name: '增加履行事项' }).click();
    for (const [field, name] of [
      ['义务人', BORROWER],
      ['权利人', LENDER],
    ] as const) {
      await desk.getByRole('combobox', { name: field, exact: true }).click({ force: true });
      await desk.getByRole('listbox', { name: field }).getByRole('option', { name, exact: true }).click();
    }
    await desk.getByLabel('履行内容').fill('偿还借款');
    await desk.getByLabel('金额（元）', { exact: true }).fill('30000.00');
    await desk.getByLabel('履行期限').fill('2027年6月30日');
    await desk.keyboard.press('Enter');
    await desk.getByLabel('履行地点').fill('汇入出借人的银行账户');
    await desk.getByLabel('履行方式').fill('银行转账');
    await desk.getByRole('combobox', { name: '代替原协议的哪一项' }).click({ force: true });
    await desk.getByRole('option', { name: /偿还借款，还有30,000.00元/ }).click();
    await desk.getByRole('tab', { name: /核对/ }).click();
    await desk.getByText('没有须修改的地方，可以定稿').waitFor();
    await shot(desk, 'supplement-02-written', { fullPage: true });
    await desk.getByRole('button', { name: '定稿，开始签署' }).click();
    const dialog = desk.getByRole('dialog', { name: '定稿，开始签署' });
    await dialog.getByText('各方约定了先后，按顺序签署').click();
    await dialog.getByRole('button', { name: `${BORROWER}提前一位` }).click();
    expect(await dialog.locator('ol > li').allInnerTexts()).toEqual(
      [BORROWER, LENDER, SURETY].map((name) => expect.stringContaining(name) as string),
    );
    await shot(desk, 'supplement-03-order');
    await expectAccessible(desk);
    await dialog.getByRole('button', { name: '定稿，开始签署' }).click();
    await desk.getByText('还差5人').waitFor();
    await desk.getByRole('button', { name: '登记各方同意电子签名' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '登记各方同意电子签名' }).click();
    await actOf(BORROWER, '发出签署链接').waitFor();
    // Who comes later in the order is offered no way to sign yet, and the table says why.
    expect(
      await row(LENDER)
        .getByRole('link', { name: /当场签名/ })
        .count(),
    ).toBe(0);
    expect(await row(LENDER).innerText()).toContain(`等待${BORROWER}先签`);
    await shot(desk, 'supplement-04-turns');
    await expectAccessible(desk);
  });

  it('the first signs by link on a phone, the second on the tablet, the third in ink with a scan', async () => {
    await actOf(BORROWER, '发出签署链接').click();
    const dialog = desk.getByRole('dialog', { name: '发出签署链接' });
    await dialog.getByText('向登记的电话核实本人').click();
    await dialog.getByRole('button', { name: '发出链接' }).click();
    const link = await dialog.locator('textarea').inputValue();
    await dialog.getByRole('button', { name: '已交给本人，关闭' }).click();
    const early = must<{ token: string }>(
      await mediator.post(`/agreements/${laterId}/signing-links`, {
        slot: 'party-1',
        expiresAt: new Date(b.t.clock.at().getTime() + 86_400_000).toISOString(),
        identityCheck: 'phone-confirmed',
      }),
      201,
    );
    const waiting = await b.open(`/sign/${early.token}`, ON_PHONE);
    await waiting.getByText(`请等${BORROWER}先签`).scrollIntoViewIfNeeded();
    expect(await waiting.getByRole('button', { name: '打开签名板' }).isDisabled()).toBe(true);
    await shot(waiting, 'supplement-05-not-yet', { fullPage: true });
    await waiting.context().close();

    const phone = await b.open(new URL(link).pathname, ON_PHONE);
    await phone.getByRole('heading', { name: '人民调解补充协议书' }).waitFor();
    await shot(phone, 'supplement-05-phone', { fullPage: true });
    await phone.getByText('（协议内容到此为止）').scrollIntoViewIfNeeded();
    await phone.getByText('请先把协议看到末尾').waitFor({ state: 'detached' });
    await phone.getByRole('button', { name: '打开签名板' }).click();
    await writeByHand(phone);
    await phone.getByRole('button', { name: '写好了' }).click();
    await phone.getByLabel(/同意用电子签名/).check();
    await expectAccessible(phone);
    await phone.getByRole('button', { name: '确认签署' }).click();
    await phone.getByText('签名已收到').waitFor();
    await phone.context().close();

    const tablet = await b.signIn('mediator', `/agreements/${laterId}/tablet`, TABLET);
    await shot(tablet, 'supplement-06-roster');
    await signHere(tablet, LENDER);

    await desk.reload();
    await actOf(SURETY, '登记纸质签署').click();
    const ink = desk.getByRole('dialog', { name: '登记纸质签署' });
    await ink
      .getByLabel(/签署页扫描件/)
      .setInputFiles({ name: '签署页.jpg', mimeType: 'image/jpeg', buffer: jpeg(600, 800, 'supplement') });
    await shot(desk, 'supplement-07-ink');
    await ink.getByRole('button', { name: '登记纸质签署' }).click();
    await row(SURETY).getByText('已签', { exact: true }).waitFor();
    await desk.getByText('还差2人').waitFor();
    await shot(desk, 'supplement-08-parties-signed');

    await tablet.reload();
    await signHere(tablet, '刘调解');
    await tablet.context().close();
    const recorders = await b.signIn('recorder', `/agreements/${laterId}/tablet`, TABLET);
    await signHere(recorders, '郑记录');
    await recorders.context().close();
  });

  it('is sealed: what is due moves, and matter, party and public verification lead from one paper to the other', async () => {
    const director = await b.signIn('committee-director', `/agreements/${laterId}`);
    await director.getByText('签署齐备，待加盖调委会印章').waitFor();
    await director.getByRole('button', { name: '加盖调委会印章，协议生效' }).first().click();
    await director.getByRole('dialog').getByRole('button', { name: '加盖调委会印章，协议生效' }).click();
    await director.getByText('签署齐备，已盖章生效。').waitFor();
    await shot(director, 'supplement-09-sealed');
    await director.getByRole('link', { name: /第1份协议/ }).click();
    await director.getByText('另有补充协议：').waitFor();
    await shot(director, 'supplement-10-base');
    await director.getByRole('link', { name: /第2份协议/ }).click();
    await director.getByText('本协议是').waitFor();
    await director.context().close();

    expect((await ledger(mediator, matter.id)).map((item) => [item.dueOn, item.state])).toEqual([
      ['2026-12-20', 'cancelled'],
      ['2027-06-30', 'open'],
    ]);
    const [older, newer] = [await view(mediator, base.id), await view(mediator, laterId)];
    const text = textOf(await fileOf(mediator, `/papers/${newer.paper?.id ?? ''}/file`));
    for (const part of [`编号：${older.number ?? ''}之二`, '周担保已在纸质文本上签名、按指印'])
      expect(text).toContain(part);

    await desk.goto(`/matters/${matter.id}?tab=performance`);
    await desk.getByText('若届时仍未履行，将于2027年6月23日提醒').waitFor();
    await desk.getByRole('heading', { name: '第2份协议的司法确认' }).waitFor();
    await shot(desk, 'supplement-11-promises', { fullPage: true });
    await expectAccessible(desk);

    await desk.goto(`/matters/${matter.id}?tab=papers`);
    await desk.getByRole('button', { name: `补充${older.number ?? ''}《人民调解协议书》` }).waitFor();
    await shot(desk, 'supplement-11-papers');
    await expectAccessible(desk);
    await desk.getByRole('button', { name: `由${newer.number ?? ''}《人民调解补充协议书》补充` }).click();
    await desk.getByRole('dialog', { name: '人民调解补充协议书' }).waitFor();
    await desk.keyboard.press('Escape');

    const slip = await aSlip(b.t, await b.t.as('intake'), matter.id, matter.partyIds[1]);
    const portal = await b.open(`/p/${slip.token}`, ON_PHONE);
    await portal.getByLabel(/六位查询码/).fill(slip.code);
    await portal.getByRole('button', { name: '查询', exact: true }).click();
    const own = portal.getByRole('region', { name: '您的文书' });
    await own.getByText(`由${newer.number ?? ''}《人民调解补充协议书》补充`).waitFor();
    await own
      .getByText(`补充${older.number ?? ''}《人民调解协议书》`, { exact: false })
      .first()
      .waitFor();
    await own.scrollIntoViewIfNeeded();
    await shot(portal, 'supplement-12-party', { fullPage: true });
    await expectAccessible(portal);

    for (const [paper, said, name] of [
      [older.paper, `由${newer.number ?? ''}《人民调解补充协议书》补充`, 'older'],
      [newer.paper, `本文书补充${older.number ?? ''}《人民调解协议书》`, 'newer'],
    ] as const) {
      await portal.goto(`/verify/${paper?.verificationCode ?? ''}`);
      await portal.getByText('有这份文书，现在有效').waitFor();
      await portal.getByText(said).waitFor();
      await shot(portal, `supplement-13-verify-${name}`, { fullPage: true });
    }
  });
});
