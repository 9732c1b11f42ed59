import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { MATTER_FACTS, type MatterFact, type MatterFacts } from '../domain/matter-facts';
import type { Dispute } from '../persistence/dispute.entity';

/** A party as the counter first hears of it; the parties module turns it into a record. */
export interface IntakeParty {
  readonly kind: 'person' | 'organization';
  readonly name: string;
  readonly side?: 'applicant' | 'respondent' | 'other';
  readonly phone?: string;
  readonly residentId?: string;
  readonly creditCode?: string;
  readonly address?: string;
}

type FactSource = (tx: Tx, disputeId: string) => Promise<number>;
type PartyRegistrar = (tx: Tx, dispute: Dispute, parties: readonly IntakeParty[]) => Promise<void>;
type MergeListener = (tx: Tx, mergedId: string, intoId: string) => Promise<void>;

/**
 * Where modules that stand on disputes plug themselves in at start, so that a matter can ask what they know without
 * disputes depending on them.
 */
@Injectable()
export class MatterHooks {
  private readonly sources = new Map<MatterFact, FactSource>();
  private registrar: PartyRegistrar | undefined;
  private readonly mergeListeners: MergeListener[] = [];

  provideFact(fact: MatterFact, source: FactSource): void {
    if (this.sources.has(fact)) throw new Error(`Matter fact ${fact} has a source already`);
    this.sources.set(fact, source);
  }

  registerParties(registrar: PartyRegistrar): void {
    if (this.registrar) throw new Error('Intake parties have a registrar already');
    this.registrar = registrar;
  }

  onMerge(listener: MergeListener): void {
    this.mergeListeners.push(listener);
  }

  /** All facts of a matter; one statement per source, whatever the number of parties. */
  async facts(tx: Tx, disputeId: string): Promise<MatterFacts> {
    const facts: Record<string, number> = {};
    for (const fact of Object.keys(MATTER_FACTS) as MatterFact[]) {
      facts[fact] = (await this.sources.get(fact)?.(tx, disputeId)) ?? 0;
    }
    return facts as MatterFacts;
  }

  async intake(tx: Tx, dispute: Dispute, parties: readonly IntakeParty[]): Promise<void> {
    if (parties.length === 0) return;
    if (!this.registrar) throw new Error('No module registers intake parties');
    await this.registrar(tx, dispute, parties);
  }

  async merged(tx: Tx, mergedId: string, intoId: string): Promise<void> {
    for (const listener of this.mergeListeners) await listener(tx, mergedId, intoId);
  }
}
