import ExcelJS from 'exceljs';
import { readdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { OutboxDispatcher, uuidv7 } from '../../src/platform/database';
import { type BrowserTest, DESK, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { aMatter, must } from '../support/builders';
import { cutOffs, enlargeText, lostOnPaper, namelessness, walkByTab } from '../support/page-probes';
import { TWO_PARTIES } from '../support/parties';
import { aSlip } from '../support/slips';
import { aSeal, onScreen, view } from '../e2e/agreements/stage';
import { aWhistle } from '../e2e/summons/stage';

jest.setTimeout(240_000);

/** At 200 % a desk of 1366×768 has room for this. */
const ZOOMED = { width: DESK.width / 2, height: DESK.height / 2 };
/** A4 within its margins, in the points of a page. */
const MARGINS = { top: '12mm', right: '10mm', bottom: '12mm', left: '10mm' };
const PAPER = { width: 718, height: 1032 };
const WALL = { width: 1920, height: 1080 };
/** What a failing server says, and what the page must hand on. */
const FAILURE = {
  type: 'about:blank',
  title: '系统内部错误',
  status: 500,
  code: 'internal',
  detail: '系统内部错误，您的操作没有生效。请稍后重试；仍有问题时，把追踪号告诉系统管理员。',
  errors: [],
  traceId: '0123456789abcdef0123456789abcdef',
};
/** What a page asks beside its work: without an answer it stays as it is. */
const BESIDE = /\/api\/(session|notifications|drafts|phrases)(\/|\?|$)/;

interface Records {
  readonly matter: string;
  readonly session: string;
  readonly investigation: string;
  readonly agreement: string;
  readonly whistle: string;
  readonly task: string;
  readonly agency: string;
  readonly meeting: string;
  readonly handOver: string;
  readonly mediator: string;
  readonly round: string;
  readonly review: string;
  readonly subsidyList: string;
  readonly report: string;
  readonly link: string;
  readonly slip: { readonly token: string; readonly code: string };
  readonly verification: string;
  readonly import: string;
}

interface Visit {
  /** Whose page it is, by the key of the account; nobody logs in for a page of the public. */
  readonly as: string | null;
  /** Where it lies with a record of the world in it. */
  readonly at?: (r: Records) => string;
  /** Somebody who has nothing to see there: the page must say so. */
  readonly emptyFor?: string;
}

/** Each route of the router, as the router names it: a page without a visit fails. */
const VISITS: Readonly<Record<string, Visit>> = {
  '/login': { as: null },
  '/password': { as: 'intake' },
  '/:rest(.*)*': { as: 'intake', at: () => '/no-such-page' },
  '/': { as: 'mediator', emptyFor: 'mediator:foreign' },
  '/worklist': { as: 'dispatcher', emptyFor: 'dispatcher:foreign' },
  '/search': { as: 'dispatcher', at: () => '/search?text=漏水', emptyFor: 'dispatcher:foreign' },
  '/matters': { as: 'dispatcher', emptyFor: 'dispatcher:foreign' },
  '/matters/:id': { as: 'mediator', at: (r) => `/matters/${r.matter}` },
  '/matters/:id/preparation': { as: 'mediator', at: (r) => `/matters/${r.matter}/preparation` },
  '/intake/new': { as: 'intake' },
  '/intake/drafts': { as: 'intake', emptyFor: 'duty-leader' },
  '/intake/:id': { as: 'dispatcher', at: (r) => `/intake/${r.matter}` },
  '/sessions': { as: 'mediator' },
  '/sessions/:id': { as: 'mediator', at: (r) => `/sessions/${r.session}` },
  '/investigations/:id': { as: 'mediator', at: (r) => `/investigations/${r.investigation}` },
  '/agreements/:id': { as: 'mediator', at: (r) => `/agreements/${r.agreement}` },
  '/agreements/:id/tablet': { as: 'mediator', at: (r) => `/agreements/${r.agreement}/tablet` },
  '/performance': { as: 'mediator', emptyFor: 'mediator:foreign' },
  '/calendar': { as: 'system-admin' },
  '/clauses': { as: 'director' },
  '/whistles': { as: 'dispatcher', emptyFor: 'dispatcher:foreign' },
  '/whistles/:id': { as: 'dispatcher', at: (r) => `/whistles/${r.whistle}` },
  '/whistles/:id/sign-in': { as: 'dispatcher', at: (r) => `/whistles/${r.whistle}/sign-in` },
  '/agency-duties': { as: 'dispatcher', emptyFor: 'dispatcher' },
  '/roster': { as: 'dispatcher' },
  '/hand-overs': { as: 'mediator', emptyFor: 'archivist' },
  '/hand-overs/:id': { as: 'mediator', at: (r) => `/hand-overs/${r.handOver}` },
  '/director/agency-scores': { as: 'director' },
  '/director/agency-scores/:id': {
    as: 'director',
    at: (r) => `/director/agency-scores/${r.agency}`,
  },
  '/reviews': { as: 'supervisor', emptyFor: 'duty-leader:foreign' },
  '/reviews/rounds/:id': { as: 'supervisor', at: (r) => `/reviews/rounds/${r.round}` },
  '/reviews/:id': { as: 'supervisor', at: (r) => `/reviews/${r.review}` },
  '/subsidies': { as: 'archivist', emptyFor: 'duty-leader:foreign' },
  '/subsidies/:id': { as: 'archivist', at: (r) => `/subsidies/${r.subsidyList}` },
  '/director/mediator-cards': { as: 'director' },
  '/director/mediator-cards/:id': { as: 'director', at: (r) => `/director/mediator-cards/${r.mediator}` },
  '/mediator-card': { as: 'mediator' },
  '/agency/score': { as: 'liaison' },
  '/agency/tasks': { as: 'liaison', emptyFor: 'liaison:foreign' },
  '/agency/tasks/:id': { as: 'liaison', at: (r) => `/agency/tasks/${r.task}` },
  '/meetings/:id': { as: 'dispatcher', at: (r) => `/meetings/${r.meeting}` },
  '/meetings/:id/sign-in': { as: 'dispatcher', at: (r) => `/meetings/${r.meeting}/sign-in` },
  '/helping': { as: 'intake', emptyFor: 'intake' },
  '/agency/meetings': { as: 'liaison', emptyFor: 'liaison:foreign' },
  '/agency/meetings/:id': { as: 'liaison', at: (r) => `/agency/meetings/${r.meeting}` },
  '/arrive/:code?': { as: 'liaison', at: () => '/arrive' },
  '/director/morning': { as: 'director' },
  '/director/watch-list': { as: 'director', emptyFor: 'director:foreign' },
  '/director/figures': { as: 'director' },
  '/director/charts': { as: 'director' },
  '/wall': { as: 'director' },
  '/reports': { as: 'director', emptyFor: 'director:foreign' },
  '/reports/prevention': { as: 'intake', emptyFor: 'director:foreign' },
  '/reports/mappings': { as: 'director' },
  '/reports/:id': { as: 'director', at: (r) => `/reports/${r.report}` },
  '/supervisions': { as: 'director', emptyFor: 'director:foreign' },
  '/alarms': { as: 'director', emptyFor: 'director:foreign' },
  '/visits': { as: 'follow-up', emptyFor: 'duty-leader:foreign' },
  '/exchange/mappings': { as: 'duty-leader' },
  '/exports': { as: 'dispatcher', emptyFor: 'dispatcher:foreign' },
  '/phrases': { as: 'mediator' },
  '/dictionaries': { as: 'duty-leader' },
  '/imports': { as: 'intake' },
  '/imports/:id': { as: 'intake', at: (r) => `/imports/${r.import}` },
  '/manual': { as: null },
  '/admin/accounts': { as: 'security-admin' },
  '/admin/organizations': { as: 'system-admin' },
  '/admin/seals': { as: 'system-admin' },
  '/admin/glyphs': { as: 'system-admin' },
  '/admin/templates': { as: 'duty-leader' },
  '/admin/templates/:id': { as: 'duty-leader', at: () => '/admin/templates/rights-notice' },
  '/admin/audit': { as: 'auditor' },
  '/admin/messages': { as: 'director', emptyFor: 'director:foreign' },
  '/message-settings': { as: 'mediator' },
};

/** The pages of parties, who come with a slip, a link or a paper in the hand. */
const PARTY_VISITS: Readonly<Record<string, (r: Records) => string>> = {
  PortalPage: (r) => `/p/${r.slip.token}`,
  SignPage: (r) => `/sign/${r.link}`,
  VerifyPage: (r) => `/verify/${r.verification}`,
};

const nameOf = (route: string): string => route.replace(/[/:?()*.]+/g, '-').replace(/^-|-$/g, '') || 'home';

describe('every page', () => {
  let b: BrowserTest;
  let records: Records;
  const desks = new Map<string, Promise<Page>>();

  beforeAll(async () => {
    b = await openBrowser();
    b.expectStatus(500);
    records = await prepare();
  });
  afterAll(async () => {
    await b.close();
  });

  async function prepare(): Promise<Records> {
    const { t } = b;
    const { world } = t;
    const mediator = await t.as('mediator');
    await aSeal(t);
    const matter = await aMatter(t)
      .with({ title: '楼上漏水损坏家具纠纷', disputeType: 'neighbor.adjacency', place: '光明小区3号楼' })
      .between(...TWO_PARTIES)
      .agreed();
    const heard = await aMatter(t).assigned();
    for (const point of [
      { kind: 'issue', text: '漏水的原因是防水层破损还是管道老化。' },
      { kind: 'position', partyId: matter.partyIds[0], text: '要求修好并赔偿家具损失。' },
      { kind: 'money', amountFen: 1_200_000, text: '家具损失。' },
    ])
      must(await mediator.post(`/disputes/${matter.id}/preparation-points`, { ring: 'center', ...point }), 201);
    const { id: investigation } = must<{ id: string }>(
      await mediator.post(`/disputes/${heard.id}/investigation-records`, {
        ring: 'mediator',
        mode: 'on-site',
        intervieweeKind: 'party',
        partyId: heard.partyIds[0],
        startedAt: t.clock.at().toISOString(),
        place: '综治中心',
      }),
      201,
    );
    const [obligeeId, obligorId] = matter.partyIds;
    const draft = must<{ id: string; version: number }>(
      await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'written',
        facts: '楼上卫生间漏水，损坏楼下卧室家具。',
        clauses: ['楼上住户修复防水层。', '双方再无其他争议。'],
        obligations: [
          {
            kind: 'payment',
            obligorId,
            obligeeId,
            content: '赔偿家具损失',
            amountFen: 1_200_000,
            dueOn: '2026-12-20',
            place: '银行转账',
            manner: '一次付清',
          },
        ],
      }),
      201,
    );
    const agreedOn = t.clock.at().toISOString().slice(0, 10);
    const { version } = must<{ version: number }>(
      await mediator.post(`/agreements/${draft.id}/electronic-consents`, { partyIds: matter.partyIds, agreedOn }),
      200,
    );
    must(await mediator.post(`/agreements/${draft.id}/freezing`, {}, { ifMatch: version }), 200);
    const { token: link } = must<{ token: string }>(
      await mediator.post(`/agreements/${draft.id}/signing-links`, {
        slot: 'party-2',
        expiresAt: new Date(t.clock.at().getTime() + 86_400_000).toISOString(),
        identityCheck: 'phone-confirmed',
      }),
      201,
    );
    const { contentHash } = await view(mediator, draft.id);
    must(
      await mediator.post(`/agreements/${draft.id}/tablet-signatures`, {
        ...onScreen(t, contentHash),
        slot: 'mediator-1',
        identityCheck: 'own-account',
      }),
      200,
    );
    const whistle = await aWhistle(t, matter.id, [
      { agencyId: world.agencyIds[0], role: 'lead' },
      { agencyId: world.agencyIds[2], role: 'assist' },
    ]);
    const meeting = must<{ id: string }>(
      await (
        await t.as('dispatcher')
      ).post(`/disputes/${matter.id}/meetings`, {
        topic: '商定漏水的修缮办法。',
        place: '二号会议室',
        meetAt: '2026-10-09T09:30:00+08:00',
        rule: 'majority',
        items: ['修缮由谁承担'],
        units: [
          { agencyId: world.agencyIds[0], role: 'lead' },
          { name: '业主委员会', role: 'attend' },
        ],
      }),
      201,
    );
    const director = await t.as('director');
    must(
      await director.post(`/disputes/${matter.id}/oversights`, {
        reason: '请说明进展和下一步安排。',
        answerDueOn: '2026-10-23',
      }),
      201,
    );
    const report = must<{ id: string }>(
      await director.post('/reports', { centerId: world.centerId, form: 'monthly', span: 'month', day: '2026-09-01' }),
      201,
    );
    const intake = await t.as('intake');
    must(
      await intake.put(
        '/drafts/intake:0123456789abcdef',
        {
          title: '登记：王秀英',
          content: '{}',
          resumePath: '/intake/new?draft=0123456789abcdef',
          writer: 'w-1',
          device: 'computer',
        },
        0,
      ),
      200,
    );
    const dispatcher = await t.as('dispatcher');
    must(await dispatcher.post('/exports/matters', { columns: ['registrationNumber', 'title'] }), 202);
    const slip = await aSlip(t, intake, matter.id, matter.partyIds[0]);
    await t.app.get(OutboxDispatcher).drain();
    const { items: papers } = must<{ items: readonly { verificationCode: string }[] }>(
      await mediator.get(`/disputes/${matter.id}/papers`),
      200,
    );
    const book = new ExcelJS.Workbook();
    const template = (await intake.download('/imports/template')).body as Buffer;
    await book.xlsx.load(template as unknown as ArrayBuffer);
    const sheet = book.worksheets[0];
    // The example of the template with a number of its own.
    sheet?.addRow((sheet.getRow(3).values as string[]).slice(1).map((value, i) => (i === 0 ? '2023-001' : value)));
    const ledger = Buffer.from(await book.xlsx.writeBuffer());
    const { id: import_ } = must<{ id: string }>(
      await intake.upload('/imports', { bytes: ledger, name: '2023年台账.xlsx' }, { centerId: world.centerId }),
      201,
    );
    const [round, review, subsidyList] = [uuidv7(), uuidv7(), uuidv7()];
    const [liu, chen] = [world.account('mediator').id, world.account('supervisor').id];
    await t.sql(
      `insert into review_round (id, center_id, title, from_on, to_on, share, at_least, answer_days, excellent_from, passing_from, seed, pool,
         drawn_by, drawn_by_name, drawn_at) values ($1, $2, '第三季度卷宗评查', '2026-07-01', '2026-09-30', 10, 1, 5, 90, 60, 'seed', $3, $4, '陈督办', now())`,
      [
        round,
        world.centerId,
        JSON.stringify([{ mediatorId: liu, mediatorName: '刘调解', disputeIds: [matter.id] }]),
        chen,
      ],
    );
    await t.sql(
      `insert into review_file (id, round_id, dispute_id, volume, ordinal, mediator_id, mediator_name, reviewer_id, reviewer_name, state)
         values ($1, $2, $3, 1, 1, $4, '刘调解', $5, '陈督办', 'drawn')`,
      [review, round, matter.id, liu, chen],
    );
    await t.sql(
      `insert into subsidy_list (id, center_id, from_on, to_on, state, total_fen, made_by, made_by_name, made_at)
         values ($1, $2, '2026-07-01', '2026-09-30', 'draft', 20000, $3, '褚档案', now())`,
      [subsidyList, world.centerId, world.account('archivist').id],
    );
    const { id: handOver } = must<{ id: string }>(
      await director.post(`/centers/${world.centerId}/hand-overs`, {
        leaverId: world.account('mediator').id,
        successorId: world.account('mediator-2').id,
        leavesOn: '2099-01-01',
        reason: '轮驻期满',
      }),
      201,
    );
    return {
      import: import_,
      handOver,
      mediator: liu,
      round,
      review,
      subsidyList,
      report: report.id,
      matter: matter.id,
      session: matter.sessionId,
      investigation,
      agreement: draft.id,
      whistle: whistle.id,
      agency: world.agencyIds[0],
      task: whistle.tasks.find((one) => one.agencyId === world.agencyIds[0])?.id ?? '',
      meeting: meeting.id,
      link,
      slip,
      verification: papers[0]?.verificationCode ?? '',
    };
  }

  /** One desk for each person: pages change, the login stays. */
  async function deskOf(key: string | null): Promise<Page> {
    if (key === null) return b.open('/login');
    const known = desks.get(key) ?? b.signIn(key, '/password');
    desks.set(key, known);
    return known;
  }
  async function go(page: Page, path: string): Promise<void> {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
  }
  const named = (where: string, faults: readonly string[]): string[] => faults.map((fault) => `${where}: ${fault}`);

  /** The looks and the keyboard of the page as it stands, on each screen that it must suit. */
  async function probe(page: Page, name: string): Promise<string[]> {
    const faults = [...(await namelessness(page))];
    await expectAccessible(page).catch((error: unknown) => faults.push(String(error)));
    faults.push(...named('1366', await cutOffs(page)));
    await shot(page, `page-${name}`);
    faults.push(...(await walkByTab(page)));
    for (const [where, size] of [
      ['1920', WALL],
      ['200 %', ZOOMED],
      ['375', PHONE],
    ] as const) {
      await page.setViewportSize(size);
      await page.evaluate('scrollTo(0, 0)');
      faults.push(...named(where, await cutOffs(page)));
      if (where !== '1920') await shot(page, `page-${name}-${where === '375' ? 'phone' : 'zoomed'}`);
    }
    await page.setViewportSize(DESK);
    await enlargeText(page);
    faults.push(...named('large text', await cutOffs(page)));
    await shot(page, `page-${name}-large`);
    return faults;
  }

  /** The server fails, and then is not reached: the page says so calmly, and reads again when asked to. */
  async function break_(page: Page, path: string, name: string): Promise<string[]> {
    const faults: string[] = [];
    const alert = page.getByRole('alert').first();
    let asked = 0;
    await page.route(/\/api\//, (route) => {
      if (BESIDE.test(route.request().url())) return route.continue();
      asked += 1;
      return route.fulfill({ status: 500, contentType: 'application/problem+json', json: FAILURE });
    });
    await go(page, path);
    await shot(page, `page-${name}-failed`);
    if (asked > 0) {
      if (!(await alert.isVisible())) faults.push('says nothing when the server fails');
      else if (!(await alert.innerText()).includes(FAILURE.detail)) faults.push('does not say what the server says');
      faults.push(...named('failed', await namelessness(page)));
      await page.unroute(/\/api\//);
      const retry = page.getByRole('button', { name: '重试' });
      if ((await retry.count()) === 0) faults.push('offers no second try');
      // From the last to the first: whichever has gone away by then, those before it keep their places.
      for (let i = (await retry.count()) - 1; i >= 0; i -= 1)
        await retry
          .nth(i)
          .click({ timeout: 1500 })
          .catch(() => undefined);
      await alert.waitFor({ state: 'hidden' }).catch(() => faults.push('fails again'));

      await page.route(/\/api\//, (route) =>
        BESIDE.test(route.request().url()) ? route.continue() : route.abort('internetdisconnected'),
      );
      await go(page, path);
      await shot(page, `page-${name}-offline`);
      if (!/网络/.test(await page.locator('body').innerText())) faults.push('says nothing when the network is lost');
    }
    await page.unroute(/\/api\//);
    return faults;
  }

  it('is a route of the router with a visit here, and no visit is left over', async () => {
    const page = await deskOf(null);
    const routes = await page.evaluate<string[]>(
      "document.querySelector('#app').__vue_app__.config.globalProperties.$router.getRoutes().map((r) => r.path)",
    );
    expect(Object.keys(VISITS).sort()).toEqual([...new Set(routes)].sort());
    const parties = readdirSync('web/src/party/pages').map((file) => file.replace('.vue', ''));
    expect(Object.keys(PARTY_VISITS).sort()).toEqual(parties.sort());
  });

  it.each(Object.entries(VISITS))('%s', async (route, { as, at, emptyFor }) => {
    const page = await deskOf(as);
    const path = at?.(records) ?? route;
    const name = nameOf(route);
    await go(page, path);
    expect(new URL(page.url()).pathname).toBe(new URL(path, b.url).pathname);
    const faults = [...(await probe(page, name)), ...(await break_(page, path, name))];
    if (emptyFor !== undefined) {
      const other = await deskOf(emptyFor);
      await go(other, path);
      const empty = other.locator('main .empty').first();
      await empty.waitFor().catch(() => faults.push('says nothing when there is nothing'));
      await shot(other, `page-${name}-empty`);
    }
    expect(faults).toEqual([]);
  });

  it('/matters/:id with each of its tabs open', async () => {
    const faults: string[] = [];
    const reader = await deskOf('mediator');
    await go(reader, `/matters/${records.matter}`);
    const tabs = await reader.evaluate<string[]>(
      "[...document.querySelectorAll('[role=tab]')].map((tab) => tab.id.replace(/^tab-/, ''))",
    );
    expect(tabs.length).toBeGreaterThan(10);
    for (const tab of tabs) {
      await go(reader, `/matters/${records.matter}?tab=${tab}`);
      faults.push(...named(tab, await probe(reader, `matter-tab-${tab}`)));
    }
    expect(faults).toEqual([]);
  });

  it.each(Object.entries(PARTY_VISITS))('%s of the parties', async (name, at) => {
    const page = await b.open(at(records), { viewport: PHONE });
    await page.waitForLoadState('networkidle');
    const faults: string[] = [];
    if (name === 'PortalPage') {
      faults.push(...named('entry', await probe(page, 'party-entry')));
      await go(page, at(records));
      await page.getByLabel(/六位查询码/).fill(records.slip.code);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '接下来' }).waitFor();
    }
    faults.push(...(await probe(page, `party-${name}`)), ...(await break_(page, at(records), `party-${name}`)));
    expect(faults).toEqual([]);
  });

  it.each([
    ['/matters/:id', 'mediator'],
    ['/matters/:id/preparation', 'mediator'],
    ['/worklist', 'mediator'],
    ['/director/figures', 'director'],
    ['/agency/tasks/:id', 'liaison'],
  ])('%s on paper', async (route, reader) => {
    const { at } = VISITS[route] ?? {};
    const page = await deskOf(reader);
    await go(page, at?.(records) ?? route);
    await page.pdf({ path: `test/browser/.shots/print-${nameOf(route)}.pdf`, format: 'A4', margin: MARGINS });
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize(PAPER);
    expect(await page.getByRole('navigation', { name: '主菜单' }).isVisible()).toBe(false);
    expect(await lostOnPaper(page)).toEqual([]);
    await page.emulateMedia({ media: null });
    await page.setViewportSize(DESK);
  });

  it('is quiet', () => {
    b.expectQuiet();
  });
});
