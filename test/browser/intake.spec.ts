import type { Locator, Page } from 'playwright-core';
import { World } from '../support/world';
import { type BrowserTest, DESK, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';

jest.setTimeout(240_000);

const NARRATIVE = '楼上卫生间防水层破损，漏水泡坏卧室天花板和衣柜，多次协商未果，要求修好并赔偿。';
/** The pause between two keys of a clerk who types well. */
const KEY_MS = 25;

/** The counter: from the first word to a number, and what becomes of words that were not handed in. */
describe('the counter (real application, real browser)', () => {
  let b: BrowserTest;
  const name = (page: Page): Locator => page.getByLabel('来访人姓名');
  const narrative = (page: Page): Locator => page.getByRole('textbox', { name: '纠纷简要情况' });
  const title = (page: Page): Locator => page.getByRole('textbox', { name: '事项名称' });
  const isKept = async (page: Page): Promise<void> => {
    await page.getByText(/^已暂存/).waitFor();
  };
  const submit = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: '提交登记' }).click();
    await page.getByRole('heading', { name: '登记完成' }).waitFor();
  };
  const counted = async (): Promise<number> =>
    (await b.t.sql<{ n: number }>('select count(*)::int as n from dispute'))[0]?.n ?? 0;
  const open = async (who = 'intake'): Promise<Page> => {
    const page = await b.signIn(who, '/intake/new');
    await name(page).waitFor();
    return page;
  };

  beforeAll(async () => {
    b = await openBrowser();
    const intake = await b.t.as('intake');
    const known = await intake.post('/disputes', {
      centerId: b.t.world.centerId,
      channel: 'visit',
      title: '楼上漏水纠纷',
      disputeType: 'neighbor',
      narrative: NARRATIVE,
      parties: [{ kind: 'person', name: '李建国', side: 'applicant', phone: '13904710001' }],
    });
    expect(known.status).toBe(201);
  });
  afterAll(async () => {
    await b.close();
  });

  it('registers by keyboard alone, in 12 fields and 90 seconds, and hands out number and papers', async () => {
    const page = await open();
    await expectAccessible(page);
    const fields = await page
      .getByRole('form', { name: '登记', exact: true })
      .locator('.el-form-item, legend .el-radio-group')
      .count();
    expect(fields).toBeLessThanOrEqual(12);
    await shot(page, 'intake-empty');

    const started = performance.now();
    const { keyboard } = page;
    const type = async (text: string): Promise<void> => {
      await keyboard.type(text, { delay: KEY_MS });
    };
    const tab = async (times = 1): Promise<void> => {
      for (let i = 0; i < times; i++) await keyboard.press('Tab');
    };
    // The page begins at the visitor's name.
    await type('李建国');
    await tab();
    await type('13904710001');
    await tab();
    await type('11010519491231002X');
    await page.getByText(/女 · 1949年12月31日 · 76岁/).waitFor();
    await tab(2);
    await type('张伟');
    await tab();
    await type('13904710002');
    // Past “other parties” and the source, which is a visit.
    await tab(3);
    await type('相邻');
    await page.getByRole('option', { name: '相邻关系' }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByRole('option', { name: '相邻关系' }).waitFor({ state: 'hidden' });
    // Past the phrases.
    await tab(2);
    await type(NARRATIVE);
    await page.getByRole('complementary', { name: '登记提示' }).getByText('内容相近').waitFor();
    await page.getByText(/电话相同/).waitFor();
    expect(await title(page).inputValue()).toBe('李建国与张伟相邻关系纠纷');
    await shot(page, 'intake-hints');
    await keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: '登记完成' }).waitFor();
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(`\nRegistration: ${fields} fields, ${seconds.toFixed(1)} s by keyboard alone\n`);
    expect(seconds).toBeLessThan(90);

    await page.getByText('新城综治登字〔2026〕2号').waitFor();
    await page.getByRole('region', { name: '分流建议' }).getByText('《人民调解法》第二条').first().waitFor();
    await expectAccessible(page);
    await shot(page, 'intake-registered', { fullPage: true });
    const rows = await b.t.sql<{ name: string; side: string }>(
      "select p.name, p.side from party p join dispute d on d.id = p.dispute_id where d.title like '%相邻关系%' order by p.ordinal",
    );
    expect(rows).toEqual([
      { name: '李建国', side: 'applicant' },
      { name: '张伟', side: 'respondent' },
    ]);
    expect(await b.t.sql("select 1 from draft where key like 'intake:%'")).toEqual([]);
    b.expectQuiet();
  });

  it('prints the receipt and the slip, and tells once what is missing', async () => {
    const page = await open();
    await name(page).fill('王秀英');
    await narrative(page).fill('物业长期不修电梯。');
    await title(page).fill('电梯维修纠纷');
    await submit(page);
    const printed = async (button: string): Promise<void> => {
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        page.getByRole('button', { name: button }).click(),
      ]);
      await popup.close();
    };
    await printed('打印登记回执');
    await printed('打印联系单：王秀英');
    await page.getByRole('button', { name: '出一次性告知单' }).click();
    await page.locator('label').filter({ hasText: '有效身份证件' }).click();
    await page.locator('label').filter({ hasText: '授权委托书' }).click();
    await shot(page, 'intake-notice', { fullPage: true });
    await printed('告知并打印');
    await page.getByText('第1张：有效身份证件、授权委托书').waitFor();
    const papers = await b.t.sql<{ template_id: string }>('select template_id from paper order by issued_at');
    expect(papers.map((p) => p.template_id)).toEqual(
      expect.arrayContaining(['registration-receipt', 'one-time-notice']),
    );
    await page.getByRole('button', { name: '登记告知单签收' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '登记告知单签收' }).click();
    await page.getByText(/王秀英已签收/).waitFor();
    b.expectQuiet();
  });

  it('shows the ways on with their reasons, and takes the chosen one into the triage', async () => {
    const page = await open('dispatcher');
    await name(page).fill('冯十一');
    await narrative(page).fill('邻里噪声，双方愿意调解。');
    await title(page).fill('噪声扰民纠纷');
    await submit(page);
    const advice = page.getByRole('region', { name: '分流建议' });
    await advice.getByText('属民间纠纷，当事人自愿的，可由人民调解委员会免费调解。').waitFor();
    await advice.locator('label').filter({ hasText: '劳动人事争议' }).click();
    await advice.getByText(/劳动争议应先申请劳动仲裁/).waitFor();
    await advice.locator('label').filter({ hasText: '民间纠纷' }).click();
    await advice.locator('label').filter({ hasText: '人民调解' }).click();
    await advice.getByRole('button', { name: '研判' }).click();
    const dialog = page.getByRole('dialog', { name: '研判' });
    await dialog.getByText('人民调解').first().waitFor();
    await dialog.getByRole('combobox', { name: '拟受理的调解委员会' }).click();
    await page.getByRole('option', { name: '新城区光明社区人民调解委员会' }).click();
    await shot(page, 'intake-triage');
    await dialog.getByRole('button', { name: '研判' }).click();
    await page.getByText(/噪声扰民纠纷 · 已研判/).waitFor();
    await advice.getByRole('button', { name: '受理' }).waitFor();
    expect(await b.t.sql("select nature, route from dispute where title = '噪声扰民纠纷'")).toEqual([
      { nature: 'civil', route: 'mediation' },
    ]);
    b.expectQuiet();
  });

  it('uploads what was chosen before the number was given', async () => {
    const page = await open();
    await name(page).fill('赵六');
    await narrative(page).fill('借款不还。');
    await title(page).fill('借款纠纷');
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await page
      .locator('input[type="file"][multiple]')
      .setInputFiles([{ name: '借条.png', mimeType: 'image/png', buffer: png }]);
    await page.getByText('借条.png').waitFor();
    await submit(page);
    await page.getByRole('region', { name: '材料' }).getByRole('listitem').filter({ hasText: '借条.png' }).waitFor();
    await page.getByText(/正在上传/).waitFor({ state: 'detached' });
    expect(await b.t.sql("select evidence_type, form from attachment where file_name = '借条.png'")).toEqual([
      { evidence_type: 'documentary', form: 'photo' },
    ]);
    b.expectQuiet();
  });

  it('shows at each field what the server refuses, and clears nothing', async () => {
    b.expectStatus(422);
    const page = await open();
    await name(page).fill('李建国');
    await page.getByLabel('来访人公民身份号码').fill('110105194912310021');
    await page.getByText(/公民身份号码校验不符/).waitFor();
    await narrative(page).fill('争议一段');
    await page.getByRole('button', { name: '提交登记' }).click();
    await page
      .getByText(/公民身份号码校验不符/)
      .first()
      .waitFor();
    expect(await narrative(page).inputValue()).toBe('争议一段');
    await shot(page, 'intake-refused');
    await narrative(page).fill('');
    await page.getByRole('button', { name: '提交登记' }).click();
    await page.getByText('请填写纠纷简要情况').waitFor();
    await page.goto('about:blank');
    b.expectQuiet();
  });

  describe('words that were not handed in', () => {
    it('survive a reload, saved on the server or not yet', async () => {
      const page = await open();
      await name(page).fill('王秀英');
      await narrative(page).fill('第一段。');
      await isKept(page);
      await page.reload();
      await page.getByText(/已恢复/).waitFor();
      expect(await name(page).inputValue()).toBe('王秀英');
      await narrative(page).fill('第一段。第二段。');
      await page.waitForTimeout(400);
      await page.reload();
      await page.getByText(/已恢复/).waitFor();
      expect(await narrative(page).inputValue()).toBe('第一段。第二段。');
      await shot(page, 'draft-restored');
      // What the server has is not left lying in the browser of a shared desk.
      await isKept(page);
      const left = await page.evaluate<string[]>("Object.keys(localStorage).filter((k) => k.startsWith('draft:'))");
      expect(left).toEqual([]);

      await page.getByRole('link', { name: '我的草稿' }).click();
      await page.getByRole('cell', { name: /^登记：王秀英/ }).waitFor();
      await expectAccessible(page);
      await shot(page, 'drafts');
      await page
        .getByRole('link', { name: /继续填写/ })
        .first()
        .click();
      await page.getByText(/已恢复/).waitFor();
      await page.getByRole('button', { name: '放弃，重新填写' }).click();
      expect(await name(page).inputValue()).toBe('');
      b.expectQuiet();
    });

    it('survive a login that ends while they are typed', async () => {
      b.expectStatus(401);
      const page = await open('dispatcher');
      await name(page).fill('钱七');
      await isKept(page);
      await b.t.sql(
        "update login_session set revoked_at = now(), revoked_reason = 'logged-out' where account_id = $1",
        [b.t.world.account('dispatcher').id],
      );
      await narrative(page).fill('登录到期以后还在写的一段。');
      await page.getByText(/登录已到期：内容已存在本机/).waitFor();
      await title(page).fill('到期纠纷');
      await shot(page, 'draft-signed-out');
      await page.getByRole('button', { name: '提交登记' }).click();
      const dialog = page.getByRole('dialog', { name: /登录已到期/ });
      await dialog.getByLabel('密码').fill(World.PASSWORD);
      await shot(page, 'draft-log-in-again');
      await dialog.getByRole('button', { name: '登录', exact: true }).click();
      await page.getByRole('heading', { name: '登记完成' }).waitFor();
      expect(await b.t.sql("select 1 from dispute where title = '到期纠纷'")).toHaveLength(1);
      b.expectQuiet();
    });

    it('survive a lost network, and one submission is registered once', async () => {
      const page = await open();
      await name(page).fill('孙八');
      await isKept(page);
      await page.context().setOffline(true);
      await narrative(page).fill('断网以后写的一段。');
      await title(page).fill('断网纠纷');
      await page.getByText(/网络中断：内容已存在本机/).waitFor();
      await page.getByRole('button', { name: '提交登记' }).click();
      await page.getByText(/没有提交成功。您填写的内容还在/).waitFor();
      await shot(page, 'draft-offline');
      await page.context().setOffline(false);
      await isKept(page);
      await page.reload();
      await page.getByText(/已恢复/).waitFor();
      expect(await narrative(page).inputValue()).toBe('断网以后写的一段。');
      const before = await counted();
      await submit(page);
      expect(await counted()).toBe(before + 1);
      b.expectQuiet();
    });

    it('of two windows come together, and what both changed is asked', async () => {
      b.expectStatus(412);
      const page = await open();
      await name(page).fill('周九');
      await isKept(page);
      const second = await page.context().newPage();
      second.setDefaultTimeout(30_000);
      await second.goto(page.url());
      await second.getByText(/已恢复/).waitFor();
      expect(await name(second).inputValue()).toBe('周九');

      await narrative(page).fill('第一个窗口写的。');
      await isKept(page);
      await page.waitForTimeout(2500);
      await second.getByLabel('对方姓名').fill('吴十');
      await second.getByText(/填写的内容已经合并到这里/).waitFor();
      expect(await narrative(second).inputValue()).toBe('第一个窗口写的。');
      expect(await second.getByLabel('对方姓名').inputValue()).toBe('吴十');
      await shot(second, 'draft-merged');
      await isKept(second);

      await second.bringToFront();
      await narrative(second).fill('第二个窗口改的。');
      await second.waitForTimeout(3000);
      await narrative(page).fill('第一个窗口又改的。');
      const clash = page.getByRole('alert', { name: '两处填写不一致' });
      await clash.waitFor();
      await clash.getByText('您在另一窗口').waitFor();
      expect(await narrative(page).inputValue()).toBe('第一个窗口又改的。');
      expect(await page.getByLabel('对方姓名').inputValue()).toBe('吴十');
      await shot(page, 'draft-clash');
      await expectAccessible(page);
      await clash.locator('label').filter({ hasText: '两段都留' }).click();
      await clash.getByRole('button', { name: '合并' }).click();
      expect(await narrative(page).inputValue()).toBe('第一个窗口又改的。\n第二个窗口改的。');
      await isKept(page);

      await title(page).fill('两个窗口的纠纷');
      await submit(page);
      await narrative(second).fill('提交以后还在写。');
      await second.getByText(/已经在另一窗口提交或者放弃/).waitFor();
      await shot(second, 'draft-gone');
      expect(await narrative(second).inputValue()).toBe('提交以后还在写。');
      b.expectQuiet();
    });
  });

  it('suits a grid worker with a phone', async () => {
    const page = await b.signIn('grid-worker', '/intake/new', { viewport: PHONE, isTouch: true });
    await name(page).waitFor();
    await page.getByRole('button', { name: '拍照' }).waitFor();
    await expectAccessible(page);
    await shot(page, 'intake-phone', { fullPage: true });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
    await name(page).fill('郑网格');
    await narrative(page).fill('楼道堆物，邻居互不相让。');
    await title(page).fill('楼道堆物纠纷');
    await submit(page);
    await page.getByText('通道综治登字〔2026〕1号').waitFor();
    await shot(page, 'intake-registered-phone', { fullPage: true });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
    expect(await b.t.sql("select handling_unit_id from dispute where title = '楼道堆物纠纷'")).toEqual([
      { handling_unit_id: b.t.world.gridId },
    ]);
    b.expectQuiet();
  });

  it('is readable at twice the size', async () => {
    const page = await b.signIn('intake', '/intake/new', {
      viewport: { width: DESK.width / 2, height: DESK.height / 2 },
    });
    await name(page).waitFor();
    await shot(page, 'intake-zoomed');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(DESK.width / 2);
    b.expectQuiet();
  });
});
