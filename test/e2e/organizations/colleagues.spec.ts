import { type TestApp, startTestApp } from '../../support/test-app';

/** Who may be named: read by anyone who works here. Real application and PostgreSQL. */
describe('colleagues of a center', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(async () => {
    await t.close();
  });

  interface Colleague {
    id: string;
    name: string;
    offices: { role: string; roleName: string; of: string }[];
  }
  const ask = async (centerId: string, query = '') =>
    (await t.as('intake')).get(`/centers/${centerId}/colleagues${query}`);

  it('are those in office today at the center, its committees, agencies and units', async () => {
    const reply = await ask(t.world.centerId);
    expect(reply.status).toBe(200);
    const found = reply.body as Colleague[];
    const ids = found.map(({ id }) => id);
    for (const key of ['intake', 'mediator', 'handler']) expect(ids).toContain(t.world.account(key).id);
    expect(ids).not.toContain(t.world.account('intake:foreign').id);
    expect(ids).not.toContain(t.world.account('security-admin').id);
    expect(found.find(({ id }) => id === t.world.account('mediator').id)?.offices[0]).toMatchObject({
      role: 'mediator',
      roleName: '人民调解员',
    });
  });

  it('can be asked for by the office, and are gone once the account is closed or the office ended', async () => {
    const mediator = t.world.account('mediator').id;
    const has = async () =>
      ((await ask(t.world.centerId, '?role=mediator')).body as Colleague[]).some(({ id }) => id === mediator);
    expect(await has()).toBe(true);
    expect(
      ((await ask(t.world.centerId, '?role=mediator')).body as Colleague[]).every((c) =>
        c.offices.every((o) => o.role === 'mediator'),
      ),
    ).toBe(true);
    await t.sql("update role_grant set valid_to = '2026-09-18T00:00:00Z' where account_id = $1", [mediator]);
    expect(await has()).toBe(false);
    expect((await ask(t.world.centerId, '?role=king')).status).toBe(400);
    expect((await t.anonymous.get(`/centers/${t.world.centerId}/colleagues`)).status).toBe(401);
  });

  it('without its agencies are those whom a matter may name, of this center alone', async () => {
    const names = async (query: string) =>
      ((await ask(t.world.centerId, query)).body as Colleague[]).map(({ name }) => name);
    expect(await names('?among=staff')).toEqual(expect.arrayContaining(['卫主任', '孙值班']));
    const handler = t.world.account('handler').id;
    const has = async (query: string) =>
      ((await ask(t.world.centerId, query)).body as Colleague[]).some(({ id }) => id === handler);
    expect(await has('')).toBe(true);
    expect(await has('?among=staff')).toBe(false);
    expect(await names('?among=staff')).not.toContain('许外区');
  });

  it('with whoever has no office yet are shown to those who enter postings alone', async () => {
    const admin = await t.as('system-admin');
    const mediator = t.world.account('mediator').id;
    const at = `/centers/${t.world.centerId}/colleagues`;
    const found = async (query: string) => ((await admin.get(`${at}${query}`)).body as Colleague[]).map(({ id }) => id);
    // The test before ended the only office of this mediator: by now a newcomer.
    expect(await found('')).not.toContain(mediator);
    expect(await found('?among=newcomers')).toContain(mediator);
    expect(await found('?among=newcomers')).not.toContain(t.world.account('intake:foreign').id);
    expect(await found('?among=newcomers&role=mediator')).not.toContain(mediator);
    expect((await ask(t.world.centerId, '?among=newcomers')).status).toBe(403);
    expect((await ask(t.world.centerId, '?among=kings')).status).toBe(400);
  });
});
