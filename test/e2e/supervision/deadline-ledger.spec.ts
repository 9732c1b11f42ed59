import { LongerPause } from '../../../src/modules/disputes/application/longer-pause';
import { OutboxDispatcher } from '../../../src/platform/database';
import { aMatter, must } from '../../support/builders';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';
import { aMatterInProgress, aWhistle, codeOf, onDuty, taskOf } from '../summons/stage';

interface Deadline {
  readonly kind: string;
  readonly ruleId: string | null;
  readonly ruleVersion: number | null;
  readonly termName: string | null;
  readonly originalDueAt: string | null;
  readonly currentDueAt: string | null;
  readonly stateName: string;
  readonly light: string | null;
  readonly explanation: string[];
  readonly pauses: { reason: string; byName: string; approvedByName: string | null; expectedUntil: string }[];
}
interface Figure {
  readonly figure: string;
  readonly total: { numerator: number; denominator: number; ratio: number };
}

describe('the ledger of deadlines, and pauses that somebody answers for (real PostgreSQL, HTTP, fake clock)', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
    t.clock.set('2026-09-18T09:00:00+08:00');
  });
  afterAll(() => t.close());

  const ledger = async (id: string, who = 'dispatcher'): Promise<Deadline[]> =>
    must<{ items: Deadline[] }>(await (await onDuty(t, who)).get(`/disputes/${id}/deadlines`), 200).items;
  const one = async (id: string, kind: string): Promise<Deadline | undefined> =>
    (await ledger(id)).find((d) => d.kind === kind);
  /** Messages of one act may be under way already when they are asked for. */
  const rings = async (key: string, text: string): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) {
      await t.app.get(OutboxDispatcher).drain();
      const { items } = must<{ items: { text: string }[] }>(
        await (await onDuty(t, key)).get('/notifications?limit=100'),
        200,
      );
      if (items.some((m) => m.text === text)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${key} was not told: ${text}`);
  };
  const mediation = (id: string, act: string, body: object, who: Caller): Promise<Reply> =>
    who.post(`/disputes/${id}/mediation/${act}`, body);

  it('has each clock of a whistle, its windows, notices and answers, with rule, term and reason', async () => {
    const id = await aMatterInProgress(t);
    const summons = await aWhistle(t, id, [{ agencyId: t.world.agencyIds[0], role: 'lead' }]);
    const task = taskOf(summons, t.world.agencyIds[0]);
    expect((await ledger(id)).map((d) => d.kind).sort()).toEqual(
      expect.arrayContaining(['summons-contact', 'summons-feedback', 'summons-objection-hard-stop', 'summons-sign']),
    );
    must(await (await onDuty(t, 'liaison')).post(`/summons-tasks/${task.id}/signature`, {}), 201);
    const feedback = await one(id, 'summons-feedback');
    expect(feedback).toMatchObject({ ruleVersion: 1, stateName: '计算中', light: 'green' });
    expect(feedback?.ruleId).toMatch(/^summons[.]\w+[.]feedback[.]\w+$/);
    expect(await one(id, 'summons-sign')).toMatchObject({ stateName: '按期完成', light: null });
    expect(await one(id, 'summons-objection')).toMatchObject({
      ruleId: 'summons.objection',
      termName: '240分钟（办公时间内）',
      explanation: expect.arrayContaining(['依据吹哨报到时限（异议），期限为240分钟（办公时间内）。']) as string[],
    });
    must(
      await (
        await onDuty(t, 'liaison')
      ).post(`/summons-tasks/${task.id}/objection`, { ground: 'not-competent', reason: '不属于本部门职责。' }),
      201,
    );
    expect(await one(id, 'summons-feedback')).toMatchObject({ stateName: '暂停中', light: 'grey', currentDueAt: null });
    expect(await one(id, 'summons-ruling')).toMatchObject({
      stateName: '计算中',
      ruleId: expect.any(String) as string,
    });

    const director = await onDuty(t, 'director');
    must(await director.post(`/disputes/${id}/oversights`, { reason: '请说明进展。', answerDueOn: '2026-09-21' }), 201);
    expect(await one(id, 'answer')).toMatchObject({ stateName: '计算中', ruleId: null });
    t.clock.set('2026-09-22T09:00:00+08:00');
    expect(await one(id, 'answer')).toMatchObject({ stateName: '已超期', light: 'red' });
    // The law on both sides of the matter: who does not see the matter sees no ledger of it.
    expect((await (await onDuty(t, 'liaison')).get(`/disputes/${id}/deadlines`)).status).not.toBe(200);
  });

  let paused: string;
  it('refuses a long pause that nobody approved, asks a second person, and shows who answers for it', async () => {
    t.clock.set('2026-09-22T09:00:00+08:00');
    ({ id: paused } = await aMatter(t).assigned());
    const pause = { ground: 'appraisal', reason: '委托评估房屋价值。' };
    const mediator = await onDuty(t, 'mediator');
    expect(codeOf(await mediation(paused, 'suspension', { ...pause, expectedUntil: '2026-10-23' }, mediator))).toEqual([
      422,
      'mediation.pause-needs-approval',
    ]);
    expect(await one(paused, 'mediation')).toMatchObject({ stateName: '计算中' });
    must(await mediation(paused, 'suspension', pause, mediator), 200);
    expect(await one(paused, 'mediation')).toMatchObject({
      stateName: '暂停中',
      pauses: [{ reason: pause.reason, approvedByName: null, expectedUntil: '2026-10-22' }],
    });

    const longer = { untilOn: '2026-12-31', reason: '评估机构函告还需两个月。' };
    expect(codeOf(await mediation(paused, 'longer-pauses', { ...longer, untilOn: '2026-10-22' }, mediator))).toEqual([
      422,
      'mediation.pause-not-longer',
    ]);
    // Whoever acted in the same instant is told nothing of it.
    t.clock.advance(300_000);
    must(await mediation(paused, 'longer-pauses', longer, mediator), 200);
    expect(codeOf(await mediation(paused, 'longer-pauses', longer, mediator))).toEqual([409, 'mediation.pause-asked']);
    await rings('committee-director', '有延长中止的申请等待批准，请决定');
    expect((await mediation(paused, 'longer-pauses/approval', {}, mediator)).status).toBe(403);
    const head = await onDuty(t, 'committee-director');
    must(await mediation(paused, 'longer-pauses/refusal', { opinion: '先写明缺哪些材料。' }, head), 200);
    expect(await one(paused, 'pause')).toMatchObject({ originalDueAt: '2026-10-22T16:00:00.000Z' });

    // The head of the committee may ask, but not approve what he asked for himself.
    must(await mediation(paused, 'longer-pauses', longer, head), 200);
    expect(codeOf(await mediation(paused, 'longer-pauses/approval', {}, head))).toEqual([403, 'mediation.own-pause']);
    t.clock.advance(300_000);
    must(await mediation(paused, 'longer-pauses/approval', { opinion: '同意。' }, await onDuty(t, 'duty-leader')), 200);
    const [approved] = (await one(paused, 'mediation'))?.pauses ?? [];
    expect(approved).toMatchObject({ expectedUntil: '2026-12-31', approvedByName: expect.any(String) as string });
    await rings('mediator', '延长中止的申请已有决定，请查看');
  });

  it('keeps what is paused before the director: in the list with its days, chased at its end, and in the figures', async () => {
    const watched = async () =>
      must<{ items: { disputeId: string; light: string; pausedDays: number }[] }>(
        await (await onDuty(t, 'director')).get('/supervision/watch-list?clock=paused'),
        200,
      ).items;
    t.clock.set('2026-10-12T09:00:00+08:00');
    expect(await watched()).toContainEqual(
      expect.objectContaining({ disputeId: paused, light: 'grey', pausedDays: 20 }),
    );
    expect(await t.app.get(LongerPause).chase()).toBe(0);

    const figure = async (): Promise<Figure | undefined> =>
      must<{ items: Figure[] }>(
        await (await onDuty(t, 'director')).get('/statistics/figures?from=2026-09-22&to=2026-09-22'),
        200,
      ).items.find((f) => f.figure === 'paused');
    expect((await figure())?.total).toMatchObject({ numerator: 20, denominator: 20, ratio: 1 });
    const cases = must<{ items: { disputeId: string; days: number; verdictName: string }[] }>(
      await (await onDuty(t, 'director')).get('/statistics/figures/paused/matters?from=2026-09-22&to=2026-09-22'),
      200,
    ).items;
    expect(cases).toEqual([expect.objectContaining({ disputeId: paused, days: 20, verdictName: '暂停' })]);

    t.clock.set('2027-01-01T09:00:00+08:00');
    expect(await watched()).toContainEqual(
      expect.objectContaining({ disputeId: paused, light: 'red', pausedDays: 101 }),
    );
    expect(await t.app.get(LongerPause).chase()).toBe(1);
    expect(await t.app.get(LongerPause).chase()).toBe(0);
    await rings('mediator', '中止的预计恢复日期已过，请恢复调解或者申请延长中止');
    must(await mediation(paused, 'resumption', { reason: '评估完毕。' }, await onDuty(t, 'mediator')), 200);
    t.clock.set('2027-01-06T09:00:00+08:00');
    expect((await figure())?.total).toMatchObject({ numerator: 101, denominator: 106, ratio: 0.9528 });
  });
});
