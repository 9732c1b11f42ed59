import { Injectable } from '@nestjs/common';
import { addDays, formatLegalDateCn, legalDateFromInstant, ruleViolation, termCn } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { DeadlineRules } from '../../calendar';
import type { PauseGround } from '../domain/dictionaries';
import { MediationExtension, MediationPause } from '../persistence/mediation.entity';
import type { MediationState } from '../domain/mediation-lifecycle';
import { mustAllAgree } from './end-mediation';
import { MatterHooks } from './matter-hooks';
import { type MatterStanding, Matters } from './matters';
import { MediationPeriods } from './mediation-periods';

export interface SuspendMediationCommand {
  readonly ground: PauseGround;
  readonly reason: string;
  readonly expectedUntil?: string;
}

export interface ExtendMediationCommand {
  readonly untilOn: string;
  readonly reason: string;
  readonly consentedPartyIds: readonly string[];
  readonly consentedOn: string;
}

/** Acts on the clock of a mediation: suspend, resume, extend. */
@Injectable()
export class PaceMediation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly periods: MediationPeriods,
    private readonly hooks: MatterHooks,
    private readonly rules: DeadlineRules,
  ) {}

  /** Suspends the mediation; the days of the pause do not count (人民法院在线调解规则 art. 26). */
  async suspend(disputeId: string, command: SuspendMediationCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'mediation.suspend');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const priorState = this.matters.checkMediation(matter, 'suspend', tx.now);
      const { ground, reason } = command;
      const expectedUntil = await this.endOfPause(tx, dispute.centerId, command.expectedUntil);
      const period = await this.periods.running(tx, disputeId);
      await tx.insert(MediationPause, {
        id: uuidv7(),
        disputeId,
        periodId: period?.id ?? null,
        ground,
        reason,
        expectedUntil,
        priorState,
        pausedBy: tx.actor.accountId ?? '',
        pausedAt: tx.now,
      });
      if (period) await this.periods.reckon(tx, dispute, period);
      await this.matters.advanceMediation(tx, disputeId, 'suspend', {
        opinion: reason,
        details: { ground, expectedUntil },
      });
      // Feigned mediation is reported as well as suspended (人民法院特邀调解规定 art. 18).
      if (ground === 'suspected-false') tx.send({ topic: 'mediation.suspected-false', payload: { disputeId } });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** When a pause is expected to end: as long as one may pause alone at most, and that long where nobody says. */
  private async endOfPause(tx: Tx, centerId: string, asked: string | undefined): Promise<string> {
    const today = legalDateFromInstant(tx.now);
    const { term, unit } = (await this.rules.forCenter(tx, centerId)).at('mediation.pause', tx.now);
    const last = addDays(today, term);
    if (asked === undefined) return last;
    if (asked < today)
      throw ruleViolation('mediation.expected-in-past', '预计恢复日期不能早于今天。', '/expectedUntil');
    if (asked <= last) return asked;
    throw ruleViolation(
      'mediation.pause-needs-approval',
      `中止超过${termCn(term, unit)}的须经批准。请先中止至${formatLegalDateCn(last)}或更早，再申请延长中止，由调委会主任或值班长批准。`,
      '/expectedUntil',
    );
  }

  /** Takes the mediation up again where it stood; the clock goes on. */
  async resume(disputeId: string, command: { readonly reason: string }): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'mediation.resume');
      tx.checkVersion(matter.dispute);
      this.matters.checkMediation(matter, 'resume', tx.now);
      const pause = await tx.one<{ id: string; priorState: MediationState }>(
        'select id, prior_state as "priorState" from mediation_pause where dispute_id = $1 and resumed_at is null',
        [disputeId],
      );
      await tx.update(MediationPause, pause.id, { resumedAt: tx.now, resumedBy: tx.actor.accountId });
      const period = await this.periods.running(tx, disputeId);
      if (period) await this.periods.reckon(tx, matter.dispute, period);
      // A mediator who came or went during the pause has left the stage reached as it was.
      await this.matters.advanceMediation(tx, disputeId, 'resume', { to: pause.priorState, opinion: command.reason });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** Lengthens the period by consent of all parties. The original due day stays for the figures. */
  async extend(disputeId: string, command: ExtendMediationCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'mediation.extend');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.checkMediation(matter, 'extend', tx.now);
      const period = await this.periods.running(tx, disputeId);
      if (!period || period.currentDueOn === null)
        throw new Error('The table let a mediation without a running period pass');
      const { untilOn, reason, consentedOn } = command;
      if (consentedOn > legalDateFromInstant(tx.now)) {
        throw ruleViolation('mediation.consent-in-future', '同意之日不能晚于今天。', '/consentedOn');
      }
      if (untilOn <= period.currentDueOn) {
        throw ruleViolation(
          'mediation.extension-not-later',
          `延长后的期限须晚于当前期限 ${period.currentDueOn}。`,
          '/untilOn',
        );
      }
      const parties = (await this.hooks.parties(tx, disputeId)).map((p) => p.id);
      const consentedPartyIds = [...new Set(command.consentedPartyIds)];
      mustAllAgree(parties, parties, consentedPartyIds, '/consentedPartyIds');
      const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
        'select count(*)::int as count from mediation_extension where period_id = $1',
        [period.id],
      );
      await tx.insert(MediationExtension, {
        id: uuidv7(),
        disputeId,
        periodId: period.id,
        ordinal: count + 1,
        untilOn,
        previousDueOn: period.currentDueOn,
        reason,
        consentedPartyIds,
        consentedOn,
        recordedBy: tx.actor.accountId ?? '',
        recordedAt: tx.now,
      });
      const currentDueOn = await this.periods.reckon(tx, dispute, period);
      await this.matters.record(tx, dispute, {
        act: 'mediation.extend',
        fromState: state,
        toState: state,
        opinion: reason,
        details: { untilOn, currentDueOn, originalDueOn: period.originalDueOn, parties: consentedPartyIds.length },
      });
      return this.matters.answer(tx, disputeId);
    });
  }
}
