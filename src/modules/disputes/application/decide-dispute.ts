import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { type OutsideRoute, REFUSAL_REASONS, type RefusalReason, type Route } from '../domain/dictionaries';
import { adviseRoutes, routeRefusal } from '../domain/route-advice';
import { DisputeDecision, OneTimeNotice } from '../persistence/course.entity';
import { Dispute } from '../persistence/dispute.entity';
import { type LoadedMatter, type MatterStanding, Matters } from './matters';
import { nextNoticeOrdinal } from './one-time-notices';

export interface NotAcceptDisputeCommand {
  readonly reasonCode: RefusalReason;
  readonly reason: string;
  readonly route: OutsideRoute;
  readonly organ?: string;
  readonly noticeForm: 'paper' | 'sms';
}

export interface ReferDisputeCommand {
  readonly route: OutsideRoute;
  readonly organ: string;
  readonly explanation: string;
}

export interface AnswerDisputeCommand {
  readonly content: string;
  readonly law?: string;
}

/** Decisions that a person is given in words: not accepted, referred, answered. */
@Injectable()
export class DecideDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** Does not accept, with a written reason and another way to go, told at once in a one-time notice. */
  async notAccept(disputeId: string, command: NotAcceptDisputeCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.not-accept');
      const state = this.decided(tx, matter, 'not-accept', command.route);
      if (command.reasonCode === 'papers-missing') await mustHaveAskedOnce(tx, disputeId);
      const { reasonCode, reason, route, organ = null, noticeForm } = command;
      await this.decide(tx, matter, {
        kind: 'not-accept',
        reasonCode,
        content: reason,
        route,
        organ,
        law: lawOf(matter, route),
      });
      await tx.insert(OneTimeNotice, {
        id: uuidv7(),
        disputeId,
        ordinal: await nextNoticeOrdinal(tx, disputeId),
        kind: 'not-accepted',
        items: [],
        explanation: `${REFUSAL_REASONS[reasonCode]}。${reason}`,
        form: noticeForm,
        givenAt: tx.now,
        givenBy: tx.actor.accountId ?? '',
      });
      await this.settle(tx, matter, 'not-accept', state, reason, { reasonCode, route });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** Points the person to the route that the law provides. */
  async refer(disputeId: string, command: ReferDisputeCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.refer');
      const state = this.decided(tx, matter, 'refer', command.route);
      const { route, organ, explanation } = command;
      await this.decide(tx, matter, { kind: 'refer', content: explanation, route, organ, law: lawOf(matter, route) });
      await this.settle(tx, matter, 'refer', state, explanation, { route });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** Answers what was asked. */
  async answer(disputeId: string, command: AnswerDisputeCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.answer');
      const state = this.decided(tx, matter, 'answer', null);
      await this.decide(tx, matter, { kind: 'answer', content: command.content, law: command.law ?? null });
      await this.settle(tx, matter, 'answer', state, command.content, {});
      return this.matters.answer(tx, disputeId);
    });
  }

  private decided(
    tx: Tx,
    matter: LoadedMatter,
    act: 'not-accept' | 'refer' | 'answer',
    route: Route | null,
  ): Dispute['state'] {
    const { dispute } = matter;
    tx.checkVersion(dispute);
    const state = this.matters.next(matter, act, tx.now);
    const refusal =
      route === null || dispute.nature === null ? null : routeRefusal(route, dispute.nature, dispute.disputeType);
    if (refusal) {
      throw ruleViolation(
        'disputes.route-closed',
        `不能引导至${refusal.name}：${refusal.reason}（${refusal.law}）请改选其他途径。`,
        '/route',
      );
    }
    return state;
  }

  private async decide(tx: Tx, { dispute }: LoadedMatter, decision: Partial<DisputeDecision>): Promise<void> {
    await tx.insert(DisputeDecision, {
      id: uuidv7(),
      disputeId: dispute.id,
      ...decision,
      decidedBy: tx.actor.accountId ?? '',
      decidedAt: tx.now,
    });
  }

  private async settle(
    tx: Tx,
    { dispute }: LoadedMatter,
    act: string,
    state: Dispute['state'],
    opinion: string,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await tx.update(Dispute, dispute.id, { state, updatedAt: tx.now });
    await this.matters.record(tx, dispute, {
      act: `disputes.${act}`,
      fromState: dispute.state,
      toState: state,
      opinion,
      details,
    });
    tx.send({ topic: `disputes.${act}`, payload: { disputeId: dispute.id } });
  }
}

/** The statute that the advice names for the route, so that the paper can cite it. */
function lawOf({ dispute }: LoadedMatter, route: Route): string | null {
  if (dispute.nature === null) return null;
  return adviseRoutes(dispute.nature, dispute.disputeType).find((a) => a.route === route)?.law ?? null;
}

/** Missing papers justify a refusal only after they were named once, all of them, and the day has passed. */
async function mustHaveAskedOnce(tx: Tx, disputeId: string): Promise<void> {
  const [asked] = await tx.query(
    `select 1 from one_time_notice
      where dispute_id = $1 and kind = 'supplement' and supplemented_at is null and due_on < ($2::timestamptz at time zone 'Asia/Shanghai')::date`,
    [disputeId, tx.now],
  );
  if (asked) return;
  throw ruleViolation(
    'disputes.not-asked-once',
    '以材料不齐为由不予受理的，须先出具一次性告知单并等补正期限届满。请先一次性告知。',
    '/reasonCode',
  );
}
