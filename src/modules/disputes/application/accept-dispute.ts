import { Injectable } from '@nestjs/common';
import { formatCaseNumber, legalDateFromInstant, ruleViolation, yearOf } from '../../../kernel';
import { type Tx, UnitOfWork, nextNumber } from '../../../platform/database';
import type { CourtProcedure } from '../domain/dictionaries';
import { Dispute } from '../persistence/dispute.entity';
import { eligibleCommittee } from './eligible-committee';
import { type MatterStanding, Matters } from './matters';

export interface AcceptDisputeCommand {
  readonly committeeId?: string;
  readonly handlerAccountId?: string;
  readonly courtProcedure?: CourtProcedure;
  readonly courtMaterialsOn?: string;
  readonly opinion?: string;
}

type CaseNumber = Pick<Dispute, 'caseNumber' | 'caseYear' | 'caseSeq' | 'acceptedAt'>;

@Injectable()
export class AcceptDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /**
   * Accepts the matter for a committee: it gets its number in this very transaction, so that numbers have no gap, and
   * every party is then asked for consent. The mediation itself is accepted with the last consent.
   */
  async execute(disputeId: string, command: AcceptDisputeCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.accept');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const committeeId = command.committeeId ?? dispute.committeeId;
      const state = this.matters.next({ snapshot: { ...matter.snapshot, committeeId } }, 'accept', tx.now);
      if (committeeId === null) throw new Error('The table let a matter without a committee pass');
      refuseContradictions(dispute, command, committeeId);
      const number = await numberOf(tx, dispute, committeeId);
      await tx.update(Dispute, disputeId, {
        state,
        committeeId,
        ...number,
        ...(command.handlerAccountId === undefined ? {} : { handlerAccountId: command.handlerAccountId }),
        ...(command.courtProcedure === undefined ? {} : { courtProcedure: command.courtProcedure }),
        ...(command.courtMaterialsOn === undefined ? {} : { courtMaterialsOn: command.courtMaterialsOn }),
        updatedAt: tx.now,
      });
      await this.matters.record(tx, dispute, {
        act: 'disputes.accept',
        fromState: dispute.state,
        toState: state,
        opinion: command.opinion ?? null,
        details: { committeeId, caseNumber: number.caseNumber },
      });
      await this.matters.openMediation(tx, dispute);
      tx.send({ topic: 'disputes.accepted', payload: { disputeId } });
      return this.matters.answer(tx, disputeId);
    });
  }
}

/** A matter taken up again keeps its number: numbers are never given twice, nor two to one case. */
async function numberOf(tx: Tx, dispute: Dispute, committeeId: string): Promise<CaseNumber> {
  const committee = await eligibleCommittee(tx, dispute, committeeId);
  if (dispute.caseNumber !== null) {
    const { caseNumber, caseYear, caseSeq, acceptedAt } = dispute;
    return { caseNumber, caseYear, caseSeq, acceptedAt };
  }
  const caseYear = yearOf(legalDateFromInstant(tx.now));
  const caseSeq = await nextNumber(tx, committeeId, 'mediation', caseYear);
  const caseNumber = formatCaseNumber({
    series: 'mediation',
    prefix: committee.numberingWord,
    year: caseYear,
    sequence: caseSeq,
  });
  return { caseNumber, caseYear, caseSeq, acceptedAt: tx.now };
}

function refuseContradictions(dispute: Dispute, command: AcceptDisputeCommand, committeeId: string): void {
  if (dispute.caseNumber !== null && committeeId !== dispute.committeeId) {
    throw ruleViolation(
      'disputes.committee-fixed',
      '该事项已由原调解委员会编号，重启后仍由其办理。确需更换的，请以新事项登记并说明关联。',
      '/committeeId',
    );
  }
  const isCourt = dispute.channel === 'court-entrusted' || dispute.channel === 'court-appointed';
  if (!isCourt && (command.courtProcedure !== undefined || command.courtMaterialsOn !== undefined)) {
    throw ruleViolation(
      'disputes.court-fields-without-court',
      '只有法院委派、委托的事项才填写法院程序和材料签收日。',
      '/courtProcedure',
    );
  }
  if (dispute.channel === 'court-appointed' && (command.courtProcedure ?? dispute.courtProcedure) === null) {
    throw ruleViolation(
      'disputes.court-procedure-missing',
      '法院委托的事项请选择普通程序或简易程序，调解期限由此确定。',
      '/courtProcedure',
    );
  }
}
