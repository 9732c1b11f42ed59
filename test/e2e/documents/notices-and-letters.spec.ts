import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { issuedText as text, refusedIssue as refusal } from '../../support/issued-papers';
import { aTriagedMatter } from '../../support/matters';
import { residentIdOf } from '../../support/parties';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { ledger } from '../agreements/stage';
import { ANSWERS, aMatterInProgress, aWhistle, arrive, onDuty, taskOf } from '../summons/stage';

/** As long as a name may be, with characters that few fonts have. */
const LONG = `䶮㛃𬱖𬀩𠅤𫍯${'阿布都热合曼江·'.repeat(6)}`.slice(0, 50);
const SHOP = {
  kind: 'person',
  side: 'applicant',
  name: LONG,
  residentId: residentIdOf('19800101', 11),
  phone: '13904710001',
  address: '新城区海拉尔东路1号',
};
const TENANT = {
  kind: 'person',
  side: 'respondent',
  name: '钱二妹',
  residentId: residentIdOf('19850505', 22),
  phone: '13904710002',
};

describe('notices and letters of a matter, issued from its record (real PostgreSQL, HTTP and PDF; fake clock)', () => {
  let t: TestApp;
  let dispatcher: Caller;
  let mediator: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    dispatcher = await t.as('dispatcher');
    mediator = await t.as('mediator');
  });
  afterAll(() => t.close());

  describe('不予受理通知书', () => {
    it('says reason, rule and the ways that remain, and is refused where nothing was refused', async () => {
      const id = await aTriagedMatter(
        t,
        { parties: [SHOP, TENANT], title: '海拉尔东路店铺租金争议', disputeType: 'contract.lease' },
        { route: 'mediation' },
      );
      expect(await refusal(dispatcher, id, 'non-acceptance-notice')).toEqual([422, 'parties.not-refused']);
      must(
        await (
          await t.as('duty-leader')
        ).post(`/disputes/${id}/refusal`, {
          reasonCode: 'already-in-hand',
          reason: '新城区人民法院已经立案，案号（2026）内0102民初88号。',
          route: 'litigation',
          organ: '新城区人民法院',
          noticeForm: 'paper',
        }),
        200,
      );
      const words = await text(dispatcher, id, 'non-acceptance-notice');
      for (const part of [
        '不予受理通知书',
        `${LONG}：`,
        '您于2026年9月18日向新城区综治中心提出的“海拉尔东路店铺租金争议”已经登记',
        '不予受理的情形：法院、公安或者其他行政机关已经受理或者解决。',
        '理由：新城区人民法院已经立案，案号（2026）内0102民初88号。',
        '依据：《人民调解工作若干规定》第二十二条。',
        '诉讼：请向新城区人民法院提出。',
        '仲裁：平等主体之间的合同纠纷',
        '经办人孙值班电话0471-6600001',
        '新城区综治中心（印章）',
        '第1页共',
      ])
        expect(words).toContain(part);
      expect(words).not.toContain('钱二妹');
      expect(await refusal(await t.as('follow-up'), id, 'non-acceptance-notice')).toEqual([403, 'forbidden']);
      expect((await refusal(await t.as('intake:foreign'), id, 'non-acceptance-notice'))[0]).toBe(404);
    });
  });

  describe('终止调解通知书', () => {
    it('says why it ended and where the parties may go: arbitration only where the law lets them', async () => {
      const lease = await aMatter(t).ofType('contract.lease').between(SHOP, TENANT).assigned();
      expect(await refusal(mediator, lease.id, 'termination-notice')).toEqual([422, 'parties.mediation-not-ended']);
      await terminate(lease, 'irreconcilable');
      const words = await text(mediator, lease.id, 'termination-notice');
      for (const part of [
        `${LONG}、钱二妹：`,
        '终止原因：分歧较大，无法达成协议。',
        '人民调解法》第二十六条',
        '1．仲裁：',
        '2．诉讼：当事人可以随时向人民法院起诉',
        '诉讼时效从提出请求之日起中断',
        '一式三份',
        '收到人（签名，写明日期）：钱二妹',
        '人民调解员（签名）：刘调解',
        '新城区光明社区人民调解委员会（印章）',
      ])
        expect(words).toContain(part);
      // What the mediator noted for the file may hold what one side said alone.
      expect(words).not.toContain('标记词');
      const estate = await aMatter(t).ofType('family.inheritance').assigned();
      await terminate(estate, 'irreconcilable', ['litigation']);
      expect(await text(mediator, estate.id, 'termination-notice')).not.toContain('仲裁：');
    });

    it('wants words for the parties where the kind says nothing, and has room for fifty of them', async () => {
      const people = Array.from({ length: 50 }, (_, i) => ({
        kind: 'person',
        name: i === 49 ? LONG : `当事人${String.fromCodePoint(0x4e00 + i * 7)}`,
      }));
      const crowd = await aMatter(t)
        .between(...people)
        .assigned();
      await terminate(crowd, 'other', ['litigation']);
      expect(await refusal(mediator, crowd.id, 'termination-notice')).toEqual([422, 'parties.ending-unexplained']);
      const words = await text(mediator, crowd.id, 'termination-notice', { explanation: '业主大会另行协商。' });
      for (const { name } of people) expect(words).toContain(`收到人（签名，写明日期）：${name}`);
      expect(words).toContain('一式五十一份');
      expect(words).toContain('业主大会另行协商。');
    });

    async function terminate({ id }: BuiltMatter, code: string, routes = ['arbitration', 'litigation']): Promise<void> {
      const { version } = must<{ version: number }>(await mediator.get(`/disputes/${id}`), 200);
      must(
        await mediator.post(
          `/disputes/${id}/mediation/termination`,
          { code, explanation: '标记词：背对背时说最多出五万元。', routesTold: routes, toldHow: '调解会当面口头告知' },
          { ifMatch: version },
        ),
        200,
      );
    }
  });

  describe('送达地址确认书', () => {
    it('is for one party, takes nothing for consent that was not said, and prints the consequences', async () => {
      const matter = await aMatter(t).between(SHOP, TENANT).consented();
      const [shop, tenant] = matter.partyIds;
      const intake = await t.as('intake');
      const words = await text(intake, matter.id, 'service-address-confirmation', { partyId: shop });
      for (const part of [
        LONG,
        '申请方',
        SHOP.residentId,
        '13904710001',
        '新城区海拉尔东路1号',
        '☐同意采用电子方式送达☐不同意采用电子方式送达',
        '由本人承担由此产生的后果',
      ])
        expect(words).toContain(part);
      expect(words).not.toContain('钱二妹');
      const agreed = await text(intake, matter.id, 'service-address-confirmation', {
        partyId: tenant,
        electronic: 'agreed',
        email: 'qian@example.cn',
        postcode: '010050',
      });
      expect(agreed).toContain('☑同意采用电子方式送达');
      expect(agreed).toContain('手机号码13904710002电子邮箱qian@example.cn');
      expect(agreed).toContain('010050');
      expect(
        await refusal(intake, matter.id, 'service-address-confirmation', {
          partyId: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718',
        }),
      ).toEqual([422, 'parties.not-in-matter']);
      expect((await refusal(intake, matter.id, 'service-address-confirmation'))[0]).toBe(400);
      // Who may not see numbers in full gets them on no paper either.
      expect(await refusal(await t.as('guide'), matter.id, 'service-address-confirmation', { partyId: shop })).toEqual([
        403,
        'forbidden',
      ]);
    });
  });

  describe('移送函', () => {
    it('names the organ, the reason and what goes along; no numbers of people stand on it', async () => {
      const id = await handedOver({ parties: [SHOP, TENANT], title: '海拉尔东路店铺租金争议' });
      const words = await text(dispatcher, id, 'transfer-letter', { enclosures: ['终止调解通知书1份'] });
      for (const part of [
        '新城区人民法院：',
        '海拉尔东路店铺租金争议',
        `当事人：${LONG}、钱二妹`,
        '请依法审查立案，联系电话139****0001',
        '终止调解通知书1份',
        '联系人赵研判电话0471-6600001',
        '新城区综治中心（印章）',
        '回执',
      ])
        expect(words).toContain(part);
      for (const number of [SHOP.residentId, TENANT.residentId, '13904710001', '13904710002'])
        expect(words).not.toContain(number);
      expect(await refusal(await t.as('intake'), id, 'transfer-letter')).toEqual([403, 'forbidden']);
      const fresh = await aTriagedMatter(t);
      expect(await refusal(dispatcher, fresh, 'transfer-letter')).toEqual([422, 'parties.not-transferred']);
    });

    it('keeps silent of whoever reported under protection, and of what the matter is called', async () => {
      const id = await handedOver({
        title: '赵一鸣举报工地欠薪',
        isReporterProtected: true,
        parties: [TENANT, { kind: 'person', name: '赵一鸣' }],
      });
      const words = await text(dispatcher, id, 'transfer-letter');
      expect(words).not.toContain('赵一鸣');
      expect(words).toContain('事项名称依法保护，不列');
      expect(words).toContain('当事人：钱二妹');
      expect(words).toContain('反映人称欠薪三个月');
    });

    it('of a sealed matter neither name nor people stand on it', async () => {
      const id = await handedOver({ parties: [SHOP, TENANT], title: '海拉尔东路店铺租金争议' });
      await t.sql('update dispute set is_sealed = true where id = $1', [id]);
      await t.sql(
        `insert into dispute_access (id, dispute_id, account_id, ground, starts_at) values (gen_random_uuid(), $1, $2, 'sealed-list', '2026-01-01')`,
        [id, dispatcher.accountId],
      );
      const words = await text(dispatcher, id, 'transfer-letter');
      expect(words).toContain('当事人：依法保护，不列姓名');
      for (const hidden of ['海拉尔东路店铺', LONG, '钱二妹']) expect(words).not.toContain(hidden);
    });

    it('sends along only what may be given away', async () => {
      const id = await handedOver({ parties: [SHOP, TENANT] });
      expect(
        await refusal(dispatcher, id, 'transfer-letter', { attachmentIds: ['0194f7f2-c0de-7000-a1b2-c3d4e5f60718'] }),
      ).toEqual([422, 'parties.not-shareable']);
      expect(await text(dispatcher, id, 'transfer-letter')).toContain('附送材料：无。');
    });

    async function handedOver(fields: object): Promise<string> {
      const id = await aTriagedMatter(t, fields, { route: 'litigation', committeeId: undefined });
      must(
        await dispatcher.post(`/disputes/${id}/hand-off`, {
          organKind: 'court',
          organ: '新城区人民法院',
          request: '赵一鸣称欠薪三个月。请依法审查立案，联系电话13904710001。',
        }),
        200,
      );
      return id;
    }
  });

  describe('催办函 and 督办单', () => {
    it('to the mediator name the matter, the clocks that run and what is demanded, and count how often', async () => {
      const matter = await aMatter(t).with({ title: '海拉尔东路店铺租金争议' }).between(SHOP, TENANT).assigned();
      const supervisor = await t.as('supervisor');
      expect(await refusal(supervisor, matter.id, 'urging-letter')).toEqual([422, 'supervisions.not-urged']);
      const path = `/disputes/${matter.id}`;
      const first = must<{ id: string; version: number }>(
        await supervisor.post(`${path}/urgings`, { reason: '请安排调解会。' }),
        201,
      );
      must(await mediator.post(`/supervisions/${first.id}/answers`, { answer: '下周二召开。' }), 200);
      must(await supervisor.post(`/supervisions/${first.id}/closing`, { opinion: '同意' }), 200);
      t.clock.advance(60_000);
      must(
        await supervisor.post(`${path}/urgings`, {
          reason: '当事人13904710001来电询问进展。',
          answerDueOn: '2026-09-25',
        }),
        201,
      );
      const urging = await text(supervisor, matter.id, 'urging-letter');
      for (const part of [
        '（第二次催办）',
        '刘调解：',
        '事项名称海拉尔东路店铺租金争议',
        '调解期限2026年10月19日尚未到期',
        '当事人139****0001来电询问进展。',
        '请于2026年9月25日前办理并书面答复',
        '催办人陈督办',
        '新城区综治中心（印章）',
      ])
        expect(urging).toContain(part);
      const earlier = await text(supervisor, matter.id, 'urging-letter', { urgingId: first.id });
      expect(earlier).toContain('（第一次催办）');
      expect(earlier).toContain('下周二召开。');
      must(
        await (
          await t.as('director')
        ).post(`${path}/oversights`, { reason: '查明延误原因，限期开会。', answerDueOn: '2026-09-28' }),
        201,
      );
      const order = await text(supervisor, matter.id, 'supervision-order');
      for (const part of [
        '☑日常督办☐挂牌督办☐领导批示☐领导包案',
        '此前催办2次',
        '查明延误原因，限期开会。',
        '请于2026年9月28日前办理完毕',
        '签发人（签名）：卫主任',
      ])
        expect(order).toContain(part);
      expect(await refusal(mediator, matter.id, 'supervision-order')).toEqual([403, 'forbidden']);
      expect((await refusal(await t.as('liaison'), matter.id, 'urging-letter'))[0]).toBe(404);
    });

    it('to an agency say no more of the matter than its whistle, and only of its own clocks', async () => {
      const id = await aMatterInProgress(t);
      await t.sql("update dispute set title = '标记词甲举报欠薪', is_reporter_protected = true where id = $1", [id]);
      const [a0, a1] = t.world.agencyIds;
      const whistle = await aWhistle(t, id, [
        { agencyId: a0, role: 'lead' },
        { agencyId: a1, role: 'assist' },
      ]);
      must(
        await dispatcher.post(`/summons-tasks/${taskOf(whistle, a0).id}/urgings`, {
          reason: '逾期没有签收，请尽快，反映人电话13904710009。',
        }),
        201,
      );
      const words = await text(dispatcher, id, 'urging-letter');
      for (const part of [
        '新城区征收办：',
        `以${whistle.number ?? ''}吹哨单请你单位主办的事项`,
        '部门签收',
        '139****0009',
      ])
        expect(words).toContain(part);
      for (const hidden of ['标记词', '13904710009', '资源分局', '调解期限']) expect(words).not.toContain(hidden);
    });
  });

  describe('会商会议纪要', () => {
    it('is made of who came and what each agency answered, without the name of the matter', async () => {
      const id = await aMatterInProgress(t);
      const [a0, a1] = t.world.agencyIds;
      const whistle = await aWhistle(t, id, [
        { agencyId: a0, role: 'lead' },
        { agencyId: a1, role: 'assist' },
      ]);
      expect(await refusal(dispatcher, id, 'joint-meeting-minutes')).toEqual([422, 'summons.no-meeting']);
      const liaison = await onDuty(t, 'liaison');
      const { id: task } = taskOf(whistle, a0);
      must(await liaison.post(`/summons-tasks/${task}/signature`), 201);
      must(await arrive(t, liaison, whistle.id, task), 201);
      must(await liaison.post(`/summons-tasks/${task}/handling`), 201);
      must(await liaison.post(`/summons-tasks/${task}/feedback`, ANSWERS), 201);
      const words = await text(dispatcher, id, 'joint-meeting-minutes', {
        chair: '赵研判',
        conclusion: '由征收办牵头，十月底前答复当事人。',
      });
      const [matter] = await t.sql<{ title: string }>('select title from dispute where id = $1', [id]);
      expect(words).not.toContain(matter?.title);
      for (const part of [
        whistle.number,
        '会议地点新城区综治中心二号调解室',
        '新城区征收办主办高志远科室负责人',
        '没有到场记录',
        '1．核对该户征收档案中的面积认定依据',
        '新城区征收办：已调取档案，面积以二〇一九年测绘成果为准。',
        '已解决',
        '由征收办牵头，十月底前答复当事人。',
        '主持人（签名）：赵研判',
        '参加单位代表（签名）：新城区自然资源分局',
      ])
        expect(words).toContain(part);
      expect(await refusal(await t.as('intake'), id, 'joint-meeting-minutes')).toEqual([403, 'forbidden']);
    });
  });

  describe('调解员更换告知书', () => {
    it('names old and new, the kind of the reason without its words, and the right to object', async () => {
      const matter = await aMatter(t).between(SHOP, TENANT).assigned();
      expect(await refusal(mediator, matter.id, 'mediator-change-notice')).toEqual([422, 'assignments.not-replaced']);
      const director = await t.as('committee-director');
      const { items } = must<{ items: { id: string; capacity: string; version: number }[] }>(
        await director.get(`/disputes/${matter.id}/assignments`),
        200,
      );
      const host = items.find((a) => a.capacity === 'host');
      const path = `/assignments/${host?.id ?? ''}`;
      const challenge = { partyId: matter.partyIds[0], reason: '标记词：与对方的妻子同住。' };
      must(await director.post(`${path}/challenges`, challenge, { ifMatch: host?.version ?? 0 }), 201);
      const successor = {
        accountId: t.world.account('mediator-2').id,
        chosenBy: 'committee',
        reason: '标记词：同意更换',
      };
      must(await director.post(`${path}/replacement`, successor, { ifMatch: (host?.version ?? 0) + 1 }), 201);
      const words = await text(director, matter.id, 'mediator-change-notice');
      for (const part of [
        `${LONG}、钱二妹：`,
        '在案身份调解主持人',
        '原来的人员刘调解',
        '接任的人员何调解产生方式调委会指定',
        '☑当事人要求更换（回避）☐本人披露利害关系☐工作需要',
        '可以随时要求更换',
        '一式三份',
        '新城区光明社区人民调解委员会（印章）',
      ])
        expect(words).toContain(part);
      expect(words).not.toContain('标记词');
      expect(await refusal(await t.as('archivist'), matter.id, 'mediator-change-notice')).toEqual([403, 'forbidden']);
    });
  });

  describe('催告函 and 结案报告表', () => {
    it('count what is due and unpaid in both forms, offer the court only while it is open, and report the end', async () => {
      const matter = await aMatter(t)
        .with({
          title: '海拉尔东路店铺租金争议',
          requests: '支付租金',
          channel: 'hotline',
          upstreamNumber: '12345-0918',
        })
        .ofType('contract.lease')
        .between(SHOP, TENANT)
        .agreed();
      const [shop = '', tenant = ''] = matter.partyIds;
      expect(await refusal(mediator, matter.id, 'closing-report')).toEqual([422, 'agreements.not-closed']);
      await conclude(matter.id, shop, tenant);
      const performBy = { performBy: '2026-11-30' };
      expect(await refusal(mediator, matter.id, 'performance-reminder', performBy)).toEqual([
        422,
        'performance.nothing-overdue',
      ]);
      t.clock.set('2026-10-15T09:00:00+08:00');
      mediator = await onDuty(t, 'mediator');
      const [first, second] = await ledger(mediator, matter.id);
      await pay(first?.id ?? '', 20_000);
      const words = await text(mediator, matter.id, 'performance-reminder', performBy);
      for (const part of [
        '钱二妹：',
        '¥600.00',
        '人民币肆佰元整',
        '（¥400.00）',
        '以上尚未给付的金额合计人民币肆佰元整（¥400.00）。',
        '现催告您于2026年11月30日前履行完毕',
        '提起诉讼（人民调解法第三十二条）',
        '前共同向新城区人民法院申请司法确认',
        '按日万分之一支付违约金',
        '联系人刘调解',
      ])
        expect(words).toContain(part);
      expect(words).not.toContain('此前已经督促');
      expect(await refusal(mediator, matter.id, 'performance-reminder', { performBy: '2026-10-14' })).toEqual([
        422,
        'performance.reminder-past',
      ]);
      expect((await refusal(await t.as('intake'), matter.id, 'performance-reminder', performBy))[0]).toBe(403);
      t.clock.set('2026-11-21T09:00:00+08:00');
      const later = await text(mediator, matter.id, 'performance-reminder', {
        performBy: '2026-12-10',
        obligorId: tenant,
      });
      expect(later).toContain('人民币壹仟元零壹分（¥1,000.01）');
      expect(later).not.toContain('司法确认');
      const confirmed = await text(mediator, matter.id, 'performance-reminder', {
        performBy: '2026-12-10',
        confirmationNumber: '（2026）内0102民特5号',
      });
      expect(confirmed).toContain('已经人民法院裁定确认有效（（2026）内0102民特5号）');

      await pay(first?.id ?? '', 40_000);
      await pay(second?.id ?? '', 60_001);
      const leader = await onDuty(t, 'duty-leader');
      const { version } = must<{ version: number }>(await leader.get(`/disputes/${matter.id}`), 200);
      must(
        await leader.post(
          `/disputes/${matter.id}/closing`,
          { outcome: 'oral-agreement', summary: '租金已经付清。' },
          { ifMatch: version },
        ),
        200,
      );
      const report = await text(mediator, matter.id, 'closing-report');
      for (const part of [
        '新城人调字〔2026〕',
        '（第一卷）',
        '填表时间2026年11月21日',
        '案件来源12345热线，12345-0918',
        '承办单位新城区光明社区人民调解委员会',
        '承办人刘调解（主持人）、郑记录（记录人）',
        '结案时间2026年11月21日',
        '合同（租赁合同）',
        '调解次数1次',
        '䶮㛃𬱖𬀩𠅤𫍯阿布',
        '新城区海拉尔东路1号',
        '13904710002',
        '处理结果：达成口头协议',
        '租金已经付清。',
        '壹仟贰佰元零壹分',
        '已履行¥1,200.01',
        '全部履行完毕',
        '审核人（签名）：孙值班',
      ])
        expect(report).toContain(part);
      expect(await refusal(await onDuty(t, 'archivist'), matter.id, 'closing-report')).toEqual([403, 'forbidden']);
    });

    async function conclude(disputeId: string, obligeeId: string, obligorId: string): Promise<void> {
      const { id, version } = must<{ id: string; version: number }>(
        await mediator.post(`/disputes/${disputeId}/agreements`, {
          kind: 'oral',
          facts: '双方就店铺租金发生争议。',
          clauses: ['承租人分期支付租金。'],
          breachClause: '逾期的，按日万分之一支付违约金。',
          obligations: [
            {
              kind: 'payment',
              obligorId,
              obligeeId,
              content: '支付租金',
              amountFen: 120_001,
              dueOn: '2026-11-10',
              place: '店铺',
              manner: '银行转账',
              instalments: [
                { amountFen: 60_000, dueOn: '2026-10-10' },
                { amountFen: 60_001, dueOn: '2026-11-10' },
              ],
            },
          ],
        }),
        201,
      );
      must(
        await mediator.post(
          `/agreements/${id}/oral-conclusion`,
          { reachedAt: t.clock.at().toISOString(), place: '光明社区' },
          { ifMatch: version },
        ),
        200,
      );
    }

    async function pay(itemId: string, amountFen: number): Promise<void> {
      const performedOn = t.clock.at().toISOString().slice(0, 10);
      const record = { amountFen, performedOn, manner: 'transfer', isConfirmedByObligee: true };
      must(await mediator.post(`/performance-items/${itemId}/records`, record), 200);
    }
  });
});
