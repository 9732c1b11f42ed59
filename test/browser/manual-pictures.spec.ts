import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { type BuiltMatter, aMatter, must } from '../support/builders';
import { type BrowserTest, DESK, PHONE, openBrowser } from '../support/browser';
import { choose, press } from '../support/keyboard';
import { residentIdOf } from '../support/parties';
import { aSlip } from '../support/slips';
import type { Caller } from '../support/test-app';
import { type Standing, aSeal, onScreen } from '../e2e/agreements/stage';
import { tellAYear } from '../e2e/statistics/a-year';
import { OutboxDispatcher } from '../../src/platform/database';

/** The pictures of the repository are taken on purpose only; every long run takes them to see that they still can be. */
const IMAGES = process.env['WRITE_DOCS'] === 'yes' ? 'docs/manual/images' : 'test/browser/.shots/manual';
/** What a repository carries for one picture (test/unit/manual.spec.ts). */
const MOST_BYTES = 150_000;

const PEOPLE = {
  zhao: { kind: 'person', side: 'applicant', name: '赵春生', residentId: residentIdOf('19620310', 31) },
  qian: { kind: 'person', side: 'respondent', name: '钱桂兰', residentId: residentIdOf('19710822', 42) },
  sun: { kind: 'person', side: 'applicant', name: '孙志强', residentId: residentIdOf('19850119', 53) },
  li: { kind: 'person', side: 'respondent', name: '李国栋', residentId: residentIdOf('19790605', 77) },
} as const;
const phones = { zhao: '13904710001', qian: '13904710002', sun: '13904710003', li: '13904710004' } as const;
const person = (key: keyof typeof PEOPLE): object => ({ ...PEOPLE[key], phone: phones[key], address: '新城区海东路' });

/** `height` cuts off what is empty, or more of the same. */
async function keep(page: Page, name: string, height?: number): Promise<void> {
  if (height !== undefined) await page.setViewportSize({ ...DESK, height });
  await page.waitForLoadState('networkidle');
  await page.locator('.el-skeleton').first().waitFor({ state: 'detached' });
  // The reader's name across the page makes a picture twice as heavy, and says nothing here.
  await page.evaluate("document.querySelectorAll('.mark[style]').forEach((mark) => mark.remove())");
  await page.evaluate('scrollTo(0, 0)');
  const taken = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  await page.close();
  // Screens have few colours: with a palette they are less than half as heavy.
  const kept = await sharp(taken).png({ palette: true, effort: 10 }).toBuffer();
  writeFileSync(join(IMAGES, `${name}.png`), kept);
  expect(kept.length).toBeLessThanOrEqual(MOST_BYTES);
}

/**
 * Takes the pictures of the manual (`npm run docs:manual`), from the built web before the test world. Nobody in them is
 * real.
 */
describe('the pictures of the manual', () => {
  let b: BrowserTest;
  let intake: Caller;
  let dispatcher: Caller;
  let mediator: Caller;
  let leak: BuiltMatter;
  let noise: string;
  let held: BuiltMatter & { readonly sessionId: string };
  let draftId: string;
  let signingId: string;
  let whistleId: string;
  let taskId: string;
  let leakSlip: { token: string; code: string };

  const agreement = ([obligor, obligee]: readonly string[]): object => ({
    kind: 'written',
    facts: '双方因楼上漏水损坏家具发生争议，经现场查看，漏水系厨房水管接头老化所致。',
    responsibilities: '双方确认漏水属实，损失经共同核对为三千六百元。',
    clauses: ['漏水一方修复水管，并赔偿家具损失。', '履行完毕后双方就此事再无其他争议。'],
    obligations: [
      {
        kind: 'payment',
        obligorId: obligor,
        obligeeId: obligee,
        content: '赔偿家具损失',
        amountFen: 360_000,
        dueOn: '2026-09-25',
        place: '汇入权利人的银行账户',
        manner: '银行转账，一次付清',
      },
      {
        kind: 'act',
        obligorId: obligor,
        obligeeId: obligee,
        content: '更换厨房水管接头并试水',
        dueOn: '2026-10-10',
        place: '光明社区2号楼',
        manner: '请持证水工施工',
      },
    ],
  });
  const drafted = async (matter: BuiltMatter): Promise<Standing> =>
    must(await mediator.post(`/disputes/${matter.id}/agreements`, agreement([...matter.partyIds].reverse())), 201);
  const frozen = async (matter: BuiltMatter): Promise<Standing> => {
    const { id, version } = await drafted(matter);
    const standing = must<Standing>(await mediator.post(`/agreements/${id}/freezing`, {}, { ifMatch: version }), 200);
    const agreedOn = b.t.clock.at().toISOString().slice(0, 10);
    await mediator.post(`/agreements/${id}/electronic-consents`, { partyIds: matter.partyIds, agreedOn });
    return standing;
  };
  const sign = async (by: Caller, { id, contentHash }: Standing, slot: string): Promise<Standing> =>
    must(
      await by.post(`/agreements/${id}/tablet-signatures`, {
        ...onScreen(b.t, contentHash),
        slot,
        identityCheck: slot.startsWith('party') ? 'document-compared' : 'own-account',
      }),
      200,
    );
  const whistle = async (disputeId: string, agencyIds: readonly string[]): Promise<string> => {
    const { id } = must<{ id: string }>(
      await dispatcher.post(`/disputes/${disputeId}/summons`, {
        kind: 'progress',
        level: 'regular',
        ground: 'livelihood',
        brief: '某小区征收补偿争议，当事人对面积认定有不同意见，请到场说明并核对档案。',
        asks: ['核对该户征收档案中的面积认定依据', '到场向当事人说明补偿标准'],
        place: '新城区综治中心二号调解室',
        attendanceRequired: true,
        agencies: agencyIds.map((agencyId, i) => ({ agencyId, role: i === 0 ? 'lead' : 'assist' })),
      }),
      201,
    );
    must(await dispatcher.post(`/summons/${id}/issuance`), 201);
    return id;
  };

  beforeAll(async () => {
    mkdirSync(IMAGES, { recursive: true });
    b = await openBrowser();
    const { t } = b;
    [intake, dispatcher, mediator] = [await t.as('intake'), await t.as('dispatcher'), await t.as('mediator')];
    await aSeal(t);
    const keeper = await t.as('system-admin');
    for (const [i, name] of ['第一调解室', '第二调解室'].entries()) {
      const room = { kind: 'room', ordinal: i + 1, name, validFrom: '2026-01-01' };
      must(await keeper.post(`/centers/${t.world.centerId}/slots`, room), 201);
    }
    const of = (title: string, narrative: string) => aMatter(t).with({ title, narrative });

    const kept = await of('楼上漏水损坏家具', '楼上厨房漏水，泡坏了楼下的衣柜和地板，双方对赔多少有争议。')
      .ofType('neighbor')
      .between(person('zhao'), person('qian'))
      .agreed();
    const sealed = await frozen(kept);
    for (const slot of ['party-1', 'party-2', 'mediator-1']) await sign(mediator, sealed, slot);
    const whole = await sign(await t.as('recorder'), sealed, 'recorder');
    must(
      await (await t.as('committee-director')).post(`/agreements/${whole.id}/sealing`, {}, { ifMatch: whole.version }),
      200,
    );
    const half = await of('卫生间渗水纠纷', '楼上卫生间渗水，泡坏了楼下的衣柜，双方对谁来修有争议。')
      .ofType('neighbor')
      .between(person('sun'), person('li'))
      .agreed();
    const standing = await frozen(half);
    signingId = standing.id;
    await sign(mediator, standing, 'party-1');
    held = await of('借款五万元未还', '三年前借给同事五万元，约定一年还，至今只还了一万。')
      .ofType('contract.loan')
      .between(person('sun'), person('qian'))
      .inSession();
    must(
      await mediator.post(`/sessions/${held.sessionId}/entries`, {
        entries: [
          {
            ring: 'parties',
            kind: 'statement',
            speaker: '孙志强',
            text: '借条在我这里，写的是一年还清，到现在三年了。',
          },
          {
            ring: 'parties',
            kind: 'statement',
            speaker: '钱桂兰',
            text: '钱是借了，去年住院，一下拿不出来，可以分几次还。',
          },
          { ring: 'mediator', kind: 'statement', speaker: '钱桂兰', text: '私下说，年底能先凑两万。' },
        ],
      }),
      201,
    );
    const writing = await of('暖气漏水泡坏地板', '楼上换暖气片时漏水，泡坏了楼下的地板和家具。')
      .ofType('neighbor')
      .between(person('zhao'), person('li'))
      .agreed();
    draftId = (await drafted(writing)).id;

    t.clock.set('2026-09-23T08:40:00+08:00');
    leak = await of('物业长期不修电梯', '三单元电梯坏了两个月，物业说没有钱，老人上下楼困难。')
      .ofType('property')
      .between(person('zhao'), person('li'))
      .assigned();
    leakSlip = await aSlip(t, intake, leak.id, leak.partyIds[0]);
    const street = await of('征收补偿面积争议', '住户认为征收档案里的面积少算了十二平方米，要求重新核对。')
      .between(person('sun'), person('qian'))
      .assigned();
    const [a0, a1, a2] = t.world.agencyIds;
    whistleId = await whistle(street.id, [a0, a1, a2]);
    const { tasks } = must<{ tasks: readonly { id: string; agencyId: string }[] }>(
      await dispatcher.get(`/summons/${whistleId}`),
      200,
    );
    taskId = tasks.find((x) => x.agencyId === a0)?.id ?? '';
    t.clock.set('2026-09-23T08:52:00+08:00');
    must(await (await t.as('liaison')).post(`/summons-tasks/${taskId}/signature`), 201);
    t.clock.set('2026-09-23T09:15:00+08:00');
    await whistle(leak.id, [a0]);
    noise = (
      await of('广场舞音响扰民', '楼下广场晚上十点还放音响，孩子写不了作业，多次劝说没有用。')
        .ofType('neighbor')
        .between(person('zhao'), person('qian'))
        .registered()
    ).id;
    t.clock.set('2026-09-23T09:58:00+08:00');
    await t.app.get(OutboxDispatcher).drain();
  });
  afterAll(() => b.close());

  const take = async (
    name: string,
    key: string,
    path: string,
    ready: string | RegExp,
    height?: number,
  ): Promise<void> => {
    const page = await b.signIn(key, path);
    await page.getByText(ready).first().waitFor();
    await keep(page, name, height);
  };

  describe('of everyone', () => {
    it.each<[string, string, string, string | RegExp, number]>([
      ['home', 'mediator', '/', '今日调解会', 768],
      ['worklist', 'mediator', '/worklist', '物业长期不修电梯', 560],
      ['search', 'dispatcher', '/search?text=赵春生', '广场舞音响扰民', 560],
      ['audit', 'auditor', '/admin/audit', '核验日志是否完整', 540],
      ['accounts', 'security-admin', '/admin/accounts', '刘调解', 560],
      ['centers', 'system-admin', '/admin/organizations?tab=centers', '新城区综治中心', 440],
      ['watch', 'director', '/director/watch-list', '签收', 540],
      ['performance', 'mediator', '/performance', '赔偿家具损失', 480],
      ['tasks', 'liaison', '/agency/tasks', '还剩', 600],
    ])('%s', (name, key, path, ready, height) => take(name, key, path, ready, height));

    it('morning', async () => {
      const page = await b.signIn('director', '/director/morning');
      await page.getByRole('button', { name: /^看这/ }).first().click();
      await page.getByRole('columnheader', { name: '谁在办' }).first().waitFor();
      await keep(page, 'morning');
    });

    it('seals', async () => {
      const page = await b.signIn('system-admin', '/admin/seals');
      await choose(page, page.getByRole('combobox', { name: '人民调解委员会' }), '新城区光明社区人民调解委员会');
      await page.getByText('双人用印').first().waitFor();
      await keep(page, 'seals', 560);
    });

    it('bell', async () => {
      const page = await b.signIn('mediator', '/');
      await page.getByRole('button', { name: /^消息/ }).click();
      await page.getByText('您被指派参与办理').first().waitFor();
      await keep(page, 'bell', 640);
    });

    it('relogin', async () => {
      b.expectStatus(401);
      const page = await b.signIn('duty-leader', '/intake/new');
      await page.getByLabel('来访人姓名').fill('钱七');
      await page.getByLabel('纠纷简要情况').fill('楼道堆物，邻居互不相让，已经吵过两次。');
      await page.getByLabel('事项名称').fill('楼道堆物纠纷');
      await b.t.sql(
        "update login_session set revoked_at = now(), revoked_reason = 'logged-out' where account_id = $1",
        [b.t.world.account('duty-leader').id],
      );
      await page.getByRole('button', { name: '提交登记' }).click();
      await page.getByRole('dialog', { name: /登录已到期/ }).waitFor();
      await keep(page, 'relogin');
    });
  });

  describe('of the counter', () => {
    it('intake', async () => {
      const page = await b.signIn('intake', '/intake/new');
      await page.getByLabel('来访人姓名').fill('赵春生');
      await page.getByLabel('来访人公民身份号码').fill(PEOPLE.zhao.residentId);
      await page.getByLabel('对方姓名').fill('钱桂兰');
      await page
        .getByLabel('纠纷简要情况')
        .fill('楼下广场晚上十点还放音响，孩子写不了作业，多次劝说没有用。对方说再来说就跟他拼命。');
      await page.getByText('同一人的其他事项').first().waitFor();
      await page.getByText('提示词').first().waitFor();
      await keep(page, 'intake', 640);
    });

    it('registered', () => take('registered', 'intake', `/intake/${noise}`, '回执和联系单'));
    it('parties', () => take('parties', 'mediator', `/matters/${held.id}?tab=parties`, '最近的方案', 580));
  });

  describe('of the dispatcher', () => {
    it('matter', () => take('matter', 'dispatcher', `/matters/${noise}`, '登记内容', 690));

    it('triage', async () => {
      const page = await b.signIn('dispatcher', `/matters/${noise}`);
      await page.getByRole('button', { name: '研判', exact: true }).first().click();
      await page.getByRole('dialog').getByRole('combobox', { name: '拟受理的调解委员会' }).waitFor();
      await keep(page, 'triage');
    });

    it('propose', async () => {
      const page = await b.signIn('mediator', `/matters/${held.id}?tab=whistles`);
      await page.getByRole('button', { name: '提出吹哨' }).first().click();
      const form = page.getByRole('dialog');
      await form.getByLabel('情况说明').fill('当事人经济困难，请民政部门到场说明临时救助的条件和办法。');
      await form.getByLabel('请求事项第1项').fill('到场说明临时救助的条件和办法');
      await form.getByLabel('到场地点').fill('新城区综治中心二号调解室');
      await keep(page, 'propose');
    });

    it('whistle', () => take('whistle', 'dispatcher', `/whistles/${whistleId}`, '谁在耽误', 620));

    it('sign-in', async () => {
      const page = await b.signIn('dispatcher', `/whistles/${whistleId}/sign-in`);
      await page.locator('.letters').waitFor();
      await keep(page, 'sign-in');
    });

    it('task', () => take('task', 'liaison', `/agency/tasks/${taskId}`, '请求事项'));
  });

  describe('of the mediator', () => {
    it('deadline', async () => {
      const page = await b.signIn('mediator', `/matters/${leak.id}`);
      await page.getByRole('button', { name: '期限怎么算的' }).click();
      await page.getByRole('list', { name: '逐日计算' }).first().waitFor();
      await keep(page, 'deadline', 620);
    });

    it('plan', async () => {
      const page = await b.signIn('mediator', `/matters/${leak.id}?tab=sessions`);
      await page.getByRole('button', { name: '安排调解会' }).click();
      await page.getByRole('dialog').getByText('各方都有空的时间').first().waitFor();
      await page
        .getByRole('dialog')
        .getByRole('radio', { name: /2026年9月/ })
        .first()
        .waitFor();
      await keep(page, 'plan');
    });

    it('preparation', () => take('preparation', 'mediator', `/matters/${held.id}/preparation`, '各方说法'));
    it('session', () => take('session', 'mediator', `/sessions/${held.sessionId}`, '借条在我这里'));
    it('agreement', async () => {
      const page = await b.signIn('mediator', `/agreements/${draftId}`);
      await page.getByRole('tab', { name: /^核对/ }).click();
      await page.getByText('生效后的履行台账').first().waitFor();
      await keep(page, 'agreement', 640);
    });

    it('signing', async () => {
      const page = await b.signIn('mediator', `/agreements/${signingId}`);
      await page.getByText('下载待签文本').first().waitFor();
      await keep(page, 'signing', 620);
    });

    it('tablet', async () => {
      const page = await b.signIn('mediator', `/agreements/${signingId}/tablet`);
      await page
        .getByText(/李国栋/)
        .first()
        .waitFor();
      await keep(page, 'tablet', 460);
    });
  });

  describe('of a party', () => {
    it('party-entry, party-matter', async () => {
      b.expectStatus(401);
      const phone = { viewport: PHONE, isTouch: true };
      const page = await b.open(`/p/${leakSlip.token}`, phone);
      await page.getByRole('heading', { name: '查看办理情况' }).waitFor();
      await keep(page, 'party-entry');
      const other = await b.open(`/p/${leakSlip.token}`, phone);
      await other.getByLabel(/六位查询码/).fill(leakSlip.code);
      await other.getByRole('button', { name: '查询', exact: true }).click();
      await other.getByRole('heading', { name: '接下来' }).waitFor();
      await keep(other, 'party-matter');
    });
  });
});

/** What is only seen where there is much of it: a year of a district, the same each time. */
describe('the pictures of the manual with a year of matters in them', () => {
  let b: BrowserTest;
  beforeAll(async () => {
    mkdirSync(IMAGES, { recursive: true });
    b = await openBrowser();
    const { t } = b;
    t.clock.set('2026-09-23T09:58:00+08:00');
    const ids = await tellAYear(t);
    await t.sql("set session_replication_role = 'replica'");
    await t.sql(
      `update dispute set title = case dispute_type when 'property' then '物业费和服务质量争议' when 'neighbor.noise' then '楼上噪声扰民'
           when 'neighbor.adjacency' then '楼道堆物影响通行' when 'family.inheritance' then '老人房屋继承争议'
           when 'contract.lease' then '退租扣押金争议' when 'labor.arrears' then '拖欠工资' when 'traffic' then '电动车剐蹭赔偿'
           else '预付卡退费争议' end,
         registration_number = regexp_replace(registration_number, '^数字〔2026〕90', '新城综治登字〔2026〕1'),
         case_number = replace(case_number, '〔2026〕90', '〔2026〕1')
        where id = any ($1)`,
      [ids],
    );
    await t.sql("set session_replication_role = 'origin'");
    await t.sql(
      `with last as (select id, row_number() over (order by closed_at desc) as at from dispute where id = any ($1) and closed_at is not null
           order by closed_at desc limit 10),
         told as (insert into dispute_narrative (dispute_id, narrative) select id, '双方因此事多次争吵，社区劝说无果，来中心要求调解。' from last),
         replied as (insert into upstream_reply (id, dispute_id, volume, upstream_number, content, method, replied_by, replied_at)
           select gen_random_uuid(), id, 1, '12345', '已组织双方调解，结果已告知来电人。', 'platform', $2, $3 from last where at <> 6)
       update dispute d set upstream_number = '1234520260' || (900 + last.at)::text from last where last.id = d.id`,
      [ids, t.world.account('intake').id, t.clock.at()],
    );
    const story =
      '申请人称楼道里长期堆放旧家具和纸箱，影响通行和消防安全，多次劝说无果；被申请人称家中狭小确无处可放，愿意在月底以前清走，请社区协助联系废品站上门收取。';
    const made = (title: string, applicant: object, respondent: object) =>
      aMatter(t)
        .with({ title, narrative: `${story}以上为${title}一事。` })
        .ofType('neighbor')
        .between({ ...applicant, phone: phones.zhao }, respondent)
        .registered();
    await made('楼道堆物影响通行', person('zhao'), person('qian'));
    await made('旧家具占用消防通道', { ...person('sun'), address: '新城区呼伦路' }, person('li'));
    const third = await made(
      '纸箱堵住楼梯口',
      {
        ...person('li'),
        side: 'applicant',
        name: '周玉兰',
        residentId: residentIdOf('19900214', 24),
        address: '新城区艺术厅街',
      },
      { ...person('qian'), name: '吴建军', residentId: residentIdOf('19740412', 35) },
    );
    must(await (await t.as('director')).post(`/disputes/${third.id}/authenticity-checks`), 200);
  });
  afterAll(() => b.close());

  it('figures, figure-cases', async () => {
    const page = await b.signIn('director', '/director/figures?from=2026-01-01&to=2026-09-23');
    await page.getByRole('row').filter({ hasText: '调解成功率' }).first().waitFor();
    const other = await b.signIn('director', '/director/figures?from=2026-01-01&to=2026-09-23');
    await press(other, other.getByRole('button', { name: /^化解率.*未达到/ }).first());
    await other.getByText(/^共 \d+ 条/).waitFor();
    await keep(page, 'figures', 690);
    await keep(other, 'figure-cases', 690);
  });

  it('charts', async () => {
    const page = await b.signIn('director', '/director/charts');
    for (const name of ['趋势图', '构成图', '排名图'])
      await page
        .getByRole('img', { name: new RegExp(name) })
        .locator('svg')
        .first()
        .waitFor();
    await keep(page, 'charts', 900);
  });

  it('wall', async () => {
    const page = await b.signIn('supervisor', '/wall');
    await page
      .getByRole('img', { name: /本年纠纷类型/ })
      .locator('svg')
      .first()
      .waitFor();
    await keep(page, 'wall');
  });

  it('alarms', async () => {
    const page = await b.signIn('supervisor', '/alarms');
    await page.getByRole('article').first().waitFor();
    await keep(page, 'alarms', 690);
  });

  it('mappings', async () => {
    const page = await b.signIn('duty-leader', '/exchange/mappings');
    await press(page, page.getByRole('button', { name: '用最近十件试填' }));
    await page.getByRole('list', { name: '核对报告' }).waitFor();
    await keep(page, 'mappings', 1140);
  });
});
