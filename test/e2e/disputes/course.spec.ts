import { aRegisteredMatter, aTriagedMatter, anAcceptedMatter, type Standing } from '../../support/matters';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

const code = (reply: Reply): string => (reply.body as { code: string }).code;

describe('the course of a matter (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let dispatcher: Caller;
  let dutyLeader: Caller;
  let director: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    intake = await t.as('intake');
    dispatcher = await t.as('dispatcher');
    dutyLeader = await t.as('duty-leader');
    director = await t.as('director');
  });
  afterAll(() => t.close());

  const lastAct = async (id: string): Promise<object | undefined> =>
    (
      await t.sql<object>(
        'select act, from_state, to_state, actor_name from dispute_event where dispute_id = $1 order by at desc, id desc limit 1',
        [id],
      )
    )[0];
  const rowOf = async <Row extends object>(id: string, columns: string): Promise<Row | undefined> =>
    (await t.sql<Row>(`select ${columns} from dispute where id = $1`, [id]))[0];
  /** A matter answered and closed, with no mediation. */
  const aClosedMatter = async (fields: object = {}): Promise<string> => {
    const id = await aTriagedMatter(t, fields, { nature: 'consultation', route: 'answer' });
    expect((await dispatcher.post(`/disputes/${id}/answer`, { content: '已答复。' })).status).toBe(200);
    expect(
      (
        await dutyLeader.post(`/disputes/${id}/closing`, {
          outcome: 'answered',
          summary: '答复办结。',
          confirmedBy: 'phone',
          partyWords: '可以，没有意见了。',
        })
      ).status,
    ).toBe(200);
    return id;
  };

  describe('danger in the words', () => {
    it('prompts at the counter and holds triage until it was reported, with recipient, time and receipt', async () => {
      const registered = await intake.post('/disputes', {
        centerId: t.world.centerId,
        channel: 'visit',
        title: '欠薪',
        narrative: '再不给钱我就不想活了，到你们中心门口自焚。',
      });
      expect(registered.body).toMatchObject({ escalation: { cues: ['不想活', '自焚'], mustReport: true } });
      const { id } = registered.body as { id: string };
      expect(code(await dispatcher.post(`/disputes/${id}/triage`, { nature: 'labor', route: 'mediation' }))).toBe(
        'disputes.escalation-unreported',
      );
      const bare = await intake.post(`/disputes/${id}/escalation-reports`, {
        finding: 'reported',
        situation: '情绪激动。',
      });
      expect(bare.body).toMatchObject({ status: 422, code: 'disputes.report-incomplete' });
      const future = await intake.post(`/disputes/${id}/escalation-reports`, {
        finding: 'reported',
        situation: '情绪激动。',
        recipientKind: 'police',
        recipient: '通道街派出所',
        method: 'phone',
        reportedAt: '2026-09-19T09:00:00+08:00',
      });
      expect(code(future)).toBe('disputes.report-in-future');
      const reported = await intake.post(`/disputes/${id}/escalation-reports`, {
        finding: 'reported',
        situation: '情绪激动，已陪同。',
        recipientKind: 'police',
        recipient: '通道街派出所 王警官',
        method: 'phone',
        reportedAt: '2026-09-18T08:58:00+08:00',
        receipt: '警情 0012',
      });
      expect(reported.status).toBe(200);
      expect(
        await t.sql('select finding, cues, recipient_kind, receipt from escalation_report where dispute_id = $1', [id]),
      ).toEqual([{ finding: 'reported', cues: ['不想活', '自焚'], recipient_kind: 'police', receipt: '警情 0012' }]);
      const triaged = await dispatcher.post(`/disputes/${id}/triage`, {
        nature: 'labor',
        route: 'mediation',
        isDuplicateChecked: true,
      });
      expect(triaged.status).toBe(200);
      expect(await rowOf(id, 'risk_level')).toEqual({ risk_level: 'red' });
    });

    it('lets a verified false alarm pass, but asks anew about new words', async () => {
      const id = await aRegisteredMatter(t, { narrative: '楼上小孩说要跳楼玩蹦床，纯属噪声。' });
      const unfounded = await dispatcher.post(`/disputes/${id}/escalation-reports`, {
        finding: 'unfounded',
        situation: '是玩笑话，已核实。',
      });
      expect(unfounded.status).toBe(200);
      await intake.post(`/disputes/${id}/amendments`, { supplement: '今天又说要砍人。' });
      expect(code(await dispatcher.post(`/disputes/${id}/triage`, { nature: 'civil', route: 'mediation' }))).toBe(
        'disputes.escalation-unreported',
      );
      expect(
        code(
          await dispatcher.post(`/disputes/${id}/escalation-reports`, {
            finding: 'unfounded',
            situation: '无。',
            recipient: '某所',
          }),
        ),
      ).toBe('disputes.report-contradictory');
    });

    it('is refused to strangers', async () => {
      const id = await aRegisteredMatter(t);
      const body = { finding: 'unfounded', situation: '无。' };
      expect((await t.anonymous.post(`/disputes/${id}/escalation-reports`, body)).status).toBe(401);
      expect((await (await t.as('archivist')).post(`/disputes/${id}/escalation-reports`, body)).status).toBe(403);
      expect((await (await t.as('intake:foreign')).post(`/disputes/${id}/escalation-reports`, body)).status).toBe(404);
      expect((await intake.post(`/disputes/${id}/escalation-reports`, { finding: 'maybe' })).status).toBe(400);
    });
  });

  describe('amending', () => {
    it('adds to what was said and never overwrites it', async () => {
      const id = await aRegisteredMatter(t, { narrative: '原话一字不改。' });
      const reply = await intake.post(`/disputes/${id}/amendments`, {
        disputeType: 'neighbor.noise',
        headcount: 3,
        supplement: '后来的话。',
      });
      expect(reply.body).toMatchObject({ state: 'registered', version: 2 });
      expect(await t.sql('select narrative, version from dispute_narrative where dispute_id = $1', [id])).toEqual([
        { narrative: '原话一字不改。\n【补充】后来的话。', version: 2 },
      ]);
      expect(await rowOf(id, 'dispute_type, headcount')).toEqual({ dispute_type: 'neighbor.noise', headcount: 3 });
      const [audit] = await t.sql<{ body: string }>(
        "select body from audit_entry where dispute_id = $1 and act = 'disputes.amend'",
        [id],
      );
      expect(audit?.body).toContain('headcount');
      expect(audit?.body).not.toContain('后来的话');
      expect(code(await intake.post(`/disputes/${id}/amendments`, {}))).toBe('disputes.nothing-to-amend');
      expect((await (await t.as('follow-up')).post(`/disputes/${id}/amendments`, { headcount: 4 })).status).toBe(403);
    });
  });

  describe('risk', () => {
    it('suggests upwards only, asks for a reason below the suggestion, and lets only the duty leader lower it', async () => {
      const id = await aTriagedMatter(t, { headcount: 40, isGroup: true });
      expect((await dispatcher.get(`/disputes/${id}/risk-suggestion`)).body).toEqual({
        currentLevel: 'red',
        suggestedLevel: 'red',
        factors: ['涉及 40 人', '群体事项'],
        owner: '中心主任',
      });
      expect(code(await dutyLeader.post(`/disputes/${id}/risk-assessments`, { riskLevel: 'blue' }))).toBe(
        'disputes.risk-reason-missing',
      );
      const reason = { riskLevel: 'blue', riskReason: '代表已签署息诉。' };
      expect((await dispatcher.post(`/disputes/${id}/risk-assessments`, reason)).status).toBe(403);
      expect((await dutyLeader.post(`/disputes/${id}/risk-assessments`, reason)).status).toBe(200);
      expect((await dispatcher.post(`/disputes/${id}/risk-assessments`, { riskLevel: 'red' })).status).toBe(200);
      expect(
        await t.sql('select level, previous_level from risk_assessment where dispute_id = $1 order by id', [id]),
      ).toEqual([
        { level: 'red', previous_level: null },
        { level: 'blue', previous_level: 'red' },
        { level: 'red', previous_level: 'blue' },
      ]);
    });
  });

  describe('one-time notice', () => {
    const notice = {
      items: [{ name: '居民身份证', note: '原件' }, { name: '租赁合同' }],
      form: 'paper',
      dueOn: '2026-09-25',
    };

    it('names everything once, is signed for, supplemented, and found by those who check', async () => {
      const id = await aRegisteredMatter(t);
      const given = await intake.post(`/disputes/${id}/one-time-notices`, notice);
      expect(given.status).toBe(201);
      expect(given.body).toMatchObject({
        ordinal: 1,
        kind: 'supplement',
        items: notice.items,
        dueOn: '2026-09-25',
        signedAt: null,
      });
      const noticeId = (given.body as { id: string }).id;
      expect(code(await intake.post(`/disputes/${id}/one-time-notices`, notice))).toBe('disputes.notice-open');
      const signed = await intake.post(`/disputes/${id}/one-time-notices/${noticeId}/receipt`, {
        signerName: '李建国',
      });
      expect(signed.body).toMatchObject({ signerName: '李建国', signedAt: '2026-09-18T01:00:00.000Z', version: 2 });
      expect(
        code(await intake.post(`/disputes/${id}/one-time-notices/${noticeId}/receipt`, { signerName: '李建国' })),
      ).toBe('disputes.notice-signed');
      const list = await (await t.as('supervisor')).get('/one-time-notices?isSigned=true&isOpen=true');
      expect(list.body).toMatchObject({
        items: [{ id: noticeId, disputeId: id, itemCount: 2, isSigned: true, givenByName: '王敏' }],
        nextCursor: null,
      });
      expect(JSON.stringify(list.body)).not.toContain('李建国');
      expect((await (await t.as('dispatcher:foreign')).get('/one-time-notices')).body).toEqual({
        items: [],
        nextCursor: null,
      });
      expect((await (await t.as('liaison')).get('/one-time-notices')).status).toBe(403);
      expect((await intake.post(`/disputes/${id}/one-time-notices/${noticeId}/supplement`)).body).toMatchObject({
        supplementedAt: expect.any(String) as string,
      });
      expect(code(await intake.post(`/disputes/${id}/one-time-notices/${noticeId}/supplement`))).toBe(
        'disputes.notice-settled',
      );
      expect((await intake.post(`/disputes/${id}/one-time-notices`, notice)).body).toMatchObject({ ordinal: 2 });
    });

    it('refuses an empty list, a day that is past, and another matter’s notice', async () => {
      const id = await aRegisteredMatter(t);
      expect((await intake.post(`/disputes/${id}/one-time-notices`, { ...notice, items: [] })).status).toBe(400);
      expect(code(await intake.post(`/disputes/${id}/one-time-notices`, { ...notice, dueOn: '2026-09-18' }))).toBe(
        'disputes.notice-due-in-past',
      );
      const other = await aRegisteredMatter(t);
      const { id: noticeId } = (await intake.post(`/disputes/${other}/one-time-notices`, notice)).body as {
        id: string;
      };
      expect(
        (await intake.post(`/disputes/${id}/one-time-notices/${noticeId}/receipt`, { signerName: '甲' })).status,
      ).toBe(404);
      expect((await t.anonymous.get('/one-time-notices')).status).toBe(401);
    });
  });

  describe('decisions', () => {
    const refusal = {
      reasonCode: 'already-in-hand',
      reason: '法院已立案。',
      route: 'litigation',
      organ: '新城区人民法院',
      noticeForm: 'paper',
    };

    it('does not accept with reason, route and notice, by the duty leader alone', async () => {
      const id = await aTriagedMatter(t);
      expect((await dispatcher.post(`/disputes/${id}/refusal`, refusal)).status).toBe(403);
      expect((await dutyLeader.post(`/disputes/${id}/refusal`, refusal)).body).toMatchObject({ state: 'not-accepted' });
      expect(
        await t.sql('select kind, reason_code, route, law from dispute_decision where dispute_id = $1', [id]),
      ).toEqual([
        {
          kind: 'not-accept',
          reason_code: 'already-in-hand',
          route: 'litigation',
          law: '《人民调解法》第三条；《民事诉讼法》第一百二十二条',
        },
      ]);
      expect(await t.sql('select kind, form, explanation from one_time_notice where dispute_id = $1', [id])).toEqual([
        {
          kind: 'not-accepted',
          form: 'paper',
          explanation: '法院、公安或者其他行政机关已经受理或者解决。法院已立案。',
        },
      ]);
      expect(
        (await director.post(`/disputes/${id}/closing`, { outcome: 'not-accepted', summary: '不予受理。' })).body,
      ).toMatchObject({ state: 'closed' });
    });

    it('calls missing papers a reason only after they were asked for once and the day has passed', async () => {
      const id = await aTriagedMatter(t);
      const missing = { ...refusal, reasonCode: 'papers-missing', reason: '逾期未补。' };
      expect(code(await dutyLeader.post(`/disputes/${id}/refusal`, missing))).toBe('disputes.not-asked-once');
      await intake.post(`/disputes/${id}/one-time-notices`, {
        items: [{ name: '合同' }],
        form: 'sms',
        dueOn: '2026-09-19',
      });
      expect(code(await dutyLeader.post(`/disputes/${id}/refusal`, missing))).toBe('disputes.not-asked-once');
      await t.sql("update one_time_notice set due_on = '2026-09-17' where dispute_id = $1", [id]);
      expect((await dutyLeader.post(`/disputes/${id}/refusal`, missing)).status).toBe(200);
    });

    it('refers only where the law leaves a way', async () => {
      const id = await aTriagedMatter(t, { disputeType: 'family.inheritance' });
      const reply = await dispatcher.post(`/disputes/${id}/referral`, {
        route: 'arbitration',
        organ: '仲裁委',
        explanation: '请仲裁。',
      });
      expect(reply.body).toMatchObject({ status: 422, code: 'disputes.route-closed' });
      const referred = await dispatcher.post(`/disputes/${id}/referral`, {
        route: 'litigation',
        organ: '新城区人民法院',
        explanation: '可起诉。',
      });
      expect(referred.body).toMatchObject({ state: 'referred' });
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
        (
          await (
            await t.as('supervisor')
          ).post(`/disputes/${id}/referral`, { route: 'litigation', organ: '甲', explanation: '乙' })
        ).status,
      ).toBe(403);
    });

    it('a matter without a respondent is handled, answered and closed without counting as mediation', async () => {
      const id = await aTriagedMatter(
        t,
        { disputeType: 'neighbor.noise', title: '巷内外卖噪声' },
        { nature: 'other', route: 'grid', committeeId: undefined },
      );
      expect((await dispatcher.post(`/disputes/${id}/undertaking`, {})).body).toMatchObject({
        state: 'in-progress',
        mediationState: null,
      });
      expect(await rowOf(id, 'handler_account_id')).toEqual({ handler_account_id: t.world.account('dispatcher').id });
      expect((await dispatcher.post(`/disputes/${id}/answer`, { content: '平台已加强管理。' })).body).toMatchObject({
        state: 'answered',
      });
      expect(
        code(
          await dispatcher.post(`/disputes/${id}/closing`, {
            outcome: 'answered',
            summary: '办结。',
            confirmedBy: 'phone',
            partyWords: '可以，没有意见了。',
          }),
        ),
      ).toBe('disputes.reviewer-is-handler');
      const closed = await dutyLeader.post(`/disputes/${id}/closing`, {
        outcome: 'answered',
        summary: '办结。',
        confirmedBy: 'phone',
        partyWords: '可以，没有意见了。',
      });
      expect(closed.body).toMatchObject({ state: 'closed', mediationState: null, caseNumber: null });
    });
  });

  describe('merging', () => {
    it('keeps both receipts and the earlier date, and comes apart exactly as it was', async () => {
      const first = await aTriagedMatter(t, { channel: 'hotline', upstreamNumber: '12345-1' });
      t.clock.advanceDays(1);
      const second = await aRegisteredMatter(t);
      const before = await rowOf(second, 'limitation_interrupted_at, state, merged_into_id');
      const firstBefore = await rowOf(
        first,
        'state, nature, route, committee_id, risk_level, limitation_interrupted_at, handler_account_id, merged_into_id',
      );
      const merged = await dispatcher.post(`/disputes/${first}/merger`, { intoId: second, reason: '同一事项。' });
      expect(merged.body).toMatchObject({ state: 'merged', allowedActs: ['disputes.unmerge'] });
      expect(await rowOf(second, 'limitation_interrupted_at')).toEqual({
        limitation_interrupted_at: new Date('2026-09-18T01:00:00Z'),
      });
      const receipt = await intake.get(`/disputes/${second}/receipt`);
      expect(receipt.body).toMatchObject({
        limitationInterruptedAt: '2026-09-18T01:00:00.000Z',
        mergedReceipts: [{ registeredAt: '2026-09-18T01:00:00.000Z' }],
      });
      expect((await intake.get(`/disputes/${first}/receipt`)).status).toBe(200);
      expect((await dispatcher.post(`/disputes/${first}/triage`, { nature: 'civil', route: 'mediation' })).status).toBe(
        409,
      );
      const third = await aRegisteredMatter(t);
      expect(code(await dispatcher.post(`/disputes/${second}/merger`, { intoId: third, reason: '链式。' }))).toBe(
        'disputes.merged-here',
      );
      const undone = await dispatcher.post(`/disputes/${first}/merger-undoing`, { reason: '并非同一事项。' });
      expect(undone.body).toMatchObject({ state: 'triaged' });
      expect(await rowOf(second, 'limitation_interrupted_at, state, merged_into_id')).toEqual(before);
      expect(
        await rowOf(
          first,
          'state, nature, route, committee_id, risk_level, limitation_interrupted_at, handler_account_id, merged_into_id',
        ),
      ).toEqual(firstBefore);
      expect(await t.sql('select reason, undo_reason from dispute_merge where dispute_id = $1', [first])).toEqual([
        { reason: '同一事项。', undo_reason: '并非同一事项。' },
      ]);
    });

    it('refuses itself, a finished target, a foreign one, and undoing what was not done', async () => {
      const id = await aRegisteredMatter(t);
      const body = { intoId: id, reason: '理由。' };
      expect(code(await dispatcher.post(`/disputes/${id}/merger`, body))).toBe('disputes.merge-with-itself');
      expect(code(await dispatcher.post(`/disputes/${id}/merger`, { ...body, intoId: await aClosedMatter() }))).toBe(
        'disputes.merge-target-unfit',
      );
      expect(
        (await dispatcher.post(`/disputes/${id}/merger`, { ...body, intoId: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' }))
          .status,
      ).toBe(404);
      expect(
        (await intake.post(`/disputes/${id}/merger`, { ...body, intoId: await aRegisteredMatter(t) })).status,
      ).toBe(403);
      expect(code(await dispatcher.post(`/disputes/${id}/merger-undoing`, { reason: '无。' }))).toBe(
        'disputes.wrong-state',
      );
    });

    it('lets one of two opposite merges win', async () => {
      const [a, b] = [await aRegisteredMatter(t), await aRegisteredMatter(t)];
      const replies = await Promise.all([
        dispatcher.post(`/disputes/${a}/merger`, { intoId: b, reason: '甲。' }),
        dispatcher.post(`/disputes/${b}/merger`, { intoId: a, reason: '乙。' }),
      ]);
      expect(replies.map((r) => r.status).sort()).toEqual([200, expect.any(Number) as number]);
      expect(await t.sql("select 1 from dispute where id = any ($1) and state = 'merged'", [[a, b]])).toHaveLength(1);
    });
  });

  describe('after closing', () => {
    it('is followed up by another, archived, and reopened in a new volume by the director', async () => {
      const id = await aClosedMatter();
      const followUp = await t.as('follow-up');
      const missed = await followUp.post(`/disputes/${id}/follow-ups`, {
        mode: 'phone',
        isReached: false,
        situation: '无人接听。',
      });
      expect(missed.body).toMatchObject({ state: 'closed' });
      expect(
        code(
          await followUp.post(`/disputes/${id}/follow-ups`, {
            mode: 'phone',
            isReached: false,
            isSolved: true,
            situation: '无人。',
          }),
        ),
      ).toBe('disputes.visit-not-reached');
      const visited = await followUp.post(`/disputes/${id}/follow-ups`, {
        mode: 'phone',
        isReached: true,
        isSolved: true,
        satisfaction: 'satisfied',
        situation: '满意。',
      });
      expect(visited.body).toMatchObject({ state: 'followed-up' });
      expect(
        (await intake.post(`/disputes/${id}/follow-ups`, { mode: 'phone', isReached: true, situation: '自访。' }))
          .status,
      ).toBe(403);
      expect((await (await t.as('archivist')).post(`/disputes/${id}/archiving`, {})).body).toMatchObject({
        state: 'archived',
      });
      const reopening = { reasonCode: 'new-situation', reason: '噪声复发。' };
      expect((await dutyLeader.post(`/disputes/${id}/reopening`, reopening)).status).toBe(403);
      expect((await director.post(`/disputes/${id}/reopening`, reopening)).body).toMatchObject({ state: 'reopened' });
      expect(await rowOf(id, 'volume, outcome, closed_at')).toEqual({ volume: 2, outcome: null, closed_at: null });
      expect(
        await t.sql('select volume, previous_outcome, from_state from dispute_reopening where dispute_id = $1', [id]),
      ).toEqual([{ volume: 2, previous_outcome: 'answered', from_state: 'archived' }]);
      expect(await lastAct(id)).toMatchObject({
        act: 'disputes.reopen',
        from_state: 'archived',
        to_state: 'reopened',
        actor_name: '卫主任',
      });
      expect(
        (await dispatcher.post(`/disputes/${id}/triage`, { nature: 'other', route: 'grid', isDuplicateChecked: true }))
          .status,
      ).toBe(200);
    });

    it('keeps the number of a case that is taken up again', async () => {
      const id = await anAcceptedMatter(t);
      const { case_number: number } = (await rowOf<{ case_number: string }>(id, 'case_number')) ?? { case_number: '' };
      await dispatcher.post(`/disputes/${id}/mediation/termination`, {
        code: 'irreconcilable',
        explanation: '不成。',
        routesTold: ['litigation'],
        toldHow: '当面',
      });
      await dutyLeader.post(`/disputes/${id}/closing`, { outcome: 'not-agreed', summary: '不成。' });
      await director.post(`/disputes/${id}/reopening`, { reasonCode: 'new-situation', reason: '双方愿再谈。' });
      await dispatcher.post(`/disputes/${id}/triage`, {
        nature: 'civil',
        route: 'mediation',
        isDuplicateChecked: true,
      });
      expect(code(await dispatcher.post(`/disputes/${id}/acceptance`, { committeeId: t.world.otherCommitteeId }))).toBe(
        'disputes.committee-fixed',
      );
      const again = await dispatcher.post(`/disputes/${id}/acceptance`, {});
      expect(again.body).toMatchObject({ state: 'accepted', mediationState: 'consent-pending', caseNumber: number });
    });

    it('respects a reporter who wants no call', async () => {
      const id = await aClosedMatter({ allowsCallBack: false });
      expect(
        code(
          await (
            await t.as('follow-up')
          ).post(`/disputes/${id}/follow-ups`, { mode: 'phone', isReached: true, situation: '打了。' }),
        ),
      ).toBe('disputes.no-call-back');
      expect((await (await t.as('archivist')).post(`/disputes/${id}/archiving`, {})).status).toBe(200);
    });

    it('shows the whole course, with one audit entry for the reading', async () => {
      const id = await aClosedMatter();
      const before = (await t.sql('select 1 from audit_entry where dispute_id = $1', [id])).length;
      const course = await dispatcher.get(`/disputes/${id}/course`);
      expect(course.body).toMatchObject({
        riskAssessments: [{ level: 'blue' }],
        decisions: [{ kind: 'answer', content: '已答复。' }],
        closings: [{ outcome: 'answered', volume: 1 }],
        transfers: [],
      });
      expect((await t.sql('select 1 from audit_entry where dispute_id = $1', [id])).length).toBe(before + 1);
      const events = await dispatcher.get(`/disputes/${id}/events?limit=2`);
      const { items, nextCursor } = events.body as { items: { act: string }[]; nextCursor: string };
      expect(items.map((e) => e.act)).toEqual(['disputes.close', 'disputes.answer']);
      const rest = await dispatcher.get(`/disputes/${id}/events?limit=2&cursor=${nextCursor}`);
      expect((rest.body as { items: { act: string }[] }).items.map((e) => e.act)).toEqual([
        'disputes.triage',
        'disputes.register',
      ]);
      expect((await (await t.as('director')).get(`/disputes/${id}/events`)).body).toEqual({
        items: [],
        nextCursor: null,
      });
      expect((await dispatcher.get(`/disputes/${id}/events?cursor=nonsense`)).status).toBe(400);
    });
  });

  it('gives twenty clients on one act one winner', async () => {
    const id = await aTriagedMatter(t, {}, { nature: 'consultation', route: 'answer' });
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => dispatcher.post(`/disputes/${id}/answer`, { content: '答复。' })),
    );
    expect(replies.filter((r) => r.status === 200)).toHaveLength(1);
    expect(replies.filter((r) => r.status === 409)).toHaveLength(19);
    expect(await t.sql('select 1 from dispute_decision where dispute_id = $1', [id])).toHaveLength(1);
    expect((replies.find((r) => r.status === 200)?.body as Standing).state).toBe('answered');
  });
});
