import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { type Dispute, Matters, routeRefusal } from '../../disputes';
import { consentAfter } from '../domain/consent-rules';
import { type ConsentAnswer, type ContactChannel, type OtherRoute } from '../domain/dictionaries';
import { capacityOn, isInForce } from '../domain/may-sign';
import { ContactAttempt, Party, PartyConsent, Representative } from '../persistence/party.entity';
import { Consequences } from './consequences';
import { PartyActs, actorName } from './party-acts';
import { PartyViews } from './party-views';

export interface RecordConsentCommand {
  readonly answer: ConsentAnswer;
  readonly channel: ContactChannel;
  readonly askedAt: string;
  readonly answeredByRepresentativeId?: string;
  readonly note?: string;
  readonly routesTold?: readonly OtherRoute[];
  readonly attachmentId?: string;
}

@Injectable()
export class RecordConsent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: PartyActs,
    private readonly matters: Matters,
    private readonly consequences: Consequences,
    private readonly views: PartyViews,
  ) {}

  /**
   * Records that a party was asked whether to mediate, and the answer. A refusal ends the mediation in the same
   * transaction; the last consent accepts it once all notices are signed for.
   */
  async execute(partyId: string, command: RecordConsentCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, party } = await this.acts.open(tx, partyId, 'record-consent');
      const askedAt = new Date(command.askedAt);
      const routesTold = command.routesTold ?? [];
      refuseFuture(askedAt, tx.now, 'askedAt', '征询时间');
      await this.checkWhoAnswers(tx, party, command, askedAt);
      if (command.answer === 'refused') checkRoutes(routesTold, matter.dispute);

      const consent = consentAfter(party.consent, command.answer);
      await tx.insert(PartyConsent, {
        id: uuidv7(),
        disputeId: party.disputeId,
        partyId,
        answer: command.answer,
        channel: command.channel,
        askedAt,
        askedBy: tx.actor.accountId,
        askedByName: actorName(tx),
        answeredByRepresentativeId: command.answeredByRepresentativeId ?? null,
        note: command.note ?? null,
        routesTold: [...routesTold],
        attachmentId: command.attachmentId ?? null,
        recordedAt: tx.now,
      });
      if (command.answer === 'unreached') await this.logAttempt(tx, party, command, askedAt);
      else await tx.update(Party, partyId, { consent, consentAt: askedAt, updatedAt: tx.now });
      await this.matters.record(tx, matter.dispute, {
        act: 'parties.record-consent',
        objectType: 'party',
        objectId: partyId,
        details: { ordinal: party.ordinal, answer: command.answer, channel: command.channel, routesTold },
      });
      const ended =
        command.answer === 'refused' &&
        (await this.consequences.endByRefusal(tx, matter, party, { routes: routesTold, channel: command.channel }));
      const accepted = consent === 'agreed' && (await this.consequences.acceptWhenReady(tx, party.disputeId));
      return { party: await this.views.one(tx, matter, partyId), mediationEnded: ended, mediationAccepted: accepted };
    });
  }

  /** A ward answers through the statutory representative (民法典第十九条、第二十条); others only through whoever represents them then. */
  private async checkWhoAnswers(
    tx: Tx,
    party: Party,
    { answer, answeredByRepresentativeId: id }: RecordConsentCommand,
    at: Date,
  ): Promise<void> {
    if (answer === 'unreached') {
      if (id !== undefined)
        throw ruleViolation('parties.nobody-answered', '没有联系上的，不填写由谁答复。', '/answeredByRepresentativeId');
      return;
    }
    const on = legalDateFromInstant(at);
    const representative = id === undefined ? null : await tx.get(Representative, id);
    if (representative !== null && (representative.partyId !== party.id || !isInForce(representative, on))) {
      throw ruleViolation(
        'parties.not-its-representative',
        '答复人不是该当事人在征询当日有效的代理人，请先登记代理人或核对代理期限。',
        '/answeredByRepresentativeId',
      );
    }
    const isWard = party.kind === 'person' && capacityOn(party, on) !== 'full';
    if (isWard && representative?.kind !== 'statutory') {
      throw ruleViolation(
        'parties.ward-cannot-answer',
        '当事人为未成年人或无完全民事行为能力人，是否调解由法定代理人表示。请登记法定代理人，并选择由其答复。',
        '/answeredByRepresentativeId',
      );
    }
  }

  /** Being out of reach is an attempt to contact; it says nothing about consent. */
  private async logAttempt(tx: Tx, party: Party, { channel, note }: RecordConsentCommand, at: Date): Promise<void> {
    await tx.insert(ContactAttempt, {
      id: uuidv7(),
      disputeId: party.disputeId,
      partyId: party.id,
      at,
      channel,
      contacted: 'party',
      outcome: 'no-answer',
      note: note ?? null,
      madeBy: tx.actor.accountId,
      madeByName: actorName(tx),
      recordedAt: tx.now,
    });
  }
}

/** Whoever refuses is told of the other ways, and only of ways that the law leaves open (人民调解法第二十六条). */
function checkRoutes(routes: readonly OtherRoute[], { nature, disputeType }: Dispute): void {
  if (routes.length === 0) {
    throw ruleViolation(
      'parties.routes-not-told',
      '当事人拒绝调解的，请先告知可以依法通过诉讼等其他途径维护权利，并在此勾选已告知的途径。',
      '/routesTold',
    );
  }
  for (const [i, route] of routes.entries()) {
    // Before triage the nature is not found yet; what is said at the counter of a mediation centre is civil.
    const refusal = routeRefusal(route, nature ?? 'civil', disputeType);
    if (refusal) {
      throw ruleViolation(
        'parties.route-not-open',
        `不能告知${refusal.name}：${refusal.reason}（${refusal.law}）`,
        `/routesTold/${i}`,
      );
    }
  }
}

export function refuseFuture(at: Date, now: Date, field: string, label: string): void {
  if (at > now) throw ruleViolation('parties.in-future', `${label}不能晚于现在，请核对。`, `/${field}`);
}
