import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';

interface Refusal {
  readonly code: string;
  readonly current?: {
    readonly version: number;
    readonly changes: readonly {
      readonly actorName: string;
      readonly isOwn: boolean;
      readonly actName: string;
      readonly stateName: string | null;
      readonly at: string;
    }[];
  };
}

/** What somebody is told whom another has overtaken. Real application and PostgreSQL. */
describe('an act on an older version', () => {
  let t: TestApp;
  let mediator: Caller;
  let clerk: Caller;
  let matter: BuiltMatter;
  beforeAll(async () => {
    t = await startTestApp();
    [mediator, clerk] = [await t.as('mediator'), await t.as('intake')];
    matter = await aMatter(t).assigned();
  });
  afterAll(async () => {
    await t.close();
  });

  const versionOf = async (path: string): Promise<number> =>
    must<{ version: number }>(await clerk.get(path), 200).version;
  const refused = async (reply: Promise<{ status: number; body: unknown }>): Promise<Refusal> => {
    const { status, body } = await reply;
    expect(status).toBe(412);
    return body as Refusal;
  };

  it('learns who changed a matter, when and into what, the latest first', async () => {
    const path = `/disputes/${matter.id}`;
    const read = await versionOf(path);
    must(await clerk.post(`${path}/amendments`, { headcount: 3 }), 200);
    t.clock.advance(60_000);
    const pause = { ground: 'appraisal', reason: '委托评估。' };
    must(await mediator.post(`${path}/mediation/suspension`, pause), 200);
    const refusal = await refused(clerk.post(`${path}/amendments`, { headcount: 4 }, { ifMatch: read }));
    expect(refusal.code).toBe('stale-version');
    expect(refusal.current?.version).toBe(await versionOf(path));
    expect(refusal.current?.changes.slice(0, 2)).toMatchObject([
      { actorName: '刘调解', actName: '中止', isOwn: false, at: t.clock.at().toISOString() },
      { actorName: '王敏', actName: '补充登记内容', isOwn: true, stateName: '办理中' },
    ]);
    expect(refusal.current?.changes[0]?.stateName).not.toBeNull();
    // On the version that is told there it goes through.
    must(await clerk.post(`${path}/amendments`, { headcount: 4 }, { ifMatch: refusal.current?.version ?? 0 }), 200);
  });

  it('hears of changes alone, not of who has looked', async () => {
    const [id = ''] = matter.partyIds;
    const correction = { kind: 'person', side: 'applicant', name: '赵一鸣', reason: '核对。' };
    const read = await versionOf(`/parties/${id}`);
    for (const ifMatch of [read, read + 1]) {
      must(await clerk.post(`/parties/${id}/corrections`, correction, { ifMatch }), 200);
    }
    must(await mediator.post(`/parties/${id}/reveals`, { fields: ['phone'], purpose: '通知开会' }), 200);
    must(await mediator.get(`/parties/${id}`), 200);
    const refusal = await refused(mediator.post(`/parties/${id}/corrections`, correction, { ifMatch: read }));
    expect(refusal.current?.changes.map((one) => [one.actorName, one.actName, one.stateName])).toEqual([
      ['王敏', '更正当事人信息', null],
      ['王敏', '更正当事人信息', null],
    ]);
  });

  it('is told nothing where the act itself is not granted, nor of drafts', async () => {
    const path = `/disputes/${matter.id}/mediation/suspension`;
    const pause = { ground: 'appraisal', reason: '委托评估。' };
    for (const [key, status] of [
      ['archivist', 403],
      ['dispatcher:foreign', 404],
    ] as const) {
      const reply = await (await t.as(key)).post(path, pause, { ifMatch: 1 });
      expect([reply.status, (reply.body as Refusal).current]).toEqual([status, undefined]);
    }
    const draft = { title: '草稿', content: '{}', writer: 'w-000000000001', device: 'computer' };
    must(await clerk.put('/drafts/act:x', draft, 0), 200);
    const refusal = await refused(clerk.put('/drafts/act:x', draft, 7));
    expect(refusal.current).toEqual({ version: 1, changes: [] });
  });
});
