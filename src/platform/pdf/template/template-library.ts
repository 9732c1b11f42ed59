import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateError, UnknownTemplateError } from '../paper-errors';
import { contractSchema, exampleData } from './contract';
import { fieldList, type TemplateField } from './field-list';
import { ownPartOf } from './own-source';
import { parseOwn } from './own-template';
import type { PaperTemplate } from './template-ast';
import { parseTemplate } from './template-parser';

const MOST_OWNED = 200;

/** What the centre's people see of a template. */
export interface TemplateSummary {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  /** JSON Schema of the data. */
  readonly contract: Record<string, unknown>;
}

/** The templates in use. A broken file never takes the place of one that works. */
export class TemplateLibrary {
  private templates: ReadonlyMap<string, PaperTemplate> = new Map();
  private readonly owned = new Map<string, PaperTemplate>();

  constructor(private readonly dir: string) {}

  /**
   * Reads all `*.tpl.md` files of the directory. Good ones come into use; for a broken one the template that was in
   * use stays, and so does a template whose file has gone.
   *
   * @returns what was refused, for the log and for the person who edited the file
   */
  reload(): readonly TemplateError[] {
    const refused: TemplateError[] = [];
    const next = new Map(this.templates);
    const owners = new Map<string, string>();
    const files = readdirSync(this.dir)
      .filter((file) => file.endsWith('.tpl.md'))
      .sort();
    for (const file of files) {
      try {
        const template = parseTemplate(file, readFileSync(join(this.dir, file), 'utf8'));
        const owner = owners.get(template.id);
        if (owner !== undefined) throw new TemplateError(file, 2, `id“${template.id}”已被 ${owner} 使用`);
        owners.set(template.id, file);
        next.set(template.id, template);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        refused.push(error);
      }
    }
    this.templates = next;
    return refused;
  }

  /** @throws UnknownTemplateError */
  get(id: string): PaperTemplate {
    const template = this.templates.get(id);
    if (template === undefined) throw new UnknownTemplateError(id);
    return template;
  }

  list(): readonly TemplateSummary[] {
    return [...this.templates.values()].map(({ id, name, version, hash, contract }) => ({
      id,
      name,
      version,
      hash,
      contract: contractSchema(contract),
    }));
  }

  /** The content that a template may print. @throws UnknownTemplateError */
  fieldsOf(id: string): readonly TemplateField[] {
    return fieldList(this.get(id).contract);
  }

  /** What a center may change of a template. @throws UnknownTemplateError */
  ownPartOf(id: string): string {
    return ownPartOf(this.get(id));
  }

  /**
   * A center's version, joined with what the house keeps. Only for texts that passed `PaperEngine.check`.
   *
   * @throws UnknownTemplateError · TemplateError where a text that once passed no longer fits the house's contract
   */
  own(id: string, source: string, number: number): PaperTemplate {
    const house = this.get(id);
    const key = `${house.hash} ${number} ${source}`;
    let template = this.owned.get(key);
    if (template === undefined) {
      template = parseOwn(house, source, number);
      if (this.owned.size >= MOST_OWNED) this.owned.clear();
      this.owned.set(key, template);
    }
    return template;
  }

  /** Example data of the contract, for a preview. @throws UnknownTemplateError */
  exampleOf(id: string): Record<string, unknown> {
    return exampleData(this.get(id).contract);
  }
}
