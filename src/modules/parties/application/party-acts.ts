import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import { type Tx, uuidv7 } from '../../../platform/database';
import { type LoadedMatter, Matters } from '../../disputes';
import { type PartyAct, type PartyStanding, type PartyState, partyLifecycle } from '../domain/party-lifecycle';
import { Party, PartyChange } from '../persistence/party.entity';
import { loadParties } from '../persistence/party-rows';
import { takesPart } from './parties';
import { SealedFields } from './sealed-fields';

/** A party as loaded for an act, with its matter and all parties of it. */
export interface LoadedParty {
  readonly matter: LoadedMatter;
  readonly party: Party;
  readonly parties: readonly Party[];
  /** State after the act, by the table. */
  readonly next: PartyState;
}

/** The way of every act on a party: lock the matter, load, let the table decide, record. */
@Injectable()
export class PartyActs {
  constructor(
    private readonly matters: Matters,
    private readonly sealed: SealedFields,
  ) {}

  /** Locks the matter of a party for an act. Invisible 404, no grant 403, refused by the table 409. */
  async open(tx: Tx, partyId: string, act: PartyAct): Promise<LoadedParty> {
    const { disputeId } = await tx.get(Party, partyId);
    const matter = await this.matters.lock(tx, disputeId, `parties.${act}`);
    const parties = await loadParties(tx, disputeId);
    const party = parties.find((p) => p.id === partyId) ?? (await tx.get(Party, partyId));
    const next = partyLifecycle.next(act, standingOf(matter, party, parties), tx.now);
    return { matter, party, parties, next };
  }

  /** Locks a matter to enter a new party; only the obstacles of the table apply, there is no state yet. */
  async openToAdd(tx: Tx, disputeId: string): Promise<{ matter: LoadedMatter; parties: readonly Party[] }> {
    const matter = await this.matters.lock(tx, disputeId, 'parties.add');
    const parties = await loadParties(tx, disputeId);
    const refusal = refusalToAdd(matter, parties, tx.now);
    if (refusal) throw new DomainError('conflict', `parties.${refusal.code}`, refusal.message);
    return { matter, parties };
  }

  /** One line in the party's own history, with the values before under lock and key. */
  async note(
    tx: Tx,
    party: Pick<Party, 'id' | 'disputeId'>,
    change: {
      act: PartyAct;
      fields: readonly string[];
      reason?: string | null;
      before?: Readonly<Record<string, unknown>>;
    },
  ): Promise<void> {
    const id = uuidv7();
    await tx.insert(PartyChange, {
      id,
      disputeId: party.disputeId,
      partyId: party.id,
      at: tx.now,
      byAccountId: tx.actor.accountId,
      byName: actorName(tx),
      act: `parties.${change.act}`,
      fields: [...change.fields],
      reason: change.reason ?? null,
      beforeCipher: change.before === undefined ? null : this.sealed.sealHistory(id, change.before),
    });
  }
}

export function standingOf(matter: LoadedMatter, party: Party, parties: readonly Party[]): PartyStanding {
  const { dispute } = matter;
  return {
    state: party.state,
    kind: party.kind,
    matterState: dispute.state,
    mediationState: dispute.mediationState,
    otherActiveParties: parties.filter((p) => p.id !== party.id && takesPart(p)).length,
  };
}

export function refusalToAdd(
  matter: LoadedMatter,
  parties: readonly Party[],
  now: Date,
): { code: string; message: string } | undefined {
  const { dispute } = matter;
  const standing: PartyStanding = {
    state: 'active',
    kind: 'person',
    matterState: dispute.state,
    mediationState: dispute.mediationState,
    otherActiveParties: parties.filter(takesPart).length,
  };
  return partyLifecycle.table.acts.add.obstacles?.find((o) => o.blocks(standing, now));
}

/** Name of whoever acts, as it stands now. */
export function actorName(tx: Tx): string {
  return tx.actor.displayName ?? '系统';
}
