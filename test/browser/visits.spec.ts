import type { Page } from 'playwright-core';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { must } from '../support/builders';
import { choose, openAct, press, submitAct, write } from '../support/keyboard';
import { aTriagedMatter } from '../support/matters';
import { TWO_PARTIES, partiesOf } from '../support/parties';
import { aSlip } from '../support/slips';

/** One who asked at the counter says on the phone whether it is solved; the center closes by that word, and visits. */
describe('the party’s word and the visits that follow (real application, real browser)', () => {
  let b: BrowserTest;
  let phone: Page;
  let id: string;

  beforeAll(async () => {
    b = await openBrowser();
    const { t } = b;
    id = await aTriagedMatter(
      t,
      { title: '物业费收取争议', parties: TWO_PARTIES },
      { nature: 'consultation', route: 'answer', isDuplicateChecked: true },
    );
    const intake = await t.as('intake');
    must(await intake.post(`/disputes/${id}/answer`, { content: '物业费的收取标准已经当面说明。' }), 200);
    const [first] = await partiesOf(intake, id);
    const slip = await aSlip(t, intake, id, first?.id);
    phone = await b.open(`/p/${slip.token}`, { viewport: PHONE, isTouch: true });
    await phone.getByLabel(/六位查询码/).fill(slip.code);
    await phone.getByRole('button', { name: '查询', exact: true }).click();
  }, 180_000);
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  it('on the phone it is said in one tap and a word, and may be said again', async () => {
    await phone.getByRole('heading', { name: '告诉中心结果' }).waitFor();
    await expectAccessible(phone);
    await phone.getByLabel('没有解决').check();
    const words = phone
      .getByRole('group', { name: '事情解决了吗？' })
      .locator('xpath=..')
      .getByLabel(/想说的话/);
    await words.fill('说好来人看，一直没来。');
    await shot(phone, 'visits-phone-asked', { fullPage: true });
    await phone.getByRole('button', { name: '告诉中心' }).click();
    await phone.getByRole('heading', { name: '您说的结果' }).waitFor();
    await phone.getByText('说好来人看，一直没来。').waitFor();
    await expectAccessible(phone);
    await shot(phone, 'visits-phone-said', { fullPage: true });
  });

  it('the leader cannot close over it, reads it, and closes once the party says it is solved', async () => {
    b.expectStatus(422);
    const leader = await b.signIn('duty-leader', `/matters/${id}`);
    await press(leader, leader.getByRole('button', { name: '查看答复' }));
    await leader.getByText('“说好来人看，一直没来。”').waitFor();
    await shot(leader, 'visits-words');
    const dialog = await openAct(leader, '办结');
    await choose(leader, dialog.getByLabel('办结结果'), '答复办结');
    await write(leader, dialog.getByLabel('办结说明'), '收费标准已经说明。');
    await press(leader, dialog.getByRole('button', { name: '办结', exact: true }));
    await dialog.getByText('当事人本人答复“没有解决”').first().waitFor();
    await shot(leader, 'visits-refused');
    b.t.clock.advance(60_000);
    await phone.getByText('情况变了，再说一次').click();
    await phone.getByLabel('解决了', { exact: true }).check();
    await phone.getByRole('button', { name: '告诉中心' }).click();
    await phone
      .getByRole('strong')
      .filter({ hasText: /^解决了$/ })
      .waitFor();
    await submitAct(leader, dialog, '办结');
    await leader.getByText('当事人本人在查询页上确认').waitFor();
    await shot(leader, 'visits-closed');
  });

  it('a day too late the visit is red, and gone when it is made', async () => {
    await b.leaveDesks();
    b.t.clock.advanceDays(8);
    // The party has spoken for itself before the closing; the visit after it is still to be made.
    const clerk = await b.signIn('follow-up', '/visits');
    const row = clerk.getByRole('row', { name: /物业费收取争议/ }).filter({ hasText: '办结后' });
    await row.getByText('已逾期').waitFor();
    await expectAccessible(clerk);
    await shot(clerk, 'visits-list');
    const dialog = await openAct(clerk, '回访', row);
    await shot(clerk, 'visits-dialog');
    await press(clerk, dialog.getByRole('radio', { name: '电话' }), 'Space');
    await press(clerk, dialog.getByRole('radio', { name: '是', exact: true }).first(), 'Space');
    await write(clerk, dialog.getByLabel('回访情况'), '说已经清楚了，没有别的事。');
    await submitAct(clerk, dialog, '回访');
    await row.waitFor({ state: 'detached' });
    await shot(clerk, 'visits-none');
    await clerk.setViewportSize(PHONE);
    await shot(clerk, 'visits-narrow');
  });
});
