import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { LOGGER, type Logger } from '../../../platform/logging';
import { PaperEngine, type PaperTemplate, TemplateError } from '../../../platform/pdf';
import type { TemplateVersion } from '../persistence/template-version.entity';
import type { DraftedPaper, RenderOptions } from './paper-types';

/** A template as a drawing needs it. */
type Drawable = Pick<PaperTemplate, 'name' | 'file' | 'source' | 'hash'>;
type OwnText = Pick<TemplateVersion, 'source' | 'number'>;

/** Which template a paper is drawn with: the one kept with what was frozen, the center's own in force, or the house's. */
@Injectable()
export class CenterTemplates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly engine: PaperEngine,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Call it outside a transaction. */
  async of(templateId: string, { centerId, templateHash, templateAt }: RenderOptions): Promise<Drawable> {
    const { kept, own } = await this.unitOfWork.readAsSystem('paper-template', async (tx) => ({
      kept: templateHash === undefined ? undefined : await keptTemplate(tx, templateHash),
      own: await ownText(tx, centerId, templateId, templateAt ?? tx.now),
    }));
    const house = this.engine.templates.get(templateId);
    return kept ?? (templateHash === house.hash ? house : this.effective(templateId, centerId, own));
  }

  /**
   * In the transaction that keeps a paper: what it was drawn with must still be in force. Whoever puts another version in force
   * waits for it, so that no paper bears a later moment than the end of its template.
   *
   * @throws DomainError 409 `papers.template-changed`
   */
  async mustBeInForce(tx: Tx, { templateId, templateHash }: DraftedPaper, centerId: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 27))', [`${centerId} ${templateId}`]);
    const own = await tx.asSystem(() => ownText(tx, centerId, templateId, tx.now));
    if (this.effective(templateId, centerId, own).hash === templateHash) return;
    throw new DomainError(
      'conflict',
      'papers.template-changed',
      '出具文书时，中心刚启用了新的文书模板。请重新预览，核对后再出具。',
    );
  }

  /** What stands in the way of the center's own text, after the program brought another contract; null when nothing does. */
  problemOf(templateId: string, { source, number }: OwnText): string | null {
    try {
      if (source !== null) this.engine.templates.own(templateId, source, number);
      return null;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return '系统更新后，这一版与新的统一模板不符，暂用统一模板。请打开修改后重新启用。';
    }
  }

  private effective(templateId: string, centerId: string, own: OwnText | undefined): PaperTemplate {
    const house = this.engine.templates.get(templateId);
    if (own === undefined || own.source === null) return house;
    try {
      return this.engine.templates.own(templateId, own.source, own.number);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      // A paper in the house's words is right; no paper at all would stop the desk.
      this.logger.warn({ templateId, centerId, number: own.number, err: error }, 'own template no longer fits');
      return house;
    }
  }
}

async function ownText(tx: Tx, centerId: string, templateId: string, at: Date): Promise<OwnText | undefined> {
  const [row] = await tx.query<OwnText>(
    `select source, number from template_version
      where center_id = $1 and template_id = $2 and made_at <= $3 and (ended_at is null or ended_at > $3)`,
    [centerId, templateId, at],
  );
  return row;
}

async function keptTemplate(tx: Tx, hash: string): Promise<Drawable | undefined> {
  const [row] = await tx.query<Drawable>('select name, file, source, hash from paper_template where hash = $1', [hash]);
  return row;
}
