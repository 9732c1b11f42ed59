import { RaiseAlarms } from '../../../src/modules/authenticity';
import { uuidv7 } from '../../../src/platform/database';
import { aMatter, must } from '../../support/builders';
import { TWO_PARTIES } from '../../support/parties';
import { aSlip, atPortal } from '../../support/slips';
import { type Reply, type TestApp, startTestApp } from '../../support/test-app';

interface Alarm {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly explanation: readonly string[];
  readonly matters: readonly { readonly id: string; readonly number: string }[];
  readonly hiddenMatters: number;
  readonly decision: string | null;
  readonly decidedByName: string | null;
  readonly version: number;
  readonly allowedActs: readonly string[];
}

interface Made {
  readonly name?: string;
  readonly phone?: string;
  readonly narrative?: string;
  readonly isImported?: boolean;
  readonly handler?: string;
}

const STORY =
  '申请人称被申请人在楼道堆放旧家具和纸箱多年，影响通行和消防安全，多次劝说无果。被申请人承认堆放，但称家中狭小确无处可放，愿意在月底以前清走，请社区协助联系废品站上门收取。';

const OTHER_STORY =
  '租客退房时房东以墙面有钉孔、地板有划痕为由扣下全部押金，租客认为属于正常使用，只同意承担补漆的费用，双方在微信上争吵多次，租客请求中心查看现场并主持协商退还押金。';

/** Made-up files are written past the program, which would refuse some of them. */
describe('signs that a file does not tell what happened (real PostgreSQL, real HTTP)', () => {
  let t: TestApp;
  let serial = 0;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  /** A matter with one party, and something that happened to it. */
  const made = async ({ name, phone, narrative, isImported = false, handler = 'mediator' }: Made = {}): Promise<{
    id: string;
    partyId: string;
  }> => {
    serial += 1;
    const [id, partyId, now] = [uuidv7(), uuidv7(), t.clock.at()];
    await t.sql(
      `insert into dispute (id, center_id, registration_number, channel, title, state, nature, risk_level, outcome, closed_at, first_responder_id,
         registered_by, registered_at, limitation_interrupted_at, handler_account_id, is_imported)
       values ($1, $2, $3, 'visit', '编造的事项', case when $7::boolean then 'archived' else 'closed' end, 'civil', 'blue', 'solved', $4, $5, $5, $4, $4, $6, $7)`,
      [
        id,
        t.world.centerId,
        `编造${String(serial)}号`,
        now,
        t.world.account('intake').id,
        t.world.account(handler).id,
        isImported,
      ],
    );
    await t.sql('insert into dispute_narrative (dispute_id, narrative) values ($1, $2)', [
      id,
      narrative ?? `第${String(serial)}件。`,
    ]);
    await t.sql(
      `insert into party (id, dispute_id, ordinal, kind, side, name, name_key, state, phone_cipher, phone_index, created_at, updated_at)
       values ($1, $2, 1, 'person', 'applicant', $3, $3, 'active', $4::text, $4::text, $5, $5)`,
      [partyId, id, name ?? `某人${String(serial)}`, phone ?? null, now],
    );
    await t.sql(
      `insert into dispute_event (id, dispute_id, at, act, actor_name) values ($1, $2, $3, 'disputes.register', '王敏')`,
      [uuidv7(), id, now],
    );
    return { id, partyId };
  };
  const closed = (id: string, handler = 'mediator', confirmedBy: string | null = null) =>
    t.sql(
      `insert into dispute_closing (id, dispute_id, volume, outcome, summary, handler_account_id, reviewed_by, closed_at, confirmed_by)
       values ($1, $2, 1, 'solved', '已解决。', $3, $4, $5, $6)`,
      [uuidv7(), id, t.world.account(handler).id, t.world.account('duty-leader').id, t.clock.at(), confirmedBy],
    );
  const opened = async ({ id, partyId }: { id: string; partyId: string }, address: string): Promise<void> => {
    const access = uuidv7();
    await t.sql(
      `insert into portal_access (id, dispute_id, party_id, number_key, token_digest, code_digest, issued_by, issued_by_name, issued_at)
       values ($1, $2, $3, $4, $5, $5, $6, '王敏', $7)`,
      [access, id, partyId, `key ${access}`, `digest ${access}`, t.world.account('intake').id, t.clock.at()],
    );
    await t.sql(
      `insert into portal_session (id, dispute_id, access_id, digest, way, opened_at, last_used_at, expires_at, address, device)
       values ($1, $2, $3, $4, 'slip', $5, $5, $5::timestamptz + interval '1 hour', $6, 'Mozilla/5.0 (Android 14)')`,
      [uuidv7(), id, access, `digest ${access}`, t.clock.at(), address],
    );
  };
  const investigated = (id: string, from: string, to: string, place: string, mode = 'home-visit') =>
    t.sql(
      `insert into investigation_record (id, dispute_id, number, revision, ring, state, mode, interviewee_kind, interviewee_name, relation,
         started_at, ended_at, place, investigator_ids, investigator_names, recorder_name, opened_by, opened_at)
       values ($1, $2, 1, 1, 'center', 'draft', $3, 'neighbour', '邻居', '邻居', $4, $5, $6, array[$7::uuid], array['刘调解'], '郑记录', $7::uuid, $4)`,
      [uuidv7(), id, mode, from, to, place, t.world.account('mediator').id],
    );

  const sweep = (): Promise<number> => t.app.get(RaiseAlarms).sweep();
  const alarms = async (key = 'director', query = ''): Promise<Alarm[]> =>
    must<{ items: Alarm[] }>(await (await t.as(key)).get(`/alarms?limit=100${query}`), 200).items;
  /** What the made-up files raise that was not there before. */
  const raisedBy = async (work: () => Promise<unknown>): Promise<[string, number][]> => {
    await sweep();
    const before = new Set((await alarms()).map(({ id }) => id));
    t.clock.advance(60_000);
    await work();
    await sweep();
    return (await alarms()).filter(({ id }) => !before.has(id)).map(({ kind, matters }) => [kind, matters.length]);
  };

  it('raises for each kind of made-up file exactly its alarm', async () => {
    expect(
      await raisedBy(async () => {
        for (let i = 0; i < 3; i += 1) await made({ phone: 'v1.one' });
      }),
    ).toEqual([['same-phone', 3]]);
    expect(
      await raisedBy(async () => {
        for (let i = 0; i < 3; i += 1) await opened(await made(), '203.0.113.7');
      }),
    ).toEqual([['same-device', 3]]);
    expect(
      await raisedBy(async () => {
        await made({ narrative: STORY });
        await made({ narrative: STORY.replace('申请人', '王某') });
      }),
    ).toEqual([['near-identical', 2]]);
    expect(
      await raisedBy(async () => {
        await investigated((await made()).id, '2026-09-10T09:00+08', '2026-09-10T11:00+08', '东街1号');
        await investigated((await made()).id, '2026-09-10T10:00+08', '2026-09-10T12:00+08', '西街9号');
      }),
    ).toEqual([['impossible-time', 2]]);
    expect(
      await raisedBy(async () => {
        for (let i = 0; i < 10; i += 1) await closed((await made()).id);
      }),
    ).toEqual([['burst', 10]]);
    expect(
      await raisedBy(async () => {
        const { id } = await made({ handler: 'mediator-2' });
        await closed(id, 'mediator-2');
        await t.sql(
          `insert into follow_up_visit (id, dispute_id, mode, is_reached, denies_dispute, situation, visited_by, visited_at, is_call_back)
           values ($1, $2, 'phone', true, true, '当事人说没有人来调解过。', $3, $4, true)`,
          [uuidv7(), id, t.world.account('follow-up').id, t.clock.at()],
        );
      }),
    ).toEqual([['denial', 1]]);
  });

  it('raises none for honest files that look alike', async () => {
    expect(
      await raisedBy(async () => {
        for (let i = 0; i < 3; i += 1) await made({ phone: 'v1.two', name: '同一个人' });
        for (let i = 0; i < 3; i += 1) await made({ phone: 'v1.three', isImported: true });
        for (let i = 0; i < 3; i += 1) await opened(await made(), '192.168.1.20');
        for (let i = 0; i < 2; i += 1) await made({ narrative: OTHER_STORY, name: '王同名' });
        await made({ narrative: OTHER_STORY, isImported: true });
        await investigated((await made()).id, '2026-09-11T09:00+08', '2026-09-11T11:00+08', '东街1号');
        await investigated((await made()).id, '2026-09-11T10:00+08', '2026-09-11T12:00+08', '电话', 'phone');
        for (let i = 0; i < 9; i += 1) await closed((await made({ handler: 'mediator-other' })).id, 'mediator-other');
      }),
    ).toEqual([]);
  });

  it('raises the same thing once, and after a decision again only with a further matter', async () => {
    await sweep();
    const phone = async (): Promise<Alarm[]> => alarms('director', '&kind=same-phone');
    const [first] = await phone();
    await t.app.get(RaiseAlarms).look(first?.matters.map(({ id }) => id) ?? []);
    expect((await phone()).map(({ id }) => id)).toEqual([first?.id]);

    const { id: fourth } = await made({ phone: 'v1.one' });
    await sweep();
    const [grown, ...others] = await phone();
    expect([grown?.id, grown?.matters.length, others]).toEqual([first?.id, 4, []]);
    expect(grown?.explanation[0]).toBe('同一个电话号码登记在4名当事人名下，涉及4件事项。');

    const decide = async (key: string, body: object, version = grown?.version ?? 0) =>
      (await t.as(key)).post(`/alarms/${grown?.id ?? ''}/decision`, body, { ifMatch: version });
    const finding = { finding: 'explained', decision: '四人合租一处，共用一部电话，已电话核实。' };
    expect((await decide('intake', finding)).status).toBe(403);
    expect((await decide('director:foreign', finding)).status).toBe(404);
    expect((await decide('supervisor', { finding: 'open', decision: '随便。' })).status).toBe(400);
    expect((await decide('supervisor', finding, 99)).status).toBe(412);
    expect(must<Alarm>(await decide('supervisor', finding), 200)).toMatchObject({
      state: 'explained',
      decision: finding.decision,
      decidedByName: '陈督办',
      allowedActs: [],
    });
    expect((await decide('director', finding, (grown?.version ?? 0) + 1)).status).toBe(409);

    await t.app.get(RaiseAlarms).look([fourth]);
    expect(await phone()).toHaveLength(1);
    await made({ phone: 'v1.one' });
    await sweep();
    expect((await phone()).map(({ state, matters }) => [state, matters.length])).toEqual([
      ['open', 5],
      ['explained', 4],
    ]);
  });

  it('is decided by none who handled one of the matters', async () => {
    const [alarm] = await alarms('director', '&kind=denial');
    await t.sql('update dispute set handler_account_id = $2 where id = $1', [
      alarm?.matters[0]?.id,
      t.world.account('supervisor').id,
    ]);
    const mine = (await alarms('supervisor', '&kind=denial'))[0];
    expect(mine?.allowedActs).toEqual([]);
    const reply = await (
      await t.as('supervisor')
    ).post(
      `/alarms/${alarm?.id ?? ''}/decision`,
      { finding: 'unfounded', decision: '没有的事。' },
      { ifMatch: alarm?.version ?? 0 },
    );
    expect([reply.status, (reply.body as { code: string }).code]).toEqual([409, 'authenticity.own-work']);
  });

  it('is met by those who look into it alone, each reading leaves its trace, and no name or number stands in it', async () => {
    for (const key of ['intake', 'mediator', 'liaison', 'system-admin', 'follow-up']) {
      expect([key, (await (await t.as(key)).get('/alarms')).status]).toEqual([key, 403]);
    }
    expect(await alarms('director:foreign')).toEqual([]);
    expect((await alarms('superior')).length).toBe((await alarms('supervisor')).length);
    const count = async (): Promise<number> =>
      (await t.sql<{ n: number }>("select count(*)::int as n from audit_entry where act = 'authenticity.list'"))[0]
        ?.n ?? 0;
    const before = await count();
    expect(JSON.stringify((await alarms()).map(({ explanation }) => explanation))).not.toMatch(/某人|v1\./);
    expect(await count()).toBe(before + 1);
  });

  it('is looked for at one matter when somebody asks', async () => {
    const { id } = await made({ handler: 'mediator-2' });
    await closed(id, 'mediator-2', 'phone');
    const [party] = await t.sql<{ id: string }>('select id from party where dispute_id = $1', [id]);
    await t.sql(
      'insert into party_word (id, dispute_id, party_id, volume, is_solved, said_at) values ($1, $2, $3, 1, false, $4)',
      [uuidv7(), id, party?.id, t.clock.at()],
    );
    const of = async (key: string) => (await t.as(key)).get(`/disputes/${id}/alarms`);
    expect(must<{ items: Alarm[]; allowedActs: string[] }>(await of('director'), 200)).toEqual({
      items: [],
      allowedActs: ['authenticity.check'],
    });
    expect((await of('intake')).status).toBe(403);
    const checked = must<{ items: Alarm[] }>(
      await (await t.as('director')).post(`/disputes/${id}/authenticity-checks`),
      200,
    );
    expect(checked.items.map(({ kind, state }) => [kind, state])).toEqual([['denial', 'open']]);
    expect((await (await t.as('mediator-2')).post(`/disputes/${id}/authenticity-checks`)).status).toBe(404);
  });

  it('is nothing that a party meets: its page and every answer to it are the same as without', async () => {
    const { id, partyIds } = await aMatter(t)
      .between(
        ...TWO_PARTIES.map((party, i) => ({ ...party, phone: '13904719999', address: `海东路${String(i + 1)}号` })),
      )
      .accepted();
    const intake = await t.as('intake');
    const slip = await aSlip(t, intake, id, partyIds[0]);
    const party = await atPortal(t, slip);
    const before = must<{ registrationNumber: string }>(await party.get('/portal/matter'), 200);

    await (await t.as('director')).post(`/disputes/${id}/authenticity-checks`);
    const { items } = must<{ items: Alarm[] }>(await (await t.as('director')).get(`/disputes/${id}/alarms`), 200);
    expect(items.map(({ kind, state }) => [kind, state])).toEqual([['same-phone', 'open']]);

    const byNumber = { registrationNumber: before.registrationNumber, code: slip.code };
    const reading = await party.get('/portal/matter');
    expect(must(reading, 200)).toEqual(before);
    const answers: Reply[] = [
      reading,
      await t.anonymous.post('/portal/sessions', { token: slip.token, code: slip.code }),
      await t.anonymous.post('/portal/sessions/by-number', byNumber),
      await party.post('/portal/consent', { answer: 'agreed' }),
      await party.post('/portal/rights-notice-receipt'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const notYet = [
      await party.post('/portal/outcome', { isSolved: false }),
      await party.post('/portal/rating', { score: 5 }),
    ];
    expect(notYet.map(({ status }) => status)).toEqual([409, 409]);
    const told = [...answers, ...notYet].map(({ text }) => text).join();
    expect(told).not.toMatch(/alarm|authenticity|same-phone|真实性|同一电话|同一个电话|核实/);
    expect(items.filter((alarm) => told.includes(alarm.id))).toEqual([]);
    for (const path of ['/alarms', `/disputes/${id}/alarms`]) expect((await party.get(path)).status).toBe(401);
  });

  it('looks once in each night', async () => {
    const raise = t.app.get(RaiseAlarms);
    await t.sql('delete from authenticity_turn');
    t.clock.set('2026-09-20T14:00:00+08:00');
    await raise.tonight();
    expect(await t.sql('select * from authenticity_turn')).toEqual([]);
    t.clock.set('2026-09-21T02:00:00+08:00');
    await raise.tonight();
    const seen = await t.sql<{ seen_until: Date }>('select seen_until from authenticity_turn');
    t.clock.set('2026-09-21T03:00:00+08:00');
    await raise.tonight();
    expect(await t.sql('select seen_until from authenticity_turn')).toEqual(seen);
  });
});
