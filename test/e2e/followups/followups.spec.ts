import { KeyRing } from '../../../src/platform/crypto';
import { isDrawn } from '../../../src/modules/disputes/application/close-dispute';
import { aMatter, must } from '../../support/builders';
import { aTriagedMatter } from '../../support/matters';
import { TWO_PARTIES, partiesOf } from '../../support/parties';
import { aSlip, atPortal } from '../../support/slips';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

interface PlannedVisit {
  readonly disputeId: string;
  readonly occasion: string;
  readonly dueOn: string;
  readonly light: string;
  readonly tries: number;
  readonly allowedActs: readonly string[];
}

const codeOf = (reply: Reply): [number, string] => [reply.status, (reply.body as { code: string }).code];
const DAY = 86_400_000;

describe('follow-ups and the party’s own word (real PostgreSQL, real HTTP; fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let leader: Caller;
  let clerk: Caller;
  let supervisor: Caller;

  beforeAll(async () => {
    t = await startTestApp();
    [intake, leader, clerk, supervisor] = await Promise.all([
      t.as('intake'),
      t.as('duty-leader'),
      t.as('follow-up'),
      t.as('supervisor'),
    ]);
  });
  afterAll(() => t.close());

  const visits = async (by: Caller, disputeId: string, query = ''): Promise<PlannedVisit[]> =>
    must<{ items: PlannedVisit[] }>(await by.get(`/follow-up-plans?limit=100${query}`), 200).items.filter(
      (v) => v.disputeId === disputeId,
    );
  /** A consultation that was answered at the counter; the party holds a slip. */
  const anAnswered = async (fields: object = {}): Promise<{ id: string; party: Caller }> => {
    const id = await aTriagedMatter(
      t,
      { parties: TWO_PARTIES, ...fields },
      { nature: 'consultation', route: 'answer', isDuplicateChecked: true },
    );
    must(await intake.post(`/disputes/${id}/answer`, { content: '物业费的收取标准已经当面说明。' }), 200);
    const [first] = await partiesOf(intake, id);
    return { id, party: await atPortal(t, await aSlip(t, intake, id, first?.id)) };
  };
  const close = (id: string, more: object = {}): Promise<Reply> =>
    leader.post(`/disputes/${id}/closing`, { outcome: 'answered', summary: '已经答复。', ...more });
  const visit = (by: Caller, id: string, more: object = {}, path = 'follow-ups'): Promise<Reply> =>
    by.post(`/disputes/${id}/${path}`, {
      mode: 'phone',
      isReached: true,
      isSolved: true,
      situation: '说清楚了。',
      ...more,
    });
  /** One in ten is drawn by the key: whichever this test needs is found by trying. */
  const aClosed = async (wantsDrawn: boolean): Promise<string> => {
    const keys = t.app.get(KeyRing);
    for (let i = 0; i < 80; i++) {
      const { id } = await anAnswered();
      if (isDrawn(keys, id, 1, 10) !== wantsDrawn) continue;
      must(await close(id, { confirmedBy: 'phone', partyWords: '清楚了。' }), 200);
      t.clock.advance(60_000);
      return id;
    }
    throw new Error('None was drawn in eighty');
  };

  describe('closing', () => {
    it('asks for the party’s word: taken down, said by itself, or a reason why there is none', async () => {
      const { id } = await anAnswered();
      expect(codeOf(await close(id))).toEqual([422, 'disputes.party-not-asked']);
      expect(codeOf(await close(id, { confirmedBy: 'phone' }))).toEqual([422, 'disputes.confirmation-incomplete']);
      expect(codeOf(await close(id, { partyWords: '好的。' }))).toEqual([422, 'disputes.confirmation-incomplete']);
      const both = { confirmedBy: 'phone', partyWords: '好的。', unconfirmedReason: '电话打不通。' };
      expect(codeOf(await close(id, both))).toEqual([422, 'disputes.confirmed-and-not']);
      must(await close(id, { unconfirmedReason: '三次电话无人接听，已在门口留联系单。' }), 200);
      const course = must<{ closings: object[] }>(await leader.get(`/disputes/${id}/course`), 200);
      expect(course.closings).toMatchObject([
        { confirmedBy: null, unconfirmedReason: '三次电话无人接听，已在门口留联系单。' },
      ]);
    });

    it('takes the word that the party gave by its own link', async () => {
      const { id, party } = await anAnswered();
      expect(must<{ waiting: { kind: string }[] }>(await party.get('/portal/matter'), 200).waiting).toContainEqual(
        expect.objectContaining({ kind: 'outcome', act: 'portal.say-outcome' }),
      );
      const after = must<{ said: object; waiting: { kind: string }[] }>(
        await party.post('/portal/outcome', { isSolved: true, words: '说清楚了，谢谢。' }),
        200,
      );
      expect(after.said).toMatchObject({ isSolved: true, words: '说清楚了，谢谢。' });
      expect(after.waiting.map((w) => w.kind)).not.toContain('outcome');
      must(await close(id), 200);
      const course = must<{ closings: object[] }>(await leader.get(`/disputes/${id}/course`), 200);
      expect(course.closings).toMatchObject([{ confirmedBy: 'portal' }]);
    });

    it('does not pass over a party who says that nothing is solved; its last word counts', async () => {
      const { id, party } = await anAnswered();
      must(await party.post('/portal/outcome', { isSolved: false, words: '还是没人来修。' }), 200);
      expect(codeOf(await close(id, { confirmedBy: 'phone', partyWords: '可以了。' }))).toEqual([
        422,
        'disputes.party-says-unsolved',
      ]);
      const words = must<{ items: object[] }>(await leader.get(`/disputes/${id}/party-words`), 200);
      expect(words.items).toMatchObject([{ isSolved: false, words: '还是没人来修。' }]);
      t.clock.advance(1000);
      must(await party.post('/portal/outcome', { isSolved: true }), 200);
      must(await close(id), 200);
    });

    it('does not trouble those who asked not to be called, and keeps no plan for them', async () => {
      const { id } = await anAnswered({ allowsCallBack: false });
      must(await close(id), 200);
      t.clock.advance(8 * DAY);
      expect(await visits(clerk, id)).toEqual([]);
    });

    it('hides the words from other centers, from strangers and from agencies', async () => {
      const { id } = await anAnswered();
      expect((await (await t.as('intake:foreign')).get(`/disputes/${id}/party-words`)).status).toBe(404);
      expect((await (await t.as('liaison')).get(`/disputes/${id}/party-words`)).status).toBe(404);
      expect((await t.anonymous.post('/portal/outcome', { isSolved: true })).status).toBe(401);
      expect((await (await t.as('mediator')).get('/follow-up-plans')).status).toBe(403);
    });
  });

  describe('the plan', () => {
    it('asks for a visit within seven days of closing; a call that nobody answers is none, and can be set again', async () => {
      const id = await aClosed(false);
      const [planned] = await visits(clerk, id);
      expect(planned).toMatchObject({
        occasion: 'after-closing',
        light: 'green',
        tries: 0,
        allowedActs: ['disputes.follow-up'],
      });
      const next = new Date(t.clock.at().getTime() + 3 * DAY).toISOString().slice(0, 10);
      const missed = { isReached: false, isSolved: undefined, situation: '无人接听。', nextOn: next };
      expect(codeOf(await visit(clerk, id, { ...missed, nextOn: '2026-01-01' }))).toEqual([
        422,
        'disputes.next-visit-past',
      ]);
      must(await visit(clerk, id, missed), 200);
      expect((await visits(clerk, id)).map((v) => [v.occasion, v.dueOn, v.tries])).toEqual([
        ['agreed', next, 0],
        ['after-closing', planned?.dueOn, 1],
      ]);
      t.clock.advance(8 * DAY);
      expect((await visits(clerk, id)).map((v) => v.light)).toEqual(['red', 'red']);
      expect(await visits(clerk, id, '&isLate=true&occasion=after-closing')).toHaveLength(1);
      must(await visit(clerk, id), 200);
      expect(await visits(clerk, id)).toEqual([]);
    });

    it('is met by the party’s own answer', async () => {
      const { id, party } = await anAnswered();
      must(await close(id, { confirmedBy: 'phone', partyWords: '清楚了。' }), 200);
      t.clock.advance(60_000);
      must(await party.post('/portal/outcome', { isSolved: true }), 200);
      expect((await visits(clerk, id)).filter((v) => v.occasion !== 'random')).toEqual([]);
    });

    it('draws some for a call-back by another: not the handler, not who visited before; nothing moves', async () => {
      const id = await aClosed(true);
      t.clock.advance(10 * DAY);
      must(await visit(clerk, id), 200);
      const [drawn, ...rest] = await visits(supervisor, id);
      expect(rest).toEqual([]);
      expect(drawn).toMatchObject({ occasion: 'random', allowedActs: ['disputes.call-back'] });
      expect((await visits(clerk, id))[0]?.allowedActs).toEqual([]);
      expect((await visit(clerk, id, {}, 'call-backs')).status).toBe(403);
      const called = must<{ state: string }>(
        await visit(
          supervisor,
          id,
          { isSolved: false, deniesDispute: true, situation: '说没有人联系过他。' },
          'call-backs',
        ),
        200,
      );
      expect(called.state).toBe('followed-up');
      const { followUps } = must<{ followUps: { isCallBack: boolean; deniesDispute: boolean | null }[] }>(
        await supervisor.get(`/disputes/${id}/course`),
        200,
      );
      expect(followUps.map((f) => [f.isCallBack, f.deniesDispute])).toEqual([
        [false, null],
        [true, true],
      ]);
      expect(await visits(supervisor, id)).toEqual([]);
      expect(codeOf(await visit(supervisor, id, {}, 'call-backs'))).toEqual([422, 'disputes.visited-before']);
    });

    it('follows an agreement: after it took effect and after each due day, until it is reopened or given up', async () => {
      const { id, partyIds } = await aMatter(t)
        .between(...TWO_PARTIES)
        .agreed();
      const mediator = await t.as('mediator');
      const day = (days: number): string => new Date(t.clock.at().getTime() + days * DAY).toISOString().slice(0, 10);
      const [one, other] = partyIds;
      const due = day(5);
      const { id: agreementId, version } = must<{ id: string; version: number }>(
        await mediator.post(`/disputes/${id}/agreements`, {
          kind: 'oral',
          facts: '双方因共用墙的修缮费发生争议。',
          clauses: ['乙方五日内付清。'],
          obligations: [
            {
              kind: 'payment',
              obligorId: other,
              obligeeId: one,
              content: '支付修缮费',
              amountFen: 50_000,
              dueOn: due,
              place: '社区',
              manner: '现金',
            },
          ],
        }),
        201,
      );
      must(
        await mediator.post(
          `/agreements/${agreementId}/oral-conclusion`,
          { reachedAt: t.clock.at().toISOString(), place: '调解室' },
          { ifMatch: version },
        ),
        200,
      );
      t.clock.advance(60_000);
      expect((await visits(clerk, id)).map((v) => [v.occasion, v.dueOn])).toEqual([
        ['after-due', day(6)],
        ['after-effect', day(7)],
      ]);
      must(await visit(clerk, id, { isPerformed: false }), 200);
      // Whether it was paid can only be asked once it was due.
      expect((await visits(clerk, id)).map((v) => v.occasion)).toEqual(['after-due']);
      t.clock.advance(6 * DAY);
      must(await visit(clerk, id, { isPerformed: true }), 200);
      expect(await visits(clerk, id)).toEqual([]);
    });

    it('is no visit before anything is in force', async () => {
      const { id } = await aMatter(t)
        .between(...TWO_PARTIES)
        .assigned();
      expect((await visit(clerk, id)).status).toBe(409);
    });

    it('shows nothing of another center, and pages without losing one', async () => {
      await aClosed(false);
      const all = must<{ items: PlannedVisit[] }>(await clerk.get('/follow-up-plans?limit=100'), 200).items;
      const paged: PlannedVisit[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { items: PlannedVisit[]; nextCursor: string | null } = must(
          await clerk.get(`/follow-up-plans?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`),
          200,
        );
        paged.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(paged).toEqual(all);
      expect(all.length).toBeGreaterThan(0);
      const foreign = await t.as('duty-leader:foreign');
      expect(must<{ items: unknown[] }>(await foreign.get('/follow-up-plans?limit=100'), 200).items).toEqual([]);
    });
  });
});
