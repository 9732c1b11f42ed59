import { readSheet } from '../../../src/platform/excel';
import { uuidv7 } from '../../../src/platform/database';
import { must } from '../../support/builders';
import { textOf } from '../../support/paper-fixtures';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { tell } from '../statistics/stage';
import { codeOf } from '../summons/stage';

interface Line {
  readonly disputeId: string | null;
  readonly mediatorName: string;
  readonly formName: string;
  readonly gradeName: string;
  readonly difficultyName: string;
  readonly amountFen: number | null;
  readonly holdName: string | null;
}
interface List {
  readonly totalFen: number;
  readonly counted: number;
  readonly held: number;
  readonly lines: readonly Line[];
  readonly people: readonly { mediatorName: string; count: number; amountFen: number }[];
  readonly hands: readonly string[];
  readonly allowedActs: readonly string[];
  readonly version: number;
}

const GRADES = ['excellent', 'passing', 'failing', 'unreviewed'];
/** 优 300, 合格 200, 不合格 0, 未评查 100 yuan; half for an oral agreement; 50 more for a difficult one. */
const RATES = GRADES.flatMap((grade, i) =>
  ['written', 'oral'].flatMap((form) =>
    [false, true].map((isDifficult) => ({
      grade,
      form,
      isDifficult,
      amountFen: ([30_000, 20_000, 0, 10_000][i] ?? 0) / (form === 'oral' ? 2 : 1) + (isDifficult ? 5_000 : 0),
    })),
  ),
);

describe('lists of what is paid for mediated cases (real PostgreSQL, real HTTP, real PDF)', () => {
  let t: TestApp;
  let archivist: Caller;
  let supervisor: Caller;
  let dutyLeader: Caller;
  let director: Caller;
  let center: string;
  let cases: string[];

  beforeAll(async () => {
    t = await startTestApp();
    t.clock.set('2026-10-12T10:00:00+08:00');
    center = t.world.centerId;
    const [liu, he] = ['mediator', 'mediator-2'].map((key) => t.world.account(key).id);
    const told = (handler: string | undefined, effective: string, more: object = {}) => ({
      registered: '2026-05-01',
      accepted: '2026-05-02',
      closed: '2026-09-15',
      handler: handler ?? '',
      agreement: { effective },
      ...more,
    });
    cases = await tell(t, [
      told(liu, '2026-08-03'),
      told(liu, '2026-08-04'),
      told(he, '2026-06-30'),
      told(he, '2026-09-30'),
      told(he, '2026-10-01'),
      told(liu, '2026-08-05', { agreement: { effective: '2026-08-05', voided: true } }),
    ]);
    await t.sql(
      `insert into assignment (id, dispute_id, account_id, committee_id, name, capacity, chosen_by, chosen_by_party_ids, state, assigned_at)
         select gen_random_uuid(), d.id, d.handler_account_id, $2, case d.handler_account_id when $3 then '刘调解' else '何调解' end, 'host', 'committee', '{}', 'active', '2026-05-03'
           from dispute d where d.id = any ($1)`,
      [cases, t.world.committeeId, liu],
    );
    [archivist, supervisor, dutyLeader, director] = [
      await t.as('archivist'),
      await t.as('supervisor'),
      await t.as('duty-leader'),
      await t.as('director'),
    ];
  });
  afterAll(() => t.close());

  const lists = '/centers/{id}/subsidy-lists';
  const at = (path: string): string => path.replace('{id}', center);
  const make = (from = '2026-07-01', to = '2026-09-30', caller = archivist) => caller.post(at(lists), { from, to });
  const made = async (from?: string, to?: string): Promise<string> =>
    must<{ id: string }>(await make(from, to), 201).id;
  const list = async (id: string, caller = archivist): Promise<List> =>
    must(await caller.get(`/subsidy-lists/${id}`), 200);
  const act = async (caller: Caller, id: string, path: string, body: object = {}) =>
    caller.post(`/subsidy-lists/${id}/${path}`, body, { ifMatch: (await list(id)).version });
  const grade = async (disputeId: string | undefined, state: string, given: string | null): Promise<void> => {
    const roundId = uuidv7();
    await t.sql(
      `insert into review_round (id, center_id, title, from_on, to_on, share, at_least, answer_days, excellent_from, passing_from, seed, pool,
         drawn_by, drawn_by_name, drawn_at) values ($1, $2, '评查', '2026-01-01', '2026-09-30', 10, 1, 5, 90, 60, 's', '[]', $3, '陈督办', '2026-10-01')`,
      [roundId, center, t.world.account('supervisor').id],
    );
    await t.sql(
      `insert into review_file (id, round_id, dispute_id, volume, ordinal, mediator_id, mediator_name, reviewer_id, reviewer_name, state, marks,
         total, grade, reviewed_at, closed_at) select gen_random_uuid(), $1, d.id, 1, 1, d.handler_account_id, '调解员', $2, '陈督办', $4,
           case when $5::text is null then null else '[]'::jsonb end, case when $5::text is null then null else 95 end, $5,
           case when $5::text is null then null else '2026-10-02'::timestamptz end, case when $4 = 'closed' then '2026-10-03'::timestamptz end
         from dispute d where d.id = $3`,
      [roundId, t.world.account('supervisor').id, disputeId, state, given],
    );
  };

  it('counts agreements of the span by the rules of their day, and holds back what is not decided', async () => {
    expect(codeOf(await make())).toEqual([409, 'subsidy-lists.no-rules']);
    const set = (validFrom: string, rates: object = RATES, caller = director) =>
      caller.post(at('/centers/{id}/subsidy-rules'), { validFrom, basis: '《以案定补办法》第六条', rates });
    expect(codeOf(await set('2026-07-01', [...RATES.slice(1), RATES[1]]))).toEqual([422, 'subsidy-rules.not-whole']);
    expect((await set('2026-07-01', RATES, archivist)).status).toBe(403);
    must(await set('2026-07-01'), 201);

    await t.sql("update dispute set difficult_ground = 'large-amount' where id = $1", [cases[3]]);
    await grade(cases[0], 'closed', 'excellent');
    await grade(cases[1], 'drawn', null);
    expect(codeOf(await make('2026-10-01', '2026-10-13'))).toEqual([422, 'subsidy-lists.future']);
    const id = await made();
    const found = await list(id);
    // The one before July, the one in October and the voided one are not of the span.
    expect(new Set(found.lines.map((l) => l.disputeId))).toEqual(new Set([cases[0], cases[1], cases[3]]));
    expect(found).toMatchObject({ totalFen: 25_000, counted: 2, held: 1 });
    expect(found.lines.find((l) => l.disputeId === cases[0])).toMatchObject({ gradeName: '优', amountFen: 15_000 });
    expect(found.lines.find((l) => l.disputeId === cases[1])).toMatchObject({
      amountFen: null,
      holdName: '已抽中评查，还没有评定等次',
    });
    expect(found.lines.find((l) => l.disputeId === cases[3])).toMatchObject({
      formName: '口头协议',
      gradeName: '未评查',
      difficultyName: '疑难复杂',
      amountFen: 10_000,
    });
    expect(codeOf(await make())).toEqual([409, 'subsidy-lists.nothing']);
    // An open alarm holds back whatever else is known, and says no more than that.
    const alarmId = uuidv7();
    await t.sql(
      `insert into alarm (id, center_id, kind, fingerprint, facts, explanation, state, raised_at)
         values ($1, $2, 'burst', 'x', '{}', '{一天内登记过多}', 'open', '2026-10-01')`,
      [alarmId, center],
    );
    await t.sql('insert into alarm_matter (alarm_id, dispute_id) values ($1, $2)', [alarmId, cases[4]]);
    const october = await made('2026-10-01', '2026-10-01');
    expect((await list(october)).lines.find((l) => l.disputeId === cases[4])).toMatchObject({
      amountFen: null,
      holdName: '真实性预警还没有处理完',
    });
    await t.sql('delete from alarm_matter');
    must(await act(archivist, october, 'cancellation', { reason: '预警已经处理' }), 201);
    // A day without rules holds back, and says so.
    expect((await list(await made('2026-06-01', '2026-06-30'))).lines).toMatchObject([
      { disputeId: cases[2], amountFen: null, holdName: '协议生效时还没有补贴标准' },
    ]);
  });

  it('goes through three hands, pays a matter once, and takes up what was held back', async () => {
    const [draft] = await t.sql<{ id: string }>("select id from subsidy_list where from_on = '2026-07-01'");
    const id = draft?.id ?? '';
    expect(codeOf(await act(archivist, id, 'check'))).toEqual([409, 'subsidy-lists.own-list']);
    expect((await act(director, id, 'check')).status).toBe(403);
    must(await act(supervisor, id, 'check'), 201);
    expect((await act(dutyLeader, id, 'approval')).status).toBe(403);
    // What a list that was checked goes by is not changed behind it.
    expect(
      codeOf(
        await director.post(at('/centers/{id}/subsidy-rules'), {
          validFrom: '2026-09-30',
          basis: '新办法',
          rates: RATES,
        }),
      ),
    ).toEqual([422, 'subsidy-rules.listed']);
    must(await act(director, id, 'approval'), 201);
    expect(codeOf(await act(archivist, id, 'payment', { paidOn: '2026-10-11', note: '转入银行卡' }))).toEqual([
      422,
      'subsidy-lists.paid-on',
    ]);
    must(await act(archivist, id, 'payment', { paidOn: '2026-10-12', note: '转入银行卡' }), 201);
    const paid = await list(id);
    expect(paid.hands).toHaveLength(4);
    expect(paid.allowedActs).toEqual([]);
    expect(codeOf(await act(archivist, id, 'cancellation', { reason: '填错' }))).toEqual([
      409,
      'subsidy-lists.wrong-state',
    ]);

    // The review is closed: the next list takes up what was held back, and nothing twice.
    await t.sql(
      `update review_file set state = 'closed', marks = '[]', total = 70, grade = 'passing', reviewed_at = '2026-10-12', closed_at = '2026-10-12'
        where dispute_id = $1`,
      [cases[1]],
    );
    const next = await made('2026-10-01', '2026-10-12');
    expect((await list(next)).lines.map((l) => [l.disputeId, l.amountFen])).toEqual(
      expect.arrayContaining([
        [cases[1], 10_000],
        [cases[4], 5_000],
      ]),
    );
    must(await act(supervisor, next, 'cancellation', { reason: '期间填错' }), 201);
    expect(await list(await made('2026-10-01', '2026-10-12'))).toMatchObject({ counted: 2 });
    await expect(
      t.sql("update subsidy_line set state = 'counted' where list_id = $1 and state = 'dropped'", [next]),
    ).rejects.toThrow(/subsidy_line_paid_once/);
  });

  it('is printed and exported as it stands, with room for signatures; sealed matters keep their number', async () => {
    const [row] = await t.sql<{ id: string }>("select id from subsidy_list where state = 'paid'");
    const id = row?.id ?? '';
    await t.sql('update dispute set is_sealed = true where id = $1', [cases[0]]);
    const found = await list(id);
    expect(found).toMatchObject({ totalFen: 25_000, counted: 2, held: 1 });
    expect(found.lines.find((l) => l.gradeName === '优')).toMatchObject({ disputeId: null, number: '封存事项' });
    const rows = await readSheet((await archivist.download(`/subsidy-lists/${id}/workbook`)).body as Buffer, {
      rows: 50,
      columns: 20,
    });
    const cells = rows.map((r) => [...r.cells.values()].map((c) => c.text));
    expect(cells[1]?.at(-1)).toBe('领取人签名');
    expect(cells.flat()).toEqual(expect.arrayContaining(['封存事项', '合计：250.00元', '刘调解：1件，150.00元']));
    const paper = textOf((await archivist.download(`/subsidy-lists/${id}/paper`)).body as Buffer).replace(/\s/g, '');
    for (const words of ['以案定补名单', '贰佰伍拾元整', '暂缓：已抽', '领取人签名', '陈督办于2026年10月12日核对'])
      expect(paper).toContain(words);
    for (const key of ['mediator', 'liaison', 'director:foreign'])
      expect((await (await t.as(key)).get(`/subsidy-lists/${id}`)).status).toBe(404);
  });
});
