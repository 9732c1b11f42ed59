/**
 * A browser on a machine that stalls for seconds may miss a moment: a test that failed is tried once more. What failed, and
 * what the pages showed then, stays in the output either way.
 */
jest.retryTimes(1, { retryImmediately: true, logErrorsBeforeRetry: true });
