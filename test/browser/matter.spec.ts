import type { Page } from 'playwright-core';
import { OutboxDispatcher } from '../../src/platform/database';
import { type BrowserTest, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter, must } from '../support/builders';
import { hugeFile, jpeg, lockedPdf } from '../support/files';
import { residentIdOf } from '../support/parties';

const NAMES = '赵钱孙李周吴郑王冯陈褚卫';
const TWELVE = Array.from(NAMES).map((sign, i) => ({
  kind: 'person',
  side: i === 0 ? 'applicant' : 'respondent',
  name: `${sign}一鸣`,
  residentId: residentIdOf(`19${60 + i}0101`, 11),
  phone: `1390471${String(1000 + i)}`,
}));

/** The pictures of every tab take their time on a busy machine. */
jest.setTimeout(240_000);

/** The matter page by those who work on it. Real application, real database, real browser. */
describe('the page of a matter', () => {
  let b: BrowserTest;
  let matter: BuiltMatter & { sessionId: string };
  beforeAll(async () => {
    b = await openBrowser();
    matter = await aMatter(b.t)
      .with({
        title: '李家六兄妹遗产纠纷',
        narrative: '父母去世后，六名子女因遗产分配意见不一。',
        requests: '依法分割遗产。',
      })
      .ofType('family.inheritance')
      .inSession();
  });
  afterAll(async () => {
    await b.close();
  });

  const tabOf = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('tab', { name, exact: true }).click();
    await page.waitForLoadState('networkidle');
    await page.locator('[role=tabpanel]:visible > *').first().waitFor();
    await page.locator('.el-skeleton:visible').first().waitFor({ state: 'hidden' });
  };

  /** Opens a select by its keyboard, as its field shows a picture over the box, and takes an option. */
  const choose = async (page: Page, field: string, option: string): Promise<void> => {
    await page.getByRole('combobox', { name: field }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  it('shows a mediator where the matter stands, every tab readable by everyone', async () => {
    const page = await b.signIn('mediator', `/matters/${matter.id}`);
    await page.getByRole('heading', { name: '李家六兄妹遗产纠纷' }).waitFor();
    await tabOf(page, '概况');
    await shot(page, 'matter-overview');
    await expectAccessible(page);
    for (const [i, tab] of (await page.getByRole('tab').allInnerTexts()).entries()) {
      await tabOf(page, tab);
      await shot(page, `matter-tab-${i}`);
      await expectAccessible(page);
    }
    await tabOf(page, '概况');
    await page.getByRole('button', { name: '期限怎么算的' }).click();
    await page.getByRole('list', { name: '正在计算的期限' }).getByText('调解期限').waitFor();
    await page.getByRole('list', { name: '逐日计算' }).waitFor();
    await shot(page, 'matter-deadline');
    await expectAccessible(page);
    b.expectQuiet();
  });

  it('lets a mediator write a note in a ring chosen before the words, and keeps the words over a reload', async () => {
    const page = await b.signIn('mediator', `/matters/${matter.id}?tab=notes`);
    expect(await page.getByLabel(/^内容/).count()).toBe(0);
    await page.getByText('仅调解员可见').click();
    await page.getByLabel(/^内容/).fill('底线是一次付八千。');
    await shot(page, 'matter-note-mediator');
    await expectAccessible(page);
    await page.clock.runFor(2000);
    await page.reload();
    await page.getByRole('button', { name: '恢复' }).click();
    expect(await page.getByLabel(/^内容/).inputValue()).toBe('底线是一次付八千。');
    await page.getByRole('button', { name: /保存笔记/ }).click();
    await page
      .getByRole('list', { name: /工作笔记/ })
      .getByText('底线是一次付八千。')
      .waitFor();
    const clerk = await b.signIn('intake', `/matters/${matter.id}?tab=notes`);
    await clerk.getByText('还没有您能看到的笔记').waitFor();
    expect(await clerk.getByText('仅调解员可见').count()).toBe(0);
    b.expectQuiet();
  });

  it('lets a clerk see a number only after saying why, and takes it away again', async () => {
    const page = await b.signIn('intake', `/matters/${matter.id}?tab=parties`);
    await page.getByRole('button', { name: '1. 赵一鸣' }).click();
    await page.getByText('139****0001').first().waitFor();
    await shot(page, 'matter-party');
    await expectAccessible(page);
    await page.getByRole('button', { name: '查看当事人完整信息' }).click();
    const dialog = page.getByRole('dialog', { name: '查看当事人完整信息' });
    await dialog.getByRole('checkbox', { name: '联系电话' }).focus();
    await page.keyboard.press('Space');
    await dialog.getByLabel('查看目的').fill('电话通知调解时间');
    await dialog.getByRole('button', { name: '查看当事人完整信息' }).click();
    await page.getByText('13904710001').waitFor();
    await shot(page, 'matter-revealed');
    const rows = await b.t.sql<{ purpose: string }>(
      "select body from audit_entry where act = 'parties.reveal' and dispute_id = $1",
      [matter.id],
    );
    expect(rows).toHaveLength(1);
    await page.clock.runFor(121_000);
    await page.getByText('13904710001').waitFor({ state: 'detached' });
    b.expectQuiet();
  });

  it('uploads a photograph into the ring chosen before, and shows it in place', async () => {
    const page = await b.signIn('mediator', `/matters/${matter.id}?tab=evidence`);
    await page.getByRole('button', { name: '上传材料' }).click();
    const dialog = page.getByRole('dialog', { name: '上传材料' });
    expect(await dialog.getByLabel('选择文件').count()).toBe(0);
    await dialog.getByText('中心内部可见').click();
    await dialog
      .getByLabel('选择文件')
      .setInputFiles({ name: '房屋所有权证.jpg', mimeType: 'image/jpeg', buffer: jpeg() });
    await dialog.getByLabel('证明内容').fill('证明房屋登记在父亲名下。');
    await shot(page, 'matter-upload');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: /^上传/ }).click();
    await page.getByRole('button', { name: '房屋所有权证.jpg' }).click();
    await page.getByRole('img', { name: '房屋所有权证.jpg' }).waitFor();
    await shot(page, 'matter-evidence-view');
    b.expectQuiet();
  });

  it('takes no file beyond the limit, and says of one with a password what will come of it', async () => {
    const page = await b.signIn('mediator', `/matters/${matter.id}?tab=evidence`);
    await page.getByRole('button', { name: '上传材料' }).click();
    const dialog = page.getByRole('dialog', { name: '上传材料' });
    await dialog.getByText('中心内部可见').click();
    let sent = 0;
    page.on('request', (request) => (sent += Number(request.method() === 'POST')));
    await dialog.getByLabel('选择文件').setInputFiles(hugeFile('扫描件.pdf'));
    await dialog.getByText('“扫描件.pdf”有200兆字节，超过50兆字节，不能上传。').waitFor();
    expect([sent, await dialog.getByRole('button', { name: /^上传/ }).isDisabled()]).toEqual([0, true]);
    await shot(page, 'matter-upload-too-large');
    await dialog.getByLabel('选择文件').setInputFiles({
      name: '银行流水.pdf',
      mimeType: 'application/pdf',
      buffer: await lockedPdf(),
    });
    await dialog.getByText('不能上传').waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: /^上传/ }).click();
    const told = page.getByRole('dialog', { name: '已上传，请注意' });
    await told.getByText('请另上传一份没有密码的').waitFor();
    await shot(page, 'matter-upload-locked');
    await expectAccessible(page);
    await told.getByRole('button', { name: '知道了' }).click();
    await page
      .getByRole('row', { name: /银行流水/ })
      .getByText('不能装订入卷')
      .waitFor();
    await shot(page, 'matter-evidence-locked');
    b.expectQuiet();
  });

  it('issues a paper with the fields it asks for', async () => {
    b.expectStatus(400);
    const page = await b.signIn('dispatcher', `/matters/${matter.id}?tab=papers`);
    await choose(page, '出具文书', '一次性告知单');
    await page.getByRole('button', { name: '填写并出具' }).click();
    const dialog = page.getByRole('dialog', { name: '出具文书' });
    await dialog.getByLabel('来访人').fill('赵一鸣');
    await dialog.getByText('引导其他途径').click();
    await shot(page, 'matter-issue');
    await dialog.getByRole('button', { name: '出具文书' }).click();
    await dialog.getByText('请填写办理地点和时间').first().waitFor();
    await dialog.getByLabel('办理地点和时间').fill('综治中心一楼综合受理窗口，工作日9时至17时');
    const reason = dialog.getByLabel('理由', { exact: true });
    for (const [words, draft] of [
      ['房屋权属有争议，须先向登记机构查询。', '第1稿'],
      ['房屋权属有争议，须先向不动产登记中心查询。', '第2稿'],
    ] as const) {
      await reason.fill(words);
      await dialog.getByRole('button', { name: '预览草稿' }).click();
      await dialog.getByText(draft, { exact: true }).waitFor();
    }
    expect(await dialog.locator('del').allInnerTexts()).toEqual([expect.stringContaining('机构')]);
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: '打开第1稿' }).click();
    expect((await download).suggestedFilename()).toBe('一次性告知单-第1稿.pdf');
    await dialog.getByRole('button', { name: '照此填写：第1稿' }).click();
    expect(await reason.inputValue()).toContain('登记机构');
    await dialog.getByText('预览过的各稿').scrollIntoViewIfNeeded();
    await shot(page, 'matter-drafts');
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await dialog.getByText('预览过的各稿').scrollIntoViewIfNeeded();
    await shot(page, 'matter-drafts-phone');
    await page.setViewportSize({ width: 1366, height: 768 });
    // The browser's viewer of the draft may still take a click for its own where it was shown before the page moved.
    await dialog.getByRole('button', { name: '出具文书' }).press('Enter');
    await page.getByRole('dialog', { name: '一次性告知单' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '作废文书' }).click();
    await page.getByRole('dialog', { name: '作废文书' }).getByLabel('作废理由').fill('来访人写错。');
    await page.getByRole('dialog', { name: '作废文书' }).getByRole('button', { name: '作废文书' }).click();
    await page.getByRole('cell', { name: /^已作废/ }).waitFor();
    await page.getByText('按第1稿').waitFor();

    await b.t.app.get(OutboxDispatcher).drain();
    await page.reload();
    await page.getByRole('button', { name: '作废副本' }).click();
    await page.getByRole('dialog', { name: '一次性告知单' }).getByText('已作废').waitFor();
    await page.keyboard.press('Escape');
    await choose(page, '出具文书', '一次性告知单');
    await page.getByRole('button', { name: '填写并出具' }).click();
    await dialog.getByRole('button', { name: '照此填写：第2稿' }).click();
    await dialog.getByText('作废：来访人写错。').scrollIntoViewIfNeeded();
    await shot(page, 'matter-issue-anew');
    await dialog.getByRole('button', { name: '出具文书' }).click();
    await page.getByRole('dialog', { name: '一次性告知单' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^替代.*《一次性告知单》/ }).waitFor();
    await page.getByRole('button', { name: /^由.*《一次性告知单》替代/ }).waitFor();
    await shot(page, 'matter-papers');
    b.expectQuiet();
  });

  it('prints a letter of what the record holds: it is chosen, not typed', async () => {
    const urging = { reason: '请安排调解会。', answerDueOn: '2026-12-01' };
    must(await (await b.t.as('supervisor')).post(`/disputes/${matter.id}/urgings`, urging), 201);
    const page = await b.signIn('dispatcher', `/matters/${matter.id}?tab=papers`);
    await choose(page, '出具文书', '催办函');
    await page.getByRole('button', { name: '填写并出具' }).click();
    const dialog = page.getByRole('dialog', { name: '出具文书' });
    await dialog.getByRole('combobox', { name: '催办' }).click();
    await page.getByRole('option', { name: /^催办刘调解/ }).click();
    await shot(page, 'matter-letter');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: '出具文书' }).click();
    await page.getByRole('dialog', { name: '催办函' }).waitFor();
    await page.reload();
    await choose(page, '出具文书', '送达地址确认书');
    await page.getByRole('button', { name: '填写并出具' }).click();
    await dialog.getByRole('combobox', { name: '当事人' }).fill('钱');
    await shot(page, 'matter-letter-address');
    await page.getByRole('option', { name: '钱二妹' }).click();
    b.expectQuiet();
  });

  it('offers the records of a matter by whom they heard, where a paper is about one of them', async () => {
    must(
      await (
        await b.t.as('mediator')
      ).post(`/disputes/${matter.id}/investigation-records`, {
        ring: 'parties',
        mode: 'on-site',
        intervieweeKind: 'party',
        partyId: matter.partyIds[0],
        startedAt: b.t.clock.at().toISOString(),
        place: '综治中心',
      }),
      201,
    );
    const page = await b.signIn('mediator', `/matters/${matter.id}?tab=papers`);
    await choose(page, '出具文书', '人民调解调查记录');
    await page.getByRole('button', { name: '填写并出具' }).click();
    await page.getByRole('dialog', { name: '出具文书' }).getByRole('combobox', { name: '调查记录' }).click();
    await page.getByRole('option', { name: /^第1号/ }).waitFor();
    await shot(page, 'matter-paper-record');
    b.expectQuiet();
  });

  it('asks for a paper only what the record cannot know', async () => {
    const page = await b.signIn('mediator', `/matters/${matter.id}?tab=papers`);
    await choose(page, '出具文书', '卷宗封面');
    await page.getByRole('button', { name: '填写并出具' }).click();
    const dialog = page.getByRole('dialog', { name: '出具文书' });
    await dialog.getByText('保管期限').waitFor();
    expect(await dialog.locator('.el-form-item__label').allInnerTexts()).toEqual([
      '保管期限',
      '立卷人',
      '立卷日期',
      '备注',
    ]);
    await shot(page, 'matter-paper-cover');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: '出具文书' }).click();
    await page.getByRole('dialog', { name: '卷宗封面' }).waitFor();
  });

  it('tells a director what stays closed, and opens it for a reason', async () => {
    const page = await b.signIn('director', `/matters/${matter.id}`);
    await page.getByText('您看到的是事项概要').waitFor();
    expect(await page.getByRole('tab', { name: '当事人', exact: true }).count()).toBe(0);
    await shot(page, 'matter-director');
    await page.getByRole('button', { name: '说明理由查看案情' }).click();
    const dialog = page.getByRole('dialog', { name: '说明理由查看案情' });
    await dialog.getByLabel(/理由/).fill('上级交办，需要了解案情。');
    await dialog.getByRole('button', { name: '说明理由查看案情' }).click();
    await page.getByText('父母去世后，六名子女因遗产分配意见不一。').waitFor();
    await tabOf(page, '操作记录');
    await page.getByText('说明理由查看案情').first().waitFor();
    await shot(page, 'matter-audit');
    b.expectQuiet();
  });

  it('explains calmly why a matter is not there', async () => {
    b.expectStatus(404);
    const page = await b.signIn('mediator-other', `/matters/${matter.id}`);
    await page.getByText('您现在看不到这个事项').waitFor();
    await shot(page, 'matter-hidden');
    await expectAccessible(page);
    b.expectQuiet();
  });

  it('reads ahead what it shows first, and nothing of it twice', async () => {
    const page = await b.signIn('dispatcher', `/matters/${matter.id}?tab=parties`);
    const own = `/api/disputes/${matter.id}`;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.reload();
    await page.getByText(/参加调解/).waitFor();
    await page.waitForLoadState('networkidle');
    expect(asked.filter((path) => [own, `${own}/standing`, `${own}/parties`].includes(path)).sort()).toEqual([
      own,
      `${own}/parties`,
      `${own}/standing`,
    ]);
    expect(asked.indexOf(own)).toBeLessThan(asked.indexOf('/api/notifications/unread-count'));
    b.expectQuiet();
  });

  it('carries twelve parties, each answering at once', async () => {
    const { id } = await aMatter(b.t)
      .with({ title: '十二户供水纠纷', isGroup: true, headcount: 12 })
      .between(...TWELVE)
      .accepted();
    const page = await b.signIn('dispatcher', `/matters/${id}?tab=parties`);
    await page.getByRole('button', { name: '12. 卫一鸣' }).waitFor();
    await shot(page, 'matter-twelve', { fullPage: true });
    await expectAccessible(page);
    const row = page.getByRole('row').filter({ hasText: '12. 卫一鸣' });
    // Work of the page's own thread: what a desk's machine needs, however busy the machine of the tests is.
    const inspector = await page.context().newCDPSession(page);
    await inspector.send('Performance.enable', { timeDomain: 'threadTicks' });
    const worked = async (): Promise<number> => {
      const { metrics } = await inspector.send('Performance.getMetrics');
      return Math.round((metrics.find((m) => m.name === 'TaskDuration')?.value ?? 0) * 1000);
    };
    const before = await worked();
    await row.getByRole('button', { name: '记录调解意愿' }).click();
    const dialog = page.getByRole('dialog', { name: '记录调解意愿' });
    await dialog.getByRole('radio', { name: '同意调解' }).waitFor();
    const took = (await worked()) - before;
    console.info(`twelve parties: ${took} ms of work from the click to the form`);
    expect(took).toBeLessThan(400);
    await dialog.getByText('同意调解', { exact: true }).click();
    await choose(page, '征询方式', '电话');
    await shot(page, 'matter-consent');
    await dialog.getByRole('button', { name: '记录调解意愿' }).click();
    await row.getByText('同意调解').waitFor();
    b.expectQuiet();
  });

  it('is worked by keyboard alone', async () => {
    const page = await b.signIn('mediator', `/matters/${matter.id}`);
    const first = page.getByRole('tab', { name: '概况', exact: true });
    await first.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: /办理流程/ }).waitFor();
    const notes = page.getByRole('tab', { name: '工作笔记', exact: true });
    for (let i = 0; i < 20 && (await notes.getAttribute('aria-selected')) !== 'true'; i += 1) {
      await page.keyboard.press('ArrowRight');
    }
    await page.getByRole('radio', { name: '中心可见' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('已电话联系。');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page
      .getByRole('list', { name: /工作笔记/ })
      .getByText('已电话联系。')
      .waitFor();
    b.expectQuiet();
  });

  it('lists matters by what the desk asks, by pages, with the columns it wants', async () => {
    const intake = await b.t.as('intake');
    for (let i = 0; i < 52; i += 1) {
      must(
        await intake.post('/disputes', {
          centerId: b.t.world.centerId,
          channel: 'petition',
          title: `信访事项${String(i).padStart(2, '0')}`,
          narrative: `信访内容${i}`,
        }),
        201,
      );
    }
    const page = await b.signIn('dispatcher', '/matters');
    await page.getByText('已显示 50 件').waitFor();
    await page.getByLabel('编号或名称').fill('信访事项');
    await page.keyboard.press('Enter');
    await page.waitForURL(/text=/);
    await page.getByRole('button', { name: '再显示 50 件' }).click();
    await page.getByText('已显示 52 件，没有更多了').waitFor();
    await page.keyboard.press('Home');
    await page.evaluate('scrollTo(0, 0)');
    await shot(page, 'matters-list');
    await expectAccessible(page);
    await page.getByRole('button', { name: '显示的列' }).click();
    await page.getByRole('checkbox', { name: '来源渠道' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('columnheader', { name: '来源渠道' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText(/已显示 50 件/).waitFor();
    expect(await page.getByRole('columnheader', { name: '来源渠道' }).count()).toBe(0);
    expect(await page.getByLabel('编号或名称').inputValue()).toBe('信访事项');
    await page.getByRole('button', { name: '重置' }).click();
    await page.waitForURL(/\/matters$/);
    await page.getByLabel('编号或名称').fill('六兄妹');
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByText('李家六兄妹遗产纠纷').waitFor();
    await page.getByText('已显示 1 件').waitFor();
    b.expectQuiet();
  });
});
