import type { Tx } from '../../../platform/database';
import type { DraftedPaper, FiledPaper, PaperSnapshot, PaperToKeep, RenderOptions, SealedPaper } from './paper-types';

/**
 * Papers of a matter, for the modules that issue them. The order is fixed by the types:
 * `render` → (`Seals.seal`) → `file` → in one transaction `keep`.
 */
export abstract class Papers {
  /**
   * Draws a paper in the worker pool. Call it outside a transaction.
   *
   * @throws DomainError when the data do not fulfil the template's contract, a character has no glyph, or the pool is busy
   */
  abstract render(
    templateId: string,
    data: Readonly<Record<string, unknown>>,
    options: RenderOptions,
  ): Promise<DraftedPaper>;

  /** Puts the bytes into the file store, synced to disk. Call it outside a transaction, after sealing. */
  abstract file(drafted: DraftedPaper, sealed?: SealedPaper): Promise<FiledPaper>;

  /**
   * Keeps a filed paper: row, file, use of the seal. The caller authorizes, records and audits its own act.
   *
   * @throws DomainError `papers.second-person-required` when the seal demands two and one person asked and sealed
   */
  abstract keep(tx: Tx, paper: PaperToKeep): Promise<PaperSnapshot>;

  /** Voids a paper, as the consequence of the caller's act. Its verification says so from then on. */
  abstract void(tx: Tx, paperId: string, reason: string): Promise<void>;

  /** A kept paper; absent or invisible is 404. */
  abstract get(tx: Tx, paperId: string): Promise<PaperSnapshot>;

  /** The papers about one thing of a module, oldest first. */
  abstract about(tx: Tx, disputeId: string, subjectType: string, subjectId: string): Promise<readonly PaperSnapshot[]>;
}
