import { switchAccessGuardOff } from '../../../src/platform/auth';
import { aRegisteredMatter, aTriagedMatter } from '../../support/matters';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

const code = (reply: Reply): string => (reply.body as { code: string }).code;

describe('who may see a matter (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let dispatcher: Caller;
  let director: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    intake = await t.as('intake');
    dispatcher = await t.as('dispatcher');
    director = await t.as('director');
  });
  afterAll(() => t.close());

  const seal = async (id: string, ...keys: string[]): Promise<Reply> =>
    dispatcher.post(`/disputes/${id}/seal`, {
      reason: '涉及未成年人。',
      accountIds: keys.map((k) => t.world.account(k).id),
    });

  describe('a sealed matter', () => {
    it('is there for the named list alone, masked in lists, and gone for the rest', async () => {
      const id = await aTriagedMatter(t, { title: '某某抚养权' });
      const sealed = await seal(id, 'director', 'duty-leader');
      expect(sealed.body).toMatchObject({ id, state: 'triaged' });
      expect((await intake.get(`/disputes/${id}`)).status).toBe(404);
      expect((await (await t.as('superior')).get(`/disputes/${id}`)).status).toBe(404);
      const list = (await intake.get('/disputes?limit=100')).body as { items: { id: string }[] };
      expect(list.items.map((i) => i.id)).not.toContain(id);
      for (const named of [dispatcher, await t.as('duty-leader'), director]) {
        expect((await named.get(`/disputes/${id}`)).body).toMatchObject({
          title: '某某抚养权',
          isSealed: true,
          narrative: expect.any(String) as string,
        });
        const own = (await named.get('/disputes?limit=100')).body as { items: { id: string; title: string }[] };
        expect(own.items.find((i) => i.id === id)?.title).toBe('（封存事项）');
        expect(
          (
            (await named.get(`/disputes?text=${encodeURIComponent('抚养权')}`)).body as { items: { id: string }[] }
          ).items.map((i) => i.id),
        ).not.toContain(id);
      }
      expect(
        await t.sql("select count(*)::int as n from dispute_access where dispute_id = $1 and ground = 'sealed-list'", [
          id,
        ]),
      ).toEqual([{ n: 3 }]);
    });

    it('needs a director on the list, existing accounts, and is sealed once', async () => {
      const id = await aRegisteredMatter(t);
      expect(code(await seal(id, 'duty-leader'))).toBe('disputes.seal-needs-director');
      const strange = await dispatcher.post(`/disputes/${id}/seal`, {
        reason: '理由。',
        accountIds: ['0194f7f2-c0de-7000-a1b2-c3d4e5f60718'],
      });
      expect(code(strange)).toBe('disputes.sealed-list-unknown');
      expect(
        (await intake.post(`/disputes/${id}/seal`, { reason: '理由。', accountIds: [t.world.account('director').id] }))
          .status,
      ).toBe(403);
      expect((await dispatcher.post(`/disputes/${id}/seal`, { reason: '理由。', accountIds: [] })).status).toBe(400);
      expect((await seal(id, 'director')).status).toBe(200);
      expect(code(await seal(id, 'director'))).toBe('disputes.already-sealed');
      expect((await dispatcher.post(`/disputes/${id}/unsealing`, { reason: '解除。' })).status).toBe(403);
      expect((await director.post(`/disputes/${id}/unsealing`, { reason: '已无必要。' })).status).toBe(200);
      expect((await intake.get(`/disputes/${id}`)).status).toBe(200);
      expect(code(await director.post(`/disputes/${id}/unsealing`, { reason: '再次。' }))).toBe('disputes.not-sealed');
    });

    it('has its list changed by those on it, and never loses its last director', async () => {
      const id = await aRegisteredMatter(t);
      const change = (body: object): Promise<Reply> =>
        dispatcher.post(`/disputes/${id}/seal-list-changes`, { reason: '人员调整。', ...body });
      expect(code(await change({ addAccountIds: [t.world.account('intake').id] }))).toBe('disputes.not-sealed');
      await seal(id, 'director');
      expect((await change({ addAccountIds: [t.world.account('intake').id] })).status).toBe(200);
      expect((await intake.get(`/disputes/${id}`)).status).toBe(200);
      expect((await intake.post(`/disputes/${id}/seal-list-changes`, { reason: '越权。' })).status).toBe(403);
      expect(code(await change({ removeAccountIds: [t.world.account('director').id] }))).toBe(
        'disputes.seal-needs-director',
      );
      expect(code(await change({ removeAccountIds: [t.world.account('dispatcher').id] }))).toBe(
        'disputes.seal-own-name',
      );
      expect(code(await change({}))).toBe('disputes.sealed-list-unchanged');
      expect((await change({ removeAccountIds: [t.world.account('intake').id] })).status).toBe(200);
      expect((await intake.get(`/disputes/${id}`)).status).toBe(404);
    });

    it('is not shown as a possible duplicate', async () => {
      const words = { title: '隐秘纠纷', narrative: '甲与乙之间关于某未成年人的隐秘纠纷，内容完全相同。' };
      const id = await aRegisteredMatter(t, words);
      await seal(id, 'director');
      const again = await dispatcher.post('/disputes', { centerId: t.world.centerId, channel: 'visit', ...words });
      expect(again.body).toMatchObject({ possibleDuplicates: [] });
    });

    it('stays hidden when the application’s own guard is off', async () => {
      const id = await aRegisteredMatter(t);
      await seal(id, 'director');
      switchAccessGuardOff(true);
      try {
        expect((await intake.get(`/disputes/${id}`)).status).toBe(404);
        expect((await (await t.as('intake:foreign')).get(`/disputes/${id}/course`)).status).toBe(404);
        expect((await (await t.as('grid-worker')).post(`/disputes/${id}/amendments`, { headcount: 2 })).status).toBe(
          404,
        );
      } finally {
        switchAccessGuardOff(false);
      }
    });
  });

  describe('a director', () => {
    it('sees the header, reads content after a reason, for a day, on record', async () => {
      const id = await aRegisteredMatter(t);
      expect((await director.get(`/disputes/${id}`)).body).toMatchObject({ narrative: null });
      expect((await (await t.as('superior')).post(`/disputes/${id}/step-up`, { reason: '看看。' })).status).toBe(403);
      expect((await director.post(`/disputes/${id}/step-up`, { reason: '' })).status).toBe(400);
      const up = await director.post(`/disputes/${id}/step-up`, { reason: '群众来信核查。' });
      expect(up.status).toBe(201);
      const ends = new Date(t.clock.at().getTime() + 86_400_000).toISOString();
      expect(up.body).toEqual({ id, endsAt: ends });
      expect((await director.get(`/disputes/${id}`)).body).toMatchObject({ narrative: expect.any(String) as string });
      expect(code(await director.post(`/disputes/${id}/step-up`, { reason: '再看。' }))).toBe('disputes.has-access');
      expect(
        await t.sql('select act from audit_entry where dispute_id = $1 and actor_id = $2 order by seq', [
          id,
          t.world.account('director').id,
        ]),
      ).toEqual([{ act: 'disputes.read' }, { act: 'disputes.step-up' }, { act: 'disputes.read' }]);
      t.clock.advance(86_400_001);
      expect((await director.get(`/disputes/${id}`)).body).toMatchObject({ narrative: null });
    });

    it('meets the same obstacles as the desk that sees everything', async () => {
      const id = await aTriagedMatter(t);
      await t.sql("update dispute set state = 'in-progress' where id = $1", [id]);
      await t.sql(
        `insert into mediation_ending (id, dispute_id, volume, end_state, code, explanation, after_acceptance, ended_at)
         values (gen_random_uuid(), $1, 1, 'refused', 'refused', '拒绝。', false, now())`,
        [id],
      );
      const reply = await (
        await t.as('director')
      ).post(`/disputes/${id}/closing`, { outcome: 'settled', summary: '办结。' });
      expect([reply.status, code(reply)]).toEqual([409, 'disputes.routes-untold']);
    });
  });

  it('never leaks a foreign row into any list', async () => {
    const id = await aRegisteredMatter(t);
    const foreign = await t.as('intake:foreign');
    expect(((await foreign.get('/disputes')).body as { items: unknown[] }).items).toEqual([]);
    for (const path of [
      '',
      '/receipt',
      '/events',
      '/course',
      '/route-advice?nature=civil',
      '/risk-suggestion',
      '/mediation',
    ]) {
      expect([path, (await foreign.get(`/disputes/${id}${path}`)).status]).toEqual([path, 404]);
      expect([path, (await t.anonymous.get(`/disputes/${id}${path}`)).status]).toEqual([path, 401]);
    }
    expect((await foreign.get(`/disputes/possible-duplicates?centerId=${t.world.centerId}`)).status).toBe(403);
    expect((await (await t.as('liaison')).get('/disputes')).status).toBe(403);
  });
});
