import { workerData } from 'node:worker_threads';
import { FontLibrary, type FontLibraryOptions } from './fonts/font-library';
import { recordPaperError, type PaperErrorRecord } from './paper-errors';
import { renderWith, type PaperContent, type RenderedPaper } from './render-paper';
import type { PaperTemplate } from './template/template-ast';
import { parseTemplate } from './template/template-parser';

/** One order to a worker. The template travels as text: the main thread decides which version is in use. */
export interface PaperTask {
  readonly template: { readonly file: string; readonly source: string; readonly hash: string };
  readonly content: PaperContent;
}

export type PaperTaskResult =
  { readonly ok: true; readonly paper: RenderedPaper } | { readonly ok: false; readonly error: PaperErrorRecord };

/** Does the work of one thread: keeps parsed fonts and templates, and turns errors into plain values. */
export class PaperBench {
  private readonly templates = new Map<string, PaperTemplate>();
  private readonly fonts: () => FontLibrary;

  constructor(options: FontLibraryOptions) {
    let library: FontLibrary | undefined;
    this.fonts = () => (library ??= new FontLibrary(options));
  }

  async run({ template: { file, source, hash }, content }: PaperTask): Promise<PaperTaskResult> {
    try {
      let template = this.templates.get(hash);
      if (template === undefined) {
        template = parseTemplate(file, source);
        this.templates.set(hash, template);
      }
      return { ok: true, paper: await renderWith(template, this.fonts(), content) };
    } catch (error) {
      return { ok: false, error: recordPaperError(error) };
    }
  }
}

let bench: PaperBench | undefined;

/** Entry point of a pool thread; `workerData` holds the FontLibraryOptions. */
export default function work(task: PaperTask): Promise<PaperTaskResult> {
  bench ??= new PaperBench(workerData as FontLibraryOptions);
  return bench.run(task);
}
