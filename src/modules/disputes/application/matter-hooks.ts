import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import type { PartyWordCounts } from '../domain/closing';
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

/** A party of a matter as its lifecycle needs it: who must consent, and on which side. */
export interface MatterParty {
  readonly id: string;
  readonly side: 'applicant' | 'respondent' | 'other' | null;
  readonly isMinor: boolean;
}

/** The same person or organisation met in another matter that the actor may see. */
export interface SamePersonHint {
  readonly disputeId: string;
  readonly registrationNumber: string;
  /** Masked as in lists. */
  readonly name: string;
  readonly matchedBy: 'resident-id' | 'credit-code' | 'phone' | 'name';
}

/** SQL of a count, an `integer`, of the matter `$1`. */
type FactCount = string;
type PartyRegistrar = (tx: Tx, dispute: Dispute, parties: readonly IntakeParty[]) => Promise<void>;
type PartySource = (tx: Tx, disputeId: string) => Promise<readonly MatterParty[]>;
type SamePersonSearch = (tx: Tx, dispute: Pick<Dispute, 'id' | 'centerId'>) => Promise<readonly SamePersonHint[]>;
type PartyWordSource = (tx: Tx, disputeId: string) => Promise<PartyWordCounts>;
type ReopeningListener = (tx: Tx, disputeId: string) => Promise<void>;
type MergeListener = (tx: Tx, mergedId: string, intoId: string) => Promise<void>;
type HappeningListener = (tx: Tx, disputeId: string) => void;

/**
 * Where modules that stand on disputes plug themselves in at start, so that a matter can ask what they know without
 * disputes depending on them.
 */
@Injectable()
export class MatterHooks {
  private readonly counts = new Map<MatterFact, FactCount>();
  private registrar: PartyRegistrar | undefined;
  private partySource: PartySource | undefined;
  private samePersonSearch: SamePersonSearch | undefined;
  private partyWordSource: PartyWordSource | undefined;
  private readonly reopeningListeners: ReopeningListener[] = [];
  private readonly mergeListeners: MergeListener[] = [];
  private readonly unmergeListeners: MergeListener[] = [];
  private readonly happeningListeners: HappeningListener[] = [];

  /** The source runs as the system: an obstacle holds whatever the actor may see. It counts and returns nothing else. */
  provideFacts(counts: Readonly<Partial<Record<MatterFact, FactCount>>>): void {
    for (const [fact, count] of Object.entries(counts) as [MatterFact, FactCount][]) {
      if (this.counts.has(fact)) throw new Error(`Matter fact ${fact} has a source already`);
      this.counts.set(fact, count);
    }
  }

  registerParties(registrar: PartyRegistrar): void {
    if (this.registrar) throw new Error('Intake parties have a registrar already');
    this.registrar = registrar;
  }

  /** Active parties of a matter, for the consents that an extension or a withdrawal needs. */
  provideParties(source: PartySource): void {
    if (this.partySource) throw new Error('Parties have a source already');
    this.partySource = source;
  }

  /** What parties say of the outcome by their own link; asked at closing alone. */
  providePartyWords(source: PartyWordSource): void {
    if (this.partyWordSource) throw new Error('Words of parties have a source already');
    this.partyWordSource = source;
  }

  /** Other matters in which a party of this one appears; asked after the intake parties are written. */
  provideSamePerson(search: SamePersonSearch): void {
    if (this.samePersonSearch) throw new Error('Same persons have a search already');
    this.samePersonSearch = search;
  }

  /** Called when the mediation of a matter begins a new round after one that ended: what was consented to is over. */
  onMediationReopened(listener: ReopeningListener): void {
    this.reopeningListeners.push(listener);
  }

  onMerge(listener: MergeListener): void {
    this.mergeListeners.push(listener);
  }

  onUnmerge(listener: MergeListener): void {
    this.unmergeListeners.push(listener);
  }

  /**
   * Called with every act on a matter, whichever module it is of, before all of its rows are written: a listener that looks
   * at the matter leaves that for the end of the transaction (`tx.atEndOfAll`).
   */
  onHappening(listener: HappeningListener): void {
    this.happeningListeners.push(listener);
  }

  happened(tx: Tx, disputeId: string): void {
    for (const listener of this.happeningListeners) listener(tx, disputeId);
  }

  /** All facts of a matter and what disputes count themselves, in one statement: every act upon a matter asks for them. */
  async facts<Own>(tx: Tx, disputeId: string, own: Readonly<Record<keyof Own, FactCount>>): Promise<MatterFacts & Own> {
    const counts = {
      ...Object.fromEntries(Object.keys(MATTER_FACTS).map((fact) => [fact, '0'])),
      ...Object.fromEntries(this.counts),
      ...own,
    };
    const columns = Object.entries<FactCount>(counts).map(([fact, count]) => `(${count}) as "${fact}"`);
    return tx.one<MatterFacts & Own>(`select ${columns.join(', ')}`, [disputeId]);
  }

  async intake(tx: Tx, dispute: Dispute, parties: readonly IntakeParty[]): Promise<void> {
    if (parties.length === 0) return;
    if (!this.registrar) throw new Error('No module registers intake parties');
    await this.registrar(tx, dispute, parties);
  }

  async parties(tx: Tx, disputeId: string): Promise<readonly MatterParty[]> {
    return (await this.partySource?.(tx, disputeId)) ?? [];
  }

  /** Read as the system: what a party says holds whatever the actor may see. */
  async partyWords(tx: Tx, disputeId: string): Promise<PartyWordCounts> {
    const source = this.partyWordSource;
    return source === undefined ? { satisfied: 0, unsatisfied: 0 } : tx.asSystem(() => source(tx, disputeId));
  }

  async samePersons(tx: Tx, dispute: Pick<Dispute, 'id' | 'centerId'>): Promise<readonly SamePersonHint[]> {
    return (await this.samePersonSearch?.(tx, dispute)) ?? [];
  }

  async mediationReopened(tx: Tx, disputeId: string): Promise<void> {
    for (const listener of this.reopeningListeners) await listener(tx, disputeId);
  }

  async merged(tx: Tx, mergedId: string, intoId: string): Promise<void> {
    for (const listener of this.mergeListeners) await listener(tx, mergedId, intoId);
  }

  async unmerged(tx: Tx, mergedId: string, intoId: string): Promise<void> {
    for (const listener of this.unmergeListeners) await listener(tx, mergedId, intoId);
  }
}
