import type { Page } from 'playwright-core';
import { ClimbLadder } from '../../src/modules/supervision';
import { ANSWERS, aWhistle, onDuty, taskOf } from '../e2e/summons/stage';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { must } from '../support/builders';
import { openAct, press, submitAct, write } from '../support/keyboard';
import { TWO_PARTIES, partiesOf } from '../support/parties';
import { aSlip } from '../support/slips';

jest.setTimeout(240_000);

const TITLE = '小区水压不足';
const UPSTREAM = '12345-20260918-0098';
const ON_PHONE = { viewport: PHONE, isTouch: true };

/**
 * Case E in front of the screens: an order of the hotline comes without its papers, the agency is late, the center presses, the
 * agency answers, the party says on its phone that it is solved, and the platform gets its answer.
 */
describe('case E, from the order of the hotline to the answer to its platform (real application, real browser)', () => {
  let b: BrowserTest;
  let id: string;
  let taskId: string;
  let supervisor: Page;
  let liaison: Page;

  beforeAll(async () => {
    b = await openBrowser();
    b.t.clock.set('2026-09-18T09:00:00+08:00');
    const intake = await b.t.as('intake');
    id = must<{ id: string }>(
      await intake.post('/disputes', {
        centerId: b.t.world.centerId,
        channel: 'hotline',
        upstreamNumber: UPSTREAM,
        title: TITLE,
        narrative: '小区水压不足已经一个月，多次反映没有人来看，请求尽快处理。',
        parties: TWO_PARTIES,
      }),
      201,
    ).id;
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  /** Moves the application and the open pages to an instant in Hohhot. */
  async function at(local: string, ...pages: readonly Page[]): Promise<void> {
    b.t.clock.set(`${local}:00+08:00`);
    await b.t.sql("update login_session set last_used_at = $1, expires_at = '2027-12-31'", [b.t.clock.at()]);
    for (const page of pages) {
      await page.context().clock.setSystemTime(b.t.clock.at());
      await page.reload();
      await page.waitForLoadState('networkidle');
    }
  }
  /** The party's phone, with a slip handed out at the counter. */
  async function atItsPhone(): Promise<Page> {
    const intake = await onDuty(b.t, 'intake');
    const [first] = await partiesOf(intake, id);
    const slip = await aSlip(b.t, intake, id, first?.id);
    const phone = await b.open(`/p/${slip.token}`, ON_PHONE);
    await phone.getByLabel(/六位查询码/).fill(slip.code);
    await phone.getByRole('button', { name: '查询', exact: true }).tap();
    await phone.getByRole('heading', { name: '接下来' }).waitFor();
    return phone;
  }

  it('the counter tells once, on one paper, what is missing; the party confirms it on its phone', async () => {
    const clerk = await b.signIn('intake', `/matters/${id}`);
    const notice = await openAct(clerk, '一次性告知');
    await shot(clerk, 'case-e-01-notice');
    await press(clerk, notice.getByRole('button', { name: '添加所需材料' }));
    await write(clerk, notice.getByLabel('材料名称'), '住户名单');
    await write(clerk, notice.getByLabel('补正期限'), '2026年9月25日');
    await clerk.keyboard.press('Enter');
    await press(clerk, notice.getByRole('radio', { name: '书面' }), 'Space');
    await submitAct(clerk, notice, '一次性告知');
    const phone = await atItsPhone();
    await phone.getByRole('heading', { name: '签收一次性告知单' }).waitFor();
    await expectAccessible(phone);
    await shot(phone, 'case-e-02-phone-notice', { fullPage: true });
    await phone.getByRole('button', { name: /收到/ }).first().tap();
    await phone.getByRole('heading', { name: '签收一次性告知单' }).waitFor({ state: 'detached' });
    await clerk.goto(`/matters/${id}?tab=circulation`);
    await submitAct(clerk, await openAct(clerk, '登记材料补齐'), '登记材料补齐');
    await shot(clerk, 'case-e-03-supplied');
    await phone.close();
    await clerk.close();
  });

  it('it is sent to the agency, which lets the term pass; the program urges, the center oversees', async () => {
    const dispatcher = await b.t.as('dispatcher');
    const triage = { nature: 'other', route: 'agency', isDuplicateChecked: true };
    must(await dispatcher.post(`/disputes/${id}/triage`, triage), 200);
    must(await dispatcher.post(`/disputes/${id}/undertaking`, {}), 200);
    const [agencyId] = b.t.world.agencyIds;
    const whistle = await aWhistle(b.t, id, [{ agencyId, role: 'lead' }], {
      attendanceRequired: false,
      brief: '小区水压不足一个月，反映人多次来电，请派人查看管网，答复反映人。',
      asks: ['查看供水管网，查明水压不足的原因', '向反映人答复处理结果'],
    });
    taskId = taskOf(whistle, agencyId).id;
    await at('2026-09-18T10:20');
    await b.t.app.get(ClimbLadder).turn();
    await at('2026-09-18T15:30');
    supervisor = await b.signIn('supervisor', `/whistles/${whistle.id}`);
    await supervisor.getByRole('region', { name: '谁在耽误' }).waitFor();
    await shot(supervisor, 'case-e-04-late', { fullPage: true });
    await expectAccessible(supervisor);
    await supervisor.goto('/director/watch-list');
    const row = supervisor.getByRole('row').filter({ hasText: '部门签收' }).filter({ hasText: '新城区征收办' });
    await row.filter({ hasText: '1 件' }).waitFor();
    const oversight = await openAct(supervisor, '督办部门', row);
    await write(supervisor, oversight.getByLabel('意见和要求'), '吹哨已超过时限，请说明原因，明确办结时间。');
    await write(supervisor, oversight.getByLabel('答复期限'), '2026年9月21日');
    await supervisor.keyboard.press('Enter');
    await submitAct(supervisor, oversight, '督办部门');
    await supervisor.goto(`/matters/${id}?tab=supervisions`);
    await supervisor.getByText('吹哨已超过时限，请说明原因，明确办结时间。').first().waitFor();
    await shot(supervisor, 'case-e-05-overseen', { fullPage: true });
  });

  it('the agency signs on its phone, answers the oversight, and feeds back', async () => {
    await at('2026-09-18T16:10');
    liaison = await b.signIn('liaison', `/agency/tasks/${taskId}`, ON_PHONE);
    await shot(liaison, 'case-e-06-agency-phone', { fullPage: true });
    await expectAccessible(liaison);
    const asked = liaison.getByRole('region', { name: '待答复的催办和督办' });
    await asked.getByText('吹哨已超过时限，请说明原因，明确办结时间。').waitFor();
    const answers = asked.getByRole('button', { name: '答复', exact: true });
    for (let left = await answers.count(); left > 0; left -= 1) {
      await answers.first().tap();
      const dialog = liaison.getByRole('dialog', { name: '答复', exact: true });
      await dialog.getByLabel('答复').fill('人员外出，已派人到场，三日内反馈。');
      await dialog.getByRole('button', { name: '答复', exact: true }).tap();
      await dialog.waitFor({ state: 'hidden' });
    }
    const agency = await onDuty(b.t, 'liaison');
    must(await agency.post(`/summons-tasks/${taskId}/signature`, {}), 201);
    must(await agency.post(`/summons-tasks/${taskId}/contacts`, { method: 'phone', note: '已与反映人通话。' }), 201);
    must(await agency.post(`/summons-tasks/${taskId}/handling`, {}), 201);
    must(await agency.post(`/summons-tasks/${taskId}/feedback`, ANSWERS), 201);
    await liaison.reload();
    await liaison.waitForLoadState('networkidle');
    await shot(liaison, 'case-e-07-answered-phone', { fullPage: true });
    await supervisor.reload();
    await supervisor.getByText('人员外出，已派人到场，三日内反馈。').first().waitFor();
    await shot(supervisor, 'case-e-08-answered', { fullPage: true });
    const dispatcher = await onDuty(b.t, 'dispatcher');
    must(await dispatcher.post(`/summons-tasks/${taskId}/confirmation`, { opinion: '反馈属实。' }), 201);
    must(await dispatcher.post(`/summons-tasks/${taskId}/rating`, { effect: 90, remark: '答复清楚。' }), 201);
    must(await dispatcher.post(`/summons-tasks/${taskId}/closing`), 201);
    await supervisor.close();
    await liaison.close();
  });

  it('the party says on its phone that it is solved, the matter is closed by that word, and rated', async () => {
    await at('2026-09-24T10:00');
    const phone = await atItsPhone();
    await phone.getByLabel('解决了', { exact: true }).check();
    await phone.getByRole('button', { name: '告诉中心' }).tap();
    await phone.getByRole('heading', { name: '您说的结果' }).waitFor();
    const leader = await onDuty(b.t, 'duty-leader');
    must(await leader.post(`/disputes/${id}/closing`, { outcome: 'solved', summary: '管网已经修复，水压恢复。' }), 200);
    await phone.reload();
    await phone.getByRole('heading', { name: '评价服务' }).waitFor();
    await expectAccessible(phone);
    await shot(phone, 'case-e-09-rating-phone', { fullPage: true });
    await phone.getByRole('radio', { name: /^满意/ }).check();
    await phone
      .getByRole('button', { name: /提交|评价/ })
      .first()
      .tap();
    await phone.getByRole('heading', { name: '评价服务' }).waitFor({ state: 'detached' });
    await shot(phone, 'case-e-10-rated-phone', { fullPage: true });
    await phone.close();
  });

  it('the dispatcher finds on its list that the platform waits, and answers its number', async () => {
    await at('2026-09-24T10:30');
    const dispatcher = await b.signIn('dispatcher', '/worklist');
    const line = dispatcher.getByRole('row').filter({ hasText: TITLE });
    await line.getByText('请向来件的上级平台回复办理结果').waitFor();
    await shot(dispatcher, 'case-e-11-worklist');
    await press(dispatcher, line);
    await dispatcher.waitForURL(/\/matters\//);
    const reply = await openAct(dispatcher, '回复上游');
    await press(dispatcher, reply.getByRole('radio', { name: '在上游平台回复' }), 'Space');
    await write(dispatcher, reply.getByLabel('回复内容'), '管网已经修复，反映人在查询页确认解决。');
    await submitAct(dispatcher, reply, '回复上游');
    await dispatcher.getByText('管网已经修复，反映人在查询页确认解决。').first().waitFor();
    await expectAccessible(dispatcher);
    await shot(dispatcher, 'case-e-12-replied', { fullPage: true });
    await dispatcher.goto('/worklist');
    await dispatcher.getByText('没有待办').waitFor();
  });
});
