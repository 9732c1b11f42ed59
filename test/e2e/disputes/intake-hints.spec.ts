import { switchAccessGuardOff } from '../../../src/platform/auth';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';

describe('hints at the counter, before anything is registered (real PostgreSQL, real HTTP)', () => {
  let t: TestApp;
  let intake: Caller;
  let knownId: string;
  const PHONE = '13904710001';
  const RESIDENT_ID = '11010519491231002X';
  /** A boy of ten on the day of the tests. */
  const MINOR_ID = '150102201601010015';

  const checked = (seventeen: string): string => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = weights.reduce((total, w, i) => total + w * Number(seventeen[i]), 0);
    return `${seventeen}${'10X98765432'.charAt(sum % 11)}`;
  };
  const minorId = checked(MINOR_ID.slice(0, 17));
  const lookUp = async (caller: Caller, person: object): Promise<Record<string, unknown>> => {
    const reply = await caller.post('/person-look-ups', { centerId: t.world.centerId, kind: 'person', ...person });
    expect(reply.status).toBe(200);
    return reply.body as Record<string, unknown>;
  };

  beforeAll(async () => {
    t = await startTestApp();
    intake = await t.as('intake');
    const reply = await intake.post('/disputes', {
      centerId: t.world.centerId,
      channel: 'visit',
      title: '楼上漏水纠纷',
      disputeType: 'neighbor',
      narrative: '楼上卫生间防水层破损，漏水泡坏卧室天花板，多次协商未果。',
      place: '通道街某小区3号楼',
      parties: [
        { kind: 'person', name: '李建国', side: 'applicant', phone: PHONE, residentId: RESIDENT_ID },
        { kind: 'person', name: '王小明', side: 'respondent', residentId: minorId },
        { kind: 'organization', name: '某物业有限公司', side: 'other', creditCode: '91350100M000100Y43' },
      ],
    });
    expect(reply.status).toBe(201);
    knownId = (reply.body as { id: string }).id;
  });
  afterAll(() => t.close());

  describe('about a person', () => {
    it('read the identity number: sex, birth, age, whether a minor', async () => {
      expect(await lookUp(intake, { residentId: ' 11010519491231002x ' })).toMatchObject({
        person: { sex: 'female', birthOn: '1949-12-31', age: 76, isMinor: false },
        refusals: [],
      });
      expect(await lookUp(intake, { residentId: minorId })).toMatchObject({ person: { age: 10, isMinor: true } });
      // Eighteen on the very day: no longer a minor.
      const comesOfAge = checked('15010220080918001');
      expect(await lookUp(intake, { residentId: comesOfAge })).toMatchObject({ person: { age: 18, isMinor: false } });
    });

    it('say what is wrong with a number, and then look nothing up by it', async () => {
      expect(await lookUp(intake, { residentId: '110105194912310021', phone: '1390471000', name: '123' })).toEqual({
        person: null,
        phoneMasked: null,
        refusals: [
          expect.objectContaining({ field: 'name', code: 'name.no-letter' }),
          expect.objectContaining({ field: 'phone', code: 'phone.mobile' }),
          expect.objectContaining({ field: 'residentId', code: 'resident-id.check-character' }),
        ],
        matters: [],
      });
    });

    it('find the same person by number, phone or name, the strongest first, masked', async () => {
      const found = await lookUp(intake, { name: '李建国', phone: '139 0471 0001', residentId: RESIDENT_ID });
      expect(found).toMatchObject({ phoneMasked: '139****0001' });
      expect(found['matters']).toEqual([
        {
          disputeId: knownId,
          registrationNumber: '新城综治登字〔2026〕1号',
          title: '楼上漏水纠纷',
          state: 'registered',
          stateName: '已登记',
          registeredAt: '2026-09-18T01:00:00.000Z',
          name: '李建国',
          phoneMasked: '139****0001',
          matchedBy: 'resident-id',
        },
      ]);
      expect(JSON.stringify(found)).not.toMatch(/13904710001|11010519491231002X/);
      const by = async (person: object): Promise<unknown> =>
        ((await lookUp(intake, person))['matters'] as { matchedBy: string }[]).map((m) => m.matchedBy);
      expect(await by({ phone: PHONE })).toEqual(['phone']);
      expect(await by({ name: '李 建国' })).toEqual(['name']);
      expect(await by({ name: '李建军' })).toEqual([]);
      expect(await by({ kind: 'organization', creditCode: '91350100M000100Y43' })).toEqual(['credit-code']);
      // A company called like the person is somebody else.
      expect(await by({ kind: 'organization', name: '李建国' })).toEqual([]);
      expect(await by({})).toEqual([]);
    });

    it('hide a minor', async () => {
      const { matters } = (await lookUp(intake, { residentId: minorId })) as { matters: object[] };
      expect(matters).toEqual([expect.objectContaining({ name: '王某某', phoneMasked: null })]);
    });

    it('are audited, each once, without a number', async () => {
      const before = await t.sql("select 1 from audit_entry where act = 'parties.look-up'");
      await lookUp(intake, { phone: PHONE, name: '李建国' });
      const entries = await t.sql<{ body: string; actor_id: string }>(
        "select body, actor_id from audit_entry where act = 'parties.look-up' order by seq",
      );
      expect(entries.length).toBe(before.length + 1);
      const last = entries.at(-1);
      expect(last?.actor_id).toBe(intake.accountId);
      expect(last?.body).toContain(knownId);
      expect(last?.body).not.toMatch(/13904710001|李建国/);
    });

    it('are for those who register, and find only what they may see', async () => {
      const body = { centerId: t.world.centerId, kind: 'person', phone: PHONE };
      for (const who of ['mediator', 'director', 'system-admin', 'intake:foreign'])
        expect((await (await t.as(who)).post('/person-look-ups', body)).status).toBe(403);
      expect((await t.anonymous.post('/person-look-ups', body)).status).toBe(401);
      const foreign = await t.as('intake:foreign');
      const own = { ...body, centerId: t.world.foreignCenterId };
      expect((await foreign.post('/person-look-ups', own)).body).toMatchObject({ matters: [] });
      expect(await lookUp(await t.as('grid-worker'), { phone: PHONE })).toMatchObject({ matters: [] });
      switchAccessGuardOff(true);
      try {
        expect((await foreign.post('/person-look-ups', body)).body).toMatchObject({ matters: [] });
      } finally {
        switchAccessGuardOff(false);
      }
      expect((await intake.post('/person-look-ups', { ...body, kind: 'pet' })).status).toBe(400);
    });
  });

  describe('about the matter', () => {
    const hints = async (soFar: object): Promise<Record<string, unknown>> => {
      const reply = await intake.post('/disputes/intake-hints', { centerId: t.world.centerId, ...soFar });
      expect(reply.status).toBe(200);
      return reply.body as Record<string, unknown>;
    };

    it('are none while nothing is typed', async () => {
      expect(await hints({})).toEqual({ cues: [], prompt: null, possibleDuplicates: [], suggestedTitle: null });
    });

    it('name the likely twin by its words, and why', async () => {
      const found = await hints({
        narrative: '楼上卫生间防水层破损漏水，泡坏卧室天花板，协商未果。',
        title: '漏水纠纷',
      });
      expect(found['possibleDuplicates']).toEqual([
        expect.objectContaining({ id: knownId, stateName: '已登记', reasonNames: ['内容相近'] }),
      ]);
      const place = await hints({ place: '通道街某小区 3号楼' });
      expect(place['possibleDuplicates']).toEqual([
        expect.objectContaining({ id: knownId, reasonNames: ['同一地点近期又有反映'] }),
      ]);
    });

    it('warn of danger at once, before the number is given', async () => {
      const { cues, prompt } = await hints({ narrative: '他说再不赔钱就不想活了，要跳楼。' });
      expect(cues).not.toEqual([]);
      expect(prompt).toContain('人民调解法第二十五条');
    });

    it('suggest a title', async () => {
      expect(
        await hints({ applicantName: '李建国', respondentName: '张伟', disputeType: 'neighbor.noise' }),
      ).toMatchObject({ suggestedTitle: '李建国与张伟噪声纠纷' });
    });

    it('are for those who register, and keep nothing', async () => {
      const body = { centerId: t.world.centerId, narrative: '漏水' };
      for (const who of ['mediator', 'director', 'intake:foreign'])
        expect((await (await t.as(who)).post('/disputes/intake-hints', body)).status).toBe(403);
      expect((await t.anonymous.post('/disputes/intake-hints', body)).status).toBe(401);
      expect((await intake.post('/disputes/intake-hints', { ...body, channel: 'pigeon' })).status).toBe(400);
      expect((await t.sql<{ n: number }>('select count(*)::int as n from dispute'))[0]?.n).toBe(1);
    });
  });

  describe('about the place', () => {
    const places = async (who: string): Promise<unknown> => (await (await t.as(who)).get('/intake-places')).body;

    it('are the own center at a desk', async () => {
      const own = {
        centerId: t.world.centerId,
        centerName: '新城区综治中心',
        handlingUnitId: null,
        handlingUnitName: null,
      };
      expect(await places('intake')).toEqual({ items: [own] });
      expect(await places('dispatcher')).toEqual({ items: [own] });
    });

    it('are the centers above a grid, the nearest first, and take a registration', async () => {
      const { items } = (await places('grid-worker')) as { items: { centerId: string; handlingUnitId: string }[] };
      expect(items.map((i) => i.centerId)).toEqual([t.world.streetCenterId, t.world.centerId]);
      expect(items[0]).toMatchObject({ handlingUnitId: t.world.gridId, handlingUnitName: '光明社区第三网格' });
      const reply = await (
        await t.as('grid-worker')
      ).post('/disputes', {
        centerId: items[0]?.centerId,
        handlingUnitId: items[0]?.handlingUnitId,
        channel: 'grid',
        title: '楼道堆物',
        narrative: '三单元楼道长期堆放杂物。',
      });
      expect(reply.status).toBe(201);
    });

    it('are none of those who do not register', async () => {
      for (const who of ['mediator', 'director', 'liaison'])
        expect((await (await t.as(who)).get('/intake-places')).status).toBe(403);
      expect((await t.anonymous.get('/intake-places')).status).toBe(401);
    });
  });

  describe('about the papers', () => {
    it('list what the type needs, a day and the place', async () => {
      const reply = await intake.get(`/disputes/${knownId}/notice-preset`);
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({
        disputeType: 'neighbor',
        suggestedDueOn: '2026-09-25',
        office: '新城区综治中心（海拉尔东路1号）综合受理窗口，工作日',
      });
      const { groups } = reply.body as { groups: { name: string; materials: object[] }[] };
      expect(groups[0]).toEqual({
        name: '本类纠纷',
        materials: [{ name: '现场照片、录像', form: '电子文件或者打印件', note: '注明拍摄时间和地点' }],
      });
    });

    it('are for the desk of the matter', async () => {
      const path = `/disputes/${knownId}/notice-preset`;
      expect((await (await t.as('intake:foreign')).get(path)).status).toBe(404);
      expect((await (await t.as('director')).get(path)).status).toBe(403);
      expect((await t.anonymous.get(path)).status).toBe(401);
    });
  });
});
