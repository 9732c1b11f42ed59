import { Injectable } from '@nestjs/common';
import { diffLines } from 'diff';
import { createHash } from 'node:crypto';
import { DomainError, notFound } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { BrokenTemplateError, PaperEngine, type TemplateProblem } from '../../../platform/pdf';
import { TemplateVersion } from '../persistence/template-version.entity';
import { CenterTemplates } from './center-templates';

/** The house's template among the versions of a center. */
const HOUSE = 0;
const COLUMNS = `id, center_id as "centerId", template_id as "templateId", number, source, hash,
  restored_from as "restoredFrom", note, made_by as "madeBy", made_by_name as "madeByName", made_at as "madeAt",
  ended_at as "endedAt"`;

type Row = TemplateVersion;

/** A center's own paper templates (文书模板): written, tried out, put in force, compared and taken back. */
@Injectable()
export class TemplateVersions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly engine: PaperEngine,
    private readonly templates: CenterTemplates,
  ) {}

  /** Every template with what the center has made of it. */
  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await this.allowed(tx, 'templates.list', centerId);
      const current = await tx.query<Row>(
        `select ${COLUMNS} from template_version where center_id = $1 and ended_at is null`,
        [centerId],
      );
      const items = this.engine.templates.list().map(({ id, name }) => {
        const row = current.find(({ templateId }) => templateId === id);
        return {
          id,
          name,
          number: row?.number ?? HOUSE,
          isOwn: row !== undefined && row.source !== null,
          changedBy: row?.madeByName ?? null,
          changedAt: row?.madeAt.toISOString() ?? null,
          note: row?.note ?? null,
          problem: row === undefined ? null : this.templates.problemOf(id, row),
        };
      });
      return { items };
    });
  }

  /** One template: its text, the content that it may print, and all versions. */
  async read(centerId: string, templateId: string) {
    return this.unitOfWork.read(async (tx) => {
      await this.allowed(tx, 'templates.read', centerId);
      return this.view(tx, centerId, templateId);
    });
  }

  /** The text of one version, 0 for the house's. */
  async source(centerId: string, templateId: string, number: number): Promise<{ number: number; source: string }> {
    return this.unitOfWork.read(async (tx) => {
      await this.allowed(tx, 'templates.read-version', centerId);
      const source = await this.textOf(tx, centerId, templateId, number);
      return { number, source };
    });
  }

  /** Two versions, line by line. */
  async compare(centerId: string, templateId: string, { from, to }: { readonly from: number; readonly to: number }) {
    const [before, after] = await this.unitOfWork.read(async (tx) => {
      await this.allowed(tx, 'templates.compare', centerId);
      return Promise.all([from, to].map((number) => this.textOf(tx, centerId, templateId, number)));
    });
    return { from, to, lines: differenceOf(before ?? '', after ?? '') };
  }

  /** What is wrong with a text; an empty list means that it may be put in force. */
  async check(centerId: string, templateId: string, source: string): Promise<{ problems: readonly TemplateProblem[] }> {
    await this.asked('templates.check', centerId);
    try {
      await this.engine.check(templateId, source, 1);
      return { problems: [] };
    } catch (error) {
      if (!(error instanceof BrokenTemplateError)) throw error;
      return { problems: error.problems };
    }
  }

  /** The text with example data, as a draft. Nothing is kept. @throws BrokenTemplateError */
  async preview(centerId: string, templateId: string, source: string): Promise<Buffer> {
    const now = await this.asked('templates.preview', centerId);
    return (await this.engine.previewOwn(templateId, source, 1, now)).bytes;
  }

  /**
   * Puts a text in force for papers that are drawn from now on. It is tried out before: a broken one never takes the place of
   * the one in use.
   *
   * @throws BrokenTemplateError · DomainError 412 when another version has come in force meanwhile
   */
  async enable(
    centerId: string,
    templateId: string,
    { source, note }: { readonly source: string; readonly note: string },
  ) {
    return this.change('templates.enable', centerId, templateId, note, () =>
      Promise.resolve({ source, restoredFrom: null }),
    );
  }

  /** Puts the text of an earlier version in force again, or the house's template. @throws as enable */
  async restore(
    centerId: string,
    templateId: string,
    { number, note }: { readonly number: number; readonly note: string },
  ) {
    return this.change('templates.restore', centerId, templateId, note, async (tx) => ({
      source: number === HOUSE ? null : await this.textOf(tx, centerId, templateId, number),
      restoredFrom: number,
    }));
  }

  private async change(
    act: 'templates.enable' | 'templates.restore',
    centerId: string,
    templateId: string,
    note: string,
    wanted: (tx: Tx) => Promise<{ readonly source: string | null; readonly restoredFrom: number | null }>,
  ) {
    return this.unitOfWork.prepareAndRun(
      async () => {
        const { text, now } = await this.unitOfWork.read(async (tx) => {
          await this.allowed(tx, act, centerId);
          this.engine.templates.get(templateId);
          return { text: await wanted(tx), now: tx.now };
        });
        if (text.source !== null) await this.engine.previewOwn(templateId, text.source, 1, now);
        return text;
      },
      async (tx, { source, restoredFrom }) => {
        await this.allowed(tx, act, centerId);
        await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 27))', [`${centerId} ${templateId}`]);
        const rows = await versionsOf(tx, centerId, templateId);
        const current = rows.find(({ endedAt }) => endedAt === null);
        tx.checkVersion({ version: current?.number ?? HOUSE });
        if (source === (current?.source ?? null))
          throw new DomainError('conflict', 'templates.unchanged', '内容与正在使用的一版相同，不用再启用。');
        const hash = source === null ? null : createHash('sha256').update(source).digest('hex');
        const number = (rows[0]?.number ?? HOUSE) + 1;
        const id = uuidv7();
        if (current) await tx.update(TemplateVersion, current.id, { endedAt: tx.now });
        await tx.insert(TemplateVersion, {
          id,
          centerId,
          templateId,
          number,
          source,
          hash,
          restoredFrom,
          note,
          madeBy: tx.actor.accountId,
          madeByName: tx.actor.displayName ?? '',
          madeAt: tx.now,
        });
        tx.audit({
          act,
          objectType: 'template-version',
          objectId: id,
          chain: centerId,
          details: { templateId, number, before: current?.number ?? HOUSE, hash, restoredFrom, note },
        });
        return this.view(tx, centerId, templateId);
      },
    );
  }

  private async view(tx: Tx, centerId: string, templateId: string) {
    const { name, version: houseVersion } = this.engine.templates.get(templateId);
    const rows = await versionsOf(tx, centerId, templateId);
    const current = rows.find(({ endedAt }) => endedAt === null);
    const may = (act: string): boolean => mayAct(tx.actor, policyOf(act)?.by ?? [], { centerId });
    return {
      id: templateId,
      name,
      houseVersion,
      isOwn: current !== undefined && current.source !== null,
      source: current?.source ?? this.engine.templates.ownPartOf(templateId),
      problem: current === undefined ? null : this.templates.problemOf(templateId, current),
      fields: this.engine.templates.fieldsOf(templateId),
      versions: rows.map(({ number, source, restoredFrom, note, madeByName, madeAt, endedAt }) => ({
        number,
        isHouse: source === null,
        restoredFrom,
        note,
        madeByName,
        madeAt: madeAt.toISOString(),
        endedAt: endedAt?.toISOString() ?? null,
      })),
      allowedActs: ['templates.enable', 'templates.restore'].filter(may),
      version: current?.number ?? HOUSE,
    };
  }

  private async textOf(tx: Tx, centerId: string, templateId: string, number: number): Promise<string> {
    const house = this.engine.templates.ownPartOf(templateId);
    if (number === HOUSE) return house;
    const [row] = await tx.query<Pick<Row, 'source'>>(
      'select source from template_version where center_id = $1 and template_id = $2 and number = $3',
      [centerId, templateId, number],
    );
    if (!row) throw notFound();
    return row.source ?? house;
  }

  private async asked(act: string, centerId: string): Promise<Date> {
    return this.unitOfWork.read(async (tx) => {
      await this.allowed(tx, act, centerId);
      return tx.now;
    });
  }

  private async allowed(tx: Tx, act: string, centerId: string): Promise<void> {
    await tx.one('select 1 from center where id = $1', [centerId]);
    authorize(tx.actor, act, { centerId });
  }
}

async function versionsOf(tx: Tx, centerId: string, templateId: string): Promise<Row[]> {
  return tx.query<Row>(
    `select ${COLUMNS} from template_version where center_id = $1 and template_id = $2 order by number desc`,
    [centerId, templateId],
  );
}

/** Whole lines only, with their numbers on either side. */
function differenceOf(before: string, after: string) {
  let [old, fresh] = [0, 0];
  const whole = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
  return diffLines(whole(before), whole(after)).flatMap(({ value, added, removed }) =>
    value
      .split('\n')
      .slice(0, -1)
      .map((text) => ({
        kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
        text,
        before: added ? null : ++old,
        after: removed ? null : ++fresh,
      })),
  );
}
