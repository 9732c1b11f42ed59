import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import type { RiskLevel } from '../domain/dictionaries';
import { type RiskSuggestion, isHigher, suggestRisk } from '../domain/risk';
import { RiskAssessment } from '../persistence/course.entity';
import { Dispute } from '../persistence/dispute.entity';
import { type MatterStanding, Matters } from './matters';

export interface AssessRiskCommand {
  readonly riskLevel: RiskLevel;
  readonly riskReason?: string;
}

/** What of a matter bears on its risk. */
export type RiskSubject = Pick<Dispute, 'id' | 'isGroup' | 'headcount' | 'nature' | 'disputeType' | 'riskLevel'>;

/** The matter as triage is about to leave it. */
export function subjectOf(
  dispute: Dispute,
  nature: Dispute['nature'],
  disputeType: Dispute['disputeType'],
): RiskSubject {
  const { id, isGroup, headcount, riskLevel } = dispute;
  return { id, isGroup, headcount, nature, disputeType, riskLevel };
}

@Injectable()
export class AssessRisk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** Gives the matter another risk level; every assessment stays in the history. */
  async execute(disputeId: string, command: AssessRiskCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.assess-risk');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      this.matters.next(matter, 'assess-risk', tx.now);
      const riskLevel = await this.assess(tx, dispute, command.riskLevel, command.riskReason, (act) => {
        authorize(tx.actor, act, matter.standing);
      });
      await tx.update(Dispute, disputeId, { riskLevel, updatedAt: tx.now });
      await this.matters.record(tx, dispute, {
        act: 'disputes.assess-risk',
        fromState: dispute.state,
        toState: dispute.state,
        opinion: command.riskReason ?? null,
        details: { riskLevel, previousLevel: dispute.riskLevel },
      });
      tx.send({ topic: 'disputes.risk-assessed', payload: { disputeId, riskLevel } });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** The level that the record suggests, with the factors seen. */
  async suggest(tx: Tx, subject: RiskSubject): Promise<RiskSuggestion> {
    const [seen] = await tx.query<{ cues: string[] | null; reopenedTimes: number }>(
      `select (select cues from dispute_narrative where dispute_id = $1) as cues,
              (select count(*)::int from dispute_reopening where dispute_id = $1) as "reopenedTimes"`,
      [subject.id],
    );
    const { isGroup, headcount, nature, disputeType, riskLevel } = subject;
    return suggestRisk({
      isGroup,
      headcount,
      nature,
      disputeType,
      cues: seen?.cues ?? [],
      reopenedTimes: seen?.reopenedTimes ?? 0,
      currentLevel: riskLevel,
    });
  }

  /** Writes one assessment and answers the level. Below the suggestion only with a reason, downwards only by the duty leader. */
  async assess(
    tx: Tx,
    dispute: RiskSubject,
    given: RiskLevel | undefined,
    reason: string | undefined,
    mustBeAllowed: (act: string) => void,
  ): Promise<RiskLevel> {
    const suggestion = await this.suggest(tx, dispute);
    const level = given ?? suggestion.level;
    if (isHigher(suggestion.level, level) && reason === undefined) {
      throw ruleViolation('disputes.risk-reason-missing', '风险等级低于系统提示，请写明理由。', '/riskReason');
    }
    if (dispute.riskLevel !== null && isHigher(dispute.riskLevel, level)) mustBeAllowed('disputes.lower-risk');
    await tx.insert(RiskAssessment, {
      id: uuidv7(),
      disputeId: dispute.id,
      level,
      previousLevel: dispute.riskLevel,
      suggestedLevel: suggestion.level,
      factors: [...suggestion.factors],
      reason: reason ?? null,
      assessedBy: tx.actor.accountId ?? '',
      assessedAt: tx.now,
    });
    return level;
  }
}
