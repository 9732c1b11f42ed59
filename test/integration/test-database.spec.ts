import { Client } from 'pg';
import { createTestDatabase } from '../support/database';

/** Real: PostgreSQL and the migrations. */
async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

describe('a database for a spec file', () => {
  it('has the migrated schema', async () => {
    const database = await createTestDatabase();
    const applied = await ask<{ count: string }>(database.ownerUrl, 'SELECT count(*) FROM migrations');
    expect(Number(applied[0]?.count)).toBeGreaterThan(0);
    await database.drop();
  });

  it('is not seen by another', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await ask(one.ownerUrl, 'CREATE TABLE only_here (id int)');
    expect(await ask(one.ownerUrl, `SELECT to_regclass('only_here') IS NOT NULL AS found`)).toEqual([{ found: true }]);
    expect(await ask(other.ownerUrl, `SELECT to_regclass('only_here') IS NOT NULL AS found`)).toEqual([
      { found: false },
    ]);
    await Promise.all([one.drop(), other.drop()]);
  });

  it('can be dropped while a connection is open', async () => {
    const database = await createTestDatabase();
    const forgotten = new Client({ connectionString: database.ownerUrl });
    forgotten.on('error', () => undefined);
    await forgotten.connect();
    await database.drop();
    await expect(ask(database.ownerUrl, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
    await forgotten.end().catch(() => undefined);
  });
});
