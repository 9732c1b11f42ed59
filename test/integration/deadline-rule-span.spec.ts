import { randomUUID } from 'node:crypto';
import { type TestApp, startTestApp } from '../support/test-app';

interface Rule {
  readonly id: string;
  readonly ruleId: string;
  readonly centerId: string | null;
  readonly version: number;
  readonly at: number;
}

const RULES = ['transfer.sign', 'matter.idle'];
const DAY = 86_400_000;
const FIRST = Date.UTC(2024, 0, 1);

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('from when until when a rule holds in a center (real PostgreSQL)', () => {
  let t: TestApp;
  let rules: Rule[];
  let centers: string[];
  beforeAll(async () => {
    t = await startTestApp();
    const { centerId, streetCenterId, foreignCenterId } = t.world;
    centers = [centerId, streetCenterId, foreignCenterId];
    const next = random(20261123);
    const presets = await t.sql<{ id: string; ruleId: string; version: number; at: Date }>(
      `select id, rule_id as "ruleId", version, in_force_at as at from deadline_rule where center_id is null and rule_id = any ($1)`,
      [RULES],
    );
    rules = presets.map((preset) => ({ ...preset, centerId: null, at: preset.at.getTime() }));
    for (const ruleId of RULES) {
      // The third has none of its own; days are few, so that some begin at the same instant, and versions are not in their order.
      for (const place of [null, centerId, streetCenterId]) {
        for (let version = 2; version < 9; version += 1)
          rules.push({ id: randomUUID(), ruleId, centerId: place, version, at: FIRST + Math.floor(next() * 12) * DAY });
      }
    }
    await t.sql(
      `insert into deadline_rule (id, rule_id, center_id, version, term, unit, rolls, closes, article, valid_from, in_force_at, state,
                                  set_by_name, set_at, reviewed_by_name, reviewed_at)
       select r.id, r."ruleId", r."centerId", r.version, 5, 'natural-day', false, false, '测试', '2024-01-01', to_timestamp(r.at / 1000), 'in-force',
              '甲', now(), '乙', now() from jsonb_to_recordset($1) r(id uuid, "ruleId" text, "centerId" uuid, version int, at bigint)
        where r.version > 1`,
      [JSON.stringify(rules)],
    );
    await t.sql(
      `insert into deadline_rule (id, rule_id, center_id, version, term, unit, rolls, closes, article, valid_from, state, set_by_name, set_at)
       select gen_random_uuid(), r, $2, 20, 1, 'natural-day', false, false, '草稿', '2024-01-05', 'draft', '甲', now() from unnest($1::text[]) r`,
      [RULES, centerId],
    );
  });
  afterAll(() => t.close());

  /** A center's own from the first day on from which it has one, else the preset; of several the one begun last. */
  function held(ruleId: string, centerId: string, at: number): string | undefined {
    const begun = rules.filter((r) => r.ruleId === ruleId && r.at <= at);
    const own = begun.filter((r) => r.centerId === centerId);
    return (own.length > 0 ? own : begun.filter((r) => r.centerId === null))
      .sort((a, b) => a.at - b.at || a.version - b.version)
      .at(-1)?.id;
  }

  it('is one rule at every instant, the one that a list of them would say', async () => {
    const instants = Array.from({ length: 30 }, (_, i) => FIRST + (i - 4) * (DAY / 2));
    const rows = await t.sql<{ ruleId: string; centerId: string; at: string; ids: string[] }>(
      `select r.id as "ruleId", c.id as "centerId", a.at::text, array_agg(s.id) filter (where s.id is not null) as ids
         from unnest($1::text[]) r(id) cross join unnest($2::uuid[]) c(id) cross join unnest($3::bigint[]) a(at)
         left join deadline_rule_span s on s.rule_id = r.id and s.center_id = c.id
          and to_timestamp(a.at / 1000) >= s.from_at and to_timestamp(a.at / 1000) < s.to_at
        group by 1, 2, 3`,
      [RULES, centers, instants],
    );
    expect(rows).toHaveLength(RULES.length * centers.length * instants.length);
    for (const row of rows)
      expect([row.ruleId, row.centerId, row.at, row.ids]).toEqual([
        row.ruleId,
        row.centerId,
        row.at,
        [held(row.ruleId, row.centerId, Number(row.at))],
      ]);
    expect(new Set(rows.flatMap(({ ids }) => ids)).size).toBeGreaterThan(20);
  });

  it('reads the rules of the center that is asked for and no others', async () => {
    await t.sql(
      `with u as (insert into org_unit (id, kind) select gen_random_uuid(), 'street' from generate_series(1, 500) returning id),
       c as (insert into center (id, unit_id, name, code, ancestor_center_ids)
               select gen_random_uuid(), id, '中心' || id, left(id::text, 8), '{}' from u returning id)
       insert into deadline_rule (id, rule_id, center_id, version, term, unit, rolls, closes, article, valid_from, in_force_at, state,
                                  set_by_name, set_at, reviewed_by_name, reviewed_at)
         select gen_random_uuid(), 'consent.ask', id, 2, 5, 'natural-day', false, false, '测试', '2024-01-01', '2024-01-01', 'in-force',
                '甲', now(), '乙', now() from c`,
    );
    await t.sql('analyze deadline_rule, center');
    const [{ plan }] = (await t
      .sql<{ plan: string }>(
        `explain (analyze, format json) select * from (select distinct id from center where id = $1) c cross join lateral
         (select * from deadline_rule_span s where s.center_id = c.id and s.rule_id = 'consent.ask') s`.replace(
          '$1',
          `'${t.world.centerId}'`,
        ),
      )
      .then((rows) => rows.map((row) => ({ plan: JSON.stringify(row) })))) as [{ plan: string }];
    const read = [...plan.matchAll(/"Actual Rows":\s?([\d.]+)/g)].map(([, n]) => Number(n));
    expect(read.length).toBeGreaterThan(3);
    expect(Math.max(...read)).toBeLessThan(10);
  });
});
