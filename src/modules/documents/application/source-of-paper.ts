import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { type ObjectFacts, authorize } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import { validationPipe } from '../../../platform/http';
import { type LoadedMatter, Matters } from '../../disputes';
import { type PaperSource, PaperSources, type PaperSubject } from './paper-sources';

export interface PaperOrder {
  readonly templateId: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Finds the source of an ordered paper, checks its parameters, and loads its content for whoever may issue it. */
@Injectable()
export class SourceOfPaper {
  constructor(
    private readonly sources: PaperSources,
    private readonly matters: Matters,
  ) {}

  /** The source with its checked parameters. @throws DomainError 422 for a template without source, 400 for parameters */
  async find({
    templateId,
    parameters,
  }: PaperOrder): Promise<{ source: PaperSource; parameters: Readonly<Record<string, unknown>> }> {
    const source = this.of(templateId);
    return { source, parameters: await checked(source, parameters) };
  }

  /** @throws DomainError 422 for a template without source */
  of(templateId: string): PaperSource {
    const source = this.sources.find(templateId);
    if (source) return source;
    throw ruleViolation(
      'papers.no-source',
      '该文书不能在这里单独出具。请从可出具的文书中选择，或在相应的业务中办理。',
      '/templateId',
    );
  }

  /** Authorizes both the act of issuing and the source's own. */
  async matter(tx: Tx, disputeId: string, act: string, source: PaperSource, lock: boolean): Promise<LoadedMatter> {
    const matter = lock ? await this.matters.lock(tx, disputeId, act) : await this.matters.read(tx, disputeId, act);
    this.authorize(tx, source, matter.standing);
    return matter;
  }

  /** What the paper says; `now` of the sources is the given instant, so that two loads of the same facts are equal. */
  async load(
    tx: Tx,
    at: Date,
    source: PaperSource,
    disputeId: string,
    parameters: PaperOrder['parameters'],
  ): Promise<PaperSubject> {
    return source.load(Object.create(tx, { now: { value: at } }) as Tx, disputeId, parameters);
  }

  private authorize(tx: Tx, source: PaperSource, standing: ObjectFacts): void {
    authorize(tx.actor, source.act, standing);
  }
}

async function checked(
  source: PaperSource,
  parameters: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const shape = source.parameters;
  if (!shape) {
    const [stray] = Object.keys(parameters);
    if (stray !== undefined)
      throw malformed(`该文书不需要填写“${stray}”。`, [
        { pointer: `/parameters/${stray}`, code: 'unknown-field', detail: `不认识的字段“${stray}”` },
      ]);
    return {};
  }
  try {
    return (await validationPipe().transform(parameters, { type: 'body', metatype: shape })) as Readonly<
      Record<string, unknown>
    >;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw malformed(
      error.detail,
      error.errors.map((e) => ({ ...e, pointer: `/parameters${e.pointer}` })),
    );
  }
}

function malformed(detail: string, errors: DomainError['errors']): DomainError {
  return new DomainError('malformed', 'invalid-fields', detail, errors);
}
