import { parse as parseYaml } from 'yaml';
import { TemplateError } from '../paper-errors';
import { suggestion } from './expressions';
import type { PaperTemplate } from './template-ast';

/** What a center may set in the head; the rest of it is what the program fills and what papers are found by. */
const OWN_KEYS = ['page', 'footer'];
const HOUSE_KEYS: Readonly<Record<string, string>> = {
  id: '模板标识',
  name: '文书名称',
  version: '版本',
  data: '文书所需的内容',
};

interface Parts {
  /** Lines of each setting of the head, by its name. */
  readonly head: ReadonlyMap<string, readonly string[]>;
  /** Line, counted from 1, on which each setting stands. */
  readonly lineOf: ReadonlyMap<string, number>;
  readonly body: readonly string[];
  /** Lines before the body. */
  readonly bodyStart: number;
}

/** A center's text joined with the house's head: a whole template, and where its lines stand in the center's text. */
export interface OwnTemplateText {
  readonly file: string;
  readonly source: string;
  readonly ownLine: (line: number) => number;
}

/** The part of a house template that a center may change: where its own version begins. */
export function ownPartOf(house: PaperTemplate): string {
  const { head, body } = partsOf(house.file, house.source);
  return ['---', ...OWN_KEYS.flatMap((key) => head.get(key) ?? []), '---', ...body].join('\n');
}

/**
 * Joins what a center wrote with what the house keeps: id, name and data come from the house as it is now, so that a center's
 * text goes on fitting what the program fills in.
 *
 * @throws TemplateError for a head that sets what it may not
 */
export function joinOwn(house: PaperTemplate, own: string, number: number): OwnTemplateText {
  const file = `${house.file}+${number}`;
  const kept = partsOf(house.file, house.source).head;
  const parts = partsOf(file, own);
  const set = headOf(file, parts);
  const lines = ['---', ...(kept.get('id') ?? []), ...(kept.get('name') ?? []), `version: ${house.version}+${number}`];
  const lineOf = new Map<number, number>();
  for (const key of OWN_KEYS) {
    if (set[key] === undefined) lines.push(...(kept.get(key) ?? []));
    else {
      lines.push(`${key}: ${JSON.stringify(set[key])}`);
      lineOf.set(lines.length, parts.lineOf.get(key) ?? 1);
    }
  }
  lines.push(...(kept.get('data') ?? []), '---');
  const start = lines.length;
  return {
    file,
    source: [...lines, ...parts.body].join('\n'),
    ownLine: (line) => (line > start ? line - start + parts.bodyStart : (lineOf.get(line) ?? 1)),
  };
}

/** What the center's head sets. It is read by itself, so that nothing in it can reach into the house's part. */
function headOf(file: string, { head, lineOf }: Parts): Record<string, unknown> {
  const stray = [...head.keys()].find((key) => !OWN_KEYS.includes(key));
  if (stray !== undefined) {
    const line = lineOf.get(stray) ?? 1;
    const what = HOUSE_KEYS[stray];
    throw new TemplateError(
      file,
      line,
      what === undefined
        ? `开头部分只能写 page 和 footer，不认识“${stray}”${suggestion(stray, OWN_KEYS)}`
        : `“${stray}”（${what}）由系统统一规定，中心不能改，请删去`,
    );
  }
  const set: Record<string, unknown> = {};
  for (const [key, lines] of head) {
    try {
      Object.assign(set, parseYaml(lines.join('\n')) as unknown);
    } catch {
      throw new TemplateError(file, lineOf.get(key) ?? 1, `${key} 的写法不对，请检查缩进、冒号和引号`);
    }
  }
  return set;
}

function partsOf(file: string, source: string): Parts {
  const lines = source.split(/\r?\n/);
  const head = new Map<string, string[]>();
  const lineOf = new Map<string, number>();
  if (lines[0]?.trim() !== '---') return { head, lineOf, body: lines, bodyStart: 0 };
  const end = lines.findIndex((line, i) => i > 0 && line.trim() === '---');
  if (end < 0) throw new TemplateError(file, 1, '开头部分没有以一行“---”结束');
  let setting: string[] | undefined;
  lines.slice(1, end).forEach((line, i) => {
    const key = /^([A-Za-z]\w*)\s*:/.exec(line)?.[1];
    if (key !== undefined) {
      if (head.has(key)) throw new TemplateError(file, i + 2, `“${key}”写了两次`);
      setting = [];
      head.set(key, setting);
      lineOf.set(key, i + 2);
    } else if (setting === undefined && line.trim() !== '' && !line.trim().startsWith('#'))
      throw new TemplateError(file, i + 2, '开头部分每一项写成“page: …”或“footer: …”');
    setting?.push(line);
  });
  return { head, lineOf, body: lines.slice(end + 1), bodyStart: end + 1 };
}
