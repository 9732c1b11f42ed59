import { type BrowserTest, expectAccessible, shot } from '../../support/browser';
import type { Typist } from '../../support/typist';
import { SIX_SIBLINGS } from '../../support/parties';
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

const NAMES = SIX_SIBLINGS.map(({ name }) => name);
const [{ name: ELDEST }, { name: SECOND }, , , , { name: LAST }] = SIX_SIBLINGS;
const TITLE = '李家六兄妹遗产纠纷';
/** What one of them said to the mediator alone. */
const SECRET = '底线是拿到五万元，不想让大哥知道。';

jest.setTimeout(240_000);

/**
 * Six heirs, none against another, from the counter to the sealed agreement: each in front of the own screen, nobody with a
 * mouse. By law such an agreement is signed in ink. Real application, real browser.
 */
describe('case A, an estate among six siblings, from the counter to the sealed agreement', () => {
  const station = wayOf('case-a');
  const desk = aDesk();
  let b: BrowserTest;
  let clerk: Typist;
  let mediator: Typist;
  let agreementPath: string;

  beforeAll(async () => {
    b = await openCenter();
  });
  afterAll(async () => {
    await b.close();
  });

  const placeOf = (k: Typist, name: string) => k.page.getByRole('row', { name: new RegExp(name) }).first();

  station('is registered with six parties who stand side by side', async () => {
    clerk = await sitDown(b, 'intake');
    const { page } = clerk;
    await clerk.press(page.getByRole('link', { name: '快捷登记' }));
    await page.getByLabel('来访人姓名').waitFor();
    const before = clerk.tally;
    for (let i = 2; i < NAMES.length; i++) await clerk.press(page.getByRole('button', { name: '＋ 还有其他当事人' }));
    await clerk.tick(page.getByRole('checkbox', { name: '各方并列，不分申请方和被申请方' }));
    for (const [i, { name, phone, residentId }] of SIX_SIBLINGS.entries()) {
      const who = i === 0 ? '来访人' : `当事人${i + 1}`;
      await clerk.type(page.getByLabel(`${who}姓名`), name);
      await clerk.type(page.getByLabel(`${who}联系电话`), phone);
      await clerk.type(page.getByLabel(`${who}公民身份号码`), residentId);
    }
    await clerk.choose(page.getByRole('combobox', { name: '来源渠道' }), '主动排查');
    await clerk.choose(page.getByRole('combobox', { name: '纠纷类型' }), '继承');
    await clerk.type(
      page.getByRole('textbox', { name: '纠纷简要情况' }),
      '父母去世后，六名子女因遗产分配意见不一，四年不相往来。',
    );
    await clerk.type(page.getByRole('textbox', { name: '事项名称' }), TITLE);
    await clerk.press(page.getByRole('button', { name: '更多', exact: true }));
    for (const [i, { address }] of SIX_SIBLINGS.entries())
      await clerk.type(page.getByLabel(`第${i + 1}位当事人的住址`), address);
    await shot(page, 'case-a-01-registration', { fullPage: true });
    await expectAccessible(page);
    await clerk.key('Control+Enter');
    await page.getByRole('heading', { name: '登记完成' }).waitFor();
    await page.getByText('新城综治登字〔2026〕1号').waitFor();
    await clerk.settled();
    await shot(page, 'case-a-02-registered', { fullPage: true });
    const { acts, fields, signs, keys } = clerk.since(before);
    process.stdout.write(
      `\nCase A, registration of six: ${fields} fields, ${signs} signs, ${acts} acts, ${keys} keys beside the words\n`,
    );
    expect(await b.t.sql('select distinct side from party')).toEqual([{ side: null }]);
    await printed(clerk, '打印登记回执');
  });

  station('is dispatched and accepted', async () => {
    await dispatch(b, TITLE, 'case-a-03');
  });

  station('is agreed to by all six at the counter, each told of rights and duties', async () => {
    const { page } = clerk;
    await page.reload();
    const card = page.getByRole('region', { name: '调解意愿' });
    for (const name of NAMES) {
      const line = card.getByRole('listitem').filter({ hasText: name });
      await clerk.act(line.getByRole('button', { name: '记录调解意愿' }), async (dialog) => {
        await clerk.pick(dialog.getByRole('radio', { name: '同意调解' }));
      });
      await clerk.act(line.getByRole('button', { name: '登记权利义务告知签收' }), async (dialog) => {
        await clerk.pick(dialog.getByRole('radio', { name: '当面宣读并签收' }));
      });
      await line.getByText('告知书：已签收').waitFor();
    }
    await shot(page, 'case-a-04-consents', { fullPage: true });
    await goToMatter(clerk, TITLE, '打开事项');
    await turnTo(clerk, '当事人');
    await shot(page, 'case-a-05-matrix', { fullPage: true });
    await expectAccessible(page);
  });

  station('is assigned by the head of the committee', async () => {
    await assign(b, TITLE, 'case-a-06');
  });

  station(
    'is prepared: one is heard alone, a lawyer invited with the consent of all, a quiet place found',
    async () => {
      const k = await sitDown(b, 'mediator');
      const { page } = k;
      await openMatter(k, TITLE);
      await turnTo(k, '调解会');
      await k.act(page.getByRole('button', { name: '开始调查记录' }), async (dialog) => {
        await k.pick(dialog.getByRole('radio', { name: /仅调解员可见/ }));
        await k.choose(dialog.getByLabel('当事人（本人或与之有关的）'), LAST);
        await k.type(dialog.getByLabel('地点'), `${LAST}家中`);
        await shot(page, 'case-a-07-hearing');
      });
      await page.waitForURL(/\/investigations\//);
      await k.type(page.getByLabel('第1条内容'), '您对分配有什么想法？');
      await k.key('Control+Enter');
      await k.type(page.getByLabel('第2条内容'), SECRET);
      await k.press(page.getByRole('button', { name: '保存记录' }));
      await k.settled();
      await shot(page, 'case-a-08-heard');
      await goToMatter(k, TITLE);

      await k.act(page.getByRole('button', { name: '邀请参与人', exact: true }), async (dialog) => {
        await k.choose(dialog.getByRole('combobox', { name: '参与人类别' }), '律师');
        await k.type(dialog.getByLabel('姓名'), '白雪');
        await k.type(dialog.getByLabel('单位'), '新城区法律援助中心');
        await k.type(dialog.getByLabel('邀请的目的'), '讲解民法典继承编，现场答疑');
      });
      await k.act(page.getByRole('button', { name: '登记各方对邀请的意见' }), async (dialog) => {
        for (const name of NAMES)
          await k.pick(
            dialog.getByRole('radiogroup', { name: `${name}的意见` }).getByRole('radio', { name: '同意', exact: true }),
          );
        await shot(page, 'case-a-09-lawyer');
        await expectAccessible(page);
      });
      await page.getByText('各方都同意').waitFor();
      await k.act(page.getByRole('button', { name: '安排调解会', exact: true }), async (dialog) => {
        await k.type(dialog.getByLabel(/^地点/), '光明社区活动室');
        await k.press(dialog.getByRole('button', { name: /与会人员/ }));
        await k.tick(dialog.getByRole('checkbox', { name: /白雪/ }));
        await dialog.getByText('2026年9月20日（星期日） 08:30至10:30').waitFor();
        await shot(page, 'case-a-10-plan');
      });
      await page.getByRole('link', { name: '打开第1次调解会' }).waitFor();
      await shot(page, 'case-a-11-planned', { fullPage: true });
      await k.press(page.getByRole('link', { name: '会前准备单' }));
      await page.getByRole('heading', { name: '会前准备单' }).waitFor();
      await page.getByText(SECRET).waitFor();
      await shot(page, 'case-a-12-prepared', { fullPage: true });
      await page.context().close();
    },
  );

  station('is talked over by six and the lawyer, and ends in agreement', async () => {
    mediator = await sitDownToMediate(b);
    const k = mediator;
    await beginSession(k, TITLE);
    await writeDown(k, '白雪', '没有遗嘱的，第一顺序继承人一般均等。');
    for (const name of NAMES) await writeDown(k, name, `${name}：愿意平均分配，互相恢复往来。`);
    await shot(k.page, 'case-a-13-session', { fullPage: true });
    await endInSuccess(b, k, 'case-a-14');
  });

  station('is written down as an agreement of six, a payment to each copied from the first, and fixed', async () => {
    const k = mediator;
    const { page } = k;
    await goToMatter(k, TITLE);
    const before = k.tally;
    agreementPath = await beginAgreement(k);
    await k.type(
      page.getByLabel('纠纷主要事实、争议事项'),
      '六名当事人系兄弟姐妹。父母去世后遗有存款人民币叁拾陆万元，未立遗嘱，因分配意见不一发生争议。',
    );
    await k.type(page.getByLabel('第1条', { exact: true }), '父母名下存款由六名当事人各得六分之一。');
    await k.press(page.getByRole('button', { name: '增加一条' }));
    await k.type(page.getByLabel('第2条', { exact: true }), '父母名下房屋归李建国所有。');
    await k.press(page.getByRole('button', { name: '增加履行事项' }));
    await k.choose(page.getByRole('combobox', { name: '义务人' }), ELDEST);
    await k.choose(page.getByRole('combobox', { name: '权利人' }), SECOND);
    await k.type(page.getByLabel('履行内容'), '支付存款应继承份额');
    await k.type(page.getByLabel('金额（元）', { exact: true }), '60000');
    await k.typeDay(page.getByLabel('履行期限'), '2026年10月15日');
    await k.type(page.getByLabel('履行地点'), '汇入本人银行账户');
    await k.type(page.getByLabel('履行方式'), '银行转账，一次付清');
    for (const [i, name] of NAMES.slice(2).entries()) {
      await k.press(page.getByRole('button', { name: `照此再加一项，照第${i + 1}项` }));
      await k.choose(page.getByRole('group', { name: `第${i + 2}项` }).getByRole('combobox', { name: '权利人' }), name);
    }
    await k.turnTo(page.getByRole('tab', { name: /核对/ }));
    await page
      .getByText(/司法确认/)
      .first()
      .waitFor();
    await shot(page, 'case-a-15-checked', { fullPage: true });
    await expectAccessible(page);
    // What a court does not confirm goes into an agreement of its own.
    await k.type(page.getByLabel('第2条', { exact: true }), '六名当事人就该存款再无其他争议，互相恢复往来。');
    await page.getByText('没有须修改的地方，可以定稿').waitFor();
    await k.act(page.getByRole('button', { name: '定稿，开始签署' }), async () => {
      await shot(page, 'case-a-16-fix');
    });
    await page.getByText('还差8人').waitFor();
    await shot(page, 'case-a-17-plan', { fullPage: true });
    const { acts, fields } = k.since(before);
    process.stdout.write(
      `\nCase A, from the opened matter to the fixed text: ${acts} acts, ${fields} fields typed; ${k.longestWays}\n`,
    );
    // An inheritance is not signed on a screen (E-signature Law art. 3): nobody is offered it.
    await page.getByText(/电子签名法第三条/).waitFor();
    expect(await page.getByRole('link', { name: /当场签名/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /签署链接|同意电子签名/ }).count()).toBe(0);
  });

  station('is signed in ink by five; the sixth wants a day to think', async () => {
    const k = mediator;
    const { page } = k;
    const copy = await saved(k, '下载待签文本');
    expect(copy.suggestedFilename()).toMatch(/\.pdf$/);
    await k.act(page.getByRole('button', { name: '登记纸质签署' }).first(), async (dialog) => {
      await k.attach(dialog.getByLabel(/签署页扫描件/), desk.scan('签署页一'));
      for (const name of [LAST, '刘调解', '郑记录'])
        await k.tick(dialog.getByRole('checkbox', { name: new RegExp(`^${name}`) }));
      await k.type(dialog.getByLabel('见证人'), '社区工作人员云娜');
      await shot(page, 'case-a-18-ink');
      await expectAccessible(page);
    });
    await page.getByText('还差3人').waitFor();
    await k.act(placeOf(k, LAST).getByRole('button', { name: '登记拒签' }), async (dialog) => {
      await k.type(dialog.getByLabel('拒签理由'), '想再考虑一天。');
    });
    await page.getByText('想再考虑一天。').first().waitFor();
    await shot(page, 'case-a-19-refused', { fullPage: true });
    await page.context().close();
  });

  station('is signed by the sixth a day later, and by those who mediated', async () => {
    b.t.clock.advanceDays(1);
    const k = await sitDown(b, 'mediator');
    const { page } = k;
    await openAgreement(k, TITLE);
    await k.act(page.getByRole('button', { name: '恢复签署' }).first(), async (dialog) => {
      await k.type(dialog.getByRole('textbox').first(), `${LAST}表示愿意签。`);
    });
    await k.act(page.getByRole('button', { name: '登记纸质签署' }).first(), async (dialog) => {
      await k.attach(dialog.getByLabel(/签署页扫描件/), desk.scan('签署页二'));
      await shot(page, 'case-a-20-ink-last');
    });
    await page.getByText('签署齐备，待加盖调委会印章').waitFor();
    await shot(page, 'case-a-21-complete', { fullPage: true });
    await page.context().close();
  });

  station('is sealed by the head of the committee, seven of a kind, and holds before other programs', async () => {
    const k = await sitDown(b, 'committee-director');
    const { page } = k;
    await openAgreement(k, TITLE);
    await page.waitForURL(agreementPath);
    await seal(k);
    await shot(page, 'case-a-22-sealed', { fullPage: true });
    await expectSound(
      await saved(k, '下载盖章的协议书'),
      [...NAMES, '本协议一式七份', '以上金额合计人民币叁拾万元整（¥300,000.00）', '已在纸质文本上签名、按指印'],
      ['底线'],
    );
    b.expectQuiet();
  });
});
