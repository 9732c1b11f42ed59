import { workerData } from 'node:worker_threads';
import { FontLibrary, type FontLibraryOptions } from './fonts/font-library';
import { BrokenTemplateError, recordPaperError, type PaperErrorRecord } from './paper-errors';
import { renderWith, type PaperContent, type RenderedPaper } from './render-paper';
import { TRIAL_LIMITS } from './template/compose';
import { checkOwn, drawingProblems } from './template/own-template';
import type { PaperTemplate } from './template/template-ast';
import { parseTemplate } from './template/template-parser';

/** One order to a worker. The template travels as text: the main thread decides which version is in use. */
export interface PaperTask {
  readonly template: { readonly file: string; readonly source: string; readonly hash: string };
  readonly content: PaperContent;
}

/** What somebody would put in the place of a house template: checked, and drawn where that is asked for. */
export interface TrialTask {
  readonly house: PaperTask['template'];
  readonly own: string;
  readonly number: number;
  readonly content: PaperContent | null;
}

export type PaperTaskResult =
  | { readonly ok: true; readonly paper: RenderedPaper | null }
  | { readonly ok: false; readonly error: PaperErrorRecord };

/** Does the work of one thread: keeps parsed fonts and templates, and turns errors into plain values. */
export class PaperBench {
  private readonly templates = new Map<string, PaperTemplate>();
  private readonly fonts: () => FontLibrary;

  constructor(options: FontLibraryOptions) {
    let library: FontLibrary | undefined;
    this.fonts = () => (library ??= new FontLibrary(options));
  }

  async run(task: PaperTask | TrialTask): Promise<PaperTaskResult> {
    try {
      const paper =
        'own' in task
          ? await this.trial(task)
          : await renderWith(this.templateOf(task.template), this.fonts(), task.content);
      return { ok: true, paper };
    } catch (error) {
      return { ok: false, error: recordPaperError(error) };
    }
  }

  private async trial({ house, own, number, content }: TrialTask): Promise<RenderedPaper | null> {
    const model = this.templateOf(house);
    const { template, problems } = checkOwn(model, own, number);
    if (template === null) throw new BrokenTemplateError(model.name, problems);
    if (content === null) return null;
    try {
      return await renderWith(template, this.fonts(), content, TRIAL_LIMITS);
    } catch (error) {
      const found = drawingProblems(error, model, own);
      throw found === undefined ? error : new BrokenTemplateError(model.name, found);
    }
  }

  private templateOf({ file, source, hash }: PaperTask['template']): PaperTemplate {
    let template = this.templates.get(hash);
    if (template === undefined) {
      template = parseTemplate(file, source);
      this.templates.set(hash, template);
    }
    return template;
  }
}

let bench: PaperBench | undefined;

/** Entry point of a pool thread; `workerData` holds the FontLibraryOptions. */
export default function work(task: PaperTask | TrialTask): Promise<PaperTaskResult> {
  bench ??= new PaperBench(workerData as FontLibraryOptions);
  return bench.run(task);
}
