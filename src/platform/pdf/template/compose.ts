import type { Chart } from '../../charts';
import { PaperContractError, TemplateError } from '../paper-errors';
import { checkData, type Contract, type Field } from './contract';
import { isFilledIn, type Expression } from './expressions';
import type { DocumentBlock, PaperDocument, Run, SignatureSlot, TableRow } from './paper-document';
import type { Column, Inline, InlinePart, PaperTemplate, TemplateNode } from './template-ast';

interface GridData {
  readonly columns: readonly Column[];
  readonly head: readonly (readonly { readonly text: string; readonly across: number; readonly down: number }[])[];
  readonly rows: readonly (readonly (string | null)[])[];
}

type ChartData = Omit<Chart, 'series'> & {
  readonly series: readonly { readonly name: string; readonly values: readonly (string | null)[] }[];
};

/** Where the walk stands: the values by name, and which part of the data each loop variable is. */
interface Env {
  readonly scope: Readonly<Record<string, unknown>>;
  readonly bindings: ReadonlyMap<string, readonly string[]>;
}

/** How much one paper may be: a loop in a loop may not keep the thread from everybody's papers. */
export interface PaperLimits {
  readonly steps: number;
  readonly characters: number;
  readonly pages: number;
}
const PAPER_LIMITS: PaperLimits = { steps: 200_000, characters: 1_000_000, pages: 500 };
/** A paper of example data is short. */
export const TRIAL_LIMITS: PaperLimits = { steps: 20_000, characters: 60_000, pages: 30 };

/**
 * Puts the values into a template.
 *
 * @throws PaperContractError when the data do not fulfil the contract
 * @throws TemplateError when the template asks for something that these data make impossible (two slots of one name)
 */
export function composePaper(template: PaperTemplate, data: unknown, limits = PAPER_LIMITS): PaperDocument {
  const problems = checkData(template.contract, data);
  if (problems.length > 0) throw new PaperContractError(template.name, problems);
  return new Composer(template, data as Record<string, unknown>, limits).compose();
}

class Composer {
  private readonly slots = new Set<string>();
  private steps = 0;
  private characters = 0;

  constructor(
    private readonly template: PaperTemplate,
    private readonly data: Record<string, unknown>,
    private readonly limits: PaperLimits,
  ) {}

  compose(): PaperDocument {
    const env: Env = { scope: valuesOf(this.template.contract, this.data), bindings: new Map() };
    const names = new Set<string>();
    collectNames(this.template.contract, this.data, names);
    const { footer } = this.template;
    return {
      name: this.template.name,
      page: this.template.page,
      mostPages: this.limits.pages,
      blocks: this.blocks(this.template.nodes, env),
      names: [...names],
      footer: (page, pages) => {
        const paged: Env = { ...env, scope: { ...env.scope, page, pages } };
        return {
          left: this.runs(footer.left, 1, paged),
          center: this.runs(footer.center, 1, paged),
          right: this.runs(footer.right, 1, paged),
        };
      },
    };
  }

  private blocks(nodes: readonly TemplateNode[], env: Env): DocumentBlock[] {
    return nodes.flatMap((node) => this.block(node, env));
  }

  private block(node: TemplateNode, env: Env): DocumentBlock[] {
    switch (node.kind) {
      case 'paragraph': {
        const runs = this.runs(node.inline, node.line, env);
        if (node.style === 'fields') return [{ kind: 'paragraph', style: node.style, runs }];
        return splitLines(runs)
          .filter((line) => line.some((run) => run.text !== ''))
          .map((line) => ({ kind: 'paragraph', style: node.style, runs: line }));
      }
      case 'ruled':
        return [
          { kind: 'ruled', minLines: node.minLines, paragraphs: splitLines(this.runs(node.inline, node.line, env)) },
        ];
      case 'vertical':
        return [{ kind: 'vertical', paragraphs: splitLines(this.runs(node.inline, node.line, env)) }];
      case 'keep':
        return [{ kind: 'keep', blocks: this.blocks(node.children, env) }];
      case 'for':
      case 'if':
        return this.expand(node, env, (children, inner) => this.blocks(children, inner));
      case 'table':
        return [{ kind: 'table', columns: node.columns, rows: this.rows(node.children, env) }];
      case 'signatures':
        return [{ kind: 'signatures', columns: node.columns, slots: this.signatureSlots(node.children, env) }];
      case 'seal':
        return [{ kind: 'seal', lines: node.cells.map((cell) => this.runs(cell, node.line, env)) }];
      case 'space':
        return [{ kind: 'space', lines: node.lines }];
      case 'pagebreak':
        return [{ kind: 'pagebreak' }];
      case 'qr':
        return [{ kind: 'qr' }];
      case 'grid':
        return this.grid(node, env);
      case 'chart':
        return this.chart(node, env);
      // The parser lets rows and signature slots stand only inside their blocks.
      case 'row':
      case 'sign':
        return [];
    }
  }

  private grid(node: Extract<TemplateNode, { kind: 'grid' | 'chart' }>, env: Env): DocumentBlock[] {
    const grid = this.value(node.source, node.line, env) as GridData | null;
    if (grid === null) return [];
    const path = absolute(node.source, env) ?? [];
    const run = (text: string | null, ...at: readonly (string | number)[]): Run => {
      const full = [...path, ...at.map(String)];
      this.count(node.line, (text ?? '').length);
      return {
        text: text ?? '',
        isBold: false,
        isUnderlined: false,
        place: placeOf(this.template.contract, full),
        pointer: full.map((step) => `/${step}`).join(''),
      };
    };
    return [
      {
        kind: 'grid',
        columns: grid.columns,
        head: grid.head.map((cells, i) =>
          cells.map(({ text, across, down }, j) => ({ run: run(text, 'head', i, j, 'text'), across, down })),
        ),
        rows: grid.rows.map((cells, i) => cells.map((text, j) => run(text, 'rows', i, j))),
      },
    ];
  }

  private chart(node: Extract<TemplateNode, { kind: 'grid' | 'chart' }>, env: Env): DocumentBlock[] {
    const data = this.value(node.source, node.line, env) as ChartData | null;
    if (data === null) return [];
    const series = data.series.map(({ name, values }) => ({ name, values: values.map((value) => value ?? '') }));
    this.count(node.line, data.labels.length * (series.length + 1));
    const told = series.map(
      ({ name, values }) => `${name} ${data.labels.map((l, i) => `${l} ${values[i] ?? ''}`).join('、')}`,
    );
    return [{ kind: 'chart', chart: { ...data, series }, alt: `图（${data.unit}）：${told.join('；')}` }];
  }

  private rows(nodes: readonly TemplateNode[], env: Env): TableRow[] {
    return nodes.flatMap((node) => {
      if (node.kind === 'for' || node.kind === 'if')
        return this.expand(node, env, (children, inner) => this.rows(children, inner));
      if (node.kind !== 'row') return [];
      return [{ isHead: node.isHead, cells: node.cells.map((cell) => this.runs(cell, node.line, env)) }];
    });
  }

  private signatureSlots(nodes: readonly TemplateNode[], env: Env): SignatureSlot[] {
    return nodes.flatMap((node) => {
      if (node.kind === 'for' || node.kind === 'if')
        return this.expand(node, env, (children, inner) => this.signatureSlots(children, inner));
      if (node.kind !== 'sign') return [];
      const slot = textOf(this.runs(node.slot, node.line, env)).trim();
      if (slot === '' || this.slots.has(slot))
        throw new TemplateError(this.template.file, node.line, slot === '' ? '签名位没有名称' : `签名位“${slot}”重复`);
      this.slots.add(slot);
      return [{ slot, label: this.runs(node.label, node.line, env) }];
    });
  }

  private expand<T>(
    node: Extract<TemplateNode, { kind: 'for' | 'if' }>,
    env: Env,
    walk: (children: readonly TemplateNode[], env: Env) => T[],
  ): T[] {
    if (node.kind === 'if') {
      const branch = node.branches.find(
        ({ condition }) => condition === undefined || isFilledIn(this.value(condition, node.line, env)),
      );
      return branch === undefined ? [] : walk(branch.children, env);
    }
    const items = this.value(node.collection, node.line, env);
    if (!Array.isArray(items)) return [];
    const path = absolute(node.collection, env) ?? [];
    return items.flatMap((item: unknown, i) => {
      this.count(node.line, 0);
      const forloop = { index: i + 1, first: i === 0, last: i === items.length - 1, length: items.length };
      return walk(node.children, {
        scope: { ...env.scope, [node.variable]: item, forloop },
        bindings: new Map([...env.bindings, [node.variable, [...path, String(i)]] as const]),
      });
    });
  }

  private runs(inline: Inline, line: number, env: Env): Run[] {
    return inline.map((part) => {
      const run = this.run(part, line, env);
      this.count(line, run.text.length);
      return run;
    });
  }

  private run(part: InlinePart, line: number, env: Env): Run {
    const style = { isBold: part.isBold, isUnderlined: part.isUnderlined };
    if (part.expression === undefined)
      return { ...style, text: part.text ?? '', place: `模板 ${this.template.file} 第${line}行`, pointer: '' };
    const path = absolute(part.expression, env) ?? [];
    return {
      ...style,
      text: printed(this.value(part.expression, line, env)),
      place: placeOf(this.template.contract, path),
      pointer: path.map((step) => `/${step}`).join(''),
    };
  }

  private value(expression: Expression, line: number, env: Env): unknown {
    try {
      return expression.evaluate(env.scope);
    } catch {
      throw new TemplateError(this.template.file, line, `“${expression.source}”算不出来，或者结果太长，请改写`);
    }
  }

  private count(line: number, characters: number): void {
    this.steps++;
    this.characters += characters;
    if (this.steps > this.limits.steps || this.characters > this.limits.characters)
      throw new TemplateError(this.template.file, line, '到这一行印出的内容已经太多，请检查 {% for %} 是否重复套用');
  }
}

/** Absent optional values become null and empty lists, so that a path of the contract always leads somewhere. */
function valuesOf(contract: Contract, data: Record<string, unknown>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(contract)) {
    const value = valueOf(field, data[name]);
    values[name] = value;
    if (field.type === 'choice') values[`${name}_label`] = typeof value === 'string' ? field.values[value] : null;
  }
  return values;
}

function valueOf(field: Field, value: unknown): unknown {
  if (field.type === 'list') return ((value ?? []) as unknown[]).map((item) => valueOf(field.item, item));
  if (value === undefined || value === null) return null;
  return field.type === 'group' ? valuesOf(field.fields, value as Record<string, unknown>) : value;
}

function collectNames(contract: Contract, data: Record<string, unknown>, names: Set<string>): void {
  for (const [name, field] of Object.entries(contract)) collectNamesOf(field, data[name], names);
}

function collectNamesOf(field: Field, value: unknown, names: Set<string>): void {
  if (value === undefined || value === null) return;
  if (field.type === 'group') collectNames(field.fields, value as Record<string, unknown>, names);
  else if (field.type === 'list') for (const item of value as unknown[]) collectNamesOf(field.item, item, names);
  else if (field.type === 'name' && typeof value === 'string' && value !== '') names.add(value);
}

function absolute(expression: Expression, env: Env): readonly string[] | undefined {
  const [root, ...rest] = expression.reads[0] ?? [];
  if (root === undefined) return undefined;
  const bound = env.bindings.get(root);
  return bound === undefined ? [root, ...rest] : [...bound, ...rest];
}

/** “当事人”第2项“姓名”: the same words as in the messages of the contract. */
function placeOf(contract: Contract, path: readonly string[]): string {
  let fields: Contract | undefined = contract;
  let field: Field | undefined;
  let place = '';
  for (const step of path) {
    if (/^\d+$/.test(step)) {
      place += `第${Number(step) + 1}项`;
      field = field?.type === 'list' ? field.item : undefined;
    } else {
      field = fields?.[step];
      if (field !== undefined) place += `“${field.label}”`;
    }
    fields = field?.type === 'group' ? field.fields : undefined;
  }
  return place === '' ? '正文' : place;
}

function printed(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map(printed).join('、');
  return '';
}

function textOf(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join('');
}

/** A line break typed by a person starts a new paragraph of the same style. */
function splitLines(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    run.text.split(/\r\n|[\n\r\u2028\u2029]/).forEach((text, i) => {
      if (i > 0) lines.push([]);
      lines[lines.length - 1]?.push({ ...run, text });
    });
  }
  return lines;
}
