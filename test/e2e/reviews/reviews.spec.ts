import { OutboxDispatcher } from '../../../src/platform/database';
import { aMatter, must } from '../../support/builders';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { readSheet } from '../../../src/platform/excel';
import { codeOf } from '../summons/stage';

interface FileLine {
  readonly id: string;
  readonly disputeId: string;
  readonly mediatorName: string;
  readonly reviewerName: string | null;
  readonly state: string;
  readonly gradeName: string | null;
}
interface Round {
  readonly isReproduced: boolean;
  readonly strata: readonly { mediatorName: string; pool: number; drawn: number }[];
  readonly reviewed: number;
  readonly grades: readonly { gradeName: string; count: number }[];
  readonly frequency: readonly { pointName: string; findings: number; mean: number | null }[];
  readonly files: readonly FileLine[];
  readonly allowedActs: readonly string[];
  readonly version: number;
}
interface Form {
  readonly state: string;
  readonly points: readonly { point: string; most: number; hints: readonly string[] }[];
  readonly marks: readonly { pointName: string; finding: string | null }[];
  readonly grade: string | null;
  readonly total: number | null;
  readonly answerDueOn: string | null;
  readonly allowedActs: readonly string[];
  readonly version: number;
}

/** Thursday; the National Day holiday lies between it and the sixth working day after. */
const DRAWN_AT = '2026-09-24T10:00:00+08:00';
const FULL: Readonly<Record<string, number>> = {
  lawful: 10,
  complete: 20,
  standard: 20,
  evidence: 15,
  law: 15,
  visit: 10,
  bound: 10,
};
const marks = (changes: Readonly<Record<string, readonly [score: number, finding?: string]>> = {}) =>
  Object.entries(FULL).map(([point, most]) => {
    const [score, finding] = changes[point] ?? [most];
    return { point, score, ...(finding === undefined ? {} : { finding }) };
  });

describe('review of files (real PostgreSQL, real HTTP)', () => {
  let t: TestApp;
  let supervisor: Caller;
  let archivist: Caller;
  let mediator: Caller;
  let director: Caller;
  let center: string;
  const files: string[] = [];

  beforeAll(async () => {
    t = await startTestApp();
    t.clock.set(DRAWN_AT);
    center = t.world.centerId;
    for (const host of ['mediator', 'mediator', 'mediator-2'])
      files.push((await aMatter(t).mediatedBy(host).assigned()).id);
    await t.sql(
      "update dispute set state = 'closed', outcome = 'settled', closed_at = '2026-08-03T12:00:00+08:00' where id = any ($1)",
      [files],
    );
    [supervisor, archivist, mediator, director] = [
      await t.as('supervisor'),
      await t.as('archivist'),
      await t.as('mediator'),
      await t.as('director'),
    ];
  });
  afterAll(() => t.close());

  const lot = (changes: object = {}) => ({
    title: '第三季度卷宗评查',
    from: '2026-07-01',
    to: '2026-09-30',
    share: 100,
    atLeast: 1,
    reviewerIds: [t.world.account('supervisor').id],
    answerDays: 5,
    excellentFrom: 90,
    passingFrom: 60,
    ...changes,
  });
  const drawn = async (changes: object = {}): Promise<string> =>
    must<{ id: string }>(await director.post(`/centers/${center}/review-rounds`, lot(changes)), 201).id;
  const round = async (id: string, caller = supervisor): Promise<Round> =>
    must(await caller.get(`/review-rounds/${id}`), 200);
  const form = async (id: string, caller = supervisor): Promise<Form> => must(await caller.get(`/reviews/${id}`), 200);
  const act = (caller: Caller, id: string, path: string, body: object, version: number) => {
    t.clock.advance(60_000);
    return caller.post(`/reviews/${id}/${path}`, body, { ifMatch: version });
  };
  const toDo = async (caller: Caller): Promise<readonly { nextStep: string; due: { dueOn: string } | null }[]> =>
    must<{ items: { nextStep: string; due: { dueOn: string } | null }[] }>(
      await caller.get('/worklist?tab=to-do'),
      200,
    ).items.filter((i) => i.nextStep.includes('评查'));

  it('draws by lot within each mediator, never to one who had a part in it, and shows that it can be drawn again', async () => {
    expect(codeOf(await director.post(`/centers/${center}/review-rounds`, lot({ to: '2026-06-30' })))).toEqual([
      422,
      'review-rounds.period',
    ]);
    expect(codeOf(await director.post(`/centers/${center}/review-rounds`, lot({ passingFrom: 90 })))).toEqual([
      422,
      'review-rounds.grades',
    ]);
    expect(
      codeOf(
        await director.post(`/centers/${center}/review-rounds`, lot({ reviewerIds: [t.world.account('mediator').id] })),
      ),
    ).toEqual([422, 'review-rounds.unfit-reviewer']);
    expect((await mediator.post(`/centers/${center}/review-rounds`, lot())).status).toBe(403);

    // Of two of the one and one of the other: a half, rounded up.
    await t.sql(
      `insert into dispute_access (id, dispute_id, account_id, ground, role, starts_at)
         select gen_random_uuid(), unnest($1::uuid[]), $2, 'assigned', 'recorder', '2026-01-01'`,
      [files, t.world.account('supervisor').id],
    );
    const ownHands = await drawn({ share: 50 });
    const first = await round(ownHands);
    expect(first).toMatchObject({ isReproduced: true, reviewed: 0 });
    expect(first.strata).toEqual([
      { mediatorName: '何调解', pool: 1, drawn: 1 },
      { mediatorName: '刘调解', pool: 2, drawn: 1 },
    ]);
    expect(first.files.map((f) => f.reviewerName)).toEqual([null, null]);
    await t.sql('delete from dispute_access where account_id = $1', [t.world.account('supervisor').id]);

    // What is drawn is not drawn twice in a year, unless the round is called off.
    const [left] = (await round(await drawn())).files;
    expect(first.files.map((f) => f.disputeId)).not.toContain(left?.disputeId);
    expect(codeOf(await director.post(`/centers/${center}/review-rounds`, lot()))).toEqual([
      409,
      'review-rounds.nothing',
    ]);
    must(
      await director.post(
        `/review-rounds/${ownHands}/cancellation`,
        { reason: '评查人都参与过' },
        { ifMatch: first.version },
      ),
      201,
    );
    expect((await round(ownHands)).files.map((f) => f.state)).toEqual(['cancelled', 'cancelled']);
    expect((await round(await drawn())).files).toHaveLength(2);
    // A change of the pool afterwards would show.
    await t.sql("update review_round set pool = '[]' where id = $1", [ownHands]);
    expect((await round(ownHands)).isReproduced).toBe(false);
  });

  it('leads findings to the handler and back, each once and in time', async () => {
    const [file] = await t.sql<{ id: string; disputeId: string }>(
      `select f.id, f.dispute_id as "disputeId" from review_file f where f.mediator_id = $1 and f.state = 'drawn' limit 1`,
      [t.world.account('mediator').id],
    );
    const { id, disputeId } = file ?? { id: '', disputeId: '' };
    const empty = await form(id);
    const hints = (point: string): readonly string[] => empty.points.find((p) => p.point === point)?.hints ?? [];
    expect(hints('complete').join()).toContain('还没有权利义务告知书');
    expect(hints('visit')).toEqual(['没有接通的回访。']);
    expect(hints('bound')).toEqual(['还没有装订全卷。']);
    expect(hints('law')).toEqual([]);
    expect(empty.allowedActs).toEqual(['reviews.assign', 'reviews.mark']);
    // A draw is not told to the handler before it is reviewed.
    expect(must<{ items: unknown[] }>(await mediator.get(`/disputes/${disputeId}/reviews`), 200).items).toEqual([]);

    expect(codeOf(await act(archivist, id, 'marks', { marks: marks() }, empty.version))).toEqual([
      409,
      'reviews.not-reviewer',
    ]);
    expect((await act(mediator, id, 'marks', { marks: marks() }, empty.version)).status).toBe(403);
    const faulty = async (changes: Parameters<typeof marks>[0]) =>
      codeOf(await act(supervisor, id, 'marks', { marks: marks(changes) }, empty.version));
    expect(await faulty({ lawful: [11, '过多'] })).toEqual([422, 'reviews.too-many']);
    expect(await faulty({ complete: [12] })).toEqual([422, 'reviews.no-finding']);
    must(
      await act(
        supervisor,
        id,
        'marks',
        { marks: marks({ complete: [12, '没有权利义务告知书。'], bound: [4, '还没有装订。'] }) },
        empty.version,
      ),
      201,
    );
    const reviewed = await form(id, mediator);
    // Five working days after Thursday 24 September: Friday is Mid-Autumn, 1 to 7 October are days off, Saturday is worked.
    expect(reviewed).toMatchObject({ state: 'reviewed', total: 86, grade: 'passing', allowedActs: ['reviews.answer'] });
    const [mine] = await toDo(mediator);
    expect(mine).toMatchObject({ nextStep: '卷宗评查有意见，请整改或者说明', due: { dueOn: reviewed.answerDueOn } });
    expect(await toDo(await t.as('mediator-2'))).toEqual([]);

    const one = { point: 'complete', kind: 'mended', text: '已补入告知书。' };
    const other = { point: 'bound', kind: 'explained', text: '待司法确认裁定后装订。' };
    expect(codeOf(await act(mediator, id, 'answer', { answers: [one] }, reviewed.version))).toEqual([
      422,
      'reviews.answers-incomplete',
    ]);
    must(await act(mediator, id, 'answer', { answers: [one, other] }, reviewed.version), 201);
    expect(await toDo(mediator)).toEqual([]);
    must(await act(supervisor, id, 'return', { reason: '告知书没有签名。' }, reviewed.version + 1), 201);
    expect(await toDo(mediator)).toHaveLength(1);
    must(await act(mediator, id, 'answer', { answers: [one, other] }, reviewed.version + 2), 201);
    expect(codeOf(await act(archivist, id, 'closing', {}, reviewed.version + 3))).toEqual([
      409,
      'reviews.not-reviewer',
    ]);
    must(await act(supervisor, id, 'closing', {}, reviewed.version + 3), 201);
    const { items } = must<{ items: { state: string; answers: unknown[] }[] }>(
      await mediator.get(`/disputes/${disputeId}/reviews`),
      200,
    );
    expect(items).toMatchObject([{ state: 'closed', answers: [{}, {}] }]);
    const told = await t.sql<{ act: string }>(
      "select act from dispute_event where dispute_id = $1 and act like 'reviews.%' order by at, id",
      [disputeId],
    );
    expect(told.map((e) => e.act)).toEqual([
      'reviews.mark',
      'reviews.answer',
      'reviews.return',
      'reviews.answer',
      'reviews.close',
    ]);
    await t.app.get(OutboxDispatcher).drain();
    const rung = await t.sql<{ who: string; text: string }>(
      "select distinct a.login_name as who, n.text from notification n join account a on a.id = n.account_id where n.kind = 'review'",
    );
    expect(rung.map((r) => r.who).sort()).toEqual(['mediator', 'supervisor', 'supervisor']);
  });

  it('names another reviewer, but none who had a part in it, and closes at once what has no finding', async () => {
    const [file] = await t.sql<{ id: string; roundId: string; disputeId: string; version: number }>(
      `select f.id, f.round_id as "roundId", f.dispute_id as "disputeId", f.version from review_file f
        where f.mediator_id = $1 and f.state = 'drawn'`,
      [t.world.account('mediator-2').id],
    );
    if (!file) throw new Error('No file of the second mediator was drawn');
    await t.sql(
      `insert into dispute_access (id, dispute_id, account_id, ground, role, starts_at, ends_at)
         values (gen_random_uuid(), $1, $2, 'assigned', 'recorder', '2026-01-01', '2026-02-01')`,
      [file.disputeId, t.world.account('archivist').id],
    );
    const assign = (key: string) =>
      act(director, file.id, 'reviewer', { reviewerId: t.world.account(key).id }, file.version);
    expect(codeOf(await assign('archivist'))).toEqual([422, 'reviews.participant']);
    expect(codeOf(await assign('dispatcher'))).toEqual([422, 'reviews.unfit-reviewer']);
    must(await assign('duty-leader'), 201);
    const dutyLeader = await t.as('duty-leader');
    must(await act(dutyLeader, file.id, 'marks', { marks: marks() }, file.version + 1), 201);
    expect(await form(file.id, dutyLeader)).toMatchObject({ state: 'closed', total: 100, grade: 'excellent' });

    const book = await director.download(`/review-rounds/${file.roundId}/workbook`);
    const rows = await readSheet(book.body as Buffer, { rows: 50, columns: 20 });
    const line = rows.find((r) => r.cells.get(2)?.text === '何调解');
    expect([line?.cells.get(11)?.text, line?.cells.get(12)?.text]).toEqual(['100', '优']);
    expect((await round(file.roundId, director)).grades.find((g) => g.gradeName === '优')?.count).toBe(1);
    for (const key of ['liaison', 'mediator-other', 'director:foreign'])
      expect((await (await t.as(key)).get(`/review-rounds/${file.roundId}`)).status).toBe(404);
  });
});
