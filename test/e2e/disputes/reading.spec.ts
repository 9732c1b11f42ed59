import { aRegisteredMatter, aTriagedMatter, anAcceptedMatter } from '../../support/matters';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

interface List {
  readonly items: readonly { readonly id: string; readonly title: string; readonly registrationNumber: string }[];
  readonly nextCursor: string | null;
}
interface Registered {
  readonly id: string;
  readonly possibleDuplicates: readonly {
    readonly id: string;
    readonly reasons: readonly string[];
    readonly likeness: number;
  }[];
}

const ids = (reply: Reply): string[] => (reply.body as List).items.map((i) => i.id);
const code = (reply: Reply): string => (reply.body as { code: string }).code;

describe('finding and reading matters (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let dispatcher: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    intake = await t.as('intake');
    dispatcher = await t.as('dispatcher');
  });
  afterAll(() => t.close());

  describe('the list', () => {
    it('pages by key, the latest first, without a gap or a repetition while new ones come in', async () => {
      const own: string[] = [];
      for (let i = 0; i < 7; i += 1) {
        t.clock.advance(i % 2 === 0 ? 0 : 60_000);
        own.push(await aRegisteredMatter(t, { channel: 'petition' }));
      }
      const seen: string[] = [];
      let cursor = '';
      do {
        const reply = await intake.get(`/disputes?channel=petition&limit=3${cursor}`);
        expect(reply.status).toBe(200);
        seen.push(...ids(reply));
        const next = (reply.body as List).nextCursor;
        cursor = next === null ? '' : `&cursor=${next}`;
        await aRegisteredMatter(t, { channel: 'petition' });
      } while (cursor !== '');
      expect(seen).toEqual([...own].reverse());
    });

    it('filters by what the desk asks for', async () => {
      const accepted = await anAcceptedMatter(t, {
        channel: 'department',
        disputeType: 'family.inheritance',
        title: '百分之100%_遗产',
      });
      const triaged = await aTriagedMatter(
        t,
        { channel: 'department', disputeType: 'neighbor.noise' },
        { riskLevel: 'red' },
      );
      const undertaken = await aTriagedMatter(
        t,
        { channel: 'department' },
        { nature: 'other', route: 'grid', committeeId: undefined },
      );
      await dispatcher.post(`/disputes/${undertaken}/undertaking`, {});
      const find = async (query: string): Promise<string[]> =>
        ids(await dispatcher.get(`/disputes?channel=department&${query}`));
      expect(await find('state=accepted')).toEqual([accepted]);
      expect(await find('mediationState=consent-pending')).toEqual([accepted]);
      expect(await find('disputeType=family')).toEqual([accepted]);
      expect(await find('disputeType=neighbor.noise')).toEqual([triaged]);
      expect(await find('riskLevel=red')).toEqual([triaged]);
      expect(await find(`handlerAccountId=${t.world.account('dispatcher').id}`)).toEqual([undertaken]);
      expect(await find(`committeeId=${t.world.committeeId}`)).toEqual([triaged, accepted]);
      expect(await find('registeredTo=2026-09-17')).toEqual([]);
      expect(await find('registeredFrom=2026-09-18&registeredTo=2026-09-18')).toEqual([undertaken, triaged, accepted]);
      // % and _ are letters here, not wildcards.
      expect(await find(`text=${encodeURIComponent('100%_遗')}`)).toEqual([accepted]);
      expect(await find(`text=${encodeURIComponent('1_0')}`)).toEqual([]);
      const number =
        (await t.sql<{ n: string }>('select case_number as n from dispute where id = $1', [accepted]))[0]?.n ?? '';
      expect(await find(`text=${encodeURIComponent(number)}`)).toEqual([accepted]);
    });

    it('refuses what it does not understand', async () => {
      for (const query of [
        'state=strange',
        'limit=0',
        'limit=101',
        'limit=1.5',
        'cursor=x',
        'centerId=1',
        'registeredFrom=2026-02-30',
        'odd=1',
        'text=',
      ]) {
        expect([query, (await intake.get(`/disputes?${query}`)).status]).toEqual([query, 400]);
      }
      expect((await t.anonymous.get('/disputes')).status).toBe(401);
    });

    it('shows a grid worker the grid’s, a director the headers, a mediator only what is theirs', async () => {
      const own = await aRegisteredMatter(t, { channel: 'proactive' });
      const grid = await t.as('grid-worker');
      const mine = await grid.post('/disputes', {
        centerId: t.world.centerId,
        channel: 'proactive',
        title: '网格排查',
        narrative: '楼道堆物。',
        handlingUnitId: t.world.gridId,
      });
      expect(mine.status).toBe(201);
      const mineId = (mine.body as Registered).id;
      expect(ids(await grid.get('/disputes?channel=proactive'))).toEqual([mineId]);
      expect(ids(await (await t.as('director')).get('/disputes?channel=proactive')).sort()).toEqual(
        [own, mineId].sort(),
      );
      expect(ids(await (await t.as('mediator')).get('/disputes?channel=proactive'))).toEqual([]);
    });

    it('shows whoever is named on a matter that one, once, where it is asked for and as long as they are', async () => {
      const id = await aRegisteredMatter(t, { channel: 'procuratorate' });
      const mediator = await t.as('mediator');
      const named = [id, t.world.account('mediator').id];
      await t.sql(
        `insert into dispute_access (id, dispute_id, account_id, ground, role, starts_at)
         select gen_random_uuid(), $1, $2, 'assigned', r, now() from unnest(array['mediator', 'recorder']) r`,
        named,
      );
      expect(ids(await mediator.get('/disputes'))).toEqual([id]);
      expect(ids(await mediator.get('/disputes?channel=procuratorate'))).toEqual([id]);
      expect(ids(await mediator.get('/disputes?channel=hotline'))).toEqual([]);
      await t.sql('update dispute_access set ends_at = $3 where dispute_id = $1 and account_id = $2', [
        ...named,
        t.clock.at(),
      ]);
      expect(ids(await mediator.get('/disputes'))).toEqual([]);
      expect((await mediator.get(`/disputes/${id}`)).status).toBe(404);
    });

    it('lets nobody register into a unit that is not theirs, or not of the center', async () => {
      const refusalOf = async (who: string, fields: object): Promise<unknown[]> => {
        const reply = await (
          await t.as(who)
        ).post('/disputes', { channel: 'proactive', title: '排查', narrative: '楼道堆物。', ...fields });
        return [reply.status, (reply.body as { code: string }).code];
      };
      const { centerId, foreignCenterId, foreignGridId, gridId } = t.world;
      // A unit that handles a matter sees it: a slip here would show a matter to a grid of another district.
      expect(await refusalOf('intake', { centerId, handlingUnitId: foreignGridId })).toEqual([
        422,
        'disputes.unit-not-below',
      ]);
      expect(await refusalOf('grid-worker', { centerId: foreignCenterId, handlingUnitId: gridId })).toEqual([
        422,
        'disputes.unit-not-below',
      ]);
      for (const fields of [{ centerId }, { centerId, handlingUnitId: foreignGridId }]) {
        expect(await refusalOf('grid-worker', fields)).toEqual([422, 'disputes.own-unit-needed']);
      }
    });
  });

  describe('possible duplicates', () => {
    const rider = { title: '外卖员聚集噪声', narrative: '通道街北巷内外卖员用餐高峰聚集，噪声很大，老人休息不好。' };

    it('shows at the counter what came in before: same number, same place, like words', async () => {
      const first = (
        await intake.post('/disputes', {
          centerId: t.world.centerId,
          channel: 'hotline',
          upstreamNumber: '12345-77',
          place: '通道街北巷',
          placeUnitId: t.world.communityId,
          ...rider,
        })
      ).body as Registered;
      expect(first.possibleDuplicates).toEqual([]);
      const again = (
        await intake.post('/disputes', {
          centerId: t.world.centerId,
          channel: 'visit',
          place: '通道街 北巷',
          title: '巷子里骑手吵',
          narrative: '通道街北巷内外卖员用餐高峰聚集，噪声很大，孩子写不了作业。',
        })
      ).body as Registered;
      expect(again.possibleDuplicates).toEqual([
        expect.objectContaining({ id: first.id, reasons: ['place', 'similar-text'] }),
      ]);
      const sameOrder = (
        await intake.post('/disputes', {
          centerId: t.world.centerId,
          channel: 'hotline',
          upstreamNumber: '12345-77',
          title: '另述',
          narrative: '完全不同的一段话。',
        })
      ).body as Registered;
      expect(sameOrder.possibleDuplicates).toEqual([
        expect.objectContaining({ id: first.id, reasons: ['upstream-number'] }),
      ]);
      expect(
        await t.sql('select verdict, jsonb_array_length(candidates) as n from duplicate_check where dispute_id = $1', [
          sameOrder.id,
        ]),
      ).toEqual([{ verdict: null, n: 1 }]);
      const held = await dispatcher.post(`/disputes/${sameOrder.id}/triage`, { nature: 'other', route: 'grid' });
      expect(held.body).toMatchObject({ status: 409, code: 'disputes.duplicates-unjudged' });
      expect(
        (
          await dispatcher.post(`/disputes/${sameOrder.id}/triage`, {
            nature: 'other',
            route: 'grid',
            isDuplicateChecked: true,
          })
        ).status,
      ).toBe(200);
      expect(
        await t.sql('select verdict from duplicate_check where dispute_id = $1 order by id', [sameOrder.id]),
      ).toEqual([{ verdict: null }, { verdict: 'different' }]);
      const search = await intake.get(
        `/disputes/possible-duplicates?centerId=${t.world.centerId}&channel=hotline&upstreamNumber=12345-77`,
      );
      expect(ids(search)).toEqual(expect.arrayContaining([first.id, sameOrder.id]));
      const ofMatter = await intake.get(
        `/disputes/possible-duplicates?centerId=${t.world.centerId}&disputeId=${again.id}`,
      );
      expect(ids(ofMatter)).toEqual([first.id]);
    });

    it('forgets the place after thirty days and never names a foreign matter', async () => {
      const place = { place: '海拉尔大街九号院', placeUnitId: t.world.communityId };
      await aRegisteredMatter(t, place);
      t.clock.advanceDays(31);
      const later = (
        await intake.post('/disputes', {
          centerId: t.world.centerId,
          channel: 'visit',
          title: '漏水',
          narrative: '墙面渗水。',
          ...place,
        })
      ).body as Registered;
      expect(later.possibleDuplicates).toEqual([]);
      const foreign = await t.as('intake:foreign');
      const strangers = (
        await foreign.post('/disputes', {
          centerId: t.world.foreignCenterId,
          channel: 'hotline',
          upstreamNumber: '12345-77',
          ...rider,
        })
      ).body as Registered;
      expect(strangers.possibleDuplicates).toEqual([]);
    });
  });

  it('hints at the same person in another matter, masked', async () => {
    const person = { kind: 'person', name: '孙大海', residentId: '11010519491231002X', phone: '13904719999' };
    const first = await aRegisteredMatter(t, { parties: [person] });
    const second = (
      await intake.post('/disputes', {
        centerId: t.world.centerId,
        channel: 'phone',
        title: '又一件',
        narrative: '与前事无关的一件小事。',
        parties: [person],
      })
    ).body as {
      samePersons: { disputeId: string; matchedBy: string }[];
    };
    expect(second.samePersons).toEqual([expect.objectContaining({ disputeId: first, matchedBy: 'resident-id' })]);
  });

  it('prints a receipt with number, time, first responder and telephone, and no personal data', async () => {
    const id = await aRegisteredMatter(t, {
      channel: 'hotline',
      upstreamNumber: '12345-88',
      firstResponderId: t.world.account('guide').id,
    });
    const reply = await intake.get(`/disputes/${id}/receipt`);
    expect(reply.body).toEqual({
      registrationNumber: expect.stringMatching(/^新城综治登字〔2026〕\d+号$/) as string,
      upstreamNumber: '12345-88',
      registeredAt: t.clock.at().toISOString(),
      limitationInterruptedAt: t.clock.at().toISOString(),
      firstResponder: '高引导',
      centerName: '新城区综治中心',
      centerPhone: '0471-6600001',
      centerAddress: '海拉尔东路1号',
      mergedReceipts: [],
    });
    expect((await (await t.as('liaison')).get(`/disputes/${id}/receipt`)).status).toBe(404);
  });

  it('advises routes with reason and law: never arbitration for an inheritance', async () => {
    const id = await aRegisteredMatter(t, { disputeType: 'family.inheritance' });
    expect(code(await dispatcher.get(`/disputes/${id}/route-advice`))).toBe('disputes.nature-unknown');
    const advice = (await dispatcher.get(`/disputes/${id}/route-advice?nature=civil`)).body as {
      items: { route: string; isOpen: boolean; law: string }[];
    };
    expect(advice.items[0]).toMatchObject({ route: 'mediation', isOpen: true });
    expect(advice.items.find((i) => i.route === 'arbitration')).toMatchObject({
      isOpen: false,
      law: '《仲裁法》（2025年修订）第三条',
    });
    const lease = (await dispatcher.get(`/disputes/${id}/route-advice?nature=civil&disputeType=contract.lease`))
      .body as typeof advice;
    expect(lease.items.find((i) => i.route === 'arbitration')).toMatchObject({ isOpen: true });
    expect((await dispatcher.get(`/disputes/${id}/route-advice?nature=odd`)).status).toBe(400);
    expect((await (await t.as('archivist')).get(`/disputes/${id}/route-advice`)).status).toBe(403);
  });

  describe('what registration refuses', () => {
    const body = (): object => ({ centerId: t.world.centerId, channel: 'visit', title: '事项', narrative: '某事。' });
    it.each([
      ['court fields without a court', { courtProcedure: 'summary' }, 'disputes.court-fields-without-court'],
      [
        'a protected reporter as applicant',
        { isReporterProtected: true, parties: [{ kind: 'person', name: '甲某', side: 'applicant' }] },
        'disputes.protected-applicant',
      ],
      ['a group of one', { isGroup: true, headcount: 1 }, 'disputes.group-headcount'],
    ])('%s', async (_, fields, expected) => {
      const before = await t.sql('select count(*) from dispute');
      const reply = await intake.post('/disputes', { ...body(), ...fields });
      expect([reply.status, code(reply)]).toEqual([422, expected]);
      expect(await t.sql('select count(*) from dispute')).toEqual(before);
    });

    it('numbers have no gap after refusals and twenty at once', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          intake.post('/disputes', i % 4 === 0 ? { ...body(), isGroup: true } : { ...body(), narrative: `第${i}件` }),
        ),
      );
      const rows = await t.sql<{ n: string }>('select registration_number as n from dispute where center_id = $1', [
        t.world.centerId,
      ]);
      const numbers = rows.map((r) => Number(/〕(\d+)号/.exec(r.n)?.[1])).sort((a, b) => a - b);
      expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    });
  });

  it('shows everything of the matter to its desk, and nothing of the words to a director', async () => {
    const id = await aRegisteredMatter(t, {
      isGroup: true,
      headcount: 30,
      isReporterProtected: true,
      narrative: '居民反映长期用水难。',
      requests: '请求通水。',
    });
    const reply = await intake.get(`/disputes/${id}`);
    expect(reply.headers['etag']).toBe('"1"');
    expect(reply.body).toMatchObject({
      isGroup: true,
      headcount: 30,
      isReporterProtected: true,
      narrative: '居民反映长期用水难。',
      requests: '请求通水。',
      volume: 1,
      route: null,
    });
    expect((await (await t.as('director')).get(`/disputes/${id}`)).body).toMatchObject({
      headcount: 30,
      narrative: null,
      requests: null,
      cues: [],
    });
  });
});
