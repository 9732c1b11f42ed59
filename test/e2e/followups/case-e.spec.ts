import { must } from '../../support/builders';
import { TWO_PARTIES, partiesOf } from '../../support/parties';
import { aSlip, atPortal } from '../../support/slips';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { ANSWERS, aWhistle, codeOf, dueOf, onDuty, read, taskOf } from '../summons/stage';

const DAY = 86_400_000;
const UPSTREAM = '12345-20260918-0098';

/** Case E: an order of the hotline comes without its papers, an agency is late, the party rates, the number is answered. */
describe('case E, from the order to the rating (real PostgreSQL, real HTTP; fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let dispatcher: Caller;
  let party: Caller;
  let id: string;

  beforeAll(async () => {
    t = await startTestApp();
    [intake, dispatcher] = await Promise.all([onDuty(t, 'intake'), onDuty(t, 'dispatcher')]);
  });
  afterAll(() => t.close());

  const register = async (title: string): Promise<string> =>
    must<{ id: string }>(
      await intake.post('/disputes', {
        centerId: t.world.centerId,
        channel: 'hotline',
        upstreamNumber: UPSTREAM,
        title,
        narrative: '小区水压不足已经一个月，多次反映没有人来看，请求尽快处理。',
        parties: TWO_PARTIES,
      }),
      201,
    ).id;

  it('tells once, on paper, what is missing; the party signs for it on the phone; it is supplied', async () => {
    id = await register('小区水压不足');
    const notice = must<{ id: string }>(
      await intake.post(`/disputes/${id}/one-time-notices`, {
        items: [{ name: '住户名单', note: '写明楼号和门牌' }],
        form: 'paper',
        dueOn: '2026-09-25',
      }),
      201,
    );
    const [first] = await partiesOf(intake, id);
    party = await atPortal(t, await aSlip(t, intake, id, first?.id));
    must(await party.post(`/portal/one-time-notices/${notice.id}/receipt`), 200);
    must(await intake.post(`/disputes/${id}/one-time-notices/${notice.id}/supplement`, {}), 200);
  });

  it('is sent to the agency, which is late: urged, overseen; then it signs, answers the oversight and feeds back', async () => {
    must(
      await dispatcher.post(`/disputes/${id}/triage`, { nature: 'other', route: 'agency', isDuplicateChecked: true }),
      200,
    );
    must(await dispatcher.post(`/disputes/${id}/undertaking`, {}), 200);
    const [agencyId] = t.world.agencyIds;
    const whistle = await aWhistle(t, id, [{ agencyId, role: 'lead' }], { attendanceRequired: false });
    const taskId = taskOf(whistle, agencyId).id;
    t.clock.advanceDays(4);
    expect(dueOf(taskOf(await read(dispatcher, whistle.id), agencyId), 'sign')).toMatchObject({
      metAt: null,
      isLate: true,
    });
    const supervisor = await onDuty(t, 'supervisor');
    must(await supervisor.post(`/summons-tasks/${taskId}/urgings`, { reason: '请立即签收并联系当事人。' }), 201);
    const { id: oversightId } = must<{ id: string }>(
      await supervisor.post(`/summons-tasks/${taskId}/oversights`, {
        reason: '吹哨已超过时限，请说明原因，明确办结时间。',
        answerDueOn: new Date(t.clock.at().getTime() + 3 * DAY).toISOString().slice(0, 10),
      }),
      201,
    );
    const liaison = await onDuty(t, 'liaison');
    must(await liaison.post(`/summons-tasks/${taskId}/signature`, {}), 201);
    must(
      await liaison.post(`/supervisions/${oversightId}/answers`, { answer: '人员外出，已派人到场，三日内反馈。' }),
      200,
    );
    must(await liaison.post(`/summons-tasks/${taskId}/contacts`, { method: 'phone', note: '已与反映人通话。' }), 201);
    must(await liaison.post(`/summons-tasks/${taskId}/handling`, {}), 201);
    must(await liaison.post(`/summons-tasks/${taskId}/feedback`, ANSWERS), 201);
    must(await dispatcher.post(`/summons-tasks/${taskId}/confirmation`, { opinion: '反馈属实。' }), 201);
    must(await dispatcher.post(`/summons-tasks/${taskId}/rating`, { effect: 90, remark: '答复清楚。' }), 201);
    must(
      await (await onDuty(t, 'follow-up')).post(`/summons-tasks/${taskId}/party-rating`, { satisfaction: 'satisfied' }),
      201,
    );
    must(await dispatcher.post(`/summons-tasks/${taskId}/closing`), 201);
  });

  it('is closed by the party’s own word, rated by its link, and the number of the platform is answered', async () => {
    const leader = await onDuty(t, 'duty-leader');
    const closing = { outcome: 'solved', summary: '管网已经修复，水压恢复。' };
    expect(codeOf(await leader.post(`/disputes/${id}/closing`, closing))).toEqual([422, 'disputes.party-not-asked']);
    const [first] = await partiesOf(intake, id);
    party = await atPortal(t, await aSlip(t, intake, id, first?.id));
    must(await party.post('/portal/outcome', { isSolved: true, words: '水压好了。' }), 200);
    must(await leader.post(`/disputes/${id}/closing`, closing), 200);
    must(await party.post('/portal/rating', { score: 4, words: '来得晚了点，修得快。' }), 200);
    // Neither the desk nor the agency: somebody else reads what was rated.
    expect((await dispatcher.get(`/disputes/${id}/ratings`)).status).toBe(403);
    const reply = { method: 'platform', content: '管网已经修复，反映人在查询页确认解决。' };
    expect(codeOf(await (await t.as('mediator')).post(`/disputes/${id}/upstream-replies`, reply))[0]).toBe(404);
    must(await dispatcher.post(`/disputes/${id}/upstream-replies`, reply), 200);
    const course = must<{ upstreamReplies: object[] }>(await dispatcher.get(`/disputes/${id}/course`), 200);
    expect(course.upstreamReplies).toMatchObject([{ upstreamNumber: UPSTREAM, ...reply }]);
    await expect(t.sql('delete from upstream_reply where dispute_id = $1', [id])).rejects.toThrow();
  });

  it('comes again within thirty days: the closed matter is taken up again, and the closing no longer counts', async () => {
    t.clock.advanceDays(20);
    const again = await register('小区又停水');
    const order = { intoId: id, reason: '同一反映人就同一小区水压再次来电，反映又停水。' };
    expect((await intake.post(`/disputes/${again}/repetition`, order)).status).toBe(403);
    expect(codeOf(await dispatcher.post(`/disputes/${again}/repetition`, { ...order, intoId: again }))).toEqual([
      422,
      'disputes.merge-with-itself',
    ]);
    must(await dispatcher.post(`/disputes/${again}/repetition`, order), 200);
    expect(await t.sql('select state, volume, outcome from dispute where id = $1', [id])).toEqual([
      { state: 'reopened', volume: 2, outcome: null },
    ]);
    expect(await t.sql('select state, merged_into_id as into from dispute where id = $1', [again])).toEqual([
      { state: 'merged', into: id },
    ]);
    const { reopenings } = must<{ reopenings: object[] }>(await dispatcher.get(`/disputes/${id}/course`), 200);
    expect(reopenings).toMatchObject([{ reasonCode: 'repetition', volume: 2, previousOutcome: 'solved' }]);
  });

  it.each([
    [30, 200],
    [31, 422],
  ])('%i days after the closing it is answered %i: later it is another matter', async (days, status) => {
    const closed = await register('小区水管爆裂');
    must(
      await dispatcher.post(`/disputes/${closed}/triage`, {
        nature: 'consultation',
        route: 'answer',
        isDuplicateChecked: true,
      }),
      200,
    );
    must(await intake.post(`/disputes/${closed}/answer`, { content: '已经告知抢修电话和时间。' }), 200);
    const words = { outcome: 'answered', summary: '已经答复。', confirmedBy: 'phone', partyWords: '知道了。' };
    must(await (await onDuty(t, 'duty-leader')).post(`/disputes/${closed}/closing`, words), 200);
    t.clock.advanceDays(days);
    const again = await register('小区水管又爆裂');
    const reply = await dispatcher.post(`/disputes/${again}/repetition`, { intoId: closed, reason: '同一处水管。' });
    expect(reply.status).toBe(status);
  });
});
