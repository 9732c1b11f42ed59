import { must } from '../../support/builders';
import { aRegisteredMatter, aTriagedMatter, anAcceptedMatter } from '../../support/matters';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';
import { aMatterInProgress, aWhistle, taskOf } from '../summons/stage';

interface Row {
  readonly clock: string;
  readonly light: string;
  readonly disputeId: string;
  readonly taskId: string | null;
  readonly holder: string;
  readonly distance: string;
  readonly title: string;
  readonly dueAt: string;
  readonly openSupervisionCount: number;
  readonly allowedActs: string[];
  readonly taskActs: string[];
}
interface Shown {
  readonly id: string;
  readonly state: string;
  readonly kind: string;
  readonly addresseeName: string;
  readonly isOverdue: boolean;
  readonly version: number;
  readonly allowedActs: string[];
}
interface Morning {
  readonly sentences: readonly {
    key: string;
    text: string;
    light: string;
    redCount: number;
    hiddenCount: number;
    items: readonly { disputeId: string }[];
  }[];
}
const codeOf = (reply: Reply): [number, string] => [reply.status, (reply.body as { code: string }).code];

describe('supervision (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let director: Caller;
  let mediator: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    director = await t.as('director');
    mediator = await t.as('mediator');
  });
  afterAll(() => t.close());

  const watch = async (
    caller: Caller,
    query = '',
  ): Promise<{ items: Row[]; nextCursor: string | null; hiddenCount: number }> =>
    must(await caller.get(`/supervision/watch-list${query}`), 200);
  const sealed = async (id: string): Promise<void> => {
    await t.sql('update dispute set is_sealed = true where id = $1', [id]);
  };

  describe('of a matter', () => {
    let id: string;
    beforeAll(async () => {
      id = await aMatterInProgress(t);
      await t.sql('update dispute set handler_account_id = $2 where id = $1', [id, t.world.account('mediator').id]);
    });

    it('is asked by a director, answered by the mediator, sent back, answered again and closed; each step on the timeline', async () => {
      const asked = must<Shown>(
        await director.post(`/disputes/${id}/oversights`, { reason: '说明进展', answerDueOn: '2026-09-21' }),
        201,
      );
      expect(asked).toMatchObject({ kind: 'oversight', state: 'open', addresseeName: '刘调解', isOverdue: false });
      expect(asked.allowedActs).toEqual(['supervisions.withdraw']);
      const path = `/supervisions/${asked.id}`;
      expect(codeOf(await director.post(`${path}/answers`, { answer: '自问自答' }))).toEqual([
        409,
        'supervisions.own-question',
      ]);
      // A clerk may answer for the desk but not end what the director has asked; the director not without an answer.
      expect(codeOf(await (await t.as('dispatcher')).post(`${path}/closing`, { opinion: '好' }))).toEqual([
        409,
        'supervisions.not-issuer',
      ]);
      expect(codeOf(await director.post(`${path}/closing`, { opinion: '好' }))).toEqual([
        409,
        'supervisions.unanswered',
      ]);
      expect(must<Shown>(await mediator.post(`${path}/answers`, { answer: '周五调解' }), 200).state).toBe('answered');
      expect(codeOf(await mediator.post(`${path}/answers`, { answer: '再答' }))).toEqual([
        409,
        'supervisions.wrong-state',
      ]);
      must(await director.post(`${path}/returns`, { reason: '没有说明原因' }), 200);
      must(await mediator.post(`${path}/answers`, { answer: '当事人出差，周五返回' }), 200);
      expect(must<Shown>(await director.post(`${path}/closing`, { opinion: '同意' }), 200)).toMatchObject({
        state: 'closed',
        allowedActs: [],
      });
      const { items } = must<{ items: { act: string; opinion: string }[] }>(
        await mediator.get(`/disputes/${id}/events`),
        200,
      );
      expect(items.filter((e) => e.act.startsWith('supervisions.')).map((e) => [e.act, e.opinion])).toEqual([
        ['supervisions.close', '同意'],
        ['supervisions.answer', '当事人出差，周五返回'],
        ['supervisions.return', '没有说明原因'],
        ['supervisions.answer', '周五调解'],
        ['supervisions.oversee', '说明进展'],
      ]);
      const audit = await t.sql<{ act: string }>(
        "select act from audit_entry where object_type = 'supervision' and object_id = $1 order by seq",
        [asked.id],
      );
      expect(audit.map((a) => a.act.slice('supervisions.'.length))).toEqual([
        'oversee',
        'answer',
        'return',
        'answer',
        'close',
      ]);
      const sent = await t.sql<{ topic: string }>(
        "select topic from outbox_message where payload ->> 'supervisionId' = $1",
        [asked.id],
      );
      expect(sent).toHaveLength(5);
    });

    it('is asked once at a time, not for a day gone by, and of two at once one is refused', async () => {
      const ask = (): Promise<Reply> => director.post(`/disputes/${id}/urgings`, { reason: '请抓紧' });
      const both = await Promise.all([ask(), ask()]);
      expect(both.map((r) => r.status).sort()).toEqual([201, 409]);
      expect(codeOf(await ask())).toEqual([409, 'supervisions.already-open']);
      expect(
        codeOf(await director.post(`/disputes/${id}/instructions`, { reason: '请研究', answerDueOn: '2026-09-17' })),
      ).toEqual([422, 'supervisions.due-past']);
      expect((await director.post(`/disputes/${id}/oversights`, { reason: '没有期限' })).status).toBe(400);
    });

    it('lets a leader take charge himself or name another leader of his centers', async () => {
      const charge = (leaderAccountId?: string): Promise<Reply> =>
        director.post(`/disputes/${id}/charges`, { reason: '由领导包案', leaderAccountId });
      expect(codeOf(await charge(t.world.account('director:foreign').id))).toEqual([
        422,
        'supervisions.no-such-leader',
      ]);
      expect(codeOf(await charge(t.world.account('mediator').id))).toEqual([422, 'supervisions.no-such-leader']);
      expect(must<Shown>(await charge(t.world.account('duty-leader').id), 201).addresseeName).toBe('孙值班');
    });

    it('refuses the unknown (401), those without the post (403) and what is not theirs to see (404)', async () => {
      const body = { reason: '请抓紧', answerDueOn: '2026-09-30' };
      const { items } = must<{ items: Shown[]; allowedActs: string[] }>(
        await director.get(`/disputes/${id}/supervisions`),
        200,
      );
      const one = items[0]?.id ?? '';
      expect((await t.anonymous.post(`/disputes/${id}/oversights`, body)).status).toBe(401);
      expect((await t.anonymous.get('/supervision/watch-list')).status).toBe(401);
      expect((await mediator.post(`/disputes/${id}/oversights`, body)).status).toBe(403);
      expect((await (await t.as('dispatcher')).post(`/disputes/${id}/oversights`, body)).status).toBe(403);
      expect((await mediator.get('/supervision/watch-list')).status).toBe(403);
      expect((await mediator.get('/supervision/morning')).status).toBe(403);
      expect((await (await t.as('director:foreign')).post(`/disputes/${id}/oversights`, body)).status).toBe(404);
      expect((await (await t.as('director:foreign')).get(`/supervisions/${one}`)).status).toBe(404);
      expect((await (await t.as('mediator-other')).post(`/supervisions/${one}/answers`, { answer: '答' })).status).toBe(
        404,
      );
      expect((await director.get(`/supervision/watch-list?centerId=${t.world.foreignCenterId}`)).status).toBe(404);
      expect((await director.get(`/supervision/morning?centerId=${t.world.foreignCenterId}`)).status).toBe(404);
      expect((await director.get('/supervision/watch-list?cursor=x')).status).toBe(400);
    });

    it('lists them with what each may do; what was begun by a center can be taken back by it', async () => {
      const urged = must<Shown>(
        await (await t.as('dispatcher')).post(`/disputes/${await aMatterInProgress(t)}/urgings`, { reason: '请抓紧' }),
        201,
      );
      const mine = must<{ items: Shown[] }>(
        await (await t.as('dispatcher')).get('/supervisions?isIssuedByMe=true'),
        200,
      );
      expect(mine.items.map((s) => s.id)).toEqual([urged.id]);
      const forMe = must<{ items: { addresseeName: string }[] }>(
        await mediator.get('/supervisions?isForMe=true&state=open'),
        200,
      );
      expect(new Set(forMe.items.map((s) => s.addresseeName))).toEqual(new Set(['刘调解']));
      expect(forMe.items.length).toBeGreaterThan(0);
      const first = must<{ items: Shown[]; nextCursor: string }>(await director.get('/supervisions?limit=2'), 200);
      const second = must<{ items: Shown[] }>(
        await director.get(`/supervisions?limit=2&cursor=${first.nextCursor}`),
        200,
      );
      expect(new Set([...first.items, ...second.items].map((s) => s.id)).size).toBe(4);
      must(await (await t.as('dispatcher')).post(`/supervisions/${urged.id}/withdrawal`, { opinion: '已办理' }), 200);
      expect(must<Shown>(await director.get(`/supervisions/${urged.id}`), 200).state).toBe('withdrawn');
    });
  });

  describe('of an agency', () => {
    it('is answered by the agency, which sees its own and nothing of the matter', async () => {
      const [a0, a1] = t.world.agencyIds;
      const id = await aMatterInProgress(t);
      const whistle = await aWhistle(t, id, [
        { agencyId: a0, role: 'lead' },
        { agencyId: a1, role: 'assist' },
      ]);
      const taskId = taskOf(whistle, a0).id;
      const liaison = await t.as('liaison');
      expect((await liaison.post(`/summons-tasks/${taskId}/urgings`, { reason: '催自己' })).status).toBe(403);
      const urged = must<Shown>(await director.post(`/summons-tasks/${taskId}/urgings`, { reason: '请立即签收' }), 201);
      expect(urged.addresseeName).toBe('新城区征收办');
      expect((await (await t.as('liaison-2')).get(`/supervisions/${urged.id}`)).status).toBe(404);
      expect((await (await t.as('liaison-2')).post(`/supervisions/${urged.id}/answers`, { answer: '答' })).status).toBe(
        404,
      );
      const listed = must<{ items: { id: string; title: string | null }[] }>(await liaison.get('/supervisions'), 200);
      expect(listed.items).toMatchObject([
        { id: urged.id, title: null, registrationNumber: null, allowedActs: ['supervisions.answer'] },
      ]);
      expect(
        must<Shown>(await liaison.post(`/supervisions/${urged.id}/answers`, { answer: '马上签收' }), 200).state,
      ).toBe('answered');
      expect((await liaison.post(`/supervisions/${urged.id}/closing`, { opinion: '好' })).status).toBe(403);
      must(await director.post(`/supervisions/${urged.id}/closing`, { opinion: '好' }), 200);
    });

    it('is not begun over a task that has ended', async () => {
      const id = await aMatterInProgress(t);
      const whistle = await aWhistle(t, id, [{ agencyId: t.world.agencyIds[0], role: 'lead' }]);
      must(await (await t.as('dispatcher')).post(`/summons/${whistle.id}/withdrawal`, { reason: '不再需要' }), 201);
      const taskId = taskOf(whistle, t.world.agencyIds[0]).id;
      expect(codeOf(await director.post(`/summons-tasks/${taskId}/urgings`, { reason: '请签收' }))).toEqual([
        409,
        'supervisions.task-over',
      ]);
    });
  });

  describe('by a leader himself', () => {
    it('is talked over: an interview has a day, is recorded by him and closed; a clerk begins none', async () => {
      const id = await aMatterInProgress(t);
      const asked = { reason: '多次催办仍无进展，请当面说明。', answerDueOn: '2026-12-25' };
      expect((await (await t.as('supervisor')).post(`/disputes/${id}/interviews`, asked)).status).toBe(403);
      const begun = must<Shown & { addresseeWords: string; isBySystem: boolean }>(
        await director.post(`/disputes/${id}/interviews`, asked),
        201,
      );
      expect(begun).toMatchObject({ kind: 'interview', state: 'open', isBySystem: false });
      expect(begun.addresseeWords).toMatch(/^由.+约谈新城区光明社区人民调解委员会，并登记约谈情况$/);
      expect(codeOf(await director.post(`/disputes/${id}/interviews`, asked))).toEqual([
        409,
        'supervisions.already-open',
      ]);
      expect(codeOf(await mediator.post(`/supervisions/${begun.id}/answers`, { answer: '答' }))).toEqual([
        409,
        'supervisions.leaders-task',
      ]);
      expect(codeOf(await director.post(`/supervisions/${begun.id}/closing`, { opinion: '好' }))).toEqual([
        409,
        'supervisions.unanswered',
      ]);
      must(await director.post(`/supervisions/${begun.id}/interview-record`, { record: '已约谈，本周五调解。' }), 200);
      expect(
        must<Shown>(await director.post(`/supervisions/${begun.id}/closing`, { opinion: '同意' }), 200).state,
      ).toBe('closed');
      const [a0] = t.world.agencyIds;
      const task = taskOf(await aWhistle(t, id, [{ agencyId: a0, role: 'lead' }]), a0);
      expect(must<Shown>(await director.post(`/summons-tasks/${task.id}/interviews`, asked), 201).addresseeName).toBe(
        '新城区征收办',
      );
    });

    it('is listed 挂牌 where it weighs: a leader decides that, a supervisor oversees day by day', async () => {
      const id = await aMatterInProgress(t);
      const asked = { reason: '久拖不决', answerDueOn: '2026-12-25' };
      const supervisor = await t.as('supervisor');
      expect(codeOf(await supervisor.post(`/disputes/${id}/oversights`, { ...asked, level: 'listed' }))).toEqual([
        403,
        'supervisions.listed-by-leaders',
      ]);
      expect(must<object>(await supervisor.post(`/disputes/${id}/oversights`, asked), 201)).toMatchObject({
        level: 'daily',
        kindName: '日常督办',
      });
      const other = await aMatterInProgress(t);
      expect(
        must<object>(await director.post(`/disputes/${other}/oversights`, { ...asked, level: 'listed' }), 201),
      ).toMatchObject({ level: 'listed', kindName: '挂牌督办' });
    });
  });

  describe('the red and yellow list and the morning', () => {
    it('names what is late, whose it is and by which clock, the earliest due first, in pages', async () => {
      const [a0] = t.world.agencyIds;
      const whistled = await aMatterInProgress(t);
      const taskId = taskOf(await aWhistle(t, whistled, [{ agencyId: a0, role: 'lead' }]), a0).id;
      const waiting = await anAcceptedMatter(t);
      const before = await watch(director, `?disputeId=${waiting}`);
      expect(before.items).toEqual([]);
      t.clock.advance(3 * 3_600_000);
      const unsigned = await watch(director, `?disputeId=${whistled}&clock=summons-sign`);
      expect(unsigned.items).toMatchObject([{ light: 'red', holder: '新城区征收办', taskId, clock: 'summons-sign' }]);
      expect(unsigned.items[0]?.distance).toMatch(/^已超期 /);
      expect(unsigned.items[0]?.taskActs).toEqual([
        'supervisions.urge-agency',
        'supervisions.oversee-agency',
        'supervisions.interview-agency',
      ]);
      expect((await watch(director, `?agencyId=${t.world.agencyIds[2]}`)).items).toEqual([]);
      // 2026-09-18 is a Friday: five days after acceptance consent is late, and before that it is near.
      t.clock.advanceDays(4);
      expect((await watch(director, `?disputeId=${waiting}&clock=consent`)).items).toMatchObject([{ light: 'yellow' }]);
      t.clock.advanceDays(1);
      const late = (await watch(director, `?disputeId=${waiting}&clock=consent`)).items;
      expect(late).toMatchObject([
        {
          light: 'red',
          allowedActs: [
            'supervisions.urge',
            'supervisions.oversee',
            'supervisions.interview',
            'supervisions.instruct',
            'supervisions.take-charge',
          ],
        },
      ]);

      const all = (await watch(director, '?limit=100')).items;
      expect(all.map((r) => r.dueAt)).toEqual(all.map((r) => r.dueAt).sort());
      const paged: Row[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = await watch(director, `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
        paged.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(paged).toEqual(all);
      expect((await watch(director, '?light=red&limit=100')).items).toEqual(all.filter((r) => r.light === 'red'));

      const morning = must<Morning>(await director.get('/supervision/morning'), 200);
      expect(morning.sentences).toHaveLength(10);
      for (const sentence of morning.sentences.filter((s) => s.key !== 'uncharged')) {
        expect([sentence.key, sentence.redCount]).toEqual([
          sentence.key,
          all.filter((r) => r.clock === sentence.key && r.light === 'red').length,
        ]);
      }
      expect(morning.sentences.find((s) => s.key === 'summons-sign')?.text).toContain('新城区征收办');
    });

    it('watches idle matters, supervisions without answer, transfers and red matters without a leader', async () => {
      const idle = await aTriagedMatter(t);
      const red = await aMatterInProgress(t, 'red');
      must(await director.post(`/disputes/${idle}/oversights`, { reason: '请说明', answerDueOn: '2026-09-24' }), 201);
      const sent = await aTriagedMatter(t, {}, { nature: 'other', route: 'grid', committeeId: undefined });
      must(
        await (
          await t.as('dispatcher')
        ).post(`/disputes/${sent}/sending-down`, { toUnitId: t.world.gridId, request: '请上门了解' }),
        200,
      );
      const uncharged = async (): Promise<string[]> =>
        must<Morning>(await director.get('/supervision/morning'), 200)
          .sentences.find((s) => s.key === 'uncharged')
          ?.items.map((i) => i.disputeId) ?? [];
      expect(await uncharged()).toContain(red);
      must(await director.post(`/disputes/${red}/charges`, { reason: '我来包案' }), 201);
      expect(await uncharged()).not.toContain(red);
      t.clock.advanceDays(12);
      const clocks = async (id: string): Promise<[string, string, string][]> =>
        (await watch(director, `?disputeId=${id}`)).items.map((r) => [r.clock, r.light, r.holder]);
      expect(await clocks(idle)).toEqual([
        ['answer', 'red', '新城区光明社区人民调解委员会'],
        ['idle', 'red', '新城区光明社区人民调解委员会'],
      ]);
      expect(await clocks(sent)).toEqual([
        ['transfer', 'red', '光明社区第三网格'],
        ['idle', 'red', '光明社区第三网格'],
      ]);
    });

    it('shows each center its own; a superior center those below; a sealed matter is counted and not shown', async () => {
      const street = must<{ id: string }>(
        await (
          await t.as('street-intake')
        ).post('/disputes', {
          centerId: t.world.streetCenterId,
          channel: 'visit',
          title: '街道事项',
          narrative: '街道登记的事项，尚未办理。',
        }),
        201,
      ).id;
      const hidden = await aRegisteredMatter(t);
      await sealed(hidden);
      t.clock.advanceDays(11);
      const seenBy = async (key: string, id: string): Promise<number> =>
        (await watch(await t.as(key), `?disputeId=${id}`)).items.length;
      const centersOf = async (key: string): Promise<string[]> =>
        must<{ items: { name: string }[] }>(await (await t.as(key)).get('/supervision/centers'), 200).items.map(
          (c) => c.name,
        );
      expect(await centersOf('director')).toEqual(['新城区综治中心', '通道街街道综治中心']);
      expect(await centersOf('supervisor')).toEqual(['新城区综治中心']);
      expect(await seenBy('director', street)).toBe(1);
      expect(await seenBy('street-duty-leader', street)).toBe(1);
      expect(await seenBy('supervisor', street)).toBe(0);
      expect(await seenBy('director:foreign', street)).toBe(0);
      expect(await watch(director, `?disputeId=${hidden}`)).toEqual({
        items: [],
        nextCursor: null,
        hiddenCount: 1,
        isFilling: false,
      });
      await t.sql(
        `insert into dispute_access (id, dispute_id, account_id, ground, starts_at)
           values (gen_random_uuid(), $1, $2, 'sealed-list', '2026-01-01')`,
        [hidden, t.world.account('director').id],
      );
      expect(await watch(director, `?disputeId=${hidden}`)).toMatchObject({
        hiddenCount: 0,
        items: [{ title: '（封存事项）' }],
      });
    });
  });
});
