import { DomainError, type FieldError } from '../../kernel/domain-error';

/** A character that no font of the role covers, with everything the desk needs to mend it. */
export interface MissingGlyph {
  readonly character: string;
  /** `U+` and four to six upper-case hex digits. */
  readonly codePoint: string;
  /** Where it stands: the Chinese label of the field, or the line of the template. */
  readonly place: string;
  /** JSON pointer into the data, or an empty string for text of the template itself. */
  readonly pointer: string;
}

/** `U+4E00` style notation. */
export function codePointNotation(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The paper holds characters that cannot be drawn. A box in a name would make the paper worthless, so nothing is drawn. */
export class MissingGlyphError extends DomainError {
  constructor(
    readonly paper: string,
    readonly missing: readonly MissingGlyph[],
  ) {
    const list = missing.map((m) => `${m.place}中的“${m.character}”（${m.codePoint}）`).join('、');
    super(
      'rule',
      'pdf.missing-glyph',
      `《${paper}》没有生成：${list}在现有字库里没有字形。请核对这个字是否录错；没有录错的，请系统管理员装入含有该字的 TTF 字库，或上传该字的字形图片后重新生成。`,
      missing.map((m) => ({
        pointer: m.pointer,
        code: 'pdf.missing-glyph',
        detail: `“${m.character}”（${m.codePoint}）没有字形`,
      })),
    );
    this.name = 'MissingGlyphError';
  }
}

/** The data do not fulfil the contract of the template. */
export class PaperContractError extends DomainError {
  constructor(
    readonly paper: string,
    errors: readonly FieldError[],
  ) {
    super(
      'rule',
      'pdf.contract',
      `《${paper}》还不能生成：${errors.map((e) => e.detail).join('；')}。请补齐或改正后重新生成。`,
      errors,
    );
    this.name = 'PaperContractError';
  }
}

/** A mark, glyph picture or other image cannot be put on the paper. */
export class PaperMarkError extends DomainError {
  constructor(detail: string) {
    super('rule', 'pdf.mark', detail);
    this.name = 'PaperMarkError';
  }
}

/** A template that does not pass its check at loading; the one in use stays in use. */
export class TemplateError extends DomainError {
  constructor(
    readonly file: string,
    readonly line: number,
    readonly problem: string,
  ) {
    super('rule', 'pdf.template', `模板 ${file} 第${line}行：${problem}`);
    this.name = 'TemplateError';
  }
}

/** What is wrong with a template, by its line; null for what concerns the whole of it. */
export interface TemplateProblem {
  readonly line: number | null;
  readonly problem: string;
}

/** A template that somebody wants to put in the place of another, with all that is wrong with it. */
export class BrokenTemplateError extends DomainError {
  constructor(
    readonly paper: string,
    readonly problems: readonly TemplateProblem[],
  ) {
    super(
      'rule',
      'pdf.broken-template',
      `《${paper}》的模板有${problems.length}处要改，改好以后才能使用。现在用的模板没有变。`,
      problems.map(({ line, problem }) => ({
        pointer: '/source',
        code: 'pdf.broken-template',
        detail: line === null ? problem : `第${line}行：${problem}`,
      })),
    );
    this.name = 'BrokenTemplateError';
  }
}

/** A paper of more pages than anybody could want. */
export class PaperTooLongError extends DomainError {
  constructor(
    readonly paper: string,
    readonly pages: number,
    readonly most: number,
  ) {
    super('rule', 'pdf.too-long', `《${paper}》排出来有${pages}页，最多${most}页，没有生成。请检查内容或者模板。`);
    this.name = 'PaperTooLongError';
  }
}

/** No template of this id is in use. */
export class UnknownTemplateError extends DomainError {
  constructor(readonly templateId: string) {
    super('not-found', 'pdf.unknown-template', `没有名为“${templateId}”的文书模板，请系统管理员检查 templates 目录。`);
    this.name = 'UnknownTemplateError';
  }
}

/** A font of fonts.yaml is absent or of a kind that must not be fed to the painter. */
export class FontError extends DomainError {
  constructor(detail: string) {
    super('unavailable', 'pdf.font', detail);
    this.name = 'FontError';
  }
}

/** The queue of the pool is full. */
export class PaperBusyError extends DomainError {
  constructor() {
    super('unavailable', 'pdf.busy', '正在生成的文书太多，请稍候一分钟再试。');
    this.name = 'PaperBusyError';
  }
}

/** One paper took longer than the pool allows; its worker was ended. */
export class PaperTimeoutError extends DomainError {
  constructor(readonly seconds: number) {
    super(
      'unavailable',
      'pdf.timeout',
      `文书在${seconds}秒内没有生成完，已停止。请再试一次；仍不成功的，请联系系统管理员。`,
    );
    this.name = 'PaperTimeoutError';
  }
}

/** A worker failed for a reason that is no mistake of the data. */
export class PaperEngineError extends DomainError {
  constructor(readonly reason: string) {
    super('unavailable', 'pdf.engine', '文书生成程序出错，请再试一次；仍不成功的，请联系系统管理员。');
    this.name = 'PaperEngineError';
  }
}

/** An error as plain values, because a thread boundary keeps nothing of a class but its message. */
export type PaperErrorRecord =
  | { readonly kind: 'missing-glyph'; readonly paper: string; readonly missing: readonly MissingGlyph[] }
  | { readonly kind: 'contract'; readonly paper: string; readonly errors: readonly FieldError[] }
  | { readonly kind: 'mark'; readonly detail: string }
  | { readonly kind: 'template'; readonly file: string; readonly line: number; readonly problem: string }
  | { readonly kind: 'broken-template'; readonly paper: string; readonly problems: readonly TemplateProblem[] }
  | { readonly kind: 'too-long'; readonly paper: string; readonly pages: number; readonly most: number }
  | { readonly kind: 'font'; readonly detail: string }
  | { readonly kind: 'engine'; readonly reason: string };

/** @see restorePaperError */
export function recordPaperError(error: unknown): PaperErrorRecord {
  if (error instanceof MissingGlyphError) return { kind: 'missing-glyph', paper: error.paper, missing: error.missing };
  if (error instanceof PaperContractError) return { kind: 'contract', paper: error.paper, errors: error.errors };
  if (error instanceof PaperMarkError) return { kind: 'mark', detail: error.detail };
  if (error instanceof TemplateError)
    return { kind: 'template', file: error.file, line: error.line, problem: error.problem };
  if (error instanceof BrokenTemplateError)
    return { kind: 'broken-template', paper: error.paper, problems: error.problems };
  if (error instanceof PaperTooLongError)
    return { kind: 'too-long', paper: error.paper, pages: error.pages, most: error.most };
  if (error instanceof FontError) return { kind: 'font', detail: error.detail };
  return { kind: 'engine', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** The typed error that a record stands for. */
export function restorePaperError(record: PaperErrorRecord): DomainError {
  switch (record.kind) {
    case 'missing-glyph':
      return new MissingGlyphError(record.paper, record.missing);
    case 'contract':
      return new PaperContractError(record.paper, record.errors);
    case 'mark':
      return new PaperMarkError(record.detail);
    case 'template':
      return new TemplateError(record.file, record.line, record.problem);
    case 'broken-template':
      return new BrokenTemplateError(record.paper, record.problems);
    case 'too-long':
      return new PaperTooLongError(record.paper, record.pages, record.most);
    case 'font':
      return new FontError(record.detail);
    case 'engine':
      return new PaperEngineError(record.reason);
  }
}
