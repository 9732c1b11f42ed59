import type { Chart } from '../charts';
import { type ChartPicture, chartPicture } from '../charts/picture';
import { FontLibrary } from './fonts/font-library';
import { PaperContractError, PaperEngineError } from './paper-errors';
import { openPaperPool, type PaperPool, type PoolOptions } from './paper-pool';
import type { PaperTask } from './paper.worker';
import { contentHashOf, type PaperContent, type RenderedPaper } from './render-paper';
import { checkData } from './template/contract';
import { TemplateLibrary } from './template/template-library';

export interface PaperEngineOptions {
  /** Directory with `*.tpl.md`, fonts.yaml and fonts/. */
  readonly templatesDir: string;
  /** Writable directory for unpacked fonts. */
  readonly cacheDir: string;
  readonly pool?: PoolOptions;
}

export interface PaperRequest extends PaperContent {
  readonly templateId: string;
}

/** Makes papers: templates in use, a pool of threads, and nothing that remembers a case. One per process. */
export class PaperEngine {
  readonly templates: TemplateLibrary;
  private readonly pool: PaperPool;
  private fonts: FontLibrary | undefined;

  /** @throws TemplateError when a template that ships with the program is broken */
  constructor(private readonly options: PaperEngineOptions) {
    this.templates = new TemplateLibrary(options.templatesDir);
    const [refused] = this.templates.reload();
    if (refused !== undefined) throw refused;
    this.pool = openPaperPool({ templatesDir: options.templatesDir, cacheDir: options.cacheDir }, options.pool);
  }

  /**
   * Makes one paper. The same request gives the same bytes on every run and in every time zone.
   *
   * @throws UnknownTemplateError · PaperContractError · MissingGlyphError · PaperMarkError · PaperBusyError · PaperTimeoutError
   */
  async renderPaper({ templateId, ...content }: PaperRequest): Promise<RenderedPaper> {
    const { file, source, hash } = this.templates.get(templateId);
    return this.pool.render({ template: { file, source, hash }, content });
  }

  /**
   * Makes a paper from the text of a template that need no longer be in use, so that an old paper can be drawn again.
   *
   * @throws as {@link renderPaper}
   */
  async renderFrom(template: PaperTask['template'], content: PaperContent): Promise<RenderedPaper> {
    return this.pool.render({ template, content });
  }

  /**
   * Checks what a center would put in the place of a house template.
   *
   * @throws BrokenTemplateError with everything that is wrong · UnknownTemplateError · PaperBusyError · PaperTimeoutError
   */
  async check(templateId: string, own: string, number: number): Promise<void> {
    const { file, source, hash } = this.templates.get(templateId);
    await this.pool.trial({ house: { file, source, hash }, own, number, content: null });
  }

  /** As {@link check}, and draws it with example data, as a draft. @throws as check */
  async previewOwn(templateId: string, own: string, number: number, createdAt: Date): Promise<RenderedPaper> {
    const { file, source, hash } = this.templates.get(templateId);
    const content = { data: this.templates.exampleOf(templateId), createdAt, draft: { number: 1 } };
    const paper = await this.pool.trial({ house: { file, source, hash }, own, number, content });
    if (paper === null) throw new PaperEngineError('Nothing was drawn');
    return paper;
  }

  /** The paper with the example data of its contract, marked as a draft, for people who edit templates. */
  async preview(templateId: string, createdAt: Date): Promise<RenderedPaper> {
    return this.renderPaper({
      templateId,
      data: this.templates.exampleOf(templateId),
      createdAt,
      draft: { number: 1 },
    });
  }

  /** A chart with the letters of our own fonts, as a picture so many points wide. */
  async pictureOf(chart: Chart, width: number): Promise<ChartPicture> {
    this.fonts ??= new FontLibrary(this.options);
    return chartPicture(chart, width, this.fonts);
  }

  /**
   * What a mark binds to, without painting.
   *
   * @throws UnknownTemplateError · PaperContractError
   */
  contentHash(templateId: string, data: Readonly<Record<string, unknown>>): string {
    const template = this.templates.get(templateId);
    const problems = checkData(template.contract, data);
    if (problems.length > 0) throw new PaperContractError(template.name, problems);
    return contentHashOf(template.hash, data);
  }

  /** Ends the threads; papers still waiting fail. */
  async close(): Promise<void> {
    await this.pool.close();
  }
}
