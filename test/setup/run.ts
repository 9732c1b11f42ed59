/** Names of the environment variables by which the set-up tells the workers about this run. */
export const TEST_ADMIN_URL = 'ZONGZHI_TEST_ADMIN_URL';
export const TEST_RUN = 'ZONGZHI_TEST_RUN';
export const TEST_OWNER_PASSWORD = 'ZONGZHI_TEST_OWNER_PASSWORD';

declare global {
  var stopTestServer: (() => Promise<void>) | undefined;
}
