import { existsSync, readFileSync, writeFileSync } from 'node:fs';
// The application enters the policies of all its modules.
import '../../src/app.module';
import { policyTable } from '../../src/platform/auth';
import { authorizationDocument } from '../support/authorization-document';

const FILE = 'docs/authorization.md';

describe('the page of the policy table', () => {
  const text = authorizationDocument(policyTable());

  it('is the one kept in docs (npm run docs:authorization writes it)', () => {
    if (process.env['WRITE_DOCS'] === 'yes') writeFileSync(FILE, text);
    const kept = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
    if (kept !== text) throw new Error(`${FILE} is stale: run npm run docs:authorization and commit what it wrote`);
  });

  it('lists every act once, with its grants', () => {
    for (const [act, { label }] of policyTable()) {
      const lines = text.split('\n').filter((line) => line.startsWith(`| \`${act}\``));
      expect([act, lines.length, lines[0]?.includes(label)]).toEqual([act, 1, true]);
    }
    expect(text).toContain('| `disputes.reopen` | 重启 | 本中心：中心主任 |');
    expect(text).toContain('| `verification.check-code` | 凭查验码核验文书 | 任何人 |');
  });
});
