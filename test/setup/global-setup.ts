import { randomBytes } from 'node:crypto';
import { migrate } from '../../src/data-source';
import { TEST_ADMIN_URL, TEST_RUN } from './run';
import { runStatements, startTestServer, urlOfDatabase } from './test-server';

/** One server and one migrated template for the whole run: both projects name this file and jest calls it once. */
export default async function globalSetup(): Promise<void> {
  const server = await startTestServer(process.env['TEST_DATABASE_URL']);
  globalThis.stopTestServer = () => server.stop();
  const run = `zongzhi_test_${randomBytes(4).toString('hex')}`;
  const template = `${run}_template`;
  try {
    await runStatements(server.adminUrl, [`CREATE DATABASE ${template}`]);
    await migrate(urlOfDatabase(server.adminUrl, template));
    // Nobody may connect any more: a connection to the template would make every clone fail.
    await runStatements(server.adminUrl, [`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`]);
  } catch (error) {
    await server.stop();
    throw error;
  }
  // Workers inherit the environment of the parent.
  process.env[TEST_ADMIN_URL] = server.adminUrl;
  process.env[TEST_RUN] = run;
}
