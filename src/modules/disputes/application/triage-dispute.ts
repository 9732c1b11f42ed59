import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import type { DifficultMark, DisputeType, Nature, RiskLevel, Route } from '../domain/dictionaries';
import { routeRefusal } from '../domain/route-advice';
import { DuplicateCheck } from '../persistence/course.entity';
import { Dispute } from '../persistence/dispute.entity';
import { AssessRisk, subjectOf } from './assess-risk';
import { difficultyOf } from './difficulty';
import { eligibleCommittee } from './eligible-committee';
import { localTypeAfter } from './local-type';
import { type LoadedMatter, type MatterStanding, Matters } from './matters';
import { PossibleDuplicates, likenessOf } from './possible-duplicates';

export interface TriageDisputeCommand {
  readonly nature: Nature;
  readonly disputeType?: DisputeType;
  readonly route: Route;
  readonly riskLevel?: RiskLevel;
  readonly riskReason?: string;
  readonly committeeId?: string;
  readonly isDuplicateChecked?: boolean;
  readonly difficultGround?: DifficultMark;
  readonly opinion?: string;
}

@Injectable()
export class TriageDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly duplicates: PossibleDuplicates,
    private readonly risk: AssessRisk,
  ) {}

  /**
   * Finds nature, route and risk, after the search for duplicates, and proposes a committee. May be done again until
   * the matter goes its way.
   */
  async execute(disputeId: string, command: TriageDisputeCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.triage');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'triage', tx.now);
      const disputeType = command.disputeType ?? dispute.disputeType;
      const refusal = routeRefusal(command.route, command.nature, disputeType);
      if (refusal) {
        throw ruleViolation(
          'disputes.route-closed',
          `不能选择${refusal.name}：${refusal.reason}（${refusal.law}）请改选其他途径。`,
          '/route',
        );
      }
      if (command.committeeId !== undefined) await eligibleCommittee(tx, dispute, command.committeeId);
      await this.judgeDuplicates(tx, matter, command.isDuplicateChecked ?? false);
      const riskLevel = await this.risk.assess(
        tx,
        subjectOf(dispute, command.nature, disputeType),
        command.riskLevel,
        command.riskReason,
        (act) => {
          authorize(tx.actor, act, matter.standing);
        },
      );
      await tx.update(Dispute, disputeId, {
        state,
        nature: command.nature,
        disputeType,
        localTypeId: await localTypeAfter(tx, dispute, command),
        route: command.route,
        riskLevel,
        ...(command.committeeId === undefined ? {} : { committeeId: command.committeeId }),
        ...difficultyOf(command.difficultGround),
        updatedAt: tx.now,
      });
      await this.matters.record(tx, dispute, {
        act: 'disputes.triage',
        fromState: dispute.state,
        toState: state,
        opinion: command.opinion ?? null,
        details: {
          nature: command.nature,
          route: command.route,
          riskLevel,
          committeeId: command.committeeId ?? null,
          ...difficultyOf(command.difficultGround),
        },
      });
      tx.send({ topic: 'disputes.triaged', payload: { disputeId, riskLevel } });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** The search is made here and now, so that it cannot be forgotten; candidates must have been looked at by a person. */
  private async judgeDuplicates(tx: Tx, { dispute }: LoadedMatter, isChecked: boolean): Promise<void> {
    const [words] = await tx.query<{ narrative: string }>(
      'select narrative from dispute_narrative where dispute_id = $1',
      [dispute.id],
    );
    const candidates = await this.duplicates.search(
      tx,
      dispute.centerId,
      likenessOf(dispute, words?.narrative ?? ''),
      dispute.id,
    );
    if (candidates.length > 0 && !isChecked) {
      const numbers = candidates
        .slice(0, 3)
        .map((c) => c.registrationNumber)
        .join('、');
      throw new DomainError(
        'conflict',
        'disputes.duplicates-unjudged',
        `有 ${candidates.length} 件疑似重复事项（${numbers}）。请逐一核对：是同一事项的并案，不是的确认后再研判。`,
      );
    }
    await tx.insert(DuplicateCheck, {
      id: uuidv7(),
      disputeId: dispute.id,
      candidates,
      verdict: candidates.length === 0 ? 'none-found' : 'different',
      checkedBy: tx.actor.accountId,
      checkedAt: tx.now,
    });
  }
}
