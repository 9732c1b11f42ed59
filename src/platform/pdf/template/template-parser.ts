import { createHash } from 'node:crypto';
import { parse as parseYaml } from 'yaml';
import { TemplateError } from '../paper-errors';
import { ContractShapeError, exampleData, fieldAt, readContract, type Contract, type Field } from './contract';
import { ExpressionError, parseExpression, suggestion, type Expression } from './expressions';
import type {
  Column,
  Footer,
  IfBranch,
  Inline,
  InlinePart,
  PageSetup,
  PaperTemplate,
  ParagraphStyle,
  TemplateNode,
} from './template-ast';

const MM = 72 / 25.4;
const NOTHING = parseExpression('nil');

/** Domain practice for the standard papers of people's mediation: binding edge 28 mm, body 四号 14 pt on 28 pt, title 二号 22 pt. */
const FORM: PageSetup = {
  sheet: 'A4',
  margins: { top: 25 * MM, right: 25 * MM, bottom: 25 * MM, left: 28 * MM },
  size: 14,
  leading: 28,
  minLeading: 24,
  titleSize: 22,
};

/** GB/T 9704-2012 5.2: type area 156 × 225 mm, 22 lines of 28 characters, 三号 16 pt. */
const GB9704: PageSetup = {
  sheet: 'A4',
  margins: { top: 37 * MM, right: 26 * MM, bottom: 35 * MM, left: 28 * MM },
  size: 16,
  leading: 28.99,
  minLeading: 28.99,
  titleSize: 22,
  charactersPerLine: 28,
};

/** A slip to take along: no binding edge. */
const A5_MARGINS = { top: 13 * MM, right: 14 * MM, bottom: 14 * MM, left: 14 * MM };

/** Fields of what `@grid` and `@chart` draw. */
const DATA_NODES = {
  grid: ['columns', 'head', 'rows'],
  chart: ['kind', 'unit', 'labels', 'series'],
} as const;

/** Names that every expression may use besides the contract; the footer also knows the pages. */
const FOOTER_NAMES = ['page', 'pages'];
const LOOP_NAMES = ['index', 'first', 'last', 'length'];

/** Loops within loops multiply what is printed. */
const DEEPEST_LOOP = 3;
/** Blocks within blocks: each is walked within the one around it. */
const DEEPEST_BLOCK = 12;
const LONGEST_LINE = 4000;
const LONGEST_FOOT = 200;
const MOST_COLUMNS = 16;
const MOST_RULED_LINES = 60;
/** Each tighter leading is another measuring of the whole paper. */
const WIDEST_LEADING_RANGE = 12;
/** Whoever mends the first ones reads no further. */
const MOST_PROBLEMS = 50;

/** What a name stands for: a field of the contract, a counter, or `any` for a loop that was itself refused. */
type Meaning = Field | 'loop' | 'number' | 'any';

interface Scope {
  readonly contract: Contract;
  readonly locals: ReadonlyMap<string, Meaning>;
}

type Frame =
  | { readonly kind: 'root'; readonly children: TemplateNode[]; readonly line: number; readonly scope: Scope }
  | { readonly kind: 'keep'; readonly children: TemplateNode[]; readonly line: number; readonly scope: Scope }
  | {
      readonly kind: 'for';
      readonly variable: string;
      readonly collection: Expression;
      readonly children: TemplateNode[];
      readonly line: number;
      readonly scope: Scope;
    }
  | {
      readonly kind: 'if';
      readonly branches: { condition?: Expression; children: TemplateNode[] }[];
      children: TemplateNode[];
      readonly line: number;
      readonly scope: Scope;
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly children: TemplateNode[];
      readonly line: number;
      readonly scope: Scope;
    }
  | {
      readonly kind: 'signatures';
      readonly columns: number;
      readonly children: TemplateNode[];
      readonly line: number;
      readonly scope: Scope;
    };

/**
 * Parses and checks one template file. The structure is fixed here, before any value is known, so that what a party
 * wrote can never become a heading, a row or a seal.
 *
 * @param file name used in error messages
 * @throws TemplateError naming the file, the line and what to write instead
 */
export function parseTemplate(file: string, source: string): PaperTemplate {
  const { template, problems } = readTemplate(file, source);
  if (problems[0] !== undefined) throw problems[0];
  return template;
}

/**
 * As {@link parseTemplate}, but goes on after a wrong line, so that all of them can be mended at once.
 *
 * @throws TemplateError when the head is broken: without it no line can be judged
 */
export function readTemplate(
  file: string,
  source: string,
): { readonly template: PaperTemplate; readonly problems: readonly TemplateError[] } {
  const parser = new TemplateParser(file, source);
  return { template: parser.parse(), problems: parser.problems };
}

class TemplateParser {
  readonly problems: TemplateError[] = [];
  private readonly lines: readonly string[];
  private bodyStart = 0;

  constructor(
    private readonly file: string,
    private readonly source: string,
  ) {
    this.lines = source.split(/\r?\n/);
  }

  parse(): PaperTemplate {
    const head = this.head();
    const scope: Scope = { contract: head.contract, locals: new Map() };
    const footerScope: Scope = { ...scope, locals: new Map(FOOTER_NAMES.map((name) => [name, 'number'] as const)) };
    const footerLine = this.lineOf('footer:');
    const footer: Footer = {
      left: this.inline(head.footer.left ?? '', footerLine, footerScope),
      center: this.inline(head.footer.center ?? '', footerLine, footerScope),
      right: this.inline(head.footer.right ?? '', footerLine, footerScope),
    };
    return {
      id: head.id,
      name: head.name,
      version: head.version,
      hash: createHash('sha256').update(this.source).digest('hex'),
      source: this.source,
      file: this.file,
      contract: head.contract,
      page: head.page,
      footer,
      nodes: this.body(scope),
    };
  }

  private fail(line: number, problem: string): never {
    throw new TemplateError(this.file, line, problem);
  }

  private head() {
    if (this.lines[0] !== '---')
      this.fail(1, '模板应当以一行“---”开头，先写 id、name、version、data，再以一行“---”结束');
    const end = this.lines.indexOf('---', 1);
    if (end < 0) this.fail(1, '模板开头部分没有以一行“---”结束');
    this.bodyStart = end + 1;
    let raw: unknown;
    try {
      raw = parseYaml(this.lines.slice(1, end).join('\n'));
    } catch (error) {
      const line = /at line (\d+)/.exec(String(error))?.[1];
      this.fail(1 + Number(line ?? 1), 'YAML 写法不对，请检查缩进和冒号');
    }
    const head = (raw ?? {}) as Record<string, unknown>;
    const required = (key: string, pattern: RegExp): string => {
      const value = head[key];
      if (typeof value !== 'string' || !pattern.test(value))
        this.fail(this.lineOf(`${key}:`), `${key} 没有写或写法不对`);
      return value;
    };
    const known = ['id', 'name', 'version', 'data', 'page', 'footer'];
    const stray = Object.keys(head).find((key) => !known.includes(key));
    if (stray !== undefined) this.fail(this.lineOf(`${stray}:`), `不认识“${stray}”${suggestion(stray, known)}`);
    let contract: Contract;
    try {
      contract = readContract(head.data ?? {});
      exampleData(contract);
    } catch (error) {
      if (!(error instanceof ContractShapeError)) throw error;
      const name = /“([A-Za-z][A-Za-z0-9]*)”/.exec(error.message)?.[1];
      this.fail(this.lineOf(`${name ?? 'data'}:`), error.message);
    }
    return {
      id: required('id', /^[a-z][a-z0-9-]*$/),
      name: required('name', /./),
      version: required('version', /^\d+\.\d+\.\d+(\+\d+)?$/),
      contract,
      page: this.page(head.page),
      footer: this.footer(head.footer),
    };
  }

  /** First line of the head that starts with this text after blanks, for error messages. */
  private lineOf(start: string): number {
    const at = this.lines.findIndex((line) => line.trim().startsWith(start));
    return at < 0 ? 1 : at + 1;
  }

  private page(raw: unknown): PageSetup {
    if (raw === undefined || raw === 'form') return FORM;
    if (raw === 'gb9704') return GB9704;
    const custom = raw as Partial<Record<string, unknown>>;
    const sizes = ['size', 'leading', 'minLeading', 'titleSize'] as const;
    if (
      typeof raw !== 'object' ||
      raw === null ||
      Object.keys(raw).some((key) => key !== 'sheet' && !(sizes as readonly string[]).includes(key))
    )
      this.fail(this.lineOf('page:'), 'page 应当是 form、gb9704，或 {sheet, size, leading, minLeading, titleSize}');
    const sheet = custom.sheet ?? 'A4';
    if (sheet !== 'A4' && sheet !== 'A5' && sheet !== 'A4-across')
      this.fail(this.lineOf('page:'), 'page 的 sheet 应当是 A4、A5 或 A4-across（横放）');
    const number = (key: (typeof sizes)[number]): number => {
      const value = custom[key] ?? FORM[key];
      if (typeof value !== 'number' || value < 6 || value > 72)
        this.fail(this.lineOf('page:'), `page 的 ${key} 应当是 6 到 72 之间的磅数`);
      return value;
    };
    const leading = number('leading');
    const size = number('size');
    const minLeading =
      custom.minLeading === undefined
        ? Math.min(leading, Math.max(FORM.minLeading, leading - WIDEST_LEADING_RANGE, size))
        : number('minLeading');
    if (leading < size || minLeading < size || minLeading > leading || leading - minLeading > WIDEST_LEADING_RANGE)
      this.fail(
        this.lineOf('page:'),
        `page 的行距应当不小于字号，minLeading 不大于 leading，两者相差不超过${WIDEST_LEADING_RANGE}磅`,
      );
    const margins = sheet === 'A5' ? A5_MARGINS : FORM.margins;
    return { sheet, margins, size, leading, minLeading, titleSize: number('titleSize') };
  }

  private footer(raw: unknown): Partial<Record<'left' | 'center' | 'right', string>> {
    const footer = (raw ?? { center: '第{{ page }}页 共{{ pages }}页' }) as Record<string, unknown>;
    const isGood =
      typeof footer === 'object' &&
      Object.entries(footer).every(
        ([key, value]) =>
          ['left', 'center', 'right'].includes(key) && typeof value === 'string' && value.length <= LONGEST_FOOT,
      );
    if (!isGood)
      this.fail(this.lineOf('footer:'), `footer 应当是 {left, center, right} 三处文字，每处不超过${LONGEST_FOOT}字`);
    return footer;
  }

  private body(scope: Scope): TemplateNode[] {
    const root: Frame = { kind: 'root', children: [], line: 1, scope };
    const stack: Frame[] = [root];
    for (let i = this.bodyStart; i < this.lines.length; i++) {
      const text = (this.lines[i] ?? '').trim();
      if (text === '') continue;
      try {
        if (text.length > LONGEST_LINE) this.fail(i + 1, `这一行太长，请分成几行，每行不超过${LONGEST_LINE}字`);
        this.line(text, i + 1, stack);
      } catch (error) {
        this.note(error);
        this.recover(text, i + 1, stack);
      }
      if (stack.length > DEEPEST_BLOCK + 1) {
        this.note(new TemplateError(this.file, i + 1, `@keep、{% if %} 等一层套一层，最多套${DEEPEST_BLOCK}层`));
        return root.children;
      }
      if (this.problems.length >= MOST_PROBLEMS) return root.children;
    }
    for (const { kind, line } of stack)
      if (kind !== 'root')
        this.note(new TemplateError(this.file, line, `“${kind}”没有结束，请在后面补上 ${endOf(kind)}`));
    return root.children;
  }

  private note(error: unknown): void {
    if (!(error instanceof TemplateError)) throw error;
    this.problems.push(error);
  }

  /** After a wrong line: opens or closes what it meant to, so that one mistake is not told twice. */
  private recover(text: string, line: number, stack: Frame[]): void {
    const { scope } = stack[stack.length - 1] as Frame;
    const children: TemplateNode[] = [];
    const opened = /^(?:\{%-?\s*(for|if)\b|@(table|signatures)\b)/.exec(text);
    const closed = /^(?:\{%-?\s*end(for|if)\b|@end(keep|table|signatures)\b)/.exec(text);
    switch (opened?.[1] ?? opened?.[2]) {
      case 'for': {
        const variable = /\bfor\s+(\w+)/.exec(text)?.[1] ?? '';
        const locals = new Map([...scope.locals, [variable, 'any'] as const, ['forloop', 'loop'] as const]);
        stack.push({ kind: 'for', variable, collection: NOTHING, children, line, scope: { ...scope, locals } });
        return;
      }
      case 'if':
        stack.push({ kind: 'if', branches: [{ children }], children, line, scope });
        return;
      case 'table': {
        const columns = Array.from({ length: MOST_COLUMNS }, () => ({ weight: 1, align: 'left' }) as const);
        stack.push({ kind: 'table', columns, children, line, scope });
        return;
      }
      case 'signatures':
        stack.push({ kind: 'signatures', columns: 2, children, line, scope });
        return;
    }
    const at = stack.findLastIndex((frame) => frame.kind === (closed?.[1] ?? closed?.[2]));
    if (at > 0) stack.splice(at);
  }

  private line(text: string, line: number, stack: Frame[]): void {
    if (text.startsWith('{%') && text.indexOf('%}') === text.length - 2) {
      const inside = text.slice(2, -2).replace(/^-|-$/g, '').trim();
      const name = /^\w*/.exec(inside)?.[0] ?? '';
      this.tag(name, inside.slice(name.length).trim(), line, stack);
      return;
    }
    if (text.includes('{%') || text.includes('%}')) this.fail(line, '{% … %} 要单独占一行');
    const frame = stack[stack.length - 1] as Frame;
    if (text.startsWith('@')) {
      this.directive(text, line, stack);
      return;
    }
    this.onlyInText(frame, line, stack);
    const style: ParagraphStyle = text.startsWith('## ') ? 'heading' : text.startsWith('# ') ? 'title' : 'body';
    const content = style === 'body' ? text : text.replace(/^#+\s+/, '');
    frame.children.push({ kind: 'paragraph', style, inline: this.inline(content, line, frame.scope), line });
  }

  private tag(name: string, rest: string, line: number, stack: Frame[]): void {
    const frame = stack[stack.length - 1] as Frame;
    const { scope } = frame;
    switch (name) {
      case 'comment':
        return;
      case 'for': {
        const parts = /^([a-z]\w*)\s+in\s+(.+)$/.exec(rest);
        if (parts === null) this.fail(line, '应当写成 {% for 变量 in 清单 %}');
        const [, variable = '', list = ''] = parts;
        if (stack.filter(({ kind }) => kind === 'for').length >= DEEPEST_LOOP)
          this.fail(line, `{% for %} 里面最多再套${DEEPEST_LOOP - 1}层 {% for %}`);
        const collection = this.expression(list, line, scope);
        const field = this.resolve(scope, collection.reads[0] ?? []);
        const item = field === 'any' ? field : typeof field === 'object' && field.type === 'list' ? field.item : null;
        if (item === null) this.fail(line, `“${list}”不是清单，不能用 for 逐项列出`);
        const locals = new Map([...scope.locals, [variable, item] as const, ['forloop', 'loop'] as const]);
        stack.push({ kind: 'for', variable, collection, children: [], line, scope: { ...scope, locals } });
        return;
      }
      case 'if': {
        const children: TemplateNode[] = [];
        stack.push({
          kind: 'if',
          branches: [{ condition: this.expression(rest, line, scope), children }],
          children,
          line,
          scope,
        });
        return;
      }
      case 'elsif':
      case 'else': {
        if (frame.kind !== 'if') this.fail(line, `{% ${name} %} 之前没有 {% if %}`);
        frame.children = [];
        frame.branches.push(
          name === 'else'
            ? { children: frame.children }
            : { condition: this.expression(rest, line, scope), children: frame.children },
        );
        return;
      }
      case 'endfor':
      case 'endif':
        this.close(name.slice(3) as 'for' | 'if', line, stack);
        return;
      default:
        this.fail(
          line,
          `不认识 {% ${name} %}${suggestion(name, ['for', 'endfor', 'if', 'elsif', 'else', 'endif', 'comment'])}`,
        );
    }
  }

  private directive(text: string, line: number, stack: Frame[]): void {
    const frame = stack[stack.length - 1] as Frame;
    const parts = /^@(\w+)(?:\s+(.*))?$/.exec(text);
    const name = parts?.[1] ?? '';
    const rest = parts?.[2] ?? '';
    const inline = (value: string): Inline => this.inline(value, line, frame.scope);
    const count = (fallback: number, min: number, max: number): number => {
      const value = rest === '' ? fallback : Number(rest);
      if (!(value >= min && value <= max)) this.fail(line, `@${name} 后面应当是 ${min} 到 ${max} 之间的数`);
      return value;
    };
    switch (name) {
      case 'left':
      case 'right':
      case 'center':
      case 'note':
      case 'fields':
        this.onlyInText(frame, line, stack);
        frame.children.push({ kind: 'paragraph', style: name, inline: inline(rest), line });
        return;
      case 'ruled': {
        this.onlyInText(frame, line, stack);
        const ruled = /^(\d+)(?:\s+(.*))?$/.exec(rest);
        if (ruled === null) this.fail(line, '应当写成 @ruled 行数 文字');
        if (Number(ruled[1]) > MOST_RULED_LINES) this.fail(line, `@ruled 的行数最多${MOST_RULED_LINES}`);
        frame.children.push({ kind: 'ruled', minLines: Number(ruled[1]), inline: inline(ruled[2] ?? ''), line });
        return;
      }
      case 'vertical':
        this.onlyInText(frame, line, stack);
        frame.children.push({ kind: 'vertical', inline: inline(rest), line });
        return;
      case 'space':
        frame.children.push({ kind: 'space', lines: count(1, 0.1, 20), line });
        return;
      case 'pagebreak':
        frame.children.push({ kind: 'pagebreak', line });
        return;
      case 'qr':
        frame.children.push({ kind: 'qr', line });
        return;
      case 'grid':
      case 'chart': {
        this.onlyInText(frame, line, stack);
        const source = this.expression(rest, line, frame.scope);
        const field = this.resolve(frame.scope, source.reads[0] ?? []);
        const fields = typeof field === 'object' && field.type === 'group' ? Object.keys(field.fields) : [];
        if (field !== 'any' && !DATA_NODES[name].every((key) => fields.includes(key)))
          this.fail(line, `@${name} 后面应当是含有 ${DATA_NODES[name].join('、')} 的一组内容`);
        frame.children.push({ kind: name, source, line });
        return;
      }
      case 'seal':
        this.onlyInText(frame, line, stack);
        frame.children.push({ kind: 'seal', cells: this.cells(rest, line, frame.scope), line });
        return;
      case 'keep':
        stack.push({ kind: 'keep', children: [], line, scope: frame.scope });
        return;
      case 'table':
        stack.push({ kind: 'table', columns: this.columns(rest, line), children: [], line, scope: frame.scope });
        return;
      case 'signatures':
        stack.push({ kind: 'signatures', columns: count(2, 1, 4), children: [], line, scope: frame.scope });
        return;
      case 'head':
      case 'row': {
        const table = this.enclosing('table', stack);
        if (table?.kind !== 'table') this.fail(line, `@${name} 要写在 @table 和 @endtable 之间`);
        const cells = this.cells(rest, line, frame.scope);
        if (cells.length > table.columns.length)
          this.fail(line, `这一行有${cells.length}格，表只有${table.columns.length}列`);
        frame.children.push({ kind: 'row', isHead: name === 'head', cells, line });
        return;
      }
      case 'sign': {
        if (this.enclosing('signatures', stack) === undefined)
          this.fail(line, '@sign 要写在 @signatures 和 @endsignatures 之间');
        const [slot, label] = this.cells(rest, line, frame.scope);
        if (slot === undefined || label === undefined) this.fail(line, '应当写成 @sign 签名位名称 | 显示的文字');
        frame.children.push({ kind: 'sign', slot, label, line });
        return;
      }
      case 'endkeep':
      case 'endtable':
      case 'endsignatures':
        this.close(name.slice(3) as 'keep' | 'table' | 'signatures', line, stack);
        return;
      default: {
        const known = [
          'left',
          'right',
          'center',
          'note',
          'fields',
          'ruled',
          'vertical',
          'space',
          'pagebreak',
          'qr',
          'grid',
          'chart',
          'seal',
          'keep',
          'endkeep',
          'table',
          'head',
          'row',
          'endtable',
          'signatures',
          'sign',
          'endsignatures',
        ];
        this.fail(line, `不认识“@${name}”${suggestion(name, known)}`);
      }
    }
  }

  private enclosing(kind: Frame['kind'], stack: readonly Frame[]): Frame | undefined {
    return stack.findLast((frame) => frame.kind === kind);
  }

  private onlyInText(_frame: Frame, line: number, stack: readonly Frame[]): void {
    if (this.enclosing('table', stack) !== undefined) this.fail(line, '表内只能写 @head、@row 和 {% %}');
    if (this.enclosing('signatures', stack) !== undefined) this.fail(line, '签名栏内只能写 @sign 和 {% %}');
  }

  private close(kind: 'for' | 'if' | 'keep' | 'table' | 'signatures', line: number, stack: Frame[]): void {
    const frame = stack[stack.length - 1] as Frame;
    if (frame.kind !== kind) this.fail(line, `这里结束的是“${kind}”，但第${frame.line}行的“${frame.kind}”还没有结束`);
    stack.pop();
    const parent = stack[stack.length - 1] as Frame;
    switch (frame.kind) {
      case 'for':
        parent.children.push({
          kind: 'for',
          variable: frame.variable,
          collection: frame.collection,
          children: frame.children,
          line: frame.line,
        });
        return;
      case 'if':
        parent.children.push({ kind: 'if', branches: frame.branches satisfies readonly IfBranch[], line: frame.line });
        return;
      case 'table':
        parent.children.push({ kind: 'table', columns: frame.columns, children: frame.children, line: frame.line });
        return;
      case 'signatures':
        parent.children.push({
          kind: 'signatures',
          columns: frame.columns,
          children: frame.children,
          line: frame.line,
        });
        return;
      default:
        parent.children.push({ kind: 'keep', children: frame.children, line: frame.line });
    }
  }

  private columns(rest: string, line: number): Column[] {
    const columns = rest.split(/\s+/).map((word) => {
      const parts = /^(\d+(?:\.\d+)?)([lcr]?)$/.exec(word);
      if (parts === null) this.fail(line, '应当写成 @table 各列宽度，例如 @table 8c 20 30 12r');
      const align = parts[2] === 'c' ? 'center' : parts[2] === 'r' ? 'right' : 'left';
      return { weight: Number(parts[1]), align } as const;
    });
    if (columns.length > MOST_COLUMNS || columns.some(({ weight }) => weight < 1 || weight > 1000))
      this.fail(line, `表最多${MOST_COLUMNS}列，列宽应当是 1 到 1000 之间的数`);
    return columns;
  }

  private cells(rest: string, line: number, scope: Scope): Inline[] {
    // A `|` inside {{ }} belongs to the expression.
    const cells: string[] = [];
    let cell = '';
    for (const part of rest.split(/(\{\{.*?\}\})/)) {
      if (part.startsWith('{{')) {
        cell += part;
        continue;
      }
      const [first = '', ...others] = part.split('|');
      cell += first;
      for (const other of others) {
        cells.push(cell);
        cell = other;
      }
    }
    cells.push(cell);
    return cells.map((cell) => this.inline(cell.trim(), line, scope));
  }

  /** Splits a line into parts. `**` and `__` are markup only in the template's own text, never in a value. */
  private inline(text: string, line: number, scope: Scope): Inline {
    const parts: InlinePart[] = [];
    let isBold = false;
    let isUnderlined = false;
    for (const piece of text.split(/(\{\{.*?\}\}|\*\*|__)/)) {
      if (piece === '**') isBold = !isBold;
      else if (piece === '__') isUnderlined = !isUnderlined;
      else if (piece.startsWith('{{')) {
        const expression = this.expression(piece.slice(2, -2).replace(/^-|-$/g, '').trim(), line, scope);
        this.refuseUnprintable(expression, line, scope);
        parts.push({ expression, isBold, isUnderlined });
      } else if (piece !== '') {
        if (piece.includes('{{') || piece.includes('}}')) this.fail(line, '“{{”和“}}”没有配对');
        parts.push({ text: piece, isBold, isUnderlined });
      }
    }
    if (isBold) this.fail(line, '“**”没有配对');
    if (isUnderlined) this.fail(line, '“__”没有配对');
    return parts;
  }

  private expression(source: string, line: number, scope: Scope): Expression {
    let expression: Expression;
    try {
      expression = parseExpression(source);
    } catch (error) {
      if (error instanceof ExpressionError) this.fail(line, error.message);
      throw error;
    }
    for (const path of expression.reads) this.requireKnown(path, line, scope);
    return expression;
  }

  private refuseUnprintable(expression: Expression, line: number, scope: Scope): void {
    if (expression.source.includes('|')) return;
    const field = this.resolve(scope, expression.reads[0] ?? []);
    if (typeof field === 'object' && (field.type === 'list' || field.type === 'group'))
      this.fail(line, `“${expression.source}”是一组内容，要指明其中哪一项，或用 {% for %} 逐项列出`);
  }

  private requireKnown(path: readonly string[], line: number, scope: Scope): void {
    if (this.resolve(scope, path) !== undefined) return;
    for (let depth = 1; depth <= path.length; depth++) {
      if (this.resolve(scope, path.slice(0, depth)) !== undefined) continue;
      const word = path[depth - 1] ?? '';
      const parent =
        depth === 1
          ? [...Object.keys(scope.contract), ...scope.locals.keys()]
          : this.namesOf(this.resolve(scope, path.slice(0, depth - 1)));
      this.fail(line, `没有名为“${path.slice(0, depth).join('.')}”的内容${suggestion(word, parent)}`);
    }
  }

  private namesOf(field: Meaning | undefined): string[] {
    if (field === 'loop') return [...LOOP_NAMES];
    return typeof field === 'object' && field.type === 'group' ? Object.keys(field.fields) : [];
  }

  /** What a path names; undefined for an unknown name. */
  private resolve(scope: Scope, path: readonly string[]): Meaning | undefined {
    const [root = '', ...rest] = path;
    const local = scope.locals.get(root);
    if (local === 'any') return 'any';
    if (local === 'number') return rest.length === 0 ? 'number' : undefined;
    if (local === 'loop')
      return rest.length === 0
        ? 'loop'
        : rest.length === 1 && LOOP_NAMES.includes(rest[0] ?? '')
          ? 'number'
          : undefined;
    const contract: Contract = local === undefined ? scope.contract : { [root]: local };
    const last = path[path.length - 1] ?? '';
    const parent = path.slice(0, -1);
    if (last === 'size' && parent.length > 0) {
      const list = fieldAt(contract, parent);
      if (list?.type === 'list') return 'number';
    }
    // `source_label` prints the wording of a choice, `source` its stored value.
    if (last.endsWith('_label')) {
      const choice = fieldAt(contract, [...parent, last.slice(0, -'_label'.length)]);
      if (choice?.type === 'choice') return 'number';
    }
    return fieldAt(contract, path);
  }
}

function endOf(kind: Exclude<Frame['kind'], 'root'>): string {
  return kind === 'for' || kind === 'if' ? `{% end${kind} %}` : `@end${kind}`;
}
