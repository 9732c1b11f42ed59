import { switchAccessGuardOff } from '../../../src/platform/auth';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

interface LocalType {
  readonly id: string;
  readonly name: string;
  readonly disputeType: string;
  readonly isActive: boolean;
  readonly usedCount: number;
  readonly allowedActs: string[];
  readonly version: number;
}

/** What is fixed and what a center sets beneath it. Real application and PostgreSQL. */
describe('dictionaries', () => {
  let t: TestApp;
  let leader: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    leader = await t.as('duty-leader');
  });
  afterAll(() => t.close());

  const path = (centerId = t.world.centerId): string => `/centers/${centerId}/local-types`;
  const add = async (name: string, disputeType = 'neighbor.noise'): Promise<LocalType> => {
    const reply = await leader.post(path(), { disputeType, name });
    expect([reply.status, reply.text]).toEqual([201, expect.any(String)]);
    return reply.body as LocalType;
  };
  const all = async (): Promise<LocalType[]> => ((await leader.get(path())).body as { items: LocalType[] }).items;
  const act = async (id: string, name: string, version: number, body = {}): Promise<Reply> =>
    leader.post(`/local-types/${id}/${name}`, body, { ifMatch: version });
  const register = async (fields: object): Promise<Reply> =>
    (await t.as('intake')).post('/disputes', {
      centerId: t.world.centerId,
      channel: 'visit',
      title: '楼上噪声',
      narrative: '夜间噪声',
      ...fields,
    });
  const code = (reply: Reply): string => (reply.body as { code: string }).code;

  it('say what they mean and what fixes them', async () => {
    const { items } = (await (await t.as('mediator')).get('/dictionaries')).body as {
      items: {
        key: string;
        source: string | null;
        meaning: string;
        entries: { key: string; parentKey: string | null }[];
      }[];
    };
    const types = items.find(({ key }) => key === 'dispute-types');
    expect(types?.entries.find(({ key }) => key === 'family.divorce')).toEqual({
      key: 'family.divorce',
      name: '离婚',
      parentKey: 'family',
    });
    expect(items.find(({ key }) => key === 'ethnicities')?.source).toBe('GB/T 3304');
    for (const { meaning, entries } of items) expect([meaning.length > 0, entries.length > 1]).toEqual([true, true]);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    expect((await t.anonymous.get('/dictionaries')).status).toBe(401);
  });

  it('take a center’s own kinds beneath a type, in the order it wants', async () => {
    const [one, two] = [await add('广场舞噪声'), await add('装修噪声')];
    expect(code(await leader.post(path(), { disputeType: 'neighbor.noise', name: '装修噪声' }))).toBe(
      'local-types.name-taken',
    );
    const ordered = await leader.post(`${path()}/order`, { disputeType: 'neighbor.noise', ids: [two.id, one.id] });
    expect((ordered.body as { items: LocalType[] }).items.map(({ name }) => name)).toEqual(['装修噪声', '广场舞噪声']);
    const wrong = await leader.post(`${path()}/order`, { disputeType: 'neighbor.noise', ids: [two.id] });
    expect([wrong.status, code(wrong)]).toEqual([409, 'local-types.changed']);
    expect(await t.sql("select count(*)::int as n from audit_entry where object_type = 'local-type'")).toEqual([
      { n: 3 },
    ]);
  });

  it('keep what was used: it is stopped, never renamed', async () => {
    const type = await add('电梯噪声');
    const renamed = await act(type.id, 'name', type.version, { name: '电梯运行噪声' });
    expect(renamed.body).toMatchObject({ name: '电梯运行噪声', version: 2 });
    const registered = await register({ disputeType: 'neighbor.noise', localTypeId: type.id });
    expect(registered.status).toBe(201);
    const { id } = registered.body as { id: string };
    const read = async () => (await (await t.as('intake')).get(`/disputes/${id}`)).body as Record<string, unknown>;
    expect(await read()).toMatchObject({ disputeType: 'neighbor.noise', localTypeName: '电梯运行噪声' });
    const refused = await act(type.id, 'name', 2, { name: '别的' });
    expect([refused.status, code(refused)]).toEqual([409, 'local-types.used']);
    expect(await all()).toContainEqual(
      expect.objectContaining({ id: type.id, usedCount: 1, allowedActs: ['local-types.stop'] }),
    );
    expect((await act(type.id, 'stop', 1)).status).toBe(412);
    expect((await act(type.id, 'stop', 2)).body).toMatchObject({
      isActive: false,
      allowedActs: ['local-types.resume'],
    });
    expect(await read()).toMatchObject({ localTypeName: '电梯运行噪声' });
    expect(code(await register({ disputeType: 'neighbor.noise', localTypeId: type.id }))).toBe(
      'disputes.local-type-unfit',
    );
    expect((await act(type.id, 'resume', 3)).body).toMatchObject({ isActive: true });
    await expect(t.sql('delete from local_type where id = $1', [type.id])).rejects.toThrow(/foreign key/);
  });

  it('let a kind go only with its type and its center', async () => {
    const type = await add('宠物噪声');
    expect(code(await register({ disputeType: 'family', localTypeId: type.id }))).toBe('disputes.local-type-unfit');
    expect(code(await register({ localTypeId: type.id }))).toBe('disputes.local-type-unfit');
    const abroad = await (
      await t.as('intake:foreign')
    ).post('/disputes', {
      centerId: t.world.foreignCenterId,
      channel: 'visit',
      title: '噪声',
      narrative: '噪声',
      disputeType: 'neighbor.noise',
      localTypeId: type.id,
    });
    expect(code(abroad)).toBe('disputes.local-type-unfit');
    const { id } = (await register({})).body as { id: string };
    const clerk = await t.as('intake');
    const amend = async (body: object): Promise<Reply> => clerk.post(`/disputes/${id}/amendments`, body);
    expect(code(await amend({ localTypeId: type.id }))).toBe('disputes.local-type-unfit');
    expect((await amend({ disputeType: 'neighbor.noise', localTypeId: type.id })).status).toBeLessThan(300);
    expect((await amend({ disputeType: 'family' })).status).toBeLessThan(300);
    expect((await clerk.get(`/disputes/${id}`)).body).toMatchObject({ disputeType: 'family', localTypeName: null });
  });

  it('are kept by those who answer for the center', async () => {
    const body = { disputeType: 'property', name: '地下车位' };
    for (const key of ['intake', 'mediator', 'director', 'duty-leader:foreign'])
      expect([key, (await (await t.as(key)).post(path(), body)).status]).toEqual([key, 403]);
    expect((await t.anonymous.post(path(), body)).status).toBe(401);
    expect((await (await t.as('intake')).get(path())).body).toMatchObject({ allowedActs: [] });
    expect((await (await t.as('system-admin')).post(path(), body)).status).toBe(201);
    switchAccessGuardOff(true);
    try {
      const foreign = await t.as('duty-leader:foreign');
      expect((await foreign.post(path(), { ...body, name: '外来' })).status).not.toBe(201);
      expect(await t.sql("select 1 from local_type where name = '外来'")).toEqual([]);
    } finally {
      switchAccessGuardOff(false);
    }
  });
});
