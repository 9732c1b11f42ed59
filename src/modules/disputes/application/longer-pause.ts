import { Injectable } from '@nestjs/common';
import { DomainError, formatLegalDateCn, legalDate, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { Chores } from '../../../platform/chores';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { MediationPause, MediationPauseRequest } from '../persistence/mediation.entity';
import { type MatterStanding, Matters } from './matters';

interface OpenPause {
  readonly id: string;
  readonly expectedUntil: string | null;
}

interface OverduePause {
  readonly id: string;
  readonly disputeId: string;
  readonly centerId: string;
  readonly expectedUntil: string;
}

const EVERY_MS = 10 * 60_000;
const BATCH = 100;
/** A day's pauses are chased from eight in the morning: nobody is rung at midnight. */
const MORNING_MS = 8 * 3_600_000;

/** A pause that lasts longer than one may pause alone: asked by one, decided by another, chased when its end has passed. */
@Injectable()
export class LongerPause {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly chores: Chores,
  ) {
    chores.add({ name: 'chase-pauses', everyMs: EVERY_MS, isShared: true, work: () => this.chase() });
  }

  async ask(
    disputeId: string,
    { untilOn, reason }: { readonly untilOn: string; readonly reason: string },
  ): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'mediation.ask-longer-pause');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.checkMediation(matter, 'ask-longer-pause', tx.now);
      if (matter.snapshot.own.pauseRequests > 0) {
        throw new DomainError('conflict', 'mediation.pause-asked', '已有一项延长中止的申请等待批准，不必重复申请。');
      }
      const pause = await openPause(tx, disputeId);
      if (untilOn <= (pause.expectedUntil ?? legalDateFromInstant(tx.now)) || untilOn <= legalDateFromInstant(tx.now)) {
        throw ruleViolation(
          'mediation.pause-not-longer',
          `须晚于今天和现在的预计恢复日期${pause.expectedUntil === null ? '' : ` ${pause.expectedUntil}`}。`,
          '/untilOn',
        );
      }
      await tx.insert(MediationPauseRequest, {
        id: uuidv7(),
        disputeId,
        pauseId: pause.id,
        untilOn,
        reason,
        askedBy: tx.actor.accountId ?? '',
        askedAt: tx.now,
      });
      await this.matters.record(tx, dispute, {
        act: 'mediation.ask-longer-pause',
        fromState: state,
        toState: state,
        opinion: reason,
        details: { untilOn },
      });
      tx.send({ topic: 'mediation.longer-pause-asked', payload: { disputeId } });
      return this.matters.answer(tx, disputeId);
    });
  }

  async decide(
    disputeId: string,
    act: 'approve-longer-pause' | 'refuse-longer-pause',
    opinion: string | undefined,
  ): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, `mediation.${act}`);
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.checkMediation(matter, act, tx.now);
      const pause = await openPause(tx, disputeId);
      const request = await tx.one<{ id: string; untilOn: string; askedBy: string }>(
        `select id, until_on as "untilOn", asked_by as "askedBy" from mediation_pause_request
          where pause_id = $1 and outcome is null`,
        [pause.id],
      );
      if (request.askedBy === tx.actor.accountId) {
        throw new DomainError('forbidden', 'mediation.own-pause', '延长中止须由申请人以外的人员决定。');
      }
      const isApproved = act === 'approve-longer-pause';
      await tx.update(MediationPauseRequest, request.id, {
        outcome: isApproved ? 'approved' : 'refused',
        decidedBy: tx.actor.accountId,
        decidedAt: tx.now,
        opinion: opinion ?? null,
      });
      if (isApproved) {
        await tx.update(MediationPause, pause.id, {
          expectedUntil: request.untilOn,
          approvedBy: tx.actor.accountId,
          approvedAt: tx.now,
          chasedAt: null,
        });
      }
      await this.matters.record(tx, dispute, {
        act: `mediation.${act}`,
        fromState: state,
        toState: state,
        opinion: opinion ?? null,
        details: { untilOn: request.untilOn },
      });
      tx.send({ topic: 'mediation.longer-pause-decided', payload: { disputeId } });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** Tells those who look after a matter, once, that its pause should have ended. Answers how many were told of. */
  async chase(): Promise<number> {
    let chased = 0;
    for (let isMore = true; isMore && !this.chores.isStopped;) {
      const batch = await this.unitOfWork.runAsSystem('chase-pauses', (tx) => this.chaseBatch(tx));
      chased += batch;
      isMore = batch === BATCH;
    }
    return chased;
  }

  private async chaseBatch(tx: Tx): Promise<number> {
    const today = legalDateFromInstant(new Date(tx.now.getTime() - MORNING_MS));
    const pauses = await tx.query<OverduePause>(
      `select z.id, z.dispute_id as "disputeId", d.center_id as "centerId", z.expected_until as "expectedUntil"
         from mediation_pause z join dispute d on d.id = z.dispute_id
        where z.resumed_at is null and z.chased_at is null and z.expected_until < $1
        order by d.id limit $2 for update of d, z skip locked`,
      [today, BATCH],
    );
    for (const { id, disputeId, centerId, expectedUntil } of pauses) {
      await tx.update(MediationPause, id, { chasedAt: tx.now });
      await this.matters.record(
        tx,
        { id: disputeId, centerId },
        {
          act: 'mediation.chase-pause',
          opinion: `中止的预计恢复日期${formatLegalDateCn(legalDate(expectedUntil))}已过，请恢复调解或者申请延长中止。`,
          details: { expectedUntil },
        },
      );
      tx.send({ topic: 'mediation.pause-over', payload: { disputeId } });
    }
    return pauses.length;
  }
}

function openPause(tx: Tx, disputeId: string): Promise<OpenPause> {
  return tx.one<OpenPause>(
    'select id, expected_until as "expectedUntil" from mediation_pause where dispute_id = $1 and resumed_at is null',
    [disputeId],
  );
}
