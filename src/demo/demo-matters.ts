import type { DemoCenter } from './demo-organizations';
import { DemoDesk } from './demo-desk';
import { aPhotograph, residentIdOf } from './demo-evidence';
import { concludeAtTable, concludeByLink, concludeInInk, performAll } from './demo-signing';
import type { TravellingClock } from './travelling-clock';

/** Lives the six matters of the demo center, each on its own days of 2026. */
export async function liveDemoMatters(base: string, center: DemoCenter, clock: TravellingClock): Promise<void> {
  const desk = new DemoDesk(base, center, clock);
  // The certificate of the seal must be older than what is sealed with it.
  clock.travelTo('2026-08-24T09:00:00+08:00');
  await center.keeper.post(`/committees/${center.committeeId}/seals`, { origin: 'demo', requiresSecondPerson: false });
  await sixSiblings(desk);
  await expropriation(desk);
  await phoneLease(desk);
  await riderNoise(desk);
  await waterSupply(desk);
  await orderAndRating(desk);
}

/** A 六兄弟姐妹遗产纠纷: six equal parties, six visits, a lawyer with everyone’s consent, ink on paper. */
async function sixSiblings(desk: DemoDesk): Promise<void> {
  const { center, clock } = desk;
  const mediator = center.person('tiaojie');
  const siblings = [
    ['李建国', '19570312'],
    ['李建军', '19591105'],
    ['李建华', '19620620'],
    ['李建英', '19650118'],
    ['李建梅', '19680902'],
    ['李建平', '19711224'],
  ] as const;
  clock.travelTo('2026-09-01T09:05:00+08:00');
  const matter = await desk.accept(
    {
      channel: 'proactive',
      title: '李家六兄妹遗产纠纷',
      disputeType: 'family.inheritance',
      narrative: '父母先后去世，留有光明社区房屋一套和存款，未立遗嘱。六名子女因分配意见不一反目，四年不相往来。',
      requests: '请求调解遗产分配。',
      place: '新城区光明社区6号楼',
      placeUnitId: center.communityId,
      amountFen: 36_000_000,
      parties: siblings.map(([name, birth], i) => ({
        kind: 'person',
        name,
        residentId: residentIdOf(birth, i < 3 ? 101 + 2 * i : 102 + 2 * i),
        phone: `1390471000${i + 1}`,
        address: `新城区光明社区${i + 1}号楼`,
      })),
    },
    { nature: 'civil', riskLevel: 'yellow', riskReason: '四年积怨，个别人情绪激动。' },
  );
  await desk.consentOfAll(matter, '2026-09-02T10:00:00+08:00');
  await desk.assign(matter, 'tiaojie');
  await desk.disclosesNothing(matter, mediator);
  for (const [i, partyId] of matter.partyIds.entries()) {
    const party = { id: partyId, name: siblings[i]?.[0] ?? '' };
    await desk.hear(matter, mediator, party, HEARINGS[i] ?? '', `2026-09-0${i + 3}`);
  }
  clock.travelTo('2026-09-10T09:00:00+08:00');
  const lawyer = await mediator.post(`/disputes/${matter.id}/participants`, {
    kind: 'lawyer',
    name: '白雪',
    organization: '新城区法律援助中心',
    purpose: '讲解民法典继承编，现场答疑',
  });
  await mediator.post(`/participants/${lawyer.id}/consents`, {
    answers: matter.partyIds.map((partyId) => ({ partyId, answer: 'agreed', channel: 'phone' })),
  });
  await desk.mediate(matter, mediator, {
    from: '2026-09-12T09:00:00+08:00',
    to: '2026-09-12T12:10:00+08:00',
    place: '光明社区二楼会议室',
    participantIds: [lawyer.id],
    statements: [
      '房屋应当有人继续住，其余折价补偿。',
      '同意折价，希望当年付清。',
      '存款应当先扣除丧葬费用。',
      '平均分，不再提过去的事。',
      '同意平均分。',
      '同意，愿意先拿出一部分办后事的余款。',
    ],
    explanation: '民法典第一千一百三十条：同一顺序继承人继承遗产的份额，一般应当均等。',
    facts: ['房屋系父母共同财产，父母均未立遗嘱。', '父母名下存款三十六万元。'],
  });
  await concludeInInk(desk, matter, mediator, {
    facts: '六名当事人系兄弟姐妹。父母去世后遗有存款人民币叁拾陆万元，未立遗嘱，因分配意见不一发生争议。',
    clauses: [
      '父母名下存款由六名当事人各继承六分之一。',
      '存款由李建国统一支取后，按本协议约定的期限分别支付其余五人。',
      '六名当事人就本次分割的存款再无其他争议，互相恢复往来。',
    ],
    obligations: matter.partyIds.slice(1).map((obligee) => ({
      obligor: matter.partyIds[0] ?? '',
      obligee,
      content: '支付存款应继承份额',
      amountFen: 6_000_000,
      dueOn: '2026-10-15',
    })),
    signedAt: '2026-09-12T12:40:00+08:00',
    sealedAt: '2026-09-14T09:30:00+08:00',
  });
  await performAll(desk, matter, mediator, '2026-10-12T10:00:00+08:00');
  clock.travelTo('2026-10-20T09:30:00+08:00');
  await desk.close(matter, 'agreement', '六方达成协议，存款份额已全部付清。');
  clock.travelTo('2026-10-28T15:00:00+08:00');
  await desk.followUp(matter, '电话回访六人，均表示已收到款项，逢年过节恢复走动。');
}

const HEARINGS = [
  '房子是我照看父母时一直住着的，我不想搬，但愿意补给弟妹钱。',
  '这些年大哥没叫过我一声，我要争的不是钱。',
  '父母治病我垫过钱，票据不全，也就算了。',
  '我离得远，只希望分得公道。',
  '大姐夫说过难听的话，我心里过不去，钱可以少一点。',
  '我身体不好，盼着今年能拿到钱看病。',
];

/** B 手机租赁合同纠纷: a tenant out of reach, contact through parents, an extension by consent, signing by link. */
async function phoneLease(desk: DemoDesk): Promise<void> {
  const { center, clock } = desk;
  const mediator = center.person('tiaojie2');
  clock.travelTo('2026-10-12T09:20:00+08:00');
  const matter = await desk.accept(
    {
      channel: 'visit',
      title: '手机租赁合同纠纷',
      disputeType: 'contract.lease',
      narrative: '租户通过线上平台向商家租用手机一部，付了两期租金后不再付款，电话不接、人找不到。商家请求调解。',
      requests: '请求支付剩余租金。',
      amountFen: 360_000,
      parties: [
        {
          kind: 'organization',
          side: 'applicant',
          name: '呼和浩特市青城数码租赁有限公司',
          creditCode: '91350100M000100Y43',
          phone: '0471-6612345',
          address: '新城区新华大街60号',
        },
        {
          kind: 'person',
          side: 'respondent',
          name: '乌云毕力格',
          residentId: residentIdOf('20030517', 215),
          phone: '13804711234',
          address: '新城区成吉思汗大街18号',
        },
      ],
    },
    { nature: 'civil', riskLevel: 'blue' },
  );
  const [company = '', tenant = ''] = matter.partyIds;
  await mediatorsOffice(desk, company);
  await desk.consent(company, 'applied', '2026-10-12T09:30:00+08:00');
  const clerk = center.person('shouli');
  const attempts: readonly [string, string, Readonly<Record<string, unknown>>][] = [
    ['2026-10-13T10:00:00+08:00', 'phone', { contacted: 'party', outcome: 'no-answer' }],
    [
      '2026-10-15T19:10:00+08:00',
      'message',
      { contacted: 'party', outcome: 'left-message', note: '微信告知不履行合同的后果和调解的时间。' },
    ],
    [
      '2026-10-17T11:00:00+08:00',
      'phone',
      {
        contacted: 'relative',
        contactedName: '乌云毕力格的父亲',
        purpose: '请转告当事人与中心联系，未透露欠款金额',
        basis: '当事人签收单上登记的紧急联系人',
        outcome: 'relayed',
      },
    ],
    [
      '2026-10-19T16:30:00+08:00',
      'phone',
      { contacted: 'party', outcome: 'reached', note: '当事人回电，说明失业，愿意调解。' },
    ],
  ];
  for (const [at, channel, attempt] of attempts) {
    clock.travelTo(at);
    await clerk.post(`/parties/${tenant}/contact-attempts`, { at, channel, ...attempt });
  }
  await desk.consent(tenant, 'agreed', '2026-10-19T16:40:00+08:00', 'phone');
  await desk.assign(matter, 'tiaojie2');
  clock.travelTo('2026-11-09T10:00:00+08:00');
  await mediator.post(`/disputes/${matter.id}/mediation/extensions`, {
    untilOn: '2026-12-05',
    reason: '租户在外地找工作，双方同意延期继续协商。',
    consentedPartyIds: matter.partyIds,
    consentedOn: '2026-11-09',
  });
  await desk.mediate(matter, mediator, {
    from: '2026-11-12T14:30:00+08:00',
    to: '2026-11-12T15:40:00+08:00',
    mode: 'video',
    statements: ['愿意免除违约金，剩余租金可以分期。', '愿意付清，请分三个月。'],
    explanation: '民法典第五百零九条：当事人应当按照约定全面履行自己的义务。',
    facts: ['剩余租金合计三千六百元。'],
  });
  await concludeByLink(desk, matter, mediator, {
    facts: '租户向商家租用手机一部，剩余租金人民币叁仟陆佰元未付。',
    clauses: ['租户分三期付清剩余租金人民币叁仟陆佰元。', '付清后手机归租户所有，商家免除违约金。'],
    obligations: [
      {
        obligor: tenant,
        obligee: company,
        content: '支付剩余租金',
        amountFen: 360_000,
        dueOn: '2027-02-15',
        instalments: [
          { amountFen: 120_000, dueOn: '2026-12-15' },
          { amountFen: 120_000, dueOn: '2027-01-15' },
          { amountFen: 120_000, dueOn: '2027-02-15' },
        ],
      },
    ],
    signedAt: '2026-11-13T10:00:00+08:00',
    sealedAt: '2026-11-13T16:00:00+08:00',
  });
}

/** Who signs for the merchant: its legal representative, registered at the counter. */
async function mediatorsOffice({ center }: DemoDesk, companyId: string): Promise<void> {
  await center.person('shouli').post(`/parties/${companyId}/representatives`, {
    kind: 'legal-representative',
    name: '郭晓东',
    phone: '13904712222',
    scope: ['attend', 'receive', 'sign', 'waive'],
    validFrom: '2026-01-01',
  });
}

/** C 外卖员聚集噪声: no respondent; sent down to the grid, answered, followed up. */
async function riderNoise(desk: DemoDesk): Promise<void> {
  const { center, clock } = desk;
  clock.travelTo('2026-10-14T08:50:00+08:00');
  const matter = await desk.register(
    {
      channel: 'visit',
      title: '巷内外卖员聚集噪声',
      disputeType: 'neighbor.noise',
      narrative: '居民反映用餐高峰外卖员在巷内聚集等单，车辆鸣笛、大声接打电话，影响老人休息。',
      place: '新城区光明社区三巷',
      placeUnitId: center.gridId,
    },
    {
      nature: 'other',
      route: 'grid',
      riskLevel: 'blue',
      opinion: '没有具体对方当事人，不属人民调解，下派网格并致函平台企业。',
    },
  );
  const dispatcher = center.person('diaodu');
  await dispatcher.post(`/disputes/${matter.id}/sending-down`, {
    toUnitId: center.gridId,
    request: '请网格员现场沟通，拍照反馈，并向外卖平台反映。',
  });
  await desk.receiveTransfer(matter, center.person('wangge'), '2026-10-14T10:30:00+08:00');
  clock.travelTo('2026-10-16T12:20:00+08:00');
  await center.person('wangge').post(`/disputes/${matter.id}/undertaking`, { opinion: '现场沟通，已在巷口设等候区。' });
  await center
    .person('wangge')
    .upload(
      `/disputes/${matter.id}/attachments`,
      { bytes: aPhotograph('grid'), name: '三巷现场照片.png', type: 'image/png' },
      { evidenceType: 'audio-visual', form: 'photo', ring: 'center', description: '用餐高峰巷口等候区。' },
    );
  clock.travelTo('2026-10-19T09:00:00+08:00');
  await dispatcher.post(`/disputes/${matter.id}/answer`, {
    content: '平台已加强管理，骑手用餐高峰推车进巷、不鸣笛；社区在巷口设等候区。如仍有影响，请拨打中心电话。',
  });
  clock.travelTo('2026-10-21T10:00:00+08:00');
  await desk.close(matter, 'answered', '已现场沟通并答复反映人，噪声明显减少。', '这几天安静多了，可以。');
}

/** D 老旧小区用水难: a group with representatives, two agencies whistled, answered. */
async function waterSupply(desk: DemoDesk): Promise<void> {
  const { center, clock } = desk;
  clock.travelTo('2026-10-20T09:10:00+08:00');
  const matter = await desk.register(
    {
      channel: 'petition',
      upstreamNumber: 'XF-2026-0312',
      title: '新玉小区用水难',
      disputeType: 'utilities',
      narrative: '小区长期水压不足，高层用户夏季经常断水，居民代表到社区反映。',
      isGroup: true,
      headcount: 126,
      place: '新城区新玉小区',
      parties: [
        {
          kind: 'person',
          side: 'applicant',
          name: '额尔敦·巴雅尔',
          residentId: residentIdOf('19640708', 331),
          phone: '13904713333',
        },
      ],
    },
    {
      nature: 'administrative',
      route: 'agency',
      riskLevel: 'yellow',
      riskReason: '涉及一百二十六户。',
      opinion: '吹哨住建、自然资源到场会商。',
    },
  );
  const dispatcher = center.person('diaodu');
  await dispatcher.post(`/disputes/${matter.id}/undertaking`, { opinion: '由中心牵头，吹哨相关部门。' });
  const { taskIds } = await desk.blowWhistle(
    matter,
    '2026-10-20T10:00:00+08:00',
    [
      { agencyId: center.agencyIds[2], role: 'lead' },
      { agencyId: center.agencyIds[1], role: 'assist' },
    ],
    {
      brief: '新玉小区高层长期水压不足，居民要求改造二次供水设施。',
      asks: ['查明水压不足的原因', '提出改造方案和完成时间'],
    },
  );
  clock.travelTo('2026-10-20T10:40:00+08:00');
  await center.person('lianluo3').post(`/summons-tasks/${taskIds[0] ?? ''}/signature`);
  await center.person('lianluo2').post(`/summons-tasks/${taskIds[1] ?? ''}/signature`);
}

/** E 点单—派单—接单—评单: a 12345 order whose papers are missing; the one-time notice is signed for. */
async function orderAndRating(desk: DemoDesk): Promise<void> {
  const { center, clock } = desk;
  clock.travelTo('2026-11-02T09:40:00+08:00');
  const matter = await desk.register(
    {
      channel: 'hotline',
      upstreamNumber: '12345-20261102-0457',
      title: '物业费收取争议',
      disputeType: 'property',
      narrative: '群众反映物业公司提高收费标准未公示，请求协调。',
      parties: [
        {
          kind: 'person',
          side: 'applicant',
          name: '欧阳娜娜',
          residentId: residentIdOf('19910215', 428),
          phone: '13904714444',
        },
      ],
    },
    { nature: 'civil', route: 'mediation', riskLevel: 'blue', committeeId: center.committeeId },
  );
  const notice = await center.person('shouli').post(`/disputes/${matter.id}/one-time-notices`, {
    items: [
      { name: '居民身份证', note: '原件和复印件一份' },
      { name: '物业服务合同', note: '复印件一份' },
      { name: '近两年缴费凭证' },
    ],
    explanation: '补齐后当日受理。',
    form: 'paper',
    dueOn: '2026-11-16',
  });
  await center
    .person('shouli')
    .post(`/disputes/${matter.id}/one-time-notices/${notice.id}/receipt`, { signerName: '欧阳娜娜' });
}

/** F 中心吹哨，部门报到: three agencies, whistled at 17:25 on the eve of the holiday; one objects in vain, one is late. */
async function expropriation(desk: DemoDesk): Promise<void> {
  const { center, clock } = desk;
  const mediator = center.person('tiaojie2');
  clock.travelTo('2026-09-28T09:00:00+08:00');
  const matter = await desk.accept(
    {
      channel: 'department',
      title: '旧城征收补偿款分配争议',
      disputeType: 'expropriation',
      narrative: '旧城改造片区房屋被征收，韩家兄弟对房屋面积认定和补偿款的分配意见不一，多次到征收现场争吵。',
      requests: '请求查明面积，调解补偿款的分配。',
      place: '新城区通道街旧城改造片区',
      amountFen: 48_000_000,
      parties: [
        {
          kind: 'person',
          name: '韩志强',
          residentId: residentIdOf('19690923', 517),
          phone: '13904715555',
          address: '新城区通道街12号',
        },
        {
          kind: 'person',
          name: '韩志刚',
          residentId: residentIdOf('19730411', 519),
          phone: '13904716666',
          address: '新城区通道街14号',
        },
      ],
    },
    {
      nature: 'civil',
      riskLevel: 'red',
      riskReason: '曾在征收现场发生争吵。',
      opinion: '分配争议由调委会调解，面积和标准吹哨部门到场说明。',
    },
  );
  await desk.consentOfAll(matter, '2026-09-28T10:00:00+08:00');
  await desk.assign(matter, 'tiaojie2');
  const words = {
    brief: '被征收人对面积认定有异议，请到场说明并核对档案。',
    asks: ['核对该户征收档案中的面积认定依据', '到场向当事人说明补偿标准'],
  };
  const whistle = await desk.blowWhistle(
    matter,
    '2026-09-30T17:25:00+08:00',
    [
      { agencyId: center.agencyIds[0], role: 'lead' },
      { agencyId: center.agencyIds[1], role: 'assist' },
      { agencyId: center.agencyIds[2], role: 'assist' },
    ],
    words,
  );
  const [lead = '', late = '', objector = ''] = whistle.taskIds;
  clock.travelTo('2026-10-08T08:50:00+08:00');
  await center.person('lianluo').post(`/summons-tasks/${lead}/signature`);
  await center.person('lianluo3').post(`/summons-tasks/${objector}/objection`, {
    ground: 'not-competent',
    reason: '面积认定由征收部门负责，本单位无此项职责。',
  });
  clock.travelTo('2026-10-08T10:00:00+08:00');
  await center.person('diaodu').post(`/summons-tasks/${objector}/objection-overruling`, {
    reason: '该片区权属档案由住建部门保管，指定承办，到场核对。',
  });
  clock.travelTo('2026-10-09T16:00:00+08:00');
  await center.person('lianluo2').post(`/summons-tasks/${late}/signature`);
  const agencies = [
    { liaison: 'lianluo', taskId: lead, name: '吴迪' },
    { liaison: 'lianluo2', taskId: late, name: '陈静' },
    { liaison: 'lianluo3', taskId: objector, name: '褚宁' },
  ];
  for (const [i, { liaison, taskId, name }] of agencies.entries()) {
    clock.travelTo(`2026-10-12T09:${String(30 + i).padStart(2, '0')}:00+08:00`);
    await desk.answerWhistle(whistle.id, center.person(liaison), taskId, name);
  }
  clock.travelTo('2026-10-13T09:00:00+08:00');
  for (const { taskId } of agencies) await desk.settleWhistle(taskId);
  await desk.mediate(matter, mediator, {
    from: '2026-10-14T09:00:00+08:00',
    to: '2026-10-14T11:30:00+08:00',
    place: '新城区综治中心二号调解室',
    statements: ['面积听部门的，补偿款对半分。', '我出过修缮费，要多分一点。'],
    explanation: '征收部门已当场出示测绘成果；共有人可以约定分配补偿款。',
    facts: ['被征收房屋面积以二〇一九年测绘成果为准。', '补偿款合计四十八万元。'],
  });
  const [elder = '', younger = ''] = matter.partyIds;
  await concludeAtTable(desk, matter, mediator, {
    facts: '韩志强、韩志刚系兄弟，共有房屋一处被征收，补偿款人民币肆拾捌万元，因面积认定和分配意见不一发生争议。',
    clauses: [
      '房屋面积以征收部门二〇一九年测绘成果为准。',
      '补偿款由韩志强、韩志刚各得二分之一；韩志强另付韩志刚修缮费人民币贰万元。',
    ],
    obligations: [
      { obligor: elder, obligee: younger, content: '支付修缮费', amountFen: 2_000_000, dueOn: '2026-10-31' },
    ],
    signedAt: '2026-10-14T11:45:00+08:00',
    sealedAt: '2026-10-14T15:30:00+08:00',
  });
  await performAll(desk, matter, mediator, '2026-10-30T10:00:00+08:00');
  clock.travelTo('2026-11-02T09:30:00+08:00');
  await desk.close(matter, 'agreement', '三家部门到场，兄弟二人达成协议并履行完毕。');
}
