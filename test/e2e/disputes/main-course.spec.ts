import { anAcceptedMatter, aRegisteredMatter, aTriagedMatter, type Standing } from '../../support/matters';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';

describe('from triage to closing (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let dispatcher: Caller;
  let dutyLeader: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    dispatcher = await t.as('dispatcher');
    dutyLeader = await t.as('duty-leader');
  });
  afterAll(() => t.close());

  const acts = async (id: string): Promise<string[]> =>
    (await t.sql<{ act: string }>('select act from audit_entry where dispute_id = $1 order by seq', [id])).map(
      (r) => r.act,
    );

  it('triages, accepts and numbers, and asks for consent', async () => {
    const id = await aRegisteredMatter(t, { disputeType: 'family.inheritance' });
    const triaged = await dispatcher.post(`/disputes/${id}/triage`, {
      nature: 'civil',
      route: 'mediation',
      committeeId: t.world.committeeId,
      opinion: '属继承纠纷。',
    });
    expect(triaged.status).toBe(200);
    expect(triaged.body).toMatchObject({ id, state: 'triaged', stateName: '已研判', mediationState: null, version: 2 });
    expect((triaged.body as Standing).allowedActs).toContain('disputes.accept');
    expect(triaged.headers['etag']).toBe('"2"');
    const accepted = await dispatcher.post(`/disputes/${id}/acceptance`, {});
    expect(accepted.status).toBe(200);
    expect(accepted.body).toMatchObject({
      state: 'accepted',
      mediationState: 'consent-pending',
      caseNumber: '新城人调字〔2026〕1号',
    });
    expect(await acts(id)).toEqual(['disputes.register', 'disputes.triage', 'disputes.accept', 'mediation.open']);
    const [risk] = await t.sql(
      'select level, previous_level, suggested_level from risk_assessment where dispute_id = $1',
      [id],
    );
    expect(risk).toEqual({ level: 'blue', previous_level: null, suggested_level: 'blue' });
  });

  it('never takes an inheritance to arbitration, and says why', async () => {
    const id = await aRegisteredMatter(t, { disputeType: 'family.inheritance' });
    const reply = await dispatcher.post(`/disputes/${id}/triage`, { nature: 'civil', route: 'arbitration' });
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({ code: 'disputes.route-closed', errors: [{ pointer: '/route' }] });
    expect((reply.body as { detail: string }).detail).toContain('仲裁法');
  });

  it('does not mediate what is administrative, nor without a committee', async () => {
    const administrative = await aTriagedMatter(t, {}, { nature: 'administrative', route: 'agency' });
    expect((await dispatcher.post(`/disputes/${administrative}/acceptance`, {})).body).toMatchObject({
      status: 409,
      code: 'disputes.not-civil',
    });
    const homeless = await aTriagedMatter(t, {}, { committeeId: undefined });
    expect((await dispatcher.post(`/disputes/${homeless}/acceptance`, {})).body).toMatchObject({
      status: 409,
      code: 'disputes.no-committee',
    });
    const foreign = await dispatcher.post(`/disputes/${homeless}/acceptance`, {
      committeeId: t.world.foreignCommitteeId,
    });
    expect(foreign.body).toMatchObject({ status: 422, code: 'disputes.committee-not-eligible' });
  });

  it('refuses by role, relation and state', async () => {
    const id = await aRegisteredMatter(t);
    expect((await t.anonymous.post(`/disputes/${id}/triage`, { nature: 'civil', route: 'mediation' })).status).toBe(
      401,
    );
    expect(
      (await (await t.as('intake')).post(`/disputes/${id}/triage`, { nature: 'civil', route: 'mediation' })).status,
    ).toBe(403);
    expect(
      (await (await t.as('dispatcher:foreign')).post(`/disputes/${id}/triage`, { nature: 'civil', route: 'mediation' }))
        .status,
    ).toBe(404);
    expect((await dispatcher.post(`/disputes/${id}/acceptance`, {})).body).toMatchObject({
      status: 409,
      code: 'disputes.wrong-state',
    });
    expect((await dispatcher.post(`/disputes/${id}/triage`, { nature: 'strange', route: 'mediation' })).status).toBe(
      400,
    );
    expect(
      (await dispatcher.post(`/disputes/${id}/triage`, { nature: 'civil', route: 'mediation' }, { ifMatch: 7 })).status,
    ).toBe(412);
    expect(await acts(id)).toEqual(['disputes.register']);
  });

  it('gives twenty clients who accept at once one number', async () => {
    const id = await aTriagedMatter(t);
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => dispatcher.post(`/disputes/${id}/acceptance`, {})),
    );
    expect(replies.map((r) => r.status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
  });

  it('numbers different matters accepted at once without a gap', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => aTriagedMatter(t)));
    await Promise.all([
      ...ids.map((id) => dispatcher.post(`/disputes/${id}/acceptance`, {})),
      // A refusal in between takes no number.
      dispatcher.post(`/disputes/${await aTriagedMatter(t)}/acceptance`, { committeeId: t.world.foreignCommitteeId }),
    ]);
    const rows = await t.sql<{ seq: number }>(
      'select case_seq as seq from dispute where committee_id = $1 and case_seq is not null order by 1',
      [t.world.committeeId],
    );
    expect(rows.map((r) => r.seq)).toEqual(rows.map((_, i) => i + 1));
  });

  it('terminates only with the other routes told, then closes with the outcome that the record bears out', async () => {
    const id = await anAcceptedMatter(t, { disputeType: 'family.inheritance' });
    const ending = { code: 'irreconcilable', explanation: '分歧较大。', toldHow: '当面告知' };
    expect((await dispatcher.post(`/disputes/${id}/mediation/termination`, { ...ending, routesTold: [] })).status).toBe(
      400,
    );
    const arbitration = await dispatcher.post(`/disputes/${id}/mediation/termination`, {
      ...ending,
      routesTold: ['litigation', 'arbitration'],
    });
    expect(arbitration.body).toMatchObject({
      status: 422,
      code: 'mediation.route-closed',
      errors: [{ pointer: '/routesTold/1' }],
    });
    expect(
      (await dutyLeader.post(`/disputes/${id}/closing`, { outcome: 'not-agreed', summary: '未达成。' })).body,
    ).toMatchObject({
      code: 'disputes.mediation-open',
    });
    const ended = await dispatcher.post(`/disputes/${id}/mediation/termination`, {
      ...ending,
      routesTold: ['litigation'],
    });
    expect(ended.body).toMatchObject({ state: 'in-progress', mediationState: 'terminated' });
    expect(
      await t.sql('select code, after_acceptance, routes_told from mediation_ending where dispute_id = $1', [id]),
    ).toEqual([{ code: 'irreconcilable', after_acceptance: false, routes_told: ['litigation'] }]);
    const false_ = await dutyLeader.post(`/disputes/${id}/closing`, { outcome: 'agreement', summary: '达成协议。' });
    expect(false_.body).toMatchObject({ status: 422, code: 'disputes.outcome-mismatch' });
    const closed = await dutyLeader.post(`/disputes/${id}/closing`, {
      outcome: 'not-agreed',
      summary: '未达成，已告知诉讼途径。',
    });
    expect(closed.body).toMatchObject({ state: 'closed' });
    expect(await t.sql('select outcome, volume, reviewed_by from dispute_closing where dispute_id = $1', [id])).toEqual(
      [{ outcome: 'not-agreed', volume: 1, reviewed_by: t.world.account('duty-leader').id }],
    );
  });

  it('does not let the handler review', async () => {
    const id = await aTriagedMatter(t);
    await dispatcher.post(`/disputes/${id}/acceptance`, { handlerAccountId: t.world.account('duty-leader').id });
    await dispatcher.post(`/disputes/${id}/mediation/termination`, {
      code: 'other',
      explanation: '说明。',
      routesTold: ['litigation'],
      toldHow: '电话',
    });
    const own = await dutyLeader.post(`/disputes/${id}/closing`, { outcome: 'not-agreed', summary: '自审。' });
    expect(own.body).toMatchObject({ status: 409, code: 'disputes.reviewer-is-handler' });
    const director = await (
      await t.as('director')
    ).post(`/disputes/${id}/closing`, { outcome: 'not-agreed', summary: '审核通过。' });
    expect(director.body).toMatchObject({ state: 'closed' });
  });
});
