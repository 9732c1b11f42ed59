import { OutboxDispatcher, uuidv7 } from '../../../src/platform/database';
import { aMatter } from '../../support/builders';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { codeOf, expectStatus } from '../summons/stage';

interface HandOverShown {
  readonly id: string;
  readonly state: string;
  readonly matterCount: number;
  readonly leaverSignedAt: string | null;
  readonly successorSignedAt: string | null;
  readonly waitsForMe: boolean;
  readonly allowedActs: string[];
  readonly version: number;
}
interface Pack extends HandOverShown {
  readonly matters: {
    readonly disputeId: string;
    readonly number: string;
    readonly dutyNames: string[];
    readonly standing: string[];
    readonly outcomeName: string | null;
  }[];
}

describe('handing over what somebody has in hand (real PostgreSQL, real HTTP)', () => {
  let t: TestApp;
  let director: Caller;
  let mediator: Caller;
  let second: Caller;
  let admin: Caller;
  let matter: string;
  const posting = uuidv7();
  let center: string;

  beforeAll(async () => {
    t = await startTestApp();
    center = t.world.centerId;
    matter = (await aMatter(t).assigned()).id;
    await t.sql(
      `insert into posting (id, account_id, center_id, home_organization, residency, valid_from)
         values ($1, $2, $3, '新城区司法局', 'resident', '2026-01-01')`,
      [posting, t.world.account('mediator').id, center],
    );
    [director, mediator, second, admin] = [
      await t.as('director'),
      await t.as('mediator'),
      await t.as('mediator-2'),
      await t.as('system-admin'),
    ];
  });
  afterAll(() => t.close());

  const handOver = (from: string, to: string, more: object = {}) => ({
    leaverId: t.world.account(from).id,
    successorId: t.world.account(to).id,
    leavesOn: '2099-01-01',
    reason: '轮驻期满，回原单位工作',
    ...more,
  });
  const made = async (from: string, to: string): Promise<string> => {
    const reply = expectStatus(await director.post(`/centers/${center}/hand-overs`, handOver(from, to)), 201);
    return (reply.body as { id: string }).id;
  };
  const pack = async (caller: Caller, id: string): Promise<Pack> =>
    expectStatus(await caller.get(`/hand-overs/${id}`), 200).body as Pack;
  const sign = (caller: Caller, id: string, isChecked = true) =>
    caller.post(`/hand-overs/${id}/signature`, { isChecked });
  const endPosting = () => admin.post(`/postings/${posting}/ending`, { endsOn: '2098-12-31', reason: '轮驻期满' });

  it('keeps a posting from ending over matters in hand, and moves them when both have signed', async () => {
    expect(codeOf(await endPosting())).toEqual([409, 'organizations.hand-over-first']);
    expect((await second.get(`/disputes/${matter}`)).status).toBe(404);

    const id = await made('mediator', 'mediator-2');
    const seen = await pack(second, id);
    expect(seen).toMatchObject({ state: 'open', matterCount: 1, waitsForMe: true });
    expect(seen.matters[0]).toMatchObject({ disputeId: matter, outcomeName: null });
    expect(seen.matters[0]?.dutyNames).toEqual(expect.arrayContaining(['调解主持人', '承办人']));
    expect(seen.matters[0]?.standing.join()).toMatch(/进度：.*下一步：.*时限：调解期限到/s);
    for (const key of ['dispatcher', 'recorder', 'liaison', 'director:foreign'])
      expect([403, 404]).toContain((await (await t.as(key)).get(`/hand-overs/${id}`)).status);
    expect((await director.get(`/hand-overs/${id}`)).status).toBe(200);
    expect((await sign(director, id)).status).toBe(403);

    expect(codeOf(await sign(mediator, id, false))).toEqual([422, 'hand-overs.not-checked']);
    expectStatus(await sign(mediator, id), 201);
    expect(codeOf(await sign(mediator, id))).toEqual([409, 'hand-overs.signed-already']);
    // One signature moves nothing.
    expect((await mediator.get(`/disputes/${matter}`)).status).toBe(200);
    expect(codeOf(await endPosting())).toEqual([409, 'organizations.hand-over-first']);

    expect(expectStatus(await sign(second, id), 201).body).toMatchObject({ state: 'done' });
    expect((await second.get(`/disputes/${matter}`)).status).toBe(200);
    expect((await mediator.get(`/disputes/${matter}`)).status).toBe(404);
    const serving = await t.sql<{ account: string; capacity: string }>(
      'select account_id as account, capacity from assignment where dispute_id = $1 and ended_at is null and capacity = $2',
      [matter, 'host'],
    );
    expect(serving).toEqual([{ account: t.world.account('mediator-2').id, capacity: 'host' }]);
    const [row] = await t.sql('select handler_account_id as handler from dispute where id = $1', [matter]);
    expect(row).toEqual({ handler: t.world.account('mediator-2').id });
    const timeline = await t.sql<{ act: string }>(
      "select act from dispute_event where dispute_id = $1 and act in ('hand-overs.move', 'assignments.replace') order by act",
      [matter],
    );
    expect(timeline.map((e) => e.act)).toEqual(['assignments.replace', 'hand-overs.move']);
    expect((await pack(second, id)).matters[0]?.outcomeName).toBe('已移交');
    expectStatus(await endPosting(), 201);

    await t.app.get(OutboxDispatcher).drain();
    const rung = await t.sql<{ account: string }>(
      "select distinct account_id as account from notification where text like '%工作交接%'",
    );
    expect(rung.map((r) => r.account).sort()).toEqual(
      ['mediator', 'mediator-2'].map((key) => t.world.account(key).id).sort(),
    );
    const paper = await second.get(`/hand-overs/${id}/paper`);
    expect(paper.status).toBe(200);
    const audited = await t.sql<{ act: string }>('select act from audit_entry where object_id = $1 order by seq', [id]);
    expect(audited.map((a) => a.act)).toEqual(
      expect.arrayContaining(['hand-overs.make', 'hand-overs.read', 'hand-overs.sign', 'hand-overs.print']),
    );
  });

  it('passes without the leaver only by the director, with a reason that is counted; the successor still signs', async () => {
    const id = await made('mediator-2', 'mediator');
    const dutyLeader = await t.as('duty-leader');
    const body = { ground: 'ill', reason: '突发疾病住院，短期内不能到岗。' };
    expect((await dutyLeader.post(`/hand-overs/${id}/override`, body)).status).toBe(403);
    expect((await second.post(`/hand-overs/${id}/override`, body)).status).toBe(403);
    expectStatus(await director.post(`/hand-overs/${id}/override`, body), 201);
    expect(codeOf(await sign(second, id))).toEqual([409, 'hand-overs.signed-already']);
    expect((await second.get(`/disputes/${matter}`)).status).toBe(200);
    expect(expectStatus(await sign(mediator, id), 201).body).toMatchObject({ state: 'done' });
    expect((await mediator.get(`/disputes/${matter}`)).status).toBe(200);
    expect(expectStatus(await director.get('/hand-overs'), 200).body).toMatchObject({ overridden: 1 });
  });

  it('is made anew when matters come, signed anew, or cancelled; nobody takes over who could not serve', async () => {
    const foreign = handOver('mediator', 'mediator:foreign');
    const refusal = await director.post(`/centers/${center}/hand-overs`, foreign);
    expect(codeOf(refusal)).toEqual([409, 'hand-overs.successor-unfit']);
    const dispatcher = await t.as('dispatcher');
    expect((await dispatcher.post(`/centers/${center}/hand-overs`, handOver('mediator', 'mediator-2'))).status).toBe(
      403,
    );

    const reply = expectStatus(
      await mediator.post(`/centers/${center}/hand-overs`, handOver('mediator', 'mediator-2')),
      201,
    );
    const { id } = reply.body as { id: string };
    expect(codeOf(await director.post(`/centers/${center}/hand-overs`, handOver('mediator', 'mediator-2')))).toEqual([
      409,
      'hand-overs.open',
    ]);
    expectStatus(await sign(mediator, id), 201);
    const later = (await aMatter(t).assigned()).id;
    expectStatus(await director.post(`/hand-overs/${id}/renewal`), 201);
    const anew = await pack(mediator, id);
    expect(anew).toMatchObject({ matterCount: 2, leaverSignedAt: null, waitsForMe: true });
    expect(anew.matters.map((m) => m.disputeId).sort()).toEqual([matter, later].sort());
    expectStatus(await director.post(`/hand-overs/${id}/cancellation`, { reason: '不再调整岗位' }), 201);
    expect(codeOf(await sign(mediator, id))).toEqual([409, 'hand-overs.over']);
    expect((await pack(mediator, id)).allowedActs).toEqual([]);
  });
});
