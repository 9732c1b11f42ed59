import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import type { EndingCode, OutsideRoute, WithdrawalCode } from '../domain/dictionaries';
import { routeRefusal } from '../domain/route-advice';
import type { Dispute } from '../persistence/dispute.entity';
import { MediationEnding } from '../persistence/mediation.entity';
import { MatterHooks } from './matter-hooks';
import { type MatterStanding, Matters } from './matters';
import { MediationPeriods } from './mediation-periods';

export interface TellRoutesCommand {
  readonly routesTold: readonly OutsideRoute[];
  readonly toldHow: string;
}

export interface TerminateMediationCommand extends TellRoutesCommand {
  readonly code: EndingCode;
  readonly explanation: string;
}

export interface GiveUpContactCommand extends TellRoutesCommand {
  readonly explanation: string;
}

export interface WithdrawMediationCommand {
  readonly code: WithdrawalCode;
  readonly explanation: string;
  readonly agreedPartyIds: readonly string[];
}

/** The ways in which a mediation ends without agreement. */
@Injectable()
export class EndMediation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly periods: MediationPeriods,
    private readonly hooks: MatterHooks,
  ) {}

  /** Terminates; the parties have been told of the other routes, else it is refused (PML art. 26). */
  async terminate(disputeId: string, command: TerminateMediationCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'mediation.terminate');
      tx.checkVersion(matter.dispute);
      this.matters.checkMediation(matter, 'terminate', tx.now);
      refuseClosedRoutes(matter.dispute, command.routesTold);
      if (command.code === 'period-expired') await this.mustHaveExpired(tx, disputeId);
      const { code, explanation, routesTold, toldHow } = command;
      await this.matters.advanceMediation(tx, disputeId, 'terminate', {
        opinion: explanation,
        details: { code, routesTold },
        ending: { code, explanation, routesTold, toldHow },
      });
      tx.send({ topic: 'mediation.terminated', payload: { disputeId, code } });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** Gives up on a party that cannot be reached, after three logged attempts. */
  async giveUpContact(disputeId: string, command: GiveUpContactCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'mediation.give-up-contact');
      tx.checkVersion(matter.dispute);
      this.matters.checkMediation(matter, 'give-up-contact', tx.now);
      refuseClosedRoutes(matter.dispute, command.routesTold);
      const { explanation, routesTold, toldHow } = command;
      await this.matters.advanceMediation(tx, disputeId, 'give-up-contact', {
        opinion: explanation,
        details: { routesTold },
        ending: { code: 'unreachable', explanation, routesTold, toldHow },
      });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** The applicant withdraws, or the parties have settled among themselves: then all of them have said so. */
  async withdraw(disputeId: string, command: WithdrawMediationCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'mediation.withdraw');
      tx.checkVersion(matter.dispute);
      const state = this.matters.checkMediation(matter, 'withdraw', tx.now);
      const parties = await this.hooks.parties(tx, disputeId);
      const applicants = parties.filter((p) => p.side === 'applicant');
      // While consent is still asked an applicant alone may step back; later everyone has a part in it.
      const needed =
        command.code === 'applicant-withdrew' && state === 'consent-pending' && applicants.length > 0
          ? applicants
          : parties;
      mustAllAgree(
        needed.map((p) => p.id),
        parties.map((p) => p.id),
        command.agreedPartyIds,
        '/agreedPartyIds',
      );
      const { code, explanation } = command;
      await this.matters.advanceMediation(tx, disputeId, 'withdraw', {
        opinion: explanation,
        details: { code, agreedPartyIds: command.agreedPartyIds },
        ending: { code, explanation },
      });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** Records that the parties were told of the other routes, where a refusal had ended the mediation at once. */
  async tellRoutes(disputeId: string, command: TellRoutesCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'mediation.tell-routes');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.checkMediation(matter, 'tell-routes', tx.now);
      refuseClosedRoutes(dispute, command.routesTold);
      const endings = await tx.query<{ id: string }>(
        "select id from mediation_ending where dispute_id = $1 and told_at is null and end_state <> 'withdrawn'",
        [disputeId],
      );
      for (const { id } of endings) {
        await tx.update(MediationEnding, id, {
          routesTold: command.routesTold,
          toldHow: command.toldHow,
          toldBy: tx.actor.accountId,
          toldAt: tx.now,
        });
      }
      await this.matters.record(tx, dispute, {
        act: 'mediation.tell-routes',
        fromState: state,
        toState: state,
        details: { routesTold: command.routesTold },
      });
      return this.matters.answer(tx, disputeId);
    });
  }

  private async mustHaveExpired(tx: Tx, disputeId: string): Promise<void> {
    const dueOn = (await this.periods.running(tx, disputeId))?.currentDueOn ?? null;
    if (dueOn !== null && dueOn < legalDateFromInstant(tx.now)) return;
    throw ruleViolation(
      'mediation.period-not-expired',
      '调解期限尚未届满，不能以期限届满为由终止。请选择其他原因或继续调解。',
      '/code',
    );
  }
}

/** PML art. 26 asks for the routes that are really open: inheritance, say, cannot be arbitrated (ARB art. 3). */
function refuseClosedRoutes(dispute: Dispute, routes: readonly OutsideRoute[]): void {
  const { nature, disputeType } = dispute;
  if (nature === null) return;
  for (const [i, route] of routes.entries()) {
    const refusal = routeRefusal(route, nature, disputeType);
    if (refusal) {
      throw ruleViolation(
        'mediation.route-closed',
        `不能告知${refusal.name}：${refusal.reason}（${refusal.law}）`,
        `/routesTold/${i}`,
      );
    }
  }
}

/** Refuses unless each of `needed` is among those who agreed, and nobody is named who is no party. */
export function mustAllAgree(
  needed: readonly string[],
  parties: readonly string[],
  agreed: readonly string[],
  pointer: string,
): void {
  if (parties.length === 0) {
    throw new DomainError('conflict', 'mediation.no-parties', '该事项还没有登记当事人，请先登记。');
  }
  if (agreed.some((id) => !parties.includes(id))) {
    throw ruleViolation('mediation.unknown-party', '所列人员中有的不是本事项的当事人，请从当事人列表中选择。', pointer);
  }
  const missing = needed.filter((id) => !agreed.includes(id));
  if (missing.length > 0) {
    throw ruleViolation(
      'mediation.consent-of-all',
      `还有 ${missing.length} 名当事人没有表示同意。须全体当事人同意并记录。`,
      pointer,
    );
  }
}
