import { uuidv7 } from '../../../src/platform/database';
import { must } from '../../support/builders';
import { textOf } from '../../support/paper-fixtures';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { tell } from '../statistics/stage';
import { codeOf } from '../summons/stage';

interface Part {
  readonly part: string;
  readonly good: number;
  readonly of: number;
  readonly excused: number;
  readonly isExcused: boolean;
  readonly allowedActs: readonly string[];
}
interface Card {
  readonly mediatorName: string;
  readonly accepted: number;
  readonly score: number | null;
  readonly parts: readonly Part[];
  readonly appeals: readonly {
    id: string;
    outcomeName: string;
    dueOn: string;
    version: number;
    allowedActs: string[];
  }[];
}
interface Cases {
  readonly hiddenCount: number;
  readonly items: readonly {
    subjectId: string;
    disputeId: string;
    isGood: boolean;
    resultName: string;
    allowedActs: string[];
  }[];
}

const PERIOD = 'from=2026-01-01&to=2026-09-30';

describe('cards of mediators (real PostgreSQL, real HTTP, real PDF)', () => {
  let t: TestApp;
  let director: Caller;
  let liu: Caller;
  let he: Caller;
  let center: string;
  let liuId: string;
  let told: string[];

  beforeAll(async () => {
    t = await startTestApp();
    t.clock.set('2026-10-12T10:00:00+08:00');
    center = t.world.centerId;
    liuId = t.world.account('mediator').id;
    const heId = t.world.account('mediator-2').id;
    const one = (handler: string, day: string, more: object = {}) => ({
      registered: day,
      accepted: day,
      handler,
      period: { due: '2026-06-30', ended: '2026-06-01' },
      ...more,
    });
    const agreed = { agreement: { effective: '2026-06-01' } };
    told = await tell(t, [
      ...Array.from({ length: 10 }, () => one(liuId, '2026-05-06', agreed)),
      one(liuId, '2026-05-07', {
        period: { due: '2026-06-01', ended: '2026-06-09' },
        ending: { on: '2026-06-09', state: 'terminated', code: 'irreconcilable' },
      }),
      one(heId, '2026-05-08', agreed),
    ]);
    // Who handles a matter is named on it, but for one that was handed on since.
    await t.sql(
      `insert into dispute_access (id, dispute_id, account_id, ground, role, starts_at)
         select gen_random_uuid(), d.id, d.handler_account_id, 'assigned', 'mediator', '2026-01-01' from dispute d where d.id = any ($1)`,
      [told.slice(1)],
    );
    [director, liu, he] = [await t.as('director'), await t.as('mediator'), await t.as('mediator-2')];
  });
  afterAll(() => t.close());

  const card = async (caller: Caller, more = ''): Promise<Card> =>
    must(await caller.get(`/centers/${center}/mediator-card?${PERIOD}${more}`), 200);
  const cases = async (caller: Caller, part: string, more = ''): Promise<Cases> =>
    must(await caller.get(`/centers/${center}/mediator-card-cases?${PERIOD}&part=${part}${more}`), 200);
  const partOf = ({ parts }: Card, part: string): Part | undefined => parts.find((p) => p.part === part);
  const appeal = (caller: Caller, body: object) =>
    caller.post(`/centers/${center}/mediator-card-appeals`, {
      from: '2026-01-01',
      to: '2026-09-30',
      part: 'on-time',
      reason: '当事人住院，各方同意延期。',
      ...body,
    });

  it('says of each what the desk says, shows no bare score over few matters, and ranks nobody by their number', async () => {
    const { items } = must<{ items: readonly (Card & { mediatorId: string })[] }>(
      await director.get(`/centers/${center}/mediator-cards?${PERIOD}`),
      200,
    );
    expect(items.map((i) => [i.mediatorName, i.accepted, i.score === null])).toEqual([
      ['何调解', 1, true],
      ['刘调解', 11, false],
    ]);
    expect(JSON.stringify(items)).not.toContain('rank');
    const own = await card(liu);
    expect(own).toMatchObject({ mediatorName: '刘调解', accepted: 11 });
    const desk = must<{
      items: { figure: string; groups: { key: string; tally: { numerator: number; denominator: number | null } }[] }[];
    }>(await director.get(`/statistics/figures?from=2026-01-01&to=2026-09-30&by=mediator&centerId=${center}`), 200);
    for (const part of ['agreed', 'settled', 'on-time', 'satisfied', 'performed']) {
      const tally = desk.items.find((i) => i.figure === part)?.groups.find((g) => g.key === liuId)?.tally;
      expect([part, partOf(own, part)?.good, partOf(own, part)?.of]).toEqual([
        part,
        tally?.numerator ?? 0,
        tally?.denominator ?? 0,
      ]);
    }
    expect(partOf(own, 'on-time')).toMatchObject({ good: 10, of: 11 });
    // One's own and no other's; the agency and another center have nothing to see.
    const other = `&mediatorId=${t.world.account('mediator-2').id}`;
    expect((await liu.get(`/centers/${center}/mediator-card?${PERIOD}${other}`)).status).toBe(403);
    expect((await liu.get(`/centers/${center}/mediator-cards`)).status).toBe(403);
    expect((await director.get(`/centers/${center}/mediator-card?${PERIOD}${other}`)).status).toBe(200);
    for (const key of ['liaison', 'director:foreign'])
      expect((await (await t.as(key)).get(`/centers/${center}/mediator-card?${PERIOD}${other}`)).status).toBe(403);
  });

  it('opens the cases of a part, and leaves out what an appeal has excused, on the card and on paper', async () => {
    const before = (await card(liu)).score ?? 0;
    const behind = await cases(director, 'on-time', `&mediatorId=${liuId}`);
    expect(behind.items).toHaveLength(11);
    const [late] = behind.items.filter((i) => !i.isGood);
    expect(late?.disputeId).toBe(told[10]);
    expect(late?.allowedActs).toEqual([]);

    expect((await appeal(director, {})).status).toBe(403);
    expect(codeOf(await appeal(liu, { subjectId: behind.items.find((i) => i.isGood)?.subjectId }))).toEqual([
      422,
      'mediator-cards.not-against',
    ]);
    expect(codeOf(await appeal(he, { subjectId: late?.subjectId }))).toEqual([422, 'mediator-cards.not-against']);
    expect(codeOf(await appeal(liu, { part: 'records' }))).toEqual([422, 'mediator-cards.not-against']);
    const { id } = must<{ id: string }>(await appeal(liu, { subjectId: late?.subjectId }), 201);
    expect(codeOf(await appeal(liu, { subjectId: late?.subjectId }))).toEqual([409, 'mediator-cards.appealed']);
    // Until the ruling the card stands.
    const waiting = await card(liu);
    expect(waiting.score).toBe(before);
    expect(waiting.appeals).toMatchObject([{ outcomeName: '申诉待裁定', allowedActs: [] }]);
    expect(waiting.appeals[0]?.dueOn).toMatch(/^2026-10-(1[3-9]|2\d)$/);

    const rule = (caller: Caller, outcome: string) =>
      caller.post(`/card-appeals/${id}/ruling`, { outcome, reason: '住院证明属实。' }, { ifMatch: 1 });
    expect((await rule(liu, 'granted')).status).toBe(403);
    expect((await rule(he, 'granted')).status).toBe(404);
    must(await rule(director, 'granted'), 201);
    const after = await card(liu);
    expect(partOf(after, 'on-time')).toMatchObject({ good: 10, of: 10, excused: 1 });
    expect(after.score).toBeGreaterThan(before);
    // What one does not see any more is counted, not listed.
    expect(await cases(liu, 'on-time')).toMatchObject({ hiddenCount: 1 });
    expect((await cases(liu, 'on-time')).items.find((i) => i.subjectId === late?.subjectId)?.resultName).toBe(
      '申诉成立，不计',
    );
    const paper = textOf(
      (await liu.download(`/centers/${center}/mediator-card-paper?${PERIOD}`)).body as Buffer,
    ).replace(/\s/g, '');
    for (const words of ['调解员评分卡', '按期办结10/10', '申诉成立', '受理11件']) expect(paper).toContain(words);

    // A part as a whole, for the card of this period alone.
    const ofPart = must<{ id: string }>(await appeal(liu, { part: 'agreed' }), 201);
    must(
      await director.post(
        `/card-appeals/${ofPart.id}/ruling`,
        { outcome: 'granted', reason: '统计期内系统故障。' },
        { ifMatch: 1 },
      ),
      201,
    );
    expect(partOf(await card(liu), 'agreed')?.isExcused).toBe(true);
    const half: Card = must(await liu.get(`/centers/${center}/mediator-card?from=2026-01-01&to=2026-06-30`), 200);
    expect(partOf(half, 'agreed')?.isExcused).toBe(false);
  });

  it('counts reviewed files without a gap, and goes by the weights of its last day', async () => {
    const roundId = uuidv7();
    const chen = t.world.account('supervisor').id;
    await t.sql(
      `insert into review_round (id, center_id, title, from_on, to_on, share, at_least, answer_days, excellent_from, passing_from, seed, pool,
         drawn_by, drawn_by_name, drawn_at) values ($1, $2, '评查', '2026-01-01', '2026-09-30', 10, 1, 5, 90, 60, 's', '[]', $3, '陈督办', '2026-09-01')`,
      [roundId, center, chen],
    );
    for (const [i, finding] of [null, '缺一页。'].entries())
      await t.sql(
        `insert into review_file (id, round_id, dispute_id, volume, ordinal, mediator_id, mediator_name, reviewer_id, reviewer_name, state, marks,
           total, grade, reviewed_at, closed_at) values (gen_random_uuid(), $1, $2, 1, 1, $3, '刘调解', $4, '陈督办', 'closed', $5, 96, 'excellent',
           '2026-09-02', '2026-09-03')`,
        [roundId, told[i], liuId, chen, JSON.stringify([{ point: 'complete', score: 16, finding }])],
      );
    expect(partOf(await card(liu), 'records')).toMatchObject({ good: 1, of: 2 });

    const set = (changes: object) =>
      director.post(`/centers/${center}/mediator-weights`, {
        validFrom: '2026-10-12',
        agreed: 0,
        settled: 0,
        onTime: 0,
        performed: 0,
        lasting: 0,
        satisfied: 0,
        records: 100,
        shownFrom: 5,
        basis: '考核办法',
        ...changes,
      });
    expect(codeOf(await set({ agreed: 1 }))).toEqual([422, 'mediator-weights.sum']);
    expect(codeOf(await set({ validFrom: '2026-10-11' }))).toEqual([422, 'mediator-weights.past']);
    expect((await liu.post(`/centers/${center}/mediator-weights`, {})).status).not.toBe(201);
    must(await set({}), 201);
    expect((await card(liu)).score).not.toBe(50);
    const today: Card = must(await liu.get(`/centers/${center}/mediator-card?from=2026-01-01&to=2026-10-12`), 200);
    expect(today.score).toBe(50);
  });
});
