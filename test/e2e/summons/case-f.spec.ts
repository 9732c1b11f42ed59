import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import {
  ANSWERS,
  aMatterInProgress,
  arrive,
  at,
  codeOf,
  dueOf,
  expectStatus,
  onDuty,
  proposal,
  read,
  taskOf,
} from './stage';

/**
 * 中心吹哨、部门报到 over the National Day holiday of 2026, by the notice for 2026: Wed 09-30 worked, 10-01 … 10-07 off,
 * Thu 10-08, Fri 10-09 and Sat 10-10 (调休) worked, Sun 10-11 off, Mon 10-12 … worked. Office hours 08:30–12:00 and
 * 14:30–17:30. Every instant below was reckoned by hand from this calendar.
 */
describe('case F: three agencies, one whistled on the eve of the holiday, one objects, one is late (real PostgreSQL, HTTP, fake clock)', () => {
  let t: TestApp;
  let mediator: Caller;
  let dispatcher: Caller;
  let lead: Caller;
  let late: Caller;
  let objector: Caller;
  let disputeId: string;
  let summonsId: string;
  const ids: Record<'lead' | 'late' | 'objector', string> = { lead: '', late: '', objector: '' };
  const task = async (name: keyof typeof ids) => {
    const shown = (await read(dispatcher, summonsId)).tasks.find((x) => x.id === ids[name]);
    if (!shown) throw new Error(name);
    return shown;
  };

  beforeAll(async () => {
    t = await startTestApp();
    t.clock.set('2026-09-30T09:00:00+08:00');
    disputeId = await aMatterInProgress(t);
    mediator = await onDuty(t, 'mediator');
    dispatcher = await onDuty(t, 'dispatcher');
    lead = await onDuty(t, 'liaison');
    late = await onDuty(t, 'liaison-2');
    objector = await onDuty(t, 'liaison-3');
    await onDuty(t, 'duty-leader');
    await onDuty(t, 'follow-up');
  });
  afterAll(() => t.close());

  it('09-30 09:00 — the mediator proposes, the dispatcher issues, two agencies are whistled', async () => {
    const [a0, a1] = t.world.agencyIds;
    const draft = expectStatus(
      await mediator.post(
        `/disputes/${disputeId}/summons`,
        proposal([
          { agencyId: a0, role: 'lead' },
          { agencyId: a1, role: 'assist' },
        ]),
      ),
      201,
    );
    expect(draft.body).toEqual({
      id: expect.any(String) as string,
      state: 'draft',
      stateName: '待签发',
      number: null,
      version: 1,
    });
    summonsId = (draft.body as { id: string }).id;
    expect((await mediator.post(`/summons/${summonsId}/issuance`)).status).toBe(403);
    expect(await lead.get('/summons-tasks')).toMatchObject({ status: 200, body: { items: [] } });
    const issued = expectStatus(await dispatcher.post(`/summons/${summonsId}/issuance`), 201);
    expect(issued.body).toMatchObject({ state: 'issued', number: '新城综治哨字〔2026〕1号' });

    const summons = await read(dispatcher, summonsId);
    ids.lead = taskOf(summons, a0).id;
    ids.late = taskOf(summons, a1).id;
    for (const id of [ids.lead, ids.late]) {
      const dues = summons.tasks.filter((x) => x.id === id).flatMap((x) => x.dues);
      expect(dues.map((d) => [d.kind, d.currentDueAt])).toEqual([
        // 60 minutes of office time from 09:00.
        ['sign', at('2026-09-30T10:00')],
        // One working day after 09-30: 10-08, until the office closes.
        ['contact', at('2026-10-08T17:30')],
        // Three: 10-08, 10-09, 10-10 (the working Saturday).
        ['arrive', at('2026-10-10T17:30')],
        // Five: 10-08, 10-09, 10-10, 10-12, 10-13.
        ['feedback', at('2026-10-13T17:30')],
      ]);
    }
    expect(dueOf(taskOf(summons, a0), 'arrive').explanation.join('')).toContain('3个工作日');
    const messages = await t.sql<{ payload: object }>(
      "select payload from outbox_message where topic = 'summons.issued'",
    );
    expect(messages).toEqual([
      { payload: { summonsId, taskIds: expect.arrayContaining([ids.lead, ids.late]) as string[] } },
    ]);
  });

  it('signs in time and late: 10:00 is the first instant too late, 10:20 is twenty minutes', async () => {
    t.clock.set('2026-09-30T09:30:00+08:00');
    expectStatus(await lead.post(`/summons-tasks/${ids.lead}/signature`), 201);
    t.clock.set('2026-09-30T10:20:00+08:00');
    expect((await read(dispatcher, summonsId)).holdUps).toEqual([
      expect.objectContaining({
        taskId: ids.late,
        agencyName: '新城区自然资源分局',
        kind: 'sign',
        lateMinutes: 20,
        step: 'urge',
      }),
    ]);
    expectStatus(await late.post(`/summons-tasks/${ids.late}/signature`), 201);
    expect(dueOf(await task('lead'), 'sign')).toMatchObject({ isLate: false, lateMinutes: 0 });
    expect(dueOf(await task('late'), 'sign')).toMatchObject({ isLate: true, lateMinutes: 20, step: 'none' });
  });

  it('09-30 17:25 — a third agency is whistled five minutes before the holiday', async () => {
    t.clock.set('2026-09-30T17:25:00+08:00');
    const a2 = t.world.agencyIds[2];
    const added = expectStatus(
      await dispatcher.post(`/summons/${summonsId}/agencies`, { agencyId: a2, role: 'assist' }),
      201,
    );
    ids.objector = (added.body as { id: string }).id;
    expect((await task('objector')).dues.map((d) => [d.kind, d.originalDueAt])).toEqual([
      // 17:25–17:30 are 5 minutes; 55 are left from 10-08 08:30.
      ['sign', at('2026-10-08T09:25')],
      ['contact', at('2026-10-08T17:30')],
      ['arrive', at('2026-10-10T17:30')],
      ['feedback', at('2026-10-13T17:30')],
    ]);
    const [row] = await t.sql('select objection_ends_at, objection_hard_stop_at from summons_task where id = $1', [
      ids.objector,
    ]);
    expect(row).toEqual({
      // 240 minutes: 5 on 09-30, 210 in the morning of 10-08, 25 from 14:30.
      objection_ends_at: new Date(at('2026-10-08T14:55')),
      // Five working days: 10-13.
      objection_hard_stop_at: new Date(at('2026-10-13T17:30')),
    });
    expect(codeOf(await dispatcher.post(`/summons/${summonsId}/agencies`, { agencyId: a2, role: 'notify' }))).toEqual([
      409,
      'summons.agency-twice',
    ]);
  });

  it('10-08 09:00 — it objects in time; its clocks stand; 10-09 10:00 the center designates it', async () => {
    t.clock.set('2026-10-08T09:00:00+08:00');
    const objection = { ground: 'not-competent', reason: '面积认定由征收部门负责，本单位无此项职责。' };
    expectStatus(await objector.post(`/summons-tasks/${ids.objector}/objection`, objection), 201);
    t.clock.set('2026-10-09T10:00:00+08:00');
    const standing = await task('objector');
    expect(standing.dues.map((d) => [d.kind, d.currentDueAt, d.isLate])).toEqual([
      // Objecting at 09:00 counts as signing, before 09:25.
      ['sign', at('2026-10-08T09:25'), false],
      ['contact', null, false],
      ['arrive', null, false],
      ['feedback', null, false],
      // The center has one working day for its ruling.
      ['ruling', at('2026-10-09T17:30'), false],
    ]);
    expect(
      (await objector.post(`/summons-tasks/${ids.objector}/objection-overruling`, { reason: '自裁' })).status,
    ).toBe(403);
    expectStatus(
      await dispatcher.post(`/summons-tasks/${ids.objector}/objection-overruling`, {
        reason: '权责清单第十二项由该部门协办，指定承办。',
      }),
      201,
    );
    const resumed = await task('objector');
    // 10-08 is not counted; 10-09, the day of the ruling, counts again.
    expect(resumed.dues.map((d) => [d.kind, d.originalDueAt, d.currentDueAt])).toEqual([
      ['sign', at('2026-10-08T09:25'), at('2026-10-08T09:25')],
      ['contact', at('2026-10-08T17:30'), at('2026-10-09T17:30')],
      // 10-09, 10-10, 10-12.
      ['arrive', at('2026-10-10T17:30'), at('2026-10-12T17:30')],
      // 10-09, 10-10, 10-12, 10-13, 10-14.
      ['feedback', at('2026-10-13T17:30'), at('2026-10-14T17:30')],
      ['ruling', at('2026-10-09T17:30'), at('2026-10-09T17:30')],
    ]);
    expect(dueOf(resumed, 'ruling')).toMatchObject({ metAt: at('2026-10-09T10:00'), isLate: false });
    expect(dueOf(resumed, 'arrive').explanation.join('')).toContain('部门提出异议（职责不符）');
  });

  it('no second return after the designation', async () => {
    const again = { ground: 'other-agency', reason: '仍认为不属本单位。' };
    expect(codeOf(await objector.post(`/summons-tasks/${ids.objector}/objection`, again))).toEqual([
      409,
      'summons-tasks.wrong-state',
    ]);
    expect((await task('objector')).state).toBe('overruled');
  });

  it('cannot be closed over open whistles', async () => {
    const leader = await t.as('duty-leader');
    const closing = {
      outcome: 'solved',
      summary: '部门已处理。',
      confirmedBy: 'phone',
      partyWords: '可以，没有意见了。',
    };
    expect(codeOf(await leader.post(`/disputes/${disputeId}/closing`, closing))).toEqual([
      409,
      'disputes.open-summons',
    ]);
  });

  it('10-09 — two sign in with codes from the screen, each code once', async () => {
    t.clock.set('2026-10-09T15:00:00+08:00');
    const { code } = expectStatus(await dispatcher.post(`/summons/${summonsId}/sign-in-codes`), 201).body as {
      code: string;
    };
    const who = { code, personName: '高志远', rank: 'section-head' };
    expectStatus(await lead.post(`/summons-tasks/${ids.lead}/arrival`, who), 201);
    expect(codeOf(await objector.post(`/summons-tasks/${ids.objector}/arrival`, who))).toEqual([
      422,
      'summons-tasks.code-invalid',
    ]);
    expectStatus(await arrive(t, objector, summonsId, ids.objector), 201);
    expect(dueOf(await task('lead'), 'arrive')).toMatchObject({ isLate: false, metAt: at('2026-10-09T15:00') });
  });

  it('10-12 10:00 — the late one is named, with how late and who must speak to it', async () => {
    t.clock.set('2026-10-12T10:00:00+08:00');
    expect((await read(dispatcher, summonsId)).holdUps).toEqual([
      // Contact since 10-08 17:30: 390 minutes on 10-09, 390 on 10-10, 90 on 10-12; two working days were over on 10-10
      // at closing, so that the interview was due on Monday morning.
      expect.objectContaining({
        taskId: ids.late,
        kind: 'contact',
        lateMinutes: 870,
        step: 'interview',
        stepName: '约谈',
      }),
      // Arrival since Sat 10-10 17:30: 90 minutes on Monday; Sunday does not count.
      expect.objectContaining({
        taskId: ids.late,
        kind: 'arrive',
        lateMinutes: 90,
        step: 'urge',
        stepName: '催办',
      }),
    ]);
    expectStatus(await arrive(t, late, summonsId, ids.late), 201);
    expect((await read(dispatcher, summonsId)).holdUps).toEqual([]);
    expect(dueOf(await task('late'), 'arrive')).toMatchObject({ isLate: true, lateMinutes: 90 });
  });

  it('feedback is sent back once with a clock of its own, then confirmed; scores follow the clocks', async () => {
    for (const [caller, id] of [
      [lead, ids.lead],
      [late, ids.late],
      [objector, ids.objector],
    ] as const) {
      expectStatus(await caller.post(`/summons-tasks/${id}/handling`), 201);
    }
    const partial = { ...ANSWERS, answers: ANSWERS.answers.slice(0, 1) };
    expect(codeOf(await lead.post(`/summons-tasks/${ids.lead}/feedback`, partial))).toEqual([
      422,
      'summons-tasks.asks-unanswered',
    ]);
    for (const [caller, id] of [
      [lead, ids.lead],
      [late, ids.late],
      [objector, ids.objector],
    ] as const) {
      expectStatus(await caller.post(`/summons-tasks/${id}/feedback`, ANSWERS), 201);
    }
    expectStatus(await dispatcher.post(`/summons-tasks/${ids.lead}/return`, { reason: '第二项未说明计算过程。' }), 201);
    // Sent back on Mon 10-12: three working days are 10-13, 10-14, 10-15.
    expect(dueOf(await task('lead'), 'feedback', 2)).toMatchObject({
      currentDueAt: at('2026-10-15T17:30'),
      metAt: null,
    });
    expectStatus(await lead.post(`/summons-tasks/${ids.lead}/feedback`, ANSWERS), 201);
    for (const id of Object.values(ids)) {
      expectStatus(await dispatcher.post(`/summons-tasks/${id}/confirmation`, { opinion: '反馈属实。' }), 201);
      expectStatus(await dispatcher.post(`/summons-tasks/${id}/rating`, { effect: 90, remark: '答复清楚。' }), 201);
      expectStatus(
        await (await t.as('follow-up')).post(`/summons-tasks/${id}/party-rating`, { satisfaction: 'satisfied' }),
        201,
      );
    }
    // Contacted late: (15·100 + 0 + 20·100 + 20·100 + 25·90 + 10·100) / 100 = 87.5
    expect((await task('lead')).rating).toMatchObject({ score: 87.5 });
    // Signed, contacted and arrived late: (0 + 0 + 0 + 2000 + 2250 + 1000) / 100 = 52.5
    expect((await task('late')).rating).toMatchObject({ score: 52.5 });
  });

  it('closes the whistle with its last task, and then the matter', async () => {
    for (const id of Object.values(ids)) expectStatus(await dispatcher.post(`/summons-tasks/${id}/closing`), 201);
    expect(await t.sql('select state, closed_at from summons where id = $1', [summonsId])).toEqual([
      { state: 'closed', closed_at: new Date(at('2026-10-12T10:00')) },
    ]);
    const leader = await t.as('duty-leader');
    expectStatus(
      await leader.post(`/disputes/${disputeId}/closing`, {
        outcome: 'solved',
        summary: '三部门到场，当事人认可。',
        confirmedBy: 'phone',
        partyWords: '可以，没有意见了。',
      }),
      200,
    );
  });

  it('left one line and one audit entry per act, without personal data', async () => {
    const events = await t.sql<{ act: string; count: number }>(
      `select e.act, count(*)::int as count from dispute_event e where e.dispute_id = $1 and e.act like 'summons%' group by 1 order by 1`,
      [disputeId],
    );
    const audits = await t.sql<{ act: string; count: number }>(
      `select act, count(*)::int as count from audit_entry where dispute_id = $1 and act like 'summons%'
         and act not like '%.read' and act <> 'summons.show-sign-in-code' group by 1 order by 1`,
      [disputeId],
    );
    expect(audits).toEqual(events);
    expect(Object.fromEntries(events.map((e) => [e.act, e.count]))).toEqual({
      'summons.add-agency': 1,
      'summons.finish': 1,
      'summons.issue': 1,
      'summons.propose': 1,
      'summons-tasks.arrive': 3,
      'summons-tasks.begin-handling': 3,
      'summons-tasks.close': 3,
      'summons-tasks.confirm': 3,
      'summons-tasks.feed-back': 4,
      'summons-tasks.object': 1,
      'summons-tasks.overrule': 1,
      'summons-tasks.rate': 3,
      'summons-tasks.rate-by-party': 3,
      'summons-tasks.return': 1,
      'summons-tasks.sign': 2,
    });
    const bodies = await t.sql<{ body: string }>('select body from audit_entry where dispute_id = $1', [disputeId]);
    expect(bodies.filter((b) => /高志远|面积认定/.test(b.body))).toEqual([]);
  });
});
