import { Injectable } from '@nestjs/common';
import { findEscalationCues, formatCaseNumber, legalDateFromInstant, ruleViolation, yearOf } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, nextNumber, uuidv7 } from '../../../platform/database';
import type { Channel, CourtProcedure, DisputeType } from '../domain/dictionaries';
import { DuplicateCheck } from '../persistence/course.entity';
import { Dispute, DisputeNarrative } from '../persistence/dispute.entity';
import { type IntakeParty, MatterHooks } from './matter-hooks';
import { mustBeWithin } from './jurisdiction';
import { refuseForeignLocalType } from './local-type';
import { Matters } from './matters';
import { PossibleDuplicates, likenessOf } from './possible-duplicates';

export interface RegisterDisputeCommand {
  readonly centerId: string;
  readonly channel: Channel;
  readonly upstreamNumber?: string;
  readonly title: string;
  readonly disputeType?: DisputeType;
  readonly localTypeId?: string;
  readonly narrative: string;
  readonly requests?: string;
  readonly place?: string;
  readonly placeUnitId?: string;
  readonly handlingUnitId?: string;
  readonly firstResponderId?: string;
  readonly isGroup?: boolean;
  readonly headcount?: number;
  readonly amountFen?: number;
  readonly isReporterProtected?: boolean;
  readonly allowsCallBack?: boolean;
  readonly courtProcedure?: CourtProcedure;
  readonly courtMaterialsOn?: string;
  readonly parties?: readonly IntakeParty[];
}

/** Said to whoever registers words of violence or self-harm (PML art. 25). */
export const ESCALATION_PROMPT =
  '登记内容有激化苗头，请立即向公安机关等部门报告并记录回执，不要等待研判（人民调解法第二十五条）。';

@Injectable()
export class RegisterDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly hooks: MatterHooks,
    private readonly duplicates: PossibleDuplicates,
  ) {}

  /**
   * Registers a matter and gives it its number. The instant is that of the receipt: the request interrupts limitation
   * from that day (诉讼时效规定 art. 12). Answers what the desk must look at next: cues of escalation, possible
   * duplicates, the same person in other matters.
   */
  async execute(command: RegisterDisputeCommand) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'disputes.register', { centerId: command.centerId });
      refuseContradictions(command);
      await this.checkUnit(tx, command);
      await refuseForeignLocalType(tx, command.centerId, command.disputeType ?? null, command.localTypeId);
      const center = await tx.one<{ code: string }>('select code from center where id = $1 and is_active', [
        command.centerId,
      ]);
      const year = yearOf(legalDateFromInstant(tx.now));
      const sequence = await nextNumber(tx, command.centerId, 'registration', year);
      const accountId = tx.actor.accountId ?? '';
      const { narrative, requests, parties = [], firstResponderId = accountId, ...header } = command;
      const dispute: Dispute = Object.assign(new Dispute(), {
        id: uuidv7(),
        handlingCenterId: null,
        handlingUnitId: null,
        committeeId: null,
        registrationNumber: formatCaseNumber({ series: 'registration', prefix: center.code, year, sequence }),
        upstreamNumber: null,
        disputeType: null,
        localTypeId: null,
        place: null,
        placeUnitId: null,
        nature: null,
        route: null,
        riskLevel: null,
        difficultGround: null,
        state: 'registered',
        mediationState: null,
        isPartial: false,
        isSealed: false,
        isGroup: false,
        isImported: false,
        headcount: null,
        amountFen: null,
        isReporterProtected: false,
        allowsCallBack: true,
        courtProcedure: null,
        courtMaterialsOn: null,
        ...header,
        firstResponderId,
        registeredBy: accountId,
        registeredAt: tx.now,
        limitationInterruptedAt: tx.now,
        version: 1,
      });
      const cues = [
        ...new Set(findEscalationCues(`${command.title}\n${narrative}\n${requests ?? ''}`).map((c) => c.word)),
      ];
      await tx.insert(Dispute, dispute);
      await tx.insert(DisputeNarrative, { disputeId: dispute.id, narrative, requests: requests ?? null, cues });
      await this.hooks.intake(tx, dispute, parties);
      const possibleDuplicates = await this.duplicates.search(
        tx,
        dispute.centerId,
        likenessOf(dispute, narrative),
        dispute.id,
      );
      await tx.insert(DuplicateCheck, {
        id: uuidv7(),
        disputeId: dispute.id,
        candidates: possibleDuplicates,
        verdict: possibleDuplicates.length === 0 ? 'none-found' : null,
        checkedAt: tx.now,
      });
      const samePersons = await this.hooks.samePersons(tx, dispute);
      await this.matters.record(tx, dispute, {
        act: 'disputes.register',
        toState: 'registered',
        details: {
          channel: command.channel,
          cues: cues.length,
          possibleDuplicates: possibleDuplicates.map((d) => d.id),
        },
      });
      tx.send({ topic: 'disputes.registered', payload: { disputeId: dispute.id } });
      return {
        id: dispute.id,
        registrationNumber: dispute.registrationNumber,
        registeredAt: tx.now.toISOString(),
        state: dispute.state,
        version: 1,
        escalation: { cues, mustReport: cues.length > 0, prompt: cues.length > 0 ? ESCALATION_PROMPT : null },
        possibleDuplicates,
        samePersons,
      };
    });
  }

  /** A unit that handles a matter sees it: it must be the registrar's own grid, and lie within the center's area. */
  private async checkUnit(tx: Tx, { centerId, handlingUnitId }: RegisterDisputeCommand): Promise<void> {
    const servesAtCenter = tx.actor.centerIds.includes(centerId);
    if (!servesAtCenter && (handlingUnitId === undefined || !tx.actor.unitIds.includes(handlingUnitId))) {
      throw ruleViolation('disputes.own-unit-needed', '请选择您任职的网格作为经办网格。', '/handlingUnitId');
    }
    if (handlingUnitId !== undefined) await mustBeWithin(tx, handlingUnitId, centerId, '/handlingUnitId');
  }
}

function refuseContradictions(command: RegisterDisputeCommand): void {
  const { channel, courtProcedure, courtMaterialsOn, isReporterProtected, parties = [], isGroup, headcount } = command;
  const isCourt = channel === 'court-entrusted' || channel === 'court-appointed';
  if (!isCourt && (courtProcedure !== undefined || courtMaterialsOn !== undefined)) {
    throw ruleViolation(
      'disputes.court-fields-without-court',
      '只有法院委派、委托的事项才填写法院程序和材料签收日。',
      '/channel',
    );
  }
  if (isReporterProtected === true && parties.some((p) => p.side === 'applicant')) {
    throw ruleViolation(
      'disputes.protected-applicant',
      '要求保密的反映人不能同时登记为申请方。请取消保密，或不登记申请方。',
      '/parties',
    );
  }
  if (isGroup === true && (headcount ?? 0) < 2) {
    throw ruleViolation('disputes.group-headcount', '群体事项请填写涉及人数（两人以上）。', '/headcount');
  }
}
