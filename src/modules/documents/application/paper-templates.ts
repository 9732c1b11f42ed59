import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { PaperEngine } from '../../../platform/pdf';
import { authorize } from '../../../platform/auth';
import { PaperSources } from './paper-sources';

/** The templates in use, with their data contracts. */
@Injectable()
export class PaperTemplates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly engine: PaperEngine,
    private readonly sources: PaperSources,
  ) {}

  async list() {
    await this.authorized('papers.templates');
    return {
      items: this.engine.templates
        .list()
        .map((template) => ({ ...template, canIssue: this.sources.find(template.id) !== undefined })),
    };
  }

  /** The template with the example data of its contract, as a draft. */
  async example(templateId: string): Promise<Buffer> {
    const now = await this.authorized('papers.example');
    return (await this.engine.preview(templateId, now)).bytes;
  }

  private async authorized(act: string): Promise<Date> {
    return this.unitOfWork.read((tx) => {
      authorize(tx.actor, act);
      return Promise.resolve(tx.now);
    });
  }
}
