import { UnitOfWork, withContext } from '../../src/platform/database';
import { type TestApp, startTestApp } from '../support/test-app';

const MATTERS = 10_000;

/** What a reader may find by LIKE: the truth that the index is held against. */
interface Reader {
  readonly key: string;
  readonly column: 'words' | 'head';
  readonly centers: readonly string[];
  /** Matters of other places that the reader is on the list of. */
  readonly named?: readonly string[];
}

const SURNAMES = Array.from('王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗');
const GIVEN = Array.from('伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰');
const THINGS = ['漏水', '噪声', '停车', '工资', '借款', '彩礼', '宅基地', '货款', '物业费', '医疗费', '树木', '围墙'];
const PLACES = ['光明', '通道', '锦绣', '满都海', '东影', '长乐宫', '新华', '海拉尔'];
const SENTENCES = [
  '双方因{t}问题多次争吵，经邻居劝说无果。',
  '申请人称对方拖欠{t}，要求在月底前给付。',
  '被申请人认为{t}与己无关，愿意到中心协商。',
  '现场查看后发现{t}情况属实，损失约{n}元。',
];

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Rows are written past the program: what is under test is what is found among them. */
describe(`search among ${String(MATTERS)} matters (real PostgreSQL)`, () => {
  let t: TestApp;
  let readers: readonly Reader[];
  beforeAll(async () => {
    t = await startTestApp();
    const { centerId, streetCenterId, foreignCenterId } = t.world;
    const next = random(20261122);
    const one = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
    const rows = Array.from({ length: MATTERS }, (_, i) => {
      const person = (): string => one(SURNAMES) + one(GIVEN) + (next() < 0.7 ? one(GIVEN) : '');
      const [thing, place] = [one(THINGS), one(PLACES)];
      const told = Array.from({ length: 2 + Math.floor(next() * 3) }, () => one(SENTENCES))
        .map((s) => s.replace('{t}', one(THINGS)).replace('{n}', String(Math.floor(next() * 9000))))
        .join('');
      return {
        i,
        center: next() < 0.8 ? centerId : one([streetCenterId, foreignCenterId]),
        handling: next() < 0.05 ? streetCenterId : null,
        title: `${place}小区${thing}纠纷${i === 77 ? '（古琴）' : ''}`,
        told: told + (i % 997 === 0 ? '泡坏𠮷祥物一件。' : ''),
        place: `${place}路${String(Math.floor(next() * 200))}号`,
        people: [person(), person(), ...(i % 500 === 0 ? ['阿依古丽·买买提'] : [])],
      };
    });
    await t.sql(
      `insert into dispute (id, center_id, handling_center_id, registration_number, channel, title, place, state, first_responder_id, registered_at, limitation_interrupted_at)
       select gen_random_uuid(), (r->>'center')::uuid, (r->>'handling')::uuid, '综治登字〔' || 2021 + (r->>'i')::int / 2000 || '〕' || (r->>'i') || '号', 'visit', r->>'title', r->>'place',
              'registered', $2, timestamptz '2021-01-01' + (r->>'i')::int * interval '4 hours 1 microsecond', timestamptz '2021-01-01'
         from jsonb_array_elements($1::jsonb) r`,
      [JSON.stringify(rows), t.world.account('intake').id],
    );
    await t.sql(
      `insert into dispute_narrative (dispute_id, narrative) select d.id, r->>'told' from jsonb_array_elements($1::jsonb) r
         join dispute d on d.registration_number = '综治登字〔' || 2021 + (r->>'i')::int / 2000 || '〕' || (r->>'i') || '号'`,
      [JSON.stringify(rows)],
    );
    await t.sql(
      `insert into party (id, dispute_id, ordinal, kind, side, name, name_key, state, created_at, updated_at)
       select gen_random_uuid(), d.id, n.i, 'person', case n.i when 1 then 'applicant' else 'respondent' end, n.name, n.name, 'active', timestamptz '2021-01-01', timestamptz '2021-01-01'
         from jsonb_array_elements($1::jsonb) r
         join dispute d on d.registration_number = '综治登字〔' || 2021 + (r->>'i')::int / 2000 || '〕' || (r->>'i') || '号'
         cross join lateral jsonb_array_elements_text(r->'people') with ordinality n(name, i)`,
      [JSON.stringify(rows)],
    );
    await t.sql('select app.index_matter(id) from dispute');
    const named = (
      await t.sql<{ id: string }>(
        `insert into dispute_access (id, dispute_id, account_id, ground, role, granted_by, starts_at)
           select gen_random_uuid(), d.id, $1, 'assigned', 'mediator', $1, timestamptz '2021-01-01' from dispute d
            where d.center_id = $2 and not coalesce(d.handling_center_id = $3, false) and hashtext(d.registration_number) % 3 = 0 returning dispute_id as id`,
        [t.world.account('intake').id, foreignCenterId, centerId],
      )
    ).map(({ id }) => id);
    await t.sql('vacuum analyze app.matter_search');
    readers = [
      { key: 'intake', column: 'words', centers: [centerId], named },
      { key: 'street-intake', column: 'words', centers: [streetCenterId] },
      { key: 'director', column: 'head', centers: [centerId, streetCenterId] },
      { key: 'province', column: 'head', centers: [centerId, streetCenterId, foreignCenterId] },
    ];
  }, 600_000);
  afterAll(() => t.close());

  /** As the role of the program, under row security; `province` stands above more centers than are asked one by one. */
  const as = <T>(
    key: string,
    work: (query: (sql: string, values: unknown[]) => Promise<object[]>) => Promise<T>,
  ): Promise<T> => {
    const accountId = t.world.account(key === 'province' ? 'director' : key).id;
    return withContext({ principal: { kind: 'account', accountId, sessionId: null } }, () =>
      t.app.get(UnitOfWork).read(async (tx) => {
        if (key === 'province') {
          const { centerId, streetCenterId, foreignCenterId } = t.world;
          await tx.query(
            `select set_config('app.header_center_ids', (array[$1, $2, $3]::uuid[] || array(select gen_random_uuid() from generate_series(1, 400)))::text, true)`,
            [centerId, streetCenterId, foreignCenterId],
          );
        }
        return work((sql, values) => tx.query(sql, values));
      }),
    );
  };

  const found = async (key: string, form: string, part: string, limit: number): Promise<string[]> =>
    as(key, async (query) => {
      const ids: string[] = [];
      let after: { at: string | null; id: string | null } = { at: null, id: null };
      for (;;) {
        const page = (await query(
          'select match_id as id, match_at::text as at from app.search_matters($1, $2::timestamptz, $3, $4, $5)',
          [form, after.at, after.id, limit, part],
        )) as { id: string; at: string }[];
        ids.push(...page.map((row) => row.id));
        const last = page.at(-1);
        if (last === undefined || page.length < limit) return ids;
        after = last;
      }
    });

  const truth = async ({ column, centers, named = [] }: Reader, form: string): Promise<string[]> =>
    (
      await t.sql<{ id: string }>(
        `select dispute_id as id from app.matter_search where position($1 in ${column}) > 0 and (center_id = any ($2) or handling_center_id = any ($2) or dispute_id = any ($3))
          order by registered_at desc, dispute_id desc`,
        [form, centers, named],
      )
    ).map((row) => row.id);

  /** One term or two for each class of frequency and length, and what stands at the edges. */
  const TERMS: readonly (readonly [string, readonly string[]])[] = [
    ['one character, common', ['号', '纠']],
    ['one character, rare', ['琴', '𠮷', '满']],
    ['two characters, common', ['纠纷', '双方']],
    ['two characters, middling', ['树木', '张伟']],
    ['two characters, rare', ['古琴', '𠮷祥']],
    ['three characters, common', ['申请人', '小区漏']],
    ['three characters, middling', ['满都海', '宅基地']],
    ['three characters, rare', ['坏𠮷祥']],
    ['four characters', ['多次争吵', '海拉尔路', '泡坏𠮷祥']],
    ['more than four, of frequent pairs, rarely together', ['光明小区漏', '海小区树木', '新华小区噪']],
    ['names of two characters', ['王伟', '罗兰']],
    ['names of three characters', ['李秀英', '阿依古丽买买提']],
    ['numbers and parts of them', ['(2021)', '(2025)', '77号', '综治登字(2021)77号', '路19号']],
    ['what is nowhere', ['麒麟', '古琴琴', '%', '_', '张_伟', '\\', "'"]],
  ];

  it.each(TERMS)(
    'finds by %s exactly what LIKE finds, in order, each once, for readers of every rank',
    async (_, terms) => {
      for (const reader of readers) {
        for (const term of terms) {
          const expected = await truth(reader, term);
          expect([reader.key, term, await found(reader.key, term, 'all', 97)]).toEqual([reader.key, term, expected]);
        }
      }
    },
  );

  it('has something to find in all classes but the last', async () => {
    const everywhere = readers.at(-1)?.centers ?? [];
    for (const [name, terms] of TERMS.slice(0, -1)) {
      for (const term of terms) {
        const { length } = await truth({ key: '', column: 'words', centers: everywhere }, term);
        expect([name, term, length > 0]).toEqual([name, term, true]);
      }
    }
  });

  it('divides what is found into what is exactly as asked and the rest', async () => {
    for (const term of ['王伟', '阿依古丽买买提', '综治登字(2021)77号', '纠纷']) {
      for (const { key } of readers) {
        const [all, whole, rest] = [
          await found(key, term, 'all', 50),
          await found(key, term, 'whole', 50),
          await found(key, term, 'rest', 50),
        ];
        expect([key, term, [...whole, ...rest].sort()]).toEqual([key, term, [...all].sort()]);
      }
    }
    expect((await found('intake', '王伟', 'whole', 50)).length).toBeGreaterThan(0);
    expect(await found('director', '王伟', 'whole', 50)).toEqual([]);
  });

  it('asks the indexes of pairs and of marks, as the role under row security', async () => {
    for (const [key, part, index] of [
      ['intake', 'all', 'matter_search_words'],
      ['province', 'all', 'matter_search_head'],
      ['intake', 'whole', 'matter_search_marks'],
    ] as const) {
      const scans = await as(key, async (query) => {
        // What the reader's own connection did: counts of all connections arrive late, from any of them.
        const scansByThisConnection = async (): Promise<number> => {
          const [row] = await query(
            `select pg_stat_get_xact_numscans(oid)::int as n from pg_class where relname = $1`,
            [index],
          );
          return (row as { n: number }).n;
        };
        const before = await scansByThisConnection();
        await query('select * from app.search_matters($1, null, null, 20, $2)', ['没有的字', part]);
        return (await scansByThisConnection()) - before;
      });
      expect([index, scans]).toEqual([index, 1]);
    }
    await expect(as('intake', (query) => query('select * from app.matter_search limit 1', []))).rejects.toThrow(
      /permission denied/,
    );
  });
});
