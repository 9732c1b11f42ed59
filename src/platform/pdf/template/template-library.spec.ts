import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { composePaper } from './compose';
import { TemplateLibrary } from './template-library';

describe('templates in use', () => {
  const dir = mkdtempSync(join(tmpdir(), 'templates-'));
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });
  const write = (version: string, body: string): void => {
    writeFileSync(join(dir, 'a.tpl.md'), `---\nid: a\nname: 甲\nversion: ${version}\n---\n${body}\n`);
  };

  it('are never replaced by a broken file', () => {
    const library = new TemplateLibrary(dir);
    write('1.0.0', '第一版');
    expect(library.reload()).toEqual([]);
    write('1.1.0', '{{ nothing }}');
    expect(library.reload().map((error) => error.message)).toEqual([expect.stringContaining('a.tpl.md 第6行')]);
    expect(library.get('a').version).toBe('1.0.0');
    write('1.2.0', '第三版');
    expect(library.reload()).toEqual([]);
    expect(library.get('a').version).toBe('1.2.0');
    expect(() => library.get('b')).toThrow('没有名为“b”的文书模板');
  });

  it('of the house all load, and their examples fulfil their contracts', () => {
    const library = new TemplateLibrary(resolve('templates'));
    expect(library.reload()).toEqual([]);
    expect(library.list().length).toBeGreaterThan(8);
    for (const { id } of library.list()) {
      expect(() => composePaper(library.get(id), library.exampleOf(id))).not.toThrow();
    }
  });
});
