import { createHmac } from 'node:crypto';
import { KeepPromises } from '../../../src/modules/agreements/application/keep-promises';
import { SendMessages } from '../../../src/modules/notifications';
import { OutboxDispatcher, uuidv7 } from '../../../src/platform/database';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { aMailTarget, aPostTarget } from '../../support/outside-servers';
import { type TestApp, startTestApp } from '../../support/test-app';
import { aSeal, inEffect } from '../agreements/stage';
import { aMatterInProgress, aWhistle, onDuty } from '../summons/stage';

interface Delivery {
  readonly id: string;
  readonly kindName: string;
  readonly channel: string;
  readonly recipientName: string;
  readonly addressMasked: string | null;
  readonly state: string;
  readonly note: string | null;
  readonly text: string | null;
  readonly number: string | null;
  readonly disputeId: string | null;
  readonly attempts: number;
  readonly notBefore: string;
  readonly allowedActs: readonly string[];
}

interface OfMatter {
  readonly parties: readonly {
    readonly partyId: string;
    readonly choice: string | null;
    readonly reachWords: string;
  }[];
  readonly items: readonly Delivery[];
}

const APPLICANT = { kind: 'person', side: 'applicant', name: '王小芳', phone: '13812345678' };
const RESPONDENT = { kind: 'person', side: 'respondent', name: '李大强' };
const SECRET = 'a-secret-of-the-gateway';

const deliver = async (t: TestApp): Promise<void> => {
  await t.app.get(OutboxDispatcher).drain();
  await t.app.get(SendMessages).sweep();
};
const of = async (t: TestApp, id: string): Promise<OfMatter> =>
  must<OfMatter>(await (await onDuty(t, 'dispatcher')).get(`/disputes/${id}/messages`), 200);
const agrees = async (t: TestApp, { id, partyIds }: BuiltMatter, answer = 'agreed', party = 0): Promise<void> => {
  const body = { partyId: partyIds[party], answer, note: '当面询问。' };
  must(await (await onDuty(t, 'intake')).post(`/disputes/${id}/message-choices`, body), 201);
};

describe('messages, nothing set up (real PostgreSQL, fake clock)', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  it('are written down and leave the house by no channel', async () => {
    const matter = await aMatter(t).between(APPLICANT, RESPONDENT).registered();
    await deliver(t);
    const before = await of(t, matter.id);
    expect(before.items.map((m) => [m.state, m.note])).toEqual([['suppressed', '没有征得本人同意接收消息']]);
    await agrees(t, matter);
    await deliver(t);
    const { items, parties } = await of(t, matter.id);
    expect(items.map((m) => [m.kindName, m.state, m.note, m.recipientName])).toEqual([
      ['登记', 'logged', '通道没有启用', '王小芳'],
    ]);
    expect(items[0]?.text).toMatch(
      /^您反映的事项已由新城区综治中心登记，编号.+。进展可凭联系单在http:\/\/127\.0\.0\.1:3000\/p查看/,
    );
    expect(items[0]?.text).not.toContain('王小芳');
    expect(parties.map((p) => [p.choice, p.reachWords])).toEqual([
      ['agreed', '可以发短信'],
      [null, '没有征得本人同意接收消息'],
    ]);
  });

  it('of staff are logged for the groups, and the whistle names no fact', async () => {
    const id = await aMatterInProgress(t);
    await aWhistle(t, id, [{ agencyId: t.world.agencyIds[0], role: 'lead' }]);
    await deliver(t);
    const whistles = (await of(t, id)).items.filter((m) => m.kindName.includes('吹哨'));
    expect(whistles.map((m) => [m.channel, m.state]).sort()).toEqual([
      ['dingtalk', 'logged'],
      ['wecom', 'logged'],
    ]);
    expect(whistles[0]?.text).not.toMatch(/征收|面积|小区/);
  });

  it('say nothing of a sealed matter', async () => {
    const matter = await aMatter(t).between(APPLICANT, RESPONDENT).registered();
    await agrees(t, matter);
    await t.sql('update dispute set is_sealed = true where id = $1', [matter.id]);
    await deliver(t);
    const rows = await t.sql<{ kind: string; text: string }>(
      'select kind, text from message_delivery where dispute_id = $1',
      [matter.id],
    );
    expect(rows.map((r) => r.kind)).toEqual(['party-neutral']);
    expect(rows[0]?.text).toBe('您在新城区综治中心的事项有新的情况，请凭联系单查看，或拨打0471-6600001。');
  });

  it('never reach a party that declined, nor one without a telephone; the desk sees why', async () => {
    const matter = await aMatter(t)
      .between({ ...APPLICANT, phone: undefined }, RESPONDENT)
      .registered();
    await agrees(t, matter);
    await deliver(t);
    expect((await of(t, matter.id)).items.map((m) => m.note)).toEqual(['没有登记电话']);
    const other = await aMatter(t).between(APPLICANT, RESPONDENT).registered();
    await agrees(t, other, 'declined');
    await deliver(t);
    expect((await of(t, other.id)).items.map((m) => m.note)).toEqual(['本人不接收消息']);
  });

  it('keep to themselves: the administrator sees that they went out, not what they said; other centers see nothing', async () => {
    const listed = async (key: string): Promise<readonly Delivery[]> =>
      must<{ items: readonly Delivery[] }>(await (await onDuty(t, key)).get('/messages/deliveries?limit=100'), 200)
        .items;
    const byAdmin = await listed('system-admin');
    expect(byAdmin.length).toBeGreaterThan(3);
    expect(byAdmin.filter((m) => m.text !== null || m.number !== null || m.disputeId !== null)).toEqual([]);
    const byDirector = await listed('director');
    expect(byDirector.filter((m) => m.number !== null && m.text !== null).length).toBeGreaterThan(2);
    expect(byDirector.filter((m) => m.text?.startsWith('您在新城区综治中心的事项有新的情况'))).toEqual([]);
    expect(await listed('director:foreign')).toEqual([]);
    expect((await (await onDuty(t, 'mediator')).get('/messages/deliveries')).status).toBe(403);
    expect(JSON.stringify([byAdmin, byDirector])).not.toContain('13812345678');
  });

  it('remind who owes before the day, and ask who was to receive; the other side hears neither', async () => {
    await aSeal(t);
    const matter = await aMatter(t)
      .ofType('contract.lease')
      .between({ ...APPLICANT, name: '赵承租' }, { ...RESPONDENT, name: '钱出租', phone: '13987654321' })
      .agreed();
    await inEffect(t, matter);
    await agrees(t, matter, 'agreed', 0);
    await agrees(t, matter, 'agreed', 1);
    const told = async (kind: string): Promise<(string | undefined)[]> => {
      await deliver(t);
      const rows = await t.sql<{ name: string; text: string }>(
        `select p.name, m.text from message_delivery m join party p on p.id = m.party_id
          where m.dispute_id = $1 and m.kind = $2`,
        [matter.id, kind],
      );
      expect(rows.every(({ text }) => !/赵承租|钱出租|600\.|600元|租金/.test(text))).toBe(true);
      return rows.map(({ name }) => name);
    };
    t.clock.set('2026-10-13T09:00:00+08:00');
    await t.app.get(KeepPromises).sweep();
    expect(await told('payment-due-7')).toEqual(['赵承租']);
    const mediator = await onDuty(t, 'mediator');
    const { items } = must<{ items: { id: string; remainingFen: number }[] }>(
      await mediator.get(`/disputes/${matter.id}/performance`),
      200,
    );
    const body = {
      amountFen: items[0]?.remainingFen,
      performedOn: '2026-10-13',
      manner: 'transfer',
      isConfirmedByObligee: false,
    };
    must(await mediator.post(`/performance-items/${items[0]?.id ?? ''}/records`, body), 200);
    expect(await told('receipt-asked')).toEqual(['钱出租']);
  });

  it('have words that a center puts in force, checked, kept by version, and brought back', async () => {
    const leader = await onDuty(t, 'duty-leader');
    const path = `/centers/${t.world.centerId}/message-templates`;
    const put = { kind: 'party-registered', channel: 'sms', text: '编号{编好}', isEnabled: true, note: '统一口径' };
    const refusal = await leader.put(path, put, 0);
    expect([refusal.status, (refusal.body as { detail: string }).detail]).toEqual([
      422,
      '没有 {编好} 这个填空，您要写的是不是 {编号}？',
    ]);
    const seen = must<{ faults: string[]; segments: number }>(
      await leader.post(`${path}/preview`, { ...put, text: '一'.repeat(71), isEnabled: undefined, note: undefined }),
      200,
    );
    expect([seen.faults, seen.segments]).toEqual([[], 2]);
    must(await leader.put(path, { ...put, text: '已登记，编号{编号}。' }, 0), 200);
    expect((await leader.put(path, { ...put, text: '抢先' }, 0)).status).toBe(412);
    const matter = await aMatter(t).between(APPLICANT, RESPONDENT).registered();
    await agrees(t, matter);
    await deliver(t);
    expect((await of(t, matter.id)).items[0]?.text).toMatch(/^已登记，编号.+。$/);
    const off = must<{ versions: object[]; version: number }>(
      await leader.put(path, { ...put, text: '已登记，编号{编号}。', isEnabled: false }, 1),
      200,
    );
    expect([off.version, off.versions.length]).toEqual([2, 3]);
    const silent = await aMatter(t).between(APPLICANT, RESPONDENT).registered();
    await deliver(t);
    expect((await of(t, silent.id)).items).toEqual([]);
    expect((await (await onDuty(t, 'director:foreign')).put(path, put, 2)).status).toBe(403);
  });
});

describe('messages, everything set up (real sockets stand in for the outside)', () => {
  let t: TestApp;
  let sms: Awaited<ReturnType<typeof aPostTarget>>;
  let robot: Awaited<ReturnType<typeof aPostTarget>>;
  let mail: Awaited<ReturnType<typeof aMailTarget>>;
  beforeAll(async () => {
    [sms, robot, mail] = await Promise.all([aPostTarget(), aPostTarget(), aMailTarget()]);
    t = await startTestApp({
      messages: {
        sms: { url: `http://${sms.host}/send`, secret: SECRET },
        email: { url: `smtp://${mail.host}`, password: undefined, from: '综治中心 <center@example.test>' },
        wecomUrl: `http://${robot.host}/wecom?key=k`,
        dingtalk: { url: `http://${robot.host}/dingtalk?access_token=a`, secret: 'SEC0' },
        hosts: [],
        insideHosts: [sms.host, robot.host, mail.host],
      },
    });
  });
  afterAll(async () => {
    await t.close();
    await Promise.all([sms.close(), robot.close(), mail.close()]);
  });
  beforeEach(() => {
    sms.posts.length = 0;
    sms.answer = { status: 200 };
  });

  const aMessage = async (): Promise<BuiltMatter> => {
    const matter = await aMatter(t).between(APPLICANT, RESPONDENT).registered();
    await agrees(t, matter);
    await t.app.get(OutboxDispatcher).drain();
    return matter;
  };
  const stateOf = async (id: string): Promise<Delivery | undefined> => (await of(t, id)).items[0];

  it('go to the gateway once, signed, with a key of their own, however many instances look', async () => {
    const matter = await aMessage();
    const other = await t.anotherInstance();
    try {
      await Promise.all(
        [t.app, other].flatMap((one) => [one.get(SendMessages).sweep(), one.get(SendMessages).sweep()]),
      );
      await other.get(OutboxDispatcher).drain();
      await t.sql('update outbox_message set delivered_at = null, available_at = $1', [t.clock.at()]);
      await Promise.all([t.app, other].map((one) => one.get(OutboxDispatcher).drain()));
      await deliver(t);
    } finally {
      await other.close();
    }
    expect(sms.posts.length).toBe(1);
    const [post] = sms.posts;
    if (post === undefined) throw new Error('nothing was posted');
    const { headers, body } = post;
    const sent = JSON.parse(body) as { id: string; to: string; text: string };
    expect(sent.to).toBe('13812345678');
    expect(headers['idempotency-key']).toBe(sent.id);
    expect(headers['x-signature']).toBe(
      createHmac('sha256', SECRET)
        .update(`${String(headers['x-timestamp'])}\n${body}`)
        .digest('hex'),
    );
    expect(await stateOf(matter.id)).toMatchObject({ state: 'sent', addressMasked: '138****5678', attempts: 1 });
  });

  it('are tried again later each time, given up, and sent once more on request with a reason', async () => {
    const matter = await aMessage();
    sms.answer = { status: 503 };
    await deliver(t);
    expect(await stateOf(matter.id)).toMatchObject({
      state: 'queued',
      attempts: 1,
      note: `${sms.host} 没有接收（HTTP 503）`,
    });
    await deliver(t);
    expect(sms.posts.length).toBe(1);
    for (let n = 0; n < 5; n++) {
      t.clock.advance(25 * 60_000);
      await deliver(t);
    }
    const failed = await stateOf(matter.id);
    expect(failed).toMatchObject({ state: 'failed', attempts: 6, addressMasked: '138****5678' });
    const keys = new Set(sms.posts.map((p) => p.headers['idempotency-key']));
    expect([sms.posts.length, keys.size]).toEqual([6, 1]);
    sms.answer = { status: 200 };
    const director = await onDuty(t, 'director');
    const list = must<{ items: Delivery[] }>(await director.get('/messages/deliveries?state=failed'), 200).items;
    expect(list.map((m) => [m.id, m.allowedActs])).toEqual([[failed?.id, ['messages.resend']]]);
    const path = `/messages/deliveries/${failed?.id ?? ''}/resend`;
    expect((await (await onDuty(t, 'director:foreign')).post(path, { reason: '试试' })).status).toBe(404);
    must(await director.post(path, { reason: '网关已恢复。' }), 200);
    expect((await director.post(path, { reason: '再来' })).status).toBe(409);
    await deliver(t);
    expect(await stateOf(matter.id)).toMatchObject({ state: 'sent' });
  });

  it('that an instance died over are tried again when its lease has run out, and not before', async () => {
    const matter = await aMessage();
    // Taken by an instance that was killed before it could say what became of it.
    await t.sql(
      "update message_delivery set attempts = 1, lease_until = $2::timestamptz + interval '2 minutes' where dispute_id = $1",
      [matter.id, t.clock.at()],
    );
    await deliver(t);
    expect(sms.posts.length).toBe(0);
    t.clock.advance(121_000);
    await deliver(t);
    expect([sms.posts.length, (await stateOf(matter.id))?.state]).toEqual([1, 'sent']);
  });

  it('are not settled by an instance whose lease has run out meanwhile', async () => {
    const matter = await aMessage();
    const slow = await t.anotherInstance();
    try {
      let release = (): void => undefined;
      sms.hold = new Promise((done) => (release = done));
      const late = slow.get(SendMessages).sweep();
      while (sms.posts.length === 0) await new Promise((go) => setTimeout(go, 20));
      sms.hold = null;
      t.clock.advance(121_000);
      await deliver(t);
      expect((await stateOf(matter.id))?.state).toBe('sent');
      sms.answer = { status: 400 };
      release();
      await late;
      expect((await stateOf(matter.id))?.state).toBe('sent');
      // The outside was told twice, under one key.
      expect(sms.posts.length).toBe(2);
      expect(new Set(sms.posts.map((p) => p.headers['idempotency-key'])).size).toBe(1);
    } finally {
      await slow.close();
    }
  });

  it('wait for the morning at night, and say so; what failed does not come back at night either', async () => {
    t.clock.set('2026-09-22T21:30:00+08:00');
    const matter = await aMessage();
    await deliver(t);
    expect(await stateOf(matter.id)).toMatchObject({
      state: 'queued',
      note: '夜间不打扰（21:00至08:00），08:00后发出',
      notBefore: '2026-09-23T00:00:00.000Z',
    });
    t.clock.set('2026-09-23T07:59:00+08:00');
    await deliver(t);
    expect(sms.posts.length).toBe(0);
    t.clock.set('2026-09-23T08:00:00+08:00');
    await deliver(t);
    expect(sms.posts.length).toBe(1);
    t.clock.set('2026-09-23T20:59:30+08:00');
    const late = await aMessage();
    sms.answer = { status: 503 };
    await deliver(t);
    expect(await stateOf(late.id)).toMatchObject({ state: 'queued', notBefore: '2026-09-24T00:00:00.000Z' });
  });

  it('follow the hours that a center has set', async () => {
    t.clock.set('2026-09-24T12:30:00+08:00');
    const leader = await onDuty(t, 'duty-leader');
    const path = `/centers/${t.world.centerId}/quiet-hours`;
    expect(must<{ from: string }>(await leader.get(path), 200).from).toBe('21:00');
    await deliver(t);
    sms.posts.length = 0;
    expect((await leader.put(path, { from: '24:00', to: '08:00' }, 0)).status).toBe(400);
    must(await leader.put(path, { from: '12:00', to: '14:30' }, 0), 200);
    const matter = await aMessage();
    await deliver(t);
    expect((await stateOf(matter.id))?.notBefore).toBe('2026-09-24T06:30:00.000Z');
    t.clock.set('2026-09-24T14:30:00+08:00');
    await deliver(t);
    expect(sms.posts.length).toBe(1);
    must(await leader.put(path, { from: '21:00', to: '08:00' }, 1), 200);
  });

  it('of an emergency whistle go out at night, to those on duty by mail and short message and to the groups', async () => {
    t.clock.set('2026-09-24T15:00:00+08:00');
    const liaison = await onDuty(t, 'liaison');
    const contact = { phone: '13900002222', email: 'zl@example.test', smsKinds: [], emailKinds: [] };
    must(await liaison.put('/notifications/contact', contact, 0), 200);
    expect((await liaison.put('/notifications/contact', { ...contact, phone: '0471-6912345' }, 1)).status).toBe(422);
    const [stored] = await t.sql<{ cipher: string }>('select phone_cipher as cipher from message_contact');
    expect(stored?.cipher).not.toContain('13900002222');
    const quiet = await aMatterInProgress(t);
    await aWhistle(t, quiet, [{ agencyId: t.world.agencyIds[0], role: 'lead' }]);
    await deliver(t);
    // Wants none of the ordinary kinds.
    expect([sms.posts.length, mail.mails.length]).toEqual([0, 0]);
    robot.posts.length = 0;
    t.clock.set('2026-09-24T23:00:00+08:00');
    const id = await aMatterInProgress(t);
    await aWhistle(t, id, [{ agencyId: t.world.agencyIds[0], role: 'lead' }], {
      kind: 'emergency',
      ground: 'emergency',
    });
    await deliver(t);
    expect(sms.posts.map((p) => (JSON.parse(p.body) as { to: string; text: string }).text)).toEqual([
      expect.stringMatching(/^紧急：新城区综治中心吹哨（.+），请立即登录系统签收并赶到现场。$/) as string,
    ]);
    expect(mail.mails.length).toBe(1);
    expect(mail.mails[0]).toMatch(/Message-ID: <[0-9a-f-]{36}@127\.0\.0\.1>/);
    const signed = new URL(robot.posts.find((p) => p.path.startsWith('/dingtalk'))?.path ?? '', 'http://x');
    const time = signed.searchParams.get('timestamp') ?? '';
    expect(signed.searchParams.get('sign')).toBe(createHmac('sha256', 'SEC0').update(`${time}\nSEC0`).digest('base64'));
    const wecom = robot.posts.filter((p) => p.path === '/wecom?key=k');
    expect(wecom.map((p) => (JSON.parse(p.body) as { msgtype: string }).msgtype)).toEqual(['text']);
  });

  it('to a robot that says no with 200 have failed', async () => {
    t.clock.set('2026-09-25T10:00:00+08:00');
    robot.answer = { status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url"}' };
    const admin = await onDuty(t, 'system-admin');
    const trial = must<{ state: string; error: string }>(
      await admin.post('/messages/trials', { channel: 'wecom' }),
      201,
    );
    expect(trial).toMatchObject({ state: 'failed', error: '群机器人没有接收（errcode 93000）' });
    robot.answer = { status: 200, body: '{"errcode":45009}' };
    expect(must(await admin.post('/messages/trials', { channel: 'wecom' }), 201)).toMatchObject({ state: 'queued' });
    robot.answer = { status: 200, body: '{"errcode":0}' };
  });

  it('are tried by the administrator, to nobody but themselves', async () => {
    const admin = await onDuty(t, 'system-admin');
    expect((await admin.post('/messages/trials', { channel: 'sms' })).status).toBe(422);
    must(await admin.put('/notifications/contact', { phone: '13700003333', email: 'hx@example.test' }, 0), 200);
    const key = uuidv7();
    const first = must(await admin.post('/messages/trials', { channel: 'sms' }, { idempotencyKey: key }), 201);
    expect(first).toMatchObject({ state: 'sent', stateName: '已发出' });
    await admin.post('/messages/trials', { channel: 'sms' }, { idempotencyKey: key });
    expect(sms.posts.map((p) => (JSON.parse(p.body) as { to: string }).to)).toEqual(['13700003333']);
    mail.answer = '550 no such user';
    expect(must(await admin.post('/messages/trials', { channel: 'email' }), 201)).toMatchObject({
      state: 'failed',
      error: '邮件服务器没有接收（550）',
    });
    const { items } = must<{ items: { channel: string; isOn: boolean; host: string }[] }>(
      await admin.get('/messages/channels'),
      200,
    );
    expect(items.map((c) => [c.channel, c.isOn, c.host])).toEqual([
      ['sms', true, sms.host],
      ['email', true, mail.host],
      ['wecom', true, robot.host],
      ['dingtalk', true, robot.host],
    ]);
    expect(JSON.stringify(items)).not.toMatch(/access_token|key=k|SEC0|a-secret/);
    expect((await (await onDuty(t, 'director')).get('/messages/channels')).status).toBe(403);
  });

  it('speak to the party as it now stands: a changed mind counts until the last moment', async () => {
    t.clock.set('2026-09-25T22:00:00+08:00');
    const matter = await aMessage();
    await deliver(t);
    t.clock.set('2026-09-26T07:00:00+08:00');
    await agrees(t, matter, 'declined');
    t.clock.set('2026-09-26T09:00:00+08:00');
    await deliver(t);
    expect([sms.posts.length, (await stateOf(matter.id))?.note]).toEqual([0, '本人不接收消息']);
  });

  it('tell those invited of time and place, and of the change', async () => {
    t.clock.set('2026-09-28T09:00:00+08:00');
    const matter = await aMatter(t)
      .between(APPLICANT, { ...RESPONDENT, phone: '13600004444' })
      .assigned();
    await agrees(t, matter);
    await agrees(t, matter, 'agreed', 1);
    await deliver(t);
    sms.posts.length = 0;
    const start = new Date('2026-09-29T09:30:00+08:00');
    const planned = must<{ id: string; version: number }>(
      await (
        await onDuty(t, 'mediator')
      ).post(`/disputes/${matter.id}/sessions`, {
        startsAt: start.toISOString(),
        endsAt: new Date(start.getTime() + 3_600_000).toISOString(),
        mode: 'on-site',
        place: '第二调解室',
      }),
      201,
    );
    await deliver(t);
    const sent = sms.posts.map((p) => JSON.parse(p.body) as { to: string; text: string });
    expect(sent.map((s) => s.to).sort()).toEqual(['13600004444', '13812345678']);
    expect(sent[0]?.text).toMatch(/^请于9月29日 09:30到第二调解室参加新城区综治中心组织的调解/);
    expect(sent[0]?.text).not.toMatch(/王小芳|李大强/);
    expect(planned.id).toBeDefined();
  });
});
