import type { Locator, Page } from 'playwright-core';
import { ClimbLadder } from '../../../src/modules/supervision';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../../support/browser';
import { pdf } from '../../support/files';
import { choose, openAct, press, submitAct, write } from '../../support/keyboard';
import { expectStatus } from '../../e2e/summons/stage';

jest.setTimeout(240_000);

const MATTER = '光明里征收补偿面积争议';
const CENTER_ASK = '核对该户征收档案中的面积认定依据';

/**
 * Case F from the counter to the closed whistle: three agencies, one whistled on the eve of the National Day holiday that
 * objects and is designated, one that is late, one that answers. The center works by keyboard alone, so does the objector
 * at its desk; the others have a phone. Real application, real browser, time set by hand.
 */
describe('case F: the center whistles, the agencies report', () => {
  let b: BrowserTest;
  let matterPath = '';
  let whistlePath = '';
  let dispatcher: Page;
  let mediator: Page;
  let lead: Page;
  let late: Page;
  let objector: Page;

  beforeAll(async () => {
    b = await openBrowser();
    b.t.clock.set('2026-09-30T08:35:00+08:00');
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

  /** Moves the application and the open pages to an instant in Hohhot. */
  async function at(local: string, ...pages: readonly Page[]): Promise<void> {
    b.t.clock.set(`${local}:00+08:00`);
    // Nobody sits idle: the hours between the steps are skipped, not waited for.
    await b.t.sql("update login_session set last_used_at = $1, expires_at = '2027-12-31'", [b.t.clock.at()]);
    for (const page of pages) {
      await page.context().clock.setSystemTime(b.t.clock.at());
      await page.reload();
      await page.waitForLoadState('networkidle');
    }
  }

  /** An act whose form asks for nothing, or for one text. */
  async function decide(page: Page, name: string, place: Locator, field?: string, text = ''): Promise<void> {
    const dialog = await openAct(page, name, place);
    if (field !== undefined) await write(page, dialog.getByLabel(field), text);
    await submitAct(page, dialog, name);
  }
  /** The same with a finger. */
  async function tapThrough(page: Page, name: string): Promise<void> {
    await page.getByRole('button', { name, exact: true }).first().tap();
    const dialog = page.getByRole('dialog', { name, exact: true });
    await dialog.getByRole('button', { name, exact: true }).tap();
    await dialog.waitFor({ state: 'hidden' });
  }
  const onPhone = (key: string, path = '/agency/tasks'): Promise<Page> =>
    b.signIn(key, path, { viewport: PHONE, isTouch: true });
  const cardOf = (agency: string): Locator => dispatcher.getByRole('article', { name: agency });

  it('the counter registers, the dispatcher triages and accepts', async () => {
    const clerk = await b.signIn('intake', '/intake/new');
    await write(clerk, clerk.getByLabel('来访人姓名'), '高秀兰');
    await write(clerk, clerk.getByLabel('来访人联系电话'), '13904710001');
    await press(
      clerk,
      clerk.getByRole('radiogroup', { name: '对方类别' }).getByRole('radio', { name: '单位' }),
      'Space',
    );
    await write(clerk, clerk.getByLabel('对方单位名称'), '宏业拆迁服务有限公司');
    await choose(clerk, clerk.getByRole('combobox', { name: '纠纷类型' }), '征地拆迁');
    await write(
      clerk,
      clerk.getByRole('textbox', { name: '纠纷简要情况' }),
      '征收补偿按照八十六平方米计算，当事人认为房屋实际面积为九十三平方米，要求核对测绘成果。',
    );
    await write(clerk, clerk.getByRole('textbox', { name: '事项名称' }), MATTER);
    await clerk.keyboard.press('Control+Enter');
    await clerk.getByRole('heading', { name: '登记完成' }).waitFor();
    await clerk.getByText('新城综治登字〔2026〕1号').waitFor();

    dispatcher = await b.signIn('dispatcher', '/worklist');
    await press(dispatcher, dispatcher.getByRole('row').filter({ hasText: MATTER }));
    await dispatcher.waitForURL(/\/matters\//);
    matterPath = new URL(dispatcher.url()).pathname;
    const triage = await openAct(dispatcher, '研判');
    await choose(dispatcher, triage.getByRole('combobox', { name: '性质' }), '民间纠纷');
    await choose(dispatcher, triage.getByRole('combobox', { name: '办理途径' }), '人民调解');
    await choose(
      dispatcher,
      triage.getByRole('combobox', { name: '拟受理的调解委员会' }),
      /新城区光明社区人民调解委员会/,
    );
    await submitAct(dispatcher, triage, '研判');
    await submitAct(dispatcher, await openAct(dispatcher, '受理'), '受理');

    await clerk.goto(`${matterPath}?tab=parties`);
    for (const party of ['高秀兰', '宏业拆迁服务有限公司']) {
      const row = clerk.getByRole('row').filter({ hasText: party });
      const consent = await openAct(clerk, '记录调解意愿', row);
      await press(clerk, consent.getByRole('radio', { name: '同意调解' }), 'Space');
      await choose(clerk, consent.getByRole('combobox', { name: '征询方式' }), '当面');
      await submitAct(clerk, consent, '记录调解意愿');
      const notice = await openAct(clerk, '登记权利义务告知签收', row);
      await press(clerk, notice.getByRole('radio', { name: '当面宣读并签收' }), 'Space');
      await submitAct(clerk, notice, '登记权利义务告知签收');
    }

    await dispatcher.goto(`${matterPath}?tab=people`);
    const assigning = await openAct(dispatcher, '指派调解员');
    await choose(dispatcher, assigning.getByRole('combobox', { name: '人员账号' }), /刘调解/);
    await press(dispatcher, assigning.getByRole('radio', { name: '调委会指定' }), 'Space');
    await press(dispatcher, assigning.getByRole('radio', { name: '调解主持人' }), 'Space');
    await submitAct(dispatcher, assigning, '指派调解员');
    await clerk.close();
  });

  it('the mediator proposes with the advice of the duty list, and sees the terms before', async () => {
    await at('2026-09-30T08:55');
    mediator = await b.signIn('mediator', `${matterPath}?tab=whistles`);
    await mediator.getByText('还没有吹哨').waitFor();
    const form = await openAct(mediator, '提出吹哨');
    await form.getByText('签收60分钟（办公时间）、联系1个工作日、到场3个工作日、反馈5个工作日').waitFor();
    await write(mediator, form.getByLabel('情况说明'), '某小区征收补偿争议，请联系当事人13904710001核对面积。');
    await write(mediator, form.getByLabel('请求事项第1项'), CENTER_ASK);
    await press(mediator, form.getByRole('button', { name: '＋ 新城区征收办（主办）' }));
    await press(mediator, form.getByRole('button', { name: '＋ 新城区自然资源分局（协办）' }));
    await write(mediator, form.getByLabel('到场地点'), '新城区综治中心二号调解室');
    b.expectStatus(422);
    await press(mediator, form.getByRole('button', { name: '提出吹哨' }));
    // The number of a person is refused where it stands, and not a word is lost.
    await form.getByText('部门可见的内容里有身份证号、手机号或银行卡号').first().waitFor();
    await shot(mediator, 'case-f-propose');
    await expectAccessible(mediator);
    await write(
      mediator,
      form.getByLabel('情况说明'),
      '某小区征收补偿争议，当事人对面积认定有不同意见，请到场说明并核对档案。',
    );
    await submitAct(mediator, form, '提出吹哨');
    await mediator.getByText('待签发').first().waitFor();
    expect(await mediator.getByRole('button', { name: '签发吹哨' }).count()).toBe(0);
  });

  it('the dispatcher finds it in the ledger, issues it, and prints it', async () => {
    await at('2026-09-30T09:00', dispatcher);
    await dispatcher.goto('/whistles?tab=to-issue');
    await dispatcher.getByRole('tab', { name: '待签发 1' }).waitFor();
    await press(dispatcher, dispatcher.getByRole('link', { name: '办理' }));
    await dispatcher.waitForURL(/\/whistles\//);
    whistlePath = new URL(dispatcher.url()).pathname;
    await submitAct(dispatcher, await openAct(dispatcher, '签发吹哨'), '签发吹哨');
    await dispatcher.getByRole('heading', { name: '新城综治哨字〔2026〕1号' }).waitFor();
    expect(await dispatcher.getByRole('article').count()).toBe(2);
    await shot(dispatcher, 'case-f-issued');
    await expectAccessible(dispatcher);
    const downloading = dispatcher.waitForEvent('download');
    await press(dispatcher, dispatcher.getByRole('button', { name: '打印吹哨单' }));
    expect((await downloading).suggestedFilename()).toMatch(/\.pdf$/);
  });

  it('the lead signs on its phone, another at its desk; who is late is red for everyone, with how late and at which step', async () => {
    lead = await onPhone('liaison');
    await at('2026-09-30T09:40', lead);
    await lead.getByText('还剩20分钟', { exact: false }).first().waitFor();
    await shot(lead, 'case-f-agency-list-phone');
    await expectAccessible(lead);
    await lead.getByRole('link', { name: /1号/ }).tap();
    await tapThrough(lead, '签收');
    await lead.getByText('请与中心联系，按时到场').waitFor();
    await lead.getByRole('button', { name: '登记联系', exact: true }).tap();
    const contact = lead.getByRole('dialog', { name: '登记联系' });
    await contact.getByText('电话', { exact: true }).tap();
    await contact.getByLabel('联系情况').fill('已与中心经办人通话，约定九日下午到场。');
    await contact.getByRole('button', { name: '登记联系', exact: true }).tap();
    await contact.waitFor({ state: 'hidden' });
    await shot(lead, 'case-f-agency-task-phone', { fullPage: true });
    await expectAccessible(lead);

    late = await b.signIn('liaison-2', '/agency/tasks');
    await at('2026-09-30T10:20');
    await b.t.app.get(ClimbLadder).turn();
    await at('2026-09-30T10:20', late, dispatcher);
    await late.getByText('签收已超20分钟').first().waitFor();
    await shot(late, 'case-f-agency-late');
    await expectAccessible(late);
    const hold = dispatcher.getByRole('region', { name: '谁在耽误' });
    await hold.getByText('新城区自然资源分局').waitFor();
    await hold.getByText('签收已超20分钟 · 催办').waitFor();
    await press(dispatcher, cardOf('新城区自然资源分局').locator('summary').first());
    await cardOf('新城区自然资源分局').getByText('期限为60分钟', { exact: false }).first().waitFor();
    await shot(dispatcher, 'case-f-hold-up', { fullPage: true });
    await dispatcher.goto('/whistles?tab=late');
    await dispatcher.getByRole('tab', { name: '有逾期 1' }).waitFor();
    await dispatcher.getByText('签收已超20分钟').hover();
    await dispatcher.getByRole('tooltip').getByText('期限为60分钟', { exact: false }).waitFor();
    await shot(dispatcher, 'case-f-ledger');
    await expectAccessible(dispatcher);
    await press(late, late.getByRole('link', { name: /1号/ }));
    // The program has urged it, says what comes next and when, and is answered on the spot.
    await late.getByText('若到10月8日10时00分仍未签收，将发督办单').waitFor();
    const urged = late.getByRole('region', { name: '待答复的催办和督办' });
    await urged.getByText('系统按时限发出').waitFor();
    await shot(late, 'case-f-urged', { fullPage: true });
    await expectAccessible(late);
    await submitAct(late, await openAct(late, '签收'), '签收');
    await decide(late, '答复', urged, '答复', '值班人员交接有误，已签收。');
    await urged.waitFor({ state: 'detached' });
    await late.getByRole('list', { name: '催督记录' }).getByText('值班人员交接有误，已签收。').waitFor();
  });

  it('a third agency is whistled five minutes before the holiday, objects at its desk, and is designated', async () => {
    await at('2026-09-30T17:25');
    await dispatcher.goto(whistlePath);
    const adding = await openAct(dispatcher, '增派部门');
    await choose(dispatcher, adding.getByRole('combobox', { name: '部门' }), /新城区人社局/);
    await press(dispatcher, adding.getByRole('radio', { name: '协办' }), 'Space');
    await submitAct(dispatcher, adding, '增派部门');
    // 17:25 to 17:30 are five minutes, the other 55 come after the holiday.
    await cardOf('新城区人社局').getByText('2026/10/08 09:25', { exact: false }).first().waitFor();
    await cardOf('新城区人社局').getByText('若到10月8日9时10分仍未签收，将发出临期提醒').waitFor();

    await at('2026-10-08T09:00');
    objector = await b.signIn('liaison-3', '/agency/tasks');
    await objector.getByText('还剩25分钟', { exact: false }).first().waitFor();
    await press(objector, objector.getByRole('link', { name: /1号/ }));
    const form = await openAct(objector, '提出异议');
    await choose(objector, form.getByLabel('异议事由'), '职责不符');
    await write(objector, form.getByLabel('异议理由和依据'), '面积认定由征收部门负责，本单位无此项职责。');
    await submitAct(objector, form, '提出异议');
    await objector.getByText('等待裁定，暂停计时').first().waitFor();
    await shot(objector, 'case-f-objected');
    await expectAccessible(objector);

    await at('2026-10-09T10:00', dispatcher);
    const card = cardOf('新城区人社局');
    await decide(dispatcher, '驳回异议并指定承办', card, '裁定理由', '权责清单第十二项明确由该部门协助，指定承办。');
    await card.getByText('指定承办', { exact: true }).waitFor();
    await at('2026-10-09T10:05', objector);
    await objector.getByText('中心已指定由本部门承办，不得再次退回').waitFor();
    expect(await objector.getByRole('button', { name: '提出异议' }).count()).toBe(0);
  });

  it('the screen of the room shows a code; a phone and a desk sign in, each with a code of its own', async () => {
    await at('2026-10-09T15:00');
    const screen = await b.signIn('dispatcher', `${whistlePath}/sign-in`, { viewport: { width: 1920, height: 1080 } });
    const letters = screen.locator('.letters');
    await letters.waitFor();
    const spaced = await letters.innerText();
    await shot(screen, 'case-f-screen');
    await expectAccessible(screen);
    // The picture leads to the very address; the camera of a phone opens it, and who is not logged in comes back to it.
    const phone = await onPhone('handler', `/arrive/${spaced.replaceAll(' ', '')}`);
    await phone.getByRole('button', { name: '签到' }).waitFor();
    expect(await phone.getByLabel('到场人姓名').inputValue()).toBe('征收承办');
    await phone.getByText('科室负责人').tap();
    await shot(phone, 'case-f-arrive-phone');
    await expectAccessible(phone);
    await phone.getByRole('button', { name: '签到' }).tap();
    await phone.getByText('签到成功').waitFor();
    await shot(phone, 'case-f-arrived-phone');
    await screen.getByText('征收承办（科室负责人）').waitFor();
    await letters.filter({ hasNotText: spaced }).waitFor();
    // A code is good for one person.
    await phone.goto(`/arrive/${spaced.replaceAll(' ', '')}`);
    await phone.getByText('签到码已使用、已过期').first().waitFor();
    await expectAccessible(phone);
    await phone.close();

    await objector.goto('/agency/tasks');
    await press(objector, objector.getByRole('link', { name: '输入签到码' }));
    await write(
      objector,
      objector.getByRole('textbox', { name: '签到码' }),
      (await letters.innerText()).replaceAll(' ', ''),
    );
    await objector.keyboard.press('Enter');
    await press(objector, objector.getByRole('button', { name: '签到' }));
    await objector.getByText('签到成功').waitFor();
    await screen.getByText('已到场 2 人').waitFor();
    await screen.close();
  });

  it('who has neither called nor come is named with how late and who speaks to it, and comes', async () => {
    await at('2026-10-12T10:00');
    await b.t.app.get(ClimbLadder).turn();
    const director = await b.signIn('director', '/supervisions');
    await press(director, director.getByRole('radio', { name: '要我答复的' }), 'Space');
    const called = director.getByRole('article').filter({ hasText: '由中心主任约谈新城区自然资源分局' });
    await called.first().waitFor();
    await shot(director, 'case-f-director-interview', { fullPage: true });
    await expectAccessible(director);
    await decide(director, '登记约谈', called.first(), '约谈情况', '已约谈分管负责人，承诺当日到场。');
    await called.first().getByText('已约谈分管负责人，承诺当日到场。').waitFor();
    await director.close();
    await dispatcher.goto(whistlePath);
    const hold = dispatcher.getByRole('region', { name: '谁在耽误' });
    await hold
      .getByText(/^联系已超.*约谈$/)
      .first()
      .waitFor();
    await hold
      .getByText(/^到场已超.*催办$/)
      .first()
      .waitFor();
    const ladder = cardOf('新城区自然资源分局').getByRole('list', { name: '催督记录' });
    await ladder.getByText('已约谈分管负责人，承诺当日到场。').waitFor();
    await shot(dispatcher, 'case-f-escalated', { fullPage: true });
    await expectAccessible(dispatcher);
    const screen = await b.signIn('dispatcher', `${whistlePath}/sign-in`);
    const code = (await screen.locator('.letters').innerText()).replaceAll(' ', '');
    await late.goto(`/arrive/${code}`);
    await press(late, late.getByRole('button', { name: '签到' }));
    await late.getByText('签到成功').waitFor();
    await screen.close();
  });

  it('all three answer ask by ask; the center returns one, and confirms, rates and closes them', async () => {
    await lead.goto('/agency/tasks');
    await lead.getByRole('link', { name: /1号/ }).tap();
    await tapThrough(lead, '开始处置');
    const form = lead.getByRole('region', { name: '书面反馈' });
    await form.getByText('部分解决').tap();
    await form.getByRole('button', { name: '提交反馈' }).tap();
    await form.getByText('请答复这一项').first().waitFor();
    await form.getByLabel(`1. ${CENTER_ASK}`).fill('已调取档案，面积以二〇一九年测绘成果为准。');
    await form.getByLabel('依据', { exact: true }).fill('《国有土地上房屋征收与补偿条例》第十五条。');
    await form.locator('input[type=file]').setInputFiles({
      name: '面积测绘成果.pdf',
      mimeType: 'application/pdf',
      buffer: pdf('whistle'),
    });
    await form.getByText('面积测绘成果.pdf').waitFor();
    await shot(lead, 'case-f-feedback-phone', { fullPage: true });
    await expectAccessible(lead);
    await form.getByRole('button', { name: '提交反馈' }).tap();
    await lead.getByText('已书面反馈，等待中心确认').waitFor();

    for (const [page, answer, basis] of [
      [late, '权属登记面积与测绘成果一致。', '不动产登记簿。'],
      [objector, '安置对象的社会保险关系已核对，与面积认定无关。', '被征地人员社会保障办法。'],
    ] as const) {
      await page.goto('/agency/tasks');
      await press(page, page.getByRole('link', { name: /1号/ }));
      await submitAct(page, await openAct(page, '开始处置'), '开始处置');
      const own = page.getByRole('region', { name: '书面反馈' });
      await press(page, own.getByRole('radio', { name: '已解决' }), 'Space');
      await write(page, own.getByLabel(`1. ${CENTER_ASK}`), answer);
      await write(page, own.getByLabel('依据', { exact: true }), basis);
      await press(page, own.getByRole('button', { name: '提交反馈' }));
      await page.getByText('已书面反馈，等待中心确认').waitFor();
    }

    await at('2026-10-12T15:00', dispatcher);
    const card = cardOf('新城区征收办');
    await card.getByRole('button', { name: '面积测绘成果.pdf' }).waitFor();
    await decide(dispatcher, '退回补办', card, '退回理由', '未说明计算过程，请补充。');
    await card.getByText('反馈（第2轮）').first().waitFor();
    await at('2026-10-12T15:20', lead);
    await lead.getByText('中心退回补办').first().waitFor();
    await form.getByText('已解决').tap();
    await form.getByLabel(`1. ${CENTER_ASK}`).fill('补充：面积按测绘图分摊计算，附计算表。');
    await form.getByLabel('依据', { exact: true }).fill('《国有土地上房屋征收与补偿条例》第十五条、第十九条。');
    await form.getByRole('button', { name: '提交反馈' }).tap();
    await lead.getByText('已书面反馈，等待中心确认').waitFor();

    await at('2026-10-12T15:40', dispatcher);
    for (const agency of ['新城区征收办', '新城区自然资源分局', '新城区人社局']) {
      await decide(dispatcher, '确认反馈', cardOf(agency));
      await decide(dispatcher, '中心评价', cardOf(agency), '实效得分', '80');
      await cardOf(agency).getByText('处置实效').waitFor();
    }
  });

  it('parties rate apart from the center; an agency appeals once, and the director answers', async () => {
    const caller = await b.signIn('follow-up', whistlePath);
    for (const agency of ['新城区征收办', '新城区自然资源分局', '新城区人社局']) {
      const card = caller.getByRole('article', { name: agency });
      const dialog = await openAct(caller, '登记当事人评价', card);
      await press(caller, dialog.getByRole('radio', { name: '满意', exact: true }), 'Space');
      await submitAct(caller, dialog, '登记当事人评价');
      await card.getByText('当事人评价：满意').waitFor();
    }
    await caller.close();

    await at('2026-10-12T16:00', lead);
    await lead.getByText('处置实效').waitFor();
    await lead.getByRole('button', { name: '考核申诉', exact: true }).tap();
    const form = lead.getByRole('dialog', { name: '考核申诉' });
    await form.getByText('实效评价与事实不符').tap();
    await form.getByLabel('事实和理由').fill('退回后当日即补充，当事人已认可计算结果。');
    await form.getByRole('button', { name: '考核申诉', exact: true }).tap();
    await lead.getByText('等待中心答复，应于').waitFor();
    await shot(lead, 'case-f-appeal-phone', { fullPage: true });
    await expectAccessible(lead);

    const director = await b.signIn('director', '/whistles?tab=appealed');
    await director.getByRole('tab', { name: '申诉待答复 1' }).waitFor();
    await press(director, director.getByRole('link', { name: '办理' }));
    const card = director.getByRole('article', { name: '新城区征收办' });
    const ruling = await openAct(director, '认定申诉成立', card);
    await write(director, ruling.getByLabel('答复理由'), '情况属实。');
    await write(director, ruling.getByLabel('改定的实效得分'), '95');
    await submitAct(director, ruling, '认定申诉成立');
    await card.getByText('实效改定为 95 分').waitFor();
    await shot(director, 'case-f-ruled', { fullPage: true });
    await expectAccessible(director);
    await director.close();
  });

  it('closes the whistle with its last task', async () => {
    await at('2026-10-12T16:20', dispatcher);
    for (const agency of ['新城区征收办', '新城区自然资源分局', '新城区人社局']) {
      await decide(dispatcher, '闭合任务', cardOf(agency));
    }
    await dispatcher.getByText('已闭合').first().waitFor();
    await shot(dispatcher, 'case-f-closed', { fullPage: true });
    b.expectQuiet();
  });

  it('the duty list is read by all and kept by the administrator alone', async () => {
    await mediator.goto('/agency-duties');
    await mediator.getByRole('cell', { name: '征地拆迁' }).first().waitFor();
    expect(await mediator.getByRole('button', { name: '登记部门职责' }).count()).toBe(0);
    const admin = await b.signIn('system-admin', '/agency-duties');
    await openAct(admin, '登记部门职责');
    await shot(admin, 'case-f-duty-form');
    await admin.keyboard.press('Escape');
    await admin.getByRole('dialog').waitFor({ state: 'hidden' });
    await shot(admin, 'case-f-duties');
    await expectAccessible(admin);
    b.expectQuiet();
  });
});
