import { OutboxDispatcher } from '../../../src/platform/database';
import { KeepClocks } from '../../../src/modules/supervision/application/keep-clocks';
import { must } from '../../support/builders';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { aMatterInProgress, aWhistle, onDuty, taskOf } from '../summons/stage';

interface Center {
  readonly id: string;
  readonly yellowPart: string;
  readonly version: number;
}
interface Lit {
  readonly light: string | null;
  readonly taskId: string | null;
}

/** One setting of the center lights every list: the stored one, and those that reckon as they are asked. */
describe('when a center warns (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let keeper: Caller;
  let taskId: string;
  beforeAll(async () => {
    t = await startTestApp();
    keeper = await t.as('system-admin');
    const [agencyId] = t.world.agencyIds;
    const whistle = await aWhistle(t, await aMatterInProgress(t), [{ agencyId, role: 'lead' }]);
    taskId = taskOf(whistle, agencyId).id;
    // 24 of the 60 working minutes for signing are left: less than a half, more than a third.
    t.clock.advance(36 * 60_000);
  });
  afterAll(() => t.close());

  const center = async (id: string): Promise<Center> => {
    const found = must<Center[]>(await keeper.get('/centers'), 200).find((c) => c.id === id);
    if (!found) throw new Error('No such center');
    return found;
  };
  const set = async (id: string, yellowPart: string, by = keeper) =>
    by.patch(`/centers/${id}`, { yellowPart }, (await center(id)).version);
  const lights = async (): Promise<Record<string, string | null | undefined>> => {
    const liaison = await onDuty(t, 'liaison');
    const listed = must<{ items: Lit[] }>(await liaison.get('/worklist?tab=in-hand'), 200).items;
    const watched = must<{ items: Lit[] }>(await (await t.as('director')).get('/supervision/watch-list'), 200).items;
    const task = must<{ dues: { kind: string; light: string }[] }>(await liaison.get(`/summons-tasks/${taskId}`), 200);
    return {
      worklist: listed.find((i) => i.taskId === taskId)?.light,
      watchList: watched.find((i) => i.taskId === taskId)?.light,
      whistle: task.dues.find((d) => d.kind === 'sign')?.light,
    };
  };

  it('is when a third is left, until the system administrator says otherwise: on all lists, and audited', async () => {
    expect((await center(t.world.centerId)).yellowPart).toBe('3');
    expect(await lights()).toEqual({ worklist: 'green', watchList: undefined, whistle: 'green' });
    must(await set(t.world.centerId, '2'), 200);
    await t.app.get(OutboxDispatcher).drain();
    await t.app.get(KeepClocks).fill();
    for (let i = 0; i < 100 && (await lights()).worklist !== 'yellow'; i++) {
      await new Promise((go) => setTimeout(go, 50));
    }
    expect(await lights()).toEqual({ worklist: 'yellow', watchList: 'yellow', whistle: 'yellow' });
    expect(
      await t.sql(
        "select body::jsonb -> 'details' as details from audit_entry where act = 'organizations.change-center'",
      ),
    ).toEqual([{ details: { fields: ['yellowPart'], formerYellowPart: 3, yellowPart: 2 } }]);
    expect((await center(t.world.streetCenterId)).yellowPart).toBe('3');
  });

  it('leaves the lists alone when nothing else is said than before, or another center speaks', async () => {
    const before = await t.sql('select max(available_at) as at, count(*) from outbox_message');
    must(await set(t.world.centerId, '2'), 200);
    expect(await t.sql('select max(available_at) as at, count(*) from outbox_message')).toEqual(before);
    must(await set(t.world.foreignCenterId, '10'), 200);
    await t.app.get(OutboxDispatcher).drain();
    expect(await lights()).toEqual({ worklist: 'yellow', watchList: 'yellow', whistle: 'yellow' });
  });

  it('is nobody else’s to say, and no other part of a term than those offered', async () => {
    for (const key of ['director', 'security-admin', 'dispatcher']) {
      expect((await set(t.world.centerId, '4', await t.as(key))).status).toBe(403);
    }
    const refused = await set(t.world.centerId, '7');
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      errors: [{ pointer: '/yellowPart', detail: '黄灯时点不在可选范围内，请重新选择' }],
    });
  });
});
