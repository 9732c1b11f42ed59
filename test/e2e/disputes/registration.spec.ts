import { type Caller, type TestApp, startTestApp } from '../../support/test-app';

describe('registering a dispute at the counter (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  const body = (): object => ({
    centerId: t.world.centerId,
    channel: 'visit',
    title: '李家六兄妹遗产纠纷',
    narrative: '父母去世后，六名子女因遗产分配意见不一，四年不相往来。',
  });

  beforeAll(async () => {
    t = await startTestApp();
    intake = await t.as('intake');
  });
  afterAll(() => t.close());

  it('gives number and time, writes one audit entry and one line on the timeline', async () => {
    const reply = await intake.post('/disputes', body());
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      id: expect.any(String) as string,
      registrationNumber: '新城综治登字〔2026〕1号',
      registeredAt: '2026-09-18T01:00:00.000Z',
      state: 'registered',
      version: 1,
      escalation: { cues: [], mustReport: false, prompt: null },
      possibleDuplicates: [],
      samePersons: [],
    });
    expect(reply.headers['etag']).toBe('"1"');
    const { id } = reply.body as { id: string };
    const audit = await t.sql('select act, actor_id from audit_entry where dispute_id = $1', [id]);
    expect(audit).toEqual([{ act: 'disputes.register', actor_id: t.world.account('intake').id }]);
    const events = await t.sql('select act, to_state, actor_name from dispute_event where dispute_id = $1', [id]);
    expect(events).toEqual([{ act: 'disputes.register', to_state: 'registered', actor_name: '王敏' }]);
  });

  it('answers a repetition of the key with the first answer, and another body with 422', async () => {
    const [a, b] = await Promise.all([
      intake.post('/disputes', body(), { idempotencyKey: 'same-key-0001' }),
      intake.post('/disputes', body(), { idempotencyKey: 'same-key-0001' }),
    ]);
    expect([a.status, b.status]).toEqual([201, 201]);
    expect(a.body).toEqual(b.body);
    const other = await intake.post('/disputes', { ...body(), title: '另一件' }, { idempotencyKey: 'same-key-0001' });
    expect(other.status).toBe(422);
    expect((other.body as { code: string }).code).toBe('idempotency-key-reused');
  });

  it('is read by its own center, invisible to a foreign one, forbidden to the system administrator', async () => {
    const { id } = (await intake.post('/disputes', body())).body as { id: string };
    const own = await intake.get(`/disputes/${id}`);
    expect(own.status).toBe(200);
    expect(own.body).toMatchObject({
      id,
      state: 'registered',
      stateName: '已登记',
      allowedActs: expect.not.arrayContaining(['disputes.triage']) as string[],
    });
    expect((await (await t.as('dispatcher')).get(`/disputes/${id}`)).body).toMatchObject({
      allowedActs: expect.arrayContaining(['disputes.triage', 'disputes.seal']) as string[],
    });
    const foreign = await (await t.as('intake:foreign')).get(`/disputes/${id}`);
    const absent = await intake.get('/disputes/0194f7f2-c0de-7000-a1b2-c3d4e5f60718');
    expect([foreign.status, absent.status]).toEqual([404, 404]);
    expect((foreign.body as { detail: string }).detail).toBe((absent.body as { detail: string }).detail);
    expect((await (await t.as('system-admin')).get(`/disputes/${id}`)).status).toBe(404);
    expect((await t.anonymous.get(`/disputes/${id}`)).status).toBe(401);
    expect((await (await t.as('director')).get(`/disputes/${id}`)).body).toMatchObject({ id, narrative: null });
    expect((await (await t.as('mediator')).post('/disputes', body())).status).toBe(403);
  });

  it('names the fields at fault in Chinese', async () => {
    const reply = await intake.post('/disputes', { ...body(), title: '', channel: 'pigeon', extra: 1 });
    expect(reply.status).toBe(400);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(reply.body).toMatchObject({
      code: 'invalid-fields',
      errors: expect.arrayContaining([
        { pointer: '/title', code: expect.any(String) as string, detail: '请填写事项名称' },
        { pointer: '/channel', code: 'is-in', detail: '来源渠道不在可选范围内，请重新选择' },
        { pointer: '/extra', code: 'unknown-field', detail: '不认识的字段“extra”' },
      ]) as object[],
    });
  });
});
