import { ClimbLadder } from '../../../src/modules/supervision';
import { OutboxDispatcher } from '../../../src/platform/database';
import { aMatter, must } from '../../support/builders';
import { aRegisteredMatter } from '../../support/matters';
import { aSlip, atPortal } from '../../support/slips';
import { type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aSeal, onScreen } from '../agreements/stage';
import { aMatterInProgress, aWhistle, onDuty, taskOf } from '../summons/stage';

interface Message {
  readonly id: string;
  readonly kind: string;
  readonly kindName: string;
  readonly text: string;
  readonly isRead: boolean;
  readonly disputeId: string | null;
  readonly taskId: string | null;
  readonly number: string | null;
}

describe('the bell (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  const bell = async (key: string, query = ''): Promise<readonly Message[]> =>
    must<{ items: readonly Message[] }>(await (await onDuty(t, key)).get(`/notifications?limit=100${query}`), 200)
      .items;
  const unread = async (key: string): Promise<number> =>
    must<{ unread: number }>(await (await onDuty(t, key)).get('/notifications/unread-count'), 200).unread;
  const deliver = async (): Promise<void> => {
    await t.app.get(OutboxDispatcher).drain();
  };
  const about = async (key: string, disputeId: string): Promise<string[]> =>
    (await bell(key)).filter((m) => m.disputeId === disputeId).map((m) => m.text);

  it('tells a mediator of the assignment and of the session, and not the one who did it', async () => {
    const { id } = await aMatter(t).assigned();
    t.clock.advance(1000);
    const start = new Date('2026-09-21T09:00:00+08:00');
    must(
      await (
        await t.as('mediator')
      ).post(`/disputes/${id}/sessions`, {
        startsAt: start.toISOString(),
        endsAt: new Date(start.getTime() + 3_600_000).toISOString(),
        mode: 'on-site',
        place: '综治中心第二调解室',
      }),
      201,
    );
    await deliver();
    expect(await about('mediator', id)).toEqual(['您被指派参与办理']);
    expect(await about('recorder', id)).toEqual([
      '已安排调解会，时间：9月21日 09:00，地点：综治中心第二调解室',
      '您被指派参与办理',
    ]);
    const triaged = await aMatter(t).triaged();
    await deliver();
    expect(await about('committee-director', triaged.id)).toEqual(['有新的事项研判为由本调委会调解，请受理']);
    expect(await about('dispatcher', triaged.id)).toEqual([]);
    expect(await about('dispatcher', id)).toEqual([]);
    const [message] = await bell('mediator');
    expect(message).toEqual({
      id: expect.any(String) as string,
      kind: 'assignment',
      kindName: '指派',
      text: '您被指派参与办理',
      at: expect.any(String) as string,
      isRead: false,
      disputeId: id,
      taskId: null,
      number: expect.stringContaining('人调字') as string,
    });
  });

  it('rings once, however often the message is delivered', async () => {
    const before = (await bell('recorder')).length;
    await t.sql('update outbox_message set delivered_at = null, available_at = created_at');
    await deliver();
    expect(await bell('recorder')).toHaveLength(before);
  });

  it('tells an agency of its whistle by the task alone, the desk of the answer, and both of a clock that has run out', async () => {
    const id = await aMatterInProgress(t);
    const [a0, a1] = t.world.agencyIds;
    const whistle = await aWhistle(t, id, [
      { agencyId: a0, role: 'lead' },
      { agencyId: a1, role: 'assist' },
    ]);
    await deliver();
    const task = taskOf(whistle, a0);
    const other = taskOf(whistle, a1);
    expect((await bell('liaison'))[0]).toMatchObject({
      kind: 'summons',
      text: '中心吹哨，请在时限内签收',
      disputeId: null,
      taskId: task.id,
      number: whistle.number,
    });
    expect((await bell('liaison-2'))[0]).toMatchObject({ taskId: other.id });
    expect(await bell('liaison-3')).toEqual([]);
    expect(await bell('liaison:foreign')).toEqual([]);

    t.clock.advance(1000);
    must(await (await onDuty(t, 'liaison')).post(`/summons-tasks/${task.id}/signature`), 201);
    await deliver();
    expect(await about('dispatcher', id)).toEqual(['部门已签收吹哨单']);
    expect(await about('mediator', id)).toEqual(['部门已签收吹哨单']);

    const ladder = t.app.get(ClimbLadder);
    expect(await ladder.turn()).toBe(0);
    t.clock.advance(3_600_000);
    // The reminder was overtaken by the urging.
    expect(await ladder.turn()).toBe(2);
    expect(await ladder.turn()).toBe(0);
    await deliver();
    const overdue = '吹哨任务已逾期，系统已催办，请立即办理并答复';
    expect((await bell('liaison-2'))[0]).toMatchObject({ kind: 'overdue', text: overdue, taskId: other.id });
    expect((await bell('liaison')).map((m) => m.text)).not.toContain(overdue);
    expect((await about('dispatcher', id))[0]).toBe(overdue);
  });

  it('brings a copy, counts what is unread and marks it as read, one or all, one’s own only', async () => {
    const id = await aRegisteredMatter(t);
    for (const key of ['supervisor', 'archivist']) {
      must(
        await (
          await onDuty(t, 'dispatcher')
        ).post(`/disputes/${id}/copies`, { colleagueId: t.world.account(key).id, reason: '请知悉。' }),
        201,
      );
    }
    await deliver();
    expect(await unread('supervisor')).toBe(1);
    const [message] = await bell('supervisor');
    expect(message).toMatchObject({ kind: 'copy', disputeId: id, isRead: false });
    const archivist = await onDuty(t, 'archivist');
    expect((await archivist.post(`/notifications/${message?.id ?? ''}/reading`)).status).toBe(404);
    expect(await unread('supervisor')).toBe(1);
    const supervisor = await onDuty(t, 'supervisor');
    expect(must(await supervisor.post(`/notifications/${message?.id ?? ''}/reading`), 200)).toEqual({ marked: 1 });
    expect(must(await supervisor.post(`/notifications/${message?.id ?? ''}/reading`), 200)).toEqual({ marked: 0 });
    expect(await unread('supervisor')).toBe(0);
    expect((await bell('supervisor'))[0]?.isRead).toBe(true);
    expect(await bell('supervisor', '&isUnread=true')).toEqual([]);

    const dispatcherBefore = await unread('dispatcher');
    expect(must(await archivist.post('/notifications/reading'), 200)).toEqual({ marked: 1 });
    expect(await unread('archivist')).toBe(0);
    expect(await unread('dispatcher')).toBe(dispatcherBefore);
    expect(await t.sql("select act from audit_entry where act like 'notifications.%' order by at, seq")).toEqual([
      { act: 'notifications.mark-read' },
      { act: 'notifications.mark-read' },
      { act: 'notifications.mark-all-read' },
    ]);
  });

  it('tells who handles a matter what its parties answer online, and no colleague elsewhere', async () => {
    const intake = await t.as('intake');
    const { id, partyIds } = await aMatter(t).accepted();
    await t.sql('update dispute set handler_account_id = $2 where id = $1', [id, t.world.account('duty-leader').id]);
    const one = await atPortal(t, await aSlip(t, intake, id, partyIds[0]));
    must(await one.post('/portal/consent', { answer: 'agreed' }), 200);
    await deliver();
    expect(await about('duty-leader', id)).toEqual(['有当事人在线表示同意调解']);
    t.clock.advance(1000);
    const other = await atPortal(t, await aSlip(t, intake, id, partyIds[1]));
    must(await other.post('/portal/consent', { answer: 'refused' }), 200);
    await deliver();
    expect((await about('duty-leader', id))[0]).toBe('有当事人在线表示不同意调解，请查看');
    expect(await about('committee-director', id)).toContain('有当事人在线表示不同意调解，请查看');
    expect(await about('mediator', id)).toEqual([]);

    t.clock.advance(1000);
    must(await one.post('/portal/rating', { score: 5 }), 200);
    await deliver();
    expect(await about('follow-up', id)).toEqual(['收到当事人的服务评价，请查看']);
    expect(await about('supervisor', id)).toEqual(['收到当事人的服务评价，请查看']);
    // Those who are rated hear nothing of it.
    expect(await about('duty-leader', id)).toHaveLength(2);
    expect(await about('committee-director', id)).not.toContain('收到当事人的服务评价，请查看');
  });

  it('tells the mediator of a signature by link, and of a refusal, with nobody’s name', async () => {
    await aSeal(t);
    const mediator = await onDuty(t, 'mediator');
    const { id, partyIds } = await aMatter(t).agreed();
    const drafted = must<Standing>(
      await mediator.post(`/disputes/${id}/agreements`, {
        kind: 'written',
        facts: '双方就楼上漏水发生争议。',
        responsibilities: '双方确认漏水属实。',
        clauses: ['一方修好水管，另一方不再追究。'],
        obligations: [
          {
            kind: 'act',
            obligorId: partyIds[0],
            obligeeId: partyIds[1],
            content: '修好水管',
            dueOn: '2026-12-01',
            place: '光明社区2号楼',
            manner: '自行修理',
          },
        ],
      }),
      201,
    );
    const agreementId = drafted.id;
    const standing = must<Standing>(
      await mediator.post(`/agreements/${agreementId}/freezing`, {}, { ifMatch: drafted.version }),
      200,
    );
    const agreedOn = t.clock.at().toISOString().slice(0, 10);
    await mediator.post(`/agreements/${agreementId}/electronic-consents`, { partyIds, agreedOn });
    const link = async (slot: string): Promise<string> =>
      must<{ token: string }>(
        await mediator.post(`/agreements/${agreementId}/signing-links`, {
          slot,
          expiresAt: new Date(t.clock.at().getTime() + 3_600_000).toISOString(),
          identityCheck: 'phone-confirmed',
          identityNote: '拨打登记的手机核对',
        }),
        201,
      ).token;
    const [first, second] = [await link('party-1'), await link('party-2')];
    t.clock.advance(1000);
    must(await t.link(first).post('/signing/signature', onScreen(t, standing.contentHash)), 200);
    await deliver();
    expect((await about('mediator', id))[0]).toBe('有当事人通过链接签署了协议，请查看');
    expect((await about('recorder', id))[0]).toBe('有当事人通过链接签署了协议，请查看');
    expect(await about('committee-director', id)).not.toContain('有当事人通过链接签署了协议，请查看');
    t.clock.advance(1000);
    must(await t.link(second).post('/signing/refusal', { contentHash: standing.contentHash, reason: '再想想。' }), 200);
    await deliver();
    expect((await about('mediator', id))[0]).toBe('有当事人拒签协议，请处理');
  });

  it('shows no way to a matter that the reader no longer sees, and nothing to nobody', async () => {
    const { id } = await aMatter(t).assigned();
    await deliver();
    expect(await about('mediator', id)).toContain('您被指派参与办理');
    await t.sql('update dispute_access set ends_at = starts_at where dispute_id = $1 and account_id = $2', [
      id,
      t.world.account('mediator').id,
    ]);
    expect(await about('mediator', id)).toEqual([]);
    expect((await bell('mediator')).some((m) => m.disputeId === null && m.number === null)).toBe(true);
    for (const path of ['/notifications', '/notifications/unread-count']) {
      expect((await t.anonymous.get(path)).status).toBe(401);
    }
    expect((await t.anonymous.post('/notifications/reading')).status).toBe(401);
    expect((await (await t.as('mediator')).get('/notifications?cursor=x')).status).toBe(400);
  });
});
