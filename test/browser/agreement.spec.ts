import type { Page } from 'playwright-core';
import { type BrowserTest, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter, must } from '../support/builders';

/** A value of a select: what is chosen or asked for lies over the input, as it does for whoever points at it. */
async function choose(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name }).click({ force: true });
  await page.getByRole('listbox', { name }).getByRole('option', { name: option, exact: true }).click();
}

// Two cores may be shared with other suites.
jest.setTimeout(180_000);

/** How an agreement is written; how it comes to its seal is walked by the journeys. */
describe('the text of an agreement (real application, real browser)', () => {
  let b: BrowserTest;
  let matter: BuiltMatter;
  let mediator: Page;

  beforeAll(async () => {
    b = await openBrowser();
    // Days pass while pages of earlier tests are still open and ask on: their login has run out by then.
    b.expectStatus(401);
    matter = await aMatter(b.t).with({ title: '手机租赁合同纠纷' }).ofType('contract.lease').agreed();
  });
  afterAll(async () => {
    await b.close();
  });

  it('is written with clauses as data: checked as one types, instalments to the fen, words mended in place', async () => {
    mediator = await b.signIn('mediator', `/matters/${matter.id}?tab=agreement`);
    const page = mediator;
    await page.getByText('还没有协议').waitFor();
    await shot(page, 'agreement-01-tab');
    await page.getByRole('button', { name: '书面协议' }).click();
    await page.waitForURL(/\/agreements\//);
    await page.getByRole('tab', { name: '条款库' }).click();
    await page.getByRole('button', { name: /确认欠租，同意延期/ }).click();
    await page.getByRole('button', { name: /^分期付款，逾期全部到期/ }).click();
    await page.getByRole('button', { name: /继续履行并赔偿/ }).click();
    await page
      .getByLabel('纠纷主要事实、争议事项')
      .fill('双方于2026年3月签订手机租赁合同，承租人付了两期租金后未再付款，双方就剩余租金发生争议。');
    const clause = page.getByLabel('第1条', { exact: true });
    await clause.fill('承租人已付的订金抵作租金，剩余租金【金额】分三期付清。');
    await page.getByRole('tab', { name: /核对/ }).click();
    await page.getByText('“【金额】”还没有填写').first().waitFor();
    await shot(page, 'agreement-02-hints');
    await page.getByRole('button', { name: '把“订金”改为“预付款”' }).click();
    expect(await clause.inputValue()).toContain('预付款抵作租金');
    await clause.fill('承租人已付的预付款抵作租金，剩余租金人民币壹仟捌佰元零壹分分三期付清。');

    await choose(page, '义务人', '钱二妹');
    await choose(page, '权利人', '赵一鸣');
    await page.getByLabel('金额（元）', { exact: true }).fill('1800.01');
    await page.getByRole('button', { name: '分期付款' }).click();
    await page.getByLabel('首期付款日').fill('2026年10月20日');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '生成各期' }).click();
    await page.getByText('各期合计1,800.01元，与总额一致').waitFor();
    await page.getByLabel('第3期金额（元）').fill('600.00');
    await page.getByText('还差0.01元').waitFor();
    await shot(page, 'agreement-03-sum', { fullPage: true });
    await expectAccessible(page);
    await page.getByLabel('第3期金额（元）').fill('600.01');
    await page.getByText('没有须修改的地方，可以定稿').waitFor();
    await page.getByRole('tab', { name: '预览' }).click();
    await page.getByTitle('协议书草稿预览').waitFor();
    await page.getByText('停笔两秒后自动更新').waitFor();
    await shot(page, 'agreement-03-preview');
  });

  it('keeps what was written over a reload', async () => {
    await mediator.getByText('修改已暂存').waitFor();
    await mediator.reload();
    await mediator.getByText('已恢复').waitFor();
    expect(await mediator.getByLabel('纠纷主要事实、争议事项').inputValue()).toContain('手机租赁合同');
    await mediator.getByText('各期合计1,800.01元，与总额一致').waitFor();
  });

  it('warns that all marks fall when the text is taken back', async () => {
    const other = await aMatter(b.t).agreed();
    const page = await b.signIn('mediator', `/matters/${other.id}?tab=agreement`);
    await page.getByRole('button', { name: '书面协议' }).click();
    await page.getByLabel('纠纷主要事实、争议事项').fill('双方就借款发生争议。');
    await page.getByLabel('第1条', { exact: true }).fill('双方互相谅解，再无其他争议。');
    await page.getByRole('tab', { name: /核对/ }).click();
    await page.getByText('没有须修改的地方，可以定稿').waitFor();
    await page.getByRole('button', { name: '定稿，开始签署' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '定稿，开始签署' }).click();
    await page.getByText('还差4人').waitFor();
    await page.getByRole('button', { name: '退回修改' }).click();
    await page.getByText('已有的签名、指印、扫描件登记和链接全部失效').waitFor();
    await shot(page, 'agreement-14-unfreeze');
    await page.getByRole('dialog').getByLabel('理由').fill('付款日写错。');
    await page.getByRole('dialog').getByRole('button', { name: '退回修改' }).click();
    await page.getByLabel('第1条', { exact: true }).waitFor();
    await page.getByRole('button', { name: '撤回协议稿' }).waitFor();

    // Meanwhile the recorder stores another part of the text.
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const recorder = await b.t.as('recorder');
    const { version } = must<{ version: number }>(await recorder.get(`/agreements/${id}`), 200);
    must(
      await recorder.put(
        `/agreements/${id}/content`,
        { facts: '双方就借款和利息发生争议。', clauses: ['双方互相谅解，再无其他争议。'], obligations: [] },
        version,
      ),
      200,
    );
    b.expectStatus(412);
    await page.getByLabel('第1条', { exact: true }).fill('双方互相谅解，不再争执。');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已把双方的修改合在一起').waitFor();
    expect(await page.getByLabel('纠纷主要事实、争议事项').inputValue()).toBe('双方就借款和利息发生争议。');
    expect(await page.getByLabel('第1条', { exact: true }).inputValue()).toBe('双方互相谅解，不再争执。');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已保存', { exact: true }).waitFor();
  });

  it('registers an oral agreement without a paper', async () => {
    const oral = await aMatter(b.t).agreed();
    const page = await b.signIn('mediator', `/matters/${oral.id}?tab=agreement`);
    await page.getByRole('button', { name: '口头协议' }).click();
    await page.getByLabel('纠纷主要事实、争议事项').fill('双方就垃圾堆放发生争议。');
    await page.getByLabel('第1条', { exact: true }).fill('双方今后不在楼道堆放杂物。');
    await page.getByText('没有须修改的地方，可以定稿').waitFor();
    await page.getByRole('button', { name: '登记口头协议' }).click();
    const dialog = page.getByRole('dialog');
    // An hour ago, on the clock of the wall: the test's zone is eight hours ahead.
    const at = new Date(b.t.clock.at().getTime() + 7 * 3_600_000);
    const day = `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
    await dialog.getByLabel('达成的时间').fill(`${day} ${at.toISOString().slice(11, 16)}`);
    await page.keyboard.press('Enter');
    await dialog.getByLabel('地点').fill('光明社区会议室');
    await shot(page, 'agreement-15-oral');
    await dialog.getByRole('button', { name: '登记口头协议' }).click();
    await page.getByText('在光明社区会议室达成').waitFor();
  });

  it('lets a center keep its own clauses', async () => {
    const page = await b.signIn('director', '/clauses');
    await page.getByText('付清欠付租金', { exact: true }).waitFor();
    await shot(page, 'clauses-01');
    await expectAccessible(page);
    await page.getByRole('button', { name: '“付清欠付租金”改用本中心的写法' }).click();
    await page.getByRole('dialog').getByLabel('条款名称').fill('付清租金（本中心）');
    await page.getByRole('dialog').getByRole('button', { name: '新增条款' }).click();
    await page.getByText('付清租金（本中心）').waitFor();
    expect(await page.getByText('付清欠付租金', { exact: true }).count()).toBe(0);
    b.expectQuiet();
  });
});
