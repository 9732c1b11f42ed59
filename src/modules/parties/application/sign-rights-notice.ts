import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Matters } from '../../disputes';
import type { NoticeMethod } from '../domain/dictionaries';
import { capacityOn, isInForce } from '../domain/may-sign';
import { Party, Representative, RightsNotice } from '../persistence/party.entity';
import { Consequences } from './consequences';
import { PartyActs, actorName } from './party-acts';
import { PartyViews } from './party-views';
import { refuseFuture } from './record-consent';

export interface SignRightsNoticeCommand {
  readonly method: NoticeMethod;
  readonly signedAt: string;
  readonly signedByRepresentativeId?: string;
  readonly witness?: string;
  readonly attachmentId?: string;
}

@Injectable()
export class SignRightsNotice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: PartyActs,
    private readonly matters: Matters,
    private readonly consequences: Consequences,
    private readonly views: PartyViews,
  ) {}

  /** Records that a party was told of rights and duties and signed for it (人民调解工作若干规定第三十条), once. */
  async execute(partyId: string, command: SignRightsNoticeCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, party } = await this.acts.open(tx, partyId, 'sign-notice');
      const signedAt = new Date(command.signedAt);
      refuseFuture(signedAt, tx.now, 'signedAt', '签收时间');
      if (party.noticeSignedAt !== null) {
        throw new DomainError('conflict', 'parties.notice-signed', '该当事人已经签收权利义务告知书，不必重复登记。');
      }
      await this.checkForm(tx, party, command, signedAt);
      await tx.insert(RightsNotice, {
        id: uuidv7(),
        disputeId: party.disputeId,
        partyId,
        method: command.method,
        signedAt,
        signedByRepresentativeId: command.signedByRepresentativeId ?? null,
        witness: command.witness ?? null,
        attachmentId: command.attachmentId ?? null,
        toldBy: tx.actor.accountId,
        toldByName: actorName(tx),
        recordedAt: tx.now,
      });
      await tx.update(Party, partyId, { noticeSignedAt: signedAt, updatedAt: tx.now });
      await this.matters.record(tx, matter.dispute, {
        act: 'parties.sign-notice',
        objectType: 'party',
        objectId: partyId,
        details: { ordinal: party.ordinal, method: command.method },
      });
      const accepted = await this.consequences.acceptWhenReady(tx, party.disputeId);
      return { party: await this.views.one(tx, matter, partyId), mediationEnded: false, mediationAccepted: accepted };
    });
  }

  private async checkForm(tx: Tx, party: Party, command: SignRightsNoticeCommand, at: Date): Promise<void> {
    const { method, attachmentId, witness, signedByRepresentativeId: id } = command;
    if (method === 'ink-scan' && attachmentId === undefined) {
      throw ruleViolation(
        'parties.scan-missing',
        '纸质签收的，请上传签名按指印的告知书扫描件并在此选择。',
        '/attachmentId',
      );
    }
    if (method === 'read-aloud' && witness === undefined) {
      throw ruleViolation(
        'parties.witness-missing',
        '向不识字或者看不见的当事人宣读的，请填写见证人姓名。',
        '/witness',
      );
    }
    const on = legalDateFromInstant(at);
    const representative = id === undefined ? null : await tx.get(Representative, id);
    if (representative !== null && (representative.partyId !== party.id || !isInForce(representative, on))) {
      throw ruleViolation(
        'parties.not-its-representative',
        '签收人不是该当事人在签收当日有效的代理人，请核对。',
        '/signedByRepresentativeId',
      );
    }
    const isWard = party.kind === 'person' && capacityOn(party, on) !== 'full';
    if (isWard && representative?.kind !== 'statutory') {
      throw ruleViolation(
        'parties.ward-cannot-answer',
        '当事人为未成年人或无完全民事行为能力人，请由法定代理人签收。',
        '/signedByRepresentativeId',
      );
    }
  }
}
