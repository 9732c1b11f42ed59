import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant } from '../../../kernel';
import { type Tx, uuidv7 } from '../../../platform/database';
import { type LoadedMatter, remainingRoutes } from '../../disputes';
import { OTHER_ROUTES, type OtherRoute, type Side } from '../domain/dictionaries';
import { capacityOn, isInForce } from '../domain/may-sign';
import { partyLifecycle } from '../domain/party-lifecycle';
import { Party, PartyConsent, RightsNotice } from '../persistence/party.entity';
import { loadParties, loadRepresentatives } from '../persistence/party-rows';
import { Consequences } from './consequences';
import { takesPart } from './parties';
import { standingOf } from './party-acts';

/** A party as it stands towards itself: nothing of anybody else. */
export interface OwnStanding {
  readonly id: string;
  readonly name: string;
  readonly side: Side | null;
  /** Takes part: neither excluded, withdrawn nor dead. */
  readonly isActive: boolean;
  readonly consent: 'pending' | 'agreed' | 'refused';
  readonly noticeSignedAt: Date | null;
  /** Who answers: the party, or the statutory representative of a ward; null when nobody may, for want of one. */
  readonly answers: { readonly name: string; readonly representativeId: string | null } | null;
}

const BY_ITSELF = '本人在线';

/**
 * Answers that a party gives without a member of staff, on a screen of its own. The caller knows who it is, holds the lock of
 * the matter as the system, and records and audits its own act.
 */
@Injectable()
export class AnswerForOneself {
  constructor(private readonly consequences: Consequences) {}

  async standing(tx: Tx, disputeId: string, partyId: string): Promise<OwnStanding | null> {
    const party = (await loadParties(tx, disputeId)).find((p) => p.id === partyId);
    if (!party) return null;
    return {
      id: party.id,
      name: party.name,
      side: party.side,
      isActive: takesPart(party),
      consent: party.consent,
      noticeSignedAt: party.noticeSignedAt,
      answers: await this.whoAnswers(tx, party),
    };
  }

  /** Ways that the law leaves open to whoever refuses, in the order in which they are told (人民调解法第二十六条). */
  routes({ dispute }: Pick<LoadedMatter, 'dispute'>): { route: OtherRoute; name: string }[] {
    const { nature, disputeType } = dispute;
    // What comes to a mediation center is civil until triage finds otherwise.
    return remainingRoutes(nature ?? 'civil', disputeType).map((route) => ({ route, name: OTHER_ROUTES[route] }));
  }

  /** Consent, or refusal by one who was shown the other ways: as if told at the counter. */
  async consent(tx: Tx, matter: LoadedMatter, partyId: string, answer: 'agreed' | 'refused'): Promise<void> {
    const { party, representativeId } = await this.open(tx, matter, partyId, 'record-consent');
    if (party.consent !== 'pending') {
      throw new DomainError(
        'conflict',
        'parties.consent-given',
        '您已经表明过是否同意调解。想改变的，请打电话告诉调解员或者首问责任人。',
      );
    }
    const routes = answer === 'refused' ? this.routes(matter).map((r) => r.route) : [];
    await tx.insert(PartyConsent, {
      id: uuidv7(),
      disputeId: party.disputeId,
      partyId,
      answer,
      channel: 'other',
      askedAt: tx.now,
      askedBy: null,
      askedByName: BY_ITSELF,
      answeredByRepresentativeId: representativeId,
      note: '凭便民联系单在线表示。',
      routesTold: routes,
      attachmentId: null,
      recordedAt: tx.now,
    });
    await tx.update(Party, partyId, { consent: answer, consentAt: tx.now, updatedAt: tx.now });
    if (answer === 'refused') await this.consequences.endByRefusal(tx, matter, party, { routes, channel: 'other' });
    else await this.consequences.acceptWhenReady(tx, party.disputeId);
  }

  /** Signs for the notice of rights and duties (人民调解工作若干规定第三十条) after reading it on the screen, once. */
  async signNotice(tx: Tx, matter: LoadedMatter, partyId: string): Promise<void> {
    const { party, representativeId } = await this.open(tx, matter, partyId, 'sign-notice');
    if (party.noticeSignedAt !== null) {
      throw new DomainError('conflict', 'parties.notice-signed', '您已经签收过权利义务告知书，不必重复签收。');
    }
    await tx.insert(RightsNotice, {
      id: uuidv7(),
      disputeId: party.disputeId,
      partyId,
      method: 'on-screen',
      signedAt: tx.now,
      signedByRepresentativeId: representativeId,
      witness: null,
      attachmentId: null,
      toldBy: null,
      toldByName: BY_ITSELF,
      recordedAt: tx.now,
    });
    await tx.update(Party, partyId, { noticeSignedAt: tx.now, updatedAt: tx.now });
    await this.consequences.acceptWhenReady(tx, party.disputeId);
  }

  private async open(
    tx: Tx,
    matter: LoadedMatter,
    partyId: string,
    act: 'record-consent' | 'sign-notice',
  ): Promise<{ party: Party; representativeId: string | null }> {
    const parties = await loadParties(tx, matter.dispute.id);
    const party = parties.find((p) => p.id === partyId);
    if (!party) throw new Error('The party of an access belongs to its matter');
    partyLifecycle.next(act, standingOf(matter, party, parties), tx.now);
    const answers = await this.whoAnswers(tx, party);
    if (answers === null) {
      throw new DomainError(
        'rule',
        'parties.ward-cannot-answer',
        '这件事要由法定代理人（监护人）办理。请监护人带身份证和监护证明到中心登记，或者打电话联系首问责任人。',
      );
    }
    return { party, representativeId: answers.representativeId };
  }

  /** A ward answers through the statutory representative (民法典第十九条、第二十条、第二十三条). */
  private async whoAnswers(tx: Tx, party: Party): Promise<OwnStanding['answers']> {
    const on = legalDateFromInstant(tx.now);
    if (party.kind !== 'person' || capacityOn(party, on) === 'full')
      return { name: party.name, representativeId: null };
    const guardian = (await loadRepresentatives(tx, party.disputeId)).find(
      (r) => r.partyId === party.id && r.kind === 'statutory' && isInForce(r, on),
    );
    return guardian === undefined ? null : { name: guardian.name, representativeId: guardian.id };
  }
}
