import type { Page } from 'playwright-core';
import { OutboxDispatcher } from '../../src/platform/database';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter, must } from '../support/builders';
import { aSlip } from '../support/slips';
import type { Caller } from '../support/test-app';
import { writeByHand } from '../support/typist';
import { type Standing, aScan, aSeal, view } from '../e2e/agreements/stage';

const SHOP = '青城数码租赁有限公司';
const TENANT = '乌云毕力格';
const TABLET = { viewport: { width: 1024, height: 768 }, isTouch: true };

// Two cores may be shared with other suites.
jest.setTimeout(240_000);

/** Case B, signed on two phones and one tablet, with everything that comes in between. Real application, real browser. */
describe('signing an agreement that is changed, refused and cut off half-way', () => {
  let b: BrowserTest;
  let mediator: Caller;
  let desk: Page;
  let matter: BuiltMatter;
  let agreementId: string;

  const openAt = (path: string): Promise<Page> => b.open(path, { viewport: PHONE, isTouch: true });
  const aLink = async (slot: string): Promise<string> =>
    must<{ token: string }>(
      await mediator.post(`/agreements/${agreementId}/signing-links`, {
        slot,
        expiresAt: new Date(b.t.clock.at().getTime() + 86_400_000).toISOString(),
        identityCheck: 'phone-confirmed',
      }),
      201,
    ).token;
  const marks = async (): Promise<number> =>
    (
      await b.t.sql<{ n: number }>(
        'select count(*)::int as n from signature_mark where agreement_id = $1 and voided_at is null',
        [agreementId],
      )
    )[0]?.n ?? -1;
  const readToEnd = async (phone: Page): Promise<void> => {
    await phone.getByText('（协议内容到此为止）').scrollIntoViewIfNeeded();
    await phone.getByText('请先把协议看到末尾').waitFor({ state: 'detached' });
  };
  const signByHand = async (phone: Page): Promise<void> => {
    await readToEnd(phone);
    await phone.getByRole('button', { name: '打开签名板' }).click();
    await writeByHand(phone);
    await phone.getByRole('button', { name: '写好了' }).click();
    await phone.getByLabel(/同意用电子签名/).check();
  };

  beforeAll(async () => {
    b = await openBrowser();
    await aSeal(b.t);
    mediator = await b.t.as('mediator');
    matter = await aMatter(b.t)
      .with({ title: '手机租赁合同纠纷' })
      .ofType('contract.lease')
      .between(
        { kind: 'organization', side: 'applicant', name: SHOP, creditCode: '91350100M000100Y43' },
        { kind: 'person', side: 'respondent', name: TENANT, phone: '13804711234' },
      )
      .representing(0, {
        kind: 'legal-representative',
        name: '陈宏',
        scope: ['attend', 'receive', 'sign', 'waive'],
        validFrom: '2026-01-01',
      })
      .agreed();
    const [shop, tenant] = matter.partyIds;
    const { id } = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'written',
        facts: '双方于2026年3月签订手机租赁合同，承租人付了两期租金后未再付款，双方就剩余租金发生争议。',
        clauses: ['承租人于2026年12月20日前付清剩余租金人民币壹仟捌佰元整。', '付清后双方再无其他争议。'],
        obligations: [
          {
            kind: 'payment',
            obligorId: tenant,
            obligeeId: shop,
            content: '支付剩余租金',
            amountFen: 180_000,
            dueOn: '2026-12-20',
            place: '汇入出租人的银行账户',
            manner: '银行转账',
          },
        ],
      }),
      201,
    );
    agreementId = id;
    const { version } = must<Standing>(
      await mediator.post(`/agreements/${id}/electronic-consents`, {
        partyIds: matter.partyIds,
        agreedOn: b.t.clock.at().toISOString().slice(0, 10),
      }),
      200,
    );
    must(await mediator.post(`/agreements/${id}/freezing`, {}, { ifMatch: version }), 200);
    desk = await b.signIn('mediator', `/agreements/${id}`);
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  it('keeps what was written when the connection is lost in the middle of a stroke, and sends it once', async () => {
    const phone = await openAt(`/sign/${await aLink('party-2')}`);
    await readToEnd(phone);
    await phone.getByRole('button', { name: '打开签名板' }).click();
    const pad = await phone.getByRole('img', { name: /签名板/ }).boundingBox();
    if (pad === null) throw new Error('There is no pad to write on');
    await phone.mouse.move(pad.x + 40, pad.y + 40);
    await phone.mouse.down();
    await phone.mouse.move(pad.x + 80, pad.y + 90, { steps: 8 });
    await phone.context().setOffline(true);
    await phone.mouse.move(pad.x + 50, pad.y + 140, { steps: 8 });
    await phone.mouse.up();
    await writeByHand(phone);
    await phone.getByRole('button', { name: '写好了' }).click();
    await phone.getByLabel(/同意用电子签名/).check();
    await phone.getByRole('button', { name: '确认签署' }).click();
    await phone.getByText('网络断了').waitFor();
    await shot(phone, 'signing-01-offline', { fullPage: true });
    expect(await marks()).toBe(0);

    // Back again, but the answer is lost on its way: the mark is there, and the phone does not know.
    await phone.context().setOffline(false);
    let isLost = false;
    await phone.route('**/api/signing/signature', async (route) => {
      if (isLost) return route.continue();
      isLost = true;
      await route.fetch();
      return route.abort('internetdisconnected');
    });
    await phone.getByRole('button', { name: '确认签署' }).click();
    await phone.getByText('网络断了').waitFor();
    for (let tries = 0; tries < 50 && (await marks()) === 0; tries++) await phone.waitForTimeout(100);
    expect(await marks()).toBe(1);
    await phone.getByRole('button', { name: '确认签署' }).click();
    await phone.getByText('签名已收到').waitFor();
    expect(await marks()).toBe(1);
    const [mark] = await b.t.sql<{ strokes: number; seconds_spent: number; scrolled_to_end: boolean }>(
      'select seconds_spent, scrolled_to_end from signature_mark where agreement_id = $1',
      [agreementId],
    );
    expect(mark).toMatchObject({ scrolled_to_end: true });
    await phone.context().close();
  });

  it('a word changed half-way drops the marks; the desk sees the drafts, who had signed sees the change', async () => {
    await desk.reload();
    await desk
      .getByRole('row', { name: new RegExp(TENANT) })
      .getByText('已签', { exact: true })
      .waitFor();
    await desk.getByRole('button', { name: '退回修改' }).click();
    await desk.getByRole('dialog').getByLabel('理由').fill('租金算错了一百元。');
    await desk.getByRole('dialog').getByRole('button', { name: '退回修改' }).click();
    const clause = desk.getByLabel('第1条', { exact: true });
    await clause.waitFor();
    expect(await marks()).toBe(0);

    const intake = await b.t.as('intake');
    const slip = await aSlip(b.t, intake, matter.id, matter.partyIds[1]);
    const portal = await openAt(`/p/${slip.token}`);
    await portal.getByLabel(/六位查询码/).fill(slip.code);
    await portal.getByRole('button', { name: '查询', exact: true }).click();
    await portal.getByText('之前的签名已经作废').waitFor();
    await shot(portal, 'signing-02-party-told', { fullPage: true });
    await portal.context().close();

    await clause.fill('承租人于2026年12月20日前付清剩余租金人民币壹仟柒佰元整。');
    await desk.getByLabel('金额（元）', { exact: true }).fill('1700.00');
    await desk.getByRole('button', { name: '保存', exact: true }).click();
    await desk.getByText('已保存', { exact: true }).waitFor();
    await desk.getByRole('tab', { name: '各稿' }).click();
    await desk.getByText('第2稿', { exact: true }).waitFor();
    expect(await desk.locator('del').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('1,800.00')]),
    );
    await shot(desk, 'signing-03-drafts');
    await expectAccessible(desk);
    await desk.getByRole('button', { name: '定稿，开始签署' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '定稿，开始签署' }).click();
    await desk.getByText('还差4人').waitFor();

    const phone = await openAt(`/sign/${await aLink('party-2')}`);
    await phone.getByRole('heading', { name: '您签过以后，协议改了这些地方' }).waitFor();
    expect(await phone.locator('ins').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('1,700.00')]),
    );
    await shot(phone, 'signing-04-changed-on-phone', { fullPage: true });
    await expectAccessible(phone);
    await phone.context().close();
  });

  it('a refusal reaches the mediator with its reason, and is answered', async () => {
    const phone = await openAt(`/sign/${await aLink('party-2')}`);
    // Whoever acted at the same moment would be taken for the one who refused.
    b.t.clock.advance(60_000);
    await phone.getByRole('button', { name: '我不签' }).click();
    await phone.getByLabel('不签的理由').fill('说好可以分期的，纸上没有写。');
    await phone.getByRole('button', { name: '确认不签' }).click();
    await phone.getByText('已记录您不签署及理由').waitFor();
    await shot(phone, 'signing-05-refused-on-phone');
    await phone.context().close();
    await b.t.app.get(OutboxDispatcher).drain();
    const bell = must<{ items: { text: string }[] }>(await mediator.get('/notifications?limit=20'), 200);
    expect(bell.items.map((m) => m.text)).toContain('有当事人拒签协议，请处理');
    await desk.reload();
    await desk.getByText('拒签：说好可以分期的，纸上没有写。').waitFor();
    await shot(desk, 'signing-06-refused-at-desk');
    await desk.getByRole('button', { name: '恢复签署' }).click();
    await desk.getByRole('dialog').getByLabel('理由').fill('已当面说明分期写在履行事项里，本人同意签署。');
    await desk.getByRole('dialog').getByRole('button', { name: '恢复签署' }).click();
    await desk.getByText('还差4人').waitFor();
  });

  it('is signed on two phones and one tablet, sealed, and found by its code', async () => {
    for (const [slot, name] of [
      ['party-1', '陈宏'],
      ['party-2', TENANT],
    ] as const) {
      const phone = await openAt(`/sign/${await aLink(slot)}`);
      await phone.getByRole('heading', { name: `请${name}过目协议` }).waitFor();
      await signByHand(phone);
      await phone.getByRole('button', { name: '确认签署' }).click();
      await phone.getByText('签名已收到').waitFor();
      await phone.context().close();
    }
    const { contentHash } = await view(mediator, agreementId);
    must(
      await mediator.post(`/agreements/${agreementId}/ink-signatures`, {
        contentHash,
        scanAttachmentId: await aScan(mediator, matter.id),
        marks: [
          {
            slot: 'party-1',
            signedOn: b.t.clock.at().toISOString().slice(0, 10),
            hasSignature: false,
            hasFingerprint: false,
            hasCorporateSeal: true,
            identityCheck: 'document-compared',
          },
        ],
      }),
      200,
    );
    for (const [key, name] of [
      ['mediator', '刘调解'],
      ['recorder', '郑记录'],
    ] as const) {
      const tablet = await b.signIn(key, `/agreements/${agreementId}/tablet`, TABLET);
      await tablet.getByRole('button', { name: new RegExp(name) }).click();
      await tablet.getByRole('heading', { name: '人民调解协议书' }).waitFor();
      await tablet.keyboard.press('End');
      await tablet.getByRole('button', { name: '看完了，去签名' }).click();
      await writeByHand(tablet);
      await tablet.getByText('我已阅读（听读）全文').click();
      await tablet.getByRole('button', { name: '提交签名' }).click();
      await tablet.getByText(`${name} 已签名`).waitFor();
      await shot(tablet, `signing-07-tablet-${key}`);
      await tablet.context().close();
    }
    const { version } = await view(mediator, agreementId);
    must(
      await (await b.t.as('committee-director')).post(`/agreements/${agreementId}/sealing`, {}, { ifMatch: version }),
      200,
    );
    const { paper } = await view(mediator, agreementId);
    const verify = await openAt(`/verify/${paper?.verificationCode ?? ''}`);
    await verify.getByText('有这份文书，现在有效').waitFor();
    await verify.context().close();
  });

  it('a correction after the seal is begun from the agreement, and says what it takes the place of', async () => {
    await desk.goto(`/matters/${matter.id}?tab=agreement`);
    await desk.getByRole('button', { name: /更正协议（书面协议/ }).click();
    await desk.waitForURL(/\/agreements\//);
    await desk.getByText('本协议是').waitFor();
    await desk.getByLabel('更正的事由').fill('原协议书的付款日写错，各方发现后要求更正。');
    await desk.getByLabel('第1条', { exact: true }).fill('原协议第一条的付款日更正为2027年1月20日。');
    await desk.getByRole('button', { name: '增加履行事项' }).click();
    await desk.getByRole('combobox', { name: '代替原协议的哪一项' }).click({ force: true });
    await desk.getByRole('option', { name: /支付剩余租金，还有1,700.00元/ }).click();
    await desk.getByRole('tab', { name: '预览' }).click();
    await desk.getByTitle('协议书草稿预览').waitFor();
    await shot(desk, 'signing-08-correction', { fullPage: true });
    await expectAccessible(desk);
  });
});
