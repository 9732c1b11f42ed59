import { aMatter, must } from '../../support/builders';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';
import { aMatterInProgress, at, aWhistle, dueOf, onDuty, read, taskOf } from '../summons/stage';

const code = (reply: Reply): string => (reply.body as { code: string }).code;

interface Rule {
  readonly ruleId: string;
  readonly standingName: string;
  readonly holding: { termName: string; isOwn: boolean; setByName: string; reviewedByName: string };
  readonly draft: { id: string; termName: string } | null;
  readonly history: { version: number; state: string }[];
  readonly allowedActs: string[];
  readonly draftActs: string[];
}

describe('terms as a center sets them (real PostgreSQL, HTTP, fake clock)', () => {
  let t: TestApp;
  let centerDirector: Caller;
  let superior: Caller;
  let path: string;
  beforeAll(async () => {
    t = await startTestApp();
    t.clock.set('2026-11-30T09:00:00+08:00');
    centerDirector = await onDuty(t, 'director');
    superior = await onDuty(t, 'superior');
    path = `/centers/${t.world.centerId}/deadline-rules`;
  });
  afterAll(() => t.close());

  const rule = async (id: string, who = centerDirector): Promise<Rule> => {
    const found = must<{ items: Rule[] }>(await who.get(path), 200).items.find((r) => r.ruleId === id);
    if (!found) throw new Error(id);
    return found;
  };
  const setting = (ruleId: string, term: number, unit: string) => ({
    ruleId,
    term,
    unit,
    validFrom: '2026-12-01',
    note: '主任办公会议定。',
  });
  const whistleOf = async (): Promise<string> => {
    const matter = await aMatterInProgress(t);
    return (await aWhistle(t, matter, [{ agencyId: t.world.agencyIds[0], role: 'lead' }])).id;
  };
  const signDue = async (id: string) =>
    dueOf(taskOf(await read(await onDuty(t, 'dispatcher'), id), t.world.agencyIds[0]), 'sign');
  const periodOf = async (id: string): Promise<{ currentDueOn: string; explanation: string[] } | undefined> =>
    must<{ items: { currentDueOn: string; explanation: string[] }[] }>(
      await (await onDuty(t, 'mediator')).get(`/disputes/${id}/mediation/deadline`),
      200,
    ).items[0];

  it('are the presets of the program, each with what may be done with it', async () => {
    expect(await rule('mediation.people')).toMatchObject({
      standingName: '法定，可以缩短，不能延长',
      holding: { termName: '1个月', isOwn: false, setByName: '系统预置' },
      allowedActs: ['deadline-rules.propose'],
    });
    expect(await rule('petition.finish')).toMatchObject({
      standingName: '供查阅，系统不据此计时',
      holding: { termName: '60日' },
      allowedActs: [],
    });
    const mediator = await onDuty(t, 'mediator');
    expect((await rule('mediation.people', mediator)).allowedActs).toEqual([]);
    expect((await mediator.post(path, setting('mediation.people', 20, 'natural-day'))).status).toBe(403);
  });

  it('are never longer than the law, nor beyond what makes sense, nor set for yesterday', async () => {
    const set = async (body: object) => code(await centerDirector.post(path, body));
    expect(await set(setting('mediation.people', 2, 'calendar-month'))).toBe('deadline-rules.beyond-law');
    expect(await set(setting('mediation.people', 29, 'natural-day'))).toBe('deadline-rules.beyond-law');
    expect(await set(setting('summons.progress.sign', 1, 'working-minute'))).toBe('deadline-rules.out-of-bounds');
    expect(await set(setting('summons.emergency.sign', 30, 'working-minute'))).toBe('deadline-rules.unit');
    expect(await set({ ...setting('mediation.people', 20, 'natural-day'), validFrom: '2026-11-29' })).toBe(
      'deadline-rules.in-the-past',
    );
    // A right of the parties is not among what may be chosen at all.
    expect((await centerDirector.post(path, setting('judicial-confirmation', 20, 'natural-day'))).status).toBe(400);
  });

  it('are put in force by a second person, for what begins afterwards, and say so', async () => {
    const before = { matter: (await aMatter(t).assigned()).id, summons: await whistleOf() };
    const running = { period: await periodOf(before.matter), due: await signDue(before.summons) };
    expect(running.period?.currentDueOn).toBe('2026-12-30');

    for (const body of [
      setting('mediation.people', 20, 'natural-day'),
      setting('summons.progress.sign', 30, 'working-minute'),
    ])
      must(await centerDirector.post(path, body), 201);
    expect(code(await centerDirector.post(path, setting('mediation.people', 25, 'natural-day')))).toBe(
      'deadline-rules.draft-waits',
    );
    for (const id of ['mediation.people', 'summons.progress.sign']) {
      const { draft, draftActs } = await rule(id);
      expect(draftActs).toEqual(['deadline-rules.discard']);
      expect(code(await centerDirector.post(`/deadline-rules/${draft?.id}/confirm`, {}))).toBe('deadline-rules.own');
      expect((await rule(id, superior)).draftActs).toContain('deadline-rules.confirm');
      must(await superior.post(`/deadline-rules/${draft?.id}/confirm`, { note: '同意。' }), 201);
      expect(code(await superior.post(`/deadline-rules/${draft?.id}/confirm`, {}))).toBe(
        'deadline-rules.reviewed-already',
      );
    }

    // Confirmed, but the first day has not come.
    expect((await rule('mediation.people')).holding.termName).toBe('1个月');
    expect((await periodOf((await aMatter(t).assigned()).id))?.currentDueOn).toBe('2026-12-30');

    t.clock.set('2026-12-01T09:00:00+08:00');
    for (const key of ['director', 'superior', 'dispatcher', 'mediator', 'liaison']) await onDuty(t, key);
    expect((await rule('mediation.people', await onDuty(t, 'director'))).holding).toMatchObject({
      termName: '20日',
      isOwn: true,
      reviewedByName: expect.any(String) as string,
    });
    const after = { matter: (await aMatter(t).assigned()).id, summons: await whistleOf() };
    expect(await periodOf(after.matter)).toMatchObject({
      currentDueOn: '2026-12-21',
      explanation: expect.arrayContaining([
        '依据《人民调解工作若干规定》第三十三条（本中心规则第1版，2026年12月1日起执行），期限为20日。',
      ]) as string[],
    });
    expect(await signDue(after.summons)).toMatchObject({ currentDueAt: at('2026-12-01T09:30:00') });

    // What ran already stays, also when it is reckoned anew after a pause.
    expect(await periodOf(before.matter)).toMatchObject({ ...running.period, days: expect.any(Array) as object });
    expect((await signDue(before.summons)).currentDueAt).toBe(running.due.currentDueAt);
    const mediation = `/disputes/${before.matter}/mediation`;
    const mediator = await onDuty(t, 'mediator');
    must(await mediator.post(`${mediation}/suspension`, { ground: 'appraisal', reason: '评估房屋。' }), 200);
    t.clock.set('2026-12-03T09:00:00+08:00');
    must(await (await onDuty(t, 'mediator')).post(`${mediation}/resumption`, { reason: '评估完毕。' }), 200);
    expect((await periodOf(before.matter))?.currentDueOn).toBe('2027-01-01');
  });

  it('hold in their own center only', async () => {
    const elsewhere = must<{ items: Rule[] }>(
      await superior.get(`/centers/${t.world.streetCenterId}/deadline-rules`),
      200,
    ).items.find((r) => r.ruleId === 'mediation.people');
    expect(elsewhere?.holding).toMatchObject({ termName: '1个月', isOwn: false });
    const foreign = await (
      await onDuty(t, 'director')
    ).post(`/centers/${t.world.foreignCenterId}/deadline-rules`, {
      ...setting('mediation.people', 20, 'natural-day'),
      validFrom: '2026-12-03',
    });
    expect([403, 404]).toContain(foreign.status);
  });
});
