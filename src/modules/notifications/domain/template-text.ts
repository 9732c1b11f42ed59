import { type MessageKind, PLACEHOLDERS, type Placeholder, ruleOf } from './message-kinds';

/** One message carries 70 characters of Chinese; of a longer one each part carries 67. */
const SINGLE = 70;
const PART = 67;

export function segmentsOf(text: string): number {
  return text.length <= SINGLE ? 1 : Math.ceil(text.length / PART);
}

const NAMED = /\{([^{}]*)\}/g;

/** What a template of this kind may name. */
export function placeholdersOf(kind: MessageKind): readonly Placeholder[] {
  const { to, of } = ruleOf(kind);
  return [
    '中心',
    '编号',
    ...(to === 'party' ? (['电话', '查询网址'] as const) : []),
    ...(of === 'session' ? (['时间', '地点'] as const) : []),
    ...(of === 'due-day' ? (['日期'] as const) : []),
  ].filter((name) => !kind.endsWith('-neutral') || name !== '编号') as Placeholder[];
}

/** What is wrong with the text of a template, in words; empty when it may be put in force. */
export function faultsOf(kind: MessageKind, text: string): string[] {
  const known = placeholdersOf(kind);
  const faults: string[] = [];
  for (const [, name = ''] of text.matchAll(NAMED)) {
    if (known.some((one) => one === name)) continue;
    const nearest = nearestOf(name, known);
    faults.push(
      name in PLACEHOLDERS
        ? `{${name}} 在这种消息里没有内容可填，可用的有：${known.map((k) => `{${k}}`).join('、')}。`
        : `没有 {${name}} 这个填空${nearest === null ? '。' : `，您要写的是不是 {${nearest}}？`}`,
    );
  }
  if (/[{}]/.test(text.replace(NAMED, ''))) faults.push('花括号没有配对，请检查。');
  return faults;
}

/** Whatever is not known stays empty: a message never shows the name of a blank. */
export function fill(text: string, values: Readonly<Partial<Record<Placeholder, string>>>): string {
  return text.replace(NAMED, (_, name: string) => values[name as Placeholder] ?? '');
}

export function sampleOf(text: string): string {
  return fill(text, Object.fromEntries(Object.entries(PLACEHOLDERS).map(([name, { sample }]) => [name, sample])));
}

function nearestOf(typed: string, known: readonly Placeholder[]): Placeholder | null {
  const [best] = known
    .map((name) => ({ name, far: distance(typed, name) }))
    .sort((a, b) => a.far - b.far || a.name.length - b.name.length);
  return best !== undefined && best.far < Math.max(typed.length, best.name.length) ? best.name : null;
}

/** Changes of single characters that lead from one word to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
