import { type BrowserTest, PHONE, expectAccessible, shot } from '../../support/browser';
import { hugeFile } from '../../support/files';
import { Typist, writeByHand } from '../../support/typist';
import { residentIdOf } from '../../support/parties';
import { watchSlips } from '../../support/slips';
import {
  aDesk,
  assign,
  beginAgreement,
  beginSession,
  dispatch,
  endInSuccess,
  expectSound,
  goToMatter,
  openAgreement,
  openCenter,
  openMatter,
  printed,
  saved,
  seal,
  sitDown,
  sitDownToMediate,
  turnTo,
  wayOf,
  writeDown,
} from './stations';

const SHOP = '青城数码租赁有限公司';
const TENANT = '乌云毕力格';
const TITLE = '青城数码租赁有限公司与乌云毕力格租赁合同纠纷';
const TABLET = { viewport: { width: 1024, height: 768 }, isTouch: true };
const ON_PHONE = { viewport: PHONE, isTouch: true };

// Two cores may be shared with other suites.
jest.setTimeout(240_000);

/**
 * From the counter to the sealed agreement, each in front of the own screen, nobody with a mouse; only handwriting is written
 * by hand. Real application, real browser.
 */
describe('case B, a telephone hired and not paid for, from the counter to the sealed agreement', () => {
  const station = wayOf('case-b');
  const desk = aDesk();
  let b: BrowserTest;
  let slip: { token: string; code: string };
  let link: string;
  /** Whoever takes part from the opened matter, in which an agreement is to be written, to the sealed paper. */
  const takers: { k: Typist; then: Typist['tally'] }[] = [];
  const takes = (k: Typist): Typist => {
    takers.push({ k, then: k.tally });
    return k;
  };
  let clerk: Typist;
  let mediator: Typist;
  let agreementPath: string;

  beforeAll(async () => {
    b = await openCenter();
  });
  afterAll(async () => {
    await b.close();
  });

  async function onThePhone(path: string): Promise<Typist> {
    return new Typist(await b.open(path, ON_PHONE), () => b.t.clock.at());
  }
  async function enter(k: Typist): Promise<void> {
    await k.type(k.page.getByLabel(/六位查询码/), slip.code);
    await k.key('Enter');
    await k.page.getByRole('heading', { name: '接下来' }).waitFor();
  }
  const toEnd = async (k: Typist): Promise<void> => {
    await k.key('End');
  };

  station('is registered at the counter in 12 fields and 90 seconds; receipt and slip are handed out', async () => {
    clerk = await sitDown(b, 'intake');
    const { page } = clerk;
    await shot(page, 'case-b-01-home');
    await clerk.press(page.getByRole('link', { name: '快捷登记' }));
    await page.getByLabel('来访人姓名').waitFor();
    const began = performance.now();
    const before = clerk.tally;
    await clerk.pick(page.getByRole('radiogroup', { name: '来访人类别' }).getByRole('radio', { name: '单位' }));
    await clerk.type(page.getByLabel('来访人单位名称'), SHOP);
    await clerk.type(page.getByLabel('来访人联系电话'), '0471-6612345');
    await clerk.type(page.getByLabel('来访人统一社会信用代码'), '91350100M000100Y43');
    await clerk.type(page.getByLabel('对方姓名'), TENANT);
    await clerk.type(page.getByLabel('对方联系电话'), '13804711234');
    await clerk.choose(page.getByRole('combobox', { name: '纠纷类型' }), '租赁合同');
    await clerk.type(
      page.getByRole('textbox', { name: '纠纷简要情况' }),
      '2026年3月通过线上平台租手机给对方，付了两期租金后不再付款，电话不接，人找不到，要求付清剩余租金。',
    );
    await clerk.press(page.getByRole('button', { name: '更多', exact: true }));
    await clerk.type(page.getByLabel('对方证件号码'), residentIdOf('20030517', 215));
    await clerk.type(page.getByLabel('第1位当事人的住址'), '新城区新华大街60号');
    await clerk.type(page.getByLabel('第2位当事人的住址'), '新城区成吉思汗大街18号');
    const title = page.getByRole('textbox', { name: '事项名称' });
    await clerk.until('the title is proposed', async () => (await title.inputValue()) === TITLE);
    await shot(page, 'case-b-02-registration', { fullPage: true });
    await clerk.key('Control+Enter');
    await page.getByRole('heading', { name: '登记完成' }).waitFor();
    const seconds = (performance.now() - began) / 1000;
    // With kind and type, which are chosen.
    const { fields: typed, acts, signs, keys } = clerk.since(before);
    const fields = typed + 2;
    process.stdout.write(
      `\nCase B, registration: ${fields} fields, ${signs} signs, ${acts} acts, ${keys} keys beside the words, ${seconds.toFixed(1)} s\n`,
    );
    expect(fields).toBeLessThanOrEqual(12);
    expect(seconds).toBeLessThan(90);
    await page.getByText('新城综治登字〔2026〕1号').waitFor();
    await clerk.settled();
    await shot(page, 'case-b-03-registered', { fullPage: true });

    const slips = watchSlips(b.t);
    for (const name of ['打印登记回执', `打印联系单：${TENANT}`]) await printed(clerk, name);
    slip = slips.last();
    slips.stop();
    expect(slip.code).toMatch(/^\d{6}$/);
  });

  station('is dispatched and accepted', async () => {
    await dispatch(b, TITLE, 'case-b-04');
  });

  station(
    'is agreed to by both: the company at the counter, the tenant on a phone once his mother has passed it on',
    async () => {
      const { page } = clerk;
      await goToMatter(clerk, TITLE, '打开事项');
      await turnTo(clerk, '当事人');
      const shop = page.getByRole('row', { name: new RegExp(`1\\. ${SHOP}`) });
      const tenant = page.getByRole('row', { name: new RegExp(`2\\. ${TENANT}`) });
      await shot(page, 'case-b-05-parties');
      await clerk.pressIn(shop.getByRole('button', { name: '更多' }), '登记代理人、代表人');
      await clerk.handIn('登记代理人、代表人', '登记代理人、代表人', async (dialog) => {
        await clerk.pick(dialog.getByRole('radio', { name: '法定代表人或负责人' }));
        await clerk.type(dialog.getByLabel('姓名'), '陈宏');
        for (const right of ['参加调解、陈述意见', '代收文书', '签署调解协议', '承认、放弃、变更请求，和解让步'])
          await clerk.tick(dialog.getByRole('checkbox', { name: right }));
        await clerk.typeDay(dialog.getByLabel('代理期限起'), '2026年1月1日');
        await shot(page, 'case-b-06-representative');
      });
      await clerk.act(shop.getByRole('button', { name: '记录调解意愿' }), async (dialog) => {
        await clerk.pick(dialog.getByRole('radio', { name: '本人申请调解' }));
        await clerk.choose(dialog.getByRole('combobox', { name: '征询方式' }), '当面');
        await clerk.choose(dialog.getByRole('combobox', { name: '答复的代理人' }), '陈宏');
        await shot(page, 'case-b-07-consent');
      });
      await clerk.act(shop.getByRole('button', { name: '登记权利义务告知签收' }), async (dialog) => {
        await clerk.pick(dialog.getByRole('radio', { name: '当面宣读并签收' }));
        await clerk.choose(dialog.getByRole('combobox', { name: '代为签收的代理人' }), '陈宏');
      });
      await clerk.pressIn(tenant.getByRole('button', { name: '更多' }), '登记联系记录');
      await clerk.handIn('登记联系记录', '登记联系记录', async (dialog) => {
        await clerk.choose(dialog.getByRole('combobox', { name: '联系方式' }), '电话');
        await clerk.choose(dialog.getByRole('combobox', { name: '联系对象' }), '亲属');
        await clerk.type(dialog.getByLabel('联系人姓名'), '其其格');
        await clerk.type(dialog.getByLabel('联系目的'), '请其母亲转告当事人与中心联系。');
        await clerk.type(dialog.getByLabel('告知的依据'), '当事人登记时预留的紧急联系人。');
        await clerk.choose(dialog.getByRole('combobox', { name: '联系结果' }), '已请他人转告');
        await shot(page, 'case-b-08-contact');
      });

      const phone = await onThePhone(`/p/${slip.token}`);
      await shot(phone.page, 'case-b-09-phone-entry');
      await enter(phone);
      await shot(phone.page, 'case-b-10-phone-matter', { fullPage: true });
      await phone.press(phone.page.getByRole('button', { name: '同意调解', exact: true }));
      await phone.tick(phone.page.getByLabel(/看完或者听清/));
      await phone.press(phone.page.getByRole('button', { name: '签收', exact: true }));
      await phone.page.getByRole('button', { name: '签收', exact: true }).waitFor({ state: 'detached' });
      await shot(phone.page, 'case-b-11-phone-agreed', { fullPage: true });
      await phone.page.context().close();
    },
  );

  station('is assigned by the head of the committee', async () => {
    await assign(b, TITLE, 'case-b-12');
  });

  station('is prepared and a session planned at a free time', async () => {
    const k = await sitDown(b, 'mediator');
    const { page } = k;
    await shot(page, 'case-b-13-mediator-home');
    await openMatter(k, TITLE);
    await turnTo(k, '调解会');
    await k.act(page.getByRole('button', { name: '安排调解会', exact: true }), async (dialog) => {
      await dialog.getByText('2026年9月20日（星期日） 08:30至10:30').waitFor();
      await shot(page, 'case-b-14-plan');
    });
    await page.getByRole('link', { name: '打开第1次调解会' }).waitFor();
    await k.press(page.getByRole('link', { name: '会前准备单' }));
    await page.getByRole('heading', { name: '会前准备单' }).waitFor();
    await k.press(page.getByRole('button', { name: '记入准备单' }));
    await k.pick(page.getByRole('radio', { name: /中心可见/ }));
    await k.type(page.getByLabel('内容', { exact: true }), '剩余租金有多少，能不能分期付。');
    await k.key('Control+Enter');
    await page.locator('.sheet').getByText('剩余租金有多少，能不能分期付。').waitFor();
    await shot(page, 'case-b-15-prepared', { fullPage: true });
    await page.context().close();
  });

  station('is talked over: who came, what was said, what nobody disputes, how it ended', async () => {
    mediator = await sitDownToMediate(b);
    const { page } = mediator;
    await shot(page, 'case-b-16-today');
    await beginSession(mediator, TITLE);
    await writeDown(mediator, SHOP, '剩余租金一千八百元零一分，愿意宽限，分三期付清。');
    await writeDown(mediator, TENANT, '租金没有付是我不对，同意分三期付清。');
    await mediator.type(page.getByLabel('新的无争议事实'), '欠付租金1800.01元。');
    await mediator.press(page.getByRole('button', { name: '记录', exact: true }));
    await page.getByRole('listitem').getByText('欠付租金1800.01元。').waitFor();
    await shot(page, 'case-b-17-session', { fullPage: true });
    await expectAccessible(page);
    await endInSuccess(b, mediator, 'case-b-18');
  });

  station('is written down as an agreement and fixed for signing', async () => {
    const k = mediator;
    const { page } = k;
    await goToMatter(k, TITLE);
    takes(k);
    agreementPath = await beginAgreement(k);
    await k.turnTo(page.getByRole('tab', { name: '条款库' }));
    for (const clause of [/确认欠租，同意延期/, /^分期付款，逾期全部到期/, /继续履行并赔偿/])
      await k.press(page.getByRole('button', { name: clause }));
    await shot(page, 'case-b-20-clauses');
    await k.type(
      page.getByLabel('纠纷主要事实、争议事项'),
      '双方于2026年3月签订手机租赁合同，承租人付了两期租金后未再付款，双方就剩余租金发生争议。',
    );
    await k.type(page.getByLabel('第1条', { exact: true }), '承租人确认欠付租金人民币壹仟捌佰元零壹分，分三期付清。');
    await k.choose(page.getByRole('combobox', { name: '义务人' }), TENANT);
    await k.choose(page.getByRole('combobox', { name: '权利人' }), SHOP);
    await k.type(page.getByLabel('金额（元）', { exact: true }), '1800.01');
    await k.press(page.getByRole('button', { name: '分期付款', exact: true }));
    await k.typeDay(page.getByLabel('首期付款日'), '2026年10月20日');
    await k.press(page.getByRole('button', { name: '生成各期' }));
    await page.getByText('各期合计1,800.01元，与总额一致').waitFor();
    await k.turnTo(page.getByRole('tab', { name: /核对/ }));
    await page.getByText('没有须修改的地方，可以定稿').waitFor();
    await shot(page, 'case-b-21-agreement', { fullPage: true });
    await k.act(page.getByRole('button', { name: '定稿，开始签署' }), async (dialog) => {
      await dialog.getByText('陈宏（代）').waitFor();
      await shot(page, 'case-b-22-fix');
      await expectAccessible(page);
    });
    await page.getByText('还差4人').waitFor();
    await k.act(page.getByRole('button', { name: '登记各方同意电子签名' }));
    await page.getByRole('link', { name: '陈宏当场签名' }).waitFor();
    await shot(page, 'case-b-23-plan');
    await expectAccessible(page);
  });

  station('is signed by the tenant on the own phone through the link that is shown once', async () => {
    const { page } = mediator;
    const row = page.getByRole('row', { name: new RegExp(TENANT) }).first();
    await mediator.press(row.getByRole('button', { name: '发出签署链接' }));
    const dialog = page.getByRole('dialog', { name: '发出签署链接' });
    await mediator.pick(dialog.getByRole('radio', { name: '向登记的电话核实本人' }));
    await mediator.press(dialog.getByRole('button', { name: '发出链接' }));
    await dialog.getByText('链接只显示这一次').waitFor();
    link = await dialog.locator('textarea').inputValue();
    await shot(page, 'case-b-24-link');
    await expectAccessible(page);
    await mediator.press(dialog.getByRole('button', { name: '已交给本人，关闭' }));

    const phone = takes(await onThePhone(new URL(link).pathname));
    await phone.page.getByRole('heading', { name: '人民调解协议书' }).waitFor();
    await shot(phone.page, 'case-b-25-phone-text', { fullPage: true });
    await toEnd(phone);
    await phone.press(phone.page.getByRole('button', { name: '打开签名板' }));
    await writeByHand(phone.page);
    await shot(phone.page, 'case-b-26-phone-pad');
    await expectAccessible(phone.page);
    await phone.press(phone.page.getByRole('button', { name: '写好了' }));
    await phone.tick(phone.page.getByLabel(/同意用电子签名/));
    await shot(phone.page, 'case-b-27-phone-confirm');
    await expectAccessible(phone.page);
    await phone.press(phone.page.getByRole('button', { name: '确认签署' }));
    await phone.page.getByText('签名已收到').waitFor();
    await shot(phone.page, 'case-b-28-phone-signed');
    await phone.page.context().close();
  });

  station('is signed and stamped by the company on paper, from whose scan it is taken', async () => {
    const { page } = mediator;
    const copy = await saved(mediator, '下载待签文本');
    expect(copy.suggestedFilename()).toMatch(/\.pdf$/);
    const row = page.getByRole('row', { name: /陈宏/ }).first();
    await mediator.act(row.getByRole('button', { name: '登记纸质签署' }), async (dialog) => {
      await mediator.attach(dialog.getByLabel(/签署页扫描件/), hugeFile('签署页.pdf'));
      await dialog.getByText('“签署页.pdf”有200兆字节，超过50兆字节，不能上传。').waitFor();
      await shot(page, 'case-b-29-too-large');
      await mediator.attach(dialog.getByLabel(/签署页扫描件/), desk.scan('签署页'));
      await shot(page, 'case-b-29-ink');
      await expectAccessible(page);
    });
    await row.getByText('已签').first().waitFor();
    await shot(page, 'case-b-30-inked');
  });

  station('is signed by mediator and recorder on the tablet, each under the own name', async () => {
    for (const [key, slot, name] of [
      ['mediator', 'mediator-1', '刘调解'],
      ['recorder', 'recorder', '郑记录'],
    ] as const) {
      const k = await sitDown(b, key, `${agreementPath}/tablet`, TABLET);
      const { page } = k;
      takes(k);
      await page.getByRole('button', { name: new RegExp(name) }).waitFor();
      await shot(page, `case-b-31-tablet-${slot}`);
      await k.press(page.getByRole('button', { name: new RegExp(name) }));
      await page.getByRole('heading', { name: '人民调解协议书' }).waitFor();
      await toEnd(k);
      await k.press(page.getByRole('button', { name: '看完了，去签名' }));
      await writeByHand(page);
      await k.tick(page.getByRole('checkbox', { name: /我已阅读/ }));
      // A tablet that is turned in the hand keeps what was written.
      await page.setViewportSize({ width: 768, height: 1024 });
      await shot(page, `case-b-32-turned-${slot}`);
      await page.setViewportSize(TABLET.viewport);
      await expectAccessible(page);
      await k.press(page.getByRole('button', { name: '提交签名' }));
      await page.getByText(`${name} 已签名`).waitFor();
      await page.context().close();
    }
  });

  station('is sealed by the head of the committee; the paper holds before other programs', async () => {
    const k = await sitDown(b, 'committee-director');
    const { page } = k;
    takes(k);
    await openAgreement(k, TITLE);
    await page.getByText('签署齐备，待加盖调委会印章').waitFor();
    await shot(page, 'case-b-33-complete');
    await seal(k);
    await shot(page, 'case-b-34-sealed');
    await expectAccessible(page);
    const paper = await saved(k, '下载盖章的协议书');
    const taken = takers.map((one) => one.k.since(one.then));
    const acts = taken.reduce((sum, one) => sum + one.acts, 0);
    const fields = taken.reduce((sum, one) => sum + one.fields, 0);
    process.stdout.write(
      `\nCase B, from the opened matter to the sealed paper: ${acts} acts, ${fields} fields typed; ` +
        `the mediator: ${mediator.longestWays}\n`,
    );
    expect(acts).toBeLessThanOrEqual(50);
    await expectSound(paper, ['法定代表人（负责人）陈宏', '已在纸质文本上', '¥1,800.01']);
  });

  station('goes home with the tenant, who checks it by its code and as a file', async () => {
    const k = await onThePhone(`/p/${slip.token}`);
    await enter(k);
    await shot(k.page, 'case-b-35-phone-effective', { fullPage: true });
    const file = desk.fileOf('协议书.pdf');
    await (await saved(k, /下载.*协议/)).saveAs(file);
    await k.press(k.page.getByRole('link', { name: /核验真伪.*协议/ }));
    await k.page.getByText('有这份文书，现在有效').waitFor();
    await k.attach(k.page.getByLabel(/选择 PDF 文件/), file);
    await k.page.getByText('与签发原件一字不差').first().waitFor();
    await expectAccessible(k.page);
    await shot(k.page, 'case-b-36-phone-verified', { fullPage: true });
  });

  station('is performed: a payment recorded, a wrong record struck out, the next one urged', async () => {
    const k = await sitDown(b, 'mediator', agreementPath);
    const { page } = k;
    await k.press(page.getByRole('link', { name: '查看履行台账' }));
    await k.act(
      page.getByRole('row', { name: /第1期/ }).first().getByRole('button', { name: '登记履行' }),
      async (dialog) => {
        expect(await dialog.getByLabel('本次金额（元）').inputValue()).toBe('600.00');
        await k.choose(dialog.getByRole('combobox', { name: '履行方式' }), '转账');
        await k.pick(dialog.getByRole('radio', { name: '是', exact: true }));
        await shot(page, 'case-b-37-performance');
      },
    );
    await page.getByText('已履行', { exact: true }).first().waitFor();
    await k.act(page.getByRole('button', { name: '冲销履行记录' }), async (dialog) => {
      await k.type(dialog.getByLabel('理由'), '金额登记错误。');
    });
    await page.getByText('已冲销：金额登记错误').waitFor();
    await shot(page, 'case-b-38-ledger', { fullPage: true });
    await expectAccessible(page);
    await k.press(page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '履行台账' }));
    const next = page.getByRole('row', { name: /第1期/ });
    await k.act(next.getByRole('button', { name: '登记督促' }), async (dialog) => {
      await k.type(dialog.getByLabel('情况'), '电话提醒。');
    });
    await next.getByText('2026/').nth(1).waitFor();
    await shot(page, 'case-b-39-performances');
    await expectAccessible(page);
    b.expectQuiet();
  });
});
