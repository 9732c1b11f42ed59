import { SendMessages } from '../../src/modules/notifications';
import { OutboxDispatcher } from '../../src/platform/database';
import { type BuiltMatter, aMatter } from '../support/builders';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { aPostTarget } from '../support/outside-servers';
import { aMatterInProgress, aWhistle } from '../e2e/summons/stage';

/** Messages: who may be written to, what went out, in which words; the short message gateway is a server of the test. */
describe('messages', () => {
  let b: BrowserTest;
  let gateway: Awaited<ReturnType<typeof aPostTarget>>;
  let matter: BuiltMatter;
  beforeAll(async () => {
    gateway = await aPostTarget();
    b = await openBrowser({
      messages: {
        sms: { url: `http://${gateway.host}/send`, secret: 's' },
        email: undefined,
        wecomUrl: undefined,
        dingtalk: undefined,
        hosts: [],
        insideHosts: [gateway.host],
      },
    });
    matter = await aMatter(b.t)
      .between(
        { kind: 'person', side: 'applicant', name: '王小芳', phone: '13812345678' },
        { kind: 'person', side: 'respondent', name: '李大强' },
      )
      .registered();
    await aWhistle(b.t, await aMatterInProgress(b.t), [{ agencyId: b.t.world.agencyIds[0], role: 'lead' }]);
    await deliver();
  });
  afterAll(async () => {
    await b.close();
    await gateway.close();
  });
  const deliver = async (): Promise<void> => {
    await b.t.app.get(OutboxDispatcher).drain();
    await b.t.app.get(SendMessages).sweep();
  };

  it('to parties go out once somebody has asked them, and the desk sees what became of each', async () => {
    gateway.answer = { status: 400 };
    const page = await b.signIn('intake', `/matters/${matter.id}?tab=messages`);
    const row = page.getByRole('row', { name: '王小芳' });
    await row.getByText('还没有问').waitFor();
    await row.getByRole('button', { name: '登记是否接收消息' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: '登记是否接收消息' });
    // Who is asked stands there by name from the start, though the first field has the focus.
    await dialog.getByText('王小芳').waitFor();
    await dialog.getByText('同意接收').click();
    await dialog.getByRole('textbox', { name: '说明' }).fill('当面询问，本人同意。');
    await shot(page, 'messages-choice');
    await dialog.getByRole('button', { name: '登记是否接收消息' }).press('Enter');
    await row.getByText('可以发短信').waitFor();
    await deliver();
    await page.reload();
    await page.getByText(`${gateway.host} 没有接收（HTTP 400）`).waitFor();
    await page.getByRole('listitem').getByText('王小芳（138****5678）').waitFor();
    await shot(page, 'messages-matter', { fullPage: true });
    await expectAccessible(page);
    await page.setViewportSize(PHONE);
    await shot(page, 'messages-matter-phone', { fullPage: true });
  });

  it('that failed are sent again by the director, with a reason', async () => {
    gateway.answer = { status: 200 };
    const page = await b.signIn('director', '/admin/messages');
    const row = page.getByRole('row', { name: '发送失败' });
    await row.getByText('138****5678').waitFor();
    await shot(page, 'messages-log', { fullPage: true });
    await expectAccessible(page);
    await row.getByRole('button', { name: '重新发送' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: '重新发送' });
    await dialog.getByRole('textbox', { name: '重新发送的原因' }).fill('网关已恢复。');
    await dialog.getByRole('button', { name: '重新发送' }).press('Enter');
    await page.getByRole('row', { name: '待发出' }).waitFor();
    await deliver();
    await page.getByRole('button', { name: '刷新' }).press('Enter');
    await page.getByRole('row', { name: '已发出' }).getByText('重新发送：网关已恢复。').waitFor();
    expect(gateway.posts.length).toBe(2);
    await page.setViewportSize(PHONE);
    await shot(page, 'messages-log-phone', { fullPage: true });
  });

  it('have words that the duty leader writes, tries on an example, puts in force and takes back', async () => {
    const page = await b.signIn('duty-leader', '/admin/messages');
    await page.getByRole('tab', { name: '消息模板' }).click();
    await page.getByRole('button', { name: '受理', exact: true }).press('Enter');
    const text = page.getByRole('textbox', { name: '内容' });
    await text.fill('您的事项已受理，编号{编好}。');
    await page.getByRole('alert').getByText('没有 {编好} 这个填空，您要写的是不是 {编号}？').waitFor();
    expect(await page.getByRole('button', { name: '启用', exact: true }).isDisabled()).toBe(true);
    await shot(page, 'messages-template-fault', { fullPage: true });
    await text.fill('您的事项已受理，编号。');
    await text.press('ArrowLeft');
    await page.getByRole('button', { name: '编号', exact: true }).press('Enter');
    expect(await text.inputValue()).toBe('您的事项已受理，编号{编号}。');
    await page.getByRole('figure', { name: '预览' }).getByText('编号新城人调字〔2026〕12号').waitFor();
    await page.getByRole('textbox', { name: '修改说明' }).fill('改得短一些。');
    await page.getByRole('button', { name: '启用', exact: true }).press('Enter');
    const versions = page.getByRole('list', { name: '历次版本' });
    await versions.getByText('第1版').waitFor();
    await shot(page, 'messages-template', { fullPage: true });
    await expectAccessible(page);
    await versions.getByRole('button', { name: '恢复随系统提供的内容' }).press('Enter');
    expect(await text.inputValue()).toContain('{中心}已受理您的事项');
    await page.getByRole('button', { name: '启用', exact: true }).press('Enter');
    await versions.getByText('第2版').waitFor();
    await page.getByRole('tab', { name: '免打扰时段' }).click();
    await page.getByLabel('开始').fill('20:30');
    await page.getByRole('button', { name: '保存' }).press('Enter');
    await page.getByText('已保存').waitFor();
    await shot(page, 'messages-quiet');
    await expectAccessible(page);
  });

  it('are tried by the administrator, to the own number', async () => {
    const page = await b.signIn('system-admin', '/message-settings');
    await page.getByLabel('手机号码').fill('0471-6912345');
    b.expectStatus(422);
    await page.getByRole('button', { name: '保存' }).press('Enter');
    await page.getByText('固定电话收不到短信，请填手机号码。').first().waitFor();
    await page.getByLabel('手机号码').fill('13700003333');
    await page.getByRole('checkbox', { name: '指派用短信接收' }).press('Space');
    await page.getByRole('button', { name: '保存' }).press('Enter');
    await page.getByText('已保存。').waitFor();
    await shot(page, 'messages-contact', { fullPage: true });
    await expectAccessible(page);
    await page.goto('/admin/messages');
    await page.getByRole('tab', { name: '通道' }).click();
    await page.getByRole('button', { name: '短信试发' }).press('Enter');
    await page.getByRole('article', { name: '短信' }).getByRole('status').getByText('已发出').waitFor();
    await page.getByRole('button', { name: '企业微信群试发' }).press('Enter');
    await page.getByRole('article', { name: '企业微信群' }).getByRole('status').getByText('记录，未发出').waitFor();
    await shot(page, 'messages-channels', { fullPage: true });
    await expectAccessible(page);
    await page.getByRole('tab', { name: '消息记录' }).click();
    await page.getByRole('button', { name: '刷新' }).press('Enter');
    await page.getByRole('row', { name: '试发' }).first().waitFor();
    expect(await page.getByText('新城人调字').count()).toBe(0);
    await shot(page, 'messages-log-admin', { fullPage: true });
    b.expectQuiet();
  });
});
