import type { Page } from 'playwright-core';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter, must } from '../support/builders';
import { writeByHand } from '../support/typist';
import { TWO_PARTIES, residentIdOf } from '../support/parties';
import { type HeldSlip, aSlip } from '../support/slips';
import type { Caller } from '../support/test-app';
import { type Standing, aSeal, fileOf, onScreen, view } from '../e2e/agreements/stage';

/** Narrow, and as tall as an old phone. */
const NARROW = { width: 360, height: 640 };

/** No page may have to be pushed sideways. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [needed, shown] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]');
  expect(needed).toBeLessThanOrEqual(shown);
}

/** Parties on a phone, without an account. Real application, real browser, fake clock. */
describe('the pages of parties on a phone', () => {
  let b: BrowserTest;
  let intake: Caller;
  beforeAll(async () => {
    b = await openBrowser();
    intake = await b.t.as('intake');
    await aSeal(b.t);
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  const openAt = (path: string): Promise<Page> => b.open(path, { viewport: PHONE, isTouch: true });

  async function enter(page: Page, slip: HeldSlip): Promise<void> {
    await page.getByLabel(/六位查询码/).fill(slip.code);
    await page.getByRole('button', { name: '查询', exact: true }).click();
    await page.getByRole('heading', { name: '接下来' }).waitFor();
  }

  it('opens the slip by its code, answers, and signs for the notice, by keyboard alone', async () => {
    b.expectStatus(401);
    const matter = await aMatter(b.t)
      .with({ title: '楼上漏水损坏家具' })
      .between(...TWO_PARTIES)
      .accepted();
    must(
      await intake.post(`/disputes/${matter.id}/one-time-notices`, {
        items: [{ name: '房屋权属证明', note: '复印件1份，核对原件' }],
        form: 'paper',
        dueOn: '2026-12-01',
      }),
      201,
    );
    const slip = await aSlip(b.t, intake, matter.id, matter.partyIds[0]);
    const page = await openAt(`/p/${slip.token}`);
    await page.getByRole('heading', { name: '查看办理情况' }).waitFor();
    await expectAccessible(page);
    await shot(page, 'party-entry');
    await page.getByLabel(/六位查询码/).fill('000000' === slip.code ? '111111' : '000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await shot(page, 'party-entry-wrong');
    await enter(page, slip);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await shot(page, 'party-matter', { fullPage: true });
    // A reload within the half hour asks for no code.
    await page.reload();
    await page.getByRole('heading', { name: '等您办的事' }).waitFor();

    await page.getByRole('button', { name: '不同意调解' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('调解就此结束').waitFor();
    await page.getByRole('button', { name: '再想一想' }).click();
    await page.getByRole('button', { name: '同意调解', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '同意调解', exact: true }).waitFor({ state: 'detached' });
    const receipt = page.getByRole('button', { name: '签收', exact: true });
    expect(await receipt.isDisabled()).toBe(true);
    await page.getByLabel(/看完或者听清/).focus();
    await page.keyboard.press('Space');
    await receipt.focus();
    await page.keyboard.press('Enter');
    await receipt.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '我已收到告知单' }).click();
    await page.getByRole('button', { name: '我已收到告知单' }).waitFor({ state: 'detached' });
    await page.getByText('房屋权属证明').first().waitFor();
    const rows = await b.t.sql('select consent, notice_signed_at is not null as signed from party where id = $1', [
      matter.partyIds[0],
    ]);
    expect(rows).toEqual([{ consent: 'agreed', signed: true }]);
    await page.getByRole('button', { name: '退出查询' }).click();
    await page.getByRole('heading', { name: '查看办理情况' }).waitFor();
  });

  it('opens by number without the QR code, in large type and at 200 %, without sideways scrolling', async () => {
    const matter = await aMatter(b.t)
      .between(...TWO_PARTIES)
      .assigned();
    const startsAt = new Date(b.t.clock.at().getTime() + 2 * 86_400_000);
    must(
      await (
        await b.t.as('mediator')
      ).post(`/disputes/${matter.id}/sessions`, {
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + 7_200_000).toISOString(),
        mode: 'on-site',
        place: '综治中心第二调解室',
      }),
      201,
    );
    const slip = await aSlip(b.t, intake, matter.id, matter.partyIds[1]);
    const [row] = await b.t.sql<{ number: string }>('select registration_number as number from dispute where id = $1', [
      matter.id,
    ]);
    const page = await b.open('/p', { viewport: NARROW, isTouch: true });
    await page.getByLabel(/登记编号/).fill((row?.number ?? '').replace(/[〔〕]/g, ' '));
    await enter(page, slip);
    await page.getByRole('heading', { name: '请您参加调解' }).waitFor();
    await page.getByRole('button', { name: '大字' }).click();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await shot(page, 'party-session-large', { fullPage: true });
    // 200 % zoom of a 360 px screen leaves 180 px of layout.
    await page.getByRole('button', { name: '大字' }).click();
    await page.setViewportSize({ width: 180, height: 320 });
    await expectNoSidewaysScroll(page);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 794, height: 1123 });
    await shot(page, 'party-print');
  });

  describe('case B: the tenant signs on a phone by link', () => {
    let matter: BuiltMatter;
    let agreementId: string;
    let mediator: Caller;
    let token = '';
    let slip: HeldSlip;

    beforeAll(async () => {
      mediator = await b.t.as('mediator');
      matter = await aMatter(b.t)
        .with({ title: '手机租赁合同纠纷' })
        .ofType('contract.lease')
        .between(
          {
            kind: 'person',
            side: 'applicant',
            name: '陈宏',
            residentId: residentIdOf('19790312', 31),
            phone: '13904716612',
          },
          {
            kind: 'person',
            side: 'respondent',
            name: '乌云毕力格',
            residentId: residentIdOf('20030517', 215),
            phone: '13804711234',
          },
        )
        .agreed();
      const [obligeeId, obligorId] = matter.partyIds;
      agreementId = must<Standing>(
        await mediator.post(`/disputes/${matter.id}/agreements`, {
          kind: 'written',
          facts: '双方于2026年3月签订手机租赁合同，承租人付了两期租金后未再付款，双方就剩余租金发生争议。',
          responsibilities: '承租人确认欠付租金属实；出租人同意延长付款期限。',
          clauses: ['承租人分期向出租人支付剩余租金。', '付清后双方就该合同再无其他争议。'],
          obligations: [
            {
              kind: 'payment',
              obligorId,
              obligeeId,
              content: '支付剩余租金',
              amountFen: 180_001,
              dueOn: '2026-12-20',
              place: '汇入陈宏的银行账户',
              manner: '银行转账',
            },
          ],
        }),
        201,
      ).id;
      const agreedOn = b.t.clock.at().toISOString().slice(0, 10);
      const { version } = must<Standing>(
        await mediator.post(`/agreements/${agreementId}/electronic-consents`, { partyIds: matter.partyIds, agreedOn }),
        200,
      );
      must(await mediator.post(`/agreements/${agreementId}/freezing`, {}, { ifMatch: version }), 200);
      token = must<{ token: string }>(
        await mediator.post(`/agreements/${agreementId}/signing-links`, {
          slot: 'party-2',
          expiresAt: new Date(b.t.clock.at().getTime() + 86_400_000).toISOString(),
          identityCheck: 'phone-confirmed',
        }),
        201,
      ).token;
      slip = await aSlip(b.t, intake, matter.id, matter.partyIds[1]);
    });

    it('reads the whole text, writes, undoes, turns the phone without losing a stroke, and signs', async () => {
      b.expectStatus(401, 422);
      const page = await openAt(`/sign/${token}`);
      await page.getByRole('heading', { name: '人民调解协议书' }).waitFor();
      await shot(page, 'party-sign-text');
      await expectNoSidewaysScroll(page);
      const pad = page.getByRole('button', { name: '打开签名板' });
      await pad.scrollIntoViewIfNeeded();
      await page.getByText('协议内容到此为止').scrollIntoViewIfNeeded();
      await pad.click();
      await page.getByRole('dialog').waitFor();
      await writeByHand(page);
      await page.getByRole('img', { name: '签名板，已写3笔' }).waitFor();
      await shot(page, 'party-pad');
      await page.getByRole('button', { name: '撤一笔' }).click();
      await page.getByRole('img', { name: '签名板，已写2笔' }).waitFor();
      await page.setViewportSize({ width: PHONE.height, height: PHONE.width });
      await page.getByRole('img', { name: '签名板，已写2笔' }).waitFor();
      await page.getByRole('button', { name: '重写' }).click();
      await writeByHand(page);
      await expectAccessible(page);
      await shot(page, 'party-pad-landscape');
      await page.getByRole('button', { name: '写好了' }).click();
      await page.setViewportSize(PHONE);
      const confirm = page.getByRole('button', { name: '确认签署' });
      expect(await confirm.isDisabled()).toBe(true);
      await page.getByLabel(/同意用电子签名/).check();
      await expectAccessible(page);
      await confirm.scrollIntoViewIfNeeded();
      await shot(page, 'party-sign-confirm');
      await confirm.click();
      await page.getByText('签名已收到').waitFor();
      await shot(page, 'party-signed');
      const { plan } = await view(mediator, agreementId);
      expect(plan.find((p) => p.slot === 'party-2')).toMatchObject({ state: 'signed', marks: [{ method: 'link' }] });
      const used = await openAt(`/sign/${token}`);
      await used.getByText('链接无效、已使用或已过期').waitFor();
      await shot(used, 'party-link-used');
    });

    it('refuses what is no signature, and keeps what was written', async () => {
      const other = must<{ token: string }>(
        await mediator.post(`/agreements/${agreementId}/signing-links`, {
          slot: 'party-1',
          expiresAt: new Date(b.t.clock.at().getTime() + 86_400_000).toISOString(),
          identityCheck: 'phone-confirmed',
        }),
        201,
      ).token;
      const page = await openAt(`/sign/${other}`);
      await page.getByText('协议内容到此为止').scrollIntoViewIfNeeded();
      await page.getByRole('button', { name: '打开签名板' }).click();
      const box = await page.getByRole('img', { name: /签名板/ }).boundingBox();
      await page.mouse.click((box?.x ?? 0) + 40, (box?.y ?? 0) + 40);
      await page.getByRole('button', { name: '写好了' }).click();
      await page.getByLabel(/同意用电子签名/).check();
      await page.getByRole('button', { name: '确认签署' }).click();
      await page.getByText('签名过于简单').waitFor();
      await page.getByRole('img', { name: '您刚才写的签名' }).waitFor();
      await page.getByRole('button', { name: '我不签' }).click();
      await page.getByRole('button', { name: '再想一想' }).click();
      const { contentHash } = await view(mediator, agreementId);
      must(await b.t.link(other).post('/signing/signature', onScreen(b.t, contentHash)), 200);
    });

    it('downloads the own original when it is in effect, rates by keyboard, and verifies it; a changed byte is found', async () => {
      const { contentHash } = await view(mediator, agreementId);
      for (const [key, slot] of [
        ['mediator', 'mediator-1'],
        ['recorder', 'recorder'],
      ] as const)
        must(
          await (
            await b.t.as(key)
          ).post(`/agreements/${agreementId}/tablet-signatures`, {
            ...onScreen(b.t, contentHash),
            slot,
            identityCheck: 'own-account',
          }),
          200,
        );
      const { version } = await view(mediator, agreementId);
      must(
        await (await b.t.as('committee-director')).post(`/agreements/${agreementId}/sealing`, {}, { ifMatch: version }),
        200,
      );
      const page = await openAt(`/p/${slip.token}`);
      await enter(page, slip);
      await shot(page, 'party-effective', { fullPage: true });
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name: /下载.*协议/ }).click();
      const download = await waiting;
      expect(download.suggestedFilename()).toMatch(/协议.*\.pdf$/);
      const { paper } = await view(mediator, agreementId);
      const original = await fileOf(mediator, `/papers/${paper?.id ?? ''}/file`);

      const rating = page.getByRole('article').filter({ hasText: '评价服务' });
      await rating.getByRole('radio').first().focus();
      await page.keyboard.press('Space');
      for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown');
      await rating.getByLabel(/想说的话/).fill('说话耐心，办得快。');
      await shot(page, 'party-rating', { fullPage: true });
      await page.getByRole('button', { name: '提交评价' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: '提交评价' }).waitFor({ state: 'detached' });
      expect(await b.t.sql('select score, words from service_rating where dispute_id = $1', [matter.id])).toEqual([
        { score: 5, words: '说话耐心，办得快。' },
      ]);

      b.expectStatus(400, 404);
      const verify = await openAt(`/verify/${paper?.verificationCode ?? ''}`);
      await verify.getByText('有这份文书，现在有效').waitFor();
      await expectAccessible(verify);
      await expectNoSidewaysScroll(verify);
      await shot(verify, 'party-verify-code', { fullPage: true });
      const file = verify.locator('input[type=file]');
      await file.setInputFiles({ name: '协议书.pdf', mimeType: 'application/pdf', buffer: original });
      await verify.getByText('与签发原件一字不差').first().waitFor();
      await shot(verify, 'party-verify-good', { fullPage: true });
      const altered = Buffer.from(original);
      altered[2000] = (altered[2000] ?? 0) ^ 1;
      await file.setInputFiles({ name: '改过的协议书.pdf', mimeType: 'application/pdf', buffer: altered });
      await verify.getByRole('heading', { name: '核验结果：改过的协议书.pdf' }).waitFor();
      await verify
        .getByText(/核验不通过|无法读取/)
        .first()
        .waitFor();
      await expectAccessible(verify);
      await shot(verify, 'party-verify-bad', { fullPage: true });
      await verify.getByLabel(/查验码/).fill('AAAA-BBBB-CCCC');
      await verify.getByRole('button', { name: '核验', exact: true }).click();
      await verify.getByRole('alert').waitFor();
    });
  });
});
