import { Client } from 'pg';
import { TEST_ADMIN_URL, TEST_RUN } from './run';

/** Drops what this run made, which matters on a given server, then stops the server if it is ours. */
export default async function globalTeardown(): Promise<void> {
  const adminUrl = process.env[TEST_ADMIN_URL];
  const run = process.env[TEST_RUN];
  if (adminUrl !== undefined && run !== undefined && process.env['TEST_DATABASE_URL'] !== undefined) {
    await dropDatabases(adminUrl, run);
  }
  await globalThis.stopTestServer?.();
}

async function dropDatabases(adminUrl: string, run: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const left = await client.query<{ name: string }>(
      'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)',
      [run],
    );
    for (const { name } of left.rows) {
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
    }
    await client.query(`DROP ROLE IF EXISTS ${run}_owner`);
  } finally {
    await client.end();
  }
}
