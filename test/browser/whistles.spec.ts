import type { Page } from 'playwright-core';
import { type BrowserTest, expectAccessible, openBrowser, PHONE, shot } from '../support/browser';
import { aMatterInProgress, expectStatus } from '../e2e/summons/stage';
import { pdf } from '../support/files';

jest.setTimeout(180_000);

/**
 * Case F in the browser: the mediator proposes, the dispatcher issues to three agencies. One objects and is designated, one
 * arrives by the code on the screen of the room with its phone, one is late and shown red. Real application, real browser,
 * time set by hand.
 */
describe('whistles, from the proposal to the answered appeal', () => {
  let b: BrowserTest;
  let disputeId: string;
  let mediator: Page;
  let dispatcher: Page;
  let lead: Page;
  let late: Page;
  let objector: Page;
  let summonsId: string;

  beforeAll(async () => {
    b = await openBrowser();
    b.t.clock.set('2026-09-21T09:00:00+08:00');
    disputeId = await aMatterInProgress(b.t);
    await b.t.sql("update dispute set dispute_type = 'expropriation' where id = $1", [disputeId]);
    const admin = await b.t.as('system-admin');
    for (const [i, role] of [
      [0, 'lead'],
      [1, 'assist'],
    ] as const) {
      expectStatus(
        await admin.post('/agency-duties', {
          agencyId: b.t.world.agencyIds[i],
          disputeType: 'expropriation',
          role,
          duty: '房屋征收补偿标准的解释和征收档案核对',
          basis: '权责清单第十二项',
        }),
        201,
      );
    }
  });
  afterAll(async () => {
    await b.close();
  });

  /** Moves the application and the open pages to an instant of the same day. */
  async function at(local: string, ...pages: readonly Page[]): Promise<void> {
    b.t.clock.set(`2026-09-21T${local}:00+08:00`);
    // Nobody sits idle: the hours between the steps are skipped, not waited for.
    await b.t.sql("update login_session set last_used_at = $1, expires_at = '2027-12-31'", [b.t.clock.at()]);
    for (const page of pages) {
      await page.context().clock.setSystemTime(b.t.clock.at());
      await page.reload();
      await page.waitForLoadState('networkidle');
    }
  }
  const act = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('button', { name, exact: true }).first().click();
  };
  const submit = async (page: Page, name: string): Promise<void> => {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  };

  it('the mediator proposes with the advice of the duty list, and sees the terms before', async () => {
    mediator = await b.signIn('mediator', `/matters/${disputeId}?tab=whistles`);
    await mediator.getByText('还没有吹哨').waitFor();
    await act(mediator, '提出吹哨');
    const form = mediator.getByRole('dialog');
    await form.getByText('签收60分钟（办公时间）、联系1个工作日、到场3个工作日、反馈5个工作日').waitFor();
    await form.getByRole('button', { name: '＋ 新城区征收办（主办）' }).click();
    await form.getByRole('button', { name: '＋ 新城区自然资源分局（协办）' }).click();
    await form.getByRole('combobox', { name: '添加部门' }).click();
    await mediator.getByRole('option', { name: '新城区人社局' }).click();
    await form.getByLabel('情况说明').fill('某小区征收补偿争议，请联系当事人13904710001核对面积。');
    await form.getByLabel('请求事项第1项').fill('核对该户征收档案中的面积认定依据');
    await form.getByLabel('到场地点').fill('新城区综治中心二号调解室');
    b.expectStatus(422);
    await form.getByRole('button', { name: '提出吹哨' }).click();
    // The number of a person is refused where it stands, and not a word is lost.
    await form.getByText('部门可见的内容里有身份证号、手机号或银行卡号').first().waitFor();
    await shot(mediator, 'whistles-propose');
    await expectAccessible(mediator);
    await form.getByLabel('情况说明').fill('某小区征收补偿争议，当事人对面积认定有不同意见，请到场说明并核对档案。');
    await submit(mediator, '提出吹哨');
    await mediator.getByText('待签发').first().waitFor();
    expect(await mediator.getByRole('button', { name: '签发吹哨' }).count()).toBe(0);
    const [row] = await b.t.sql<{ id: string }>('select id from summons where dispute_id = $1', [disputeId]);
    summonsId = row?.id ?? '';
  });

  it('the dispatcher finds it in the ledger, issues it, and prints it', async () => {
    dispatcher = await b.signIn('dispatcher', '/whistles?tab=to-issue');
    await dispatcher.getByRole('tab', { name: '待签发 1' }).waitFor();
    await dispatcher.getByRole('link', { name: '办理' }).click();
    await act(dispatcher, '签发吹哨');
    await submit(dispatcher, '签发吹哨');
    await dispatcher.getByRole('heading', { name: '新城综治哨字〔2026〕1号' }).waitFor();
    expect(await dispatcher.getByRole('article').count()).toBe(3);
    await shot(dispatcher, 'whistles-issued');
    await expectAccessible(dispatcher);
    const downloading = dispatcher.waitForEvent('download');
    await dispatcher.getByRole('button', { name: '打印吹哨单' }).click();
    expect((await downloading).suggestedFilename()).toMatch(/\.pdf$/);
  });

  it('on its phone the lead agency signs, and the objector objects with a listed ground', async () => {
    lead = await b.signIn('liaison', '/agency/tasks', { viewport: PHONE, isTouch: true });
    await at('09:40', lead);
    await lead.getByText('还剩20分钟', { exact: false }).first().waitFor();
    await shot(lead, 'whistles-agency-list-phone');
    await expectAccessible(lead);
    await lead.getByRole('link', { name: /1号/ }).click();
    await act(lead, '签收');
    await submit(lead, '签收');
    await lead.getByText('请与中心联系，按时到场').waitFor();
    await shot(lead, 'whistles-agency-task-phone', { fullPage: true });
    await expectAccessible(lead);

    objector = await b.signIn('liaison-3', '/agency/tasks');
    await objector.getByRole('link', { name: /1号/ }).click();
    await act(objector, '提出异议');
    const form = objector.getByRole('dialog');
    await form.getByLabel('异议事由').click();
    await objector.getByRole('option', { name: '职责不符' }).click();
    await form.getByLabel('异议理由和依据').fill('面积认定由征收部门负责，本单位无此项职责。');
    await submit(objector, '提出异议');
    await objector.getByText('等待裁定，暂停计时').first().waitFor();
    await shot(objector, 'whistles-objected');
    await expectAccessible(objector);
  });

  it('the late one is red for everyone, with how late and at which step', async () => {
    late = await b.signIn('liaison-2', '/agency/tasks');
    await at('10:20', late, dispatcher);
    await late.getByText('签收已超20分钟').first().waitFor();
    await shot(late, 'whistles-agency-late');
    await expectAccessible(late);
    const hold = dispatcher.getByRole('region', { name: '谁在耽误' });
    await hold.getByText('新城区自然资源分局').waitFor();
    await hold.getByText('签收已超20分钟 · 催办').waitFor();
    await dispatcher.locator('summary').first().click();
    await dispatcher.getByText('期限为60分钟', { exact: false }).first().waitFor();
    await shot(dispatcher, 'whistles-hold-up', { fullPage: true });
    await expectAccessible(dispatcher);
    await dispatcher.goto('/whistles?tab=late');
    await dispatcher.getByRole('tab', { name: '有逾期 1' }).waitFor();
    await dispatcher.getByText('签收已超20分钟').waitFor();
    await shot(dispatcher, 'whistles-ledger');
    await expectAccessible(dispatcher);
  });

  it('the dispatcher rules, and the agency is designated without a way back', async () => {
    await dispatcher.goto(`/whistles/${summonsId}`);
    const card = dispatcher.getByRole('article', { name: '新城区人社局' });
    await card.getByRole('button', { name: '驳回异议并指定承办' }).click();
    await dispatcher.getByRole('dialog').getByLabel('裁定理由').fill('权责清单第十二项明确由该部门协助，指定承办。');
    await submit(dispatcher, '驳回异议并指定承办');
    await card.getByText('指定承办', { exact: true }).waitFor();
    await at('10:25', objector);
    await objector.getByText('中心已指定由本部门承办，不得再次退回').waitFor();
    expect(await objector.getByRole('button', { name: '提出异议' }).count()).toBe(0);
  });

  it('the screen of the room shows a code; a phone that scans it signs in, and the code changes', async () => {
    const screen = await b.signIn('dispatcher', `/whistles/${summonsId}/sign-in`, {
      viewport: { width: 1920, height: 1080 },
    });
    const letters = screen.locator('.letters');
    await letters.waitFor();
    const spaced = await letters.innerText();
    const code = spaced.replaceAll(' ', '');
    await shot(screen, 'whistles-screen');
    await expectAccessible(screen);
    // The picture leads to the very address; the camera of a phone opens it, and who is not logged in comes back to it.
    const phone = await b.signIn('handler', `/arrive/${code}`, { viewport: PHONE, isTouch: true });
    await phone.getByRole('button', { name: '签到' }).waitFor();
    expect(await phone.getByLabel('到场人姓名').inputValue()).toBe('征收承办');
    await phone.getByText('科室负责人').click();
    await shot(phone, 'whistles-arrive-phone');
    await expectAccessible(phone);
    await phone.getByRole('button', { name: '签到' }).click();
    await phone.getByText('签到成功').waitFor();
    await shot(phone, 'whistles-arrived-phone');
    await screen.getByText('已到场 1 人').waitFor();
    await screen.getByText('征收承办（科室负责人）').waitFor();
    await letters.filter({ hasNotText: spaced }).waitFor();
    // A code is good for one person.
    await phone.goto(`/arrive/${code}`);
    await phone.getByText('签到码已使用、已过期').first().waitFor();
    await expectAccessible(phone);
    await phone.close();
    await screen.close();
  });

  it('the lead answers ask by ask with a file from its phone; the center returns, then confirms and rates', async () => {
    await at('10:40', lead);
    await act(lead, '开始处置');
    await submit(lead, '开始处置');
    const form = lead.getByRole('region', { name: '书面反馈' });
    await form.getByText('部分解决').click();
    await form.getByRole('button', { name: '提交反馈' }).click();
    await form.getByText('请答复这一项').first().waitFor();
    await form.getByLabel('1. 核对该户征收档案中的面积认定依据').fill('已调取档案，面积以二〇一九年测绘成果为准。');
    await form.getByLabel('依据', { exact: true }).fill('《国有土地上房屋征收与补偿条例》第十五条。');
    await form.locator('input[type=file]').setInputFiles({
      name: '面积测绘成果.pdf',
      mimeType: 'application/pdf',
      buffer: pdf('whistle'),
    });
    await shot(lead, 'whistles-feedback-phone', { fullPage: true });
    await form.getByText('面积测绘成果.pdf').waitFor();
    await shot(lead, 'whistles-feedback-phone', { fullPage: true });
    await expectAccessible(lead);
    await form.getByRole('button', { name: '提交反馈' }).click();
    await lead.getByText('已书面反馈，等待中心确认').waitFor();

    await at('10:50', dispatcher);
    const card = dispatcher.getByRole('article', { name: '新城区征收办' });
    await card.getByRole('button', { name: '面积测绘成果.pdf' }).waitFor();
    await card.getByRole('button', { name: '退回补办' }).click();
    await dispatcher.getByRole('dialog').getByLabel('退回理由').fill('未说明计算过程，请补充。');
    await submit(dispatcher, '退回补办');
    await card.getByText('反馈（第2轮）').first().waitFor();

    await at('11:00', lead);
    await lead.getByText('中心退回补办').first().waitFor();
    await form.getByText('已解决').click();
    await form.getByLabel('1. 核对该户征收档案中的面积认定依据').fill('补充：面积按测绘图分摊计算，附计算表。');
    await form.getByLabel('依据', { exact: true }).fill('《国有土地上房屋征收与补偿条例》第十五条、第十九条。');
    await form.getByRole('button', { name: '提交反馈' }).click();
    await lead.getByText('已书面反馈，等待中心确认').waitFor();

    await at('11:10', dispatcher);
    await card.getByRole('button', { name: '确认反馈' }).click();
    await submit(dispatcher, '确认反馈');
    await card.getByRole('button', { name: '中心评价' }).click();
    await dispatcher.getByRole('dialog').getByLabel('实效得分').fill('80');
    await submit(dispatcher, '中心评价');
    await card.getByText('处置实效').waitFor();
  });

  it('the agency sees its score and appeals; the director answers', async () => {
    await at('11:20', lead);
    await lead.getByText('处置实效').waitFor();
    await act(lead, '考核申诉');
    const form = lead.getByRole('dialog');
    await form.getByText('实效评价与事实不符').click();
    await form.getByLabel('事实和理由').fill('退回后当日即补充，当事人已认可计算结果。');
    await submit(lead, '考核申诉');
    await lead.getByText('等待中心答复，应于').waitFor();
    await shot(lead, 'whistles-appeal-phone', { fullPage: true });
    await expectAccessible(lead);

    const director = await b.signIn('director', '/whistles?tab=appealed');
    await director.getByRole('tab', { name: '申诉待答复 1' }).waitFor();
    await director.getByRole('link', { name: '办理' }).click();
    const card = director.getByRole('article', { name: '新城区征收办' });
    await card.getByRole('button', { name: '认定申诉成立' }).click();
    await director.getByRole('dialog').getByLabel('答复理由').fill('情况属实。');
    await director.getByRole('dialog').getByLabel('改定的实效得分').fill('95');
    await shot(director, 'whistles-grant-appeal');
    await submit(director, '认定申诉成立');
    await card.getByText('实效改定为 95 分').waitFor();
    await shot(director, 'whistles-ruled', { fullPage: true });
    await expectAccessible(director);
  });

  it('the duty list is read by all and kept by the administrator alone', async () => {
    await mediator.goto('/agency-duties');
    await mediator.getByRole('cell', { name: '征地拆迁' }).first().waitFor();
    expect(await mediator.getByRole('button', { name: '登记部门职责' }).count()).toBe(0);
    await expectAccessible(mediator);
    const admin = await b.signIn('system-admin', '/agency-duties');
    await act(admin, '登记部门职责');
    await shot(admin, 'whistles-duty-form');
    await admin.keyboard.press('Escape');
    await admin.getByRole('dialog').waitFor({ state: 'hidden' });
    await shot(admin, 'whistles-duties');
    await expectAccessible(admin);
    b.expectQuiet();
  });
});
