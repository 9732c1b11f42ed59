import { switchAccessGuardOff } from '../../../src/platform/auth';
import { aMatter, must } from '../../support/builders';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';

const REASON = { reason: '工作调整。' };

describe('whoever leaves is out at the next request, with the token still good (real PostgreSQL, real HTTP)', () => {
  let t: TestApp;
  let dispatcher: Caller;
  let security: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    dispatcher = await t.as('dispatcher');
    security = await t.as('security-admin');
  });
  afterAll(() => t.close());

  const statuses = async (caller: Caller, paths: readonly string[]): Promise<number[]> => {
    const found: number[] = [];
    for (const path of paths) found.push((await caller.get(path)).status);
    return found;
  };
  const all = (paths: readonly string[], status: number): number[] => paths.map(() => status);

  /** A whistle to one agency; its task. */
  const aTask = async (disputeId: string, agencyId: string): Promise<{ summonsId: string; taskId: string }> => {
    const { id: summonsId } = must<{ id: string }>(
      await dispatcher.post(`/disputes/${disputeId}/summons`, {
        kind: 'progress',
        level: 'regular',
        ground: 'livelihood',
        brief: '请到场说明面积认定依据。',
        asks: ['核对档案'],
        attendanceRequired: false,
        agencies: [{ agencyId, role: 'lead' }],
      }),
      201,
    );
    must(await dispatcher.post(`/summons/${summonsId}/issuance`), 201);
    const [task] = await t.sql<{ id: string }>('select id from summons_task where summons_id = $1', [summonsId]);
    return { summonsId, taskId: task?.id ?? '' };
  };
  const endRole = async (key: string): Promise<void> => {
    const [grant] = await t.sql<{ id: string }>(
      'select id from role_grant where account_id = $1 and valid_to is null',
      [t.world.account(key).id],
    );
    must(await security.post(`/role-grants/${grant?.id ?? ''}/ending`, REASON), 201);
  };

  it('a replaced mediator no longer meets the matter, nor the own notes in it; the successor does', async () => {
    const { id, partyIds } = await aMatter(t).assigned();
    const former = await t.as('mediator');
    const successor = await t.as('mediator-2');
    const { id: noteId } = must<{ id: string }>(
      await former.post(`/disputes/${id}/notes`, { ring: 'mediator', text: '只有调解员知道的话。' }),
      201,
    );
    const paths = [
      `/disputes/${id}`,
      `/disputes/${id}/notes`,
      `/disputes/${id}/parties`,
      `/parties/${partyIds[0] ?? ''}`,
    ];
    expect(await statuses(former, paths)).toEqual(all(paths, 200));
    expect(await statuses(successor, paths)).toEqual(all(paths, 404));
    const [host] = await t.sql<{ id: string }>(
      "select id from assignment where dispute_id = $1 and capacity = 'host' and ended_at is null",
      [id],
    );
    must(
      await dispatcher.post(`/assignments/${host?.id ?? ''}/replacement`, {
        accountId: t.world.account('mediator-2').id,
        chosenBy: 'committee',
        basis: '当事人要求更换',
        reason: '当事人要求更换',
      }),
      201,
    );
    expect(await statuses(former, paths)).toEqual(all(paths, 404));
    expect((await former.post(`/notes/${noteId}/narrowing`, { ring: 'mediator', ...REASON })).status).toBe(404);
    expect(await statuses(successor, paths)).toEqual(all(paths, 200));
    switchAccessGuardOff(true);
    try {
      expect(await statuses(former, paths)).toEqual(all(paths, 404));
    } finally {
      switchAccessGuardOff(false);
    }
  });

  it('an agency whose whistle was withdrawn no longer meets its task', async () => {
    const { id } = await aMatter(t).assigned();
    const { summonsId, taskId } = await aTask(id, t.world.agencyIds[0]);
    const liaison = await t.as('liaison');
    const paths = [`/summons-tasks/${taskId}`];
    expect(await statuses(liaison, paths)).toEqual([200]);
    must(await dispatcher.post(`/summons/${summonsId}/withdrawal`, REASON), 201);
    expect(await statuses(liaison, paths)).toEqual([404]);
    expect((await liaison.post(`/summons-tasks/${taskId}/signature`)).status).toBe(404);
    switchAccessGuardOff(true);
    try {
      expect(await statuses(liaison, [...paths, `/summons/${summonsId}`])).toEqual([404, 404]);
    } finally {
      switchAccessGuardOff(false);
    }
  });

  it('a liaison whose post has ended no longer meets the tasks of the agency; the colleague still does', async () => {
    const { id } = await aMatter(t).assigned();
    const { taskId } = await aTask(id, t.world.agencyIds[0]);
    const liaison = await t.as('liaison');
    const handler = await t.as('handler');
    const paths = [`/summons-tasks/${taskId}`];
    expect([await statuses(liaison, paths), await statuses(handler, paths)]).toEqual([[200], [200]]);
    await endRole('liaison');
    expect([await statuses(liaison, paths), await statuses(handler, paths)]).toEqual([[404], [200]]);
    expect((await liaison.get('/summons-tasks')).status).toBe(403);
  });

  it('a clerk whose role was removed no longer meets the center; a disabled account nothing at all', async () => {
    const { id } = await aMatter(t).registered();
    const clerk = await t.as('follow-up');
    expect(await statuses(clerk, [`/disputes/${id}`])).toEqual([200]);
    await endRole('follow-up');
    expect(await statuses(clerk, [`/disputes/${id}`, '/disputes', '/session/self'])).toEqual([404, 403, 200]);
    must(await security.post(`/accounts/${t.world.account('follow-up').id}/disabling`, REASON), 201);
    expect(await statuses(clerk, [`/disputes/${id}`, '/session/self'])).toEqual([401, 401]);
  });

  it('a mediator who has left the committee is let into no matter to which the name still stands', async () => {
    const { id } = await aMatter(t).mediatedBy('mediator-2').assigned();
    const mediator = await t.as('mediator-2');
    const paths = [`/disputes/${id}`, `/disputes/${id}/parties`];
    expect(await statuses(mediator, paths)).toEqual([200, 200]);
    await endRole('mediator-2');
    for (const status of await statuses(mediator, [...paths, '/disputes'])) expect([403, 404]).toContain(status);
  });
});
