import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The manual (docs/manual) is the help of the web: it may name no page, button or picture that is not there. */
const MANUAL = 'docs/manual';
const chapters = readdirSync(MANUAL)
  .filter((name) => /^\d\d-.*\.md$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(MANUAL, name), 'utf8') }));
const filesIn = (directory: string, ending: RegExp): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file) && !file.startsWith('generated'))
    .map((file) => join(directory, file));

/** Every `<!-- 页面：… -->` of the manual, in order. */
const pages = chapters.flatMap(({ text }) =>
  [...text.matchAll(/<!--\s*页面：([^>]*?)\s*-->/g)].flatMap(([, named = '']) => named.split('，')),
);
/** Paths of the router and of the pages of parties. */
const routes = [
  ...['web/src/router.ts', ...filesIn('web/src/pages', /routes\.ts$/)].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^\s*(?:\{ )?path: '([^']+)'/gm)].map(([, path = '']) => path),
  ),
  ...[...readFileSync('web/src/party/PartyApp.vue', 'utf8').matchAll(/^ {2}(\w+): \{ title:/gm)].map(
    ([, first = '']) => `/${first}`,
  ),
].filter((path) => !path.startsWith('/:'));

describe('the manual', () => {
  it('has a section for every page, and one only', () => {
    expect(routes.length).toBeGreaterThan(30);
    expect(routes.filter((path) => !pages.includes(path))).toEqual([]);
    expect(pages.filter((page, i) => pages.indexOf(page) !== i)).toEqual([]);
  });

  it('speaks of no page and no tab that is not there', () => {
    const tabs = [
      ...filesIn('web/src/pages/matter/tabs', /\.ts$/),
      'web/src/pages/admin/OrganizationsPage.vue',
    ].flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/key: '([\w-]+)'/g)].map(([, key = '']) => key));
    const missing = pages.filter((page) => {
      const [path = '', tab] = page.split('?tab=');
      return !page.startsWith('#') && (!routes.includes(path) || (tab !== undefined && !tabs.includes(tab)));
    });
    expect(missing).toEqual([]);
  });

  it('says of every section whose help it is', () => {
    const silent = chapters.flatMap(({ text }) =>
      [...text.matchAll(/^## (.*)\n(?!<!-- 页面：)/gm)].map(([, title = '']) => title),
    );
    expect(silent).toEqual([]);
  });

  it('calls every button, field and tab by the word that stands on the screen', () => {
    const words = [
      readFileSync('docs/openapi.json', 'utf8'),
      ...filesIn('web/src', /\.(vue|ts)$/).map((file) => readFileSync(file, 'utf8')),
    ].join('\n');
    const stands = (word: string): boolean =>
      words.split(word).some((before, i, parts) => {
        const after = parts[i + 1];
        return after !== undefined && !/\p{Script=Han}$/u.test(before) && !/^\p{Script=Han}/u.test(after);
      });
    const named = chapters.flatMap(({ name, text }) =>
      [...text.matchAll(/「([^」]+)」/g)].map(([, word = '']) => `${name}: ${word}`),
    );
    expect(named.length).toBeGreaterThan(100);
    expect([...new Set(named)].filter((line) => !stands(line.split(': ')[1] ?? ''))).toEqual([]);
  });

  it('shows pictures that exist, uses all there are, and keeps them small', () => {
    const shown = chapters.flatMap(({ text }) =>
      [...text.matchAll(/!\[([^\]]*)\]\(images\/([^)]+)\)/g)].map(([, alt = '', file = '']) => ({ alt, file })),
    );
    const kept = readdirSync(join(MANUAL, 'images'));
    expect(shown.map((s) => s.file).sort()).toEqual([...kept].sort());
    expect(kept.length).toBeLessThanOrEqual(40);
    expect(kept.filter((file) => statSync(join(MANUAL, 'images', file)).size > 150_000)).toEqual([]);
    expect(shown.filter((s) => s.alt.length < 4)).toEqual([]);
  });

  it('leads nowhere but to its own chapters', () => {
    const index = readFileSync(join(MANUAL, 'README.md'), 'utf8');
    const linked = [...index.matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) => to);
    expect(linked).toEqual(chapters.map((c) => c.name));
    expect(chapters.flatMap(({ text }) => [...text.matchAll(/(?<!!)\[[^\]]*\]\(/g)])).toEqual([]);
  });
});
