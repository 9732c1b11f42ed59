import type { Tx } from '../../../platform/database';
import type { DraftedPaper, SealRequest, SealedPaper } from './paper-types';

/** The committees' electronic seals, for the modules that seal papers. */
export abstract class Seals {
  /**
   * Refuses early what `Papers.keep` would refuse: no seal, an expired certificate, or one person where two are needed.
   *
   * @param requestedBy who asked for the seal; the actor of `tx` is the one who seals
   */
  abstract check(tx: Tx, committeeId: string, requestedBy?: string | null): Promise<void>;

  /**
   * Seals a paper that was rendered with `sealOf`: certification signature with the red seal as its appearance. Call it outside
   * a transaction; a timestamp service that does not answer does not prevent it.
   */
  abstract seal(drafted: DraftedPaper, request: SealRequest): Promise<SealedPaper>;
}
