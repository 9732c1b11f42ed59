import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import type { PaperStage } from '../domain/paper-stages';

/** What a paper says, as its module reads it. */
export interface PaperSubject {
  /** Fulfils the contract of the template; amounts in fen, dates `YYYY-MM-DD`, instants ISO 8601. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Name in the list of papers, e.g. 一次性告知单. */
  readonly title: string;
  /** Number that exists already and is printed, e.g. the case number. Loading takes no new number: it may be repeated. */
  readonly number?: string | null;
  /** Names of the people and units concerned; the public verification shows them masked. */
  readonly names?: readonly string[];
  /** Committee that issues it, whose seal may go onto it; the center issues it when left out. */
  readonly committeeId?: string | null;
  /** Copies to hand out; 1 when left out. */
  readonly copies?: number;
  /** The thing in the module that the paper is about, e.g. `session` and its id. */
  readonly subjectType?: string;
  readonly subjectId?: string;
}

/** Where the content of one template comes from. */
export interface PaperSource {
  readonly stage: PaperStage;
  /** Key of the policy act that issuing this paper demands, on the matter; beside `papers.issue`. */
  readonly act: string;
  /**
   * Class with the decorators of platform/http fields: the shape of `parameters`. Without it the paper takes none.
   */
  readonly parameters?: new () => object;
  /**
   * Reads what the paper says. Only reads, and is called twice: before the drawing, and once more in the transaction
   * that keeps the paper, which refuses when the content has changed in between. No audit: the act that calls audits.
   */
  load(tx: Tx, disputeId: string, parameters: Readonly<Record<string, unknown>>): Promise<PaperSubject>;
}

/** The register in which modules enter, at start, where the content of their papers comes from. */
@Injectable()
export class PaperSources {
  private readonly sources = new Map<string, PaperSource>();

  /** Call it in `onModuleInit`. */
  register(templateId: string, source: PaperSource): void {
    if (this.sources.has(templateId)) throw new Error(`Template ${templateId} has a source already`);
    this.sources.set(templateId, source);
  }

  find(templateId: string): PaperSource | undefined {
    return this.sources.get(templateId);
  }
}
