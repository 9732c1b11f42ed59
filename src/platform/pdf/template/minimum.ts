import type { TemplateProblem } from '../paper-errors';
import { fieldAt, type Contract, type Field } from './contract';
import type { Expression } from './expressions';
import type { Inline, PaperTemplate, TemplateNode } from './template-ast';

/** A part that signing, sealing or verification needs. */
interface Part {
  readonly kind: 'sign' | 'seal' | 'qr';
  /** Tells signature slots apart: the name of the slot and the lists it is repeated over. */
  readonly key: string;
  readonly label: string;
  readonly line: number;
  /** Under which it stands; one that the house does not have may hide the part. */
  readonly conditions: readonly string[];
  /** Content named by the first cell, and by all. */
  readonly first: readonly string[];
  readonly reads: readonly string[];
}

interface Findings {
  readonly parts: Part[];
  /** Paths of the data that are printed. */
  readonly printed: Set<string>;
  /** Those by which a condition or a loop decides. */
  readonly asked: Set<string>;
}

interface Place {
  /** Loop variable → path of its items. */
  readonly bound: ReadonlyMap<string, string>;
  readonly loops: readonly string[];
  readonly conditions: readonly string[];
}

/**
 * What a center's template lacks of the house's: every signature slot once and under no further condition, the place of the seal
 * with the name that the sealing looks for, the code by which a stranger verifies the paper, what the page foot tells, and the
 * content that the law or the record wants on this paper. Words, order and layout are the center's.
 */
export function missingFrom(house: PaperTemplate, own: PaperTemplate): TemplateProblem[] {
  const [wanted, found] = [findingsOf(house), findingsOf(own)];
  const lines = house.source.split('\n');
  const written = (line: number): string => (lines[line - 1] ?? '').trim();
  return [
    ...signatureProblems(wanted.parts, found.parts, written),
    ...sealProblems(wanted.parts, found.parts, written),
    ...qrProblems(wanted.parts, found.parts),
    ...footProblems(house, own),
    ...contentProblems(house.contract, wanted, found),
  ];
}

function signatureProblems(house: readonly Part[], own: readonly Part[], written: (line: number) => string) {
  const problems: TemplateProblem[] = [];
  const slots = house.filter(({ kind }) => kind === 'sign');
  const found = own.filter(({ kind }) => kind === 'sign');
  for (const slot of slots) {
    const same = found.filter(({ key }) => key === slot.key);
    const [first] = same;
    if (first === undefined)
      problems.push({
        line: null,
        problem: `缺少签名位“${slot.label}”，请在签名栏里保留这一行：${written(slot.line)}${loopNote(slot)}`,
      });
    else if (same.length > slots.filter(({ key }) => key === slot.key).length)
      problems.push({ line: same.at(-1)?.line ?? null, problem: `签名位“${slot.label}”只能写一次` });
    else if (same.every((part) => extraCondition(slot, part) !== undefined))
      problems.push({ line: first.line, problem: hidden(`签名位“${slot.label}”`, extraCondition(slot, first)) });
  }
  for (const part of found)
    if (!slots.some(({ key }) => key === part.key))
      problems.push({
        line: part.line,
        problem: `签名位由系统统一规定，这里没有“${part.label}”这个签名位。另外需要别人签字的，请在签名栏外写成填空行，例如 @fields 见证人（签名）__　　　　__`,
      });
  return problems;
}

function sealProblems(house: readonly Part[], own: readonly Part[], written: (line: number) => string) {
  const [seal] = house.filter(({ kind }) => kind === 'seal');
  const [found, again] = own.filter(({ kind }) => kind === 'seal');
  if (again !== undefined) return [{ line: again.line, problem: '盖章处 @seal 只能有一处' }];
  if (seal === undefined) return [];
  if (found === undefined) return [{ line: null, problem: `缺少盖章处，请保留这一行：${written(seal.line)}` }];
  const extra = extraCondition(seal, found);
  if (extra !== undefined) return [{ line: found.line, problem: hidden('盖章处', extra) }];
  const isNamed =
    seal.first.every((path) => found.first.includes(path)) && seal.reads.every((path) => found.reads.includes(path));
  return isNamed ? [] : [{ line: found.line, problem: `盖章处要有盖章单位和日期，请照这样写：${written(seal.line)}` }];
}

function qrProblems(house: readonly Part[], own: readonly Part[]): TemplateProblem[] {
  const [qr] = house.filter(({ kind }) => kind === 'qr');
  const [found, again] = own.filter(({ kind }) => kind === 'qr');
  if (again !== undefined) return [{ line: again.line, problem: '二维码 @qr 只能有一处' }];
  if (qr === undefined) return [];
  if (found === undefined) return [{ line: null, problem: '缺少二维码，请保留一行 @qr' }];
  const extra = extraCondition(qr, found);
  return extra === undefined ? [] : [{ line: found.line, problem: hidden('二维码', extra) }];
}

function footProblems(house: PaperTemplate, own: PaperTemplate): TemplateProblem[] {
  const told = ({ footer }: PaperTemplate): string[] =>
    [footer.left, footer.center, footer.right].flatMap((inline) => readsOf(inline, new Map()));
  const found = told(own);
  return [...new Set(told(house))]
    .filter((path) => !found.includes(path))
    .map((path) => ({ line: null, problem: `页脚 footer 缺少 {{ ${path} }}` }));
}

/** Optional particulars of a person may go; everything else that the house prints must stand somewhere. */
function contentProblems(contract: Contract, wanted: Findings, found: Findings): TemplateProblem[] {
  const isPrinted = (path: string, field: Field): boolean =>
    found.printed.has(path) ||
    // Words may stand for a choice.
    (found.asked.has(path) && (field.type === 'choice' || field.type === 'boolean')) ||
    // A whole list through one filter, such as names or join.
    [/\.\*$/, /\.\*\.name$/].some((end) => end.test(path) && found.printed.has(path.replace(end, '')));
  return [...wanted.printed].flatMap((path) => {
    const steps = path.split('.');
    const fields = steps.map((_, i) =>
      fieldAt(
        contract,
        steps.slice(0, i + 1).map((step) => (step === '*' ? '0' : step)),
      ),
    );
    const field = fields.at(-1);
    if (field === undefined || isPrinted(path, field) || (steps.length > 1 && field.optional)) return [];
    return [
      { line: null, problem: `没有印出${nameOf(fields)}（${path.replaceAll('.*', '')}），这是这种文书应当写明的内容` },
    ];
  });
}

function nameOf(fields: readonly (Field | undefined)[]): string {
  const labels = fields.flatMap((field) => (field === undefined ? [] : [field.label]));
  return labels
    .filter((label, i) => label !== labels[i - 1])
    .map((label) => `“${label}”`)
    .join('的');
}

function loopNote({ conditions, key }: Part): string {
  const loops = key.split(' ').slice(1);
  return loops.length === 0 && conditions.length === 0 ? '' : '（连同它外面的 {% for %}、{% if %}）';
}

function extraCondition(house: Part, own: Part): string | undefined {
  return own.conditions.find((condition) => !house.conditions.includes(condition));
}

function hidden(what: string, condition: string | undefined): string {
  return `${what}放在条件“${condition?.replace(/^not /, '') ?? ''}”里，有时会印不出来，请移到 {% if %} 外面`;
}

function findingsOf({ nodes }: PaperTemplate): Findings {
  const findings: Findings = { parts: [], printed: new Set(), asked: new Set() };
  walk(nodes, { bound: new Map(), loops: [], conditions: [] }, findings);
  return findings;
}

function walk(nodes: readonly TemplateNode[], place: Place, findings: Findings): void {
  for (const node of nodes) {
    switch (node.kind) {
      case 'for': {
        const list = pathOf(node.collection, place.bound) ?? '';
        const items = `${list}.*`;
        const sifted = node.collection.source.includes('|') ? [`for ${node.collection.source}`] : [];
        walk(
          node.children,
          {
            bound: new Map([...place.bound, [node.variable, items] as const]),
            loops: [...place.loops, items],
            conditions: [...place.conditions, ...sifted],
          },
          findings,
        );
        break;
      }
      case 'if': {
        const before: string[] = [];
        for (const { condition, children } of node.branches) {
          const here = condition === undefined ? [] : [inWords(condition, place.bound)];
          condition?.reads.forEach((read) => findings.asked.add(absolute(read, place.bound)));
          walk(children, { ...place, conditions: [...place.conditions, ...before, ...here] }, findings);
          before.push(...here.map((words) => `not ${words}`));
        }
        break;
      }
      case 'keep':
      case 'table':
      case 'signatures':
        walk(node.children, place, findings);
        break;
      case 'row':
        for (const cell of node.cells) print(cell, place, findings);
        break;
      case 'paragraph':
      case 'ruled':
      case 'vertical':
        print(node.inline, place, findings);
        break;
      case 'sign':
        print(node.label, place, findings);
        findings.parts.push(partOf('sign', node.line, [node.slot], place, wordsOf(node.label)));
        break;
      case 'seal':
        for (const cell of node.cells) print(cell, place, findings);
        findings.parts.push(partOf('seal', node.line, node.cells, place, '盖章处'));
        break;
      case 'grid':
      case 'chart':
        node.source.reads.forEach((read) => findings.printed.add(absolute(read, place.bound)));
        break;
      case 'qr':
        findings.parts.push(partOf('qr', node.line, [], place, '二维码'));
        break;
      case 'space':
      case 'pagebreak':
        break;
    }
  }
}

function partOf(kind: Part['kind'], line: number, cells: readonly Inline[], place: Place, label: string): Part {
  const [first = []] = cells;
  const name = first.map(({ text, expression }) => text?.trim() ?? `{${inWords(expression, place.bound)}}`).join('');
  return {
    kind,
    key: [name, ...place.loops].join(' '),
    label,
    line,
    conditions: place.conditions,
    first: readsOf(first, place.bound),
    reads: cells.flatMap((cell) => readsOf(cell, place.bound)),
  };
}

function print(inline: Inline, { bound }: Place, { printed }: Findings): void {
  readsOf(inline, bound).forEach((path) => printed.add(path));
}

function readsOf(inline: Inline, bound: ReadonlyMap<string, string>): string[] {
  return inline.flatMap(({ expression }) => expression?.reads.map((read) => absolute(read, bound)) ?? []);
}

function pathOf({ reads }: Expression, bound: ReadonlyMap<string, string>): string | undefined {
  return reads[0] === undefined ? undefined : absolute(reads[0], bound);
}

/** `p.name` of a loop over parties is `parties.*.name`; the wording of a choice counts as the choice. */
function absolute([root = '', ...rest]: readonly string[], bound: ReadonlyMap<string, string>): string {
  const steps = [bound.get(root) ?? root, ...rest.map((step) => (/^\d+$/.test(step) ? '*' : step))];
  return steps.join('.').replace(/_label$/, '');
}

/** The expression with its loop variables spelt out, so that another name for the variable makes no difference. */
function inWords(expression: Expression | undefined, bound: ReadonlyMap<string, string>): string {
  return (expression?.source ?? '').replace(/[A-Za-z_]\w*/g, (word) => bound.get(word) ?? word);
}

/** What the template itself says on a line, without what is filled in. */
function wordsOf(inline: Inline): string {
  return inline
    .map(({ text }) => text ?? '')
    .join('')
    .replace(/[：:]\s*$/, '')
    .trim();
}
