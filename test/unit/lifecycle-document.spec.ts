import { existsSync, readFileSync, writeFileSync } from 'node:fs';
// The application enters the lifecycle tables of all its modules.
import '../../src/app.module';
import { lifecycleDocument } from '../../src/kernel';
import { definedLifecycles } from '../../src/platform/auth';

const FILE = 'docs/lifecycle.md';

describe('the page of lifecycles', () => {
  const text = lifecycleDocument(definedLifecycles());

  it('is the one kept in docs (npm run docs:lifecycle writes it)', () => {
    if (process.env['WRITE_DOCS'] === 'yes') writeFileSync(FILE, text);
    const kept = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
    if (kept !== text) throw new Error(`${FILE} is stale: run npm run docs:lifecycle and commit what it wrote`);
  });

  it('draws every state and lists every act of every table', () => {
    for (const table of definedLifecycles()) {
      const states = Object.entries(table.states).map(
        ([key, name]) => `state "${name}" as ${key.replaceAll('-', '_')}`,
      );
      for (const line of [...states, ...Object.keys(table.acts).map((act) => `\`${table.name}.${act}\``)]) {
        expect(text).toContain(line);
      }
    }
    expect(definedLifecycles().map((t) => t.name)).toEqual(
      expect.arrayContaining(['disputes', 'mediation', 'transfers']),
    );
  });

  it('leaves no hyphen in the name of a node, which would be read as an arrow', () => {
    const arrows = text.split('\n').filter((line) => line.includes('-->'));
    expect(arrows.length).toBeGreaterThan(50);
    expect(arrows.filter((line) => !/^ {2}(\[\*\]|\w+) --> (\[\*\]|\w+)(: .+)?$/.test(line))).toEqual([]);
  });
});
