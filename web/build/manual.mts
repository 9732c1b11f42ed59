import createMarkdown from 'markdown-it';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';

/** One `##` of a chapter; `pages` are the routes whose help it is. */
interface Section {
  readonly id: string;
  readonly title: string;
  readonly pages: readonly string[];
  readonly markdown: string;
}

interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  readonly sections: readonly Section[];
}

const OUTLINE = 'virtual:manual';
/** Names the pages that a section is the help of: `<!-- 页面：/worklist，/search -->`. */
const PAGES = /<!--\s*页面：([^>]*?)\s*-->/;

/** Reads a chapter: `# title`, an introduction, then sections. */
export function parseChapter(id: string, text: string): Chapter {
  const [head = '', ...parts] = text.split(/^## /m);
  const [, title = '', intro = ''] = /^# (.*)\n([\s\S]*)$/.exec(head) ?? [];
  return {
    id,
    title: title.trim(),
    intro: intro.trim(),
    sections: parts.map((part, i) => {
      const [first = '', ...rest] = part.split('\n');
      const markdown = rest.join('\n');
      const pages = (PAGES.exec(markdown)?.[1] ?? '').split('，').filter((page) => page !== '');
      return { id: `${id}-${i + 1}`, title: first.trim(), pages, markdown: markdown.replace(PAGES, '').trim() };
    }),
  };
}

/**
 * The manual (docs/manual) as modules of the web: each chapter rendered when the web is built, in a chunk of its own, and
 * `virtual:manual` with the outline. What staff read in the repository and under 帮助 is one text.
 */
export function manual(directory: string): Plugin {
  const names = (): string[] =>
    readdirSync(directory)
      .filter((name) => /^\d\d-.*\.md$/.test(name))
      .sort();
  const read = (name: string): Chapter =>
    parseChapter(basename(name, '.md'), readFileSync(join(directory, name), 'utf8'));
  return {
    name: 'manual',
    resolveId: (id) => (id === OUTLINE ? `\0${OUTLINE}` : null),
    load(id) {
      if (id !== `\0${OUTLINE}`) return null;
      const chapters = names().map((name) => {
        const { id: key, title, sections } = read(name);
        const outline = { id: key, title, sections: sections.map(({ id, title, pages }) => ({ id, title, pages })) };
        return `{ ...${JSON.stringify(outline)}, load: () => import(${JSON.stringify(join(directory, name))}) }`;
      });
      return `export const chapters = [${chapters.join(',\n')}];`;
    },
    transform(code, id) {
      if (!id.startsWith(directory) || !id.endsWith('.md')) return null;
      const { intro, sections } = parseChapter(basename(id, '.md'), code);
      const images: string[] = [];
      const html = (markdown: string): string =>
        JSON.stringify(renderer(directory, images).render(markdown)).replace(/@@(\d+)@@/g, '" + image$1 + "');
      const bodies = sections.map((s) => `${JSON.stringify(s.id)}: ${html(s.markdown)}`);
      const body = `export const intro = ${html(intro)};\nexport const sections = { ${bodies.join(',\n')} };`;
      const imports = images.map((file, i) => `import image${i} from ${JSON.stringify(join(directory, file))};`);
      return { code: `${imports.join('\n')}\n${body}`, map: null };
    },
  };
}

/** Pictures become imports, so that the build names them by their content; their text stands below as the caption. */
function renderer(directory: string, images: string[]): ReturnType<typeof createMarkdown> {
  const md = createMarkdown({ html: false, linkify: false });
  md.renderer.rules.image = (tokens, index) => {
    const token = tokens[index];
    const source = String(token?.attrGet('src') ?? '');
    const alt = md.utils.escapeHtml(token?.content ?? '');
    // A PNG tells its size in its head; with it the text does not jump when the picture comes.
    const head = readFileSync(join(directory, source));
    const size = `width="${head.readUInt32BE(16)}" height="${head.readUInt32BE(20)}"`;
    const number = images.includes(source) ? images.indexOf(source) : images.push(source) - 1;
    return `<span class="picture"><a href="@@${number}@@" target="_blank"><img src="@@${number}@@" alt="${alt}" ${size} loading="lazy"></a><span class="caption" aria-hidden="true">${alt}</span></span>`;
  };
  // Sections are headed by the page that shows them.
  const heading = (open: boolean) => (): string => (open ? '<h4>' : '</h4>\n');
  md.renderer.rules.heading_open = heading(true);
  md.renderer.rules.heading_close = heading(false);
  return md;
}
