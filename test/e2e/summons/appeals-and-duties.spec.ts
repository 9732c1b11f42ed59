import { switchAccessGuardOff } from '../../../src/platform/auth';
import { uuidv7 } from '../../../src/platform/database';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import {
  aMatterInProgress,
  ANSWERS,
  at,
  aWhistle,
  codeOf,
  expectStatus,
  onDuty,
  proposal,
  read,
  type SummonsShown,
  taskOf,
} from './stage';

interface AgencyTask {
  readonly id: string;
  readonly state: string;
  readonly light: string | null;
  readonly lightName: string | null;
  readonly nextDue: { readonly kind: string; readonly dueAt: string; readonly words: string } | null;
  readonly nextStep: string;
  readonly summons: { readonly contact: object };
  readonly rating: { readonly score: number | null; readonly appealEndsAt: string | null } | null;
  readonly appeal: object | null;
  readonly allowedActs: string[];
}
interface Page {
  readonly items: AgencyTask[];
  readonly nextCursor: string | null;
}

const REMOTE = { attendanceRequired: false, place: undefined };
const APPEAL = { ground: 'not-to-blame', reason: '当日办公系统中断，恢复后即签收，有信息部门记录。' };

describe('appeals, duty list and what agencies find (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let dispatcher: Caller;
  let director: Caller;
  let dutyLeader: Caller;
  let liaison: Caller;
  let handler: Caller;
  let liaison2: Caller;
  let admin: Caller;
  let a0: string;
  let a1: string;
  let a2: string;

  beforeAll(async () => {
    t = await startTestApp();
    t.clock.set('2026-09-21T09:00:00+08:00');
    [a0, a1, a2] = t.world.agencyIds;
    dispatcher = await onDuty(t, 'dispatcher');
    director = await onDuty(t, 'director');
    dutyLeader = await onDuty(t, 'duty-leader');
    liaison = await onDuty(t, 'liaison');
    handler = await onDuty(t, 'handler');
    liaison2 = await onDuty(t, 'liaison-2');
    admin = await onDuty(t, 'system-admin');
    for (const key of ['mediator', 'mediator-2', 'intake', 'superior', 'liaison:foreign', 'director:foreign'])
      await onDuty(t, key);
  });
  beforeEach(() => {
    t.clock.set('2026-09-21T09:00:00+08:00');
  });
  afterAll(() => t.close());

  const lead = (agencyId: string) => ({ agencyId, role: 'lead' });
  const assist = (agencyId: string) => ({ agencyId, role: 'assist' });

  /** A task of 征收办, signed twenty minutes late, rated 80 by the dispatcher: 15·0 + 10·100 + 20·100 + 25·80 over 70 = 71.4. */
  async function aRatedTask(rater = dispatcher): Promise<{ summons: SummonsShown; id: string }> {
    const summons = await aWhistle(t, await aMatterInProgress(t), [lead(a0)], REMOTE);
    const { id } = taskOf(summons, a0);
    t.clock.set('2026-09-21T10:20:00+08:00');
    expectStatus(await liaison.post(`/summons-tasks/${id}/signature`), 201);
    expectStatus(await liaison.post(`/summons-tasks/${id}/handling`), 201);
    expectStatus(await liaison.post(`/summons-tasks/${id}/feedback`, ANSWERS), 201);
    expectStatus(await dispatcher.post(`/summons-tasks/${id}/confirmation`), 201);
    expectStatus(await rater.post(`/summons-tasks/${id}/rating`, { effect: 80 }), 201);
    return { summons, id };
  }

  const asAgency = async (caller: Caller, id: string): Promise<AgencyTask> =>
    expectStatus(await caller.get(`/summons-tasks/${id}`), 200).body as AgencyTask;

  describe('the appeal against a score', () => {
    it('is lodged within five working days, answered by one who did not rate, and changes the score but not the rating', async () => {
      const { summons, id } = await aRatedTask();
      const before = await asAgency(liaison, id);
      // Five working days after Mon 09-21: 22, 23, 24, and with 09-25 to 27 off (中秋) 28 and 29.
      expect(before.rating).toMatchObject({ score: 71.4, appealEndsAt: at('2026-09-29T17:30') });
      expect(before.allowedActs).toContain('summons-tasks.appeal');
      expectStatus(await liaison.post(`/summons-tasks/${id}/appeal`, APPEAL), 201);
      expect((await asAgency(liaison, id)).allowedActs).not.toContain('summons-tasks.appeal');
      expect(codeOf(await dispatcher.post(`/summons-tasks/${id}/closing`))).toEqual([
        409,
        'summons-tasks.appeal-pending',
      ]);
      expect((await dispatcher.post(`/summons-tasks/${id}/appeal-dismissal`, { reason: '维持。' })).status).toBe(403);
      expect(taskOf(await read(director, summons.id), a0).allowedActs).toEqual(
        expect.arrayContaining(['summons-tasks.grant-appeal', 'summons-tasks.dismiss-appeal']),
      );
      t.clock.set('2026-09-22T09:00:00+08:00');
      expectStatus(
        await director.post(`/summons-tasks/${id}/appeal-granting`, { reason: '系统中断属实。', excused: ['sign'] }),
        201,
      );
      const after = await asAgency(liaison, id);
      // Signing left out: (10·100 + 20·100 + 25·80) / 55.
      expect(after.rating).toMatchObject({ score: 90.9, effect: 80 });
      expect(after.appeal).toMatchObject({
        groundName: '迟延不可归责于本部门',
        outcome: 'granted',
        outcomeName: '申诉成立',
        scoreBefore: 71.4,
        excusedNames: ['签收是否及时'],
        lodgedByName: '征收联络',
        ruledByName: '卫主任',
        rulingReason: '系统中断属实。',
      });
      expectStatus(await dispatcher.post(`/summons-tasks/${id}/closing`), 201);
      const acts = await t.sql<{ act: string }>(
        "select act from audit_entry where object_id = $1 and act like 'summons-tasks.%appeal' order by seq",
        [id],
      );
      expect(acts.map((a) => a.act)).toEqual(['summons-tasks.appeal', 'summons-tasks.grant-appeal']);
      const timeline = await t.sql("select 1 from dispute_event where act = any ($1) and details ->> 'taskId' = $2", [
        ['summons-tasks.appeal', 'summons-tasks.grant-appeal'],
        id,
      ]);
      expect(timeline).toHaveLength(2);
    });

    it('may come after the task was closed, and stays unchanged when dismissed', async () => {
      const { id } = await aRatedTask();
      expectStatus(await dispatcher.post(`/summons-tasks/${id}/closing`), 201);
      expectStatus(await handler.post(`/summons-tasks/${id}/appeal`, APPEAL), 201);
      expectStatus(await dutyLeader.post(`/summons-tasks/${id}/appeal-dismissal`, { reason: '记录一致。' }), 201);
      expect(await asAgency(liaison, id)).toMatchObject({
        state: 'closed',
        rating: { score: 71.4 },
        appeal: { outcome: 'dismissed', scoreBefore: 71.4, excused: [] },
      });
      expect(codeOf(await liaison.post(`/summons-tasks/${id}/appeal`, APPEAL))).toEqual([
        409,
        'summons-tasks.appealed',
      ]);
      expect(codeOf(await director.post(`/summons-tasks/${id}/appeal-dismissal`, { reason: '再驳。' }))).toEqual([
        409,
        'summons-tasks.no-appeal',
      ]);
    });

    it('is not answered by whoever rated, nor granted without a change', async () => {
      const { id } = await aRatedTask(dutyLeader);
      expectStatus(await liaison.post(`/summons-tasks/${id}/appeal`, APPEAL), 201);
      expect(
        codeOf(await dutyLeader.post(`/summons-tasks/${id}/appeal-granting`, { reason: '属实。', effect: 90 })),
      ).toEqual([409, 'summons-tasks.own-rating']);
      const empty = await director.post(`/summons-tasks/${id}/appeal-granting`, { reason: '属实。' });
      expect(codeOf(empty)).toEqual([422, 'summons-tasks.appeal-changes-nothing']);
      expectStatus(await director.post(`/summons-tasks/${id}/appeal-granting`, { reason: '属实。', effect: 100 }), 201);
      // (20·0 + 20·100 + 25·100) / 65.
      expect((await asAgency(liaison, id)).rating?.score).toBe(78.6);
    });

    it('is too late at the closing of the fifth working day', async () => {
      const { id } = await aRatedTask();
      t.clock.set('2026-09-29T17:30:00+08:00');
      expect(codeOf(await liaison.post(`/summons-tasks/${id}/appeal`, APPEAL))).toEqual([
        409,
        'summons-tasks.appeal-too-late',
      ]);
      t.clock.set('2026-09-29T17:29:59+08:00');
      expectStatus(await liaison.post(`/summons-tasks/${id}/appeal`, APPEAL), 201);
    });

    it('answers 400, 401, 403, invisible 404 and the wrong state', async () => {
      const { id } = await aRatedTask();
      const path = `/summons-tasks/${id}/appeal`;
      expect((await liaison.post(path, { ...APPEAL, ground: 'unfair' })).status).toBe(400);
      expect((await t.anonymous.post(path, APPEAL)).status).toBe(401);
      expect((await dispatcher.post(path, APPEAL)).status).toBe(403);
      expect((await liaison2.post(path, APPEAL)).status).toBe(404);
      expect((await (await t.as('liaison:foreign')).post(path, APPEAL)).status).toBe(404);
      expect((await (await t.as('director:foreign')).post(`${path}-dismissal`, { reason: '驳回。' })).status).toBe(404);
      expect((await liaison.post(`${path}-granting`, { reason: '自己同意。', effect: 100 })).status).toBe(403);
      // Who may not rule learns nothing of what a ruling needs.
      expect((await liaison2.post(`${path}-granting`, { reason: '准。' })).status).toBe(404);
      const fresh = taskOf(await aWhistle(t, await aMatterInProgress(t), [lead(a0)], REMOTE), a0);
      expect(codeOf(await liaison.post(`/summons-tasks/${fresh.id}/appeal`, APPEAL))).toEqual([
        409,
        'summons-tasks.wrong-state',
      ]);
      expect(await t.sql('select 1 from summons_appeal where task_id = any ($1)', [[id, fresh.id]])).toEqual([]);
    });

    it('is lodged once by two at the same time, and ruled once', async () => {
      const { id } = await aRatedTask();
      const lodged = await Promise.all([liaison, handler].map((c) => c.post(`/summons-tasks/${id}/appeal`, APPEAL)));
      expect(lodged.map((r) => r.status).sort()).toEqual([201, 409]);
      const ruled = await Promise.all([
        director.post(`/summons-tasks/${id}/appeal-granting`, { reason: '属实。', effect: 95 }),
        dutyLeader.post(`/summons-tasks/${id}/appeal-dismissal`, { reason: '维持。' }),
      ]);
      expect(ruled.map((r) => r.status).sort()).toEqual([201, 409]);
      const rows = await t.sql('select 1 from summons_appeal where task_id = $1', [id]);
      expect(rows).toHaveLength(1);
    });

    it('holds row security alone: another agency neither reads nor writes an appeal', async () => {
      const { id } = await aRatedTask();
      expectStatus(await liaison.post(`/summons-tasks/${id}/appeal`, APPEAL), 201);
      switchAccessGuardOff(true);
      try {
        expect((await liaison2.post(`/summons-tasks/${id}/appeal-dismissal`, { reason: '驳回。' })).status).toBe(404);
        // The own agency sees its appeal and cannot rule on it: the row is not the agency's to change.
        expect(
          (await liaison.post(`/summons-tasks/${id}/appeal-granting`, { reason: '准。', effect: 100 })).status,
        ).toBe(404);
      } finally {
        switchAccessGuardOff(false);
      }
      expect(await t.sql('select outcome from summons_appeal where task_id = $1', [id])).toEqual([{ outcome: null }]);
    });

    it('keeps what no act writes out of the table', async () => {
      const { id } = await aRatedTask();
      expectStatus(await liaison.post(`/summons-tasks/${id}/appeal`, APPEAL), 201);
      const change = (set: string) => t.sql(`update summons_appeal set ${set} where task_id = $1`, [id]);
      await expect(change("outcome = 'granted'")).rejects.toThrow(/summons_appeal/);
      await expect(change('effect = 90')).rejects.toThrow(/summons_appeal_granted_changes_something/);
      await expect(change("excused = '{effect}'")).rejects.toThrow(/summons_appeal/);
      await expect(change("ground = 'unfair'")).rejects.toThrow(/summons_appeal_ground_known/);
    });
  });

  describe('what an agency finds on its desk', () => {
    let ids: string[];

    beforeAll(async () => {
      t.clock.set('2026-09-21T09:00:00+08:00');
      await t.sql(
        "update summons_task set state = 'closed', closed_at = coalesce(closed_at, now()), agency_access_ends_at = now() where agency_id = $1 and state <> 'withdrawn'",
        [a1],
      );
      ids = [];
      for (const local of ['09:00', '09:30', '09:50']) {
        t.clock.set(`2026-09-21T${local}:00+08:00`);
        ids.push(taskOf(await aWhistle(t, await aMatterInProgress(t), [lead(a1)], REMOTE), a1).id);
      }
      t.clock.set('2026-09-21T09:55:00+08:00');
      const [, objected] = ids;
      expectStatus(
        await liaison2.post(`/summons-tasks/${objected ?? ''}/objection`, {
          ground: 'other-agency',
          reason: '属住建部门职责，见权责清单第八项。',
        }),
        201,
      );
    });
    beforeEach(() => {
      t.clock.set('2026-09-21T10:05:00+08:00');
    });

    const list = async (query: string): Promise<Page> =>
      expectStatus(await liaison2.get(`/summons-tasks?${query}`), 200).body as Page;
    const idsOf = async (query: string): Promise<string[]> => (await list(query)).items.map((x) => x.id);

    it('what is overdue first, then what falls due next, what stands still last', async () => {
      expect(await idsOf('limit=50')).toEqual([ids[0], ids[2], ids[1]]);
      const [red, green, grey] = (await list('limit=50')).items;
      expect(red).toMatchObject({
        light: 'red',
        lightName: '已逾期',
        nextDue: { kind: 'sign', dueAt: at('2026-09-21T10:00'), words: '已超5分钟' },
        nextStep: '请先签收。认为不属于本部门职责的，可以依列明的事由提出异议。',
      });
      expect(green).toMatchObject({ light: 'green', nextDue: { words: '还剩45分钟' } });
      expect(grey).toMatchObject({ light: 'grey', nextDue: null, state: 'objected' });
      t.clock.set('2026-09-21T10:30:00+08:00');
      expect((await list('light=yellow')).items.map((x) => x.id)).toEqual([ids[2]]);
    });

    it('by tab, light, state and clock, page by page', async () => {
      expect(await idsOf('tab=todo')).toEqual([ids[0], ids[2]]);
      expect(await idsOf('tab=waiting')).toEqual([ids[1]]);
      expect(await idsOf('light=red')).toEqual([ids[0]]);
      expect(await idsOf('state=objected')).toEqual([ids[1]]);
      expect(await idsOf('due=sign')).toEqual([ids[0], ids[2]]);
      expect(await idsOf('tab=todo&state=objected')).toEqual([]);
      const walked: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Page = await list(`limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
        walked.push(...page.items.map((x) => x.id));
        cursor = page.nextCursor;
      }
      expect(walked).toEqual([ids[0], ids[2], ids[1]]);
      expect(codeOf(await liaison2.get('/summons-tasks?cursor=zzz'))).toEqual([400, 'malformed-cursor']);
      expect((await liaison2.get('/summons-tasks?light=blue')).status).toBe(400);
    });

    it('with the counts of each tab and light', async () => {
      expect(expectStatus(await liaison2.get('/summons-tasks/counts'), 200).body).toEqual({
        tabs: [
          { tab: 'todo', tabName: '待办理', count: 2 },
          { tab: 'waiting', tabName: '等待中心', count: 1 },
          { tab: 'ended', tabName: '已办结', count: 0 },
        ],
        lights: [
          { light: 'red', lightName: '已逾期', count: 1 },
          { light: 'yellow', lightName: '将到期', count: 0 },
          { light: 'green', lightName: '正常', count: 1 },
          { light: 'grey', lightName: '暂停计时', count: 0 },
        ],
      });
      expect((await dispatcher.get('/summons-tasks/counts')).status).toBe(403);
      expect((await t.anonymous.get('/summons-tasks/counts')).status).toBe(401);
    });

    it('whom to turn to, and nothing of the parties', async () => {
      const shown = await asAgency(liaison2, ids[0] ?? '');
      expect(shown.summons.contact).toEqual({
        centerName: '新城区综治中心',
        phone: '0471-6600001',
        address: '海拉尔东路1号',
        personName: '赵研判',
      });
      expect(Object.keys(shown.summons)).not.toEqual(expect.arrayContaining(['disputeId']));
      expect(JSON.stringify(shown)).not.toContain('registrationNumber');
    });
  });

  describe('the code on the screen of the room', () => {
    const show = async (summonsId: string): Promise<string> =>
      (expectStatus(await dispatcher.post(`/summons/${summonsId}/sign-in-codes`), 201).body as { code: string }).code;

    it('leads each agency to its own task without being used up', async () => {
      const summons = await aWhistle(t, await aMatterInProgress(t), [lead(a0), assist(a2)]);
      const code = await show(summons.id);
      const drawn = expectStatus(await dispatcher.post(`/summons/${summons.id}/sign-in-codes`), 201);
      expect(drawn.body).toMatchObject({ qrCode: expect.stringContaining('<svg') as string });
      const ofCode = (caller: Caller) => caller.get(`/summons-tasks/of-code?code=${code}`);
      expect((await ofCode(liaison)).body).toEqual({ taskId: taskOf(summons, a0).id });
      expect((await ofCode(await onDuty(t, 'liaison-3'))).body).toEqual({ taskId: taskOf(summons, a2).id });
      // An agency that was not whistled learns nothing, not even that the code is one.
      expect(codeOf(await ofCode(liaison2))).toEqual([422, 'summons-tasks.code-invalid']);
      expect((await ofCode(dispatcher)).status).toBe(403);
      expect((await t.anonymous.get(`/summons-tasks/of-code?code=${code}`)).status).toBe(401);
      expect((await liaison.get('/summons-tasks/of-code')).status).toBe(400);
      expectStatus(await liaison.post(`/summons-tasks/${taskOf(summons, a0).id}/signature`), 201);
      expectStatus(
        await liaison.post(`/summons-tasks/${taskOf(summons, a0).id}/arrival`, {
          code,
          personName: '高志远',
          rank: 'staff',
        }),
        201,
      );
      expect(codeOf(await ofCode(liaison))).toEqual([422, 'summons-tasks.code-invalid']);
    });

    it('is dead after ten minutes', async () => {
      const summons = await aWhistle(t, await aMatterInProgress(t), [lead(a0)]);
      const code = await show(summons.id);
      t.clock.set('2026-09-21T09:10:00+08:00');
      expect(codeOf(await liaison.get(`/summons-tasks/of-code?code=${code}`))).toEqual([
        422,
        'summons-tasks.code-invalid',
      ]);
    });
  });

  describe('the calendar file', () => {
    it('puts the agreed time on the phone of the agency', async () => {
      const summons = await aWhistle(t, await aMatterInProgress(t), [lead(a0)], {
        meetAt: '2026-09-23T09:30:00+08:00',
      });
      const { id } = taskOf(summons, a0);
      const reply = await liaison.get(`/summons-tasks/${id}/calendar`);
      expect([reply.status, String(reply.headers['content-type'])]).toEqual([200, 'text/calendar; charset=utf-8']);
      const text = reply.text.replaceAll('\r\n ', '');
      expect(text).toContain('DTSTART:20260923T013000Z');
      expect(text).toContain(`SUMMARY:到场：${summons.number ?? ''}`);
      expect(text).toContain('新城区综治中心二号调解室');
      expect((await liaison2.get(`/summons-tasks/${id}/calendar`)).status).toBe(404);
      expect((await dispatcher.get(`/summons-tasks/${id}/calendar`)).status).toBe(403);
      expect((await t.anonymous.get(`/summons-tasks/${id}/calendar`)).status).toBe(401);
      const audits = await t.sql("select 1 from audit_entry where act = 'summons-tasks.calendar' and object_id = $1", [
        id,
      ]);
      expect(audits).toHaveLength(1);
    });

    it('is none where nobody has to come', async () => {
      const { id } = taskOf(await aWhistle(t, await aMatterInProgress(t), [lead(a0)], REMOTE), a0);
      expect(codeOf(await liaison.get(`/summons-tasks/${id}/calendar`))).toEqual([409, 'summons-tasks.no-meeting']);
    });
  });

  describe('the duty list', () => {
    const duty = { role: 'lead', duty: '房屋征收补偿标准的解释和征收档案核对', basis: '权责清单第十二项' };
    const add = (body: object) => admin.post('/agency-duties', { ...duty, ...body });

    it('says whom to whistle: the exact type before its first level, each agency once', async () => {
      const disputeId = await aMatterInProgress(t);
      await t.sql("update dispute set dispute_type = 'contract.lease' where id = $1", [disputeId]);
      expectStatus(await add({ agencyId: a2, disputeType: 'contract' }), 201);
      expectStatus(await add({ agencyId: a1, disputeType: 'contract.lease', role: 'assist' }), 201);
      expectStatus(await add({ agencyId: a1, disputeType: 'contract' }), 201);
      expectStatus(await add({ agencyId: t.world.foreignAgencyId, disputeType: 'contract' }), 201);
      expectStatus(await add({ agencyId: a0, disputeType: 'expropriation' }), 201);
      const path = `/disputes/${disputeId}/summons-suggestions`;
      const mediator = await onDuty(t, 'mediator');
      expect((expectStatus(await mediator.get(path), 200).body as { items: object[] }).items).toEqual([
        expect.objectContaining({ agencyId: a1, role: 'assist', roleName: '协办', disputeTypeName: '租赁合同' }),
        expect.objectContaining({ agencyId: a2, agencyName: '新城区人社局', role: 'lead', duty: duty.duty }),
      ]);
      await t.sql('update dispute set dispute_type = null where id = $1', [disputeId]);
      const untyped = (await mediator.get(path)).body as {
        items: object[];
        agencies: { name: string }[];
        terms: object[];
      };
      expect(untyped.items).toEqual([]);
      expect(untyped.agencies.map((x) => x.name)).not.toContain('回民区征收办');
      expect(untyped.agencies).toHaveLength(4);
      expect(untyped.terms).toContainEqual({
        kind: 'progress',
        level: 'regular',
        words: '签收60分钟（办公时间）、联系1个工作日、到场3个工作日、反馈5个工作日',
        note: '一般事项，由调度员或中心主任签发',
      });
      expect((await (await t.as('intake')).get(path)).status).toBe(403);
      expect((await (await t.as('mediator-2')).get(path)).status).toBe(404);
      expect((await t.anonymous.get(path)).status).toBe(401);
    });

    it('is kept by the administrator, line by line, and read by everyone', async () => {
      const body = { agencyId: a0, disputeType: 'land', ...duty };
      const added = expectStatus(await add(body), 201).body as { id: string; version: number };
      expect(codeOf(await add(body))).toEqual([409, 'agency-duties.twice']);
      expect(codeOf(await add({ ...body, disputeType: 'space' }))).toEqual([400, 'invalid-fields']);
      expect((await add({ ...body, agencyId: uuidv7() })).status).toBe(404);
      expect((await dispatcher.post('/agency-duties', body)).status).toBe(403);
      expect((await t.anonymous.get('/agency-duties')).status).toBe(401);
      const path = `/agency-duties/${added.id}`;
      expect((await admin.patch(path, { duty: '新职责' }, 9)).status).toBe(412);
      expectStatus(await admin.patch(path, { duty: '新职责' }, 1), 200);
      expect((await dispatcher.patch(path, { duty: '新职责' }, 2)).status).toBe(403);
      const { items } = expectStatus(await liaison.get(`/agency-duties?agencyId=${a0}&disputeType=land`), 200).body as {
        items: object[];
      };
      expect(items).toEqual([
        {
          id: added.id,
          agencyId: a0,
          agencyName: '新城区征收办',
          disputeType: 'land',
          disputeTypeName: '山林土地',
          role: 'lead',
          roleName: '主办',
          duty: '新职责',
          basis: '权责清单第十二项',
          version: 2,
        },
      ]);
      expectStatus(await admin.post(`${path}/ending`), 201);
      expect(codeOf(await admin.post(`${path}/ending`))).toEqual([409, 'agency-duties.ended']);
      expect((await liaison.get(`/agency-duties?agencyId=${a0}&disputeType=land`)).body).toMatchObject({ items: [] });
      // What has ended may begin anew.
      expectStatus(await add(body), 201);
      const acts = await t.sql<{ act: string }>('select act from audit_entry where object_id = $1 order by seq', [
        added.id,
      ]);
      expect(acts.map((a) => a.act)).toEqual(['agency-duties.add', 'agency-duties.revise', 'agency-duties.end']);
    });

    it('takes the same line from two at once only once, and pages', async () => {
      const both = await Promise.all([1, 2].map(() => add({ agencyId: a0, disputeType: 'medical' })));
      expect(both.map((r) => r.status).sort()).toEqual([201, 409]);
      const first = (await liaison.get('/agency-duties?limit=2')).body as {
        items: { id: string }[];
        nextCursor: string;
      };
      const next = (await liaison.get(`/agency-duties?limit=2&cursor=${first.nextCursor}`)).body as {
        items: { id: string }[];
      };
      expect(new Set([...first.items, ...next.items].map((x) => x.id)).size).toBe(
        first.items.length + next.items.length,
      );
    });

    it('holds row security alone: nobody but the administrator writes the list', async () => {
      switchAccessGuardOff(true);
      try {
        expect(
          (await dispatcher.post('/agency-duties', { agencyId: a1, disputeType: 'tourism', ...duty })).status,
        ).toBe(404);
      } finally {
        switchAccessGuardOff(false);
      }
    });
  });

  describe("the centre's ledger", () => {
    it('counts what waits, tab by tab, and lists it with the matter and names', async () => {
      const counts = async (): Promise<Record<string, number>> => {
        const { tabs } = expectStatus(await dispatcher.get(`/summons/counts?centerId=${t.world.centerId}`), 200)
          .body as {
          tabs: { tab: string; count: number }[];
        };
        return Object.fromEntries(tabs.map((x) => [x.tab, x.count]));
      };
      const before = await counts();
      const disputeId = await aMatterInProgress(t);
      expectStatus(
        await (await onDuty(t, 'mediator')).post(`/disputes/${disputeId}/summons`, proposal([lead(a0)])),
        201,
      );
      const { id: appealed } = await aRatedTask();
      expectStatus(await liaison.post(`/summons-tasks/${appealed}/appeal`, APPEAL), 201);
      const after = await counts();
      expect(Object.keys(after)).toEqual([
        'to-issue',
        'late',
        'to-rule',
        'to-review',
        'to-rate',
        'appealed',
        'running',
        'ended',
      ]);
      expect([after['to-issue'], after['appealed']]).toEqual([
        (before['to-issue'] ?? 0) + 1,
        (before['appealed'] ?? 0) + 1,
      ]);
      const list = async (query: string) =>
        expectStatus(await dispatcher.get(`/summons?centerId=${t.world.centerId}&${query}`), 200).body as {
          items: { id: string; disputeId: string; state: string; number: string | null; tasks: { id: string }[] }[];
        };
      const { items } = await list('tab=to-issue');
      expect(items.find((x) => x.disputeId === disputeId)).toMatchObject({
        state: 'draft',
        proposedByName: '刘调解',
        issuedByName: null,
        registrationNumber: expect.stringContaining('号') as string,
        light: null,
      });
      expect((await list('tab=appealed')).items.flatMap((x) => x.tasks.map((task) => task.id))).toContain(appealed);
      const number = (await list('tab=appealed')).items[0]?.number ?? '';
      const found = await list(`number=${encodeURIComponent(number)}`);
      expect(found.items.map((x) => x.number)).toEqual([number]);
      expect((await list(`agencyId=${t.world.foreignAgencyId}`)).items).toEqual([]);
      expect((await list('number=%25')).items).toEqual([]);
      expect((await liaison.get(`/summons/counts?centerId=${t.world.centerId}`)).status).toBe(403);
      expect((await t.anonymous.get(`/summons/counts?centerId=${t.world.centerId}`)).status).toBe(401);
    });

    it('says on the matter what may be done: proposing, and each whistle', async () => {
      const disputeId = await aMatterInProgress(t);
      const mediator = await onDuty(t, 'mediator');
      const shown = async (caller: Caller) =>
        expectStatus(await caller.get(`/disputes/${disputeId}/summons`), 200).body as {
          items: SummonsShown[];
          allowedActs: string[];
        };
      expect((await shown(mediator)).allowedActs).toEqual(['summons.propose']);
      expect((await shown(await t.as('intake'))).allowedActs).toEqual([]);
      expectStatus(await mediator.post(`/disputes/${disputeId}/summons`, proposal([lead(a0)])), 201);
      expect((await shown(mediator)).items[0]?.allowedActs).toEqual(['summons.withdraw']);
      expect((await shown(dispatcher)).items[0]?.allowedActs).toEqual(['summons.issue', 'summons.withdraw']);
      await t.sql("update dispute set state = 'closed', outcome = 'solved', closed_at = now() where id = $1", [
        disputeId,
      ]);
      expect((await shown(mediator)).allowedActs).toEqual([]);
    });
  });
});
