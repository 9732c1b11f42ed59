import type { Page } from 'playwright-core';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter, must } from '../support/builders';
import type { Caller } from '../support/test-app';
import { writeByHand } from '../support/typist';
import { type Standing, aSeal, needsInterpreter, view } from '../e2e/agreements/stage';

const LENDER = '张建国';
const BORROWER = '乌云毕力格';
const TABLET = { viewport: { width: 1024, height: 768 }, isTouch: true };

// Two cores may be shared with other suites.
jest.setTimeout(240_000);

/** Puts voices into the browser, one of them from afar: it tells what it was given to say, and says it at once. */
async function withVoices(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const said: { words: string; voice: string }[] = [];
    const voices = [
      { name: '联网普通话', lang: 'zh-CN', localService: false },
      { name: 'English', lang: 'en-US', localService: true },
      { name: '本机普通话', lang: 'zh-CN', localService: true },
    ];
    class Utterance {
      voice: { name: string } | null = null;
      onend: (() => void) | null = null;
      constructor(readonly text: string) {}
    }
    const speech = Object.assign(new EventTarget(), {
      getVoices: () => voices,
      cancel: () => undefined,
      speak: (one: Utterance) => {
        said.push({ words: one.text, voice: one.voice?.name ?? '' });
        setTimeout(() => one.onend?.(), 150);
      },
    });
    Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', { value: Utterance });
    Object.defineProperty(globalThis, 'speechSynthesis', { value: speech });
    Object.assign(globalThis, { said });
  });
  await page.reload();
}

const said = (page: Page): Promise<{ words: string; voice: string }[]> =>
  page.evaluate(() => (globalThis as unknown as { said: { words: string; voice: string }[] }).said);

/** An agreement with a party who needs an interpreter, an interpreter and two witnesses. Real application, real browser. */
describe('witnesses and interpreters sign an agreement', () => {
  let b: BrowserTest;
  let mediator: Caller;
  let desk: Page;
  let matter: BuiltMatter;
  let agreementId: string;

  const signOnTablet = async (tablet: Page, name: string): Promise<void> => {
    await tablet.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await tablet.getByRole('heading', { name: '人民调解协议书' }).waitFor();
    await signWhatWasRead(tablet, name);
  };
  const signWhatWasRead = async (tablet: Page, name: string): Promise<void> => {
    await tablet.keyboard.press('End');
    await tablet.getByRole('button', { name: '看完了，去签名' }).click();
    const checks = tablet.getByLabel('身份核实方式');
    if (await checks.isVisible()) await checks.getByText('调解员当面认识').click();
    await writeByHand(tablet);
    await tablet.getByText('我已阅读（听读）全文').click();
    await tablet.getByRole('button', { name: '提交签名' }).click();
    await tablet.getByText(`${name} 已签名`).waitFor();
  };

  const machineRead = async (name: string): Promise<boolean[]> =>
    (
      await b.t.sql<{ read: boolean }>(
        'select is_machine_read as read from signature_mark where agreement_id = $1 and signer_name = $2',
        [agreementId, name],
      )
    ).map((row) => row.read);

  beforeAll(async () => {
    b = await openBrowser();
    await aSeal(b.t);
    mediator = await b.t.as('mediator');
    matter = await aMatter(b.t)
      .with({ title: '借款合同纠纷' })
      .between(
        { kind: 'person', side: 'applicant', name: LENDER, phone: '13804711111' },
        { kind: 'person', side: 'respondent', name: BORROWER, phone: '13804711234' },
      )
      .agreed();
    await needsInterpreter(b.t, matter);
    for (const [kind, name] of [
      ['interpreter', '巴图'],
      ['neighbour', '云娜'],
    ]) {
      must(await mediator.post(`/disputes/${matter.id}/participants`, { kind, name, purpose: '参加调解。' }), 201);
    }
    const [lender, borrower] = matter.partyIds;
    agreementId = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'written',
        facts: '乌云毕力格于2025年3月向张建国借款人民币一万元，到期未还，双方就还款时间和方式发生争议。',
        clauses: ['乌云毕力格于2027年3月1日前向张建国返还借款人民币壹万元整。', '付清后双方再无其他争议。'],
        obligations: [
          {
            kind: 'payment',
            obligorId: borrower,
            obligeeId: lender,
            content: '返还借款',
            amountFen: 1_000_000,
            dueOn: '2027-03-01',
            place: '汇入张建国的银行账户',
            manner: '银行转账',
          },
        ],
      }),
      201,
    ).id;
    must(
      await mediator.post(`/agreements/${agreementId}/electronic-consents`, {
        partyIds: matter.partyIds,
        agreedOn: b.t.clock.at().toISOString().slice(0, 10),
      }),
      200,
    );
    desk = await b.signIn('mediator', `/agreements/${agreementId}`);
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  it('whoever is known stands in the dialog; whoever needs an interpreter is told of', async () => {
    b.expectStatus(422);
    await desk.getByRole('button', { name: '定稿，开始签署' }).click();
    const dialog = desk.getByRole('dialog');
    expect(await dialog.getByLabel('翻译人员姓名').inputValue()).toBe('巴图');
    expect(await dialog.getByLabel('翻译的语言').inputValue()).toBe('蒙古语');
    await dialog.getByRole('button', { name: '去掉翻译人员巴图' }).click();
    await dialog.getByText(`${BORROWER}需要蒙古语翻译，还没有安排`).waitFor();
    await dialog.getByRole('button', { name: '列入翻译人员：巴图' }).click();
    await dialog.getByText('还没有安排为其翻译的人员').waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: '列入见证人：云娜' }).click();
    await dialog.getByRole('button', { name: '添加见证人' }).click();
    await dialog.getByLabel('见证人姓名').last().fill(LENDER);
    await dialog.getByRole('button', { name: '定稿，开始签署' }).click();
    await dialog.getByText('同名的，请在姓名后注明单位').first().waitFor();
    await shot(desk, 'witnesses-01-refused-at-the-field');
    await dialog.getByLabel('见证人姓名').last().fill('赵社区');
    await shot(desk, 'witnesses-02-freeze');
    await expectAccessible(desk);
    await dialog.getByRole('button', { name: '定稿，开始签署' }).click();
    await desk.getByText('还差7人').waitFor();
    await desk.getByText(`蒙古语，为${BORROWER}翻译`).waitFor();
    await shot(desk, 'witnesses-03-plan', { fullPage: true });
    await expectAccessible(desk);
  });

  it('the tablet reads the text to its end with a voice of its own, and the evidence says so', async () => {
    const tablet = await b.signIn('mediator', `/agreements/${agreementId}/tablet`, TABLET);
    await tablet.getByRole('button', { name: new RegExp(`^${BORROWER}`) }).click();
    await tablet.getByText('这台设备没有中文语音').waitFor();
    await shot(tablet, 'witnesses-04-no-voice');
    await withVoices(tablet);
    await tablet.getByRole('button', { name: new RegExp(`^${BORROWER}`) }).click();
    await tablet.getByRole('button', { name: '朗读', exact: true }).click();
    await tablet.locator('.being-read').waitFor();
    await tablet.getByRole('button', { name: '暂停朗读' }).click();
    await tablet.waitForTimeout(500);
    const before = await said(tablet);
    await shot(tablet, 'witnesses-05-reading');
    await expectAccessible(tablet);
    await tablet.waitForTimeout(500);
    expect(await said(tablet)).toEqual(before);
    await tablet.getByRole('button', { name: '继续朗读' }).click();
    await tablet.getByRole('button', { name: '朗读', exact: true }).waitFor();
    const words = (await said(tablet)).map((one) => one.words).join('');
    expect(words).toContain('张建国');
    expect(words).toContain('10000元');
    expect(words).toContain('2027年3月1日');
    expect(words).not.toMatch(/¥|10,000|2027-03/);
    expect(new Set((await said(tablet)).map((one) => one.voice))).toEqual(new Set(['本机普通话']));
    await signWhatWasRead(tablet, BORROWER);
    await tablet.context().close();
    expect(await machineRead(BORROWER)).toEqual([true]);
  });

  it('the tablet goes round to them as to everybody, saying what they attest', async () => {
    const tablet = await b.signIn('mediator', `/agreements/${agreementId}/tablet`, TABLET);
    await shot(tablet, 'witnesses-06-roster');
    await signOnTablet(tablet, LENDER);
    await tablet.getByRole('heading', { name: `${LENDER}愿意的，可以留存影像` }).waitFor();
    await shot(tablet, 'witnesses-09-may-be-photographed');
    await tablet.getByRole('button', { name: '留存签署照片' }).click();
    await tablet.getByText('照片属于敏感个人信息').waitFor();
    expect(await tablet.locator('input[type=file]').count()).toBe(0);
    await tablet.getByText('我已看清，单独同意留存签署照片').click();
    const picture = { name: '照片.png', mimeType: 'image/png', buffer: await desk.screenshot() };
    await tablet.locator('input[type=file]').setInputFiles(picture);
    await tablet.getByRole('img', { name: '签署照片' }).waitFor();
    await shot(tablet, 'witnesses-10-photograph', { fullPage: true });
    await expectAccessible(tablet);
    await tablet.getByRole('button', { name: '留存', exact: true }).click();
    await tablet.getByText('已留存签署照片。').waitFor();
    await tablet.getByRole('button', { name: '留存指印图片' }).click();
    await tablet.getByRole('button', { name: '不留存' }).click();
    await desk.reload();
    await desk.getByRole('button', { name: `查看签署照片：${LENDER}` }).click();
    await desk.getByRole('dialog').getByRole('img').waitFor();
    await shot(desk, 'witnesses-11-looked-at');
    await expectAccessible(desk);
    await desk.keyboard.press('Escape');
    expect(await machineRead(LENDER)).toEqual([false]);
    await tablet.getByRole('button', { name: /云娜/ }).click();
    await tablet.getByText('您作为见证人签署').waitFor();
    await shot(tablet, 'witnesses-07-what-is-attested');
    await expectAccessible(tablet);
    await tablet.getByRole('button', { name: '换人' }).click();
    for (const name of ['云娜', '赵社区', '刘调解']) await signOnTablet(tablet, name);
    await tablet.context().close();
  });

  it('the interpreter signs on a phone', async () => {
    const { token } = must<{ token: string }>(
      await mediator.post(`/agreements/${agreementId}/signing-links`, {
        slot: 'interpreter-1',
        expiresAt: new Date(b.t.clock.at().getTime() + 86_400_000).toISOString(),
        identityCheck: 'video-compared',
      }),
      201,
    );
    const phone = await b.open(`/sign/${token}`, { viewport: PHONE, isTouch: true });
    await phone.getByText('您作为翻译人员签署').waitFor();
    await phone.getByText('这部手机没有中文语音').waitFor();
    await withVoices(phone);
    await phone.getByRole('button', { name: '读给我听' }).click();
    await phone.locator('.being-read', { hasText: '纠纷主要事实' }).waitFor();
    await shot(phone, 'witnesses-08-phone');
    await expectAccessible(phone);
    await phone.getByRole('button', { name: '停止' }).click();
    expect(await phone.locator('.being-read').count()).toBe(0);
    await phone.getByText('（协议内容到此为止）').scrollIntoViewIfNeeded();
    await phone.getByText('请先把协议看到末尾').waitFor({ state: 'detached' });
    await phone.getByRole('button', { name: '打开签名板' }).click();
    await writeByHand(phone);
    await phone.getByRole('button', { name: '写好了' }).click();
    await phone.getByLabel(/同意用电子签名/).check();
    await phone.getByRole('button', { name: '确认签署' }).click();
    await phone.getByText('签名已收到').waitFor();
    await phone.context().close();
  });

  it('all signed, the committee seals', async () => {
    const recorder = await b.signIn('recorder', `/agreements/${agreementId}/tablet`, TABLET);
    await signOnTablet(recorder, '郑记录');
    await recorder.context().close();
    await desk.reload();
    await desk.getByText('签署齐备，待加盖调委会印章').waitFor();
    const { version } = await view(mediator, agreementId);
    const director = await b.t.as('committee-director');
    must(await director.post(`/agreements/${agreementId}/sealing`, {}, { ifMatch: version }), 200);
  });
});
