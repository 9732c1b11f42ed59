import type { Page } from 'playwright-core';
import { uuidv7 } from '../../src/platform/database';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import type { BuiltMatter } from '../support/builders';
import { aMatterInMediation } from '../e2e/sessions/stage';

/** A mediator's sessions: planned, held, recorded in three rings and confirmed. Real application, real browser. */
jest.setTimeout(240_000);

describe('sessions of a mediator', () => {
  let b: BrowserTest;
  let matter: BuiltMatter;
  let other: BuiltMatter;
  let sessionPath = '';

  beforeAll(async () => {
    b = await openBrowser();
    for (const [ordinal, name] of ['第一调解室', '第二调解室'].entries()) {
      await b.t.sql(
        "insert into center_slot (id, center_id, kind, ordinal, name, valid_from) values ($1, $2, 'room', $3, $4, '2026-01-01')",
        [uuidv7(), b.t.world.centerId, ordinal + 1, name],
      );
    }
    matter = await aMatterInMediation(
      b.t,
      [
        { kind: 'person', name: '李建国' },
        { kind: 'person', name: '李建军' },
      ],
      {
        title: '李家老房继承纠纷',
        narrative: '父母去世后，两兄弟对老房如何分配争执不下。',
        requests: '平均分配老房。',
      },
    );
    other = await aMatterInMediation(b.t, [
      { kind: 'person', name: '孙大海' },
      { kind: 'person', name: '孙小海' },
    ]);
  });
  afterAll(async () => {
    await b.close();
  });

  const tab = (id: string): string => `/matters/${id}?tab=sessions`;
  const done = async (page: Page): Promise<void> => {
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.waitForLoadState('networkidle');
  };

  it('plans by a free time that the finder proposes, and says why other times will not do', async () => {
    const page = await b.signIn('mediator', tab(matter.id));
    await page.getByRole('button', { name: '安排调解会' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2026年9月20日（星期日） 08:30至10:30').waitFor();
    expect(await dialog.getByRole('radio', { name: /2026年9月/ }).count()).toBe(3);
    await dialog.getByText(/其他时间为什么不行/).click();
    await dialog.getByText(/不上班/).waitFor();
    await shot(page, 'sessions-plan');
    await expectAccessible(page);
    await dialog.getByRole('radio', { name: /星期一.*08:30/ }).check();
    await dialog.getByRole('button', { name: '安排调解会' }).click();
    await done(page);
    await page.getByRole('link', { name: '第1次', exact: true }).waitFor();
    await shot(page, 'sessions-tab');
    await expectAccessible(page);
    const rows = await b.t.sql<{ place: string; starts_at: Date }>(
      'select place, starts_at from mediation_session where dispute_id = $1',
      [matter.id],
    );
    expect(rows).toMatchObject([{ place: '第一调解室' }]);
    expect(rows[0]?.starts_at.toISOString()).toBe('2026-09-21T00:30:00.000Z');
  });

  it('refuses a time at which the mediator is taken, says until when, and keeps what was chosen', async () => {
    b.expectStatus(409);
    const page = await b.signIn('mediator', tab(other.id));
    await page.getByRole('button', { name: '安排调解会' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2026年9月20日（星期日） 08:30至10:30').waitFor();
    await dialog.getByText('自己定时间').click();
    await dialog.getByLabel('开始').fill('2026-09-21T09:00');
    await dialog.getByLabel('结束').fill('2026-09-21T11:00');
    await dialog.getByLabel('地点').fill('光明社区活动室');
    await dialog.getByRole('button', { name: '安排调解会' }).click();
    const alert = dialog.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('刘调解');
    expect(await alert.innerText()).toContain('已有安排');
    expect(await alert.innerText()).not.toContain('李家');
    expect(await dialog.getByLabel('开始').inputValue()).toBe('2026-09-21T09:00');
    await shot(page, 'sessions-clash');
  });

  it('shows the week, a day by room and by mediator, and a list on a phone', async () => {
    const page = await b.signIn('mediator', '/sessions');
    await page.getByLabel('日期').fill('2026-09-21');
    await page.getByRole('link', { name: /李家老房继承纠纷/ }).waitFor();
    await shot(page, 'sessions-week');
    await expectAccessible(page);
    await page.getByText('日（按场所）').click();
    await page.getByRole('heading', { name: '第二调解室' }).waitFor();
    await shot(page, 'sessions-day-rooms');
    await page.getByText('日（按调解员）').click();
    await page.getByRole('heading', { name: '郑记录' }).waitFor();
    const stranger = await b.signIn('mediator-2', '/sessions');
    await stranger.getByText('日（按场所）').click();
    await stranger.getByLabel('日期').fill('2026-09-21');
    await stranger.getByText('已占用').waitFor();
    expect(await stranger.getByText('李家').count()).toBe(0);
    const phone = await b.signIn('mediator', '/sessions', { viewport: PHONE, isTouch: true });
    await phone.getByLabel('日期').fill('2026-09-21');
    await phone.getByRole('link', { name: /李家老房继承纠纷/ }).waitFor();
    await shot(phone, 'sessions-phone');
    await expectAccessible(phone);
  });

  it('checks in by big buttons and writes in three rings by keyboard; another desk does not see the mediator’s', async () => {
    await b.leaveDesks();
    b.t.clock.set('2026-09-21T08:30:00+08:00');
    const page = await b.signIn('mediator', tab(matter.id));
    await page.getByRole('link', { name: '第1次', exact: true }).click();
    await page.getByRole('heading', { name: '第1次调解会' }).waitFor();
    sessionPath = new URL(page.url()).pathname;
    await page.getByRole('button', { name: '登记各方对是否公开的选择' }).click();
    for (const name of ['李建国', '李建军']) {
      await page
        .getByRole('radiogroup', { name: `${name}的选择` })
        .getByText('不公开进行')
        .click();
    }
    await shot(page, 'sessions-publicity');
    await expectAccessible(page);
    await page.getByRole('button', { name: '登记选择' }).click();
    await done(page);
    await page.getByText('李建军：不公开进行').waitFor();
    await shot(page, 'sessions-planned');
    await page.getByRole('button', { name: '开始调解' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '开始调解' }).click();
    await done(page);
    for (const name of ['刘调解', '李建国', '李建军']) {
      await page.getByRole('button', { name: `${name}到场` }).click();
      await page.getByRole('button', { name: `${name}离场` }).waitFor();
    }
    await page.getByRole('button', { name: '郑记录缺席' }).click();
    await page.getByLabel('郑记录缺席原因').fill('另有公务');
    await page.keyboard.press('Enter');
    await page.getByText('缺席：另有公务').waitFor();

    const area = page.getByLabel('笔录内容');
    const frame = page.locator('[aria-label="书写笔录"]');
    expect(await area.isDisabled()).toBe(true);
    const write = async (ring: number, speaker: RegExp, text: string): Promise<void> => {
      await page
        .getByLabel('谁说的')
        .focus()
        .catch(() => undefined);
      await frame.locator('input[type=radio]').first().focus();
      await page.keyboard.press(`Alt+${ring}`);
      const label = await page.getByLabel('谁说的').locator('option', { hasText: speaker }).innerText();
      await page.getByLabel('谁说的').selectOption({ label: label.trim() });
      await area.focus();
      await page.keyboard.insertText(text);
      await page.keyboard.press('Control+Enter');
      await page
        .getByText(ring === 3 ? '内容已遮盖' : text, { exact: true })
        .last()
        .waitFor();
    };
    await write(1, /李建国/, '老房是父母留下的，希望平均分配。');
    await shot(page, 'sessions-ring-parties');
    await write(2, /刘调解/, '李建军情绪激动，休会十分钟。');
    await shot(page, 'sessions-ring-center');
    await write(3, /李建国/, '底线是少分一成。');
    expect(await frame.getAttribute('data-ring')).toBe('mediator');
    await shot(page, 'sessions-ring-mediator', { fullPage: true });
    await expectAccessible(page);

    await page.getByRole('button', { name: /显示仅调解员可见的内容/ }).click();
    await page.getByText('底线是少分一成。').waitFor();

    const desk = await b.signIn('dispatcher', sessionPath);
    await desk.getByText('老房是父母留下的，希望平均分配。').waitFor();
    await desk.getByText('李建军情绪激动，休会十分钟。').waitFor();
    expect(await desk.getByText('底线').count()).toBe(0);
    expect(await desk.getByLabel('笔录内容').count()).toBe(0);
    await shot(desk, 'sessions-seen-by-desk');
  });

  it('keeps half-written words over a reload, in their ring, and lets them go to fewer only', async () => {
    const page = await b.signIn('mediator', sessionPath);
    const frame = page.locator('[aria-label="书写笔录"]');
    await frame.locator('input[type=radio]').nth(1).check();
    await page.getByLabel('笔录内容').fill('写到一半的话');
    await page.getByText(/已暂存/).waitFor();
    await page.reload();
    await page.getByLabel('笔录内容').waitFor();
    await page.waitForFunction(`document.querySelector('[aria-label="笔录内容"]')?.value === '写到一半的话'`);
    expect(await frame.getAttribute('data-ring')).toBe('center');
    expect(await frame.locator('input[type=radio]').nth(0).isDisabled()).toBe(true);
    expect(await frame.locator('input[type=radio]').nth(2).isDisabled()).toBe(false);
    await page.getByLabel('笔录内容').fill('');
    // A passage for the stage of the session, to go on from.
    await page.getByLabel('套用').selectOption({ label: '核对身份、宣布纪律' });
    expect(await page.getByLabel('笔录内容').inputValue()).toContain('核对到会人员身份');
    expect(await page.getByLabel('类别').inputValue()).toBe('procedure');
    await page.getByLabel('笔录内容').fill('');
    expect(await frame.locator('input[type=radio]').nth(0).isDisabled()).toBe(false);
  });

  it('records facts, the result and the confirmation of each party', async () => {
    await b.leaveDesks();
    b.t.clock.advance(5_400_000);
    const page = await b.signIn('mediator', sessionPath);
    await page.getByText(/调解会还没有登记结束时间/).waitFor();
    await page.getByLabel('新的无争议事实').fill('父母均未立遗嘱。\n老房登记在父亲名下。');
    await page.getByRole('button', { name: '记录', exact: true }).click();
    await page.getByText('老房登记在父亲名下。').waitFor();
    await page.getByRole('button', { name: '结束调解会' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '结束调解会' }).click();
    await done(page);
    await page.getByRole('button', { name: '记录调解结果' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('调解成功', { exact: true }).click();
    await dialog.getByRole('button', { name: '记录调解结果' }).click();
    await done(page);
    await page.getByText('已记录结果').waitFor();
    await page.getByRole('button', { name: '各方核对调解记录' }).click();
    const confirming = page.getByRole('dialog');
    await confirming.getByRole('radiogroup', { name: '李建国的核对方式' }).getByText('看过').click();
    expect(await confirming.getByRole('button', { name: '各方已核对' }).isDisabled()).toBe(true);
    await confirming.getByRole('radiogroup', { name: '李建军的核对方式' }).getByText('念过').click();
    await confirming.getByLabel('李建军的说明').fill('见证人社区工作人员云娜');
    await shot(page, 'sessions-confirm');
    await expectAccessible(page);
    await confirming.getByRole('button', { name: '各方已核对' }).click();
    await done(page);
    await page.locator('.el-tag', { hasText: '各方已核对' }).waitFor();
    expect(await page.getByLabel('笔录内容').count()).toBe(0);
    await shot(page, 'sessions-confirmed');
    expect(
      await b.t.sql(
        "select confirmation from session_invitee where dispute_id = $1 and kind = 'party' order by name desc",
        [matter.id],
      ),
    ).toHaveLength(2);
  });

  it('hears one person in a ring chosen first, and prepares by a sheet that keeps to the rings', async () => {
    const page = await b.signIn('mediator', tab(other.id));
    await page.getByRole('button', { name: '开始调查记录' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('地点').isDisabled()).toBe(true);
    await dialog.getByRole('radio', { name: /仅调解员可见/ }).check();
    await dialog.getByLabel('当事人（本人或与之有关的）').selectOption({ label: '孙大海' });
    await dialog.getByLabel('开始时间').fill('2026-09-21T09:00');
    await dialog.getByLabel('地点').fill('孙大海家中');
    await dialog.getByRole('button', { name: '开始调查记录' }).click();
    await page.waitForURL(/\/investigations\//);
    await page.getByLabel('第1条内容').fill('借款是什么时候的事？');
    await page.keyboard.press('Control+Enter');
    await page.getByLabel('第2条内容').fill('2024年3月借的，十万元。');
    await page.getByLabel('结束时间').fill('2026-09-21T09:40');
    await shot(page, 'sessions-investigation');
    await expectAccessible(page);
    await page.getByRole('button', { name: '保存记录' }).click();
    await page.getByRole('button', { name: '被调查人核对' }).waitFor();
    await page.waitForLoadState('networkidle');

    await page.goto(`/matters/${other.id}/preparation`);
    await page.getByText('2024年3月借的，十万元。').waitFor();
    await page.getByRole('button', { name: '记入准备单' }).click();
    await page.getByRole('radio', { name: /中心可见/ }).check();
    await page.getByLabel('内容', { exact: true }).fill('十万元是借款还是合伙出资。');
    await page.getByRole('button', { name: '记入准备单' }).last().click();
    await page.locator('.text', { hasText: '十万元是借款还是合伙出资。' }).waitFor();
    await page.waitForLoadState('networkidle');
    await shot(page, 'sessions-preparation', { fullPage: true });
    await expectAccessible(page);
    await page.emulateMedia({ media: 'print' });
    await shot(page, 'sessions-preparation-print', { fullPage: true });
    // On paper what only the mediator may know is left out unless asked for.
    expect(await page.getByText('2024年3月借的，十万元。').isVisible()).toBe(false);
    expect(await page.getByText('十万元是借款还是合伙出资。').isVisible()).toBe(true);

    const desk = await b.signIn('dispatcher', `/matters/${other.id}/preparation`);
    await desk.getByText('十万元是借款还是合伙出资。').waitFor();
    expect(await desk.getByText('2024年3月借的').count()).toBe(0);
    expect(await desk.getByRole('button', { name: '记入准备单' }).count()).toBe(0);
  });

  it('was quiet all along', () => {
    b.expectQuiet();
  });
});
