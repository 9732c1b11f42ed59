import { Papers } from '../../../src/modules/documents';
import { type BuiltMatter, must } from '../../support/builders';
import { textOf as printedText } from '../../support/paper-fixtures';
import { isInstalled } from '../../support/sealing-fixtures';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aMatterInMediation, allArrive, plan, view } from './stage';

const acts = async (t: TestApp, disputeId: string): Promise<string[]> =>
  (await t.sql<{ act: string }>('select act from dispute_event where dispute_id = $1 order by id', [disputeId])).map(
    (e) => e.act,
  );

const mediationState = async (t: TestApp, disputeId: string): Promise<string> =>
  (await t.sql<{ s: string }>('select mediation_state as s from dispute where id = $1', [disputeId]))[0]?.s ?? '';

describe('case A: six siblings and an estate (real PostgreSQL, real HTTP, fake clock)', () => {
  const siblings = ['李建国', '李建军', '李建华', '李建英', '李建梅', '李建平'];
  let t: TestApp;
  let mediator: Caller;
  let matter: BuiltMatter;
  const records: string[] = [];
  let lawyerId: string;
  let session: Standing;

  beforeAll(async () => {
    t = await startTestApp();
    mediator = await t.as('mediator');
    matter = await aMatterInMediation(
      t,
      siblings.map((name) => ({ kind: 'person', name })),
      { title: '李家六兄妹遗产纠纷', disputeType: 'family.inheritance' },
    );
  });
  afterAll(() => t.close());

  it('hears the six one by one at home, each for the mediator alone', async () => {
    expect(await mediationState(t, matter.id)).toBe('assigned');
    for (const [i, partyId] of matter.partyIds.entries()) {
      t.clock.advanceDays(1);
      const startedAt = t.clock.at().toISOString();
      t.clock.advance(50 * 60_000);
      const opened = must<Standing & { number: number }>(
        await mediator.post(`/disputes/${matter.id}/investigation-records`, {
          ring: 'mediator',
          mode: 'home-visit',
          intervieweeKind: 'party',
          partyId,
          startedAt,
          place: '被调查人家中',
          present: ['社区工作人员云娜'],
        }),
        201,
      );
      expect(opened).toMatchObject({ number: i + 1, revision: 1, state: 'draft', version: 1 });
      const written = await mediator.put(
        `/investigation-records/${opened.id}/content`,
        {
          entries: [
            { kind: 'question', speaker: '刘调解', text: '请说说您对房屋分配的想法。' },
            { kind: 'answer', speaker: siblings[i], text: `第${i + 1}个孩子的难处和底线，只说给调解员。` },
          ],
          endedAt: t.clock.at().toISOString(),
        },
        1,
      );
      expect(written.body).toMatchObject({ version: 2, cues: [] });
      const confirmed = await mediator.post(`/investigation-records/${opened.id}/confirmation`, { method: 'read' });
      expect(confirmed.status).toBe(200);
      records.push(opened.id);
    }
    expect(await mediationState(t, matter.id)).toBe('investigating');
    expect(
      must<{ items: object[] }>(await mediator.get(`/disputes/${matter.id}/investigation-records`), 200).items,
    ).toHaveLength(6);
    expect(
      must<object>(await (await t.as('dispatcher')).get(`/disputes/${matter.id}/investigation-records`), 200),
    ).toEqual({ items: [], allowedActs: [], writableRings: [] });
    expect((await (await t.as('dispatcher')).get(`/investigation-records/${records[0] ?? ''}`)).status).toBe(404);
    const read = await (await t.as('recorder')).get(`/investigation-records/${records[3] ?? ''}`);
    expect(read.body).toMatchObject({
      intervieweeName: '李建英',
      confirmation: 'read',
      confirmedByName: '李建英',
      recorderName: '郑记录',
    });
  });

  it('brings the legal-aid lawyer only when all six have agreed, and says who is missing', async () => {
    const invited = must<Standing & { missingPartyIds: string[] }>(
      await mediator.post(`/disputes/${matter.id}/participants`, {
        kind: 'lawyer',
        name: '白雪',
        organization: '新城区法律援助中心',
        purpose: '讲解民法典继承编，现场答疑',
      }),
      201,
    );
    lawyerId = invited.id;
    expect(invited.missingPartyIds).toEqual(matter.partyIds);
    const answer = (partyId: string, said = 'agreed'): object => ({ partyId, answer: said, channel: 'phone' });
    const five = await mediator.post(`/participants/${lawyerId}/consents`, {
      answers: matter.partyIds.map((id, i) => answer(id, i === 5 ? 'objected' : 'agreed')),
    });
    expect(five.body).toMatchObject({ missingPartyIds: [matter.partyIds[5]] });
    const start = new Date(t.clock.at().getTime() + 86_400_000).toISOString();
    const refused = await mediator.post(`/disputes/${matter.id}/sessions`, {
      startsAt: start,
      endsAt: new Date(Date.parse(start) + 3 * 3_600_000).toISOString(),
      mode: 'on-site',
      place: '社区会议室',
      participantIds: [lawyerId],
    });
    expect(refused.body).toMatchObject({
      status: 422,
      code: 'participants.consent-missing',
      errors: [{ pointer: '/participantIds', detail: '李建平没有表示同意' }],
    });
    expect(await t.sql('select 1 from mediation_session where dispute_id = $1', [matter.id])).toEqual([]);
    const sixth = await mediator.post(`/participants/${lawyerId}/consents`, {
      answers: [answer(matter.partyIds[5] ?? '')],
    });
    expect(sixth.body).toMatchObject({ missingPartyIds: [] });
    const { items } = must<{ items: object[] }>(await mediator.get(`/disputes/${matter.id}/participants`), 200);
    expect(items[0]).toMatchObject({ name: '白雪', isAgreedByAll: true, kindName: '律师、法律援助人员' });
  });

  it('plans one session for all six, the mediator, the recorder and the lawyer', async () => {
    session = await plan(mediator, matter.id, t, { place: '光明社区会议室', participantIds: [lawyerId] });
    const planned = await view(mediator, session.id);
    expect(planned).toMatchObject({ state: 'planned', publicity: 'non-public', ordinal: 1 });
    expect(planned.invitees.map((i) => i.name)).toEqual(['刘调解', '郑记录', ...siblings, '白雪']);
    expect(
      await t.sql(
        'select act, from_state, to_state from dispute_event where dispute_id = $1 order by id desc limit 1',
        [matter.id],
      ),
    ).toEqual([{ act: 'sessions.plan', from_state: null, to_state: 'planned' }]);
  });

  it('lets the lawyer in only while every consent stands', async () => {
    t.clock.advanceDays(1);
    must(await mediator.post(`/sessions/${session.id}/start`, {}), 200);
    expect(await mediationState(t, matter.id)).toBe('in-mediation');
    const { invitees } = await view(mediator, session.id);
    const lawyer = invitees.find((i) => i.participantId === lawyerId);
    must(
      await mediator.post(`/participants/${lawyerId}/consents`, {
        answers: [{ partyId: matter.partyIds[1], answer: 'objected', channel: 'in-person' }],
      }),
      201,
    );
    const attendance = { attendance: [{ inviteeId: lawyer?.id, arrivedAt: t.clock.at().toISOString() }] };
    const barred = await mediator.post(`/sessions/${session.id}/attendance`, attendance);
    expect(barred.body).toMatchObject({ status: 422, code: 'participants.consent-missing' });
    expect((barred.body as { detail: string }).detail).toContain('李建军');
    must(
      await mediator.post(`/participants/${lawyerId}/consents`, {
        answers: [{ partyId: matter.partyIds[1], answer: 'agreed', channel: 'in-person' }],
      }),
      201,
    );
    await allArrive(mediator, t, session.id);
  });

  it('records three hours in turn, the undisputed apart from the concessions, and ends in an agreement', async () => {
    const { invitees } = await view(mediator, session.id);
    const parties = invitees.filter((i) => i.kind === 'party');
    must(
      await mediator.post(`/sessions/${session.id}/entries`, {
        entries: [
          { ring: 'parties', kind: 'procedure', speaker: '刘调解', text: '告知权利义务，宣布依次发言。' },
          ...parties.map((p) => ({
            ring: 'parties',
            kind: 'statement',
            inviteeId: p.id,
            text: `${p.name}陈述对房屋和存款的意见。`,
          })),
          {
            ring: 'parties',
            kind: 'explanation',
            speaker: '白雪',
            text: '同一顺序继承人继承遗产的份额，一般应当均等。',
          },
          { ring: 'mediator', kind: 'statement', inviteeId: parties[0]?.id, text: '建国私下表示担心弟弟的病。' },
        ],
      }),
      201,
    );
    must(
      await mediator.post(`/sessions/${session.id}/undisputed-facts`, {
        facts: ['房屋系父母共同财产，父母均未立遗嘱。'],
      }),
      201,
    );
    must(
      await mediator.post(`/sessions/${session.id}/concessions`, {
        inviteeId: parties[0]?.id,
        text: '愿意少分一成，只要今年内付清。',
      }),
      201,
    );
    const early = await mediator.post(`/sessions/${session.id}/result`, { result: 'agreed' });
    expect(early.body).toMatchObject({ status: 409, code: 'sessions.not-ended' });
    t.clock.advance(3 * 3_600_000 + 10 * 60_000);
    must(await mediator.post(`/sessions/${session.id}/end`, {}), 200);
    const recorded = must<Standing>(await mediator.post(`/sessions/${session.id}/result`, { result: 'agreed' }), 200);
    expect(recorded.state).toBe('recorded');
    expect(await mediationState(t, matter.id)).toBe('drafting');
    const one = await mediator.post(`/sessions/${session.id}/confirmation`, {
      confirmations: [{ inviteeId: parties[0]?.id, method: 'read' }],
    });
    expect(one.body).toMatchObject({ status: 422, code: 'sessions.confirmation-missing' });
    const confirmed = await mediator.post(`/sessions/${session.id}/confirmation`, {
      confirmations: parties.map((p, i) =>
        i === 5
          ? { inviteeId: p.id, method: 'aloud', note: '见证人社区工作人员云娜' }
          : { inviteeId: p.id, method: 'read' },
      ),
    });
    expect(confirmed.body).toMatchObject({ state: 'confirmed' });
    expect(await acts(t, matter.id)).toEqual(
      expect.arrayContaining([
        'investigations.open',
        'mediation.investigate',
        'sessions.start',
        'mediation.mediate',
        'sessions.record',
        'mediation.agree-in-session',
      ]) as string[],
    );
    const [row] = await t.sql('select started_at, ended_at, result, publicity from mediation_session where id = $1', [
      session.id,
    ]);
    const { started_at, ended_at } = row as { started_at: Date; ended_at: Date };
    expect((ended_at.getTime() - started_at.getTime()) / 3_600_000).toBeGreaterThan(3);
    expect(row).toMatchObject({ result: 'agreed', publicity: 'non-public' });
  });

  it('prints the record of the session with what all may read, and nothing of the rest', async () => {
    const render = jest.spyOn(t.app.get(Papers), 'render');
    const order = { templateId: 'mediation-record', parameters: { sessionId: session.id } };
    const issued = must<{ id: string; title: string }>(
      await mediator.post(`/disputes/${matter.id}/papers`, order),
      201,
    );
    expect(issued.title).toBe('调解记录（第1次）');
    const data = render.mock.calls.at(-1)?.[1] ?? {};
    render.mockRestore();
    expect(data).toMatchObject({
      session: 1,
      publicity: 'private',
      result: 'success',
      agreedFacts: '房屋系父母共同财产，父母均未立遗嘱。',
      participants: '律师、法律援助人员白雪（经各方当事人同意邀请）',
      parties: siblings.map((name, i) => ({ slot: `party-${i + 1}`, name })),
      mediators: [{ slot: 'mediator-1', name: '刘调解' }],
      recorder: { slot: 'recorder', name: '郑记录' },
    });
    expect(data['record']).toContain('李建英（陈述）：李建英陈述对房屋和存款的意见。');
    const pdf = await mediator.download(`/papers/${issued.id}/file`);
    expect(pdf.status).toBe(200);
    // Told to the mediator alone, and offered only to come to terms: in no paper.
    for (const secret of ['担心弟弟的病', '愿意少分一成', '难处和底线'])
      expect(JSON.stringify(data)).not.toContain(secret);
    if (isInstalled('pdftotext')) {
      const text = printedText(pdf.body as Buffer);
      expect(text).toContain('第一次调解');
      expect(text).toContain('房屋系父母共同财产');
      for (const secret of ['担心弟弟的病', '愿意少分一成']) expect(text).not.toContain(secret);
    }
  });

  it('prints a hearing only when its ring is that of all parties, and then never hides it unnoticed', async () => {
    const refused = await mediator.post(`/disputes/${matter.id}/papers`, {
      templateId: 'investigation-record',
      parameters: { recordId: records[0] },
    });
    expect(refused.body).toMatchObject({ status: 422, code: 'investigations.not-for-parties' });
    expect(
      (
        await (
          await t.as('archivist')
        ).post(`/disputes/${matter.id}/papers`, {
          templateId: 'investigation-record',
          parameters: { recordId: records[0] },
        })
      ).status,
    ).toBe(404);

    const other = await aMatterInMediation(t, [
      { kind: 'person', name: '王大', residentId: '11010519491231002X', address: '新城区海拉尔东路12号' },
      { kind: 'person', name: '王二' },
    ]);
    const startedAt = t.clock.at().toISOString();
    t.clock.advance(3_600_000);
    const record = must<Standing>(
      await mediator.post(`/disputes/${other.id}/investigation-records`, {
        ring: 'parties',
        mode: 'on-site',
        intervieweeKind: 'party',
        partyId: other.partyIds[0],
        startedAt,
        place: '综治中心',
      }),
      201,
    );
    const order = { templateId: 'investigation-record', parameters: { recordId: record.id } };
    expect((await mediator.post(`/disputes/${other.id}/papers`, order)).body).toMatchObject({
      status: 422,
      code: 'investigations.not-to-print',
    });
    must(
      await mediator.put(
        `/investigation-records/${record.id}/content`,
        {
          entries: [
            { kind: 'question', speaker: '刘调解', text: '请说明借款经过。' },
            { kind: 'answer', speaker: '王大', text: '去年三月借出。' },
          ],
          endedAt: t.clock.at().toISOString(),
        },
        1,
      ),
      200,
    );
    const render = jest.spyOn(t.app.get(Papers), 'render');
    const issued = must<{ id: string }>(await mediator.post(`/disputes/${other.id}/papers`, order), 201);
    expect(render.mock.calls.at(-1)?.[1]).toMatchObject({
      person: { name: '王大', idNumber: '11010519491231002X', sex: '女', relation: '当事人' },
      dialogue: [{ question: '请说明借款经过。', answer: '去年三月借出。' }],
      investigators: [{ slot: 'investigator-1', name: '刘调解' }],
    });
    render.mockRestore();
    const narrowing = { ring: 'mediator', reason: '当事人要求保密' };
    const held = await mediator.post(`/investigation-records/${record.id}/narrowing`, narrowing);
    expect(held.body).toMatchObject({ status: 409, code: 'investigations.paper-issued' });
    must(await mediator.post(`/papers/${issued.id}/voiding`, { reason: '当事人要求保密' }, { ifMatch: 1 }), 200);
    expect((await mediator.post(`/investigation-records/${record.id}/narrowing`, narrowing)).status).toBe(201);
  });
});

describe('case B: a rented phone, a tenant who cannot be found (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let mediator: Caller;
  let matter: BuiltMatter;
  let first: Standing;

  beforeAll(async () => {
    t = await startTestApp();
    mediator = await t.as('mediator');
    matter = await aMatterInMediation(
      t,
      [
        {
          kind: 'organization',
          name: '呼和浩特市智租科技有限公司',
          side: 'applicant',
          creditCode: '91350100M000100Y43',
        },
        { kind: 'person', name: '赵一鸣', side: 'respondent', phone: '13904710002' },
      ],
      { title: '手机租赁合同纠纷', disputeType: 'contract.lease' },
    );
  });
  afterAll(() => t.close());

  it('keeps what the contacts by phone and WeChat brought, for the center only', async () => {
    must(
      await (
        await t.as('intake')
      ).post(`/parties/${matter.partyIds[1] ?? ''}/contact-attempts`, {
        at: t.clock.at().toISOString(),
        channel: 'phone',
        contacted: 'relative',
        contactedName: '赵父',
        purpose: '请转告当事人与中心联系',
        basis: '当事人登记的紧急联系人',
        outcome: 'relayed',
      }),
      201,
    );
    const noted = await (
      await t.as('intake')
    ).post(`/disputes/${matter.id}/notes`, {
      ring: 'center',
      text: '微信告知赵一鸣不履行合同的后果，对方回复月底前想办法。',
    });
    expect(noted.body).toEqual({ id: expect.any(String) as string, ring: 'center', cues: [] });
    expect(must<{ items: object[] }>(await mediator.get(`/disputes/${matter.id}/notes`), 200).items).toHaveLength(1);
  });

  it('hears the father by phone and warns of words that hint at self-harm', async () => {
    const startedAt = t.clock.at().toISOString();
    t.clock.advance(20 * 60_000);
    const refused = await mediator.post(`/disputes/${matter.id}/investigation-records`, {
      ring: 'center',
      mode: 'phone',
      intervieweeKind: 'relative',
      partyId: matter.partyIds[1],
      startedAt,
      place: '电话',
    });
    expect(refused.body).toMatchObject({ status: 422, code: 'investigations.name-missing' });
    const opened = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/investigation-records`, {
        ring: 'center',
        mode: 'phone',
        intervieweeKind: 'relative',
        partyId: matter.partyIds[1],
        intervieweeName: '赵大山',
        relation: '赵一鸣的父亲',
        startedAt,
        place: '电话',
      }),
      201,
    );
    const written = await mediator.put(
      `/investigation-records/${opened.id}/content`,
      {
        entries: [
          { kind: 'question', speaker: '刘调解', text: '孩子最近怎么样？' },
          { kind: 'answer', speaker: '赵大山', text: '他欠了不少钱，前两天说不想活了。' },
        ],
        endedAt: t.clock.at().toISOString(),
      },
      1,
    );
    expect(written.body).toMatchObject({ cues: ['不想活'] });
  });

  it('meets by video: no room is needed, and the talks go on', async () => {
    first = await plan(mediator, matter.id, t, { mode: 'video', place: undefined });
    expect(await view(mediator, first.id)).toMatchObject({ mode: 'video', place: '视频' });
    t.clock.advanceDays(1);
    must(await mediator.post(`/sessions/${first.id}/start`, {}), 200);
    await allArrive(mediator, t, first.id);
    must(
      await mediator.post(`/sessions/${first.id}/entries`, {
        entries: [{ ring: 'parties', kind: 'proposal', speaker: '刘调解', text: '建议商家适当延长付款期限。' }],
      }),
      201,
    );
    t.clock.advance(3_600_000);
    must(await mediator.post(`/sessions/${first.id}/end`, {}), 200);
    const without = await mediator.post(`/sessions/${first.id}/result`, { result: 'to-be-continued' });
    expect(without.body).toMatchObject({
      status: 422,
      code: 'sessions.next-missing',
      errors: [{ pointer: '/nextAt' }],
    });
    const nextAt = new Date(t.clock.at().getTime() + 7 * 86_400_000).toISOString();
    must(await mediator.post(`/sessions/${first.id}/result`, { result: 'to-be-continued', nextAt }), 200);
    expect(await mediationState(t, matter.id)).toBe('in-mediation');
  });

  it('agrees a week later, again by video, with the tenant’s father beside him by consent', async () => {
    t.clock.advanceDays(6);
    const invited = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/participants`, {
        kind: 'relative',
        name: '赵大山',
        purpose: '协助劝导',
      }),
      201,
    );
    must(
      await mediator.post(`/participants/${invited.id}/consents`, {
        answers: matter.partyIds.map((partyId) => ({ partyId, answer: 'agreed', channel: 'message' })),
      }),
      201,
    );
    const second = await plan(mediator, matter.id, t, {
      mode: 'video',
      place: '视频会议',
      participantIds: [invited.id],
    });
    t.clock.advanceDays(1);
    must(await mediator.post(`/sessions/${second.id}/start`, {}), 200);
    await allArrive(mediator, t, second.id);
    must(
      await mediator.post(`/sessions/${second.id}/entries`, {
        entries: [{ ring: 'parties', kind: 'statement', speaker: '赵一鸣', text: '十月底前结清剩余租金。' }],
      }),
      201,
    );
    t.clock.advance(3_600_000);
    must(await mediator.post(`/sessions/${second.id}/end`, {}), 200);
    must(await mediator.post(`/sessions/${second.id}/result`, { result: 'agreed' }), 200);
    expect(await mediationState(t, matter.id)).toBe('drafting');
    expect(must<{ items: object[] }>(await mediator.get(`/disputes/${matter.id}/sessions`), 200).items).toMatchObject([
      { ordinal: 1, state: 'recorded', result: 'to-be-continued', modeName: '视频' },
      { ordinal: 2, state: 'recorded', result: 'agreed', resultName: '调解成功' },
    ]);
  });
});
