import { switchAccessGuardOff } from '../../../src/platform/auth';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';

interface List {
  readonly place: string;
  readonly texts: string[];
  readonly version: number;
}

describe('phrases offered while writing (real PostgreSQL, real HTTP)', () => {
  let t: TestApp;
  let leader: Caller;
  const offered = async (who: string, place: string): Promise<string[]> =>
    ((await (await t.as(who)).get(`/phrases?place=${place}`)).body as { items: string[] }).items;
  const ofCenter = (): string => `/centers/${t.world.centerId}/phrases`;

  beforeAll(async () => {
    t = await startTestApp();
    leader = await t.as('duty-leader');
  });
  afterAll(() => t.close());

  it('are there from the first day, for the place or for its field', async () => {
    expect(await offered('intake', 'disputes.triage.opinion')).toContain(
      '属民间纠纷，双方愿意调解，建议由人民调解委员会受理。',
    );
    expect(await offered('intake', 'disputes.close.opinion')).toContain('情况属实，同意办理。');
    expect(await offered('intake', 'disputes.close.nothing')).toEqual([]);
    expect((await t.anonymous.get('/phrases?place=opinion')).status).toBe(401);
    expect((await leader.get('/phrases?place=__proto__')).status).toBe(400);
  });

  it('are kept by each center for itself, its committees included', async () => {
    const place = 'disputes.accept.opinion';
    const kept = await leader.put(ofCenter(), { place, texts: ['同意。', '同意受理。', '同意。'] }, 0);
    expect(kept.status).toBe(200);
    expect(kept.body).toEqual({
      place,
      placeName: '受理 · 办理意见',
      texts: ['同意。', '同意受理。'],
      isOwn: true,
      changedOn: '2026-09-18',
      version: 1,
    });
    for (const who of ['intake', 'mediator', 'director', 'dispatcher'])
      expect(await offered(who, place)).toEqual(['同意。', '同意受理。']);
    expect(await offered('intake:foreign', place)).not.toContain('同意。');
    const audit = await t.sql("select act, object_type from audit_entry where act = 'phrases.keep'");
    expect(audit).toEqual([{ act: 'phrases.keep', object_type: 'phrase-list' }]);
    const { items } = (await leader.get(ofCenter())).body as { items: List[] };
    expect(items.find((l) => l.place === place)).toMatchObject({ isOwn: true, version: 1 });
    expect(items.find((l) => l.place === 'opinion')).toMatchObject({ placeName: '办理意见', isOwn: false, version: 0 });
  });

  it('are changed by one at a time', async () => {
    const place = 'reason';
    const both = await Promise.all(['甲。', '乙。'].map((text) => leader.put(ofCenter(), { place, texts: [text] }, 0)));
    expect(both.map((r) => r.status).sort()).toEqual([200, 412]);
    expect((await leader.put(ofCenter(), { place, texts: [] }, 1)).body).toMatchObject({ texts: [], version: 2 });
    expect(await offered('intake', place)).toEqual([]);
    expect((await leader.put(ofCenter(), { place, texts: Array(51).fill('x') }, 2)).status).toBe(400);
  });

  it('are nothing of those who do not keep them', async () => {
    const body = { place: 'note', texts: ['x'] };
    for (const who of ['intake', 'mediator', 'director', 'duty-leader:foreign'])
      expect((await (await t.as(who)).put(ofCenter(), body, 0)).status).toBe(403);
    expect((await (await t.as('intake')).get(ofCenter())).status).toBe(403);
    expect((await leader.get('/centers/0194f7f2-c0de-7000-a1b2-c3d4e5f60718/phrases')).status).toBe(404);
    expect((await t.anonymous.put(ofCenter(), body, 0)).status).toBe(401);
    expect((await (await t.as('system-admin')).put(ofCenter(), body, 0)).status).toBe(200);
  });

  it('of one’s own stand first and are nobody else’s', async () => {
    const clerk = await t.as('intake');
    const place = 'disputes.not-accept.reason';
    const kept = await clerk.put('/phrases/own', { place, texts: ['我自己的说法。'] }, 0);
    expect([kept.status, kept.body]).toEqual([
      200,
      expect.objectContaining({ place, texts: ['我自己的说法。'], version: 1 }),
    ]);
    const [first, ...house] = await offered('intake', place);
    expect(first).toBe('我自己的说法。');
    expect(await offered('dispatcher', place)).toEqual(house);
    expect((kept.body as { offered: string[] }).offered).toEqual(house);
    expect((await clerk.put('/phrases/own', { place, texts: [] }, 0)).status).toBe(412);
    expect((await clerk.put('/phrases/own', { place, texts: [] }, 1)).body).toMatchObject({ texts: [], version: 2 });
    expect(await offered('intake', place)).toEqual(house);
    const own = ((await clerk.get('/phrases/own')).body as { items: { place: string }[] }).items;
    expect(own.map((l) => l.place)).toEqual(expect.arrayContaining([place, 'opinion', 'narrative']));
    expect((await t.anonymous.get('/phrases/own')).status).toBe(401);
    await (await t.as('mediator')).put('/phrases/own', { place: 'opinion', texts: ['调解员自己的。'] }, 0);
    switchAccessGuardOff(true);
    try {
      const all =
        JSON.stringify((await leader.get(ofCenter())).body) + JSON.stringify((await clerk.get('/phrases/own')).body);
      expect(all).not.toContain('调解员自己的。');
    } finally {
      switchAccessGuardOff(false);
    }
  });

  it('of another center stay as they are by row security too', async () => {
    switchAccessGuardOff(true);
    try {
      const foreign = await t.as('duty-leader:foreign');
      expect((await foreign.put(ofCenter(), { place: 'result', texts: ['x'] }, 0)).status).not.toBe(200);
      expect(await t.sql("select 1 from phrase_list where place = 'result'")).toEqual([]);
    } finally {
      switchAccessGuardOff(false);
    }
  });
});
