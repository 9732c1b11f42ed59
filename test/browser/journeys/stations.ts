import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download } from 'playwright-core';
import { uuidv7 } from '../../../src/platform/database';
import { aSeal } from '../../e2e/agreements/stage';
import { type BrowserTest, openBrowser, shot } from '../../support/browser';
import { jpeg } from '../../support/files';
import { textOf } from '../../support/paper-fixtures';
import { isInstalled } from '../../support/sealing-fixtures';
import { Typist } from '../../support/typist';
import { World } from '../../support/world';

/** Stations of one way: after one that fails the others are not tried, and a picture shows where the way ended. */
export function wayOf(name: string): (station: string, walk: () => Promise<void>) => void {
  let failedAt: string | null = null;
  return (station, walk) => {
    it(station, async () => {
      if (failedAt !== null) throw new Error(`Not reached: it failed where it “${failedAt}”`);
      try {
        await walk();
      } catch (error) {
        failedAt = station;
        if (Typist.lastPage !== null) await shot(Typist.lastPage, `${name}-failed`).catch(() => undefined);
        throw error;
      }
    });
  };
}

/** A center that may begin its day: two rooms, and a committee with its seal. */
export async function openCenter(): Promise<BrowserTest> {
  const b = await openBrowser();
  // Days pass while pages of former stations are still open and ask on: their login has run out by then.
  b.expectStatus(401);
  await aSeal(b.t);
  for (const [i, name] of ['第一调解室', '第二调解室'].entries()) {
    await b.t.sql(
      "insert into center_slot (id, center_id, kind, ordinal, name, valid_from) values ($1, $2, 'room', $3, $4, '2026-01-01')",
      [uuidv7(), b.t.world.centerId, i + 1, name],
    );
  }
  return b;
}

/** Where scans and downloads of a way lie until it ends. */
export function aDesk(): { fileOf: (name: string) => string; scan: (name: string) => string } {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'journey-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const fileOf = (name: string): string => join(folder, name);
  return {
    fileOf,
    scan: (name) => {
      const file = fileOf(`${name}.jpg`);
      writeFileSync(file, jpeg(600, 800, name));
      return file;
    },
  };
}

/** Someone of the center sits down at a computer, or takes a tablet, and logs in. */
export async function sitDown(
  b: BrowserTest,
  key: string,
  path = '/',
  screen: Parameters<BrowserTest['open']>[1] = {},
): Promise<Typist> {
  const page = await b.open(path, screen);
  const k = new Typist(page, () => b.t.clock.at());
  await k.type(page.getByLabel('用户名'), b.t.world.account(key).loginName);
  await k.type(page.getByLabel('密码'), World.PASSWORD);
  await k.key('Enter');
  await page.waitForURL((at) => at.pathname !== '/login');
  await k.settled();
  return k;
}

/** Goes from the list of what waits to the matter. */
export async function openMatter(k: Typist, title: string): Promise<void> {
  await k.press(k.page.getByRole('row', { name: new RegExp(title) }));
  await k.page.getByRole('heading', { name: title }).waitFor();
  await k.settled();
}

/** Goes by a link to the matter, whose title it bears unless told otherwise. */
export async function goToMatter(k: Typist, title: string, link = title): Promise<void> {
  await k.press(k.page.getByRole('link', { name: link }));
  await k.page.getByRole('heading', { name: title }).waitFor();
}

/** Goes from the list of what waits to the agreement of a matter. */
export async function openAgreement(k: Typist, title: string): Promise<void> {
  await openMatter(k, title);
  await turnTo(k, '协议');
  await k.press(k.page.getByRole('link', { name: '打开第1份协议' }));
}

/** A paper to be printed opens in a window of its own. */
export async function printed(k: Typist, name: string): Promise<void> {
  const [popup] = await Promise.all([k.page.waitForEvent('popup'), k.press(k.page.getByRole('button', { name }))]);
  await popup.close();
}

export async function saved(k: Typist, name: string | RegExp): Promise<Download> {
  const [download] = await Promise.all([
    k.page.waitForEvent('download'),
    k.press(k.page.getByRole('button', { name })),
  ]);
  return download;
}

export async function turnTo(k: Typist, tab: string): Promise<void> {
  await k.turnTo(k.page.getByRole('tab', { name: tab, exact: true }));
  await k.page.locator('[role=tabpanel]:visible > *').first().waitFor();
  await k.settled();
}

/** The dispatcher looks at what was registered, sends it to mediation, and accepts it. */
export async function dispatch(b: BrowserTest, title: string, name: string): Promise<Typist> {
  const k = await sitDown(b, 'dispatcher');
  await shot(k.page, `${name}-home`);
  await openMatter(k, title);
  await shot(k.page, `${name}-matter`);
  const advice = k.page.getByRole('region', { name: '分流建议' });
  await k.pick(advice.getByRole('radio', { name: '人民调解' }));
  await k.act(advice.getByRole('button', { name: '研判', exact: true }), async (dialog) => {
    await dialog.getByText('民间纠纷').first().waitFor();
    await k.choose(dialog.getByRole('combobox', { name: '拟受理的调解委员会' }), '新城区光明社区人民调解委员会');
    await k.pick(dialog.getByRole('radiogroup', { name: '已核对疑似重复' }).getByRole('radio', { name: '是' }));
    await shot(k.page, `${name}-triage`);
  });
  await k.act(k.page.getByRole('button', { name: '受理', exact: true }).first());
  await k.page.getByText('已受理').first().waitFor();
  await shot(k.page, `${name}-accepted`);
  return k;
}

/** The head of the committee names who mediates and who keeps the record. */
export async function assign(b: BrowserTest, title: string, name: string): Promise<Typist> {
  const k = await sitDown(b, 'committee-director');
  await openMatter(k, title);
  await turnTo(k, '调解人员');
  for (const [person, capacity] of [
    ['刘调解', '调解主持人'],
    ['郑记录', '记录人'],
  ] as const) {
    await k.act(k.page.getByRole('button', { name: '指派调解员', exact: true }).last(), async (dialog) => {
      await k.choose(dialog.getByRole('combobox', { name: '人员账号' }), person);
      await k.pick(dialog.getByRole('radio', { name: '调委会指定' }));
      await k.pick(dialog.getByRole('radio', { name: capacity }));
      await shot(k.page, `${name}-assign`);
    });
    await k.page.getByRole('row', { name: new RegExp(`${person}.*${capacity}`) }).waitFor();
  }
  await shot(k.page, `${name}-assigned`);
  return k;
}

/** The mediator sits down when the session that was planned is to begin. */
export async function sitDownToMediate(b: BrowserTest): Promise<Typist> {
  b.t.clock.set('2026-09-20T08:30:00+08:00');
  return sitDown(b, 'mediator');
}

/** Opens the session of today, to which everybody comes; what is written down from here on is for all to read. */
export async function beginSession(k: Typist, title: string): Promise<void> {
  const { page } = k;
  await k.press(page.getByRole('link', { name: new RegExp(`08:30 ${title}`) }));
  await page.getByRole('heading', { name: '第1次调解会' }).waitFor();
  await k.act(page.getByRole('button', { name: '开始调解', exact: true }));
  await checkIn(k);
  await k.pick(page.getByRole('radio', { name: /各方可见/ }));
}

/** Everybody who is invited comes. */
async function checkIn(k: Typist): Promise<void> {
  const arrivals = k.page.getByRole('button', { name: /到场$/ });
  await arrivals.first().waitFor();
  for (let left = await arrivals.count(); left > 0; left--) {
    const next = arrivals.first();
    const name = (await next.getAttribute('aria-label')) ?? '';
    await k.press(next);
    await k.page.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' });
  }
}

/** Writes down what somebody said, for everybody to read. */
export async function writeDown(k: Typist, speaker: string, text: string): Promise<void> {
  const { page } = k;
  await k.choose(page.getByLabel('谁说的'), speaker);
  await k.type(page.getByLabel('笔录内容'), text);
  await k.key('Control+Enter');
  await page.getByText(text, { exact: true }).last().waitFor();
}

/** Ends the session in success; each of those who came confirms the record. */
export async function endInSuccess(b: BrowserTest, k: Typist, name: string): Promise<void> {
  const { page } = k;
  b.t.clock.advance(5_400_000);
  await k.act(page.getByRole('button', { name: '结束调解会', exact: true }));
  await k.act(page.getByRole('button', { name: '记录调解结果', exact: true }), async (dialog) => {
    await k.pick(dialog.getByRole('radio', { name: '调解成功' }));
  });
  await page.getByText('已记录结果').waitFor();
  await k.press(page.getByRole('button', { name: '各方核对调解记录', exact: true }));
  await k.handIn('各方核对调解记录', '各方已核对', async (dialog) => {
    for (const group of await dialog.getByRole('radiogroup').all())
      await k.pick(group.getByRole('radio', { name: '看过' }));
    await shot(page, `${name}-confirm`);
  });
  await page.locator('.el-tag', { hasText: '各方已核对' }).waitFor();
  await shot(page, `${name}-confirmed`);
}

/** Begins a written agreement from the matter; answers where it stands. */
export async function beginAgreement(k: Typist): Promise<string> {
  await turnTo(k, '协议');
  await k.press(k.page.getByRole('button', { name: '书面协议', exact: true }));
  await k.page.waitForURL(/\/agreements\//);
  return new URL(k.page.url()).pathname;
}

/** The agreement takes effect. */
export async function seal(k: Typist): Promise<void> {
  await k.act(k.page.getByRole('button', { name: '加盖调委会印章，协议生效' }).first());
  await k.page.getByText('还有30天可以共同申请司法确认').waitFor({ timeout: 60_000 });
}

/** The sealed paper holds before programs that know nothing of this one. */
export async function expectSound(
  download: Download,
  contains: readonly string[],
  lacks: readonly string[] = [],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'journey-'));
  try {
    const file = join(folder, 'agreement.pdf');
    await download.saveAs(file);
    if (isInstalled('pdfsig')) {
      const report = spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }).stdout;
      expect(report).toContain('Signature is Valid');
      expect(report).toContain('Total document signed');
    }
    if (isInstalled('qpdf')) expect(spawnSync('qpdf', ['--check', file]).status).toBe(0);
    if (isInstalled('pdftotext')) {
      const text = textOf(readFileSync(file));
      for (const part of contains) expect(text).toContain(part);
      for (const part of ['未生效', ...lacks]) expect(text).not.toContain(part);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
