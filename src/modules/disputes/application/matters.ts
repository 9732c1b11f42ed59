import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import { type ObjectFacts, authorize, mayAct } from '../../../platform/auth';
import { type Actor, type Tx, uuidv7 } from '../../../platform/database';
import type { EndingCode, OutsideRoute, WithdrawalCode } from '../domain/dictionaries';
import type { MatterFacts, OwnFacts } from '../domain/matter-facts';
import {
  MATTER_STATES,
  type MatterAct,
  type MatterSnapshot,
  type MatterState,
  matterLifecycle,
} from '../domain/matter-lifecycle';
import {
  MEDIATION_STATES,
  type MediationAct,
  type MediationSnapshot,
  type MediationState,
  mediationLifecycle,
} from '../domain/mediation-lifecycle';
import { Dispute, type DisputeAccess, DisputeEvent } from '../persistence/dispute.entity';
import { MediationEnding } from '../persistence/mediation.entity';
import { MatterHooks } from './matter-hooks';
import { MediationPeriods } from './mediation-periods';

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

interface MatterId {
  readonly disputeId: string;
}

interface Advance {
  readonly to?: MediationState;
  readonly opinion?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** For acts that end the mediation: why, and which other routes the parties were told of. */
  readonly ending?: {
    readonly code: EndingCode | WithdrawalCode;
    readonly explanation: string;
    readonly routesTold?: readonly OutsideRoute[];
    readonly toldHow?: string;
  };
}

/** What every act on a matter answers. */
export interface MatterStanding {
  readonly id: string;
  readonly state: MatterState;
  readonly stateName: string;
  readonly mediationState: MediationState | null;
  readonly mediationStateName: string | null;
  readonly caseNumber: string | null;
  readonly version: number;
  readonly allowedActs: readonly string[];
}

const ENDED: readonly MediationState[] = ['terminated', 'refused', 'unreachable', 'withdrawn'];
/** States in which nothing is left to mediate, so that the period stands. */
const PERIOD_OVER: readonly MediationState[] = [...ENDED, 'effective', 'oral-agreed'];
/** With an agreement in force a matter taken up again asks for no new consent: the agreement is amended or enforced. */
const AGREEMENT_STANDS: readonly MediationState[] = ['effective', 'oral-agreed', 'performing', 'in-breach'];

/** What disputes count themselves of the matter `$1`. */
const OWN_COUNTS: Readonly<Record<keyof OwnFacts, string>> = {
  openTransfers: "select count(*)::int from dispute_transfer where dispute_id = $1 and state in ('sent', 'objected')",
  routesUntold:
    "select count(*)::int from mediation_ending where dispute_id = $1 and told_at is null and end_state <> 'withdrawn'",
  unhandledCues: `coalesce((select cardinality(n.cues) from dispute_narrative n where n.dispute_id = $1
    and not exists (select 1 from escalation_report r where r.dispute_id = $1 and r.cues @> n.cues)), 0)`,
  mergedHere: 'select count(*)::int from dispute_merge where into_id = $1 and undone_at is null',
  runningPeriods: 'select count(*)::int from mediation_period where dispute_id = $1 and ended_at is null',
  pauseRequests: `select count(*)::int from mediation_pause_request q join mediation_pause z on z.id = q.pause_id
    where q.dispute_id = $1 and q.outcome is null and z.resumed_at is null`,
};

/** The way of every module to a matter: lock → load → authorize → decide → record. */
@Injectable()
export class Matters {
  constructor(
    private readonly hooks: MatterHooks,
    private readonly periods: MediationPeriods,
  ) {}

  /** Locks the matter for an act. Invisible is 404, visible without a grant of `act` is 403. */
  async lock(tx: Tx, disputeId: string, act: string): Promise<LoadedMatter> {
    return this.load(tx, await tx.lock(Dispute, disputeId), act);
  }

  /** Locks the matter for an act of one who stands to something that hangs on it, such as a transfer. */
  async lockStanding(
    tx: Tx,
    disputeId: string,
    act: string,
    standingOf: (dispute: Dispute) => ObjectFacts,
  ): Promise<LoadedMatter> {
    const dispute = await tx.lock(Dispute, disputeId);
    authorize(tx.actor, act, standingOf(dispute));
    return this.loaded(tx, dispute, await this.standing(tx, dispute));
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

  /** As `lockForSystem`, of many: in the order of their ids, so that nobody who does the same waits for ever. */
  async lockAllForSystem(tx: Tx, disputeIds: Iterable<string>): Promise<void> {
    await tx.query('select app.lock_dispute(i.id) from unnest($1::uuid[]) i(id)', [[...new Set(disputeIds)].sort()]);
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
  next(matter: Pick<LoadedMatter, 'snapshot'>, act: MatterAct, now: Date, to?: MatterState): MatterState {
    return matterLifecycle.next(act, matter.snapshot, now, to);
  }

  /** Refuses (409) when the mediation's table does: for acts that write their rows before `advanceMediation`. */
  checkMediation(matter: LoadedMatter, act: MediationAct, now: Date): MediationState {
    const snapshot = mediationSnapshot(matter);
    if (snapshot === null) throw notOpened();
    const refusal = mediationLifecycle.refusal(act, snapshot, now);
    if (refusal) throw new DomainError('conflict', refusal.code, refusal.message);
    return snapshot.state;
  }

  /** Whether the mediation's table would let the act pass, for what a screen may offer. */
  mediationAllows(matter: LoadedMatter, act: MediationAct, now: Date): boolean {
    const snapshot = mediationSnapshot(matter);
    return snapshot !== null && mediationLifecycle.refusal(act, snapshot, now) === null;
  }

  /** Acts of the matter's own tables that this actor can do now. */
  allowedActs(matter: LoadedMatter, actor: Actor, now: Date): string[] {
    const may = (by: Parameters<typeof mayAct>[1]): boolean => mayAct(actor, by, matter.standing);
    const own = matterLifecycle.allowedActs(matter.snapshot, now, may).map((act) => `disputes.${act}`);
    const mediation = mediationSnapshot(matter);
    const inner = mediation ? mediationLifecycle.allowedActs(mediation, now, may).map((act) => `mediation.${act}`) : [];
    return [...own, ...inner];
  }

  /**
   * Moves the mediation of a locked matter along its table, as the consequence of an act of any module, in that act's
   * transaction. Facts are read anew, so that what the act has just written counts. Refused by the table: 409.
   * - `accept` begins the mediation period.
   * - `terminate-on-refusal` chooses its end by the stage reached: 拒绝调解 before acceptance, 调解终止 after it.
   * - an end leaves a row that says why; until the other routes are told, the matter cannot be closed (PML art. 26).
   */
  async advanceMediation(tx: Tx, disputeId: string, act: MediationAct, options: Advance = {}): Promise<MediationState> {
    const dispute = await tx.get(Dispute, disputeId);
    const { facts, own } = await this.factsOf(tx, disputeId);
    const state = dispute.mediationState;
    if (state === null && act !== 'open') throw notOpened();
    const to = act === 'terminate-on-refusal' ? (state === 'consent-pending' ? 'refused' : 'terminated') : options.to;
    const next =
      state === null
        ? 'consent-pending'
        : mediationLifecycle.next(
            act,
            { state, matterState: dispute.state, facts, own, isPartial: dispute.isPartial },
            tx.now,
            to,
          );
    if (act === 'accept') await this.periods.start(tx, dispute);
    if (act === 'open' && state !== null) await this.hooks.mediationReopened(tx, disputeId);
    if (PERIOD_OVER.includes(next)) await this.periods.end(tx, disputeId);
    if (ENDED.includes(next) && next !== state) await this.noteEnding(tx, dispute, next, options);
    const begins = dispute.state === 'accepted' && next !== 'accepted' && next !== 'consent-pending';
    await tx.update(Dispute, disputeId, {
      mediationState: next,
      updatedAt: tx.now,
      ...(begins
        ? { state: matterLifecycle.next('begin', this.snapshotOf(tx.actor, dispute, [], facts, own), tx.now) }
        : {}),
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

  /** Opens the round of consents for an accepted matter, unless an agreement of an earlier round stands. */
  async openMediation(tx: Tx, dispute: Dispute): Promise<void> {
    const { mediationState } = dispute;
    if (mediationState === null || !AGREEMENT_STANDS.includes(mediationState))
      await this.advanceMediation(tx, dispute.id, 'open');
  }

  /**
   * Accepts the mediation (调解受理) once nothing is missing: every party has consented and signed for the notice of
   * rights. For the module that records consents and notices, after each of them; answers whether it was accepted now.
   */
  async acceptMediationWhenReady(tx: Tx, disputeId: string): Promise<boolean> {
    const dispute = await tx.get(Dispute, disputeId);
    const { facts, own } = await this.factsOf(tx, disputeId);
    if (dispute.mediationState !== 'consent-pending') return false;
    const snapshot = {
      state: dispute.mediationState,
      matterState: dispute.state,
      facts,
      own,
      isPartial: dispute.isPartial,
    };
    if (mediationLifecycle.refusal('accept', snapshot, tx.now) !== null) return false;
    await this.advanceMediation(tx, disputeId, 'accept');
    return true;
  }

  /** Names who handles the matter now (承办人): the host, once there is one. Such a one does not review its closing. */
  async setHandler(tx: Tx, disputeId: string, accountId: string): Promise<void> {
    await tx.update(Dispute, disputeId, { handlerAccountId: accountId, updatedAt: tx.now });
  }

  /** Lets an account into the matter under a role, as the consequence of an assignment. */
  async admit(tx: Tx, disputeId: string, accountId: string, role: 'mediator' | 'recorder'): Promise<void> {
    await this.letIn(tx, disputeId, { accountId, ground: 'assigned', role });
  }

  /** Ends what `admit` gave: the account is out of the matter at its next request. */
  async dismiss(tx: Tx, disputeId: string, accountId: string, role: 'mediator' | 'recorder'): Promise<void> {
    await this.endAccess(tx, disputeId, { accountId, ground: 'assigned', role });
  }

  /** Moves the mediation to 已指派 where it waited for a mediator; later it stays where it is. */
  async assigned(tx: Tx, disputeId: string): Promise<void> {
    const { mediationState } = await tx.get(Dispute, disputeId);
    await this.advanceMediation(tx, disputeId, 'assign', {
      to: mediationState === null || mediationState === 'accepted' ? 'assigned' : mediationState,
    });
  }

  /** Lets an account into a matter by name: as one assigned under a role, on a sealed list, or after a step-up. */
  async letIn(
    tx: Tx,
    disputeId: string,
    access: Pick<DisputeAccess, 'accountId' | 'ground'> & Partial<Pick<DisputeAccess, 'role' | 'reason' | 'endsAt'>>,
  ): Promise<void> {
    const { accountId, ground, role = null, reason = null, endsAt = null } = access;
    await tx.one('select app.let_in(d.id, $2, $3, $4, $5, $6, $7, $8) from dispute d where d.id = $1', [
      disputeId,
      uuidv7(),
      accountId,
      ground,
      role,
      reason,
      tx.actor.accountId,
      endsAt,
    ]);
  }

  /** Accounts on the sealed list now, also those whose rows the actor does not see. */
  async namedOn(tx: Tx, disputeId: string): Promise<string[]> {
    return tx.asSystem(async () => {
      const rows = await tx.query<{ accountId: string }>(
        `select account_id as "accountId" from dispute_access
          where dispute_id = $1 and ground = 'sealed-list' and (ends_at is null or ends_at > $2)`,
        [disputeId, tx.now],
      );
      return rows.map((r) => r.accountId);
    });
  }

  /** Ends an access now; without an account that of everyone on this ground. */
  async endAccess(
    tx: Tx,
    disputeId: string,
    access: { readonly accountId: string | null; readonly ground: DisputeAccess['ground']; readonly role?: string },
  ): Promise<void> {
    await tx.one('select app.end_access(d.id, $2, $3, $4) from dispute d where d.id = $1', [
      disputeId,
      access.accountId,
      access.ground,
      access.role ?? null,
    ]);
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
    this.audit(tx, dispute, happening);
    this.hooks.happened(tx, dispute.id);
  }

  private audit(tx: Tx, { id, centerId }: Pick<Dispute, 'id' | 'centerId'>, happening: Happening): void {
    const { act, fromState = null, toState = null, opinion = null, details = {} } = happening;
    tx.audit({
      act,
      objectType: happening.objectType ?? 'dispute',
      objectId: happening.objectId ?? id,
      disputeId: id,
      chain: centerId,
      details: { fromState, toState, hasOpinion: opinion !== null, ...details },
    });
  }

  /** As `recordAll`, for deadlines that moved: lists, clocks and figures follow at the end, those of all matters at once. */
  async recordMoves(tx: Tx, happenings: readonly (Happening & Pick<Dispute, 'centerId'> & MatterId)[]): Promise<void> {
    if (happenings.length === 0) return;
    await this.recordAll(tx, happenings);
    for (const { disputeId } of happenings) this.hooks.happened(tx, disputeId);
  }

  /**
   * As `record`, for what the program itself has done to many matters at once. Only for what changes nobody's turn: the
   * worklists stay as they are.
   */
  async recordAll(tx: Tx, happenings: readonly (Happening & Pick<Dispute, 'centerId'> & MatterId)[]): Promise<void> {
    await tx.query(
      `insert into dispute_event (id, dispute_id, at, act, from_state, to_state, actor_name, opinion, details)
       select r.id, r.dispute_id, $2, r.act, r.from_state, r.to_state, '系统', r.opinion, r.details
         from jsonb_to_recordset($1) as r(id uuid, dispute_id uuid, act text, from_state text, to_state text, opinion text, details jsonb)`,
      [
        JSON.stringify(
          happenings.map(({ disputeId, act, fromState = null, toState = null, opinion = null, details = {} }) => ({
            id: uuidv7(),
            dispute_id: disputeId,
            act,
            from_state: fromState,
            to_state: toState,
            opinion,
            details,
          })),
        ),
        tx.now,
      ],
    );
    for (const one of happenings) this.audit(tx, { id: one.disputeId, centerId: one.centerId }, one);
  }

  /** Where the matter stands after an act, for the answer to it. Nothing can be done by whoever has sent it out of sight. */
  async answer(tx: Tx, disputeId: string): Promise<MatterStanding> {
    const matter = await this.loadedAfter(tx, disputeId);
    return { ...standingOf(matter.dispute), allowedActs: this.allowedActs(matter, tx.actor, tx.now) };
  }

  /**
   * Sends a locked matter to another center or unit. It may leave the actor's own sight by that: whatever else the act
   * writes is written before.
   */
  async route(
    tx: Tx,
    dispute: Dispute,
    to: { readonly state: MatterState; readonly centerId: string | null; readonly unitId: string | null },
  ): Promise<MatterStanding> {
    await tx.one('select app.route_dispute(d.id, $2, $3, $4) from dispute d where d.id = $1', [
      dispute.id,
      to.state,
      to.centerId,
      to.unitId,
    ]);
    const [visible] = await tx.query('select 1 from dispute where id = $1', [dispute.id]);
    if (visible) return this.answer(tx, dispute.id);
    return {
      ...standingOf(dispute),
      state: to.state,
      stateName: MATTER_STATES[to.state],
      version: dispute.version + 1,
      allowedActs: [],
    };
  }

  private async loadedAfter(tx: Tx, disputeId: string): Promise<LoadedMatter> {
    const dispute = await tx.get(Dispute, disputeId);
    return this.loaded(tx, dispute, await this.standing(tx, dispute));
  }

  private async load(tx: Tx, dispute: Dispute, act: string): Promise<LoadedMatter> {
    const standing = await this.standing(tx, dispute);
    authorize(tx.actor, act, standing);
    return this.loaded(tx, dispute, standing);
  }

  private async loaded(tx: Tx, dispute: Dispute, standing: ObjectFacts): Promise<LoadedMatter> {
    const { facts, own } = await this.factsOf(tx, dispute.id);
    return {
      dispute,
      standing,
      snapshot: this.snapshotOf(tx.actor, dispute, standing.assignedRoles ?? [], facts, own),
    };
  }

  /**
   * Counts for the obstacles, taken as the system: a director who sees only the header must meet the same obstacles
   * as the desk that sees everything.
   */
  private async factsOf(tx: Tx, disputeId: string): Promise<{ facts: MatterFacts; own: OwnFacts }> {
    return tx.asSystem(async () => {
      const facts = await this.hooks.facts<OwnFacts>(tx, disputeId, OWN_COUNTS);
      return { facts, own: facts };
    });
  }

  private snapshotOf(
    actor: Actor,
    dispute: Dispute,
    assignedRoles: readonly string[],
    facts: MatterFacts,
    own: OwnFacts,
  ): MatterSnapshot {
    const { state, mediationState, nature, isSealed, committeeId, handlerAccountId, allowsCallBack } = dispute;
    const receiver =
      state === 'sent-down' && dispute.handlingUnitId !== null ? dispute.handlingUnitId : dispute.handlingCenterId;
    return {
      state,
      mediationState,
      nature,
      isSealed,
      committeeId,
      handlerAccountId,
      allowsCallBack,
      hasUpstreamNumber: dispute.upstreamNumber !== null,
      actorIsHandler: (handlerAccountId !== null && handlerAccountId === actor.accountId) || assignedRoles.length > 0,
      actorIsReceiver: receiver === null || actor.grants.some((g) => g.scopeId === receiver),
      own,
      facts,
    };
  }

  private async noteEnding(
    tx: Tx,
    dispute: Dispute,
    endState: MediationState,
    { opinion, ending }: Advance,
  ): Promise<void> {
    const told = ending?.routesTold ?? [];
    const isTold = told.length > 0;
    if (isTold && ending?.toldHow === undefined) throw new Error('Routes that were told were told somehow');
    await tx.insert(MediationEnding, {
      id: uuidv7(),
      disputeId: dispute.id,
      volume: dispute.volume,
      endState,
      code: ending?.code ?? 'refused',
      explanation: ending?.explanation ?? opinion ?? '当事人明确拒绝调解。',
      afterAcceptance: dispute.mediationState !== 'consent-pending',
      endedBy: tx.actor.accountId,
      endedAt: tx.now,
      routesTold: isTold ? told : null,
      toldHow: isTold ? (ending?.toldHow ?? null) : null,
      toldBy: isTold ? tx.actor.accountId : null,
      toldAt: isTold ? tx.now : null,
    });
  }
}

function mediationSnapshot({ dispute, snapshot }: LoadedMatter): MediationSnapshot | null {
  if (dispute.mediationState === null) return null;
  const { facts, own } = snapshot;
  return { state: dispute.mediationState, matterState: dispute.state, facts, own, isPartial: dispute.isPartial };
}

function standingOf(dispute: Dispute): Omit<MatterStanding, 'allowedActs'> {
  const { id, state, mediationState, caseNumber, version } = dispute;
  return {
    id,
    state,
    stateName: MATTER_STATES[state],
    mediationState,
    mediationStateName: mediationState === null ? null : MEDIATION_STATES[mediationState],
    caseNumber,
    version,
  };
}

function notOpened(): DomainError {
  return new DomainError('conflict', 'mediation.not-opened', '该事项没有进入调解程序，请先受理并征询各方意愿。');
}
