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
});
