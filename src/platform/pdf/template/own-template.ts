import { MissingGlyphError, PaperTooLongError, TemplateError, type TemplateProblem } from '../paper-errors';
import { composePaper, TRIAL_LIMITS } from './compose';
import { exampleData, type Contract, type Field } from './contract';
import { missingFrom } from './minimum';
import { joinOwn } from './own-source';
import type { PaperTemplate } from './template-ast';
import { parseTemplate, readTemplate } from './template-parser';

/** @throws TemplateError where the text does not fit the house's contract (any more) */
export function parseOwn(house: PaperTemplate, own: string, number: number): PaperTemplate {
  const { file, source } = joinOwn(house, own, number);
  return parseTemplate(file, source);
}

/**
 * Checks what a center wrote: language, contract, what the house's template must keep, and a trial with example data, once with
 * everything and once with no more than must be there.
 */
export function checkOwn(
  house: PaperTemplate,
  own: string,
  number: number,
): { readonly template: PaperTemplate | null; readonly problems: readonly TemplateProblem[] } {
  try {
    const joined = joinOwn(house, own, number);
    try {
      const { template, problems } = readTemplate(joined.file, joined.source);
      if (problems.length > 0) return { template: null, problems: problems.map((e) => ownProblem(e, joined.ownLine)) };
      const missing = missingFrom(house, template).map(({ line, problem }) => ({
        line: line === null ? null : joined.ownLine(line),
        problem,
      }));
      if (missing.length > 0) return { template: null, problems: missing };
      for (const data of [exampleData(template.contract), barely(template.contract)])
        composePaper(template, data, TRIAL_LIMITS);
      return { template, problems: [] };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return { template: null, problems: [ownProblem(error, joined.ownLine)] };
    }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { template: null, problems: [ownProblem(error, (line) => line)] };
  }
}

/** What only drawing finds out, as problems of the text; undefined for what is no fault of it. */
export function drawingProblems(error: unknown, house: PaperTemplate, own: string): TemplateProblem[] | undefined {
  const { ownLine } = joinOwn(house, own, 1);
  if (error instanceof TemplateError) return [ownProblem(error, ownLine)];
  if (error instanceof PaperTooLongError)
    return [{ line: null, problem: `用示例内容排出来有${error.pages}页，最多${error.most}页，请删减` }];
  if (error instanceof MissingGlyphError)
    return error.missing.map(({ character, codePoint, place }) => {
      const line = /第(\d+)行/.exec(place)?.[1];
      return {
        line: line === undefined ? null : ownLine(Number(line)),
        problem: `字库里没有“${character}”（${codePoint}），请换一个字`,
      };
    });
  return undefined;
}

function ownProblem({ line, problem }: TemplateError, ownLine: (line: number) => number): TemplateProblem {
  const told = problem.replace(/第(\d+)行/, (_, other: string) => `第${ownLine(Number(other))}行`);
  return { line: ownLine(line), problem: told };
}

/** Example data with nothing that may be left out. */
function barely(contract: Contract): Record<string, unknown> {
  const full = exampleData(contract);
  return Object.fromEntries(
    Object.entries(contract).flatMap(([name, field]) =>
      field.optional ? [] : [[name, withoutOptional(field, full[name])] as const],
    ),
  );
}

function withoutOptional(field: Field, value: unknown): unknown {
  if (field.type === 'list' && Array.isArray(value)) return value.map((item) => withoutOptional(field.item, item));
  if (field.type !== 'group' || typeof value !== 'object' || value === null) return value;
  const given = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(field.fields).flatMap(([name, inner]) =>
      inner.optional || given[name] === undefined ? [] : [[name, withoutOptional(inner, given[name])] as const],
    ),
  );
}
