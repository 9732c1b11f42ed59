import type { Locator, Page } from 'playwright-core';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { type BuiltMatter, aMatter, must } from '../support/builders';
import { residentIdOf } from '../support/parties';
import { World } from '../support/world';

jest.setTimeout(120_000);

/** What every form of the web must do, whatever its act. Real application, real database, real browser. */
describe('the forms of acts', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    b = await openBrowser();
  });
  afterAll(async () => {
    await b.close();
  });

  /** Types into the picker of a dialog, as one does who knows the name only by its sound. */
  const pick = async (page: Page, field: string, typed: string, option: RegExp): Promise<void> => {
    const box = page.getByRole('dialog').last().getByRole('combobox', { name: field, exact: true });
    await box.click();
    await box.fill(typed);
    await page.getByRole('option', { name: option }).click();
  };

  describe('pickers of people', () => {
    it('offer an administrator who may be registered: by name, by pinyin, by first letters', async () => {
      const page = await b.signIn('system-admin', '/admin/organizations');
      await page.getByRole('tab', { name: '人民调解委员会', exact: true }).click();
      const committee = page.getByRole('row', { name: /新城区物业纠纷人民调解委员会/ });
      await committee.getByRole('button', { name: /委员与调解员/ }).click();
      await page.getByRole('button', { name: '登记调解员' }).click();
      const dialog = page.getByRole('dialog', { name: '登记调解员' });
      const box = dialog.getByRole('combobox', { name: '账号' });
      await box.click();
      await box.fill('liut');
      await page.getByRole('option', { name: /刘调解/ }).waitFor();
      await shot(page, 'forms-pinyin');
      await expectAccessible(page);
      await box.fill('zy');
      await page.getByRole('option', { name: /赵研判/ }).waitFor();
      expect(await page.getByRole('option', { name: /刘调解/ }).isVisible()).toBe(false);
      await pick(page, '账号', '刘', /刘调解/);
      await dialog.getByLabel('姓名').fill('刘调解');
      await dialog.getByRole('radiogroup', { name: '产生方式' }).getByRole('radio').first().click({ force: true });
      await dialog.getByRole('radiogroup', { name: '职务' }).getByRole('radio').first().click({ force: true });
      await dialog.getByLabel('任期起').fill('2026年1月1日');
      await page.keyboard.press('Enter');
      await shot(page, 'forms-register-mediator');
      await dialog.getByRole('button', { name: '登记调解员' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(
        await b.t.sql('select 1 from committee_member where committee_id = $1 and account_id = $2', [
          b.t.world.otherCommitteeId,
          b.t.world.account('mediator').id,
        ]),
      ).toHaveLength(1);
      b.expectQuiet();
    });
  });

  /** A form in the dialog of its act, opened from the head of the matter. */
  const opened = async (page: Page, act: string): Promise<Locator> => {
    const button = page.getByRole('button', { name: act, exact: true });
    if (!(await button.isVisible())) await page.getByRole('button', { name: '更多' }).first().click();
    await page
      .getByRole('button', { name: act, exact: true })
      .or(page.getByRole('menuitem', { name: act }))
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: act });
    await dialog.getByRole('button', { name: act, exact: true }).waitFor();
    return dialog;
  };
  const suspending = async (page: Page, reason: string): Promise<Locator> => {
    const dialog = await opened(page, '中止');
    await dialog.getByRole('combobox', { name: '中止原因' }).click();
    await page.getByRole('option', { name: '鉴定或者评估' }).click();
    await dialog.getByLabel('情况说明').fill(reason);
    return dialog;
  };
  const pauses = (matter: BuiltMatter) =>
    b.t.sql<{ reason: string }>('select reason from mediation_pause where dispute_id = $1', [matter.id]);

  describe('overtaken by somebody else', () => {
    let matter: BuiltMatter;
    beforeAll(async () => {
      b.expectStatus(412);
      matter = await aMatter(b.t)
        .between(
          { kind: 'person', side: 'applicant', name: '赵一鸣' },
          { kind: 'person', side: 'respondent', name: '钱二妹' },
        )
        .assigned();
      await correct({ occupation: '教师', contactThrough: '儿子赵小鸣' }, '补充登记。');
    });

    /** The clerk corrects the first party, from what is there by then. */
    const correct = async (changes: object, reason: string): Promise<void> => {
      const clerk = await b.t.as('intake');
      const [id = ''] = matter.partyIds;
      const { version } = must<{ version: number }>(await clerk.get(`/parties/${id}`), 200);
      const body = { kind: 'person', side: 'applicant', name: '赵一鸣', ...changes, reason };
      must(await clerk.post(`/parties/${id}/corrections`, body, { ifMatch: version }), 200);
    };

    it('merge a corrected record field by field, and ask only what both changed', async () => {
      const page = await b.signIn('mediator', `/matters/${matter.id}?tab=parties`);
      await page.getByRole('button', { name: '1. 赵一鸣' }).click();
      await page.getByRole('button', { name: '更正当事人信息' }).click();
      const dialog = page.getByRole('dialog', { name: '更正当事人信息' });
      await dialog.getByRole('textbox', { name: '职业' }).fill('退休教师');
      await dialog.getByLabel('联系电话').fill('13904710001');
      await dialog.getByLabel('更正理由').fill('本人说明已经退休。');

      await correct({ occupation: '已退休', contactThrough: '女儿赵小芳' }, '家属来电。');
      await dialog.getByRole('button', { name: '更正当事人信息' }).click();
      const note = dialog.getByRole('alert', { name: '内容有变动' });
      await note.getByText(/王敏：更正当事人信息/).waitFor();
      await note.getByText(/女儿赵小芳/).waitFor();
      await note.getByText(/联系电话/).waitFor();
      expect(await dialog.getByLabel('代为联系的人').inputValue()).toBe('女儿赵小芳');
      expect(await dialog.getByRole('textbox', { name: '职业' }).inputValue()).toBe('退休教师');
      await note.scrollIntoViewIfNeeded();
      await shot(page, 'forms-merge');
      await expectAccessible(page);
      await note.getByRole('radio', { name: /已退休/ }).check({ force: true });
      expect(await dialog.getByRole('textbox', { name: '职业' }).inputValue()).toBe('已退休');
      await note.getByRole('radio', { name: /退休教师/ }).check({ force: true });
      await page.setViewportSize(PHONE);
      await note.scrollIntoViewIfNeeded();
      await shot(page, 'forms-merge-phone');
      await dialog.getByRole('button', { name: '合并后提交' }).click();
      await dialog.waitFor({ state: 'detached' });
      const clerk = await b.t.as('intake');
      expect(must(await clerk.get(`/parties/${matter.partyIds[0] ?? ''}`), 200)).toMatchObject({
        name: '赵一鸣',
        occupation: '退休教师',
        contactThrough: '女儿赵小芳',
      });
      b.expectQuiet();
    });

    it('say what happened meanwhile, keep the words, and submit them all the same', async () => {
      const page = await b.signIn('mediator', `/matters/${matter.id}`);
      const dialog = await suspending(page, '委托评估房屋价值。');
      must(await (await b.t.as('intake')).post(`/disputes/${matter.id}/amendments`, { headcount: 3 }), 200);
      await dialog.getByRole('button', { name: '中止', exact: true }).click();
      await dialog.getByText(/王敏：补充登记内容/).waitFor();
      expect(await dialog.getByLabel('情况说明').inputValue()).toBe('委托评估房屋价值。');
      await shot(page, 'forms-overtaken');
      await expectAccessible(page);
      expect(await pauses(matter)).toEqual([]);
      await dialog.getByRole('button', { name: '仍然提交' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await pauses(matter)).toEqual([{ reason: '委托评估房屋价值。' }]);
      b.expectQuiet();
    });

    it('say that an act is over when another has done it, with the words still there', async () => {
      const other = await aMatter(b.t).assigned();
      const page = await b.signIn('mediator', `/matters/${other.id}`);
      const dialog = await suspending(page, '等鉴定意见。');
      const suspension = { ground: 'third-party', reason: '等第三方核价。' };
      must(
        await (await b.t.as('committee-director')).post(`/disputes/${other.id}/mediation/suspension`, suspension),
        200,
      );
      await dialog.getByRole('button', { name: '中止', exact: true }).click();
      await dialog.getByText(/周主任：中止，现为“/).waitFor();
      await dialog.getByText(/现在不能再办理“中止”/).waitFor();
      expect(await dialog.getByRole('button', { name: '仍然提交' }).count()).toBe(0);
      expect(await dialog.getByLabel('情况说明').inputValue()).toBe('等鉴定意见。');
      await shot(page, 'forms-withdrawn');
      expect(await pauses(other)).toEqual([{ reason: '等第三方核价。' }]);
    });

    it('do not trouble anybody with what they did themselves', async () => {
      const own = await aMatter(b.t).assigned();
      const page = await b.signIn('mediator', `/matters/${own.id}`);
      const dialog = await suspending(page, '等鉴定意见。');
      must(await (await b.t.as('mediator')).post(`/disputes/${own.id}/amendments`, { headcount: 3 }), 200);
      await dialog.getByRole('button', { name: '中止', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await pauses(own)).toHaveLength(1);
    });
  });

  it.each([20, -20])('fill in the time of the center at a desk whose clock is %i minutes wrong', async (minutes) => {
    const matter = await aMatter(b.t).accepted();
    const clerk = await b.signIn('intake', '/');
    await clerk.clock.setSystemTime(b.t.clock.at().getTime() + minutes * 60_000);
    await clerk.goto(`/matters/${matter.id}?tab=parties`);
    await clerk.getByRole('button', { name: '记录调解意愿' }).first().click();
    const dialog = clerk.getByRole('dialog', { name: '记录调解意愿' });
    await dialog.getByText('同意调解', { exact: true }).click();
    await dialog.getByRole('combobox', { name: '征询方式' }).click();
    await clerk.getByRole('option', { name: '电话' }).click();
    await dialog.getByRole('button', { name: '记录调解意愿' }).click();
    await dialog.waitFor({ state: 'detached' });
    const [{ askedAt } = { askedAt: '' }] = await b.t.sql<{ askedAt: string }>(
      'select asked_at as "askedAt" from party_consent where party_id = $1',
      [matter.partyIds[0]],
    );
    const late = b.t.clock.at().getTime() - new Date(askedAt).getTime();
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(120_000);
    b.expectQuiet();
  });

  describe('words in them', () => {
    const isKept = (dialog: Locator) => dialog.getByText(/^已暂存/).waitFor();

    it('outlive a reload and a lost answer: sent twice, done once', async () => {
      const matter = await aMatter(b.t).assigned();
      const page = await b.signIn('mediator', `/matters/${matter.id}`);
      let dialog = await suspending(page, '委托评估房屋价值。');
      await isKept(dialog);
      await page.reload();
      dialog = await opened(page, '中止');
      await dialog.getByRole('button', { name: '恢复' }).click();
      expect(await dialog.getByLabel('情况说明').inputValue()).toBe('委托评估房屋价值。');

      // The server has done it, the answer is lost on the way.
      await page.route('**/suspension', async (route) => {
        await route.fetch();
        await route.abort('internetdisconnected');
      });
      await dialog.getByRole('button', { name: '中止', exact: true }).click();
      await dialog.getByText(/网络中断，没有提交成功。您填写的内容还在/).waitFor();
      await shot(page, 'forms-offline');
      await expectAccessible(page);
      expect(await pauses(matter)).toHaveLength(1);
      await page.unroute('**/suspension');
      await dialog.getByRole('button', { name: '中止', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await pauses(matter)).toEqual([{ reason: '委托评估房屋价值。' }]);
      await page.getByRole('button', { name: '恢复', exact: true }).first().waitFor();
      b.expectQuiet();
    });

    it('outlive a login that ends, and another window that was quicker', async () => {
      b.expectStatus(401);
      const matter = await aMatter(b.t).assigned();
      const page = await b.signIn('mediator', `/matters/${matter.id}`);
      const dialog = await suspending(page, '委托评估房屋价值。');
      await isKept(dialog);
      const second = await page.context().newPage();
      await second.goto(page.url());
      const inSecond = await opened(second, '中止');
      await inSecond.getByRole('button', { name: '恢复' }).click();
      expect(await inSecond.getByLabel('情况说明').inputValue()).toBe('委托评估房屋价值。');

      await page.bringToFront();
      await b.t.sql(
        "update login_session set revoked_at = now(), revoked_reason = 'logged-out' where account_id = $1",
        [b.t.world.account('mediator').id],
      );
      await dialog.getByRole('button', { name: '中止', exact: true }).click();
      const login = page.getByRole('dialog', { name: /登录已到期/ });
      await login.getByLabel('密码').fill(World.PASSWORD);
      await login.getByRole('button', { name: '登录', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await pauses(matter)).toEqual([{ reason: '委托评估房屋价值。' }]);

      await second.bringToFront();
      await inSecond.getByLabel('情况说明').fill('委托评估房屋价值，约需两周。');
      await inSecond.getByText(/已经在另一窗口提交或者放弃/).waitFor();
      await inSecond.getByRole('button', { name: '中止', exact: true }).click();
      await inSecond.getByText(/您本人：中止/).waitFor();
      await inSecond.getByText(/现在不能再办理“中止”/).waitFor();
      expect(await inSecond.getByLabel('情况说明').inputValue()).toBe('委托评估房屋价值，约需两周。');
      await shot(second, 'forms-second-window');
      expect(await pauses(matter)).toHaveLength(1);
    });

    it('lie in a draft without the numbers of identity papers, and the form says so', async () => {
      const matter = await aMatter(b.t).registered();
      const page = await b.signIn('intake', `/matters/${matter.id}?tab=parties`);
      const number = residentIdOf('19620304', 17);
      await page.getByRole('button', { name: '登记当事人' }).click();
      let dialog = page.getByRole('dialog', { name: '登记当事人' });
      await dialog.getByLabel('姓名或名称').fill('孙三');
      await dialog.getByLabel('证件号码').fill(number);
      await dialog.getByText(/证件号码不随草稿保存/).waitFor();
      await page.waitForTimeout(400);
      expect(await page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain(
        number,
      );
      await isKept(dialog);
      await page.reload();
      await page.getByRole('button', { name: '登记当事人' }).click();
      dialog = page.getByRole('dialog', { name: '登记当事人' });
      await dialog.getByRole('button', { name: '恢复' }).click();
      expect(await dialog.getByLabel('姓名或名称').inputValue()).toBe('孙三');
      expect(await dialog.getByLabel('证件号码').inputValue()).toBe('');
      b.expectQuiet();
    });
  });
});
