import { anAcceptedMatter } from '../../support/matters';
import { TWO_PARTIES, aConsent, aMatterReadyToMediate, partiesOf } from '../../support/parties';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

const code = (reply: Reply): string => (reply.body as { code: string }).code;
const told = { routesTold: ['litigation'], toldHow: '当面告知' };

interface MediationBody {
  readonly periods: readonly {
    readonly originalDueOn: string;
    readonly currentDueOn: string | null;
    readonly explanation: string[];
  }[];
}

describe('the clock and the end of a mediation (real PostgreSQL, HTTP, parties and calendar; fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let dispatcher: Caller;
  let head: Caller;
  beforeEach(async () => {
    t = await startTestApp();
    intake = await t.as('intake');
    dispatcher = await t.as('dispatcher');
    head = await t.as('committee-director');
  });
  afterEach(() => t.close());

  const period = async (id: string): Promise<MediationBody['periods'][number] | undefined> =>
    ((await dispatcher.get(`/disputes/${id}/mediation`)).body as MediationBody).periods.at(-1);
  const mediationState = async (id: string): Promise<string | undefined> =>
    (await t.sql<{ s: string }>('select mediation_state as s from dispute where id = $1', [id]))[0]?.s;

  it('starts with the last consent, one month, and says how it was reckoned', async () => {
    const { disputeId } = await aMatterReadyToMediate(t);
    expect(await mediationState(disputeId)).toBe('accepted');
    expect(await period(disputeId)).toMatchObject({
      rule: 'people',
      startOn: '2026-09-18',
      originalDueOn: '2026-10-19',
      currentDueOn: '2026-10-19',
      isProvisional: false,
      isOverdue: false,
      explanation: expect.arrayContaining([
        '2026年10月18日为星期日，顺延至2026年10月19日（民法典第二百零三条）。',
      ]) as string[],
    });
    const list = (await dispatcher.get('/disputes?mediationState=accepted')).body as {
      items: { id: string; dueOn: string }[];
    };
    expect(list.items).toMatchObject([{ id: disputeId, dueOn: '2026-10-19', isOverdue: false }]);
  });

  it.each([
    ['法院委派：三十日', { channel: 'court-entrusted' }, {}, 'court-entrusted', '2026-10-19'],
    [
      '法院委托简易程序：七日，自签收材料起',
      { channel: 'court-appointed', courtProcedure: 'summary', courtMaterialsOn: '2026-09-16' },
      {},
      'court-summary',
      '2026-09-23',
    ],
    [
      '法院委托普通程序：十五日',
      { channel: 'court-appointed', courtProcedure: 'ordinary' },
      {},
      'court-ordinary',
      '2026-10-08',
    ],
    ['劳动争议：收到申请起十五日', {}, { nature: 'labor' }, 'labor', '2026-10-08'],
  ])('%s', async (_, fields, triage, rule, dueOn) => {
    const { disputeId } = await aMatterReadyToMediate(t, fields, triage);
    expect(await period(disputeId)).toMatchObject({ rule, originalDueOn: dueOn });
  });

  it('stands still while suspended and goes on after it; the original day stays', async () => {
    const { disputeId } = await aMatterReadyToMediate(t);
    t.clock.advanceDays(3);
    const suspension = { ground: 'appraisal', reason: '评估房屋。' };
    expect((await intake.post(`/disputes/${disputeId}/mediation/suspension`, suspension)).status).toBe(403);
    expect(
      code(
        await head.post(`/disputes/${disputeId}/mediation/suspension`, { ...suspension, expectedUntil: '2026-09-01' }),
      ),
    ).toBe('mediation.expected-in-past');
    const suspended = await head.post(`/disputes/${disputeId}/mediation/suspension`, suspension);
    expect(suspended.body).toMatchObject({ mediationState: 'suspended' });
    expect(await period(disputeId)).toMatchObject({ originalDueOn: '2026-10-19', currentDueOn: null });
    expect(code(await head.post(`/disputes/${disputeId}/mediation/suspension`, suspension))).toBe(
      'mediation.wrong-state',
    );
    t.clock.advanceDays(10);
    const resumed = await head.post(`/disputes/${disputeId}/mediation/resumption`, { reason: '报告已出。' });
    expect(resumed.body).toMatchObject({ mediationState: 'accepted' });
    expect(await period(disputeId)).toMatchObject({ originalDueOn: '2026-10-19', currentDueOn: '2026-10-28' });
    expect(
      await t.sql(
        'select ground, prior_state, resumed_at is not null as over from mediation_pause where dispute_id = $1',
        [disputeId],
      ),
    ).toEqual([{ ground: 'appraisal', prior_state: 'accepted', over: true }]);
    expect(code(await head.post(`/disputes/${disputeId}/mediation/resumption`, { reason: '再次。' }))).toBe(
      'mediation.wrong-state',
    );
  });

  it('reports a feigned mediation when it suspends it', async () => {
    const { disputeId } = await aMatterReadyToMediate(t);
    await head.post(`/disputes/${disputeId}/mediation/suspension`, { ground: 'suspected-false', reason: '双方串通。' });
    expect(
      await t.sql(
        "select 1 from outbox_message where topic = 'mediation.suspected-false' and payload ->> 'disputeId' = $1",
        [disputeId],
      ),
    ).toHaveLength(1);
  });

  it('is extended only by consent of all, later than before, and keeps the original day', async () => {
    const { disputeId, partyIds } = await aMatterReadyToMediate(t);
    const extension = {
      untilOn: '2026-11-16',
      reason: '被申请人在外地。',
      consentedPartyIds: partyIds,
      consentedOn: '2026-09-18',
    };
    const post = (changes: object): Promise<Reply> =>
      head.post(`/disputes/${disputeId}/mediation/extensions`, { ...extension, ...changes });
    expect(code(await post({ consentedPartyIds: partyIds.slice(0, 1) }))).toBe('mediation.consent-of-all');
    expect(code(await post({ consentedPartyIds: [...partyIds, '0194f7f2-c0de-7000-a1b2-c3d4e5f60718'] }))).toBe(
      'mediation.unknown-party',
    );
    expect(code(await post({ untilOn: '2026-10-19' }))).toBe('mediation.extension-not-later');
    expect(code(await post({ consentedOn: '2026-09-19' }))).toBe('mediation.consent-in-future');
    expect((await intake.post(`/disputes/${disputeId}/mediation/extensions`, extension)).status).toBe(403);
    expect(await period(disputeId)).toMatchObject({ currentDueOn: '2026-10-19' });
    expect((await post({})).status).toBe(200);
    expect(await period(disputeId)).toMatchObject({ originalDueOn: '2026-10-19', currentDueOn: '2026-11-16' });
    expect(
      await t.sql(
        'select ordinal, until_on, previous_due_on, consented_party_ids from mediation_extension where dispute_id = $1',
        [disputeId],
      ),
    ).toEqual([{ ordinal: 1, until_on: '2026-11-16', previous_due_on: '2026-10-19', consented_party_ids: partyIds }]);
    expect(
      await t.sql("select act from audit_entry where dispute_id = $1 and act = 'mediation.extend'", [disputeId]),
    ).toHaveLength(1);
  });

  it('lets one of two extensions win and numbers them one after the other', async () => {
    const { disputeId, partyIds } = await aMatterReadyToMediate(t);
    const body = { untilOn: '2026-11-16', reason: '延长。', consentedPartyIds: partyIds, consentedOn: '2026-09-18' };
    const replies = await Promise.all([1, 2].map(() => head.post(`/disputes/${disputeId}/mediation/extensions`, body)));
    expect(replies.map((r) => r.status).sort()).toEqual([200, 422]);
  });

  it('ends for expiry only after the last day', async () => {
    const { disputeId } = await aMatterReadyToMediate(t);
    const body = { code: 'period-expired', explanation: '未同意延长。', ...told };
    t.clock.set('2026-10-19T23:59:00+08:00');
    expect(code(await dispatcher.post(`/disputes/${disputeId}/mediation/termination`, body))).toBe(
      'mediation.period-not-expired',
    );
    t.clock.set('2026-10-20T00:00:00+08:00');
    expect((await dispatcher.get('/disputes')).body).toMatchObject({ items: [{ id: disputeId, isOverdue: true }] });
    expect((await dispatcher.post(`/disputes/${disputeId}/mediation/termination`, body)).body).toMatchObject({
      mediationState: 'terminated',
    });
    expect(
      await t.sql('select ended_at is not null as ended from mediation_period where dispute_id = $1', [disputeId]),
    ).toEqual([{ ended: true }]);
    expect(
      (
        await t.sql<{ after: boolean }>(
          'select after_acceptance as after from mediation_ending where dispute_id = $1',
          [disputeId],
        )
      )[0]?.after,
    ).toBe(true);
  });

  it('ends at once upon a refusal; closing waits until the other routes were told', async () => {
    const id = await anAcceptedMatter(t, { parties: TWO_PARTIES });
    const [, second] = await partiesOf(intake, id);
    const refusal = aConsent(t, { answer: 'refused', routesTold: ['litigation'] });
    expect((await intake.post(`/parties/${second?.id ?? ''}/consents`, refusal)).status).toBe(201);
    expect(await mediationState(id)).toBe('refused');
    // As where a refusal arrives by link and nobody is there to tell the routes.
    await t.sql(
      'update mediation_ending set routes_told = null, told_how = null, told_at = null, told_by = null where dispute_id = $1',
      [id],
    );
    const dutyLeader = await t.as('duty-leader');
    const closing = { outcome: 'refused', summary: '一方拒绝。' };
    expect(code(await dutyLeader.post(`/disputes/${id}/closing`, closing))).toBe('disputes.routes-untold');
    expect((await (await t.as('archivist')).post(`/disputes/${id}/mediation/route-notices`, told)).status).toBe(403);
    expect((await intake.post(`/disputes/${id}/mediation/route-notices`, told)).status).toBe(200);
    expect(code(await intake.post(`/disputes/${id}/mediation/route-notices`, told))).toBe('mediation.routes-told');
    expect((await dutyLeader.post(`/disputes/${id}/closing`, closing)).body).toMatchObject({ state: 'closed' });
  });

  it('gives up on the unreachable after three logged attempts', async () => {
    const id = await anAcceptedMatter(t, { parties: TWO_PARTIES });
    const [, second] = await partiesOf(intake, id);
    const finding = { explanation: '均未联系上。', ...told };
    expect(code(await intake.post(`/disputes/${id}/mediation/unreachable-finding`, finding))).toBe(
      'mediation.too-few-attempts',
    );
    for (let i = 0; i < 3; i += 1) {
      t.clock.advance(2 * 3_600_000);
      const attempt = { at: t.clock.at().toISOString(), channel: 'phone', contacted: 'party', outcome: 'no-answer' };
      const reply = await intake.post(`/parties/${second?.id ?? ''}/contact-attempts`, attempt);
      expect([reply.status, reply.text]).toEqual([201, expect.any(String)]);
    }
    expect((await intake.post(`/disputes/${id}/mediation/unreachable-finding`, finding)).body).toMatchObject({
      state: 'in-progress',
      mediationState: 'unreachable',
    });
    expect(
      (
        await (
          await t.as('duty-leader')
        ).post(`/disputes/${id}/closing`, { outcome: 'unreachable', summary: '联系不上。' })
      ).body,
    ).toMatchObject({ state: 'closed' });
  });

  it('is withdrawn by the applicant before acceptance, and by all after it', async () => {
    const pending = await anAcceptedMatter(t, { parties: TWO_PARTIES });
    const [applicant, respondent] = await partiesOf(intake, pending);
    const withdrawal = { code: 'applicant-withdrew', explanation: '不再申请。' };
    expect(
      code(
        await intake.post(`/disputes/${pending}/mediation/withdrawal`, {
          ...withdrawal,
          agreedPartyIds: [respondent?.id],
        }),
      ),
    ).toBe('mediation.consent-of-all');
    expect(
      (
        await intake.post(`/disputes/${pending}/mediation/withdrawal`, {
          ...withdrawal,
          agreedPartyIds: [applicant?.id],
        })
      ).body,
    ).toMatchObject({ mediationState: 'withdrawn' });
    const { disputeId, partyIds } = await aMatterReadyToMediate(t);
    const [first] = partyIds;
    expect(
      code(
        await intake.post(`/disputes/${disputeId}/mediation/withdrawal`, { ...withdrawal, agreedPartyIds: [first] }),
      ),
    ).toBe('mediation.consent-of-all');
    const settled = await intake.post(`/disputes/${disputeId}/mediation/withdrawal`, {
      code: 'settled-privately',
      explanation: '和解。',
      agreedPartyIds: partyIds,
    });
    expect(settled.body).toMatchObject({ state: 'in-progress', mediationState: 'withdrawn' });
    // What was settled privately asks for no other route.
    expect(
      (
        await (
          await t.as('duty-leader')
        ).post(`/disputes/${disputeId}/closing`, { outcome: 'settled', summary: '和解。' })
      ).body,
    ).toMatchObject({ state: 'closed' });
  });

  it('refuses acts where there is no mediation, strangers, and a matter out of hand', async () => {
    const { disputeId } = await aMatterReadyToMediate(t);
    for (const act of [
      'termination',
      'unreachable-finding',
      'withdrawal',
      'route-notices',
      'suspension',
      'resumption',
      'extensions',
    ]) {
      expect([act, (await t.anonymous.post(`/disputes/${disputeId}/mediation/${act}`, {})).status]).toEqual([act, 401]);
      expect([act, (await dispatcher.post(`/disputes/${disputeId}/mediation/${act}`, { odd: 1 })).status]).toEqual([
        act,
        400,
      ]);
    }
    const foreign = await t.as('committee-director:foreign');
    expect((await foreign.post(`/disputes/${disputeId}/mediation/resumption`, { reason: '理由。' })).status).toBe(404);
    await t.sql("update dispute set state = 'closed', outcome = 'settled', closed_at = now() where id = $1", [
      disputeId,
    ]);
    expect(
      code(await head.post(`/disputes/${disputeId}/mediation/suspension`, { ground: 'other', reason: '理由。' })),
    ).toBe('mediation.matter-not-in-hand');
  });
});
