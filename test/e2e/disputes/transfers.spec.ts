import { aTriagedMatter } from '../../support/matters';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

const code = (reply: Reply): string => (reply.body as { code: string }).code;

describe('sending a matter on (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let dispatcher: Caller;
  let dutyLeader: Caller;
  let grid: Caller;
  let street: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    dispatcher = await t.as('dispatcher');
    dutyLeader = await t.as('duty-leader');
    grid = await t.as('grid-worker');
    street = await t.as('street-dispatcher');
  });
  afterAll(() => t.close());

  const aMatter = (): Promise<string> =>
    aTriagedMatter(t, {}, { nature: 'other', route: 'grid', committeeId: undefined });
  const transferOf = async (id: string): Promise<string> =>
    (
      await t.sql<{ id: string }>(
        'select id from dispute_transfer where dispute_id = $1 order by sent_at desc, id desc limit 1',
        [id],
      )
    )[0]?.id ?? '';
  const stateOf = async (id: string): Promise<object | undefined> =>
    (await t.sql<object>('select state, handling_center_id, handling_unit_id from dispute where id = $1', [id]))[0];

  it('goes down to the grid, which sees it only from then on, signs, handles and answers', async () => {
    const id = await aMatter();
    expect((await grid.get(`/disputes/${id}`)).status).toBe(404);
    const sent = await dispatcher.post(`/disputes/${id}/sending-down`, {
      toUnitId: t.world.gridId,
      request: '请现场沟通。',
    });
    expect(sent.body).toMatchObject({ state: 'sent-down' });
    expect((sent.body as { allowedActs: string[] }).allowedActs).not.toContain('disputes.undertake');
    expect((await grid.get(`/disputes/${id}`)).status).toBe(200);
    expect((await (await t.as('grid-worker:foreign')).get(`/disputes/${id}`)).status).toBe(404);
    expect(code(await grid.post(`/disputes/${id}/undertaking`, {}))).toBe('disputes.open-transfer');
    expect((await dispatcher.post(`/transfers/${await transferOf(id)}/receipt`)).status).toBe(403);
    expect((await grid.post(`/transfers/${await transferOf(id)}/receipt`)).status).toBe(200);
    expect(code(await dispatcher.post(`/disputes/${id}/undertaking`, {}))).toBe('disputes.not-receiver');
    expect((await grid.post(`/disputes/${id}/undertaking`, {})).body).toMatchObject({ state: 'in-progress' });
    expect((await grid.post(`/transfers/${await transferOf(id)}/result`, { result: '已沟通。' })).status).toBe(200);
    expect((await grid.post(`/disputes/${id}/answer`, { content: '平台已整改。' })).body).toMatchObject({
      state: 'answered',
    });
    expect(
      await t.sql("select act from audit_entry where dispute_id = $1 and act like 'transfers.%' order by seq", [id]),
    ).toEqual([{ act: 'transfers.sign' }, { act: 'transfers.complete' }]);
  });

  it('comes back when the objection is upheld, out of the receiver’s sight', async () => {
    const id = await aMatter();
    await dispatcher.post(`/disputes/${id}/sending-down`, { toCenterId: t.world.streetCenterId, request: '请办理。' });
    expect(await stateOf(id)).toEqual({
      state: 'sent-down',
      handling_center_id: t.world.streetCenterId,
      handling_unit_id: null,
    });
    const transfer = await transferOf(id);
    expect((await street.post(`/transfers/${transfer}/objection`, { reason: '不属本街道。' })).status).toBe(200);
    expect((await street.post(`/transfers/${transfer}/ruling`, { isUpheld: true, reason: '自裁。' })).status).toBe(403);
    const ruled = await dispatcher.post(`/transfers/${transfer}/ruling`, { isUpheld: true, reason: '异议成立。' });
    expect(ruled.body).toMatchObject({ state: 'triaged' });
    expect(await stateOf(id)).toEqual({ state: 'triaged', handling_center_id: null, handling_unit_id: null });
    expect((await street.get(`/disputes/${id}`)).status).toBe(404);
  });

  it('stays once the objection is overruled: no second objection, no return', async () => {
    const id = await aMatter();
    await dispatcher.post(`/disputes/${id}/sending-down`, { toCenterId: t.world.streetCenterId, request: '请办理。' });
    const transfer = await transferOf(id);
    await street.post(`/transfers/${transfer}/objection`, { reason: '不属本街道。' });
    expect(code(await street.post(`/transfers/${transfer}/receipt`))).toBe('transfers.wrong-state');
    await dispatcher.post(`/transfers/${transfer}/ruling`, { isUpheld: false, reason: '指定承办。' });
    expect(code(await street.post(`/transfers/${transfer}/objection`, { reason: '再次异议。' }))).toBe(
      'transfers.objected-once',
    );
    expect((await street.post(`/transfers/${transfer}/receipt`)).status).toBe(200);
    expect(code(await street.post(`/transfers/${transfer}/return`, { reason: '不办。' }))).toBe('transfers.designated');
    expect((await street.post(`/disputes/${id}/undertaking`, {})).body).toMatchObject({ state: 'in-progress' });
  });

  it('is returned after signing, and the one who returns it loses sight of it', async () => {
    const id = await aMatter();
    await dispatcher.post(`/disputes/${id}/sending-down`, { toCenterId: t.world.streetCenterId, request: '请办理。' });
    const transfer = await transferOf(id);
    await street.post(`/transfers/${transfer}/receipt`);
    const returned = await street.post(`/transfers/${transfer}/return`, { reason: '当事人已迁出。' });
    expect(returned.body).toMatchObject({ id, state: 'triaged', stateName: '已研判', allowedActs: [] });
    expect((await street.get(`/disputes/${id}`)).status).toBe(404);
    expect((await dispatcher.get(`/disputes/${id}`)).body).toMatchObject({
      state: 'triaged',
      version: (returned.body as { version: number }).version,
    });
  });

  it('goes up from the street, and up from the grid to its center', async () => {
    const id = await aMatter();
    await dispatcher.post(`/disputes/${id}/sending-down`, { toCenterId: t.world.streetCenterId, request: '请办理。' });
    await street.post(`/transfers/${await transferOf(id)}/receipt`);
    await street.post(`/disputes/${id}/undertaking`, {});
    const leader = await t.as('street-duty-leader');
    expect(
      (await street.post(`/disputes/${id}/sending-up`, { toCenterId: t.world.centerId, request: '超出职责。' })).status,
    ).toBe(403);
    expect(
      code(await leader.post(`/disputes/${id}/sending-up`, { toCenterId: t.world.foreignCenterId, request: '越级。' })),
    ).toBe('disputes.center-not-in-line');
    const up = await leader.post(`/disputes/${id}/sending-up`, { toCenterId: t.world.centerId, request: '超出职责。' });
    expect(up.body).toMatchObject({ state: 'sent-up', allowedActs: [] });
    expect(code(await dutyLeader.post(`/transfers/${await transferOf(id)}/objection`, { reason: '不收。' }))).toBe(
      'transfers.sent-up',
    );
    expect((await dutyLeader.post(`/transfers/${await transferOf(id)}/receipt`)).status).toBe(200);
    expect((await dutyLeader.post(`/disputes/${id}/undertaking`, {})).body).toMatchObject({ state: 'in-progress' });

    const fromGrid = await aMatter();
    await dispatcher.post(`/disputes/${fromGrid}/sending-down`, { toUnitId: t.world.gridId, request: '请办理。' });
    await grid.post(`/transfers/${await transferOf(fromGrid)}/receipt`);
    expect(
      (await grid.post(`/disputes/${fromGrid}/sending-up`, { toCenterId: t.world.centerId, request: '网格办不了。' }))
        .body,
    ).toMatchObject({ state: 'sent-up' });
    expect((await grid.get(`/disputes/${fromGrid}`)).status).toBe(404);
    expect((await dutyLeader.post(`/transfers/${await transferOf(fromGrid)}/receipt`)).status).toBe(200);
    const back = await dutyLeader.post(`/transfers/${await transferOf(fromGrid)}/return`, { reason: '属网格职责。' });
    expect(back.body).toMatchObject({ state: 'sent-down' });
    expect(await stateOf(fromGrid)).toEqual({
      state: 'sent-down',
      handling_center_id: null,
      handling_unit_id: t.world.gridId,
    });
  });

  it('is taken back before anyone signed', async () => {
    const id = await aMatter();
    await dispatcher.post(`/disputes/${id}/sending-down`, { toUnitId: t.world.gridId, request: '请办理。' });
    expect((await grid.post(`/transfers/${await transferOf(id)}/withdrawal`, { reason: '不办。' })).status).toBe(403);
    expect(
      (await dispatcher.post(`/transfers/${await transferOf(id)}/withdrawal`, { reason: '派错。' })).body,
    ).toMatchObject({ state: 'triaged' });
    expect(await t.sql('select state, ended_reason from dispute_transfer where dispute_id = $1', [id])).toEqual([
      { state: 'withdrawn', ended_reason: '派错。' },
    ]);
  });

  it('is handed to a court: receipt, then result; only then closed, and as handed off', async () => {
    const id = await aMatter();
    const handed = await dispatcher.post(`/disputes/${id}/hand-off`, {
      organKind: 'court',
      organ: '新城区人民法院',
      request: '申请立案。',
    });
    expect(handed.body).toMatchObject({ state: 'handed-off' });
    const transfer = await transferOf(id);
    expect(code(await dispatcher.post(`/transfers/${transfer}/result`, { result: '无。' }))).toBe('forbidden');
    expect(code(await dutyLeader.post(`/disputes/${id}/closing`, { outcome: 'handed-off', summary: '已移送。' }))).toBe(
      'disputes.open-transfer',
    );
    expect((await dispatcher.post(`/transfers/${transfer}/organ-receipt`, { receiptNumber: '民收1号' })).status).toBe(
      200,
    );
    expect((await dispatcher.post(`/transfers/${transfer}/organ-result`, { result: '已立案。' })).status).toBe(200);
    expect(
      code(
        await dutyLeader.post(`/disputes/${id}/closing`, {
          outcome: 'solved',
          summary: '已解决。',
          confirmedBy: 'phone',
          partyWords: '可以，没有意见了。',
        }),
      ),
    ).toBe('disputes.outcome-mismatch');
    expect(
      (await dutyLeader.post(`/disputes/${id}/closing`, { outcome: 'handed-off', summary: '已移送。' })).body,
    ).toMatchObject({ state: 'closed' });
    expect(
      await t.sql('select state, receipt_number, result from dispute_transfer where dispute_id = $1', [id]),
    ).toEqual([{ state: 'completed', receipt_number: '民收1号', result: '已立案。' }]);
  });

  it('takes up its state again when the court returns it', async () => {
    const id = await aMatter();
    await dispatcher.post(`/disputes/${id}/hand-off`, {
      organKind: 'police',
      organ: '通道街派出所',
      request: '线索。',
    });
    expect(
      (await dispatcher.post(`/transfers/${await transferOf(id)}/organ-return`, { reason: '不属管辖。' })).body,
    ).toMatchObject({ state: 'triaged' });
  });

  it('refuses two receivers, none, strangers’ units and everybody without the post', async () => {
    const id = await aMatter();
    const request = '请办理。';
    expect(code(await dispatcher.post(`/disputes/${id}/sending-down`, { request }))).toBe('disputes.one-receiver');
    const both = { toUnitId: t.world.gridId, toCenterId: t.world.streetCenterId, request };
    expect(code(await dispatcher.post(`/disputes/${id}/sending-down`, both))).toBe('disputes.one-receiver');
    expect(
      code(await dispatcher.post(`/disputes/${id}/sending-down`, { toUnitId: t.world.foreignGridId, request })),
    ).toBe('disputes.unit-not-below');
    expect(
      code(await dispatcher.post(`/disputes/${id}/sending-down`, { toCenterId: t.world.foreignCenterId, request })),
    ).toBe('disputes.center-not-in-line');
    expect(
      (await (await t.as('intake')).post(`/disputes/${id}/sending-down`, { toUnitId: t.world.gridId, request })).status,
    ).toBe(403);
    expect((await t.anonymous.post(`/disputes/${id}/hand-off`, {})).status).toBe(401);
    expect((await dispatcher.post('/transfers/0194f7f2-c0de-7000-a1b2-c3d4e5f60718/receipt')).status).toBe(404);
    expect((await dispatcher.post('/transfers/nonsense/receipt')).status).toBe(400);
    expect(
      (await dispatcher.post(`/disputes/${id}/hand-off`, { organKind: 'moon', organ: '甲', request })).status,
    ).toBe(400);
    expect(await t.sql('select 1 from dispute_transfer where dispute_id = $1', [id])).toEqual([]);
  });

  it('lets one of two dispatchers send it', async () => {
    const id = await aMatter();
    const replies = await Promise.all([
      dispatcher.post(`/disputes/${id}/sending-down`, { toUnitId: t.world.gridId, request: '甲。' }),
      dispatcher.post(`/disputes/${id}/sending-down`, { toCenterId: t.world.streetCenterId, request: '乙。' }),
    ]);
    expect(replies.map((r) => r.status).sort()).toEqual([200, 409]);
    expect(await t.sql('select 1 from dispute_transfer where dispute_id = $1', [id])).toHaveLength(1);
  });
});
