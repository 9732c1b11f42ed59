import { DataSource } from 'typeorm';
import { migrations } from '../../migrations';
import { migrationsDataSource } from '../../src/data-source';
import { type TestDatabase, createTestDatabase } from '../support/database';
import { type TestApp, startTestApp } from '../support/test-app';

interface ColumnRow {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** Types as the catalog names them, per type as entities name them. */
const CATALOG_TYPE: Readonly<Record<string, string>> = {
  timestamptz: 'timestamp with time zone',
  int: 'integer',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  varchar: 'character varying',
};

/** Tables that only functions and statements touch; they have no entity on purpose. */
const WITHOUT_ENTITY = ['migrations'];

describe('the schema that the migrations make (real PostgreSQL)', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  it('is the one the entities describe: same columns, types and nullability', async () => {
    const rows = await t.sql<ColumnRow>(`
      select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type, not a.attnotnull as nullable
        from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`);
    const catalog = new Map(rows.map((r) => [`${r.table}.${r.column}`, r]));
    const faults: string[] = [];
    for (const entity of t.app.get(DataSource).entityMetadatas) {
      for (const column of entity.columns) {
        const place = `${entity.tableName}.${column.databaseName}`;
        const actual = catalog.get(place);
        if (!actual) {
          faults.push(`${place} is not in the schema`);
          continue;
        }
        const named = typeof column.type === 'string' ? column.type : column.type.name.toLowerCase();
        const type = `${CATALOG_TYPE[named] ?? named}${column.isArray ? '[]' : ''}`;
        if (actual.type !== type) faults.push(`${place}: entity says ${type}, schema says ${actual.type}`);
        if (actual.nullable !== column.isNullable) faults.push(`${place}: entity and schema disagree about null`);
      }
      const known = new Set(entity.columns.map((c) => c.databaseName));
      faults.push(
        ...rows
          .filter((r) => r.table === entity.tableName && !known.has(r.column))
          .map((r) => `${r.table}.${r.column} is in no entity`),
      );
    }
    expect(faults).toEqual([]);
  });

  it('describes every table, column and policy', async () => {
    const bare = await t.sql(
      `
      select c.relname || coalesce('.' || a.attname, '') as place
        from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all ($1)
         and (obj_description(c.oid) is null or (a.attnum is not null and col_description(c.oid, a.attnum) is null))
      union all
      select 'policy ' || p.polname from pg_policy p where obj_description(p.oid, 'pg_policy') is null`,
      [WITHOUT_ENTITY],
    );
    expect(bare).toEqual([]);
  });

  it('has row security switched on and forced on every table, and nothing granted past it', async () => {
    const open = await t.sql(
      `
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and relname <> all ($1) and not (relrowsecurity and relforcerowsecurity)`,
      [WITHOUT_ENTITY],
    );
    expect(open).toEqual([]);
    const [role] = await t.sql(
      "select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'zongzhi_app'",
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false });
    const owners = await t.sql(
      'select distinct rolsuper or rolbypassrls as "isPastRowSecurity" from pg_tables join pg_roles on rolname = tableowner where schemaname = \'public\'',
    );
    expect(owners).toEqual([{ isPastRowSecurity: false }]);
    const [current] = await t.app.get(DataSource).query<{ current_user: string }[]>('select current_user');
    expect(current).toEqual({ current_user: 'zongzhi_app' });
  });
});

describe('migrations', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('go down to nothing and up again to the same schema', async () => {
    const dataSource = migrationsDataSource(database.ownerUrl);
    await dataSource.initialize();
    try {
      const before = await fingerprint(dataSource);
      expect(before.length).toBeGreaterThan(100);
      for (const _ of migrations) await dataSource.undoLastMigration({ transaction: 'each' });
      expect(
        await dataSource.query(
          "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migrations'",
        ),
      ).toEqual([]);
      await dataSource.runMigrations({ transaction: 'each' });
      expect(await fingerprint(dataSource)).toEqual(before);
    } finally {
      await dataSource.destroy();
    }
  });
});

/** Columns, constraints, indexes, policies, triggers and functions, as text. */
async function fingerprint(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ line: string }[]>(`
    select format('column %s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public'
    union all select format('constraint %s %s', conname, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select format('policy %s %s %s %s', polname, polcmd, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) from pg_policy
    union all select format('trigger %s', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
    union all select pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = 'app'::regnamespace
    order by 1`);
  return rows.map((r) => r.line);
}
