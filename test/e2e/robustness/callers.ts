import type { Caller, TestApp } from '../../support/test-app';
import type { Operation } from './operations';

/** Accounts of the test world that hold a role under another name than the role's. */
const HOLDERS: Readonly<Record<string, string>> = {
  'intake-clerk': 'intake',
  'agency-liaison': 'liaison',
  'agency-handler': 'handler',
  'follow-up-clerk': 'follow-up',
  'center-director': 'director',
  everyone: 'intake',
};

/** Someone whose role may perform the operation, or nobody where it is public. */
export async function callerFor(t: TestApp, operation: Operation): Promise<Caller> {
  if (operation.grants.includes('public')) return t.anonymous;
  // Looks like a link: that it opens nothing is found out only after the input was looked at.
  if (operation.grants.includes('link-holder')) return t.link('x'.repeat(43));
  const grant = operation.grants.find((g) => !g.endsWith('@assigned')) ?? operation.grants[0] ?? '';
  const role = grant.split('@')[0] ?? '';
  return t.as(HOLDERS[role] ?? role);
}
