import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import { type ObjectFacts, authorize, mayAct } from '../../../platform/auth';
import { type Actor, type Tx, uuidv7 } from '../../../platform/database';
import { type MatterAct, type MatterSnapshot, type MatterState, matterLifecycle } from '../domain/matter-lifecycle';
import { type MediationAct, type MediationSnapshot, type MediationState, mediationLifecycle } from '../domain/mediation-lifecycle';
import { Dispute, DisputeEvent } from '../persistence/dispute.entity';
import { MatterHooks } from './matter-hooks';

/** A matter as loaded for an act: its row, how the actor stands to it, and what all modules know of it. */
export interface LoadedMatter {
  readonly dispute: Dispute;
  readonly standing: ObjectFacts;
  readonly snapshot: MatterSnapshot;
}

interface Happening {
  readonly act: string;
  readonly fromState?: string | null;
  readonly toState?: string | null;
  readonly opinion?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly objectType?: string;
  readonly objectId?: string;
}

/** The way of every module to a matter: lock → load → authorize → decide → record. */
@Injectable()
export class Matters {
  constructor(private readonly hooks: MatterHooks) {}

  /** Locks the matter for an act. Invisible is 404, visible without a grant of `act` is 403. */
  async lock(tx: Tx, disputeId: string, act: string): Promise<LoadedMatter> {
    return this.load(tx, await tx.lock(Dispute, disputeId), act);
  }

  /** Reads the matter without a lock, for acts that only look. */
  async read(tx: Tx, disputeId: string, act: string): Promise<LoadedMatter> {
    return this.load(tx, await tx.get(Dispute, disputeId), act);
  }

  /**
   * For modules whose object hangs on a matter the actor may not see (an agency and its summons): locks the matter
   * without authorizing; the caller has authorized the act on its own object. Returns nothing of the matter's content.
   */
  async lockForSystem(tx: Tx, disputeId: string): Promise<void> {
    await tx.query('select app.lock_dispute($1)', [disputeId]);
  }

  /** How this actor stands to the matter. */
  async standing(tx: Tx, dispute: Dispute): Promise<ObjectFacts> {
    const rows = await tx.query<{ role: string }>(
      `select role from dispute_access
        where dispute_id = $1 and account_id = $2 and ground = 'assigned' and (ends_at is null or ends_at > $3)`,
      [dispute.id, tx.actor.accountId, tx.now],
    );
    return {
      centerId: dispute.centerId,
      handlingCenterId: dispute.handlingCenterId,
      handlingUnitId: dispute.handlingUnitId,
      committeeId: dispute.committeeId,
      assignedRoles: rows.map((r) => r.role),
    };
  }

  /** The state after the act by the table, or the table's refusal (409). */
  next(matter: LoadedMatter, act: MatterAct, now: Date, to?: MatterState): MatterState {
    return matterLifecycle.next(act, matter.snapshot, now, to);
  }

  /** Acts of the matter's own table that this actor can do now. */
  allowedActs(matter: LoadedMatter, actor: Actor, now: Date): string[] {
    const may = (by: Parameters<typeof mayAct>[1]): boolean => mayAct(actor, by, matter.standing);
    const own = matterLifecycle.allowedActs(matter.snapshot, now, may).map((act) => `disputes.${act}`);
    const mediation = this.mediationSnapshot(matter);
    const inner = mediation ? mediationLifecycle.allowedActs(mediation, now, may).map((act) => `mediation.${act}`) : [];
    return [...own, ...inner];
  }

  /**
   * Moves the mediation of a locked matter along its table, as the consequence of an act of any module, in that act's
   * transaction. Facts are read anew, so that what the act has just written counts. Refused by the table: 409.
   */
  async advanceMediation(
    tx: Tx,
    disputeId: string,
    act: MediationAct,
    options: { to?: MediationState; opinion?: string; details?: Readonly<Record<string, unknown>> } = {},
  ): Promise<MediationState> {
    const dispute = await tx.get(Dispute, disputeId);
    const state = dispute.mediationState;
    if (state === null && act !== 'open') {
      throw new DomainError('conflict', 'mediation.not-opened', '该事项没有进入调解程序，请先受理并征询各方意愿。');
    }
    if (act === 'open') {
      if (state !== null && !['withdrawn', 'terminated', 'refused', 'unreachable', 'performed'].includes(state)) return state;
      await tx.update(Dispute, disputeId, { mediationState: 'consent-pending', updatedAt: tx.now });
      return 'consent-pending';
    }
    const facts = await this.hooks.facts(tx, disputeId);
    const snapshot: MediationSnapshot = { state: state ?? 'consent-pending', facts, isPartial: dispute.isPartial };
    const next = mediationLifecycle.next(act, snapshot, tx.now, options.to);
    const begins = dispute.state === 'accepted' && next !== 'accepted';
    await tx.update(Dispute, disputeId, {
      mediationState: next,
      updatedAt: tx.now,
      ...(begins ? { state: matterLifecycle.next('begin', { ...this.snapshotOf(dispute, facts, false) }, tx.now) } : {}),
    });
    await this.record(tx, dispute, {
      act: `mediation.${act}`,
      fromState: state,
      toState: next,
      opinion: options.opinion ?? null,
      ...(options.details === undefined ? {} : { details: options.details }),
    });
    return next;
  }

  /** One line on the timeline and one entry in the audit, for one act. */
  async record(tx: Tx, dispute: Pick<Dispute, 'id' | 'centerId'>, happening: Happening): Promise<void> {
    const { act, fromState = null, toState = null, opinion = null, details = {} } = happening;
    await tx.insert(DisputeEvent, {
      id: uuidv7(),
      disputeId: dispute.id,
      at: tx.now,
      act,
      fromState,
      toState,
      actorAccountId: tx.actor.accountId,
      actorName: tx.actor.displayName ?? (tx.actor.principal.kind === 'link' ? '当事人' : '系统'),
      opinion,
      details,
    });
    tx.audit({
      act,
      objectType: happening.objectType ?? 'dispute',
      objectId: happening.objectId ?? dispute.id,
      disputeId: dispute.id,
      chain: dispute.centerId,
      details: { fromState, toState, hasOpinion: opinion !== null, ...details },
    });
  }

  private async load(tx: Tx, dispute: Dispute, act: string): Promise<LoadedMatter> {
    const standing = await this.standing(tx, dispute);
    authorize(tx.actor, act, standing);
    const facts = await this.hooks.facts(tx, dispute.id);
    return { dispute, standing, snapshot: this.snapshotOf(dispute, facts, await this.hasOpenTransfer(tx, dispute.id)) };
  }

  private async hasOpenTransfer(_tx: Tx, _disputeId: string): Promise<boolean> {
    return Promise.resolve(false);
  }

  private snapshotOf(dispute: Dispute, facts: MatterSnapshot['facts'], hasOpenTransfer: boolean): MatterSnapshot {
    const { state, mediationState, nature, isSealed, committeeId, handlerAccountId } = dispute;
    return { state, mediationState, nature, isSealed, committeeId, handlerAccountId, hasOpenTransfer, facts };
  }

  private mediationSnapshot({ dispute, snapshot }: LoadedMatter): MediationSnapshot | null {
    if (dispute.mediationState === null) return null;
    return { state: dispute.mediationState, facts: snapshot.facts, isPartial: dispute.isPartial };
  }
}
