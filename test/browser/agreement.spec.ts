import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import request from 'supertest';
import { aSeal, handwriting } from '../e2e/agreements/stage';
import { type BrowserTest, DESK, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter, must } from '../support/builders';
import { jpeg } from '../support/files';
import { residentIdOf } from '../support/parties';

const TABLET = { viewport: { width: 1024, height: 768 }, isTouch: true };
const installed = (program: string): boolean => spawnSync('which', [program]).status === 0;

/** Counts what a person does with the mouse or finger, and what is typed. */
class Hand {
  clicks = 0;
  fields = 0;

  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }

  async fill(target: Locator, text: string): Promise<void> {
    this.fields += 1;
    await target.fill(text);
  }

  /** A value of a select: one click opens it, one chooses. */
  async choose(page: Page, name: string, option: string): Promise<void> {
    this.clicks += 1;
    // What is chosen or asked for lies over the input, as it does for whoever points at it.
    await page.getByRole('combobox', { name }).click({ force: true });
    await this.click(page.getByRole('listbox', { name }).getByRole('option', { name: option, exact: true }));
  }
}

/** Writes something like a name on the pad. */
async function sign(page: Page): Promise<void> {
  const box = await page.locator('canvas.canvas').boundingBox();
  if (box === null) throw new Error('No pad to sign on');
  const { mouse } = page;
  for (const stroke of [0, 1, 2]) {
    const x = box.x + 120 + stroke * 130;
    await mouse.move(x, box.y + 40);
    await mouse.down();
    for (let i = 1; i <= 12; i++) {
      await mouse.move(x + 30 * Math.sin(i / 2), box.y + 40 + i * 11);
      await page.waitForTimeout(16);
    }
    await mouse.up();
  }
}

// Two cores may be shared with other suites.
jest.setTimeout(180_000);

describe('an agreement from the first word to the sealed paper, case B (real application, real browser)', () => {
  let b: BrowserTest;
  let matter: BuiltMatter;
  let folder: string;
  let mediator: Page;
  let agreementUrl: string;
  let link: string;
  const hand = new Hand();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'agreement-'));
    b = await openBrowser();
    // Days pass while pages of earlier tests are still open and ask on: their login has run out by then.
    b.expectStatus(401);
    await aSeal(b.t);
    matter = await aMatter(b.t)
      .with({ title: '手机租赁合同纠纷' })
      .ofType('contract.lease')
      .between(
        {
          kind: 'organization',
          side: 'applicant',
          name: '青城数码租赁有限公司',
          creditCode: '91350100M000100Y43',
          phone: '0471-6612345',
          address: '新城区新华大街60号',
        },
        {
          kind: 'person',
          side: 'respondent',
          name: '乌云毕力格',
          residentId: residentIdOf('20030517', 215),
          phone: '13804711234',
          address: '新城区成吉思汗大街18号',
        },
      )
      .representing(0, {
        kind: 'legal-representative',
        name: '陈宏',
        scope: ['attend', 'receive', 'sign', 'waive'],
        validFrom: '2026-01-01',
      })
      .agreed();
  });
  afterAll(async () => {
    await b.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is written with clauses as data: checked as one types, instalments to the fen, words mended in place', async () => {
    mediator = await b.signIn('mediator', `/matters/${matter.id}?tab=agreement`);
    const page = mediator;
    await page.getByText('还没有协议').waitFor();
    await shot(page, 'agreement-01-tab');
    await hand.click(page.getByRole('button', { name: '书面协议' }));
    await page.waitForURL(/\/agreements\//);
    agreementUrl = new URL(page.url()).pathname;
    await hand.click(page.getByRole('tab', { name: '条款库' }));
    await hand.click(page.getByRole('button', { name: /确认欠租，同意延期/ }));
    await hand.click(page.getByRole('button', { name: /^分期付款，逾期全部到期/ }));
    await hand.click(page.getByRole('button', { name: /继续履行并赔偿/ }));
    await hand.fill(
      page.getByLabel('纠纷主要事实、争议事项'),
      '双方于2026年3月签订手机租赁合同，承租人付了两期租金后未再付款，双方就剩余租金发生争议。',
    );
    const clause = page.getByLabel('第1条', { exact: true });
    await clause.fill('承租人已付的订金抵作租金，剩余租金【金额】分三期付清。');
    await hand.click(page.getByRole('tab', { name: /核对/ }));
    await page.getByText('“【金额】”还没有填写').first().waitFor();
    await shot(page, 'agreement-02-hints');
    await hand.click(page.getByRole('button', { name: '把“订金”改为“预付款”' }));
    expect(await clause.inputValue()).toContain('预付款抵作租金');
    await hand.fill(clause, '承租人已付的预付款抵作租金，剩余租金人民币壹仟捌佰元零壹分分三期付清。');

    await hand.choose(page, '义务人', '乌云毕力格');
    await hand.choose(page, '权利人', '青城数码租赁有限公司');
    await hand.fill(page.getByLabel('金额（元）', { exact: true }), '1800.01');
    await hand.click(page.getByRole('button', { name: '分期付款' }));
    await hand.fill(page.getByLabel('首期付款日'), '2026年10月20日');
    await page.keyboard.press('Enter');
    await hand.click(page.getByRole('button', { name: '生成各期' }));
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

  it('is fixed for signing, and shows at a glance who is missing', async () => {
    const page = mediator;
    await hand.click(page.getByRole('button', { name: '定稿，开始签署' }));
    const dialog = page.getByRole('dialog');
    await dialog.getByText('陈宏（代）').waitFor();
    await shot(page, 'agreement-04-freeze');
    await hand.click(dialog.getByRole('button', { name: '定稿，开始签署' }));
    await page.getByText('还差4人').waitFor();
    await hand.click(page.getByRole('button', { name: '登记各方同意电子签名' }));
    await hand.click(page.getByRole('dialog').getByRole('button', { name: '登记各方同意电子签名' }));
    await page.getByRole('link', { name: '陈宏当场签名' }).waitFor();
    await shot(page, 'agreement-05-plan');
    await expectAccessible(page);
  });

  it('gives the tenant a link that is shown once', async () => {
    const page = mediator;
    const row = page.getByRole('row', { name: /乌云毕力格/ }).first();
    await hand.click(row.getByRole('button', { name: '发出签署链接' }));
    const dialog = page.getByRole('dialog');
    await hand.click(dialog.getByText('向登记的电话核实本人'));
    await hand.click(dialog.getByRole('button', { name: '发出链接' }));
    await dialog.getByText('链接只显示这一次').waitFor();
    await dialog.locator('canvas').waitFor();
    link = await dialog.locator('textarea').inputValue();
    await shot(page, 'agreement-06-link');
    await expectAccessible(page);
    await hand.click(dialog.getByRole('button', { name: '已交给本人，关闭' }));
    await page.getByText('链接已发出，尚未打开').waitFor();
    const token = link.split('/').at(-1) ?? '';
    const asLink = (call: request.Test): request.Test => call.set('Authorization', `Link ${token}`);
    const server = b.t.app.getHttpServer();
    const text = await asLink(request(server).get('/api/signing/agreement'));
    expect(text.status).toBe(200);
    await page.reload();
    await page.getByText('链接已打开，尚未签名').waitFor();
    const signed = await asLink(request(server).post('/api/signing/signature'))
      .set('Idempotency-Key', 'tenant-signs-on-the-phone')
      .send({
        contentHash: (text.body as { contentHash: string }).contentHash,
        strokes: handwriting(7),
        agreesToElectronic: true,
        clientAt: b.t.clock.at().toISOString(),
        secondsSpent: 60,
        scrolledToEnd: true,
      });
    expect([signed.status, signed.text]).toEqual([200, expect.any(String)]);
  });

  it('is signed on one tablet that goes round: read to the end, identity checked, written by hand', async () => {
    const page = await b.signIn('mediator', `${agreementUrl}/tablet`, TABLET);
    await page.getByText('还差3人').waitFor();
    await shot(page, 'agreement-07-roster');
    await expectAccessible(page);
    await hand.click(page.getByRole('button', { name: /陈宏/ }));
    await page.getByRole('heading', { name: '人民调解协议书' }).waitFor();
    await shot(page, 'agreement-08-reading');
    await page.locator('.end').scrollIntoViewIfNeeded();
    await hand.click(page.getByRole('button', { name: '看完了，去签名' }));
    await hand.click(page.getByText('核对证件原件与本人'));
    await sign(page);
    await page.setViewportSize({ width: 768, height: 1024 });
    await page.waitForTimeout(200);
    await shot(page, 'agreement-09-turned');
    await page.setViewportSize({ width: 1024, height: 768 });
    await hand.click(page.getByText('我已阅读（听读）全文'));
    await shot(page, 'agreement-10-signing');
    await expectAccessible(page);
    await hand.click(page.getByRole('button', { name: '提交签名' }));
    await page.getByText('陈宏 已签名').waitFor();

    await hand.click(page.getByRole('button', { name: /刘调解/ }));
    await page.locator('.end').scrollIntoViewIfNeeded();
    await hand.click(page.getByRole('button', { name: '看完了，去签名' }));
    await hand.click(page.getByText('我已阅读（听读）全文'));
    await sign(page);
    await hand.click(page.getByRole('button', { name: '提交签名' }));
    await page.getByText('刘调解 已签名').waitFor();
    await page.context().close();

    const recorder = await b.signIn('recorder', `${agreementUrl}/tablet?slot=recorder`, TABLET);
    await recorder.locator('.end').scrollIntoViewIfNeeded();
    await hand.click(recorder.getByRole('button', { name: '看完了，去签名' }));
    await hand.click(recorder.getByText('我已阅读（听读）全文'));
    await sign(recorder);
    await hand.click(recorder.getByRole('button', { name: '提交签名' }));
    await recorder.getByText('郑记录 已签名').waitFor();
    await recorder.context().close();
  });

  it('takes the seal of the company from the scan of the signed paper', async () => {
    const page = mediator;
    await page.reload();
    await page.getByText('已签名，还缺单位公章').waitFor();
    const row = page.getByRole('row', { name: /陈宏/ }).first();
    await hand.click(row.getByRole('button', { name: '登记纸质签署' }));
    const dialog = page.getByRole('dialog');
    const scan = join(folder, '签署页.jpg');
    writeFileSync(scan, jpeg(600, 800, 'the seal of the company'));
    hand.clicks += 1;
    await dialog.locator('input[type=file]').setInputFiles(scan);
    await shot(page, 'agreement-11-ink');
    await expectAccessible(page);
    await hand.click(dialog.getByRole('button', { name: '登记纸质签署' }));
    await page.getByText('签署齐备，待加盖调委会印章').waitFor();
    await shot(page, 'agreement-12-complete');
  });

  it('is sealed by the committee’s director; the paper is downloaded and holds before other programs', async () => {
    const page = await b.signIn('committee-director', agreementUrl);
    await page.getByText('签署齐备，待加盖调委会印章').waitFor();
    await hand.click(page.getByRole('button', { name: '加盖调委会印章，协议生效' }).first());
    await hand.click(page.getByRole('dialog').getByRole('button', { name: '加盖调委会印章，协议生效' }));
    await page.getByText('还有30天可以共同申请司法确认').waitFor({ timeout: 60_000 });
    await shot(page, 'agreement-13-sealed');
    await expectAccessible(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      hand.click(page.getByRole('button', { name: '下载盖章的协议书' })),
    ]);
    const file = join(folder, 'agreement.pdf');
    await download.saveAs(file);
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
    if (installed('pdfsig')) {
      const report = spawnSync('pdfsig', ['-nocert', file]).stdout.toString('utf8');
      expect(report).toContain('Signature is Valid');
      expect(report).toContain('Total document signed');
    }
    process.stdout.write(
      `\nCase B, from the opened matter to the sealed paper: ${hand.clicks} clicks, ${hand.fields} fields typed\n`,
    );
    expect(hand.clicks).toBeLessThanOrEqual(50);
  });

  it('is performed: recorded, urged, a wrong record struck out', async () => {
    const page = mediator;
    await page.goto(`/matters/${matter.id}?tab=performance`);
    const first = page.getByRole('row', { name: /第1期/ }).first();
    await first.getByRole('button', { name: '登记履行' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('本次金额（元）').inputValue()).toBe('600.00');
    await dialog.getByRole('combobox', { name: '履行方式' }).click({ force: true });
    await page.getByRole('option', { name: '转账' }).click();
    await dialog.getByText('是', { exact: true }).click();
    await shot(page, 'performance-01-record');
    await dialog.getByRole('button', { name: '登记履行' }).click();
    await page.getByText('已履行', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: '冲销履行记录' }).click();
    await page.getByRole('dialog').getByLabel('理由').fill('金额登记错误。');
    await page.getByRole('dialog').getByRole('button', { name: '冲销履行记录' }).click();
    await page.getByText('已冲销：金额登记错误').waitFor();
    await shot(page, 'performance-02-ledger');
    await expectAccessible(page);

    await page.goto('/performance');
    await page.getByRole('row', { name: /第1期/ }).waitFor();
    await page.getByRole('row', { name: /第1期/ }).getByRole('button', { name: '登记督促' }).click();
    await page.getByRole('dialog').getByLabel('情况').fill('电话提醒。');
    await page.getByRole('dialog').getByRole('button', { name: '登记督促' }).click();
    await page.getByRole('row', { name: /第1期/ }).getByText('2026/').nth(1).waitFor();
    await shot(page, 'performance-03-list');
    await expectAccessible(page);
  });

  it('warns that all marks fall when the text is taken back', async () => {
    const other = await aMatter(b.t).agreed();
    const page = await b.signIn('mediator', `/matters/${other.id}?tab=agreement`, { viewport: DESK });
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
