import { type Caller, type TestApp, startTestApp } from '../../support/test-app';

interface Added {
  readonly id: string;
  readonly version: number;
}

describe('keeping organisations (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let keeper: Caller;
  let clerk: Caller;

  beforeAll(async () => {
    t = await startTestApp();
    keeper = await t.as('system-admin');
    clerk = await t.as('intake');
  });
  afterAll(() => t.close());

  const added = (body: unknown): string => (body as Added).id;

  it('everyone logged in reads them, only the system administrator keeps them', async () => {
    for (const path of [
      '/org-units',
      '/centers',
      '/committees',
      '/agencies',
      `/centers/${t.world.centerId}/slots`,
      `/centers/${t.world.centerId}/postings`,
    ]) {
      expect((await clerk.get(path)).status).toBe(200);
      expect((await t.anonymous.get(path)).status).toBe(401);
    }
    for (const key of ['intake', 'director', 'security-admin', 'auditor']) {
      const reply = await (
        await t.as(key)
      ).post('/agencies', { centerId: t.world.centerId, name: '某局', residency: 'resident' });
      expect(reply.status).toBe(403);
    }
    expect(
      (await keeper.post('/agencies', { centerId: t.world.centerId, name: '', residency: 'resident' })).status,
    ).toBe(400);
    expect(
      (
        await keeper.post('/agencies', {
          centerId: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718',
          name: '某局',
          residency: 'resident',
        })
      ).status,
    ).toBe(404);
  });

  it('keeps units versioned in time: a renamed street keeps its old name for the days before', async () => {
    const id = added(
      (
        await keeper.post('/org-units', {
          kind: 'street',
          name: '东街街道',
          parentId: t.world.districtId,
          validFrom: '2024-01-01',
        })
      ).body,
    );
    expect(
      (
        await keeper.post(`/org-units/${id}/versions`, {
          name: '东街新区街道',
          parentId: t.world.districtId,
          validFrom: '2026-06-01',
        })
      ).status,
    ).toBe(201);
    const nameOn = async (day: string): Promise<string | undefined> =>
      ((await clerk.get(`/org-units?on=${day}`)).body as { id: string; name: string }[]).find((u) => u.id === id)?.name;
    expect(await nameOn('2023-12-31')).toBeUndefined();
    expect(await nameOn('2026-05-31')).toBe('东街街道');
    expect(await nameOn('2026-06-01')).toBe('东街新区街道');
    const early = await keeper.post(`/org-units/${id}/versions`, {
      name: '更早',
      parentId: t.world.districtId,
      validFrom: '2026-06-01',
    });
    expect([early.status, (early.body as { code: string }).code]).toEqual([422, 'organizations.version-order']);
    const wrong = await keeper.post('/org-units', {
      kind: 'street',
      name: '错挂街道',
      parentId: t.world.gridId,
      validFrom: '2024-01-01',
    });
    expect([wrong.status, (wrong.body as { code: string }).code]).toEqual([422, 'organizations.wrong-parent']);
  });

  it('puts a new center under the one above it, so that its superior sees it', async () => {
    const id = added(
      (
        await keeper.post('/centers', {
          unitId: t.world.communityId,
          name: '光明社区综治中心',
          code: '光明',
          parentCenterId: t.world.streetCenterId,
        })
      ).body,
    );
    const centers = (await clerk.get('/centers')).body as {
      id: string;
      ancestorCenterIds: string[];
      version: number;
    }[];
    expect(centers.find((c) => c.id === id)?.ancestorCenterIds).toEqual([t.world.centerId, t.world.streetCenterId]);
    expect((await keeper.post('/centers', { unitId: t.world.communityId, name: '重复', code: '光明' })).status).toBe(
      409,
    );
    expect((await keeper.post('/centers', { unitId: t.world.communityId, name: '坏代字', code: '字号' })).status).toBe(
      422,
    );
    expect((await keeper.patch(`/centers/${id}`, { phone: '0471-6600009' }, 1)).body).toEqual({ id, version: 2 });
    expect((await keeper.patch(`/centers/${id}`, { phone: '0471-6600008' }, 1)).status).toBe(412);
  });

  it('lets a center name its windows, departments, centers and tribunals', async () => {
    for (const [ordinal, name] of ['交通法庭', '速裁庭', '仲裁庭', '行政复议庭'].entries()) {
      expect(
        (
          await keeper.post(`/centers/${t.world.centerId}/slots`, {
            kind: 'tribunal',
            ordinal: ordinal + 1,
            name,
            validFrom: '2025-06-01',
          })
        ).status,
      ).toBe(201);
    }
    const nameless = added(
      (await keeper.post(`/centers/${t.world.centerId}/slots`, { kind: 'window', ordinal: 1, validFrom: '2025-06-01' }))
        .body,
    );
    expect(
      (await keeper.post(`/centers/${t.world.centerId}/slots`, { kind: 'window', ordinal: 1, validFrom: '2025-07-01' }))
        .status,
    ).toBe(409);
    expect((await keeper.patch(`/center-slots/${nameless}`, { name: '引导受理窗口' }, 1)).status).toBe(200);
    const slots = (await clerk.get(`/centers/${t.world.centerId}/slots`)).body as { kind: string; name: string }[];
    expect(slots.map((s) => s.name)).toEqual(['交通法庭', '速裁庭', '仲裁庭', '行政复议庭', '引导受理窗口']);
  });

  it('keeps committees with members and terms, and says what the law misses', async () => {
    const id = added(
      (
        await keeper.post('/committees', {
          centerId: t.world.centerId,
          name: '东街社区人民调解委员会',
          kind: 'community',
          numberingWord: '东街',
        })
      ).body,
    );
    const member = { engagement: 'member', position: 'mediator', termFrom: '2025-01-01' };
    const first = added(
      (
        await keeper.post(`/committees/${id}/members`, {
          ...member,
          name: '巴特尔',
          sex: 'male',
          ethnicity: '蒙古族',
          languages: ['蒙古语'],
        })
      ).body,
    );
    const before = (await clerk.get(`/committees/${id}/members`)).body as {
      members: object[];
      warnings: { code: string }[];
    };
    expect(before.warnings.map((w) => w.code)).toEqual(['too-few-members', 'no-woman']);
    await keeper.post(`/committees/${id}/members`, { ...member, name: '萨仁', sex: 'female', ethnicity: '蒙古族' });
    await keeper.post(`/committees/${id}/members`, { ...member, name: '李强', sex: 'male', ethnicity: '汉族' });
    expect(((await clerk.get(`/committees/${id}/members`)).body as { warnings: object[] }).warnings).toEqual([]);
    expect(
      (await keeper.post(`/committee-members/${first}/ending`, { endsOn: '2026-03-01', reason: '工作调动' })).status,
    ).toBe(201);
    expect(
      (await keeper.post(`/committee-members/${first}/ending`, { endsOn: '2026-04-01', reason: '工作调动' })).status,
    ).toBe(422);
    expect((await keeper.patch(`/committees/${id}`, { courtName: '新城区人民法院' }, 1)).status).toBe(200);
  });

  it('keeps agencies with liaisons A and B, the successor ending the predecessor', async () => {
    const id = added(
      (await keeper.post('/agencies', { centerId: t.world.centerId, name: '新城区民政局', residency: 'rotating' }))
        .body,
    );
    await keeper.post(`/agencies/${id}/liaisons`, { slot: 'A', name: '甲', validFrom: '2026-01-01' });
    await keeper.post(`/agencies/${id}/liaisons`, { slot: 'B', name: '乙', validFrom: '2026-01-01' });
    await keeper.post(`/agencies/${id}/liaisons`, { slot: 'A', name: '丙', validFrom: '2026-09-01' });
    expect(
      (await keeper.post(`/agencies/${id}/liaisons`, { slot: 'A', name: '丁', validFrom: '2026-08-01' })).status,
    ).toBe(422);
    const agency = (
      (await clerk.get(`/agencies?centerId=${t.world.centerId}`)).body as { id: string; liaisons: { name: string }[] }[]
    ).find((a) => a.id === id);
    expect(agency?.liaisons.map((l) => l.name)).toEqual(['丙', '乙']);
    expect((await keeper.patch(`/agencies/${id}`, { residency: 'on-call' }, 1)).status).toBe(200);
  });

  it('keeps home unit and posting apart', async () => {
    const accountId = t.world.account('handler').id;
    const posting = {
      accountId,
      homeOrganization: '新城区征收办',
      agencyId: t.world.agencyIds[0],
      residency: 'resident',
      validFrom: '2026-01-01',
    };
    const id = added((await keeper.post(`/centers/${t.world.centerId}/postings`, posting)).body);
    expect((await keeper.post(`/centers/${t.world.centerId}/postings`, posting)).status).toBe(409);
    expect((await keeper.post(`/postings/${id}/ending`, { endsOn: '2026-10-01', reason: '轮岗' })).status).toBe(201);
    expect((await keeper.post(`/postings/${id}/ending`, { endsOn: '2026-10-01', reason: '轮岗' })).status).toBe(422);
    const list = (await clerk.get(`/centers/${t.world.centerId}/postings`)).body as object[];
    expect(list).toMatchObject([{ displayName: '征收承办', homeOrganization: '新城区征收办', validTo: '2026-10-01' }]);
  });

  it('leaves one audit entry per act, in the platform chain', async () => {
    const before = await t.sql<{ n: number }>('select count(*)::int as n from audit_entry');
    await keeper.post('/agencies', { centerId: t.world.centerId, name: '新城区司法局', residency: 'resident' });
    const after = await t.sql<{ n: number }>('select count(*)::int as n from audit_entry');
    expect((after[0]?.n ?? 0) - (before[0]?.n ?? 0)).toBe(1);
  });
});
