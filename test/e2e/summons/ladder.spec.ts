import type { NestExpressApplication } from '@nestjs/platform-express';
import { ClimbLadder } from '../../../src/modules/supervision';
import { OutboxDispatcher } from '../../../src/platform/database';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { aMatterInProgress, at, aWhistle, codeOf, dueOf, expectStatus, onDuty, read, taskOf } from './stage';

interface Step {
  readonly step: string;
  readonly clock: string;
  readonly outcome: string;
  readonly takenAt: string;
}

interface SupervisionShown {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly reason: string;
  readonly answerDueOn: string | null;
  readonly addresseeName: string;
  readonly issuedByName: string;
  readonly isBySystem: boolean;
  readonly answer: string | null;
  readonly version: number;
  readonly allowedActs: string[];
}

/**
 * The whistle acts by itself. Calendar of 2026: Wed 09-30 worked, 10-01 … 10-07 off, Thu 10-08, Fri 10-09 and Sat 10-10
 * (调休) worked, Sun 10-11 off. Office hours 08:30–12:00 and 14:30–17:30. Two instances of the program run on one database.
 */
describe('the ladder of a whistle (real PostgreSQL, HTTP, fake clock, two instances)', () => {
  let t: TestApp;
  let second: NestExpressApplication;
  let director: Caller;
  let dispatcher: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    second = await t.anotherInstance();
    t.clock.set('2026-09-30T09:00:00+08:00');
    director = await onDuty(t, 'director');
    dispatcher = await onDuty(t, 'dispatcher');
    for (const key of ['liaison', 'liaison-2', 'liaison-3']) await onDuty(t, key);
  });
  afterAll(async () => {
    await second.close();
    await t.close();
  });

  /** Both instances look at the same moment, as their queue would let them after a kill. */
  async function look(): Promise<void> {
    await Promise.all([t.app.get(ClimbLadder).turn(), second.get(ClimbLadder).turn()]);
  }
  async function lookAt(local: string): Promise<void> {
    t.clock.set(`${local}:00+08:00`);
    await look();
  }
  const stepsOf = (taskId: string): Promise<Step[]> =>
    t.sql<Step>(
      `select l.step, u.kind as clock, l.outcome, to_char(l.taken_at at time zone 'Asia/Shanghai', 'MM-DD"T"HH24:MI') as "takenAt"
         from summons_ladder_step l join summons_due u on u.id = l.due_id
        where l.task_id = $1 order by l.taken_at, u.kind, l.due_at`,
      [taskId],
    );
  const linesOf = async (taskId: string): Promise<string[]> =>
    (await stepsOf(taskId)).map((s) => `${s.takenAt} ${s.clock} ${s.step}${s.outcome === 'taken' ? '' : ' overtaken'}`);
  const supervisionsOf = async (caller: Caller, query: string): Promise<SupervisionShown[]> =>
    (expectStatus(await caller.get(`/supervisions?${query}`), 200).body as { items: SupervisionShown[] }).items;
  const texts = async (key: string): Promise<string[]> => {
    await t.app.get(OutboxDispatcher).drain();
    const reply = expectStatus(await (await onDuty(t, key)).get('/notifications?limit=100'), 200);
    return (reply.body as { items: { text: string }[] }).items.map((m) => m.text);
  };

  describe('case F: whistled at 17:25 on the eve of the National Day holiday', () => {
    let summonsId = '';
    let ids: string[] = [];
    const task = async (i: number) => {
      const found = (await read(dispatcher, summonsId)).tasks.find((x) => x.id === ids[i]);
      if (!found) throw new Error(`No task ${i}`);
      return found;
    };

    it('each agency has four due instants that explain themselves', async () => {
      t.clock.set('2026-09-30T17:25:00+08:00');
      const disputeId = await aMatterInProgress(t);
      const [a0, a1, a2] = t.world.agencyIds;
      const whistle = await aWhistle(t, disputeId, [
        { agencyId: a0, role: 'lead' },
        { agencyId: a1, role: 'assist' },
        { agencyId: a2, role: 'assist' },
      ]);
      summonsId = whistle.id;
      ids = [a0, a1, a2].map((id) => taskOf(whistle, id).id);
      for (const id of ids) {
        const shown = whistle.tasks.find((x) => x.id === id);
        expect(shown?.dues.map((d) => [d.kind, d.currentDueAt, d.explanation])).toEqual([
          [
            'sign',
            // 5 minutes before the office closes, 55 after the holiday.
            at('2026-10-08T09:25'),
            [
              '依据吹哨报到时限（工作推进哨·签收），期限为60分钟（办公时间内）。',
              '自2026年9月30日17时25分起算（民法典第二百零一条第二款）。',
              '截止时间为2026年10月8日9时25分。',
            ],
          ],
          [
            'contact',
            at('2026-10-08T17:30'),
            [
              '依据吹哨报到时限（工作推进哨·联系），期限为1个工作日。',
              '起算事由发生于2026年9月30日，当日不计，自2026年10月1日起算（民法典第二百零一条）。',
              '期限的最后一日为2026年10月8日。',
              '截止时间为2026年10月8日17时30分（办公结束时间，民法典第二百零三条第二款）。',
            ],
          ],
          [
            'arrive',
            // 10-08, 10-09 and the working Saturday.
            at('2026-10-10T17:30'),
            [
              '依据吹哨报到时限（工作推进哨·到场），期限为3个工作日。',
              '起算事由发生于2026年9月30日，当日不计，自2026年10月1日起算（民法典第二百零一条）。',
              '期限的最后一日为2026年10月10日。',
              '截止时间为2026年10月10日17时30分（办公结束时间，民法典第二百零三条第二款）。',
            ],
          ],
          [
            'feedback',
            at('2026-10-13T17:30'),
            [
              '依据吹哨报到时限（工作推进哨·常规·反馈），期限为5个工作日。',
              '起算事由发生于2026年9月30日，当日不计，自2026年10月1日起算（民法典第二百零一条）。',
              '期限的最后一日为2026年10月13日。',
              '截止时间为2026年10月13日17时30分（办公结束时间，民法典第二百零三条第二款）。',
            ],
          ],
        ]);
      }
      expect((await task(0)).dues[0]).toMatchObject({
        step: 'none',
        next: { step: 'reminder', at: at('2026-10-08T09:10'), words: '若到10月8日9时10分仍未签收，将发出临期提醒' },
      });
    });

    it('nobody is spoken to over the holiday; then each step comes at its instant, once, whoever looks', async () => {
      await look();
      for (const day of ['01', '03', '07']) await lookAt(`2026-10-${day}T12:00`);
      expect(await linesOf(ids[1] ?? '')).toEqual([]);
      // The first agency signs in time: its clock climbs no further.
      t.clock.set('2026-10-08T09:09:00+08:00');
      expectStatus(await (await onDuty(t, 'liaison')).post(`/summons-tasks/${ids[0]}/signature`), 201);
      for (const time of ['09:09', '09:10', '09:10', '09:24', '09:25', '09:26']) await lookAt(`2026-10-08T${time}`);
      expect((await linesOf(ids[0] ?? '')).filter((l) => l.includes('sign'))).toEqual([]);
      expect(await linesOf(ids[1] ?? '')).toEqual(['10-08T09:10 sign reminder', '10-08T09:25 sign urge']);
      expect((await texts('liaison-2')).slice(0, 2)).toEqual([
        '吹哨任务已逾期，系统已催办，请立即办理并答复',
        '吹哨任务时限将到，请抓紧办理',
      ]);
      expect(dueOf(await task(1), 'sign')).toMatchObject({
        step: 'urge',
        stepName: '催办',
        next: { step: 'supervise', words: '若到10月9日9时25分仍未签收，将发督办单' },
      });
      for (const day of ['08T17:00', '09T09:24', '09T09:25', '10T09:25', '12T09:24', '12T09:25', '13T09:25']) {
        await lookAt(`2026-10-${day}`);
        await look();
      }
      expect((await linesOf(ids[1] ?? '')).filter((l) => l.includes(' sign '))).toEqual([
        '10-08T09:10 sign reminder',
        '10-08T09:25 sign urge',
        '10-09T09:25 sign supervise',
        '10-10T09:25 sign interview',
        '10-12T09:25 sign report',
      ]);
      expect(dueOf(await task(1), 'sign')).toMatchObject({ step: 'report', next: null });
    });

    it('what was issued is signed by the system, told to those concerned, in the course of the matter and in the audit', async () => {
      const all = await supervisionsOf(director, `taskId=${ids[1]}&limit=50`);
      const ofSigning = all.filter((s) => s.reason.includes('的签收时限'));
      expect(ofSigning.map((s) => [s.kind, s.state, s.issuedByName, s.isBySystem, s.answerDueOn]).reverse()).toEqual([
        ['urging', 'open', '系统按时限发出', true, null],
        ['oversight', 'open', '系统按时限发出', true, '2026-10-10'],
        ['interview', 'open', '系统按时限发出', true, null],
        ['report', 'open', '系统按时限发出', true, null],
      ]);
      expect(ofSigning.at(-1)?.reason).toBe(
        '新城综治哨字〔2026〕1号吹哨单的签收时限已于2026年10月8日9时25分届满，尚未签收。请立即签收。',
      );
      expect(await texts('director')).toEqual(
        expect.arrayContaining(['吹哨任务逾期已久，提请中心主任约谈部门', '吹哨任务长期逾期，提请报党委、政法委']),
      );
      const rows = await t.sql<{ act: string; events: number; audits: number; steps: number }>(
        `select e.act, count(*)::int as events,
                (select count(*)::int from audit_entry a where a.act = e.act) as audits,
                (select count(*)::int from summons_ladder_step l where l.outcome = 'taken' and 'supervisions.' || case l.step
                   when 'reminder' then 'remind' when 'urge' then 'urge-agency' when 'supervise' then 'oversee-agency'
                   when 'interview' then 'call-in' else 'report-up' end = e.act) as steps
           from dispute_event e where e.act like 'supervisions.%' and e.actor_name = '系统' group by e.act order by 1`,
      );
      expect(rows.map((r) => r.act)).toHaveLength(5);
      for (const row of rows) expect([row.act, row.audits, row.steps]).toEqual([row.act, row.events, row.events]);
      const messages = await t.sql<{ topic: string; n: number; steps: number }>(
        `select topic, count(*)::int as n, (select count(*)::int from summons_ladder_step l
             where l.outcome = 'taken' and 'ladder.' || l.step = topic) as steps
           from outbox_message where topic like 'ladder.%' group by topic`,
      );
      for (const row of messages) expect([row.topic, row.n]).toEqual([row.topic, row.steps]);
    });

    it('the agency answers what it is asked, the director records the interview and the report; a paper is made of each', async () => {
      const late = await onDuty(t, 'liaison-2');
      const own = (await supervisionsOf(late, `taskId=${ids[1]}&limit=50`)).filter((s) =>
        s.reason.includes('的签收时限'),
      );
      const [report, interview, oversight, urging] = own;
      if (!report || !interview || !oversight || !urging) throw new Error('The ladder has issued four');
      expect(urging.allowedActs).toEqual(['supervisions.answer']);
      expect(interview.allowedActs).toEqual([]);
      expect(
        codeOf(
          await late.post(`/supervisions/${interview.id}/answers`, { answer: '无' }, { ifMatch: interview.version }),
        ),
      ).toEqual([409, 'supervisions.leaders-task']);
      for (const one of [urging, oversight]) {
        expectStatus(
          await late.post(
            `/supervisions/${one.id}/answers`,
            { answer: '值班人员交接有误，已签收。' },
            { ifMatch: one.version },
          ),
          200,
        );
      }
      expect((await late.post(`/supervisions/${interview.id}/interview-record`, { record: '已谈' })).status).toBe(403);
      const [forDirector] = (await supervisionsOf(director, `taskId=${ids[1]}&kind=interview`)).filter((s) =>
        s.reason.includes('的签收时限'),
      );
      expect(forDirector?.allowedActs).toContain('supervisions.record-interview');
      expect(codeOf(await director.post(`/supervisions/${interview.id}/report-record`, { record: '已报' }))).toEqual([
        409,
        'supervisions.no-report',
      ]);
      expectStatus(
        await director.post(`/supervisions/${interview.id}/interview-record`, {
          record: '已约谈分管负责人，承诺当日到场。',
        }),
        200,
      );
      expectStatus(
        await director.post(`/supervisions/${report.id}/report-record`, {
          record: '已书面报区委政法委，要求两日内办结。',
        }),
        200,
      );
      const ladder = (await task(1)).ladder.filter((r) => r.kind === 'sign');
      expect(ladder.map((r) => [r.stepName, r.words, r.answer])).toEqual([
        ['临期提醒', '已发出', null],
        ['催办', '已答复', '值班人员交接有误，已签收。'],
        ['督办单', '已答复', '值班人员交接有误，已签收。'],
        ['约谈', '已答复', '已约谈分管负责人，承诺当日到场。'],
        ['报党委、政法委', '已答复', '已书面报区委政法委，要求两日内办结。'],
      ]);
      const [matter] = await t.sql<{ disputeId: string }>(
        'select dispute_id as "disputeId" from summons where id = $1',
        [summonsId],
      );
      for (const [templateId, parameters] of [
        ['urging-letter', { urgingId: urging.id }],
        ['supervision-order', { oversightId: oversight.id }],
      ] as const) {
        expectStatus(await dispatcher.post(`/disputes/${matter?.disputeId}/papers`, { templateId, parameters }), 201);
      }
    });

    it('the agency sees its own ladder and not the others’', async () => {
      const late = await onDuty(t, 'liaison-2');
      const shown = expectStatus(await late.get(`/summons-tasks/${ids[1]}`), 200).body as { ladder: unknown[] };
      expect(shown.ladder.length).toBeGreaterThan(4);
      expect(await supervisionsOf(late, `taskId=${ids[2]}`)).toEqual([]);
      expect((await t.sql('select 1 from summons_ladder_step where task_id = $1', [ids[2]])).length).toBeGreaterThan(0);
    });
  });

  it('stopped for three days: on the restart the highest step is taken, those below are noted, nothing is lost or doubled', async () => {
    t.clock.set('2026-10-19T09:00:00+08:00');
    const disputeId = await aMatterInProgress(t);
    const agencyId = t.world.agencyIds[0];
    const id = taskOf(await aWhistle(t, disputeId, [{ agencyId, role: 'lead' }]), agencyId).id;
    await lookAt('2026-10-19T09:44');
    expect(await linesOf(id)).toEqual([]);
    // Signing was due on Monday at 10:00, contact on Tuesday at closing. It is Thursday, 10:30.
    await lookAt('2026-10-22T10:30');
    const expected = [
      // Three working days of lateness were over at 10:00.
      '10-22T10:30 contact reminder overtaken',
      '10-22T10:30 contact urge overtaken',
      '10-22T10:30 contact supervise',
      '10-22T10:30 sign reminder overtaken',
      '10-22T10:30 sign urge overtaken',
      '10-22T10:30 sign supervise overtaken',
      '10-22T10:30 sign interview overtaken',
      '10-22T10:30 sign report',
      '10-22T10:30 arrive reminder',
    ].sort();
    expect((await linesOf(id)).sort()).toEqual(expected);
    await look();
    expect((await linesOf(id)).sort()).toEqual(expected);
    expect(
      (await t.sql<{ kind: string }>('select kind from supervision where task_id = $1 order by kind', [id])).map(
        (r) => r.kind,
      ),
    ).toEqual(['oversight', 'report']);
  });

  it('the center has a clock for its ruling, which climbs too while those of the agency stand', async () => {
    t.clock.set('2026-10-26T09:00:00+08:00');
    const disputeId = await aMatterInProgress(t);
    const agencyId = t.world.agencyIds[2];
    const whistle = await aWhistle(t, disputeId, [{ agencyId, role: 'lead' }]);
    const { id } = taskOf(whistle, agencyId);
    t.clock.set('2026-10-26T09:10:00+08:00');
    const agency = await onDuty(t, 'liaison-3');
    expectStatus(
      await agency.post(`/summons-tasks/${id}/objection`, { ground: 'not-competent', reason: '本单位无此项职责。' }),
      201,
    );
    for (const local of ['10-27T15:00', '10-28T08:30', '10-29T08:30', '10-30T08:30', '11-02T08:30'])
      await lookAt(`2026-${local}`);
    expect(await linesOf(id)).toEqual([
      '10-27T15:00 ruling reminder',
      '10-28T08:30 ruling urge',
      '10-29T08:30 ruling supervise',
      '11-02T08:30 ruling report',
    ]);
    const shown = taskOf(await read(dispatcher, whistle.id), agencyId);
    expect(dueOf(shown, 'ruling')).toMatchObject({ isLate: true, step: 'report' });
    expect((await read(dispatcher, whistle.id)).holdUps).toMatchObject([
      { agencyName: '新城区综治中心', kind: 'ruling' },
    ]);
    // To the agency it stands; nobody speaks to it.
    const own = expectStatus(await agency.get(`/summons-tasks/${id}`), 200).body as {
      light: string;
      ladder: unknown[];
    };
    expect([own.light, own.ladder]).toEqual(['grey', []]);
    expect((await supervisionsOf(director, `kind=urging&limit=50`))[0]).toMatchObject({
      addresseeName: '新城区综治中心',
      isBySystem: true,
    });
    expectStatus(await dispatcher.post(`/summons-tasks/${id}/objection-overruling`, { reason: '指定承办。' }), 201);
    await lookAt('2026-11-02T08:40');
    // The agency's clocks go on from here: its contact was due the day after the whistle, the standing left out.
    expect((await linesOf(id)).filter((l) => !l.includes('ruling'))).toEqual([]);
  });

  it('an emergency climbs on a Saturday night', async () => {
    t.clock.set('2026-11-07T23:00:00+08:00');
    const disputeId = await aMatterInProgress(t);
    const agencyId = t.world.agencyIds[1];
    const whistle = await aWhistle(t, disputeId, [{ agencyId, role: 'lead' }], {
      kind: 'emergency',
      ground: 'emergency',
    });
    const { id } = taskOf(whistle, agencyId);
    for (const time of ['07T23:30', '08T00:00', '08T00:30', '08T01:30']) await lookAt(`2026-11-${time}`);
    expect((await linesOf(id)).filter((l) => l.includes(' sign '))).toEqual([
      '11-07T23:30 sign reminder overtaken',
      '11-07T23:30 sign urge',
      '11-08T00:00 sign supervise',
      '11-08T00:30 sign interview',
      '11-08T01:30 sign report',
    ]);
  });

  it('a matter that fails is left for later and keeps no other waiting; one that is being worked on comes the next time', async () => {
    t.clock.set('2026-11-09T09:00:00+08:00');
    const agencyId = t.world.agencyIds[0];
    const whistled = async (): Promise<{ id: string; disputeId: string }> => {
      const disputeId = await aMatterInProgress(t);
      return { disputeId, id: taskOf(await aWhistle(t, disputeId, [{ agencyId, role: 'lead' }]), agencyId).id };
    };
    const [failing, busy, free] = [await whistled(), await whistled(), await whistled()];
    await t.sql(
      `create function refuse_step() returns trigger language plpgsql as $$ begin raise 'no room'; end $$;
       create trigger refuse before insert on summons_ladder_step for each row when (new.task_id = '${failing.id}') execute function refuse_step()`,
    );
    await t.sql('begin');
    await t.sql('select 1 from dispute where id = $1 for update', [busy.disputeId]);
    t.clock.set('2026-11-09T10:00:00+08:00');
    await t.app.get(ClimbLadder).turn();
    await t.sql('commit');
    expect(await linesOf(free.id)).toHaveLength(2);
    expect(await linesOf(busy.id)).toEqual([]);
    await t.sql('drop trigger refuse on summons_ladder_step; drop function refuse_step()');
    expect([await linesOf(failing.id), await t.app.get(ClimbLadder).turn()]).toEqual([[], 4]);
    expect([await linesOf(busy.id), await linesOf(failing.id)].map((l) => l.length)).toEqual([2, 2]);
  });

  it('a step is taken by its row alone: what was taken by another is not issued again', async () => {
    t.clock.set('2026-11-16T09:00:00+08:00');
    const disputeId = await aMatterInProgress(t);
    const agencyId = t.world.agencyIds[0];
    const { id } = taskOf(await aWhistle(t, disputeId, [{ agencyId, role: 'lead' }]), agencyId);
    await lookAt('2026-11-16T10:00');
    // As if another instance had noted the clock as it stood before.
    await t.sql(
      "update summons_due set next_step_at = '2026-11-16T10:00:00+08:00' where task_id = $1 and kind = 'sign'",
      [id],
    );
    await look();
    expect((await linesOf(id)).filter((l) => l.includes('urge'))).toHaveLength(1);
    await expect(
      t.sql(
        `insert into summons_ladder_step select gen_random_uuid(), dispute_id, task_id, due_id, step, due_at, taken_at, outcome, supervision_id
           from summons_ladder_step where task_id = $1`,
        [id],
      ),
    ).rejects.toMatchObject({ constraint: 'summons_ladder_step_once' });
  });
});
