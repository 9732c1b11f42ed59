import { randomBytes } from 'node:crypto';
import { APP_ROLE, migrate } from '../../src/data-source';
import { TEST_ADMIN_URL, TEST_OWNER_PASSWORD, TEST_RUN } from './run';
import { ownerOf, runStatements, startTestServer, urlOfDatabase } from './test-server';

/**
 * One server and one migrated template for the whole run: both projects name this file and jest calls it once. The template
 * belongs to a role that is no superuser, as on a server of somebody else's: row security binds the program's functions too.
 */
export default async function globalSetup(): Promise<void> {
  const server = await startTestServer(process.env['TEST_DATABASE_URL']);
  globalThis.stopTestServer = () => server.stop();
  const run = `zongzhi_test_${randomBytes(4).toString('hex')}`;
  const template = `${run}_template`;
  const password = randomBytes(16).toString('hex');
  try {
    await runStatements(server.adminUrl, [
      `DO $$ BEGIN CREATE ROLE ${APP_ROLE} NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
      `CREATE ROLE ${run}_owner LOGIN PASSWORD '${password}'`,
      `GRANT ${APP_ROLE} TO ${run}_owner WITH ADMIN OPTION`,
      `CREATE DATABASE ${template} OWNER ${run}_owner`,
    ]);
    await migrate(ownerOf(urlOfDatabase(server.adminUrl, template), run, password));
    // Nobody may connect any more: a connection to the template would make every clone fail.
    await runStatements(server.adminUrl, [`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`]);
  } catch (error) {
    await server.stop();
    throw error;
  }
  // Workers inherit the environment of the parent.
  process.env[TEST_ADMIN_URL] = server.adminUrl;
  process.env[TEST_RUN] = run;
  process.env[TEST_OWNER_PASSWORD] = password;
}
