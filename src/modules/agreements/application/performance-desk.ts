import { Injectable } from '@nestjs/common';
import { type Tx, uuidv7 } from '../../../platform/database';
import { type LoadedMatter, Matters, type MediationState } from '../../disputes';
import { dueItems } from '../domain/content';
import type { Agreement } from '../persistence/agreement.entity';
import type { StoredContent } from '../persistence/agreement-rows';
import { PerformanceItem } from '../persistence/performance.entity';

interface PerformanceCount {
  /** Open or in breach, under agreements in effect. */
  readonly due: number;
  readonly breached: number;
  /** Items of which something was performed. */
  readonly begun: number;
}

const IN_EFFECT: readonly (MediationState | null)[] = ['effective', 'oral-agreed', 'performing', 'in-breach'];

/** The ledger of performance and what follows from it for the mediation. */
@Injectable()
export class PerformanceDesk {
  constructor(private readonly matters: Matters) {}

  /** Enters everything an agreement obliges to, in its order. */
  async schedule(tx: Tx, { id: agreementId, disputeId }: Agreement, content: StoredContent): Promise<void> {
    for (const [i, item] of dueItems(content.obligations).entries()) {
      const { id: obligationId, kind, obligorId, obligeeId, instalmentIds } = item.obligation;
      if (obligorId === null || obligeeId === null) throw new Error('An unfinished obligation cannot take effect');
      await tx.insert(PerformanceItem, {
        id: uuidv7(),
        disputeId,
        agreementId,
        ordinal: i + 1,
        obligationId,
        instalmentId: item.instalment === null ? null : (instalmentIds[item.instalment] ?? null),
        obligorId,
        obligeeId,
        kind,
        content: item.content,
        amountFen: item.amountFen,
        dueOn: item.dueOn,
        state: 'open',
      });
    }
  }

  /** What is still open falls away with its agreement. */
  async cancel(tx: Tx, agreementId: string): Promise<void> {
    await tx.query(
      `update performance_item set state = 'cancelled', ended_at = $2, version = version + 1
        where agreement_id = $1 and state in ('open', 'breached')`,
      [agreementId, tx.now],
    );
  }

  /** What a supplement or a correction agrees anew falls away in its old shape. */
  async cancelReplaced(tx: Tx, agreementId: string): Promise<void> {
    await tx.query(
      `update performance_item set state = 'cancelled', ended_at = $2, version = version + 1
        where id in (select replaces_item_id from agreement_obligation where agreement_id = $1)
          and state in ('open', 'breached')`,
      [agreementId, tx.now],
    );
  }

  /** The supplement or correction no longer holds: what it had agreed anew is due as before, if its own agreement still holds. */
  async reviveReplaced(tx: Tx, agreementId: string): Promise<void> {
    await tx.query(
      `update performance_item i set ended_at = null, version = i.version + 1,
              state = case when i.breached_at is null then 'open' else 'breached' end
         from agreement a
        where i.id in (select replaces_item_id from agreement_obligation where agreement_id = $1)
          and i.state = 'cancelled' and a.id = i.agreement_id and a.state = 'effective'`,
      [agreementId],
    );
  }

  /** Supplements and corrections in force: they stand and fall with the agreement they amend. */
  async amendmentsTo(tx: Tx, baseId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      "select id from agreement where base_id = $1 and state = 'effective' and relation in ('supplement', 'correction') order by ordinal",
      [baseId],
    );
    return rows.map((row) => row.id);
  }

  /** Moves the mediation to where its performance stands: under way, in breach, or done. */
  async settle(tx: Tx, disputeId: string): Promise<void> {
    const { mediationState: state } = await tx.one<{ mediationState: MediationState | null }>(
      'select mediation_state as "mediationState" from dispute where id = $1',
      [disputeId],
    );
    const wanted = stateFor(await this.count(tx, disputeId));
    if (state === wanted) return;
    if (state === 'performed' && wanted !== 'effective') {
      await this.matters.advanceMediation(tx, disputeId, 'start-performing');
      if (wanted === 'in-breach') await this.matters.advanceMediation(tx, disputeId, 'breach');
      return;
    }
    if (!IN_EFFECT.includes(state)) return;
    if (wanted === 'performed') await this.matters.advanceMediation(tx, disputeId, 'complete-performance');
    else if (wanted === 'in-breach') await this.matters.advanceMediation(tx, disputeId, 'breach');
    else if (wanted === 'performing' || state === 'in-breach') {
      if (state !== 'performing') await this.matters.advanceMediation(tx, disputeId, 'start-performing');
    }
  }

  /** A draft was given up: the mediation goes back to the agreement in effect, or to drafting anew. */
  async settleAfterDiscard(tx: Tx, { dispute, snapshot }: LoadedMatter): Promise<void> {
    const { mediationState: state } = dispute;
    if (state !== 'drafting' && state !== 'signing') return;
    if (snapshot.facts.effectiveAgreements > 0) {
      const wanted = stateFor(await this.count(tx, dispute.id));
      await this.matters.advanceMediation(tx, dispute.id, 'keep-agreement', {
        to: wanted === 'performed' ? 'performing' : wanted,
      });
      await this.settle(tx, dispute.id);
    } else if (state === 'signing') {
      await this.matters.advanceMediation(tx, dispute.id, 'unfreeze');
    }
  }

  private async count(tx: Tx, disputeId: string): Promise<PerformanceCount> {
    return tx.one<PerformanceCount>(
      `select count(*) filter (where i.state in ('open', 'breached'))::int as due,
              count(*) filter (where i.state = 'breached')::int as breached,
              count(*) filter (where i.state = 'performed' or i.performed_fen > 0)::int as begun
         from performance_item i join agreement a on a.id = i.agreement_id
        where i.dispute_id = $1 and a.state = 'effective'`,
      [disputeId],
    );
  }
}

function stateFor({ due, breached, begun }: PerformanceCount): 'effective' | 'performing' | 'in-breach' | 'performed' {
  if (due === 0) return 'performed';
  if (breached > 0) return 'in-breach';
  return begun > 0 ? 'performing' : 'effective';
}
