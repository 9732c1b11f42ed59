import { type Principal, Tx, UnitOfWork, withContext } from '../../src/platform/database';
import { anAcceptedMatter, aRegisteredMatter, aTriagedMatter } from '../support/matters';
import { type TestApp, startTestApp } from '../support/test-app';

describe('what the database itself keeps in place (real PostgreSQL, as the application’s role)', () => {
  let t: TestApp;
  let dispatcher: Principal;

  beforeAll(async () => {
    t = await startTestApp();
    dispatcher = { kind: 'account', accountId: t.world.account('dispatcher').id, sessionId: null };
  });
  afterAll(() => t.close());
  afterEach(() => jest.restoreAllMocks());

  const asDispatcher = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    withContext({ principal: dispatcher }, () => t.app.get(UnitOfWork).run(work));

  it('lets functions that see more run with a fixed path, for the application alone', async () => {
    const loose = await t.sql(
      `select p.proname from pg_proc p where p.pronamespace = 'app'::regnamespace and p.prosecdef
          and (has_function_privilege('public', p.oid, 'execute')
               or not coalesce('search_path=pg_catalog, public, pg_temp' = any (p.proconfig), false)
               or exists (select 1 from unnest(p.proconfig) c where c !~ '^(search_path|plan_cache_mode|jit)='))`,
    );
    expect(loose).toEqual([]);
  });

  it('guards every table that hangs on a matter and can be updated against moving its rows', async () => {
    const open = await t.sql(
      `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'dispute_id'
        where c.relkind = 'r' and has_table_privilege('zongzhi_app', c.oid, 'update')
          and not exists (select 1 from pg_trigger g where g.tgrelid = c.oid and g.tgfoid = 'app.refuse_move()'::regprocedure)`,
    );
    expect(open).toEqual([]);
  });

  it('refuses to carry a row into another matter that one may write too', async () => {
    const [from, to] = [await aRegisteredMatter(t), await aRegisteredMatter(t)];
    await t.sql('delete from dispute_narrative where dispute_id = $1', [to]);
    const move = asDispatcher((tx) =>
      tx.query('update dispute_narrative set dispute_id = $2 where dispute_id = $1', [from, to]),
    );
    await expect(move).rejects.toMatchObject({ code: '42501' });
    await asDispatcher((tx) =>
      tx.query('update dispute_narrative set dispute_id = dispute_id, requests = $2 where dispute_id = $1', [
        from,
        '无',
      ]),
    );
  });

  it.each([
    ["registered_at = registered_at - interval '1 year'"],
    ["registration_number = '新城登〔2020〕1号'"],
    ['registered_by = null'],
    ['case_seq = case_seq + 1'],
    ["accepted_at = accepted_at - interval '1 year'"],
    ['case_number = null, case_seq = null, case_year = null'],
  ])('keeps when and under which number a matter came in: %s', async (change) => {
    const id = await anAcceptedMatter(t);
    // The statement's text varies here, so it goes past the named statements of the application.
    await expect(t.sql(`update dispute set ${change} where id = $1`, [id])).rejects.toMatchObject({ code: '42501' });
  });

  it('keeps a matter in the figures of the center where it was registered', async () => {
    const id = await aRegisteredMatter(t);
    await expect(
      asDispatcher((tx) =>
        tx.query('update dispute set center_id = $2, handling_center_id = center_id where id = $1', [
          id,
          t.world.streetCenterId,
        ]),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('proposes mediators with the same number of statements, however many there are', async () => {
    const id = await aTriagedMatter(t);
    const caller = await t.as('dispatcher');
    const count = async (): Promise<[number, number]> => {
      const spy = jest.spyOn(Tx.prototype, 'query');
      const reply = await caller.get(`/disputes/${id}/mediator-candidates`);
      expect([reply.status, reply.body]).toEqual([200, expect.anything()]);
      const statements = spy.mock.calls.length;
      spy.mockRestore();
      return [(reply.body as unknown[]).length, statements];
    };
    const [few, statements] = await count();
    await t.sql(
      `with people as (
         insert into account (id, login_name, display_name) select gen_random_uuid(), 'many' || n, '众调解' || n from generate_series(1, 12) n
         returning id, display_name)
       insert into committee_member (id, committee_id, account_id, name, engagement, position, term_from)
         select gen_random_uuid(), $1, id, display_name, 'engaged', 'mediator', '2026-01-01' from people`,
      [t.world.committeeId],
    );
    expect(await count()).toEqual([few + 12, statements]);
  });
});
