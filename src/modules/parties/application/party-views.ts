import { Injectable } from '@nestjs/common';
import { type LegalDate, legalDateFromInstant, notFound } from '../../../kernel';
import { mayAct, policyOf } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import type { LoadedMatter } from '../../disputes';
import {
  CAPACITIES,
  CONSENTS,
  DOCUMENT_KINDS,
  ETHNICITIES,
  ORGANIZATION_KINDS,
  PARTY_KINDS,
  REPRESENTATIVE_KINDS,
  SIDES,
} from '../domain/dictionaries';
import { maskAddress, maskCreditCode, maskDocumentNumber, maskMinorName, maskPhoneText } from '../domain/masking';
import { ageOfParty, isInForce, isMinorOn, maySign } from '../domain/may-sign';
import type { CheckedParticulars } from '../domain/particulars';
import { PARTY_STATES, partyLifecycle } from '../domain/party-lifecycle';
import type { Party, Representative } from '../persistence/party.entity';
import { loadParties, loadRepresentatives } from '../persistence/party-rows';
import { takesPart } from './parties';
import { standingOf } from './party-acts';
import { SealedFields } from './sealed-fields';

/** Parties as the desk sees them: numbers masked, a minor's name and home hidden, with what may be done now. */
@Injectable()
export class PartyViews {
  constructor(private readonly sealed: SealedFields) {}

  /** All parties of a matter; two statements, however many there are. */
  async all(tx: Tx, matter: LoadedMatter) {
    const parties = await loadParties(tx, matter.dispute.id);
    const representatives = await loadRepresentatives(tx, matter.dispute.id);
    return { items: parties.map((party) => this.view(tx, matter, party, parties, representatives)) };
  }

  async one(tx: Tx, matter: LoadedMatter, partyId: string) {
    const { items } = await this.all(tx, matter);
    const found = items.find((p) => p.id === partyId);
    if (!found) throw notFound();
    return found;
  }

  /** Particulars of a row, numbers open, for comparing with corrected ones. Never answered. */
  particularsOf(party: Party): CheckedParticulars {
    return {
      kind: party.kind,
      name: party.name,
      nameKey: party.nameKey,
      side: party.side,
      aliases: party.aliases,
      sex: party.sex,
      birthOn: party.birthOn,
      capacity: party.capacity,
      capacityProof: party.capacityProof,
      ethnicity: party.ethnicity,
      occupation: party.occupation,
      neededLanguage: party.neededLanguage,
      address: party.address,
      phone: this.sealed.open('party', 'phone', party.id, party.phoneCipher),
      contactThrough: party.contactThrough,
      documentKind: party.documentKind,
      documentNumber: this.sealed.open('party', 'document_number', party.id, party.documentNumberCipher),
      organizationKind: party.organizationKind,
      creditCode: this.sealed.open('party', 'credit_code', party.id, party.creditCodeCipher),
      legalRepresentative: party.legalRepresentative,
      operatorName: party.operatorName,
      parentOrganization: party.parentOrganization,
    };
  }

  private view(tx: Tx, matter: LoadedMatter, party: Party, parties: readonly Party[], all: readonly Representative[]) {
    const on = legalDateFromInstant(tx.now);
    const own = all.filter((r) => r.partyId === party.id);
    const isMinor = isMinorOn(party, on);
    const signatories = maySign(
      { kind: party.kind, isActive: takesPart(party), birthOn: party.birthOn, capacity: party.capacity },
      own,
      on,
    );
    const phone = this.sealed.open('party', 'phone', party.id, party.phoneCipher);
    const number = this.sealed.open('party', 'document_number', party.id, party.documentNumberCipher);
    const code = this.sealed.open('party', 'credit_code', party.id, party.creditCodeCipher);
    return {
      id: party.id,
      disputeId: party.disputeId,
      ordinal: party.ordinal,
      kind: party.kind,
      kindName: PARTY_KINDS[party.kind],
      name: isMinor ? maskMinorName(party.name) : party.name,
      aliases: isMinor ? [] : party.aliases,
      side: party.side,
      sideName: party.side === null ? null : SIDES[party.side],
      state: party.state,
      stateName: PARTY_STATES[party.state],
      stateReason: party.stateReason,
      isActive: takesPart(party),
      succeedsPartyId: party.succeedsPartyId,
      diedOn: party.diedOn,
      isMinor,
      sex: party.sex,
      age: isMinor ? null : ageOfParty(party, on),
      capacity: party.capacity,
      capacityName: CAPACITIES[party.capacity],
      ethnicity: party.ethnicity,
      ethnicityName: party.ethnicity === null ? null : ETHNICITIES[party.ethnicity],
      occupation: isMinor ? null : party.occupation,
      neededLanguage: party.neededLanguage,
      addressMasked: isMinor || party.address === null ? null : maskAddress(party.address),
      phoneMasked: phone === null ? null : maskPhoneText(phone),
      contactThrough: party.contactThrough,
      documentKindName: party.documentKind === null ? null : DOCUMENT_KINDS[party.documentKind],
      documentNumberMasked:
        party.documentKind === null || number === null ? null : maskDocumentNumber(party.documentKind, number),
      organizationKind: party.organizationKind,
      organizationKindName: party.organizationKind === null ? null : ORGANIZATION_KINDS[party.organizationKind],
      creditCode: code === null ? null : maskCreditCode(party.organizationKind, code),
      legalRepresentative: party.legalRepresentative,
      operatorName: party.operatorName,
      parentOrganization: party.parentOrganization,
      consent: party.consent,
      consentName: CONSENTS[party.consent],
      consentAt: party.consentAt?.toISOString() ?? null,
      noticeSignedAt: party.noticeSignedAt?.toISOString() ?? null,
      maySignSelf: signatories.self,
      signatureLacking: signatories.lacking,
      representatives: own.map((r) => this.representative(r, signatories.representativeIds, on)),
      allowedActs: allowedActs(tx, matter, party, parties, isMinor),
      version: party.version,
    };
  }

  private representative(r: Representative, mayBeSignedBy: readonly string[], on: LegalDate) {
    const phone = this.sealed.open('representative', 'phone', r.id, r.phoneCipher);
    return {
      id: r.id,
      kind: r.kind,
      kindName: REPRESENTATIVE_KINDS[r.kind],
      name: r.name,
      relation: r.relation,
      employer: r.employer,
      phoneMasked: phone === null ? null : maskPhoneText(phone),
      scope: r.scope,
      validFrom: r.validFrom,
      validTo: r.validTo,
      authorityAttachmentId: r.authorityAttachmentId,
      authorityNote: r.authorityNote,
      isInForce: isInForce(r, on),
      endedOn: r.endedOn,
      endReason: r.endReason,
      maySign: mayBeSignedBy.includes(r.id),
    };
  }
}

function allowedActs(
  tx: Tx,
  matter: LoadedMatter,
  party: Party,
  parties: readonly Party[],
  isMinor: boolean,
): string[] {
  const acts = partyLifecycle
    .allowedActs(standingOf(matter, party, parties), tx.now, (by) => mayAct(tx.actor, by, matter.standing))
    .map((act) => `parties.${act}`);
  const reveal = isMinor ? 'parties.reveal-minor' : 'parties.reveal';
  return mayAct(tx.actor, policyOf(reveal)?.by ?? [], matter.standing) ? [...acts, reveal] : acts;
}
