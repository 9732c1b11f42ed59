import { countsOf, pageOf } from '../../src/modules/worklist/application/page-statements';
import { UnitOfWork, withContext } from '../../src/platform/database';
import { type TestApp, startTestApp } from '../support/test-app';

/** The long run (`SCALE=whole`) has as many matters as a district in ten years; the usual one a tenth, for the same plans. */
const MATTERS = process.env['SCALE'] === 'whole' ? 100_000 : 10_000;

interface Page {
  readonly items: readonly { readonly disputeId: string }[];
  readonly nextCursor: string | null;
}

/** Rows are written past the program: only their number matters here. */
describe(`lists and search over ${String(MATTERS)} matters (real PostgreSQL)`, () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
    const { centerId } = t.world;
    await t.sql(
      `insert into dispute (id, center_id, registration_number, channel, title, state, first_responder_id, registered_at, limitation_interrupted_at)
       select gen_random_uuid(), $1, '新城综治登字〔2026〕' || i || '号', 'visit', '楼道杂物纠纷第' || i || '件', 'registered', $2,
              timestamptz '2026-01-01' + i * interval '1 second', timestamptz '2026-01-01' from generate_series(1, $3::integer) i`,
      [centerId, t.world.account('intake').id, MATTERS],
    );
    await t.sql(
      `insert into app.matter_search (dispute_id, center_id, registered_at, words)
       select id, center_id, registered_at, app.search_form(registration_number) || E'\\n' || app.search_form(title) || E'\\n'
                || case when registered_at = timestamptz '2026-01-01 00:00:07' then '泡坏古琴一张' else '邻里因堆放杂物发生口角' end from dispute`,
    );
    // A third runs with a due from long ago to far ahead, a third has none, a third stands still; two offices share them.
    await t.sql(
      `insert into worklist_entry (dispute_id, tab, audience, line_id, phase, sort_at, step, since, due_kind, due_at, warns_at, is_paused)
       select d.id, 'to-do', a.word, d.id, n.phase, case when n.phase = 0 then n.due else d.registered_at end, 'triage', d.registered_at,
              case when n.phase = 0 then 'session' end, case when n.phase = 0 then n.due end,
              case when n.phase = 0 then n.due - interval '2 days' end, n.phase = 2
         from (select *, row_number() over (order by registered_at) as i from dispute) d
         cross join lateral (select (d.i % 3)::smallint as phase,
                timestamptz '2026-09-18 09:00+08' + ((d.i - ${String(MATTERS)} / 2) * interval '1 hour' / 10) as due) n
         cross join lateral (values ('dispatcher@' || $1), ('duty-leader@' || $1)) a(word)`,
      [centerId],
    );
    await t.sql('analyze');
  }, 600_000);
  afterAll(() => t.close());

  const asDispatcher = <T>(
    work: (query: (sql: string, values: unknown[]) => Promise<object[]>) => Promise<T>,
  ): Promise<T> =>
    withContext({ principal: { kind: 'account', accountId: t.world.account('dispatcher').id, sessionId: null } }, () =>
      t.app.get(UnitOfWork).read((tx) => work((sql, values) => tx.query(sql, values))),
    );
  const planOf = async (sql: string, values: unknown[]): Promise<string> =>
    asDispatcher(async (query) =>
      ((await query(`explain ${sql}`, values)) as { 'QUERY PLAN': string }[])
        .map((line) => line['QUERY PLAN'])
        .join('\n'),
    );
  /** The fastest of several: what the machine can do when nobody else uses it. */
  const best = async (work: () => Promise<unknown>): Promise<number> => {
    let least = Infinity;
    for (let i = 0; i < 7; i += 1) {
      const start = process.hrtime.bigint();
      await work();
      least = Math.min(least, Number(process.hrtime.bigint() - start) / 1e6);
    }
    return least;
  };

  it('walks the index of the list for every section, as the role under row security', async () => {
    const me = t.world.account('dispatcher').id;
    for (const goesOn of [false, true]) {
      const place = goesOn ? [t.clock.at(), me, me] : [];
      const plan = await planOf(pageOf(['red', 'yellow', 'green', 'undated', 'paused'], goesOn, false), [
        'to-do',
        t.clock.at(),
        me,
        51,
        ...place,
      ]);
      // One walk for every section: the whole index says where each begins.
      expect(plan).toMatch(
        /worklist_entry_order\b[\s\S]*?Index Cond: \(.*\(audience = a\.word\) AND \(tab = .*\(phase = .*ROW\(sort_at, dispute_id, line_id\) > ROW/,
      );
      // What is not yet warned of is passed over in the index, its lines are not fetched.
      expect(plan).toMatch(
        /Index Cond: \(.*\(CASE WHEN \(warns_at IS NULL\) .* > s\.warned_after\) AND .* <= s\.warned_until\)/,
      );
      expect(plan).not.toMatch(/Seq Scan on (worklist_entry|dispute)\b/);
      // Sections come in their order, so that those after a full page are not walked.
      expect(plan).toContain('Presorted Key: s.part');
    }
    // Whose list it is, is asked of the index, not of each line.
    expect(await planOf(countsOf(false), [t.clock.at(), me, 1000])).toMatch(
      /worklist_entry_order\b[\s\S]*?Index Cond: \(\(audience = ANY \(\(InitPlan/,
    );
  });

  it('makes few look-ups of the reader’s rights ready, wherever a statement names a matter or a line', async () => {
    for (const [mention, lookUps] of [
      ['dispute where id', 5],
      ['worklist_entry where dispute_id', 5],
    ] as const) {
      const plan = await planOf(`select 1 from ${mention} = $1`, [t.world.centerId]);
      expect(plan.match(/InitPlan \d+$/gm)).toHaveLength(lookUps);
      expect(plan).not.toContain('dispute_access');
    }
  });

  it('takes no longer for a page in the depth than for the first', async () => {
    const dispatcher = await t.as('dispatcher');
    const page = async (cursor: string | null): Promise<Page> =>
      (await dispatcher.get(`/worklist?tab=to-do&limit=50${cursor === null ? '' : `&cursor=${cursor}`}`)).body as Page;
    const seen = new Set<string>();
    let cursor: string | null = null;
    for (let i = 0; i < 60; i += 1) {
      const { items, nextCursor } = await page(cursor);
      items.forEach((item) => seen.add(item.disputeId));
      cursor = nextCursor;
    }
    expect(seen.size).toBe(3000);
    const first = await best(() => page(null));
    const deep = await best(() => page(cursor));
    const counts = await best(() => dispatcher.get('/worklist/counts'));
    console.log(
      `worklist of ${String(MATTERS)}: first page ${first.toFixed(1)} ms, page 61 ${deep.toFixed(1)} ms, counts ${counts.toFixed(1)} ms`,
    );
    expect(deep / first).toBeLessThan(5);
  });

  it('finds the rare word by the index of pairs and the frequent one among the newest', async () => {
    const plan = (
      await t.sql<{ 'QUERY PLAN': string }>(
        "explain select dispute_id from app.matter_search where app.bigram_vector(words) @@ app.bigram_query('古琴')",
      )
    )
      .map((line) => line['QUERY PLAN'])
      .join('\n');
    expect(plan).toContain('matter_search_words');
    const dispatcher = await t.as('dispatcher');
    const find = async (text: string): Promise<Page> =>
      (await dispatcher.get(`/search?text=${encodeURIComponent(text)}`)).body as Page;
    // The one with the word in its narrative has none that may be read: it is a candidate, and no match.
    expect((await find('古琴')).items).toHaveLength(0);
    expect((await find('杂物')).items).toHaveLength(20);
    expect((await find('第77件')).items).toHaveLength(1);
    const times: string[] = [];
    for (const text of ['杂', '杂物', '第77件', '古琴', '没有的字']) {
      times.push(`${text} ${(await best(() => find(text))).toFixed(1)} ms`);
    }
    console.log(`search of ${String(MATTERS)}: ${times.join(', ')}`);
  });
});
